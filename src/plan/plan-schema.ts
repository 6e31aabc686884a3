import { z } from 'zod';

const digest = z.string().regex(/^sha(256:[a-f0-9]{64}|512:[a-f0-9]{128})$/);
const named = z.strictObject({ name: z.string(), digest });

/** What a promotion will do; `schemas/plan.schema.json` is generated from it. Its digest stands in the record. What may be absent was added after the first release. */
export const planSchema = z.strictObject({
  version: z.literal(1),
  source: z.strictObject({ reference: z.string(), digest, mediaType: z.string() }),
  environment: z.string().optional(),
  targets: z.array(
    z.strictObject({
      reference: z.string().describe('registry/repo:tag'),
      found: digest.optional().describe('What the tag pointed at; absent when it was free.'),
      action: z
        .enum(['write', 'keep', 'move'])
        .describe('keep: the tag has this digest already. move: a channel, which leaves the digest that was found.'),
    }),
  ),
  scan: z.strictObject({
    mode: z.enum(['enforce', 'report', 'off']),
    severity: z.array(z.string()),
    ignoreUnfixed: z.boolean(),
    from: z.enum(['image', 'sbom']).optional(),
  }),
  writes: z.strictObject({
    signature: z.boolean(),
    record: z.boolean(),
    referrers: z.enum(['copy', 'ignore']),
    formats: z
      .array(z.enum(['bundle', 'legacy']))
      .optional()
      .describe('The forms of the signature.'),
    annotations: z.record(z.string(), z.string()).optional().describe('Signed beside target and environment.'),
    transparencyLog: z.boolean().optional().describe('Whether what is signed is published in the log.'),
    vsa: z.boolean().optional().describe('A SLSA verification summary.'),
    scan: z.boolean().optional().describe('The scan as an attestation.'),
  }),
  policies: z.array(named),
  files: z.array(named).optional().describe('What inputs and policies name: ignore files, VEX, keys, trusted roots.'),
  evidence: z
    .array(
      z.strictObject({
        kind: z.enum(['signature', 'attestation']),
        type: z.string().describe('The predicate type.'),
        signer: z.string(),
        digest: digest.optional().describe('The manifest that it is attached with.'),
      }),
    )
    .optional()
    .describe('What is signed about the source, and was relied on.'),
  gates: z
    .array(
      z.strictObject({
        name: z.string(),
        verdict: z.enum(['passed', 'refused', 'reported', 'off']),
        evidence: z.string(),
      }),
    )
    .optional()
    .describe('How the gates ended, for who approves: every gate is run again, and nothing here is read.'),
  vulnerabilities: z
    .record(z.string(), z.number().int())
    .optional()
    .describe('Findings by severity, over all platforms; for who approves.'),
});

export type Plan = z.infer<typeof planSchema>;
