import { a as literal, d as string, f as union, n as _enum, r as array, u as strictObject } from "./zod.js";
// src/promote/promotions-schema.ts
/** One promotion of a batch. */
const promotionSchema = strictObject({
	source: string().describe("registry/repo:tag or registry/repo@sha256:…"),
	target: union([string(), array(string()).min(1)]).describe("One or more registry/repo:tag."),
	scan: _enum([
		"enforce",
		"report",
		"off"
	]).optional().describe("Only as strict as the policy, or stricter.")
});
/** A batch of promotions; `schemas/promotions.schema.json` is generated from it. */
const promotionsSchema = strictObject({
	$schema: string().optional(),
	version: literal(1),
	promotions: array(promotionSchema).min(1)
});
export { promotionSchema, promotionsSchema };
