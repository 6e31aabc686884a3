import { z } from 'zod';

/** One promotion of a batch. */
export const promotionSchema = z.strictObject({
  source: z.string().describe('registry/repo:tag or registry/repo@sha256:…'),
  target: z.union([z.string(), z.array(z.string()).min(1)]).describe('One or more registry/repo:tag.'),
  scan: z.enum(['enforce', 'report', 'off']).optional().describe('Only as strict as the policy, or stricter.'),
});

/** A batch of promotions; `schemas/promotions.schema.json` is generated from it. */
export const promotionsSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  promotions: z.array(promotionSchema).min(1),
});

export type PromotionsFile = z.infer<typeof promotionsSchema>;
