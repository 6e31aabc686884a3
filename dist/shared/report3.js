import { Bt as SIGNATURE_PREDICATE, Ft as VSA_PREDICATE, On as LEGACY_SIGNATURE_TYPE, Pt as VULN_PREDICATE, Qn as formatReference, a as codeSpan, bn as formatDuration, hr as describeError, nr as pathOf, o as escapeMarkdown, or as digestHex, pr as DomainError, tt as quoteForeign, vn as formatCount, xn as formatShortDigest, yn as formatDate, zt as RECORD_PREDICATE } from "./engine.js";
import { a as renderHeading, n as renderAlert, r as renderCodeBlock, s as renderList, t as joinBlocks } from "./markdown.js";
import { r as pathDiagram } from "./mermaid.js";
import { i as renderTable, n as limitBytes, r as limitRows, t as MAX_SUMMARY_BYTES } from "./truncate.js";
import { i as renderScan } from "./trust-flags.js";
import { w as describeCarried } from "./promote.js";
import { t as renderVerification } from "./verification.js";
// src/promote/report/details.ts
/** A refusal is told in full above the gates. */
const MAX_EVIDENCE = 240;
/** The signs of the picture above. */
const SIGNS = {
	passed: "✓&nbsp;passed",
	refused: "✗&nbsp;**refused**",
	reported: "!&nbsp;reported",
	off: "–&nbsp;off"
};
/** Each gate with its verdict and what that rests on; undefined when none was reached. */
function renderGates(gates) {
	if (gates.length === 0) return void 0;
	const rows = gates.map(({ name, verdict, evidence }) => [
		escapeMarkdown(name),
		SIGNS[verdict],
		escapeMarkdown(shorten(evidence))
	]);
	return joinBlocks([renderHeading(3, "Gates"), renderTable([
		{ title: "Gate" },
		{ title: "Verdict" },
		{ title: "What it rests on" }
	], rows)]);
}
/** References and digests in full, as a list: on a phone it wraps, where a table would be cut. */
function renderDetailList(outcome) {
	const { pinned, environment, plan, scan } = outcome;
	const items = [
		`Source ${codeSpan(formatReference(outcome.source))}`,
		pinned === void 0 ? "Digest: the source was not resolved" : `Digest ${codeSpan(pinned.digest)}`,
		...outcome.targets.map(({ target, result, code }) => {
			const why = code === void 0 ? "" : ` (${codeSpan(code)})`;
			return `Target ${codeSpan(formatReference(target))} ${result}${why}`;
		}),
		environment === void 0 ? void 0 : `Environment ${escapeMarkdown(environment)}`,
		scan === void 0 ? void 0 : `Vulnerability database ${codeSpan(scan.database.source)} ${codeSpan(scan.database.digest)}`,
		...outcome.evidence.map(({ predicateType, repository, digest }) => `Attached ${codeSpan(predicateType)} to ${codeSpan(repository)} as ${codeSpan(digest)}`),
		...outcome.referrers.map((carried) => `Carried over to ${codeSpan(carried.repository)}: ${escapeMarkdown(describeCarried(carried))}`),
		plan === void 0 ? void 0 : `Plan ${codeSpan(plan.digest)}`,
		`Took ${formatDuration(outcome.seconds * 1e3)}`
	];
	return joinBlocks([renderHeading(3, "Details"), renderList(items.filter((item) => item !== void 0))]);
}
function shorten(text) {
	const chars = Array.from(text);
	return chars.length <= MAX_EVIDENCE ? text : `${chars.slice(0, 239).join("")}…`;
}
// src/promote/report/evidence-name.ts
const NAMES = {
	[SIGNATURE_PREDICATE]: "Signature",
	[LEGACY_SIGNATURE_TYPE]: "Signature, older form (`.sig`)",
	[RECORD_PREDICATE]: "Promotion record",
	[VSA_PREDICATE]: "Verification summary (SLSA)",
	[VULN_PREDICATE]: "Vulnerability scan",
	"https://slsa.dev/provenance/v1": "Build provenance (SLSA)",
	"https://slsa.dev/provenance/v0.2": "Build provenance (SLSA)",
	"https://spdx.dev/Document": "SBOM (SPDX)",
	"https://cyclonedx.org/bom": "SBOM (CycloneDX)",
	"https://openvex.dev/ns": "VEX statement"
};
/** A predicate type in the words of who approves, as Markdown; one that is not known stands as it is. */
function nameEvidence(predicateType) {
	return Object.hasOwn(NAMES, predicateType) ? `${NAMES[predicateType]}` : codeSpan(predicateType);
}
// src/promote/report/evidence.ts
const MAX_ROWS = 100;
/** Which signed statements the promotion rests on, and which it leaves at the target, by whom; undefined when there are none. */
function renderEvidence(outcome) {
	const rows = [...listRelied(outcome), ...listWritten(outcome)];
	if (rows.length === 0) return void 0;
	const columns = [
		"Evidence",
		"For this promotion",
		"Signed by",
		"Where"
	].map((title) => ({ title }));
	return joinBlocks([renderHeading(3, "Signed evidence"), renderTable(columns, limitRows(rows, MAX_ROWS))]);
}
function listRelied({ relied, source }) {
	return relied.map(({ type, signer, digest }) => [
		nameEvidence(type),
		"relied&nbsp;on",
		escapeMarkdown(signer),
		`${codeSpan(source.repository)}${digest === void 0 ? "" : ` as ${codeSpan(formatShortDigest(digest))}`}`
	]);
}
/** One row for what is the same but for the target or platform it names. */
function listWritten(outcome) {
	const signer = describeSigner(outcome);
	const rows = [...Map.groupBy(outcome.evidence, ({ repository, predicateType }) => `${repository} ${predicateType}`).values()].flatMap((group) => {
		const [first] = group;
		if (first === void 0) return [];
		const { repository, predicateType } = first;
		const names = group.map(({ digest }) => predicateType === "cosign container image signature" ? codeSpan(`:sha256-${digestHex(digest).slice(0, 12)}….sig`) : codeSpan(formatShortDigest(digest)));
		const count = group.length === 1 ? "" : ` (${formatCount(group.length)})`;
		return [[
			`${nameEvidence(predicateType)}${count}`,
			"written",
			signer,
			`${codeSpan(repository)} as ${names.join(", ")}`
		]];
	});
	const kept = outcome.kept.map(({ repository, predicateType }) => [
		nameEvidence(predicateType),
		"there&nbsp;already",
		signer,
		codeSpan(repository)
	]);
	return [...rows, ...kept];
}
function describeSigner({ anchor }) {
	if (anchor === void 0) return "this promotion";
	if (anchor.kind === "key") return "this promotion's key";
	const { repository } = anchor;
	return escapeMarkdown(`${anchor.identity.text}${repository === void 0 ? "" : ` for ${repository}`}`);
}
// src/promote/report/origin.ts
const FROM = {
	provenance: "by verified provenance",
	record: "by the verified record of a former stage",
	label: "by a label of the image, which proves nothing"
};
/** What who approves asks first: which plan, built from which commit, and who let it pass before. Undefined when nothing of it is known. */
function renderOrigin({ result, plan, origin }) {
	const items = [
		...result === "planned" && plan !== void 0 ? [`Plan ${codeSpan(plan.digest)}`] : [],
		...origin?.revision === void 0 ? [] : [`Commit ${codeSpan(quoteForeign(origin.revision.commit))}, ${FROM[origin.revision.from]}`],
		...(origin?.former ?? []).map(describeFormer)
	];
	return items.length === 0 ? void 0 : renderList(items);
}
function describeFormer({ environment, actor, finishedAt, run, signer }) {
	return `${[
		`Passed ${environment === void 0 ? "the stage before" : escapeMarkdown(quoteForeign(environment))}`,
		...finishedAt === void 0 ? [] : [`on ${formatDate(finishedAt)}`],
		...actor === void 0 ? [] : [`by ${escapeMarkdown(quoteForeign(actor))}`],
		...run === void 0 ? [] : [`in run ${codeSpan(quoteForeign(run))}`]
	].join(" ")}; the record is signed by ${escapeMarkdown(signer)}`;
}
// src/promote/report/verdict.ts
const MAX_REFUSALS = 20;
const WORDS = {
	promoted: "Promoted",
	unchanged: "Already promoted",
	planned: "Plan, waiting for approval",
	refused: "Refused",
	failed: "Failed"
};
/** The verdict in a word, and which image: all that is read of a summary at first. */
function renderHeadline({ result, source, environment, notes }) {
	const version = source.kind === "tag" ? `:${source.tag}` : `@${formatShortDigest(source.digest)}`;
	const place = environment === void 0 ? "" : ` (${environment})`;
	const doubt = notes.length > 0 && result !== "refused" && result !== "failed" ? ", with a warning" : "";
	return renderHeading(2, escapeMarkdown(`${WORDS[result]}${doubt}: ${pathOf(source.repository)}${version}${place}`));
}
/** Why, what is at the target now, and what to do next. */
function renderVerdict(outcome) {
	switch (outcome.result) {
		case "promoted": return joinBlocks([`${describeGates(outcome)} Deploy it by this reference: its digest can never stand for other bytes.`, renderImages(outcome)]);
		case "unchanged": return joinBlocks([`The tag pointed at this digest already and was not written again. ${describeGates(outcome)}`, renderImages(outcome)]);
		case "planned": return joinBlocks([`${describeGates(outcome)} Nothing was written. Once approved, the job that applies it must be given ${codeSpan("plan")} and ${codeSpan("plan-digest")}; where nobody has to approve, run it again without ${codeSpan("dry-run")}. It would write:`, renderImages(outcome)]);
		case "refused": return renderAlert("CAUTION", renderRefusals(outcome));
		case "failed": return renderAlert("WARNING", renderFailure(outcome));
	}
}
/** What was found and not enforced; undefined when there is nothing of the kind. */
function renderNotes({ notes }) {
	return notes.length === 0 ? void 0 : renderAlert("WARNING", renderList(notes.map(escapeMarkdown)));
}
/** What is as it should be; undefined when there is nothing to say. */
function renderRemarks({ remarks = [] }) {
	return remarks.length === 0 ? void 0 : renderList(remarks.map(escapeMarkdown));
}
function describeGates({ gates }) {
	const off = gates.filter(({ verdict }) => verdict === "off").map(({ name }) => name);
	if (gates.some(({ verdict }) => verdict === "reported")) return "No gate refused, but one only reports.";
	if (off.length === 0) return "Every gate passed.";
	return `${escapeMarkdown(off.join(", "))} ${off.length === 1 ? "was" : "were"} off, every other gate passed.`;
}
/** In a block of its own, which GitHub gives a button to copy. */
function renderImages({ result, targets, pinned, plan }) {
	const moves = new Map(result === "planned" ? Object.entries(plan?.moves ?? {}) : []);
	const lines = targets.map(({ target }) => {
		const name = formatReference(target);
		if (pinned === void 0) return name;
		const left = moves.get(name);
		return left === void 0 ? `${name}@${pinned.digest}` : `${name}: ${left} -> ${pinned.digest}`;
	});
	return renderCodeBlock(lines.join("\n"));
}
function renderRefusals(outcome) {
	const { refusals } = outcome;
	const shown = refusals.slice(0, MAX_REFUSALS).map(({ code, message }) => `${codeSpan(code)} ${escapeMarkdown(message)}`);
	const rest = refusals.length - shown.length;
	const hints = new Set(refusals.slice(0, MAX_REFUSALS).flatMap(({ hint }) => hint ?? []));
	return joinBlocks([
		renderList(rest === 0 ? shown : [...shown, `and ${formatCount(rest)} more`]),
		...[...hints].map(renderNext),
		describeTarget(outcome)
	]);
}
function renderFailure(outcome) {
	const { error } = outcome;
	const code = error instanceof DomainError ? ` (${codeSpan(error.code)})` : "";
	const what = outcome.targetTouched ? "The promotion was not finished" : "Whether it may be promoted could not be decided";
	const hint = error instanceof DomainError ? error.hint : void 0;
	return joinBlocks([
		`${what}: ${escapeMarkdown(describeError(error))}${code}`,
		renderNext(hint ?? "Run the job again; the log says where it stopped."),
		describeTarget(outcome)
	]);
}
function renderNext(hint) {
	return `**Next:** ${escapeMarkdown(hint)}`;
}
function listNames(targets) {
	return targets.map(({ target }) => codeSpan(formatReference(target))).join(", ");
}
function describeTarget({ targets, targetTouched }) {
	const written = targets.filter(({ result }) => result === "promoted").map(({ target }) => codeSpan(formatReference(target)));
	const unclear = targets.filter(({ code }) => code === "TAG_UNCERTAIN");
	if (written.length > 0 || unclear.length > 0) {
		const missing = targets.filter((target) => !["promoted", "unchanged"].includes(target.result) && !unclear.includes(target));
		return [
			...written.length === 0 ? [] : [`Tagged: ${written.join(", ")}.`],
			...unclear.length === 0 ? [] : [`Written or not, unknown: ${listNames(unclear)}.`],
			...missing.length === 0 ? [] : [`Not tagged: ${listNames(missing)}.`]
		].join(" ");
	}
	if (targets.some(({ code }) => code === "TAG_MOVED")) return "The tag was written, and is somebody else's now. What was copied and signed is at the target by digest.";
	return targetTouched ? "No tag was written. The target may hold content by digest that no tag points at; a rerun picks it up." : "Nothing was written to the target.";
}
// src/promote/report.ts
const CUT = "_The rest was cut: a job summary holds 1 MiB. The `scan-report` output has every finding._";
const ARRIVALS = {
	promoted: "written",
	unchanged: "unchanged",
	planned: "planned",
	refused: "blocked",
	failed: "blocked"
};
/** The job summary of a promotion: the verdict and what to do next, the way it took, what every gate rests on, and how to check it. Below 1 MiB, the runner's limit. */
function renderSummary(outcome) {
	const markdown = joinBlocks([
		renderHeadline(outcome),
		renderVerdict(outcome),
		renderOrigin(outcome),
		renderNotes(outcome),
		renderRemarks(outcome),
		renderPath(outcome),
		renderGates(outcome.gates),
		renderScan(outcome),
		renderEvidence(outcome),
		renderVerification(outcome),
		renderDetailList(outcome)
	]);
	return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}
function renderPath(outcome) {
	const verdicts = {
		passed: "passed",
		refused: "refused",
		reported: "reported",
		off: "skipped"
	};
	const gates = outcome.gates.map(({ name, verdict }) => ({
		name,
		verdict: verdicts[verdict]
	}));
	const isUndecided = outcome.result === "failed" && !outcome.targetTouched;
	return [
		"```mermaid",
		pathDiagram({
			source: formatReference(outcome.source),
			gates: isUndecided ? [...gates, {
				name: "Not decided",
				verdict: "undecided"
			}] : gates,
			targets: outcome.targets.map(({ target }) => formatReference(target)),
			arrival: ARRIVALS[outcome.result]
		}),
		"```"
	].join("\n");
}
export { renderSummary };
