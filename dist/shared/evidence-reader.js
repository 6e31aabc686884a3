import { Bt as SIGNATURE_PREDICATE, Cn as isReferrerOf, In as RegistryError, Jn as mapConcurrently, Kn as markControl, Mn as isLegacyContent, Nn as legacyLayers, Pn as legacyTag, Sn as findReferrers, Vn as parseStrictJson, Yn as runTogether, _n as describeIdentity, fr as ImageError, in as createTagFinder, ln as readBundleIdentity, lt as createTaskLimit, pn as SignerError, wn as listReferrers } from "./engine.js";
import { t as findSubject } from "./attached-statement.js";
import { t as openLoopbackView } from "./loopback-view.js";
// src/chain/attached-bundle.ts
/** What a bundle says, or in a sentence why it cannot be read. Both JSON texts must read the same for everyone, since cosign reads them again: what it verifies is what we have read. */
async function readBundle(manifest, bundle) {
	const outer = parse(bundle);
	if (outer === void 0) return "its bundle is not JSON that everyone reads alike";
	const { dsseEnvelope, dsse_envelope: envelope = dsseEnvelope } = outer ?? {};
	if (typeof envelope?.payload !== "string" || (envelope.payloadType ?? envelope.payload_type) !== IN_TOTO) return "its bundle signs no in-toto statement";
	const inner = parse(Buffer.from(envelope.payload, "base64"));
	if (inner === void 0) return "its statement is not JSON that everyone reads alike";
	const { attachedStatementSchema } = await import("./attached-statement-schema.js");
	const { data: statement } = attachedStatementSchema.safeParse(inner);
	if (statement === void 0) return "its statement does not have the form of one";
	try {
		const identity = await readBundleIdentity(bundle);
		return {
			manifest,
			predicateType: statement.predicateType,
			statement,
			bundle,
			identity
		};
	} catch (error) {
		if (error instanceof SignerError && error.code === "BUNDLE_UNREADABLE") return error.message;
		throw error;
	}
}
const IN_TOTO = "application/vnd.in-toto+json";
function parse(bytes) {
	try {
		return parseStrictJson(bytes);
	} catch {
		return;
	}
}
// src/chain/attachment-flaw.ts
/** What is wrong with content that a registry holds, whoever put it there. */
const CONTENT_CODES = [
	"DIGEST_MISMATCH",
	"SIZE_MISMATCH",
	"TOO_LARGE"
];
const ABSENT = "the registry does not have it";
const ABSENT_CODES = [
	"MANIFEST_UNKNOWN",
	"BLOB_UNKNOWN",
	"NOT_FOUND"
];
/**
* Tells what is wrong with an attachment from a registry that could not be asked. The first anybody with the right to
* push can bring about, so it takes nothing from other attachments; the second is undefined here, and to be thrown.
*/
function describeFlaw(error) {
	if (error instanceof ImageError) return error.message;
	if (!(error instanceof RegistryError)) return void 0;
	if (CONTENT_CODES.includes(error.code)) return error.message;
	if (error.code === "PROTOCOL" && error.cause instanceof ImageError) return error.cause.message;
	return isSaidToBeAbsent(error) ? ABSENT : void 0;
}
/** As describeFlaw, where a registry may say "not found" without words: then a look by `isThere` decides. */
async function explainFlaw(error, isThere) {
	const reason = describeFlaw(error);
	if (reason !== void 0) return reason;
	if (!(error instanceof RegistryError && error.code === "NOT_FOUND") || await isThere()) throw error;
	return ABSENT;
}
/** Only the registry's own words make something absent. */
function isSaidToBeAbsent({ code, diagnostics }) {
	return code === "NOT_FOUND" && diagnostics.some((diagnostic) => ABSENT_CODES.includes(diagnostic.code));
}
// src/chain/attachment-limits.ts
/** How many attachments of one digest are looked at. */
const MAX_ATTACHMENTS = 1e3;
/** How large one may be, in bytes: an SBOM of a large image has some ten MiB. */
const MAX_ATTACHMENT_BYTES = 33554432;
// src/chain/attached.ts
const CONCURRENT_REQUESTS = 6;
/** Of every version: cosign writes 0.3 today. */
const BUNDLE_TYPE = "application/vnd.dev.sigstore.bundle";
/** How cosign says beside a bundle what is in it. */
const TYPE_ANNOTATION = "dev.sigstore.bundle.predicateType";
/** Reads the bundles whose manifests name this digest as their subject, whatever the list says of them. What is broken is told of and takes nothing from the rest; a registry that cannot be asked throws. */
async function readAttachedBundles(client, repository, digest, findTagged) {
	return readListed(client, repository, digest, await listAttached(client, repository, digest, findTagged));
}
/** The same with the fewest requests, of what the registry lists as being of this predicate type, or does not say the type of: a list is only a claim, so that what is missing here may still be there. */
async function readListedBundles(client, repository, digest, predicateType) {
	const { descriptors } = await listReferrers(client, repository, digest);
	return readListed(client, repository, digest, descriptors.filter(({ annotations }) => (annotations[TYPE_ANNOTATION] ?? predicateType) === predicateType));
}
async function readListed(client, repository, digest, descriptors) {
	const unreadable = [];
	const leaveOut = (manifest, reason) => {
		unreadable.push({
			manifest,
			reason
		});
		return [];
	};
	const listed = descriptors.filter(mayHoldBundle);
	for (const { digest: manifest } of listed.slice(MAX_ATTACHMENTS)) leaveOut(manifest, `it is one of more than ${MAX_ATTACHMENTS}`);
	const layers = await mapConcurrently(listed.slice(0, MAX_ATTACHMENTS), CONCURRENT_REQUESTS, async (entry) => {
		const found = await findLayer(client, repository, digest, entry);
		return typeof found === "string" ? leaveOut(entry.digest, found) : found;
	});
	let total = 0;
	const readable = layers.flat().toSorted((a, b) => a.layer.size - b.layer.size).filter(({ manifest, layer: { size } }) => {
		if (size > 33554432) return leaveOut(manifest, `its bundle has ${size} bytes`).length > 0;
		total += size;
		return total <= 134217728 || leaveOut(manifest, "there is too much attached to read it").length > 0;
	});
	return {
		bundles: (await mapConcurrently(readable, CONCURRENT_REQUESTS, async ({ manifest, layer }) => {
			const read = await readLayer(client, repository, manifest, layer);
			return typeof read === "string" ? leaveOut(manifest, read) : [read];
		})).flat(),
		unreadable
	};
}
/** Where the API answers, what stands under the fallback tag instead of a list hides nothing. */
async function listAttached(client, repository, digest, findTagged) {
	try {
		return (await findReferrers(client, repository, digest, findTagged)).descriptors;
	} catch (error) {
		if (describeFlaw(error) === void 0) throw error;
		return (await listReferrers(client, repository, digest)).descriptors;
	}
}
/** Lists written by older clients say nothing, or only the type of the config. */
function mayHoldBundle({ artifactType }) {
	return artifactType === void 0 || artifactType === "application/vnd.oci.empty.v1+json" || artifactType.startsWith(BUNDLE_TYPE);
}
/** The layer with the bundle, none for what is attached and is no bundle, or why there is none to be read. */
async function findLayer(client, repository, subject, listed) {
	try {
		const { manifest } = await client.getManifest(repository, listed.digest);
		const isMeant = manifest.artifactType?.startsWith(BUNDLE_TYPE) === true;
		const [layer, second] = (manifest.kind === "manifest" ? manifest.layers : []).filter(({ mediaType }) => mediaType.startsWith(BUNDLE_TYPE));
		if (layer === void 0) return isMeant ? "it is said to hold a bundle and has no layer of that type" : [];
		if (!isReferrerOf(manifest, subject)) return "it is listed here, but names another subject";
		return second === void 0 ? [{
			manifest: listed.digest,
			layer
		}] : "it holds several bundles";
	} catch (error) {
		return explainFlaw(error, async () => await client.headManifest(repository, listed.digest) !== void 0);
	}
}
async function readLayer(client, repository, manifest, layer) {
	let bytes;
	try {
		bytes = await client.readBlob(repository, layer, MAX_ATTACHMENT_BYTES);
	} catch (error) {
		return explainFlaw(error, () => client.hasBlob(repository, layer));
	}
	return readBundle(manifest, bytes);
}
// src/chain/bundle-verdicts.ts
/** Bundles under way at once; how many processes that makes, the limit says. */
const CONCURRENT_BUNDLES = 8;
/** Makes a judge that verifies nothing twice. */
function createBundleJudge(verifier, limit) {
	const known = /* @__PURE__ */ new WeakMap();
	const verify = (bundle, digest, anchor) => {
		const verdicts = known.get(bundle) ?? /* @__PURE__ */ new Map();
		known.set(bundle, verdicts);
		const key = JSON.stringify([digest, {
			...anchor,
			name: ""
		}]);
		const verdict = verdicts.get(key) ?? limit(() => verifier.verifyBundle(bundle.bundle, digest, bundle.predicateType, anchor));
		verdicts.set(key, verdict);
		return verdict;
	};
	return (digest, bundles, anchors) => mapConcurrently(bundles, CONCURRENT_BUNDLES, async (bundle) => {
		if (findSubject(bundle.statement, digest) === void 0) return {
			bundle,
			outcome: { reason: "it is about another digest" }
		};
		const reasons = /* @__PURE__ */ new Set();
		let undecided;
		for (const anchor of anchors.filter(({ kind }) => kind === bundle.identity.kind)) try {
			const verdict = await verify(bundle, digest, anchor);
			if (verdict.valid) return {
				bundle,
				outcome: { anchor }
			};
			reasons.add(verdict.reason);
		} catch (error) {
			undecided = asUndecided(error);
			reasons.add(undecided.message);
		}
		return {
			bundle,
			outcome: {
				reason: [...reasons].join("; ") || "no signer of this kind is trusted",
				...undecided === void 0 ? {} : { undecided }
			}
		};
	});
}
/** cosign may stumble over what somebody attached: that must not hide what others did. What is no such thing is thrown. */
function asUndecided(error) {
	if (error instanceof SignerError && error.code === "VERIFICATION_UNDECIDED") return error;
	throw error;
}
// src/chain/evidence-others.ts
/** Sentences shown, and characters of each: what they tell of was written by anybody. */
const MAX_SENTENCES = 20;
const MAX_CHARACTERS = 500;
/** A bundle of the type that was asked for, and why it does not count. */
function describeRejected({ bundle, outcome }) {
	if ("anchor" in outcome) return [];
	return [`One by ${describeIdentity(bundle.identity)} does not count: ${outcome.reason} (${bundle.manifest})`];
}
/** What else is attached, so that "an attestation is no signature" need not be guessed: one sentence, however much it is. */
function describeOtherTypes(bundles, wanted) {
	const others = bundles.filter(({ predicateType }) => predicateType !== wanted);
	const [type, ...more] = new Set(others.map(({ predicateType }) => predicateType));
	if (type === void 0) return [];
	if (more.length > 0) return [`There is also what is not asked for, of ${more.length + 1} other types`];
	return [`Of type ${type}, which is not what is asked for, there is one by ${[...new Set(others.map(({ identity }) => describeIdentity(identity)))].join(", by ")}`];
}
/** Something that nobody can verify. */
function describeUnreadable({ manifest, reason }) {
	return `${manifest} cannot be read: ${reason}`;
}
/** The sentences as they may be shown: each on one short line, none twice, and not too many. */
function listOthers(sentences) {
	const all = [...new Set(sentences.map((sentence) => shorten(markControl(sentence))))];
	const more = all.length - MAX_SENTENCES;
	return more > 0 ? [...all.slice(0, MAX_SENTENCES), `and ${more} more`] : all;
}
function shorten(text) {
	return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
// src/chain/attached-legacy.ts
/** Looks under the tag that cosign 1 and 2 made of a digest, in one request. Throws when the registry cannot be asked. */
async function findLegacyAttachment(repository, digest, form, findTagged) {
	const tag = legacyTag(repository, digest, form);
	if (tag === void 0) return { kind: "absent" };
	const flawed = (reason) => ({
		kind: "flawed",
		tag,
		reason
	});
	try {
		const content = await findTagged(tag);
		if (content === void 0) return { kind: "absent" };
		if (!isLegacyContent(content)) return flawed(`it is ${content.mediaType} of another kind than cosign writes there`);
		const layers = legacyLayers(content);
		if (layers.length > 1e3) return flawed(`it has more than ${MAX_ATTACHMENTS} layers`);
		const sizes = layers.map(({ descriptor }) => descriptor.size);
		return sizes.some((size) => size > 33554432) || sum(sizes) > 134217728 ? flawed("its layers are too large") : {
			kind: "present",
			tag,
			layers
		};
	} catch (error) {
		const reason = describeFlaw(error);
		if (reason === void 0) throw error;
		return flawed(reason);
	}
}
/** Why the layers of a legacy tag cannot be read, in a sentence; undefined when they can. */
async function explainLayers(client, repository, layers) {
	for (const { descriptor } of layers) try {
		await client.readBlob(repository, descriptor, MAX_ATTACHMENT_BYTES);
	} catch (error) {
		const reason = await explainFlaw(error, () => client.hasBlob(repository, descriptor));
		return `its layer ${descriptor.digest} cannot be read: ${reason}`;
	}
}
function sum(sizes) {
	return sizes.reduce((total, size) => total + size, 0);
}
// src/chain/legacy-reader.ts
/** Makes such a reader; `limit` bounds its processes together with others. */
function createLegacyReader(client, repository, findTagged, limit) {
	const looked = /* @__PURE__ */ new Map();
	const views = /* @__PURE__ */ new Set();
	const lookOnce = (digest, form) => {
		const key = `${digest}.${form}`;
		const look = looked.get(key) ?? findLegacyAttachment(repository, digest, form, findTagged);
		looked.set(key, look);
		return look;
	};
	return {
		async find(digest, form, anchors, verify) {
			const attachment = await lookOnce(digest, form);
			if (attachment.kind === "absent") return {
				verified: [],
				others: []
			};
			const unreadable = (reason) => describeUnreadable({
				manifest: attachment.tag,
				reason
			});
			if (attachment.kind === "flawed") return {
				verified: [],
				others: [unreadable(attachment.reason)]
			};
			const view = await openLoopbackView(client, repository);
			views.add(view);
			try {
				const reference = `${view.repository}@${digest}`;
				const verified = (await mapConcurrently(anchors, anchors.length, async (anchor) => {
					return (await limit(() => verify(reference, anchor))).map((each) => ({
						anchor,
						found: each
					}));
				})).flat();
				const flaw = readFlaw(view);
				if (flaw !== void 0) return {
					verified,
					others: [unreadable(flaw)]
				};
				if (verified.length > 0) return {
					verified,
					others: []
				};
				return {
					verified,
					others: [`${attachment.tag} holds nothing of this kind by a trusted signer`],
					unverifiedTypes: listTypes(attachment.layers)
				};
			} catch (error) {
				const reason = await explain(error, view, attachment);
				if (reason !== void 0) return {
					verified: [],
					others: [unreadable(reason)]
				};
				const undecided = asUndecided(error);
				return {
					verified: [],
					others: [unreadable(undecided.message)],
					undecided
				};
			} finally {
				views.delete(view);
				await view.close();
			}
		},
		async close() {
			await Promise.all([...views].map((view) => view.close()));
			views.clear();
		}
	};
	/** Content that anybody may have put there, and that cosign could not read, is no failure of the registry. */
	async function explain(error, view, { layers }) {
		const flaw = readFlaw(view);
		if (flaw !== void 0) return flaw;
		return error instanceof SignerError ? explainLayers(client, repository, layers) : void 0;
	}
}
/** As cosign writes it beside the layer of an attestation. */
function listTypes(layers) {
	return layers.flatMap(({ descriptor }) => descriptor.annotations.predicateType ?? []);
}
/** What of the content the view could not pass on. What cosign concluded from a registry that did not answer is no conclusion: that is thrown. */
function readFlaw(view) {
	const fault = view.fault();
	const flaw = describeFlaw(fault);
	if (fault !== void 0 && flaw === void 0) throw fault;
	return flaw;
}
/** Reads each digest's attachments once, when they are first asked for, and verifies only what is of the type that is asked for. */
function openEvidence(client, repository, verifier, { limit = createTaskLimit(4), first } = {}) {
	const findTagged = createTagFinder(client, repository);
	const judge = createBundleJudge(verifier, limit);
	const legacy = createLegacyReader(client, repository, findTagged, limit);
	const readOnce = rememberEach((digest) => readAttachedBundles(client, repository, digest, findTagged));
	const readFirst = rememberEach((digest) => readFew(client, repository, digest, first));
	const findBundles = async (digest, type, anchors, describe, read = readOnce) => {
		const { bundles, unreadable } = await read(digest);
		const wanted = bundles.filter(({ predicateType }) => predicateType === type);
		const results = await judge(digest, wanted, anchors);
		return {
			verified: results.flatMap(({ bundle, outcome }) => "anchor" in outcome ? [{
				...describeFound(bundle, outcome.anchor),
				...describe(bundle)
			}] : []),
			others: [
				...results.flatMap(describeRejected),
				...results.some(({ outcome }) => "anchor" in outcome) ? [] : describeOtherTypes(bundles, type),
				...unreadable.map(describeUnreadable)
			],
			strangers: results.filter(({ outcome }) => !("anchor" in outcome)).length,
			undecided: results.flatMap(({ outcome }) => "undecided" in outcome ? [outcome.undecided] : [])[0]
		};
	};
	return {
		async findSignatures(digest, anchors) {
			const [inBundles, older] = await runTogether(client.transport.signal, () => [findBundles(digest, SIGNATURE_PREDICATE, anchors, ({ statement }) => ({ annotations: findSubject(statement, digest)?.annotations ?? {} })), legacy.find(digest, "sig", anchors, async (reference, anchor) => {
				return (await verifier.verifyLegacySignatures(reference, anchor)).filter((claim) => claim.digest === digest && claim.type === "cosign container image signature");
			})]);
			const claims = older.verified.map(({ anchor, found }) => ({
				...describeLegacy(anchor),
				annotations: found.annotations,
				reference: found.reference
			}));
			const strangers = older.verified.length === 0 && older.others.length > 0 ? 1 : 0;
			return join(inBundles, {
				...older,
				verified: claims,
				strangers
			});
		},
		async findAttestations(digest, predicateType, anchors) {
			const describe = ({ statement, bundle }) => ({
				statement,
				bundle
			});
			if (predicateType === first) {
				const found = await findBundles(digest, predicateType, anchors, describe, readFirst);
				if (found.verified.length > 0) return join(found, NOTHING);
			}
			const [inBundles, older] = await runTogether(client.transport.signal, () => [findBundles(digest, predicateType, anchors, describe), legacy.find(digest, "att", anchors, async (reference, anchor) => {
				const statements = await verifier.verifyLegacyAttestations(reference, predicateType, anchor);
				const { attachedStatementSchema } = await import("./attached-statement-schema.js");
				return statements.filter((statement) => {
					const { data } = attachedStatementSchema.safeParse(statement);
					return data?.predicateType === predicateType && findSubject(data, digest) !== void 0;
				});
			})]);
			const statements = older.verified.map(({ anchor, found }) => ({
				...describeLegacy(anchor),
				statement: found
			}));
			const strangers = older.unverifiedTypes?.filter((type) => type === predicateType).length ?? 0;
			return join(inBundles, {
				...older,
				verified: statements,
				strangers
			});
		},
		close: () => legacy.close()
	};
}
function rememberEach(read) {
	const known = /* @__PURE__ */ new Map();
	return (digest) => {
		const found = known.get(digest) ?? read(digest);
		known.set(digest, found);
		return found;
	};
}
/** A list that cannot be read, or that is denied because it is not there, holds nothing here: whoever reads all of it looks further. */
async function readFew(client, repository, digest, predicateType = "") {
	try {
		return await readListedBundles(client, repository, digest, predicateType);
	} catch (error) {
		const isDenied = error instanceof RegistryError && error.code === "DENIED";
		if (describeFlaw(error) === void 0 && !isDenied) throw error;
		return {
			bundles: [],
			unreadable: []
		};
	}
}
function describeFound({ identity, manifest }, anchor) {
	return {
		anchor,
		signer: anchor.kind === "key" ? anchor.name : describeIdentity(identity),
		form: "bundle",
		manifest
	};
}
/** cosign does not say by which certificate a legacy layer verified, only that it fits. */
function describeLegacy(anchor) {
	return {
		anchor,
		signer: anchor.name,
		form: "legacy"
	};
}
const NOTHING = {
	verified: [],
	others: [],
	strangers: 0
};
/** What cosign could not decide is told beside what it could; alone, it is no verdict. */
function join(inBundles, older) {
	const verified = [...inBundles.verified, ...older.verified];
	const undecided = inBundles.undecided ?? older.undecided;
	if (verified.length === 0 && undecided !== void 0) throw undecided;
	const strangers = inBundles.strangers + older.strangers;
	return {
		verified,
		others: listOthers([...inBundles.others, ...older.others]),
		strangers
	};
}
export { createBundleJudge as n, readBundle as r, openEvidence as t };
