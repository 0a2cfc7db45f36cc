export { n as sweep } from "./sweep2.js";
