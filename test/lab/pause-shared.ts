import { afterAll } from "vitest";
import { pauseSharedLabs } from "./shared.ts";

/** Of every file that may use a shared lab, after its own hooks (vitest runs those of the end in reverse order). */
afterAll(pauseSharedLabs);
