import "../chunks/rolldown-runtime.js";
import { t as runAction } from "../chunks/action.js";
// src/actions/backup.ts
await runAction("backup");
export {};
