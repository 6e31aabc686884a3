import { t as renderCrash } from "./crash2.js";
import { _ as joinWritten, b as Judge, d as WorkspaceReader, g as isSameRepository, h as findImages, o as CHECK_INPUTS, p as listFiles, r as toCheckAnnotations, t as readImageDemands, v as splitRegistry, x as asksRegistries, y as splitWritten } from "./demands.js";
import { B as throwProblems, G as redactError, Jn as mapConcurrently, V as FieldReader, _ as IMAGE_KEYS, a as codeSpan, bn as formatDuration, cr as isDigest, hr as describeError, k as readTimeout, mr as UsageError, o as escapeMarkdown, pr as DomainError, qn as stripControl, vn as formatCount } from "./engine.js";
import { n as parseImageName } from "./image-name.js";
import { a as renderHeading, i as renderDetails, n as renderAlert, s as renderList, t as joinBlocks } from "./markdown.js";
import { i as renderTable, n as limitBytes, r as limitRows, t as MAX_SUMMARY_BYTES } from "./truncate.js";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { randomUUID } from "node:crypto";
import { chmod, chown, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { realpathSync, statSync } from "node:fs";
// src/pin/inputs.ts
/** The inputs of pin; its `action.yml`, help and tables are generated from this. What it shares with check means the same there. */
const PIN_INPUTS = {
	files: { description: "What to write into: globs, a line each, from the root of the workspace; `!` before one leaves files out, and a folder stands for the workload files in it. Compose, Kubernetes, kustomize, Helm values and Dockerfiles are told by name and content. Default: all YAML files, Dockerfiles and Containerfiles, without those in `.github`." },
	images: { description: "Images to set, a line each: `registry/repo`, `:tag`, `@sha256:…`, or both; the output `image` of promote fits. Every place that names the repository gets it. `old/repo=registry/repo:tag@sha256:…` also changes the repository. Then nothing else is changed. Default: every image in the files." },
	refresh: {
		default: "true",
		description: "Look up the tag of an image that has a digest already, and write the digest it has now. With `false`, only what has no digest gets one."
	},
	policy: { description: "What must hold: policy files, a line each, or YAML in place; the keys under `images`. Nothing is written that check would refuse by it. Default: `.github/promote-image.yml` if present." },
	environment: CHECK_INPUTS.environment,
	"allow-registries": CHECK_INPUTS["allow-registries"],
	verify: { description: "What a new digest must have at its registry before it is written: `off`; `exists`, a manifest; `signed`, a signature by `key`, the identity, or a signer of the policy of role `source` or `promotion`; `promoted`, the record of its promotion by a signer of role `promotion`. Default: the policy, else `off`." },
	key: CHECK_INPUTS.key,
	"certificate-identity": CHECK_INPUTS["certificate-identity"],
	"certificate-identity-regexp": CHECK_INPUTS["certificate-identity-regexp"],
	"certificate-oidc-issuer": CHECK_INPUTS["certificate-oidc-issuer"],
	"certificate-oidc-issuer-regexp": CHECK_INPUTS["certificate-oidc-issuer-regexp"],
	"certificate-github-workflow-repository": CHECK_INPUTS["certificate-github-workflow-repository"],
	"trusted-root": CHECK_INPUTS["trusted-root"],
	scan: { description: "Scan a new digest with Trivy before it is written: `off`, `report`, or `enforce`, where findings refuse. Default: the policy, else `off`." },
	severity: CHECK_INPUTS.severity,
	"dry-run": {
		default: "false",
		description: "Look everything up, print what would change as a unified diff, and write nothing."
	},
	patch: { description: "A path to write the changes to as a unified diff, which `git apply` takes. Default: none is written." },
	commit: {
		default: "false",
		description: "Commit the changed files and nothing else. A file that has changes of its own is refused before anything is written."
	},
	push: {
		default: "true",
		description: "With `commit`, push to the branch of the remote that the current branch follows, where it follows one."
	},
	"commit-message": { description: "The subject of the commit and the title of the pull request. The images with their old and new digests follow it. Default: says what was pinned." },
	ticket: { description: "What the change is for, such as a CVE or POA&M id: `Ticket: …` at the end of the message." },
	"skip-ci": {
		default: "false",
		description: "Put `[skip ci]` into the subject of the commit, so that no workflow starts for it."
	},
	"pull-request": {
		default: "false",
		description: "Commit to the branch `promote-image/pin` instead, push it, and open a pull request from it, or update the one that is open. The work tree stays as it is. Needs `contents: write` and `pull-requests: write`."
	},
	"registry-auth": CHECK_INPUTS["registry-auth"],
	trivy: CHECK_INPUTS.trivy,
	cosign: CHECK_INPUTS.cosign,
	"work-dir": CHECK_INPUTS["work-dir"],
	timeout: CHECK_INPUTS.timeout,
	summary: CHECK_INPUTS.summary,
	"github-token": {
		default: `\${{ github.token }}`,
		description: "Opens the pull request. On a pull request, it reads the policy from the base commit where the checkout does not have it."
	}
};
/** The outputs of pin. */
const PIN_OUTPUTS = {
	result: { description: "`changed` (with `dry-run`: would be); `unchanged`; `refused` where a new image may not be written, and then none was; `failed` where something could not be decided or done." },
	changes: { description: "JSON list of `{file, line, from, to}`, by file and line: the references as they were and as they are. Of very many, the first 350 kB." },
	"changed-files": { description: "The changed files, a line each." },
	"commit-sha": { description: "The commit, where one was made." },
	"pull-request-number": { description: "The number of the pull request, where one was opened or updated." },
	"pull-request-url": { description: "Its address." }
};
// src/pin/outcome.ts
/** What refuses. */
function listRefusals({ findings }) {
	return findings.filter(({ level }) => level === "error");
}
/** An outcome whose free texts hold no secret: a file may hold one where an image belongs. References that were written stay as they are. */
function redactPinOutcome(outcome, redact) {
	const clean = (finding) => ({
		...finding,
		image: redact(finding.image),
		message: redact(finding.message),
		hint: redact(finding.hint)
	});
	return {
		...outcome,
		diff: redact(outcome.diff),
		findings: outcome.findings.map(clean),
		excused: outcome.excused.map(clean),
		undecided: outcome.undecided.map((each) => ({
			...each,
			image: redact(each.image),
			error: redactError(each.error, redact)
		})),
		left: outcome.left.map((place) => ({
			...place,
			use: {
				...place.use,
				text: redact(place.use.text)
			}
		})),
		flaws: outcome.flaws.map((flaw) => ({
			...flaw,
			message: redact(flaw.message)
		})),
		error: redactError(outcome.error, redact)
	};
}
// src/pin/outputs.ts
/** The outputs of a run that ended before there was an outcome. */
const NO_PIN_OUTPUTS = {
	result: "failed",
	changes: "[]",
	"changed-files": "",
	"commit-sha": "",
	"pull-request-number": "",
	"pull-request-url": ""
};
/** GitHub keeps 1 MB of all outputs of a job, counted in UTF-16; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs */
const MAX_LIST_LENGTH = 35e4;
/** An outcome as the outputs of the action. */
function toPinOutputs({ result, changes, published }) {
	const { commit, pullRequest } = published;
	return {
		result,
		changes: toList(changes.map(({ file, line, from, to }) => ({
			file,
			line,
			from,
			to
		}))),
		"changed-files": [...new Set(changes.map(({ file }) => file))].join("\n"),
		"commit-sha": commit ?? "",
		"pull-request-number": pullRequest === void 0 ? "" : String(pullRequest.number),
		"pull-request-url": pullRequest?.url ?? ""
	};
}
/** 0 done or nothing to do, 3 refused, 2 an image that no file names, 1 could not decide. */
function toPinExitCode({ result, error }) {
	if (result === "changed" || result === "unchanged") return 0;
	if (result === "refused") return 3;
	return error instanceof UsageError ? 2 : 1;
}
/** What refuses, what could not be decided, then what stayed as it was. */
function toPinAnnotations(outcome) {
	const { left, flaws } = outcome;
	const level = "warning";
	return [
		...toCheckAnnotations(outcome),
		...flaws.map(({ file, line, column, message }) => ({
			file,
			line,
			column,
			level,
			title: "Not pinned",
			message: `The file cannot be read here: ${message}`,
			hint: "Mend the file, or leave it out with ! in files."
		})),
		...left.map(({ use: { file, line, column, text }, why }) => ({
			file,
			line,
			column,
			level,
			title: "Not pinned",
			message: `${text === "" ? "" : `${text}: `}${why}.`,
			hint: "Write it by hand where it is to be pinned."
		}))
	];
}
/** A list as JSON that is cut between two entries. */
function toList(entries) {
	const kept = [];
	let length = 2;
	for (const entry of entries) {
		const text = JSON.stringify(entry);
		length += text.length + 1;
		if (length > MAX_LIST_LENGTH) break;
		kept.push(text);
	}
	return `[${kept.join(",")}]`;
}
// src/workload/unified-diff.ts
const CONTEXT = 3;
/** Lines looked ahead to find where two texts meet again; an edit of images adds a few. */
const REACH = 64;
/** The difference of two texts as `git apply` and `patch` take it, with every byte of a line, its CR too; '' where there is none. https://git-scm.com/docs/diff-format#generate_patch_text_with_p */
function formatUnifiedDiff({ file, before, after }) {
	const [old, now] = [splitLines(before), splitLines(after)];
	const changes = findChanges(old, now);
	if (changes.length === 0) return "";
	const [from, to] = [quotePath(`a/${file}`), quotePath(`b/${file}`)];
	const end = / /.test(file) ? "	" : "";
	return `${`diff --git ${from} ${to}\n--- ${from}${end}\n+++ ${to}${end}\n`}${groupChanges(changes).map((group) => formatHunk(group, old, now)).join("")}`;
}
function splitLines(bytes) {
	return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
function findChanges(old, now) {
	const changes = [];
	let [i, j] = [0, 0];
	while (i < old.length || j < now.length) {
		if (i < old.length && j < now.length && old[i] === now[j]) {
			i++;
			j++;
			continue;
		}
		const [a, b] = findMeeting(old, now, i, j);
		changes.push({
			oldStart: i,
			oldEnd: a,
			newStart: j,
			newEnd: b
		});
		[i, j] = [a, b];
	}
	return changes;
}
/** The nearest pair of lines from which both go on alike for a few lines, or to their ends. */
function findMeeting(old, now, i, j) {
	for (let distance = 1; distance <= REACH; distance++) for (const skipped of listSkips(distance)) {
		const [a, b] = [i + skipped, j + distance - skipped];
		if (a > old.length || b > now.length) continue;
		if (goesOnAlike(old, now, a, b)) return [a, b];
	}
	return [old.length, now.length];
}
function listSkips(distance) {
	return Array.from({ length: distance + 1 }, (_, skip) => skip).sort((a, b) => Math.abs(2 * a - distance) - Math.abs(2 * b - distance));
}
function goesOnAlike(old, now, a, b) {
	if (a === old.length || b === now.length) return a === old.length && b === now.length;
	return old[a] === now[b];
}
/** Changes whose context would overlap share a hunk. */
function groupChanges(changes) {
	const groups = [];
	for (const change of changes) {
		const last = groups.at(-1)?.at(-1);
		if (last !== void 0 && change.oldStart - last.oldEnd <= 6) groups.at(-1)?.push(change);
		else groups.push([change]);
	}
	return groups;
}
function formatHunk(group, old, now) {
	const [first, last] = [group[0], group.at(-1)];
	if (first === void 0 || last === void 0) return "";
	const before = Math.min(CONTEXT, first.oldStart);
	const after = Math.min(CONTEXT, old.length - last.oldEnd);
	const [start, end] = [first.oldStart - before, last.oldEnd + after];
	const [newStart, newEnd] = [first.newStart - before, last.newEnd + after];
	const lines = [];
	let at = start;
	for (const { oldStart, oldEnd, newStart: from, newEnd: to } of group) {
		lines.push(...old.slice(at, oldStart).map((line) => formatLine(" ", line)));
		lines.push(...old.slice(oldStart, oldEnd).map((line) => formatLine("-", line)));
		lines.push(...now.slice(from, to).map((line) => formatLine("+", line)));
		at = oldEnd;
	}
	lines.push(...old.slice(at, end).map((line) => formatLine(" ", line)));
	return `@@ -${formatRange(start, end)} +${formatRange(newStart, newEnd)} @@\n${lines.join("")}`;
}
function formatRange(start, end) {
	const length = end - start;
	return `${length === 0 ? start : start + 1},${length}`;
}
function formatLine(mark, line) {
	return line.endsWith("\n") ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`;
}
/** A name in quotes as C has them, where git would take it for something else. */
function quotePath(path) {
	if (!/["\\\p{Cc}]/u.test(path)) return path;
	return `"${path.replace(/["\\]/g, "\\$&").replace(/\p{Cc}/gu, (char) => {
		return `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`;
	})}"`;
}
// src/workload/error.ts
/** An edit that cannot be made; nothing was changed, unless NOT_WRITTEN says so. */
var WorkloadError = class extends DomainError {};
// src/workload/write-scalar.ts
/** What every reader of YAML, 1.1 and 1.2, takes for a text without quotes: a name, or a version of three numbers. */
const SAFE = /^(?:[A-Za-z_][\w./@:+-]*|\d+\.\d+\.\d[\w./@:+-]*|\d+(?:\.\d+){3}[\w./@:+-]*)$/;
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null)$/i;
/** A value in the quotes of what it replaces; with quotes of its own where it would be read as something else than a text. `isJson` is for a file that knows no plain texts. */
function quoteValue(text, { style, part, isPiece }, isJson) {
	if (isPiece) return text;
	if (style === "double" || isJson) return `"${text}"`;
	if (style === "single") return `'${text}'`;
	if (part === "reference") return text.startsWith("[") ? `"${text}"` : text;
	return SAFE.test(text) && !WORDS.test(text) && !text.endsWith(":") ? text : `"${text}"`;
}
function quoteKey(key, quote) {
	return `${quote}${key}${quote}`;
}
// src/workload/edit-images.ts
/**
* New bytes of a file: every change replaces only the bytes of its parts, or adds one that is missing, and all others stay.
* Throws NOT_EDITABLE where a use has no place for it, EDITS_MEET when two changes want one place to be different, FILE_CHANGED when these are not the bytes that the uses were found in.
*/
function editImages(bytes, changes) {
	const sorted = dropTwins(changes.flatMap((change) => listSplices(bytes, change)).toSorted((a, b) => a.start - b.start || a.end - b.end || Number(a.isEntry ?? 0) - Number(b.isEntry ?? 0)));
	const encoder = new TextEncoder();
	const pieces = [];
	let done = 0;
	for (const { start, end, text } of sorted) {
		pieces.push(bytes.subarray(done, start), encoder.encode(text));
		done = end;
	}
	pieces.push(bytes.subarray(done));
	return concat(pieces);
}
function listSplices(bytes, { use, to }) {
	if (use.uneditable !== void 0 || use.parts.length === 0) throw fail$2("NOT_EDITABLE", use, `${use.uneditable ?? "nothing is written there"}`, "Write it by hand.");
	const whole = use.parts.find(({ part }) => part === "reference");
	if (whole !== void 0) return replace(bytes, use, whole, joinWritten({
		...to,
		repository: keepRepository(splitWritten(whole.text).repository, to.repository)
	}));
	const wanted = listWanted(use, to);
	const splices = [];
	const added = [];
	for (const [name, text] of wanted) {
		const part = use.parts.find((each) => each.part === name);
		if (part !== void 0) splices.push(...replace(bytes, use, part, text));
		else if (text !== "") added.push(writeEntry(use, name, text));
	}
	const at = use.slot?.at;
	if (added.length > 0 && at !== void 0) splices.push({
		start: at,
		end: at,
		text: added.join(""),
		isEntry: true
	});
	return splices;
}
/** What each key of an image in parts is to hold; a part that is not among them stays. An empty text is a part that is to hold nothing. */
function listWanted(use, to) {
	const find = (name) => use.parts.find(({ part }) => part === name);
	const wanted = /* @__PURE__ */ new Map();
	const written = splitWritten(use.text);
	if (!isSameRepository(written.repository, to.repository)) {
		const { registry, path } = splitRegistry(to.repository);
		const hasRegistry = (find("registry")?.text ?? "") !== "";
		if (hasRegistry) wanted.set("registry", registry ?? "");
		wanted.set("repository", hasRegistry ? path : to.repository);
	}
	const tag = find("tag");
	const isTagWhole = tag?.text.includes("@") === true && (find("digest")?.text ?? "") === "";
	const name = find("repository");
	if (name !== void 0 && /[@]|:[^/]*$/.test(name.text) && tag === void 0 && !find("digest")) {
		const inner = splitWritten(name.text).repository;
		wanted.set("repository", joinWritten({
			...to,
			repository: wanted.get("repository") ?? inner
		}));
	} else if (isTagWhole) {
		if (to.tag === void 0) throw fail$2("NOT_EDITABLE", use, "its tag carries the digest, and no tag is given", "Give a tag as well.");
		wanted.set("tag", joinWritten({
			...to,
			repository: ""
		}).slice(1));
	} else {
		if (to.tag !== void 0 || tag !== void 0) wanted.set("tag", to.tag ?? "");
		if (to.digest !== void 0 || find("digest") !== void 0) wanted.set("digest", to.digest ?? "");
	}
	return wanted;
}
function keepRepository(written, wanted) {
	return isSameRepository(written, wanted) ? written : wanted;
}
function replace(bytes, use, part, text) {
	const { start, end } = part.range;
	const now = new TextDecoder().decode(bytes.subarray(start, end));
	const quote = part.style === "double" ? "\"" : part.style === "single" ? "'" : "";
	if (now !== `${quote}${part.text}${quote}`) throw fail$2("FILE_CHANGED", use, `it is now ${JSON.stringify(now)}`, "Find the images of the file again.");
	if (part.text === text) return [];
	const value = use.format === "dockerfile" ? text : quoteValue(text, part, use.slot?.quote === "\"");
	if (start !== end) return [{
		start,
		end,
		text: value
	}];
	return [{
		start,
		end,
		text: `${bytes[start - 1] === 58 ? " " : ""}${value}`
	}];
}
function writeEntry(use, name, text) {
	const key = use.slot?.keys[name];
	if (use.slot === void 0 || key === void 0) throw fail$2("NOT_EDITABLE", use, `it has no ${name}, and there is no place to add one`, "Write it by hand.");
	const { lead, quote } = use.slot;
	const value = quoteValue(text, {
		style: quote === "\"" ? "double" : "plain",
		part: name
	}, quote === "\"");
	return `${lead}${quoteKey(key, quote)}: ${value}`;
}
function dropTwins(sorted) {
	const kept = [];
	for (const splice of sorted) {
		const last = kept.at(-1);
		if (last?.start === splice.start && last.end === splice.end && last.text === splice.text) continue;
		if (last !== void 0 && (splice.start < last.end || splice.start === last.start && splice.isEntry === last.isEntry)) throw new WorkloadError("EDITS_MEET", "Two changes want one place of a file to be different; nothing was changed.", { hint: "Name each image once." });
		kept.push(splice);
	}
	return kept;
}
function concat(pieces) {
	const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}
