export { t as pastResultOf, n as pastResultSchema } from "./past-result2.js";
