export { t as drill, n as drillBackup } from "./drill.js";
