import { INDEX, pastResultsOf, readHistory } from "../../report/history.ts";
import type { PastResult } from "../../report/past-result.ts";
import { branchTip } from "./commit-to-branch.ts";
import type { GitHub } from "./github-client.ts";

/**
 * Nothing where there is no such branch, or no history on it. Needs the permission `contents: read`. Throws
 * a Failure.
 */
export async function readPastResults(
  github: GitHub,
  branch: string,
): Promise<readonly PastResult[] | undefined> {
  const tip = await branchTip(github, branch, "contents: read");
  const index = await tip.read(INDEX);
  return index === undefined ? undefined : pastResultsOf(readHistory(index));
}
