export { n as sweep } from "./sweep.js";
