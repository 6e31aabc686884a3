import { z } from 'zod';
import { planSchema } from './plan-schema.ts';

/** What a batch of promotions will do; `schemas/batch-plan.schema.json` is generated from it. */
export const batchPlanSchema = z.strictObject({
  version: z.literal(1),
  promotions: z
    .array(
      z.strictObject({
        bytes: z.number().int().nonnegative().describe('Of the whole image: what the shards are balanced by.'),
        plan: planSchema,
      }),
    )
    .min(1),
  shards: z
    .array(z.array(z.number().int().nonnegative()).min(1))
    .min(1)
    .describe('Which promotions each job carries out, by their index; each stands in exactly one.'),
});

export type BatchPlan = z.infer<typeof batchPlanSchema>;
