import type { z } from 'zod';
import { type Digest, digestAlgorithm, digestHex } from '../image/digest.ts';
import type { attachedStatementSchema } from './attached-statement-schema.ts';

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
