import { NAMES_EXCHANGED } from "./interrupting.ts";
import { swapCuts } from "./swap-cuts.ts";

// Around the exchange of the names. What a cut anywhere else leaves is planted (resolve-interrupted.lab.test.ts).
swapCuts(["Stop the services, exchange, start …", NAMES_EXCHANGED]);
