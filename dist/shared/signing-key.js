import { $t as isSubjectItself, At as string, B as parseTrustedRoot, Bt as mapConcurrently, C as renderTable, Cn as Ct, Ct as boolean, Dt as object, En as listKmsSchemes, Fn as isContainerImage, Ft as toExactAnchor, G as listIdentityFlags, H as openCosign$1, Hn as SIGSTORE_BUNDLE, Ht as formatBytes, I as createVerifier, In as parseManifest, It as SignerError, J as formatDuration, Jn as formatReference, Jt as isReferrerOf, K as listRootFlags, L as EMPTY_SIGNING_CONFIG, Lt as listSubjectDigests, Mn as findManifest, Mt as prettifyError, Nt as openLoopbackView, Pn as isAttestationManifest, Pt as readBundleIdentity, Qt as fallbackTag, R as EMPTY_TRUSTED_ROOT, S as limitRows, St as array, Tn as isKmsUri, U as describeEnd, Ut as formatCount, V as readKmsKey, Vn as OCI_MANIFEST, Vt as runTogether, W as isConflict, Wt as formatDate, Xn as parseReference, Xt as addToIndex, Y as matchesPattern, Zt as describeForeign, _ as parseYaml, _n as renderList, ar as matchesDigest, at as endOfDay, bn as codeSpan, cn as legacyTag, ct as readVsa, d as readFor, dn as joinBlocks, dr as describeError, dt as makeVuln, en as missingFrom, ft as VSA_PREDICATE, g as textField, gn as renderLink, gt as RECORD_PREDICATE, h as sentence, hn as renderHeading, hr as stripControl, in as LEGACY_FORMS, jt as unknown, kt as strictObject, ln as missingLayers, lr as DomainError, lt as readVuln, m as parseSeverities, mn as renderDetails, mr as markControl, mt as promotedLevel, nr as digestHex, on as isLegacyContent, or as startHash, ot as parseInstant, q as SEVERITIES, qn as RegistryError, qt as findReferrers, rr as digestOf, sn as legacyLayers, sr as ImageError, st as readRecord, tn as LEGACY_SIGNATURE_TYPE, tr as digestAlgorithm, ut as VULN_PREDICATE, v as MAX_YAML_BYTES, vt as SIGNATURE_PREDICATE, wn as So, wt as literal, xn as escapeMarkdown, z as fitSigningConfig, zn as OCI_EMPTY, zt as createTagFinder } from "./registry-auth.js";
import { copyFile, link, mkdir, mkdtemp, open, readFile, readdir, rename, rm, statfs, writeFile } from "node:fs/promises";
import { basename, isAbsolute, join, resolve } from "node:path";
import { Readable, addAbortSignal } from "node:stream";
import { createHash, createPublicKey } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { constants as constants$1, createReadStream, createWriteStream } from "node:fs";
// src/signer/key.ts
/** Parses the input `cosign-key`: empty (keyless), `env://VARIABLE`, a KMS URI, or a path, relative ones from `workspace`; returns undefined for any other scheme. */
function parseSigningKey(text, workspace) {
	if (text === "") return { kind: "keyless" };
	const variable = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
	if (variable !== void 0) return {
		kind: "env",
		variable
	};
	if (isKmsUri(text)) return {
		kind: "kms",
		uri: text
	};
	if (/^[a-z0-9+.-]+:\/\//i.test(text)) return void 0;
	return {
		kind: "file",
		path: isAbsolute(text) ? text : resolve(workspace, text)
	};
}
/** What messages call the key; of all but `keyless` it is what `cosign --key` takes as well. */
function formatSigningKey(key) {
	switch (key.kind) {
		case "env": return `env://${key.variable}`;
		case "file": return key.path;
		case "kms": return key.uri;
		case "keyless": return "keyless";
	}
}
/** The variables that hold the key and its password; a KMS has its own, and a keyless signer none. */
function listKeyVariables(key) {
	if (key?.kind === "env") return ["COSIGN_PASSWORD", key.variable];
	return key?.kind === "file" ? ["COSIGN_PASSWORD"] : [];
}
// src/steps/run-room.ts
const RESULTS = "results";
/** Makes a directory of its own for a run. */
async function openRunRoom(workDirectory) {
	const room = await mkdtemp(join(workDirectory, "promote-image-"));
	const results = join(room, RESULTS);
	await mkdir(results);
	return {
		room,
		results
	};
}
/** Bytes, keys and tools go; the results stay for the steps that follow. What cannot be removed changes nothing in how the run ended. */
async function clearRunRoom({ room }, log) {
	try {
		for (const name of await readdir(room)) if (name !== RESULTS) await rm(join(room, name), {
			recursive: true,
			force: true
		});
	} catch (error) {
		log.warning(`${room} could not be emptied: ${describeError(error)}`);
	}
}
// src/transfer/error.ts
/** An image that could not be read or written as a whole. */
var TransferError = class extends DomainError {};
// src/transfer/disk-full.ts
/** No space on the device, the quota of a user used up, a file longer than the system or its limits allow; and our own word for them. */
const CODES = [
	"ENOSPC",
	"EDQUOT",
	"EFBIG",
	"DISK_FULL"
];
const DISK_FULL_HINT = "Point work-dir at a larger disk, or free some space.";
/** True when something could not be written for want of space, however deep in the causes of an error that is. */
function isDiskFull(error, depth = 6) {
	if (typeof error !== "object" || error === null || depth === 0) return false;
	const { code, cause } = error;
	return CODES.includes(code) || isDiskFull(cause, depth - 1);
}
/** The error to end with for want of space: itself where it says so already. */
function toDiskFull(message, cause) {
	if (cause instanceof TransferError && cause.code === "DISK_FULL") return cause;
	return new TransferError("DISK_FULL", message, {
		cause,
		hint: DISK_FULL_HINT
	});
}
// src/registry/settle.ts
/** In milliseconds: other writers should need no longer from reading a tag to writing it. */
const SETTLE_MS = 200;
/** How much slower than our own read and PUT those of another writer may be, and still be seen. */
const SLOWNESS = 3;
/** No wait is spread over more than this many settling times. */
const MAX_SPREAD = 8;
/**
* Waits after the write of a tag that others write, too, before it is read back. A writer that had read the tag before
* our write has written by then, so that we see whether it took ours away; one that reads it later sees ours and keeps it.
* The wait grows with `writes`, at random, so that writers who met do not meet again. `from` is when we began to read.
*/
async function settle(transport, from, writes) {
	const { retry, signal } = transport;
	const settled = Math.max(SETTLE_MS, SLOWNESS * (retry.now() - from));
	try {
		await retry.sleep(Math.min(settled * (1 + Math.min(writes, MAX_SPREAD) * retry.random()), retry.maxDelay), signal);
	} catch (cause) {
		throw new RegistryError("CANCELLED", "the wait for other writers of a tag was cancelled", { cause });
	}
}
// src/registry/fallback-update.ts
/** How often the fallback index is written again when other writers get between. */
const MAX_WRITES = 20;
/**
* Makes the fallback index list these referrers, for a registry without the API: all of them in one write, since some
* registries take only the first. The specification has no conditional write, so the index is read back when every
* writer that had read it before ours must be done, and written again when entries are missing then. True when it was
* written. Throws CONFLICT when the tag holds something else, may not change, or others keep replacing it.
*/
async function updateFallbackIndex(client, repository, subject, added) {
	const { transport } = client;
	const tag = fallbackTag(repository, subject);
	const read = () => findManifest(transport, repository, tag, "push");
	for (let writes = 0;; writes++) {
		const from = transport.retry.now();
		const found = await read();
		const index = isSubjectItself(found, subject) ? void 0 : found;
		if (index !== void 0 && index.mediaType !== "application/vnd.oci.image.index.v1+json") throw new RegistryError("CONFLICT", describeForeign(repository, subject, index), { hint: `Delete the tag ${tag} if nothing needs it, or use a registry with the referrers API.` });
		const missing = missingFrom(index, added);
		if (missing.length === 0) return writes > 0;
		if (writes === MAX_WRITES) throw giveUp(repository, subject, found);
		const upload = addToIndex(index, missing);
		if (upload.bytes.length > 4194304) throw new RegistryError("TOO_LARGE", `the referrers index ${repository}:${tag} would have ${upload.bytes.length} bytes`);
		try {
			await client.putManifest(repository, tag, upload);
		} catch (cause) {
			if (!(cause instanceof RegistryError) || cause.code !== "CONFLICT") throw cause;
			const now = await read();
			if (now === void 0) throw cause;
			if (now.digest === found?.digest) throw tellImmutable(repository, subject, cause);
		}
		await settle(transport, from, writes + 1);
	}
}
function giveUp(repository, subject, found) {
	const name = `${repository}:${fallbackTag(repository, subject)}`;
	if (isSubjectItself(found, subject)) return new RegistryError("CONFLICT", `${name} stays the image itself, however often its referrers are written`, { hint: "This registry takes the fallback tag for a digest and has no referrers API: nothing can be attached there." });
	return new RegistryError("CONFLICT", `other writers keep replacing ${name}`, { hint: "Run the promotions of one image one after the other, with a concurrency group." });
}
function tellImmutable(repository, subject, cause) {
	const name = `${repository}:${fallbackTag(repository, subject)}`;
	return new RegistryError("CONFLICT", `${name} lists other referrers and the registry will not let it be replaced, as if it were immutable: ${cause.message}`, {
		cause,
		status: cause.status,
		hint: "Exempt tags that begin with sha256- from immutable tags at this registry: without the referrers API, signatures are found by them."
	});
}
// src/transfer/list-unlisted.ts
const CONCURRENT_LISTS = 4;
/** Where the registry has no referrers API, one PUT per subject makes all its referrers found. True when there was something to write. */
async function listUnlisted(unlisted, client, repository) {
	const { log } = client.transport;
	const bySubject = [...Map.groupBy(unlisted, (referrer) => referrer.subject)];
	return (await mapConcurrently(bySubject, CONCURRENT_LISTS, async ([subject, referrers]) => {
		const descriptors = referrers.map(({ descriptor }) => descriptor);
		if (!await updateFallbackIndex(client, repository, subject, descriptors)) return false;
		log.info(`The registry has no referrers API: ${descriptors.length} listed under the fallback tag of ${subject}`);
		return true;
	})).includes(true);
}
// src/transfer/legacy-tags.ts
const CONCURRENT_REQUESTS$1 = 6;
/** Finds the `.sig`, `.att` and `.sbom` tags of these manifests, one request each. What has another shape is told of and left out. */
async function findLegacyTags(subjects, client, repository, findTagged) {
	const tags = [];
	const leftOut = [];
	const wanted = subjects.flatMap((subject) => LEGACY_FORMS.map((form) => ({
		subject,
		form
	})));
	const found = await mapConcurrently(wanted, CONCURRENT_REQUESTS$1, ({ subject, form }) => {
		const tag = legacyTag(repository, subject, form);
		return tag === void 0 ? Promise.resolve(void 0) : findTagged(tag);
	});
	for (const [i, { subject, form }] of wanted.entries()) {
		const content = found[i];
		if (content === void 0) continue;
		if (isLegacyContent(content)) tags.push({
			subject,
			form,
			content,
			layers: legacyLayers(content)
		});
		else {
			leftOut.push({
				subject,
				form
			});
			client.transport.log.warning(`${repository}:${legacyTag(repository, subject, form)} is not what cosign writes there, and is left out.`);
		}
	}
	return {
		tags,
		leftOut
	};
}
/** How many of the signatures, attestations or SBOMs of a tag are in what a repository has under it. */
function countLegacy({ form, content, layers }, found) {
	if (form === "sbom") return found?.digest === content.digest ? 1 : 0;
	if (found === void 0 || !isLegacyContent(found)) return 0;
	return layers.length - missingLayers(legacyLayers(found), layers).length;
}
/** How many there are to carry. */
function sizeOfLegacy({ form, layers }) {
	return form === "sbom" ? 1 : layers.length;
}
// src/steps/progress.ts
const INTERVAL_MS = 5e3;
/** Says how far a long copy is, every five seconds; a short one passes in silence. */
function reportProgress(verb, log, clock) {
	let last = clock().getTime();
	return (done, total) => {
		const now = clock().getTime();
		if (now - last < INTERVAL_MS || total === 0) return;
		last = now;
		log.info(`${verb} ${formatBytes(done)} of ${formatBytes(total)} (${Math.floor(100 * done / total)} %)`);
	};
}
// src/image/platform.ts
/** `os/architecture[/variant][:os.version]`, as Docker, crane and Trivy write it. */
function formatPlatform(platform) {
	const variant = platform.variant === void 0 ? "" : `/${platform.variant}`;
	const version = platform.osVersion === void 0 ? "" : `:${platform.osVersion}`;
	return `${platform.os}/${platform.architecture}${variant}${version}`;
}
// src/transfer/graph.ts
const MAX_DEPTH$1 = 4;
const MAX_MANIFESTS = 1e3;
/** Of all manifests together, as they are declared: each is held in memory, and may itself be as large as one may be. */
const MAX_TOTAL_BYTES = 67108864;
const CONCURRENT_MANIFESTS = 6;
/** Follows a root manifest to all its children. `read` returns a child verified against its digest. */
async function loadGraph(root, read) {
	const found = /* @__PURE__ */ new Map([[root.digest, {
		content: root,
		descriptors: []
	}]]);
	const order = [root];
	let total = root.bytes.length;
	let level = [root];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > MAX_DEPTH$1) throw new TransferError("TOO_LARGE", `${root.digest} nests indexes deeper than ${MAX_DEPTH$1}`);
		const wanted = /* @__PURE__ */ new Map();
		for (const child of level.flatMap(childrenOf)) {
			const listed = found.get(child.digest);
			if (listed !== void 0) addListing(listed, child);
			else if (wanted.get(child.digest)?.push(child) === void 0) {
				wanted.set(child.digest, [child]);
				total += child.size;
			}
		}
		if (found.size + wanted.size > MAX_MANIFESTS) throw new TransferError("TOO_LARGE", `${root.digest} lists more than ${MAX_MANIFESTS} manifests`);
		if (total > MAX_TOTAL_BYTES) throw new TransferError("TOO_LARGE", `the manifests of ${root.digest} have more than ${MAX_TOTAL_BYTES} bytes`);
		level = await mapConcurrently([...wanted], CONCURRENT_MANIFESTS, async ([digest, descriptors]) => {
			const content = await read(digest);
			const child = {
				content,
				descriptors: []
			};
			for (const descriptor of descriptors) addListing(child, descriptor);
			found.set(digest, child);
			return content;
		});
		order.push(...level);
	}
	const leaves = order.flatMap((content) => toLeaves(found.get(content.digest)));
	return {
		root,
		manifests: sortChildrenFirst(root, found),
		blobs: uniqueBlobs(order),
		images: leaves.filter(isImage),
		artifacts: leaves.filter((leaf) => !isImage(leaf))
	};
}
/** The declared size of all blobs and manifests, in bytes. */
function totalBytes(graph) {
	const blobs = graph.blobs.reduce((sum, blob) => sum + blob.size, 0);
	return graph.manifests.reduce((sum, manifest) => sum + manifest.bytes.length, blobs);
}
function addListing({ content, descriptors }, descriptor) {
	if (content.bytes.length !== descriptor.size) throw sizeMismatch(descriptor, content.bytes.length);
	descriptors.push(descriptor);
}
function childrenOf(content) {
	return content.manifest.kind === "index" ? content.manifest.children : [];
}
function sortChildrenFirst(root, found) {
	const entered = /* @__PURE__ */ new Set();
	const sorted = [];
	const visit = (content) => {
		if (entered.has(content)) return;
		entered.add(content);
		for (const child of childrenOf(content)) {
			const next = found.get(child.digest)?.content;
			if (next !== void 0) visit(next);
		}
		sorted.push(content);
	};
	visit(root);
	return sorted;
}
function uniqueBlobs(manifests) {
	const blobs = /* @__PURE__ */ new Map();
	for (const { manifest } of manifests) {
		if (manifest.kind === "index") continue;
		for (const blob of [manifest.config, ...manifest.layers]) {
			const known = blobs.get(blob.digest);
			if (known !== void 0 && known.size !== blob.size) throw sizeMismatch(known, blob.size);
			blobs.set(blob.digest, blob);
		}
	}
	return [...blobs.values()];
}
/** A leaf for each platform it is listed for: what is excused for one of them is not for the others. Attestations that BuildKit files beside the images are carried along, and are neither images nor strangers. */
function toLeaves(found) {
	if (found === void 0 || found.content.manifest.kind === "index") return [];
	const { content, descriptors } = found;
	const { manifest } = found.content;
	if (descriptors.length === 0) return [{
		content,
		platform: void 0
	}];
	const platforms = descriptors.filter((descriptor) => !isAttestationManifest(descriptor, manifest)).map(({ platform }) => platform === void 0 ? void 0 : formatPlatform(platform));
	return [...new Set(platforms)].map((platform) => ({
		content,
		platform
	}));
}
function isImage({ content }) {
	return content.manifest.kind === "manifest" && isContainerImage(content.manifest);
}
function sizeMismatch(descriptor, actual) {
	return new TransferError("SIZE_MISMATCH", `${descriptor.digest} is declared with ${descriptor.size} bytes, and with ${actual} elsewhere`, { hint: "The image is damaged or was tampered with; build and push it again." });
}
// src/transfer/listed-referrer.ts
/** Its manifests, children before the index that lists them, itself last. */
function manifestsOf({ content, graph }) {
	return graph?.manifests ?? [content];
}
/** Every blob it is made of, once. */
function blobsOf({ content: { manifest }, graph }) {
	if (graph !== void 0) return graph.blobs;
	const blobs = manifest.kind === "manifest" ? [manifest.config, ...manifest.layers] : [];
	return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
}
/** The manifest type of a release candidate of OCI 1.1, which no registry takes any more. */
const OCI_ARTIFACT = "application/vnd.oci.artifact.manifest.v1+json";
/**
* Reads what a list names. `none`: it is gone, or has another subject, or none, whatever the list says. `left out`: it
* is of a kind that cannot be copied, and that was told. Everything else that goes wrong is thrown.
*/
async function readListed(client, repository, { subject, listed }) {
	const tell = (why) => client.transport.log.warning(`${repository} lists the referrer ${listed.digest}, which ${why}: it is left out.`);
	const leaveOut = (why) => {
		tell(why);
		return "left out";
	};
	if (listed.mediaType === OCI_ARTIFACT) return leaveOut("is an artifact manifest of a draft of OCI 1.1");
	try {
		const content = await client.getManifest(repository, listed.digest);
		if (!isReferrerOf(content.manifest, subject)) return "none";
		const referrer = {
			subject,
			content,
			descriptor: describe$1(content)
		};
		if (content.manifest.kind === "manifest") return referrer;
		const graph = await loadGraph(content, (digest) => client.getManifest(repository, digest));
		return {
			...referrer,
			graph
		};
	} catch (error) {
		if (error instanceof RegistryError && isUnsupported(error)) return leaveOut("is no manifest that can be copied");
		if (error instanceof TransferError) return leaveOut(`cannot be copied whole (${error.message})`);
		if (!(error instanceof RegistryError) || error.code !== "NOT_FOUND") throw error;
		if (await client.headManifest(repository, listed.digest) === void 0) {
			tell("is not there");
			return "none";
		}
		if (!isSaidToBeAbsent(error)) throw error;
		return leaveOut("is an index of what is not there");
	}
}
/** True when the registry itself said, in its own words, that a manifest or blob is not there. */
function isSaidToBeAbsent(error) {
	const codes = [
		"MANIFEST_UNKNOWN",
		"BLOB_UNKNOWN",
		"NOT_FOUND"
	];
	return error instanceof RegistryError && error.code === "NOT_FOUND" && error.diagnostics.some(({ code }) => codes.includes(code));
}
function isUnsupported({ cause }) {
	return cause instanceof ImageError && cause.code === "UNSUPPORTED_MANIFEST";
}
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject */
function describe$1({ manifest, mediaType, digest, bytes }) {
	const type = manifest.artifactType ?? (manifest.kind === "manifest" ? manifest.config.mediaType : void 0);
	return {
		mediaType,
		digest,
		size: bytes.length,
		annotations: manifest.annotations,
		...type === void 0 ? {} : { artifactType: type }
	};
}
// src/transfer/referrers.ts
const NO_REFERRERS = {
	referrers: [],
	legacy: [],
	leftOut: []
};
const CONCURRENT_REQUESTS = 4;
const MAX_DEPTH = 3;
const MAX_REFERRERS = 1e3;
/** Reads what is attached to any manifest of the graph, and what refers to that (a signature of an SBOM), into the layout. What turns out to have another subject is left out. */
async function fetchReferrers(graph, client, repository, layout) {
	const findTagged = createTagFinder(client, repository);
	const subjects = graph.manifests.map((manifest) => manifest.digest);
	const [found, legacy] = await runTogether(client.transport.signal, () => [searchReferrers(subjects, client, repository, findTagged), findLegacyTags(subjects, client, repository, findTagged)]);
	const wanted = [...found.referrers.flatMap(blobsOf), ...legacy.tags.flatMap(blobsOfTag)];
	const present = new Set(graph.blobs.map(({ digest }) => digest));
	const missing = await fetchBlobs$1(wanted.filter(({ digest }) => !present.has(digest)), client, repository, layout);
	const isWhole = (blobs) => blobs.every(({ digest }) => !missing.has(digest));
	const [referrers, broken] = partition(found.referrers, (referrer) => isWhole(blobsOf(referrer)));
	const [tags, brokenTags] = partition(legacy.tags, (tag) => isWhole(blobsOfTag(tag)));
	for (const { content } of [...broken, ...brokenTags]) client.transport.log.warning(`${repository} has not all blobs of the referrer ${content.digest}: it is left out.`);
	return {
		referrers,
		legacy: tags,
		leftOut: [...[...found.leftOut, ...broken].map(({ subject }) => ({
			subject,
			form: "referrer"
		})), ...[...legacy.leftOut, ...brokenTags].map(({ subject, form }) => ({
			subject,
			form
		}))]
	};
}
/** Puts referrers into a repository by digest. Returns those that the registry's referrers API did not take up, for the fallback index. */
async function pushReferrers(referrers, layout, client, repository, options) {
	const blobs = new Map(referrers.flatMap(blobsOf).map((blob) => [blob.digest, blob]));
	await mapConcurrently([...blobs.values()], CONCURRENT_REQUESTS, (blob) => client.pushBlob(repository, blob, () => layout.open(blob.digest), options));
	const bySubject = [...Map.groupBy(referrers, ({ subject }) => subject).values()];
	return (await mapConcurrently(bySubject, CONCURRENT_REQUESTS, async (group) => {
		const left = [];
		for (const referrer of group) if (!await putReferrer(referrer, client, repository)) left.push(referrer);
		return left;
	})).flat();
}
/** True when the registry says that its referrers API has taken it up. */
async function putReferrer(referrer, client, repository) {
	let taken;
	for (const manifest of manifestsOf(referrer)) ({subject: taken} = await client.putManifest(repository, manifest.digest, manifest));
	return taken === referrer.subject;
}
async function searchReferrers(roots, client, repository, findTagged) {
	const found = /* @__PURE__ */ new Map();
	const leftOut = /* @__PURE__ */ new Map();
	let subjects = roots;
	let manifests = 0;
	for (let depth = 0; depth < MAX_DEPTH && subjects.length > 0; depth++) {
		const fresh = (await mapConcurrently(subjects, CONCURRENT_REQUESTS, async (subject) => {
			const { descriptors } = await findReferrers(client, repository, subject, findTagged);
			return descriptors.map((listed) => ({
				subject,
				listed
			}));
		})).flat().filter(({ listed }) => !found.has(listed.digest));
		if (found.size + fresh.length > MAX_REFERRERS) throw tooMany(repository);
		await mapConcurrently(fresh, CONCURRENT_REQUESTS, async ({ subject, listed }) => {
			const read = await readListed(client, repository, {
				subject,
				listed
			});
			if (read === "none") return;
			if (read === "left out") leftOut.set(listed.digest, { subject });
			else {
				found.set(listed.digest, read);
				manifests += manifestsOf(read).length;
				if (manifests > MAX_REFERRERS) throw tooMany(repository);
			}
		});
		subjects = fresh.map(({ listed }) => listed.digest).filter((digest) => found.has(digest));
	}
	return {
		referrers: [...found.values()],
		leftOut: [...leftOut.values()]
	};
}
/** Returns the blobs that the registry says it does not have. */
async function fetchBlobs$1(blobs, client, repository, layout) {
	const unique = new Map(blobs.map((blob) => [blob.digest, blob]));
	const missing = /* @__PURE__ */ new Set();
	await mapConcurrently([...unique.values()], CONCURRENT_REQUESTS, async (blob) => {
		try {
			await layout.write(blob.digest, await client.openBlob(repository, blob));
		} catch (error) {
			if (!isSaidToBeAbsent(error)) throw error;
			missing.add(blob.digest);
		}
	});
	return missing;
}
function blobsOfTag({ subject, content }) {
	const { digest, mediaType, bytes } = content;
	return blobsOf({
		subject,
		content,
		descriptor: {
			digest,
			mediaType,
			size: bytes.length,
			annotations: {}
		}
	});
}
function partition(items, isIn) {
	return [items.filter(isIn), items.filter((item) => !isIn(item))];
}
function tooMany(repository) {
	return new TransferError("TOO_LARGE", `the image has more than ${MAX_REFERRERS} referrers in ${repository}`, { hint: "Say referrers: ignore, or remove those that nobody needs." });
}
// src/chain/bundle-referrer.ts
/** Builds the referrer of `subject` that holds this bundle; `created` becomes its OCI annotation. */
function makeBundleReferrer(subject, bundle, predicateType, created) {
	const config = describe(OCI_EMPTY, new TextEncoder().encode("{}"));
	const layer = describe(SIGSTORE_BUNDLE, bundle);
	const annotations = {
		"dev.sigstore.bundle.content": "dsse-envelope",
		"dev.sigstore.bundle.predicateType": predicateType,
		"org.opencontainers.image.created": created.toISOString()
	};
	const manifest = new TextEncoder().encode(JSON.stringify({
		schemaVersion: 2,
		mediaType: OCI_MANIFEST,
		artifactType: SIGSTORE_BUNDLE,
		config: pick$1(config.descriptor),
		layers: [pick$1(layer.descriptor)],
		subject: pick$1(subject),
		annotations
	}));
	return {
		manifest,
		descriptor: {
			mediaType: OCI_MANIFEST,
			digest: digestOf(manifest),
			size: manifest.length,
			artifactType: SIGSTORE_BUNDLE,
			annotations
		},
		blobs: [config, layer]
	};
}
function describe(mediaType, bytes) {
	return {
		descriptor: {
			mediaType,
			digest: digestOf(bytes),
			size: bytes.length,
			annotations: {}
		},
		bytes
	};
}
function pick$1({ mediaType, digest, size }) {
	return {
		mediaType,
		digest,
		size
	};
}
// src/steps/keep-bundle.ts
/** A signed bundle in the form in which it is attached to `root`; its bytes are kept in the layout until it is. */
async function keepBundle(root, bundle, predicateType, created, layout) {
	const { manifest, descriptor, blobs } = makeBundleReferrer({
		mediaType: root.mediaType,
		digest: root.digest,
		size: root.bytes.length
	}, bundle, predicateType, created);
	for (const blob of blobs) await layout.writeBytes(blob.descriptor.digest, blob.bytes);
	const content = {
		digest: descriptor.digest,
		mediaType: OCI_MANIFEST,
		bytes: manifest,
		manifest: parseManifest(manifest, OCI_MANIFEST)
	};
	return {
		subject: root.digest,
		descriptor,
		content
	};
}
// src/steps/notary.ts
/** Signs each statement once, and knows under whose name a stranger will verify it. */
var Notary = class {
	#signer;
	#transparencyLog;
	#made = /* @__PURE__ */ new Map();
	#anchor;
	/** `known` is what an earlier bundle of this run was signed by. */
	constructor(signer, transparencyLog, known) {
		this.#signer = signer;
		this.#transparencyLog = transparencyLog;
		this.#anchor = known ?? signer.signer.expectedAnchor;
	}
	/** Of a key at once; of a keyless signer what its token claims until a certificate says it, and undefined when the token does not tell. */
	get anchor() {
		return this.#anchor;
	}
	/** The bundle of a statement, which is asked for only once. */
	async sign(statement) {
		const known = this.#made.get(statement);
		if (known !== void 0) return known;
		const bundle = await this.#signer.signer.signStatement(statement);
		this.#made.set(statement, bundle);
		if (this.#signer.signer.publicKey === void 0) this.#anchor = toExactAnchor(await readBundleIdentity(bundle), void 0, this.#transparencyLog);
		return bundle;
	}
	/** The signature of a payload in the older form, in base64. */
	signPayload(payload) {
		return this.#signer.signer.signPayload(payload);
	}
};
// src/chain/verify-target.ts
/** Lets stock cosign read the target from outside and says what of `wanted` it accepts; what is not there, or by another signer, is not accepted. */
async function readVerifiedEvidence(subject, wanted) {
	return withView(subject, async (reference, view) => {
		const readers = createReaders(subject, reference);
		const read = async (isWanted, find) => isWanted === true ? accept(find, view) : [];
		const [signatures, records, vsas, vulns, legacy] = await runTogether(subject.client.transport.signal, () => [
			read(wanted.signature, readers.signatures),
			read(wanted.record, readers.records),
			read(wanted.vsa, readers.vsas),
			read(wanted.vuln, readers.vulns),
			read(wanted.legacy, readers.legacy)
		]);
		return {
			signatures,
			records,
			vsas,
			vulns,
			legacy
		};
	});
}
/** Like readVerifiedEvidence, but throws VERIFICATION_FAILED when anything wanted is missing. */
async function requireVerifiedEvidence(subject, wanted) {
	const { signatures, record, vsa = false, vuln = false, legacy = [] } = wanted;
	const name = `${subject.repository}@${subject.digest}`;
	const demand = async (isWanted, what, isThere) => {
		if (isWanted && !await isThere()) throw missing(name, what);
	};
	await withView(subject, async (reference, view) => {
		const readers = createReaders(subject, reference);
		try {
			await runTogether(subject.client.transport.signal, () => [
				demand(signatures.length > 0, "signature", async () => {
					const signed = await readers.signatures();
					return signatures.every((annotations) => isSigned(annotations, signed));
				}),
				demand(record !== false, "promotion record", async () => (await readers.records()).some((found) => record === true || record && isRecordOf(found, record))),
				demand(vsa !== false, "verification summary", async () => (await readers.vsas()).some(({ verifiedLevels }) => vsa === true || vsa && verifiedLevels.includes(promotedLevel(vsa.environment)))),
				demand(vuln, "vulnerability scan", async () => (await readers.vulns()).length > 0),
				demand(legacy.length > 0, "signature in the older form", async () => {
					const claims = await readers.legacy();
					return legacy.every((target) => namesTarget(claims, target));
				})
			]);
		} catch (error) {
			throw view.fault() ?? error;
		}
	});
}
/** True when one of these signatures says all of that. */
function isSigned(annotations, signatures) {
	return signatures.some((signed) => Object.entries(annotations).every(([name, value]) => signed[name] === value));
}
/** True when a record approves all these targets, for this environment and no other. */
function isRecordOf(record, { environment, targets }) {
	return record.environment === environment && targets.every((target) => record.targets.includes(target));
}
/** True when one of these signatures in the older form names this tag. */
function namesTarget(claims, target) {
	return claims.some(({ reference }) => reference === formatReference(target));
}
/** cosign accepts any attestation as a signature and compares no name, so the type and the subject of each are looked at. */
function createReaders(subject, reference) {
	const { verifier, anchor, digest } = subject;
	const readAttested = async (type, read) => {
		return (await verifier.verifyAttestation(reference, anchor, type)).flatMap((statement) => read(statement, subject) ?? []);
	};
	const readClaims = async (form) => {
		const types = [SIGNATURE_PREDICATE, LEGACY_SIGNATURE_TYPE].slice(form === "legacy" ? 1 : 0);
		return (await verifier.verifyImage(reference, anchor, form)).filter((claim) => claim.digest === digest && types.includes(claim.type));
	};
	return {
		signatures: async () => (await readClaims()).map(({ annotations }) => annotations),
		legacy: () => readClaims("legacy"),
		records: () => readAttested(RECORD_PREDICATE, readRecord),
		vsas: () => readAttested(VSA_PREDICATE, readVsa),
		vulns: () => readAttested(VULN_PREDICATE, readVuln)
	};
}
async function withView({ client, repository, digest }, work) {
	const view = await openLoopbackView(client, repository);
	try {
		return await work(`${view.repository}@${digest}`, view);
	} finally {
		await view.close();
	}
}
/** A registry that did not answer is no proof that something is missing. */
async function accept(verify, view) {
	try {
		return await verify();
	} catch (error) {
		if (view.fault() !== void 0) throw view.fault();
		if (error instanceof SignerError && error.code === "VERIFICATION_FAILED") return [];
		throw error;
	}
}
function missing(name, what) {
	return new SignerError("VERIFICATION_FAILED", `cosign finds no valid ${what} at ${name} by the signer`);
}
// src/policy/gate.ts
/** A gate out of the refusals of its rule. */
function toGate(name, refusals, passed) {
	if (refusals.length === 0) return {
		name,
		verdict: "passed",
		evidence: passed
	};
	return {
		name,
		verdict: "refused",
		evidence: refusals.map((refusal) => refusal.message).join(" ")
	};
}
// src/policy/database-gate.ts
/** Refuses a vulnerability database that is older than `maxAge` milliseconds, dated ahead of now, or without a readable date: what it does not know it cannot find. */
function judgeDatabase(database, maxAge, now) {
	const age = now.getTime() - database.updatedAt.getTime();
	const name = `The vulnerability database of ${database.source}`;
	if (Number.isNaN(age)) return stale(`${name} does not say when it was updated.`, "Name another mirror in scan.databases.");
	const updated = `was updated ${database.updatedAt.toISOString()}`;
	if (age < -36e5) return stale(`${name} ${updated}, which is still to come.`, "Check this machine's clock, or name another mirror in scan.databases.");
	if (age <= maxAge) return void 0;
	return stale(`${name} ${updated}, ${formatDuration(age)} ago; at most ${formatDuration(maxAge)} is allowed.`, "Refresh the mirror, name another in scan.databases, or change scan.maxDatabaseAge.");
}
function stale(message, hint) {
	return {
		code: "SCAN_DB_STALE",
		message,
		hint
	};
}
// src/steps/scan-statement.ts
/** True for a scan that may be attested. One that only reports may have found what refuses: one such attestation spoils the verification of its type for ever. */
function mayAttest({ database }, { maxDatabaseAge }, { verdict, scannedAt }) {
	const isStale = judgeDatabase(database, maxDatabaseAge, scannedAt) !== void 0;
	return verdict !== void 0 && verdict.refusals.length === 0 && !isStale;
}
/** The scan of an image as cosign's vulnerability attestation; its subject is the image in one repository. */
function makeScanStatement(image, { tool, database }, { scans, scannedAt, finishedAt }, { severity, ignoreUnfixed, from }, run) {
	return makeVuln({
		...image,
		scannerVersion: tool.version,
		database,
		run,
		reports: scans.map(({ scanned, report }) => ({
			platform: scanned.platform,
			report
		})),
		parameters: [
			`severity=${severity.join(",")}`,
			`ignore-unfixed=${ignoreUnfixed}`,
			`from=${from}`
		],
		startedAt: scannedAt,
		finishedAt
	});
}
// src/transfer/layout.ts
/** Makes an empty layout in `directory`, which must not hold one yet. */
async function createLayout(directory) {
	for (const algorithm of ["sha256", "sha512"]) await mkdir(join(directory, "blobs", algorithm), { recursive: true });
	await writeFile(join(directory, "oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
	const path = (digest) => join(directory, "blobs", digestAlgorithm(digest), digestHex(digest));
	return {
		directory,
		path,
		write: (digest, stream) => keep(path(digest), (partial) => pipeline(stream, createWriteStream(partial, { highWaterMark: 1048576 }))),
		writeBytes: (digest, bytes) => keep(path(digest), (partial) => writeFile(partial, bytes)),
		open: (digest) => createReadStream(path(digest), { highWaterMark: 1048576 }),
		read: async (digest) => {
			const bytes = await readFile(path(digest));
			if (!matchesDigest(bytes, digest)) throw new TransferError("MISSING_CONTENT", `${digest} was changed on disk during the run`);
			return bytes;
		}
	};
}
/** What the file system of a directory says. */
const readFreeSpace = async (directory) => {
	const { bavail, bsize } = await statfs(directory);
	return bavail * bsize;
};
/** True when `bytes` more fit on the disk of `directory`, with a tenth and 64 MiB to spare. */
async function hasSpace(directory, bytes, freeSpace = readFreeSpace) {
	return await freeSpace(directory) >= withSpare(bytes);
}
/** Refuses to start what cannot fit; see hasSpace. */
async function requireSpace(directory, bytes, what, freeSpace = readFreeSpace) {
	const free = await freeSpace(directory);
	const needed = withSpare(bytes);
	if (free >= needed) return;
	throw new TransferError("DISK_FULL", `${what} needs ${toMegabytes(needed)} MB in ${directory}, which has ${toMegabytes(free)} MB free`, { hint: DISK_FULL_HINT });
}
function withSpare(bytes) {
	return Math.ceil(bytes * 1.1) + 67108864;
}
async function keep(path, fill) {
	const partial = `${path}.partial`;
	try {
		await fill(partial);
		await rename(partial, path);
	} catch (error) {
		await rm(partial, { force: true });
		throw isDiskFull(error) ? toDiskFull(`no space left to write ${path}`, error) : error;
	}
}
function toMegabytes(bytes) {
	return Math.ceil(bytes / 1e6);
}
// src/scanner/database-file.ts
/** https://github.com/etcd-io/bbolt/blob/main/internal/common/types.go: the magic of a meta page, behind its header of 16 bytes. */
const BOLT_MAGIC = 3977042669;
const BOLT_MAGIC_OFFSET = 16;
/** The bucket that holds what is known of each vulnerability; without it Trivy finds nothing, and says nothing. */
const BOLT_BUCKET = Buffer.from("vulnerability");
const SQLITE_HEADER = Buffer.from("SQLite format 3\0");
/** Why a vulnerability database cannot be what a scan rests on: it is no BoltDB, or has no advisories. Undefined when it can. */
async function explainEmptyBolt(path) {
	const head = await readHead(path, 20);
	if (head.length < 20 || head.readUInt32LE(BOLT_MAGIC_OFFSET) !== BOLT_MAGIC) return "it is not a BoltDB";
	return await contains(path, BOLT_BUCKET) ? void 0 : "it holds no advisories";
}
/** Why a Java database cannot be used; undefined when it can. */
async function explainNoSqlite(path) {
	return (await readHead(path, SQLITE_HEADER.length)).equals(SQLITE_HEADER) ? void 0 : "it is not an SQLite database";
}
async function readHead(path, length) {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}
async function contains(path, wanted) {
	let tail = Buffer.alloc(0);
	for await (const chunk of createReadStream(path, { highWaterMark: 1048576 })) {
		const window = Buffer.concat([tail, chunk]);
		if (window.includes(wanted)) return true;
		tail = window.subarray(-wanted.length + 1);
	}
	return false;
}
// src/scanner/error.ts
/** A scan that could not be made: never a verdict, and never a pass. */
var ScannerError = class extends DomainError {};
// src/scanner/database.ts
const VULNERABILITY_DATABASE = {
	name: "trivy-db",
	schema: 2,
	folder: "db",
	file: "trivy.db",
	layerType: "application/vnd.aquasec.trivy.db.layer.v1.tar+gzip",
	explain: explainEmptyBolt
};
const JAVA_DATABASE = {
	name: "trivy-java-db",
	schema: 1,
	folder: "java-db",
	file: "trivy-java.db",
	layerType: "application/vnd.aquasec.trivy.javadb.layer.v1.tar+gzip",
	explain: explainNoSqlite
};
/** Archive and database together, as a multiple of the archive. */
const UNPACKED_FACTOR = 12;
/** Fetches a database from the first mirror that has it, with our own client, and unpacks it where Trivy looks. Throws DATABASE_UNAVAILABLE with what each mirror said. */
async function fetchDatabase(kind, mirrors, context) {
	const failures = [];
	for (const mirror of mirrors) try {
		return await fetchFrom(mirror, kind, context);
	} catch (error) {
		if (isDiskFull(error)) throw toDiskFull(`no space left for the ${kind.name}`, error);
		failures.push(`${mirror}: ${describeError(error)}`);
		if (mirrors.length > 1) context.log.warning(`The ${kind.name} mirror ${mirror} did not serve: ${describeError(error)}`);
	}
	throw new ScannerError("DATABASE_UNAVAILABLE", `no mirror served the ${kind.name}:\n${failures.join("\n")}`, { hint: `Name a mirror this machine can reach in the policy's scan.${kind === JAVA_DATABASE ? "javaDatabases" : "databases"}.` });
}
async function fetchFrom(mirror, kind, context) {
	const reference = parseReference(mirror);
	const { manifest, digest } = await context.client.resolve(reference);
	const layer = manifest.kind === "manifest" ? manifest.layers.find((l) => l.mediaType === kind.layerType) : void 0;
	if (layer === void 0) throw new ScannerError("DATABASE_INVALID", `${mirror} has no layer of type ${kind.layerType}`);
	await requireSpace(context.directory, layer.size * UNPACKED_FACTOR, `The ${kind.name}`);
	const archive = join(context.directory, `${kind.name}.tar.gz`);
	const version = `${kind.schema}.0.0-sha256.x${digestHex(layer.digest)}`;
	if (!await takeFromCache(kind, version, layer, archive, context)) {
		const stream = await context.client.openBlob(reference.repository, layer);
		await pipeline(stream, createWriteStream(archive));
		await context.cache.keep(kind.name, version, archive, { dropOthers: true });
	}
	const folder = join(context.directory, kind.folder);
	await unpack(archive, folder, kind);
	await rm(archive, { force: true });
	await requireUsable(join(folder, kind.file), kind, mirror);
	return {
		source: mirror,
		digest,
		...await readMetadata(folder, kind, mirror)
	};
}
/** Copies the kept archive first and checks the copy, since another job may have left it or may change it now. */
async function takeFromCache(kind, version, layer, archive, context) {
	const kept = await context.cache.find(kind.name, version);
	if (kept === void 0) return false;
	const hash = startHash(layer.digest);
	try {
		await copyFile(kept, archive);
		await pipeline(createReadStream(archive), hash);
		if (hash.digest("hex") === digestHex(layer.digest)) return true;
	} catch (error) {
		context.log.debug(`the kept ${kind.name} cannot be read: ${describeError(error)}`);
	}
	context.log.warning(`The ${kind.name} in the tool cache is not the one of its digest; it is fetched again.`);
	return false;
}
async function unpack(archive, folder, kind) {
	await mkdir(folder, { recursive: true });
	const wanted = [kind.file, "metadata.json"];
	await So({
		file: archive,
		cwd: folder,
		strict: true,
		filter: (path, entry) => "type" in entry && entry.type === "File" && wanted.includes(basename(path)),
		onReadEntry: (entry) => {
			entry.path = basename(entry.path);
		}
	});
}
/** A broken mirror must not blind the gate: what is empty or something else counts as not served. */
async function requireUsable(path, kind, mirror) {
	const reason = await kind.explain(path).catch((error) => describeError(error));
	if (reason === void 0) return;
	throw new ScannerError("DATABASE_INVALID", `the ${kind.name} of ${mirror} cannot be used: ${reason}`);
}
async function readMetadata(folder, kind, mirror) {
	try {
		const json = JSON.parse(await readFile(join(folder, "metadata.json"), "utf8"));
		const updatedAt = new Date(String(json.UpdatedAt));
		if (json.Version !== kind.schema) throw new Error(`its schema is ${String(json.Version)}, not ${kind.schema}`);
		if (Number.isNaN(updatedAt.getTime())) throw new Error("it does not say when it was updated");
		return {
			schema: kind.schema,
			updatedAt
		};
	} catch (cause) {
		throw new ScannerError("DATABASE_INVALID", `the ${kind.name} of ${mirror} has no usable metadata.json`, { cause });
	}
}
// src/scanner/report.ts
/** The parts of Trivy's JSON report that a verdict needs; https://trivy.dev/latest/docs/configuration/reporting/#json */
const vulnerabilitySchema = object({
	VulnerabilityID: string(),
	PkgName: string(),
	InstalledVersion: string().default(""),
	FixedVersion: string().optional(),
	Severity: string().default("UNKNOWN"),
	Title: string().optional(),
	PkgIdentifier: object({ PURL: string().optional() }).optional()
});
const resultSchema = object({
	Target: string().default(""),
	Class: string().default(""),
	Packages: array(unknown()).nullish(),
	Vulnerabilities: array(vulnerabilitySchema).nullish(),
	ExperimentalModifiedFindings: array(object({
		Status: string(),
		Statement: string().optional(),
		Finding: vulnerabilitySchema
	})).nullish()
});
const reportSchema = object({
	SchemaVersion: literal(2),
	Metadata: object({ OS: object({
		Family: string(),
		Name: string().default(""),
		EOSL: boolean().optional()
	}).optional() }).optional(),
	Results: array(resultSchema).nullish()
});
/** Reads one report. What Trivy passes over in silence (no package found, an operating system it cannot judge) makes the scan incomplete. */
function readReport$1(json, warnings, image) {
	const parsed = reportSchema.safeParse(json);
	if (!parsed.success) throw new ScannerError("REPORT_INVALID", `trivy's report does not have the form of its JSON: ${prettifyError(parsed.error)}`, { hint: "Use the Trivy version that this release knows: leave the trivy input empty." });
	const report = parsed.data;
	const findings = readFindings(report);
	const reason = explainGap$1(report, warnings);
	if (reason !== void 0) return {
		...image,
		complete: false,
		reason: markControl(reason),
		findings
	};
	const os = report.Metadata?.OS;
	const endOfLife = os?.EOSL === true ? { endOfLife: `${os.Family} ${os.Name}` } : {};
	return {
		...image,
		complete: true,
		findings,
		...endOfLife
	};
}
/** True when a report names an operating system: without one, nobody has judged its packages. */
function namesSystem(json) {
	return reportSchema.safeParse(json).data?.Metadata?.OS !== void 0;
}
/** How many packages of an operating system a report has judged. */
function countSystemPackages(json) {
	return (reportSchema.safeParse(json).data?.Results ?? []).reduce((sum, r) => sum + (r.Class === "os-pkgs" ? r.Packages?.length ?? 0 : 0), 0);
}
function explainGap$1(report, warnings) {
	const results = report.Results ?? [];
	const count = (wanted) => results.reduce((sum, r) => sum + (wanted === void 0 || r.Class === wanted ? r.Packages?.length ?? 0 : 0), 0);
	const os = report.Metadata?.OS;
	if (os?.Family === "none") return "there are packages of an operating system, but Trivy does not recognise which: they were not judged";
	if (count() === 0) return os === void 0 ? "no operating system and no package was recognised" : `${os.Family} ${os.Name} was recognised, but none of its packages: the package database is missing`;
	if (os !== void 0 && count("os-pkgs") === 0) return `the packages of ${os.Family} ${os.Name} were not judged: the package database is missing, or Trivy does not support this system`;
	return warnings.length === 0 ? void 0 : `Trivy warns: ${warnings.join("; ")}`;
}
function readFindings(report) {
	const os = report.Metadata?.OS;
	return (report.Results ?? []).flatMap((result) => {
		const target = result.Class === "os-pkgs" && os !== void 0 ? `${os.Family} ${os.Name}` : result.Target;
		return [...(result.Vulnerabilities ?? []).map((v) => toFinding(v, target)), ...(result.ExperimentalModifiedFindings ?? []).map((modified) => ({
			...toFinding(modified.Finding, target),
			suppressedBy: modified.Statement ?? modified.Status
		}))];
	});
}
/** Names and titles come from images and databases: each is kept to one line that shows what it says. */
function toFinding(v, target) {
	const purl = v.PkgIdentifier?.PURL;
	return {
		id: markControl(v.VulnerabilityID),
		package: markControl(v.PkgName),
		installedVersion: markControl(v.InstalledVersion),
		severity: toSeverity(v.Severity),
		target: markControl(target),
		...v.FixedVersion ? { fixedVersion: markControl(v.FixedVersion) } : {},
		...v.Title ? { title: markControl(v.Title) } : {},
		...purl ? { purl } : {}
	};
}
/** A severity that Trivy does not know is UNKNOWN, never dropped. */
function toSeverity(text) {
	return SEVERITIES.find((severity) => severity === text) ?? "UNKNOWN";
}
// src/scanner/scan-view.ts
const MAX_CONFIG_BYTES = 16777216;
/** What the view keeps of a config: nothing else, since Go takes `ROOTFS` for `rootfs` and would believe the last of them. */
const KEPT_FIELDS = [
	"architecture",
	"os",
	"variant",
	"os.version",
	"created",
	"author",
	"config"
];
/**
* Writes a layout of its own for one image, in which `diff_ids` are the verified digests of the layer blobs.
* Trivy's layer cache believes the `diff_ids` that an image claims, so one hostile image could blind it for another.
* The original layout is only linked to, and stays as it was fetched.
*/
async function createScanView(content, layout, directory) {
	if (content.manifest.kind === "index") throw new ScannerError("IMAGE_UNREADABLE", `${content.digest} is an index, not an image`);
	const { config, layers } = content.manifest;
	if (config.size > MAX_CONFIG_BYTES) throw new ScannerError("IMAGE_UNREADABLE", `its config is declared with ${config.size} bytes, more than ${MAX_CONFIG_BYTES}`);
	const original = parseConfig(await layout.read(config.digest), config.digest);
	await mkdir(directory, { recursive: true });
	const view = await createLayout(directory);
	for (const { digest } of new Map(layers.map((layer) => [layer.digest, layer])).values()) await share(layout.path(digest), view.path(digest));
	const scanned = await writeJson$1(view, config.mediaType, {
		...Object.fromEntries(KEPT_FIELDS.flatMap((name) => name in original ? [[name, original[name]]] : [])),
		rootfs: {
			type: "layers",
			diff_ids: layers.map((layer) => layer.digest)
		}
	});
	const manifest = await writeJson$1(view, content.mediaType, toManifest(content.manifest, scanned));
	const index = {
		schemaVersion: 2,
		manifests: [{
			...manifest,
			annotations: void 0
		}]
	};
	await writeFile(join(directory, "index.json"), JSON.stringify(index));
	return {
		input: `${directory}@${manifest.digest}`,
		imageId: config.digest,
		diffIds: readDiffIds(original.rootfs),
		platform: markControl([
			original.os,
			original.architecture,
			original.variant
		].filter(isName).join("/")) || "unknown"
	};
}
/** A hard link, since Trivy follows no symbolic one out of a layout; a copy where the file system has none. */
async function share(from, to) {
	await link(from, to).catch(() => copyFile(from, to, constants$1.COPYFILE_FICLONE));
}
function toManifest(manifest, config) {
	return {
		schemaVersion: 2,
		mediaType: manifest.mediaType,
		config: pick(config),
		layers: manifest.layers.map(pick)
	};
}
function pick({ mediaType, digest, size }) {
	return {
		mediaType,
		digest,
		size
	};
}
async function writeJson$1(view, mediaType, value) {
	const bytes = new TextEncoder().encode(toJson(value));
	const digest = digestOf(bytes);
	await view.writeBytes(digest, bytes);
	return {
		mediaType,
		digest,
		size: bytes.length,
		annotations: {}
	};
}
/** JSON.parse reads any depth, JSON.stringify writes what the stack holds. */
function toJson(value) {
	try {
		return JSON.stringify(value);
	} catch (cause) {
		throw new ScannerError("IMAGE_UNREADABLE", "its config is nested too deeply", { cause });
	}
}
function readDiffIds(rootfs) {
	const claimed = rootfs?.diff_ids;
	return Array.isArray(claimed) ? claimed.filter(isName) : [];
}
function isName(value) {
	return typeof value === "string" && value !== "";
}
function parseConfig(bytes, digest) {
	try {
		const json = JSON.parse(new TextDecoder().decode(bytes));
		if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Error("it is not an object");
		return json;
	} catch (cause) {
		throw new ScannerError("IMAGE_UNREADABLE", `the image config ${digest} is not a JSON object`, { cause });
	}
}
// src/scanner/system-file.ts
/** What only an operating system has: what it is called, and the lists of its packages. */
const SYSTEM_FILE = /^(?:etc\/os-release|usr\/lib\/os-release|lib\/apk\/db\/.|var\/lib\/dpkg\/.|var\/lib\/rpm\/.|usr\/lib\/sysimage\/rpm\/.|var\/lib\/pacman\/local\/.|var\/db\/pkg\/.|var\/db\/xbps\/.)/;
/**
* The first path in these layer archives that tells of an operating system, or undefined. For images in which Trivy
* recognises none: it reports their application packages and passes over the system's, as with Arch Linux, in silence.
*/
async function findSystemFile(layers) {
	for (const file of layers) {
		let found;
		await Ct({
			file,
			onReadEntry: (entry) => {
				const path = entry.path.replace(/^(?:\.?\/+)+/, "");
				if (entry.type !== "Directory" && SYSTEM_FILE.test(path)) found ??= path;
			}
		});
		if (found !== void 0) return found;
	}
}
/** Scans every image of an index, each from a view of its own; what cannot be read is an incomplete scan, not a missing one. */
function scanImages(images, store, trivy, directory) {
	return mapConcurrently(images, 2, async (image, index) => {
		try {
			return await store.hold(image, async () => {
				const view = join(directory, `view-${index}`);
				try {
					return await scanImage(image, store.layout, trivy, view);
				} finally {
					await rm(view, {
						recursive: true,
						force: true
					});
				}
			});
		} catch (error) {
			if (!(error instanceof ScannerError) || error.code !== "IMAGE_UNREADABLE") throw error;
			return unreadable$1(image.platform ?? "unknown", image.content.digest, error.message);
		}
	});
}
async function scanImage(image, layout, trivy, directory) {
	const { digest } = image.content;
	const view = await createScanView(image.content, layout, directory);
	const platform = image.platform ?? view.platform;
	const run = await trivy.scan(view.input, basename(directory));
	if (run.kind === "unreadable") return unreadable$1(platform, digest, run.reason);
	const report = restoreNames(run.json, image, view);
	const scanned = readReport$1(report, run.warnings, {
		platform,
		digest
	});
	const reason = scanned.complete && !namesSystem(run.json) ? await explainSystem(image, layout) : void 0;
	return {
		scanned: reason === void 0 ? scanned : {
			complete: false,
			platform,
			digest,
			reason,
			findings: scanned.findings
		},
		report
	};
}
/** What is no image is no pass either: it comes out as an incomplete scan that says what it is. */
function describeArtifact({ content, platform }) {
	const { manifest } = content;
	const type = manifest.artifactType ?? (manifest.kind === "manifest" ? manifest.config.mediaType : manifest.mediaType);
	return unreadable$1(platform ?? "unknown", content.digest, `it is no container image but ${type}, which cannot be scanned`);
}
/** Trivy says nothing of a system it does not know, when there are application packages to report. */
async function explainSystem({ content }, layout) {
	const file = await findSystemFile((content.manifest.kind === "manifest" ? content.manifest.layers : []).map(({ digest }) => layout.path(digest)));
	if (file === void 0) return void 0;
	return `${file} tells of an operating system that Trivy does not support: its packages were not judged`;
}
/** An incomplete scan in which nothing was found. */
function unreadable$1(platform, digest, reason) {
	return {
		scanned: {
			complete: false,
			platform,
			digest,
			reason,
			findings: []
		},
		report: void 0
	};
}
/** The view has ids of its own; a reader of the report looks for those of the image. */
function restoreNames(json, image, view) {
	const { digest } = image.content;
	const report = nameReport(json, view.input, digest);
	if (!isReport(report)) return report;
	const ids = {
		ImageID: view.imageId,
		DiffIDs: view.diffIds,
		RepoDigests: [digest]
	};
	return {
		...report,
		Metadata: {
			...report.Metadata,
			...ids
		}
	};
}
/** A report that names the image, and not the path that Trivy was given. */
function nameReport(json, path, digest) {
	if (!isReport(json)) return json;
	const restore = (text) => typeof text === "string" ? text.replace(path, digest) : text;
	return {
		...json,
		ArtifactName: digest,
		...Array.isArray(json.Results) ? { Results: json.Results.map((r) => ({
			...r,
			Target: restore(r?.Target)
		})) } : {}
	};
}
function isReport(json) {
	return typeof json === "object" && json !== null;
}
// src/scanner/system-package.ts
/** The types of package URLs that only operating systems have. https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst */
const SYSTEM_TYPES = /* @__PURE__ */ new Set([...[
	"alpm",
	"apk",
	"deb",
	"ebuild",
	"opkg",
	"portage",
	"qpkg",
	"rpm",
	"xbps"
]]);
/** Reads a package URL; undefined for one that is not of an operating system's package, or is none at all. */
function readSystemPackage(purl) {
	const [, type = "", path = "", version = "", rest = ""] = /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]*)\/([^@?#]+)(?:@([^?#]*))?(?:\?([^#]*))?/.exec(purl) ?? [];
	if (!SYSTEM_TYPES.has(type.toLowerCase())) return void 0;
	const qualifiers = new URLSearchParams(rest.replaceAll("+", "%2B"));
	const upstream = qualifiers.get("upstream") ?? "";
	return {
		id: `${type.toLowerCase()}/${path}@${version}`,
		version,
		distribution: qualifiers.get("distro") ?? void 0,
		source: upstream === "" ? void 0 : readSource(upstream)
	};
}
/** `name`, `name@version`, or the file name of a source RPM. */
function readSource(upstream) {
	const rpm = upstream.endsWith(".src.rpm") ? splitLast(upstream.slice(0, -8)) : void 0;
	const named = rpm === void 0 ? void 0 : splitLast(rpm[0]);
	if (rpm !== void 0 && named !== void 0) return {
		name: named[0],
		version: {
			version: named[1],
			release: rpm[1]
		}
	};
	const at = upstream.indexOf("@");
	return at < 1 ? { name: upstream } : {
		name: upstream.slice(0, at),
		version: splitVersion(upstream.slice(at + 1))
	};
}
/** `[epoch:]version[-release]`; https://www.debian.org/doc/debian-policy/ch-controlfields.html#version */
function splitVersion(text) {
	const colon = text.indexOf(":");
	const epoch = colon > 0 ? { epoch: text.slice(0, colon) } : {};
	const [version, release] = splitLast(text.slice(colon + 1)) ?? [text.slice(colon + 1)];
	return {
		...epoch,
		version,
		...release === void 0 ? {} : { release }
	};
}
/** What is before and after the last hyphen. */
function splitLast(text) {
	const hyphen = text.lastIndexOf("-");
	return hyphen < 1 ? void 0 : [text.slice(0, hyphen), text.slice(hyphen + 1)];
}
/** `debian-12.5` as a name and a version; undefined when it is not in that form. */
function splitDistribution(text) {
	const hyphen = text.search(/-\d/);
	const [name, version] = [text.slice(0, hyphen), text.slice(hyphen + 1)];
	return hyphen > 0 && /^[a-z][a-z0-9._-]*$/.test(name) && /^[A-Za-z0-9._-]+$/.test(version) ? {
		name,
		version
	} : void 0;
}
// src/scanner/sbom-fields.ts
/** More than the largest images have; what has more is made to exhaust its reader. */
const MAX_ENTRIES = 5e5;
/** Characters of a package URL. */
const MAX_PURL = 4096;
/** The objects of a list in an SBOM; an absent list is empty. */
function readObjects(value, where) {
	if (value === void 0 || value === null) return [];
	if (!Array.isArray(value)) throw unreadable(`${where} is not a list`);
	if (value.length > MAX_ENTRIES) throw unreadable(`${where} has more than ${MAX_ENTRIES} entries`);
	return value.map((entry) => {
		if (typeof entry === "object" && entry !== null && !Array.isArray(entry)) return entry;
		throw unreadable(`an entry of ${where} is not an object`);
	});
}
/** Those keys of an object, and nothing else: Go takes `Components` for `components` and believes the last of them. */
function pickKeys(json, keys) {
	return Object.fromEntries(keys.flatMap((key) => key in json ? [[key, json[key]]] : []));
}
/** The system package that a package URL names, if it names one. */
function readPurl(purl) {
	if (typeof purl !== "string") return void 0;
	if (purl.length > MAX_PURL) throw unreadable(`a package URL is longer than ${MAX_PURL} characters`);
	return readSystemPackage(purl);
}
/** Each package once, and the system that all of them name; none when they name several or none. */
function sumUpPackages(found) {
	const names = new Set(found.flatMap(({ distribution }) => distribution ?? []));
	const [only] = names;
	return {
		packages: [...new Map(found.map((entry) => [entry.id, entry])).values()],
		system: names.size === 1 && only !== void 0 ? splitDistribution(only) : void 0
	};
}
/** Says of an SBOM that no scan can rest on it. */
function unreadable(why) {
	return new ScannerError("SBOM_UNREADABLE", `its attested SBOM cannot be read: ${why}`);
}
// src/scanner/sbom-cyclonedx.ts
/** What Trivy reads of a document. https://cyclonedx.org/docs/1.6/json/ */
const KEYS$1 = [
	"bomFormat",
	"specVersion",
	"serialNumber",
	"version",
	"metadata",
	"components",
	"dependencies"
];
/** How Trivy itself writes the source of a package. */
const SOURCE_PROPERTY = "aquasecurity:trivy:Src";
/** Puts every component on the first level, where alone Trivy looks, and adds what package URLs tell. */
function adaptCycloneDx(json) {
	const nested = readObjects(json.metadata === void 0 ? [] : [json.metadata], "metadata").flatMap(({ component }) => readObjects(component === void 0 ? [] : [component], "metadata"));
	const components = flatten([...readObjects(json.components, "components"), ...nested.flatMap((component) => readObjects(component.components, "metadata.component.components"))]);
	const described = components.map((component) => ({
		component,
		found: readPurl(component.purl)
	}));
	const { packages, system } = sumUpPackages(described.flatMap(({ found }) => found ?? []));
	const hasSystem = components.some(({ type }) => type === "operating-system");
	return {
		json: {
			...pickKeys(json, KEYS$1),
			components: [...described.map(({ component, found }) => addSource$1(component, found?.source)), ...hasSystem || system === void 0 ? [] : [makeSystem$1(system)]]
		},
		systemPackages: packages
	};
}
/** Not by recursion: how deep components nest is for whoever wrote the SBOM to say. */
function flatten(components) {
	const flat = [];
	const open = [...components];
	for (let next = open.pop(); next !== void 0; next = open.pop()) {
		const { components: inner, ...component } = next;
		flat.push(component);
		for (const child of readObjects(inner, "components")) open.push(child);
	}
	return flat.reverse();
}
function addSource$1(component, source) {
	if (source === void 0) return component;
	const properties = readObjects(component.properties, "properties");
	if (properties.some(({ name }) => name === `${SOURCE_PROPERTY}Name`)) return component;
	const { epoch, version, release } = source.version ?? {};
	const told = {
		Name: source.name,
		Epoch: epoch,
		Version: version,
		Release: release
	};
	const added = Object.entries(told).flatMap(([name, value]) => value === void 0 ? [] : [{
		name: `${SOURCE_PROPERTY}${name}`,
		value
	}]);
	return {
		...component,
		properties: [...properties, ...added]
	};
}
function makeSystem$1({ name, version }) {
	return {
		"bom-ref": `operating-system:${name}-${version}`,
		type: "operating-system",
		name,
		version
	};
}
// src/scanner/sbom-spdx.ts
/** What Trivy reads of a document. https://spdx.github.io/spdx-spec/v2.3/ */
const KEYS = [...[
	"spdxVersion",
	"dataLicense",
	"SPDXID",
	"name",
	"documentNamespace",
	"creationInfo"
], ...[
	"packages",
	"files",
	"relationships",
	"documentDescribes",
	"annotations"
]];
/** By the id alone Trivy knows the package that stands for the operating system, whatever its purpose. */
const SYSTEM_ID = "SPDXRef-OperatingSystem";
/** How Trivy itself writes the source of a package. */
const SOURCE_PREFIX = "built package from";
/** Adds what package URLs tell. */
function adaptSpdx(json) {
	const described = readObjects(json.packages, "packages").map((spdxPackage) => {
		return {
			spdxPackage,
			found: readObjects(spdxPackage.externalRefs, "externalRefs").filter(({ referenceType }) => referenceType === "purl").flatMap(({ referenceLocator }) => readPurl(referenceLocator) ?? [])
		};
	});
	const { packages, system } = sumUpPackages(described.flatMap(({ found }) => found));
	const hasSystem = described.some(({ spdxPackage: { SPDXID } }) => String(SPDXID).startsWith(SYSTEM_ID));
	return {
		json: {
			...pickKeys(json, KEYS),
			packages: [...described.map(({ spdxPackage, found }) => addSource(spdxPackage, found[0]?.source)), ...hasSystem || system === void 0 ? [] : [makeSystem(system)]]
		},
		systemPackages: packages
	};
}
function addSource(spdxPackage, source) {
	const { sourceInfo } = spdxPackage;
	if (source === void 0 || typeof sourceInfo === "string" && sourceInfo.startsWith(SOURCE_PREFIX)) return spdxPackage;
	const { epoch, version, release } = source.version ?? {};
	const shown = [
		epoch === void 0 ? "" : `${epoch}:`,
		version ?? "",
		release === void 0 ? "" : `-${release}`
	];
	return {
		...spdxPackage,
		sourceInfo: `${SOURCE_PREFIX}: ${source.name} ${shown.join("")}`.trimEnd()
	};
}
function makeSystem({ name, version }) {
	return {
		name,
		versionInfo: version,
		SPDXID: `${SYSTEM_ID}-of-package-urls`,
		downloadLocation: "NONE",
		primaryPackagePurpose: "OPERATING-SYSTEM"
	};
}
// src/scanner/sbom.ts
/**
* Reads an SBOM and says in it what other tools than Trivy say in package URLs only: which system the packages are of,
* and which source package each was built from. Trivy looks there for neither, and in silence finds less. Nothing is
* taken away that Trivy would read. Throws SBOM_UNREADABLE.
*/
function readSbom(bytes) {
	const json = parseObject(bytes);
	const isCycloneDx = json.bomFormat === "CycloneDX";
	const isSpdx = typeof json.spdxVersion === "string";
	if (isCycloneDx && isSpdx) throw unreadable("it says of itself that it is CycloneDX and that it is SPDX");
	if (isCycloneDx) return adaptCycloneDx(json);
	if (isSpdx) return adaptSpdx(json);
	throw unreadable("@graph" in json ? "it is SPDX 3, which Trivy does not read: attest SPDX 2.3 or CycloneDX" : "it is neither CycloneDX nor SPDX 2 in JSON");
}
/** A byte order mark, at which Trivy stops, is no obstacle. */
function parseObject(bytes) {
	let json;
	try {
		json = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		throw unreadable("it is not JSON");
	}
	const [only] = readObjects([json], "the document");
	return only ?? {};
}
// src/scanner/scan-sbom.ts
/**
* Scans the SBOM of every image instead of its layers. What an SBOM keeps silent about nobody finds: a document that
* names no operating system, or one whose packages Trivy does not take in, is an incomplete scan.
*/
async function scanSboms(images, sboms, trivy, directory) {
	await mkdir(directory, { recursive: true });
	return mapConcurrently(images, 2, async (image, index) => {
		const platform = image.platform ?? "unknown";
		const { digest } = image.content;
		const bytes = sboms.get(digest);
		if (bytes === void 0) return unreadable$1(platform, digest, "it has no attested SBOM");
		const name = `sbom-${index}`;
		const file = join(directory, `${name}.json`);
		try {
			return await scanSbom(readSbom(bytes), file, name, {
				platform,
				digest
			}, trivy);
		} catch (error) {
			if (!(error instanceof ScannerError) || error.code !== "SBOM_UNREADABLE") throw error;
			return unreadable$1(platform, digest, error.message);
		} finally {
			await rm(file, { force: true });
		}
	});
}
async function scanSbom(sbom, file, name, image, trivy) {
	await writeFile(file, writeJson(sbom.json));
	const run = await trivy.scanSbom(file, name);
	if (run.kind === "unreadable") return unreadable$1(image.platform, image.digest, `its attested SBOM cannot be read: ${markControl(run.reason)}`);
	const report = nameReport(run.json, file, image.digest);
	const scanned = readReport$1(report, run.warnings, image);
	const gap = scanned.complete ? explainGap(sbom, run.json) : `its attested SBOM: ${scanned.reason}`;
	if (gap === void 0) return {
		scanned,
		report
	};
	return {
		scanned: {
			complete: false,
			...image,
			reason: gap,
			findings: scanned.findings
		},
		report
	};
}
/** What an SBOM cannot vouch for, although Trivy has judged what it saw. */
function explainGap({ systemPackages }, json) {
	if (!namesSystem(json)) return "its attested SBOM names no operating system: there may be none, or its packages were left out";
	const nameless = systemPackages.filter(({ version }) => version === "").length;
	if (nameless > 0) return `its attested SBOM lists ${nameless} packages of the operating system without a version`;
	const judged = countSystemPackages(json);
	if (judged >= systemPackages.length) return void 0;
	return `Trivy takes in ${judged} of the ${systemPackages.length} packages of the operating system that its attested SBOM lists`;
}
function writeJson(json) {
	try {
		return JSON.stringify(json);
	} catch (cause) {
		throw new ScannerError("SBOM_UNREADABLE", "its attested SBOM cannot be read: it is nested too deeply", { cause });
	}
}
// src/scanner/trivy.ts
/** Prepares Trivy: an empty working directory, an empty configuration and an empty ignore file, so that no `trivy.yaml`, `.trivyignore` or `TRIVY_*` can weaken the gate. */
async function createTrivy(context) {
	const cwd = join(context.directory, "cwd");
	const home = join(context.directory, "home");
	const temporary = join(context.directory, "tmp");
	for (const folder of [
		cwd,
		home,
		temporary
	]) await mkdir(folder, { recursive: true });
	const config = join(context.directory, "trivy.yaml");
	const ignoreFile = join(context.directory, "trivyignore");
	await writeFile(config, "");
	await writeFile(ignoreFile, "");
	let javaDatabase;
	const toCommand = (subject, output) => ({
		file: context.path,
		cwd,
		env: {
			HOME: home,
			TMPDIR: temporary,
			TMP: temporary,
			TEMP: temporary
		},
		args: [
			...subject,
			...["--config", config],
			...["--ignorefile", ignoreFile],
			...["--cache-dir", context.cacheDirectory],
			...["--cache-backend", "memory"],
			...["--scanners", "vuln"],
			...["--pkg-types", "os,library"],
			...["--severity", "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL"],
			...[
				"--format",
				"json",
				"--list-all-pkgs",
				"--show-suppressed"
			],
			...["--output", output],
			...[
				"--exit-code",
				"0",
				"--exit-on-eol",
				"0"
			],
			...[
				"--skip-db-update",
				"--skip-java-db-update",
				"--offline-scan"
			],
			...[
				"--skip-version-check",
				"--disable-telemetry",
				"--no-progress"
			],
			...["--timeout", "24h"],
			...context.vexFiles.flatMap((file) => ["--vex", file])
		]
	});
	const run = async (subject, name) => {
		const output = join(context.directory, `${name}.json`);
		let result = await context.exec(toCommand(subject, output), context.signal);
		if (result.code !== 0 && needsJavaDatabase(result)) {
			javaDatabase ??= context.provideJavaDatabase();
			await javaDatabase;
			result = await context.exec(toCommand(subject, output), context.signal);
		}
		context.signal.throwIfAborted();
		if (result.code !== 0) return {
			kind: "unreadable",
			reason: explainFailure(result)
		};
		return {
			kind: "report",
			json: await readReport(output),
			warnings: readWarnings(result.stderr)
		};
	};
	return {
		scan: (input, name) => run([
			"image",
			"--input",
			input
		], name),
		scanSbom: (file, name) => run(["sbom", file], name)
	};
}
function needsJavaDatabase(result) {
	return /java (?:vulnerability )?db|java-db|javadb/i.test(result.stderr);
}
/** Trivy answers every error with 1. Only a failed analysis is about the image; anything else is a broken tool, database, VEX document or machine. */
function explainFailure(result) {
	const lines = result.stderr.split("\n").filter((line) => line.trim() !== "");
	const fatal = lines.find((line) => line.includes("FATAL"));
	const said = cleanLine(fatal ?? lines.at(-1) ?? "it said nothing", "FATAL");
	if (result.code !== null && fatal !== void 0 && isAboutImage(fatal)) return said;
	throw new ScannerError("SCANNER_FAILED", `trivy ${result.code === null ? `was ended by ${result.signal ?? "a signal"}` : `ended with exit code ${result.code}`}: ${said}`, { hint: "Check the trivy input, or leave it empty for the version this release knows; see that the disk is not full." });
}
function isAboutImage(fatal) {
	return fatal.includes("scan failed: failed analysis") && !/Java DB|no space left on device|too many open files|cannot allocate memory|permission denied/.test(fatal);
}
/** A line of Trivy's log without its time and level. */
function cleanLine(line, level) {
	return line.replace(new RegExp(`^.*?${level}\\s+(?:Fatal error\\s+)?`), "").replace(/\s+/g, " ").trim();
}
/** The warnings of a run that tell that it could not really judge the image; none of them is in the JSON. */
function readWarnings(stderr) {
	const telling = /Unsupported os|not on the EOL list|No OS package is detected|packages were skipped|Multiple OS components/i;
	return stderr.split("\n").filter((line) => /WARN/.test(line) && telling.test(line)).map((line) => cleanLine(line, "WARN"));
}
async function readReport(file) {
	try {
		return JSON.parse(await readFile(file, "utf8"));
	} catch (cause) {
		throw new ScannerError("REPORT_INVALID", "trivy ended well but left no JSON report", {
			cause,
			hint: "Check the trivy input, or leave it empty for the version this release knows."
		});
	}
}
// src/steps/scanner.ts
/** Provides Trivy and the vulnerability database; undefined when the scan is off. */
async function prepareScanner(request, ports, room) {
	const { scan } = request.policy;
	if (scan.mode === "off") return void 0;
	const directory = join(room, "trivy");
	const cacheDirectory = join(directory, "cache");
	await mkdir(cacheDirectory, { recursive: true });
	const context = {
		client: ports.databases,
		cache: ports.cache,
		directory: cacheDirectory,
		log: ports.log
	};
	const vexFiles = await writeVexDocuments(request.vexDocuments, directory);
	const tool = await ports.provideTool("trivy", request.tools.trivy, directory);
	const database = await fetchDatabase(VULNERABILITY_DATABASE, scan.databases, context);
	ports.log.info(`Trivy ${tool.version} with the database of ${database.updatedAt.toISOString()} from ${database.source}`);
	let java;
	return {
		trivy: await createTrivy({
			path: tool.path,
			directory,
			cacheDirectory,
			vexFiles,
			exec: ports.exec,
			signal: ports.signal,
			log: ports.log,
			provideJavaDatabase: async () => {
				java = await fetchDatabase(JAVA_DATABASE, scan.javaDatabases, context);
				ports.log.info(`The image holds Java archives: Java database of ${java.updatedAt.toISOString()} from ${java.source}`);
			}
		}),
		tool,
		database,
		javaDatabase: () => java
	};
}
/** Scans every platform; what is no image comes out as an incomplete scan. */
async function scanGraph(graph, store, scanner, room) {
	return addArtifacts(await scanImages(graph.images, store, scanner.trivy, join(room, "views")), graph);
}
/** Scans the attested SBOM of every platform, and reads no layer. */
async function scanAttested(graph, sboms, scanner, room) {
	const documents = new Map([...sboms].map(([digest, { bytes }]) => [digest, bytes]));
	return addArtifacts(await scanSboms(graph.images, documents, scanner.trivy, join(room, "sboms")), graph);
}
/** What is no image must not be passed over in silence. */
function addArtifacts(scans, graph) {
	return [...scans, ...graph.artifacts.map(describeArtifact)];
}
/** Keeps Trivy's own reports as one JSON file: the digest, what was scanned, and a report for each platform. */
async function writeScanReport(digest, scans, path, from = "image") {
	const platforms = scans.map(({ scanned, report }) => ({
		platform: scanned.platform,
		digest: scanned.digest,
		complete: scanned.complete,
		...scanned.complete ? {} : { reason: scanned.reason },
		report
	}));
	await writeFile(path, JSON.stringify({
		digest,
		from,
		platforms
	}, null, 1));
}
async function writeVexDocuments(texts, directory) {
	const files = texts.map((_, i) => join(directory, `vex-${i}.openvex.json`));
	for (const [i, file] of files.entries()) await writeFile(file, texts[i] ?? "");
	return files;
}
// src/transfer/fetch.ts
const CONCURRENT_BLOBS = 4;
/** Brings blobs into the layout, each read once from the source, largest first. Foreign layers too come from the registry, never from their `urls`. */
async function fetchBlobs(blobs, { client, repository, layout }, options) {
	const total = blobs.reduce((sum, blob) => sum + blob.size, 0);
	let done = 0;
	const largestFirst = blobs.toSorted((a, b) => b.size - a.size);
	await mapConcurrently(largestFirst, CONCURRENT_BLOBS, async (blob) => {
		options.signal.throwIfAborted();
		const stream = addAbortSignal(options.signal, await client.openBlob(repository, blob));
		stream.on("data", (chunk) => {
			done += chunk.length;
			options.onBytes(done, total);
		});
		await layout.write(blob.digest, stream);
	});
}
// src/transfer/store.ts
/** Fetches the whole image when it fits, which reads each source blob once; else only what every platform needs, and says so by calling `onSmallDisk`. Throws DISK_FULL when not even the largest platform fits. */
async function fetchStore(graph, source, options) {
	const { layout } = source;
	for (const manifest of graph.manifests) await layout.writeBytes(manifest.digest, manifest.bytes);
	if (await hasSpace(layout.directory, totalBytes(graph), options.freeSpace)) {
		await fetchBlobs(graph.blobs, source, options);
		return {
			layout,
			hold: (_image, use) => use(),
			open: (blob) => layout.open(blob.digest)
		};
	}
	const largest = Math.max(0, ...graph.images.map((image) => sizeOf(layersOf(image))));
	await requireSpace(layout.directory, largest, "The largest platform of the image", options.freeSpace);
	options.onSmallDisk();
	const configs = graph.images.flatMap(({ content }) => content.manifest.kind === "manifest" ? [content.manifest.config] : []);
	await fetchBlobs(unique(configs), source, options);
	return openByPlatform(new Set(configs.map(({ digest }) => digest)), source, options);
}
function openByPlatform(kept, source, options) {
	const { client, repository, layout } = source;
	let turn = Promise.resolve();
	return {
		layout,
		hold: (image, use) => {
			const mine = turn.then(async () => {
				const layers = unique(layersOf(image)).filter(({ digest }) => !kept.has(digest));
				try {
					await fetchBlobs(layers, source, options);
					return await use();
				} finally {
					for (const { digest } of layers) await rm(layout.path(digest), { force: true });
				}
			});
			turn = mine.catch(() => void 0);
			return mine;
		},
		open: (blob) => {
			if (kept.has(blob.digest)) return layout.open(blob.digest);
			const read = async function* () {
				yield* await client.openBlob(repository, blob);
			};
			return Readable.from(read(), { objectMode: false });
		}
	};
}
function layersOf({ content: { manifest } }) {
	return manifest.kind === "manifest" ? manifest.layers : [];
}
function unique(blobs) {
	return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
}
function sizeOf(blobs) {
	return unique(blobs).reduce((sum, { size }) => sum + size, 0);
}
// src/steps/store-image.ts
/** Makes the layout that holds an image, in a directory that is private to the run, and tells how much is to come. */
async function openImageLayout(graph, room, log) {
	log.info(`${formatCount(graph.manifests.length, "manifest")}, ${formatCount(graph.blobs.length, "blob")}, ${formatBytes(totalBytes(graph))}`);
	return createLayout(join(room, "layout"));
}
/** Reads every blob of an image once, and tells of a long read and of a disk that is too small for all of it. */
function storeImage(graph, place, { log, clock }, signal) {
	const onBytes = reportProgress("Fetched", log, clock);
	const onSmallDisk = () => log.warning(`${place.layout.directory} is too small for the whole image: platforms are scanned one by one, and what is copied is read again.`);
	return fetchStore(graph, place, {
		onBytes,
		signal,
		onSmallDisk
	});
}
// src/policy/purl.ts
/** True for a package URL; https://github.com/package-url/purl-spec/blob/main/PURL-SPECIFICATION.rst */
function isPurl(text) {
	return parsePurl(text) !== void 0;
}
/** True when a package URL is the one a pattern names, as Trivy matches them: without a version any version, and with every qualifier that the pattern has. */
function matchesPurl(pattern, purl) {
	const wanted = parsePurl(pattern);
	const found = parsePurl(purl);
	if (wanted === void 0 || found === void 0 || wanted.name !== found.name) return false;
	if (wanted.version !== void 0 && wanted.version !== found.version) return false;
	return [...wanted.qualifiers].every((qualifier) => found.qualifiers.has(qualifier));
}
/** `pkg:type/namespace/name@version?qualifiers#subpath`; the subpath says nothing about the package. */
function parsePurl(text) {
	const [, type = "", path = "", version, qualifiers = ""] = /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]*)\/([^@?#]*[^@?#/])(?:@([^?#]+))?(?:\?([^#]*))?(?:#.*)?$/.exec(text) ?? [];
	if (path === "") return void 0;
	try {
		return {
			name: `${type.toLowerCase()}/${decodeURIComponent(path)}`,
			version: version === void 0 ? void 0 : decodeURIComponent(version),
			qualifiers: new Set(qualifiers.split("&").filter((pair) => pair !== "").map(decodeURIComponent))
		};
	} catch {
		return;
	}
}
// src/policy/exceptions.ts
/** Looks for exceptions by vulnerability and package; the first that still holds is used. */
function findException(finding, exceptions, now) {
	const matching = exceptions.filter((exception) => exception.id === finding.id && coversPackage(exception, finding));
	return {
		used: matching.find((exception) => !isExpired(exception, now)),
		expired: matching.filter((exception) => isExpired(exception, now))
	};
}
function coversPackage({ packages }, finding) {
	if (packages.length === 0) return true;
	return packages.some((text) => text.startsWith("pkg:") ? finding.purl !== void 0 && matchesPurl(text, finding.purl) : text === finding.package);
}
function isExpired({ endsAt }, now) {
	return endsAt !== void 0 && !(now.getTime() < endsAt);
}
// src/policy/finding-counts.ts
/** Findings by severity, whether they gate or not, without those that VEX cleared. What several platforms share counts once; a single platform counts as the scanner lists it. */
function countFindings(platforms) {
	const most = /* @__PURE__ */ new Map();
	for (const { findings } of platforms) {
		const present = findings.filter(({ suppressedBy }) => suppressedBy === void 0);
		for (const [key, group] of Map.groupBy(present, identify)) {
			const [first] = group;
			if (first !== void 0 && group.length > (most.get(key)?.count ?? 0)) most.set(key, {
				severity: first.severity,
				count: group.length
			});
		}
	}
	const counts = {
		CRITICAL: 0,
		HIGH: 0,
		MEDIUM: 0,
		LOW: 0,
		UNKNOWN: 0
	};
	for (const { severity, count } of most.values()) counts[severity] += count;
	return counts;
}
/** The same finding on several platforms becomes one that names them. */
function groupByFinding(found) {
	return [...Map.groupBy(found, ({ finding }) => identify(finding)).values()].flatMap((group) => {
		const [first] = group;
		return first === void 0 ? [] : [{
			...first.finding,
			platforms: [...new Set(group.map(({ platform }) => platform))]
		}];
	});
}
function identify({ id, package: name, installedVersion, severity }) {
	return JSON.stringify([
		id,
		name,
		installedVersion,
		severity
	]);
}
// src/policy/incomplete-scan.ts
/** Judges what a scan of one platform could not tell. An operating system past its end of life is such a gap: nobody reports its vulnerabilities any more, so that few findings mean nothing. */
function judgeGap(scanned, allowances, image, now) {
	const gap = describeGap$1(scanned);
	if (gap === void 0) return { kind: "none" };
	const { platform, digest } = scanned;
	const matching = allowances.filter((entry) => matchesPattern(entry.image, image) && isPlatform(entry.platform, platform));
	const valid = matching.find((entry) => now.getTime() < (endOfDay(entry.expires) ?? 0));
	if (valid !== void 0) return {
		kind: "allowed",
		allowance: {
			...valid,
			platform,
			digest,
			gap
		}
	};
	return {
		kind: "refused",
		refusal: {
			code: "SCAN_INCOMPLETE",
			message: `${platform} (${digest}) could not be judged: ${gap}.${matching.map((entry) => ` ${entry.source} allowed it until ${entry.expires}.`).join("")}`,
			hint: "Rebuild it on a system that the scanner knows, set scan: off for an artifact that is no image, or allow it in the policy's scan.allowIncomplete with image, platform, reason and expires.",
			platform
		}
	};
}
function describeGap$1(scanned) {
	if (!scanned.complete) return scanned.reason.replace(/\.$/, "") || "the scanner gives no reason";
	return scanned.endOfLife === void 0 ? void 0 : `${scanned.endOfLife} is past its end of life`;
}
/** An allowance for a platform holds for every `os.version` of it, not for its variants. */
function isPlatform(allowed, platform) {
	return platform === allowed || platform.startsWith(`${allowed}:`);
}
// src/policy/scan-gate.ts
const MAX_NAMED = 5;
/** Judges the scan of every platform of an image. `exceptions` are those beside the policy's own; `image` is what allowances are matched with. */
function judgeScan(platforms, scan, exceptions, image, now) {
	const gaps = platforms.map((platform) => judgeGap(platform, scan.allowIncomplete, image, now));
	const all = [...scan.ignore, ...exceptions];
	const used = /* @__PURE__ */ new Set();
	const expired = /* @__PURE__ */ new Set();
	const found = [];
	for (const { platform, findings } of platforms) for (const finding of findings.filter((candidate) => isGated(candidate, scan))) {
		const exception = findException(finding, all, now);
		if (exception.used !== void 0) {
			used.add(exception.used);
			continue;
		}
		for (const entry of exception.expired) expired.add(entry);
		found.push({
			platform,
			finding
		});
	}
	const blocking = [...groupByFinding(found)].sort(compareFindings);
	return {
		refusals: [
			...platforms.length === 0 ? [nothingScanned()] : [],
			...gaps.flatMap((gap) => gap.kind === "refused" ? [gap.refusal] : []),
			...blocking.length === 0 ? [] : [refuseFindings(blocking, [...expired])]
		],
		counts: countFindings(platforms),
		blocking,
		usedExceptions: [...used],
		expiredExceptions: [...expired],
		allowedIncomplete: gaps.flatMap((gap) => gap.kind === "allowed" ? [gap.allowance] : [])
	};
}
function isGated(finding, { severity, ignoreUnfixed }) {
	if (finding.suppressedBy !== void 0 || !severity.includes(finding.severity)) return false;
	return !ignoreUnfixed || Boolean(finding.fixedVersion);
}
function refuseFindings(blocking, expired) {
	const named = blocking.slice(0, MAX_NAMED).map(describeFinding);
	const more = blocking.length > MAX_NAMED ? [`${blocking.length - MAX_NAMED} more`] : [];
	const ended = expired.map(({ id, expires, source }) => ` The exception for ${id} in ${source} ended: ${expires ?? ""}.`);
	const fixable = blocking.some(({ fixedVersion }) => fixedVersion);
	return {
		code: "VULNERABLE",
		message: `${blocking.length === 1 ? "1 finding blocks" : `${blocking.length} findings block`}: ${[...named, ...more].join("; ")}.${ended.slice(0, MAX_NAMED).join("")}`,
		hint: `${fixable ? "Rebuild the image with the fixed versions" : "There is no fix yet: replace the package"}, or accept a finding in the policy's scan.ignore with reason and expires.`,
		findings: blocking
	};
}
function describeFinding({ id, severity, package: name, installedVersion, fixedVersion }) {
	return `${id} (${severity}) in ${name} ${installedVersion}, ${fixedVersion ? `fixed in ${fixedVersion}` : "no fix yet"}`;
}
function compareFindings(a, b) {
	return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || compareText(a.id, b.id) || compareText(a.package, b.package);
}
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
function nothingScanned() {
	return {
		code: "SCAN_INCOMPLETE",
		message: "Nothing was scanned: the image has no platform.",
		hint: "Check what the source is; for an artifact that is no image, set scan: off."
	};
}
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
// src/report/findings-sarif.ts
/** All findings of all platforms as SARIF 2.1.0 text. What a VEX statement cleared is left out, as code scanning would raise an alert for it. `category` is what the alerts are filed under. */
function renderSarif(image, digest, platforms, toolVersion, category = image) {
	const results = platforms.flatMap(({ platform, findings }) => findings.filter((finding) => finding.suppressedBy === void 0).map(({ id, target: _target, suppressedBy: _suppressedBy, ...finding }) => {
		const help = helpUri(id);
		return {
			...finding,
			ruleId: id,
			image,
			digest,
			platform,
			...help === void 0 ? {} : { helpUri: help }
		};
	}));
	return JSON.stringify(buildSarif({
		toolVersion,
		results,
		category: `promote-image/${category}`
	}), null, 1);
}
function helpUri(id) {
	if (/^CVE-\d{4}-\d+$/.test(id)) return `https://avd.aquasec.com/nvd/${id.toLowerCase()}`;
	if (/^GHSA(-[a-z0-9]{4}){3}$/.test(id)) return `https://github.com/advisories/${id}`;
}
// src/steps/scan-gates.ts
/** Scans every platform, judges what was found, and keeps Trivy's reports and the findings as SARIF in `places.results`. */
async function scanAndJudge(image, scanner, { scan, exceptions }, { log, clock }, places) {
	const scannedAt = clock();
	const stale = judgeDatabase(scanner.database, scan.maxDatabaseAge, scannedAt);
	const { from } = scan;
	const scans = from === "sbom" ? await scanAttested(image.graph, image.sboms, scanner, places.room) : await scanGraph(image.graph, image.store, scanner, places.room);
	const finishedAt = clock();
	const platforms = scans.map(({ scanned }) => scanned);
	for (const scanned of platforms) log.info(describePlatform(scanned));
	const verdict = judgeScan(platforms, scan, exceptions, image.repository, scannedAt);
	const { digest } = image.graph.root;
	const reportPath = join(places.results, "scan.json");
	const sarifPath = join(places.results, "scan.sarif");
	await writeScanReport(digest, scans, reportPath, from);
	await writeFile(sarifPath, renderSarif(image.repository, digest, platforms, scanner.tool.version, image.category));
	return {
		verdict,
		scannedAt,
		finishedAt,
		scans,
		summary: {
			platforms,
			counts: verdict.counts,
			verdict,
			reportPath,
			sarifPath,
			from,
			scanner: `Trivy ${scanner.tool.version}`,
			database: scanner.database
		},
		...conclude(stale, verdict, platforms.length, scanner, scan)
	};
}
function conclude(stale, verdict, count, { database }, { mode, severity, from }) {
	const staleness = stale === void 0 ? [] : [stale];
	const findings = [...staleness, ...verdict.refusals];
	if (mode === "report") return {
		gates: [{
			name: "Vulnerability scan",
			verdict: "reported",
			evidence: `${findings.map(({ message }) => message).join(" ") || "nothing found that would refuse"}${tellSource(from)}`
		}],
		refusals: [],
		notes: findings.map(({ code, message }) => `${code} was reported, not enforced: ${message}`)
	};
	const updated = `${formatDate(database.updatedAt)} from ${database.source}`;
	const passed = `${count} ${count === 1 ? "platform" : "platforms"} scanned, nothing of severity ${severity.join(", ")}${tellSource(from)}`;
	return {
		gates: [toGate("Scan database", staleness, `database of ${updated}`), toGate("Vulnerability scan", verdict.refusals, passed)],
		refusals: findings,
		notes: []
	};
}
/** Who approves must know that nobody looked at the layers. */
function tellSource(from) {
	return from === "sbom" ? "; from its attested SBOM, which is weaker evidence than the layers" : "";
}
function describePlatform(scanned) {
	if (!scanned.complete) return `Could not judge ${scanned.platform}: ${scanned.reason}`;
	const found = SEVERITIES.map((severity) => ({
		severity,
		count: scanned.findings.filter((finding) => finding.severity === severity).length
	})).filter(({ count }) => count > 0).map(({ severity, count }) => `${count} ${severity}`);
	return `Scanned ${scanned.platform}: ${found.join(", ") || "nothing found"}`;
}
// src/steps/cosign.ts
/** Provides cosign in a directory of its own, which nobody else may read. */
async function openCosign(request, ports, room) {
	const directory = join(room, "cosign");
	await mkdir(directory, {
		recursive: true,
		mode: 448
	});
	const tool = await ports.provideTool("cosign", request.tools.cosign, directory);
	const context = {
		path: tool.path,
		directory,
		networkEnv: ports.networkEnv,
		certificates: ports.certificates,
		kmsEnv: ports.kmsEnv ?? {},
		trustedRoot: request.trustedRoot,
		exec: ports.exec,
		signal: ports.signal
	};
	return {
		tool,
		verifier: await createVerifier(context),
		context
	};
}
// src/signer/signing-failed.ts
/** The error for a signature that cosign did not make. */
function makeSigningFailed(verb, result, key) {
	const who = key.kind === "keyless" ? "without a key" : `with ${formatSigningKey(key)}`;
	const hint = explain(result.complaint, key);
	return new SignerError("SIGNING_FAILED", `cosign ${verb} ${who} ${describeEnd(result)}: ${result.complaint}`, { ...hint === void 0 ? {} : { hint } });
}
const REFUSED_TOKEN = /Fulcio returned 4\d\d|subject from identity token|retrieving ID token/i;
const OUT_OF_REACH = /\bTUF\b|tuf-repo|connection refused|no such host|unreachable|proxyconnect|timeout|did not end in time|closed response body|unexpected response: (?:429|5\d\d)/i;
function explain(complaint, key) {
	if (REFUSED_TOKEN.test(complaint)) return "Fulcio refused the OIDC token: it must be fresh, by an issuer this Fulcio knows, and for the audience it expects (sigstore).";
	if (!OUT_OF_REACH.test(complaint)) return void 0;
	if (key.kind === "kms") return "Open the way to the KMS, and to Sigstore where the policy wants a log.";
	return key.kind === "keyless" ? "Open the way to Sigstore, or give signing-config and trusted-root of your own." : "Without access to Sigstore, say signature: { transparencyLog: false } in the policy.";
}
// src/signer/cosign-signer.ts
/**
* Prepares that. A log that lost its answer refuses the very same entry afterwards (409), which a deterministic key
* would make for ever: a further try signs one more line break behind the statement, which changes nothing in it.
* Throws SIGNING_FAILED.
*/
function createSignFile(cosign, directory, identity) {
	const { key, env, tokens } = identity;
	const lend = (use) => tokens === void 0 ? use(["--key", formatSigningKey(key)]) : tokens.lend((file) => use([
		"--identity-token",
		file,
		"--oidc-disable-ambient-providers"
	]));
	return async (verb, content, services) => {
		const room = await mkdtemp(join(directory, "sign-"));
		const [input, output] = [join(room, "input"), join(room, "bundle.json")];
		let text = content;
		const attempt = (former) => lend(async (who) => {
			if (former !== void 0 && isConflict(former)) text = Buffer.concat([text, Buffer.from("\n")]);
			await writeFile(input, text);
			await rm(output, { force: true });
			const subject = verb === "attest-blob" ? ["--statement", input] : [input];
			const args = [
				verb,
				"--yes",
				...who,
				...services.flags,
				"--bundle",
				output,
				...subject
			];
			return cosign.run({
				args,
				env,
				network: services.network
			});
		});
		const result = await cosign.tryAgain(attempt);
		if (result.code !== 0) throw makeSigningFailed(verb, result, key);
		const bundle = await readFile(output).catch((cause) => {
			throw new SignerError("SIGNING_FAILED", `cosign ${verb} ended well but left no bundle`, {
				cause,
				hint: "Check the cosign input, or leave it empty for the version this release knows."
			});
		});
		await rm(room, {
			recursive: true,
			force: true
		});
		return bundle;
	};
}
// src/signer/identity-token.ts
const MIN_LIFE_MS = 6e4;
const NO_TOKEN_HINT = "A job that signs without a key needs permissions: id-token: write; else set cosign-key.";
/** Asks for a token now, so that a missing permission is found before anything is written. Throws TOKEN_UNUSABLE. */
async function openIdentityTokens(directory, ask) {
	let token = await askForToken(ask);
	return {
		expected: readExpected(token.claims),
		async lend(use) {
			if (leftOf(token) < MIN_LIFE_MS) token = await askForToken(ask);
			const room = await mkdtemp(join(directory, "token-"));
			try {
				const file = join(room, "token");
				await writeFile(file, token.text, { mode: 384 });
				return await use(file);
			} finally {
				await rm(room, {
					recursive: true,
					force: true
				});
			}
		}
	};
}
async function askForToken(ask) {
	let text;
	try {
		text = (await ask()).trim();
	} catch (cause) {
		throw new SignerError("TOKEN_UNUSABLE", `There is no OIDC token to sign with: ${describeError(cause)}`, {
			cause,
			hint: (cause instanceof DomainError ? cause.hint : void 0) ?? NO_TOKEN_HINT
		});
	}
	const token = parseToken(text);
	if (token === void 0) throw new SignerError("TOKEN_UNUSABLE", "What was given as an OIDC token is no JSON Web Token", { hint: "SIGSTORE_ID_TOKEN must hold the token itself; leave it away where the runner gives one." });
	if (leftOf(token) > 0) return token;
	throw new SignerError("TOKEN_UNUSABLE", "The OIDC token to sign with has expired", { hint: "Ask for it later in the job, or let this action ask for it (permissions: id-token: write). If it is new, mend the clock of this machine." });
}
/** https://www.rfc-editor.org/rfc/rfc7519 */
function parseToken(text) {
	const [, payload = "", signature] = text.split(".");
	if (signature === void 0 || !/^[\w.-]+$/.test(text)) return void 0;
	try {
		const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
		return typeof claims === "object" && claims !== null && !Array.isArray(claims) ? {
			text,
			claims
		} : void 0;
	} catch {
		return;
	}
}
function leftOf({ claims }) {
	return typeof claims.exp === "number" ? claims.exp * 1e3 - Date.now() : Number.POSITIVE_INFINITY;
}
/** https://github.com/sigstore/fulcio/blob/main/docs/oidc.md; a server of GitHub Enterprise issues from its own address. */
function readExpected(claims) {
	const { iss, job_workflow_ref: workflow, repository } = claims;
	if (typeof iss !== "string" || typeof workflow !== "string" || typeof repository !== "string") return void 0;
	const identity = `${/^(https:\/\/[^/]+)\/_services\/token$/.exec(iss)?.[1] ?? "https://github.com"}/${workflow}`;
	return {
		kind: "certificate",
		name: identity,
		identity: {
			kind: "exact",
			text: identity
		},
		issuer: {
			kind: "exact",
			text: iss
		},
		repository
	};
}
// src/signer/signing-key.ts
/** Tries a key and returns its public half in PEM. Throws KEY_UNUSABLE: for a wrong password, and for a key with which cosign 3 makes bundles that it then refuses. */
async function trySigningKey(cosign, key, env) {
	const name = formatSigningKey(key);
	const publicKey = key.kind === "kms" ? await readKmsKey(cosign, key.uri, env) : await readFileKey(cosign, name, env);
	const kind = describeKind(publicKey);
	if (kind === void 0) return publicKey;
	throw new SignerError("KEY_UNUSABLE", `The key ${name} is ${kind}, and cosign does not accept what it signs with one`, { hint: "Use an ECDSA P-256 key (cosign generate-key-pair makes one) or an RSA key of 2048 bits or more." });
}
async function readFileKey(cosign, name, env) {
	const result = await cosign.run({
		args: [
			"public-key",
			"--key",
			name
		],
		env: {
			COSIGN_PASSWORD: "",
			...env
		},
		network: false
	});
	if (result.code === 0 && result.stdout.includes("PUBLIC KEY")) return result.stdout;
	throw new SignerError("KEY_UNUSABLE", `cosign could not use the key ${name}: ${result.complaint}`, { hint: explainKey(result.complaint) });
}
function explainKey(complaint) {
	if (/decrypt/i.test(complaint)) return "COSIGN_PASSWORD is not the password of this key.";
	if (/no such file/i.test(complaint)) return "Point cosign-key at a file in the workspace, or use env://COSIGN_PRIVATE_KEY.";
	return "cosign-key must name a private key made by cosign generate-key-pair: env://COSIGN_PRIVATE_KEY or a file.";
}
/** What a key is, when cosign 3.1 signs with it by one hash and verifies by another (found by running it); undefined for one that works. */
function describeKind(publicKey) {
	let key;
	try {
		key = createPublicKey(publicKey);
	} catch {
		return "of a kind that is not known";
	}
	const curve = key.asymmetricKeyDetails?.namedCurve;
	if (key.asymmetricKeyType === "rsa" || curve === "prime256v1") return void 0;
	return curve === void 0 ? `of the kind ${key.asymmetricKeyType}` : `on the curve ${curve}`;
}
// src/signer/signing-services.ts
/** A key without a log needs no service, and cosign is given none. Files that say so are kept in `directory`. */
async function offerNoServices(directory, { key }) {
	return {
		flags: [...await keepFile(directory, "--signing-config", "no-services.json", EMPTY_SIGNING_CONFIG), ...await keepFile(directory, "--trusted-root", "no-trusted-root.json", EMPTY_TRUSTED_ROOT)],
		network: key.kind === "kms"
	};
}
/** Those of the given files, else the public Sigstore's. Throws TRUST_UNUSABLE when they are not what the policy says of the log. */
async function chooseServices(directory, choice) {
	const { key, transparencyLog, signingConfig, trustedRoot } = choice;
	if (key.kind !== "keyless" && !transparencyLog) return offerNoServices(directory, choice);
	if (signingConfig === void 0 && !transparencyLog) throw new SignerError("TRUST_UNUSABLE", "Signing without a key and without a transparency log was asked for", { hint: "The public Sigstore logs every signature: allow transparencyLog, or give signing-config and trusted-root of a Sigstore without a log." });
	const config = signingConfig && fitSigningConfig(signingConfig, transparencyLog);
	const root = trustedRoot && parseTrustedRoot(trustedRoot).text;
	return {
		flags: [...config ? await keepFile(directory, "--signing-config", "signing-config.json", config) : [], ...root ? await keepFile(directory, "--trusted-root", "trusted-root.json", root) : []],
		network: true
	};
}
async function keepFile(directory, flag, name, text) {
	const file = join(directory, name);
	await writeFile(file, text);
	return [flag, file];
}
// src/signer/statement-signer.ts
/** Prepares to sign and tries the key, or asks for a token: what is wrong with either is found now. Throws KEY_UNUSABLE, TOKEN_UNUSABLE or TRUST_UNUSABLE. */
async function createStatementSigner(context) {
	const { key, transparencyLog } = context;
	const cosign = await openCosign$1(context);
	const directory = await mkdtemp(join(context.directory, "signer-"));
	const services = await chooseServices(directory, context);
	const verifier = services.network ? await createVerifier(context) : void 0;
	const tokens = await openTokens(context, directory);
	const env = selectSecrets(context);
	const publicKey = tokens === void 0 ? await trySigningKey(cosign, key, env) : void 0;
	const signFile = createSignFile(cosign, directory, {
		key,
		env,
		tokens
	});
	return {
		publicKey,
		expectedAnchor: publicKey === void 0 ? tokens?.expected && {
			...tokens.expected,
			transparencyLog
		} : {
			kind: "key",
			name: formatSigningKey(key),
			key: publicKey,
			transparencyLog
		},
		async signStatement(statement) {
			const bundle = await signFile("attest-blob", Buffer.from(JSON.stringify(statement)), services);
			if (verifier !== void 0) await verifyOwn(verifier, bundle, statement, publicKey, transparencyLog);
			return bundle;
		},
		async signPayload(payload) {
			if (tokens !== void 0) throw new SignerError("SIGNING_FAILED", "A signature in the legacy format was asked of a signer without a key", { hint: "Set cosign-key, or signature-format: bundle." });
			return readSignature(await signFile("sign-blob", payload, await offerNoServices(directory, context)));
		}
	};
}
async function openTokens(context, directory) {
	if (context.key.kind !== "keyless") return void 0;
	if (context.identityToken !== void 0) return openIdentityTokens(directory, context.identityToken);
	throw new SignerError("TOKEN_UNUSABLE", "There is nobody to ask for an OIDC token to sign with", { hint: "Set cosign-key, or run where there is such a token." });
}
/** A signer without a key has no secret but its token; a KMS has its own login. */
function selectSecrets({ key, keyEnv, kmsEnv }) {
	if (key.kind === "keyless") return {};
	return {
		COSIGN_PASSWORD: "",
		...key.kind === "kms" ? kmsEnv : keyEnv
	};
}
/** That cosign ended well proves nothing about what a service answered. */
async function verifyOwn(verifier, bundle, statement, publicKey, transparencyLog) {
	const [digest] = listSubjectDigests(statement);
	const { predicateType } = statement;
	if (digest === void 0 || typeof predicateType !== "string") throw new SignerError("SIGNING_FAILED", "The statement to sign names no digest, or no predicate type");
	const anchor = toExactAnchor(await readBundleIdentity(bundle), publicKey, transparencyLog);
	const verdict = await verifier.verifyBundle(bundle, digest, predicateType, anchor);
	if (verdict.valid) return;
	throw new SignerError("SIGNING_FAILED", `The bundle that cosign made does not verify: ${verdict.reason}`, { hint: "Check that trusted-root is the one of the services that signing-config names." });
}
/** https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
function readSignature(bundle) {
	const { messageSignature } = JSON.parse(bundle.toString("utf8"));
	if (typeof messageSignature?.signature === "string") return messageSignature.signature;
	throw new SignerError("SIGNING_FAILED", "cosign sign-blob made a bundle without a signature");
}
// src/steps/signer.ts
/** Tries the key, or asks for a token, so that a wrong password or a missing permission is found before anything is read or written. Undefined when nothing is to be signed. */
async function prepareSigner(request, ports, { tool, verifier, context }) {
	const { key } = request;
	if (key === void 0) return void 0;
	const signer = await createStatementSigner({
		...context,
		key,
		keyEnv: ports.keyEnv,
		transparencyLog: request.policy.signature.transparencyLog,
		signingConfig: request.signingConfig,
		identityToken: ports.identityToken
	});
	ports.log.info(`cosign ${tool.version} signs ${describeSigner(request, signer)}`);
	return {
		signer,
		verifier,
		tool
	};
}
function describeSigner({ key }, { expectedAnchor }) {
	switch (key?.kind) {
		case "env": return `with the key in ${key.variable}`;
		case "file": return `with ${key.path}`;
		case "kms": return `with ${key.uri}`;
		default: return `as ${expectedAnchor?.name ?? "the identity that the issuer vouches for"}`;
	}
}
// src/steps/render-scan.ts
const MAX_FINDING_ROWS = 200;
const MAX_OPEN_ROWS = 20;
/** What the scan found: counts per platform, the findings that refuse (or would), the exceptions used; undefined when nothing was scanned. */
function renderScan({ scan, gates }) {
	if (scan === void 0) return void 0;
	const isReport = gates.some(({ verdict }) => verdict === "reported");
	return joinBlocks([
		renderHeading(3, "Vulnerabilities"),
		`${escapeMarkdown(scan.scanner)}, with the database of ${formatDate(scan.database.updatedAt)}${scan.from === "sbom" ? ", from its attested SBOM: weaker evidence than its layers" : ""}.`,
		renderPlatforms(scan),
		renderBlocking(scan, isReport ? "would refuse" : "refuse"),
		renderExceptions(scan)
	]);
}
function renderPlatforms({ platforms }) {
	const found = SEVERITIES.filter((severity) => platforms.some((platform) => countOpen(platform, severity) > 0));
	const hasGap = platforms.some((platform) => describeGap(platform) !== void 0);
	if (found.length === 0 && !hasGap && platforms.length > 0) return `No findings on ${platforms.map(({ platform }) => codeSpan(platform)).join(", ")}.`;
	const columns = [
		{ title: "Platform" },
		...found.map((severity) => ({
			title: nameSeverity(severity),
			align: "right"
		})),
		...hasGap ? [{ title: "Scan" }] : []
	];
	const rows = platforms.map((platform) => [
		codeSpan(platform.platform),
		...found.map((severity) => formatCount(countOpen(platform, severity))),
		describeGap(platform) ?? "complete"
	]);
	return renderTable(columns, rows);
}
/** What a VEX statement cleared is not counted, here as in the outputs. */
function countOpen({ findings }, severity) {
	return findings.filter((finding) => finding.severity === severity && finding.suppressedBy === void 0).length;
}
/** Few findings mean nothing where the scan was incomplete, or nobody publishes findings any more. */
function describeGap(platform) {
	if (!platform.complete) return `incomplete: ${escapeMarkdown(platform.reason)}`;
	return platform.endOfLife === void 0 ? void 0 : `${escapeMarkdown(platform.endOfLife)} is past its end of life`;
}
function renderBlocking({ verdict, platforms }, verb) {
	const { blocking } = verdict;
	if (blocking.length === 0) return void 0;
	const rows = blocking.map((finding) => [
		linkFinding(finding.id),
		nameSeverity(finding.severity),
		`${escapeMarkdown(finding.package)} ${escapeMarkdown(finding.installedVersion)}`,
		finding.fixedVersion ? escapeMarkdown(finding.fixedVersion) : "no fix yet",
		nameWhere(finding, platforms.length)
	]);
	const columns = [
		"Vulnerability",
		"Severity",
		"Package",
		"Fixed in",
		"Platforms"
	].map((title) => ({ title }));
	const table = renderTable(columns, limitRows(rows, MAX_FINDING_ROWS));
	const all = rows.length > MAX_FINDING_ROWS ? `The ${codeSpan("scan-report")} and ${codeSpan("sarif")} outputs name the files that have all.` : void 0;
	const title = `${formatCount(blocking.length, "finding")} that ${verb === "refuse" && blocking.length === 1 ? "refuses" : verb}`;
	return renderDetails(title, joinBlocks([table, all]), { open: blocking.length <= MAX_OPEN_ROWS });
}
function nameWhere({ platforms }, count) {
	return platforms.length === count && count > 1 ? "all" : platforms.map(codeSpan).join(" ");
}
/** Only names of the two known forms lead anywhere. */
function linkFinding(id) {
	const name = escapeMarkdown(id);
	if (/^CVE-\d{4}-\d{4,}$/.test(id)) return renderLink(name, `https://nvd.nist.gov/vuln/detail/${id}`);
	if (/^GHSA(-[a-z0-9]{4}){3}$/.test(id)) return renderLink(name, `https://github.com/advisories/${id}`);
	return name;
}
function nameSeverity(severity) {
	return severity.charAt(0) + severity.slice(1).toLowerCase();
}
function renderExceptions({ verdict }) {
	const used = verdict.usedExceptions.map(({ id, reason, expires, source }) => `${escapeMarkdown(id)} accepted ${expires === void 0 ? "without an end" : `until ${escapeMarkdown(expires)}`}: ${escapeMarkdown(reason ?? "no reason given")} (${escapeMarkdown(source)})`);
	const incomplete = verdict.allowedIncomplete.map(({ platform, gap, reason, expires, source }) => `${codeSpan(platform)} accepted unjudged until ${escapeMarkdown(expires)}: ${escapeMarkdown(gap)}; ${escapeMarkdown(reason)} (${escapeMarkdown(source)})`);
	const expired = verdict.expiredExceptions.map(({ id, expires, source }) => `${escapeMarkdown(id)} no longer accepted since ${escapeMarkdown(expires ?? "")} (${escapeMarkdown(source)})`);
	const items = [
		...used,
		...incomplete,
		...expired
	];
	return items.length === 0 ? void 0 : joinBlocks([renderHeading(4, "Exceptions"), renderList(items)]);
}
// src/steps/trust-flags.ts
const NO_LOG_FLAG = "--insecure-ignore-tlog=true";
/** What the commands call the trusted root of a private Sigstore. */
const TRUSTED_ROOT_FILE = "trusted_root.json";
/** The flags by which a stranger tells stock cosign whom to trust, ready for a shell: those that the run itself verified with. Undefined when nothing was signed, or nobody knows by whom. */
function listTrustFlags({ anchor, publicKey, transparencyLog, trustedRoot }) {
	const root = trustedRoot === void 0 ? [] : ["--trusted-root", TRUSTED_ROOT_FILE];
	if (anchor?.kind === "certificate") {
		const parsed = trustedRoot === void 0 ? void 0 : parseTrustedRoot(trustedRoot);
		return [
			...listIdentityFlags(anchor),
			...listRootFlags(anchor, parsed),
			...root
		].map(quote);
	}
	return publicKey === void 0 ? void 0 : [
		"--key",
		"cosign.pub",
		...transparencyLog ? [] : [NO_LOG_FLAG],
		...root
	];
}
/** A word for a POSIX shell. */
function quote(text) {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
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
// src/inputs/scan-inputs.ts
/** Reads what refuses, and what is excused. */
async function readScanInputs(fields, named) {
	const exceptions = await readIgnoreFiles(fields, named);
	const severity = readSeverity(fields);
	return {
		exceptions,
		...severity === void 0 ? {} : { severity },
		...fields.isGiven("ignore-unfixed") ? { ignoreUnfixed: fields.flag("ignore-unfixed") } : {},
		...fields.isGiven("scan") ? { scan: fields.choice("scan", [
			"enforce",
			"report",
			"off"
		]) } : {}
	};
}
function readSeverity(fields) {
	if (!fields.isGiven("severity")) return void 0;
	const { severities, problem } = parseSeverities(fields.list("severity").map((entry) => entry.toUpperCase()));
	if (problem !== void 0) fields.addProblem("severity", problem.message, problem.fix);
	return severities;
}
async function readIgnoreFiles(fields, named) {
	const parsed = (await named.readAll("trivyignores", fields.list("trivyignores"))).map(({ path, text }) => parseIgnoreFile(text, path));
	fields.addProblems(parsed.flatMap(({ problems }) => problems));
	return parsed.flatMap(({ exceptions }) => exceptions);
}
// src/inputs/signing-key.ts
/** Reads `cosign-key`, and whether that key is there; the key itself is never looked at. A dry run signs nothing and may do without key or token. Undefined too when it is a problem. `unsigned` says how to do without a signature, as in `set attest: false`. */
async function readSigningKey(fields, dryRun, context, unsigned) {
	const text = fields.text("cosign-key");
	if (text.includes("-----BEGIN")) {
		fields.addProblem("cosign-key", "holds a key itself.", "Set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable: an input may be shown in logs.");
		return;
	}
	const key = parseSigningKey(text, context.workspace);
	switch (key?.kind) {
		case void 0:
			fields.addProblem("cosign-key", `names ${text.split(":")[0]}://, which this release does not use.`, `Use env://COSIGN_PRIVATE_KEY, a file, or a KMS: ${listKmsSchemes().join(", ")}.`);
			return;
		case "keyless": return readKeyless(fields, key, dryRun, context, unsigned);
		case "env":
			if (context.env[key.variable]) return key;
			if (dryRun) return void 0;
			fields.addProblem("cosign-key", `names the variable ${key.variable}, which is empty or not set.`, `Give the step env: ${key.variable}: \${{ secrets.${key.variable} }}.`);
			return key;
		case "file": {
			const file = await readFor("input cosign-key", () => context.files.readText(key.path));
			if ("problem" in file || file.text === void 0) fields.addProblem("cosign-key", `names the file ${text}, which cannot be read.`, "Check the path, or use env://COSIGN_PRIVATE_KEY.");
			return key;
		}
		default: return key;
	}
}
/** Without a key the workflow itself signs, and for that the job must be allowed to say who it is. */
function readKeyless(fields, key, dryRun, { identityToken }, unsigned) {
	if (identityToken !== void 0) return key;
	if (dryRun) return void 0;
	fields.addProblem("cosign-key", "is empty, and to sign without a key this job would need an identity token, which it cannot get.", `Give the job permissions: id-token: write, or set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable, or ${unsigned}.`);
}
export { sizeOfLegacy as A, fetchReferrers as C, loadGraph as D, manifestsOf as E, clearRunRoom as F, openRunRoom as I, listKeyVariables as L, settle as M, isDiskFull as N, reportProgress as O, toDiskFull as P, NO_REFERRERS as S, blobsOf as T, isSigned as _, listTrustFlags as a, Notary as b, openCosign as c, storeImage as d, prepareScanner as f, isRecordOf as g, toGate as h, TRUSTED_ROOT_FILE as i, listUnlisted as j, countLegacy as k, scanAndJudge as l, mayAttest as m, readScanInputs as n, renderScan as o, makeScanStatement as p, NO_LOG_FLAG as r, prepareSigner as s, readSigningKey as t, openImageLayout as u, readVerifiedEvidence as v, pushReferrers as w, keepBundle as x, requireVerifiedEvidence as y };
