export { t as renderHtml } from "./page.js";
