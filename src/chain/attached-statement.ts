import { z } from 'zod';
import { type Digest, digestAlgorithm, digestHex } from '../image/digest.ts';

/** The parts of an in-toto statement of either version that a verifier needs; all else is kept as it was signed. https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export const attachedStatementSchema = z.looseObject({
  _type: z.string().startsWith('https://in-toto.io/Statement/'),
  subject: z
    .array(
      z.looseObject({
        name: z.string().nullish(),
        digest: z.record(z.string(), z.string()).nullish(),
        annotations: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .min(1)
    .max(10_000),
  predicateType: z.string().min(1).max(500),
  predicate: z.unknown(),
});

/** A statement as anybody may have attached it. */
export type AttachedStatement = z.infer<typeof attachedStatementSchema>;

/** The subject of a statement that has this digest, and this name when one is asked for. */
export function findSubject(
  { subject }: AttachedStatement,
  digest: Digest,
  name?: string,
): AttachedStatement['subject'][number] | undefined {
  return subject.find(
    (entry) =>
      entry.digest?.[digestAlgorithm(digest)] === digestHex(digest) && (name === undefined || entry.name === name),
  );
}
