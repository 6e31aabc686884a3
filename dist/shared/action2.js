import { t as renderCrash } from "./crash2.js";
import { A as readTool, B as throwProblems, C as refuseRootWithoutLog, Ft as VSA_PREDICATE, G as redactError, I as readCertificateFiles, Jn as mapConcurrently, Kn as markControl, L as readApprovedPlan, P as NamedFiles, Pt as VULN_PREDICATE, Qn as formatReference, S as readSigstoreFile, V as FieldReader, Yn as runTogether, Z as selectTrust, _n as describeIdentity, a as codeSpan, cr as isDigest, er as parseReference, fr as ImageError, g as mergePolicies, h as tighten, hr as describeError, k as readTimeout, lr as matchesDigest, lt as createTaskLimit, m as readRegistryAuth, mr as UsageError, o as escapeMarkdown, pr as DomainError, sr as digestOf, tr as parseRepository, ur as parseDigest, vn as formatCount, w as readTrustAnchor, x as readPolicyKeys, yn as formatDate, z as readPolicies, zt as RECORD_PREDICATE } from "./engine.js";
import { a as renderPlace, i as renderLabel, n as DIAGRAM_LAYOUT, t as DIAGRAM_CLASSES } from "./mermaid.js";
import { a as renderHeading, i as renderDetails, n as renderAlert, o as renderLink, r as renderCodeBlock, t as joinBlocks } from "./markdown.js";
import { i as renderTable, n as limitBytes, r as limitRows, t as MAX_SUMMARY_BYTES } from "./truncate.js";
import { n as listPromotions } from "./batch-plan2.js";
import { t as addRegistry } from "./image-name.js";
import { t as findRunningDigest } from "./running-digest.js";
import { t as readWorkloads } from "./workloads.js";
import { t as createVerifier } from "./verifier.js";
import { a as findTrustedAttestations, c as openAllEvidence, i as findPromotions, n as listTrust, o as acceptRecords, r as explainNoPromotion, s as findIndexOf } from "./promotion-trust.js";
import { n as createBundleJudge, r as readBundle } from "./evidence-reader.js";
import { n as readVsa, r as readVuln, t as readRecord } from "./target-statement.js";
import { join } from "node:path";
import { createHash, createPublicKey } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
// src/verify/inputs.ts
/** The inputs of verify; its `action.yml`, help and tables are generated from this. */
const VERIFY_INPUTS = {
	images: {
		requiredUnless: "plan",
		description: "What to answer for: image references, a line each (`registry/repo:tag`, `…@sha256:…`, or both), or the JSON of `kubectl get … -o json`: pods, workloads or a list of them. On the command line also on standard input."
	},
	plan: { description: "Instead of `images`: the file of a plan, of one image or a batch, that was carried out. Every target of it is asked about at its registry, and must be recorded as promoted by this plan and no other, and have its tag: the last job of a fleet." },
	"plan-digest": { description: "With `plan`, what its file must be: the `plan-digest` output of the step that made it, handed on as an output of its job." },
	policy: { description: "Whose promotions count: policy files, a line each, or YAML in place; the signers with `role: promotion`. Default: `.github/promote-image.yml` if present." },
	environment: { description: "The environment an image must have been promoted to, such as `production`. Default: any." },
	key: { description: "The public key that promotions are signed with: a file, `env://VARIABLE`, PEM, or a KMS URI. Beside a policy, both must be satisfied." },
	"certificate-identity": { description: "The identity that promotions are signed with, such as the URL of the workflow at a ref." },
	"certificate-identity-regexp": { description: "The same as a regular expression, which must match all of the identity." },
	"certificate-oidc-issuer": { description: "Who vouched for that identity, such as `https://token.actions.githubusercontent.com`." },
	"certificate-oidc-issuer-regexp": { description: "The same as a regular expression, which must match all of the issuer." },
	"certificate-github-workflow-repository": { description: "The repository (`owner/name`) whose pipeline promoted. Needed where the identity is a reusable workflow: it signs with the same identity for everyone." },
	"trusted-root": { description: "A file with a Sigstore trusted root, for a private Sigstore. Default: the policy, else the public one." },
	"registry-auth": { description: "Credentials: a YAML list of `registry`, `username`, `password`, as docker/login-action takes it. Default: what `docker login` left." },
	cosign: { description: "cosign to use: a version this release knows, `version@sha256:…`, or a path. Default: the pinned version." },
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
/** The outputs of verify. */
const VERIFY_OUTPUTS = {
	result: { description: "`verified`; `refused` where an image was not promoted, or by nobody who is trusted; `failed` where that could not be decided. The last two fail the step, with exit code 1." },
	records: { description: "With `plan`, JSON: for each target its record, or why there is none that counts; those that are not verified first. What is beyond a third of the 1 MB that GitHub keeps of a job is left out at the end." },
	chain: { description: "JSON: for each image what it is, who promoted it, when, from what and past which gates." }
};
// src/verify/outcome.ts
/** The worst of several images or records: what could not be decided comes before what was refused. */
function joinResults(all) {
	if (all.length === 0 || all.some(({ result }) => result === "failed")) return "failed";
	return all.some(({ result }) => result === "refused") ? "refused" : "verified";
}
/** An outcome whose free texts hold no secret. */
function redactVerifyOutcome(outcome, redact) {
	return {
		...outcome,
		images: outcome.images.map((image) => ({
			...image,
			...image.message === void 0 ? {} : { message: redact(image.message) },
			...image.hint === void 0 ? {} : { hint: redact(image.hint) },
			...image.stages === void 0 ? {} : { stages: image.stages.map((stage) => ({
				...stage,
				...stage.reason === void 0 ? {} : { reason: redact(stage.reason) }
			})) }
		})),
		...outcome.fleet === void 0 ? {} : { fleet: redactFleet(outcome.fleet, redact) },
		error: redactError(outcome.error, redact)
	};
}
function redactFleet({ plan, records }, redact) {
	return {
		plan,
		records: records.map((entry) => ({
			...entry,
			...entry.message === void 0 ? {} : { message: redact(entry.message) },
			...entry.hint === void 0 ? {} : { hint: redact(entry.hint) }
		}))
	};
}
// src/verify/outputs.ts
/** The outputs of a run that ended before there was an outcome. */
const NO_VERIFY_OUTPUTS = {
	result: "failed",
	chain: "[]",
	records: "[]"
};
/** GitHub keeps 1 MB of all outputs of a job, counted in UTF-16; a job has others: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs */
const MAX_RECORDS_LENGTH = 35e4;
/** GitHub shows ten errors of a step. */
const MAX_ANNOTATED_RECORDS = 9;
/** An outcome as the outputs of the action. */
function toVerifyOutputs({ result, images, fleet }) {
	return {
		result,
		chain: JSON.stringify(images),
		records: toRecordsOutput(fleet?.records ?? [])
	};
}
/** What is wrong comes first, so that it is what is kept. */
function sortByTrouble(records) {
	const rank = {
		failed: 0,
		refused: 1,
		verified: 2
	};
	return records.toSorted((a, b) => rank[a.result] - rank[b.result]);
}
function toRecordsOutput(records) {
	const kept = [];
	let length = 2;
	for (const entry of sortByTrouble(records)) {
		const text = JSON.stringify(entry);
		length += text.length + 1;
		if (length > MAX_RECORDS_LENGTH) break;
		kept.push(text);
	}
	return `[${kept.join(",")}]`;
}
/** 0 when every image is verified, else 1: whoever asks wants a yes, and anything else is none. `result` tells a refusal from what could not be decided. */
function toVerifyExitCode({ result, error }) {
	if (result === "verified") return 0;
	return error instanceof DomainError && error.code === "USAGE" ? 2 : 1;
}
/** One for each image or target that is not verified; of a plan, the first few and how many more there are. */
function toVerifyAnnotations({ images, fleet }) {
	const told = images.filter(({ result }) => result !== "verified").map(({ image, code = "FAILED", message = "", hint }) => ({
		title: code,
		message: `${image}: ${message}`,
		hint
	}));
	const bad = sortByTrouble(fleet?.records ?? []).filter(({ result }) => result !== "verified");
	const first = bad.slice(0, MAX_ANNOTATED_RECORDS).map(({ item, shard, target, code = "FAILED", message = "", hint }) => {
		return {
			title: code,
			message: `${target}${shard === void 0 ? "" : ` (item ${item}, shard ${shard})`}: ${message}`,
			hint
		};
	});
	const rest = bad.length - first.length;
	if (rest === 0) return [...told, ...first];
	const message = `${formatCount(rest, "target")} more of the plan not verified.`;
	return [
		...told,
		...first,
		{
			title: "NOT_VERIFIED",
			message,
			hint: "The job summary names them."
		}
	];
}
// src/report/chain-diagram.ts
const WORDS$1 = {
	passed: "✓ verified",
	undecided: "? not verified here"
};
/** The way of an image through its stages as a Mermaid flowchart, left to right: where it was, and between two places the promotion that led on. */
function chainDiagram(steps) {
	const shown = steps.slice(-6);
	const places = [...new Set(shown.flatMap(({ from, to }) => [from, to]))];
	const nameOf = (place) => `place${places.indexOf(place)}`;
	const lines = [...places.map((place) => `${nameOf(place)}("${renderPlace(place)}"):::place`), ...shown.flatMap(({ from, to, lines: told, verdict }, i) => [
		`step${i}["${[...told.map(renderLabel), WORDS$1[verdict]].join("<br>")}"]:::${verdict}`,
		`${nameOf(from)} --> step${i}`,
		`step${i} ${verdict === "passed" ? "-->" : "-.->"} ${nameOf(to)}`
	])];
	return [
		DIAGRAM_LAYOUT,
		"flowchart LR",
		...[...lines, ...DIAGRAM_CLASSES].map((line) => `  ${line}`)
	].join("\n");
}
// src/verify/format.ts
/** A time of a record to the minute; as it stands where it is none. */
function formatTime(text) {
	const date = new Date(text);
	return Number.isNaN(date.getTime()) ? text : formatDate(date);
}
/** `CRITICAL 1, HIGH 2`, or `none`; undefined when nothing was scanned. */
function formatCounts(counts) {
	if (counts === void 0) return void 0;
	const parts = Object.entries(counts).filter(([, count]) => count > 0).map(([severity, count]) => `${severity} ${count}`);
	return parts.length === 0 ? "none" : parts.join(", ");
}
// src/verify/fleet-report.ts
/** GitHub draws a table of some thousand rows, slowly; the rest is counted. */
const MAX_ROWS$1 = 2e3;
const MAX_TROUBLES = 20;
const MAX_NAMES = 5;
const SIGNS$1 = {
	verified: "✓&nbsp;verified",
	refused: "✗&nbsp;**refused**",
	failed: "?&nbsp;**undecided**"
};
const TITLES = [
	"Target",
	"Verdict",
	"From",
	"Promoted",
	"By",
	"Findings then",
	"Shard"
];
/** What became of a plan, over all its shards: the totals, what is wrong, and a row for every target, what is wrong first. */
function renderFleet({ plan, records }, { result, environment }) {
	const sorted = sortByTrouble(records);
	const bad = sorted.filter((entry) => entry.result !== "verified");
	const place = environment === void 0 ? "" : ` (${environment})`;
	const good = `${records.length - bad.length} of ${formatCount(records.length, "target")}`;
	return joinBlocks([
		renderHeading(2, escapeMarkdown(`${result === "verified" ? "Verified" : "Not verified"}: ${good} of the plan${place}`)),
		bad.length === 0 ? void 0 : renderTroubles(bad),
		renderTotals(plan, records),
		renderTable(TITLES.map((title) => ({ title })), limitRows(sorted.map(renderEntry), MAX_ROWS$1))
	]);
}
/** One line for the log. */
function describeEntry({ target, digest, result, code, message, record, shard }) {
	const mark = {
		verified: "✓",
		refused: "✗",
		failed: "?"
	}[result];
	const whose = shard === void 0 ? "" : ` [${shard}]`;
	const told = result === "verified" && record !== void 0 ? `recorded ${formatTime(record.finishedAt)} by ${record.signer}${record.note === void 0 ? "" : `. ${record.note}`}` : `${code ?? "FAILED"}: ${message ?? ""}`;
	return markControl(`${mark}${whose} ${target}@${digest} ${told}`);
}
function renderTroubles(bad) {
	const lines = bad.slice(0, MAX_TROUBLES).map(({ item, target, code = "", message = "" }) => {
		return `- item ${item}, ${codeSpan(target)} ${codeSpan(code)} ${escapeMarkdown(message)}`;
	});
	const rest = bad.length - lines.length;
	const hints = new Set(bad.flatMap(({ hint }) => hint ?? []));
	return renderAlert(bad.some(({ result }) => result === "refused") ? "CAUTION" : "WARNING", joinBlocks([[...lines, ...rest === 0 ? [] : [`- and ${formatCount(rest)} more`]].join("\n"), ...[...hints].slice(0, MAX_NAMES).map((hint) => `**Next:** ${escapeMarkdown(hint)}`)]));
}
function renderTotals({ digest, items, shards }, records) {
	const counted = records.flatMap(({ record }) => record ?? []);
	const signers = [...new Set(counted.map(({ signer }) => signer))].slice(0, MAX_NAMES).map(codeSpan);
	const runs = [...new Set(counted.flatMap(({ runUrl }) => runUrl ?? []))].slice(0, MAX_NAMES);
	const notes = new Set(counted.flatMap(({ note }) => note ?? []));
	const inShards = shards === 0 ? "" : ` in ${formatCount(shards, "shard")}`;
	return [
		`- Plan ${codeSpan(digest)}: ${formatCount(items, "image")}${inShards}`,
		`- Records that count: ${formatCount(counted.length)}, by ${signers.join(", ") || "nobody"}`,
		...runs.length === 0 ? [] : [`- Runs: ${runs.map((url) => renderLink(escapeMarkdown(url), url)).join(", ")}`],
		...[...notes].slice(0, MAX_NAMES).map((note) => `- ${escapeMarkdown(note)}`),
		`- Findings then: ${escapeMarkdown(formatCounts(sumFindings(records)) ?? "none")}`
	].join("\n");
}
/** An image with several tags was scanned once. */
function sumFindings(records) {
	const scans = new Map(records.map(({ item, record }) => [item, record?.vulnerabilities ?? {}]));
	const sums = {};
	for (const [severity, count] of [...scans.values()].flatMap((each) => Object.entries(each))) sums[severity] = (sums[severity] ?? 0) + count;
	return sums;
}
function renderEntry({ target, source, result, code, record, shard }) {
	const time = record === void 0 ? "" : escapeMarkdown(formatTime(record.finishedAt));
	return [
		codeSpan(target),
		code === void 0 ? SIGNS$1[result] : `${SIGNS$1[result]} ${codeSpan(code)}`,
		codeSpan(source),
		record?.runUrl === void 0 ? time : renderLink(time, record.runUrl),
		escapeMarkdown(record?.actor ?? record?.signer ?? ""),
		record === void 0 ? "" : escapeMarkdown(formatCounts(record.vulnerabilities) ?? "not scanned"),
		shard ?? ""
	];
}
// src/verify/text.ts
const MARKS = {
	verified: "✓",
	refused: "✗",
	failed: "?"
};
const WORDS = {
	verified: "verified",
	refused: "REFUSED",
	failed: "COULD NOT BE DECIDED"
};
const MAX_PLACES = 5;
/** What is known of an image in plain lines, made to be read at night: the verdict first, then who, when, from what. */
function describeImage(chain) {
	const { image, result, code, message, hint, repository, digest, runs, promotion, stagesUntold } = chain;
	const lines = [
		["digest", digest === void 0 ? void 0 : `${repository ?? ""}@${digest}`],
		["runs", runs === void 0 ? void 0 : `${runs}, one platform of it`],
		["why", message === void 0 ? void 0 : `${code ?? ""}: ${message}`],
		["next", hint],
		...promotion === void 0 ? [] : describePromotion$1(promotion),
		...describeSigned(chain),
		...(chain.stages ?? []).map((stage) => ["before", describeStage(stage)]),
		["before", stagesUntold === void 0 ? void 0 : `and ${stagesUntold} more that are not told`],
		...describePlaces(chain)
	].flatMap(([name, value]) => value === void 0 ? [] : [`  ${name.padEnd(9)} ${value}`]);
	return [`${MARKS[result]} ${image} ${WORDS[result]}`, ...lines].map(markControl);
}
function describePromotion$1(promotion) {
	const { actor, pipelineRepository, environment, source, revision, revisionEvidence, scanner } = promotion;
	const who = [
		actor,
		pipelineRepository && `for ${pipelineRepository}`,
		environment && `to ${environment}`
	];
	return [
		["promoted", `${formatTime(promotion.finishedAt)} by ${who.filter(Boolean).join(" ") || "nobody who gave a name"}`],
		["signed by", promotion.signer],
		["workflow", promotion.workflow],
		["run", promotion.runUrl],
		["from", `${source.reference} (${source.digest})`],
		["commit", revision === void 0 ? "not recorded" : `${revision} (by ${revisionEvidence ?? "label"})`],
		...promotion.sourceEvidence.map(({ kind, type, signer }) => ["rests on", `${kind} ${type} by ${signer}`]),
		...promotion.targets.map(({ reference, state, digest }) => ["tag", `${reference} ${state}${digest === void 0 ? "" : `: now ${digest}`}`]),
		...promotion.previous.map(({ target, digest }) => ["previous", `${target} was ${digest}`]),
		...promotion.gates.map(({ name, verdict, evidence }) => ["gate", `${name}: ${verdict}. ${evidence}`]),
		["findings", formatCounts(promotion.vulnerabilities)],
		["scanner", scanner === void 0 ? void 0 : `${scanner.name} ${scanner.version}, database of ${formatTime(scanner.databaseUpdatedAt)}${scanner.from === "sbom" ? ", from the SBOM only" : ""}`],
		...promotion.exceptions.map(({ id, reason, expires }) => ["exception", `${id} until ${expires}: ${reason}`])
	];
}
function describeSigned({ signature, summary, scan }) {
	if (signature === void 0) return [];
	const by = signature.signers.length === 0 ? "" : ` by ${signature.signers.join(", ")}`;
	return [
		["signature", `${signature.state}${by}`],
		["SLSA VSA", summary && [summary.state, ...summary.levels].join(" ")],
		["scan", scan && [scan.state, scan.finishedAt && formatTime(scan.finishedAt)].filter(Boolean).join(" ")]
	];
}
function describeStage(stage) {
	const { repository, environment, finishedAt, actor, verified, signer, reason } = stage;
	const where = environment === void 0 ? repository : `${repository} (${environment})`;
	const by = actor === void 0 ? "" : ` by ${actor}`;
	const vouched = verified ? `signed by ${signer ?? "a trusted key"}` : `not verified here: ${reason ?? "unknown"}`;
	return `${where} ${formatTime(finishedAt)}${by}, ${vouched}`;
}
function describePlaces({ places }) {
	const shown = places.slice(0, MAX_PLACES).map(({ kind, namespace, name, container, role }) => {
		const at = namespace === void 0 ? name : `${namespace}/${name}`;
		const part = [
			role,
			role === "volume" ? void 0 : "container",
			container
		].filter(Boolean).join(" ");
		return ["at", container === "" ? `${kind} ${at}` : `${kind} ${at}, ${part}`];
	});
	const rest = places.length - shown.length;
	return rest > 0 ? [...shown, ["at", `and ${rest} more`]] : shown;
}
// src/verify/report.ts
const CUT = "_The rest was cut: a job summary holds 1 MiB. The `chain` output has every image._";
const FLEET_CUT = "_The rest was cut: a job summary holds 1 MiB. The log has every target._";
const MAX_ROWS = 200;
/** Pictures are slow to draw: the others are told in lines. */
const MAX_DIAGRAMS = 5;
const MAX_DETAILS = 100;
const SIGNS = {
	verified: "✓&nbsp;verified",
	refused: "✗&nbsp;**refused**",
	failed: "?&nbsp;**undecided**"
};
/** The job summary of verify: the verdict, a row for each image, the chain of the first as a picture, and all that is known of each; of a plan, a row for each target. Below 1 MiB, the runner's limit. */
function renderVerifySummary(outcome) {
	const { images, fleet, error } = outcome;
	if (fleet !== void 0 && error === void 0) return limitBytes(`${renderFleet(fleet, outcome)}\n`, MAX_SUMMARY_BYTES, FLEET_CUT);
	const drawn = images.filter(({ promotion }) => promotion !== void 0).slice(0, MAX_DIAGRAMS);
	const markdown = joinBlocks([
		renderHeading(2, renderHeadline(outcome)),
		renderTrouble(outcome),
		images.length === 0 ? void 0 : renderImages(images),
		...drawn.map(renderChain),
		...images.slice(0, MAX_DETAILS).map((image) => renderDetails(image.image, renderCodeBlock(describeImage(image).join("\n"))))
	]);
	return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}
function renderHeadline({ result, images, environment }) {
	const place = environment === void 0 ? "" : ` (${environment})`;
	const count = (wanted) => images.filter((image) => image.result === wanted).length;
	if (result === "verified") return escapeMarkdown(`Verified: ${formatCount(images.length, "image")}${place}`);
	if (images.length === 0) return "Failed";
	const parts = [...count("refused") === 0 ? [] : [`${count("refused")} refused`], ...count("failed") === 0 ? [] : [`${count("failed")} could not be decided`]];
	return escapeMarkdown(`Not verified: ${parts.join(", ")} of ${formatCount(images.length, "image")}${place}`);
}
function renderTrouble({ images, error }) {
	if (error !== void 0) {
		const hint = error instanceof DomainError && error.hint !== void 0 ? `**Next:** ${escapeMarkdown(error.hint)}` : "";
		return renderAlert("WARNING", joinBlocks([escapeMarkdown(describeError(error)), hint]));
	}
	const bad = images.filter(({ result }) => result !== "verified");
	if (bad.length === 0) return void 0;
	const lines = bad.slice(0, 20).map(({ image, code, message }) => {
		return `- ${codeSpan(image)} ${codeSpan(code ?? "")} ${escapeMarkdown(message ?? "")}`;
	});
	const rest = bad.length - lines.length;
	const hints = new Set(bad.flatMap(({ hint }) => hint ?? []));
	return renderAlert(bad.some(({ result }) => result === "refused") ? "CAUTION" : "WARNING", joinBlocks([[...lines, ...rest === 0 ? [] : [`- and ${formatCount(rest)} more`]].join("\n"), ...[...hints].slice(0, 5).map((hint) => `**Next:** ${escapeMarkdown(hint)}`)]));
}
function renderImages(images) {
	const columns = [
		"Image",
		"Verdict",
		"Promoted",
		"By",
		"Commit",
		"Findings then",
		"Tags now"
	].map((title) => ({ title }));
	const rows = images.map(({ image, result, promotion }) => [
		codeSpan(image),
		SIGNS[result],
		...promotion === void 0 ? [] : renderPromotion(promotion)
	]);
	return renderTable(columns, limitRows(rows, MAX_ROWS));
}
function renderPromotion(promotion) {
	const { finishedAt, runUrl, actor, signer, revision, revisionEvidence, vulnerabilities, targets } = promotion;
	const time = escapeMarkdown(formatTime(finishedAt));
	return [
		runUrl === void 0 ? time : renderLink(time, runUrl),
		escapeMarkdown(actor ?? signer),
		revision === void 0 ? "" : `${codeSpan(revision.slice(0, 12))} (${escapeMarkdown(revisionEvidence ?? "label")})`,
		escapeMarkdown(formatCounts(vulnerabilities) ?? "not scanned"),
		targets.map(({ reference, state }) => `${codeSpan(tagOf(reference))} ${state}`).join(", ")
	];
}
function tagOf(reference) {
	return reference.slice(reference.lastIndexOf(":"));
}
function renderChain({ image, promotion, stages = [] }) {
	if (promotion === void 0) return void 0;
	const former = stages.map((stage) => {
		const next = [promotion, ...stages].find(({ source }) => isIn(source.reference, stage.repository));
		const verdict = stage.verified ? "passed" : "undecided";
		const to = next?.source.reference ?? stage.repository;
		return {
			from: stage.source.reference,
			to,
			lines: describeStep(stage),
			verdict
		};
	});
	const last = {
		from: promotion.source.reference,
		to: image,
		lines: describeStep(promotion),
		verdict: "passed"
	};
	return joinBlocks([renderHeading(3, codeSpan(image)), renderCodeBlock(chainDiagram([...former.toReversed(), last]), "mermaid")]);
}
function isIn(reference, repository) {
	return reference.startsWith(`${repository}:`) || reference.startsWith(`${repository}@`);
}
function describeStep({ environment, finishedAt, actor, gates, vulnerabilities }) {
	const passed = gates.filter(({ verdict }) => verdict === "passed").length;
	return [
		environment === void 0 ? "promoted" : `promoted to ${environment}`,
		[formatTime(finishedAt), ...actor === void 0 ? [] : [`by ${actor}`]].join(" "),
		`${passed} of ${formatCount(gates.length, "gate")} passed`,
		...vulnerabilities === void 0 ? [] : [`findings: ${formatCounts(vulnerabilities)}`]
	];
}
// src/verify/planned-target.ts
/** Reads the inputs `plan` and `plan-digest`; undefined without them, and where they are a problem of `fields`. */
async function readPlannedTargets(fields, files) {
	if (fields.isGiven("plan") && fields.isGiven("images")) fields.addProblem("images", "is given beside plan, which names its images.", "Give one of the two.");
	const approved = await readApprovedPlan(fields, files);
	if (approved === void 0) return void 0;
	const isBatch = "batch" in approved;
	const items = isBatch ? listPromotions(approved.batch) : [approved];
	const shards = isBatch ? approved.batch.shards : [];
	const owners = new Map(shards.flatMap((shard, k) => shard.map((i) => [i, `${k + 1}/${shards.length}`])));
	const targets = items.flatMap((item, i) => listTargets(fields, item, i, owners.get(i)));
	refuseUncheckable(fields, items, targets);
	const environment = readEnvironment(fields, targets);
	return {
		digest: approved.digest,
		items: items.length,
		shards: shards.length,
		environment,
		targets
	};
}
function listTargets(fields, { plan, digest: planDigest }, index, shard) {
	const { source, environment } = plan;
	return plan.targets.flatMap(({ reference, action }) => {
		const target = fields.attempt("plan", () => parseReference(reference));
		if (target === void 0) return [];
		if (target.kind === "digest") {
			fields.addProblem("plan", `names the target ${reference}, which is no tag.`, "Make a plan again.");
			return [];
		}
		const digest = parseDigest(source.digest);
		return [{
			item: index + 1,
			shard,
			target,
			digest,
			source: source.reference,
			environment,
			action,
			planDigest
		}];
	});
}
/** What leaves no record cannot be told apart from what was never done; of two images for one tag, one cannot be there. */
function refuseUncheckable(fields, items, targets) {
	if (items.some(({ plan }) => !plan.writes.record)) fields.addProblem("plan", "leaves no record (attest: false), so that nothing tells whether it was done.", "Promote with attest: true, or check the signatures with cosign.");
	const named = Map.groupBy(targets, ({ target }) => formatReference(target));
	for (const [name, same] of named) if (same.length > 1) fields.addProblem("plan", `names the target ${name} twice.`, "Make a plan again.");
}
/** That of the plan; the input may only say the same. */
function readEnvironment(fields, targets) {
	const planned = [...new Set(targets.map(({ environment }) => environment))];
	const [only] = planned;
	if (planned.length > 1) {
		const names = planned.map((name) => name ?? "none").join(", ");
		fields.addProblem("plan", `is for several environments: ${names}.`, "Make a plan for each.");
	}
	const given = fields.text("environment") || void 0;
	if (given !== void 0 && given !== only && planned.length === 1) fields.addProblem("environment", `is ${given}, and the plan is for ${only ?? "none"}.`, "Leave environment out, or give the plan of that environment.");
	return only;
}
// src/verify/requested-image.ts
/** Reads the input `images`: references, a line each, or Kubernetes objects as JSON. */
function readImages(fields) {
	const text = fields.text("images");
	if (/^[{[]/.test(text)) return readJson(fields, text);
	const lines = fields.lines("images");
	if (lines.length === 0 && fields.isGiven("images")) fields.addProblem("images", "holds only comments.", "Write image references, a line each.");
	return {
		images: mergeImages(lines.flatMap((line) => {
			const reference = fields.attempt("images", () => parseReference(line));
			if (reference === void 0) return [];
			return [{
				name: line,
				reference,
				running: void 0,
				unknown: void 0,
				places: []
			}];
		})),
		ignored: []
	};
}
function readJson(fields, text) {
	try {
		const { containers, ignored } = readWorkloads(text);
		return {
			images: mergeImages(containers.map(toImage)),
			ignored
		};
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		fields.addProblems(error.problems);
		return {
			images: [],
			ignored: []
		};
	}
}
function toImage({ place, image, imageId }) {
	const running = imageId === void 0 ? void 0 : findRunningDigest(imageId);
	if (image === "") return {
		name: "no image",
		running,
		places: [place],
		reference: void 0,
		unknown: "it names its image nowhere that is known here: look at the pods that run"
	};
	const base = {
		name: image,
		running,
		places: [place]
	};
	try {
		const reference = parseReference(expandName(image));
		const unknown = imageId !== void 0 && running === void 0 ? `the node says that ${imageId} runs, which is no digest of a registry` : void 0;
		return {
			...base,
			reference,
			unknown
		};
	} catch (error) {
		if (!(error instanceof ImageError)) throw error;
		return {
			...base,
			reference: void 0,
			unknown: error.message
		};
	}
}
/** What Kubernetes makes of a short name: Docker Hub, and the tag latest; https://kubernetes.io/docs/concepts/containers/images/#image-names */
function expandName(image) {
	const name = addRegistry(image);
	return !name.includes("@") && !name.slice(name.lastIndexOf("/")).includes(":") ? `${name}:latest` : name;
}
function mergeImages(images) {
	const merged = /* @__PURE__ */ new Map();
	for (const image of images) {
		const key = `${image.reference === void 0 ? image.name : formatReference(image.reference)} ${image.running ?? ""} ${image.unknown ?? ""}`;
		const known = merged.get(key);
		merged.set(key, known === void 0 ? image : {
			...known,
			places: [...known.places, ...image.places]
		});
	}
	return [...merged.values()];
}
// src/verify/request.ts
/** Turns raw inputs into a request; throws UsageError with every problem at once. Without a policy, `environment` is only compared with what the records say. */
async function readVerifyRequest(raw, context) {
	const fields = new FieldReader(raw, VERIFY_INPUTS);
	const plan = await readPlannedTargets(fields, context.files);
	const { images, ignored } = fields.isGiven("plan") ? {
		images: [],
		ignored: []
	} : readImages(fields);
	const environment = plan?.environment ?? (fields.text("environment") || void 0);
	const logins = await readRegistryAuth(fields);
	const { policies, problems } = await readPolicies(raw.policy ?? "", context.files);
	fields.addProblems(problems);
	const merged = mergePolicies(policies, policies.length === 0 ? void 0 : environment);
	if (problems.length === 0) fields.addProblems(merged.problems);
	const path = fields.text("trusted-root");
	const tightened = tighten(merged.policy, {
		sign: true,
		attest: true,
		hasIgnoreFiles: false,
		...path === "" ? {} : { trustedRoot: path }
	});
	fields.addProblems(tightened.problems);
	const { policy } = tightened;
	const named = new NamedFiles(fields, context.files);
	const ca = readCertificateFiles(await named.readAll("policy", policy.registries.ca, "registries.ca"));
	fields.addProblems(ca.problems);
	const { transparencyLog } = policy.signature;
	const trustedRoot = await readSigstoreFile(fields, named, "trusted-root", policy.signature.trustedRoot);
	const before = fields.problems.length;
	const anchor = await readTrustAnchor(fields, "", {
		...context,
		transparencyLog
	});
	if (problems.length === 0) refuseRootWithoutLog(fields, trustedRoot, "promotion", policy, anchor);
	const keys = await readPolicyKeys(fields, named, policy, ["promotion"]);
	const cosign = await readTool(fields, "cosign", context);
	const timeoutMs = readTimeout(fields);
	const summary = fields.flag("summary");
	if (anchor === void 0 && fields.problems.length === before && problems.length === 0) demandTrust(fields, policy);
	throwProblems(fields.problems);
	return {
		images,
		ignored,
		plan,
		policy,
		environment,
		anchor,
		keys,
		trustedRoot,
		logins,
		cosign,
		timeoutMs,
		summary,
		ca: ca.certificates.length === 0 ? void 0 : ca.certificates.join("")
	};
}
/** Whoever pushed an image can sign a record of it: only whom the user trusts tells something, and nobody is trusted at first sight. */
function demandTrust(fields, policy) {
	if (policy.signers.some(({ signers }) => signers.some(({ role }) => role === "promotion"))) return;
	fields.addProblem("key", "is empty, and nothing else says whose promotions to trust.", "Give key, or certificate-identity and certificate-oidc-issuer, or a policy with signers of role promotion.");
}
// src/signer/likely-signer.ts
/** Whether something says that it is by this anchor, before anything is verified: good to look at it sooner, and never to believe or refuse it. cosign calls a key by the SHA-256 of its DER. */
function isLikelyBy(identity, anchor) {
	if (anchor.kind === "key") return identity.kind === "key" && [void 0, identity.hint].includes(hintOf(anchor.key));
	if (identity.kind === "key") return false;
	return anchor.identity.kind === "regexp" || anchor.identity.text === identity.identity;
}
/** Undefined where only a KMS knows the key. */
function hintOf(key) {
	try {
		const der = createPublicKey(key).export({
			type: "spki",
			format: "der"
		});
		return createHash("sha256").update(der).digest("base64");
	} catch {
		return;
	}
}
// src/verify/record-facts.ts
/** What a record says, as the chain tells it. */
function toRecordFacts(record) {
	const { scanner } = record;
	return {
		...given("environment", record.environment),
		source: record.source,
		...given("revision", record.revision),
		...given("revisionEvidence", record.revisionEvidence),
		...given("actor", record.actor),
		...given("workflow", record.workflow),
		...given("pipelineRepository", record.repository),
		...given("runUrl", record.runUrl),
		startedAt: record.startedAt,
		finishedAt: record.finishedAt,
		gates: record.gates.map(({ name, verdict, evidence }) => ({
			name,
			verdict,
			evidence
		})),
		...given("vulnerabilities", record.vulnerabilities),
		...scanner === void 0 ? {} : { scanner: {
			name: scanner.tool.name,
			version: scanner.tool.version,
			database: scanner.database.digest,
			databaseUpdatedAt: scanner.database.updatedAt,
			from: scanner.from ?? "image"
		} },
		sourceEvidence: (record.sourceEvidence ?? []).map(({ kind, type, signer }) => ({
			kind,
			type,
			signer
		})),
		exceptions: record.exceptions.map(({ id, reason, expires }) => ({
			id,
			reason,
			expires
		}))
	};
}
function given(key, value) {
	return value === void 0 ? {} : { [key]: value };
}
// src/verify/stage-claims.ts
/** The records of this very digest among what a record carries, each once; other things are left out. */
async function listStageClaims(outer) {
	const contents = new Set(outer.inputAttestations.flatMap(({ content }) => content ?? []));
	const claims = [];
	for (const content of contents) {
		const claim = await readClaim(Buffer.from(content, "base64"), outer);
		if (claim !== void 0) claims.push(claim);
	}
	return claims;
}
async function readClaim(content, outer) {
	const { digest, reference } = outer.source;
	const bundle = await readBundle(digestOf(content), content);
	if (!isDigest(digest) || typeof bundle === "string" || bundle.predicateType !== "https://promote-image.github.io/promotion/v1") return void 0;
	const repository = readSubjectRepository(bundle.statement.subject);
	const record = repository === void 0 ? void 0 : readRecord(bundle.statement, {
		repository,
		digest
	});
	if (repository === void 0 || record === void 0) return void 0;
	const source = readRepository(reference);
	return {
		bundle,
		repository,
		record,
		flaw: source === repository ? void 0 : `the promotion after it took the image from ${source ?? "elsewhere"}`
	};
}
function readSubjectRepository(subject) {
	const name = subject[0]?.name;
	try {
		return typeof name === "string" ? parseRepository(name) : void 0;
	} catch {
		return;
	}
}
function readRepository(reference) {
	try {
		return parseReference(reference).repository;
	} catch {
		return;
	}
}
// src/verify/former-stages.ts
/** A chain is a handful of stages; what is longer was not made by promotions. */
const MAX_DEPTH = 8;
const MAX_STAGES = 32;
/** Records verified for one image: each is a process or more, and anybody who can attach something to a source can make any number of them. */
const MAX_VERIFIED = 128;
const CONCURRENT_VERIFICATIONS = 4;
/** The former stages that a verified record carries. Each is verified on its own, by who may promote to its repository: that the outer record is signed says only that its promotion saw them. */
async function readFormerStages(record, { verifier, trust }) {
	const judge = createBundleJudge(verifier, createTaskLimit(CONCURRENT_VERIFICATIONS));
	const verified = [];
	const others = [];
	let outers = [record];
	let room = MAX_VERIFIED;
	for (let depth = 0; depth < MAX_DEPTH && outers.length > 0; depth++) {
		const below = [];
		for (const outer of outers) {
			const sorted = (await listStageClaims(outer)).map((claim) => addTrust(claim, trust(claim.repository))).toSorted((a, b) => Number(b.isLikely) - Number(a.isLikely));
			const wanted = sorted.filter(({ flaw }) => flaw === void 0).slice(0, Math.ceil(room / 2));
			room -= wanted.length;
			const judged = new Map(await mapConcurrently(wanted, 8, async (claim) => {
				return [claim, await judgeClaim(claim, outer.source.digest, judge)];
			}));
			for (const claim of sorted) {
				const { repository, record, flaw = UNSEEN } = claim;
				const verdict = judged.get(claim) ?? {
					verified: false,
					reason: flaw
				};
				const stage = {
					repository,
					...toRecordFacts(record),
					targets: record.targets,
					...verdict
				};
				if (!stage.verified) others.push(stage);
				else {
					verified.push(stage);
					below.push(record);
				}
			}
		}
		outers = below;
	}
	const stages = [...verified, ...others];
	return {
		stages: stages.slice(0, MAX_STAGES),
		untold: Math.max(0, stages.length - MAX_STAGES)
	};
}
const UNSEEN = "it is one of too many that are carried to verify each";
function addTrust(claim, trust) {
	const { identity } = claim.bundle;
	const isLikely = trust.every(({ anchors }) => anchors.some((anchor) => isLikelyBy(identity, anchor)));
	return {
		...claim,
		trust,
		isLikely
	};
}
async function judgeClaim({ bundle, trust }, digest, judge) {
	if (trust.length === 0 || !isDigest(digest)) return {
		verified: false,
		reason: "nobody is named here who may promote to it"
	};
	const signers = [];
	for (const { policy, anchors, lapsed } of trust) {
		const outcome = await judgeOne(bundle, digest, anchors, judge);
		if ("reason" in outcome) return {
			verified: false,
			reason: [
				`by ${policy}, its signer does not count`,
				...lapsed,
				outcome.reason
			].join("; ")
		};
		signers.push(outcome.anchor.name);
	}
	const [name = "a key"] = signers;
	return {
		verified: true,
		signer: bundle.identity.kind === "key" ? name : describeIdentity(bundle.identity)
	};
}
async function judgeOne(bundle, digest, anchors, judge) {
	const [result] = await judge(digest, [bundle], anchors);
	return result?.outcome ?? { reason: "it was not looked at" };
}
// src/verify/promotion-details.ts
/** What the record says, and whether its tags point there today. */
async function describePromotion({ record, signer }, others, subject, registry) {
	const targets = await mapConcurrently(record.targets, 4, (target) => readTargetState(target, subject, registry));
	return {
		signer,
		...toRecordFacts(record),
		targets,
		previous: record.previous ?? [],
		others
	};
}
/** Whether the tag points there today is told by the registry, not by the record. */
async function readTargetState(target, { repository, digest }, registry) {
	const reference = parseReference(target);
	const head = reference.repository === repository && reference.tag !== void 0 ? await registry.headManifest(repository, reference.tag) : void 0;
	if (head === void 0) return {
		reference: target,
		state: "absent"
	};
	return head.digest === digest ? {
		reference: target,
		state: "current"
	} : {
		reference: target,
		state: "moved",
		digest: head.digest
	};
}
/** What is signed beside the record: by whom, and whether it is about this image. */
async function describeEvidence(evidence, subject, lists) {
	const { repository, digest } = subject;
	const anchors = lists.flatMap((list) => list.anchors);
	const signatures = await evidence.findSignatures(digest, anchors);
	const isOurs = (name) => typeof name !== "string" || name === repository || name.startsWith(`${repository}:`);
	const valid = signatures.verified.filter(({ annotations, reference }) => isOurs(reference) && isOurs(annotations.target));
	const summaries = await findTrustedAttestations(evidence, digest, VSA_PREDICATE, lists);
	const vsa = summaries.verified.map(({ statement }) => readVsa(statement, subject)).findLast((each) => each !== void 0);
	const scans = await findTrustedAttestations(evidence, digest, VULN_PREDICATE, lists);
	const scan = scans.verified.map(({ statement }) => readVuln(statement, subject)).findLast((each) => each !== void 0);
	const finishedAt = scan?.metadata?.scanFinishedOn;
	return {
		signature: {
			state: stateOf(valid.length > 0, signatures.verified.length + signatures.strangers > 0),
			signers: [...new Set(valid.map(({ signer }) => signer))]
		},
		summary: {
			state: stateOf(vsa !== void 0, summaries.verified.length + summaries.strangers > 0),
			levels: [...vsa?.verifiedLevels ?? []],
			...vsa === void 0 ? {} : { timeVerified: vsa.timeVerified }
		},
		scan: {
			state: stateOf(scan !== void 0, scans.verified.length + scans.strangers > 0),
			...typeof finishedAt === "string" ? { finishedAt } : {}
		}
	};
}
function stateOf(isVerified, isThere) {
	if (isVerified) return "verified";
	return isThere ? "untrusted" : "absent";
}
// src/verify/trust.ts
/** Who may have promoted to the repository of a former stage: what the policies say of it, and the inputs only where no policy says anything of anybody. */
function listStageTrust(request, repository, now) {
	const stated = selectTrust(request.policy, "promotion", repository, now, request.keys);
	return stated.length > 0 ? stated : listTrust(request, repository, now);
}
// src/verify/look.ts
/** Answers for one image. What cannot be decided about it is its own result, and never that of the others. */
async function lookAtImage(image, context, signal) {
	const base = {
		image: image.name,
		places: [...image.places]
	};
	if (image.reference === void 0 || image.unknown !== void 0) {
		const message = image.unknown ?? "it is no image reference";
		return {
			...base,
			result: "failed",
			code: "DIGEST_UNKNOWN",
			message,
			hint: UNKNOWN_HINT
		};
	}
	try {
		return {
			...base,
			...await look$1(image, image.reference, context)
		};
	} catch (error) {
		signal.throwIfAborted();
		const { code, hint } = error instanceof DomainError ? error : {
			code: "FAILED",
			hint: void 0
		};
		const told = {
			...base,
			result: "failed",
			code,
			message: describeError(error)
		};
		return hint === void 0 ? told : {
			...told,
			hint
		};
	}
}
const UNKNOWN_HINT = "Pull the image from its registry instead of loading it into the node, or name it by digest.";
const NOT_PROMOTED_HINT = "Promote it, or name with policy, key or certificate-identity who promoted it.";
async function look$1(image, reference, context) {
	const { request, registry, now } = context;
	const { repository, tag } = reference;
	const named = reference.kind === "digest" ? reference.digest : void 0;
	const digest = image.running ?? named ?? (await registry.resolve(reference)).digest;
	const lists = listTrust(request, repository, now);
	const evidence = context.evidenceOf(repository);
	const find = async (about) => {
		const wanted = {
			repository,
			digest: about,
			tag,
			environment: request.environment
		};
		return {
			digest: about,
			...await findPromotions(evidence, wanted, lists)
		};
	};
	let found = await find(digest);
	if (found.accepted.length === 0 && image.running !== void 0) {
		const parent = await findIndexOf(digest, reference, registry);
		if (parent !== void 0) found = await find(parent);
	}
	const runs = found.digest === digest ? {} : { runs: digest };
	const subject = {
		repository,
		digest: found.digest,
		...runs
	};
	const [newest, ...older] = found.accepted;
	if (newest === void 0) return {
		...subject,
		result: "refused",
		...explainNoPromotion(found),
		hint: NOT_PROMOTED_HINT
	};
	return {
		...subject,
		result: "verified",
		promotion: await describePromotion(newest, older.length, subject, registry),
		...await describeEvidence(evidence, subject, lists),
		...await describeStages(newest.record, context)
	};
}
async function describeStages(record, { request, verifier, now }) {
	const trust = (repository) => listStageTrust(request, repository, now);
	const { stages, untold } = await readFormerStages(record, {
		verifier,
		trust
	});
	return {
		stages: [...stages],
		...untold === 0 ? {} : { stagesUntold: untold }
	};
}
// src/verify/count-records.ts
const MAX_RUNS = 4;
const AGAIN = "Run the shard again that it belongs to: what is done already stays as it is.";
/**
* Exactly one promotion by this plan, however many records tell of it: runs that overlapped each leave one, of the same source for the same targets. Where they are of
* several runs, one signer must vouch for them all. A tag that was kept may have its record from an earlier plan, since a promotion adds none where one is.
* Any other plan's record says that somebody else did it, past gates that nobody approved here.
*/
function countRecords(target, found) {
	const own = found.accepted.filter(({ record }) => record.planDigest === target.planDigest);
	const runs = [...new Set(own.map(nameRun))];
	const contradiction = findContradiction(own, runs.length);
	if (contradiction !== void 0) return {
		code: "DUPLICATE_RECORD",
		message: `${own.length} records of this plan, which ${contradiction}.`,
		hint: "Find out who wrote them, and make a plan again."
	};
	const counted = own.length === 0 && target.action === "keep" ? found.accepted.slice(0, 1) : own;
	const [newest] = counted;
	if (newest !== void 0) return { record: describeCounted(newest, counted.length - 1, runs) };
	if (found.accepted.length > 0) {
		const plans = found.accepted.map(({ record }) => record.planDigest);
		return {
			code: "OTHER_PROMOTION",
			message: `Promoted, but by another plan: ${[...new Set(plans)].slice(0, 4).join(", ")}.`,
			hint: "Make a plan again, and have it approved."
		};
	}
	if (found.refused.length > 0) return {
		code: "OTHER_PROMOTION",
		message: found.refused.join(" "),
		hint: AGAIN
	};
	const [code, what] = found.strangers > 0 ? ["UNTRUSTED_SIGNER", "No promotion record by a trusted signer."] : ["NOT_PROMOTED", "No promotion record."];
	return {
		code,
		message: [what, ...found.others.map((sentence) => sentence.endsWith(".") ? sentence : `${sentence}.`)].join(" "),
		hint: AGAIN
	};
}
/** Records of one promotion differ in nothing but who ran when, and what was found then. */
function findContradiction(own, runs) {
	const count = (tell) => new Set(own.map((e) => JSON.stringify(tell(e)))).size;
	if (count(({ record }) => record.source) > 1) return "name different sources";
	if (count(({ record }) => record.targets.toSorted()) > 1) return "name different targets";
	if (count(({ record }) => record.environment ?? null) > 1) return "name different environments";
	if (runs > 1 && count(({ signer }) => signer) > 1) return "are by different runs, and not of one signer";
}
/** A run is told by its id at its forge; undefined for one that has none, as of a command line outside a pipeline. */
function nameRun({ record: { repository, runId } }) {
	return runId === void 0 ? void 0 : `${repository ?? ""}#${runId}`;
}
function describeCounted({ record, signer, manifest }, copies, runs) {
	const { planDigest, actor, runUrl, finishedAt, vulnerabilities } = record;
	return {
		...manifest === void 0 ? {} : { manifest },
		planDigest,
		signer,
		...actor === void 0 ? {} : { actor },
		...runUrl === void 0 ? {} : { runUrl },
		finishedAt,
		...vulnerabilities === void 0 ? {} : { vulnerabilities },
		...copies === 0 ? {} : { copies },
		...runs.length > 1 ? { note: describeRuns(runs) } : {}
	};
}
function describeRuns(runs) {
	return `Carried out by several runs, by the same plan and signer: ${runs.slice(0, MAX_RUNS).map((run) => run ?? "one without an id").join(", ")}${runs.length > MAX_RUNS ? " and more" : ""}.`;
}
// src/verify/look-planned.ts
/** Targets asked about side by side: what limits is the round trips of each, until cosign's processes do. */
const CONCURRENT_TARGETS = 16;
/** Answers for every target of a plan, in its order. What cannot be decided about one is its own result, and never that of the others. */
function lookAtPlan(targets, context, signal) {
	return mapConcurrently(targets, CONCURRENT_TARGETS, async (target) => {
		const { item, shard, digest, source } = target;
		const base = {
			item,
			...shard === void 0 ? {} : { shard },
			target: formatReference(target.target)
		};
		try {
			return {
				...base,
				source,
				digest,
				...await look(target, context)
			};
		} catch (error) {
			signal.throwIfAborted();
			const { code, hint } = error instanceof DomainError ? error : {
				code: "FAILED",
				hint: void 0
			};
			const told = {
				...base,
				source,
				digest,
				result: "failed",
				code,
				message: describeError(error)
			};
			return hint === void 0 ? told : {
				...told,
				hint
			};
		}
	});
}
async function look(planned, context) {
	const { registry } = context;
	const [tag, found] = await runTogether(registry.transport.signal, () => [readTag(planned, registry), findRecords(planned, context)]);
	const counted = countRecords(planned, found);
	if (!("record" in counted)) return {
		result: "refused",
		...tag,
		...counted
	};
	const flaw = findTagFlaw(tag);
	return flaw === void 0 ? {
		result: "verified",
		...tag,
		...counted
	} : {
		result: "refused",
		...tag,
		...flaw,
		...counted
	};
}
function findTagFlaw(tag) {
	if (tag.state === "current") return void 0;
	if (tag.state === "moved") return {
		code: "TAG_MOVED",
		message: `The tag points at ${tag.found} now.`,
		hint: "Find out who moved it."
	};
	return {
		code: "NOT_PROMOTED",
		message: "Recorded as approved, but the tag is not there.",
		hint: "Run the shard again that it belongs to; if it says that all is done, somebody deletes tags."
	};
}
async function findRecords(planned, context) {
	const { digest, environment } = planned;
	const { repository, tag } = planned.target;
	const lists = listTrust(context.request, repository, context.now);
	const found = await findTrustedAttestations(context.evidenceOf(repository), digest, RECORD_PREDICATE, lists);
	return {
		...acceptRecords(found.verified, {
			repository,
			digest,
			tag,
			environment
		}),
		others: found.others,
		strangers: found.strangers
	};
}
/** That a tag is somebody else's rests on its content: a registry may tell the digest by another algorithm. */
async function readTag({ target, digest }, registry) {
	const head = await registry.headManifest(target.repository, target.tag);
	if (head === void 0) return { state: "absent" };
	if (head.digest === digest) return { state: "current" };
	const content = await registry.resolve(target);
	return matchesDigest(content.bytes, digest) ? { state: "current" } : {
		state: "moved",
		found: content.digest
	};
}
// src/verify/verify.ts
/** Images looked at side by side. */
const CONCURRENT_IMAGES = 4;
/** Kinds named in a line. */
const MAX_KINDS = 20;
/** Answers for each image, or each target of a plan, what it is, who promoted it, from what and past which gates, from its registry and the trust of the request alone. Always returns an outcome. */
async function verify(request, ports) {
	const startedAt = ports.clock();
	const end = (answers, error) => ({
		...answers,
		environment: request.environment,
		seconds: (ports.clock().getTime() - startedAt.getTime()) / 1e3,
		error
	});
	const room = await mkdtemp(join(ports.workDirectory, "promote-image-"));
	try {
		return end(await answer(request, await ports.log.group("Prepare", () => prepareVerifier(request, ports, room)), startedAt, ports));
	} catch (error) {
		const { aborted, reason } = ports.signal;
		return end({
			result: "failed",
			images: []
		}, aborted && reason instanceof DomainError ? reason : error);
	} finally {
		await rm(room, {
			recursive: true,
			force: true
		});
	}
}
async function prepareVerifier(request, ports, room) {
	const directory = join(room, "cosign");
	await mkdir(directory, { mode: 448 });
	const tool = await ports.provideTool("cosign", request.cosign, directory);
	ports.log.info(`cosign ${tool.version} verifies`);
	const { networkEnv, certificates, kmsEnv, exec, signal } = ports;
	return createVerifier({
		path: tool.path,
		directory,
		networkEnv,
		certificates,
		kmsEnv,
		exec,
		signal,
		trustedRoot: request.trustedRoot
	});
}
async function answer(request, verifier, now, { registry, signal, log }) {
	const { plan, images, ignored } = request;
	const { evidenceOf, close } = openAllEvidence(registry, verifier, plan === void 0 ? {} : { first: RECORD_PREDICATE });
	const context = {
		request,
		registry,
		verifier,
		now,
		evidenceOf
	};
	try {
		if (plan !== void 0) {
			const records = await lookAtPlan(plan.targets, context, signal);
			for (const entry of records) log.info(describeEntry(entry));
			return {
				result: joinResults(records),
				images: [],
				fleet: {
					plan,
					records
				}
			};
		}
		const chains = await mapConcurrently(images, CONCURRENT_IMAGES, (image) => lookAtImage(image, context, signal));
		for (const line of chains.flatMap(describeImage)) log.info(line);
		if (ignored.length > 0) log.info(`Not looked at, as no image is named there: ${ignored.slice(0, MAX_KINDS).join(", ")}`);
		return {
			result: joinResults(chains),
			images: chains
		};
	} finally {
		await close();
	}
}
// src/verify/action.ts
/** What an image is and who promoted it, as a host runs it. */
const VERIFY = {
	name: "verify",
	about: "Answers what an image is, who promoted it, from which commit and past which gates, from the registry and a trust anchor alone",
	inputs: VERIFY_INPUTS,
	outputs: VERIFY_OUTPUTS,
	noOutputs: NO_VERIFY_OUTPUTS,
	standardInput: "images",
	read: readVerifyRequest,
	describeNeeds,
	run: verify,
	redact: redactVerifyOutcome,
	toReport,
	renderCrash
};
function describeNeeds({ policy, anchor, logins, ca, timeoutMs, summary }) {
	return {
		clients: { registry: { logins } },
		insecureHosts: policy.registries.insecure,
		ca,
		keyVariables: [],
		keyUris: [...anchor?.kind === "key" ? [anchor.key] : [], ...policy.signers.flatMap(({ signers }) => signers.flatMap(({ key }) => key ?? []))],
		workDirectory: "",
		timeoutMs,
		summary
	};
}
function toReport(outcome) {
	return {
		result: outcome.result,
		exitCode: toVerifyExitCode(outcome),
		outputs: toVerifyOutputs(outcome),
		annotations: toVerifyAnnotations(outcome),
		error: outcome.error,
		renderSummary: () => renderVerifySummary(outcome)
	};
}
export { VERIFY as t };
