import { Jn as mapConcurrently, Qn as formatReference, b as isFresh, or as digestHex, sr as digestOf, vn as formatCount } from "./engine.js";
import { t as keepBundle } from "./keep-bundle.js";
import { C as withoutLog, S as signPayloads, b as kindsOf, x as listStatements } from "./promote.js";
import { i as readVerifiedEvidence, n as isSigned, t as isRecordOf } from "./verify-target2.js";
import { join } from "node:path";
import { writeFile } from "node:fs/promises";
// src/promote/present-evidence.ts
const CONCURRENT_LOOKS = 2;
/** Everything, for a repository that did not hold the image before. */
function listAll(wanted) {
	return {
		statements: listStatements(wanted),
		payloads: listPayloads(wanted)
	};
}
/** Asks the target what an earlier run left there, so that a rerun adds only what is missing; only what verifies under our own anchor is heard. */
async function findMissing(wanted, place, isTagged) {
	const present = await readVerifiedEvidence({
		...place,
		digest: wanted.root
	}, kindsOf(wanted));
	const older = {
		...place,
		anchor: withoutLog(place.anchor)
	};
	const legacy = await mapConcurrently(wanted.legacySubjects, CONCURRENT_LOOKS, async (digest) => {
		const only = {
			signature: false,
			record: false,
			legacy: true
		};
		return [digest, (await readVerifiedEvidence({
			...older,
			digest
		}, only)).legacy];
	});
	return decideMissing(wanted, present, new Map(legacy), isTagged);
}
/**
* What is there counts when it says the very same, environment, targets, levels, tag, and is young enough that no policy
* will refuse it for a while: a stage is run again to renew what it left. An earlier run whose tag was
* never written may have had other gates to pass, so until the tag is there a record counts only with the same plan.
*/
function decideMissing(wanted, present, legacy, isTagged) {
	const { signatures, record, vsa, vuln, maxAges } = wanted;
	const takeFresh = (statement, all) => {
		const { predicateType: type, predicate } = statement;
		return all.filter((found) => isFresh({
			type,
			found,
			wanted: predicate
		}, maxAges));
	};
	const found = /* @__PURE__ */ new Set([
		...signatures.filter(({ annotations }) => isSigned(annotations, present.signatures)).map((each) => each.statement),
		...record !== void 0 && hasRecord(record.predicate, takeFresh(record, present.records), isTagged) ? [record] : [],
		...vsa !== void 0 && hasVsa(vsa, takeFresh(vsa, present.vsas)) ? [vsa] : [],
		...vuln !== void 0 && takeFresh(vuln, present.vulns).length > 0 ? [vuln] : []
	]);
	return {
		statements: listStatements(wanted).filter((statement) => !found.has(statement)),
		payloads: listPayloads(wanted).filter(({ subject, target, annotations }) => {
			const name = formatReference(target);
			const own = (legacy.get(subject) ?? []).filter(({ reference }) => reference === name);
			return !isSigned(annotations, own.map((claim) => claim.annotations));
		})
	};
}
function listPayloads({ legacySubjects, targets, annotationsOf }) {
	return legacySubjects.flatMap((subject) => targets.map((target) => ({
		subject,
		target,
		annotations: annotationsOf(target)
	})));
}
/** A record of another move of the same channel does not tell of this one: not from what, nor, where a channel moves back and forth, in which run and by whom. */
function hasRecord(wanted, found, isTagged) {
	const { environment, targets, planDigest, previous = [], runId, repository } = wanted;
	const isOfThisRun = (record) => runId !== void 0 && record.runId === runId && record.repository === repository;
	return found.some((record) => isRecordOf(record, {
		environment,
		targets
	}) && (isTagged || record.planDigest === planDigest) && (previous.length === 0 || isOfThisRun(record)) && previous.every(({ target, digest }) => (record.previous ?? []).some((left) => left.target === target && left.digest === digest)));
}
function hasVsa({ predicate }, found) {
	return found.some((vsa) => predicate.verifiedLevels.every((level) => vsa.verifiedLevels.includes(level)));
}
// src/promote/evidence.ts
/** Each is a cosign process, and without a key a certificate. */
const CONCURRENT_SIGNATURES = 4;
/** Lets cosign sign what one repository does not hold yet: signatures, record, verification summary, scan, all at once. Nothing is written to it yet. The notary remembers: what was signed before is not signed again. */
async function signEvidence(request, signer, notary, ports) {
	const { statements, payloads } = await chooseMissing(request, signer, notary, ports);
	const evidence = await mapConcurrently(statements, CONCURRENT_SIGNATURES, (statement) => toEvidence(statement, request, notary, ports));
	const legacy = await signPayloads(payloads, notary, request.layout);
	if (payloads.length > 0) ports.log.info(`Signed ${formatCount(payloads.length, "payload")} for .sig tags`);
	return {
		evidence,
		legacy,
		anchor: notary.anchor
	};
}
/** A signer that does not know under which name it signs signs first, and looks afterwards what is there by that name. */
async function chooseMissing({ repository, wanted, present }, { verifier }, notary, { target: client, log }) {
	const everything = listAll(wanted);
	const [first] = everything.statements;
	if (present === "nothing") return everything;
	if (notary.anchor === void 0 && first !== void 0) await notary.sign(first);
	const { anchor } = notary;
	if (anchor === void 0) return everything;
	const missing = await findMissing(wanted, {
		client,
		repository,
		verifier,
		anchor
	}, present === "tagged");
	const kept = everything.statements.filter((statement) => !missing.statements.includes(statement));
	for (const { predicateType } of kept) log.info(`There already: ${predicateType}`);
	return missing;
}
/** Short enough for any file system, and another one for each repository: `a/b` and `a_b` read the same. */
function recordName(repository, digest) {
	const readable = repository.replace(/[^a-z0-9.-]+/g, "_").slice(-100);
	const [ofRepository, ofImage] = [digestOf(repository), digest].map((d) => digestHex(d).slice(0, 12));
	return `record-${readable}-${ofRepository}-${ofImage}.json`;
}
async function toEvidence(statement, { repository, root, wanted, layout, resultDirectory }, notary, { clock, log }) {
	const { predicateType } = statement;
	const recordPath = statement === wanted.record ? join(resultDirectory, recordName(repository, root.digest)) : void 0;
	if (recordPath !== void 0) await writeFile(recordPath, `${JSON.stringify(statement, null, 2)}\n`);
	const bundle = await notary.sign(statement);
	log.info(`Signed a statement of ${predicateType}`);
	return {
		predicateType,
		recordPath,
		referrer: await keepBundle(root, bundle, predicateType, clock(), layout)
	};
}
export { signEvidence };
