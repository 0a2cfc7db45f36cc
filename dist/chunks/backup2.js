export { t as backup, n as takeBackup } from "./backup.js";
