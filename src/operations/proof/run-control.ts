import { type FreeColumn, judgeControl, planControl } from "../../checks/control.ts";
import { contentOf, type ScanAnswer, scanTasks } from "../../checks/scan.ts";
import type { Observation } from "../../database/observe.ts";
import { ServerError, type Session } from "../../database/session.ts";
import type { Check } from "../../report/check.ts";
import { notRun } from "../../report/check.ts";
import type { Archive } from "./open-archive.ts";

/**
 * Changes one row in a transaction that is rolled back: the drill's own comparison must turn red. `free` are the columns that
 * may be changed. Without a manifest, the change must differ from the restored content itself.
 */
export async function runControl(
  { manifest }: Archive,
  restored: Observation,
  free: readonly FreeColumn[],
  session: Session,
): Promise<Check> {
  const control = planControl(restored.tables, restored.contents, free);
  if (!control) {
    return notRun(
      "control",
      "No table has a row and a column that could be changed, so the comparison was not put to the test.",
      "An OpenSPP database always has one: look at what this backup holds.",
    );
  }
  const { table } = control;
  const tasks = scanTasks([table], restored.postgisSchema);
  try {
    const answers = await session.batch([
      "BEGIN",
      "SET LOCAL session_replication_role = replica",
      control.change,
      ...tasks.map(({ sql }) => sql),
      "ROLLBACK",
    ]);
    const reread = tasks.map((task, index) => ({
      task,
      answer: answers[3 + index]?.[0] as unknown as ScanAnswer,
    }));
    const [changed] = contentOf([table], reread, restored.postgisSchema);
    if (!changed) throw new Error("the control read no table");
    return judgeControl(manifest?.tables ?? restored.contents, restored.contents, changed);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    await session.batch(["ROLLBACK"]);
    return notRun(
      "control",
      `${table.schema}.${table.name}.${control.column} could not be changed: ${error.reason}`,
      "Report this: the control should have chosen another column.",
    );
  }
}
