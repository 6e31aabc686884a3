import { Ht as makeStatement, Ut as toDigestSet, zt as RECORD_PREDICATE } from "./engine.js";
import { d as string, i as boolean, l as record, n as _enum, r as array, s as number, t as datetime, u as strictObject } from "./zod.js";
// src/chain/record-schema.ts
const digest = string().regex(/^sha(256:[a-f0-9]{64}|512:[a-f0-9]{128})$/);
const toolSchema = strictObject({
	name: string(),
	version: string(),
	sha256: string().describe("Of the executable that ran, in hex."),
	trustedAsGiven: boolean().describe("True when nothing but the user's word vouches for the executable.")
});
const databaseSchema = strictObject({
	source: string().describe("The mirror it came from, registry/repo:tag."),
	digest,
	updatedAt: datetime(),
	ageSeconds: number().int().describe("At the time of the scan.")
});
/** The predicate of a promotion record; `schemas/record.schema.json` is generated from it. */
const recordSchema = strictObject({
	source: strictObject({
		reference: string().describe("As the promotion was asked for, registry/repo:tag or registry/repo@digest."),
		digest
	}),
	targets: array(string()).min(1).describe("The tags of this repository that the digest was approved for, registry/repo:tag."),
	environment: string().optional(),
	revision: string().optional().describe("The commit that the image says it was built from."),
	revisionEvidence: _enum([
		"provenance",
		"record",
		"label"
	]).optional().describe("What the revision rests on: verified provenance, the verified record of a former stage, or a label, which is only a claim of the image."),
	actor: string().optional(),
	workflow: string().optional(),
	repository: string().optional().describe("The repository whose pipeline promoted, owner/repo."),
	runUrl: string().optional(),
	runId: string().optional(),
	runAttempt: number().int().optional(),
	gates: array(strictObject({
		name: string(),
		verdict: _enum([
			"passed",
			"reported",
			"off"
		]),
		evidence: string()
	})),
	exceptions: array(strictObject({
		id: string(),
		package: string().optional(),
		image: string().optional(),
		platform: string().optional(),
		reason: string(),
		expires: string()
	})).describe("Exceptions of the policy or of ignore files that were used."),
	scanner: strictObject({
		tool: toolSchema,
		database: databaseSchema,
		javaDatabase: databaseSchema.optional().describe("Present when the image holds Java archives."),
		platforms: array(strictObject({
			platform: string(),
			digest
		})),
		from: _enum(["image", "sbom"]).optional().describe("What was scanned: the layers (also when absent), or the attested SBOM, which is weaker evidence.")
	}).optional().describe("Absent when the scan was off."),
	signer: toolSchema,
	vulnerabilities: record(string(), number().int()).optional().describe("All findings by severity, over all platforms."),
	policies: array(strictObject({
		name: string(),
		digest
	})),
	planDigest: digest,
	sourceEvidence: array(strictObject({
		kind: _enum(["signature", "attestation"]),
		type: string().describe("Predicate type, or that of a signature in the older form."),
		signer: string(),
		digest: digest.optional().describe("Of the referrer at the source that holds it.")
	})).optional().describe("Verified signatures and attestations of the source that the decision rests on."),
	previous: array(strictObject({
		target: string(),
		digest
	})).optional().describe("What a channel pointed at before it was moved, registry/repo:tag."),
	inputAttestations: array(strictObject({
		name: string().optional(),
		uri: string(),
		digest: record(string(), string()),
		mediaType: string(),
		content: string().optional()
	})).describe("Records of former stages, as in-toto ResourceDescriptors with their bundle as base64 content; without content, one that is too large to travel along."),
	startedAt: datetime().describe("When the gates began, RFC 3339 in UTC."),
	finishedAt: datetime()
});
/** The statement of a record. Its subject names the target repository, since a signature alone does not. */
function makeRecord(repository, imageDigest, record) {
	return makeStatement({
		name: repository,
		digest: toDigestSet(imageDigest)
	}, RECORD_PREDICATE, recordSchema.parse(record));
}
export { recordSchema as n, makeRecord as t };
