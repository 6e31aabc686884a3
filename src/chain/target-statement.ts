import { z } from 'zod';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { findSubject } from './attached-statement.ts';
import { attachedStatementSchema } from './attached-statement-schema.ts';
import { type PromotionRecord, RECORD_PREDICATE } from './record.ts';
import { recordSchema } from './record-schema.ts';
import { VSA_PREDICATE, VSA_VERIFIER, type VsaPredicate } from './vsa.ts';
import { vsaSchema } from './vsa-schema.ts';
import { VULN_PREDICATE } from './vuln.ts';

/** What a statement must be about. cosign compares the digest alone: a statement that was copied along from another repository verifies, and does not count. */
export interface StatementSubject {
  readonly repository: Repository;
  readonly digest: Digest;
}

/** The record in a verified statement; undefined when it is none, or about another repository or digest. */
export function readRecord(statement: unknown, subject: StatementSubject): PromotionRecord | undefined {
  return recordSchema.safeParse(readPredicate(statement, RECORD_PREDICATE, subject)).data;
}

/** The VSA in a verified statement, as readRecord; one of another verifier is none of ours. */
export function readVsa(statement: unknown, subject: StatementSubject): VsaPredicate | undefined {
  const vsa = vsaSchema.safeParse(readPredicate(statement, VSA_PREDICATE, subject)).data;
  return vsa?.resourceUri === `oci://${subject.repository}` && vsa.verifier.id === VSA_VERIFIER ? vsa : undefined;
}

/** The scan in a verified statement, as readRecord. */
export function readVuln(statement: unknown, subject: StatementSubject): object | undefined {
  return z.looseObject({ scanner: z.looseObject({}) }).safeParse(readPredicate(statement, VULN_PREDICATE, subject))
    .data;
}

function readPredicate(statement: unknown, type: string, { repository, digest }: StatementSubject): unknown {
  const { data } = attachedStatementSchema.safeParse(statement);
  if (data?.predicateType !== type) return undefined;
  return findSubject(data, digest, repository) === undefined ? undefined : data.predicate;
}
