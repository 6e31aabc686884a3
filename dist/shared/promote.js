import { $t as pushReferrers, A as readTool, An as makeLegacySignature, B as throwProblems, Bt as SIGNATURE_PREDICATE, C as refuseRootWithoutLog, Dn as isRetryableStatus, Dt as readText, E as readScanInputs, En as isRetryableFault, Et as readList$1, F as isPullRequest, Fn as missingLayers, Ft as VSA_PREDICATE, G as redactError, Gt as matchesPattern, I as readCertificateFiles, In as RegistryError, Jn as mapConcurrently, Jt as formatPlan, Kt as toGate, L as readApprovedPlan, Ln as loadGraph, Lt as makeVsa, Mn as isLegacyContent, Mt as formatDuration, Nn as legacyLayers, On as LEGACY_SIGNATURE_TYPE, Ot as makeScanStatement, P as NamedFiles, Pn as legacyTag, Pt as VULN_PREDICATE, Q as trustInput, Qn as formatReference, Qt as pushReferrerBlobs, Rn as totalBytes, S as readSigstoreFile, Tn as chooseDelay, Tt as readField, Ut as toDigestSet, V as FieldReader, Vt as makeSignature, W as SEVERITIES, X as selectAttestationTrust, Xn as isDiskFull, Xt as NO_REFERRERS, Yn as runTogether, Yt as reportProgress, Z as selectTrust, Zn as toDiskFull, Zt as fetchReferrers, _r as listKeyVariables, an as listUnlisted, ar as digestAlgorithm, at as prepareScanner, cr as isDigest, dt as openRunRoom, en as blobsOf, er as parseReference, et as listForeign, ft as readPredicateTime, g as mergePolicies, h as tighten, hr as describeError, in as createTagFinder, ir as registryOf, it as BlobPool, jn as composeLegacy, k as readTimeout, kn as makeLegacyPayload, kt as mayAttest, lr as matchesDigest, m as readRegistryAuth, mt as PROVENANCE_TYPES, nn as countLegacy, nt as createLayout, on as settle, or as digestHex, p as readSigningKey, pr as DomainError, q as openImageStore, rn as sizeOfLegacy, rr as pinReference, sn as Notary, sr as digestOf, tn as manifestsOf, tt as quoteForeign, ut as clearRunRoom, vn as formatCount, w as readTrustAnchor, wn as listReferrers, x as readPolicyKeys, z as readPolicies, zt as RECORD_PREDICATE } from "./engine.js";
import { join } from "node:path";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { Readable, addAbortSignal } from "node:stream";
// src/promote/outputs.ts
/** The outputs of a run that ended before there was an outcome; what is JSON stays JSON, so that later steps can read it. */
const NO_OUTPUTS = {
	result: "failed",
	digest: "",
	image: "",
	images: "[]",
	refusals: "[]",
	vulnerabilities: "{}",
	"scan-report": "",
	sarif: "",
	plan: "",
	"plan-digest": "",
	matrix: "{}",
	record: ""
};
/** An outcome as the outputs of the action; what is not known is the empty string, or empty JSON. */
function toOutputs(outcome) {
	const digest = outcome.pinned?.digest ?? "";
	const first = outcome.targets[0];
	const isThere = outcome.result === "promoted" || outcome.result === "unchanged";
	const images = outcome.targets.map(({ target, result, code }) => ({
		target: formatReference(target),
		digest,
		result,
		...code === void 0 ? {} : { code }
	}));
	const refusals = outcome.refusals.map((refusal) => ({
		...refusal,
		...refusal.findings === void 0 ? {} : { findings: refusal.findings.slice(0, MAX_FINDINGS) }
	}));
	return {
		result: outcome.result,
		digest,
		image: isThere && first !== void 0 ? `${formatReference(first.target)}@${digest}` : "",
		images: JSON.stringify(images),
		refusals: JSON.stringify(refusals),
		vulnerabilities: JSON.stringify(outcome.scan?.counts ?? {}),
		"scan-report": outcome.scan?.reportPath ?? "",
		sarif: outcome.scan?.sarifPath ?? "",
		plan: outcome.plan?.path ?? "",
		"plan-digest": outcome.plan?.digest ?? "",
		matrix: "{}",
		record: outcome.evidence.flatMap(({ recordPath }) => recordPath ?? []).join("\n")
	};
}
/** Outputs of a job are limited to 1 MB: the scan report has all findings. */
const MAX_FINDINGS = 100;
/** 0 done or nothing to do, 1 could not decide, 2 wrong use, 3 refused. */
function toExitCode(outcome) {
	if (outcome.result === "refused") return 3;
	if (outcome.result !== "failed") return 0;
	return outcome.error instanceof DomainError && outcome.error.code === "USAGE" ? 2 : 1;
}
// src/promote/action.ts
/** What a promotion needs of its host, or all promotions of a batch. */
function describeNeeds(request) {
	const { credentials, policy, key, sourceAnchor } = request;
	const signers = policy.signers.flatMap(({ signers }) => signers.flatMap((signer) => signer.key ?? []));
	return {
		clients: {
			source: { logins: credentials.source },
			target: {
				logins: credentials.target,
				writes: true
			},
			databases: { logins: /* @__PURE__ */ new Map() }
		},
		insecureHosts: policy.registries.insecure,
		ca: request.ca,
		keyVariables: listKeyVariables(key),
		keyUris: [
			...key?.kind === "kms" ? [key.uri] : [],
			...sourceAnchor?.kind === "key" ? [sourceAnchor.key] : [],
			...signers
		],
		workDirectory: request.workDirectory,
		timeoutMs: request.timeoutMs,
		summary: request.summary
	};
}
/** How one promotion ended, for whoever started it. */
function toReport(outcome) {
	return {
		result: outcome.result,
		exitCode: toExitCode(outcome),
		outputs: toOutputs(outcome),
		annotations: outcome.refusals.map(({ code, message, hint }) => ({
			title: code,
			message,
			hint
		})),
		error: outcome.result === "failed" ? outcome.error : void 0,
		renderSummary: async () => (await import("./report3.js")).renderSummary(outcome)
	};
}
// src/promote/inputs.ts
/** The inputs of promote. An input stands here only when it is enforced; `action.yml` and the README are generated from this. */
const PROMOTE_INPUTS = {
	source: {
		requiredUnless: ["plan", "promotions"],
		description: "Image to promote: `registry/repo:tag` or `registry/repo@sha256:…`. The tag is resolved once; from then on only its digest counts. Not needed with `plan` or `promotions`, which name it."
	},
	target: {
		requiredUnless: ["plan", "promotions"],
		description: "Where to: one or more `registry/repo:tag`, a line each. Not needed with `plan` or `promotions`, which name them."
	},
	promotions: { description: "A batch instead of `source` and `target`: a YAML or JSON file `{version: 1, promotions: [{source, target, scan}]}`, `target` one or a list. Everything else holds for all of them. One that is refused or fails does not stop the others." },
	shard: { description: "`k/n`: carry out only this share of the batch, `k` from 1 to `n`; all shares together are the batch, each image once. With `plan`, `n` is what the plan says." },
	shards: { description: "For how many jobs a `dry-run` of a batch cuts its plan, 1 to 256, balanced by bytes; `matrix` comes out. Default: one for each 25 images." },
	"max-parallel": {
		default: "4",
		description: "How many images of a batch are promoted at once, 1 to 64."
	},
	"fail-fast": {
		default: "false",
		description: "In a batch, `true`: once one image was refused or failed, none is begun any more; what was not begun is told as such."
	},
	"source-username": { description: "User name for the source registry. Default: what `docker login` left." },
	"source-password": { description: "Password or token for the source registry." },
	"target-username": { description: "User name for the target registry; all targets must then be on one host." },
	"target-password": { description: "Password or token for the target registry." },
	"registry-auth": { description: "Credentials for several registries: a YAML list of `registry`, `username`, `password`, as docker/login-action takes it." },
	policy: { description: "What must hold: policy files, a line each, or YAML in place. The strictest of several wins, and an input may only tighten. Default: `.github/promote-image.yml` if present." },
	environment: { description: "The environment promoted to, such as `production`: selects that part of the policy, which must then exist." },
	"dry-run": {
		default: "false",
		description: "Run all gates and write nothing to the target; `plan` and `plan-digest` come out."
	},
	plan: { description: "Carry out exactly this plan, the file of a `dry-run` that somebody approved, and no other: refused with `PLAN_STALE` when the source, a target tag, a policy or a signature that was relied on changed since. Every gate is run again; the file's verdicts are never read." },
	"plan-digest": { description: "The digest of that plan, as the `plan-digest` output of the step that made it, handed on as an output of its job: it is what was approved. Required where the plan alone says what goes where." },
	"existing-tag": { description: "When a target tag exists: `refuse`; `accept-same-digest` (then `unchanged`, after all gates); or `move`, for the policy's `targets.channels` only. Otherwise another digest is always refused. Default: `accept-same-digest` with `plan` or `promotions`, else `refuse`." },
	severity: { description: "Severities that refuse, a comma list without a gap: `CRITICAL` or `CRITICAL,HIGH` and so on. Default: the policy, else `CRITICAL`." },
	"ignore-unfixed": {
		flag: true,
		description: "`true` lets findings pass that have no fix yet. Default: the policy, else `false`."
	},
	scan: { description: "`enforce`, `report` (findings are shown, nothing is refused) or `off` (for artifacts that are no images). Default: the policy, else `enforce`." },
	upload: { description: "When bytes may go to the target: `after-gates`, or `during-gates`: blobs that nothing refers to go up while the image is fetched and scanned, and a refusal leaves them behind; never a manifest, never a tag, never in a dry run. Refused where a policy says `after-gates`. Default: the policy, else `after-gates`." },
	trivyignores: { description: "Ignore files in the syntax of `.trivyignore` or `.trivyignore.yaml`, a comma list. An expired entry no longer ignores. Refused where the policy speaks of the scan." },
	"source-key": { description: "When given, the source must carry a valid signature by this public key: a file, PEM in `env://VARIABLE`, or a KMS URI." },
	"source-certificate-identity": { description: "When given, the source must carry a valid keyless signature by this identity, such as `https://github.com/org/app/.github/workflows/build.yml@refs/heads/main`; needs its issuer too." },
	"source-certificate-identity-regexp": { description: "The same as a regular expression (RE2), which must match the whole identity." },
	"source-certificate-oidc-issuer": { description: "Who issued that identity, such as `https://token.actions.githubusercontent.com`." },
	"source-certificate-oidc-issuer-regexp": { description: "The same as a regular expression (RE2), which must match the whole issuer." },
	"source-certificate-github-workflow-repository": { description: "The repository (`owner/name`) on whose behalf that workflow signed. Required where the identity names a workflow of another repository: a reusable workflow signs with the same identity for everyone." },
	sign: {
		default: "true",
		description: "Sign the target digest with cosign."
	},
	"cosign-key": { description: "The signing key: `env://COSIGN_PRIVATE_KEY`, a file, or a KMS URI; its password in the environment as `COSIGN_PASSWORD`. Empty: keyless, with the job's OIDC token (`permissions: id-token: write`)." },
	"signature-format": { description: "How the target is signed: `bundle` (the form of cosign 3), `legacy` (the `.sig` tag that older cosign and OpenShift's, podman's and CRI-O's image policies read) or `both`. Default: the policy, else `bundle`." },
	"signing-config": { description: "A Sigstore signing configuration (JSON file), for a private Sigstore. Default: the policy, else the public one." },
	"trusted-root": { description: "A Sigstore trusted root (JSON file), to go with it. Default: the policy, else the public one." },
	"signature-annotations": { description: "`key=value` lines that are signed into the signature, beside `target` and `environment`." },
	attest: {
		default: "true",
		description: "Attach the promotion record, a SLSA verification summary and the scan as signed attestations, one of each per digest."
	},
	referrers: {
		default: "copy",
		description: "The source's own signatures, SBOMs and attestations: `copy` or `ignore`."
	},
	trivy: { description: "Trivy to use: a version this release knows, `version@sha256:…`, or a path (trusted as given, and said so in the record). Default: the pinned version." },
	cosign: { description: "cosign to use, in the same three forms. Default: the pinned version." },
	"work-dir": { description: "A directory with room for the image. Default: the runner's temporary directory." },
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
		description: "Only used on a pull request (with `dry-run`), to read the policy from the base commit where the checkout does not have it."
	}
};
/** The outputs of promote. */
const PROMOTE_OUTPUTS = {
	result: { description: "`promoted`, `unchanged`, `planned`, `refused` or `failed`; of a batch the worst: `failed`, `refused`, `promoted` or `planned`, `unchanged`." },
	digest: { description: "The digest that was promoted, `sha256:…`; empty for a batch." },
	image: { description: "The first target as `registry/repo:tag@sha256:…`, for a workload file; empty for a batch." },
	images: { description: "JSON list, per target `{target, digest, result, code}`; of a batch all of them, as far as the 1 MB that GitHub keeps of a job allows." },
	refusals: { description: "JSON list of `{code, message, hint}`, in a batch with `source`; empty when nothing was refused." },
	vulnerabilities: { description: "JSON counts by severity, over all platforms." },
	"scan-report": { description: "Path of Trivy's reports, one JSON object with one entry a platform; of a batch a directory with a file for each image." },
	sarif: { description: "Path of the findings as SARIF 2.1.0; of a batch a directory with a file for each image." },
	plan: { description: "Path of the plan, a JSON file: what would be done, and how the gates ended, for whoever approves it." },
	"plan-digest": { description: "Digest of the plan, `sha256:…`; hand it on as a job output to the step that applies it." },
	matrix: { description: "Of the `dry-run` of a batch, JSON for `strategy.matrix`: `{\"shard\": [\"1/4\", …]}`, numbers only; `{}` otherwise." },
	record: { description: "Paths of the promotion records (in-toto statements), a line each." }
};
// src/steps/held-log.ts
/** Holds a log back, so that the lines of two steps do not mix. A secret is hidden at once all the same. */
function holdLog(log) {
	let kept = [];
	const tell = (line) => {
		if (kept === void 0) line();
		else kept.push(line);
	};
	return {
		debug: (message) => tell(() => log.debug(message)),
		info: (message) => tell(() => log.info(message)),
		warning: (message) => tell(() => log.warning(message)),
		group: (title, body) => {
			if (kept === void 0) return log.group(title, body);
			tell(() => log.info(title));
			return body();
		},
		mask: (secret) => log.mask(secret),
		release: () => {
			const lines = kept ?? [];
			kept = void 0;
			for (const line of lines) line();
		}
	};
}
// src/promote/carried.ts
const FORMS = [
	"referrer",
	"sig",
	"att",
	"sbom"
];
const CONCURRENT_REQUESTS = 4;
/** How often a list is read in which something is missing: some registries take a moment to list what was put there. */
const MAX_LOOKS$1 = 3;
/** Asks the target what it shows of all that the source has attached to the image `root`; what could not be carried counts at the source only. */
async function countCarried(source, root, client, repository) {
	const found = [];
	const bySubject = [...Map.groupBy(source.referrers, ({ subject }) => subject)];
	await mapConcurrently(bySubject, CONCURRENT_REQUESTS, async ([subject, referrers]) => {
		const wanted = referrers.map(({ content }) => content.digest);
		const listed = await readList(client, repository, subject, wanted);
		for (const digest of wanted) if (listed.has(digest)) found.push({
			subject,
			form: "referrer",
			size: 1
		});
	});
	const findTagged = createTagFinder(client, repository);
	await mapConcurrently(source.legacy, CONCURRENT_REQUESTS, async (legacy) => {
		const tag = legacyTag(repository, legacy.subject, legacy.form);
		const size = tag === void 0 ? 0 : countLegacy(legacy, await findTagged(tag));
		found.push({
			subject: legacy.subject,
			form: legacy.form,
			size
		});
	});
	const topOf = followSubjects(source);
	return {
		repository,
		counts: countItems(itemsOf(source), root, topOf).map(({ of, form, size }) => {
			return {
				of,
				form,
				source: size,
				target: countItems(found, root, topOf).find((count) => count.of === of && count.form === form)?.size ?? 0
			};
		})
	};
}
/** What the source has, in the words of the log. */
function describeSource(source, root) {
	const counts = countItems(itemsOf(source), root, followSubjects(source));
	return counts.length === 0 ? "nothing" : counts.map(({ of, form, size }) => `${nameCount(form, size)} of ${nameOf(of)}`).join(", ");
}
/** What a target shows of that: "2 of 2 referrers of the image, 0 of 1 .sig of its platforms". */
function describeCarried({ counts }) {
	return counts.map(({ of, form, source, target }) => `${target} of ${nameCount(form, source)} of ${nameOf(of)}`).join(", ");
}
/** True when a target shows less than the source has. */
function isIncomplete({ counts }) {
	return counts.some(({ source, target }) => target < source);
}
function itemsOf({ referrers, legacy, leftOut }) {
	return [
		...referrers.map(({ subject }) => ({
			subject,
			form: "referrer",
			size: 1
		})),
		...legacy.map((tag) => ({
			subject: tag.subject,
			form: tag.form,
			size: sizeOfLegacy(tag)
		})),
		...leftOut.map(({ subject, form }) => ({
			subject,
			form,
			size: 1
		}))
	];
}
/** What refers to a referrer counts with the manifest of the image that this one refers to. */
function followSubjects({ referrers }) {
	const parents = new Map(referrers.map(({ subject, content }) => [content.digest, subject]));
	return (subject) => {
		let top = subject;
		for (let next = parents.get(top); next !== void 0; next = parents.get(top)) top = next;
		return top;
	};
}
function countItems(items, root, topOf) {
	return ["image", "platforms"].flatMap((of) => FORMS.flatMap((form) => {
		const mine = items.filter((item) => item.form === form && topOf(item.subject) === root === (of === "image"));
		const size = mine.reduce((sum, item) => sum + item.size, 0);
		return mine.length === 0 ? [] : [{
			of,
			form,
			size
		}];
	}));
}
async function readList(client, repository, subject, wanted) {
	const { retry, signal } = client.transport;
	for (let look = 1;; look++) {
		const { descriptors } = await listReferrers(client, repository, subject);
		const listed = new Set(descriptors.map(({ digest }) => digest));
		if (look >= MAX_LOOKS$1 || wanted.every((digest) => listed.has(digest))) return listed;
		await retry.sleep(chooseDelay(retry, look + 1, void 0), signal);
	}
}
function nameCount(form, count) {
	return form === "referrer" ? formatCount(count, "referrer") : `${formatCount(count)} .${form}`;
}
function nameOf(of) {
	return of === "image" ? "the image" : "its platforms";
}
// src/transfer/push.ts
/** Blobs that are looked for, mounted or uploaded at once. */
const CONCURRENT_BLOBS = 8;
const CONCURRENT_MANIFESTS = 6;
/** Its blobs alone, which nothing refers to yet. */
async function pushBlobs(graph, store, client, repository, options) {
	const counts = {
		uploaded: 0,
		mounted: 0,
		present: 0
	};
	const total = graph.blobs.reduce((sum, blob) => sum + blob.size, 0);
	let done = 0;
	const largestFirst = graph.blobs.toSorted((a, b) => b.size - a.size);
	await mapConcurrently(largestFirst, CONCURRENT_BLOBS, async (blob) => {
		const open = () => store.open(blob);
		const push = options.pool?.push(client, repository, blob, open, options);
		counts[await (push ?? client.pushBlob(repository, blob, open, options))]++;
		done += blob.size;
		options.onBytes(done, total);
	});
	return counts;
}
/** Its manifests, once their blobs are there: children before what lists them, the others side by side. What the pool knows of the repository is forgotten when one is refused: what it names may be gone. */
async function pushManifests(graph, client, repository, pool) {
	try {
		for (const level of sortLevels(graph.manifests)) await mapConcurrently(level, CONCURRENT_MANIFESTS, (manifest) => client.putManifest(repository, manifest.digest, manifest));
	} catch (error) {
		pool?.forget(repository);
		throw error;
	}
}
/** Manifests, children first, by how far they are from a leaf. */
function sortLevels(manifests) {
	const heights = /* @__PURE__ */ new Map();
	for (const { digest, manifest } of manifests) {
		const children = manifest.kind === "index" ? manifest.children : [];
		heights.set(digest, Math.max(0, ...children.map((child) => 1 + (heights.get(child.digest) ?? 0))));
	}
	return [...Map.groupBy(manifests, ({ digest }) => heights.get(digest) ?? 0)].toSorted(([a], [b]) => a - b).map(([, level]) => level);
}
// src/transfer/push-legacy.ts
const CONCURRENT_TAGS = 4;
/** How often a tag is written again when other writers get between. */
const MAX_WRITES = 8;
/**
* Brings legacy tags into a repository under the same names. Signatures and attestations join those that are there, an
* SBOM that is there stays. A tag that the registry will not let change is told of, and no failure. True when one was
* written. Whether all arrived is for the caller to look at.
*/
async function pushLegacyTags(tags, target) {
	return (await mapConcurrently(tags, CONCURRENT_TAGS, (tag) => pushLegacyTag(tag, target))).includes(true);
}
async function pushLegacyTag(legacy, target) {
	const { client, repository, findTagged } = target;
	const { transport } = client;
	const tag = legacyTag(repository, legacy.subject, legacy.form);
	if (tag === void 0) return false;
	const name = `${repository}:${tag}`;
	let isStored = false;
	for (let writes = 0;; writes++) {
		const from = transport.retry.now();
		const found = await findTagged(tag);
		if (countLegacy(legacy, found) === sizeOfLegacy(legacy)) return writes > 0;
		const reason = explainStay(legacy, found, writes);
		if (reason !== void 0) {
			transport.log.warning(`${name} stays as it is, and the source's ${legacy.form} is not carried: ${reason}`);
			return writes > 0;
		}
		if (!isStored) await pushLayers(legacy, target);
		isStored = true;
		const refusal = await put(tag, await compose(legacy, found, target), target);
		if (refusal !== void 0) {
			const now = await findTagged(tag);
			if (now === void 0) throw refusal;
			if (now.digest === found?.digest) {
				transport.log.warning(`${name} is not carried: the registry will not let it change (${refusal.message})`);
				return false;
			}
		}
		await settle(transport, from, writes + 1);
	}
}
function explainStay({ form }, found, writes) {
	if (found === void 0) return writes < MAX_WRITES ? void 0 : "it does not stay when it is written";
	if (form === "sbom") return "the target has another one.";
	if (!isLegacyContent(found)) return `there is something else, ${found.mediaType}.`;
	return writes < MAX_WRITES ? void 0 : "other writers keep replacing it.";
}
/** The manifest to write: as it is at the source, or with what the target has already. */
async function compose({ content, layers }, found, { client, repository }) {
	if (found === void 0 && layers.length === legacyLayers(content).length) return content;
	const present = found === void 0 ? [] : legacyLayers(found);
	const { manifest, config } = composeLegacy(found ?? content, [...present, ...missingLayers(present, layers)]);
	await client.pushBlob(repository, config.descriptor, () => Readable.from([config.bytes]));
	return manifest;
}
async function pushLayers({ content, layers }, target) {
	const { client, repository, layout, mountFrom } = target;
	const config = content.manifest.kind === "manifest" ? [content.manifest.config] : [];
	const blobs = new Map([...config, ...layers.map(({ descriptor }) => descriptor)].map((blob) => [blob.digest, blob]));
	for (const [digest, blob] of blobs) await client.pushBlob(repository, blob, () => layout.open(digest), { mountFrom });
}
/** What the registry says when it will not take a tag that may be there already; every other fault is thrown. */
async function put(tag, manifest, target) {
	try {
		await target.client.putManifest(target.repository, tag, manifest);
		return;
	} catch (error) {
		if (error instanceof RegistryError && (error.code === "CONFLICT" || error.code === "DENIED")) return error;
		throw error;
	}
}
// src/promote/legacy-evidence.ts
/** Signatures in cosign's older form that a registry did not take. */
var EvidenceError = class extends DomainError {};
/** Signatures in the older form are made without an entry in the log: what looks at them looks at the key alone. */
function withoutLog(anchor) {
	return {
		...anchor,
		transparencyLog: false
	};
}
/** Signs payloads of the older form, all of one manifest under one `.sig`, and keeps them in the layout until they are attached. */
async function signPayloads(payloads, notary, layout) {
	const made = [];
	for (const [subject, own] of Map.groupBy(payloads, (wanted) => wanted.subject)) {
		const signed = [];
		for (const { target, annotations } of own) {
			const payload = makeLegacyPayload(target, subject, annotations);
			signed.push({
				payload,
				signature: await notary.signPayload(payload)
			});
		}
		const signature = makeLegacySignature(subject, signed);
		for (const { descriptor, bytes } of signature.blobs) await layout.writeBytes(descriptor.digest, bytes);
		made.push(signature);
	}
	return made;
}
/** Adds our signatures to the `.sig` tags of a repository, beside those that came along or were there. Throws EVIDENCE_NOT_STORED when the registry keeps one of them out. */
async function attachLegacy(repository, signatures, layout, { target: client }) {
	if (signatures.length === 0) return;
	await pushLegacyTags(signatures, {
		client,
		repository,
		findTagged: createTagFinder(client, repository),
		layout,
		mountFrom: void 0
	});
	for (const signature of signatures) if (!await holdsLegacy(repository, signature, client)) throw notStored(repository, signature);
}
/** True when a `.sig` tag of the repository holds all of ours. */
async function holdsLegacy(repository, signature, client) {
	const tag = legacyTag(repository, signature.subject, signature.form);
	if (tag === void 0) return false;
	return countLegacy(signature, await createTagFinder(client, repository)(tag)) === sizeOfLegacy(signature);
}
function notStored(repository, { subject }) {
	const tag = legacyTag(repository, subject, "sig");
	return tag === void 0 ? new EvidenceError("EVIDENCE_NOT_STORED", `${subject} is no sha256 digest, for which there is no .sig tag`, { hint: "Say signature: { format: bundle } in the policy, or build the image with sha256 digests." }) : new EvidenceError("EVIDENCE_NOT_STORED", `our signature was not taken up in ${repository}:${tag}; the log says what the registry answered`, { hint: "Exempt tags that end in .sig from immutability, or say signature: { format: bundle } in the policy." });
}
// src/promote/upload.ts
/** True when blobs may go up before the scan is judged: where it was chosen, or where there is nothing to judge. Never in a dry run. */
function uploadsEarly({ dryRun, policy }) {
	return !dryRun && (policy.upload === "during-gates" || policy.scan.mode === "off");
}
/** Brings the blobs of an image into a repository, and no manifest: nothing refers to them yet. */
function uploadBlobs(repository, { graph, store, pool, signal, onTouched }, request, { target, log, clock }) {
	const open = (blob) => {
		const stream = addAbortSignal(signal, store.open(blob));
		return onTouched === void 0 ? stream : stream.once("end", onTouched);
	};
	const onBytes = reportProgress("Copied", log, clock);
	const mountFrom = findMount(repository, request);
	if (mountFrom !== void 0) onTouched?.();
	const options = {
		mountFrom,
		onBytes,
		pool
	};
	return pushBlobs(graph, {
		...store,
		open
	}, target, repository, options);
}
/** The source, where the registry can take blobs over from it. */
function findMount(repository, { source }) {
	return registryOf(source.repository) === registryOf(repository) ? source.repository : void 0;
}
// src/promote/copy.ts
/** How often a step is done over where a registry collects what it has just been given. */
const MAX_ROUNDS$1 = 3;
/** Does a step again, which looks what is there first, when the registry refused a manifest: what it names may have been collected meanwhile. */
async function withoutLoss(repository, pool, ports, step) {
	for (let round = 1;; round++) try {
		return await step(round === 1 ? "first" : "again");
	} catch (error) {
		if (!(error instanceof RegistryError && error.code === "CONFLICT") || round === MAX_ROUNDS$1 || ports.signal.aborted) throw error;
		pool?.forget(repository);
		ports.log.warning(`${repository} refused a manifest, perhaps since it collected what it names; once more.`);
	}
}
/** Brings the image into a repository, by digest. */
async function copyGraph(repository, { graph, store, pool, uploads }, request, ports, { round, signal, isLookedAt }) {
	const counts = await ((round === "first" ? uploads?.get(repository) : void 0) ?? uploadBlobs(repository, {
		graph,
		store,
		pool,
		signal
	}, request, ports));
	await isLookedAt;
	await pushManifests(graph, ports.target, repository, pool);
	ports.log.info(`Blobs: ${counts.uploaded} uploaded, ${counts.mounted} mounted, ${counts.present} already there. Manifests: ${graph.manifests.length}, by digest, untagged.`);
}
/** Sends the blobs of referrers ahead, so that nothing has to wait for them. What fails here is tried again, and told, when they are put. */
async function sendAhead(repository, referrers, { pool, store }, request, { target }) {
	if (pool === void 0) return;
	const options = {
		mountFrom: findMount(repository, request),
		pool
	};
	await pushReferrerBlobs(referrers, store.layout, target, repository, options).catch(() => void 0);
}
/** Brings along what the source has attached, by digest. Returns those that are still to be listed under the fallback tag. */
function copyReferrers(repository, { referrers, store, pool }, request, { target }) {
	const options = {
		mountFrom: findMount(repository, request),
		pool
	};
	return pushReferrers(referrers.referrers, store.layout, target, repository, options);
}
/** Brings along cosign's older tags. They are the only ones written before that of the image, which says nothing about them. */
function copyLegacyTags(repository, { referrers, store }, request, { target: client }) {
	const mountFrom = findMount(repository, request);
	const findTagged = createTagFinder(client, repository);
	return pushLegacyTags(referrers.legacy, {
		client,
		repository,
		findTagged,
		layout: store.layout,
		mountFrom
	});
}
/** Attaches our own evidence; returns as copyReferrers does. */
async function attachEvidence(repository, { evidence, legacy }, { store, pool }, ports) {
	await attachLegacy(repository, legacy, store.layout, ports);
	const own = evidence.map(({ referrer }) => referrer);
	const options = {
		mountFrom: void 0,
		pool
	};
	return pushReferrers(own, store.layout, ports.target, repository, options);
}
// src/policy/reference-rule.ts
/** Holds the source against every allow-list for sources. */
function judgeSource({ sources }, source) {
	return sources.allow.filter(({ patterns }) => !matchesAny(patterns, source.repository)).map((list) => ({
		code: "REGISTRY_NOT_ALLOWED",
		message: `The source ${formatReference(source)} is not among what ${list.policy} allows: ${describe$1(list)}.`,
		hint: `Promote from there, or add the source to sources.allow in ${list.policy}.`,
		policies: [list.policy]
	}));
}
/** Holds every target against every allow-list for targets, and against the environments that claim it. */
function judgeTargets(policy, targets) {
	return targets.flatMap((target) => [...judgeAllowed(policy, target), ...judgeClaims(policy, target)]);
}
function judgeAllowed({ targets }, target) {
	const name = formatReference(target);
	return targets.allow.filter(({ patterns }) => !matchesAny(patterns, target.repository)).map((list) => {
		const about = {
			target: name,
			policies: [list.policy]
		};
		if (list.environment === void 0) return {
			code: "REGISTRY_NOT_ALLOWED",
			message: `The target ${name} is not among what ${list.policy} allows: ${describe$1(list)}.`,
			hint: `Promote there, or add the target to targets.allow in ${list.policy}.`,
			...about
		};
		return {
			code: "ENVIRONMENT_MISMATCH",
			message: `The target ${name} is not one of the environment ${list.environment}, which ${list.policy} gives ${describe$1(list)}.`,
			hint: `Promote there, or add the target to environments.${list.environment}.targets in ${list.policy}.`,
			...about
		};
	});
}
/** Policy by policy: a target that belongs to environments must belong to the chosen one. */
function judgeClaims({ targets, environment }, target) {
	const claims = targets.claims.filter(({ patterns }) => matchesAny(patterns, target.repository));
	const name = formatReference(target);
	return [...Map.groupBy(claims, ({ policy }) => policy)].flatMap(([policy, owners]) => {
		if (owners.some((claim) => claim.environment === environment)) return [];
		if (targets.allow.some((list) => list.policy === policy && list.environment !== void 0)) return [];
		const chosen = environment === void 0 ? "no environment is chosen" : `the environment is ${environment}`;
		return [{
			code: "ENVIRONMENT_MISMATCH",
			message: `The target ${name} belongs to the environment ${joinNames(owners)} (${policy}), and ${chosen}.`,
			hint: `Set environment: ${owners[0]?.environment ?? ""}, or promote to another target.`,
			target: name,
			policies: [policy]
		}];
	});
}
function matchesAny(patterns, repository) {
	return patterns.some((pattern) => matchesPattern(pattern, repository));
}
function describe$1({ patterns }) {
	return patterns.length === 0 ? "nothing" : patterns.join(", ");
}
function joinNames(claims) {
	return claims.map(({ environment }) => environment).join(" or ");
}
// src/policy/tag-rule.ts
/** Refuses forbidden target tags. Case is ignored: registries tell `Latest` from `latest`, but it is just as movable. */
function judgeTags({ targets: { forbidTags }, stated }, targets) {
	const forbidden = new Set(forbidTags.map((tag) => tag.toLowerCase()));
	const policies = stated["targets.forbidTags"];
	return targets.filter(({ tag }) => forbidden.has(tag.toLowerCase())).map((target) => ({
		code: "TAG_NOT_ALLOWED",
		message: `The target tag ${target.tag} of ${formatReference(target)} is forbidden ${policies === void 0 ? "by default" : `by ${policies.join(" and ")}`}: ${forbidTags.join(", ")}.`,
		hint: "Promote to a tag that says what it is, such as 1.4.2, or change targets.forbidTags in the policy.",
		target: formatReference(target),
		...policies === void 0 ? {} : { policies }
	}));
}
// src/policy/tag-state.ts
/** Decides what becomes of one target tag. */
function judgeTargetTag({ target, found, wanted, existingTag, channels = [] }) {
	if (found === void 0) return { kind: "write" };
	const name = formatReference(target);
	if (found === wanted) {
		if (existingTag !== "refuse") return { kind: "unchanged" };
		return refuse$2(name, `${name} exists as ${found}, which is the image to promote, ${wanted}.`, "Set existing-tag: accept-same-digest to accept it, or promote to a new tag.");
	}
	if (channels.includes(target.tag) && existingTag === "move") return {
		kind: "move",
		previous: found
	};
	return refuse$2(name, `${name} exists as ${found}, and the image to promote is ${wanted}.`, adviseOther(target.tag, existingTag, channels));
}
function adviseOther(tag, existingTag, channels) {
	if (channels.includes(tag)) return `${tag} is a channel of the policy: set existing-tag: move to move it, or promote to a new tag.`;
	const otherwise = "Promote to a new tag: a tag that was promoted never changes.";
	if (existingTag !== "move") return otherwise;
	return `existing-tag: move moves only what every policy that speaks of targets names in targets.channels, ${channels.length === 0 ? "and it names none" : `which are ${channels.join(", ")}`}. ${otherwise}`;
}
function refuse$2(target, message, hint) {
	return {
		kind: "refused",
		refusal: {
			code: "TAG_EXISTS",
			message,
			hint,
			target
		}
	};
}
// src/promote/plan-changes.ts
/** Every way in which what would be done now is not what was approved, each as a phrase; none when the approved plan still holds. Verdicts and counts are not looked at: gates are run again. */
function listPlanChanges(approved, now) {
	return [
		...compare("the source is", approved.source.reference, now.source.reference),
		...compare("the source has the digest", approved.source.digest, now.source.digest),
		...compare("the environment is", approved.environment, now.environment),
		...compareTargets$1(approved, now),
		...compareFields("scan.", approved.scan, now.scan),
		...compareFields("writes.", approved.writes, now.writes),
		...compareNamed("the policy", approved.policies, now.policies),
		...compareNamed("the file", approved.files ?? [], now.files ?? []),
		...compareEvidence(approved, now)
	];
}
function compareTargets$1(approved, now) {
	const planned = new Map(approved.targets.map((target) => [target.reference, target]));
	const wanted = new Set(now.targets.map(({ reference }) => reference));
	const dropped = approved.targets.filter(({ reference }) => !wanted.has(reference));
	return [...now.targets.flatMap((target) => compareTarget(planned.get(target.reference), target, now.source.digest)), ...dropped.map(({ reference }) => `${reference} is no target now`)];
}
/** A tag that got the wanted digest since is done, whoever did it; it may move only if that was approved. */
function compareTarget(planned, now, wanted) {
	const { reference, found, action } = now;
	if (planned === void 0) return [`${reference} is a target that the plan does not name`];
	if (found !== planned.found && found !== wanted) return [`${reference} ${found === void 0 ? "is free" : `is ${found}`}, and was ${planned.found ?? "free"}`];
	return action === "move" && planned.action !== "move" ? [`${reference} would be moved, which the plan does not say`] : [];
}
/** One phrase a field, of those that either has. */
function compareFields(prefix, approved, now) {
	const [before, after] = [new Map(Object.entries(approved)), new Map(Object.entries(now))];
	return [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => compare(`${prefix}${key} is`, before.get(key), after.get(key)));
}
function compareNamed(what, approved, now) {
	const before = new Map(approved.map(({ name, digest }) => [name, digest]));
	const after = new Map(now.map(({ name, digest }) => [name, digest]));
	return [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].flatMap((name) => compare(`${what} ${name} is`, before.get(name), after.get(name)));
}
/** Evidence that is gone, or that was relied on without having been approved. */
function compareEvidence(approved, now) {
	const [before, after] = [approved, now].map(({ evidence = [] }) => new Map(evidence.map((item) => [toText(item), describeEvidence(item)])));
	const gone = [...before].filter(([key]) => !after.has(key)).map(([, name]) => `${name} is no longer relied on`);
	const added = [...after].filter(([key]) => !before.has(key)).map(([, name]) => `${name} was not there`);
	return [...gone, ...added];
}
function describeEvidence({ kind, type, signer, digest }) {
	return `the ${kind} of ${type} by ${signer}${digest === void 0 ? "" : ` (${digest})`}`;
}
function compare(what, before, now) {
	if (toText(before) === toText(now)) return [];
	return [`${what} ${show(now)}, and was ${show(before)}`];
}
function show(value) {
	if (value === void 0) return "not stated";
	return typeof value === "string" ? value : toText(value);
}
/** The same text for the same value, whatever the order of its keys. */
function toText(value) {
	return JSON.stringify(value, (_, part) => typeof part === "object" && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part) ?? "";
}
// src/promote/plan.ts
/** Holds the facts against the policy, and against the plan that was approved: every refusal that needs no bytes comes out together. */
function decide(request, facts, relied = []) {
	const { policy } = request;
	const reference = [...judgeSource(policy, request.source), ...judgeTargets(policy, request.targets)];
	const tags = judgeTags(policy, request.targets);
	const states = facts.targets.map((state) => ({
		state,
		verdict: judgeState(request, facts, state)
	}));
	const taken = states.flatMap(({ verdict }) => verdict.kind === "refused" ? [verdict.refusal] : []);
	const actions = states.map(({ verdict }) => ACTIONS[verdict.kind]);
	const plan = composePlan(request, facts, actions, relied);
	const stale = request.plan === void 0 ? [] : judgePlan(request.plan, plan);
	return {
		...formatPlan(plan),
		refusals: [
			...reference,
			...tags,
			...taken,
			...stale
		],
		gates: [
			toGate("Allowed registries", reference, describeAllowLists(request)),
			toGate("Allowed tags", tags, `no target tag is one of ${policy.targets.forbidTags.join(", ") || "(none forbidden)"}`),
			toGate("Target tag", taken, describeTargets(facts.targets, actions)),
			...request.plan === void 0 ? [] : [toGate("Approved plan", stale, `what is done is what ${request.plan.digest} says`)]
		]
	};
}
const ACTIONS = {
	write: "write",
	refused: "write",
	unchanged: "keep",
	move: "move"
};
/** The plan once the gates have ended, with what they said, for who approves it. Where a plan was approved it is that one, whatever was found now. */
function concludePlan({ plan: approved }, { plan }, { gates, scan }) {
	if (approved !== void 0) return approved;
	const verdicts = gates.map(({ name, verdict, evidence }) => ({
		name,
		verdict,
		evidence
	}));
	return formatPlan({
		...plan,
		gates: verdicts,
		...scan === void 0 ? {} : { vulnerabilities: { ...scan.counts } }
	});
}
function judgePlan({ plan: approved, digest }, plan) {
	const changes = listPlanChanges(approved, plan);
	if (changes.length === 0) return [];
	return [{
		code: "PLAN_STALE",
		message: `The plan ${digest} no longer holds: ${changes.join("; ")}.`,
		hint: "Make a plan again with dry-run: true, and have it approved."
	}];
}
function composePlan(request, facts, actions, relied) {
	const { policy, sign, attest } = request;
	const { format, transparencyLog } = policy.signature;
	return {
		version: 1,
		source: {
			reference: formatReference(request.source),
			digest: facts.source.digest,
			mediaType: facts.source.mediaType
		},
		...request.environment === void 0 ? {} : { environment: request.environment },
		targets: facts.targets.map(({ target, digest }, i) => ({
			reference: formatReference(target),
			...digest === void 0 ? {} : { found: digest },
			action: actions[i] ?? "write"
		})),
		scan: {
			mode: policy.scan.mode,
			severity: [...policy.scan.severity],
			ignoreUnfixed: policy.scan.ignoreUnfixed,
			from: policy.scan.from
		},
		writes: {
			signature: sign,
			record: attest,
			referrers: request.referrers,
			...sign ? {
				formats: format === "both" ? ["bundle", "legacy"] : [format],
				annotations: { ...request.annotations }
			} : {},
			...sign || attest ? { transparencyLog } : {},
			vsa: attest,
			scan: attest && policy.scan.mode !== "off"
		},
		policies: request.policySources.map(({ name, digest }) => ({
			name,
			digest
		})),
		files: request.files.map(({ name, digest }) => ({
			name,
			digest
		})),
		evidence: relied.map(({ kind, type, signer, digest }) => ({
			kind,
			type,
			signer,
			...digest === void 0 ? {} : { digest }
		}))
	};
}
/** What a plan does with one target. */
function actionOf(plan, target) {
	return plan.targets.find(({ reference }) => reference === formatReference(target))?.action;
}
/** A tag that an earlier attempt of this very run wrote, and whose record is verified, is done; any other follows `existing-tag`. */
function judgeState(request, facts, state) {
	const { target, digest: found, isOwnEarlierAttempt } = state;
	const existingTag = isOwnEarlierAttempt ? "accept-same-digest" : request.existingTag;
	const { channels } = request.policy.targets;
	return judgeTargetTag({
		target,
		found,
		wanted: facts.source.digest,
		existingTag,
		channels
	});
}
function describeAllowLists(request) {
	if (request.policy.sources.allow.length + request.policy.targets.allow.length === 0) return "no policy limits where images may come from or go to";
	return `${formatReference(request.source)} and ${request.targets.length === 1 ? "its target" : "its targets"} are on the allow-lists`;
}
function describeTargets(states, actions) {
	return states.map(({ target, digest }, i) => {
		const name = formatReference(target);
		if (digest === void 0) return `${name} is free`;
		return actions[i] === "move" ? `${name} moves from ${digest}` : `${name} has this digest already`;
	}).join("; ");
}
// src/promote/wanted-evidence.ts
/** Says what has to be signed in one repository. */
async function listWanted(repository, targets, approved, request, signer) {
	const { sign, attest, policy } = request;
	const { format } = policy.signature;
	const { root, images } = approved.graph;
	const subjects = [root.digest, ...images.map(({ content }) => content.digest)];
	const annotationsOf = (target) => annotate(target, request);
	return {
		targets,
		root: root.digest,
		signatures: sign && format !== "legacy" ? targets.map((target) => sayOf(root.digest, annotationsOf(target))) : [],
		record: attest ? await writeRecord(repository, root.digest, approved.makeRecord(targets, signer)) : void 0,
		vsa: attest ? approved.makeVsa(repository, signer) : void 0,
		vuln: attest ? approved.makeVuln?.(repository) : void 0,
		maxAges: policy.maxAges,
		legacySubjects: sign && format !== "bundle" ? [...new Set(subjects)] : [],
		annotationsOf
	};
}
async function writeRecord(repository, digest, record) {
	const { makeRecord } = await import("./record-schema.js");
	return makeRecord(repository, digest, record);
}
function sayOf(digest, annotations) {
	return {
		annotations,
		statement: makeSignature(digest, annotations)
	};
}
/** The statements that are signed as bundles, in the order in which they are attached. */
function listStatements({ signatures, record, vsa, vuln }) {
	return [
		...signatures.map(({ statement }) => statement),
		record,
		vsa,
		vuln
	].filter((each) => each !== void 0);
}
/** What is signed beside the digest, for one target. */
function annotate(target, { annotations, environment }) {
	return {
		...annotations,
		target: formatReference(target),
		...environment === void 0 ? {} : { environment }
	};
}
/** Which kinds of evidence are attached as bundles. */
function kindsOf({ signatures, record, vsa, vuln }) {
	return {
		signature: signatures.length > 0,
		record: record !== void 0,
		vsa: vsa !== void 0,
		vuln: vuln !== void 0
	};
}
/** What a stranger must find attached to the image itself, beside signatures in the older form. */
function demandOf$1({ signatures, record, vsa, vuln }) {
	const environment = record?.predicate.environment;
	return {
		signatures: signatures.map(({ annotations }) => annotations),
		record: record !== void 0 && {
			environment,
			targets: record.predicate.targets
		},
		vsa: vsa !== void 0 && { environment },
		vuln: vuln !== void 0
	};
}
// src/promote/refill.ts
/** How often a verification is begun where a registry collects content under it. */
const MAX_ROUNDS = 3;
const CONCURRENT_LOOKS$1 = 16;
const CONCURRENT_VERIFICATIONS = 2;
/** Registries collect what is untagged, and other writers replace a list: what went missing since it was written is written again, out of the layout, and verified again. True when something was. */
async function refill(repository, filled, approved, request, ports) {
	if (!await restore(repository, filled, approved, request, ports)) return false;
	await verifyWhole(repository, filled, approved, request, ports);
	return true;
}
/** Verification of what is all there: a failure only stands when nothing went missing under it. */
async function verifyWhole(repository, filled, approved, request, ports) {
	for (let round = 1;; round++) try {
		return await verify(repository, filled, approved, ports);
	} catch (error) {
		if (round === MAX_ROUNDS || !await restore(repository, filled, approved, request, ports)) throw error;
	}
}
/** What a stranger would do, with stock cosign: the image's own evidence, and the `.sig` of each of its platforms. */
async function verify(repository, { wanted, anchor }, { graph, signer }, { target: client, log }) {
	const { digest } = graph.root;
	if (signer === void 0 || wanted === void 0) return;
	if (anchor === void 0) throw new TypeError("what was signed was signed by somebody");
	const { requireVerifiedEvidence } = await import("./verify-target.js");
	const subject = {
		client,
		repository,
		digest,
		verifier: signer.verifier,
		anchor
	};
	const older = {
		...subject,
		anchor: withoutLog(anchor)
	};
	const legacy = {
		signatures: [],
		record: false,
		legacy: wanted.targets
	};
	await runTogether(client.transport.signal, () => [
		client.getManifest(repository, digest),
		requireVerifiedEvidence(subject, demandOf$1(wanted)),
		mapConcurrently(wanted.legacySubjects, CONCURRENT_VERIFICATIONS, (each) => requireVerifiedEvidence({
			...older,
			digest: each
		}, legacy))
	]);
	log.info(`cosign ${signer.tool.version} verifies ${repository}@${digest}`);
}
async function restore(repository, filled, approved, request, ports) {
	if (await isComplete(repository, filled, approved, ports)) {
		const isWritten = await listUnlisted(filled.unlisted, ports.target, repository, ports.log);
		if (isWritten) ports.log.warning(`Another writer replaced the list of referrers in ${repository}; it is whole again.`);
		return isWritten;
	}
	ports.log.warning(`${repository} collected untagged content before the tag was written, or lost it from its lists; it is pushed again.`);
	approved.pool?.forget(repository);
	await copyGraph(repository, approved, request, ports, {
		round: "again",
		signal: ports.signal
	});
	const copied = await copyReferrers(repository, approved, request, ports);
	const attached = await attachEvidence(repository, filled, approved, ports);
	await listUnlisted([...copied, ...attached], ports.target, repository, ports.log);
	return true;
}
/** Looks for every manifest and blob. A registry that keeps a manifest whose blobs it collected is broken; to look for those, too, costs about one more round trip. */
async function isComplete(repository, { evidence, legacy, wanted }, { graph, referrers }, { target }) {
	const attached = [...referrers.referrers, ...evidence.map(({ referrer }) => referrer)];
	const { digest: root } = graph.root;
	const manifests = new Set([...graph.manifests, ...attached.flatMap(manifestsOf)].map(({ digest }) => digest));
	const isRead = (digest) => digest === root && wanted === void 0;
	const blobs = new Map([...graph.blobs, ...attached.flatMap(blobsOf)].map((blob) => [blob.digest, blob]));
	const looks = [
		...[...manifests].map((digest) => () => (isRead(digest) ? readRoot : hasManifest)(repository, digest, target)),
		...[...blobs.values()].map((blob) => () => target.hasBlob(repository, blob, "push")),
		...legacy.map((signature) => () => holdsLegacy(repository, signature, target)),
		() => isListed$1(repository, evidence, root, target)
	];
	return !(await mapConcurrently(looks, CONCURRENT_LOOKS$1, (look) => look())).includes(false);
}
async function hasManifest(repository, digest, target) {
	return await target.headManifest(repository, digest, "push") !== void 0;
}
/** Reads it, so that its bytes are known to be right; only the registry's own word makes it absent. */
async function readRoot(repository, digest, target) {
	try {
		await target.getManifest(repository, digest);
		return true;
	} catch (error) {
		if (!(error instanceof RegistryError) || error.code !== "NOT_FOUND") throw error;
		if (await hasManifest(repository, digest, target)) throw error;
		return false;
	}
}
/** True when the referrers API names all our evidence; what is listed under a fallback tag is looked after by itself. */
async function isListed$1(repository, evidence, root, target) {
	if (evidence.length === 0) return true;
	const { via, descriptors } = await listReferrers(target, repository, root);
	const listed = new Set(descriptors.map(({ digest }) => digest));
	return via !== "api" || evidence.every(({ referrer }) => listed.has(referrer.content.digest));
}
// src/promote/fill.ts
/** Brings bytes, referrers and evidence into one repository by digest, and has cosign verify them there. No tag of the image is written. What is to be said about the image is signed while its bytes are on their way. */
async function fillRepository(repository, targets, approved, request, ports, journal) {
	const { signer } = approved;
	const isUnchanged = targets.every((target) => actionOf(approved.plan, target) === "keep");
	const wanted = signer && await listWanted(repository, targets, approved, request, signer);
	const place = {
		repository,
		isUnchanged,
		approved,
		request,
		ports,
		journal
	};
	const present = findPresent(place);
	const held = holdLog(ports.log);
	const signing = createSigning(place, wanted, {
		...ports,
		log: held
	});
	const [copied, signed] = await runTogether(ports.signal, (signal) => {
		const copying = ports.log.group(`Copy to ${repository}`, () => copy(place, present, signal));
		const first = present.then(signing);
		return [
			copying,
			copying.then(async ({ isOrphaned }) => {
				if (wanted === void 0) return first;
				return ports.log.group(`Sign and attest for ${repository}`, async () => {
					held.release();
					return await present === "nothing" && isOrphaned ? first.then(() => signing("image")) : first;
				});
			}),
			first,
			first.then(({ evidence }) => sendAhead(repository, evidence.map(({ referrer }) => referrer), approved, request, ports))
		];
	}).finally(() => held.release());
	journal.anchor = signed.anchor ?? journal.anchor;
	return ports.log.group(`Attach evidence and verify ${repository}`, async () => {
		if (signed.evidence.length + signed.legacy.length > 0) journal.targetTouched = true;
		const attach = () => attachEvidence(repository, signed, approved, ports);
		const unlisted = [...copied.unlisted, ...await withoutLoss(repository, approved.pool, ports, attach)];
		await listUnlisted(unlisted, ports.target, repository, ports.log);
		const filled = {
			wanted,
			...signed,
			unlisted
		};
		noteEvidence(repository, filled, ports, journal);
		const [, carried] = await runTogether(ports.signal, () => [verifyWhole(repository, filled, approved, request, ports), countAll(place)]);
		noteCarried(place, isIncomplete(carried) ? await countAll(place) : carried);
		return filled;
	});
}
async function copy({ repository, isUnchanged, approved, request, ports, journal }, present, signal) {
	const { referrers } = approved;
	if (!isUnchanged || referrers.referrers.length + referrers.legacy.length > 0) journal.targetTouched = true;
	if (isUnchanged) ports.log.info("The image is there already.");
	else {
		const ahead = sendAhead(repository, referrers.referrers, approved, request, ports);
		await withoutLoss(repository, approved.pool, ports, (round) => copyGraph(repository, approved, request, ports, {
			round,
			signal,
			isLookedAt: present
		}));
		await ahead;
	}
	const [isOrphaned, , unlisted] = await runTogether(signal, () => [
		findOrphans(repository, present, approved, ports),
		copyLegacyTags(repository, approved, request, ports),
		withoutLoss(repository, approved.pool, ports, () => copyReferrers(repository, approved, request, ports))
	]);
	return {
		unlisted,
		isOrphaned
	};
}
/** Signs what is missing, told by what there is; what was signed is not signed again. */
function createSigning({ repository, approved, request, journal }, wanted, ports) {
	const { signer, graph, store, resultDirectory } = approved;
	if (signer === void 0 || wanted === void 0) return async () => NOTHING;
	const notary = new Notary(signer, request.policy.signature.transparencyLog, journal.anchor);
	const evidence = {
		repository,
		root: graph.root,
		wanted,
		layout: store.layout,
		resultDirectory
	};
	return async (present) => {
		const { signEvidence } = await import("./evidence.js");
		return signEvidence({
			...evidence,
			present
		}, signer, notary, ports);
	};
}
const NOTHING = {
	evidence: [],
	legacy: [],
	anchor: void 0
};
/** What an earlier run may have left there: where the image is not, there is hardly anything attached to it. */
async function findPresent({ repository, isUnchanged, approved: { graph, signer }, ports: { target } }) {
	if (signer === void 0) return "nothing";
	if (isUnchanged) return "tagged";
	return await target.headManifest(repository, graph.root.digest, "push", "absent") === void 0 ? "nothing" : "image";
}
/** The registry is asked once it has the image: before the first push many deny that there is such a repository. */
async function findOrphans(repository, present, { graph, signer, referrers }, { target }) {
	if (signer === void 0 || await present !== "nothing") return false;
	const { descriptors } = await listReferrers(target, repository, graph.root.digest);
	const own = new Set(referrers.referrers.map(({ content }) => content.digest));
	return descriptors.some(({ digest }) => !own.has(digest));
}
/** What is signed there now, written by this run or left by an earlier one. */
function noteEvidence(repository, { wanted, evidence, legacy }, { log }, journal) {
	for (const { predicateType, recordPath, referrer } of evidence) {
		log.info(`Attached ${predicateType} as ${referrer.content.digest}`);
		const { digest } = referrer.content;
		journal.evidence.push({
			repository,
			predicateType,
			digest,
			...recordPath === void 0 ? {} : { recordPath }
		});
	}
	for (const { subject, layers } of legacy) {
		log.info(`Added ${formatCount(layers.length, "signature")} to the .sig of ${subject}`);
		journal.evidence.push({
			repository,
			predicateType: LEGACY_SIGNATURE_TYPE,
			digest: subject
		});
	}
	if (wanted !== void 0) journal.kept.push(...listKept(repository, wanted, {
		evidence,
		legacy
	}));
}
/** What was wanted, and did not have to be written. */
function listKept(repository, wanted, { evidence, legacy }) {
	const written = new Map(Map.groupBy(evidence, (each) => each.predicateType));
	const types = [...Map.groupBy(listStatements(wanted), (each) => each.predicateType)].filter(([type, statements]) => statements.length > (written.get(type)?.length ?? 0)).map(([predicateType]) => predicateType);
	const isLegacyKept = wanted.legacySubjects.length > legacy.length;
	return [...types, ...isLegacyKept ? [LEGACY_SIGNATURE_TYPE] : []].map((predicateType) => ({
		repository,
		predicateType
	}));
}
/** What came along, by looking at the target: not what was meant to be written. */
function countAll({ repository, approved, ports }) {
	return countCarried(approved.referrers, approved.graph.root.digest, ports.target, repository);
}
function noteCarried({ repository, ports, journal }, carried) {
	if (carried.counts.length === 0) return;
	journal.referrers.push(carried);
	ports.log.info(`Carried over to ${repository}: ${describeCarried(carried)}`);
	if (isIncomplete(carried)) journal.notes.push(`Not everything that is attached to the source came along to ${repository}: ${describeCarried(carried)}. The log says why.`);
}
// src/promote/tag-error.ts
/** A tag could neither be written nor be found taken (TAG_NOT_STORED), or it was or may have been written and nobody could look (TAG_UNCERTAIN), or it was written and what proves it is not to be seen (TAG_UNPROVEN). */
var TagError = class extends DomainError {};
/** A write whose end could not be seen: after it, "no tag was written" would be a guess. */
function tellUncertain(target, wanted, certainty, cause, again = "accept-same-digest") {
	const name = formatReference(target);
	return new TagError("TAG_UNCERTAIN", `${name} ${certainty} written as ${wanted}, and could not be read back`, {
		cause,
		hint: `Look what ${name} is now. Image and evidence are in place: a run with existing-tag: ${again} finishes it.`
	});
}
/** A tag that the registry took, and then does not have; or a channel that still is what it was, or is it again. */
function tellNotStored(target, former) {
	return new TagError("TAG_NOT_STORED", `the registry accepted ${formatReference(target)}, and ${former === void 0 ? "does not have it" : `shows ${former}, which it was before`}`, { hint: "Look at the registry: it answers success without storing, or somebody removed the tag or put it back at once." });
}
/** A tag that stands, and whose image or evidence could not be found, or not be put back, after it was written. */
function tellUnproven(target, wanted, cause, again = "accept-same-digest") {
	return new TagError("TAG_UNPROVEN", `${formatReference(target)} was written as ${wanted}, and its evidence could not be seen after it`, {
		cause,
		hint: `Run again with existing-tag: ${again}: what is missing is added then.`
	});
}
/** How often a tag that was written is looked for at most: a cache before the registry may still say that it is absent. */
const MAX_LOOKS = 5;
/** Asks what a tag points at now; undefined only when the registry says that there is no such tag. */
async function lookAtTag(target, root, context, expected) {
	const from = context.now();
	const told = recognizeDigest((await context.client.headManifest(target.repository, target.tag, "push", expected))?.digest, root);
	return {
		found: told === void 0 || told === root.digest ? told : await readTagged(target, root, told, context.client),
		from
	};
}
/** That a tag is somebody else's rests on its content: a header alone may be wrong. */
async function readTagged(target, root, told, client) {
	try {
		return recognizeDigest((await client.resolve(target)).digest, root);
	} catch (error) {
		if (error instanceof RegistryError && error.code === "NOT_FOUND") return told;
		throw error;
	}
}
/** A look that is fresh enough to write upon: an answer that allows it, absent or still `former`, and is older than D, is asked for once more. `last` is one that was taken a moment ago. */
async function lookFreshly(target, root, context, former, last) {
	const look = last ?? await lookAtTag(target, root, context, expectFormer(former));
	return context.now() - look.from <= 400 || !isBefore(look.found, former) ? look : lookAtTag(target, root, context, expectFormer(former));
}
/** Looks for a tag that should have been written, again after 1, 2, 4 and 8 times D while it is absent, or still what a channel was: `former`. */
async function lookPatiently(target, root, context, former) {
	for (let look = 1;; look++) {
		const { found } = await lookAtTag(target, root, context);
		if (!isBefore(found, former) || found === root.digest || look >= MAX_LOOKS) return found;
		await context.sleep(400 * 2 ** (look - 1));
	}
}
/** What a tag is taken to be before it is written: a channel mostly is there. */
function expectFormer(former) {
	return former === void 0 ? "absent" : void 0;
}
/** True for what a tag is before it is written. */
function isBefore(found, former) {
	return found === void 0 || found === former;
}
/** The digest of the content when `found` names its very bytes, perhaps by another algorithm; else `found`. */
function recognizeDigest(found, { digest, bytes }) {
	return found !== void 0 && found !== digest && matchesDigest(bytes, found) ? digest : found;
}
// src/promote/tag-verdict.ts
/** What the plan allows for this target: only a channel of the policy may ever move, and only where the input says so. */
function readIntent(target, plan, request) {
	const name = formatReference(target);
	const planned = plan.targets.find(({ reference }) => reference === name);
	if (request.existingTag === "move" && request.policy.targets.channels.includes(target.tag)) return {
		existingTag: "accept-same-digest",
		channel: { from: planned?.found }
	};
	return { existingTag: planned?.action === "keep" || request.existingTag !== "refuse" ? "accept-same-digest" : "refuse" };
}
/** With which `existing-tag` another run finishes the tag. */
function finishingTag({ channel }) {
	return channel === void 0 ? "accept-same-digest" : "move";
}
/** Decides, right before a tag is written, from what it is at that moment. Absent is free in every case. */
function judgeTagNow(target, found, wanted, { existingTag, channel }) {
	if (channel !== void 0) {
		if (found === wanted) return { kind: "unchanged" };
		if (found === void 0 || found === channel.from) return { kind: "write" };
		return {
			kind: "refused",
			refusal: tellMovedBefore(target, found, channel.from)
		};
	}
	const verdict = judgeTargetTag({
		target,
		found,
		wanted,
		existingTag
	});
	return verdict.kind === "refused" ? verdict : { kind: verdict.kind === "unchanged" ? "unchanged" : "write" };
}
function tellMovedBefore(target, found, planned) {
	const name = formatReference(target);
	return {
		code: "TAG_MOVED",
		message: `${name} is ${found} now, and was ${planned ?? "free"} when this was planned: somebody else wrote it meanwhile.`,
		hint: "Look who wrote it, then run again: a channel is only moved away from what the plan saw.",
		target: name
	};
}
// src/promote/tag-put.ts
/**
* Looks that the tag is free, or a channel still what the plan saw, and writes it in one request. A PUT that failed is
* never just sent again: somebody else may have written and verified the tag meanwhile, so every further one has a look
* of its own right before it.
*/
async function putTag(target, root, context) {
	const { client, channel, now, signal } = context;
	const { retry } = client.transport;
	const wanted = root.digest;
	const started = now();
	let look = await lookFreshly(target, root, context, channel?.from, context.look);
	const verdict = judgeTagNow(target, look.found, wanted, context);
	if (verdict.kind === "refused") return verdict;
	if (verdict.kind === "unchanged") return { kind: "unchanged" };
	signal.throwIfAborted();
	let slowest = 0;
	let isUncertain = false;
	for (let attempt = 1;; attempt++) {
		const failure = await send(target, root, context);
		slowest = Math.max(slowest, now() - look.from);
		if (failure === void 0) return {
			kind: "written",
			slowest
		};
		const isRefused = !mayHaveLanded(failure);
		const delay = chooseDelay(retry, attempt + 1, failure.retryAfter);
		const isInTime = now() - started + delay <= retry.deadline;
		const mayRepeat = attempt < retry.attempts && isInTime && isRetryable(failure);
		if (mayRepeat) await wait(retry, delay, signal);
		try {
			if (isUncertain && isRefused && !mayRepeat) look = {
				...look,
				found: await lookPatiently(target, root, context, channel?.from)
			};
			else look = await lookFreshly(target, root, context, channel?.from);
		} catch (cause) {
			throw isUncertain || !isRefused ? tellUncertain(target, wanted, "may have been", cause, finishingTag(context)) : failure;
		}
		isUncertain ||= !isRefused;
		if (look.found === wanted) return {
			kind: "written",
			slowest
		};
		const taken = judgeTagNow(target, look.found, wanted, context);
		if (taken.kind === "refused") return taken;
		if (!mayRepeat || signal.aborted) throw failure;
	}
}
/** One PUT; the error that the registry or the network made of it, undefined when it was taken. */
async function send(target, root, context) {
	try {
		await context.client.putManifest(target.repository, target.tag, root, { replay: false });
		return;
	} catch (error) {
		if (!(error instanceof RegistryError) || error.code === "DIGEST_MISMATCH") throw error instanceof RegistryError && error.status !== void 0 ? tellUncertain(target, root.digest, "may have been", error, finishingTag(context)) : error;
		return error;
	}
}
async function wait(retry, delay, signal) {
	try {
		await retry.sleep(delay, signal);
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}
/** A PUT without an answer, or with that of a server in trouble, may have taken effect. */
function mayHaveLanded({ status }) {
	return status === void 0 || status >= 500 || status === 408 || status === 499;
}
function isRetryable({ code, status, cause }) {
	return status === void 0 ? code === "UNAVAILABLE" && isRetryableFault(cause) : isRetryableStatus(status);
}
// src/promote/tag.ts
/** No read-back waits longer than this, in milliseconds, however slow the registry is. */
const MAX_READ_BACK_DELAY_MS = 1e4;
/** How much slower than our own check and PUT those of another writer may be, and still be seen. */
const SLOWNESS = 3;
/**
* The commit point of a promotion: looks again that the tag is free (a channel: what the plan saw), writes it, and reads it back. The distribution
* specification has no create-if-absent. So a writer that looked before our write must have written before our
* read-back: this holds while the others need no longer from check to PUT than D, or three times as long as we did;
* where the tag is read back at once, than we did.
*/
async function writeTag(target, root, context) {
	const put = await putTag(target, root, context);
	if (put.kind !== "written") return put;
	const { found, failure } = await readBack(target, root, context, put.slowest);
	if (found === root.digest) {
		if (failure !== void 0) throw tellUnproven(target, root.digest, failure.cause, finishingTag(context));
		return { kind: "written" };
	}
	if (found === void 0 || found === context.channel?.from) throw tellNotStored(target, found);
	return {
		kind: "refused",
		refusal: tagMoved(target, root.digest, found)
	};
}
async function readBack(target, root, context, slowest) {
	let proving;
	try {
		if (context.readsAtOnce !== true) await context.sleep(Math.min(Math.max(400, SLOWNESS * slowest), MAX_READ_BACK_DELAY_MS));
		proving = context.prove?.().then(() => void 0, (cause) => ({ cause }));
		return {
			found: await lookPatiently(target, root, context, context.channel?.from),
			failure: await proving
		};
	} catch (cause) {
		await proving;
		throw tellUncertain(target, root.digest, "was", cause, finishingTag(context));
	}
}
function tagMoved(target, wanted, found) {
	return {
		code: "TAG_MOVED",
		message: `${formatReference(target)} was written as ${wanted}, and is ${found} now: somebody else wrote it at the same time.`,
		hint: "Let only one pipeline write this tag (a concurrency group), and switch on immutable tags at the registry.",
		target: formatReference(target)
	};
}
// src/promote/apply.ts
/** Some tags of a promotion were written and another was not. */
var PromotionError = class extends DomainError {};
const CONCURRENT_LOOKS = 8;
/** Writes what was approved: every repository holds all bytes and evidence, verified from outside, before the first tag. */
async function apply(approved, request, ports, journal) {
	const repositories = Map.groupBy(request.targets, (target) => target.repository);
	const written = /* @__PURE__ */ new Map();
	for (const [repository, targets] of repositories) {
		const filled = await fillRepository(repository, targets, approved, request, ports, journal);
		written.set(repository, filled);
	}
	return ports.log.group("Tag", async () => {
		const refillFor = async ({ repository }) => {
			const filled = written.get(repository);
			return filled !== void 0 && refill(repository, filled, approved, request, ports);
		};
		const [looks] = await runTogether(ports.signal, () => [lookAtAll(approved, request, ports, journal), mapConcurrently([...written], 1, ([repository, filled]) => refill(repository, filled, approved, request, ports))]);
		if (journal.refusals.length > 0) return journal.end("refused");
		const look = looks.length === 1 ? looks[0] : void 0;
		return ports.hold((cut) => writeTags(approved, request, ports, journal, {
			cut,
			refillFor,
			look
		}));
	});
}
function createLookContext({ target: client }, signal) {
	const sleep = (milliseconds) => client.transport.retry.sleep(milliseconds, signal);
	return {
		client,
		now: () => performance.now(),
		sleep
	};
}
/** A look at every tag. Of several, one that was taken since the plan must not be found out after another was written. */
async function lookAtAll({ graph: { root }, plan }, request, ports, journal) {
	const context = createLookContext(ports, ports.signal);
	const looks = await mapConcurrently(request.targets, CONCURRENT_LOOKS, (target) => lookAtTag(target, root, context, expectFormer(readIntent(target, plan, request).channel?.from)));
	for (const [i, target] of request.targets.length === 1 ? [] : request.targets.entries()) {
		const verdict = judgeTagNow(target, looks[i]?.found, root.digest, readIntent(target, plan, request));
		if (verdict.kind === "refused") journal.refusals.push(verdict.refusal);
	}
	return looks;
}
/** The commit point, tag after tag; from the first one written on, nothing but success is whole, and a cancel waits for it while it can. */
async function writeTags(approved, request, ports, journal, { cut, refillFor, look }) {
	const { root } = approved.graph;
	const context = {
		...createLookContext(ports, cut),
		look,
		readsAtOnce: !request.sign && !request.attest
	};
	for (const target of request.targets) {
		const name = formatReference(target);
		const signal = journal.hasWrittenTag() ? cut : ports.signal;
		try {
			const intent = readIntent(target, approved.plan, request);
			const write = await writeWhole(target, root, {
				...context,
				...intent,
				signal
			}, refillFor);
			if (write.kind === "refused") {
				journal.refusals.push(write.refusal);
				journal.ended.set(name, {
					result: "refused",
					code: write.refusal.code
				});
				if (journal.hasWrittenTag()) throw partial(`${name} was not`, write.refusal.message, request);
				return journal.end("refused");
			}
			journal.ended.set(name, { result: write.kind === "written" ? "promoted" : "unchanged" });
			ports.log.info(write.kind === "written" ? `Tagged ${name}@${root.digest}` : `${name} has this digest already`);
		} catch (cause) {
			if (cause instanceof TagError) journal.ended.set(name, {
				result: "failed",
				code: cause.code
			});
			const isUncertain = cause instanceof TagError && cause.code !== "TAG_NOT_STORED";
			const isPartial = journal.hasWrittenTag() || isUncertain && request.targets.length > 1;
			if (cause instanceof PromotionError || !isPartial) throw cause;
			throw partial(isUncertain ? `${name} may or may not be` : `${name} was not`, "see the cause", request, cause);
		}
	}
	return journal.end(journal.hasWrittenTag() ? "promoted" : "unchanged");
}
/** A tag is refused, too, when what it needs was collected since it was last looked for: then that is pushed again, and the tag tried once more. */
async function writeWhole(target, root, context, refillFor) {
	const proven = {
		...context,
		prove: () => refillFor(target)
	};
	try {
		return await writeTag(target, root, proven);
	} catch (error) {
		if (!(error instanceof RegistryError && error.code === "CONFLICT") || context.signal.aborted || !await refillFor(target)) throw error;
		return writeTag(target, root, {
			...proven,
			look: void 0
		});
	}
}
function partial(what, why, { existingTag }, cause) {
	const again = existingTag === "move" ? "move" : "accept-same-digest";
	return new PromotionError("PARTIAL", `not all targets were tagged, ${what}: ${why}`, {
		cause,
		hint: `All targets hold the image and its evidence. Mend what is wrong with this target and run again with existing-tag: ${again}.`
	});
}
// src/promote/signed-statement.ts
/** The statement in a Sigstore bundle, or in the bare DSSE envelope of a `.att` tag; undefined for what is neither. */
function readSignedStatement(bytes) {
	const json = parse(new TextDecoder().decode(bytes));
	const payload = json?.dsseEnvelope?.payload ?? json?.payload;
	if (typeof payload !== "string") return void 0;
	const predicateType = parse(Buffer.from(payload, "base64").toString("utf8"))?.predicateType;
	return {
		payload,
		predicateType: typeof predicateType === "string" ? predicateType : void 0
	};
}
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
// src/promote/embedded-evidence.ts
/** A record is a few kilobytes, the scan of a large image a few hundred. */
const MAX_CONTENT_BYTES = 1048576;
/** All that the promotion relied on: nobody else can add to it. */
const RELIED = {
	bytes: 16 * MAX_CONTENT_BYTES,
	items: 200
};
/** All else: whoever may push to the source's repository can attach as much as he likes. */
const OTHERS = {
	bytes: MAX_CONTENT_BYTES,
	items: 20
};
const CONCURRENT_READS$1 = 4;
/** What goes in first where not everything fits: the way an image went matters most. */
const ORDER = [RECORD_PREDICATE, VSA_PREDICATE];
/** Former evidence as in-toto ResourceDescriptors that carry what was signed, so that the new record holds the whole way. What was relied on comes first, and nothing else takes its room. What is attached in two forms is taken once. */
async function embedFormerEvidence(former, repository, layout, relied = []) {
	const descriptors = [];
	const weighed = await mapConcurrently(former, CONCURRENT_READS$1, (each) => weigh(each, relied, layout));
	const left = {
		relied: { ...RELIED },
		others: { ...OTHERS }
	};
	let bare = 0;
	let leftOut = 0;
	for (const { manifest, predicateType, signed, reliance } of takeOnce(weighed).toSorted(compareWeights)) {
		const room = reliance > 0 ? left.relied : left.others;
		if (room.items === 0) {
			leftOut++;
			continue;
		}
		room.items--;
		const named = {
			name: predicateType,
			uri: `oci://${repository}@${manifest}`,
			digest: toDigestSet(signed.digest),
			mediaType: signed.mediaType
		};
		if (signed.size > Math.min(MAX_CONTENT_BYTES, room.bytes)) {
			bare++;
			descriptors.push(named);
			continue;
		}
		room.bytes -= signed.size;
		const content = Buffer.from(await layout.read(signed.digest)).toString("base64");
		descriptors.push({
			...named,
			content
		});
	}
	return {
		descriptors,
		bare,
		leftOut
	};
}
async function weigh(former, relied, layout) {
	const { manifest, signed } = former;
	const isNamed = relied.some((each) => each.manifest === manifest);
	const text = signed.size > MAX_CONTENT_BYTES ? void 0 : readSignedStatement(await layout.read(signed.digest))?.payload;
	const unnamed = relied.filter((each) => each.manifest === void 0);
	const says = text === void 0 || unnamed.length === 0 ? void 0 : normalize(text);
	const isSame = says !== void 0 && unnamed.some(({ statement }) => JSON.stringify(statement) === says);
	const payload = text === void 0 ? signed.digest : digestOf(text);
	return {
		...former,
		reliance: isNamed ? 2 : isSame ? 1 : 0,
		payload
	};
}
/** The first of what says the same, which is the bundle where there are two forms; but what was relied on never gives way. */
function takeOnce(weighed) {
	const known = /* @__PURE__ */ new Set();
	return weighed.toSorted((a, b) => b.reliance - a.reliance).filter(({ signed, payload, reliance }) => {
		if (known.has(signed.digest) || reliance === 0 && known.has(payload)) return false;
		known.add(payload).add(signed.digest);
		return true;
	});
}
function normalize(payload) {
	try {
		return JSON.stringify(JSON.parse(Buffer.from(payload, "base64").toString("utf8")));
	} catch {
		return;
	}
}
/** Of one type the smallest first, so that a few large ones keep nothing out. */
function compareWeights(a, b) {
	const byType = placeOf(a) - placeOf(b);
	return b.reliance - a.reliance || byType || a.signed.size - b.signed.size;
}
function placeOf({ predicateType }) {
	const place = ORDER.indexOf(predicateType);
	return place === -1 ? ORDER.length : place;
}
// src/promote/former-evidence.ts
/** What a promotion itself writes. At a target, another stage's would spoil `cosign verify-attestation` with a policy for ever: all of one type have to pass it. */
const FORMER_TYPES = [
	RECORD_PREDICATE,
	VSA_PREDICATE,
	VULN_PREDICATE
];
const BUNDLE_TYPE = "application/vnd.dev.sigstore.bundle";
const BUNDLE_ANNOTATION = "dev.sigstore.bundle.predicateType";
/** How cosign 2 says it of a layer of its `.att` tag. */
const LEGACY_ANNOTATION = "predicateType";
/** Of what is larger only the annotation is believed. */
const MAX_READ_BYTES = 33554432;
const CONCURRENT_READS = 4;
/** Parts what is copied as it is from the evidence of former promotions, in whichever form, which speaks of another repository and travels inside the new record instead. What is signed tells which it is; an annotation, which anybody can write, only where that cannot be read. */
async function splitFormerEvidence({ referrers, legacy, leftOut }, layout) {
	const formerReferrers = await mapConcurrently(referrers, CONCURRENT_READS, (referrer) => readFormerReferrer(referrer, layout));
	const tags = await mapConcurrently(legacy, 1, (tag) => splitLegacyTag(tag, layout));
	return {
		carried: {
			referrers: referrers.filter((_, i) => formerReferrers[i] === void 0),
			legacy: tags.flatMap(({ carried }) => carried ?? []),
			leftOut
		},
		former: [...formerReferrers.flatMap((found) => found ?? []), ...tags.flatMap(({ former }) => former)]
	};
}
async function readFormerReferrer({ content }, layout) {
	const { manifest, digest } = content;
	const signed = manifest.kind === "manifest" ? manifest.layers[0] : void 0;
	if (signed === void 0) return void 0;
	const told = manifest.annotations[BUNDLE_ANNOTATION];
	if (told === void 0 && !signed.mediaType.startsWith(BUNDLE_TYPE)) return void 0;
	const predicateType = await readType(signed, told, layout);
	return isFormer(predicateType) ? {
		manifest: digest,
		predicateType,
		signed
	} : void 0;
}
async function splitLegacyTag(tag, layout) {
	if (tag.form !== "att") return {
		carried: tag,
		former: []
	};
	const former = [];
	const layers = [];
	for (const layer of tag.layers) {
		const { descriptor } = layer;
		const predicateType = await readType(descriptor, descriptor.annotations[LEGACY_ANNOTATION], layout);
		if (isFormer(predicateType)) former.push({
			manifest: tag.content.digest,
			predicateType,
			signed: descriptor
		});
		else layers.push(layer);
	}
	return {
		carried: layers.length === 0 && former.length > 0 ? void 0 : {
			...tag,
			layers
		},
		former
	};
}
async function readType(signed, told, layout) {
	if (signed.size > MAX_READ_BYTES) return told;
	return readSignedStatement(await layout.read(signed.digest))?.predicateType ?? told;
}
function isFormer(predicateType) {
	return predicateType !== void 0 && FORMER_TYPES.includes(predicateType);
}
// src/promote/revision.ts
const REVISION = "org.opencontainers.image.revision";
/** The commit the image says it was built from: the root's annotation, else the label on which all its platforms agree. It is a claim, not a proof; https://github.com/opencontainers/image-spec/blob/main/annotations.md */
async function readRevision$1(graph, layout) {
	const annotated = graph.root.manifest.annotations[REVISION];
	if (annotated) return annotated;
	const labels = /* @__PURE__ */ new Set();
	for (const { content } of graph.images) if (content.manifest.kind === "manifest") labels.add(readLabel(await layout.read(content.manifest.config.digest)));
	const [only] = labels;
	return labels.size === 1 ? only : void 0;
}
function readLabel(bytes) {
	try {
		const label = JSON.parse(new TextDecoder().decode(bytes)).config?.Labels?.[REVISION];
		return typeof label === "string" && label !== "" ? label : void 0;
	} catch {
		return;
	}
}
// src/promote/record.ts
/** The record of one repository: what was approved, for which tags, by whom, past which gates. */
function composeRecord(facts) {
	const { request, ports, journal, decision, scan, scanner } = facts;
	const previous = listPrevious(facts);
	return {
		source: {
			reference: formatReference(request.source),
			digest: decision.plan.source.digest
		},
		targets: facts.targets.map(formatReference),
		...request.environment === void 0 ? {} : { environment: request.environment },
		...describeRevision(facts),
		...ports.run,
		gates: journal.gates.flatMap(({ name, verdict, evidence }) => verdict === "refused" ? [] : [{
			name,
			verdict,
			evidence
		}]),
		exceptions: describeExceptions(scan),
		...scanner === void 0 ? {} : { scanner: describeScanner(scanner, facts) },
		signer: describeTool(facts.signer.tool),
		...scan.verdict === void 0 ? {} : { vulnerabilities: { ...scan.verdict.counts } },
		policies: request.policySources.map(({ name, digest }) => ({
			name,
			digest
		})),
		planDigest: decision.digest,
		sourceEvidence: facts.evidence.relied.map((relied) => ({ ...relied })),
		...previous.length === 0 ? {} : { previous },
		inputAttestations: facts.former,
		startedAt: journal.startedAt.toISOString(),
		finishedAt: facts.finishedAt.toISOString()
	};
}
function describeExceptions({ verdict }) {
	if (verdict === void 0) return [];
	return [...verdict.usedExceptions.map(({ id, packages, reason, expires }) => ({
		id,
		...packages.length === 0 ? {} : { package: packages.join(", ") },
		reason: reason ?? "none given",
		expires: expires ?? "never"
	})), ...verdict.allowedIncomplete.map(({ image, platform, reason, expires }) => ({
		id: "SCAN_INCOMPLETE",
		image,
		platform,
		reason,
		expires
	}))];
}
function describeRevision({ evidence, revision }) {
	if (evidence.revision !== void 0) return {
		revision: evidence.revision.commit,
		revisionEvidence: evidence.revision.from
	};
	return revision === void 0 ? {} : {
		revision,
		revisionEvidence: "label"
	};
}
/** What the channels among these targets pointed at, which a move leaves behind. */
function listPrevious({ decision, targets }) {
	const names = targets.map(formatReference);
	return decision.plan.targets.flatMap(({ reference, found, action }) => found !== void 0 && action === "move" && names.includes(reference) ? [{
		target: reference,
		digest: found
	}] : []);
}
function describeScanner(scanner, { journal, scan, request }) {
	const java = scanner.javaDatabase();
	return {
		tool: describeTool(scanner.tool),
		database: describeDatabase(scanner.database, scan.scannedAt),
		...java === void 0 ? {} : { javaDatabase: describeDatabase(java, scan.scannedAt) },
		platforms: (journal.scan?.platforms ?? []).map(({ platform, digest }) => ({
			platform,
			digest
		})),
		from: request.policy.scan.from
	};
}
function describeDatabase({ source, digest, updatedAt }, at) {
	const ageSeconds = Math.max(0, Math.round((at.getTime() - updatedAt.getTime()) / 1e3));
	return {
		source,
		digest,
		updatedAt: updatedAt.toISOString(),
		ageSeconds
	};
}
function describeTool({ name, version, sha256, trustedAsGiven }) {
	return {
		name,
		version,
		sha256,
		trustedAsGiven
	};
}
// src/promote/statements.ts
/** What can be said about the image now that every gate has passed: each statement is made once the repository is known that it speaks of. */
function makeStatements(facts) {
	const { request, graph, evidence, scan, scanner, finishedAt } = facts;
	const { digest } = graph.root;
	const children = graph.images.map(({ content }) => content.digest);
	return {
		makeRecord: (targets, signer) => composeRecord({
			...facts,
			targets,
			signer
		}),
		makeVsa: (repository, { tool }) => makeVsa({
			repository,
			digest,
			children,
			environment: request.environment,
			level: evidence.level,
			policies: request.policySources,
			inputAttestations: listInputs(facts),
			versions: {
				cosign: tool.version,
				...scanner === void 0 ? {} : { trivy: scanner.tool.version }
			},
			verifiedAt: finishedAt
		}),
		makeVuln: scanner === void 0 || !mayAttest(scanner, request.policy.scan, scan) ? void 0 : describeScan(scanner, facts)
	};
}
function describeScan(scanner, facts) {
	const { scan, request, ports, graph } = facts;
	const { digest } = graph.root;
	return (repository) => makeScanStatement({
		repository,
		digest
	}, scanner, scan, request.policy.scan, ports.run);
}
/** The attestations that were relied on, and the records of former stages. */
function listInputs({ request, evidence, former }) {
	const relied = evidence.relied.flatMap(({ digest }) => digest === void 0 ? [] : [{
		uri: `oci://${request.source.repository}@${digest}`,
		digest: toDigestSet(digest)
	}]);
	const records = former.filter(({ name }) => name === RECORD_PREDICATE).map(({ uri, digest }) => ({
		uri,
		digest
	}));
	return [...new Map([...records, ...relied].map((each) => [each.uri, each])).values()];
}
// src/promote/approve.ts
/** Gets ready to be written what passed the gates: what of the source's attachments is carried along, what of them travels inside the new record, and what is said about the image. */
async function approve(results) {
	const { request, ports, journal, decision, evidence, image, signer, resultDirectory } = results;
	const { graph, store, referrers } = image;
	const { layout } = store;
	const finishedAt = ports.clock();
	const { carried, former } = await splitFormerEvidence(referrers, layout);
	const embedded = await embedFormerEvidence(former, request.source.repository, layout, evidence.accepted);
	if (embedded.bare > 0) {
		const count = formatCount(embedded.bare, "statement");
		journal.notes.push(`${count} of former stages too large to travel inside the new record, which has only the digest.`);
	}
	if (embedded.leftOut > 0) {
		const count = formatCount(embedded.leftOut, "statement");
		journal.notes.push(`${count} of former stages not taken into the new record: nothing relies on them, and there are too many.`);
	}
	const revision = await readRevision$1(graph, layout);
	const facts = {
		...results,
		graph,
		former: embedded.descriptors,
		revision,
		finishedAt
	};
	return {
		plan: decision.plan,
		graph,
		store,
		referrers: carried,
		signer,
		resultDirectory,
		...makeStatements(facts)
	};
}
// src/promote/gates.ts
/** Scans every platform and judges what was found; nothing is thrown for a refusal. */
async function runScanGates(image, scanner, request, ports, places) {
	if (scanner === void 0) {
		const scannedAt = ports.clock();
		return {
			result: {
				verdict: void 0,
				scannedAt,
				finishedAt: scannedAt,
				scans: []
			},
			scan: void 0,
			gates: [{
				name: "Vulnerability scan",
				verdict: "off",
				evidence: "scan: off"
			}],
			refusals: [],
			notes: []
		};
	}
	const { scanAndJudge } = await import("./scan-gates2.js");
	const { policy, exceptions, source, category = source.repository } = request;
	const { verdict, scannedAt, finishedAt, scans, summary, gates, refusals, notes } = await scanAndJudge({
		...image,
		repository: source.repository,
		category
	}, scanner, {
		scan: policy.scan,
		exceptions
	}, ports, places);
	return {
		result: {
			verdict,
			scannedAt,
			finishedAt,
			scans
		},
		scan: summary,
		gates: [...gates],
		refusals: [...refusals],
		notes: [...notes]
	};
}
/** Writes down what the gates said, and refusals with it. */
function noteScanGates({ result, scan, gates, refusals, notes }, journal) {
	journal.scan = scan;
	journal.gates.push(...gates);
	journal.refusals.push(...refusals);
	journal.notes.push(...notes);
	return result;
}
// src/promote/keep-plan.ts
/** Writes the plan down as it is known now: what ends before the gates do leaves one too. */
async function keepPlan(plan, journal, { results }) {
	const path = join(results, "plan.json");
	await writeFile(path, plan.text);
	const moved = plan.plan.targets.flatMap(({ reference, found, action }) => action === "move" && found !== void 0 && isDigest(found) ? [[reference, found]] : []);
	const moves = moved.length === 0 ? {} : { moves: Object.fromEntries(moved) };
	journal.plan = {
		path,
		digest: plan.digest,
		...moves
	};
	return plan;
}
// src/promote/origin.ts
/** Where an image comes from, for who approves: the commit, by the best evidence there is, and what the verified records of the stages before say. */
async function readOrigin({ revision, accepted = [] }, graph, layout) {
	const label = revision === void 0 ? await readRevision$1(graph, layout) : void 0;
	const former = accepted.flatMap(readFormerPromotion);
	return {
		revision: revision ?? (label === void 0 ? void 0 : {
			commit: label,
			from: "label"
		}),
		former: [...new Map(former.map((each) => [JSON.stringify(each), each])).values()]
	};
}
/** None for what is no record. */
function readFormerPromotion({ statement, signer }) {
	if (readText(statement, ["predicateType"]) !== "https://promote-image.github.io/promotion/v1") return [];
	const predicate = readField(statement, ["predicate"]);
	const made = readPredicateTime(RECORD_PREDICATE, predicate);
	return [{
		signer,
		environment: readText(predicate, ["environment"]),
		actor: readText(predicate, ["actor"]),
		finishedAt: made.kind === "known" ? made.time : void 0,
		run: readText(predicate, ["runUrl"]) ?? readText(predicate, ["runId"])
	}];
}
// src/promote/carry-out.ts
/** Waits for what is read and scanned, and writes what passed. */
async function carryOut({ request, ports, journal, kit, places, evidence, decision }, reading, signer) {
	const { log } = ports;
	const { image, scanner, uploads } = await log.group("Fetch the image, the scanner and its database", () => {
		reading.fetchLog.release();
		kit.tell("scanner");
		return reading.fetched;
	});
	journal.origin = await readOrigin(evidence, image.graph, image.store.layout);
	const scan = await log.group(`Scan ${image.graph.images.length === 1 ? "the image" : "every platform"}`, async () => {
		reading.scanLog.release();
		return noteScanGates(await reading.scanned, journal);
	});
	const plan = await keepPlan(concludePlan(request, decision, journal), journal, places);
	log.info(`Plan    ${plan.digest}`);
	if (journal.refusals.length > 0) {
		await reading.close();
		if (journal.targetTouched) journal.notes.push("The target may hold blobs that nothing refers to: they went up while the gates were run (upload: during-gates). No manifest and no tag was written; the registry collects them.");
		return journal.end("refused");
	}
	if (request.dryRun) return journal.end("planned");
	return apply({
		...await approve({
			request,
			ports,
			journal,
			image,
			scan,
			scanner,
			evidence,
			signer,
			decision: {
				...decision,
				digest: plan.digest
			},
			resultDirectory: places.results
		}),
		pool: kit.blobs,
		uploads
	}, request, ports, journal);
}
// src/promote/facts.ts
/** The source, and meanwhile what the target tags point at and what `ask` wants to know of the source. `signer` is only asked for where a tag has to be told from that of an earlier attempt. Lack of access throws: it is never taken for "absent". */
async function gatherFacts(request, signer, ports, ask = async () => void 0) {
	const source = resolveSource(request, ports);
	const [content, targets, asked] = await runTogether(ports.signal, () => [
		source,
		lookAtTargets(request, source, signer, ports),
		source.then(ask)
	]);
	return {
		source: content,
		targets,
		asked
	};
}
async function resolveSource({ source }, ports) {
	const content = await ports.source.resolve(source);
	ports.log.info(`Source  ${formatReference(source)} is ${content.digest}`);
	return content;
}
async function lookAtTargets(request, resolving, signer, ports) {
	const access = request.dryRun ? "pull" : "push";
	const expected = request.existingTag === "move" ? void 0 : "absent";
	const [source, heads] = await Promise.all([resolving, Promise.all(request.targets.map(({ repository, tag }) => ports.target.headManifest(repository, tag, access, expected)))]);
	return mapConcurrently(request.targets, 1, async (target, i) => {
		const digest = await identify(target, recognizeDigest(heads[i]?.digest, source), source, request, ports);
		const isOwn = digest === source.digest && await isOwnEarlierAttempt(target, source.digest, signer, ports);
		ports.log.info(`Target  ${formatReference(target)} ${digest === void 0 ? "is free" : `exists: ${digest}`}`);
		if (isOwn) ports.log.info("        It was written by an earlier attempt of this run.");
		return {
			target,
			digest,
			isOwnEarlierAttempt: isOwn
		};
	});
}
/** What a tag moves away from goes into the record, and is what it may be moved from: that rests on the content, a header alone may be wrong. */
async function identify(target, told, source, { existingTag }, { target: client }) {
	return told !== void 0 && told !== source.digest && existingTag === "move" ? readTagged(target, source, told, client) : told;
}
/** Only a re-run of the same run counts: same run, same repository, a lower attempt. */
async function isOwnEarlierAttempt(target, digest, askSigner, { run, target: client }) {
	const { runId, runAttempt } = run;
	if (runId === void 0 || runAttempt === void 0 || runAttempt < 2) return false;
	const signer = await askSigner();
	const anchor = signer?.signer.expectedAnchor;
	if (signer === void 0 || anchor === void 0) return false;
	const subject = {
		client,
		repository: target.repository,
		digest,
		verifier: signer.verifier,
		anchor
	};
	const { readVerifiedEvidence } = await import("./verify-target.js");
	const { records } = await readVerifiedEvidence(subject, { record: true });
	return records.some((record) => record.runId === runId && record.repository === run.repository && (record.runAttempt ?? runAttempt) < runAttempt && record.targets.includes(formatReference(target)));
}
// src/promote/journal.ts
/** Gathers what is learned on the way, so that a promotion can end at any point with all of it. */
var Journal = class {
	#request;
	#clock;
	startedAt;
	gates = [];
	refusals = [];
	relied = [];
	evidence = [];
	kept = [];
	notes = [];
	remarks = [];
	/** How each target ended, once it has: the rest share the end of the promotion. */
	ended = /* @__PURE__ */ new Map();
	pinned;
	plan;
	origin;
	scan;
	referrers = [];
	targetTouched = false;
	/** Of all that the image is made of. */
	bytes;
	publicKey;
	/** Known from the start of a key; of a keyless signer, from its first certificate on. */
	anchor;
	constructor(request, clock) {
		this.#request = request;
		this.#clock = clock;
		this.startedAt = clock();
	}
	/** True when a tag was written: from then on nothing but success is whole. */
	hasWrittenTag() {
		return [...this.ended.values()].some(({ result }) => result === "promoted");
	}
	/** The outcome, as of now. A target that has not ended by itself shares the end of the promotion. */
	end(result, error) {
		const { source, targets, environment, policy, sign, attest, trustedRoot } = this.#request;
		const { format, transparencyLog } = policy.signature;
		return {
			result,
			source,
			pinned: this.pinned,
			environment,
			targets: targets.map((target) => ({
				target,
				...this.#endOf(formatReference(target), result, error)
			})),
			gates: this.gates,
			refusals: this.refusals,
			scan: this.scan,
			relied: this.relied,
			evidence: this.evidence,
			kept: this.kept,
			referrers: this.referrers,
			notes: this.notes,
			remarks: this.remarks,
			...this.origin === void 0 ? {} : { origin: this.origin },
			...this.bytes === void 0 ? {} : { bytes: this.bytes },
			plan: this.plan,
			seconds: (this.#clock().getTime() - this.startedAt.getTime()) / 1e3,
			targetTouched: this.targetTouched,
			publicKey: this.publicKey,
			anchor: this.anchor,
			signs: {
				signature: sign,
				record: attest,
				format
			},
			transparencyLog,
			trustedRoot,
			error
		};
	}
	/** Of a refusal, the code of its own comes before one that holds for all targets; a failure has the code of its error. */
	#endOf(target, result, error) {
		const ended = this.ended.get(target);
		if (ended !== void 0) return ended;
		const refusal = this.refusals.find((r) => r.target === target) ?? this.refusals.find((r) => r.target === void 0) ?? this.refusals[0];
		const failure = error?.code;
		const code = result === "refused" ? refusal?.code : failure;
		return {
			result,
			...typeof code === "string" ? { code } : {}
		};
	}
};
// src/policy/git-source.ts
/** More of an address than this is no address. */
const MAX_LENGTH = 2048;
const HOST = /^[a-z0-9.-]+(?::[0-9]{1,5})?$/;
/** Reads the address of a Git repository as provenance writes it (SPDX download location, `git+https://host/path@ref`, or BuildKit's `…#ref:folder`); undefined when it is not plainly one. */
function parseGitSource(address) {
	if (address.length > MAX_LENGTH) return void 0;
	const [, host = "", rawPath = "", mark, rest = ""] = /^(?:git\+)?(?:https|ssh):\/\/(?:git@)?([a-z0-9.:-]+)\/([a-z0-9._/-]+)(?:([@#])(\S+))?$/i.exec(address) ?? [];
	const path = rawPath.replace(/\/$/, "").replace(/\.git$/, "");
	if (!isHost(host.toLowerCase()) || !isRepositoryPath(path)) return void 0;
	const repository = nameRepository(host.toLowerCase(), path);
	if (mark === void 0) return { repository };
	const [ref = "", folder] = rest.split(":");
	return /^[^?#^~\\]+$/.test(ref) && (folder === void 0 || mark === "#") ? {
		repository,
		ref
	} : void 0;
}
/** `owner/name`, or with more parts where a forge has groups. */
function isRepositoryPath(text) {
	const parts = text.split("/");
	return parts.length >= 2 && parts.every((part) => /^[A-Za-z0-9._-]+$/.test(part) && !/^\.+$/.test(part));
}
/** True for `owner/name` (on github.com) and for `host/path` with a path of at least two parts, in the form that parseGitSource gives. */
function isSourceRepository(text) {
	const [first = "", ...rest] = text.split("/");
	if (text.endsWith(".git")) return false;
	if (rest.length === 1) return /^[A-Za-z0-9-]+$/.test(first) && isRepositoryPath(text);
	return isHost(first) && /[.:]/.test(first) && first !== "github.com" && isRepositoryPath(rest.join("/"));
}
function isHost(text) {
	return HOST.test(text) && !/^[.-]|\.\.|[.-](?::|$)/.test(text);
}
function nameRepository(host, path) {
	return host === "github.com" && path.split("/").length === 2 ? path : `${host}/${path}`;
}
// src/policy/provenance.ts
/** Where v1 provenance names what was built: GitHub's workflows, Cloud Build and Tekton, slsa-github-generator, BuildKit. Only parameters count, since a dependency may be any repository. */
const V1_PLACES = [
	["workflow"],
	["buildConfigSource"],
	["source"],
	["configSource"]
];
/** Reads SLSA provenance v1 or v0.2 out of a statement; undefined for any other. Never throws. */
function readProvenance(statement) {
	const type = readText(statement, ["predicateType"]);
	if (type === void 0 || !PROVENANCE_TYPES.includes(type)) return void 0;
	const predicate = readField(statement, ["predicate"]);
	return type.endsWith("/v1") ? readV1(predicate) : readV02(predicate);
}
function readV1(predicate) {
	const definition = readField(predicate, ["buildDefinition"]);
	const claims = V1_PLACES.flatMap((place) => readClaim(readField(definition, ["externalParameters", ...place])));
	return combine(readText(predicate, [
		"runDetails",
		"builder",
		"id"
	]), claims, readList$1(definition, ["resolvedDependencies"]));
}
function readV02(predicate) {
	const claims = readClaim(readField(predicate, ["invocation", "configSource"]));
	return combine(readText(predicate, ["builder", "id"]), claims, readList$1(predicate, ["materials"]));
}
/** A text that is an address, `{uri, digest}`, or `{repository, ref}`; anything else that is there names no repository. */
function readClaim(value) {
	if (value === void 0 || value === null) return [];
	if (typeof value === "string") return [{ source: parseGitSource(value) }];
	const address = readText(value, ["uri"]) ?? readText(value, ["repository"]);
	const commit = readCommit(value);
	const source = address === void 0 ? void 0 : parseGitSource(address);
	const ref = readText(value, ["ref"]);
	const isTwofold = source?.ref !== void 0 && ref !== void 0 && source.ref !== ref;
	const whole = source === void 0 || ref === void 0 ? source : {
		...source,
		ref
	};
	return [{
		source: isTwofold ? void 0 : whole,
		...commit === void 0 ? {} : { commit }
	}];
}
function combine(builder, claims, dependencies) {
	const repository = pickOnly(claims.map(({ source }) => source?.repository));
	const refs = claims.flatMap(({ source }) => source?.ref === void 0 ? [] : [source.ref]);
	const ref = repository === void 0 ? void 0 : pickOnly(refs);
	const commit = repository === void 0 ? void 0 : pickOnly(listCommits({
		repository,
		ref
	}, claims, dependencies));
	return {
		...builder === void 0 ? {} : { builder },
		...repository === void 0 ? {} : { repository },
		...ref === void 0 ? {} : { ref },
		...commit === void 0 ? {} : { commit }
	};
}
/** The commits of the source itself, and of the dependencies that are this repository and of no other ref. */
function listCommits({ repository, ref }, claims, dependencies) {
	const own = dependencies.flatMap((dependency) => {
		const source = parseGitSource(readText(dependency, ["uri"]) ?? "");
		const commit = readCommit(dependency);
		return source?.repository === repository && (ref === void 0 || source.ref === void 0 || source.ref === ref) && commit !== void 0 ? [commit] : [];
	});
	return [...claims.flatMap(({ commit }) => commit === void 0 ? [] : [commit]), ...own];
}
/** https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md; v0.2 calls a Git commit `sha1`. */
function readCommit(value) {
	const hex = readText(value, ["digest", "gitCommit"]) ?? readText(value, ["digest", "sha1"]);
	return hex !== void 0 && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(hex) ? hex : void 0;
}
/** The one value that all agree on. */
function pickOnly(values) {
	return new Set(values).size === 1 ? values[0] : void 0;
}
// src/promote/attested-sbom.ts
/** SBOM predicates, with and without the version that some tools add. https://github.com/in-toto/attestation/tree/main/spec/predicates */
const SBOM_TYPES = [
	...["https://cyclonedx.org/bom", "https://spdx.dev/Document"],
	...[
		"1.4",
		"1.5",
		"1.6",
		"1.7"
	].map((version) => `https://cyclonedx.org/bom/v${version}`),
	...["2.2", "2.3"].map((version) => `https://spdx.dev/Document/v${version}`)
];
/** Whoever vouches for the image or for scans of it may say what is in it. */
const SBOM_ROLES = ["source", "scan"];
/** True when SBOMs are scanned instead of layers. */
function scansSboms({ scan }) {
	return scan.mode !== "off" && scan.from === "sbom";
}
/** Why SBOMs cannot be scanned with this policy: nobody is trusted to have attested one. Undefined when somebody is, or when they are not scanned. For the check of the request. */
function explainNoSbomSigner(policy, sourceAnchor) {
	const isNamed = policy.signers.some(({ signers }) => signers.some(({ role }) => SBOM_ROLES.includes(role)));
	if (!scansSboms(policy) || isNamed || sourceAnchor !== void 0) return void 0;
	return "scans attested SBOMs (scan.from: sbom), and neither a signer of the role source or scan nor an input names anybody who may have attested them.";
}
/** Takes the document out of a statement. */
function toSbom({ statement, signer, manifest }, type) {
	const predicate = unwrapDocument(readField(statement, ["predicate"]));
	const made = readPredicateTime(type, predicate);
	const text = typeof predicate === "string" ? predicate : writeJson(predicate) ?? "";
	return {
		type,
		signer,
		document: Buffer.from(text),
		...manifest === void 0 ? {} : { manifest },
		time: made.kind === "known" ? made.time.getTime() : Number.NEGATIVE_INFINITY
	};
}
/** cosign wraps what it does not parse: the document is the predicate, or its `Data`, as JSON or as a text that holds it. */
function unwrapDocument(predicate) {
	const inner = ["bomFormat", "spdxVersion"].some((key) => readField(predicate, [key]) !== void 0) ? predicate : readField(predicate, ["Data"]) ?? predicate;
	if (typeof inner !== "string") return inner;
	try {
		return JSON.parse(inner);
	} catch {
		return inner;
	}
}
/** Undefined for nothing, and for what nests too deeply to be written: the scan says of it that it is no SBOM. */
function writeJson(value) {
	try {
		return JSON.stringify(value);
	} catch {
		return;
	}
}
// src/promote/relied-evidence.ts
/** A signature as it stands in plan and record. */
function relyOnSignature({ form, signer, manifest }) {
	return {
		kind: "signature",
		type: form === "bundle" ? SIGNATURE_PREDICATE : LEGACY_SIGNATURE_TYPE,
		signer,
		...manifest === void 0 ? {} : { digest: manifest }
	};
}
/** An attestation as it stands in plan and record. */
function relyOnAttestation(type, { signer, manifest }) {
	return {
		kind: "attestation",
		type,
		signer,
		...manifest === void 0 ? {} : { digest: manifest }
	};
}
/** True for what the approved plan rests on. Such evidence comes before any other that would do: what was attached since takes nothing from an approval. */
function wasApproved({ plan }, { kind, type, signer, digest }) {
	return (plan?.plan.evidence ?? []).some((approved) => approved.kind === kind && approved.type === type && approved.signer === signer && approved.digest === digest);
}
// src/promote/source-platforms.ts
/** Reads the manifests of the source when they are first asked for, and not at all when nobody asks. */
function openPlatforms(request, facts, ports) {
	let read;
	const load = async () => {
		const { repository } = request.source;
		const { images, artifacts } = await loadGraph(facts.source, (digest) => ports.source.getManifest(repository, digest));
		return [...Map.groupBy([...images, ...artifacts], ({ content }) => content.digest)].map(([digest, leaves]) => ({
			digest,
			names: leaves.flatMap(({ platform }) => platform ?? []),
			isImage: leaves.some((leaf) => images.includes(leaf))
		}));
	};
	return { list: () => {
		read ??= load();
		return read;
	} };
}
/** A platform as a message names it. */
function namePlatform({ digest, names }) {
	return names.join(", ") || digest;
}
// src/promote/find-sboms.ts
/** Finds the SBOM of every image: on its own manifest, or on the root where that stands for this one platform alone. One that is missing is refused where the scan is enforced; what is no image is for the scan to judge. */
async function findSboms(context) {
	const { request, digest: root } = context;
	const lists = listSbomTrust(request, context.now);
	const platforms = (await context.platforms.list()).filter(({ isImage }) => isImage);
	const sboms = /* @__PURE__ */ new Map();
	const refusals = [];
	const relied = [];
	for (const platform of platforms) {
		const { found, others } = await findNewest(platforms.length === 1 ? [.../* @__PURE__ */ new Set([platform.digest, root])] : [platform.digest], lists, context);
		if (found === void 0) {
			if (request.policy.scan.mode === "enforce") refusals.push(tellMissing(platform, lists, others, request));
			continue;
		}
		const { type, signer, document } = found;
		sboms.set(platform.digest, {
			bytes: document,
			type,
			signer
		});
		relied.push(relyOnAttestation(type, found));
	}
	const by = new Set(relied.map(({ type, signer }) => `SBOM (${type}) by ${quoteForeign(signer)}`));
	return {
		sboms,
		refusals,
		relied,
		evidence: refusals.length === 0 ? [...by] : []
	};
}
/** Each policy that names such signers must be satisfied; the inputs' own signer counts where none does, and adds nothing to theirs. */
function listSbomTrust(request, now) {
	const { policy, source, keys, sourceAnchor } = request;
	const all = SBOM_ROLES.flatMap((role) => selectTrust(policy, role, source.repository, now, keys));
	const lists = [...Map.groupBy(all, ({ policy: name }) => name)].map(([name, parts]) => ({
		policy: name,
		anchors: parts.flatMap(({ anchors }) => anchors),
		lapsed: parts.flatMap(({ lapsed }) => lapsed)
	}));
	return lists.length > 0 || sourceAnchor === void 0 ? lists : [trustInput(sourceAnchor)];
}
/** The document that every list has verified: the one that was approved, else the newest. */
async function findNewest(places, lists, { reader, request }) {
	const others = [];
	const verified = [];
	for (const trust of lists) {
		const documents = /* @__PURE__ */ new Map();
		for (const digest of places) for (const type of SBOM_TYPES) {
			const evidence = await reader.findAttestations(digest, type, trust.anchors);
			others.push(...evidence.others);
			for (const attestation of evidence.verified) {
				const sbom = toSbom(attestation, type);
				documents.set(digestOf(sbom.document), sbom);
			}
		}
		verified.push(documents);
	}
	const [first, ...rest] = verified;
	const common = [...first ?? []].flatMap(([digest, sbom]) => rest.every((list) => list.has(digest)) ? [sbom] : []);
	return {
		found: common.find((sbom) => wasApproved(request, relyOnAttestation(sbom.type, sbom))) ?? common.toSorted((a, b) => b.time - a.time)[0],
		others
	};
}
function tellMissing(platform, lists, others, { source, policy }) {
	const name = formatReference(pinReference(source, platform.digest));
	const where = platform.names.length === 0 ? name : `${name} (${namePlatform(platform)})`;
	const trusted = [...new Set(lists.flatMap(({ anchors }) => anchors.map((anchor) => anchor.name)))];
	const message = [
		`${where} has no attested SBOM that could be scanned: scan.from is sbom, and none of type ${SBOM_TYPES.slice(0, 2).join(" or ")} verifies${trusted.length === 0 ? "" : ` by ${trusted.join(" or ")}`}.`,
		...new Set(lists.flatMap(({ lapsed }) => lapsed)),
		...others.length === 0 ? [] : [`Found instead: ${listForeign(others)}.`]
	].join(" ");
	const policies = policy.stated["scan.from"] ?? [];
	return {
		code: "ATTESTATION_MISSING",
		message,
		hint: "Attest an SBOM of this very digest (of every platform of an index), signed as one of them, or set scan.from: image.",
		...platform.names.length === 0 ? {} : { platform: namePlatform(platform) },
		...policies.length === 0 ? {} : { policies }
	};
}
// src/policy/builder-pattern.ts
/** True for the id of a builder, or a prefix of ids that ends in `/*` or `@*` behind a host. */
function isBuilderPattern(text) {
	if (!/^[\x21-\x7e]+$/.test(text)) return false;
	const star = text.indexOf("*");
	return star < 0 || star === text.length - 1 && /^[a-z][a-z0-9+.-]*:\/\/[^/*@]+\/(?:.*[/@])?\*$/.test(text);
}
/** True when a builder is the one a pattern names, or lies below the path it ends. */
function matchesBuilder(pattern, id) {
	if (!isBuilderPattern(pattern)) return false;
	if (!pattern.endsWith("*")) return id === pattern;
	const prefix = pattern.slice(0, -1);
	return id.length > prefix.length && id.startsWith(prefix) && !/\/\.\.?(?:\/|$)/.test(id);
}
// src/policy/record-conditions.ts
/** Of a gate in a record: one that refused ends a promotion, and leaves none. */
const VERDICTS = [
	"passed",
	"reported",
	"off"
];
/** Why a statement is no record of a promotion of this source, as phrases; none when it is one. A record that was copied along, or speaks of another stage, is none. */
function findRecordFlaws(statement, { source, digest, environment }) {
	const predicate = readField(statement, ["predicate"]);
	const flaws = [...findShapeFlaws(predicate, digest)];
	const names = readList$1(statement, ["subject"]).map((subject) => readText(subject, ["name"]) ?? "");
	if (names.length === 0 || names.some((name) => name !== source.repository)) flaws.push(`it is of ${describe(names)}, not of ${source.repository}`);
	const given = readText(predicate, ["environment"]);
	if (environment !== void 0 && given !== environment) flaws.push(`its environment is ${given === void 0 ? "not said" : quoteForeign(given)}, not ${environment}`);
	const targets = readList$1(predicate, ["targets"]).map((target) => typeof target === "string" ? target : "");
	const { repository, tag } = source;
	if (!(tag === void 0 ? targets.some((target) => target.startsWith(`${repository}:`)) : targets.includes(formatReference({
		kind: "tag",
		repository,
		tag
	})))) {
		const wanted = tag === void 0 ? `a tag of ${repository}` : `${repository}:${tag}`;
		flaws.push(`it approves ${describe(targets)}, not ${wanted}`);
	}
	return flaws;
}
/** What a record cannot do without: who signs one may still have written something else. What it has beside, a later version may have added. */
function findShapeFlaws(predicate, digest) {
	const flaws = [];
	const promoted = readText(predicate, ["source", "digest"]);
	if (promoted !== digest) flaws.push(`it promoted ${promoted === void 0 ? "no digest it names" : quoteForeign(promoted)}, not ${digest}`);
	const gates = readField(predicate, ["gates"]);
	if (!Array.isArray(gates)) flaws.push("it has no list of gates");
	const bad = readList$1(predicate, ["gates"]).filter((gate) => !VERDICTS.includes(readText(gate, ["verdict"]) ?? ""));
	if (bad.length > 0) flaws.push(describeGate(bad[0]));
	if (readList$1(predicate, ["targets"]).some((target) => typeof target !== "string" || target === "")) flaws.push("not all its targets are names");
	if (readPredicateTime("https://promote-image.github.io/promotion/v1", predicate).kind !== "known") flaws.push("it does not say plainly when it was finished");
	return flaws;
}
function describeGate(gate) {
	const [name, verdict] = [readText(gate, ["name"]), readText(gate, ["verdict"])];
	return `${name === void 0 ? "one of its gates" : `its gate ${quoteForeign(name)}`} has ${verdict === void 0 ? "no verdict" : `the verdict ${quoteForeign(verdict)}`}, not passed, reported or off`;
}
function describe(names) {
	const told = names.filter((name) => name !== "").slice(0, 3);
	return told.length === 0 ? "nothing it names" : told.map((name) => quoteForeign(name)).join(", ");
}
// src/policy/attestation-conditions.ts
/** What in a statement does not meet the conditions of a requirement, its age aside, as phrases; none when all is met. Whatever cannot be read is not met. */
function findConditionFlaws(requirement, statement, { source, digest }) {
	const type = readText(statement, ["predicateType"]);
	if (type !== requirement.type) return [`its type is ${tell(type)}`];
	if (!namesDigest(statement, digest)) return [`it is not about ${digest}`];
	return [
		...findScannerFlaws(requirement, statement),
		...findProvenanceFlaws(requirement, statement),
		...type === "https://promote-image.github.io/promotion/v1" ? findRecordFlaws(statement, {
			source,
			digest,
			environment: requirement.environment
		}) : demandNothing("environment", requirement.environment)
	];
}
function namesDigest(statement, digest) {
	return readList$1(statement, ["subject"]).some((subject) => readText(subject, ["digest", digestAlgorithm(digest)]) === digestHex(digest));
}
function findScannerFlaws({ scanner }, statement) {
	if (scanner === void 0) return [];
	const uri = readText(statement, [
		"predicate",
		"scanner",
		"uri"
	]);
	const vendor = readText(statement, [
		"predicate",
		"scanner",
		"vendor"
	]);
	const wanted = scanner.toLowerCase();
	if (`/${(uri ?? "").toLowerCase().replace(/[@?#].*$/s, "")}/`.includes(`/${wanted}/`) || vendor?.toLowerCase() === wanted) return [];
	return [`its scanner is ${tell(uri ?? vendor)}, not ${scanner}`];
}
function findProvenanceFlaws(requirement, statement) {
	const { builder, repository, branch, level } = requirement;
	if ([
		builder,
		repository,
		branch,
		level
	].every((condition) => condition === void 0)) return [];
	const provenance = readProvenance(statement);
	if (provenance === void 0) return ["it is no SLSA provenance"];
	const flaws = [];
	if (builder !== void 0 && !(provenance.builder !== void 0 && matchesBuilder(builder, provenance.builder))) flaws.push(`its builder is ${tell(provenance.builder)}, not ${builder}`);
	if (repository !== void 0 && provenance.repository !== repository) flaws.push(`its source repository is ${tell(provenance.repository)}, not ${repository}`);
	const ref = branch === void 0 || branch.startsWith("refs/") ? branch : `refs/heads/${branch}`;
	if (ref !== void 0 && provenance.ref !== ref) flaws.push(`it was built from ${tell(provenance.ref)}, not ${ref}`);
	return flaws;
}
/** The schema refuses a condition that the type cannot meet; should one come here all the same, it is not met. */
function demandNothing(name, condition) {
	return condition === void 0 ? [] : [`it cannot say ${name} ${condition}`];
}
function tell(text) {
	return text === void 0 ? "not said plainly" : quoteForeign(text);
}
// src/policy/listed-anchor.ts
/** True when a signature that was verified under this anchor counts for the list: the anchor is one of it, and was not weakened on the way. */
function isListed({ anchors }, anchor) {
	return anchors.some((listed) => isSameAnchor(listed, anchor));
}
/** Who a list trusts, for a message. */
function describeAnchors({ anchors }) {
	return anchors.map(({ name }) => name).join(" or ");
}
/** By what they trust, not by name: the same key may stand in two policies. */
function isSameAnchor(a, b) {
	if (a.transparencyLog !== b.transparencyLog) return false;
	if (a.kind === "key" || b.kind === "key") return a.kind === "key" && b.kind === "key" && a.key === b.key;
	return isSameText(a.identity, b.identity) && isSameText(a.issuer, b.issuer) && a.repository === b.repository;
}
function isSameText(a, b) {
	return a.kind === b.kind && a.text === b.text;
}
// src/policy/source-signature-rule.ts
/** Refuses a source that nobody of the list has signed: any attestation by the same signer is no signature. */
function judgeSourceSignature({ source, digest, trust, verified, others }) {
	if (verified.some(({ anchor }) => isListed(trust, anchor))) return void 0;
	const name = source.kind === "digest" ? formatReference(source) : `${formatReference(source)} (${digest})`;
	const found = [...verified.map(({ signer }) => signer), ...others];
	return {
		code: "SOURCE_UNSIGNED",
		message: [
			`The source ${name} is not signed as it must be: ${trust.anchors.length === 0 ? `Nobody whom ${trust.policy} names may vouch for it now.` : `${demandOf(trust)} a signature by ${describeAnchors(trust)}, and none was found that verifies.`}`,
			...trust.lapsed,
			found.length === 0 ? "No other signature was found there." : `Found instead: ${listForeign(found)}.`
		].join(" "),
		hint: advise$1(trust),
		...policiesOf(trust)
	};
}
/** Who demands it, as the start of a sentence's rest. */
function demandOf({ policy }) {
	return policy === "the source-* inputs" ? `${policy} demand` : `${policy} demands`;
}
/** The inputs are no policy. */
function policiesOf({ policy }) {
	return policy === "the source-* inputs" ? {} : { policies: [policy] };
}
function advise$1(trust) {
	if (trust.policy === "the source-* inputs") return "Sign the source with that key or from that workflow (an attestation is no signature), or name the signer it has in the source-* inputs.";
	if (trust.anchors.length === 0) return `Give a signer of the role source in ${trust.policy} dates and images that cover this, or add the one who signs now.`;
	return `Sign the source as one of them (cosign sign; an attestation is no signature), or add the signer it has to signers in ${trust.policy}, with the role source.`;
}
// src/policy/attestation-rule.ts
/** Holds what was found at a digest against one requirement and one list of signers. One that satisfies it is enough, whatever else is attached. */
function judgeAttestation(requirement, evidence, context) {
	const judged = evidence.verified.flatMap((found, index) => isListed(context.trust, found.anchor) ? [judge$1(requirement, found, index, context)] : []).toSorted((a, b) => a.time === b.time ? a.index - b.index : b.time - a.time);
	const good = judged.find(({ flaws, stale }) => flaws.length === 0 && stale === void 0);
	if (good !== void 0) return {
		kind: "satisfied",
		index: good.index
	};
	return {
		kind: "refused",
		refusal: refuse$1(requirement, judged, [...evidence.verified.filter(({ anchor }) => !isListed(context.trust, anchor)).map(({ signer }) => signer), ...evidence.others], context)
	};
}
function judge$1(requirement, { statement, signer }, index, context) {
	const made = readPredicateTime(requirement.type, readField(statement, ["predicate"]));
	const time = made.kind === "known" ? made.time.getTime() : Number.NEGATIVE_INFINITY;
	const flaws = [...findConditionFlaws(requirement, statement, context)];
	const { maxAge } = requirement;
	const age = context.now.getTime() - time;
	if (maxAge !== void 0 && made.kind === "absent") flaws.push("it does not say when it was made");
	if (made.kind === "unreadable" && maxAge !== void 0) flaws.push(`it says no time of RFC 3339 but ${quoteForeign(made.text)}`);
	if (made.kind === "known" && maxAge !== void 0 && !(age >= -3e5)) flaws.push(`it is dated ${made.time.toISOString()}, which is still to come`);
	return {
		index,
		signer,
		time,
		flaws,
		stale: maxAge !== void 0 && made.kind === "known" && !(age <= maxAge) ? `it is of ${made.time.toISOString()}, ${formatDuration(age)} ago, and may be ${formatDuration(maxAge)} old` : void 0
	};
}
function refuse$1(requirement, judged, others, { source, digest, trust }) {
	const onlyStale = judged.some(({ flaws, stale }) => flaws.length === 0 && stale !== void 0);
	const code = judged.length === 0 ? "ATTESTATION_MISSING" : onlyStale ? "ATTESTATION_STALE" : "ATTESTATION_INVALID";
	const name = formatReference(pinReference(source, digest));
	const demander = requirement.policy === trust.policy ? "" : ` (${requirement.policy} requires the attestation)`;
	const who = `${demandOf(trust)} one by ${describeAnchors(trust)}${demander}`;
	const wanted = trust.anchors.length === 0 ? `${requirement.policy} requires one, and nobody may sign it now as ${requirement.role}${requirement.policy === trust.policy ? "" : ` by ${trust.policy}`}.` : `${who}, and none was found that verifies.`;
	const flawed = judged.map(({ signer, flaws, stale }) => {
		const reasons = [...flaws, ...stale === void 0 ? [] : [stale]];
		return `${quoteForeign(signer)}: ${reasons.join(", and ")}`;
	});
	const conditions = describeConditions(requirement);
	const verdict = onlyStale ? "is too old" : "does not say what is required";
	const message = [
		flawed.length === 0 ? `${name} lacks an attestation of type ${requirement.type}${conditions}: ${wanted}` : `The attestation of type ${requirement.type} at ${name} ${verdict}: ${joinFew(flawed)}. ${who}${conditions}.`,
		...trust.lapsed,
		...others.length === 0 ? [] : [`By others or unverified: ${listForeign(others)}.`],
		...flawed.length + others.length === 0 ? ["No attestation of this type was found there."] : []
	].join(" ");
	const policies = /* @__PURE__ */ new Set([requirement.policy, ...policiesOf(trust).policies ?? []]);
	return {
		code,
		message,
		hint: advise(code, requirement, trust),
		policies: [...policies]
	};
}
/** The reasons were quoted one by one already. */
function joinFew(texts) {
	const distinct = [...new Set(texts)];
	const more = distinct.length - 3;
	return `${distinct.slice(0, 3).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
function describeConditions({ maxAge, scanner, builder, repository, branch, environment }) {
	const conditions = [
		maxAge === void 0 ? "" : `at most ${formatDuration(maxAge)} old`,
		scanner === void 0 ? "" : `by ${scanner}`,
		builder === void 0 ? "" : `built by ${builder}`,
		repository === void 0 ? "" : `from ${repository}`,
		branch === void 0 ? "" : `on ${branch}`,
		environment === void 0 ? "" : `for the environment ${environment}`
	].filter((text) => text !== "");
	return conditions.length === 0 ? "" : ` (${conditions.join(", ")})`;
}
/** What this tool attaches itself it renews by what it is told of the age, so that it must read the same policy. */
function adviseRenewal(type, policy) {
	if (type === "https://promote-image.github.io/promotion/v1" || type === "https://slsa.dev/verification_summary/v1") return `Run the promotion of the stage before again, with existing-tag: accept-same-digest and with ${policy}: it attaches a new one once the old one has half of this age`;
	return `Run again what makes ${type}, and attach its new result to this digest${type === "https://cosign.sigstore.dev/attestation/vuln/v1" ? ` (a promotion or scan that attests does, when it is run with ${policy})` : ""}`;
}
function advise(code, { type, role, policy }, trust) {
	const change = `or change attestations.require in ${policy}.`;
	if (trust.anchors.length === 0) return `Give a signer of the role ${role} dates and images that cover this, or add the one who signs now; ${change}`;
	if (code === "ATTESTATION_STALE") return `${adviseRenewal(type, policy)}, ${change}`;
	if (code === "ATTESTATION_MISSING") return `Let the stage before attach it to this very digest, signed as one of them (an attestation of another digest or signer does not count), ${change}`;
	return `Promote an image whose attestation says what is required, ${change}`;
}
// src/promote/required-attestations.ts
/** Holds each requirement against what is attached to the source, for every list of signers on its own: an attestation that one policy accepts is none for the other. */
async function checkAttestations(context) {
	const { policy, source, keys, sourceAnchor } = context.request;
	const results = [];
	for (const requirement of policy.attestations) {
		const lists = selectAttestationTrust(requirement, policy, source.repository, context.now, keys, sourceAnchor);
		for (const trust of lists) results.push(await check(requirement, trust, context));
	}
	return {
		refusals: results.flatMap(({ refusals }) => refusals),
		accepted: results.flatMap(({ accepted }) => accepted),
		evidence: results.flatMap(({ evidence }) => evidence)
	};
}
/** One on the root is enough; else every platform of an index must have its own. */
async function check(requirement, trust, context) {
	const root = await judge(requirement, trust, context.digest, context);
	if ("found" in root) return accept([{
		requirement,
		found: root.found
	}], "", context.now);
	const children = (await context.platforms.list()).filter(({ digest }) => digest !== context.digest);
	if (children.length === 0 || root.refusal.code !== "ATTESTATION_MISSING") return refuse([root.refusal]);
	const judged = [];
	for (const platform of children) judged.push({
		platform,
		verdict: await judge(requirement, trust, platform.digest, context)
	});
	const found = judged.flatMap(({ verdict }) => "found" in verdict ? [{
		requirement,
		found: verdict.found
	}] : []);
	if (found.length === children.length) return accept(found, children.length === 1 ? " on its platform" : ` on each of its ${children.length} platforms`, context.now);
	if (judged.every(({ verdict }) => "refusal" in verdict && verdict.refusal.code === "ATTESTATION_MISSING")) {
		const message = `${root.refusal.message} Nor has ${children.length === 1 ? "its platform" : `any of its ${children.length} platforms`}.`;
		return refuse([{
			...root.refusal,
			message
		}]);
	}
	return refuse(judged.flatMap(({ platform, verdict }) => "refusal" in verdict ? [{
		...verdict.refusal,
		platform: namePlatform(platform)
	}] : []));
}
async function judge(requirement, trust, digest, { request, reader, now }) {
	const { type } = requirement;
	const { verified, others } = await reader.findAttestations(digest, type, trust.anchors);
	const context = {
		source: request.source,
		digest,
		trust,
		now
	};
	const approved = verified.filter((each) => wasApproved(request, relyOnAttestation(type, each)));
	const still = judgeAttestation(requirement, {
		verified: approved,
		others
	}, context);
	const [evidence, verdict] = still.kind === "satisfied" ? [approved, still] : [verified, judgeAttestation(requirement, {
		verified,
		others
	}, context)];
	if (verdict.kind === "refused") return { refusal: verdict.refusal };
	const found = evidence[verdict.index];
	if (found === void 0) throw new TypeError("an attestation was accepted that was not found");
	return { found };
}
function accept(accepted, where, now) {
	const [first] = accepted;
	if (first === void 0) return refuse([]);
	const by = [...new Set(accepted.map(({ found }) => found.signer))].map((signer) => quoteForeign(signer)).join(" and ");
	const ages = accepted.flatMap(({ requirement, found }) => findAge(requirement.type, found.statement, now) ?? []);
	const age = ages.length === 0 ? "" : `, ${formatDuration(Math.max(0, ...ages))} old`;
	return {
		refusals: [],
		accepted,
		evidence: [`${first.requirement.type} by ${by}${where}${age}`]
	};
}
/** Milliseconds since it was made, where its predicate says when. */
function findAge(type, statement, now) {
	const made = readPredicateTime(type, readField(statement, ["predicate"]));
	return made.kind === "known" ? now.getTime() - made.time.getTime() : void 0;
}
function refuse(refusals) {
	return {
		refusals,
		accepted: [],
		evidence: []
	};
}
// src/promote/source-signature.ts
/** Everyone who demands a signature of the source: each policy that names signers of that role, and the inputs. Each of them must be satisfied. */
function listSignatureTrust(request, now) {
	const { policy, source, keys, sourceAnchor } = request;
	const lists = selectTrust(policy, "source", source.repository, now, keys);
	return sourceAnchor === void 0 ? lists : [...lists, trustInput(sourceAnchor)];
}
/** Holds the signatures of the root against every list. A signature of a platform alone is none of the index: what is promoted is the index. */
async function checkSignature(request, digest, lists, reader) {
	const refusals = [];
	const relied = [];
	const evidence = [];
	for (const trust of lists) {
		const { verified, others } = await reader.findSignatures(digest, trust.anchors);
		const refusal = judgeSourceSignature({
			source: request.source,
			digest,
			trust,
			verified,
			others
		});
		if (refusal !== void 0) {
			refusals.push(refusal);
			continue;
		}
		const listed = verified.filter(({ anchor }) => isListed(trust, anchor));
		const found = listed.find((each) => wasApproved(request, relyOnSignature(each))) ?? listed[0];
		if (found === void 0) throw new TypeError("a signature was accepted, and none is of the list");
		relied.push(relyOnSignature(found));
		evidence.push(`signed by ${quoteForeign(found.signer)}, whom ${trust.policy} ${nameTrust(trust)}`);
	}
	return {
		refusals,
		relied,
		evidence
	};
}
function nameTrust({ policy, anchors }) {
	const verb = policy.startsWith("the ") ? "name" : "names";
	return anchors.length > 1 ? `${verb} with ${anchors.length - 1} more` : verb;
}
// src/promote/source-evidence.ts
const NOTHING_DEMANDED = {
	gates: [],
	refusals: [],
	relied: [],
	sboms: /* @__PURE__ */ new Map()
};
/** Reads and verifies what the source must carry. Nothing is asked of the registry or of cosign when nothing is demanded; what is missing is refused, all of it together. */
async function gatherSourceEvidence(request, facts, verifier, ports) {
	if (!needsSourceEvidence(request)) return NOTHING_DEMANDED;
	if (verifier === void 0) throw new TypeError("signatures are demanded, and there is nothing to verify them with");
	const now = ports.clock();
	const { digest } = facts.source;
	const { openEvidence } = await import("./evidence-reader2.js");
	const reader = openEvidence(ports.source, request.source.repository, verifier);
	try {
		const lists = listSignatureTrust(request, now);
		const context = {
			request,
			digest,
			platforms: openPlatforms(request, facts, ports),
			reader,
			now
		};
		const [signature, attestations, sboms] = await runTogether(ports.signal, () => [
			checkSignature(request, digest, lists, reader),
			checkAttestations(context),
			scansSboms(request.policy) ? findSboms(context) : Promise.resolve(NO_SBOMS)
		]);
		const evidence = sumUp(lists.length > 0, signature, attestations, sboms);
		for (const { name, verdict, evidence: why } of evidence.gates) ports.log.info(`${name}: ${verdict}: ${why}`);
		return evidence;
	} finally {
		await reader.close();
	}
}
const NO_SBOMS = {
	sboms: /* @__PURE__ */ new Map(),
	refusals: [],
	relied: [],
	evidence: []
};
/** True when gatherSourceEvidence has something to verify, and so needs a verifier. */
function needsSourceEvidence({ policy, sourceAnchor }) {
	return policy.signers.some(({ signers }) => signers.some(({ role }) => role === "source")) || sourceAnchor !== void 0 || policy.attestations.length > 0 || scansSboms(policy);
}
function sumUp(isSignatureDemanded, signature, attestations, sboms) {
	const lacking = [...attestations.refusals, ...sboms.refusals];
	const relied = [
		...signature.relied,
		...attestations.accepted.map(toRelied),
		...sboms.relied
	];
	const attested = [.../* @__PURE__ */ new Set([...attestations.evidence, ...sboms.evidence])].join("; ");
	return {
		gates: [...isSignatureDemanded ? [toGate("Source signature", signature.refusals, signature.evidence.join("; "))] : [], ...lacking.length > 0 || attested !== "" ? [toGate("Required attestations", lacking, attested)] : []],
		refusals: [...signature.refusals, ...lacking],
		relied: [...new Map(relied.map((entry) => [JSON.stringify(entry), entry])).values()],
		accepted: attestations.accepted.map(({ found }) => found),
		...readRevision(attestations.accepted),
		...readLevel(attestations.accepted),
		sboms: sboms.sboms
	};
}
function toRelied({ requirement, found }) {
	return relyOnAttestation(requirement.type, found);
}
/** The commit on which all accepted provenance agrees, else the one of former records. A record that took it from a label has proven nothing by being signed. */
function readRevision(accepted) {
	const statements = accepted.map(({ found }) => found.statement);
	const provenance = statements.map(readProvenance).filter((read) => read !== void 0);
	if (provenance.length > 0) {
		const [commit, ...others] = new Set(provenance.map((read) => read.commit));
		return commit === void 0 || others.length > 0 ? {} : { revision: {
			commit,
			from: "provenance"
		} };
	}
	const records = statements.filter((statement) => readText(statement, ["predicateType"]) === RECORD_PREDICATE).filter((record) => ["provenance", "record"].includes(readText(record, ["predicate", "revisionEvidence"]) ?? ""));
	const [commit, ...others] = new Set(records.map((record) => readText(record, ["predicate", "revision"])));
	return commit === void 0 || others.length > 0 ? {} : { revision: {
		commit,
		from: "record"
	} };
}
/** The least of what the policies say that the accepted provenance is worth. */
function readLevel(accepted) {
	const [least] = accepted.flatMap(({ requirement }) => requirement.level ?? []).toSorted();
	return least === void 0 ? {} : { level: least };
}
// src/promote/prepared.ts
/** Provides cosign where anything is verified or signed, and tries the key, so that a wrong password is found before anything is read or written. */
async function prepare(request, ports, room) {
	if (request.key === void 0 && !needsSourceEvidence(request)) return {
		verifier: void 0,
		signer: void 0
	};
	const [{ openCosign }, { prepareSigner }] = await Promise.all([import("./cosign.js"), import("./signer2.js")]);
	const cosign = await openCosign(request, ports, room);
	return {
		verifier: cosign.verifier,
		signer: await prepareSigner(request, ports, cosign)
	};
}
// src/promote/kit.ts
/** Opens it: cosign and the key, and Trivy and its database where anything is scanned, are on their way when this returns. What fails there is thrown by whoever needs it. */
async function openKit(request, ports) {
	const places = await openRunRoom(ports.workDirectory);
	const { room, results } = places;
	const closing = new AbortController();
	const signal = AbortSignal.any([ports.signal, closing.signal]);
	const begin = (work) => {
		const log = holdLog(ports.log);
		const ended = work({
			...ports,
			signal,
			log
		});
		ended.catch(() => void 0);
		return {
			ended,
			log
		};
	};
	const preparing = begin((own) => prepare(request, own, room));
	const { scans = request.policy.scan.mode !== "off" } = request;
	const scanning = scans ? begin((own) => prepareScanner(withScan(request), own, room)) : void 0;
	let images = 0;
	return {
		...places,
		prepared: () => preparing.ended,
		scanner: async (mode) => mode === "off" ? void 0 : scanning?.ended,
		tell: (what) => (what === "signer" ? preparing : scanning)?.log.release(),
		blobs: new BlobPool(),
		layout: await createLayout(join(room, "layout")),
		async openPlaces() {
			const name = `image-${++images}`;
			const own = {
				room: join(room, name),
				results: join(results, name)
			};
			await Promise.all(Object.values(own).map((directory) => mkdir(directory, { recursive: true })));
			return own;
		},
		async close() {
			closing.abort();
			await Promise.allSettled([preparing.ended, scanning?.ended]);
			await clearRunRoom(places, ports.log);
		}
	};
}
/** One image that is not scanned does not keep the scanner from the others. */
function withScan(request) {
	const { scan } = request.policy;
	return {
		...request,
		policy: {
			...request.policy,
			scan: {
				...scan,
				mode: "enforce"
			}
		}
	};
}
// src/promote/fetch.ts
/** Begins to read everything: each source blob once, what refers to the image; and the right to push is tried meanwhile. Where no layer is scanned, none touches the disk. */
async function startFetch(request, context, ports) {
	const { graph, kit, signal } = context;
	const { source: client, log } = ports;
	const { repository } = request.source;
	const { layout, blobs: pool } = kit;
	const hold = pool.hold(graph.blobs, layout);
	const isStreamed = streams(request);
	const { store, whole } = await openImageStore(graph, {
		client,
		repository,
		layout
	}, {
		isStreamed,
		pool,
		hold,
		signal
	}, ports);
	const probing = request.dryRun ? Promise.resolve() : probeAll(listRepositories(request), ports);
	const uploads = startUploads(request, {
		...context,
		store
	}, probing, ports);
	const ended = runTogether(signal, () => [
		whole,
		request.referrers === "copy" ? fetchReferrers(graph, client, repository, layout, {
			isStreamed,
			pool
		}) : Promise.resolve(NO_REFERRERS),
		probing
	]).then(([, referrers]) => {
		if (request.referrers === "copy") log.info(`Attached to it: ${describeSource(referrers, graph.root.digest)}`);
		return {
			graph,
			store,
			referrers
		};
	});
	for (const each of [ended, ...uploads.values()]) each.catch(() => void 0);
	return {
		store,
		uploads,
		ended,
		hold
	};
}
/** With several target registries each byte would be read several times. */
function streams({ policy, targets }) {
	return (policy.scan.mode === "off" || policy.scan.from === "sbom") && new Set(targets.map(({ repository }) => registryOf(repository))).size === 1;
}
function listRepositories({ targets }) {
	return [...new Set(targets.map((target) => target.repository))];
}
async function probeAll(repositories, { target }) {
	for (const repository of repositories) await target.probePush(repository, { waits: false });
}
/** With several repositories, nothing goes up before each of them said that it takes it. */
function startUploads(request, context, probing, ports) {
	const uploads = [];
	if (!uploadsEarly(request)) return /* @__PURE__ */ new Map();
	const repositories = Map.groupBy(request.targets, ({ repository }) => repository);
	const { graph, store, signal, onTouched, kit, decision, isReady } = context;
	const upload = {
		graph,
		store,
		pool: kit.blobs,
		signal,
		onTouched
	};
	let before = repositories.size === 1 ? isReady : Promise.all([isReady, probing]);
	for (const [repository, targets] of repositories) {
		if (targets.every((target) => actionOf(decision.plan, target) === "keep")) continue;
		const ended = before.then(() => uploadBlobs(repository, upload, request, ports)).catch(explain(probing));
		uploads.push([repository, ended]);
		before = ended;
	}
	return new Map(uploads);
}
/** The trial of the right to push says best what is wrong with it. */
function explain(probing) {
	return async (error) => {
		await probing;
		throw error;
	};
}
// src/promote/reading.ts
/** Begins that. Bytes that may go to a target early wait until the key was tried. */
function startReading({ request, ports, journal, kit, places, evidence, decision, graph }) {
	const stop = new AbortController();
	const signal = AbortSignal.any([ports.signal, stop.signal]);
	const [fetchLog, scanLog] = [holdLog(ports.log), holdLog(ports.log)];
	const { mode } = request.policy.scan;
	const fetching = graph.then((graph) => {
		journal.bytes = totalBytes(graph);
		const onTouched = () => {
			journal.targetTouched = true;
		};
		return startFetch(request, {
			graph,
			decision,
			kit,
			signal,
			onTouched,
			isReady: kit.prepared()
		}, {
			...ports,
			log: fetchLog
		});
	});
	const scanned = fetching.then(async ({ store }) => {
		const scanner = await kit.scanner(mode);
		return runScanGates({
			graph: await graph,
			store,
			sboms: evidence.sboms
		}, scanner, request, {
			...ports,
			log: scanLog
		}, places);
	});
	const fetched = fetching.then(async ({ ended, uploads }) => {
		return {
			image: await ended,
			scanner: await kit.scanner(mode),
			uploads
		};
	});
	const all = [
		fetched,
		scanned,
		fetching.then(({ uploads }) => Promise.allSettled(uploads.values()))
	];
	for (const each of all) each.catch(() => void 0);
	return {
		fetched,
		fetchLog,
		scanned,
		scanLog,
		async close() {
			stop.abort();
			await Promise.allSettled(all);
			await fetching.then(({ hold }) => hold.release()).catch(() => void 0);
		}
	};
}
// src/promote/promote.ts
/**
* Promotes one image: facts, plan, fetch once, gates, and only then copy, carry over, sign, attest, verify, tag.
* Always returns an outcome; what could not be decided ends as `failed`, with the error and all that was learned.
* With a kit that images share, it is closed by whoever opened it.
*/
async function promote(request, ports, kit) {
	const journal = new Journal(request, ports.clock);
	if (kit !== void 0) {
		const places = await kit.openPlaces();
		try {
			return await conduct(request, ports, journal, kit, places);
		} finally {
			await rm(places.room, {
				recursive: true,
				force: true
			}).catch(() => void 0);
		}
	}
	const own = await openKit(request, ports);
	try {
		return await conduct(request, ports, journal, own, own);
	} finally {
		await own.close();
	}
}
async function conduct(request, ports, journal, kit, places) {
	try {
		return await run(request, ports, journal, kit, places);
	} catch (error) {
		return journal.end("failed", explainEnd(error, ports.signal));
	}
}
/** Who ended the run from outside says why better than the request that was cut off; but what became of a tag comes first. */
function explainEnd(error, { aborted, reason }) {
	const isAboutTags = error instanceof PromotionError || error instanceof TagError;
	if (aborted && reason instanceof DomainError && !isAboutTags) return reason;
	return isDiskFull(error) && !isAboutTags ? toDiskFull("no space left to write what the promotion needs", error) : error;
}
async function run(request, ports, journal, kit, places) {
	const { log } = ports;
	const held = holdLog(log);
	let isOver = false;
	let reading;
	const resolving = resolve$1(request, {
		...ports,
		log: held
	}, kit, journal).then((resolved) => {
		const permitted = {
			request,
			ports,
			journal,
			kit,
			places,
			...resolved
		};
		if (!(resolved.decision.refusals.length + resolved.evidence.refusals.length > 0) && !isOver) reading = startReading(permitted);
		return permitted;
	});
	resolving.catch(() => void 0);
	try {
		const { signer } = await log.group("Prepare", () => {
			kit.tell("signer");
			return kit.prepared();
		});
		journal.publicKey = signer?.signer.publicKey;
		journal.anchor = signer?.signer.expectedAnchor;
		if (signer === void 0 && (request.sign || request.attest)) journal.remarks.push("The signing key was not tried: this job has neither a key nor an identity token.");
		const permitted = await log.group("Resolve source and targets", async () => {
			held.release();
			await notePlan(await resolving);
			return resolving;
		});
		if (reading === void 0) return journal.end("refused");
		return await carryOut(permitted, reading, signer);
	} finally {
		isOver = true;
		await reading?.close();
	}
}
/** Writes down what was decided before a byte of the image was read. */
async function notePlan({ request, journal, places, decision, evidence }) {
	journal.gates.push(...decision.gates, ...evidence.gates);
	journal.refusals.push(...decision.refusals, ...evidence.refusals);
	journal.relied.push(...evidence.relied);
	await keepPlan(concludePlan(request, decision, journal), journal, places);
}
/** What the registries say, what is signed about the source, and whether all of it may be. */
async function resolve$1(request, ports, kit, journal) {
	let graph;
	const signer = async () => (await kit.prepared()).signer;
	const { asked: evidence, ...facts } = await gatherFacts(request, signer, ports, async (source) => {
		const { repository } = request.source;
		journal.pinned = pinReference(request.source, source.digest);
		graph = loadGraph(source, (digest) => ports.source.getManifest(repository, digest));
		graph.catch(() => void 0);
		const verifier = needsSourceEvidence(request) ? (await kit.prepared()).verifier : void 0;
		return gatherSourceEvidence(request, { source }, verifier, ports);
	});
	if (graph === void 0) throw new TypeError("a source that was resolved has a graph");
	return {
		evidence,
		decision: decide(request, facts, evidence.relied),
		graph
	};
}
// src/promote/redact.ts
/** An outcome whose free texts hold no secret: what a registry or a tool said may quote what we sent it. References and paths stay, since later steps use them. */
function redactOutcome(outcome, redact) {
	return {
		...outcome,
		gates: outcome.gates.map((gate) => ({
			...gate,
			evidence: redact(gate.evidence)
		})),
		notes: outcome.notes.map(redact),
		refusals: outcome.refusals.map((refusal) => ({
			...refusal,
			message: redact(refusal.message),
			...refusal.hint === void 0 ? {} : { hint: redact(refusal.hint) }
		})),
		error: redactError(outcome.error, redact)
	};
}
// src/batch/item-text.ts
/** Where a promotion goes: its first target, and how many more there are. */
function nameTargets({ targets }) {
	const [first, ...rest] = targets;
	const name = first === void 0 ? "nowhere" : formatReference(first.target);
	return rest.length === 0 ? name : `${name} and ${rest.length} more`;
}
/** Why a promotion was refused or failed, each reason; none when it went well. */
function listTroubles({ result, refusals, error }) {
	if (result === "refused") return refusals.map(({ code, message, hint }) => ({
		code,
		message,
		hint
	}));
	if (result !== "failed") return [];
	return [describeFailure(error)];
}
/** An error as a reason. */
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
// src/batch/list-images.ts
/** What became of every target of every promotion, in the order of the file. */
function listImages(items) {
	return items.flatMap(({ outcome }) => outcome.targets.map(({ target, result, code }) => ({
		target: formatReference(target),
		digest: outcome.pinned?.digest ?? "",
		result,
		...code === void 0 ? {} : { code }
	})));
}
// src/batch/outcome.ts
/** From the worst. */
const RESULTS = [
	"failed",
	"refused",
	"promoted",
	"planned",
	"unchanged"
];
/** The worst of several; what was not begun, since something else went wrong, says nothing. Of none it is `unchanged`: there was nothing to do. */
function joinResults(items) {
	const ended = items.filter(({ begun }) => begun);
	const counted = ended.length === 0 ? items : ended;
	return RESULTS.find((result) => counted.some(({ outcome }) => outcome.result === result)) ?? "unchanged";
}
/** How many of each result; those that were not begun are counted apart. */
function countResults(items) {
	const counts = {
		promoted: 0,
		unchanged: 0,
		planned: 0,
		refused: 0,
		failed: 0,
		"not begun": 0
	};
	for (const { begun, outcome } of items) counts[begun ? outcome.result : "not begun"] += 1;
	return counts;
}
/** What failed, what was refused, what was not begun, then what went well, each in the order of the file: whoever reads only the beginning has seen what needs them. */
function worstFirst(items) {
	const rank = ({ begun, outcome }) => begun ? RESULTS.indexOf(outcome.result) : RESULTS.indexOf("refused") + .5;
	return items.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number);
}
// src/batch/outputs.ts
/** GitHub keeps 1 MB of a job's outputs, counted as UTF-16: two bytes a character. All together stay below; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs */
const MAX_LENGTHS = {
	images: 24e4,
	refusals: 1e5,
	record: 1e5
};
/** How many findings a refusal tells of, the most that leave room for all refusals. */
const FINDINGS = [
	100,
	20,
	5,
	0
];
/** More annotations than these only make the log long: the summary has all. */
const MAX_ANNOTATIONS = 50;
/** An outcome as the outputs of the action; what is not known is the empty string, or empty JSON. */
function toBatchOutputs(outcome) {
	const { result, items, scanReports, sarif, plan, dryRun } = outcome;
	return {
		...NO_OUTPUTS,
		result,
		images: listFittingImages(items),
		refusals: listRefusals(items),
		vulnerabilities: JSON.stringify(sumCounts(items)),
		"scan-report": scanReports ?? "",
		sarif: sarif ?? "",
		plan: plan?.path ?? "",
		"plan-digest": plan?.digest ?? "",
		matrix: JSON.stringify(dryRun && plan !== void 0 ? toMatrix(plan) : {}),
		record: listRecords(items)
	};
}
/** 0 done or nothing to do, 1 could not decide, 2 wrong use (found late, and nothing else went wrong), 3 refused. */
function toBatchExitCode({ result, items, error }) {
	if (result === "refused") return 3;
	if (result !== "failed") return 0;
	const failed = items.filter(({ begun, outcome }) => begun && outcome.result === "failed");
	const causes = error === void 0 ? failed.map(({ outcome }) => outcome.error) : [error];
	const isUsage = causes.every((cause) => cause instanceof DomainError && cause.code === "USAGE");
	return causes.length > 0 && isUsage ? 2 : 1;
}
/** One for each promotion that went wrong, those that failed first: GitHub shows the first ten. */
function toBatchAnnotations({ items }) {
	const bad = worstFirst(items).filter(({ begun, outcome }) => begun && listTroubles(outcome).length > 0);
	const shown = bad.slice(0, MAX_ANNOTATIONS).flatMap(({ outcome }) => {
		const [first, ...rest] = listTroubles(outcome);
		if (first === void 0) return [];
		const more = rest.map(({ code, message }) => ` ${code}: ${message}`).join("");
		return [{
			title: first.code,
			message: `${nameTargets(outcome)}: ${first.message}${more}`,
			hint: first.hint
		}];
	});
	const rest = bad.length - shown.length;
	if (rest <= 0) return shown;
	return [...shown, {
		title: "More",
		message: `${rest} more were refused or failed; the job summary has every image.`
	}];
}
/** In the order of the file; where there is no room for all, what went wrong comes first. */
function listFittingImages(items) {
	const text = JSON.stringify(listImages(items));
	return text.length <= MAX_LENGTHS.images ? text : toJson(listImages(worstFirst(items)), MAX_LENGTHS.images);
}
/** As many entries as there is room for. */
function toJson(entries, maxLength) {
	return `[${takeFitting(entries.map((entry) => JSON.stringify(entry)), maxLength - 2).join(",")}]`;
}
function takeFitting(texts, maxLength) {
	let length = 0;
	const end = texts.findIndex((text) => {
		length += text.length + 1;
		return length > maxLength;
	});
	return end < 0 ? texts : texts.slice(0, end);
}
function listRefusals(items) {
	const refusals = items.flatMap(({ outcome }) => outcome.refusals.map((refusal) => ({
		source: formatReference(outcome.source),
		...refusal
	})));
	const tellWith = (most) => refusals.map((refusal) => refusal.findings === void 0 ? refusal : {
		...refusal,
		findings: refusal.findings.slice(0, most)
	});
	return toJson(FINDINGS.map(tellWith).find((told) => JSON.stringify(told).length <= MAX_LENGTHS.refusals) ?? tellWith(0), MAX_LENGTHS.refusals);
}
function listRecords(items) {
	return takeFitting(items.flatMap(({ outcome }) => outcome.evidence.flatMap(({ recordPath }) => recordPath ?? [])), MAX_LENGTHS.record).join("\n");
}
function toMatrix({ shards }) {
	return { shard: Array.from({ length: shards }, (_, i) => `${i + 1}/${shards}`) };
}
function sumCounts(items) {
	const counts = items.flatMap(({ outcome }) => outcome.scan?.counts ?? []);
	if (counts.length === 0) return {};
	return Object.fromEntries(SEVERITIES.map((severity) => [severity, counts.reduce((sum, each) => sum + each[severity], 0)]));
}
// src/batch/redact.ts
/** An outcome whose free texts hold no secret, as of each of its promotions. */
function redactBatch(outcome, redact) {
	return {
		...outcome,
		items: outcome.items.map((item) => ({
			...item,
			outcome: redactOutcome(item.outcome, redact)
		})),
		error: redactError(outcome.error, redact)
	};
}
// src/promote/logins.ts
/** Reads the logins of the inputs, for all images of a run: those of a side hold on that side only and come before `registry-auth`. No problem quotes a secret. */
async function readCredentials(fields, sources, targets) {
	const shared = await readRegistryAuth(fields);
	const [sourceHosts, targetHosts] = [sources, targets].map((references) => [...new Set(references.map(({ repository }) => registryOf(repository)))]);
	return {
		source: new Map([...shared, ...readLogin(fields, "source", sourceHosts)]),
		target: new Map([...shared, ...readLogin(fields, "target", targetHosts)])
	};
}
/** Nobody reads more of them. */
const MAX_HOSTS = 10;
function readLogin(fields, role, hosts) {
	const username = fields.text(`${role}-username`);
	const password = fields.secret(`${role}-password`).replace(/\r?\n$/, "");
	if (username === "" && password === "") return /* @__PURE__ */ new Map();
	if (username === "" || password === "") {
		const missing = username === "" ? "username" : "password";
		fields.addProblem(`${role}-${missing}`, "is empty while the other half of the login is given.", `Set both ${role}-username and ${role}-password, or neither (an empty secret is often one that this job cannot see).`);
		return /* @__PURE__ */ new Map();
	}
	const [host, second] = hosts;
	if (second !== void 0) fields.addProblem(`${role}-username`, `is one login, but the ${role} names several registries: ${hosts.slice(0, MAX_HOSTS).join(", ")}.`, "Use registry-auth, with an entry for each.");
	return host === void 0 ? /* @__PURE__ */ new Map() : /* @__PURE__ */ new Map([[host, {
		username,
		password
	}]]);
}
// src/promote/reference-inputs.ts
const SAME_PLAN = "Leave the input out, or make a plan again with these inputs.";
/** What is promoted: the input, or what the approved plan names; given both, they must agree. */
function readSource(fields, plan) {
	if (!fields.isGiven("source")) {
		if (plan !== void 0) return fields.attempt("plan", () => parseReference(plan.source.reference));
		return;
	}
	const source = fields.attempt("source", () => parseReference(fields.text("source")));
	if (plan !== void 0 && source !== void 0 && formatReference(source) !== plan.source.reference) fields.addProblem("source", `is ${formatReference(source)}, and the plan is for ${plan.source.reference}.`, SAME_PLAN);
	return source;
}
/** Where to: the input, or what the approved plan names; given both, they must agree, in any order. */
function readTargets(fields, source, plan) {
	if (!fields.isGiven("target")) {
		if (plan === void 0) return [];
		if (plan.targets.length === 0) fields.addProblem("plan", "names no target.", "Make a plan again.");
		return parseTargets(plan.targets.map(({ reference }) => reference), source, (message, fix) => fields.addProblem("plan", message, fix));
	}
	const lines = fields.lines("target");
	if (lines.length === 0) fields.addProblem("target", "holds only comments.", "Write one or more registry/repo:tag, a line each.");
	const targets = parseTargets(lines, source, (message, fix) => fields.addProblem("target", message, fix));
	if (plan !== void 0) compareTargets(fields, targets, plan);
	return targets;
}
function compareTargets(fields, targets, plan) {
	const wanted = new Set(targets.map(formatReference));
	const planned = new Set(plan.targets.map(({ reference }) => reference));
	const extra = [...wanted].filter((name) => !planned.has(name));
	const missing = [...planned].filter((name) => !wanted.has(name));
	if (extra.length > 0) fields.addProblem("target", `names ${extra.join(", ")}, and the plan does not.`, SAME_PLAN);
	if (missing.length > 0) fields.addProblem("target", `leaves out ${missing.join(", ")} of the plan.`, SAME_PLAN);
}
/** Parses a reference; what is wrong with it is told. */
function parseTold(text, tell) {
	try {
		return parseReference(text);
	} catch (error) {
		const { message, hint } = error;
		tell(message ?? String(error), hint ?? "");
		return;
	}
}
/** The tags that a source goes to: each once, and none of them the source itself. */
function parseTargets(names, source, tell) {
	const seen = /* @__PURE__ */ new Set();
	return names.flatMap((line) => {
		const target = parseTold(line, tell);
		if (target === void 0) return [];
		if (target.kind === "digest") {
			tell(`${line} names a digest.`, "Name a tag, registry/repo:tag: the digest is the one of the source.");
			return [];
		}
		const name = formatReference(target);
		if (seen.has(name)) tell(`${name} is named twice.`, "Remove one.");
		seen.add(name);
		if (source !== void 0 && source.tag === target.tag && source.repository === target.repository) tell(`${name} is the source itself.`, "Promote to another repository or tag.");
		return [target];
	});
}
// src/promote/signing-inputs.ts
/** Reads what is to be signed with which key, and whether that key is there; the key itself is never looked at. A dry run signs nothing and may do without key or token, since the pull request of a fork has no secrets. */
async function readSigning(fields, dryRun, context) {
	const sign = fields.flag("sign");
	const attest = fields.flag("attest");
	const annotations = readAnnotations(fields);
	return {
		sign,
		attest,
		key: sign || attest ? await readSigningKey(fields, dryRun, context, "set sign: false and attest: false") : void 0,
		annotations
	};
}
function readAnnotations(fields) {
	const annotations = /* @__PURE__ */ new Map();
	for (const line of fields.lines("signature-annotations")) {
		const equals = line.indexOf("=");
		const key = line.slice(0, Math.max(equals, 0)).trim();
		if (key === "") fields.addProblem("signature-annotations", `has the line ${JSON.stringify(line)}.`, "Write key=value.");
		else if (key === "target" || key === "environment") fields.addProblem("signature-annotations", `sets ${key}, which the promotion signs itself.`, "Choose another key.");
		else if (annotations.has(key)) fields.addProblem("signature-annotations", `sets ${key} twice.`, "Remove one.");
		else annotations.set(key, line.slice(equals + 1).trim());
	}
	return Object.fromEntries(annotations);
}
// src/promote/request.ts
/** The inputs of which each names a signer of the source. */
const SOURCE_SIGNERS = [
	"source-key",
	"source-certificate-identity",
	"source-certificate-identity-regexp"
];
/** What of a batch means nothing for one image. */
const BATCH_ONLY = [
	"shard",
	"shards",
	"max-parallel",
	"fail-fast"
];
/** Reads a request for one image, once its plan was read. */
async function readOne(fields, approved, raw, context) {
	const plan = approved !== void 0 && "plan" in approved ? approved : void 0;
	const isOneImage = approved !== void 0 || !fields.isGiven("plan");
	for (const name of isOneImage ? BATCH_ONLY : []) {
		const { default: preset } = PROMOTE_INPUTS[name];
		if (!fields.isGiven(name) || fields.text(name) === preset) continue;
		fields.addProblem(name, "is for a batch, and this is one image.", "Leave it out.");
	}
	const source = readSource(fields, plan?.plan);
	const targets = readTargets(fields, source, plan?.plan);
	const credentials = await readCredentials(fields, source === void 0 ? [] : [source], targets);
	const { tightenFor, ...settings } = await readSettings(fields, raw, context);
	throwProblems(fields.problems);
	if (source === void 0) throw new TypeError("a missing source is a problem");
	return {
		source,
		targets,
		credentials,
		plan,
		policy: tightenFor().policy,
		...settings
	};
}
/** Reads everything but which image goes where; what is wrong becomes a problem of `fields`. */
async function readSettings(fields, raw, context) {
	const dryRun = fields.flag("dry-run");
	refuseUntrustedEvent(fields, context.event, dryRun);
	const environment = fields.text("environment") || void 0;
	const signing = await readSigning(fields, dryRun, context);
	const { policies, problems } = await readPolicies(raw.policy ?? "", context.files);
	fields.addProblems(problems);
	const tools = {
		trivy: await readTool(fields, "trivy", context),
		cosign: await readTool(fields, "cosign", context)
	};
	const named = new NamedFiles(fields, context.files);
	const { exceptions, ...scan } = await readScanInputs(fields, named);
	const existingTag = readExistingTag(fields);
	const referrers = fields.choice("referrers", ["copy", "ignore"]);
	const timeoutMs = readTimeout(fields);
	const summary = fields.flag("summary");
	const merged = mergePolicies(policies, environment);
	if (problems.length === 0) fields.addProblems(merged.problems);
	const inputs = {
		...scan,
		sign: signing.sign,
		attest: signing.attest,
		hasIgnoreFiles: fields.isGiven("trivyignores"),
		...readSignature(fields),
		...readUpload(fields),
		...problems.length === 0 ? { hasSourceAnchor: SOURCE_SIGNERS.some((name) => fields.isGiven(name)) } : {}
	};
	const tightenFor = (mode) => tighten(merged.policy, {
		...inputs,
		...mode === void 0 ? {} : { scan: mode }
	});
	const { policy, problems: loosened } = tightenFor();
	fields.addProblems(loosened);
	const { signature } = policy;
	refuseKeylessLegacy(fields, signing, policy, dryRun);
	const vexDocuments = await named.readAll("policy", policy.scan.vex, "scan.vex");
	const ca = readCertificateFiles(await named.readAll("policy", policy.registries.ca, "registries.ca"));
	fields.addProblems(ca.problems);
	const signingConfig = await readSigstoreFile(fields, named, "signing-config", signature.signingConfig);
	const trustedRoot = await readSigstoreFile(fields, named, "trusted-root", signature.trustedRoot);
	const { transparencyLog } = signature;
	const sourceAnchor = await readTrustAnchor(fields, "source-", {
		...context,
		transparencyLog
	});
	if (sourceAnchor?.kind === "key") named.remember(sourceAnchor.name, sourceAnchor.key);
	if (problems.length === 0) refuseRootWithoutLog(fields, trustedRoot, "source", policy, sourceAnchor);
	const keys = await readPolicyKeys(fields, named, policy);
	const unattested = explainNoSbomSigner(policy, sourceAnchor);
	if (unattested !== void 0 && problems.length === 0) fields.addProblem("policy", unattested, "Name such a signer under signers, give source-key or source-certificate-identity, or scan the image.");
	return {
		tightenFor,
		policySources: policies.map(({ name, digest }) => ({
			name,
			digest
		})),
		environment,
		dryRun,
		existingTag,
		exceptions,
		vexDocuments: vexDocuments.map(({ text }) => text),
		ca: ca.certificates.length === 0 ? void 0 : ca.certificates.join(""),
		...signing,
		signingConfig,
		trustedRoot,
		sourceAnchor,
		keys,
		files: named.sources,
		referrers,
		tools,
		workDirectory: fields.text("work-dir"),
		timeoutMs,
		summary
	};
}
/** With a plan, a tag that got the digest since is what was approved; a batch is run again until all of it is there. */
function readExistingTag(fields) {
	if (!fields.isGiven("existing-tag")) return fields.isGiven("plan") || fields.isGiven("promotions") ? "accept-same-digest" : "refuse";
	return fields.choice("existing-tag", [
		"refuse",
		"accept-same-digest",
		"move"
	]);
}
/** What the inputs say about how the target is signed; what they leave out, the policy or the default says. */
function readSignature(fields) {
	const isFormatGiven = fields.isGiven("signature-format");
	const [signingConfig, trustedRoot] = [fields.text("signing-config"), fields.text("trusted-root")];
	return {
		...isFormatGiven ? { signatureFormat: fields.choice("signature-format", [
			"bundle",
			"legacy",
			"both"
		]) } : {},
		...signingConfig === "" ? {} : { signingConfig },
		...trustedRoot === "" ? {} : { trustedRoot }
	};
}
function readUpload(fields) {
	return fields.isGiven("upload") ? { upload: fields.choice("upload", ["after-gates", "during-gates"]) } : {};
}
/** The older form is only made with a key: what verifies it offline knows no certificates. */
function refuseKeylessLegacy(fields, { sign, key }, { signature: { format } }, dryRun) {
	if (!sign || format === "bundle" || key?.kind !== "keyless" || dryRun) return;
	fields.addProblem("cosign-key", `is empty, and signatures of the form ${format} are made with a key.`, "Set cosign-key, or sign with signature-format: bundle.");
}
/** A pull request can come from anybody: it may look, but not write. */
function refuseUntrustedEvent(fields, event, dryRun) {
	if (dryRun || !isPullRequest(event)) return;
	fields.addProblem("dry-run", `must be true on ${event}: a pull request does not promote.`, "Set dry-run: true, or promote on push, release or workflow_dispatch.");
}
// src/batch/request.ts
/** Turns raw inputs into a request, for a batch where they name promotions or the plan of one; throws UsageError with every problem at once. */
async function readAnyRequest(raw, context) {
	const fields = new FieldReader(raw, PROMOTE_INPUTS);
	const plan = await readApprovedPlan(fields, context.files);
	if (!(fields.isGiven("promotions") || plan !== void 0 && "batch" in plan)) return readOne(fields, plan, raw, context);
	const { readBatch } = await import("./read-batch.js");
	const request = await readBatch(fields, plan, raw, context);
	throwProblems(fields.problems);
	return request;
}
/** True for a batch. */
function isBatchRequest(request) {
	return "items" in request;
}
// src/batch/action.ts
/** The main job, as a host runs it: one image, or a batch. */
const PROMOTE = {
	name: "promote",
	about: "Takes a container image from staging to production: the same bytes, by digest, through gates, signed, with a chain of evidence anyone can check",
	inputs: PROMOTE_INPUTS,
	outputs: PROMOTE_OUTPUTS,
	noOutputs: NO_OUTPUTS,
	read: readAnyRequest,
	describeNeeds: (request) => describeNeeds(isBatchRequest(request) ? request.shared : request),
	run: async (request, ports) => {
		if (!isBatchRequest(request)) return promote(request, ports);
		const { runBatch } = await import("./run-batch.js");
		return runBatch(request, ports);
	},
	redact: (outcome, redact) => isBatch(outcome) ? redactBatch(outcome, redact) : redactOutcome(outcome, redact),
	toReport: (outcome) => isBatch(outcome) ? toBatchReport(outcome) : toReport(outcome),
	renderCrash: async (error) => (await import("./crash.js")).renderCrash(error)
};
function isBatch(outcome) {
	return "items" in outcome;
}
/** What went wrong with an image is told of that image; `error` is what ended all of them. */
function toBatchReport(outcome) {
	return {
		result: outcome.result,
		exitCode: toBatchExitCode(outcome),
		outputs: toBatchOutputs(outcome),
		annotations: toBatchAnnotations(outcome),
		error: outcome.error,
		renderSummary: async () => (await import("./report2.js")).renderBatchSummary(outcome)
	};
}
export { withoutLog as C, signPayloads as S, holdLog as T, isRepositoryPath as _, readCredentials as a, kindsOf as b, worstFirst as c, listTroubles as d, nameTargets as f, isBuilderPattern as g, isListed as h, parseTold as i, listImages as l, openKit as m, readSettings as n, countResults as o, promote as p, parseTargets as r, joinResults as s, PROMOTE as t, describeFailure as u, isSourceRepository as v, describeCarried as w, listStatements as x, Journal as y };
