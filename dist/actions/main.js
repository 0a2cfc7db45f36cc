import "../chunks/rolldown-runtime.js";
import { t as runAction } from "../chunks/action.js";
// src/actions/main.ts
await runAction();
export {};
