import { n as Secret, t as REDACTED } from "./secret.js";
// src/commands/command.ts
function program(argv, options = {}) {
	return {
		kind: "program",
		argv,
		env: {},
		...options
	};
}
/** Runs commands in order, and stops at the first that fails. */
function and(...commands) {
	return {
		kind: "and",
		commands
	};
}
/** Runs a command in a container that runs already (`docker exec`). */
function inContainer(container, command) {
	return {
		kind: "container",
		container,
		command
	};
}
/** Runs a command in a container of its own, which is removed afterwards (`docker run --rm`). */
function inThrowaway(image, command, { options = [], prefix = [] } = {}) {
	return {
		kind: "throwaway",
		image,
		options,
		prefix,
		command
	};
}
/** Runs a fixed script in a POSIX shell. The arguments stay an argv and never become text of the script. */
function shellScript(text, args) {
	return program([
		"sh",
		"-c",
		text.split("\n").map((line) => line.trim()).filter(Boolean).join("\n"),
		"sh",
		...args
	]);
}
/** A command's programs one by one, each in the place where it runs. */
function separatePrograms(command) {
	if (command.kind === "program") return [command];
	if (command.kind === "and") return command.commands.flatMap(separatePrograms);
	return programsOf(command).map((one) => ({
		...command,
		command: one
	}));
}
/** A command's programs, in order. */
function programsOf(command) {
	if (command.kind === "program") return [command];
	if (command.kind === "and") return command.commands.flatMap(programsOf);
	return programsOf(command.command);
}
/**
* A POSIX sh script that runs its arguments in a session of their own and passes their exit code
* on. When standard input closes or stays silent, it ends that whole process group: TERM, then KILL
* after GRACE_SECONDS. It also ends what is left of the group when the command is over. It is
* needed because a command without a terminal survives its SSH client, and a process in a container
* survives the `docker exec` that started it.
*
* It needs `setsid`, `sleep` and `kill`: util-linux and coreutils on Debian, busybox on Alpine.
*
* - The watcher is in another session, so that what ends the script does not end the watcher too.
* - The script waits for every process that it starts: in a container whose first process is
*   `crond`, nothing else reaps orphans.
* - It blocks only in `wait`, which a signal interrupts in every shell.
* - A shell that was just forked loses the signals that its parent traps, so it is never sent one
*   of those.
* - Only the command has the script's standard error: bash would print there that a job was killed.
*/
function supervisor(silenceSeconds) {
	return `
exec 3<&0 4>&2 2>/dev/null
setsid "$@" </dev/null 3<&- 2>&4 4>&- &
work=$!
setsid sh -c '
  work=$1
  end() {
    kill -TERM "-$work" || kill -TERM "$work"
    sleep 5 & timer=$!
    wait "$timer"
    kill -KILL "-$work"
  }
  arm() { (trap "kill -KILL \\$!; wait; exit" TERM; sleep ${silenceSeconds} & wait "$!"; end) & timer=$!; }
  trap "kill \\$timer \\$reader \\$!; wait; exit" USR2
  trap : USR1
  arm
  (while read -r _; do kill -USR1 "$$"; done) <&3 & reader=$!
  while wait "$reader"; [ "$?" -gt 128 ]; do kill "$timer"; wait "$timer"; arm; done
  kill "$timer"; wait "$timer"
  end
' watch "$work" >/dev/null 4>&- &
watch=$!
exec 3<&- 4>&-
wait "$work"
code=$?
kill -USR2 "$watch"
wait "$watch"
if kill -TERM "-$work"; then
  for pause in 0.1 0.4 1 1 1 1.5; do
    sleep "$pause"
    kill -0 "-$work" || break
  done
  kill -KILL "-$work"
fi
exit "$code"
`.trim();
}
const SUPERVISOR = supervisor(30);
// src/commands/shell.ts
const SAFE_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;
/** Quotes a word for a POSIX shell. Nothing else in the project quotes. */
function quote(word) {
	if (word.includes("\0")) throw new TypeError("a shell word cannot hold a NUL byte");
	return SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
/**
* The line that an administrator could paste, with secrets redacted. `variables` are the shell variables for long words. The
* settings of a PostgreSQL client are left out where they have none: they would hide the rest.
*/
function print(command, variables = /* @__PURE__ */ new Map()) {
	return render(command, (value, variable) => {
		const name = variables.get(value);
		if (name !== void 0) return `"$${variableName(name)}"`;
		if (variable?.startsWith("PGOPTIONS")) return "…";
		return value instanceof Secret ? REDACTED : quote(value);
	});
}
/**
* Lines that an administrator can paste, one for each program. None runs after one that failed.
* `variables` are the shell variables for the secrets, for words that a person chooses, and for long ones.
*/
function pasteable(command, variables) {
	const value = (held) => {
		const name = variables.get(held);
		if (name !== void 0) return `"$${variableName(name)}"`;
		if (held instanceof Secret) throw new TypeError("a secret without a variable");
		return quote(held);
	};
	return separatePrograms(command).map((one) => render(one, value)).join(" &&\n");
}
/**
* What a host executes. Secrets are read from standard input into shell variables, so that no argv
* holds them. A command without input of its own runs under the supervisor (supervise.ts), on the
* host or in the container where its processes live.
*/
function script(command) {
	if (command.kind === "throwaway") return throwawayScript(command);
	const secrets = [];
	const variable = (value) => {
		if (!(value instanceof Secret)) return quote(value);
		requireOneLine(value);
		if (!secrets.includes(value)) secrets.push(value);
		return `"$secret_${secrets.indexOf(value) + 1}"`;
	};
	const input = programsOf(command).find((one) => one.input !== void 0)?.input;
	const supervise = input === void 0;
	const body = supervise && (command.kind === "program" || command.kind === "and") ? renderSupervised(command, variable) : render(command, variable, supervise);
	return {
		line: `exec sh -c ${quote(secrets.map((_, index) => `IFS= read -r secret_${index + 1}; `).join("") + body)}`,
		secrets,
		input
	};
}
/** Exports the variables whose names come before `--`, each read from a line of standard input, then runs what follows. */
const READ_SECRETS = `until [ "$1" = -- ]; do IFS= read -r "$1"; export "$1"; shift; done; shift; exec "$@"`;
/**
* Docker keeps the environment of \`docker run\` in a file on the host, and shows it to everybody who may
* inspect the container. So the container itself reads its secrets from standard input.
*/
function throwawayScript(where) {
	const env = containerEnv(programsOf(where.command));
	const secret = Object.entries(env).flatMap(([name, value]) => value instanceof Secret ? [{
		name: variableName(name),
		value
	}] : []);
	for (const { value } of secret) requireOneLine(value);
	const input = programsOf(where.command).find((one) => one.input !== void 0)?.input;
	const reads = secret.length === 0 ? [] : [
		"sh",
		"-c",
		READ_SECRETS,
		"sh",
		...secret.map(({ name }) => name),
		"--"
	];
	return {
		line: `exec sh -c ${quote(containerLine(where, env, {
			passed: Object.fromEntries(Object.entries(env).filter(([, value]) => !(value instanceof Secret))),
			reads,
			supervise: input === void 0,
			readsInput: true,
			value: (word) => quote(word)
		}))}`,
		secrets: secret.map(({ value }) => value),
		input
	};
}
function requireOneLine(secret) {
	if (/[\n\0]/.test(secret.reveal())) throw new TypeError("a secret cannot hold a line break");
}
function render(command, value, supervise = false) {
	switch (command.kind) {
		case "program": return renderProgram(command, value);
		case "container":
		case "throwaway": return renderContainer(command, value, supervise);
		case "and": return command.commands.map((part) => render(part, value)).join(" && ");
	}
}
function renderProgram({ argv, env, output }, value) {
	const [name = "", ...words] = argv;
	const assignments = Object.entries(env).map(([key, held]) => `${variableName(key)}=${value(held, key)}`);
	const redirection = output === void 0 ? [] : [`> ${quote(output)}`];
	return [
		...assignments,
		quoteProgram(name),
		...words.map((word) => value(word)),
		...redirection
	].join(" ");
}
/** A program's name with an equals sign would be an assignment without quotes. */
function quoteProgram(name) {
	return name.includes("=") ? `'${name.replaceAll("'", "'\\''")}'` : quote(name);
}
function variableName(name) {
	if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`not a variable's name: ${name}`);
	return name;
}
/** Secret variables are exported only to the shell that the supervisor starts. */
function renderSupervised(command, value) {
	if (command.kind === "program" && command.output === void 0) return renderProgram(program([
		"sh",
		"-c",
		SUPERVISOR,
		"supervisor",
		...command.argv
	], { env: command.env }), value);
	const names = [];
	const body = render(command, (held) => {
		const word = value(held);
		if (held instanceof Secret) names.push(word.slice(2, -1));
		return word;
	});
	return `${[...new Set(names)].map((name) => `export ${name}; `).join("")}${renderProgram(program([
		"sh",
		"-c",
		SUPERVISOR,
		"supervisor",
		"sh",
		"-c",
		body
	]), value)}`;
}
/**
* The environment of the programs in the container is passed as `-e NAME`, so that its values stay
* out of the argv.
*/
function renderContainer(where, value, supervise) {
	const { command } = where;
	const env = containerEnv(programsOf(command));
	return containerLine(where, env, {
		passed: env,
		reads: [],
		supervise,
		readsInput: supervise || programsOf(command).some((one) => one.input !== void 0),
		value
	});
}
function containerLine(where, env, { passed, reads, supervise, readsInput, value }) {
	const inner = argvOf(where.command, env);
	return renderProgram(program([
		...dockerArgv(where, [...readsInput ? ["-i"] : [], ...Object.keys(passed).flatMap((name) => ["-e", name])]),
		...reads,
		...supervise ? [
			"sh",
			"-c",
			SUPERVISOR,
			"supervisor",
			...inner
		] : inner
	], { env: passed }), value);
}
/** The image's own entrypoint would run before the command, so it is replaced. Nothing is pulled. */
function dockerArgv(where, options) {
	if (where.kind === "container") return [
		"docker",
		"exec",
		...options,
		where.container
	];
	return [
		...[
			"docker",
			"run",
			"--rm",
			"--pull",
			"never",
			"--entrypoint",
			""
		],
		...options,
		...where.options,
		where.image,
		...where.prefix
	];
}
/**
* One `docker exec` has one environment. Where two of its programs give a variable different
* values, the second value is in `NAME_2`.
*/
function containerEnv(programs) {
	const env = {};
	for (const [name, value] of programs.flatMap((one) => Object.entries(one.env))) env[carrierOf(name, value, env)] = value;
	return env;
}
/** The container's variable that holds a value, or that is free for it. */
function carrierOf(name, value, env) {
	let carrier = name;
	for (let next = 2; carrier in env && env[carrier] !== value; next += 1) carrier = `${name}_${next}`;
	return carrier;
}
/** A program as it is; anything that needs a shell as an argument of one. */
function argvOf(command, env) {
	if (command.kind === "program" && command.output === void 0) return command.argv;
	return [
		"sh",
		"-c",
		programsOf(command).map((one) => renderInContainer(one, env)).join(" && ")
	];
}
function renderInContainer({ argv, env: own, output }, env) {
	return Object.entries(own).map(([name, value]) => [name, carrierOf(name, value, env)]).filter(([name, carrier]) => name !== carrier).map(([name, carrier]) => `${name}="$${carrier}" `).join("") + renderProgram({
		kind: "program",
		argv,
		env: {},
		output
	}, (word) => quote(String(word)));
}
export { and as a, program as c, script as i, separatePrograms as l, print as n, inContainer as o, quote as r, inThrowaway as s, pasteable as t, shellScript as u };
