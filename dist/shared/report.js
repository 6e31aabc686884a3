import { Qn as formatReference, a as codeSpan, bn as formatDuration, o as escapeMarkdown, vn as formatCount, xn as formatShortDigest } from "./engine.js";
import { t as renderVerification } from "./verification.js";
import { a as renderHeading, i as renderDetails, n as renderAlert, s as renderList, t as joinBlocks } from "./markdown.js";
import { i as renderTable, n as limitBytes, r as limitRows, t as MAX_SUMMARY_BYTES } from "./truncate.js";
import { i as renderScan } from "./trust-flags.js";
import { c as worstFirst, d as listTroubles, f as nameTargets, o as countResults, u as describeFailure } from "./promote.js";
import { r as formatShard } from "./shard.js";
// src/batch/report-table.ts
/** What GitHub's 1 MiB holds beside the rest. */
const MAX_ROWS = 2e3;
const MAX_MESSAGE = 160;
const SIGNS = {
	failed: "?&nbsp;**failed**",
	refused: "✗&nbsp;**refused**",
	promoted: "✓&nbsp;promoted",
	planned: "✓&nbsp;planned",
	unchanged: "✓&nbsp;unchanged"
};
/** A row for each image, those that need somebody first; what is left out is counted. */
function renderItems(items) {
	const columns = [
		{
			title: "#",
			align: "right"
		},
		...[
			"Target",
			"Result",
			"Digest, or why not",
			"Findings"
		].map((title) => ({ title })),
		{
			title: "Took",
			align: "right"
		}
	];
	return renderTable(columns, limitRows(worstFirst(items).map(toRow), MAX_ROWS));
}
function toRow({ number, outcome, begun }) {
	const { targets, result, seconds } = outcome;
	return [
		String(number),
		targets.map(({ target }) => codeSpan(formatReference(target))).join("<br>"),
		begun ? SIGNS[result] : "–&nbsp;not&nbsp;begun",
		describeWhy(outcome, begun),
		countWorst(outcome),
		begun ? formatDuration(seconds * 1e3).replaceAll(" ", "&nbsp;") : ""
	];
}
/** Only what most policies look at: the scan reports have all. */
function countWorst({ scan }) {
	if (scan === void 0) return "";
	const { CRITICAL, HIGH } = scan.counts;
	return [[CRITICAL, "critical"], [HIGH, "high"]].filter(([count]) => count > 0).map(([count, name]) => `${formatCount(count)}&nbsp;${name}`).join(", ") || "–";
}
function describeWhy(outcome, begun) {
	if (!begun) return "";
	const [trouble, ...more] = listTroubles(outcome);
	if (trouble === void 0) return outcome.pinned === void 0 ? "" : codeSpan(formatShortDigest(outcome.pinned.digest));
	const rest = more.length === 0 ? "" : ` (and ${more.map(({ code }) => codeSpan(code)).join(", ")})`;
	return `${codeSpan(trouble.code)} ${escapeMarkdown(shorten(trouble.message))}${rest}`;
}
/** A digest in full makes the column wide, and is in the log. */
function shorten(text) {
	const short = text.replace(/\b(sha\d+:[a-f0-9]{12})[a-f0-9]{20,}/g, "$1");
	const chars = Array.from(short);
	return chars.length <= MAX_MESSAGE ? short : `${chars.slice(0, 159).join("")}…`;
}
// src/batch/trim-outcome.ts
/** As many as an output tells of one refusal. */
const MAX_FINDINGS = 100;
/** An outcome without what only its own summary would show: with all findings of all its images, a batch would fill the memory. The scan report has them. With `keepsFindings` the summary of the batch can show what refuses this one. */
function trimOutcome(outcome, keepsFindings) {
	const { scan, refusals } = outcome;
	return {
		...outcome,
		refusals: refusals.map((refusal) => refusal.findings === void 0 ? refusal : {
			...refusal,
			findings: refusal.findings.slice(0, MAX_FINDINGS)
		}),
		scan: scan === void 0 || keepsFindings ? scan : {
			...scan,
			platforms: [],
			verdict: {
				...scan.verdict,
				blocking: [],
				refusals: []
			}
		}
	};
}
/** True for an image whose findings are worth showing. */
function isVulnerable({ refusals }) {
	return refusals.some(({ code }) => code === "VULNERABLE");
}
// src/batch/report.ts
const CUT = "_The rest was cut: a job summary holds 1 MiB. The output `images` and the results of the run have every image._";
const MAX_NOTES = 20;
/** The job summary of a batch: how many ended how, what went wrong and what to do next, a row for each image, what was found in those that were refused. Below 1 MiB, the runner's limit. */
function renderBatchSummary(outcome) {
	const { items, seconds } = outcome;
	const markdown = joinBlocks([
		renderHeading(2, escapeMarkdown(renderHeadline(outcome))),
		renderTrouble(outcome),
		renderPlan(outcome),
		renderNotes(items),
		items.length === 0 ? "This share of the batch has no image: there was nothing to do." : renderItems(items),
		...renderScans(items),
		renderOneVerification(items),
		`Took ${formatDuration(seconds * 1e3)}.`
	]);
	return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}
