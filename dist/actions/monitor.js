import "../chunks/rolldown-runtime.js";
import { t as runAction } from "../chunks/action.js";
// src/actions/monitor.ts
await runAction("monitor");
export {};
