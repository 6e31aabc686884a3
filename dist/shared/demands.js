import { r as __toESM, t as __commonJSMin } from "./rolldown-runtime.js";
import { $n as isRegistryHost, A as readTool, D as readSeverity, G as redactError, Gt as matchesPattern, I as readCertificateFiles, P as NamedFiles, S as readSigstoreFile, Wt as isPattern, _ as IMAGE_KEYS, er as parseReference, g as mergePolicies, h as tighten, hr as describeError, m as readRegistryAuth, pr as DomainError, tr as parseRepository, tt as quoteForeign, v as IMAGE_RULES, w as readTrustAnchor, x as readPolicyKeys, y as IMAGE_VERIFICATIONS, z as readPolicies } from "./engine.js";
import { n as parseImageName } from "./image-name.js";
import { t as require_dist } from "./yaml.js";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { stat } from "node:fs/promises";
import { closeSync, constants as constants$1, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import * as nativeFs from "fs";
import { readdir as readdir$1, readdirSync, realpath as realpath$1, realpathSync as realpathSync$1, stat as stat$1, statSync as statSync$1 } from "fs";
import { basename as basename$1, dirname as dirname$1, isAbsolute as isAbsolute$1, normalize, posix as posix$1, relative as relative$1, resolve as resolve$1, sep as sep$1 } from "path";
import { fileURLToPath } from "url";
import { createRequire } from "module";
// src/check/asks-registries.ts
/** True where registries are asked anything. */
function asksRegistries({ images }) {
	return images.verify !== "off" || images.scan !== "off";
}
// src/policy/image-exceptions.ts
/** Looks for the exceptions of an image and a rule; the first that still holds is used. */
function findImageException({ rule, text, repository }, exceptions, now) {
	const matching = exceptions.filter((exception) => exception.rule === rule && (exception.image === text || repository !== void 0 && matchesPattern(exception.image, repository)));
	const holds = ({ endsAt }) => now.getTime() < endsAt;
	return {
		used: matching.find(holds),
		expired: matching.filter((exception) => !holds(exception))
	};
}
// src/policy/floating-tag.ts
/** A version with less than three numbers, such as 1.4, v1 or 22-slim: the next patch takes it over. A longer bare number is a build or a date. */
const PARTIAL_VERSION = /^v?(?:\d{1,4}|\d+\.\d+)(?:[-_](.*))?$/i;
/** 1.x and 1.4.x; the other signs of a range are no characters of a tag. */
const RANGE = /^(?:v?(?:\d+\.)+)?x(?=$|[.-])/i;
/** A commit, a date or a build in the part behind a version: that build stays what it is. */
const BUILD = /(?:^|[-_.])g?(?=[a-f]*\d)[0-9a-f]{7,64}(?=$|[-_.])/i;
/** Why a tag says nothing lasting, as a phrase after "the tag x"; undefined for one that may stay. `forbidden` are names, in whichever case. */
function describeFloatingTag(tag, forbidden) {
	if (forbidden.some((name) => name.toLowerCase() === tag.toLowerCase())) return "moves from one image to the next";
	if (RANGE.test(tag)) return "is a range of versions";
	const [match, suffix = ""] = PARTIAL_VERSION.exec(tag) ?? [];
	if (match === void 0 || BUILD.test(suffix)) return void 0;
	return "is not a full version, and moves with each patch";
}
// src/policy/image-reference-rule.ts
/** Holds one place of a workload file against every rule that needs no registry; all that are broken are told. */
function judgeReference(use, rules) {
	if (use.isLocal === true) return {
		verdicts: [],
		written: void 0
	};
	switch (use.kind) {
		case "not-text": return {
			verdicts: [{
				rule: "invalid-reference",
				message: `${use.text === "" ? "An empty text" : "What is no text"} stands where an image belongs.`,
				hint: "Write the image in full, in quotes where YAML would read it as something else."
			}],
			written: void 0
		};
		case "build-only":
			if (!rules.images.requireDigest) return {
				verdicts: [],
				written: void 0
			};
			return {
				verdicts: [{
					rule: "no-digest",
					message: `It is built where it runs, so that no digest says what runs${by(rules, "images.requireDigest")}.`,
					hint: "Build and promote the image, and name it with image: and its digest."
				}],
				written: void 0
			};
		case "unresolved": return judgeUnresolved(use, rules);
		default: return judgeText(use.text, rules);
	}
}
/** A variable can become anything; its default is what runs where nobody sets it. */
function judgeUnresolved({ fallback }, rules) {
	const unresolved = {
		rule: "unresolved-variable",
		message: "It holds a variable: which image runs is decided elsewhere.",
		hint: "Write the image out, or check the file as it is once the variables are filled in."
	};
	if (fallback === void 0) return {
		verdicts: [unresolved],
		written: void 0
	};
	const { verdicts, written } = judgeText(fallback, rules);
	return {
		verdicts: [unresolved, ...verdicts.map((verdict) => ({
			...verdict,
			message: `By its default ${quoteForeign(fallback)}: ${verdict.message}`
		}))],
		written
	};
}
function judgeText(text, rules) {
	let written;
	try {
		written = parseImageName(text);
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		const hint = error.hint ?? "Write registry/repository:tag@sha256:….";
		return {
			verdicts: [{
				rule: "invalid-reference",
				message: quoteForeign(error.message, 400),
				hint
			}],
			written: void 0
		};
	}
	return {
		verdicts: [
			...judgeRegistry(written, rules),
			...judgeDigest(written, rules),
			...judgeTag(written, rules)
		],
		written
	};
}
function judgeRegistry({ repository, isImplicit }, { images }) {
	const implicit = {
		rule: "implicit-registry",
		message: `It names no registry: it comes from ${repository}, or from wherever the machine that runs it says.`,
		hint: `Write the registry out, such as ${repository}.`
	};
	const refused = images.allow.filter(({ patterns }) => !isAllowed(patterns, repository)).map(({ policy, patterns }) => ({
		rule: "registry-not-allowed",
		message: `Its repository is not among what ${policy} allows: ${patterns.join(", ") || "nothing"}.`,
		hint: `Promote it to a registry that is allowed, or add it to ${policy === "the input allow-registries" ? "that input" : `images.allow in ${policy}`}.`
	}));
	return [...isImplicit ? [implicit] : [], ...refused];
}
function judgeDigest({ reference }, rules) {
	if (reference?.kind === "digest" || !rules.images.requireDigest) return [];
	return [{
		rule: "no-digest",
		message: `It has no digest: what it names can change under it${by(rules, "images.requireDigest")}.`,
		hint: "Write registry/repository:tag@sha256:…; promote-image pin does that."
	}];
}
function judgeTag({ reference }, rules) {
	if (reference === void 0) return [{
		rule: "no-tag",
		message: "It has neither a tag nor a digest, which means the tag latest.",
		hint: "Name a version, and its digest."
	}];
	const { tag } = reference;
	const why = tag === void 0 ? void 0 : describeFloatingTag(tag, rules.images.forbidTags);
	if (why === void 0) return [];
	return [{
		rule: "floating-tag",
		message: `Its tag ${tag} ${why}${by(rules, "images.forbidTags")}.`,
		hint: "Name a tag that stays, such as a full version x.y.z."
	}];
}
/** What the allow-list of the inputs is called. */
const ALLOW_INPUT = "the input allow-registries";
function isAllowed(patterns, repository) {
	return patterns.some((pattern) => matchesPattern(pattern, repository));
}
function by({ stated }, key) {
	const names = stated[key];
	return names === void 0 ? "" : ` (${key} of ${names.join(" and ")})`;
}
// src/check/judge.ts
/** Gathers what is found, and sorts out what a policy excepts. */
var Judge = class {
	#policy;
	#now;
	#isAsking;
	#findings = [];
	#excused = [];
	#images = /* @__PURE__ */ new Map();
	#names = /* @__PURE__ */ new Set();
	/** A repository of thousands of files names the same few images. */
	#judged = /* @__PURE__ */ new Map();
	constructor(policy, now) {
		this.#policy = policy;
		this.#now = now;
		this.#isAsking = asksRegistries(policy);
	}
	get found() {
		return {
			findings: this.#findings.toSorted(compareFindings),
			excused: this.#excused.toSorted(compareFindings)
		};
	}
	/** What can be asked for at a registry that may be asked; nothing where nobody wants to know. */
	get images() {
		return [...this.#images.values()];
	}
	/** The distinct images, as they are written. */
	get names() {
		return [...this.#names];
	}
	add(findings) {
		this.#findings.push(...findings);
	}
	/** Holds a place against every rule that needs no registry. */
	judge(use) {
		const { verdicts, written } = this.#judgeOnce(use);
		if (written !== void 0) this.#names.add(use.fallback ?? use.text);
		const refused = verdicts.filter((verdict) => !this.tell(use, verdict, written?.repository));
		if (written === void 0 || !this.#isAsking) return;
		if (refused.some(({ rule }) => rule === "registry-not-allowed")) return;
		const reference = written.reference ?? parseReference(`${written.repository}:latest`);
		const key = JSON.stringify([reference, use.running]);
		const known = this.#images.get(key);
		if (known !== void 0) known.uses.push(use);
		else this.#images.set(key, {
			name: use.fallback ?? use.text,
			reference,
			running: use.running,
			uses: [use]
		});
	}
	/** Keeps a verdict about a place; true where an exception covers it. */
	tell(use, verdict, repository, level = "error") {
		const { rule, hint } = verdict;
		const { exceptions } = this.#policy.images;
		const { used, expired } = findImageException({
			rule,
			text: use.text,
			repository
		}, exceptions, this.#now);
		const ended = expired.map(({ expires, source }) => ` An exception in ${source} ended on ${expires}.`);
		const also = use.alsoAt.length === 0 ? "" : ` Used at ${describePlaces(use.alsoAt)} as well.`;
		const message = `${verdict.message}${used === void 0 ? ended.join("") : ""}${also}`;
		const { file, line, column, where, text } = use;
		const finding = {
			file,
			line,
			column,
			where,
			image: text,
			rule,
			message,
			hint,
			level
		};
		if (used === void 0) this.#findings.push(finding);
		else this.#excused.push({
			...finding,
			exception: used
		});
		return used !== void 0;
	}
	#judgeOnce(use) {
		const key = `${use.isLocal === true} ${use.kind} ${use.fallback ?? ""} ${use.text}`;
		const known = this.#judged.get(key);
		if (known !== void 0) return known;
		const judged = judgeReference(use, this.#policy);
		this.#judged.set(key, judged);
		return judged;
	}
};
const MAX_PLACES = 5;
function describePlaces(places) {
	const shown = places.slice(0, MAX_PLACES).map(({ line, where }) => `line ${line} (${where})`);
	const rest = places.length - shown.length;
	return [...shown, ...rest > 0 ? [`${rest} more`] : []].join(", ");
}
function compareFindings(a, b) {
	if (a.file !== b.file) return a.file < b.file ? -1 : 1;
	return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
// src/workload/dockerfile-lines.ts
const HEREDOCS = /* @__PURE__ */ new Set([
	"RUN",
	"COPY",
	"ADD"
]);
/** Words as a shell cuts them. */
const WORD = /(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s"'\\]+|["'])+/g;
const HEREDOC = /^\d*<<(-?)([^<\s]+)$/;
const ESCAPE = /^#[ \t]*escape[ \t]*=[ \t]*([\\`])[ \t]*$/i;
const DIRECTIVE = /^#[ \t]*[a-zA-Z][a-zA-Z0-9]*[ \t]*=/;
/** Reads the instructions of a Dockerfile between two indices; https://docs.docker.com/reference/dockerfile/#format */
function readInstructions(text, from, to) {
	const lines = listLines(text, from, to);
	const escapeWith = findEscape(lines);
	const found = [];
	for (let at = 0; at < lines.length;) {
		const { pieces, next } = joinLines(lines, at, escapeWith);
		at = next;
		const instruction = readInstruction(pieces);
		if (instruction === void 0) continue;
		const { end, unclosed } = skipHeredocs(instruction, lines, at);
		at = end;
		found.push(unclosed === void 0 ? instruction : {
			...instruction,
			unclosed
		});
	}
	return found;
}
function listLines(text, from, to) {
	const lines = [];
	const depth = from === 0 ? 0 : /^(?: *\r?\n)*( *)/.exec(text.slice(from, to))?.[1]?.length ?? 0;
	for (let index = from; index < to;) {
		const newline = text.indexOf("\n", index);
		const end = newline < 0 || newline > to ? to : newline;
		const start = index + Math.min(depth, text.slice(index, end).search(/[^ ]|$/));
		lines.push({
			text: text.slice(start, end).replace(/\r$/, ""),
			index: start
		});
		index = end + 1;
	}
	return lines;
}
/** Directives are the comments at the very top that look like one. */
function findEscape(lines) {
	for (const { text } of lines) {
		const line = text.trim();
		if (!DIRECTIVE.test(line)) break;
		const match = ESCAPE.exec(line);
		if (match !== null) return match[1] ?? "\\";
	}
	return "\\";
}
/** A line with those it is continued on; comments and blanks among them are no part of it. */
function joinLines(lines, from, escapeWith) {
	const pieces = [];
	let next = from;
	while (next < lines.length) {
		const line = lines[next++];
		if (line === void 0 || /^\s*(?:#|$)/.test(line.text)) {
			if (pieces.length === 0) break;
			continue;
		}
		const kept = line.text.trimEnd();
		if (!kept.endsWith(escapeWith)) {
			pieces.push(line);
			break;
		}
		pieces.push({
			text: kept.slice(0, -1),
			index: line.index
		});
	}
	return {
		pieces,
		next
	};
}
function readInstruction(pieces) {
	const [first, ...rest] = [...pieces.map((piece) => piece.text).join("").matchAll(WORD)].map((match) => {
		const index = findIndex(pieces, match.index, match.index + match[0].length);
		return {
			text: match[0],
			index
		};
	});
	if (first === void 0) return void 0;
	const keyword = first.text.toUpperCase();
	const [inner, ...others] = rest;
	if (keyword === "ONBUILD" && inner !== void 0) return {
		keyword: inner.text.toUpperCase(),
		index: inner.index,
		words: others
	};
	return {
		keyword,
		index: first.index,
		words: rest
	};
}
function findIndex(pieces, from, to) {
	let start = 0;
	for (const { text, index } of pieces) {
		if (from < start + text.length) return to <= start + text.length ? index + from - start : -1;
		start += text.length;
	}
	return -1;
}
function skipHeredocs({ keyword, words }, lines, from) {
	if (!HEREDOCS.has(keyword)) return { end: from };
	let end = from;
	for (const { text } of words) {
		const match = HEREDOC.exec(text);
		if (match === null) continue;
		const name = (match[2] ?? "").replace(/["']/g, "");
		const isEnd = (line) => (match[1] === "-" ? line.text.replace(/^\t+/, "") : line.text) === name;
		const length = lines.slice(end).findIndex(isEnd);
		if (length < 0) return {
			end,
			unclosed: name
		};
		end += length + 1;
	}
	return { end };
}
// src/workload/template-mask.ts
/** Stands for a character of a template's action; of the private use area, so that no file has it by chance. */
const MASK = "";
/** Actions that write nothing themselves; https://pkg.go.dev/text/template#hdr-Actions */
const CONTROL = /^\{\{-?\s*(?:(?:if|else|end|with|range|define|block|break|continue)\b|\/\*|\$\w+\s*:?=)/;
/** Whether this may be a template that writes YAML: Helm, Go, Jinja. */
function isTemplate(text) {
	return text.includes("{{");
}
/**
* A template of the same length that can be read as YAML: an action alone on its lines, or one that writes nothing (`{{- if .x }}`), becomes blanks, any other a mark for each character.
* Every index stays what it was; what an action would write is not known.
*/
function maskTemplate(text) {
	const parts = [];
	let done = 0;
	for (;;) {
		const open = text.indexOf("{{", done);
		if (open < 0) break;
		const close = findClose(text, open);
		if (close < 0) break;
		const before = text.slice(text.lastIndexOf("\n", open) + 1, open);
		const lineEnd = text.indexOf("\n", close);
		const after = text.slice(close, lineEnd < 0 ? text.length : lineEnd);
		const action = text.slice(open, close);
		const isBlank = CONTROL.test(action) || isBlankOrActions(before) && isBlankOrActions(after);
		parts.push(text.slice(done, open), fill(action, isBlank));
		done = close;
	}
	return parts.join("") + text.slice(done);
}
/** Whether a masked text has something of a template. */
function isMasked(text) {
	return text.includes(MASK);
}
/** Where an action ends; a comment ends where it says so. -1 when it does not. */
function findClose(text, open) {
	const close = /^\{\{-?\s*\/\*/.test(text.slice(open, open + 16)) ? text.indexOf("*/", open) : open;
	const end = close < 0 ? -1 : text.indexOf("}}", close);
	return end < 0 ? -1 : end + 2;
}
/** A long line is not looked at: it is then taken for a text. */
function isBlankOrActions(text) {
	return text.length < 4096 && dropActions(text).trim() === "";
}
function dropActions(text) {
	let rest = "";
	let done = 0;
	for (let open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", done)) {
		const close = text.indexOf("}}", open);
		if (close < 0) break;
		rest += text.slice(done, open);
		done = close + 2;
	}
	return rest + text.slice(done);
}
function fill(action, isBlank) {
	const first = action.search(/\r?\n/);
	const mark = isBlank ? " " : MASK;
	const head = first < 0 ? action : action.slice(0, first);
	return mark.repeat(head.length) + action.slice(head.length).replace(/[^\r\n]/g, " ");
}
// src/workload/variables.ts
/** What stands for something that is known only when the file is used: shell and Compose variables, templates, `$(NAME)` of kustomize. */
const OPEN = /\$\{|\$\(|\$[A-Za-z_]|\{\{|\}\}/;
const BARE = /^\$(?:[A-Za-z_][A-Za-z0-9_]*)/;
const BRACED = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-=])|(?=\}))/;
const MAX_DEPTH$4 = 8;
/** True where a variable or template decides some of this text. `$$` is a dollar. */
function hasVariable(text) {
	return OPEN.test(text.replaceAll("$$", ""));
}
/** The text with what its variables default to, or undefined where one has no default. `known` gives more of them, as `ARG` does in a Dockerfile. */
function applyDefaults(text, known = () => void 0, depth = 0) {
	if (depth > MAX_DEPTH$4) return void 0;
	let result = "";
	let rest = text;
	for (;;) {
		const at = rest.search(/\$|\{\{|\}\}/);
		if (at < 0) return result + rest;
		result += rest.slice(0, at);
		rest = rest.slice(at);
		const found = readVariable(rest);
		if (found === void 0) return void 0;
		const value = found.name === "" ? "$" : known(found.name) ?? found.fallback;
		const filled = value === void 0 || found.name === "" ? value : applyDefaults(value, known, depth + 1);
		if (filled === void 0) return void 0;
		result += filled;
		rest = rest.slice(found.length);
	}
}
/** What a text is that is one variable and nothing else, such as `${IMAGE:-a/b:1}`: its name, and its default with where it begins. */
function findWholeVariable(text) {
	const found = readVariable(text);
	if (found === void 0 || found.name === "" || found.length !== text.length) return void 0;
	const { name, fallback } = found;
	if (fallback === void 0 || hasVariable(fallback)) return { name };
	return {
		name,
		fallback: {
			at: text.length - 1 - fallback.length,
			text: fallback
		}
	};
}
function readVariable(text) {
	if (text.startsWith("$$")) return {
		name: "",
		length: 2
	};
	const bare = BARE.exec(text);
	if (bare !== null) return {
		name: bare[0].slice(1),
		length: bare[0].length
	};
	const braced = BRACED.exec(text);
	if (braced === null) return void 0;
	const [head, name = "", operator] = braced;
	const end = findBrace(text, head.length);
	if (end < 0) return void 0;
	if (operator === void 0) return {
		name,
		length: end + 1
	};
	return {
		name,
		fallback: text.slice(head.length, end),
		length: end + 1
	};
}
function findBrace(text, from) {
	let depth = 0;
	for (let at = from; at < text.length; at++) if (text.startsWith("${", at)) depth++;
	else if (text[at] === "}" && depth-- === 0) return at;
	return -1;
}
// src/workload/yaml-node.ts
/** What plain scalars become something else than a text by the core schema; https://yaml.org/spec/1.2.2/#103-core-schema */
const NOT_TEXT = /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** Whether a reader of YAML takes this for a text. */
function isText(node) {
	if (node.tag === "!" || node.tag === "tag:yaml.org,2002:str") return true;
	return node.style !== "plain" || !NOT_TEXT.test(node.text);
}
/** Whether nothing stands there: `key:`, `key: null`, `key: ""`. */
function isEmpty(node) {
	return node.text === "" || node.style === "plain" && /^(?:~|null|Null|NULL)$/.test(node.text);
}
/** Where the text of a scalar begins: after its quote. */
function startOf({ start, style }) {
	return start + (style === "single" || style === "double" ? 1 : 0);
}
// src/workload/yaml-walk.ts
function extendPath(parent, step) {
	return {
		parent,
		step,
		depth: (parent?.depth ?? 0) + 1
	};
}
/** Thrown where aliases lead round in a circle or to more than anyone wrote. */
var TooManyAliases = class extends Error {};
const MAX_ALIASED = 1e5;
const MAX_DEPTH$3 = 256;
function createWalker() {
	let aliased = 0;
	const meet = (node, path, via, depth = 0) => {
		if (via !== void 0 && ++aliased > MAX_ALIASED) throw new TooManyAliases();
		if (path !== void 0 && path.depth > MAX_DEPTH$3) throw new TooManyAliases();
		if (node.kind !== "alias") return via === void 0 ? {
			node,
			path
		} : {
			node,
			path,
			via
		};
		if (depth > MAX_DEPTH$3) throw new TooManyAliases();
		return meet(node.target, path, via ?? { alias: node }, depth + 1);
	};
	const enter = ({ key, keyStart, value }, met) => {
		const { node, path, via } = meet(value, extendPath(met.path, key), met.via);
		return via === void 0 ? {
			node,
			path,
			key,
			keyStart
		} : {
			node,
			path,
			via,
			key,
			keyStart
		};
	};
	const collect = (map, met, taken, entries, depth) => {
		if (depth > MAX_DEPTH$3) throw new TooManyAliases();
		const own = [];
		for (const pair of map.pairs) {
			if (pair.isMerge || taken.has(pair.key)) continue;
			own.push(enter(pair, met));
		}
		for (const entry of own) taken.set(entry.key, entry);
		entries.push(...own);
		for (const { value, isMerge } of map.pairs) {
			if (!isMerge) continue;
			for (const source of listSources(meet(value, met.path, met.via))) if (source.node.kind === "map") collect(source.node, source, taken, entries, depth + 1);
		}
	};
	/** What `<<` names: a mapping, or several of which the first has its way. */
	const listSources = (met) => met.node.kind === "seq" ? met.node.items.map((item) => meet(item, met.path, met.via)) : [met];
	return {
		listEntries: (met) => {
			if (met.node.kind !== "map") return [];
			if (!met.node.pairs.some(({ isMerge }) => isMerge)) return met.node.pairs.map((pair) => enter(pair, met));
			const entries = [];
			collect(met.node, met, /* @__PURE__ */ new Map(), entries, 0);
			return entries;
		},
		listItems: (met) => met.node.kind === "seq" ? met.node.items.map((item, step) => meet(item, extendPath(met.path, step), met.via)) : []
	};
}
/** `spec.containers[0].image`; a key that is no plain name stands in brackets. */
function formatPath(path) {
	let text = "";
	for (let at = path; at !== void 0; at = at.parent) {
		const { step } = at;
		text = `${typeof step === "string" && /^[^\s.[\]"'\p{Cc}]+$/u.test(step) ? step : `[${JSON.stringify(step)}]`}${text === "" || text.startsWith("[") ? "" : "."}${text}`;
	}
	return text;
}
/** The way to a node by what is written, not through an alias. */
function findPath(root, target) {
	const stack = [{
		node: root,
		path: void 0
	}];
	for (let top = stack.pop(); top !== void 0; top = stack.pop()) {
		const { node, path: parent } = top;
		if (node === target) return parent;
		if (node.kind === "map") for (const pair of node.pairs) stack.push({
			node: pair.value,
			path: extendPath(parent, pair.key)
		});
		else if (node.kind === "seq") node.items.forEach((item, step) => {
			stack.push({
				node: item,
				path: extendPath(parent, step)
			});
		});
	}
}
// src/workload/image-collector.ts
const BY_VARIABLE = "a variable or template decides what stands here";
const NOT_ON_A_LINE = "it is written over several lines or with escapes";
function createCollector(name, file) {
	const uses = /* @__PURE__ */ new Map();
	const flaws = [];
	const links = [];
	let root;
	let format = "kubernetes";
	let prefix = "";
	const siteAt = (index, where) => ({
		...file.positionAt(index),
		where: `${prefix}${where}`
	});
	const textOf = (scalar) => {
		if (!isMasked(scalar.text)) return scalar.text;
		const raw = file.text.slice(scalar.start, scalar.end);
		return /^(["'])[\s\S]*\1$/.test(raw) ? raw.slice(1, -1) : raw;
	};
	const partOf = (part, scalar) => {
		const { style } = scalar;
		if (!scalar.isVerbatim || style === "literal" || style === "folded") return void 0;
		return {
			part,
			range: {
				start: file.byteAt(scalar.start),
				end: file.byteAt(scalar.end)
			},
			text: textOf(scalar),
			style
		};
	};
	const put = (key, where, index, facts, site) => {
		const found = uses.get(key);
		if (found === void 0) {
			const use = {
				file: name,
				format,
				...siteAt(index, where()),
				...facts
			};
			uses.set(key, {
				use,
				usedAt: site === void 0 ? [] : [site]
			});
		} else if (site !== void 0) found.usedAt.push(site);
	};
	const addUse = (met, index, facts) => {
		const where = () => formatPath(met.via === void 0 || root === void 0 ? met.path : findPath(root, met.node));
		const site = met.via === void 0 ? void 0 : siteAt(met.via.alias.start, formatPath(met.path));
		put(`${met.node.start}:${index}`, where, index, facts, site);
	};
	return {
		file,
		textOf,
		partOf,
		addUse,
		readAs: (node, as, before, read) => {
			const outer = {
				root,
				format,
				prefix
			};
			[root, format, prefix] = [
				node,
				as,
				before
			];
			read();
			({root, format, prefix} = outer);
		},
		addReference: (met, cut) => {
			const { node } = met;
			if (node.kind !== "scalar") {
				const [text = ""] = file.text.slice(node.start, node.start + 80).split(/\r?\n/);
				const isAction = text.startsWith("{{");
				const uneditable = isAction ? BY_VARIABLE : "a list or mapping stands here";
				addUse(met, node.start, {
					text,
					kind: isAction ? "unresolved" : "not-text",
					parts: [],
					uneditable
				});
				return;
			}
			if (node.tag === "!reset" && format === "compose") return;
			const text = cut === void 0 ? textOf(node) : textOf(node).slice(cut.from, cut.to);
			const whole = partOf("reference", node);
			const quotes = node.style === "single" || node.style === "double" ? 1 : 0;
			const index = node.start + quotes + (cut?.from ?? 0);
			if (cut === void 0) addUse(met, index, describeReference(text, whole, isText(node) && text !== ""));
			else addUse(met, index, describeReference(text, whole && cutPart(whole, text, cut.from), true));
		},
		addBuild: (entry) => {
			addUse(entry, entry.keyStart, {
				text: "",
				kind: "build-only",
				parts: [],
				uneditable: "no image is named here"
			});
		},
		addAt: (index, where, facts) => {
			put(`${index}:`, () => where, index, facts, void 0);
		},
		addLink: (met) => {
			links.push({
				...siteAt(met.node.start, formatPath(met.path)),
				path: textOf(met.node)
			});
		},
		addFlaw: (index, message) => {
			flaws.push({
				file: name,
				...file.positionAt(index),
				message
			});
		},
		finish: () => ({
			uses: [...uses.values()].map(({ use, usedAt }) => ({
				...use,
				usedAt
			})).sort((a, b) => a.line - b.line || a.column - b.column),
			flaws: flaws.sort((a, b) => a.line - b.line || a.column - b.column),
			links
		})
	};
}
/** What a text is as a reference, and what of it can be edited: of one with variables only the default of one that is all of it. */
function describeReference(text, part, isGiven, known = () => void 0) {
	const editable = part === void 0 ? {
		parts: [],
		uneditable: NOT_ON_A_LINE
	} : { parts: [part] };
	if (!isGiven) return {
		text,
		kind: "not-text",
		...editable
	};
	if (!hasVariable(text)) return {
		text,
		kind: "reference",
		...editable
	};
	const fallback = applyDefaults(text, (variable) => known(variable)?.text);
	const whole = findWholeVariable(text);
	const given = whole && known(whole.name);
	const own = whole?.fallback;
	const cut = given === void 0 ? own && part && cutPart(part, own.text, own.at) : given.part;
	return {
		text,
		kind: "unresolved",
		...fallback === void 0 ? {} : { fallback },
		...cut === void 0 ? {
			parts: [],
			uneditable: BY_VARIABLE
		} : { parts: [cut] }
	};
}
/** The facts of an image that is written in parts. */
function describeParts(text, found, slot) {
	const parts = found.filter((part) => part !== void 0);
	if (hasVariable(text)) {
		const fallback = applyDefaults(text);
		return {
			text,
			kind: "unresolved",
			...fallback === void 0 ? {} : { fallback },
			parts: [],
			uneditable: BY_VARIABLE
		};
	}
	if (parts.length < found.length) return {
		text,
		kind: "reference",
		parts: [],
		uneditable: NOT_ON_A_LINE
	};
	return {
		text,
		kind: "reference",
		parts,
		...slot === void 0 ? {} : { slot }
	};
}
/** A piece of a part, which goes without its quotes; undefined where bytes and characters are not the same. */
function cutPart(whole, text, from) {
	if (/[^ -~]/.test(whole.text)) return void 0;
	const start = whole.range.start + (whole.style === "plain" ? 0 : 1) + from;
	return {
		part: "reference",
		range: {
			start,
			end: start + text.length
		},
		text,
		style: "plain",
		isPiece: true
	};
}
// src/workload/dockerfile-images.ts
/** Reads what a Dockerfile builds from: `FROM`, `COPY --from`, `RUN --mount=from=`. Stages of its own and `scratch` are local. */
function findDockerfileImages(from, to, into) {
	const args = /* @__PURE__ */ new Map();
	const stages = /* @__PURE__ */ new Set();
	let count = 0;
	const add = (word, instruction, isKnown) => {
		const { text, part } = readWord(word, into);
		const isLocal = stages.has(text.toLowerCase()) || isKnown(text);
		const facts = describeReference(text, part, text !== "", (name) => args.get(name));
		const where = `stages[${Math.max(count - 1, 0)}].${instruction.keyword}`;
		const index = word.index < 0 ? instruction.index : word.index + (/^["']/.test(word.text) ? 1 : 0);
		into.addAt(index, where, isLocal ? {
			...facts,
			isLocal
		} : facts);
	};
	for (const instruction of readInstructions(into.file.text, from, to)) {
		const { keyword, words, index, unclosed } = instruction;
		if (unclosed !== void 0) into.addFlaw(Math.max(index, from), `the here-document ${unclosed} has no end.`);
		if (keyword === "ARG" && count === 0) for (const word of words) readArg(word, args, into);
		if (keyword === "FROM") {
			const [image, as, name] = words.filter(({ text }) => !text.startsWith("--"));
			count++;
			if (image !== void 0) add(image, instruction, (text) => text === "scratch");
			if (as?.text.toUpperCase() === "AS" && name !== void 0) stages.add(name.text.toLowerCase());
		} else if (keyword === "COPY" || keyword === "RUN") for (const image of listNamed(keyword, words)) add(image, instruction, (text) => text === "" || /^\d+$/.test(text) && Number(text) < count);
	}
}
/** Reads `dockerfile_inline` of a Compose file: a literal block, of which every line stands as it is. */
function findInlineDockerfile(node, met, into) {
	if (node.style !== "literal") {
		into.addFlaw(node.start, "a Dockerfile in a Compose file is read only as a literal block: write `|`.");
		return;
	}
	const from = into.file.text.indexOf("\n", node.start) + 1;
	into.readAs(node, "dockerfile", `${formatPath(met.path)}: `, () => {
		findDockerfileImages(from, Math.max(from, node.end), into);
	});
}
/** The values of flags that name an image, as words of their own. */
function listNamed(keyword, words) {
	const end = words.findIndex(({ text }) => !text.startsWith("--"));
	const flags = end < 0 ? words : words.slice(0, end);
	const pattern = keyword === "COPY" ? /^--from=(.*)$/d : /^--mount=(?:.*,)?from=([^,]*)/d;
	return flags.flatMap((word) => {
		const found = pattern.exec(word.text)?.indices?.[1];
		if (found === void 0) return [];
		const [start, stop] = found;
		return [{
			text: word.text.slice(start, stop),
			index: word.index < 0 ? -1 : word.index + start
		}];
	});
}
/** Only what stands before the first stage counts for `FROM`. */
function readArg(word, args, into) {
	const equals = word.text.indexOf("=");
	if (equals < 0) return;
	const { text, part } = readWord({
		text: word.text.slice(equals + 1),
		index: word.index < 0 ? -1 : word.index + equals + 1
	}, into);
	args.set(word.text.slice(0, equals), {
		text,
		part: text.includes("$") ? void 0 : part
	});
}
function readWord({ text, index }, into) {
	const quote = /^(["'])([^"'\\]*)\1$/.exec(text);
	const inner = quote?.[2] ?? text;
	if (index < 0 || quote === null && /["'\\`]/.test(text)) return {
		text: inner,
		part: void 0
	};
	const style = quote === null ? "plain" : quote[1] === "\"" ? "double" : "single";
	const whole = {
		part: "reference",
		range: {
			start: into.file.byteAt(index),
			end: into.file.byteAt(index + text.length)
		},
		text: inner,
		style
	};
	return {
		text: inner,
		part: style === "plain" ? whole : cutPart(whole, inner, 0)
	};
}
// src/workload/compose-images.ts
const CONTEXT = "docker-image://";
/** Reads a Compose file: what each service runs, mounts and builds from; https://github.com/compose-spec/compose-spec/blob/main/spec.md */
function findComposeImages(root, walker, into) {
	for (const entry of walker.listEntries(root)) {
		if (entry.key === "services") for (const service of walker.listEntries(entry)) readService(service, walker, into);
		if (entry.key === "include") for (const item of walker.listItems(entry)) addIncluded(item, walker, into);
	}
}
function readService(service, walker, into) {
	const entries = walker.listEntries(service);
	const find = (key) => entries.find((entry) => entry.key === key);
	const image = find("image");
	const build = find("build");
	if (image !== void 0) into.addReference(image);
	else if (build !== void 0 && !(build.node.kind === "scalar" && build.node.text === "")) into.addBuild(build);
	if (build !== void 0) readBuild(build, walker, into);
	const volumes = find("volumes");
	for (const volume of volumes === void 0 ? [] : walker.listItems(volumes)) {
		const parts = walker.listEntries(volume);
		const isImage = parts.some(({ key, node }) => key === "type" && node.kind === "scalar" && node.text === "image");
		const source = parts.find(({ key }) => key === "source");
		if (isImage && source !== void 0) into.addReference(source);
	}
	const from = find("extends");
	if (from !== void 0) addFile(walker.listEntries(from), into);
}
function readBuild(build, walker, into) {
	for (const { key, ...value } of walker.listEntries(build)) {
		if (key === "dockerfile_inline" && value.node.kind === "scalar") findInlineDockerfile(value.node, value, into);
		if (key !== "additional_contexts") continue;
		for (const context of [...walker.listEntries(value), ...walker.listItems(value)]) {
			if (context.node.kind !== "scalar") continue;
			const text = into.textOf(context.node);
			const at = text.indexOf(CONTEXT);
			if (at >= 0) into.addReference(context, {
				from: at + 15,
				to: text.length
			});
		}
	}
}
/** A file to include is a text, or a list of them under `path`. */
function addIncluded(item, walker, into) {
	if (item.node.kind === "scalar") into.addLink({
		...item,
		node: item.node
	});
	for (const entry of walker.listEntries(item).filter(({ key }) => key === "path")) for (const path of entry.node.kind === "seq" ? walker.listItems(entry) : [entry]) if (path.node.kind === "scalar") into.addLink({
		...path,
		node: path.node
	});
}
function addFile(entries, into) {
	const file = entries.find(({ key }) => key === "file");
	if (file?.node.kind === "scalar") into.addLink({
		...file,
		node: file.node
	});
}
// src/workload/file-text.ts
/** Larger files are not read. */
const MAX_FILE_BYTES$1 = 10485760;
const STEP = 4096;
/** Decodes UTF-8; a text says why it cannot be read. */
function decodeFile(bytes) {
	if (bytes.length > 10485760) return `it has ${bytes.length} bytes, more than ${MAX_FILE_BYTES$1} are not read.`;
	let text;
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
	} catch {
		return "it is not UTF-8.";
	}
	if (text.includes("\0")) return "it holds NUL bytes, as UTF-16 and binary files do.";
	const start = text.startsWith("﻿") ? 1 : 0;
	const locate = createLocator(text, start);
	const byteAt = text.length === bytes.length ? (index) => index : createByteCounter(text);
	return {
		text,
		start,
		positionAt: locate,
		byteAt
	};
}
function createLocator(text, start) {
	let lines;
	return (index) => {
		lines ??= listLineStarts(text, start);
		let low = 0;
		let high = lines.length - 1;
		while (low < high) {
			const middle = low + high + 1 >> 1;
			if ((lines[middle] ?? 0) <= index) low = middle;
			else high = middle - 1;
		}
		return {
			line: low + 1,
			column: Math.max(index - (lines[low] ?? 0), 0) + 1
		};
	};
}
function listLineStarts(text, start) {
	const lines = [start];
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.push(at + 1);
	return lines;
}
function createByteCounter(text) {
	let marks;
	return (index) => {
		marks ??= markBytes(text);
		const step = Math.floor(index / STEP);
		return (marks[step] ?? 0) + countBytes(text, step * STEP, index);
	};
}
function markBytes(text) {
	const marks = [0];
	for (let at = 0; at + STEP <= text.length; at += STEP) marks.push((marks.at(-1) ?? 0) + countBytes(text, at, at + STEP));
	return marks;
}
/** Half a surrogate pair counts two bytes, so that a pair has its four wherever it is cut. */
function countBytes(text, from, to) {
	let count = 0;
	for (let at = from; at < to; at++) {
		const code = text.charCodeAt(at);
		if (code < 128) count += 1;
		else if (code < 2048 || code >= 55296 && code <= 57343) count += 2;
		else count += 3;
	}
	return count;
}
// src/workload/part-slot.ts
/** Where a further part of an image goes: a line of its own after the last part, or behind it in a flow mapping. Undefined where that cannot be told. */
function findSlot(file, map, last, keys) {
	const { text } = file;
	const quote = text[last.keyStart] === "\"" ? "\"" : "";
	if (map.isFlow) return {
		at: file.byteAt(last.value.end),
		lead: ", ",
		quote,
		keys
	};
	const newline = text.indexOf("\n", last.value.end);
	const end = newline < 0 ? text.length : newline;
	const hasReturn = text[end - 1] === "\r";
	const before = text.slice(text.lastIndexOf("\n", last.keyStart - 1) + 1, last.keyStart).replace(/^\ufeff/, "");
	if (/[^ -]/.test(before)) return void 0;
	const lead = `${(newline < 0 ? text.includes("\r\n") : hasReturn) ? "\r\n" : "\n"}${" ".repeat(before.length)}`;
	return {
		at: file.byteAt(hasReturn ? end - 1 : end),
		lead,
		quote,
		keys
	};
}
// src/workload/written-reference.ts
/** Cuts `repository[:tag][@digest]`, whatever stands in the parts. */
function splitWritten(text) {
	const at = text.indexOf("@");
	const name = at < 0 ? text : text.slice(0, at);
	const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
	return {
		repository: colon < 0 ? name : name.slice(0, colon),
		...colon < 0 ? {} : { tag: name.slice(colon + 1) },
		...at < 0 ? {} : { digest: text.slice(at + 1) }
	};
}
function joinWritten({ repository, tag, digest }) {
	const name = tag === void 0 ? repository : `${repository}:${tag}`;
	return digest === void 0 ? name : `${name}@${digest}`;
}
/** The registry of a written repository, and its path; undefined where none is written. */
function splitRegistry(repository) {
	const slash = repository.indexOf("/");
	const first = slash < 0 ? "" : repository.slice(0, slash);
	return isRegistryHost(first) ? {
		registry: first,
		path: repository.slice(slash + 1)
	} : {
		registry: void 0,
		path: repository
	};
}
/** Whether two written repositories mean one: `nginx` and `docker.io/library/nginx`, a registry in either case. */
function isSameRepository(a, b) {
	return a === b || normalize$1(a) === normalize$1(b);
}
function normalize$1(repository) {
	const { registry, path } = splitRegistry(repository);
	const host = registry === "index.docker.io" ? "docker.io" : registry ?? "docker.io";
	try {
		return parseRepository(`${host}/${path}`);
	} catch {
		return repository;
	}
}
// src/workload/helm-images.ts
/** Key names that hold an image, alone or at the end of a longer name: `image`, `sidecarImage`. */
const IMAGE_KEY = /image$/i;
const KEYS$1 = {
	registry: "registry",
	tag: "tag",
	digest: "digest"
};
/** Reads values of a chart: `image: {registry, repository, tag, digest}` and `image: a:b`, at any depth. */
function findHelmImages(met, walker, into, rule) {
	for (const item of walker.listItems(met)) findHelmImages(item, walker, into, rule);
	for (const entry of walker.listEntries(met)) {
		const { key, node } = entry;
		const isImage = IMAGE_KEY.test(key);
		if (node.kind === "scalar") {
			if (key === "image" && !isEmpty(node) && rule.isImage(into.textOf(node))) into.addReference(entry);
		} else if (node.kind === "map" && addImageMapping(entry, isImage, walker, into, rule.registry)) {} else findHelmImages(entry, walker, into, rule);
	}
}
/** Adds a mapping that is an image in parts; false where it is none. */
function addImageMapping(met, isImageKey, walker, into, globalRegistry) {
	const entries = walker.listEntries(met);
	const find = (key) => toScalar(entries.find((entry) => entry.key === key));
	const tag = find("tag");
	const digest = find("digest");
	const named = (tag ?? digest) === void 0 ? find("repo") : find("repo") ?? find("name");
	const repository = find("repository") ?? (isImageKey ? named : void 0);
	const registry = find("registry");
	if (!(isImageKey ? [
		repository,
		tag,
		digest
	].some((part) => part !== void 0) : repository !== void 0 && (tag ?? digest ?? registry) !== void 0) || met.node.kind !== "map") return false;
	const name = repository === void 0 || isEmpty(repository.node) ? "" : into.textOf(repository.node);
	if (name.includes("://")) return false;
	const isOverruled = globalRegistry !== void 0 && registry !== void 0;
	const text = joinParts(isOverruled ? globalRegistry : readPart(registry, into), name, readPart(tag, into), readPart(digest, into));
	const written = [
		["registry", isOverruled ? void 0 : registry],
		["repository", repository],
		["tag", tag],
		["digest", digest]
	].flatMap(([part, scalar]) => scalar === void 0 ? [] : [{
		part,
		scalar
	}]);
	const last = written.map(({ scalar }) => scalar).filter((scalar) => scalar.via === met.via).sort((a, b) => a.node.start - b.node.start).at(-1);
	const slot = last && findSlot(into.file, met.node, {
		keyStart: last.keyStart,
		value: last.node
	}, KEYS$1);
	const facts = describeParts(text, written.map(({ part, scalar }) => into.partOf(part, scalar.node)), slot);
	const place = repository ?? tag ?? digest;
	const index = place === void 0 ? met.node.start : startOf(place.node);
	const isOpen = name === "" && facts.kind === "reference";
	into.addUse(met, index, isOpen ? {
		text,
		kind: "unresolved",
		parts: [],
		uneditable: "the chart names the repository, not this file"
	} : facts);
	return true;
}
function toScalar(entry) {
	return entry?.node.kind === "scalar" ? {
		...entry,
		node: entry.node
	} : void 0;
}
function readPart(scalar, into) {
	return scalar === void 0 || isEmpty(scalar.node) ? void 0 : into.textOf(scalar.node);
}
/** Puts parts together as charts do; a tag may carry the digest, a repository both. */
function joinParts(registry, name, tag, digest) {
	const inner = splitWritten(name);
	const repository = registry === void 0 ? inner.repository : `${registry}/${inner.repository}`;
	return joinWritten({
		...inner,
		repository,
		...tag === void 0 ? {} : { tag },
		...digest === void 0 ? {} : { digest }
	});
}
// src/workload/kustomize-entry.ts
const KEYS = {
	repository: "newName",
	tag: "newTag",
	digest: "digest"
};
const PARTS = [
	["name", "name"],
	["newName", "repository"],
	["newTag", "tag"],
	["digest", "digest"]
];
/** Adds `{name, newName, newTag, digest}`; false where it is no such thing. */
function addKustomizeImage(met, walker, into) {
	const entries = walker.listEntries(met);
	const written = PARTS.flatMap(([key, part]) => {
		const entry = entries.find((each) => each.key === key);
		return entry?.node.kind === "scalar" ? [{
			part,
			scalar: entry.node,
			keyStart: entry.keyStart,
			via: entry.via
		}] : [];
	});
	if (met.node.kind !== "map" || written.length === 0) return false;
	const readPart = (part) => {
		const scalar = written.find((each) => each.part === part)?.scalar;
		return scalar === void 0 || isEmpty(scalar) ? void 0 : into.textOf(scalar);
	};
	const tag = readPart("tag");
	const digest = readPart("digest");
	const text = joinWritten({
		...splitWritten(readPart("repository") ?? readPart("name") ?? ""),
		...tag === void 0 ? {} : { tag },
		...digest === void 0 ? {} : { digest }
	});
	const last = written.filter(({ via }) => via === met.via).sort((a, b) => a.keyStart - b.keyStart).at(-1);
	const slot = last && findSlot(into.file, met.node, {
		keyStart: last.keyStart,
		value: last.scalar
	}, KEYS);
	const place = written.find(({ part }) => part === "repository") ?? written[0];
	const parts = written.map(({ part, scalar }) => into.partOf(part, scalar));
	into.addUse(met, place === void 0 ? met.node.start : startOf(place.scalar), describeParts(text, parts, slot));
	return true;
}
// src/workload/kubernetes-images.ts
/** The lists of a pod's spec that hold containers; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const CONTAINERS = /* @__PURE__ */ new Set([
	"containers",
	"initContainers",
	"ephemeralContainers"
]);
/** Groups whose kinds name images only in pods: those of Kubernetes itself. */
const OWN_GROUP = /^(?:v\d\w*|(?:apps|batch|autoscaling|policy|extensions)\/.*|(?:[a-z-]+\.)*(?<!x-)k8s\.io\/.*)$/;
/** Watches a repository for new tags and runs nothing of it. */
const WATCHES = /^image\.toolkit\.fluxcd\.io\//;
/** What is said of an object rather than by it. */
const NOT_SPEC = /* @__PURE__ */ new Set(["metadata", "status"]);
/** Reads a Kubernetes object of any kind, a list of them, or a piece of one: wherever containers or image volumes stand, and in kinds of operators wherever an image key does. */
function findKubernetesImages(met, walker, into, isOwn = false) {
	for (const item of walker.listItems(met)) findKubernetesImages(item, walker, into, isOwn);
	if (met.node.kind !== "map") return;
	const entries = walker.listEntries(met);
	const apiVersion = textOf(entries, "apiVersion");
	const kind = textOf(entries, "kind");
	const isObject = apiVersion !== void 0 && kind !== void 0;
	const isBuiltIn = isObject ? OWN_GROUP.test(apiVersion) || WATCHES.test(apiVersion) : isOwn;
	if (kind === "DockerImage") {
		const name = entries.find((entry) => entry.key === "name");
		if (name?.node.kind === "scalar") into.addReference(name);
	}
	for (const entry of entries) {
		if (isObject && NOT_SPEC.has(entry.key)) continue;
		if (!addPodParts(entry, walker, into) && !(isBuiltIn ? false : addOtherImage(entry, walker, into))) findKubernetesImages(entry, walker, into, isBuiltIn);
	}
}
/** Adds the image of one container; false where it has none. */
function addContainer(met, walker, into) {
	const image = walker.listEntries(met).find(({ key }) => key === "image");
	if (image !== void 0) into.addReference(image);
	return image !== void 0;
}
function addPodParts(entry, walker, into) {
	if (entry.node.kind !== "seq") return false;
	if (CONTAINERS.has(entry.key)) {
		for (const item of walker.listItems(entry)) addContainer(item, walker, into);
		return true;
	}
	if (entry.key !== "volumes") return false;
	for (const item of walker.listItems(entry)) {
		const image = walker.listEntries(item).find(({ key }) => key === "image");
		const reference = image && walker.listEntries(image).find(({ key }) => key === "reference");
		if (reference !== void 0) into.addReference(reference);
	}
	return true;
}
/** An image at a place that only its operator knows: `spec.image`, values of a chart, `images` as kustomize has them. */
function addOtherImage(entry, walker, into) {
	const { key, node } = entry;
	if (node.kind === "map") return addImageMapping(entry, /image$/i.test(key), walker, into);
	if (node.kind === "seq" && key === "images") return addImageList(entry, walker, into);
	if (node.kind !== "scalar" || !/^(?:image|containerImage)$/.test(key)) return false;
	const text = into.textOf(node);
	const isImage = isText(node) && text !== "" && !/^(?:https?|data|file):/.test(text) && !/\s/.test(text.trim());
	if (isImage) into.addReference(entry);
	return isImage;
}
function addImageList(entry, walker, into) {
	let isAny = false;
	for (const item of walker.listItems(entry)) if (item.node.kind === "scalar" && isText(item.node)) isAny = addListed({
		...item,
		node: item.node
	}, into) || isAny;
	else if (isKustomizeImage(item, walker)) isAny = addKustomizeImage(item, walker, into) || isAny;
	return isAny;
}
/** `name=repository:tag`, as Argo CD writes them, or a reference alone. */
function addListed(met, into) {
	const text = into.textOf(met.node);
	if (!/[:@/]/.test(text) || text.includes("://")) return false;
	const equals = text.indexOf("=");
	if (equals < 0) into.addReference(met);
	else into.addReference(met, {
		from: equals + 1,
		to: text.length
	});
	return true;
}
function isKustomizeImage(met, walker) {
	const keys = walker.listEntries(met).map(({ key }) => key);
	return keys.includes("name") && keys.some((key) => /^(?:newName|newTag|digest)$/.test(key));
}
function textOf(entries, key) {
	const node = entries.find((entry) => entry.key === key)?.node;
	return node?.kind === "scalar" ? node.text : void 0;
}
// src/workload/full-yaml.ts
var import_dist = require_dist();
const MAX_DEPTH$2 = 128;
/** Opened collections, keys and values that are being read at once. */
const MAX_STACK = 512;
const NESTED = "it is nested too deeply.";
/** YAML 1.1 and 1.2 see different lines here, and Kubernetes reads 1.1: what one takes for a comment is a key for the other. */
const ODD_BREAK = /\r(?!\n)|[\u0085\u2028\u2029]/;
/** Reads one document with the `yaml` package. `base` is the index of `text` in the file; the same key twice is allowed where a template may write either. */
function readFullYaml(text, base, isTemplate) {
	const odd = ODD_BREAK.exec(text);
	if (odd !== null) {
		const message = `U+${odd[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")} ends a line for some readers of YAML and not for others.`;
		return { flaw: {
			at: base + odd.index,
			message
		} };
	}
	try {
		const [document, second] = [...composeDocuments(text)];
		if (document === void 0) return { root: void 0 };
		const [error] = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
		if (error !== void 0) throw new Unreadable(placeOf$1(error, document, text), `${error.message.replace(/\.?$/, "")}.`);
		if (second !== void 0) throw new Unreadable(second.range[0], "a second document begins in the middle of one.");
		return { root: convertDocument(document, text, base, isTemplate) };
	} catch (error) {
		if (error instanceof Unreadable) return { flaw: {
			at: base + error.at,
			message: error.message
		} };
		return { flaw: {
			at: base,
			message: "it cannot be read as YAML."
		} };
	}
}
var Unreadable = class extends Error {
	at;
	constructor(at, message) {
		super(message);
		this.at = at;
	}
};
/** Where an error is told: what has no end, where it begins; nothing behind the last line that has something. */
function placeOf$1({ code, pos: [at] }, document, text) {
	let start = Math.min(at, text.trimEnd().length);
	if (code !== "MISSING_CHAR") return start;
	(0, import_dist.visit)(document, { Node: (_, node) => {
		const [from = at, to = -1] = "range" in node ? node.range ?? [] : [];
		if (((0, import_dist.isScalar)(node) && /^QUOTE/.test(node.type ?? "") || (0, import_dist.isCollection)(node) && node.flow === true) && from < at && at <= to) start = from;
	} });
	return start;
}
function* composeDocuments(text) {
	yield* new import_dist.Composer({
		prettyErrors: false,
		schema: "failsafe",
		uniqueKeys: false,
		logLevel: "silent"
	}).compose(listTokens(text));
}
/** Signs that cannot stand where they are: a document with one is unreadable, and one with many takes long to find that out. */
const MAX_ERRORS = 10;
function* listTokens(text) {
	const parser = new import_dist.Parser();
	let errors = 0;
	for (const lexeme of new import_dist.Lexer().lex(text)) {
		for (const token of parser.next(lexeme)) {
			if (token.type === "error" && ++errors > MAX_ERRORS) throw new Unreadable(token.offset, token.message);
			yield token;
		}
		if (parser.stack.length > MAX_STACK) throw new Unreadable(parser.offset, NESTED);
	}
	yield* parser.end();
}
function convertDocument(document, source, base, isTemplate) {
	const anchors = /* @__PURE__ */ new Map();
	const convert = (node, at, depth) => {
		if (depth > MAX_DEPTH$2) throw new Unreadable(at - base, NESTED);
		if ((0, import_dist.isAlias)(node)) return convertAlias(node.source, rangeOf(node.range, base)[0]);
		if ((0, import_dist.isScalar)(node)) return keep(node.anchor, convertScalar(node, source, base));
		if ((0, import_dist.isMap)(node)) {
			const [start] = rangeOf(node.range, base);
			const pairs = [];
			const map = {
				kind: "map",
				start,
				isFlow: node.flow === true,
				pairs
			};
			keep(node.anchor, map);
			for (const pair of node.items) pairs.push(convertPair(pair, start, depth));
			if (!isTemplate) refuseTwins(pairs, base);
			return map;
		}
		if ((0, import_dist.isSeq)(node)) {
			const [start] = rangeOf(node.range, base);
			const items = [];
			const seq = {
				kind: "seq",
				start,
				items
			};
			keep(node.anchor, seq);
			for (const item of node.items) items.push(convert(item, start, depth + 1));
			return seq;
		}
		return {
			kind: "scalar",
			start: at,
			end: at,
			text: "",
			style: "plain",
			isVerbatim: false
		};
	};
	const keep = (anchor, node) => {
		if (anchor !== void 0) anchors.set(anchor, node);
		return node;
	};
	const convertAlias = (name, start) => {
		const target = anchors.get(name);
		if (target === void 0) throw new Unreadable(start - base, `the alias *${name} stands for nothing.`);
		return {
			kind: "alias",
			start,
			target
		};
	};
	const convertPair = (pair, at, depth) => {
		const key = convert(pair.key, at, depth + 1);
		const named = key.kind === "alias" ? key.target : key;
		const text = named.kind === "scalar" ? named.text : "";
		const isMerge = text === "<<" && named.kind === "scalar" && named.style === "plain";
		return {
			key: text,
			keyStart: key.start,
			value: convert(pair.value, key.start, depth + 1),
			isMerge
		};
	};
	return document.contents === null ? void 0 : convert(document.contents, base, 0);
}
function convertScalar(node, source, base) {
	let [start, end] = rangeOf(node.range, base);
	const text = String(node.value ?? "");
	if (node.tag === "tag:yaml.org,2002:binary") throw new Unreadable(start - base, "a text in base64 (!!binary) is not read.");
	if (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED") end = start + source.slice(start - base, end - base).trimEnd().length;
	if (start === end) {
		while (source[start - base - 1] === " ") start--;
		end = start;
	}
	const style = STYLES[node.type ?? ""] ?? "plain";
	const quotes = style === "plain" ? 0 : 2;
	const isVerbatim = style !== "literal" && style !== "folded" && end - start === text.length + quotes && !(style === "single" && text.includes("'"));
	const scalar = {
		kind: "scalar",
		start,
		end,
		text,
		style,
		isVerbatim: isVerbatim && !text.includes("\n")
	};
	return node.tag === void 0 ? scalar : {
		...scalar,
		tag: node.tag
	};
}
const STYLES = {
	PLAIN: "plain",
	QUOTE_SINGLE: "single",
	QUOTE_DOUBLE: "double",
	BLOCK_LITERAL: "literal",
	BLOCK_FOLDED: "folded"
};
function rangeOf(range, base) {
	return [base + (range?.[0] ?? 0), base + (range?.[1] ?? 0)];
}
function refuseTwins(pairs, base) {
	const seen = /* @__PURE__ */ new Set();
	for (const { key, keyStart, isMerge } of pairs) {
		if (seen.has(key) && !isMerge && key !== "") throw new Unreadable(keyStart - base, `the key ${JSON.stringify(key)} stands here twice.`);
		seen.add(key);
	}
}
// src/workload/simple-flow.ts
/** Thrown by the simple reader for what it leaves to the `yaml` package. */
const NOT_SIMPLE = Symbol("not simple");
const PLAIN$1 = /-*[A-Za-z0-9_./$+=~](?:[A-Za-z0-9_./$+=~@%*()<>;^-]|:(?=[A-Za-z0-9_./])| (?=[A-Za-z0-9_./$+=~-]))*|"[^"\\\r\n]*"|'[^'\r\n]*'(?!')/y;
const MAX_DEPTH$1 = 16;
const MAX_PAIRS = 64;
/** Reads `[a, "b"]` and `{a: b}` on one line; throws NOT_SIMPLE for any other flow collection. */
function readSimpleFlow(text, from) {
	let at = from;
	let depth = 0;
	const skip = () => {
		while (text.charCodeAt(at) === 32) at++;
	};
	const readScalar = () => {
		PLAIN$1.lastIndex = at;
		if (!PLAIN$1.test(text)) throw NOT_SIMPLE;
		const start = at;
		at = PLAIN$1.lastIndex;
		const quote = text[start];
		const style = quote === "\"" ? "double" : quote === "'" ? "single" : "plain";
		const inner = style === "plain" ? text.slice(start, at) : text.slice(start + 1, at - 1);
		return {
			kind: "scalar",
			start,
			end: at,
			text: inner,
			style,
			isVerbatim: true
		};
	};
	const readNode = () => {
		const first = text[at];
		return first === "[" || first === "{" ? readCollection(first) : readScalar();
	};
	const readPair = (pairs) => {
		const key = readScalar();
		if (key.kind !== "scalar" || text[at] !== ":" || text[at + 1] !== " ") throw NOT_SIMPLE;
		if (pairs.length > MAX_PAIRS || pairs.some((pair) => pair.key === key.text)) throw NOT_SIMPLE;
		at++;
		skip();
		return {
			key: key.text,
			keyStart: key.start,
			value: readNode(),
			isMerge: false
		};
	};
	const readCollection = (open) => {
		if (++depth > MAX_DEPTH$1) throw NOT_SIMPLE;
		const start = at++;
		const close = open === "[" ? "]" : "}";
		const items = [];
		const pairs = [];
		skip();
		while (text[at] !== close) {
			if (open === "[") items.push(readNode());
			else pairs.push(readPair(pairs));
			skip();
			if (text[at] === close) break;
			if (text[at] !== ",") throw NOT_SIMPLE;
			at++;
			skip();
			if (text[at] === close) throw NOT_SIMPLE;
		}
		at++;
		depth--;
		return open === "[" ? {
			kind: "seq",
			start,
			items
		} : {
			kind: "map",
			start,
			isFlow: true,
			pairs
		};
	};
	return {
		node: readCollection(text[from] === "[" ? "[" : "{"),
		end: at
	};
}
// src/workload/simple-yaml.ts
const KEY = /(?:([A-Za-z0-9_$./][\w$./@-]*)|"([^"\\\r\n]*)"|'([^'\r\n]*)'):(?=[ \r\n]|$)/y;
const QUOTED = /"[^"\\\r\n]*"|'[^'\r\n]*'(?!')/y;
const REST = / *(?: #[^\r\n]*)?(?=\r?\n|\r?$)/y;
const PLAIN = /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-[A-Za-z0-9-])[^\r\n]*/y;
const HEADER = /([|>])([+-]?)(?= *(?: #[^\r\n]*)?(?:\r?\n|\r?$))/y;
/** What only a reader of all of YAML may judge: tabs, marks of documents, lone CR, controls, line breaks of YAML 1.1. */
const STRANGE = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\r(?!\n)|^(?:\.\.\.|---|%)/m;
const MAX_DEPTH = 64;
const MAX_KEY = 512;
const FEW = 12;
/**
* Reads what most files are made of: block mappings and sequences, scalars on one line, short flow collections, literal blocks.
* Undefined for anything else, also what is wrong: the `yaml` package reads that. Ten times its speed, and the tests hold both to one answer.
*/
function readSimpleYaml(text, from, to) {
	const body = to === text.length ? text : text.slice(0, to);
	if (STRANGE.test(from === 0 && to === text.length ? text : text.slice(from, to))) return void 0;
	try {
		return readBody(body, from);
	} catch (error) {
		if (error === NOT_SIMPLE) return void 0;
		throw error;
	}
}
function readBody(text, from) {
	let next = from;
	let lineStart = from;
	let at = from;
	let indent = -1;
	let depth = 0;
	/** Goes to the next line that has something; `indent` is -1 after the last. */
	const advance = () => {
		while (next < text.length) {
			lineStart = next;
			at = next;
			while (text.charCodeAt(at) === 32) at++;
			const end = text.indexOf("\n", at);
			next = end < 0 ? text.length : end + 1;
			const first = text.charCodeAt(at);
			if (at >= text.length || first === 35 || first === 10 || first === 13) continue;
			indent = at - lineStart;
			return;
		}
		indent = -1;
	};
	const isDash = () => {
		if (text.charCodeAt(at) !== 45) return false;
		const after = text.charCodeAt(at + 1);
		return after === 32 || after === 10 || after === 13 || Number.isNaN(after);
	};
	const expectEnd = (end) => {
		REST.lastIndex = end;
		if (!REST.test(text)) throw NOT_SIMPLE;
	};
	const readBlock = () => {
		if (++depth > MAX_DEPTH) throw NOT_SIMPLE;
		const node = isDash() ? readSeq(indent) : readMap(indent);
		depth--;
		return node;
	};
	const readMap = (column) => {
		const start = at;
		const pairs = [];
		let seen;
		while (indent === column && !isDash()) {
			KEY.lastIndex = at;
			const match = KEY.exec(text);
			if (match === null) throw NOT_SIMPLE;
			const key = match[1] ?? match[2] ?? match[3] ?? "";
			const keyStart = at;
			if (pairs.length === FEW) seen = new Set(pairs.map((pair) => pair.key));
			if ((seen === void 0 ? pairs.some((pair) => pair.key === key) : seen.has(key)) || key.length > MAX_KEY) throw NOT_SIMPLE;
			seen?.add(key);
			const value = readValue(KEY.lastIndex, column, true);
			pairs.push({
				key,
				keyStart,
				value,
				isMerge: false
			});
		}
		if (pairs.length === 0 || indent >= column) throw NOT_SIMPLE;
		return {
			kind: "map",
			start,
			isFlow: false,
			pairs
		};
	};
	const readSeq = (column) => {
		const start = at;
		const items = [];
		while (indent === column && isDash()) {
			let inner = at + 1;
			while (text.charCodeAt(inner) === 32) inner++;
			KEY.lastIndex = inner;
			const isNested = text.charCodeAt(inner) === 45 && /[ \r\n]/.test(text[inner + 1] ?? "\n");
			let item;
			if (isNested || KEY.test(text)) {
				indent = inner - lineStart;
				at = inner;
				item = readBlock();
			} else item = readValue(at + 1, column, false);
			items.push(item);
		}
		if (indent > column) throw NOT_SIMPLE;
		return {
			kind: "seq",
			start,
			items
		};
	};
	const readValue = (after, column, isInMap) => {
		let start = after;
		while (text.charCodeAt(start) === 32) start++;
		const first = text[start] ?? "\n";
		if (first === "\n" || first === "\r" || first === "#" && start > after) {
			advance();
			if (indent > column || isInMap && indent === column && isDash()) return readBlock();
			return {
				kind: "scalar",
				start: after,
				end: after,
				text: "",
				style: "plain",
				isVerbatim: true
			};
		}
		if (first === "\"" || first === "'") {
			QUOTED.lastIndex = start;
			if (!QUOTED.test(text)) throw NOT_SIMPLE;
			const end = QUOTED.lastIndex;
			expectEnd(end);
			advance();
			const style = first === "\"" ? "double" : "single";
			return {
				kind: "scalar",
				start,
				end,
				text: text.slice(start + 1, end - 1),
				style,
				isVerbatim: true
			};
		}
		if (first === "[" || first === "{") {
			const { node, end } = readSimpleFlow(text, start);
			expectEnd(end);
			advance();
			return node;
		}
		if (first === "|" || first === ">") return readBlockScalar(start, column);
		return readPlain(start, column);
	};
	const readPlain = (start, column) => {
		PLAIN.lastIndex = start;
		if (!PLAIN.test(text)) throw NOT_SIMPLE;
		const line = text.slice(start, PLAIN.lastIndex);
		const comment = line.indexOf(" #");
		let value = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
		if (isMapping(value)) throw NOT_SIMPLE;
		let end = start + value.length;
		let following = next;
		advance();
		const isLong = indent > column;
		while (indent > column) {
			if (comment >= 0 || lineStart !== following) throw NOT_SIMPLE;
			const more = text.slice(at, next).trimEnd();
			if (isMapping(more) || more.includes(" #")) throw NOT_SIMPLE;
			value += ` ${more}`;
			end = at + more.length;
			following = next;
			advance();
		}
		return {
			kind: "scalar",
			start,
			end,
			text: value,
			style: "plain",
			isVerbatim: !isLong
		};
	};
	const readBlockScalar = (start, column) => {
		HEADER.lastIndex = start;
		const header = HEADER.exec(text);
		if (header === null) throw NOT_SIMPLE;
		const lines = [];
		let own = -1;
		const from = next;
		while (next < text.length) {
			const newline = text.indexOf("\n", next);
			const lineEnd = newline < 0 ? text.length : newline;
			let inner = next;
			while (text.charCodeAt(inner) === 32) inner++;
			const width = inner - next;
			const isBlank = inner >= lineEnd || text.charCodeAt(inner) === 13 && inner + 1 === lineEnd;
			if (isBlank && own < 0) throw NOT_SIMPLE;
			if (!isBlank) {
				if (width <= column) break;
				if (own < 0) own = width;
				if (width < own) throw NOT_SIMPLE;
			}
			lines.push(text.slice(Math.min(next + own, lineEnd), lineEnd).replace(/\r$/, ""));
			next = newline < 0 ? text.length : newline + 1;
		}
		if (own < 0 || header[2] === "+") throw NOT_SIMPLE;
		while (lines.at(-1) === "") lines.pop();
		if (header[1] === ">" && lines.length > 1) throw NOT_SIMPLE;
		const end = from + text.slice(from, next).trimEnd().length;
		advance();
		return {
			kind: "scalar",
			start,
			end,
			text: lines.join("\n") + (header[2] === "-" ? "" : "\n"),
			style: header[1] === ">" ? "folded" : "literal",
			isVerbatim: false
		};
	};
	advance();
	if (indent < 0) throw NOT_SIMPLE;
	const root = readBlock();
	if (indent >= 0) throw NOT_SIMPLE;
	return root;
}
function isMapping(value) {
	return value.includes(": ") || value.endsWith(":");
}
// src/workload/yaml-documents.ts
/** A line that ends a document, whatever it stands in; https://yaml.org/spec/1.2.2/#rule-c-forbidden */
const MARK = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;
const BARE_MARK = /---[ ]*(?=\r?\n)/y;
/** Nothing that names an image is written without one of these; an escape could spell any of them. */
const HOLDS_IMAGE = /image|build|include|extends|repo|docker|binary|%TAG|!<|\\/i;
/** A document that names no image is read only to say whether it can be; a long one that is not simple is not worth it. */
const MAX_IDLE = 65536;
/** Reads every document of a YAML file between two indices; what is wrong with one stays in it. */
function readDocuments(text, from, to) {
	return splitDocuments(text, from, to).flatMap(([start, end]) => readDocument$1(text, start, end) ?? []);
}
function splitDocuments(text, from, to) {
	const chunks = [];
	const body = text.length === to ? text : text.slice(0, to);
	let start = from;
	MARK.lastIndex = from;
	for (let match = MARK.exec(body); match !== null; match = MARK.exec(body)) {
		const isEnd = match[0] === "...";
		const cut = isEnd ? match.index + 3 : match.index;
		if (isEnd || !isPrelude(text.slice(start, cut))) {
			chunks.push([start, cut]);
			start = cut;
		}
	}
	chunks.push([start, to]);
	return chunks;
}
function isPrelude(text) {
	return /^(?:[ \t]*(?:#.*)?\r?\n|%.*\r?\n|\ufeff)*$/.test(text);
}
function readDocument$1(text, start, end) {
	BARE_MARK.lastIndex = start;
	const simple = readSimpleYaml(text, BARE_MARK.test(text) ? BARE_MARK.lastIndex : start, end);
	if (simple !== void 0) return { root: simple };
	const chunk = text.slice(start, end);
	if (chunk.length > MAX_IDLE && !HOLDS_IMAGE.test(chunk)) return void 0;
	const plain = readFullYaml(chunk, start, false);
	const read = "flaw" in plain && isTemplate(chunk) ? readFullYaml(maskTemplate(chunk), start, true) : plain;
	if ("flaw" in read) return read;
	return read.root === void 0 ? void 0 : { root: read.root };
}
// src/workload/patch-images.ts
/** Reads a patch that stands as a text in another file: a literal block is YAML at its own depth, so that every index stays. */
function findPatchImages(met, into) {
	const { node } = met;
	const { text } = into.file;
	if (node.style === "plain" || !/image/i.test(node.text)) return;
	if (node.style !== "literal") {
		into.addFlaw(node.start, "a patch that names an image is read only as a literal block: write `|`.");
		return;
	}
	const from = text.indexOf("\n", node.start) + 1;
	for (const document of readDocuments(text, from, Math.max(from, node.end))) if ("flaw" in document) into.addFlaw(document.flaw.at, document.flaw.message);
	else {
		const { root } = document;
		into.readAs(root, "kustomize", `${formatPath(met.path)}: `, () => findInPatch$1(root, into));
	}
}
function findInPatch$1(root, into) {
	const walker = createWalker();
	const met = meetRoot(root);
	if (met === void 0) return;
	if (isJsonPatch(met, walker)) findJsonPatchImages(met, walker, into);
	else findKubernetesImages(met, walker, into);
}
/** The root of a document; an alias cannot be one. */
function meetRoot(root) {
	return root.kind === "alias" ? void 0 : {
		node: root,
		path: void 0
	};
}
/** True for a list of `{op, path}`; https://www.rfc-editor.org/rfc/rfc6902 */
function isJsonPatch(met, walker) {
	return walker.listItems(met).some((item) => {
		const keys = walker.listEntries(item).map(({ key }) => key);
		return keys.includes("op") && keys.includes("path");
	});
}
/** Reads a JSON patch: the images and containers that it puts in. */
function findJsonPatchImages(met, walker, into) {
	const operations = walker.listItems(met).map((item) => walker.listEntries(item));
	for (const entries of operations) {
		const path = entries.find(({ key }) => key === "path")?.node;
		const value = entries.find(({ key }) => key === "value");
		if (path?.kind !== "scalar" || value === void 0) continue;
		addPatched(path.text.split("/").filter((step) => !/^(?:\d+|-)$/.test(step)), value, walker, into);
	}
}
/** `steps` is where the value goes, without places in lists. */
function addPatched(steps, value, walker, into) {
	const last = steps.at(-1) ?? "";
	const isImage = last === "image" || last === "reference" && steps.at(-2) === "image";
	if (value.node.kind === "scalar") {
		if (isImage) into.addReference(value);
	} else if (CONTAINERS.has(last) && value.node.kind === "seq") for (const item of walker.listItems(value)) addContainer(item, walker, into);
	else if (CONTAINERS.has(last)) addContainer(value, walker, into);
	else findKubernetesImages(value, walker, into);
}
// src/workload/kustomize-images.ts
const PATCHES = /* @__PURE__ */ new Set([
	"patches",
	"patchesJson6902",
	"patchesStrategicMerge"
]);
const CHARTS = /* @__PURE__ */ new Set(["helmCharts", "helmChartInflationGenerator"]);
/** Reads a kustomization: `images`, patches in place, values of charts in place; https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/ */
function findKustomizeImages(root, walker, into) {
	for (const entry of walker.listEntries(root)) {
		const items = walker.listItems(entry);
		if (entry.key === "imageTag") addKustomizeImage(entry, walker, into);
		else if (entry.key === "images") for (const item of items) addKustomizeImage(item, walker, into);
		else if (PATCHES.has(entry.key)) for (const item of items) findInPatch(item, walker, into);
		else if (CHARTS.has(entry.key)) {
			const values = items.flatMap((item) => walker.listEntries(item)).filter(({ key }) => key === "valuesInline");
			for (const value of values) findHelmImages(value, walker, into, { isImage: () => true });
		}
	}
}
/** A patch is a text of its own, alone or under `patch`. */
function findInPatch(met, walker, into) {
	const { node } = met;
	if (node.kind === "scalar") {
		if (node.style !== "plain") findPatchImages({
			...met,
			node
		}, into);
		return;
	}
	for (const entry of walker.listEntries(met)) if (entry.key === "patch" && entry.node.kind === "scalar") findPatchImages({
		...entry,
		node: entry.node
	}, into);
}
// src/workload/find-images.ts
const DOCKERFILE = /^(?:(?:docker|container)file(?:\.(?!dockerignore$|md$).+)?|.+\.(?:docker|container)file)$/i;
const COMPOSE = /^(?:docker-)?compose.*\.ya?ml$/i;
const KUSTOMIZATION = /^kustomization(?:\.ya?ml)?$/i;
const VALUES = /^(?:.*[-_.])?values(?:[-_.].*)?\.ya?ml$|\/values\/[^/]*\.ya?ml$/i;
const YAML = /\.(?:ya?ml|json|tpl)$|(?:^|\/)kustomization$/i;
const YAML_INSIDE = /^(?:apiVersion|services|kind):/m;
/**
* Finds every place where a file names an image, told by its name and by what each document holds: Compose, Kubernetes, kustomize, Helm values, Dockerfiles.
* Any other YAML counts for the images of Helm's form in it. Never throws: what cannot be read is a flaw at its line, and the other documents are still read.
*/
function findImages(name, bytes) {
	const file = decodeFile(bytes);
	if (typeof file === "string") return {
		uses: [],
		flaws: [{
			file: name,
			line: 1,
			column: 1,
			message: file
		}],
		links: []
	};
	const into = createCollector(name, file);
	const path = name.replaceAll("\\", "/");
	const base = path.slice(path.lastIndexOf("/") + 1);
	if (DOCKERFILE.test(base)) {
		const whole = {
			kind: "seq",
			start: file.start,
			items: []
		};
		into.readAs(whole, "dockerfile", "", () => findDockerfileImages(file.start, file.text.length, into));
	} else if (YAML.test(path) || YAML_INSIDE.test(file.text)) for (const document of readDocuments(file.text, file.start, file.text.length)) if ("flaw" in document) into.addFlaw(document.flaw.at, document.flaw.message);
	else readDocument(document.root, path, base, into);
	return into.finish();
}
function readDocument(root, path, base, into) {
	const met = meetRoot(root);
	if (met === void 0) return;
	const walker = createWalker();
	try {
		const entries = walker.listEntries(met);
		const readWith = (format, read) => into.readAs(root, format, "", () => read(met, walker, into));
		const readHelm = () => {
			const isImage = VALUES.test(path) ? () => true : looksLikeImage;
			into.readAs(root, "helm", "", () => findHelmImages(met, walker, into, helmRule(entries, walker, isImage)));
		};
		if (isKustomization(entries, base)) readWith("kustomize", findKustomizeImages);
		else if (isKubernetes(entries)) {
			readWith("kubernetes", findKubernetesImages);
			if (VALUES.test(path)) readHelm();
		} else if (isCompose(entries, path, base)) readWith("compose", findComposeImages);
		else if (isJsonPatch(met, walker)) readWith("kustomize", findJsonPatchImages);
		else readHelm();
	} catch (error) {
		if (!(error instanceof TooManyAliases)) throw error;
		into.addFlaw(root.start, "its aliases are too many, or lead round in a circle: write them out.");
	}
}
function isKustomization(entries, base) {
	const apiVersion = readText(entries, "apiVersion");
	const kind = readText(entries, "kind");
	if (apiVersion?.startsWith("kustomize.config.k8s.io/") || kind === "ImageTagTransformer") return true;
	return apiVersion === void 0 && (kind === "Kustomization" || kind === "Component" || KUSTOMIZATION.test(base));
}
function isKubernetes(entries) {
	return readText(entries, "kind") !== void 0 && entries.some(({ key }) => key === "items") || readText(entries, "apiVersion") !== void 0;
}
function isCompose(entries, path, base) {
	if (COMPOSE.test(base)) return true;
	return !VALUES.test(path) && entries.some(({ key, node }) => key === "services" && node.kind === "map");
}
function helmRule(entries, walker, isImage) {
	const global = entries.find(({ key }) => key === "global");
	const registry = global && readText(walker.listEntries(global), "imageRegistry");
	return registry ? {
		isImage,
		registry
	} : { isImage };
}
function readText(entries, key) {
	const node = entries.find((entry) => entry.key === key)?.node;
	return node?.kind === "scalar" ? node.text : void 0;
}
/** In a file that may be anything, an image key counts when a registry, a tag, a digest or a variable is in its text. */
function looksLikeImage(text) {
	if (hasVariable(text)) return true;
	if (/\s|:\/\//.test(text) || /^[./@:]/.test(text)) return false;
	const { repository, tag, digest } = splitWritten(text);
	return tag !== void 0 || digest !== void 0 || splitRegistry(repository).registry !== void 0;
}
// node_modules/fdir/dist/index.mjs
var __require = /* @__PURE__ */ createRequire(import.meta.url);
function cleanPath(path) {
	let normalized = normalize(path);
	if (normalized.length > 1 && normalized[normalized.length - 1] === sep$1) normalized = normalized.substring(0, normalized.length - 1);
	return normalized;
}
const SLASHES_REGEX = /[\\/]/g;
function convertSlashes(path, separator) {
	return path.replace(SLASHES_REGEX, separator);
}
const WINDOWS_ROOT_DIR_REGEX = /^[a-z]:[\\/]$/i;
function isRootDirectory(path) {
	return path === "/" || WINDOWS_ROOT_DIR_REGEX.test(path);
}
function normalizePath(path, options) {
	const { resolvePaths, normalizePath: normalizePath$1, pathSeparator } = options;
	const pathNeedsCleaning = process.platform === "win32" && path.includes("/") || path.startsWith(".");
	if (resolvePaths) path = resolve$1(path);
	if (normalizePath$1 || pathNeedsCleaning) path = cleanPath(path);
	if (path === ".") return "";
	return convertSlashes(path[path.length - 1] !== pathSeparator ? path + pathSeparator : path, pathSeparator);
}
function joinPathWithBasePath(filename, directoryPath) {
	return directoryPath + filename;
}
function joinPathWithRelativePath(root, options) {
	return function(filename, directoryPath) {
		if (directoryPath.startsWith(root)) return directoryPath.slice(root.length) + filename;
		else return convertSlashes(relative$1(root, directoryPath), options.pathSeparator) + options.pathSeparator + filename;
	};
}
function joinPath(filename) {
	return filename;
}
function joinDirectoryPath(filename, directoryPath, separator) {
	return directoryPath + filename + separator;
}
function build$7(root, options) {
	const { relativePaths, includeBasePath } = options;
	return relativePaths && root ? joinPathWithRelativePath(root, options) : includeBasePath ? joinPathWithBasePath : joinPath;
}
function pushDirectoryWithRelativePath(root) {
	return function(directoryPath, paths) {
		paths.push(directoryPath.substring(root.length) || ".");
	};
}
function pushDirectoryFilterWithRelativePath(root) {
	return function(directoryPath, paths, filters) {
		const relativePath = directoryPath.substring(root.length) || ".";
		if (filters.every((filter) => filter(relativePath, true))) paths.push(relativePath);
	};
}
const pushDirectory = (directoryPath, paths) => {
	paths.push(directoryPath || ".");
};
const pushDirectoryFilter = (directoryPath, paths, filters) => {
	const path = directoryPath || ".";
	if (filters.every((filter) => filter(path, true))) paths.push(path);
};
const empty$2 = () => {};
function build$6(root, options) {
	const { includeDirs, filters, relativePaths } = options;
	if (!includeDirs) return empty$2;
	if (relativePaths) return filters && filters.length ? pushDirectoryFilterWithRelativePath(root) : pushDirectoryWithRelativePath(root);
	return filters && filters.length ? pushDirectoryFilter : pushDirectory;
}
const pushFileFilterAndCount = (filename, _paths, counts, filters) => {
	if (filters.every((filter) => filter(filename, false))) counts.files++;
};
const pushFileFilter = (filename, paths, _counts, filters) => {
	if (filters.every((filter) => filter(filename, false))) paths.push(filename);
};
const pushFileCount = (_filename, _paths, counts, _filters) => {
	counts.files++;
};
const pushFile = (filename, paths) => {
	paths.push(filename);
};
const empty$1 = () => {};
function build$5(options) {
	const { excludeFiles, filters, onlyCounts } = options;
	if (excludeFiles) return empty$1;
	if (filters && filters.length) return onlyCounts ? pushFileFilterAndCount : pushFileFilter;
	else if (onlyCounts) return pushFileCount;
	else return pushFile;
}
const getArray = (paths) => {
	return paths;
};
const getArrayGroup = () => {
	return [""].slice(0, 0);
};
function build$4(options) {
	return options.group ? getArrayGroup : getArray;
}
const groupFiles = (groups, directory, files) => {
	groups.push({
		directory,
		files,
		dir: directory
	});
};
const empty = () => {};
function build$3(options) {
	return options.group ? groupFiles : empty;
}
const resolveSymlinksAsync = function(path, state, callback$1) {
	const { queue, fs, options: { suppressErrors } } = state;
	queue.enqueue();
	fs.realpath(path, (error, resolvedPath) => {
		if (error) return queue.dequeue(suppressErrors ? null : error, state);
		fs.stat(resolvedPath, (error$1, stat) => {
			if (error$1) return queue.dequeue(suppressErrors ? null : error$1, state);
			if (stat.isDirectory() && isRecursive(path, resolvedPath, state)) return queue.dequeue(null, state);
			callback$1(stat, resolvedPath);
			queue.dequeue(null, state);
		});
	});
};
const resolveSymlinks = function(path, state, callback$1) {
	const { queue, fs, options: { suppressErrors } } = state;
	queue.enqueue();
	try {
		const resolvedPath = fs.realpathSync(path);
		const stat = fs.statSync(resolvedPath);
		if (stat.isDirectory() && isRecursive(path, resolvedPath, state)) return;
		callback$1(stat, resolvedPath);
	} catch (e) {
		if (!suppressErrors) throw e;
	}
};
function build$2(options, isSynchronous) {
	if (!options.resolveSymlinks || options.excludeSymlinks) return null;
	return isSynchronous ? resolveSymlinks : resolveSymlinksAsync;
}
function isRecursive(path, resolved, state) {
	if (state.options.useRealPaths) return isRecursiveUsingRealPaths(resolved, state);
	let parent = dirname$1(path);
	let depth = 1;
	while (parent !== state.root && depth < 2) {
		const resolvedPath = state.symlinks.get(parent);
		if (!!resolvedPath && (resolvedPath === resolved || resolvedPath.startsWith(resolved) || resolved.startsWith(resolvedPath))) depth++;
		else parent = dirname$1(parent);
	}
	state.symlinks.set(path, resolved);
	return depth > 1;
}
function isRecursiveUsingRealPaths(resolved, state) {
	return state.visited.includes(resolved + state.options.pathSeparator);
}
const onlyCountsSync = (state) => {
	return state.counts;
};
const groupsSync = (state) => {
	return state.groups;
};
const defaultSync = (state) => {
	return state.paths;
};
const limitFilesSync = (state) => {
	return state.paths.slice(0, state.options.maxFiles);
};
const onlyCountsAsync = (state, error, callback$1) => {
	report(error, callback$1, state.counts, state.options.suppressErrors);
	return null;
};
const defaultAsync = (state, error, callback$1) => {
	report(error, callback$1, state.paths, state.options.suppressErrors);
	return null;
};
const limitFilesAsync = (state, error, callback$1) => {
	report(error, callback$1, state.paths.slice(0, state.options.maxFiles), state.options.suppressErrors);
	return null;
};
const groupsAsync = (state, error, callback$1) => {
	report(error, callback$1, state.groups, state.options.suppressErrors);
	return null;
};
function report(error, callback$1, output, suppressErrors) {
	if (error && !suppressErrors) callback$1(error, output);
	else callback$1(null, output);
}
function build$1(options, isSynchronous) {
	const { onlyCounts, group, maxFiles } = options;
	if (onlyCounts) return isSynchronous ? onlyCountsSync : onlyCountsAsync;
	else if (group) return isSynchronous ? groupsSync : groupsAsync;
	else if (maxFiles) return isSynchronous ? limitFilesSync : limitFilesAsync;
	else return isSynchronous ? defaultSync : defaultAsync;
}
const readdirOpts = { withFileTypes: true };
const walkAsync = (state, crawlPath, directoryPath, currentDepth, callback$1) => {
	state.queue.enqueue();
	if (currentDepth < 0) return state.queue.dequeue(null, state);
	const { fs } = state;
	state.visited.push(crawlPath);
	state.counts.directories++;
	fs.readdir(crawlPath || ".", readdirOpts, (error, entries = []) => {
		callback$1(entries, directoryPath, currentDepth);
		state.queue.dequeue(state.options.suppressErrors ? null : error, state);
	});
};
const walkSync = (state, crawlPath, directoryPath, currentDepth, callback$1) => {
	const { fs } = state;
	if (currentDepth < 0) return;
	state.visited.push(crawlPath);
	state.counts.directories++;
	let entries = [];
	try {
		entries = fs.readdirSync(crawlPath || ".", readdirOpts);
	} catch (e) {
		if (!state.options.suppressErrors) throw e;
	}
	callback$1(entries, directoryPath, currentDepth);
};
function build(isSynchronous) {
	return isSynchronous ? walkSync : walkAsync;
}
/**
* This is a custom stateless queue to track concurrent async fs calls.
* It increments a counter whenever a call is queued and decrements it
* as soon as it completes. When the counter hits 0, it calls onQueueEmpty.
*/
var Queue = class {
	count = 0;
	constructor(onQueueEmpty) {
		this.onQueueEmpty = onQueueEmpty;
	}
	enqueue() {
		this.count++;
		return this.count;
	}
	dequeue(error, output) {
		if (this.onQueueEmpty && (--this.count <= 0 || error)) {
			this.onQueueEmpty(error, output);
			if (error) {
				output.controller.abort();
				this.onQueueEmpty = void 0;
			}
		}
	}
};
var Counter = class {
	_files = 0;
	_directories = 0;
	set files(num) {
		this._files = num;
	}
	get files() {
		return this._files;
	}
	set directories(num) {
		this._directories = num;
	}
	get directories() {
		return this._directories;
	}
	/**
	* @deprecated use `directories` instead
	*/
	/* c8 ignore next 3 */
	get dirs() {
		return this._directories;
	}
};
/**
* AbortController is not supported on Node 14 so we use this until we can drop
* support for Node 14.
*/
var Aborter = class {
	aborted = false;
	abort() {
		this.aborted = true;
	}
};
var Walker = class {
	root;
	isSynchronous;
	state;
	joinPath;
	pushDirectory;
	pushFile;
	getArray;
	groupFiles;
	resolveSymlink;
	walkDirectory;
	callbackInvoker;
	constructor(root, options, callback$1) {
		this.isSynchronous = !callback$1;
		this.callbackInvoker = build$1(options, this.isSynchronous);
		this.root = normalizePath(root, options);
		this.state = {
			root: isRootDirectory(this.root) ? this.root : this.root.slice(0, -1),
			paths: [""].slice(0, 0),
			groups: [],
			counts: new Counter(),
			options,
			queue: new Queue((error, state) => this.callbackInvoker(state, error, callback$1)),
			symlinks: /* @__PURE__ */ new Map(),
			visited: [""].slice(0, 0),
			controller: new Aborter(),
			fs: options.fs || nativeFs
		};
		this.joinPath = build$7(this.root, options);
		this.pushDirectory = build$6(this.root, options);
		this.pushFile = build$5(options);
		this.getArray = build$4(options);
		this.groupFiles = build$3(options);
		this.resolveSymlink = build$2(options, this.isSynchronous);
		this.walkDirectory = build(this.isSynchronous);
	}
	start() {
		this.pushDirectory(this.root, this.state.paths, this.state.options.filters);
		this.walkDirectory(this.state, this.root, this.root, this.state.options.maxDepth, this.walk);
		return this.isSynchronous ? this.callbackInvoker(this.state, null) : null;
	}
	walk = (entries, directoryPath, depth) => {
		const { paths, options: { filters, resolveSymlinks: resolveSymlinks$1, excludeSymlinks, exclude, maxFiles, signal, useRealPaths, pathSeparator }, controller } = this.state;
		if (controller.aborted || signal && signal.aborted || maxFiles && paths.length > maxFiles) return;
		const files = this.getArray(this.state.paths);
		for (let i = 0; i < entries.length; ++i) {
			const entry = entries[i];
			if (entry.isFile() || entry.isSymbolicLink() && !resolveSymlinks$1 && !excludeSymlinks) {
				const filename = this.joinPath(entry.name, directoryPath);
				this.pushFile(filename, files, this.state.counts, filters);
			} else if (entry.isDirectory()) {
				let path = joinDirectoryPath(entry.name, directoryPath, this.state.options.pathSeparator);
				if (exclude && exclude(entry.name, path)) continue;
				this.pushDirectory(path, paths, filters);
				this.walkDirectory(this.state, path, path, depth - 1, this.walk);
			} else if (this.resolveSymlink && entry.isSymbolicLink()) {
				let path = joinPathWithBasePath(entry.name, directoryPath);
				this.resolveSymlink(path, this.state, (stat, resolvedPath) => {
					if (stat.isDirectory()) {
						resolvedPath = normalizePath(resolvedPath, this.state.options);
						if (exclude && exclude(entry.name, useRealPaths ? resolvedPath : path + pathSeparator)) return;
						this.walkDirectory(this.state, resolvedPath, useRealPaths ? resolvedPath : path + pathSeparator, depth - 1, this.walk);
					} else {
						resolvedPath = useRealPaths ? resolvedPath : path;
						const filename = basename$1(resolvedPath);
						const directoryPath$1 = normalizePath(dirname$1(resolvedPath), this.state.options);
						resolvedPath = this.joinPath(filename, directoryPath$1);
						this.pushFile(resolvedPath, files, this.state.counts, filters);
					}
				});
			}
		}
		this.groupFiles(this.state.groups, directoryPath, files);
	};
};
function promise(root, options) {
	return new Promise((resolve$1, reject) => {
		callback(root, options, (err, output) => {
			if (err) return reject(err);
			resolve$1(output);
		});
	});
}
function callback(root, options, callback$1) {
	new Walker(root, options, callback$1).start();
}
function sync(root, options) {
	return new Walker(root, options).start();
}
var APIBuilder = class {
	constructor(root, options) {
		this.root = root;
		this.options = options;
	}
	withPromise() {
		return promise(this.root, this.options);
	}
	withCallback(cb) {
		callback(this.root, this.options, cb);
	}
	sync() {
		return sync(this.root, this.options);
	}
};
let pm = null;
/* c8 ignore next 6 */
try {
	__require.resolve("picomatch");
	pm = __require("picomatch");
} catch {}
var Builder = class {
	globCache = {};
	options = {
		maxDepth: Infinity,
		suppressErrors: true,
		pathSeparator: sep$1,
		filters: []
	};
	globFunction;
	constructor(options) {
		this.options = {
			...this.options,
			...options
		};
		this.globFunction = this.options.globFunction;
	}
	group() {
		this.options.group = true;
		return this;
	}
	withPathSeparator(separator) {
		this.options.pathSeparator = separator;
		return this;
	}
	withBasePath() {
		this.options.includeBasePath = true;
		return this;
	}
	withRelativePaths() {
		this.options.relativePaths = true;
		return this;
	}
	withDirs() {
		this.options.includeDirs = true;
		return this;
	}
	withMaxDepth(depth) {
		this.options.maxDepth = depth;
		return this;
	}
	withMaxFiles(limit) {
		this.options.maxFiles = limit;
		return this;
	}
	withFullPaths() {
		this.options.resolvePaths = true;
		this.options.includeBasePath = true;
		return this;
	}
	withErrors() {
		this.options.suppressErrors = false;
		return this;
	}
	withSymlinks({ resolvePaths = true } = {}) {
		this.options.resolveSymlinks = true;
		this.options.useRealPaths = resolvePaths;
		return this.withFullPaths();
	}
	withAbortSignal(signal) {
		this.options.signal = signal;
		return this;
	}
	normalize() {
		this.options.normalizePath = true;
		return this;
	}
	filter(predicate) {
		this.options.filters.push(predicate);
		return this;
	}
	onlyDirs() {
		this.options.excludeFiles = true;
		this.options.includeDirs = true;
		return this;
	}
	exclude(predicate) {
		this.options.exclude = predicate;
		return this;
	}
	onlyCounts() {
		this.options.onlyCounts = true;
		return this;
	}
	crawl(root) {
		return new APIBuilder(root || ".", this.options);
	}
	withGlobFunction(fn) {
		this.globFunction = fn;
		return this;
	}
	/**
	* @deprecated Pass options using the constructor instead:
	* ```ts
	* new fdir(options).crawl("/path/to/root");
	* ```
	* This method will be removed in v7.0
	*/
	/* c8 ignore next 4 */
	crawlWithOptions(root, options) {
		this.options = {
			...this.options,
			...options
		};
		return new APIBuilder(root || ".", this.options);
	}
	glob(...patterns) {
		if (this.globFunction) return this.globWithOptions(patterns);
		return this.globWithOptions(patterns, ...[{ dot: true }]);
	}
	globWithOptions(patterns, ...options) {
		const globFn = this.globFunction || pm;
		/* c8 ignore next 5 */
		if (!globFn) throw new Error("Please specify a glob function to use glob matching.");
		var isMatch = this.globCache[patterns.join("\0")];
		if (!isMatch) {
			isMatch = globFn(patterns, ...options);
			this.globCache[patterns.join("\0")] = isMatch;
		}
		this.options.filters.push((path) => isMatch(path));
		return this;
	}
};
// node_modules/picomatch/lib/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const WIN_SLASH = "\\\\/";
	const WIN_NO_SLASH = `[^${WIN_SLASH}]`;
	const DEFAULT_MAX_EXTGLOB_RECURSION = 0;
	/**
	* Posix glob regex
	*/
	const DOT_LITERAL = "\\.";
	const PLUS_LITERAL = "\\+";
	const QMARK_LITERAL = "\\?";
	const SLASH_LITERAL = "\\/";
	const ONE_CHAR = "(?=.)";
	const QMARK = "[^/]";
	const END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
	const START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
	const DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
	const POSIX_CHARS = {
		DOT_LITERAL,
		PLUS_LITERAL,
		QMARK_LITERAL,
		SLASH_LITERAL,
		ONE_CHAR,
		QMARK,
		END_ANCHOR,
		DOTS_SLASH,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!${START_ANCHOR}${DOTS_SLASH})`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`,
		NO_DOTS_SLASH: `(?!${DOTS_SLASH})`,
		QMARK_NO_DOT: `[^.${SLASH_LITERAL}]`,
		STAR: `${QMARK}*?`,
		START_ANCHOR,
		SEP: "/"
	};
	/**
	* Windows glob regex
	*/
	const WINDOWS_CHARS = {
		...POSIX_CHARS,
		SLASH_LITERAL: `[${WIN_SLASH}]`,
		QMARK: WIN_NO_SLASH,
		STAR: `${WIN_NO_SLASH}*?`,
		DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
		NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
		START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
		END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
		SEP: "\\"
	};
	module.exports = {
		DEFAULT_MAX_EXTGLOB_RECURSION,
		MAX_LENGTH: 65536,
		POSIX_REGEX_SOURCE: {
			__proto__: null,
			alnum: "a-zA-Z0-9",
			alpha: "a-zA-Z",
			ascii: "\\x00-\\x7F",
			blank: " \\t",
			cntrl: "\\x00-\\x1F\\x7F",
			digit: "0-9",
			graph: "\\x21-\\x7E",
			lower: "a-z",
			print: "\\x20-\\x7E ",
			punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
			space: " \\t\\r\\n\\v\\f",
			upper: "A-Z",
			word: "A-Za-z0-9_",
			xdigit: "A-Fa-f0-9"
		},
		REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
		REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
		REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
		REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
		REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
		REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
		REPLACEMENTS: {
			__proto__: null,
			"***": "*",
			"**/**": "**",
			"**/**/**": "**"
		},
		CHAR_0: 48,
		CHAR_9: 57,
		CHAR_UPPERCASE_A: 65,
		CHAR_LOWERCASE_A: 97,
		CHAR_UPPERCASE_Z: 90,
		CHAR_LOWERCASE_Z: 122,
		CHAR_LEFT_PARENTHESES: 40,
		CHAR_RIGHT_PARENTHESES: 41,
		CHAR_ASTERISK: 42,
		CHAR_AMPERSAND: 38,
		CHAR_AT: 64,
		CHAR_BACKWARD_SLASH: 92,
		CHAR_CARRIAGE_RETURN: 13,
		CHAR_CIRCUMFLEX_ACCENT: 94,
		CHAR_COLON: 58,
		CHAR_COMMA: 44,
		CHAR_DOT: 46,
		CHAR_DOUBLE_QUOTE: 34,
		CHAR_EQUAL: 61,
		CHAR_EXCLAMATION_MARK: 33,
		CHAR_FORM_FEED: 12,
		CHAR_FORWARD_SLASH: 47,
		CHAR_GRAVE_ACCENT: 96,
		CHAR_HASH: 35,
		CHAR_HYPHEN_MINUS: 45,
		CHAR_LEFT_ANGLE_BRACKET: 60,
		CHAR_LEFT_CURLY_BRACE: 123,
		CHAR_LEFT_SQUARE_BRACKET: 91,
		CHAR_LINE_FEED: 10,
		CHAR_NO_BREAK_SPACE: 160,
		CHAR_PERCENT: 37,
		CHAR_PLUS: 43,
		CHAR_QUESTION_MARK: 63,
		CHAR_RIGHT_ANGLE_BRACKET: 62,
		CHAR_RIGHT_CURLY_BRACE: 125,
		CHAR_RIGHT_SQUARE_BRACKET: 93,
		CHAR_SEMICOLON: 59,
		CHAR_SINGLE_QUOTE: 39,
		CHAR_SPACE: 32,
		CHAR_TAB: 9,
		CHAR_UNDERSCORE: 95,
		CHAR_VERTICAL_LINE: 124,
		CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
		/**
		* Create EXTGLOB_CHARS
		*/
		extglobChars(chars) {
			return {
				"!": {
					type: "negate",
					open: "(?:(?!(?:",
					close: `))${chars.STAR})`
				},
				"?": {
					type: "qmark",
					open: "(?:",
					close: ")?"
				},
				"+": {
					type: "plus",
					open: "(?:",
					close: ")+"
				},
				"*": {
					type: "star",
					open: "(?:",
					close: ")*"
				},
				"@": {
					type: "at",
					open: "(?:",
					close: ")"
				}
			};
		},
		/**
		* Create GLOB_CHARS
		*/
		globChars(win32) {
			return win32 === true ? WINDOWS_CHARS : POSIX_CHARS;
		}
	};
}));
// node_modules/picomatch/lib/utils.js
var require_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { REGEX_BACKSLASH, REGEX_REMOVE_BACKSLASH, REGEX_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_GLOBAL } = require_constants();
	exports.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
	exports.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
	exports.isRegexChar = (str) => str.length === 1 && exports.hasRegexChars(str);
	exports.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
	exports.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
	exports.isWindows = () => {
		if (typeof navigator !== "undefined" && navigator.platform) {
			const platform = navigator.platform.toLowerCase();
			return platform === "win32" || platform === "windows";
		}
		if (typeof process !== "undefined" && process.platform) return process.platform === "win32";
		return false;
	};
	exports.removeBackslashes = (str) => {
		return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
			return match === "\\" ? "" : match;
		});
	};
	exports.escapeLast = (input, char, lastIdx) => {
		const idx = input.lastIndexOf(char, lastIdx);
		if (idx === -1) return input;
		if (input[idx - 1] === "\\") return exports.escapeLast(input, char, idx - 1);
		return `${input.slice(0, idx)}\\${input.slice(idx)}`;
	};
	exports.removePrefix = (input, state = {}) => {
		let output = input;
		if (output.startsWith("./")) {
			output = output.slice(2);
			state.prefix = "./";
		}
		return output;
	};
	exports.wrapOutput = (input, state = {}, options = {}) => {
		let output = `${options.contains ? "" : "^"}(?:${input})${options.contains ? "" : "$"}`;
		if (state.negated === true) output = `(?:^(?!${output}).*$)`;
		return output;
	};
	exports.basename = (path, { windows } = {}) => {
		const segs = path.split(windows ? /[\\/]/ : "/");
		const last = segs[segs.length - 1];
		if (last === "") return segs[segs.length - 2];
		return last;
	};
}));
// node_modules/picomatch/lib/scan.js
var require_scan = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const utils = require_utils();
	const { CHAR_ASTERISK, CHAR_AT, CHAR_BACKWARD_SLASH, CHAR_COMMA, CHAR_DOT, CHAR_EXCLAMATION_MARK, CHAR_FORWARD_SLASH, CHAR_LEFT_CURLY_BRACE, CHAR_LEFT_PARENTHESES, CHAR_LEFT_SQUARE_BRACKET, CHAR_PLUS, CHAR_QUESTION_MARK, CHAR_RIGHT_CURLY_BRACE, CHAR_RIGHT_PARENTHESES, CHAR_RIGHT_SQUARE_BRACKET } = require_constants();
	const isPathSeparator = (code) => {
		return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
	};
	const depth = (token) => {
		if (token.isPrefix !== true) token.depth = token.isGlobstar ? Infinity : 1;
	};
	/**
	* Quickly scans a glob pattern and returns an object with a handful of
	* useful properties, like `isGlob`, `path` (the leading non-glob, if it exists),
	* `glob` (the actual pattern), `negated` (true if the path starts with `!` but not
	* with `!(`) and `negatedExtglob` (true if the path starts with `!(`).
	*
	* ```js
	* const pm = require('picomatch');
	* console.log(pm.scan('foo/bar/*.js'));
	* { isGlob: true, input: 'foo/bar/*.js', base: 'foo/bar', glob: '*.js' }
	* ```
	* @param {String} `str`
	* @param {Object} `options`
	* @return {Object} Returns an object with tokens and regex source string.
	* @api public
	*/
	const scan = (input, options) => {
		const opts = options || {};
		const length = input.length - 1;
		const scanToEnd = opts.parts === true || opts.tokens === true || opts.scanToEnd === true;
		const slashes = [];
		const tokens = [];
		const parts = [];
		let str = input;
		let index = -1;
		let start = 0;
		let lastIndex = 0;
		let isBrace = false;
		let isBracket = false;
		let isGlob = false;
		let isExtglob = false;
		let isGlobstar = false;
		let braceEscaped = false;
		let backslashes = false;
		let negated = false;
		let negatedExtglob = false;
		let finished = false;
		let braces = 0;
		let prev;
		let code;
		let token = {
			value: "",
			depth: 0,
			isGlob: false
		};
		const eos = () => index >= length;
		const peek = () => str.charCodeAt(index + 1);
		const advance = () => {
			prev = code;
			return str.charCodeAt(++index);
		};
		while (index < length) {
			code = advance();
			let next;
			if (code === CHAR_BACKWARD_SLASH) {
				backslashes = token.backslashes = true;
				code = advance();
				if (code === CHAR_LEFT_CURLY_BRACE) braceEscaped = true;
				continue;
			}
			if (braceEscaped === true || code === CHAR_LEFT_CURLY_BRACE) {
				braces++;
				while (eos() !== true && (code = advance())) {
					if (code === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (code === CHAR_LEFT_CURLY_BRACE) {
						braces++;
						continue;
					}
					if (braceEscaped !== true && code === CHAR_DOT && (code = advance()) === CHAR_DOT) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (braceEscaped !== true && code === CHAR_COMMA) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (code === CHAR_RIGHT_CURLY_BRACE) {
						braces--;
						if (braces === 0) {
							braceEscaped = false;
							isBrace = token.isBrace = true;
							finished = true;
							break;
						}
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_FORWARD_SLASH) {
				slashes.push(index);
				tokens.push(token);
				token = {
					value: "",
					depth: 0,
					isGlob: false
				};
				if (finished === true) continue;
				if (prev === CHAR_DOT && index === start + 1) {
					start += 2;
					continue;
				}
				lastIndex = index + 1;
				continue;
			}
			if (opts.noext !== true) {
				if ((code === CHAR_PLUS || code === CHAR_AT || code === CHAR_ASTERISK || code === CHAR_QUESTION_MARK || code === CHAR_EXCLAMATION_MARK) === true && peek() === CHAR_LEFT_PARENTHESES) {
					isGlob = token.isGlob = true;
					isExtglob = token.isExtglob = true;
					finished = true;
					if (code === CHAR_EXCLAMATION_MARK && index === start) negatedExtglob = true;
					if (scanToEnd === true) {
						let parens = 0;
						while (eos() !== true && (code = advance())) {
							if (code === CHAR_BACKWARD_SLASH) {
								backslashes = token.backslashes = true;
								advance();
								continue;
							}
							if (code === CHAR_LEFT_PARENTHESES) {
								parens++;
								continue;
							}
							if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
								finished = true;
								break;
							}
						}
						continue;
					}
					break;
				}
			}
			if (code === CHAR_ASTERISK) {
				if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_QUESTION_MARK) {
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_LEFT_SQUARE_BRACKET) {
				while (eos() !== true && (next = advance())) {
					if (next === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (next === CHAR_RIGHT_SQUARE_BRACKET) {
						isBracket = token.isBracket = true;
						isGlob = token.isGlob = true;
						finished = true;
						break;
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start) {
				negated = token.negated = true;
				start++;
				continue;
			}
			if (opts.noparen !== true && code === CHAR_LEFT_PARENTHESES) {
				isGlob = token.isGlob = true;
				if (scanToEnd === true) {
					let parens = 1;
					while (eos() !== true && (code = advance())) {
						if (code === CHAR_BACKWARD_SLASH) {
							backslashes = token.backslashes = true;
							advance();
							continue;
						}
						if (code === CHAR_LEFT_PARENTHESES) {
							parens++;
							continue;
						}
						if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
							finished = true;
							break;
						}
					}
					continue;
				}
				break;
			}
			if (isGlob === true) {
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
		}
		if (opts.noext === true) {
			isExtglob = false;
			isGlob = false;
		}
		let base = str;
		let prefix = "";
		let glob = "";
		if (start > 0) {
			prefix = str.slice(0, start);
			str = str.slice(start);
			lastIndex -= start;
		}
		if (base && isGlob === true && lastIndex > 0) {
			base = str.slice(0, lastIndex);
			glob = str.slice(lastIndex);
		} else if (isGlob === true) {
			base = "";
			glob = str;
		} else base = str;
		if (base && base !== "" && base !== "/" && base !== str) {
			if (isPathSeparator(base.charCodeAt(base.length - 1))) base = base.slice(0, -1);
		}
		if (opts.unescape === true) {
			if (glob) glob = utils.removeBackslashes(glob);
			if (base && backslashes === true) base = utils.removeBackslashes(base);
		}
		const state = {
			prefix,
			input,
			start,
			base,
			glob,
			isBrace,
			isBracket,
			isGlob,
			isExtglob,
			isGlobstar,
			negated,
			negatedExtglob
		};
		if (opts.tokens === true) {
			state.maxDepth = 0;
			if (!isPathSeparator(code)) tokens.push(token);
			state.tokens = tokens;
		}
		if (opts.parts === true || opts.tokens === true) {
			let prevIndex;
			for (let idx = 0; idx < slashes.length; idx++) {
				const n = prevIndex !== void 0 ? prevIndex + 1 : start;
				const i = slashes[idx];
				const value = input.slice(n, i);
				if (opts.tokens) {
					if (idx === 0 && start !== 0) {
						tokens[idx].isPrefix = true;
						tokens[idx].value = prefix;
					} else tokens[idx].value = value;
					depth(tokens[idx]);
					state.maxDepth += tokens[idx].depth;
				}
				if (i >= start) {
					parts.push(value);
					prevIndex = i;
				}
			}
			const n = prevIndex !== void 0 ? prevIndex + 1 : start;
			const value = input.slice(n);
			parts.push(value);
			if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
				tokens[tokens.length - 1].value = value;
				depth(tokens[tokens.length - 1]);
				state.maxDepth += tokens[tokens.length - 1].depth;
			}
			state.slashes = slashes;
			state.parts = parts;
		}
		return state;
	};
	module.exports = scan;
}));
// node_modules/picomatch/lib/parse.js
var require_parse = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const constants = require_constants();
	const utils = require_utils();
	/**
	* Constants
	*/
	const { MAX_LENGTH, POSIX_REGEX_SOURCE, REGEX_NON_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_BACKREF, REPLACEMENTS } = constants;
	/**
	* Helpers
	*/
	const expandRange = (args, options) => {
		if (typeof options.expandRange === "function") return options.expandRange(...args, options);
		args.sort();
		const value = `[${args.join("-")}]`;
		try {
			new RegExp(value);
		} catch (ex) {
			return args.map((v) => utils.escapeRegex(v)).join("..");
		}
		return value;
	};
	/**
	* Create the message for a syntax error
	*/
	const syntaxError = (type, char) => {
		return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
	};
	const splitTopLevel = (input) => {
		const parts = [];
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let value = "";
		let escaped = false;
		for (const ch of input) {
			if (escaped === true) {
				value += ch;
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				value += ch;
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				value += ch;
				continue;
			}
			if (quote === 0) {
				if (ch === "[") bracket++;
				else if (ch === "]" && bracket > 0) bracket--;
				else if (bracket === 0) {
					if (ch === "(") paren++;
					else if (ch === ")" && paren > 0) paren--;
					else if (ch === "|" && paren === 0) {
						parts.push(value);
						value = "";
						continue;
					}
				}
			}
			value += ch;
		}
		parts.push(value);
		return parts;
	};
	const isPlainBranch = (branch) => {
		let escaped = false;
		for (const ch of branch) {
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (/[?*+@!()[\]{}]/.test(ch)) return false;
		}
		return true;
	};
	const normalizeSimpleBranch = (branch) => {
		let value = branch.trim();
		let changed = true;
		while (changed === true) {
			changed = false;
			if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
				value = value.slice(2, -1);
				changed = true;
			}
		}
		if (!isPlainBranch(value)) return;
		return value.replace(/\\(.)/g, "$1");
	};
	const hasRepeatedCharPrefixOverlap = (branches) => {
		const values = branches.map(normalizeSimpleBranch).filter(Boolean);
		for (let i = 0; i < values.length; i++) for (let j = i + 1; j < values.length; j++) {
			const a = values[i];
			const b = values[j];
			const char = a[0];
			if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) continue;
			if (a === b || a.startsWith(b) || b.startsWith(a)) return true;
		}
		return false;
	};
	const parseRepeatedExtglob = (pattern, requireEnd = true) => {
		if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") return;
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let escaped = false;
		for (let i = 1; i < pattern.length; i++) {
			const ch = pattern[i];
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				continue;
			}
			if (quote === 1) continue;
			if (ch === "[") {
				bracket++;
				continue;
			}
			if (ch === "]" && bracket > 0) {
				bracket--;
				continue;
			}
			if (bracket > 0) continue;
			if (ch === "(") {
				paren++;
				continue;
			}
			if (ch === ")") {
				paren--;
				if (paren === 0) {
					if (requireEnd === true && i !== pattern.length - 1) return;
					return {
						type: pattern[0],
						body: pattern.slice(2, i),
						end: i
					};
				}
			}
		}
	};
	const buildCharClassStar = (chars) => {
		return `${chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`}*`;
	};
	const getStarExtglobSequenceChars = (pattern) => {
		let index = 0;
		const chars = [];
		while (index < pattern.length) {
			const match = parseRepeatedExtglob(pattern.slice(index), false);
			if (!match || match.type !== "*") return;
			const branches = splitTopLevel(match.body).map((branch) => branch.trim());
			if (branches.length !== 1) return;
			const branch = normalizeSimpleBranch(branches[0]);
			if (!branch || branch.length !== 1) return;
			chars.push(branch);
			index += match.end + 1;
		}
		if (chars.length < 1) return;
		return chars;
	};
	const repeatedExtglobRecursion = (pattern) => {
		let depth = 0;
		let value = pattern.trim();
		let match = parseRepeatedExtglob(value);
		while (match) {
			depth++;
			value = match.body.trim();
			match = parseRepeatedExtglob(value);
		}
		return depth;
	};
	const analyzeRepeatedExtglob = (body, options) => {
		if (options.maxExtglobRecursion === false) return { risky: false };
		const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants.DEFAULT_MAX_EXTGLOB_RECURSION;
		const branches = splitTopLevel(body).map((branch) => branch.trim());
		if (branches.length > 1) {
			if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) return { risky: true };
		}
		const safeChars = [];
		let sawStarSequence = false;
		let combinable = true;
		for (const branch of branches) {
			const chars = getStarExtglobSequenceChars(branch);
			if (chars) {
				sawStarSequence = true;
				safeChars.push(...chars);
				continue;
			}
			const literal = normalizeSimpleBranch(branch);
			if (literal && literal.length === 1) {
				safeChars.push(literal);
				continue;
			}
			combinable = false;
			if (repeatedExtglobRecursion(branch) > max) return { risky: true };
		}
		if (sawStarSequence) return combinable ? {
			risky: true,
			safeOutput: buildCharClassStar([...new Set(safeChars)])
		} : { risky: true };
		return { risky: false };
	};
	/**
	* Parse the given input string.
	* @param {String} input
	* @param {Object} options
	* @return {Object}
	*/
	const parse = (input, options) => {
		if (typeof input !== "string") throw new TypeError("Expected a string");
		input = REPLACEMENTS[input] || input;
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		let len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		const bos = {
			type: "bos",
			value: "",
			output: opts.prepend || ""
		};
		const tokens = [bos];
		const capture = opts.capture ? "" : "?:";
		const PLATFORM_CHARS = constants.globChars(opts.windows);
		const EXTGLOB_CHARS = constants.extglobChars(PLATFORM_CHARS);
		const { DOT_LITERAL, PLUS_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOT_SLASH, NO_DOTS_SLASH, QMARK, QMARK_NO_DOT, STAR, START_ANCHOR } = PLATFORM_CHARS;
		const globstar = (opts) => {
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const nodot = opts.dot ? "" : NO_DOT;
		const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
		let star = opts.bash === true ? globstar(opts) : STAR;
		if (opts.capture) star = `(${star})`;
		if (typeof opts.noext === "boolean") opts.noextglob = opts.noext;
		const state = {
			input,
			index: -1,
			start: 0,
			dot: opts.dot === true,
			consumed: "",
			output: "",
			prefix: "",
			backtrack: false,
			negated: false,
			brackets: 0,
			braces: 0,
			parens: 0,
			quotes: 0,
			globstar: false,
			tokens
		};
		input = utils.removePrefix(input, state);
		len = input.length;
		const extglobs = [];
		const braces = [];
		const stack = [];
		let prev = bos;
		let value;
		/**
		* Tokenizing helpers
		*/
		const eos = () => state.index === len - 1;
		const peek = state.peek = (n = 1) => input[state.index + n];
		const advance = state.advance = () => input[++state.index] || "";
		const remaining = () => input.slice(state.index + 1);
		const consume = (value = "", num = 0) => {
			state.consumed += value;
			state.index += num;
		};
		const append = (token) => {
			state.output += token.output != null ? token.output : token.value;
			consume(token.value);
		};
		const negate = () => {
			let count = 1;
			while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
				advance();
				state.start++;
				count++;
			}
			if (count % 2 === 0) return false;
			state.negated = true;
			state.start++;
			return true;
		};
		const increment = (type) => {
			state[type]++;
			stack.push(type);
		};
		const decrement = (type) => {
			state[type]--;
			stack.pop();
		};
		/**
		* Push tokens onto the tokens array. This helper speeds up
		* tokenizing by 1) helping us avoid backtracking as much as possible,
		* and 2) helping us avoid creating extra tokens when consecutive
		* characters are plain text. This improves performance and simplifies
		* lookbehinds.
		*/
		const push = (tok) => {
			if (prev.type === "globstar") {
				const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
				const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
				if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
					state.output = state.output.slice(0, -prev.output.length);
					prev.type = "star";
					prev.value = "*";
					prev.output = star;
					state.output += prev.output;
				}
			}
			if (extglobs.length && tok.type !== "paren") extglobs[extglobs.length - 1].inner += tok.value;
			if (tok.value || tok.output) append(tok);
			if (prev && prev.type === "text" && tok.type === "text") {
				prev.output = (prev.output || prev.value) + tok.value;
				prev.value += tok.value;
				return;
			}
			tok.prev = prev;
			tokens.push(tok);
			prev = tok;
		};
		const extglobOpen = (type, value) => {
			const token = {
				...EXTGLOB_CHARS[value],
				conditions: 1,
				inner: ""
			};
			token.prev = prev;
			token.parens = state.parens;
			token.output = state.output;
			token.startIndex = state.index;
			token.tokensIndex = tokens.length;
			const output = (opts.capture ? "(" : "") + token.open;
			increment("parens");
			push({
				type,
				value,
				output: state.output ? "" : ONE_CHAR
			});
			push({
				type: "paren",
				extglob: true,
				value: advance(),
				output
			});
			extglobs.push(token);
		};
		const extglobClose = (token) => {
			const literal = input.slice(token.startIndex, state.index + 1);
			const body = input.slice(token.startIndex + 2, state.index);
			const analysis = analyzeRepeatedExtglob(body, opts);
			if ((token.type === "plus" || token.type === "star") && analysis.risky) {
				const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
				const open = tokens[token.tokensIndex];
				open.type = "text";
				open.value = literal;
				open.output = safeOutput || utils.escapeRegex(literal);
				for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
					tokens[i].value = "";
					tokens[i].output = "";
					delete tokens[i].suffix;
				}
				state.output = token.output + open.output;
				state.backtrack = true;
				push({
					type: "paren",
					extglob: true,
					value,
					output: ""
				});
				decrement("parens");
				return;
			}
			let output = token.close + (opts.capture ? ")" : "");
			let rest;
			if (token.type === "negate") {
				let extglobStar = star;
				if (token.inner && token.inner.length > 1 && token.inner.includes("/")) extglobStar = globstar(opts);
				if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) output = token.close = `)$))${extglobStar}`;
				if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) output = token.close = `)${parse(rest, {
					...options,
					fastpaths: false
				}).output})${extglobStar})`;
				if (token.prev.type === "bos") state.negatedExtglob = true;
			}
			push({
				type: "paren",
				extglob: true,
				value,
				output
			});
			decrement("parens");
		};
		/**
		* Fast paths
		*/
		if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
			let backslashes = false;
			let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
				if (first === "\\") {
					backslashes = true;
					return m;
				}
				if (first === "?") {
					if (esc) return esc + first + (rest ? QMARK.repeat(rest.length) : "");
					if (index === 0) return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
					return QMARK.repeat(chars.length);
				}
				if (first === ".") return DOT_LITERAL.repeat(chars.length);
				if (first === "*") {
					if (esc) return esc + first + (rest ? star : "");
					return star;
				}
				return esc ? m : `\\${m}`;
			});
			if (backslashes === true) {
				if (opts.unescape === true) output = output.replace(/\\/g, "");
				else output = output.replace(/\\+/g, (m) => {
					return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
				});
			}
			if (output === input && opts.contains === true) {
				state.output = input;
				return state;
			}
			state.output = utils.wrapOutput(output, state, options);
			return state;
		}
		/**
		* Tokenize input until we reach end-of-string
		*/
		while (!eos()) {
			value = advance();
			if (value === "\0") continue;
			/**
			* Escaped characters
			*/
			if (value === "\\") {
				const next = peek();
				if (next === "/" && opts.bash !== true) continue;
				if (next === "." || next === ";") continue;
				if (!next) {
					value += "\\";
					push({
						type: "text",
						value
					});
					continue;
				}
				const match = /^\\+/.exec(remaining());
				let slashes = 0;
				if (match && match[0].length > 2) {
					slashes = match[0].length;
					state.index += slashes;
					if (slashes % 2 !== 0) value += "\\";
				}
				if (opts.unescape === true) value = advance();
				else value += advance();
				if (state.brackets === 0) {
					push({
						type: "text",
						value
					});
					continue;
				}
			}
			/**
			* If we're inside a regex character class, continue
			* until we reach the closing bracket.
			*/
			if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
				if (opts.posix !== false && value === ":") {
					const inner = prev.value.slice(1);
					if (inner.includes("[")) {
						prev.posix = true;
						if (inner.includes(":")) {
							const idx = prev.value.lastIndexOf("[");
							const pre = prev.value.slice(0, idx);
							const rest = prev.value.slice(idx + 2);
							const posix = POSIX_REGEX_SOURCE[rest];
							if (posix) {
								prev.value = pre + posix;
								state.backtrack = true;
								advance();
								if (!bos.output && tokens.indexOf(prev) === 1) bos.output = ONE_CHAR;
								continue;
							}
						}
					}
				}
				if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") value = `\\${value}`;
				if (value === "]" && (prev.value === "[" || prev.value === "[^")) value = `\\${value}`;
				if (opts.posix === true && value === "!" && prev.value === "[") value = "^";
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* If we're inside a quoted string, continue
			* until we reach the closing double quote.
			*/
			if (state.quotes === 1 && value !== "\"") {
				value = utils.escapeRegex(value);
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* Double quotes
			*/
			if (value === "\"") {
				state.quotes = state.quotes === 1 ? 0 : 1;
				if (opts.keepQuotes === true) push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Parentheses
			*/
			if (value === "(") {
				increment("parens");
				push({
					type: "paren",
					value
				});
				continue;
			}
			if (value === ")") {
				if (state.parens === 0 && opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "("));
				const extglob = extglobs[extglobs.length - 1];
				if (extglob && state.parens === extglob.parens + 1) {
					extglobClose(extglobs.pop());
					continue;
				}
				push({
					type: "paren",
					value,
					output: state.parens ? ")" : "\\)"
				});
				decrement("parens");
				continue;
			}
			/**
			* Square brackets
			*/
			if (value === "[") {
				if (opts.nobracket === true || !remaining().includes("]")) {
					if (opts.nobracket !== true && opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
					value = `\\${value}`;
				} else increment("brackets");
				push({
					type: "bracket",
					value
				});
				continue;
			}
			if (value === "]") {
				if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				if (state.brackets === 0) {
					if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "["));
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				decrement("brackets");
				const prevValue = prev.value.slice(1);
				if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) value = `/${value}`;
				prev.value += value;
				append({ value });
				if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) continue;
				const escaped = utils.escapeRegex(prev.value);
				state.output = state.output.slice(0, -prev.value.length);
				if (opts.literalBrackets === true) {
					state.output += escaped;
					prev.value = escaped;
					continue;
				}
				prev.value = `(${capture}${escaped}|${prev.value})`;
				state.output += prev.value;
				continue;
			}
			/**
			* Braces
			*/
			if (value === "{" && opts.nobrace !== true) {
				increment("braces");
				const open = {
					type: "brace",
					value,
					output: "(",
					outputIndex: state.output.length,
					tokensIndex: state.tokens.length
				};
				braces.push(open);
				push(open);
				continue;
			}
			if (value === "}") {
				const brace = braces[braces.length - 1];
				if (opts.nobrace === true || !brace) {
					push({
						type: "text",
						value,
						output: value
					});
					continue;
				}
				let output = ")";
				if (brace.dots === true) {
					const arr = tokens.slice();
					const range = [];
					for (let i = arr.length - 1; i >= 0; i--) {
						tokens.pop();
						if (arr[i].type === "brace") break;
						if (arr[i].type !== "dots") range.unshift(arr[i].value);
					}
					output = expandRange(range, opts);
					state.backtrack = true;
				}
				if (brace.comma !== true && brace.dots !== true) {
					const out = state.output.slice(0, brace.outputIndex);
					const toks = state.tokens.slice(brace.tokensIndex);
					brace.value = brace.output = "\\{";
					value = output = "\\}";
					state.output = out;
					for (const t of toks) state.output += t.output || t.value;
				}
				push({
					type: "brace",
					value,
					output
				});
				decrement("braces");
				braces.pop();
				continue;
			}
			/**
			* Pipes
			*/
			if (value === "|") {
				if (extglobs.length > 0) extglobs[extglobs.length - 1].conditions++;
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Commas
			*/
			if (value === ",") {
				let output = value;
				const brace = braces[braces.length - 1];
				if (brace && stack[stack.length - 1] === "braces") {
					brace.comma = true;
					output = "|";
				}
				push({
					type: "comma",
					value,
					output
				});
				continue;
			}
			/**
			* Slashes
			*/
			if (value === "/") {
				if (prev.type === "dot" && state.index === state.start + 1) {
					state.start = state.index + 1;
					state.consumed = "";
					state.output = "";
					tokens.pop();
					prev = bos;
					continue;
				}
				push({
					type: "slash",
					value,
					output: SLASH_LITERAL
				});
				continue;
			}
			/**
			* Dots
			*/
			if (value === ".") {
				if (state.braces > 0 && prev.type === "dot") {
					if (prev.value === ".") prev.output = DOT_LITERAL;
					const brace = braces[braces.length - 1];
					prev.type = "dots";
					prev.output += value;
					prev.value += value;
					brace.dots = true;
					continue;
				}
				if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
					push({
						type: "text",
						value,
						output: DOT_LITERAL
					});
					continue;
				}
				push({
					type: "dot",
					value,
					output: DOT_LITERAL
				});
				continue;
			}
			/**
			* Question marks
			*/
			if (value === "?") {
				if (!(prev && prev.value === "(") && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("qmark", value);
					continue;
				}
				if (prev && prev.type === "paren") {
					const next = peek();
					let output = value;
					if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) output = `\\${value}`;
					push({
						type: "text",
						value,
						output
					});
					continue;
				}
				if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
					push({
						type: "qmark",
						value,
						output: QMARK_NO_DOT
					});
					continue;
				}
				push({
					type: "qmark",
					value,
					output: QMARK
				});
				continue;
			}
			/**
			* Exclamation
			*/
			if (value === "!") {
				if (opts.noextglob !== true && peek() === "(") {
					if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
						extglobOpen("negate", value);
						continue;
					}
				}
				if (opts.nonegate !== true && state.index === 0) {
					negate();
					continue;
				}
			}
			/**
			* Plus
			*/
			if (value === "+") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("plus", value);
					continue;
				}
				if (prev && prev.value === "(" || opts.regex === false) {
					push({
						type: "plus",
						value,
						output: PLUS_LITERAL
					});
					continue;
				}
				if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
					push({
						type: "plus",
						value
					});
					continue;
				}
				push({
					type: "plus",
					value: PLUS_LITERAL
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value === "@") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					push({
						type: "at",
						extglob: true,
						value,
						output: ""
					});
					continue;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value !== "*") {
				if (value === "$" || value === "^") value = `\\${value}`;
				const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
				if (match) {
					value += match[0];
					state.index += match[0].length;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Stars
			*/
			if (prev && (prev.type === "globstar" || prev.star === true)) {
				prev.type = "star";
				prev.star = true;
				prev.value += value;
				prev.output = star;
				state.backtrack = true;
				state.globstar = true;
				consume(value);
				continue;
			}
			let rest = remaining();
			if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
				extglobOpen("star", value);
				continue;
			}
			if (prev.type === "star") {
				if (opts.noglobstar === true) {
					consume(value);
					continue;
				}
				const prior = prev.prev;
				const before = prior.prev;
				const isStart = prior.type === "slash" || prior.type === "bos";
				const afterStar = before && (before.type === "star" || before.type === "globstar");
				if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
				const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
				if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				while (rest.slice(0, 3) === "/**") {
					const after = input[state.index + 4];
					if (after && after !== "/") break;
					rest = rest.slice(3);
					consume("/**", 3);
				}
				const isEnd = eos() || state.parens > 0 && rest === ")".repeat(state.parens) && !extglobs.some((extglob) => extglob.type === "negate");
				if (prior.type === "bos" && eos()) {
					prev.type = "globstar";
					prev.value += value;
					prev.output = globstar(opts);
					state.output = prev.output;
					state.globstar = true;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
					prev.value += value;
					state.globstar = true;
					state.output += prior.output + prev.output;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
					const end = rest[1] !== void 0 ? "|$" : "";
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end})`;
					prev.value += value;
					state.output += prior.output + prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				if (prior.type === "bos" && rest[0] === "/") {
					prev.type = "globstar";
					prev.value += value;
					prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
					state.output = prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				state.output = state.output.slice(0, -prev.output.length);
				prev.type = "globstar";
				prev.output = globstar(opts);
				prev.value += value;
				state.output += prev.output;
				state.globstar = true;
				consume(value);
				continue;
			}
			const token = {
				type: "star",
				value,
				output: star
			};
			if (opts.bash === true) {
				token.output = ".*?";
				if (prev.type === "bos" || prev.type === "slash") token.output = nodot + token.output;
				push(token);
				continue;
			}
			if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
				token.output = value;
				push(token);
				continue;
			}
			if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
				if (prev.type === "dot") {
					state.output += NO_DOT_SLASH;
					prev.output += NO_DOT_SLASH;
				} else if (opts.dot === true) {
					state.output += NO_DOTS_SLASH;
					prev.output += NO_DOTS_SLASH;
				} else {
					state.output += nodot;
					prev.output += nodot;
				}
				if (peek() !== "*") {
					state.output += ONE_CHAR;
					prev.output += ONE_CHAR;
				}
			}
			push(token);
		}
		while (state.brackets > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
			state.output = utils.escapeLast(state.output, "[");
			decrement("brackets");
		}
		while (state.parens > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
			state.output = utils.escapeLast(state.output, "(");
			decrement("parens");
		}
		while (state.braces > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
			state.output = utils.escapeLast(state.output, "{");
			decrement("braces");
		}
		if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) push({
			type: "maybe_slash",
			value: "",
			output: `${SLASH_LITERAL}?`
		});
		if (state.backtrack === true) {
			state.output = "";
			for (const token of state.tokens) {
				state.output += token.output != null ? token.output : token.value;
				if (token.suffix) state.output += token.suffix;
			}
		}
		return state;
	};
	/**
	* Fast paths for creating regular expressions for common glob patterns.
	* This can significantly speed up processing and has very little downside
	* impact when none of the fast paths match.
	*/
	parse.fastpaths = (input, options) => {
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		const len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		input = REPLACEMENTS[input] || input;
		const { DOT_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOTS, NO_DOTS_SLASH, STAR, START_ANCHOR } = constants.globChars(opts.windows);
		const nodot = opts.dot ? NO_DOTS : NO_DOT;
		const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
		const capture = opts.capture ? "" : "?:";
		const state = {
			negated: false,
			prefix: ""
		};
		let star = opts.bash === true ? ".*?" : STAR;
		if (opts.capture) star = `(${star})`;
		const globstar = (opts) => {
			if (opts.noglobstar === true) return star;
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const create = (str) => {
			switch (str) {
				case "*": return `${nodot}${ONE_CHAR}${star}`;
				case ".*": return `${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*.*": return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*/*": return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
				case "**": return nodot + globstar(opts);
				case "**/*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
				case "**/*.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "**/.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
				default: {
					const match = /^(.*?)\.(\w+)$/.exec(str);
					if (!match) return;
					const source = create(match[1]);
					if (!source) return;
					return source + DOT_LITERAL + match[2];
				}
			}
		};
		let source = create(utils.removePrefix(input, state));
		if (source && opts.strictSlashes !== true) source += `${SLASH_LITERAL}?`;
		return source;
	};
	module.exports = parse;
}));
// node_modules/picomatch/lib/picomatch.js
var require_picomatch$1 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const scan = require_scan();
	const parse = require_parse();
	const utils = require_utils();
	const constants = require_constants();
	const isObject = (val) => val && typeof val === "object" && !Array.isArray(val);
	/**
	* Creates a matcher function from one or more glob patterns. The
	* returned function takes a string to match as its first argument,
	* and returns true if the string is a match. The returned matcher
	* function also takes a boolean as the second argument that, when true,
	* returns an object with additional information.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch(glob[, options]);
	*
	* const isMatch = picomatch('*.!(*a)');
	* console.log(isMatch('a.a')); //=> false
	* console.log(isMatch('a.b')); //=> true
	*
	* // For environments without `node.js`, `picomatch/posix` provides you a dependency-free matcher, without automatic OS detection.
	* const picomatch = require('picomatch/posix');
	* // the same API, defaulting to posix paths
	* const isMatch = picomatch('a/*');
	* console.log(isMatch('a\\b')); //=> false
	* console.log(isMatch('a/b')); //=> true
	*
	* // you can still configure the matcher function to accept windows paths
	* const isMatch = picomatch('a/*', { options: windows });
	* console.log(isMatch('a\\b')); //=> true
	* console.log(isMatch('a/b')); //=> true
	* ```
	* @name picomatch
	* @param {String|Array} `globs` One or more glob patterns.
	* @param {Object=} `options`
	* @return {Function=} Returns a matcher function.
	* @api public
	*/
	const picomatch = (glob, options, returnState = false) => {
		if (Array.isArray(glob)) {
			const fns = glob.map((input) => picomatch(input, options, returnState));
			const arrayMatcher = (str) => {
				for (const isMatch of fns) {
					const state = isMatch(str);
					if (state) return state;
				}
				return false;
			};
			return arrayMatcher;
		}
		const isState = isObject(glob) && glob.tokens && glob.input;
		if (glob === "" || typeof glob !== "string" && !isState) throw new TypeError("Expected pattern to be a non-empty string");
		const opts = options || {};
		const posix = opts.windows;
		const regex = isState ? picomatch.compileRe(glob, options) : picomatch.makeRe(glob, options, false, true);
		const state = regex.state;
		delete regex.state;
		let isIgnored = () => false;
		if (opts.ignore) {
			const ignoreOpts = {
				...options,
				ignore: null,
				onMatch: null,
				onResult: null
			};
			isIgnored = picomatch(opts.ignore, ignoreOpts, returnState);
		}
		const matcher = (input, returnObject = false) => {
			const { isMatch, match, output } = picomatch.test(input, regex, options, {
				glob,
				posix
			});
			const result = {
				glob,
				state,
				regex,
				posix,
				input,
				output,
				match,
				isMatch
			};
			if (typeof opts.onResult === "function") opts.onResult(result);
			if (isMatch === false) {
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (isIgnored(input)) {
				if (typeof opts.onIgnore === "function") opts.onIgnore(result);
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (typeof opts.onMatch === "function") opts.onMatch(result);
			return returnObject ? result : true;
		};
		if (returnState) matcher.state = state;
		return matcher;
	};
	/**
	* Test `input` with the given `regex`. This is used by the main
	* `picomatch()` function to test the input string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.test(input, regex[, options]);
	*
	* console.log(picomatch.test('foo/bar', /^(?:([^/]*?)\/([^/]*?))$/));
	* // { isMatch: true, match: [ 'foo/', 'foo', 'bar' ], output: 'foo/bar' }
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp} `regex`
	* @return {Object} Returns an object with matching info.
	* @api public
	*/
	picomatch.test = (input, regex, options, { glob, posix } = {}) => {
		if (typeof input !== "string") throw new TypeError("Expected input to be a string");
		if (input === "") return {
			isMatch: false,
			output: ""
		};
		const opts = options || {};
		const format = opts.format || (posix ? utils.toPosixSlashes : null);
		let match = input === glob;
		let output = match && format ? format(input) : input;
		if (match === false) {
			output = format ? format(input) : input;
			match = output === glob;
		}
		if (match === false || opts.capture === true) {
			if (opts.matchBase === true || opts.basename === true) match = picomatch.matchBase(input, regex, options, posix);
			else match = regex.exec(output);
		}
		return {
			isMatch: Boolean(match),
			match,
			output
		};
	};
	/**
	* Match the basename of a filepath.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.matchBase(input, glob[, options]);
	* console.log(picomatch.matchBase('foo/bar.js', '*.js'); // true
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp|String} `glob` Glob pattern or regex created by [.makeRe](#makeRe).
	* @return {Boolean}
	* @api public
	*/
	picomatch.matchBase = (input, glob, options, posix = options && options.windows) => {
		return (glob instanceof RegExp ? glob : picomatch.makeRe(glob, options)).test(utils.basename(input, { windows: posix }));
	};
	/**
	* Returns true if **any** of the given glob `patterns` match the specified `string`.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.isMatch(string, patterns[, options]);
	*
	* console.log(picomatch.isMatch('a.a', ['b.*', '*.a'])); //=> true
	* console.log(picomatch.isMatch('a.a', 'b.*')); //=> false
	* ```
	* @param {String|Array} str The string to test.
	* @param {String|Array} patterns One or more glob patterns to use for matching.
	* @param {Object} [options] See available [options](#options).
	* @return {Boolean} Returns true if any patterns match `str`
	* @api public
	*/
	picomatch.isMatch = (str, patterns, options) => picomatch(patterns, options)(str);
	/**
	* Parse a glob pattern to create the source string for a regular
	* expression.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const result = picomatch.parse(pattern[, options]);
	* ```
	* @param {String} `pattern`
	* @param {Object} `options`
	* @return {Object} Returns an object with useful properties and output to be used as a regex source string.
	* @api public
	*/
	picomatch.parse = (pattern, options) => {
		if (Array.isArray(pattern)) return pattern.map((p) => picomatch.parse(p, options));
		return parse(pattern, {
			...options,
			fastpaths: false
		});
	};
	/**
	* Scan a glob pattern to separate the pattern into segments.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.scan(input[, options]);
	*
	* const result = picomatch.scan('!./foo/*.js');
	* console.log(result);
	* { prefix: '!./',
	*   input: '!./foo/*.js',
	*   start: 3,
	*   base: 'foo',
	*   glob: '*.js',
	*   isBrace: false,
	*   isBracket: false,
	*   isGlob: true,
	*   isExtglob: false,
	*   isGlobstar: false,
	*   negated: true }
	* ```
	* @param {String} `input` Glob pattern to scan.
	* @param {Object} `options`
	* @return {Object} Returns an object with
	* @api public
	*/
	picomatch.scan = (input, options) => scan(input, options);
	/**
	* Compile a regular expression from the `state` object returned by the
	* [parse()](#parse) method.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const state = picomatch.parse('*.js');
	* // picomatch.compileRe(state[, options]);
	*
	* console.log(picomatch.compileRe(state));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {Object} `state`
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Intended for implementors, this argument allows you to return the raw output from the parser.
	* @param {Boolean} `returnState` Adds the state to a `state` property on the returned regex. Useful for implementors and debugging.
	* @return {RegExp}
	* @api public
	*/
	picomatch.compileRe = (state, options, returnOutput = false, returnState = false) => {
		if (returnOutput === true) return state.output;
		const opts = options || {};
		const prepend = opts.contains ? "" : "^";
		const append = opts.contains ? "" : "$";
		let source = `${prepend}(?:${state.output})${append}`;
		if (state && state.negated === true) source = `^(?!${source}).*$`;
		const regex = picomatch.toRegex(source, options);
		if (returnState === true) regex.state = state;
		return regex;
	};
	/**
	* Create a regular expression from a parsed glob pattern.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.makeRe(state[, options]);
	*
	* const result = picomatch.makeRe('*.js');
	* console.log(result);
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `state` The object returned from the `.parse` method.
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Implementors may use this argument to return the compiled output, instead of a regular expression. This is not exposed on the options to prevent end-users from mutating the result.
	* @param {Boolean} `returnState` Implementors may use this argument to return the state from the parsed glob with the returned regular expression.
	* @return {RegExp} Returns a regex created from the given pattern.
	* @api public
	*/
	picomatch.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
		if (!input || typeof input !== "string") throw new TypeError("Expected a non-empty string");
		let parsed = {
			negated: false,
			fastpaths: true
		};
		if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) parsed.output = parse.fastpaths(input, options);
		if (!parsed.output) parsed = parse(input, options);
		return picomatch.compileRe(parsed, options, returnOutput, returnState);
	};
	/**
	* Create a regular expression from the given regex source string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.toRegex(source[, options]);
	*
	* const { output } = picomatch.parse('*.js');
	* console.log(picomatch.toRegex(output));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `source` Regular expression source string.
	* @param {Object} `options`
	* @return {RegExp}
	* @api public
	*/
	picomatch.toRegex = (source, options) => {
		try {
			const opts = options || {};
			return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
		} catch (err) {
			if (options && options.debug === true) throw err;
			return /$^/;
		}
	};
	/**
	* Picomatch constants.
	* @return {Object}
	*/
	picomatch.constants = constants;
	/**
	* Expose "picomatch"
	*/
	module.exports = picomatch;
}));
// node_modules/tinyglobby/dist/index.mjs
var import_picomatch = /* @__PURE__ */ __toESM((/* @__PURE__ */ __commonJSMin(((exports, module) => {
	const pico = require_picomatch$1();
	const utils = require_utils();
	function picomatch(glob, options, returnState = false) {
		if (options && (options.windows === null || options.windows === void 0)) options = {
			...options,
			windows: utils.isWindows()
		};
		return pico(glob, options, returnState);
	}
	Object.assign(picomatch, pico);
	module.exports = picomatch;
})))(), 1);
const isReadonlyArray = Array.isArray;
const BACKSLASHES = /\\/g;
const DRIVE_RELATIVE_PATH = /^[A-Za-z]:$/;
const isWin = process.platform === "win32";
const ONLY_PARENT_DIRECTORIES = /^(\/?\.\.)+$/;
function getPartialMatcher(patterns, options = {}) {
	const patternsCount = patterns.length;
	const patternsParts = Array(patternsCount);
	const matchers = Array(patternsCount);
	let i, j;
	for (i = 0; i < patternsCount; i++) {
		const parts = splitPattern(patterns[i]);
		patternsParts[i] = parts;
		const partsCount = parts.length;
		const partMatchers = Array(partsCount);
		for (j = 0; j < partsCount; j++) partMatchers[j] = (0, import_picomatch.default)(parts[j], options);
		matchers[i] = partMatchers;
	}
	return (input) => {
		const inputParts = input.split("/");
		if (inputParts[0] === ".." && ONLY_PARENT_DIRECTORIES.test(input)) return true;
		for (i = 0; i < patternsCount; i++) {
			const patternParts = patternsParts[i];
			const matcher = matchers[i];
			const inputPatternCount = inputParts.length;
			const minParts = Math.min(inputPatternCount, patternParts.length);
			j = 0;
			while (j < minParts) {
				const part = patternParts[j];
				if (part.includes("/")) return true;
				if (!matcher[j](inputParts[j])) break;
				if (!options.noglobstar && part === "**") return true;
				j++;
			}
			if (j === inputPatternCount) return true;
		}
		return false;
	};
}
/* node:coverage ignore next 2 */
const WIN32_ROOT_DIR = /^[A-Z]:\/$/i;
const isRoot = isWin ? (p) => WIN32_ROOT_DIR.test(p) : (p) => p === "/";
function buildFormat(cwd, root, absolute) {
	if (cwd === root || root.startsWith(`${cwd}/`)) {
		if (absolute) {
			const start = cwd.length + +!isRoot(cwd);
			return (p, isDir) => p.slice(start, isDir ? -1 : void 0) || ".";
		}
		const prefix = root.slice(cwd.length + 1);
		if (prefix) return (p, isDir) => {
			if (p === ".") return prefix;
			const result = `${prefix}/${p}`;
			return isDir ? result.slice(0, -1) : result;
		};
		return (p, isDir) => isDir && p !== "." ? p.slice(0, -1) : p;
	}
	if (absolute) return (p) => posix$1.relative(cwd, p) || ".";
	return (p) => posix$1.relative(cwd, `${root}/${p}`) || ".";
}
function buildRelative(cwd, root) {
	if (root.startsWith(`${cwd}/`)) {
		const prefix = root.slice(cwd.length + 1);
		return (p) => `${prefix}/${p}`;
	}
	return (p) => {
		const result = posix$1.relative(cwd, `${root}/${p}`);
		return p[p.length - 1] === "/" && result !== "" ? `${result}/` : result || ".";
	};
}
function ensureNonDriveRelativePath(path) {
	return path.replace(DRIVE_RELATIVE_PATH, (match) => `${match}/`);
}
const splitPatternOptions = { parts: true };
function splitPattern(path) {
	var _result$parts;
	const result = import_picomatch.default.scan(path, splitPatternOptions);
	return ((_result$parts = result.parts) === null || _result$parts === void 0 ? void 0 : _result$parts.length) ? result.parts : [path];
}
const POSIX_UNESCAPED_GLOB_SYMBOLS = /(?<!\\)([()[\]{}*?|]|^!|[!+@](?=\()|\\(?![()[\]{}!*+?@|]))/g;
const WIN32_UNESCAPED_GLOB_SYMBOLS = /(?<!\\)([()[\]{}]|^!|[!+@](?=\())/g;
const escapePosixPath = (path) => path.replace(POSIX_UNESCAPED_GLOB_SYMBOLS, "\\$&");
const escapeWin32Path = (path) => path.replace(WIN32_UNESCAPED_GLOB_SYMBOLS, "\\$&");
/**
* Escapes a path's special characters depending on the platform.
* @see {@link https://superchupu.dev/tinyglobby/documentation#escapePath}
*/
/* node:coverage ignore next */
const escapePath = isWin ? escapeWin32Path : escapePosixPath;
/**
* Checks if a pattern has dynamic parts.
*
* Has a few minor differences with [`fast-glob`](https://github.com/mrmlnc/fast-glob) for better accuracy:
*
* - Doesn't necessarily return `false` on patterns that include `\`.
* - Returns `true` if the pattern includes parentheses, regardless of them representing one single pattern or not.
* - Returns `true` for unfinished glob extensions i.e. `(h`, `+(h`.
* - Returns `true` for unfinished brace expansions as long as they include `,` or `..`.
*
* @see {@link https://superchupu.dev/tinyglobby/documentation#isDynamicPattern}
*/
function isDynamicPattern(pattern, options) {
	if ((options === null || options === void 0 ? void 0 : options.caseSensitiveMatch) === false) return true;
	const scan = import_picomatch.default.scan(pattern);
	return scan.isGlob || scan.negated;
}
function log(...tasks) {
	console.log(`[tinyglobby ${(/* @__PURE__ */ new Date()).toLocaleTimeString("es")}]`, ...tasks);
}
function ensureStringArray(value) {
	return typeof value === "string" ? [value] : value !== null && value !== void 0 ? value : [];
}
const PARENT_DIRECTORY = /^(\/?\.\.)+/;
const ESCAPING_BACKSLASHES = /\\(?=[()[\]{}!*+?@|])/g;
function normalizePattern(pattern, opts, props, isIgnore) {
	var _PARENT_DIRECTORY$exe;
	const cwd = opts.cwd;
	let result = pattern;
	if (pattern[pattern.length - 1] === "/") result = pattern.slice(0, -1);
	if (result[result.length - 1] !== "*" && opts.expandDirectories) result += "/**";
	const escapedCwd = escapePath(cwd);
	result = isAbsolute$1(result.replace(ESCAPING_BACKSLASHES, "")) ? posix$1.relative(escapedCwd, result) : posix$1.normalize(result);
	const parentDir = (_PARENT_DIRECTORY$exe = PARENT_DIRECTORY.exec(result)) === null || _PARENT_DIRECTORY$exe === void 0 ? void 0 : _PARENT_DIRECTORY$exe[0];
	const parts = splitPattern(result);
	if (parentDir) {
		const n = (parentDir.length + 1) / 3;
		let i = 0;
		const cwdParts = escapedCwd.split("/");
		while (i < n && parts[i + n] === cwdParts[cwdParts.length + i - n]) {
			result = result.slice(0, (n - i - 1) * 3) + result.slice((n - i) * 3 + parts[i + n].length + 1) || ".";
			i++;
		}
		const potentialRoot = posix$1.join(cwd, parentDir.slice(i * 3));
		if (potentialRoot[0] !== "." && props.root.length > potentialRoot.length) {
			props.root = ensureNonDriveRelativePath(potentialRoot);
			props.depthOffset = -n + i;
		}
	}
	if (!isIgnore && props.depthOffset >= 0) {
		var _props$commonPath;
		(_props$commonPath = props.commonPath) !== null && _props$commonPath !== void 0 || (props.commonPath = parts);
		const newCommonPath = [];
		const length = Math.min(props.commonPath.length, parts.length);
		for (let i = 0; i < length; i++) {
			const part = parts[i];
			if (part === "**" && !parts[i + 1]) {
				newCommonPath.pop();
				break;
			}
			if (i === parts.length - 1 || part !== props.commonPath[i] || isDynamicPattern(part)) break;
			newCommonPath.push(part);
		}
		props.depthOffset = newCommonPath.length;
		props.commonPath = newCommonPath;
		props.root = ensureNonDriveRelativePath(newCommonPath.length > 0 ? posix$1.join(cwd, ...newCommonPath) : cwd);
	}
	return result;
}
function processPatterns(options, patterns, props) {
	const matchPatterns = [];
	const ignorePatterns = [];
	for (const pattern of options.ignore) {
		if (!pattern) continue;
		if (pattern[0] !== "!" || pattern[1] === "(") ignorePatterns.push(normalizePattern(pattern, options, props, true));
	}
	for (const pattern of patterns) {
		if (!pattern) continue;
		if (pattern[0] !== "!" || pattern[1] === "(") matchPatterns.push(normalizePattern(pattern, options, props, false));
		else if (pattern[1] !== "!" || pattern[2] === "(") ignorePatterns.push(normalizePattern(pattern.slice(1), options, props, true));
	}
	return {
		match: matchPatterns,
		ignore: ignorePatterns
	};
}
function buildCrawler(options, patterns) {
	const cwd = options.cwd;
	const props = {
		root: cwd,
		depthOffset: 0
	};
	const processed = processPatterns(options, patterns, props);
	if (options.debug) log("internal processing patterns:", processed);
	const { absolute, caseSensitiveMatch, debug, dot, followSymbolicLinks, onlyDirectories } = options;
	const root = props.root.replace(BACKSLASHES, "");
	const matchOptions = {
		dot,
		nobrace: options.braceExpansion === false,
		nocase: !caseSensitiveMatch,
		noextglob: options.extglob === false,
		noglobstar: options.globstar === false,
		posix: true
	};
	const matcher = (0, import_picomatch.default)(processed.match, matchOptions);
	const ignore = (0, import_picomatch.default)(processed.ignore, matchOptions);
	const partialMatcher = getPartialMatcher(processed.match, matchOptions);
	const format = buildFormat(cwd, root, absolute);
	const excludeFormatter = absolute ? format : buildFormat(cwd, root, true);
	const excludePredicate = (_, p) => {
		const relativePath = excludeFormatter(p, true);
		return relativePath !== "." && !partialMatcher(relativePath) || ignore(relativePath);
	};
	let maxDepth;
	if (options.deep !== void 0) maxDepth = Math.round(options.deep - props.depthOffset);
	const crawler = new Builder({
		filters: [debug ? (p, isDirectory) => {
			const path = format(p, isDirectory);
			const matches = matcher(path) && !ignore(path);
			if (matches) log(`matched ${path}`);
			return matches;
		} : (p, isDirectory) => {
			const path = format(p, isDirectory);
			return matcher(path) && !ignore(path);
		}],
		exclude: debug ? (_, p) => {
			const skipped = excludePredicate(_, p);
			log(`${skipped ? "skipped" : "crawling"} ${p}`);
			return skipped;
		} : excludePredicate,
		fs: options.fs,
		pathSeparator: "/",
		relativePaths: !absolute,
		resolvePaths: absolute,
		includeBasePath: absolute,
		resolveSymlinks: followSymbolicLinks,
		excludeSymlinks: !followSymbolicLinks,
		excludeFiles: onlyDirectories,
		includeDirs: onlyDirectories || !options.onlyFiles,
		maxDepth,
		signal: options.signal
	}).crawl(root);
	if (options.debug) log("internal properties:", {
		...props,
		root
	});
	return [crawler, cwd !== root && !absolute && buildRelative(cwd, root)];
}
function formatPaths(paths, mapper) {
	if (mapper) for (let i = paths.length - 1; i >= 0; i--) paths[i] = mapper(paths[i]);
	return paths;
}
const defaultOptions = {
	caseSensitiveMatch: true,
	debug: !!process.env.TINYGLOBBY_DEBUG,
	expandDirectories: true,
	followSymbolicLinks: true,
	onlyFiles: true
};
function getOptions(options) {
	const opts = Object.assign({}, options);
	for (const key in defaultOptions) if (opts[key] === void 0) Object.assign(opts, { [key]: defaultOptions[key] });
	opts.cwd = (opts.cwd instanceof URL ? fileURLToPath(opts.cwd) : resolve$1(opts.cwd || process.cwd())).replace(BACKSLASHES, "/");
	opts.ignore = ensureStringArray(opts.ignore);
	opts.fs && (opts.fs = {
		readdir: opts.fs.readdir || readdir$1,
		readdirSync: opts.fs.readdirSync || readdirSync,
		realpath: opts.fs.realpath || realpath$1,
		realpathSync: opts.fs.realpathSync || realpathSync$1,
		stat: opts.fs.stat || stat$1,
		statSync: opts.fs.statSync || statSync$1
	});
	if (opts.debug) log("globbing with options:", opts);
	return opts;
}
function getCrawler(globInput, inputOptions = {}) {
	var _ref;
	if (globInput && (inputOptions === null || inputOptions === void 0 ? void 0 : inputOptions.patterns)) throw new Error("Cannot pass patterns as both an argument and an option");
	const isModern = isReadonlyArray(globInput) || typeof globInput === "string";
	const patterns = ensureStringArray((_ref = isModern ? globInput : globInput.patterns) !== null && _ref !== void 0 ? _ref : "**/*");
	const options = getOptions(isModern ? inputOptions : globInput);
	return patterns.length > 0 ? buildCrawler(options, patterns) : [];
}
async function glob(globInput, options) {
	const [crawler, relative] = getCrawler(globInput, options);
	return crawler ? formatPaths(await crawler.withPromise(), relative) : [];
}
// src/workload/list-files.ts
/** What is looked for where nothing is named, and in a folder that is. */
const DEFAULT_PATTERNS = [
	"**/*.{yml,yaml}",
	"**/{Dockerfile,Containerfile}",
	"**/{Dockerfile,Containerfile}.*",
	"**/*.{Dockerfile,Containerfile,dockerfile,containerfile}"
];
/** Whatever is in there is not this workspace's own. */
const LEFT_OUT = ["**/.git/**", "**/node_modules/**"];
/** Unless it is named: what GitHub itself reads is no workload, though a workflow may run in an image. */
const NOT_BY_DEFAULT = ".github/**";
/**
* Lists the files of a workspace by globs, a line each; `!` before one leaves out what it names. Without any, all YAML
* files, Dockerfiles and Containerfiles outside of `.github`. A folder stands for those in it. Links to folders are not followed, `.git` and
* `node_modules` are left out, and nothing outside of the workspace is named.
*/
async function listFiles(patterns, workspace, signal) {
	const problems = [];
	const read = patterns.flatMap((pattern) => readPattern(pattern, workspace, problems));
	const excluded = read.filter(({ excludes }) => excludes).flatMap(({ pattern }) => [pattern, `${pattern}/**`]);
	const wanted = read.filter(({ excludes }) => !excludes).map(({ pattern }) => pattern);
	const find = (globs, ...leftOut) => glob(globs, {
		cwd: workspace,
		dot: true,
		expandDirectories: false,
		followSymbolicLinks: false,
		ignore: [
			...LEFT_OUT,
			...leftOut,
			...excluded
		],
		...signal === void 0 ? {} : { signal }
	});
	const files = /* @__PURE__ */ new Set();
	const add = (found) => {
		for (const file of found) files.add(file);
	};
	if (wanted.length === 0) {
		if (problems.length > 0) return {
			files: [],
			problems
		};
		add(await find(DEFAULT_PATTERNS, NOT_BY_DEFAULT));
		if (files.size === 0) problems.push(NOTHING);
	}
	const plain = wanted.filter((pattern) => !isDynamicPattern(pattern));
	const named = new Set(plain.length === 0 ? [] : await find(plain.map(escapePath)));
	add([...named]);
	for (const pattern of wanted) {
		if (named.has(pattern)) continue;
		const globs = await toGlobs(pattern, workspace, plain.includes(pattern));
		const matched = globs.length === 0 ? [] : await find(globs);
		const found = matched.length > 0 || plain.includes(pattern) ? matched : await find([escapePath(pattern)]);
		if (found.length === 0) problems.push(describeNothing(pattern));
		add(found);
	}
	return {
		files: [...files].map(toSlashes).sort(),
		problems
	};
}
const NOTHING = {
	where: "input files",
	message: "is empty, and the workspace has no YAML file, Dockerfile or Containerfile.",
	fix: "Check that actions/checkout ran before this step, or name the files."
};
function describeNothing(pattern) {
	return {
		where: "input files",
		message: `names ${JSON.stringify(pattern)}, which matches no file.`,
		fix: "Check the pattern, and that actions/checkout ran before this step."
	};
}
function trimSlashes(path) {
	let end = path.length;
	while (path[end - 1] === "/") end--;
	return path.slice(0, end);
}
function readPattern(text, workspace, problems) {
	const excludes = text.startsWith("!");
	const plain = toSlashes(excludes ? text.slice(1).trim() : text);
	const pattern = trimSlashes((isAbsolute(plain) ? toSlashes(relative(workspace, plain)) : plain).replace(/^(?:\.\/+)+/, "")) || ".";
	if (isAbsolute(pattern) || pattern.split("/").includes("..")) {
		const message = `names ${JSON.stringify(text)}, which is outside of the workspace.`;
		problems.push({
			where: "input files",
			message,
			fix: "Name files of the workspace, from its root."
		});
		return [];
	}
	return [{
		pattern,
		excludes
	}];
}
/** A folder stands for what would be looked for in it. */
async function toGlobs(pattern, workspace, isPlain) {
	if (!isPlain) return [pattern];
	if (!await stat(resolve(workspace, pattern)).then((found) => found.isDirectory(), () => false)) return [];
	return pattern === "." ? DEFAULT_PATTERNS : DEFAULT_PATTERNS.map((each) => `${escapePath(pattern)}/${each}`);
}
function toSlashes(path) {
	return sep === "/" ? path : path.replaceAll(sep, "/");
}
/** The path of what a file names from its own folder, from the root of the workspace; undefined for what is outside of it. */
function resolveFrom(file, path) {
	if (isAbsolute(path) || /^[a-z][a-z0-9+.-]*:/i.test(path)) return void 0;
	const resolved = toSlashes(join(file, "..", path));
	return resolved === ".." || resolved.startsWith("../") ? void 0 : resolved;
}
/** False for a file that one of these patterns leaves out, each as `!` has it. */
async function isListed(file, excluded, workspace) {
	if (excluded.length === 0) return true;
	const ignore = excluded.flatMap((line) => readPattern(line, workspace, [])).map(({ pattern }) => pattern).flatMap((pattern) => [pattern, `${pattern}/**`]);
	const options = {
		cwd: workspace,
		dot: true,
		expandDirectories: false,
		followSymbolicLinks: false
	};
	const [without, within] = await Promise.all([glob([escapePath(file)], options), glob([escapePath(file)], {
		...options,
		ignore
	})]);
	return without.length === within.length;
}
// src/workload/read-file.ts
/** Larger files are not read: no workload file is that long. */
const MAX_FILE_BYTES = 10485760;
/** Reads files of one workspace; what a link leads to outside of it is not read, since nobody reviewed what is there. Not through promises: thousands of small files take a tenth of the time. */
var WorkspaceReader = class {
	#workspace;
	#root;
	/** Which folders are inside. */
	#folders = /* @__PURE__ */ new Map();
	constructor(workspace) {
		this.#workspace = resolve(workspace);
		this.#root = realpathSync(workspace);
	}
	/** `file` is from the root of the workspace. */
	read(file) {
		const path = join(this.#workspace, file);
		try {
			if (!this.#isFolderInside(dirname(path))) return { flaw: "it is in a folder that is outside of the workspace" };
			return readBytes(path) ?? this.#readLinked(path);
		} catch (error) {
			return { flaw: `it cannot be read: ${error.message.replace(/, \w+(?: '.*)?$/s, "")}` };
		}
	}
	#readLinked(path) {
		const target = realpathSync(path);
		if (!this.#isInside(target)) return { flaw: "it is a link that leads out of the workspace" };
		return readBytes(target) ?? { flaw: "it is a link that changed while it was read" };
	}
	#isFolderInside(folder) {
		const known = this.#folders.get(folder);
		if (known !== void 0) return known;
		const isInside = this.#isInside(realpathSync(folder));
		this.#folders.set(folder, isInside);
		return isInside;
	}
	#isInside(path) {
		return path === this.#root || path.startsWith(join(this.#root, sep));
	}
};
/** Most files fit into it, and are read at once. */
const SCRATCH = Buffer.alloc(65536);
/** Undefined for a link. */
function readBytes(path) {
	let descriptor;
	try {
		descriptor = openSync(path, constants$1.O_RDONLY | (constants$1.O_NOFOLLOW ?? 0) | (constants$1.O_NONBLOCK ?? 0));
	} catch (error) {
		const { code } = error;
		if (code === "ELOOP" || code === "EMLINK") return void 0;
		throw error;
	}
	try {
		const read = readSync(descriptor, SCRATCH, 0, SCRATCH.length, 0);
		return read > 0 && read < SCRATCH.length ? { bytes: Uint8Array.prototype.slice.call(SCRATCH, 0, read) } : readLong(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
function readLong(descriptor) {
	const stat = fstatSync(descriptor);
	if (!stat.isFile()) return { flaw: "it is no file" };
	if (stat.size > 10485760) return { flaw: `it has ${stat.size} bytes, more than ${MAX_FILE_BYTES}` };
	const bytes = Buffer.alloc(stat.size);
	let end = 0;
	for (let more = -1; more !== 0 && end < bytes.length; end += more) more = readSync(descriptor, bytes, end, bytes.length - end, end);
	return { bytes: bytes.subarray(0, end) };
}
// src/check/outcome.ts
/** What refuses. */
function listViolations({ findings }) {
	return findings.filter(({ level }) => level === "error");
}
/** The worst there is: what could not be decided comes before what was refused. */
function concludeCheck(outcome) {
	if (outcome.error !== void 0 || outcome.undecided.length > 0) return "failed";
	return listViolations(outcome).length > 0 ? "refused" : "passed";
}
/** An outcome whose free texts hold no secret: a file may hold one where an image belongs. */
function redactCheckOutcome(outcome, redact) {
	const clean = (finding) => ({
		...finding,
		image: redact(finding.image),
		message: redact(finding.message),
		hint: redact(finding.hint)
	});
	return {
		...outcome,
		images: outcome.images.map(redact),
		findings: outcome.findings.map(clean),
		excused: outcome.excused.map(clean),
		undecided: outcome.undecided.map((each) => ({
			...each,
			image: redact(each.image),
			error: redactError(each.error, redact)
		})),
		error: redactError(outcome.error, redact)
	};
}
// src/check/inputs.ts
/** The inputs of check; its `action.yml`, help and tables are generated from this. */
const CHECK_INPUTS = {
	files: { description: "What to check: globs, a line each, from the root of the workspace; `!` before one leaves files out, and a folder stands for the workload files in it. Compose, Kubernetes, kustomize, Helm values and Dockerfiles are told by name and content. Or the JSON of `kubectl get … -o json`, on the command line also on standard input. Default: all YAML files, Dockerfiles and Containerfiles, without those in `.github`." },
	policy: { description: "What must hold: policy files, a line each, or YAML in place; the keys under `images`. The strictest of several wins, and an input may only tighten. Default: `.github/promote-image.yml` if present." },
	environment: { description: "The environment the files are for, such as `production`: selects that part of the policy, and is what a promotion must have been to, with `verify: promoted`." },
	"require-digest": {
		flag: true,
		description: "Refuse an image without a digest. Default: the policy, else `true`."
	},
	"allow-registries": { description: "Patterns that an image must match, a comma list or a line each: `host/*`, `host/path/*` (any depth below) or `host/repository`. Default: the policy, else any; beside a policy, both must allow it." },
	"forbid-tags": { description: "Tags that are refused, a comma list or a line each. Default: the policy, else `latest`, `stable`, `main`, `master`, `edge`, `nightly`. A version that is not a full `x.y.z`, and a range, always are." },
	verify: { description: "What every image must have at its registry: `off`; `exists`, a manifest; `signed`, a signature by `key`, the identity, or a signer of the policy of role `source` or `promotion`; `promoted`, the record of its promotion by a signer of role `promotion`. Default: the policy, else `off`." },
	key: { description: "With `verify`, the public key of who signs: a file, `env://VARIABLE`, PEM, or a KMS URI. Beside a policy, both must be satisfied." },
	"certificate-identity": { description: "Instead of a key, the identity that signs, such as the URL of the workflow at a ref." },
	"certificate-identity-regexp": { description: "The same as a regular expression, which must match all of the identity." },
	"certificate-oidc-issuer": { description: "Who vouched for that identity, such as `https://token.actions.githubusercontent.com`." },
	"certificate-oidc-issuer-regexp": { description: "The same as a regular expression, which must match all of the issuer." },
	"certificate-github-workflow-repository": { description: "The repository (`owner/name`) whose pipeline signed. Needed where the identity is a reusable workflow: it signs with the same identity for everyone." },
	"trusted-root": { description: "A file with a Sigstore trusted root, for a private Sigstore. Default: the policy, else the public one." },
	scan: { description: "Scan every image with Trivy: `off`, `report`, or `enforce`, where findings refuse. Default: the policy, else `off`." },
	severity: { description: "With `scan`, severities that refuse, a comma list without a gap: `CRITICAL` or `CRITICAL,HIGH` and so on. Default: the policy, else `CRITICAL`." },
	sarif: { description: "A path to write the findings to as SARIF 2.1.0, for code scanning. Default: none is written." },
	"registry-auth": { description: "Credentials: a YAML list of `registry`, `username`, `password`, as docker/login-action takes it. Default: what `docker login` left." },
	trivy: { description: "Trivy to use: a version this release knows, `version@sha256:…`, or a path (trusted as given). Default: the pinned version." },
	cosign: { description: "cosign to use, in the same three forms. Default: the pinned version." },
	"work-dir": { description: "With `scan`, a directory with room for the largest image. Default: the runner's temporary directory." },
	timeout: {
		default: "1h",
		description: "The longest the whole run may take, such as `30m` or `1h`."
	},
	summary: {
		default: "true",
		description: "Write the job summary."
	},
	"github-token": {
		default: `\${{ github.token }}`,
		description: "Only used on a pull request, to read the policy from the base commit where the checkout does not have it."
	}
};
/** The outputs of check. */
const CHECK_OUTPUTS = {
	result: { description: "`passed`; `refused` where a file breaks a rule; `failed` where that could not be decided, such as a registry that does not answer." },
	violations: { description: "How many findings refuse." },
	findings: { description: "JSON list of `{file, line, column, image, rule, message}`, by file and line. Of very many, the first 350 kB: `sarif` and the log have more." },
	images: { description: "JSON list of the distinct images that the files name, as they are written. Of very many, the first 350 kB." },
	sarif: { description: "The path of the SARIF file, where one was asked for." }
};
// src/check/outputs.ts
/** The outputs of a run that ended before there was an outcome. */
const NO_CHECK_OUTPUTS = {
	result: "failed",
	violations: "",
	findings: "[]",
	images: "[]",
	sarif: ""
};
/** GitHub keeps 1 MB of all outputs of a job, counted in UTF-16; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs */
const MAX_LIST_LENGTH = 35e4;
/** An outcome as the outputs of the action. */
function toCheckOutputs(outcome) {
	return {
		result: outcome.result,
		violations: String(listViolations(outcome).length),
		findings: toList(outcome.findings.map(toFindingOutput)),
		images: toList(outcome.images),
		sarif: outcome.sarif ?? ""
	};
}
/** 0 passed, 3 refused, 1 could not decide. */
function toCheckExitCode({ result }) {
	if (result === "passed") return 0;
	return result === "refused" ? 3 : 1;
}
/** One for each line with findings, and for each image that could not be decided: those first, then the worst rules. */
function toCheckAnnotations({ findings, undecided }) {
	const told = [...Map.groupBy(findings, ({ file, line, column, where, level }) => JSON.stringify([
		level,
		file,
		line,
		column,
		line === void 0 ? where : ""
	])).values()].map((same) => same.toSorted((a, b) => rankOf(a) - rankOf(b))).toSorted(([a], [b]) => a === void 0 || b === void 0 ? 0 : rankOf(a) - rankOf(b)).flatMap(annotateLine);
	return [...undecided.map(annotateUndecided), ...told];
}
function annotateLine(findings) {
	const [worst] = findings;
	if (worst === void 0) return [];
	const rules = [...new Set(findings.map(({ rule }) => rule))];
	const messages = [...new Set(findings.map(({ message }) => message))].join(" ");
	const message = [...[worst.line === void 0 ? worst.where : "", worst.image].filter((name) => name !== ""), messages].join(": ");
	return [{
		...placeOf(worst),
		level: worst.level,
		title: rules.join(", "),
		message,
		hint: worst.hint
	}];
}
function annotateUndecided({ image, uses, error }) {
	const [first] = uses;
	const { code, hint } = error instanceof DomainError ? error : {
		code: "Failed",
		hint: void 0
	};
	const message = `${image}: ${describeError(error)}`;
	return {
		...first === void 0 ? {} : placeOf(first),
		title: code,
		message,
		hint
	};
}
function placeOf({ file, line, column }) {
	return line === void 0 || column === void 0 ? {} : {
		file,
		line,
		column
	};
}
/** A warning after every error; a file that cannot be read before all. */
function rankOf({ rule, level }) {
	const rank = rule === "unreadable-file" ? -1 : IMAGE_RULES.indexOf(rule);
	return level === "error" ? rank : IMAGE_RULES.length + rank + 1;
}
function toFindingOutput({ file, line, column, image, rule, message, level }) {
	return {
		file,
		...line === void 0 || column === void 0 ? {} : {
			line,
			column
		},
		image,
		rule,
		message,
		...level === "warning" ? { level } : {}
	};
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
// src/policy/tighten-images.ts
/** From weak to strict. */
const SCANS = [
	"off",
	"report",
	"enforce"
];
/** Lays the inputs over what a policy says of workload files. A policy that says anything of them means the defaults for the rest, so that an input may only be stricter; where none does, the inputs decide. */
function tightenImages(policy, inputs) {
	const { images } = policy;
	const speaks = IMAGE_KEYS.some((key) => policy.stated[key] !== void 0);
	const { allow, forbidTags } = inputs;
	const tightened = {
		...images,
		allow: allow === void 0 ? images.allow : [...images.allow, {
			policy: ALLOW_INPUT,
			patterns: allow
		}],
		requireDigest: inputs.requireDigest ?? images.requireDigest,
		forbidTags: forbidTags === void 0 ? images.forbidTags : [.../* @__PURE__ */ new Set([...speaks ? images.forbidTags : [], ...forbidTags])],
		verify: inputs.verify ?? images.verify,
		scan: inputs.scan ?? images.scan
	};
	const problems = [
		...speaks && images.requireDigest && inputs.requireDigest === false ? [describeLooser(policy, "images.requireDigest", "require-digest", "false")] : [],
		...judgeRank(policy, "images.verify", "verify", IMAGE_VERIFICATIONS, images.verify, inputs.verify),
		...judgeRank(policy, "images.scan", "scan", SCANS, images.scan, inputs.scan)
	];
	return {
		policy: {
			...policy,
			images: tightened
		},
		problems
	};
}
function judgeRank(policy, key, input, ranks, demanded, given) {
	if (policy.stated[key] === void 0 || given === void 0) return [];
	return ranks.indexOf(given) < ranks.indexOf(demanded) ? [describeLooser(policy, key, input, `${given}, weaker than ${demanded}`)] : [];
}
function describeLooser({ stated }, key, input, what) {
	const spoken = IMAGE_KEYS.find((each) => stated[each] !== void 0) ?? key;
	const names = stated[key] ?? stated[spoken] ?? [];
	const said = stated[key] === void 0 ? `${spoken}, which means the default ${key}: true` : key;
	const message = `is ${what}, and ${names.join(" and ")} ${names.length === 1 ? "states" : "state"} ${said}.`;
	return {
		where: `input ${input}`,
		message,
		fix: "Leave the input out, or change the policy."
	};
}
// src/check/image-inputs.ts
/** Reads what the inputs say of images; what they leave out, the policy or the default says. */
function readImageRules(fields) {
	const allow = fields.list("allow-registries");
	for (const pattern of allow.filter((text) => !isPattern(text))) {
		const message = `names ${JSON.stringify(pattern)}, which is no pattern for images.`;
		fields.addProblem("allow-registries", message, "Write host/*, host/path/* or host/repository: with the host, without tag, and with no other wildcard.");
	}
	const tags = fields.list("forbid-tags");
	for (const tag of tags.filter((text) => !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text))) {
		const message = `names ${JSON.stringify(tag)}, which is no tag.`;
		fields.addProblem("forbid-tags", message, "Name tags; there are no wildcards.");
	}
	return {
		...fields.isGiven("require-digest") ? { requireDigest: fields.flag("require-digest") } : {},
		...allow.length === 0 ? {} : { allow },
		...tags.length === 0 ? {} : { forbidTags: tags },
		...fields.isGiven("verify") ? { verify: fields.choice("verify", IMAGE_VERIFICATIONS) } : {},
		...fields.isGiven("scan") ? { scan: fields.choice("scan", [
			"enforce",
			"report",
			"off"
		]) } : {}
	};
}
// src/check/trust-inputs.ts
/** Whose signatures count, by what is asked for. */
const ROLES = {
	signed: ["source", "promotion"],
	promoted: ["promotion"]
};
/** Reads who must have signed by the inputs. Who names somebody and verifies nothing meant something else; and who verifies and trusts nobody could only be told that everything is unsigned. */
async function readAnchor(fields, { images, signature, signers }, context, isPolicyKnown) {
	const before = fields.problems.length;
	const anchor = await readTrustAnchor(fields, "", {
		...context,
		transparencyLog: signature.transparencyLog
	});
	const { verify } = images;
	if (verify === "off" || verify === "exists") {
		if (anchor !== void 0) {
			const input = anchor.kind === "key" ? "key" : "certificate-identity";
			const fix = `Set verify: signed or verify: promoted, or leave ${input} out.`;
			fields.addProblem(input, `is given, and with verify: ${verify} no signature is looked at.`, fix);
		}
		return anchor;
	}
	const isNamed = signers.some((list) => list.signers.some(({ role }) => ROLES[verify].includes(role)));
	if (anchor === void 0 && !isNamed && isPolicyKnown && fields.problems.length === before) {
		const fix = `Give key, or certificate-identity and certificate-oidc-issuer, or a policy with signers of role ${ROLES[verify].join(" or ")}.`;
		fields.addProblem("key", `is empty, and nothing else says whom verify: ${verify} is to trust.`, fix);
	}
	return anchor;
}
// src/check/demands.ts
/** Reads the policy and the inputs of that kind; what is wrong with them are problems of `fields`. */
async function readImageDemands(fields, policyInput, context) {
	const environment = fields.text("environment") || void 0;
	const logins = await readRegistryAuth(fields);
	const { policies, problems } = await readPolicies(policyInput, context.files);
	fields.addProblems(problems);
	const merged = mergePolicies(policies, environment);
	if (problems.length === 0) fields.addProblems(merged.problems);
	const path = fields.text("trusted-root");
	const severity = readSeverity(fields);
	const laid = tightenImages(merged.policy, readImageRules(fields));
	const { policy: tightened, problems: looser } = tighten(laid.policy, {
		sign: true,
		attest: true,
		hasIgnoreFiles: false,
		...severity === void 0 ? {} : { severity },
		...path === "" ? {} : { trustedRoot: path }
	});
	fields.addProblems([...laid.problems, ...looser]);
	const policy = {
		...tightened,
		scan: {
			...tightened.scan,
			mode: tightened.images.scan,
			from: "image"
		}
	};
	const isScanned = policy.images.scan !== "off";
	const named = new NamedFiles(fields, context.files);
	const ca = readCertificateFiles(await named.readAll("policy", policy.registries.ca, "registries.ca"));
	fields.addProblems(ca.problems);
	const vexDocuments = isScanned ? await named.readAll("policy", policy.scan.vex, "scan.vex") : [];
	const isSigned = policy.images.verify === "signed" || policy.images.verify === "promoted";
	const trustedRoot = isSigned ? await readSigstoreFile(fields, named, "trusted-root", policy.signature.trustedRoot) : void 0;
	return {
		policy,
		environment,
		anchor: await readAnchor(fields, policy, context, problems.length === 0),
		keys: isSigned ? await readPolicyKeys(fields, named, policy, ["promotion", "source"]) : /* @__PURE__ */ new Map(),
		trustedRoot,
		logins,
		tools: {
			trivy: await readTool(fields, "trivy", context),
			cosign: await readTool(fields, "cosign", context)
		},
		vexDocuments: vexDocuments.map(({ text }) => text),
		ca: ca.certificates.length === 0 ? void 0 : ca.certificates.join("")
	};
}
export { joinWritten as _, toCheckOutputs as a, Judge as b, concludeCheck as c, WorkspaceReader as d, isListed as f, isSameRepository as g, findImages as h, toCheckExitCode as i, listViolations as l, resolveFrom as m, NO_CHECK_OUTPUTS as n, CHECK_INPUTS as o, listFiles as p, toCheckAnnotations as r, CHECK_OUTPUTS as s, readImageDemands as t, redactCheckOutcome as u, splitRegistry as v, asksRegistries as x, splitWritten as y };
