export { n as renderFace } from "./faces.js";
