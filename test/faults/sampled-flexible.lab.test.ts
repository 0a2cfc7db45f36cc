import { isSampled } from "./sample.ts";
import { testTable } from "./table-tests.ts";

testTable("flexible", "sampled-flexible", isSampled);
