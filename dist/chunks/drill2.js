export { t as drill } from "./drill.js";
