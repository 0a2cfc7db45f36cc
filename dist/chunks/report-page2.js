export { t as renderHtml } from "./report-page.js";
