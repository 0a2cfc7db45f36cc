import { REPLACE_STEPS, replaceCuts } from "./replace-cuts.ts";

replaceCuts(REPLACE_STEPS);