function renderHeadline({ items, total, shard, environment, result, error }) {
	const place = environment === void 0 ? "" : ` (${environment})`;
	const share = shard === void 0 ? "" : `, shard ${formatShard(shard)} of ${formatCount(total)}`;
	const counts = countResults(items);
	const parts = [
		"failed",
		"refused",
		"not begun",
		"promoted",
		"planned",
		"unchanged"
	].flatMap((name) => counts[name] === 0 ? [] : [`${formatCount(counts[name])} ${name}`]);
	return `${error !== void 0 || result === "failed" ? "Batch failed" : WORDS[result]}: ${parts.join(", ") || "no image"}${share}${place}`;
}
const WORDS = {
	promoted: "Batch promoted",
	unchanged: "Batch already promoted",
	planned: "Plan of a batch, waiting for approval",
	refused: "Batch not promoted whole",
	failed: "Batch failed"
};
/** Each kind of trouble once, with how many images have it, and what to do. What ended the whole batch is not told again of the images that it ended. */
function renderTrouble({ items, error }) {
	const whole = error === void 0 ? [] : [describeFailure(error)];
	const each = items.filter(({ begun }) => begun).flatMap(({ outcome }) => keepFirst(listTroubles(outcome)));
	const others = each.filter(({ code }) => whole.every((ended) => ended.code !== code));
	if (whole.length + each.length === 0) return void 0;
	const byCode = [...Map.groupBy(others, ({ code }) => code)].sort((a, b) => b[1].length - a[1].length);
	const lines = [...whole.map(({ code, message, hint }) => `${codeSpan(code)} ${escapeMarkdown(message)}${renderNext(hint)}`), ...byCode.map(([code, those]) => {
		const hints = [...new Set(those.flatMap(({ hint }) => hint ?? []))];
		const [hint] = hints.length === 1 ? hints : [];
		return `${codeSpan(code)} ${formatCount(those.length, "image")}${renderNext(hint)}`;
	})];
	const isFailed = error !== void 0 || items.some(({ outcome }) => outcome.result === "failed");
	return renderAlert(isFailed ? "WARNING" : "CAUTION", joinBlocks([renderList(lines), describeRest(items)]));
}
/** Where the images of one kind each have a fix of their own, the table leads to them. */
function renderNext(hint) {
	return hint === void 0 ? "" : `. **Next:** ${escapeMarkdown(hint)}`;
}
/** An image with two reasons of one kind is one image. */
function keepFirst(troubles) {
	return [...new Map(troubles.toReversed().map((trouble) => [trouble.code, trouble])).values()].toReversed();
}
function describeRest(items) {
	const { promoted, unchanged, planned } = countResults(items);
	const done = promoted + unchanged;
	if (done > 0) return `${formatCount(done, "image")} ${done === 1 ? "is" : "are"} at the target. Run the batch again once this is mended: what is done is skipped.`;
	return planned > 0 ? "The others are in the plan." : "No tag of this batch was written.";
}
function renderPlan({ plan, dryRun, items }) {
	if (plan === void 0) return void 0;
	const digest = codeSpan(plan.digest);
	if (!dryRun) return `Carried out: the plan ${digest}.`;
	const left = items.length - plan.count;
	const without = left > 0 ? ` ${formatCount(left, "image")} that cannot be promoted ${left === 1 ? "is" : "are"} not in it.` : "";
	return `Nothing was written. The plan ${digest} has ${formatCount(plan.count, "image")}, cut for ${formatCount(plan.shards, "job")}.${without} Once approved, the jobs that apply it must be given ${codeSpan("plan")}, ${codeSpan("plan-digest")} and, from ${codeSpan("matrix")}, ${codeSpan("shard")}.`;
}
/** What was found and not enforced, each once, with how many images it was found in. */
function renderNotes(items) {
	const notes = items.flatMap(({ outcome }) => outcome.notes.map((note) => ({
		note,
		outcome
	})));
	if (notes.length === 0) return void 0;
	const lines = notes.slice(0, MAX_NOTES).map(({ note, outcome }) => `${codeSpan(nameTargets(outcome))} ${escapeMarkdown(note)}`);
	const rest = notes.length - lines.length;
	return renderAlert("WARNING", renderList(rest === 0 ? lines : [...lines, `and ${formatCount(rest)} more`]));
}
function renderScans(items) {
	return items.filter(({ outcome }) => isVulnerable(outcome) && (outcome.scan?.platforms.length ?? 0) > 0).slice(0, 20).map(({ outcome }) => {
		const found = renderScan(outcome);
		return found === void 0 ? void 0 : renderDetails(`What refuses ${nameTargets(outcome)}`, found);
	});
}
/** How one of them is checked; the others are checked alike. */
function renderOneVerification(items) {
	for (const { outcome } of items) {
		const text = renderVerification(outcome);
		const first = outcome.targets[0];
		if (text !== void 0 && first !== void 0) return renderDetails(`How to verify them, shown for ${formatReference(first.target)}`, text);
	}
}
export { isVulnerable as n, trimOutcome as r, renderBatchSummary as t };
