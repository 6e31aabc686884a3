import { d as string, l as record, o as looseObject, p as unknown, r as array } from "./zod.js";
// src/chain/attached-statement-schema.ts
/** The parts of an in-toto statement of either version that a verifier needs; all else is kept as it was signed. https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const attachedStatementSchema = looseObject({
	_type: string().startsWith("https://in-toto.io/Statement/"),
	subject: array(looseObject({
		name: string().nullish(),
		digest: record(string(), string()).nullish(),
		annotations: record(string(), unknown()).nullish()
	})).min(1).max(1e4),
	predicateType: string().min(1).max(500),
	predicate: unknown()
});
export { attachedStatementSchema as t };