function fail$2(code, use, what, hint) {
	return new WorkloadError(code, `The image at ${`${use.file}:${use.line}:${use.column} (${use.where})`} cannot be edited: ${what}.`, { hint });
}
// src/pin/error.ts
/** What was asked for could not be written as it was asked for. */
var PinError = class extends DomainError {};
// src/pin/change.ts
/** True where a place names something else than it is to. */
function isChanged({ from, to }) {
	const written = splitWritten(from);
	return !isSameRepository(written.repository, to.repository) || written.tag !== to.tag || written.digest !== to.digest;
}
/** Edits in memory, and reads what came of it: a place that would not name what it is to is an error, and nothing is written. */
async function editFiles(places, found, workspace) {
	const changes = [];
	const files = [];
	const seen = /* @__PURE__ */ new Set();
	for (const [file, own] of Map.groupBy(places, ({ use }) => use.file)) {
		const target = await realpath(join(workspace, file));
		const before = found.bytes.get(file);
		if (before === void 0 || seen.has(target)) continue;
		seen.add(target);
		const after = editImages(before, own.map(toChange));
		if (Buffer.compare(before, after) === 0) continue;
		checkEdited(file, before, after, own);
		files.push({
			file,
			before,
			after
		});
		changes.push(...own.map(describeChange));
	}
	return {
		changes,
		files
	};
}
function toChange({ use, to }) {
	return {
		use,
		to
	};
}
function describeChange({ use: { file, line, column, where }, from, to }) {
	return {
		file,
		line,
		column,
		where,
		from,
		to: joinWritten(keepName(from, to))
	};
}
/** A repository that means the one that is written stays as it is written. */
function keepName(from, to) {
	const { repository } = splitWritten(from);
	return isSameRepository(repository, to.repository) ? {
		...to,
		repository
	} : to;
}
function checkEdited(file, before, after, places) {
	const [old, now] = [findImages(file, before).uses, findImages(file, after).uses];
	const byPlace = new Map(places.map((place) => [`${place.use.line}:${place.use.column} ${place.use.where}`, place]));
	if (old.every((use, index) => {
		const edited = now[index];
		const place = byPlace.get(`${use.line}:${use.column} ${use.where}`);
		const [is, was] = [edited?.fallback ?? edited?.text, use.fallback ?? use.text];
		return is !== void 0 && (place === void 0 ? is === was : !isChanged({
			from: is,
			to: place.to
		}));
	}) && old.length === now.length) return;
	throw new PinError("EDIT_LOST", `${file} would not name what was to be written into it; no file was written`, { hint: "Write the images of this file by hand, and leave it out with ! in files. This is a defect: please report it with the file." });
}
// src/pin/decide.ts
/** Decides what each place is to name; what has to be looked up comes later. */
function decide(uses, { settings, refresh }) {
	const wanted = [];
	const left = [];
	const used = /* @__PURE__ */ new Set();
	for (const use of uses) {
		const from = use.fallback ?? use.text;
		const { repository } = splitWritten(from);
		const setting = settings?.find((each) => isSameRepository(each.from, repository));
		if (settings !== void 0 && setting === void 0) continue;
		if (setting !== void 0) used.add(setting);
		const why = explainLeft(use);
		const name = why === void 0 ? readName(from) : void 0;
		if (name === void 0) {
			const reason = why ?? "what stands there is no image reference";
			if (use.kind !== "build-only") left.push({
				use,
				why: reason,
				...setting === void 0 ? {} : { setting }
			});
			continue;
		}
		const to = setting === void 0 ? pinWritten(from, name, refresh) : applySetting(from, name, setting, refresh);
		if (to !== void 0) wanted.push({
			use,
			from,
			...to
		});
	}
	return {
		wanted,
		left,
		unused: settings?.filter((setting) => !used.has(setting)) ?? []
	};
}
/** The tag stays, and its digest is looked up. Undefined where there is nothing to do. */
function pinWritten(from, { reference }, refresh) {
	const { repository, tag } = splitWritten(from);
	if (reference === void 0) return {
		to: { repository },
		ask: `${repository}:latest`
	};
	if (tag === void 0 || reference.kind === "digest" && !refresh) return void 0;
	return {
		to: {
			repository,
			tag
		},
		ask: `${repository}:${tag}`
	};
}
function applySetting(from, name, { to, ...setting }, refresh) {
	const written = splitWritten(from);
	const isMapped = !isSameRepository(setting.from, to.repository);
	const repository = isMapped ? to.repository : written.repository;
	if (to.digest !== void 0) return {
		to: {
			...to,
			repository
		},
		ask: void 0
	};
	if (to.tag !== void 0) return {
		to: {
			repository,
			tag: to.tag
		},
		ask: `${repository}:${to.tag}`
	};
	if (!isMapped) return pinWritten(from, name, refresh);
	if (written.tag !== void 0) return {
		to: {
			repository,
			tag: written.tag
		},
		ask: `${repository}:${written.tag}`
	};
	const ask = written.digest === void 0 ? `${repository}:latest` : `${repository}@${written.digest}`;
	return {
		to: { repository },
		ask
	};
}
function explainLeft({ kind, fallback, uneditable, parts }) {
	if (kind === "build-only") return "it is built where it runs";
	if (kind === "not-text") return "what stands there is no text";
	if (kind === "unresolved" && fallback === void 0) return "a variable decides which image it is";
	if (uneditable !== void 0) return uneditable;
	return parts.length === 0 ? "there is no place to write to" : void 0;
}
function readName(text) {
	try {
		return parseImageName(text);
	} catch {
		return;
	}
}
// src/pin/find-places.ts
/** Milliseconds after which others get a turn, such as who wants to cancel. */
const TURN = 50;
/** Reads every file once. One that cannot be read is a flaw, and the others are still read. */
async function findPlaces(files, workspace, signal) {
	const reader = new WorkspaceReader(workspace);
	const bytes = /* @__PURE__ */ new Map();
	const uses = [];
	const flaws = [];
	let turn = performance.now();
	for (const file of files) {
		if (performance.now() - turn > TURN) {
			await setImmediate();
			signal.throwIfAborted();
			turn = performance.now();
		}
		const read = reader.read(file);
		if ("flaw" in read) {
			flaws.push({
				file,
				line: 1,
				column: 1,
				message: read.flaw
			});
			continue;
		}
		const found = findImages(file, read.bytes);
		flaws.push(...found.flaws);
		const images = found.uses.filter(({ isLocal }) => isLocal !== true);
		if (images.length > 0) bytes.set(file, read.bytes);
		uses.push(...images);
	}
	return {
		bytes,
		uses,
		flaws
	};
}
// src/pin/look-up.ts
/** Registries asked side by side. */
const CONCURRENT = 16;
/** Looks every distinct tag up once. What the allow-lists do not name is told to the judge, and nobody is asked about it: the file decides where a request would go. */
async function lookUp(places, policy, findings, ports, now) {
	const names = new Judge({
		...policy,
		images: {
			...policy.images,
			verify: "exists",
			requireDigest: false
		}
	}, now);
	const asked = places.flatMap((place) => {
		const use = toCheckedUse(place.use, place.ask ?? joinAsked(place));
		names.judge(use);
		return place.ask === void 0 ? [] : [{
			place,
			use
		}];
	});
	findings.add(names.found.findings.filter(({ rule }) => rule === "registry-not-allowed"));
	const wanted = new Set(asked.map(({ use }) => keyOf(use.text)));
	const images = names.images.filter((image) => wanted.has(keyOfImage(image)));
	const known = /* @__PURE__ */ new Map();
	const undecided = [];
	await mapConcurrently(images, CONCURRENT, async (image) => {
		const { repository } = image.reference;
		try {
			const head = await ports.registry.headManifest(repository, nameOf(image));
			if (head !== void 0) known.set(keyOfImage(image), head.digest);
			else {
				const { describeMissing } = await import("./look-at-registries.js");
				for (const use of image.uses) findings.tell(use, describeMissing(image), repository);
			}
		} catch (error) {
			ports.signal.throwIfAborted();
			undecided.push({
				image: image.name,
				uses: image.uses,
				error
			});
		}
	});
	const refused = new Set(findings.found.findings.map(placeKey));
	return {
		resolved: places.flatMap((place) => {
			const digest = place.ask === void 0 ? place.to.digest : known.get(keyOf(place.ask));
			if (digest === void 0 || !isDigest(digest) || refused.has(placeKey(place.use))) return [];
			return [{
				...place,
				to: {
					...place.to,
					digest
				}
			}];
		}),
		undecided
	};
}
/** A place as the rules of check see it, naming another image. */
function toCheckedUse({ file, line, column, where, usedAt }, text) {
	return {
		file,
		line,
		column,
		where,
		text,
		kind: "reference",
		alsoAt: usedAt
	};
}
function joinAsked({ to }) {
	return to.digest === void 0 ? to.repository : `${to.repository}@${to.digest}`;
}
function nameOf({ reference }) {
	return reference.kind === "digest" ? reference.digest : reference.tag;
}
function keyOfImage(image) {
	return toKey(image.reference.repository, nameOf(image));
}
function keyOf(text) {
	const { repository, reference } = parseImageName(text);
	return toKey(repository, reference?.kind === "digest" ? reference.digest : reference?.tag ?? "latest");
}
function toKey(repository, name) {
	return `${repository} ${name}`;
}
function placeKey({ file, line, column, where }) {
	return JSON.stringify([
		file,
		line,
		column,
		where
	]);
}
// src/pin/judge-new.ts
/** Holds every new reference against the rules of check: what it would refuse is not written. */
async function judgeNew(places, request, ports, now) {
	const judge = new Judge(request.policy, now);
	for (const { use, to } of places) judge.judge(toCheckedUse(use, joinWritten(to)));
	if (judge.found.findings.some((finding) => softenName(finding, request.policy).level === "error") || places.length === 0 || !asksRegistries(request.policy)) return {
		...judge.found,
		undecided: []
	};
	const { lookAtRegistries } = await import("./look-at-registries.js");
	const undecided = await lookAtRegistries(judge, request, ports, now);
	return {
		...judge.found,
		undecided
	};
}
/** How a name is written that was there before: a digest makes it no worse. */
const ABOUT_NAMES = [
	"floating-tag",
	"implicit-registry",
	"no-tag"
];
/** Where no policy says anything of images, a name that check would refuse by its defaults gets its digest all the same, and is only told. */
function softenName(finding, { stated }) {
	return !IMAGE_KEYS.some((key) => stated[key] !== void 0) && ABOUT_NAMES.includes(finding.rule) ? {
		...finding,
		level: "warning"
	} : finding;
}
// src/git/error.ts
/** A repository that could not be read, changed or reached; what was committed before stays committed. */
var GitError = class extends DomainError {};
// src/git/commit.ts
/** Who commits where git's own configuration names nobody; https://github.com/actions/checkout#push-a-commit-using-the-built-in-token */
const BOT = {
	name: "github-actions[bot]",
	email: "41898282+github-actions[bot]@users.noreply.github.com"
};
const CONCURRENT_FILES = 8;
/** See WorkTree.commit. */
async function commitPaths(git, { paths, message }, gitEnv) {
	const env = await nameAuthor(git, gitEnv);
	await git.read([
		"commit",
		...[
			"--quiet",
			"--no-verify",
			"--cleanup=whitespace",
			"--file=-",
			"--only"
		],
		"--",
		...paths
	], {
		input: message,
		env
	});
	return git.readLine(["rev-parse", "HEAD"]);
}
/** See WorkTree.createCommit. */
async function createCommit(git, files, message, gitEnv) {
	const head = await git.readLine([
		"rev-parse",
		"--verify",
		"HEAD^{commit}"
	]);
	const index = await git.readLine([
		"rev-parse",
		"--git-path",
		`promote-image-${randomUUID()}`
	]);
	const env = { GIT_INDEX_FILE: resolve(await git.readLine(["rev-parse", "--show-toplevel"]), index) };
	try {
		await git.read(["read-tree", head], { env });
		const modes = await readModes(git, head, files);
		const entries = await mapConcurrently(files, CONCURRENT_FILES, async ({ path, bytes }) => {
			const args = [
				"hash-object",
				"-w",
				"--stdin",
				`--path=${path}`
			];
			const blob = await git.readLine(args, { input: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) });
			return `${modes.get(path) ?? "100644"} ${blob}\t${path}\0`;
		});
		await git.read([
			"update-index",
			"-z",
			"--index-info"
		], {
			env,
			input: entries.join("")
		});
		const options = [
			await git.readLine(["write-tree"], { env }),
			"-p",
			head,
			...(await git.try([
				"config",
				"--type=bool",
				"--get",
				"commit.gpgSign"
			])).stdout.trim() === "true" ? ["-S"] : [],
			"-F",
			"-"
		];
		return await git.readLine(["commit-tree", ...options], {
			input: message,
			env: await nameAuthor(git, gitEnv)
		});
	} finally {
		for (const path of [env.GIT_INDEX_FILE, `${env.GIT_INDEX_FILE}.lock`]) await rm(path, { force: true });
	}
}
async function readModes(git, commit, files) {
	const args = [
		"ls-tree",
		"-z",
		"--full-tree",
		commit,
		"--",
		...files.map(({ path }) => path)
	];
	const found = (await git.read(args)).matchAll(/(\d{6}) \w+ [0-9a-f]+\t([^\0]*)\0/g);
	return new Map([...found].map(([, mode = "", path = ""]) => [path, mode]));
}
async function nameAuthor(git, gitEnv) {
	const isNamed = async (key) => (await git.try([
		"config",
		"--get",
		`user.${key}`
	])).stdout.trim() !== "";
	const [hasName, hasEmail] = [await isNamed("name"), await isNamed("email")];
	const fill = (role) => ({
		...hasName || gitEnv[`GIT_${role}_NAME`] ? {} : { [`GIT_${role}_NAME`]: BOT.name },
		...hasEmail || gitEnv[`GIT_${role}_EMAIL`] ? {} : { [`GIT_${role}_EMAIL`]: BOT.email }
	});
	return {
		...fill("AUTHOR"),
		...fill("COMMITTER")
	};
}
// src/git/git-process.ts
/** What a repository may not make git run, or show in another form than is read here. */
const SETTINGS = [
	"core.hooksPath=/dev/null",
	"core.fsmonitor=false",
	"core.quotePath=false",
	"protocol.ext.allow=never",
	"gc.auto=0",
	"maintenance.auto=false",
	"log.showSignature=false"
];
const ENVIRONMENT = {
	LC_ALL: "C",
	GIT_TERMINAL_PROMPT: "0",
	GIT_LITERAL_PATHSPECS: "1",
	GIT_NO_REPLACE_OBJECTS: "1"
};
/** Prepares git for a repository; `isTrusted` where the user named its directory, whoever owns it. */
function createGit(ports, root, isTrusted) {
	const { exec, gitEnv, networkEnv, signal } = ports;
	const settings = isTrusted ? [...SETTINGS, `safe.directory=${root}`] : SETTINGS;
	const attempt = (args, call = {}) => exec({
		file: "git",
		args: [...settings.flatMap((setting) => ["-c", setting]), ...args],
		cwd: root,
		env: {
			...ENVIRONMENT,
			...gitEnv,
			...call.isRemote === true ? networkEnv : {},
			...call.env
		},
		...call.input === void 0 ? {} : { input: call.input }
	}, signal);
	const read = async (args, call) => {
		const result = await attempt(args, call);
		signal.throwIfAborted();
		if (result.code === 0) return result.stdout;
		throw new GitError("GIT_FAILED", `git ${args[0]} failed: ${describeComplaint(result)}`, { hint: "Look at the repository with git status; another git may be at work in it." });
	};
	return {
		try: async (args, call) => {
			const result = await attempt(args, call);
			signal.throwIfAborted();
			return result;
		},
		read,
		readLine: async (args, call) => (await read(args, call)).replace(/\r?\n$/, "")
	};
}
/** What git said, on one line and not too long. */
function describeComplaint({ stderr, stdout, code, signal }) {
	const said = stripControl(stderr.trim() || stdout.trim(), { newlines: "space" }).slice(0, 600);
	return said === "" ? `it ended with ${code ?? signal} and said nothing` : said;
}
// src/git/history.ts
/** How many commits more of a shallow clone are fetched at once. */
const DEEPEN_BY = 200;
/** See WorkTree.history. */
async function listHistory(git, path) {
	const mark = `commit-${randomUUID()}`;
	const format = [
		"%H",
		"%cI",
		"%an",
		"%s"
	].join("%x00");
	return (await git.read([
		"log",
		...[
			"--first-parent",
			"--diff-merges=first-parent",
			"--follow",
			"--name-status",
			"-z"
		],
		`--format=${mark}%x00${format}`,
		"--",
		path
	])).split(`${mark}\0`).slice(1).map((entry) => {
		const [commit = "", at = "", author = "", subject = "", status = "", ...names] = entry.split("\0");
		const [from, to] = names;
		const kind = status.trim().charAt(0);
		return {
			commit,
			path: kind === "D" ? void 0 : kind === "R" || kind === "C" ? to : from,
			at: new Date(at),
			author,
			subject
		};
	});
}
/** See WorkTree.deepen. */
async function deepen(git, { isShallow, upstream }) {
	if (!isShallow) return false;
	const remotes = (await git.read(["remote"])).split("\n").filter((name) => name !== "");
	const remote = upstream?.remote ?? (remotes.includes("origin") ? "origin" : remotes[0]);
	if (remote === void 0) return false;
	const before = await countCommits(git);
	const fetch = (what) => git.try([
		"fetch",
		"--quiet",
		"--no-tags",
		"--no-write-fetch-head",
		`--deepen=${DEEPEN_BY}`,
		remote,
		what
	], { isRemote: true });
	let result = await fetch(await git.readLine(["rev-parse", "HEAD"]));
	if (result.code !== 0 && upstream !== void 0) result = await fetch(`refs/heads/${upstream.branch}`);
	if (result.code !== 0) throw new GitError("FETCH_FAILED", `more of the history could not be fetched: ${describeComplaint(result)}`, { hint: "Give actions/checkout fetch-depth: 0, or let it keep its credentials (persist-credentials: true)." });
	return await countCommits(git) > before;
}
async function countCommits(git) {
	return Number(await git.readLine([
		"rev-list",
		"--count",
		"HEAD"
	]));
}
// src/git/locate.ts
/** Finds the one repository that has these files: the workspace itself, one around it, or one that was checked out into a folder of it. */
async function locateFiles(workspace, files) {
	const base = realpathSync(resolve(workspace));
	const known = /* @__PURE__ */ new Map();
	const found = files.map((file) => {
		const real = realpathSync(join(base, file));
		return {
			file,
			real,
			root: findRoot(dirname(real), known)
		};
	});
	const roots = new Set(found.length === 0 ? [findRoot(base, known)] : found.map(({ root }) => root));
	const [root] = roots;
	if (root === void 0 || roots.has(void 0)) throw new GitError("NO_REPOSITORY", `${found.find((each) => each.root === void 0)?.file ?? "the workspace"} is in no git repository`, { hint: "Check the repository out with actions/checkout before this step." });
	if (roots.size > 1) {
		const names = [...roots].map((each) => relative(base, each ?? "") || ".").join(", ");
		throw new GitError("NO_REPOSITORY", `the files are in ${roots.size} git repositories: ${names}`, { hint: "Name the files of one repository in files, and use a step for each repository." });
	}
	return {
		root,
		paths: new Map(found.map(({ file, real }) => [file, relative(root, real).split(sep).join("/")])),
		isInside: root === base || root.startsWith(join(base, sep))
	};
}
/** The nearest folder upwards with `.git` in it, which is a file in a submodule and in a linked work tree. */
function findRoot(folder, known) {
	if (known.has(folder)) return known.get(folder);
	const parent = dirname(folder);
	const root = statSync(join(folder, ".git"), { throwIfNoEntry: false }) !== void 0 ? folder : parent === folder ? void 0 : findRoot(parent, known);
	known.set(folder, root);
	return root;
}
// src/git/push.ts
const DENIED = /\b(?:401|403)\b|permission to .* denied|write access to repository not granted|authentication failed|could not read (?:username|password)|permission denied|terminal prompts disabled/i;
const BEHIND = /fetch first|non-fast-forward|stale info|\[rejected\]/i;
/** See WorkTree.push. */
async function pushHead(git, upstream) {
	await push(git, ["HEAD", upstream], []);
}
/** See WorkTree.pushCommit. */
async function pushCommit(git, { commit, tip, ...to }) {
	await push(git, [commit, to], [`--force-with-lease=refs/heads/${to.branch}:${tip ?? ""}`]);
}
async function push(git, [what, to], options) {
	const refspec = `${what}:refs/heads/${to.branch}`;
	const result = await git.try([
		"push",
		"--quiet",
		"--no-verify",
		...options,
		to.remote,
		refspec
	], { isRemote: true });
	if (result.code !== 0) throw explain(result, to);
}
function explain(result, { remote, branch }) {
	const said = describeComplaint(result);
	const attempted = `the commit could not be pushed to ${branch} at ${remote}, and stays here`;
	if (DENIED.test(said)) return new GitError("PUSH_NOT_ALLOWED", `${attempted}: ${said}`, { hint: "Give the job permissions: contents: write, and let actions/checkout keep its credentials (persist-credentials: true)." });
	if (/remote rejected|protected branch|GH\d{3}/i.test(said)) return new GitError("PUSH_REJECTED", `${attempted}: ${said}`, { hint: "Where the branch is protected, use pull-request: true." });
	if (BEHIND.test(said)) return new GitError("PUSH_REJECTED", `${attempted}, since the branch moved meanwhile: ${said}`, { hint: "Run the job again: it starts from what is there now. Two jobs that push belong into one concurrency group." });
	return new GitError("PUSH_REJECTED", `${attempted}: ${said}`);
}
/** See WorkTree.findTip. */
async function findTip(git, from, isShallow) {
	const ref = `refs/heads/${from.branch}`;
	const listed = await git.try([
		"ls-remote",
		"--quiet",
		from.remote,
		ref
	], { isRemote: true });
	if (listed.code !== 0) throw failFetch(from, listed);
	const commit = /^([0-9a-f]{40,64})\t/.exec(listed.stdout)?.[1];
	if (commit === void 0) return void 0;
	const args = [
		"fetch",
		"--quiet",
		"--no-tags",
		"--no-write-fetch-head",
		...isShallow ? ["--depth=1"] : [],
		from.remote,
		commit
	];
	const fetched = await git.try(args, { isRemote: true });
	if (fetched.code !== 0) throw failFetch(from, fetched);
	return {
		commit,
		tree: await git.readLine(["rev-parse", `${commit}^{tree}`]),
		message: await git.read([
			"log",
			"-1",
			"--format=%B",
			commit
		])
	};
}
function failFetch({ remote, branch }, result) {
	return new GitError("FETCH_FAILED", `the branch ${branch} at ${remote} could not be looked at: ${describeComplaint(result)}`, { hint: "Let actions/checkout keep its credentials (persist-credentials: true)." });
}
// src/git/read-versions.ts
/** So many that what one process prints stays in memory: workload files are small. */
const AT_ONCE = 100;
/** See WorkTree.readAll. */
async function readVersions(git, versions) {
	const found = [];
	for (let from = 0; from < versions.length; from += AT_ONCE) found.push(...await readSome(git, versions.slice(from, from + AT_ONCE)));
	return found;
}
/** https://git-scm.com/docs/git-cat-file#_batch_output */
async function readSome(git, versions) {
	const names = versions.map(({ commit, path }) => `${commit}:${path}`);
	const odd = names.find((name) => name.includes("\n"));
	if (odd !== void 0) throw fail$1(`the name ${JSON.stringify(odd)} has a line end in it`);
	const printed = Buffer.from(await git.read(["cat-file", "--batch"], { input: `${names.join("\n")}\n` }));
	let at = 0;
	return versions.map(({ commit, path }) => {
		const end = printed.indexOf(10, at);
		const line = printed.toString("utf8", at, end < 0 ? printed.length : end);
		at = end + 1;
		if (line === `${commit}:${path} missing`) return void 0;
		const size = Number(/^[0-9a-f]{40,64} blob (\d+)$/.exec(line)?.[1] ?? NaN);
		const bytes = printed.subarray(at, at + size);
		at += size + 1;
		if (end < 0 || !(bytes.length === size && printed[at - 1] === 10)) throw fail$1(`${path} of ${commit} is no file of UTF-8 text`);
		return bytes;
	});
}
function fail$1(what) {
	return new GitError("GIT_FAILED", `former versions cannot be read: ${what}`);
}
// src/git/work-tree.ts
/** Opens the repository that these files of a workspace are in. Throws NO_REPOSITORY where one of them is in none, or they are in several. */
async function openWorkTree(ports, workspace, files) {
	const { root, paths, isInside } = await locateFiles(workspace, files);
	const git = createGit(ports, root, isInside);
	const head = () => readOptional(git, [
		"rev-parse",
		"--verify",
		"--quiet",
		"HEAD^{commit}"
	]);
	const branch = () => readOptional(git, [
		"symbolic-ref",
		"--quiet",
		"--short",
		"HEAD"
	]);
	const upstream = () => findUpstream(git, branch);
	return {
		root,
		paths,
		head,
		branch,
		upstream,
		isShallow: () => isShallow(git),
		deepen: async () => deepen(git, {
			isShallow: await isShallow(git),
			upstream: await upstream()
		}),
		history: (path) => listHistory(git, path),
		readAll: (versions) => readVersions(git, versions),
		listDirty: (wanted) => listDirty(git, wanted),
		commit: (commit) => commitPaths(git, commit, ports.gitEnv),
		createCommit: (added, message) => createCommit(git, added, message, ports.gitEnv),
		push: (to) => pushHead(git, to),
		findTip: async (from) => findTip(git, from, await isShallow(git)),
		isSame: async (a, b) => await describeCommit(git, a) === await describeCommit(git, b),
		pushCommit: (pushed) => pushCommit(git, pushed)
	};
}
async function readOptional(git, args) {
	const { code, stdout } = await git.try(args);
	return code === 0 && stdout.trim() !== "" ? stdout.trim() : void 0;
}
async function describeCommit(git, commit) {
	return git.read([
		"log",
		"-1",
		"--format=%T%n%B",
		commit
	]);
}
async function isShallow(git) {
	return await git.readLine(["rev-parse", "--is-shallow-repository"]) === "true";
}
async function findUpstream(git, readBranch) {
	const name = await readBranch();
	if (name === void 0) return void 0;
	const remote = await readOptional(git, [
		"config",
		"--get",
		`branch.${name}.remote`
	]);
	const merge = await readOptional(git, [
		"config",
		"--get",
		`branch.${name}.merge`
	]);
	const branch = /^refs\/heads\/(.+)$/.exec(merge ?? "")?.[1];
	return remote === void 0 || remote === "." || branch === void 0 ? void 0 : {
		remote,
		branch
	};
}
async function listDirty(git, paths) {
	if (paths.length === 0) return [];
	const changed = (await git.read([...[
		"status",
		"--porcelain",
		"-z",
		"--no-renames",
		"--untracked-files=all",
		"--ignored=matching",
		"--"
	], ...paths], { env: { GIT_OPTIONAL_LOCKS: "0" } })).split("\0").filter((entry) => entry !== "").map((entry) => entry.slice(3));
	return paths.filter((path) => changed.some((each) => each === path || each.endsWith("/") && path.startsWith(each)));
}
// src/workload/replace-files.ts
/**
* Writes all of these files or none: each new file lies complete beside its old one before the first takes its place, and what was replaced is put back when one cannot be.
* Permissions and links stay. Throws FILE_CHANGED for a file that holds something else than was read, NOT_WRITTEN for one that cannot be written.
*/
async function replaceFiles(workspace, replacements) {
	const root = await realpath(resolve(workspace));
	const prepared = [];
	const done = [];
	let current = "";
	try {
		for (const replacement of replacements) {
			current = replacement.file;
			const target = await realpath(join(root, replacement.file));
			if (!target.startsWith(join(root, sep))) throw fail(replacement.file, "it leads out of the workspace");
			const temporary = join(dirname(target), `.${basename(target).slice(0, 200)}.${process.pid}-${prepared.length}.new`);
			const each = {
				...replacement,
				target,
				temporary
			};
			await checkUnchanged(each);
			prepared.push(each);
			await writeBeside(each, each.after);
		}
		for (const each of prepared) {
			current = each.file;
			await checkUnchanged(each);
			await rename(each.temporary, each.target);
			done.push(each);
		}
	} catch (error) {
		const lost = await putBack(done);
		if (lost.length > 0) throw fail(lost.join(", "), "what it held could not be put back, and git has it", error);
		if (error instanceof WorkloadError) throw error;
		throw fail(current, describeError(error), error);
	} finally {
		for (const { temporary } of prepared) await rm(temporary, { force: true });
	}
}
async function checkUnchanged({ file, target, before }) {
	if (Buffer.compare(await readFile(target), before) === 0) return;
	throw new WorkloadError("FILE_CHANGED", `${file} was changed while this ran; no file was written`, { hint: "Run it again: it starts from what the file holds now." });
}
async function writeBeside({ target, temporary }, bytes) {
	const { mode, uid, gid } = await stat(target);
	const handle = await open(temporary, "wx", mode & 511);
	try {
		await handle.writeFile(bytes);
		await handle.sync();
		const made = await handle.stat();
		if (made.uid !== uid || made.gid !== gid) await chown(temporary, uid, gid).catch(() => void 0);
	} finally {
		await handle.close();
	}
	await chmod(temporary, mode & 4095);
}
/** The files that could not be put back. */
async function putBack(done) {
	const lost = [];
	for (const each of done) try {
		await writeBeside(each, each.before);
		await rename(each.temporary, each.target);
	} catch {
		lost.push(each.file);
	}
	return lost;
}
function fail(file, why, cause) {
	return new WorkloadError("NOT_WRITTEN", `${file} could not be written: ${why}`, {
		...cause === void 0 ? {} : { cause },
		hint: "Check that this user may write the file and make files in its folder."
	});
}
// src/pin/message.ts
/** What a commit says of itself, so that a later run knows its own. */
const OWN_TRAILER = "Promote-Image: pin";
/** A line for each image; more than these are read by nobody. */
const MAX_LINES = 200;
/** The first line of the commit, without what is for machines. */
function formatSubject(changes, { message }) {
	const given = message.split(/\r?\n/, 1)[0]?.trim() ?? "";
	if (given !== "") return given;
	const images = [...new Set(changes.map(({ to }) => to))];
	const [first = ""] = images;
	const { repository, tag, digest } = splitWritten(first);
	const name = tag === void 0 ? `${repository} to ${digest?.slice(0, 19)}` : `${repository}:${tag}`;
	return images.length === 1 ? `Pin ${name}` : `Pin ${images.length} images`;
}
/** A subject, a line for each image with old and new, and trailers; https://git-scm.com/docs/git-interpret-trailers */
function formatCommitMessage(changes, publishing) {
	const { message, ticket, skipCi } = publishing;
	const subject = `${formatSubject(changes, publishing)}${skipCi ? " [skip ci]" : ""}`;
	const body = message.split(/\r?\n/).slice(1).join("\n").trim();
	const lines = listImageChanges(changes).map(({ from, to }) => describeLine(from, to));
	const rest = lines.length - MAX_LINES;
	const told = rest > 0 ? [...lines.slice(0, MAX_LINES), `and ${rest} more`] : lines;
	const trailers = [...ticket === void 0 ? [] : [`Ticket: ${ticket}`], OWN_TRAILER];
	return `${[
		subject,
		...body === "" ? [] : [body],
		told.join("\n"),
		trailers.join("\n")
	].join("\n\n")}\n`;
}
/** Each pair of old and new once, with the places that have it. */
function listImageChanges(changes) {
	return [...Map.groupBy(changes, ({ from, to }) => JSON.stringify([from, to])).values()].flatMap((places) => {
		const [first] = places;
		return first === void 0 ? [] : [{
			from: first.from,
			to: first.to,
			places
		}];
	});
}
/** `repo: old -> new`; whole references where the repository is another one. */
function describeLine(from, to) {
	const [old, now] = [splitWritten(from), splitWritten(to)];
	if (!isSameRepository(old.repository, now.repository)) return `${from} -> ${to}`;
	return `${now.repository}: ${describeVersion(old)} -> ${describeVersion(now)}`;
}
function describeVersion({ tag, digest }) {
	return [tag, digest].filter((part) => part !== void 0 && part !== "").join("@") || "(no tag)";
}
// src/pin/pull-request-body.ts
/** GitHub takes 65,536 characters; https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request */
const MAX_BODY_BYTES = 6e4;
const MAX_ROWS$1 = 100;
/** What a reviewer reads: what each image was and is to be, and why. */
function renderPullRequest(changes, { ticket, runUrl }) {
	const run = runUrl === void 0 ? "a run of promote-image pin" : `[a run](${runUrl}) of promote-image pin`;
	const body = joinBlocks([
		ticket === void 0 ? void 0 : `Ticket: ${escapeMarkdown(ticket)}`,
		renderChanges(changes),
		`By ${run}. It updates this branch as long as nobody else commits to it.`
	]);
	return limitBytes(`${body}\n`, MAX_BODY_BYTES, "_The rest was cut: the commit has every change._");
}
/** A row for each image: what it was, what it is, where. */
function renderChanges(changes) {
	const rows = listImageChanges(changes).map(({ from, to, places }) => {
		const [first] = places;
		const more = places.length === 1 ? "" : ` and ${places.length - 1} more`;
		const where = first === void 0 ? "" : `${codeSpan(`${first.file}:${first.line}`)}${more}`;
		return [
			codeSpan(splitWritten(to).repository),
			codeSpan(describeOld(from, to)),
			codeSpan(describe(to)),
			where
		];
	});
	const columns = [
		"Image",
		"Old",
		"New",
		"Where"
	].map((title) => ({ title }));
	return renderTable(columns, limitRows(rows, MAX_ROWS$1));
}
function describe(text) {
	const { tag, digest } = splitWritten(text);
	return [tag, digest].filter((part) => part !== void 0 && part !== "").join("@") || "(no tag)";
}
function describeOld(from, to) {
	return splitWritten(from).repository === splitWritten(to).repository ? describe(from) : from;
}
// src/pin/publish.ts
/** The branch of our pull requests. */
const PIN_BRANCH = "promote-image/pin";
/** Nothing yet. */
function startPublishing() {
	return {
		commit: void 0,
		pushedTo: void 0,
		notPushed: void 0,
		pullRequest: void 0,
		isWritten: false
	};
}
/** Writes the files, commits, pushes, opens a pull request: as far as the request goes. `published` says how far it came, also when it throws. */
async function publish(edited, request, ports, published) {
	const { publishing, workspace } = request;
	const { files } = edited;
	const write = async () => {
		await replaceFiles(workspace, files);
		published.isWritten = true;
	};
	if (publishing.kind === "none") return ports.hold(write);
	const names = files.map(({ file }) => file);
	const tree = await openWorkTree(ports, workspace, names);
	await refuseDirty(tree);
	if (publishing.kind === "pull-request") return openPullRequest(edited, tree, request, ports, published);
	const message = formatCommitMessage(edited.changes, publishing);
	await ports.hold(async (cut) => {
		await write();
		const held = await openWorkTree({
			...ports,
			signal: cut
		}, workspace, names);
		published.commit = await held.commit({
			paths: [...held.paths.values()],
			message
		});
	});
	ports.log.info(`Committed ${published.commit}`);
	if (publishing.push) await pushCommitted(tree, published);
	else published.notPushed = "push: false";
	const { pushedTo, notPushed } = published;
	ports.log.info(pushedTo === void 0 ? `Not pushed: ${notPushed}` : `Pushed to ${pushedTo.branch}`);
}
/** What somebody else has changed in these files would go into our commit. */
async function refuseDirty(tree) {
	const dirty = await tree.listDirty([...tree.paths.values()]);
	if (dirty.length === 0) return;
	throw new GitError("UNCOMMITTED_CHANGES", `${dirty.slice(0, 5).join(", ")}${dirty.length > 5 ? ` and ${dirty.length - 5} more` : ""} already ${dirty.length === 1 ? "has" : "have"} changes that are not committed, or git does not know ${dirty.length === 1 ? "it" : "them"}; nothing was written`, { hint: "Commit those changes first, or leave the file out with ! in files." });
}
async function pushCommitted(tree, published) {
	const upstream = await tree.upstream();
	if (upstream === void 0) {
		const branch = await tree.branch();
		published.notPushed = branch === void 0 ? "HEAD is on no branch, as on a pull request" : `${branch} follows no branch of a remote`;
		return;
	}
	await tree.push(upstream);
	published.pushedTo = upstream;
}
async function openPullRequest(edited, tree, request, ports, published) {
	const upstream = await tree.upstream();
	if (upstream === void 0 || ports.pullRequests === void 0) throw new GitError("NO_BRANCH", "HEAD follows no branch of a remote, so that a pull request has nothing to be for", { hint: "Check a branch out with actions/checkout: ref: main, or run this on push, schedule or workflow_dispatch." });
	const to = {
		remote: upstream.remote,
		branch: PIN_BRANCH
	};
	const tip = await tree.findTip(to);
	if (tip !== void 0 && !tip.message.includes("Promote-Image: pin")) throw new GitError("BRANCH_TAKEN", `the branch ${PIN_BRANCH} has a commit by somebody else, which would be lost`, { hint: "Merge or close its pull request, and delete the branch." });
	const message = formatCommitMessage(edited.changes, request.publishing);
	const commit = await tree.createCommit(toNewFiles(edited.files, tree), message);
	const isThere = tip !== void 0 && await tree.isSame(tip.commit, commit);
	if (!isThere) await tree.pushCommit({
		...to,
		commit,
		tip: tip?.commit
	});
	published.commit = isThere ? tip.commit : commit;
	published.pushedTo = to;
	published.pullRequest = await ports.pullRequests.open({
		branch: PIN_BRANCH,
		base: upstream.branch,
		title: formatSubject(edited.changes, request.publishing),
		body: renderPullRequest(edited.changes, {
			ticket: request.publishing.ticket,
			runUrl: ports.run.runUrl
		})
	});
}
function toNewFiles(files, tree) {
	return files.flatMap(({ file, after }) => {
		const path = tree.paths.get(file);
		return path === void 0 ? [] : [{
			path,
			bytes: after
		}];
	});
}
// src/pin/pin.ts
/** Writes digests into workload files: all that were decided, or nothing. Always returns an outcome. */
async function pin(request, ports) {
	const startedAt = ports.clock();
	const known = startOutcome(request);
	try {
		await pinAll(request, ports, startedAt, known);
	} catch (error) {
		const { aborted, reason } = ports.signal;
		known.error = aborted && reason instanceof DomainError ? reason : error;
	}
	const outcome = request.dryRun || known.published.isWritten || known.published.commit !== void 0 ? known : {
		...known,
		changes: [],
		diff: ""
	};
	const seconds = (ports.clock().getTime() - startedAt.getTime()) / 1e3;
	return {
		...outcome,
		result: conclude(outcome),
		seconds
	};
}
function startOutcome({ files, dryRun, policy, environment, publishing }) {
	return {
		dryRun,
		environment,
		files: files.length,
		uses: 0,
		ticket: publishing.ticket,
		changes: [],
		diff: "",
		findings: [],
		excused: [],
		undecided: [],
		left: [],
		flaws: [],
		verify: policy.images.verify,
		scan: policy.images.scan,
		policies: policy.policies,
		published: startPublishing(),
		error: void 0
	};
}
async function pinAll(request, ports, now, known) {
	const { workspace, policy } = request;
	const found = await findPlaces(request.files, workspace, ports.signal);
	known.uses = found.uses.length;
	known.flaws = found.flaws;
	const decisions = decide(found.uses, request);
	known.left = decisions.left;
	refuseMissed(decisions, request);
	const judge = new Judge(policy, now);
	const { resolved, undecided } = await ports.log.group("Look up the tags", () => lookUp(decisions.wanted, policy, judge, ports, now));
	const changed = resolved.filter(isChanged);
	const places = changed.length === 1 ? "1 place changes" : `${changed.length} places change`;
	ports.log.info(`${formatCount(known.uses, "image")} in ${formatCount(known.files, "file")}: ${places}`);
	known.findings = judge.found.findings;
	known.undecided = undecided;
	if (isStopped(known)) return;
	const judged = await judgeNew(changed, request, ports, now);
	known.findings = judged.findings.map((finding) => softenName(finding, policy));
	known.excused = judged.excused;
	known.undecided = judged.undecided;
	if (isStopped(known)) return;
	const edited = await editFiles(changed, found, workspace);
	known.changes = edited.changes;
	known.diff = edited.files.map(toStates).map(formatUnifiedDiff).join("");
	if (request.patch !== void 0) await writePatch(request.patch, known.diff);
	if (request.dryRun || edited.files.length === 0) return;
	await publish(edited, request, ports, known.published);
}
/** What was refused, or could not be decided, about one image keeps all files as they are. */
function isStopped(known) {
	return known.undecided.length > 0 || listRefusals(known).length > 0;
}
function toStates({ file, before, after }) {
	return {
		file,
		before,
		after
	};
}
/** An image that was to be set and is nowhere: the next thing that reads the files would deploy what was there before. */
function refuseMissed({ left, unused }, { files }) {
	if (unused.length > 0) throw new UsageError(unused.map(({ line, from }) => ({
		where: "input images",
		message: `says ${JSON.stringify(line)}, and none of ${formatCount(files.length, "file")} names ${from}.`,
		fix: "Check files; where the files have another registry, write old/repo=registry/repo:tag@sha256:…."
	})));
	const missed = left.filter(({ setting }) => setting !== void 0);
	const [first] = missed;
	if (first === void 0) return;
	const { file, line, column, where } = first.use;
	const more = missed.length === 1 ? "" : ` (and ${missed.length - 1} more)`;
	throw new PinError("NOT_EDITABLE", `${first.setting?.from} cannot be set at ${file}:${line}:${column} (${where})${more}: ${first.why}; no file was written`, { hint: "Write it by hand, or leave the file out with ! in files." });
}
async function writePatch(path, diff) {
	try {
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, diff);
	} catch (cause) {
		throw new PinError("PATCH_NOT_WRITTEN", `the changes could not be written to ${path}: ${describeError(cause)}`, {
			cause,
			hint: "Name another path in patch. No workload file was written."
		});
	}
}
function conclude(known) {
	if (known.error !== void 0 || known.undecided.length > 0) return "failed";
	if (listRefusals(known).length > 0) return "refused";
	return known.changes.length > 0 ? "changed" : "unchanged";
}
// src/pin/report.ts
const CUT = "_The rest was cut: a job summary holds 1 MiB. The log has all of it._";
const MAX_ROWS = 100;
/** The job summary of a run: the verdict, old and new of each image, what became of it, what stayed as it was. Below 1 MiB, the runner's limit. */
function renderPinSummary(outcome) {
	const markdown = joinBlocks([
		renderHeading(2, renderHeadline(outcome)),
		renderTrouble(outcome),
		outcome.changes.length === 0 ? void 0 : renderChanges(outcome.changes),
		renderPublished(outcome),
		renderFindings(outcome),
		renderLeft(outcome),
		renderFooter(outcome)
	]);
	return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}
