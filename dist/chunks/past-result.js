export { t as pastResultOf, n as pastResultOfEnd, r as pastResultSchema } from "./past-result2.js";
