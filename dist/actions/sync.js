import "../chunks/rolldown-runtime.js";
import { t as runAction } from "../chunks/action.js";
// src/actions/sync.ts
await runAction("sync");
export {};
