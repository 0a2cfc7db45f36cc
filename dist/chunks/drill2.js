export { t as drill, n as drillBackup, r as drillChosen } from "./drill.js";
