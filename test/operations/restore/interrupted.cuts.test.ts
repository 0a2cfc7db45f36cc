import { SWAP_STEPS, swapCuts } from "./swap-cuts.ts";

swapCuts(SWAP_STEPS);
