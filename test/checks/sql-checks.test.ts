import { expect, test } from "vitest";
import { judgeSqlCheck, sqlCheckRefused } from "../../src/checks/sql-checks.ts";

const check = { name: "programmes", sql: "SELECT count(*) FROM spp_program", expect: "12" };

test("answered as expected", () => {
  expect(judgeSqlCheck(check, "12")).toEqual({
    name: "sql: programmes",
    status: "passed",
    message: "Answered as expected.",
  });
});

test.each(["13", "12.0", " 12", "", null])(
  "answered %j: the answer itself is not shown",
  (answer) => {
    expect(judgeSqlCheck(check, answer)).toEqual({
      name: "sql: programmes",
      status: "failed",
      message:
        "Answered other than expected. The answer is not shown here, as it may be personal data.",
      next: "Run the statement by hand on a kept throwaway database (`keep-database`).",
    });
  },
);

test("NULL is not the empty text", () => {
  expect(judgeSqlCheck({ ...check, expect: "" }, null).status).toBe("failed");
  expect(judgeSqlCheck({ ...check, expect: "" }, "").status).toBe("passed");
});

test("refused by the server", () => {
  expect(sqlCheckRefused(check, "SQLSTATE 42P01.")).toEqual({
    name: "sql: programmes",
    status: "failed",
    message: "The server refused the statement: SQLSTATE 42P01.",
    next: "Correct it in `sql-checks`.",
  });
});
