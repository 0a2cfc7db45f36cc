export { n as renderFormat } from "./report-formats.js";
