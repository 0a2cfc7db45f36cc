import "./rolldown-runtime.js";
import { c as readHistory, i as INDEX, n as tipOf, s as pastResultsOf } from "./branch.js";
// src/notify/github/past-results.ts
/**
* Given the branch that holds the history, return the results of earlier runs, or nothing where there is no such branch or
* no history on it. Takes the permission `contents: read`. Throws a Failure.
*/
async function readPastResults(github, branch) {
	const index = await (await tipOf(github, branch, "contents: read")).read(INDEX);
	return index === void 0 ? void 0 : pastResultsOf(readHistory(index));
}
export { readPastResults };
