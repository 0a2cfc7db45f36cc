import { IN_PLACE } from "./interrupting.ts";
import { REPLACE_STEPS, replaceCuts } from "./replace-cuts.ts";

/** Around the drop, and when what was restored takes production's place. What a cut anywhere else leaves is planted (resolve-interrupted.lab.test.ts). */
const DECISIVE = ["Drop the database …", "Give it production's place …", IN_PLACE];

replaceCuts(REPLACE_STEPS.filter(([step]) => DECISIVE.includes(step)));
