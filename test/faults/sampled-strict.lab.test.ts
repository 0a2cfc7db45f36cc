import { isSampled } from "./sample.ts";
import { testTable } from "./table-tests.ts";

testTable("strict", "sampled-strict", isSampled);
