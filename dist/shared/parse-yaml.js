import { t as require_dist } from "./yaml.js";
import { m as toJSONSchema } from "./zod.js";
import { U as suggestName } from "./engine.js";
// src/policy/positioned-yaml.ts
var import_dist = require_dist();
/** Larger documents are refused before they are read. */
const MAX_YAML_BYTES = 1048576;
const MAX_DEPTH = 32;
const NESTED = "it is nested too deeply.";
const MESSAGES = {
	MULTIPLE_DOCS: ["it holds more than one document.", "Use a file for each."],
	NON_STRING_KEY: ["a key must be a plain name.", ""]
};
/** Reads one YAML 1.2 document: no merge keys, no tags but the core ones, aliases only within reason; every problem has its position. */
function readYaml(text, name, maxBytes = MAX_YAML_BYTES) {
	const bytes = Buffer.byteLength(text);
	if (bytes > maxBytes) return unreadable(name, `it has ${bytes} bytes, more than ${maxBytes}.`, "Split it into several files.");
	const lines = new import_dist.LineCounter();
	let document;
	try {
		document = (0, import_dist.parseDocument)(text, {
			lineCounter: lines,
			prettyErrors: false,
			schema: "core",
			merge: false,
			resolveKnownTags: false,
			stringKeys: true,
			uniqueKeys: false
		});
	} catch {
		return unreadable(name, "it cannot be read as YAML.", "Check how deeply it is nested.");
	}
	const at = (offset) => {
		const { line, col } = lines.linePos(offset);
		return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
	};
	const told = [...document.errors, ...document.warnings].map((error) => describeYamlError(error, at));
	if (document.errors.length > 0) {
		const nested = told.find((problem) => problem.message === NESTED);
		return {
			...nowhere(name),
			problems: nested === void 0 ? told : [nested]
		};
	}
	const problems = told.concat(findForbidden(document.contents, at));
	try {
		return {
			value: document.toJS({ maxAliasCount: 100 }),
			problems,
			...createLocator(document, at)
		};
	} catch (error) {
		const reason = error instanceof ReferenceError ? "its aliases cannot be resolved, or are too many" : "it cannot be read";
		return {
			...nowhere(name),
			problems: [...problems, {
				where: at(0),
				message: `${reason}.`,
				fix: "Write it out."
			}]
		};
	}
}
/** Keys that stand twice or mean something to JavaScript, aliases of nothing, and nesting that only an attack needs. */
function findForbidden(root, at) {
	const problems = [];
	const anchors = /* @__PURE__ */ new Set();
	const tell = (node, message, fix) => {
		problems.push({
			where: at(startOf(node)),
			message,
			fix
		});
	};
	const visit = (node, depth) => {
		if (depth > MAX_DEPTH) {
			tell(node, NESTED, "");
			return;
		}
		if ((0, import_dist.isAlias)(node) && !anchors.has(node.source)) tell(node, `the alias *${node.source} stands for nothing.`, "Write it out.");
		if (!(0, import_dist.isMap)(node) && !(0, import_dist.isSeq)(node) && !(0, import_dist.isScalar)(node)) return;
		if (node.anchor !== void 0) anchors.add(node.anchor);
		if ((0, import_dist.isSeq)(node)) for (const item of node.items) visit(item, depth + 1);
		if (!(0, import_dist.isMap)(node)) return;
		const seen = /* @__PURE__ */ new Set();
		for (const { key, value } of node.items) {
			const name = (0, import_dist.isScalar)(key) ? key.value : void 0;
			if (seen.has(name)) tell(key, `${JSON.stringify(name)} stands here twice.`, "Keep one of them.");
			if (name === "__proto__") tell(key, "\"__proto__\" cannot be a key.", "Remove it.");
			seen.add(name);
			visit(key, depth + 1);
			visit(value, depth + 1);
		}
	};
	visit(root, 0);
	return problems;
}
function describeYamlError(error, at) {
	const isNested = /call stack|stack overflow/i.test(error.message);
	const [message, fix] = MESSAGES[error.code] ?? [`${error.message.replace(/\.?$/, "")}.`, ""];
	return {
		where: at(error.pos[0]),
		message: isNested ? NESTED : message,
		fix
	};
}
function createLocator(document, at) {
	const find = (path) => {
		let key;
		let value = document.contents;
		for (const step of path) {
			const node = (0, import_dist.isAlias)(value) ? value.resolve(document) : value;
			if ((0, import_dist.isMap)(node)) {
				const pair = node.items.find((item) => (0, import_dist.isScalar)(item.key) && item.key.value === step);
				if (pair === void 0) return {
					key,
					value,
					complete: false
				};
				({key, value} = pair);
			} else if ((0, import_dist.isSeq)(node) && typeof step === "number" && step < node.items.length) {
				key = node.items[step];
				value = key;
			} else return {
				key,
				value,
				complete: false
			};
		}
		return {
			key,
			value,
			complete: true
		};
	};
	return {
		has: (path) => find(path).complete,
		locate: (path, part) => {
			const { key, value, complete } = find(path);
			if (!complete || part === "key") return at(startOf(key ?? value));
			return at(startOf((0, import_dist.isNode)(value) ? value : key));
		}
	};
}
function startOf(node) {
	return ((0, import_dist.isNode)(node) ? node.range?.[0] : void 0) ?? 0;
}
function nowhere(name) {
	return {
		value: void 0,
		locate: () => `${name}:1:1`,
		has: () => false
	};
}
function unreadable(name, message, fix) {
	return {
		...nowhere(name),
		problems: [{
			where: `${name}:1:1`,
			message,
			fix
		}]
	};
}
// src/policy/schema-problems.ts
const KINDS = {
	string: "a text",
	number: "a number",
	boolean: "true or false",
	array: "a list",
	object: "a map",
	record: "a map"
};
/** Says what the schema found, where it stands in the document, and what to write instead. */
function describeIssues(issues, yaml, schema) {
	return issues.slice(0, 100).flatMap((issue) => describeIssue(issue, issue.path, yaml, schema));
}
function describeIssue(issue, path, yaml, schema) {
	const name = formatPath(path);
	const tell = (message, fix = "") => [{
		where: yaml.locate(path, "value"),
		message,
		fix
	}];
	if (!yaml.has(path)) return tell(`${name} is missing.`, "Add it.");
	switch (issue.code) {
		case "unrecognized_keys": return describeUnknownKeys(issue.keys, path, yaml, findKnownKeys(schema, path));
		case "invalid_type": return tell(`${name} must be ${nameKind(issue)}, not ${nameValue(valueAt(yaml.value, path))}.`);
		case "invalid_value": {
			const value = valueAt(yaml.value, path);
			const values = issue.values.map(String);
			const suggestion = typeof value === "string" ? suggestName(value.slice(0, 64), values) : "";
			return tell(`${name} must be ${values.join(" or ")}, not ${nameValue(value)}.`, suggestion.startsWith("Known") ? "" : suggestion);
		}
		case "invalid_union": {
			const branch = issue.errors.find((errors) => errors.every((e) => e.path.length > 0 || e.code !== "invalid_type"));
			if (branch !== void 0) return branch.flatMap((e) => describeIssue(e, [...path, ...e.path], yaml, schema));
			return tell(`${name} must be ${issue.errors.flat().flatMap((e) => e.code === "invalid_type" ? [nameKind(e)] : []).join(" or ")}, not ${nameValue(valueAt(yaml.value, path))}.`);
		}
		case "invalid_key": return issue.issues.map((e) => ({
			where: yaml.locate(path, "key"),
			message: e.message,
			fix: fixOf(e)
		}));
		case "too_small": return tell(`${name} is empty.`, "Name one, or leave the key out.");
		default: return tell(`${name}: ${issue.message}`, fixOf(issue));
	}
}
function describeUnknownKeys(keys, path, yaml, known) {
	const place = path.length === 0 ? "here" : `in ${formatPath(path)}`;
	return keys.slice(0, 100).map((key) => {
		const where = yaml.locate([...path, key], "key");
		if (key === "<<") return {
			where,
			message: "merge keys (<<) are not supported.",
			fix: "Write the keys out."
		};
		return {
			where,
			message: `${JSON.stringify(key)} is not known ${place}.`,
			fix: suggestName(key.slice(0, 64), known)
		};
	});
}
/** The keys that a schema knows at a path, by way of its JSON Schema. */
function findKnownKeys(schema, path) {
	let places = [toJSONSchema(schema, { io: "input" })];
	for (const step of path) places = places.flatMap(splitUnion).flatMap((place) => {
		const next = typeof step === "number" ? place.items : place.properties?.[String(step)] ?? place.additionalProperties;
		return typeof next === "object" ? [next] : [];
	});
	return places.flatMap(splitUnion).flatMap((place) => Object.keys(place.properties ?? {}));
}
function splitUnion(schema) {
	return schema.anyOf ?? [schema];
}
function fixOf(issue) {
	const fix = issue.code === "custom" ? issue.params?.fix : void 0;
	return typeof fix === "string" ? fix : "";
}
/** The schema's own word for what it expects, else the general one. */
function nameKind(issue) {
	return issue.message.startsWith("Invalid input") ? KINDS[issue.expected] ?? issue.expected : issue.message;
}
function nameValue(value) {
	if (value === null || value === void 0) return "nothing";
	if (Array.isArray(value)) return "a list";
	return typeof value === "object" ? "a map" : JSON.stringify(value).slice(0, 80);
}
function valueAt(value, path) {
	return path.reduce((at, step) => typeof at === "object" && at !== null && Object.hasOwn(at, step) ? at[step] : void 0, value);
}
/** `scan.ignore[2].reason`; `the document` for the root. */
function formatPath(path) {
	const text = path.map((step) => typeof step === "number" ? `[${step}]` : `.${String(step)}`).join("");
	return text === "" ? "the document" : text.replace(/^\./, "");
}
// src/policy/parse-yaml.ts
/** Parses a YAML document against a schema. Every problem is told at once, at `name:line:column`; an empty document is one. `inspect` may find more in what was written. */
function parseYaml(schema, text, name, inspect = () => [], maxBytes) {
	const yaml = readYaml(text, name, maxBytes);
	if (yaml.value === void 0) return {
		value: void 0,
		problems: limit(yaml.problems)
	};
	if (yaml.value === null) {
		const empty = {
			where: `${name}:1:1`,
			message: "it is empty.",
			fix: "Fill it, or leave it out."
		};
		return {
			value: void 0,
			problems: [...yaml.problems, empty]
		};
	}
	const result = schema.safeParse(yaml.value);
	const issues = result.success ? [] : describeIssues(result.error.issues, yaml, schema);
	const problems = [
		...yaml.problems,
		...issues,
		...inspect(yaml)
	];
	if (problems.length > 0 || !result.success) return {
		value: void 0,
		problems: limit(problems)
	};
	return {
		value: result.data,
		problems: []
	};
}
function limit(problems) {
	const sorted = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()].sort((a, b) => comparePlaces(a.where, b.where));
	const [first] = sorted;
	if (first === void 0 || sorted.length <= 100) return sorted;
	const rest = {
		where: first.where.replace(/:\d+:\d+$/, ""),
		message: `only the first 100 problems are shown.`,
		fix: ""
	};
	return [...sorted.slice(0, 100), rest];
}
function comparePlaces(a, b) {
	const [lineA = 0, columnA = 0] = readPlace(a);
	const [lineB = 0, columnB = 0] = readPlace(b);
	return lineA - lineB || columnA - columnB;
}
function readPlace(where) {
	return where.split(":").slice(-2).map(Number);
}
export { formatPath as n, MAX_YAML_BYTES as r, parseYaml as t };
