import { o as escapeMarkdown, qn as stripControl } from "./engine.js";
import { createHash } from "node:crypto";
// src/report/sarif.ts
/** GitHub refuses a run with more results, and shows the 5,000 most severe; https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
const MAX_SARIF_RESULTS = 25e3;
const MAX_TEXT = 1e3;
const LEVELS = {
	CRITICAL: {
		rank: 0,
		level: "error",
		score: "9.5"
	},
	HIGH: {
		rank: 1,
		level: "error",
		score: "8.0"
	},
	MEDIUM: {
		rank: 2,
		level: "warning",
		score: "5.5"
	},
	LOW: {
		rank: 3,
		level: "note",
		score: "2.0"
	},
	UNKNOWN: {
		rank: 4,
		level: "note",
		score: "0.0"
	}
};
/** The findings as a SARIF log with one run, most severe first, cut to what GitHub takes. `category` keeps the alerts of one upload from closing those of another. */
function buildSarif(input) {
	const kept = input.results.toSorted((a, b) => LEVELS[a.severity].rank - LEVELS[b.severity].rank).slice(0, MAX_SARIF_RESULTS);
	const ruleIndex = /* @__PURE__ */ new Map();
	const rules = [];
	for (const finding of kept) {
		if (ruleIndex.has(finding.ruleId)) continue;
		ruleIndex.set(finding.ruleId, rules.length);
		rules.push(buildRule(finding));
	}
	return {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [{
			tool: { driver: {
				name: "promote-image",
				informationUri: "https://promote-image.github.io/",
				semanticVersion: input.toolVersion,
				rules
			} },
			...input.category === void 0 ? {} : { automationDetails: { id: `${input.category}/` } },
			columnKind: "utf16CodeUnits",
			results: kept.map((finding) => buildResult(finding, ruleIndex.get(finding.ruleId) ?? 0)),
			properties: {
				totalResults: input.results.length,
				omittedResults: input.results.length - kept.length
			}
		}]
	};
}
/** A rule takes its severity from its first finding, which is its worst, since findings come sorted. */
function buildRule(finding) {
	const { level, score } = LEVELS[finding.severity];
	const title = cleanText(finding.title ?? "") || finding.ruleId;
	const fixed = finding.fixedVersion === void 0 ? "No fixed version is known." : "A fixed version exists.";
	return {
		id: finding.ruleId,
		shortDescription: { text: title },
		fullDescription: { text: title },
		help: {
			text: `${finding.ruleId} (${finding.severity}): ${title}. ${fixed}`,
			markdown: `**${escapeMarkdown(finding.ruleId)}** (${finding.severity}): ${escapeMarkdown(title)}. ${fixed}`
		},
		...isWebAddress(finding.helpUri) ? { helpUri: new URL(finding.helpUri).href } : {},
		defaultConfiguration: { level },
		properties: {
			"security-severity": score,
			precision: "very-high",
			tags: [
				"security",
				"vulnerability",
				finding.severity
			]
		}
	};
}
function buildResult(finding, ruleIndex) {
	const name = cleanText(`${finding.package} ${finding.installedVersion}`);
	const fix = finding.fixedVersion === void 0 ? "no fixed version is known" : `fixed in ${finding.fixedVersion}`;
	const where = `${finding.image}@${finding.digest} (${finding.platform})`;
	return {
		ruleId: finding.ruleId,
		ruleIndex,
		level: LEVELS[finding.severity].level,
		message: { text: cleanText(`${finding.severity} in ${name}, ${fix}: ${finding.title ?? finding.ruleId}`) },
		locations: [{
			physicalLocation: {
				artifactLocation: { uri: toRelativeUri(finding.image) },
				region: {
					startLine: 1,
					startColumn: 1,
					endLine: 1,
					endColumn: 1
				}
			},
			logicalLocations: [{
				name: cleanText(finding.package),
				fullyQualifiedName: cleanText(finding.purl ?? name)
			}],
			message: { text: cleanText(where) }
		}],
		partialFingerprints: { primaryLocationLineHash: `${fingerprint(finding)}:1` },
		properties: {
			severity: finding.severity,
			digest: finding.digest,
			platform: cleanText(finding.platform),
			package: cleanText(finding.package),
			installedVersion: cleanText(finding.installedVersion),
			...finding.fixedVersion === void 0 ? {} : { fixedVersion: cleanText(finding.fixedVersion) },
			...finding.purl === void 0 ? {} : { purl: cleanText(finding.purl) }
		}
	};
}
/** The same finding in a later build of the image is the same alert, so the digest is no part of it. */
function fingerprint(finding) {
	const parts = [
		finding.ruleId,
		finding.image,
		finding.platform,
		finding.package,
		finding.installedVersion
	];
	return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
/** `host:5000/app` would be read as a URI of the scheme `host`, so each segment is percent-encoded; https://www.rfc-editor.org/rfc/rfc3986#section-4.2 */
function toRelativeUri(repository) {
	return repository.split("/").map(encodeURIComponent).join("/");
}
/** One line without what SARIF viewers would turn into a link (section 3.11.6). */
function cleanText(text) {
	const line = stripControl(text, { newlines: "space" }).replace(/\]\s*\(/g, "] (");
	return line.length <= MAX_TEXT ? line : `${line.slice(0, 999).toWellFormed()}…`;
}
function isWebAddress(address) {
	return address !== void 0 && URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
export { buildSarif as n, MAX_SARIF_RESULTS as t };
