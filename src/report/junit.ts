import { printableLines } from "../words/printable.ts";
import type { Check } from "./check.ts";
import { escapeMarkup } from "./escape.ts";
import type { Report } from "./report-schema.ts";
import { headline, sentences } from "./verdict.ts";

/**
 * JUnit XML in the form that Jenkins' schema describes and CI viewers read. Each check is a test case; one
 * that did not run is skipped. Viewers count a skipped case as harmless. So the verdict is a separate case:
 * it is an error when the verdict is `not-run`, and nothing looks green that is not.
 */
export function renderJunit(report: Report): string {
  const { operation, verdict, seconds, startedAt, checks, deployment } = report;
  const name = `openspp-backup ${operation}`;
  const counts = {
    tests: checks.length + 1,
    failures: count(checks, "failed") + (verdict === "failed" ? 1 : 0),
    errors: verdict === "not-run" ? 1 : 0,
    skipped: count(checks, "not-run"),
  };
  const suite = {
    name,
    ...counts,
    time: seconds.toFixed(3),
    timestamp: startedAt.replace(/(?:\.\d+)?Z$/, ""),
    hostname: deployment.host,
  };
  const cases = [
    testCase("verdict", report, verdictResult(report), seconds),
    ...checks.map((check) => testCase(check.name, report, checkResult(check))),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" tests="${counts.tests}" failures="${counts.failures}" errors="${counts.errors}" time="${suite.time}">`,
    element("testsuite", suite, ["", ...cases, ""].join("\n")),
    "</testsuites>\n",
  ].join("\n");
}

function testCase(name: string, { operation }: Report, result: string, seconds?: number): string {
  const attributes = { name, classname: `openspp-backup.${operation}` };
  const timed = seconds === undefined ? attributes : { ...attributes, time: seconds.toFixed(3) };
  return element("testcase", timed, result);
}

function verdictResult(report: Report): string {
  const text = escaped(sentences(report).join("\n"));
  const message = headline(report);
  if (report.verdict === "passed") return element("system-out", {}, `${escaped(message)}\n${text}`);
  return report.verdict === "failed"
    ? element("failure", { type: "failed", message }, text)
    : element("error", { type: "not-run", message }, text);
}

function checkResult({ status, warning, message, next }: Check): string {
  const said = warning ? `Warning: ${message}` : message;
  const text = escaped([said, ...(next ? [`Next: ${next}`] : [])].join("\n"));
  if (status === "passed") return element("system-out", {}, text);
  return status === "failed"
    ? element("failure", { type: "failed", message }, text)
    : element("skipped", {}, text);
}

function count(checks: readonly Check[], status: Check["status"]): number {
  return checks.filter((check) => check.status === status).length;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string,
): string {
  const listed = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(String(value)).replaceAll("\n", " ")}"`,
  );
  return `<${name}${listed.join("")}>${content}</${name}>`;
}

/** XML 1.0 can hold no control character and no U+FFFE or U+FFFF, not even as a reference. */
function escaped(text: string): string {
  const writable = printableLines(text)
    .join("\n")
    .replace(/[\ufffe\uffff]/g, (one) => `\\u{${one.charCodeAt(0).toString(16)}}`);
  return escapeMarkup(writable);
}
