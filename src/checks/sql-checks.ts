import type { SqlCheck } from "../inputs/parse/check-lists.ts";
import { type Check, failed, passed } from "../report/check.ts";

/** `answer` is the text of the first value; null for SQL's NULL or no row. */
export function judgeSqlCheck({ name, expect }: SqlCheck, answer: string | null): Check {
  return answer === expect
    ? passed(`sql: ${name}`, "Answered as expected.")
    : failed(
        `sql: ${name}`,
        "Answered other than expected. The answer is not shown here, as it may be personal data.",
        "Run the statement by hand on a kept throwaway database (`keep-database`).",
      );
}

export function sqlCheckRefused({ name }: SqlCheck, reason: string): Check {
  return failed(
    `sql: ${name}`,
    `The server refused the statement: ${reason}`,
    "Correct it in `sql-checks`.",
  );
}
