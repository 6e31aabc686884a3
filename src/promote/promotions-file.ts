import { z } from 'zod';

/** A batch of promotions; `schemas/promotions.schema.json` is generated from it. The input that takes it comes with the batch. */
export const promotionsSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  promotions: z
    .array(
      z.strictObject({
        source: z.string().describe('registry/repo:tag or registry/repo@sha256:…'),
        target: z.union([z.string(), z.array(z.string()).min(1)]).describe('One or more registry/repo:tag.'),
        scan: z.enum(['enforce', 'report', 'off']).optional().describe('Only as strict as the policy, or stricter.'),
      }),
    )
    .min(1),
});
