import { Bt as SIGNATURE_PREDICATE, Ft as VSA_PREDICATE, On as LEGACY_SIGNATURE_TYPE, Pt as VULN_PREDICATE, Qn as formatReference, Rt as promotedLevel, Yn as runTogether, pn as SignerError, zt as RECORD_PREDICATE } from "./engine.js";
import { t as openLoopbackView } from "./loopback-view.js";
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
	const readAttested = async (type, choose) => {
		const statements = await verifier.verifyAttestation(reference, anchor, type);
		const read = choose(await import("./target-statement2.js"));
		return statements.flatMap((statement) => read(statement, subject) ?? []);
	};
	const readClaims = async (form) => {
		const types = [SIGNATURE_PREDICATE, LEGACY_SIGNATURE_TYPE].slice(form === "legacy" ? 1 : 0);
		return (await verifier.verifyImage(reference, anchor, form)).filter((claim) => claim.digest === digest && types.includes(claim.type));
	};
	return {
		signatures: async () => (await readClaims()).map(({ annotations }) => annotations),
		legacy: () => readClaims("legacy"),
		records: () => readAttested(RECORD_PREDICATE, ({ readRecord }) => readRecord),
		vsas: () => readAttested(VSA_PREDICATE, ({ readVsa }) => readVsa),
		vulns: () => readAttested(VULN_PREDICATE, ({ readVuln }) => readVuln)
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
export { requireVerifiedEvidence as a, readVerifiedEvidence as i, isSigned as n, namesTarget as r, isRecordOf as t };
