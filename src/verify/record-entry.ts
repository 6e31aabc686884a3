import { z } from 'zod';

const digest = z.string().describe('sha256:…');

/** The record that counts for a target. */
const countedSchema = z.strictObject({
  manifest: digest.optional().describe('The referrer that holds it.'),
  planDigest: digest.describe(
    'The plan it was made by: of this image alone, or an earlier one where the tag was kept.',
  ),
  signer: z.string().describe('Who signed it, as it was verified.'),
  actor: z.string().optional(),
  runUrl: z.string().optional(),
  finishedAt: z.string(),
  vulnerabilities: z.record(z.string(), z.number()).optional().describe('Findings by severity, as they were then.'),
  copies: z
    .number()
    .int()
    .optional()
    .describe('How many more there are of the same promotion: runs that overlapped made them. Absent for none.'),
  note: z.string().optional().describe('Which runs, where the plan was carried out by several.'),
});

/** What is known of one target of a plan. */
export const recordEntrySchema = z.strictObject({
  item: z.number().int().describe('The place of its image in the plan, from 1.'),
  shard: z.string().optional().describe('Whose it was, such as 2/4.'),
  target: z.string().describe('registry/repo:tag'),
  source: z.string(),
  digest: digest.describe('What was to be promoted.'),
  result: z.enum(['verified', 'refused', 'failed']),
  code: z
    .string()
    .optional()
    .describe('NOT_PROMOTED, UNTRUSTED_SIGNER, OTHER_PROMOTION, DUPLICATE_RECORD, TAG_MOVED, or what failed.'),
  message: z.string().optional(),
  hint: z.string().optional(),
  state: z.enum(['current', 'moved', 'absent']).optional().describe('Of the tag.'),
  found: digest.optional().describe('What a moved tag points at now.'),
  record: countedSchema.optional(),
});

/** The output `records`; `schemas/records.schema.json` is generated from it. */
export const recordsSchema = z.array(recordEntrySchema);

export type RecordEntry = z.infer<typeof recordEntrySchema>;
export type CountedRecord = z.infer<typeof countedSchema>;
