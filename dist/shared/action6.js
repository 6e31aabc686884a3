import { t as renderCrash } from "./crash2.js";
import { B as throwProblems, V as FieldReader, a as codeSpan, bn as formatDuration, hr as describeError, k as readTimeout, mr as UsageError, o as escapeMarkdown, pr as DomainError, vn as formatCount } from "./engine.js";
import { a as toCheckOutputs, b as Judge, c as concludeCheck, d as WorkspaceReader, f as isListed, h as findImages, i as toCheckExitCode, l as listViolations, m as resolveFrom, n as NO_CHECK_OUTPUTS, o as CHECK_INPUTS, p as listFiles, r as toCheckAnnotations, s as CHECK_OUTPUTS, t as readImageDemands, u as redactCheckOutcome, x as asksRegistries } from "./demands.js";
import { t as findRunningDigest } from "./running-digest.js";
import { a as renderHeading, i as renderDetails, n as renderAlert, s as renderList, t as joinBlocks } from "./markdown.js";
import { i as renderTable, n as limitBytes, r as limitRows, t as MAX_SUMMARY_BYTES } from "./truncate.js";
import { dirname, resolve } from "node:path";
import { mkdir, writeFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
// src/check/look-at-files.ts
/** Milliseconds after which others get a turn, such as who wants to cancel. */
const TURN = 50;
const UNREADABLE_HINT = "Mend the file, or leave it out with ! in files.";
/** Reads every file, and those that they take images from, once each. One that cannot be read is a finding, and the others are still read. */
async function lookAtFiles(files, { workspace, excluded }, signal) {
	const reader = new WorkspaceReader(workspace);
	const queue = [...files];
	const known = new Set(queue);
	const uses = [];
	const findings = [];
	let turn = performance.now();
	for (const file of queue) {
		if (performance.now() - turn > TURN) {
			await setImmediate();
			signal.throwIfAborted();
			turn = performance.now();
		}
		const read = reader.read(file);
		if ("flaw" in read) {
			findings.push(describeFlaw({
				file,
				line: 1,
				column: 1,
				message: read.flaw
			}));
			continue;
		}
		const found = findImages(file, read.bytes);
		for (const use of found.uses) uses.push(toUse(use));
		for (const flaw of found.flaws) findings.push(describeFlaw(flaw));
		for (const link of found.links) {
			const target = await followLink(file, link, {
				workspace,
				excluded
			});
			if (typeof target !== "string") findings.push(describeFlaw(target));
			else if (target !== "" && !known.has(target)) {
				known.add(target);
				queue.push(target);
			}
		}
	}
	return {
		files: queue.length,
		uses,
		findings
	};
}
/** The file that is meant, '' for one that was left out on purpose, or what is wrong with the link. */
async function followLink(file, { path, line, column }, { workspace, excluded }) {
	const target = /\$\{?\w/.test(path) ? void 0 : resolveFrom(file, path);
	if (target === void 0) return {
		file,
		line,
		column,
		message: `it takes images from ${path}, which is not looked at from here`
	};
	return await isListed(target, excluded, workspace) ? target : "";
}
function toUse({ file, line, column, where, text, kind, fallback, isLocal, usedAt }) {
	return {
		file,
		line,
		column,
		where,
		text,
		kind,
		alsoAt: usedAt,
		...fallback === void 0 ? {} : { fallback },
		...isLocal === void 0 ? {} : { isLocal }
	};
}
function describeFlaw({ file, line, column, message }) {
	return {
		file,
		line,
		column,
		where: "",
		image: "",
		rule: "unreadable-file",
		level: "error",
		message: `${message.charAt(0).toUpperCase()}${message.slice(1)}`.replace(/\.?$/, "."),
		hint: UNREADABLE_HINT
	};
}
/** The images that objects of a cluster name, each text once, with all its places. */
function lookAtObjects(containers) {
	return [...Map.groupBy(containers, ({ image, imageId }) => `${image} ${imageId ?? ""}`).values()].flatMap((same) => {
		const [first] = same;
		if (first === void 0) return [];
		const running = first.imageId === void 0 ? void 0 : findRunningDigest(first.imageId);
		const more = same.length === 1 ? "" : `, and ${same.length - 1} more`;
		return {
			file: "-",
			line: void 0,
			column: void 0,
			alsoAt: [],
			where: `${describePlace(first.place)}${more}`,
			text: first.image,
			kind: first.image === "" ? "not-text" : "reference",
			...running === void 0 ? {} : { running }
		};
	});
}
function describePlace({ kind, namespace, name, container, role }) {
	const at = namespace === void 0 ? name : `${namespace}/${name}`;
	const part = [
		role,
		role === "volume" ? void 0 : "container",
		container
	].filter(Boolean).join(" ");
	return container === "" ? `${kind} ${at}` : `${kind} ${at}, ${part}`;
}
// src/check/check.ts
/** SARIF was asked for, and could not be written. */
var CheckError = class extends DomainError {};
/** Holds every image that the files, or the objects of a cluster, name against the policy. Always returns an outcome; what cannot be read or decided takes nothing from the rest. */
async function check(request, ports) {
	const startedAt = ports.clock();
	const { things, policy } = request;
	const judge = new Judge(policy, startedAt);
	let counted = {
		files: 0,
		uses: 0
	};
	let undecided = [];
	const end = (error) => {
		const known = {
			...judge.found,
			undecided,
			error
		};
		return {
			...known,
			result: concludeCheck(known),
			...counted,
			images: judge.names,
			ignored: things.kind === "objects" ? things.ignored : [],
			verify: policy.images.verify,
			scan: policy.images.scan,
			policies: policy.policies,
			environment: request.environment,
			seconds: (ports.clock().getTime() - startedAt.getTime()) / 1e3
		};
	};
	let outcome;
	try {
		counted = await lookAtThings(request, judge, ports.signal);
		if (asksRegistries(policy)) {
			const { lookAtRegistries } = await import("./look-at-registries.js");
			undecided = await lookAtRegistries(judge, request, ports, startedAt);
		}
		outcome = end();
	} catch (error) {
		const { aborted, reason } = ports.signal;
		outcome = end(aborted && reason instanceof DomainError ? reason : error);
	}
	const told = await writeSarif(outcome, request.sarif);
	ports.log.info(`Looked at ${formatCount(told.uses, "place")} with an image${told.files === 0 ? "" : ` in ${formatCount(told.files, "file")}`}`);
	return told;
}
async function lookAtThings({ things, workspace }, judge, signal) {
	if (things.kind === "objects") {
		for (const use of lookAtObjects(things.containers)) judge.judge(use);
		return {
			files: 0,
			uses: things.containers.length
		};
	}
	const { files, uses, findings } = await lookAtFiles(things.files, {
		workspace,
		excluded: things.excluded
	}, signal);
	judge.add(findings);
	for (const use of uses) judge.judge(use);
	return {
		files,
		uses: uses.length
	};
}
/** A file that was asked for and is not there would be taken for one without findings: the check fails then. */
async function writeSarif(outcome, path) {
	if (path === void 0) return {
		...outcome,
		sarif: void 0
	};
	try {
		const { renderCheckSarif } = await import("./sarif2.js");
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, renderCheckSarif(outcome));
		return {
			...outcome,
			sarif: path
		};
	} catch (cause) {
		const error = new CheckError("SARIF_NOT_WRITTEN", `the findings could not be written to ${path}: ${describeError(cause)}`, {
			cause,
			hint: "Name another path in sarif."
		});
		return {
			...outcome,
			result: "failed",
			sarif: void 0,
			error: outcome.error ?? error
		};
	}
}
// src/check/report.ts
const CUT = "_The rest was cut: a job summary holds 1 MiB. The log and the `sarif` output have every finding._";
/** A table for each file is for reading: what is beyond has the log and SARIF. */
const MAX_FILES = 100;
const MAX_ROWS = 50;
const MAX_TROUBLES = 20;
const MAX_HINTS = 5;
/** The job summary of a check: the verdict, what to do next, the findings of each file, what is excepted. Below 1 MiB, the runner's limit. */
function renderCheckSummary(outcome) {
	const markdown = joinBlocks([
		renderHeading(2, renderHeadline(outcome)),
		renderTrouble(outcome),
		renderHints(outcome),
		...renderFiles(outcome.findings),
		renderExcused(outcome.excused),
		renderFooter(outcome)
	]);
	return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}
function renderHeadline(outcome) {
	const { result, uses, files, environment, undecided } = outcome;
	const place = environment === void 0 ? "" : ` (${environment})`;
	const looked = `${formatCount(uses, "image")}${files === 0 ? "" : ` in ${formatCount(files, "file")}`}`;
	const count = listViolations(outcome).length;
	if (result === "passed") return escapeMarkdown(`Checked: ${looked}${place}`);
	const found = count === 0 ? [] : [formatCount(count, "finding")];
	const open = undecided.length === 0 ? [] : [`${formatCount(undecided.length, "image")} could not be decided`];
	if (found.length === 0 && open.length === 0) return escapeMarkdown(`Check failed${place}`);
	return escapeMarkdown(`Check: ${[...found, ...open].join(", ")} in ${looked}${place}`);
}
function renderTrouble({ undecided, error }) {
	const troubles = [...error === void 0 ? [] : [{
		image: void 0,
		error
	}], ...undecided];
	if (troubles.length === 0) return void 0;
	const items = troubles.slice(0, MAX_TROUBLES).map(({ image, error: cause }) => {
		const code = cause instanceof DomainError ? cause.code : "FAILED";
		return `${image === void 0 ? "" : `${codeSpan(image)} `}${codeSpan(code)} ${escapeMarkdown(describeError(cause))}`;
	});
	const rest = troubles.length - items.length;
	const hints = troubles.flatMap(({ error: cause }) => cause instanceof DomainError ? cause.hint ?? [] : []);
	return renderAlert("WARNING", joinBlocks([renderList(rest === 0 ? items : [...items, `and ${formatCount(rest)} more`]), ...[...new Set(hints)].slice(0, MAX_HINTS).map((hint) => `**Next:** ${escapeMarkdown(hint)}`)]));
}
/** What to do, once for each rule that is broken. */
function renderHints(outcome) {
	const byRule = [...Map.groupBy(listViolations(outcome), ({ rule }) => rule)];
	if (byRule.length === 0) return void 0;
	const items = byRule.map(([rule, same]) => {
		const [hint = ""] = [...new Set(same.map(({ hint }) => hint))];
		return `${codeSpan(rule)} ${formatCount(same.length)}: ${escapeMarkdown(hint)}`;
	});
	return renderAlert("CAUTION", renderList(items));
}
function renderFiles(findings) {
	const byFile = [...Map.groupBy(findings, ({ file }) => file)];
	const tables = byFile.slice(0, MAX_FILES).map(([file, own]) => joinBlocks([renderHeading(3, nameFile(file)), renderFindings(own)]));
	const rest = byFile.length - tables.length;
	return rest <= 0 ? tables : [...tables, `… and ${formatCount(rest, "more file", "more files")} with findings.`];
}
function nameFile(file) {
	return file === "-" ? "Standard input" : codeSpan(file);
}
function renderFindings(findings) {
	const columns = [findings.some(({ line }) => line !== void 0) ? {
		title: "Line",
		align: "right"
	} : { title: "Where" }, ...[
		"Image",
		"Rule",
		"Finding"
	].map((title) => ({ title }))];
	const rows = findings.map(({ line, where, image, rule, message, level }) => [
		line === void 0 ? escapeMarkdown(where) : String(line),
		image === "" ? "" : codeSpan(image),
		level === "warning" ? `${codeSpan(rule)} (reported)` : codeSpan(rule),
		escapeMarkdown(message)
	]);
	return renderTable(columns, limitRows(rows, MAX_ROWS));
}
function renderExcused(excused) {
	if (excused.length === 0) return void 0;
	const columns = [
		"Where",
		"Image",
		"Rule",
		"Until",
		"Reason",
		"By"
	].map((title) => ({ title }));
	const rows = excused.map(({ file, line, where, image, rule, exception }) => [
		line === void 0 ? escapeMarkdown(where) : `${codeSpan(file)} ${line}`,
		codeSpan(image),
		codeSpan(rule),
		escapeMarkdown(exception.expires),
		escapeMarkdown(exception.reason),
		escapeMarkdown(exception.source)
	]);
	const title = `${formatCount(excused.length, "finding")} excepted by a policy`;
	return renderDetails(title, renderTable(columns, limitRows(rows, MAX_ROWS)));
}
function renderFooter({ policies, verify, scan, ignored, seconds }) {
	const rules = policies.length === 0 ? "the defaults and the inputs" : policies.join(", ");
	const ways = [...verify === "off" ? [] : [`verify: ${verify}`], ...scan === "off" ? [] : [`scan: ${scan}`]];
	const left = ignored.length === 0 ? "" : ` Not looked at, as no image is named there: ${ignored.slice(0, 20).join(", ")}.`;
	const text = `By ${[rules, ...ways].join("; ")}.${left} Took ${formatDuration(seconds * 1e3)}.`;
	return escapeMarkdown(text);
}
// src/check/things.ts
/** JSON, and no glob: that may begin with a brace or a bracket too. */
const OBJECTS = /^\{\s*["}]|^\[\s*[{\]]/;
/** Reads the input `files`: globs, a line each, or what kubectl prints as JSON. */
async function readThings(fields, workspace) {
	const text = fields.text("files");
	if (OBJECTS.test(text)) return readObjects(fields, text);
	const lines = fields.lines("files");
	const { files, problems } = await listFiles(lines, workspace);
	fields.addProblems(problems);
	return {
		kind: "files",
		files,
		excluded: lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1).trim())
	};
}
async function readObjects(fields, text) {
	const { readWorkloads } = await import("./workloads2.js");
	try {
		return {
			kind: "objects",
			...readWorkloads(text, "files")
		};
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		fields.addProblems(error.problems);
		return {
			kind: "objects",
			containers: [],
			ignored: []
		};
	}
}
// src/check/request.ts
/** Turns raw inputs into a request; throws UsageError with every problem at once. */
async function readCheckRequest(raw, context) {
	const fields = new FieldReader(raw, CHECK_INPUTS);
	const things = await readThings(fields, context.workspace);
	const demands = await readImageDemands(fields, raw.policy ?? "", context);
	const sarif = fields.text("sarif");
	const timeoutMs = readTimeout(fields);
	const summary = fields.flag("summary");
	throwProblems(fields.problems);
	return {
		...demands,
		things,
		workspace: context.workspace,
		timeoutMs,
		summary,
		sarif: sarif === "" ? void 0 : resolve(context.workspace, sarif),
		workDirectory: fields.text("work-dir")
	};
}
// src/check/action.ts
/** The rules for images in workload files, as a host runs them. */
const CHECK = {
	name: "check",
	about: "Checks that workload files name only pinned, allowed and trusted images: Compose, Kubernetes, kustomize, Helm values, Dockerfiles, and what runs in a cluster",
	inputs: CHECK_INPUTS,
	outputs: CHECK_OUTPUTS,
	noOutputs: NO_CHECK_OUTPUTS,
	standardInput: "files",
	read: readCheckRequest,
	describeNeeds,
	run: check,
	redact: redactCheckOutcome,
	toReport,
	renderCrash
};
function describeNeeds(request) {
	const { logins, policy, anchor, ca, workDirectory, timeoutMs, summary } = request;
	return {
		clients: {
			registry: { logins },
			databases: { logins: /* @__PURE__ */ new Map() }
		},
		insecureHosts: policy.registries.insecure,
		keyVariables: [],
		keyUris: [...anchor?.kind === "key" ? [anchor.key] : [], ...policy.signers.flatMap(({ signers }) => signers.flatMap(({ key }) => key ?? []))],
		ca,
		workDirectory,
		timeoutMs,
		summary
	};
}
function toReport(outcome) {
	return {
		result: outcome.result,
		exitCode: toCheckExitCode(outcome),
		outputs: toCheckOutputs(outcome),
		annotations: toCheckAnnotations(outcome),
		error: outcome.error,
		renderSummary: () => renderCheckSummary(outcome)
	};
}
export { CHECK as t };
