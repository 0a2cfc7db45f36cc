import "../chunks/rolldown-runtime.js";
import { t as runAction } from "../chunks/action.js";
// src/actions/restore.ts
await runAction("restore");
export {};
