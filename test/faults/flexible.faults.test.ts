import { testTable } from "./table-tests.ts";

testTable("flexible", "faults-flexible");
