import { testTable } from "./table-tests.ts";

testTable("strict", "faults-strict");
