import { Ct as parseInstant } from "./engine.js";
import { p as unknown, r as array, u as strictObject } from "./zod.js";
import { r as MAX_YAML_BYTES, t as parseYaml } from "./parse-yaml.js";
import { t as isPurl } from "./purl.js";
import { f as sentence, g as textField } from "./schema-fields.js";
// src/policy/ignore-file.ts
const ID = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9._:]+)*$/;
/** Parses `.trivyignore`, or `.trivyignore.yaml` when the name ends so; https://trivy.dev/latest/docs/configuration/filtering/. As in Trivy, an entry no longer holds on the day it names. */
function parseIgnoreFile(text, name) {
	return /\.ya?ml$/i.test(name) ? parseYamlFile(text, name) : parseLines(text, name);
}
function parseLines(text, name) {
	const bytes = Buffer.byteLength(text);
	if (bytes > 1048576) {
		const message = `it has ${bytes} bytes, more than ${MAX_YAML_BYTES}.`;
		return {
			exceptions: [],
			problems: [{
				where: `${name}:1:1`,
				message,
				fix: "Split it into several files."
			}]
		};
	}
	const exceptions = [];
	const problems = [];
	for (const [index, line] of text.replace(/^\ufeff/, "").split(/\r?\n/).entries()) {
		const [, entry = "", comment = ""] = /^(.*?)(?:(?:^|\s)#(.*))?$/s.exec(line) ?? [];
		const [id, ...fields] = entry.trim().split(/\s+/);
		if (id === void 0 || id === "") continue;
		const tell = (part, message, fix) => {
			problems.push({
				where: `${name}:${index + 1}:${line.indexOf(part) + 1}`,
				message,
				fix
			});
		};
		if (!ID.test(id)) tell(id, `${JSON.stringify(id)} is not the id of a vulnerability.`, "Write one id a line, such as CVE-2026-1234; there are no wildcards.");
		const unknown = fields.find((field) => !field.startsWith("exp:"));
		if (unknown !== void 0) tell(unknown, `${JSON.stringify(unknown)} has no meaning here.`, "Write the id, exp:YYYY-MM-DD if it ends, and # before a comment.");
		const dates = fields.filter((field) => field.startsWith("exp:")).map((field) => field.slice(4));
		const bad = dates.find((date) => parseInstant(date) === void 0);
		if (bad !== void 0) tell(`exp:${bad}`, `${JSON.stringify(bad)} is not a day.`, "Write exp:YYYY-MM-DD.");
		else if (dates.length > 1) tell("exp:", "exp: stands here twice.", "Keep one of them.");
		exceptions.push(toException({
			id,
			reason: comment.trim(),
			expires: dates[0],
			packages: []
		}, `${name}:${index + 1}`));
	}
	return problems.length === 0 ? {
		exceptions,
		problems
	} : {
		exceptions: [],
		problems: problems.slice(0, 100)
	};
}
const elsewhere = array(unknown()).optional().describe("For scans that are not made here.");
const entrySchema = strictObject({
	id: textField({
		is: (text) => ID.test(text),
		what: "the id of a vulnerability",
		fix: "Name one, such as CVE-2026-1234."
	}),
	purls: array(textField({
		is: isPurl,
		what: "a package URL",
		fix: "Write pkg:type/namespace/name@version."
	})).optional(),
	paths: unknown().optional(),
	statement: sentence.optional(),
	expired_at: textField({
		is: (text) => parseInstant(text) !== void 0,
		what: "a date",
		fix: "Write YYYY-MM-DD."
	}).optional()
});
const fileSchema = strictObject({
	vulnerabilities: array(entrySchema).optional(),
	misconfigurations: elsewhere,
	secrets: elsewhere,
	licenses: elsewhere
});
function parseYamlFile(text, name) {
	const { value, problems } = parseYaml(fileSchema, text, name, (yaml) => {
		const entries = yaml.value?.vulnerabilities;
		if (!Array.isArray(entries)) return [];
		return entries.flatMap((_, index) => {
			const path = [
				"vulnerabilities",
				index,
				"paths"
			];
			if (!yaml.has(path)) return [];
			return [{
				where: yaml.locate(path, "key"),
				message: "paths are not supported: the entry would let pass more than it says, or nothing.",
				fix: "Name the package in purls instead."
			}];
		});
	});
	return {
		exceptions: (value?.vulnerabilities ?? []).map(({ id, purls, statement, expired_at }, index) => toException({
			id,
			packages: purls ?? [],
			reason: statement ?? "",
			expires: expired_at
		}, `${name} vulnerabilities[${index}]`)),
		problems
	};
}
function toException(entry, source) {
	const { id, packages, reason, expires } = entry;
	const end = expires === void 0 ? {} : {
		expires,
		endsAt: parseInstant(expires) ?? 0
	};
	return {
		id,
		packages,
		...reason === "" ? {} : { reason },
		...end,
		source
	};
}
export { parseIgnoreFile };
