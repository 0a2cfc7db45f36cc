import "./rolldown-runtime.js";
import { c as readHistory, i as INDEX, s as pastResultsOf, t as branchTip } from "./commit-to-branch.js";
// src/notify/github/past-results.ts
/**
* Nothing where there is no such branch, or no history on it. Needs the permission `contents: read`. Throws
* a Failure.
*/
async function readPastResults(github, branch) {
	const index = await (await branchTip(github, branch, "contents: read")).read(INDEX);
	return index === void 0 ? void 0 : pastResultsOf(readHistory(index));
}
export { readPastResults };
