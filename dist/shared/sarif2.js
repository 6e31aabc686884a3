import { o as escapeMarkdown, qn as stripControl, v as IMAGE_RULES } from "./engine.js";
import { t as MAX_SARIF_RESULTS } from "./sarif.js";
import { createHash } from "node:crypto";
// src/report/placed-sarif.ts
const MAX_TEXT = 1e3;
/** Findings in files as a SARIF log with one run, cut to what GitHub takes. `category` keeps the alerts of one upload from closing those of another. */
function buildPlacedSarif(input) {
	const { rules, results } = input;
	const kept = results.slice(0, MAX_SARIF_RESULTS);
	const index = new Map(rules.map(({ id }, i) => [id, i]));
	const seen = /* @__PURE__ */ new Map();
	return {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [{
			tool: { driver: {
				name: "promote-image",
				informationUri: "https://promote-image.github.io/",
				rules: rules.map(buildRule)
			} },
			automationDetails: { id: `${input.category}/` },
			columnKind: "utf16CodeUnits",
			results: kept.map((result) => buildResult(result, index.get(result.ruleId) ?? 0, seen)),
			properties: {
				totalResults: results.length,
				omittedResults: results.length - kept.length
			}
		}]
	};
}
function buildRule({ id, title, help, score }) {
	return {
		id,
		shortDescription: { text: title },
		fullDescription: { text: `${title}.` },
		help: {
			text: help,
			markdown: escapeMarkdown(help)
		},
		defaultConfiguration: { level: "error" },
		properties: {
			"security-severity": score,
			precision: "very-high",
			tags: ["security", "supply-chain"]
		}
	};
}
function buildResult(result, ruleIndex, seen) {
	const { ruleId, level, file, line, column, where } = result;
	const print = createHash("sha256").update(JSON.stringify(result.identity)).digest("hex").slice(0, 32);
	const nth = (seen.get(print) ?? 0) + 1;
	seen.set(print, nth);
	return {
		ruleId,
		ruleIndex,
		level,
		message: { text: cleanText(result.text) },
		locations: [{
			physicalLocation: {
				artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
				region: {
					startLine: line,
					startColumn: column,
					endLine: line,
					endColumn: column + 1
				}
			},
			...where === "" ? {} : { logicalLocations: [{
				name: cleanText(where),
				fullyQualifiedName: cleanText(where)
			}] },
			message: { text: cleanText(where === "" ? file : where) }
		}],
		partialFingerprints: { primaryLocationLineHash: `${print}:${nth}` },
		properties: {}
	};
}
/** One line without what SARIF viewers would turn into a link (section 3.11.6). */
function cleanText(text) {
	const line = stripControl(text, { newlines: "space" }).replace(/\]\s*\(/g, "] (");
	return line.length <= MAX_TEXT ? line : `${line.slice(0, 999).toWellFormed()}…`;
}
// src/check/sarif.ts
const CATEGORY = "promote-image/check";
/** What each rule is about, and how bad it is to break it, from 0.0 to 10.0 as GitHub sorts alerts. */
const RULES = {
	"not-promoted": ["The image has no record of a promotion by anybody who is trusted", "8.5"],
	unsigned: ["The image is not signed by anybody who is trusted", "8.5"],
	"digest-not-found": ["The registry does not have this image", "7.0"],
	vulnerable: ["The image has vulnerabilities that the policy refuses", "9.0"],
	"registry-not-allowed": ["The image comes from a registry that is not allowed", "8.0"],
	"no-digest": ["The image is not pinned to a digest", "7.0"],
	"no-tag": ["The image has neither a tag nor a digest", "7.0"],
	"floating-tag": ["The tag of the image moves", "5.0"],
	"implicit-registry": ["The image names no registry", "6.0"],
	"invalid-reference": ["What stands here is no image reference", "5.0"],
	"unresolved-variable": ["A variable decides which image runs", "6.0"],
	"unreadable-file": ["The file cannot be read, so that nothing is known of its images", "7.0"]
};
/** The findings as SARIF 2.1.0 text: all rules, a result for each finding at its line. What a policy excepts is left out, as code scanning would raise an alert for it. What runs in a cluster has no line, and stands at the first. */
function renderCheckSarif({ findings }) {
	const rules = [...IMAGE_RULES, "unreadable-file"].map((id) => {
		const [title, score] = RULES[id];
		return {
			id,
			title,
			score,
			help: `Rule ${id} of promote-image check: ${title.toLowerCase()}.`
		};
	});
	return JSON.stringify(buildPlacedSarif({
		rules,
		results: findings.map(toResult),
		category: CATEGORY
	}), null, 1);
}
function toResult({ file, line, column, where, image, rule, message, hint, level }) {
	return {
		ruleId: rule,
		level,
		identity: [
			rule,
			file,
			where,
			nameOf(image)
		],
		file: file === "-" ? "standard-input" : file,
		line: line ?? 1,
		column: column ?? 1,
		text: `${image === "" ? "" : `${image}: `}${message} ${hint}`,
		where
	};
}
/** What is written, without its tag and digest. */
function nameOf(image) {
	const [name = ""] = image.split("@", 1);
	const colon = name.lastIndexOf(":");
	return colon > name.lastIndexOf("/") ? name.slice(0, colon) : name;
}
export { renderCheckSarif };
