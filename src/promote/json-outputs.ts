import { z } from 'zod';
import { SEVERITIES } from '../image/finding.ts';

const code = z.string().describe('A refusal code of the contract, or the code of a failure.');

const findingSchema = z.strictObject({
  id: z.string(),
  package: z.string(),
  installedVersion: z.string(),
  fixedVersion: z.string().optional(),
  severity: z.enum(SEVERITIES as readonly [string, ...string[]]),
  title: z.string().optional(),
  purl: z.string().optional(),
  target: z.string(),
  suppressedBy: z.string().optional(),
  platforms: z.array(z.string()),
});

/** The outputs of promote that are JSON, by their names; `schemas/outputs.schema.json` is generated from it. */
export const jsonOutputsSchema = z.strictObject({
  images: z
    .array(
      z.strictObject({
        target: z.string(),
        digest: z.string().describe('Empty when the source was not resolved.'),
        result: z.enum(['promoted', 'unchanged', 'planned', 'refused', 'failed']),
        code: code.optional(),
      }),
    )
    .describe('One entry a target, in the order of the input; of a batch too large for GitHub, what went wrong first.'),
  refusals: z.array(
    z.strictObject({
      source: z.string().optional().describe('In a batch: which image was refused.'),
      code,
      message: z.string(),
      hint: z.string().optional(),
      target: z.string().optional(),
      platform: z.string().optional(),
      policies: z.array(z.string()).optional(),
      findings: z.array(findingSchema).optional().describe('With VULNERABLE: what blocks, the first hundred.'),
    }),
  ),
  vulnerabilities: z
    .strictObject(Object.fromEntries(SEVERITIES.map((severity) => [severity, z.number().int().optional()])))
    .describe('All findings by severity, over all platforms; empty when nothing was scanned.'),
  matrix: z
    .strictObject({
      shard: z
        .array(z.string().regex(/^[1-9]\d*\/[1-9]\d*$/))
        .optional()
        .describe('For the input of this name.'),
    })
    .describe('For strategy.matrix; empty but for the dry run of a batch.'),
});
