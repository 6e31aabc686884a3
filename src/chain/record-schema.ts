import { z } from 'zod';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { type PromotionRecord, RECORD_PREDICATE } from './record.ts';
import { makeStatement, type Statement, toDigestSet } from './statement.ts';

const digest = z.string().regex(/^sha(256:[a-f0-9]{64}|512:[a-f0-9]{128})$/);
const toolSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  sha256: z.string().describe('Of the executable that ran, in hex.'),
  trustedAsGiven: z.boolean().describe("True when nothing but the user's word vouches for the executable."),
});

const databaseSchema = z.strictObject({
  source: z.string().describe('The mirror it came from, registry/repo:tag.'),
  digest,
  updatedAt: z.iso.datetime(),
  ageSeconds: z.number().int().describe('At the time of the scan.'),
});

/** The predicate of a promotion record; `schemas/record.schema.json` is generated from it. */
export const recordSchema = z.strictObject({
  source: z.strictObject({
    reference: z.string().describe('As the promotion was asked for, registry/repo:tag or registry/repo@digest.'),
    digest,
  }),
  targets: z
    .array(z.string())
    .min(1)
    .describe('The tags of this repository that the digest was approved for, registry/repo:tag.'),
  environment: z.string().optional(),
  revision: z.string().optional().describe('The commit that the image says it was built from.'),
  revisionEvidence: z
    .enum(['provenance', 'record', 'label'])
    .optional()
    .describe(
      'What the revision rests on: verified provenance, the verified record of a former stage, or a label, which is only a claim of the image.',
    ),
  actor: z.string().optional(),
  workflow: z.string().optional(),
  repository: z.string().optional().describe('The repository whose pipeline promoted, owner/repo.'),
  runUrl: z.string().optional(),
  runId: z.string().optional(),
  runAttempt: z.number().int().optional(),
  gates: z.array(
    z.strictObject({ name: z.string(), verdict: z.enum(['passed', 'reported', 'off']), evidence: z.string() }),
  ),
  exceptions: z
    .array(
      z.strictObject({
        id: z.string(),
        package: z.string().optional(),
        image: z.string().optional(),
        platform: z.string().optional(),
        reason: z.string(),
        expires: z.string(),
      }),
    )
    .describe('Exceptions of the policy or of ignore files that were used.'),
  scanner: z
    .strictObject({
      tool: toolSchema,
      database: databaseSchema,
      javaDatabase: databaseSchema.optional().describe('Present when the image holds Java archives.'),
      platforms: z.array(z.strictObject({ platform: z.string(), digest })),
      from: z
        .enum(['image', 'sbom'])
        .optional()
        .describe('What was scanned: the layers (also when absent), or the attested SBOM, which is weaker evidence.'),
    })
    .optional()
    .describe('Absent when the scan was off.'),
  signer: toolSchema,
  vulnerabilities: z
    .record(z.string(), z.number().int())
    .optional()
    .describe('All findings by severity, over all platforms.'),
  policies: z.array(z.strictObject({ name: z.string(), digest })),
  planDigest: digest,
  sourceEvidence: z
    .array(
      z.strictObject({
        kind: z.enum(['signature', 'attestation']),
        type: z.string().describe('Predicate type, or that of a signature in the older form.'),
        signer: z.string(),
        digest: digest.optional().describe('Of the referrer at the source that holds it.'),
      }),
    )
    .optional()
    .describe('Verified signatures and attestations of the source that the decision rests on.'),
  previous: z
    .array(z.strictObject({ target: z.string(), digest }))
    .optional()
    .describe('What a channel pointed at before it was moved, registry/repo:tag.'),
  inputAttestations: z
    .array(
      z.strictObject({
        name: z.string().optional(),
        uri: z.string(),
        digest: z.record(z.string(), z.string()),
        mediaType: z.string(),
        content: z.string().optional(),
      }),
    )
    .describe(
      'Records of former stages, as in-toto ResourceDescriptors with their bundle as base64 content; without content, one that is too large to travel along.',
    ),
  startedAt: z.iso.datetime().describe('When the gates began, RFC 3339 in UTC.'),
  finishedAt: z.iso.datetime(),
});

/** The statement of a record. Its subject names the target repository, since a signature alone does not. */
export function makeRecord(
  repository: Repository,
  imageDigest: Digest,
  record: PromotionRecord,
): Statement<PromotionRecord> {
  return makeStatement(
    { name: repository, digest: toDigestSet(imageDigest) },
    RECORD_PREDICATE,
    recordSchema.parse(record),
  );
}