function renderHeadline(outcome) {
	const { result, changes, dryRun, environment } = outcome;
	const place = environment === void 0 ? "" : ` (${environment})`;
	const files = new Set(changes.map(({ file }) => file)).size;
	const what = `${formatCount(changes.length, "place")} in ${formatCount(files, "file")}`;
	const headline = {
		changed: dryRun ? `Would pin ${what}` : `Pinned ${what}`,
		unchanged: "Nothing to pin",
		refused: `Pin refused: ${formatCount(listRefusals(outcome).length, "finding")}, no file was written`,
		failed: changes.length > 0 ? `Pinned ${what}, and then failed` : "Pin failed: no file was written"
	}[result];
	return escapeMarkdown(`${headline}${place}`);
}
function renderTrouble({ undecided, error }) {
	const troubles = [...error === void 0 ? [] : [{
		image: void 0,
		error
	}], ...undecided.map(({ image, error: cause }) => ({
		image,
		error: cause
	}))];
	if (troubles.length === 0) return void 0;
	const items = troubles.slice(0, MAX_ROWS).map(({ image, error: cause }) => {
		const code = cause instanceof DomainError ? cause.code : "FAILED";
		return `${image === void 0 ? "" : `${codeSpan(image)} `}${codeSpan(code)} ${escapeMarkdown(describeError(cause))}`;
	});
	const hints = troubles.flatMap(({ error: cause }) => cause instanceof DomainError ? cause.hint ?? [] : []);
	const next = [...new Set(hints)].map((hint) => `**Next:** ${escapeMarkdown(hint)}`);
	return renderAlert("WARNING", joinBlocks([renderList(items), ...next]));
}
function renderPublished({ published, ticket }) {
	const { commit, pushedTo, notPushed, pullRequest } = published;
	if (commit === void 0) return void 0;
	const to = pushedTo === void 0 ? "" : `, pushed to ${codeSpan(pushedTo.branch)}`;
	const why = notPushed === void 0 ? "" : `, not pushed: ${escapeMarkdown(notPushed)}`;
	const request = pullRequest === void 0 ? [] : [`Pull request [#${pullRequest.number}](${pullRequest.url}) ${pullRequest.isNew ? "opened" : "updated"}`];
	const lines = [`Commit ${codeSpan(commit)}${to}${why}`, ...request];
	return renderList(ticket === void 0 ? lines : [...lines, `Ticket: ${escapeMarkdown(ticket)}`]);
}
function renderFindings({ findings }) {
	if (findings.length === 0) return void 0;
	const rows = findings.map(({ file, line, image, rule, message, level }) => [
		codeSpan(`${file}:${line ?? ""}`),
		codeSpan(image),
		`${codeSpan(rule)}${level === "warning" ? " (told)" : ""}`,
		escapeMarkdown(message)
	]);
	const columns = [
		"Where",
		"Image",
		"Rule",
		"Finding"
	].map((title) => ({ title }));
	return renderTable(columns, limitRows(rows, MAX_ROWS));
}
function renderLeft({ left, flaws }) {
	const rows = [...flaws.map(({ file, line, message }) => [
		codeSpan(`${file}:${line}`),
		"",
		escapeMarkdown(message)
	]), ...left.map(({ use, why }) => [
		codeSpan(`${use.file}:${use.line}`),
		use.text === "" ? "" : codeSpan(use.text),
		escapeMarkdown(why)
	])];
	if (rows.length === 0) return void 0;
	const columns = [
		"Where",
		"Image",
		"Why"
	].map((title) => ({ title }));
	const title = `${formatCount(rows.length, "place")} left as ${rows.length === 1 ? "it is" : "they are"}`;
	return renderDetails(title, renderTable(columns, limitRows(rows, MAX_ROWS)));
}
function renderFooter({ policies, verify, scan, files, uses, seconds }) {
	const rules = policies.length === 0 ? "the defaults and the inputs" : policies.join(", ");
	const ways = [...verify === "off" ? [] : [`verify: ${verify}`], ...scan === "off" ? [] : [`scan: ${scan}`]];
	const looked = `${formatCount(uses, "image")} in ${formatCount(files, "file")}`;
	return escapeMarkdown(`Looked at ${looked}. By ${[rules, ...ways].join("; ")}. Took ${formatDuration(seconds * 1e3)}.`);
}
// src/pin/setting.ts
/** Reads the input `images`; undefined where it is empty, which means every image. */
function readSettings(fields) {
	const lines = [...new Set(fields.lines("images"))];
	if (lines.length === 0) {
		if (!fields.isGiven("images")) return void 0;
		fields.addProblem("images", "holds only comments.", "Write image references, a line each, or leave it out.");
	}
	const settings = lines.flatMap((line) => fields.attempt("images", () => readSetting(line)) ?? []);
	for (const [index, { from, line }] of settings.entries()) {
		const other = settings.slice(0, index).find((each) => isSameRepository(each.from, from));
		if (other === void 0) continue;
		const message = `says twice what ${from} is to be: ${JSON.stringify(other.line)} and ${JSON.stringify(line)}.`;
		fields.addProblem("images", message, "Name each repository once; use a step with other files for the other.");
	}
	return settings;
}
function readSetting(line) {
	const equals = line.indexOf("=");
	const [left, right] = equals < 0 ? [void 0, line] : [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
	parseImageName(right);
	const to = splitWritten(right);
	if (left === void 0) return {
		line,
		from: to.repository,
		to
	};
	parseImageName(left);
	const from = splitWritten(left);
	if (from.tag !== void 0 || from.digest !== void 0) throw new TypeError(`names ${JSON.stringify(left)} before the =, where only a repository can stand: write old/repo=registry/repo:tag.`);
	return {
		line,
		from: from.repository,
		to
	};
}
// src/pin/request.ts
/** Turns raw inputs into a request; throws UsageError with every problem at once. */
async function readPinRequest(raw, context) {
	const fields = new FieldReader(raw, PIN_INPUTS);
	const { files, problems } = await listFiles(fields.lines("files"), context.workspace);
	fields.addProblems(problems);
	const settings = readSettings(fields);
	const publishing = readPublishing(fields, context);
	const demands = await readImageDemands(fields, raw.policy ?? "", context);
	const [refresh, dryRun, summary] = [
		fields.flag("refresh"),
		fields.flag("dry-run"),
		fields.flag("summary")
	];
	const patch = fields.text("patch");
	const timeoutMs = readTimeout(fields);
	throwProblems(fields.problems);
	return {
		...demands,
		files,
		settings,
		refresh,
		dryRun,
		publishing,
		timeoutMs,
		summary,
		workspace: context.workspace,
		patch: patch === "" ? void 0 : resolve(context.workspace, patch),
		workDirectory: fields.text("work-dir")
	};
}
function readPublishing(fields, { hasPullRequests }) {
	const [commit, pullRequest] = [fields.flag("commit"), fields.flag("pull-request")];
	if (pullRequest && hasPullRequests !== true) fields.addProblem("pull-request", "needs GitHub Actions: a command line has no pull requests.", "Use commit: true, push a branch, and open it there; or use the action.");
	const kind = pullRequest ? "pull-request" : commit ? "commit" : "none";
	if (kind === "none") for (const name of ["commit-message", "ticket"].filter((each) => fields.isGiven(each))) fields.addProblem(name, "is given, and nothing is committed.", "Set commit: true or pull-request: true.");
	const ticket = fields.text("ticket");
	if (/[\p{Cc}\u2028\u2029]/u.test(ticket) || ticket.length > 200) fields.addProblem("ticket", "must be one line of at most 200 characters.", "Write an id, such as CVE-2026-1234.");
	return {
		kind,
		push: fields.flag("push"),
		message: fields.text("commit-message"),
		skipCi: fields.flag("skip-ci"),
		ticket: ticket === "" ? void 0 : ticket
	};
}
// src/pin/action.ts
/** Digests in workload files, as a host runs it. */
const PIN = {
	name: "pin",
	about: "Writes digests into workload files without touching another byte: pins tags, refreshes digests, sets a promoted image, and commits it or opens a pull request",
	inputs: PIN_INPUTS,
	outputs: PIN_OUTPUTS,
	noOutputs: NO_PIN_OUTPUTS,
	read: readPinRequest,
	describeNeeds,
	run: pin,
	redact: redactPinOutcome,
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
		exitCode: toPinExitCode(outcome),
		outputs: toPinOutputs(outcome),
		annotations: toPinAnnotations(outcome),
		error: outcome.error,
		renderSummary: () => renderPinSummary(outcome),
		...outcome.dryRun ? { document: outcome.diff } : {}
	};
}
export { PIN as t };
