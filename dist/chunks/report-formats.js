import "./rolldown-runtime.js";
import { n as printableLines } from "./printable.js";
import { t as escapeMarkup } from "./escape.js";
import { a as sentences, n as headline } from "./verdict.js";
import { t as renderSummary } from "./summary2.js";
// src/report/junit.ts
/**
* JUnit XML in the form that Jenkins' schema describes and CI viewers read. Each check is a test case; one
* that did not run is skipped. Viewers count a skipped case as harmless. So the verdict is a separate case:
* it is an error when the verdict is `not-run`, and nothing looks green that is not.
*/
function renderJunit(report) {
	const { operation, verdict, seconds, startedAt, checks, deployment } = report;
	const name = `openspp-backup ${operation}`;
	const counts = {
		tests: checks.length + 1,
		failures: count(checks, "failed") + (verdict === "failed" ? 1 : 0),
		errors: verdict === "not-run" ? 1 : 0,
		skipped: count(checks, "not-run")
	};
	const suite = {
		name,
		...counts,
		time: seconds.toFixed(3),
		timestamp: startedAt.replace(/(?:\.\d+)?Z$/, ""),
		hostname: deployment.host
	};
	const cases = [testCase("verdict", report, verdictResult(report), seconds), ...checks.map((check) => testCase(check.name, report, checkResult(check)))];
	return [
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
		`<testsuites name="${name}" tests="${counts.tests}" failures="${counts.failures}" errors="${counts.errors}" time="${suite.time}">`,
		element("testsuite", suite, [
			"",
			...cases,
			""
		].join("\n")),
		"</testsuites>\n"
	].join("\n");
}
function testCase(name, { operation }, result, seconds) {
	const attributes = {
		name,
		classname: `openspp-backup.${operation}`
	};
	return element("testcase", seconds === void 0 ? attributes : {
		...attributes,
		time: seconds.toFixed(3)
	}, result);
}
function verdictResult(report) {
	const text = escaped(sentences(report).join("\n"));
	const message = headline(report);
	if (report.verdict === "passed") return element("system-out", {}, `${escaped(message)}\n${text}`);
	return report.verdict === "failed" ? element("failure", {
		type: "failed",
		message
	}, text) : element("error", {
		type: "not-run",
		message
	}, text);
}
function checkResult({ status, warning, message, next }) {
	const text = escaped([warning ? `Warning: ${message}` : message, ...next ? [`Next: ${next}`] : []].join("\n"));
	if (status === "passed") return element("system-out", {}, text);
	return status === "failed" ? element("failure", {
		type: "failed",
		message
	}, text) : element("skipped", {}, text);
}
function count(checks, status) {
	return checks.filter((check) => check.status === status).length;
}
function element(name, attributes, content) {
	return `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value)).replaceAll("\n", " ")}"`).join("")}>${content}</${name}>`;
}
/** XML 1.0 can hold no control character and no U+FFFE or U+FFFF, not even as a reference. */
function escaped(text) {
	const writable = printableLines(text).join("\n").replace(/[\ufffe\uffff]/g, (one) => `\\u{${one.charCodeAt(0).toString(16)}}`);
	return escapeMarkup(writable);
}
// src/report/report-formats.ts
/** The faces that are one file each, by their names in options and outputs. */
const REPORT_FORMATS = {
	report: "report.json",
	html: "report.html",
	junit: "junit.xml",
	summary: "summary.md"
};
/** `past` is for the trends. The page's charts are loaded only when they are needed. */
async function renderFormat(format, report, past = []) {
	switch (format) {
		case "report": return `${JSON.stringify(report, null, 2)}\n`;
		case "html": {
			const { renderHtml } = await import("./report-page2.js");
			return renderHtml(report, past);
		}
		case "junit": return renderJunit(report);
		case "summary": return renderSummary(report, past);
	}
}
export { renderFormat as n, REPORT_FORMATS as t };
