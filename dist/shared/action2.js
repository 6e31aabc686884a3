import { At as string, Bt as mapConcurrently, C as renderTable, F as readBundle, I as createVerifier, Jn as formatReference, Ln as findJsonFlaw, M as openEvidence, N as createTaskLimit, P as createBundleJudge, Rt as describeIdentity, S as limitRows, St as array, T as limitBytes, Tt as looseObject, Ut as formatCount, Wt as formatDate, Xn as parseReference, Yn as isRegistryHost, Zn as parseRepository, a as readSigstoreFile, b as FieldReader, bn as codeSpan, c as readTimeout, cr as redactError, ct as readVsa, dn as joinBlocks, dr as describeError, f as readPolicies, fn as renderAlert, ft as VSA_PREDICATE, gn as renderLink, gt as RECORD_PREDICATE, hn as renderHeading, i as readPolicyKeys, ir as isDigest, k as selectTrust, l as readTool, lr as DomainError, lt as readVuln, mn as renderDetails, mr as markControl, n as tighten, o as refuseRootWithoutLog, p as throwProblems, pn as renderCodeBlock, r as mergePolicies, rr as digestOf, s as readTrustAnchor, sr as ImageError, st as readRecord, t as readRegistryAuth, u as NamedFiles, un as renderCrash, ur as UsageError, ut as VULN_PREDICATE, w as MAX_SUMMARY_BYTES, xn as escapeMarkdown, y as readCertificateFiles } from "./registry-auth.js";
import { a as renderPlace, i as renderLabel, n as DIAGRAM_LAYOUT, t as DIAGRAM_CLASSES } from "./mermaid.js";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createHash, createPublicKey } from "node:crypto";
// src/verify/inputs.ts
/** The inputs of verify; its `action.yml`, help and tables are generated from this. */
const VERIFY_INPUTS = {
	images: {
		required: true,
		description: "What to answer for: image references, a line each (`registry/repo:tag`, `…@sha256:…`, or both), or the JSON of `kubectl get … -o json`: pods, workloads or a list of them. On the command line also on standard input."
	},
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
	chain: { description: "JSON: for each image what it is, who promoted it, when, from what and past which gates." }
};
// src/verify/outcome.ts
/** The worst of several: what could not be decided comes before what was refused. */
function joinResults(images) {
	if (images.length === 0 || images.some(({ result }) => result === "failed")) return "failed";
	return images.some(({ result }) => result === "refused") ? "refused" : "verified";
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
		error: redactError(outcome.error, redact)
	};
}
// src/verify/outputs.ts
/** The outputs of a run that ended before there was an outcome. */
const NO_VERIFY_OUTPUTS = {
	result: "failed",
	chain: "[]"
};
/** An outcome as the outputs of the action. */
function toVerifyOutputs({ result, images }) {
	return {
		result,
		chain: JSON.stringify(images)
	};
}
/** 0 when every image is verified, else 1: whoever asks wants a yes, and anything else is none. `result` tells a refusal from what could not be decided. */
function toVerifyExitCode({ result, error }) {
	if (result === "verified") return 0;
	return error instanceof DomainError && error.code === "USAGE" ? 2 : 1;
}
/** One for each image that is not verified. */
function toVerifyAnnotations({ images }) {
	return images.filter(({ result }) => result !== "verified").map(({ image, code = "FAILED", message = "", hint }) => ({
		title: code,
		message: `${image}: ${message}`,
		hint
	}));
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
const MAX_ROWS = 200;
/** Pictures are slow to draw: the others are told in lines. */
const MAX_DIAGRAMS = 5;
const MAX_DETAILS = 100;
const SIGNS = {
	verified: "✓&nbsp;verified",
	refused: "✗&nbsp;**refused**",
	failed: "?&nbsp;**undecided**"
};
/** The job summary of verify: the verdict, a row for each image, the chain of the first as a picture, and all that is known of each. Below 1 MiB, the runner's limit. */
function renderVerifySummary(outcome) {
	const { images } = outcome;
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
// src/verify/pod-spec.ts
const container = looseObject({
	name: string().catch(""),
	image: string().optional()
});
const containers = array(container).nullish();
const volume = looseObject({
	name: string().catch(""),
	image: looseObject({ reference: string().optional() }).nullish()
});
const status = looseObject({
	name: string(),
	imageID: string().nullish()
});
const statuses = array(status).nullish();
/** The parts of a pod's spec that name images; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const podSpecSchema = looseObject({
	containers,
	initContainers: containers,
	ephemeralContainers: containers,
	volumes: array(volume).nullish()
});
/** The parts of a pod's status that say what runs. */
const podStatusSchema = looseObject({
	containerStatuses: statuses,
	initContainerStatuses: statuses,
	ephemeralContainerStatuses: statuses
});
const ROLES = [
	{
		spec: "containers",
		status: "containerStatuses",
		role: void 0
	},
	{
		spec: "initContainers",
		status: "initContainerStatuses",
		role: "init"
	},
	{
		spec: "ephemeralContainers",
		status: "ephemeralContainerStatuses",
		role: "ephemeral"
	}
];
/** Whether this is meant as one: a spec of another kind may have anything else in it. */
function isPodSpec(value) {
	return typeof value === "object" && value !== null && ROLES.some(({ spec }) => spec in value);
}
/** All that a pod of this spec runs or mounts. A template may leave an image open: that is told too, since something else fills it in. */
function readPodSpec(place, spec, status) {
	const running = ROLES.flatMap(({ spec: key, status: statusKey, role }) => (spec[key] ?? []).map(({ name, image = "" }) => {
		const imageId = status?.[statusKey]?.find((entry) => entry.name === name)?.imageID;
		return {
			place: {
				...place,
				container: name,
				...role === void 0 ? {} : { role }
			},
			image,
			...imageId ? { imageId } : {}
		};
	}));
	const mounted = (spec.volumes ?? []).flatMap(({ name, image }) => image ? [{
		place: {
			...place,
			container: name,
			role: "volume"
		},
		image: image.reference ?? ""
	}] : []);
	return [...running, ...mounted];
}
// src/verify/workloads.ts
const object = looseObject({
	kind: string().catch("object"),
	metadata: looseObject({
		name: string().optional(),
		namespace: string().optional()
	}).nullish().catch(void 0)
});
/** Where kinds keep the pods they make: a pod itself, what has a template, a CronJob, a PodTemplate; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ */
const SPEC_PATHS = [
	["spec"],
	[
		"spec",
		"template",
		"spec"
	],
	[
		"spec",
		"jobTemplate",
		"spec",
		"template",
		"spec"
	],
	["template", "spec"]
];
/** The schema of a custom resource nests some ten levels a field; what nests deeper is made to exhaust a stack. */
const MAX_DEPTH$1 = 256;
const WHERE = "input images";
/** The containers of what `kubectl get … -o json` prints: one object or a list of any kinds. Throws UsageError for what is no such JSON, or has none at all. */
function readWorkloads(text) {
	const fix = "Give the output of kubectl get pods -o json, or references, a line each.";
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		throw new UsageError([{
			where: WHERE,
			message: "begins like JSON and is none.",
			fix
		}]);
	}
	const flaw = findJsonFlaw(text, MAX_DEPTH$1);
	if (flaw !== void 0) throw new UsageError([{
		where: WHERE,
		message: `is JSON that kubectl does not print: ${flaw}.`,
		fix
	}]);
	const read = listObjects(json).map(readObject);
	const containers = read.flatMap((each) => each.containers);
	if (containers.length === 0) throw new UsageError([{
		where: WHERE,
		message: "is JSON that names no container.",
		fix
	}]);
	return {
		containers,
		ignored: [...Map.groupBy(read.filter((each) => each.containers.length === 0), ({ kind }) => kind)].map(([kind, objects]) => `${objects.length} ${kind}`)
	};
}
function listObjects(json) {
	if (Array.isArray(json)) return json.flatMap(listObjects);
	const { kind = "List", items } = json ?? {};
	return Array.isArray(items) && String(kind).endsWith("List") ? items.flatMap(listObjects) : [json];
}
function readObject(json) {
	const { data } = object.safeParse(json);
	if (data === void 0) throw unreadable(json);
	const { kind, metadata } = data;
	const place = {
		kind,
		...metadata?.namespace === void 0 ? {} : { namespace: metadata.namespace },
		name: metadata?.name ?? ""
	};
	const containers = SPEC_PATHS.flatMap((path) => readAt(path, json, place));
	if (containers.length > 0 || !isNamingImages(withoutData(data))) return {
		kind,
		containers
	};
	return {
		kind,
		containers: [{
			place: {
				...place,
				container: ""
			},
			image: ""
		}]
	};
}
function readAt(path, json, place) {
	const at = path.reduce((value, key) => value?.[key], json);
	if (!isPodSpec(at)) return [];
	const spec = podSpecSchema.safeParse(at);
	const status = podStatusSchema.nullish().safeParse(json.status);
	if (!spec.success) throw unreadable(json);
	if (!status.success) throw unreadable(json);
	return readPodSpec(place, spec.data, status.data);
}
/** Keys of a ConfigMap, labels and the like mean nothing to Kubernetes. */
function withoutData({ metadata, data, stringData, binaryData, ...rest }) {
	return rest;
}
/** True where a kind of some operator names images at a place that is not known here. */
function isNamingImages(value) {
	if (typeof value !== "object" || value === null) return false;
	return Object.entries(value).some(([key, inner]) => {
		if (/^(?:image|containerImage)$/.test(key) && typeof inner === "string" && inner !== "") return true;
		return /^(?:\w+C|c)ontainers$/.test(key) && Array.isArray(inner) && inner.length > 0 || isNamingImages(inner);
	});
}
/** One that cannot be read is not left out in silence: its images would count as verified. */
function unreadable(json) {
	const { kind, metadata } = json ?? {};
	const message = `holds ${String(kind ?? "an object")} ${String(metadata?.name ?? "")} whose containers cannot be read.`;
	return new UsageError([{
		where: WHERE,
		message,
		fix: "Give the JSON as kubectl printed it."
	}]);
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
	const running = imageId === void 0 ? void 0 : digestIn(imageId);
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
/** `docker-pullable://repo@sha256:…` and `repo@sha256:…` name a manifest; a bare `sha256:…` is the id of a local image, which no registry knows. */
function digestIn(imageId) {
	const digest = imageId.includes("@") ? imageId.slice(imageId.lastIndexOf("@") + 1) : "";
	return isDigest(digest) ? digest : void 0;
}
/** What Kubernetes makes of a short name: Docker Hub, and the tag latest; https://kubernetes.io/docs/concepts/containers/images/#image-names */
function expandName(image) {
	const slash = image.indexOf("/");
	const name = slash > 0 && isRegistryHost(image.slice(0, slash)) ? image : `docker.io/${slash < 0 ? "library/" : ""}${image}`;
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
	const { images, ignored } = readImages(fields);
	const environment = fields.text("environment") || void 0;
	const logins = readRegistryAuth(fields);
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
// src/verify/accepted-record.ts
/** Parts verified statements into the records that speak of this very promotion, the newest first, and a sentence for each that does not. */
function acceptRecords(found, wanted) {
	const accepted = [];
	const refused = [];
	for (const { statement, signer } of found) {
		const record = readRecord(statement, wanted);
		const flaw = record === void 0 ? "is about another repository, or has another form" : findMisfit(record, wanted);
		if (record !== void 0 && flaw === void 0) accepted.push({
			record,
			signer
		});
		else refused.push(`The record by ${signer} ${flaw}.`);
	}
	accepted.sort((a, b) => b.record.finishedAt.localeCompare(a.record.finishedAt));
	return {
		accepted,
		refused
	};
}
function findMisfit(record, { repository, tag, environment }) {
	if (environment !== void 0 && record.environment !== environment) return `is for ${record.environment === void 0 ? "no environment" : `the environment ${record.environment}`}, not for ${environment}`;
	if (tag !== void 0 && !record.targets.includes(`${repository}:${tag}`)) return `approves ${record.targets.join(", ")}, not the tag ${tag}`;
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
// src/verify/trusted-attestations.ts
/** Finds the attestations of a type that somebody of each list has signed: one list after the other, so that no list loosens another. */
async function findTrustedAttestations(evidence, digest, predicateType, lists) {
	let verified;
	const others = [];
	let strangers = 0;
	for (const { policy, anchors, lapsed } of lists) {
		if (anchors.length === 0) others.push(`By ${policy}, nobody may vouch for this repository now.`, ...lapsed);
		const found = await evidence.findAttestations(digest, predicateType, anchors);
		others.push(...found.others);
		strangers += found.strangers;
		const names = new Set(found.verified.map(nameOf));
		verified = verified === void 0 ? found.verified : verified.filter((each) => names.has(nameOf(each)));
		if (found.verified.length === 0) others.push(...lapsed);
	}
	return {
		verified: verified ?? [],
		others: [...new Set(others)],
		strangers
	};
}
/** The same attestation may be attached in two forms: its text says that it is the same. */
function nameOf({ statement }) {
	return digestOf(JSON.stringify(statement) ?? "");
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
/** What the trust that the inputs state is called. */
const INPUTS = "the inputs";
/** Who may have promoted to a repository: a list for the inputs and one for each policy. Each must be satisfied; a list without anchors trusts nobody. */
function listTrust({ policy, anchor, keys }, repository, now) {
	return [...anchor === void 0 ? [] : [{
		policy: INPUTS,
		anchors: [anchor],
		lapsed: []
	}], ...selectTrust(policy, "promotion", repository, now, keys)];
}
/** Who may have promoted to the repository of a former stage: what the policies say of it, and the inputs only where no policy says anything of anybody. */
function listStageTrust(request, repository, now) {
	const stated = selectTrust(request.policy, "promotion", repository, now, request.keys);
	return stated.length > 0 ? stated : listTrust(request, repository, now);
}
// src/verify/look.ts
/** Opens the evidence of each repository once; `close` ends all of it. */
function openAllEvidence(registry, verifier) {
	const opened = /* @__PURE__ */ new Map();
	return {
		evidenceOf: (repository) => {
			const evidence = opened.get(repository) ?? openEvidence(registry, repository, verifier);
			opened.set(repository, evidence);
			return evidence;
		},
		close: async () => {
			await Promise.all([...opened.values()].map((evidence) => evidence.close()));
		}
	};
}
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
			...await look(image, image.reference, context)
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
async function look(image, reference, context) {
	const { request, registry, now } = context;
	const { repository, tag } = reference;
	const named = reference.kind === "digest" ? reference.digest : void 0;
	const digest = image.running ?? named ?? (await registry.resolve(reference)).digest;
	const lists = listTrust(request, repository, now);
	const evidence = context.evidenceOf(repository);
	const find = async (about) => {
		const found = await findTrustedAttestations(evidence, about, RECORD_PREDICATE, lists);
		const judged = acceptRecords(found.verified, {
			repository,
			digest: about,
			tag,
			environment: request.environment
		});
		return {
			digest: about,
			others: found.others,
			strangers: found.strangers,
			...judged
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
		...refuse(found.refused, found.others, found.strangers > 0)
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
function refuse(misfits, others, isSigned) {
	if (misfits.length > 0) return {
		result: "refused",
		code: "OTHER_PROMOTION",
		message: misfits.join(" "),
		hint: NOT_PROMOTED_HINT
	};
	const message = [isSigned ? "No promotion record by a trusted signer." : "No promotion record.", ...others.map((sentence) => sentence.endsWith(".") ? sentence : `${sentence}.`)].join(" ");
	return {
		result: "refused",
		code: isSigned ? "UNTRUSTED_SIGNER" : "NOT_PROMOTED",
		message,
		hint: NOT_PROMOTED_HINT
	};
}
/** Some container runtimes tell the digest of the platform's manifest: the index that was promoted is the one the workload names, or the one behind its tag. */
async function findIndexOf(child, reference, registry) {
	const { repository, tag } = reference;
	const candidates = [reference.kind === "digest" ? reference.digest : void 0, tag === void 0 ? void 0 : (await registry.headManifest(repository, tag))?.digest];
	for (const candidate of new Set(candidates)) {
		if (candidate === void 0 || candidate === child) continue;
		const { manifest } = await registry.getManifest(repository, candidate);
		if (manifest.kind === "index" && manifest.children.some((entry) => entry.digest === child)) return candidate;
	}
}
// src/verify/verify.ts
/** Images looked at side by side. */
const CONCURRENT_IMAGES = 4;
/** Kinds named in a line. */
const MAX_KINDS = 20;
/** Answers for each image what it is, who promoted it, from what and past which gates, from its registry and the trust of the request alone. Always returns an outcome. */
async function verify(request, ports) {
	const startedAt = ports.clock();
	const end = (images, error) => ({
		result: error === void 0 ? joinResults(images) : "failed",
		images,
		environment: request.environment,
		seconds: (ports.clock().getTime() - startedAt.getTime()) / 1e3,
		error
	});
	const room = await mkdtemp(join(ports.workDirectory, "promote-image-"));
	try {
		const images = await lookAtAll(request, await ports.log.group("Prepare", () => prepareVerifier(request, ports, room)), startedAt, ports);
		for (const line of images.flatMap(describeImage)) ports.log.info(line);
		if (request.ignored.length > 0) ports.log.info(`Not looked at, as no image is named there: ${request.ignored.slice(0, MAX_KINDS).join(", ")}`);
		return end(images);
	} catch (error) {
		const { aborted, reason } = ports.signal;
		return end([], aborted && reason instanceof DomainError ? reason : error);
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
async function lookAtAll(request, verifier, now, { registry, signal }) {
	const { evidenceOf, close } = openAllEvidence(registry, verifier);
	try {
		const context = {
			request,
			registry,
			verifier,
			now,
			evidenceOf
		};
		return await mapConcurrently(request.images, CONCURRENT_IMAGES, (image) => lookAtImage(image, context, signal));
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
