import { t as renderCrash } from "./crash2.js";
import { $t as pushReferrers, A as readTool, B as throwProblems, E as readScanInputs, F as isPullRequest, G as redactError, I as readCertificateFiles, Ot as makeScanStatement, P as NamedFiles, Pt as VULN_PREDICATE, Qn as formatReference, S as readSigstoreFile, Tn as chooseDelay, V as FieldReader, W as SEVERITIES, Xn as isDiskFull, Zn as toDiskFull, _r as listKeyVariables, a as codeSpan, an as listUnlisted, at as prepareScanner, bn as formatDuration, dt as openRunRoom, er as parseReference, g as mergePolicies, h as tighten, hr as describeError, k as readTimeout, kt as mayAttest, m as readRegistryAuth, o as escapeMarkdown, p as readSigningKey, pn as SignerError, pr as DomainError, sn as Notary, ut as clearRunRoom, vn as formatCount, xn as formatShortDigest, z as readPolicies } from "./engine.js";
import { a as renderHeading, i as renderDetails, n as renderAlert, r as renderCodeBlock, s as renderList, t as joinBlocks } from "./markdown.js";
import { i as renderTable, n as limitBytes, r as limitRows, t as MAX_SUMMARY_BYTES } from "./truncate.js";
import { d as string, o as looseObject, r as array } from "./zod.js";
import { i as renderScan, r as listTrustFlags } from "./trust-flags.js";
import { t as openCosign } from "./cosign2.js";
import { t as prepareSigner } from "./signer.js";
import { t as scanRoot } from "./scan-root.js";
import { t as openEvidence } from "./evidence-reader.js";
import { r as readVuln } from "./target-statement.js";
import { i as readVerifiedEvidence } from "./verify-target2.js";
import { t as keepBundle } from "./keep-bundle.js";
import { join } from "node:path";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
// src/scan/inputs.ts
/** The inputs of scan; its `action.yml` and help are generated from this. */
const SCAN_INPUTS = {
	images: {
		required: true,
		description: "What to scan: image references, a line each (`registry/repo:tag` or `registry/repo@sha256:…`). A tag is resolved once; from then on only its digest counts."
	},
	severity: { description: "Severities that refuse, a comma list without a gap: `CRITICAL` or `CRITICAL,HIGH` and so on. Default: the policy, else `CRITICAL`." },
	policy: { description: "What must hold: policy files, a line each, or YAML in place. The strictest of several wins, and an input may only tighten. Default: `.github/promote-image.yml` if present." },
	environment: { description: "The environment the images are scanned for, such as `qa`: selects that part of the policy." },
	trivyignores: { description: "Ignore files in the syntax of `.trivyignore` or `.trivyignore.yaml`, a comma list. An expired entry no longer ignores. Refused where the policy speaks of the scan." },
	attest: {
		default: "false",
		description: "Attach each scan that passed to its image as a signed cosign `vuln` attestation, at the image's own repository: that needs the right to push there. What is refused is never attached."
	},
	"cosign-key": { description: "With `attest`, the signing key: `env://COSIGN_PRIVATE_KEY`, a file, or a KMS URI; its password in the environment as `COSIGN_PASSWORD`. Empty: keyless, with the job's OIDC token (`permissions: id-token: write`)." },
	"signing-config": { description: "A Sigstore signing configuration (JSON file), for a private Sigstore. Default: the policy, else the public one." },
	"trusted-root": { description: "A Sigstore trusted root (JSON file), to go with it. Default: the policy, else the public one." },
	"registry-auth": { description: "Credentials: a YAML list of `registry`, `username`, `password`, as docker/login-action takes it. Default: what `docker login` left." },
	trivy: { description: "Trivy to use: a version this release knows, `version@sha256:…`, or a path (trusted as given). Default: the pinned version." },
	cosign: { description: "cosign to use, in the same three forms. Default: the pinned version." },
	"work-dir": { description: "A directory with room for the largest image. Default: the runner's temporary directory." },
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
/** The outputs of scan. */
const SCAN_OUTPUTS = {
	result: { description: "`clean`; `refused` where an image has what refuses, or could not be judged; `failed` where a scan could not be made. Of several images: `failed` before `refused` before `clean`." },
	vulnerabilities: { description: "JSON counts by severity, over all images and platforms." },
	"scan-report": { description: "Paths of Trivy's reports, a line for each image that was scanned, in their order." },
	sarif: { description: "Path of the findings of all images as SARIF 2.1.0, a run for each." },
	attestations: { description: "JSON list of `{image, digest, predicateType, result, manifest}`: what is attached now; `result` is `attached`, or `unchanged` where the same signer had attested a scan by the same scanner and database within the last hour, or within half of what the policy allows as `maxAge`." }
};
// src/scan/outcome.ts
/** The worst of several: what could not be decided comes before what was refused. */
function joinResults(images) {
	if (images.length === 0 || images.some(({ result }) => result === "failed")) return "failed";
	return images.some(({ result }) => result === "refused") ? "refused" : "clean";
}
/** An outcome whose free texts hold no secret. References and paths stay, since later steps use them. */
function redactScanOutcome(outcome, redact) {
	return {
		...outcome,
		images: outcome.images.map((image) => ({
			...image,
			gates: image.gates.map((gate) => ({
				...gate,
				evidence: redact(gate.evidence)
			})),
			notes: image.notes.map(redact),
			refusals: image.refusals.map((refusal) => ({
				...refusal,
				message: redact(refusal.message),
				...refusal.hint === void 0 ? {} : { hint: redact(refusal.hint) }
			})),
			error: redactError(image.error, redact)
		})),
		error: redactError(outcome.error, redact)
	};
}
// src/scan/outputs.ts
/** The outputs of a run that ended before there was an outcome. */
const NO_SCAN_OUTPUTS = {
	result: "failed",
	vulnerabilities: "{}",
	"scan-report": "",
	sarif: "",
	attestations: "[]"
};
/** An outcome as the outputs of the action; what is not known is the empty string, or empty JSON. */
function toScanOutputs({ result, images, sarifPath }) {
	return {
		result,
		vulnerabilities: JSON.stringify(countAll(images)),
		"scan-report": images.flatMap(({ scan }) => scan?.reportPath ?? []).join("\n"),
		sarif: sarifPath ?? "",
		attestations: JSON.stringify(images.flatMap(toAttestations))
	};
}
/** 0 clean, 3 refused, 1 could not decide, 2 wrong use. */
function toScanExitCode({ result, error }) {
	if (result === "clean") return 0;
	if (result === "refused") return 3;
	return error instanceof DomainError && error.code === "USAGE" ? 2 : 1;
}
/** One for each refusal, and one for each image that could not be scanned. */
function toScanAnnotations({ images }) {
	return images.flatMap(({ image, refusals, result, error }) => {
		const name = formatReference(image);
		const refused = refusals.map(({ code, message, hint }) => ({
			title: code,
			message: `${name}: ${message}`,
			hint
		}));
		if (result !== "failed") return refused;
		const { code, hint } = error instanceof DomainError ? error : {
			code: "Failed",
			hint: void 0
		};
		return [...refused, {
			title: code,
			message: `${name}: ${describeError(error)}`,
			hint
		}];
	});
}
function countAll(images) {
	const counts = images.flatMap(({ scan }) => scan?.counts ?? []);
	if (counts.length === 0) return {};
	return Object.fromEntries(SEVERITIES.map((severity) => [severity, counts.reduce((sum, each) => sum + each[severity], 0)]));
}
function toAttestations({ image, digest, attestation }) {
	if (digest === void 0 || attestation === void 0) return [];
	const { result, manifest } = attestation;
	return [{
		image: formatReference(image),
		digest,
		predicateType: VULN_PREDICATE,
		result,
		...manifest === void 0 ? {} : { manifest }
	}];
}
// src/scan/report.ts
const CUT = "_The rest was cut: a job summary holds 1 MiB. The `scan-report` output has every finding._";
const MAX_ROWS = 200;
const MAX_TROUBLES = 20;
const SIGNS = {
	clean: "✓&nbsp;clean",
	refused: "✗&nbsp;**refused**",
	failed: "?&nbsp;**failed**"
};
/** The job summary of a scan: the verdict and what to do next, a row for each image, what was found in each, and how to check what was attached. Below 1 MiB, the runner's limit. */
function renderScanSummary(outcome) {
	const { images, seconds } = outcome;
	const markdown = joinBlocks([
		renderHeading(2, renderHeadline(outcome)),
		renderTrouble(outcome),
		renderNotes(images),
		images.length === 0 ? void 0 : renderImages(outcome),
		...images.map((image) => renderImage(image, images.length)),
		renderVerification(outcome),
		`Took ${formatDuration(seconds * 1e3)}.`
	]);
	return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}
function renderHeadline({ result, images, environment }) {
	const place = environment === void 0 ? "" : ` (${environment})`;
	const count = (wanted) => images.filter((image) => image.result === wanted).length;
	if (images.length === 0) return "Scan failed";
	if (result === "clean") return escapeMarkdown(`Scanned: ${formatCount(images.length, "image")} clean${place}`);
	const parts = [...count("refused") === 0 ? [] : [`${count("refused")} refused`], ...count("failed") === 0 ? [] : [`${count("failed")} could not be scanned`]];
	const what = parts.length === 0 ? "not finished" : parts.join(", ");
	return escapeMarkdown(`Scan: ${what} of ${formatCount(images.length, "image")}${place}`);
}
function renderTrouble({ images, error }) {
	const refused = images.flatMap(({ image, refusals }) => refusals.map(({ code, message, hint }) => ({
		image,
		code,
		message,
		hint
	})));
	const failed = images.filter(({ result }) => result === "failed").map(({ image, error: cause }) => ({
		image,
		...describeFailure(cause)
	}));
	const troubles = [
		...error === void 0 ? [] : [{
			image: void 0,
			...describeFailure(error)
		}],
		...failed,
		...refused
	];
	if (troubles.length === 0) return void 0;
	const shown = troubles.slice(0, MAX_TROUBLES);
	const items = shown.map(({ image, code, message }) => [
		image === void 0 ? "" : codeSpan(formatReference(image)),
		codeSpan(code),
		escapeMarkdown(message)
	].filter((part) => part !== "").join(" "));
	const rest = troubles.length - shown.length;
	const hints = new Set(shown.flatMap(({ hint }) => hint ?? []));
	return renderAlert(refused.length > 0 ? "CAUTION" : "WARNING", joinBlocks([renderList(rest === 0 ? items : [...items, `and ${formatCount(rest)} more`]), ...[...hints].map((hint) => `**Next:** ${escapeMarkdown(hint)}`)]));
}
function describeFailure(error) {
	const { code, hint } = error instanceof DomainError ? error : {
		code: "FAILED",
		hint: void 0
	};
	return {
		code,
		message: describeError(error),
		hint
	};
}
function renderNotes(images) {
	const notes = images.flatMap(({ image, notes: own }) => own.map((note) => `${codeSpan(formatReference(image))} ${escapeMarkdown(note)}`));
	return notes.length === 0 ? void 0 : renderAlert("WARNING", renderList(notes.slice(0, MAX_TROUBLES)));
}
function renderImages({ images, attest }) {
	const columns = [
		"Image",
		"Digest",
		"Verdict",
		"Critical",
		"High",
		...attest ? ["Attestation"] : []
	];
	const rows = images.map(({ image, digest, result, scan, attestation }) => [
		codeSpan(formatReference(image)),
		digest === void 0 ? "" : codeSpan(formatShortDigest(digest)),
		SIGNS[result],
		...scan === void 0 ? ["", ""] : [formatCount(scan.counts.CRITICAL), formatCount(scan.counts.HIGH)],
		...attest ? [attestation?.result ?? "none"] : []
	]);
	return renderTable(columns.map((title) => ({ title })), limitRows(rows, MAX_ROWS));
}
/** The findings of a single image stand open; of several, each opens on a click. */
function renderImage({ image, scan, gates }, count) {
	const found = renderScan({
		scan,
		gates
	});
	if (found === void 0 || count === 1) return found;
	return renderDetails(formatReference(image), found);
}
function renderVerification({ images, trust }) {
	const flags = listTrustFlags(trust);
	const attested = images.filter(({ attestation }) => attestation !== void 0);
	if (flags === void 0 || attested.length === 0) return void 0;
	const commands = attested.map(({ image, digest }) => `cosign verify-attestation ${flags.join(" ")} --type ${VULN_PREDICATE} ${image.repository}@${digest ?? ""}`);
	return joinBlocks([
		renderHeading(3, "Verify it yourself"),
		"With stock cosign; a promotion demands the same with `attestations.require` in its policy.",
		renderCodeBlock(commands.slice(0, MAX_ROWS).join("\n"), "sh")
	]);
}
// src/scan/request.ts
/** Turns raw inputs into a request; throws UsageError with every problem at once. */
async function readScanRequest(raw, context) {
	const fields = new FieldReader(raw, SCAN_INPUTS);
	const images = readImages(fields);
	const logins = await readRegistryAuth(fields);
	const environment = fields.text("environment") || void 0;
	const attest = fields.flag("attest");
	const key = attest ? await readSigningKey(fields, false, context, "set attest: false") : void 0;
	if (attest) refuseUntrustedEvent(fields, context.event);
	const { policies, problems } = await readPolicies(raw.policy ?? "", context.files);
	fields.addProblems(problems);
	const named = new NamedFiles(fields, context.files);
	const { exceptions, ...scan } = await readScanInputs(fields, named);
	const tools = {
		trivy: await readTool(fields, "trivy", context),
		cosign: await readTool(fields, "cosign", context)
	};
	const timeoutMs = readTimeout(fields);
	const summary = fields.flag("summary");
	const merged = mergePolicies(policies, environment);
	if (problems.length === 0) fields.addProblems(merged.problems);
	const { policy, problems: loosened } = tighten(merged.policy, {
		...scan,
		sign: true,
		attest: true,
		hasIgnoreFiles: fields.isGiven("trivyignores"),
		...readFiles(fields)
	});
	fields.addProblems(loosened);
	const vexDocuments = await named.readAll("policy", policy.scan.vex, "scan.vex");
	const ca = readCertificateFiles(await named.readAll("policy", policy.registries.ca, "registries.ca"));
	fields.addProblems(ca.problems);
	const { signature } = policy;
	const signingConfig = await readSigstoreFile(fields, named, "signing-config", signature.signingConfig);
	const trustedRoot = await readSigstoreFile(fields, named, "trusted-root", signature.trustedRoot);
	throwProblems(fields.problems);
	return {
		images,
		logins,
		environment,
		exceptions,
		attest,
		key,
		signingConfig,
		trustedRoot,
		tools,
		timeoutMs,
		summary,
		policy: {
			...policy,
			scan: {
				...policy.scan,
				mode: askedMode(policy),
				from: "image"
			}
		},
		vexDocuments: vexDocuments.map(({ text }) => text),
		ca: ca.certificates.length === 0 ? void 0 : ca.certificates.join(""),
		workDirectory: fields.text("work-dir")
	};
}
/** A policy that switches the scan of promotions off refuses nothing, and does not keep anybody from looking. */
function askedMode({ scan }) {
	return scan.mode === "off" ? "report" : scan.mode;
}
function readImages(fields) {
	const lines = fields.lines("images");
	if (lines.length === 0 && fields.isGiven("images")) fields.addProblem("images", "holds only comments.", "Write image references, a line each.");
	const images = lines.flatMap((line) => fields.attempt("images", () => parseReference(line)) ?? []);
	return [...new Map(images.map((image) => [formatReference(image), image])).values()];
}
function readFiles(fields) {
	const [signingConfig, trustedRoot] = [fields.text("signing-config"), fields.text("trusted-root")];
	return {
		...signingConfig === "" ? {} : { signingConfig },
		...trustedRoot === "" ? {} : { trustedRoot }
	};
}
/** A pull request can come from anybody: it may look, but leave no evidence. */
function refuseUntrustedEvent(fields, event) {
	if (!isPullRequest(event)) return;
	fields.addProblem("attest", `must be false on ${event}: a pull request vouches for nothing.`, "Set attest: false, or attest on push, schedule or workflow_dispatch.");
}
// src/scan/same-scan.ts
const scanSchema = looseObject({
	invocation: looseObject({ parameters: array(string()) }),
	scanner: looseObject({
		uri: string(),
		version: string(),
		db: looseObject({ uri: string() })
	}),
	metadata: looseObject({ scanFinishedOn: string() })
});
/** However often a job runs within it, in milliseconds, what it attested first will do. */
const RENEWED_AFTER_MS = 36e5;
/** How old an attested scan may be before a new one is attached, in milliseconds: an hour, or half of the least that the policies allow. */
function chooseRenewal(maxAges) {
	return Math.min(RENEWED_AFTER_MS, (maxAges.get("https://cosign.sigstore.dev/attestation/vuln/v1") ?? Number.POSITIVE_INFINITY) / 2);
}
/** True for a scan of the same kind by the same scanner in the same version with the very same database, from whichever mirror, and no older than `renewAfter` milliseconds: it would find the same, and is as good. */
function saysSameScan(found, wanted, renewAfter) {
	const { data } = scanSchema.safeParse(found);
	if (data === void 0) return false;
	const age = Date.parse(wanted.metadata.scanFinishedOn) - Date.parse(data.metadata.scanFinishedOn);
	return saysSame(data, wanted) && Math.abs(age) <= renewAfter;
}
/** True for this scan itself. */
function isSameScan(found, wanted) {
	return saysSameScan(found, wanted, 0);
}
function saysSame({ scanner, invocation }, wanted) {
	return scanner.uri === wanted.scanner.uri && scanner.version === wanted.scanner.version && digestIn(scanner.db.uri) === digestIn(wanted.scanner.db.uri) && JSON.stringify(invocation.parameters) === JSON.stringify(wanted.invocation.parameters);
}
/** `sha256:…` of `oci://registry/repo@sha256:…`; what has none is like nothing else. */
function digestIn(uri) {
	const at = uri.lastIndexOf("@");
	return at < 0 ? `none in ${uri}` : uri.slice(at + 1);
}
// src/scan/sarif-file.ts
/** What the alerts of each image are filed under: its repository, as a promotion does, and its whole name where several are of one repository. Two of one category would close each other's alerts. */
function nameCategories(images) {
	const byRepository = Map.groupBy(images, ({ repository }) => repository);
	return new Map(images.map((image) => {
		return [image, byRepository.get(image.repository)?.length === 1 ? image.repository : formatReference(image)];
	}));
}
/** One file with the findings of every image that was scanned, a run for each; its path, undefined when none was. */
async function joinSarif(images, results) {
	const paths = images.flatMap(({ scan }) => scan?.sarifPath ?? []);
	const [first, ...rest] = paths;
	if (first === void 0 || rest.length === 0 && images.length === 1) return first;
	const logs = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, "utf8"))));
	const path = join(results, "scan.sarif");
	await writeFile(path, JSON.stringify({
		...logs[0],
		runs: logs.flatMap(({ runs }) => runs)
	}, null, 1));
	return path;
}
// src/scan/attest.ts
/** How often what was attached is looked for: a registry may take a moment to list it, another writer may replace the list. */
const MAX_ROUNDS = 3;
/**
* Attaches a scan to its image, by digest, and has stock cosign verify it there. A recent one by this very signer, with
* the same scanner and database, is left as it is: all attestations of a type must pass whoever verifies with a policy,
* so that there should be few.
*/
async function attestScan(statement, image, context, ports) {
	const { notary } = context;
	if (notary.anchor === void 0) await notary.sign(statement);
	const known = notary.anchor && await findSame(statement, image, notary.anchor, context, ports);
	if (known !== void 0) {
		ports.log.info(`There already: ${VULN_PREDICATE} by the same signer, scanner and database`);
		return known;
	}
	const bundle = await notary.sign(statement);
	const { repository, root, layout } = image;
	const referrer = await keepBundle(root, bundle, VULN_PREDICATE, ports.clock(), layout);
	const unlisted = await pushReferrers([referrer], layout, ports.registry, repository, { mountFrom: void 0 });
	const { anchor } = notary;
	if (anchor === void 0) throw new TypeError("what was signed was signed by somebody");
	const isThere = () => verifiesAtRegistry(statement, image, anchor, context, ports.registry);
	await waitUntil(isThere, () => listUnlisted(unlisted, ports.registry, repository), image, ports.registry);
	const { digest } = referrer.content;
	ports.log.info(`Attached ${VULN_PREDICATE} as ${digest}; cosign ${context.tool.version} verifies it there`);
	return {
		result: "attached",
		manifest: digest
	};
}
/** One that says the same, by the same signer, about this very image in this very repository. */
async function findSame(statement, { repository, root }, anchor, { verifier, renewAfter }, { registry }) {
	const { digest } = root;
	const evidence = openEvidence(registry, repository, verifier);
	try {
		const { verified } = await evidence.findAttestations(digest, VULN_PREDICATE, [anchor]);
		const same = verified.find((found) => saysSameScan(readVuln(found.statement, {
			repository,
			digest
		}), statement.predicate, renewAfter));
		return same && {
			result: "unchanged",
			manifest: same.manifest
		};
	} finally {
		await evidence.close();
	}
}
/** What a stranger would do. */
async function verifiesAtRegistry(statement, { repository, root }, anchor, { verifier }, client) {
	const subject = {
		client,
		repository,
		digest: root.digest,
		verifier,
		anchor
	};
	const { vulns } = await readVerifiedEvidence(subject, { vuln: true });
	return vulns.some((found) => isSameScan(found, statement.predicate));
}
/** Lists what the registry does not list by itself, before each look. */
async function waitUntil(isThere, list, { repository, root }, { transport }) {
	for (let round = 1;; round++) {
		await list();
		if (await isThere()) return;
		if (round === MAX_ROUNDS) break;
		await transport.retry.sleep(chooseDelay(transport.retry, round + 1, void 0), transport.signal);
	}
	throw new SignerError("VERIFICATION_FAILED", `cosign does not find the scan that was attached to ${repository}@${root.digest}`, { hint: "Look whether the registry lists what refers to an image, and whether something removes it at once." });
}
// src/scan/scan-image.ts
/** Scans one image, and attests the scan when it passed. What cannot be decided about it is its own outcome, and never that of the others. */
async function scanImage(image, context, place) {
	let outcome = {
		image,
		result: "failed",
		digest: void 0,
		scan: void 0,
		attestation: void 0,
		error: void 0,
		gates: [],
		refusals: [],
		notes: []
	};
	const learn = (learned) => {
		outcome = {
			...outcome,
			...learned
		};
	};
	try {
		for (const directory of [place.room, place.results]) await mkdir(directory, { recursive: true });
		await look(image, context, place, learn);
	} catch (error) {
		context.ports.signal.throwIfAborted();
		const told = isDiskFull(error) ? toDiskFull("no space left to write what the scan needs", error) : error;
		context.ports.log.warning(`${formatReference(image)} failed: ${describeError(told)}`);
		learn({
			result: "failed",
			error: told
		});
	} finally {
		await rm(place.room, {
			recursive: true,
			force: true
		});
	}
	return outcome;
}
async function look(image, { request, ports, scanner, signing }, place, learn) {
	const { registry: client, log } = ports;
	const { repository } = image;
	const { scan } = request.policy;
	const root = await client.resolve(image);
	learn({ digest: root.digest });
	log.info(`${formatReference(image)} is ${root.digest}`);
	const probe = () => signing === void 0 ? Promise.resolve() : client.probePush(repository);
	const found = {
		client,
		repository,
		root,
		category: place.category
	};
	const judged = await scanRoot(found, scanner, {
		scan,
		exceptions: request.exceptions
	}, ports, place, probe);
	const { summary, gates, refusals, notes } = judged;
	learn({
		scan: summary,
		gates,
		refusals,
		notes
	});
	if (refusals.length > 0) return learn({ result: "refused" });
	if (signing !== void 0 && !mayAttest(scanner, scan, judged)) learn({ notes: [...notes, "Nothing was attested: what was found would refuse where the scan is enforced."] });
	else if (signing !== void 0) learn({ attestation: await attestScan(makeScanStatement({
		repository,
		digest: root.digest
	}, scanner, judged, scan, ports.run), {
		repository,
		root,
		layout: judged.layout
	}, signing, ports) });
	learn({ result: "clean" });
}
/** Who ended the run from outside says why better than the request that was cut off. */
function explainEnd(error, { aborted, reason }) {
	return aborted && reason instanceof DomainError ? reason : error;
}
// src/scan/scan.ts
/** Scans images, one after the other, and attests each scan that passed. Always returns an outcome; an image that fails does not stop the others. */
async function scan(request, ports) {
	const startedAt = ports.clock();
	const images = [];
	let signing;
	const end = (sarifPath, error) => ({
		images,
		environment: request.environment,
		attest: request.attest,
		sarifPath,
		error,
		result: error === void 0 ? joinResults(images) : "failed",
		trust: {
			anchor: signing?.notary.anchor,
			publicKey: signing?.signer.publicKey,
			transparencyLog: request.policy.signature.transparencyLog,
			trustedRoot: request.trustedRoot
		},
		seconds: (ports.clock().getTime() - startedAt.getTime()) / 1e3
	});
	const places = await openRunRoom(ports.workDirectory);
	try {
		signing = await ports.log.group("Prepare", () => prepareSigning(request, ports, places));
		await scanAll(await ports.log.group("Fetch the scanner and its database", () => prepare(request, ports, signing, places)), places, images);
		return end(await joinSarif(images, places.results));
	} catch (error) {
		return end(void 0, explainEnd(error, ports.signal));
	} finally {
		await clearRunRoom(places, ports.log);
	}
}
/** Tries the key, so that a wrong password is found before anything is read. */
async function prepareSigning(request, ports, { room }) {
	if (request.key === void 0) return void 0;
	const signer = await prepareSigner(request, ports, await openCosign(request, ports, room));
	if (signer === void 0) throw new TypeError("a key is there, and nobody who signs with it");
	const { signature, maxAges } = request.policy;
	const notary = new Notary(signer, signature.transparencyLog, void 0);
	return {
		...signer,
		notary,
		renewAfter: chooseRenewal(maxAges)
	};
}
async function prepare(request, ports, signing, { room }) {
	const scanner = await prepareScanner(request, ports, room);
	if (scanner === void 0) throw new TypeError("a scan that was asked for is never off");
	return {
		request,
		ports,
		scanner,
		signing
	};
}
async function scanAll(context, places, images) {
	const { request, ports } = context;
	const categories = nameCategories(request.images);
	for (const [i, image] of request.images.entries()) {
		const name = `image-${i + 1}`;
		const place = {
			room: join(places.room, name),
			results: resultsOf(request.images, places, name)
		};
		const title = `Scan ${formatReference(image)} (${i + 1} of ${formatCount(request.images.length)})`;
		const category = categories.get(image) ?? image.repository;
		images.push(await ports.log.group(title, () => scanImage(image, context, {
			...place,
			category
		})));
	}
}
function resultsOf(images, { results }, name) {
	return images.length === 1 ? results : join(results, name);
}
// src/scan/action.ts
/** The scan of images where they are, and its evidence, as a host runs it. */
const SCAN = {
	name: "scan",
	about: "Scans container images where they are, by digest, and attaches each scan that passed as a signed attestation that a promotion can require",
	inputs: SCAN_INPUTS,
	outputs: SCAN_OUTPUTS,
	noOutputs: NO_SCAN_OUTPUTS,
	read: readScanRequest,
	describeNeeds,
	run: scan,
	redact: redactScanOutcome,
	toReport,
	renderCrash
};
function describeNeeds(request) {
	const { logins, policy, ca, key, workDirectory, timeoutMs, summary } = request;
	return {
		clients: {
			registry: { logins },
			databases: { logins: /* @__PURE__ */ new Map() }
		},
		insecureHosts: policy.registries.insecure,
		keyVariables: listKeyVariables(key),
		keyUris: key?.kind === "kms" ? [key.uri] : [],
		ca,
		workDirectory,
		timeoutMs,
		summary
	};
}
function toReport(outcome) {
	return {
		result: outcome.result,
		exitCode: toScanExitCode(outcome),
		outputs: toScanOutputs(outcome),
		annotations: toScanAnnotations(outcome),
		error: outcome.error,
		renderSummary: () => renderScanSummary(outcome)
	};
}
export { SCAN as t };
