import { H as listUnless, U as suggestName, d as HostError, f as createRedactor, hr as describeError, i as formatPlace, mr as UsageError, n as readGivenToken, pr as DomainError, qn as stripControl, r as cleanLine, s as runAction } from "./shared/engine.js";
import { basename, join } from "node:path";
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { fstatSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { parseArgs } from "node:util";
// src/host/cli/arguments.ts
const STDIN_SUFFIX = "-stdin";
/** A secret on a command line is seen by everybody on the machine. */
function isSecretInput(name) {
	return /(?:-password|-token|^registry-auth)$/.test(name);
}
/** True for an input that is `true` or `false`: its flag needs no value. */
function isFlagInput(spec) {
	return spec.flag === true || spec.default === "true" || spec.default === "false";
}
/** Reads `--input value` for the inputs of an action; a flag that is repeated makes a list, a line each. Throws UsageError with every problem at once. */
function readArguments(args, specs) {
	const problems = [];
	const values = /* @__PURE__ */ new Map();
	let standardInput;
	const flags = listFlags(args, specs, problems);
	for (const { name, value } of flags) {
		const piped = secretOf(name, specs);
		if (isSecretInput(name)) problems.push({
			where: `--${name}`,
			message: "is a secret, which everybody on this machine could read here.",
			fix: `Put it into the variable ${toVariable(name)}, or give it on standard input with --${name}${STDIN_SUFFIX}.`
		});
		else if (piped !== void 0 && standardInput !== void 0) problems.push({
			where: `--${name}`,
			message: "is a second secret from standard input.",
			fix: "Use a variable."
		});
		else if (piped !== void 0) standardInput = piped;
		else if (name !== "json" && name !== "help") values.set(name, [...values.get(name) ?? [], value]);
	}
	if (problems.length > 0) throw new UsageError(problems);
	return {
		inputs: Object.fromEntries([...values].map(([name, all]) => [name, all.join("\n")])),
		json: isSet(flags, "json"),
		help: isSet(flags, "help"),
		standardInput
	};
}
/** The secret that a flag such as `--source-password-stdin` reads from standard input. */
function secretOf(flag, specs) {
	const name = flag.endsWith(STDIN_SUFFIX) ? flag.slice(0, -6) : "";
	return Object.hasOwn(specs, name) && isSecretInput(name) ? name : void 0;
}
function isSet(flags, name) {
	return flags.some((flag) => flag.name === name && flag.value !== "false");
}
/** The variable that may hold a secret input, such as PROMOTE_IMAGE_SOURCE_PASSWORD. */
function toVariable(name) {
	return `PROMOTE_IMAGE_${name.toUpperCase().replaceAll("-", "_")}`;
}
function listFlags(args, specs, problems) {
	const isFlag = (name) => {
		const spec = Object.hasOwn(specs, name) ? specs[name] : void 0;
		return spec === void 0 ? name === "json" || name === "help" || name.endsWith(STDIN_SUFFIX) : isFlagInput(spec);
	};
	const known = [
		...Object.keys(specs),
		"json",
		"help"
	];
	const isKnown = (name) => known.includes(name) || secretOf(name, specs) !== void 0;
	const { tokens } = parseArgs({
		args: writeOut(args, isFlag),
		options: Object.fromEntries(known.map((name) => [name, {
			type: "string",
			multiple: true
		}])),
		strict: false,
		allowPositionals: true,
		tokens: true
	});
	return tokens.flatMap((token, i) => {
		if (token.kind === "option-terminator") return [];
		if (token.kind === "positional") {
			const before = tokens[i - 1];
			if (before?.kind === "option" && !isKnown(before.name)) return [];
			problems.push({
				where: token.value,
				message: "is no flag.",
				fix: "Write --input value for each input."
			});
			return [];
		}
		const { name, rawName, value, inlineValue } = token;
		if (!isKnown(name)) {
			problems.push({
				where: rawName,
				message: "is no input of this action.",
				fix: suggestName(name, known)
			});
			return [];
		}
		if (value === void 0 || inlineValue === false && value.startsWith("--")) {
			problems.push({
				where: rawName,
				message: "has no value.",
				fix: `Write ${rawName} value.`
			});
			return [];
		}
		return [{
			name,
			value
		}];
	});
}
/** Gives each flag its value: `--dry-run` is `--dry-run=true`, and `--sign false` is `--sign=false`. */
function writeOut(args, isFlag) {
	return args.flatMap((arg, i) => {
		const before = args[i - 1] ?? "";
		if (/^(?:true|false)$/.test(arg) && before.startsWith("--") && isFlag(before.slice(2))) return [];
		if (arg === "-h") return ["--help=true"];
		if (!arg.startsWith("--") || !isFlag(arg.slice(2))) return [arg];
		const next = args[i + 1] ?? "";
		return [`${arg}=${/^(?:true|false)$/.test(next) ? next : "true"}`];
	});
}
// src/host/cli/folder-cache.ts
/** Where a user's caches are, by the XDG rules; https://specifications.freedesktop.org/basedir-spec/latest/ */
function findCacheFolder(env, home) {
	return join(env.XDG_CACHE_HOME || join(env.HOME || home, ".cache"), "promote-image");
}
/** A cache in a folder, one file a version; whoever reads from it checks what is found. */
function createFolderCache(folder) {
	const versionsOf = (name) => join(folder, basename(name));
	return {
		async find(name, version) {
			const file = join(versionsOf(name), basename(version));
			return await stat(file).then((found) => found.isFile(), () => false) ? file : void 0;
		},
		async keep(name, version, file, options) {
			const versions = versionsOf(name);
			const temporary = join(versions, `.${randomUUID()}`);
			try {
				await mkdir(versions, { recursive: true });
				await copyFile(file, temporary);
				await rename(temporary, join(versions, basename(version)));
				if (options?.dropOthers !== true) return;
				const others = (await readdir(versions)).filter((entry) => entry !== basename(version) && !entry.startsWith("."));
				for (const other of others) await rm(join(versions, other), { force: true });
			} catch {
				await rm(temporary, { force: true }).catch(() => void 0);
			}
		}
	};
}
// src/host/cli/standard-input.ts
/** A cluster's pods are some megabytes. */
const MAX_BYTES = 268435456;
/** True when something is piped in, or a file is redirected: a terminal, or nothing at all, is not waited for. */
function hasStandardInput() {
	try {
		const stat = fstatSync(0);
		return stat.isFIFO() || stat.isFile() || stat.isSocket();
	} catch {
		return false;
	}
}
/** All of standard input as text. Throws UsageError for more than 256 MiB. */
async function readStandardInput() {
	const chunks = [];
	let size = 0;
	for await (const chunk of process.stdin) {
		size += chunk.length;
		if (size > MAX_BYTES) throw new UsageError([{
			where: "standard input",
			message: "is longer than 256 MiB.",
			fix: "Ask for fewer namespaces at once."
		}]);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}
// src/host/cli/gather-inputs.ts
/** The inputs of the flags, the secrets of the environment, and what comes from standard input: nothing is read from there for an input that another one stands in for, since a pipe that nobody closes would be waited for. */
async function gatherInputs(action, { inputs, standardInput: secret }, env) {
	const gathered = { ...inputs };
	for (const name of Object.keys(action.inputs).filter(isSecretInput)) {
		const value = env[toVariable(name)];
		if (value !== void 0 && value !== "") gathered[name] = value;
	}
	if (secret !== void 0) gathered[secret] = await readStandardInput();
	const open = action.standardInput;
	if (open === void 0 || isReplaced(action.inputs[open], gathered)) return gathered;
	const isAsked = gathered[open] === "-";
	if (isAsked && secret !== void 0) {
		const fix = `Put the secret into ${toVariable(secret)}.`;
		throw new UsageError([{
			where: `--${open}`,
			message: "and a secret both want standard input.",
			fix
		}]);
	}
	const isOffered = gathered[open] === void 0 && secret === void 0 && hasStandardInput();
	if (isAsked || isOffered) gathered[open] = await readStandardInput();
	return gathered;
}
function isReplaced(spec, gathered) {
	return spec !== void 0 && listUnless(spec).some((other) => (gathered[other] ?? "").trim() !== "");
}
// src/host/cli/help.ts
/** How the command is called in help and messages. */
const COMMAND = "promote-image";
/** The help of the command: its actions. */
function renderCommandHelp(actions) {
	const width = Math.max(...actions.map(({ name }) => name.length));
	return [
		`Usage: ${COMMAND} <action> --input value … [--json]`,
		"",
		...actions.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}.`),
		"",
		`${COMMAND} <action> --help lists its inputs and outputs.`,
		"Exit codes: 0 done, 1 could not decide (verify: also refused), 2 wrong use, 3 refused.",
		""
	].join("\n");
}
/** The help of one action, from the same record as its action.yml. */
function renderActionHelp(action) {
	const inputs = Object.entries(action.inputs).flatMap(([name, spec]) => renderInput(name, spec));
	const outputs = Object.entries(action.outputs).flatMap(([name, { description }]) => [`  ${name}`, `      ${toPlain(description)}`]);
	return [
		`Usage: ${COMMAND} ${action.name} --input value … [--json]`,
		"",
		`${action.about}.`,
		"",
		"Inputs (a flag that is repeated makes a list):",
		...inputs,
		...renderStandardInput(action),
		"",
		"Outputs, on standard output as JSON with --json:",
		...outputs,
		""
	].join("\n");
}
function renderStandardInput({ standardInput: open, inputs }) {
	if (open === void 0) return [];
	const others = listUnless(inputs[open] ?? { description: "" }).map((other) => `--${other}`);
	return ["", `--${open} - reads it from standard input, as leaving it out does when something comes in${others.length === 0 ? "" : `, without ${others.join(" or ")}`}.`];
}
function renderInput(name, spec) {
	const fallback = spec.default === void 0 || spec.default.includes("{{") ? "" : ` (default: ${spec.default})`;
	const others = listUnless(spec).map((other) => `--${other}`);
	const without = others.length === 0 ? "" : ` (required without ${others.join(" or ")})`;
	const required = spec.required === true ? " (required)" : without;
	return [isSecretInput(name) ? `  ${toVariable(name)}, or --${name}-stdin` : `  --${name}${isFlagInput(spec) ? "" : " VALUE"}${fallback}${required}`, `      ${toPlain(spec.description)}`];
}
/** The descriptions are Markdown, of which only code spans are used. */
function toPlain(markdown) {
	return markdown.replaceAll("`", "").replaceAll("**", "");
}
// src/host/cli/log.ts
/** A log on a terminal: what it is told goes to `write`, warnings always to standard error. The same cleaning as on a runner: nothing moves the cursor, nothing shows a secret that was masked. */
function createCliLog(redactor, write) {
	const clean = (text) => cleanLine(redactor.redact(stripControl(text)));
	return {
		debug: () => void 0,
		info: (message) => write(`${clean(message)}\n`),
		warning: (message) => void process.stderr.write(`Warning: ${clean(message)}\n`),
		group: (title, body) => {
			write(`${clean(title)}\n`);
			return body();
		},
		mask: (secret) => void redactor.add(secret)
	};
}
// src/host/cli/publish.ts
/** Standard output and standard error, written to the end before the process goes. */
const STDOUT = 1;
const STDERR = 2;
/** More lines than these are read by nobody. */
const MAX_TOLD = 5e3;
/** Tells how an action ended: why on standard error, the outputs as JSON on standard output where they are wanted, the exit code. */
function publishReport(report, json) {
	process.exitCode = report.exitCode;
	for (const annotation of report.annotations.slice(0, MAX_TOLD)) complainAt(annotation);
	const rest = report.annotations.length - MAX_TOLD;
	if (rest > 0) complain("More of these", `${rest} more were found.`, "The outputs have them: add --json.");
	if (report.error !== void 0) complainOf(report.error);
	if (report.document !== void 0 && !json) printDocument(report.document);
	tellEnd(report.result, report.outputs, json);
}
/** Every byte for a program that reads it; nothing that moves the cursor on a terminal. */
function printDocument(text) {
	writeFileSync(STDOUT, process.stdout.isTTY ? `${text.split("\n").map(cleanLine).join("\n")}` : text);
}
/** Tells of what ended before there was an outcome: every problem of wrong use, or a crash. */
function publishCrash(error, noOutputs, json) {
	process.exitCode = error instanceof UsageError ? 2 : 1;
	if (error instanceof UsageError) for (const { where, message, fix } of error.problems) complain("Wrong use", `${where}: ${message}`, fix);
	else complainOf(error);
	tellEnd(noOutputs.result ?? "failed", noOutputs, json);
}
function tellEnd(result, outputs, json) {
	const text = json ? JSON.stringify(mapValues(outputs), null, 2) : `Result: ${result}`;
	writeFileSync(STDOUT, `${text}\n`);
}
/** An output that is JSON becomes part of the document, not a text in it. */
function mapValues(outputs) {
	return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, parseJson(value)]));
}
function parseJson(text) {
	if (!/^[[{]/.test(text)) return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
function complainOf(error) {
	if (error instanceof DomainError) complain(error.code, describeError(error), error.hint);
	else complain("Failed", describeError(error), void 0);
}
/** What only warns says so, since nothing else tells it from what refuses. */
function complainAt({ title, message, hint, level, ...place }) {
	complain(`${formatPlace(place)}${level === "warning" ? "warning: " : ""}${title}`, message, hint);
}
function complain(title, message, hint) {
	const lines = [`${title}: ${message}`, hint ?? ""].map(cleanLine).filter((line) => line !== "");
	writeFileSync(STDERR, `${lines.join("\n  ")}\n`);
}
// src/host/cli/run.ts
/** Makes an action one of the command line's; what its request and outcome are made of is nobody's business there. */
function toCliAction(action) {
	return {
		...action,
		start: (host) => runAction(action, host)
	};
}
/** Runs an action from a command line: flags in; log, outputs and exit code out. No code of GitHub Actions is loaded. */
async function runCli(actions, args, env) {
	const [name = "--help", ...rest] = args;
	const load = Object.hasOwn(actions, name) ? actions[name] : void 0;
	if (load !== void 0) return runOne(await load(), rest, env);
	if (name === "--help" || name === "-h" || name === "help") {
		const all = await Promise.all(Object.values(actions).map((each) => each()));
		process.stdout.write(renderCommandHelp(all));
	} else {
		const fix = suggestName(name, Object.keys(actions));
		publishCrash(new UsageError([{
			where: name,
			message: `is no action of ${COMMAND}.`,
			fix
		}]), {}, false);
	}
}
async function runOne(action, args, env) {
	let given;
	try {
		given = readArguments(args, action.inputs);
	} catch (error) {
		publishCrash(error, action.noOutputs, args.includes("--json"));
		return;
	}
	if (given.help) {
		process.stdout.write(renderActionHelp(action));
		return;
	}
	const { json } = given;
	const redactor = createRedactor();
	const log = createCliLog(redactor, (text) => void (json ? process.stderr : process.stdout).write(text));
	await action.start({
		env,
		log,
		redactor,
		workspace: process.cwd(),
		readInputs: () => gatherInputs(action, given, env),
		cache: createFolderCache(findCacheFolder(env, homedir())),
		readBaseCommit: async () => {
			throw new HostError("BASE_COMMIT", "on a pull request, the command line cannot tell which policy was reviewed", { hint: "Use the action there: it reads the policy from the base commit." });
		},
		identityToken: readGivenToken(env, log),
		publish: async (report) => publishReport(report, json),
		publishCrash: async (error) => publishCrash(error, action.noOutputs, json)
	});
}
// src/main/cli.ts
await runCli({
	promote: async () => toCliAction((await import("./shared/action.js")).PROMOTE),
	verify: async () => toCliAction((await import("./shared/action3.js")).VERIFY),
	check: async () => toCliAction((await import("./shared/action7.js")).CHECK),
	pin: async () => toCliAction((await import("./shared/action9.js")).PIN),
	scan: async () => toCliAction((await import("./shared/action5.js")).SCAN)
}, process.argv.slice(2), process.env);
export {};
