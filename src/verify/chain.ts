import { z } from 'zod';

const digest = z.string().describe('sha256:…');

const stateSchema = z
  .enum(['current', 'moved', 'absent'])
  .describe('Whether the tag points at this digest now, at another one, or is not there.');

const targetSchema = z.strictObject({
  reference: z.string().describe('registry/repo:tag'),
  state: stateSchema,
  digest: digest.optional().describe('What a moved tag points at now.'),
});

const gateSchema = z.strictObject({ name: z.string(), verdict: z.string(), evidence: z.string() });

/** What every signed record says of its promotion. */
const recordFields = {
  environment: z.string().optional(),
  source: z.strictObject({ reference: z.string(), digest }),
  revision: z.string().optional().describe('The commit the image was built from.'),
  revisionEvidence: z.string().optional().describe('What that rests on: provenance, record or label (only a claim).'),
  actor: z.string().optional(),
  workflow: z.string().optional(),
  pipelineRepository: z.string().optional().describe('The repository whose pipeline promoted, owner/name.'),
  runUrl: z.string().optional(),
  startedAt: z.string(),
  finishedAt: z.string(),
  gates: z.array(gateSchema),
  vulnerabilities: z.record(z.string(), z.number()).optional().describe('Findings by severity, as they were then.'),
  scanner: z
    .strictObject({
      name: z.string(),
      version: z.string(),
      database: digest,
      databaseUpdatedAt: z.string(),
      from: z.string().describe('image, or sbom: what was scanned.'),
    })
    .optional(),
  sourceEvidence: z
    .array(z.strictObject({ kind: z.string(), type: z.string(), signer: z.string() }))
    .describe('Verified signatures and attestations of the source that the promotion rested on.'),
  exceptions: z.array(z.strictObject({ id: z.string(), reason: z.string(), expires: z.string() })),
};

const promotionSchema = z.strictObject({
  signer: z.string().describe('Who signed the record, as it was verified.'),
  ...recordFields,
  targets: z.array(targetSchema),
  previous: z.array(z.strictObject({ target: z.string(), digest })).describe('What a channel pointed at before.'),
  others: z.number().int().describe('How many more accepted records there are, all older.'),
});

const stageSchema = z.strictObject({
  repository: z.string(),
  verified: z.boolean().describe('False: told as the record holds it, and vouched for by nobody who is trusted here.'),
  signer: z.string().optional(),
  reason: z.string().optional().describe('Why it is not verified here.'),
  ...recordFields,
  targets: z.array(z.string()),
});

const evidenceState = z
  .enum(['verified', 'untrusted', 'absent'])
  .describe('untrusted: there is one, and by nobody who is trusted, or not about this image.');

/** What is known of one image; `schemas/chain.schema.json` is generated from it. */
export const imageChainSchema = z.strictObject({
  image: z.string().describe('As it was named.'),
  result: z.enum(['verified', 'refused', 'failed']),
  code: z.string().optional().describe('NOT_PROMOTED, UNTRUSTED_SIGNER, OTHER_PROMOTION, or what failed.'),
  message: z.string().optional(),
  hint: z.string().optional(),
  repository: z.string().optional(),
  digest: digest.optional().describe('The digest that was verified.'),
  runs: digest.optional().describe('The digest that a node says it runs, where that is one platform of the image.'),
  promotion: promotionSchema.optional(),
  signature: z.strictObject({ state: evidenceState, signers: z.array(z.string()) }).optional(),
  summary: z
    .strictObject({ state: evidenceState, levels: z.array(z.string()), timeVerified: z.string().optional() })
    .optional()
    .describe('The SLSA verification summary.'),
  scan: z
    .strictObject({ state: evidenceState, finishedAt: z.string().optional() })
    .optional()
    .describe('The attested scan.'),
  stages: z
    .array(stageSchema)
    .optional()
    .describe(
      'Former stages as the record carries them: those that are verified, the last one first, then the others.',
    ),
  stagesUntold: z.number().int().optional().describe('How many more the record carries: at most 32 are told.'),
  places: z.array(
    z.strictObject({
      kind: z.string(),
      namespace: z.string().optional(),
      name: z.string(),
      container: z.string(),
      role: z.enum(['init', 'ephemeral', 'volume']).optional(),
    }),
  ),
});

/** The output `chain`: one entry an image, in the order they were named. */
export const chainSchema = z.array(imageChainSchema);

export type ImageChain = z.infer<typeof imageChainSchema>;
export type Promotion = z.infer<typeof promotionSchema>;
export type Stage = z.infer<typeof stageSchema>;
export type TargetState = z.infer<typeof targetSchema>;
export type RecordFacts = Pick<Stage, keyof typeof recordFields>;
