import { judgeControl, planControl } from "../../checks/control.ts";
import { contentOf, type ScanAnswer } from "../../checks/scan.ts";
import type { Observation } from "../../database/observe.ts";
import { ServerError, type Session } from "../../database/session.ts";
import type { Check } from "../../report/check.ts";
import { notRun } from "../../report/check.ts";
import type { Archive } from "./open-archive.ts";

/**
 * Reads one table with one row changed: the drill's own comparison must turn red. Without a manifest, the change must
 * differ from the restored content itself.
 */
export async function runControl(
  { manifest }: Archive,
  restored: Observation,
  session: Session,
): Promise<Check> {
  const control = planControl(restored.tables, restored.contents, restored.postgisSchema);
  if (!control) {
    return notRun(
      "control",
      "No table has a row and a column that could be changed, so the comparison was not put to the test.",
      "An OpenSPP database always has one: look at what this backup holds.",
    );
  }
  const { table, column, task } = control;
  try {
    const [rows] = await session.batch([task.sql]);
    const answer = rows?.[0] as unknown as ScanAnswer;
    const [changed] = contentOf([table], [{ task, answer }]);
    if (!changed) throw new Error("the control read no table");
    return judgeControl(manifest?.tables ?? restored.contents, restored.contents, changed);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return notRun(
      "control",
      `${table.schema}.${table.name}.${column} could not be read with a change: ${error.reason}`,
      "Report this: the control should have chosen another column.",
    );
  }
}
