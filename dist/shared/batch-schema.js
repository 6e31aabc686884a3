import { a as literal, r as array, s as number, u as strictObject } from "./zod.js";
import { t as planSchema } from "./plan-schema2.js";
// src/plan/batch-schema.ts
/** What a batch of promotions will do; `schemas/batch-plan.schema.json` is generated from it. */
const batchPlanSchema = strictObject({
	version: literal(1),
	promotions: array(strictObject({
		bytes: number().int().nonnegative().describe("Of the whole image: what the shards are balanced by."),
		plan: planSchema
	})).min(1),
	shards: array(array(number().int().nonnegative()).min(1)).min(1).describe("Which promotions each job carries out, by their index; each stands in exactly one.")
});
export { batchPlanSchema };
