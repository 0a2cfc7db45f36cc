import "./rolldown-runtime.js";
import { c as program } from "./shell.js";
import { r as recordOf, t as checkDeployment } from "./monitor.js";
// src/operations/monitor/findings/checklist-items.ts
/** The guide's six lines, each ticked or not. */
function checklist(found) {
	const of = (name) => found.checks.find((check) => check.name === name);
	const tick = (item, ...checks) => {
		const holds = (check) => check?.status === "passed" && !check.warning;
		const ticked = checks.every(holds);
		const shown = ticked ? checks.at(-1) : checks.find((check) => !holds(check));
		return {
			item,
			ticked,
			evidence: shown?.message ?? "Nothing was found out.",
			...!ticked && shown?.next && { next: shown.next }
		};
	};
	const drill = of("drill");
	return [
		tick("Verify automated backups are running", of("backup-service"), of("schedule"), of("backup-age")),
		{
			item: "Test restore procedure on a separate database",
			ticked: found.drillPassed,
			evidence: drill?.message ?? "Nothing was found out.",
			...!found.drillPassed && { next: "Run one: openspp-backup drill" }
		},
		tick("Configure off-site backup sync", of("off-site")),
		found.documented ? {
			item: "Document recovery procedures for your team",
			ticked: true,
			evidence: "There is a RECOVERY.md in the project folder."
		} : {
			item: "Document recovery procedures for your team",
			ticked: false,
			evidence: "There is no RECOVERY.md in the project folder.",
			next: "Put there the one from a drill of this deployment, and print it too."
		},
		tick("Schedule quarterly restore tests", drill),
		found.pinged ? {
			item: "Set up backup monitoring/alerting",
			ticked: true,
			evidence: "The runs report to a dead man's switch (`ping-url`)."
		} : {
			item: "Set up backup monitoring/alerting",
			ticked: false,
			evidence: "The runs report to no dead man's switch: `ping-url` is not set here.",
			next: "Run the monitor every hour (actions/monitor), and give the workflows a `ping-url`, for example of healthchecks.io."
		}
	];
}
// src/operations/monitor/checklist.ts
const DOCUMENT = "RECOVERY.md";
/** The guide's checklist "Before going to production". Each line is ticked or not by evidence. */
async function askChecklist(settings, effects) {
	const [{ checks, evidence }, documented] = await Promise.all([checkDeployment(settings, effects), fileExists(effects, `${settings.deployment.directory}/${DOCUMENT}`)]);
	const store = evidence?.store;
	return checklist({
		checks,
		drillPassed: (store === void 0 || typeof store === "string" ? void 0 : recordOf(store, "drill"))?.verdict === "passed",
		documented,
		pinged: settings.monitor.pingUrl !== void 0
	});
}
async function fileExists({ host, signal }, path) {
	const test = program([
		"sh",
		"-c",
		"if [ -s \"$1\" ]; then echo yes; fi",
		"sh",
		path
	]);
	return (await host.run(test, { signal })).stdout.trim() === "yes";
}
export { askChecklist };
