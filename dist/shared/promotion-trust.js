import { Z as selectTrust, lt as createTaskLimit, sr as digestOf, zt as RECORD_PREDICATE } from "./engine.js";
import { t as openEvidence } from "./evidence-reader.js";
import { t as readRecord } from "./target-statement.js";
// src/steps/all-evidence.ts
/** Opens the evidence of each repository once, with room for as many processes as one has. */
function openAllEvidence(registry, verifier, options = {}) {
	const opened = /* @__PURE__ */ new Map();
	const limit = createTaskLimit(4);
	return {
		evidenceOf: (repository) => {
			const evidence = opened.get(repository) ?? openEvidence(registry, repository, verifier, {
				limit,
				...options
			});
			opened.set(repository, evidence);
			return evidence;
		},
		close: async () => {
			await Promise.all([...opened.values()].map((evidence) => evidence.close()));
		}
	};
}
// src/steps/find-index.ts
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
// src/steps/accepted-record.ts
/** Parts verified statements into the records that speak of this very promotion, the newest first, and a sentence for each that does not. */
function acceptRecords(found, wanted) {
	const accepted = [];
	const refused = [];
	for (const { statement, signer, manifest } of found) {
		const record = readRecord(statement, wanted);
		const flaw = record === void 0 ? "is about another repository, or has another form" : findMisfit(record, wanted);
		if (record !== void 0 && flaw === void 0) accepted.push({
			record,
			signer,
			...manifest === void 0 ? {} : { manifest }
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
// src/steps/trusted-attestations.ts
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
// src/steps/find-promotion.ts
/** Finds the records of a promotion that somebody of each list has signed. */
async function findPromotions(evidence, wanted, lists) {
	const found = await findTrustedAttestations(evidence, wanted.digest, RECORD_PREDICATE, lists);
	return {
		others: found.others,
		strangers: found.strangers,
		...acceptRecords(found.verified, wanted)
	};
}
/** Why none of the records counts, in words and as a code. */
function explainNoPromotion({ refused, others, strangers }) {
	if (refused.length > 0) return {
		code: "OTHER_PROMOTION",
		message: refused.join(" ")
	};
	const message = [strangers > 0 ? "No promotion record by a trusted signer." : "No promotion record.", ...others.map((sentence) => sentence.endsWith(".") ? sentence : `${sentence}.`)].join(" ");
	return {
		code: strangers > 0 ? "UNTRUSTED_SIGNER" : "NOT_PROMOTED",
		message
	};
}
// src/steps/promotion-trust.ts
/** What the trust that the inputs state is called. */
const INPUTS = "the inputs";
/** Who may have promoted to a repository: a list for the inputs and one for each policy. Each must be satisfied; a list without anchors trusts nobody. */
function listTrust(request, repository, now) {
	return [...trustOfInputs(request), ...selectTrust(request.policy, "promotion", repository, now, request.keys)];
}
/** Who may have signed an image, whether it was built or promoted to where it is: likewise a list each, in which any signer of these roles will do. */
function listSignatureTrust(request, repository, now) {
	const lists = ["source", "promotion"].flatMap((role) => selectTrust(request.policy, role, repository, now, request.keys));
	const byPolicy = [...Map.groupBy(lists, ({ policy }) => policy)].map(([policy, same]) => ({
		policy,
		anchors: same.flatMap(({ anchors }) => anchors),
		lapsed: [...new Set(same.flatMap(({ lapsed }) => lapsed))]
	}));
	return [...trustOfInputs(request), ...byPolicy];
}
function trustOfInputs({ anchor }) {
	return anchor === void 0 ? [] : [{
		policy: INPUTS,
		anchors: [anchor],
		lapsed: []
	}];
}
export { findTrustedAttestations as a, openAllEvidence as c, findPromotions as i, listTrust as n, acceptRecords as o, explainNoPromotion as r, findIndexOf as s, listSignatureTrust as t };
