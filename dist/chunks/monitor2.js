export { n as monitor } from "./monitor.js";
