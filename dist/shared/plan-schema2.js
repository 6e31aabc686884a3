import { a as literal, d as string, i as boolean, l as record, n as _enum, r as array, s as number, u as strictObject } from "./zod.js";
// src/plan/plan-schema.ts
const digest = string().regex(/^sha(256:[a-f0-9]{64}|512:[a-f0-9]{128})$/);
const named = strictObject({
	name: string(),
	digest
});
/** What a promotion will do; `schemas/plan.schema.json` is generated from it. Its digest stands in the record. What may be absent was added after the first release. */
const planSchema = strictObject({
	version: literal(1),
	source: strictObject({
		reference: string(),
		digest,
		mediaType: string()
	}),
	environment: string().optional(),
	targets: array(strictObject({
		reference: string().describe("registry/repo:tag"),
		found: digest.optional().describe("What the tag pointed at; absent when it was free."),
		action: _enum([
			"write",
			"keep",
			"move"
		]).describe("keep: the tag has this digest already. move: a channel, which leaves the digest that was found.")
	})),
	scan: strictObject({
		mode: _enum([
			"enforce",
			"report",
			"off"
		]),
		severity: array(string()),
		ignoreUnfixed: boolean(),
		from: _enum(["image", "sbom"]).optional()
	}),
	writes: strictObject({
		signature: boolean(),
		record: boolean(),
		referrers: _enum(["copy", "ignore"]),
		formats: array(_enum(["bundle", "legacy"])).optional().describe("The forms of the signature."),
		annotations: record(string(), string()).optional().describe("Signed beside target and environment."),
		transparencyLog: boolean().optional().describe("Whether what is signed is published in the log."),
		vsa: boolean().optional().describe("A SLSA verification summary."),
		scan: boolean().optional().describe("The scan as an attestation.")
	}),
	policies: array(named),
	files: array(named).optional().describe("What inputs and policies name: ignore files, VEX, keys, trusted roots."),
	evidence: array(strictObject({
		kind: _enum(["signature", "attestation"]),
		type: string().describe("The predicate type."),
		signer: string(),
		digest: digest.optional().describe("The manifest that it is attached with.")
	})).optional().describe("What is signed about the source, and was relied on."),
	gates: array(strictObject({
		name: string(),
		verdict: _enum([
			"passed",
			"refused",
			"reported",
			"off"
		]),
		evidence: string()
	})).optional().describe("How the gates ended, for who approves: every gate is run again, and nothing here is read."),
	vulnerabilities: record(string(), number().int()).optional().describe("Findings by severity, over all platforms; for who approves.")
});
export { planSchema as t };
