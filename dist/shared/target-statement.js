import { t as findSubject } from "./attached-statement.js";
import { a as literal, d as string, l as record, o as looseObject, r as array } from "./zod.js";
import { t as attachedStatementSchema } from "./attached-statement-schema2.js";
import { Ft as VSA_PREDICATE, Pt as VULN_PREDICATE, zt as RECORD_PREDICATE } from "./engine.js";
import { n as recordSchema } from "./record-schema2.js";
// src/chain/vsa-schema.ts
const descriptor = looseObject({
	uri: string().optional(),
	digest: record(string(), string()).optional()
});
/** The predicate of a VSA as this project writes it; other verifiers' have more. */
const vsaSchema = looseObject({
	verifier: looseObject({
		id: string(),
		version: record(string(), string()).optional()
	}),
	timeVerified: string(),
	resourceUri: string(),
	policy: descriptor,
	inputAttestations: array(descriptor).optional(),
	verificationResult: literal("PASSED"),
	verifiedLevels: array(string()),
	slsaVersion: string().optional()
});
// src/chain/target-statement.ts
/** The record in a verified statement; undefined when it is none, or about another repository or digest. */
function readRecord(statement, subject) {
	return recordSchema.safeParse(readPredicate(statement, RECORD_PREDICATE, subject)).data;
}
/** The VSA in a verified statement, as readRecord; one of another verifier is none of ours. */
function readVsa(statement, subject) {
	const vsa = vsaSchema.safeParse(readPredicate(statement, VSA_PREDICATE, subject)).data;
	return vsa?.resourceUri === `oci://${subject.repository}` && vsa.verifier.id === "https://promote-image.github.io/verifier" ? vsa : void 0;
}
/** The scan in a verified statement, as readRecord. */
function readVuln(statement, subject) {
	return looseObject({ scanner: looseObject({}) }).safeParse(readPredicate(statement, VULN_PREDICATE, subject)).data;
}
function readPredicate(statement, type, { repository, digest }) {
	const { data } = attachedStatementSchema.safeParse(statement);
	if (data?.predicateType !== type) return void 0;
	return findSubject(data, digest, repository) === void 0 ? void 0 : data.predicate;
}
export { readVsa as n, readVuln as r, readRecord as t };
