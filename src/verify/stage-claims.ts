import { type AttachedBundle, readBundle } from '../chain/attached-bundle.ts';
import { type PromotionRecord, RECORD_PREDICATE } from '../chain/record.ts';
import { readRecord } from '../chain/target-statement.ts';
import { digestOf, isDigest } from '../image/digest.ts';
import { parseReference, parseRepository, type Repository } from '../image/reference.ts';

/** What a record carries and calls the record of the stage before it: whoever could attach something there may have written it. */
export interface StageClaim {
  readonly bundle: AttachedBundle;
  readonly repository: Repository;
  readonly record: PromotionRecord;
  /** Why it is none, whoever signed it. */
  readonly flaw: string | undefined;
}

/** The records of this very digest among what a record carries, each once; other things are left out. */
export async function listStageClaims(outer: PromotionRecord): Promise<readonly StageClaim[]> {
  const contents = new Set(outer.inputAttestations.flatMap(({ content }) => content ?? []));
  const claims: StageClaim[] = [];
  for (const content of contents) {
    const claim = await readClaim(Buffer.from(content, 'base64'), outer);
    if (claim !== undefined) claims.push(claim);
  }
  return claims;
}

async function readClaim(content: Uint8Array, outer: PromotionRecord): Promise<StageClaim | undefined> {
  const { digest, reference } = outer.source;
  const bundle = await readBundle(digestOf(content), content);
  if (!isDigest(digest) || typeof bundle === 'string' || bundle.predicateType !== RECORD_PREDICATE) return undefined;
  const repository = readSubjectRepository(bundle.statement.subject);
  const record = repository === undefined ? undefined : readRecord(bundle.statement, { repository, digest });
  if (repository === undefined || record === undefined) return undefined;
  const source = readRepository(reference);
  const flaw =
    source === repository ? undefined : `the promotion after it took the image from ${source ?? 'elsewhere'}`;
  return { bundle, repository, record, flaw };
}

function readSubjectRepository(
  subject: readonly { readonly name?: string | null | undefined }[],
): Repository | undefined {
  const name = subject[0]?.name;
  try {
    return typeof name === 'string' ? parseRepository(name) : undefined;
  } catch {
    return undefined;
  }
}

function readRepository(reference: string): Repository | undefined {
  try {
    return parseReference(reference).repository;
  } catch {
    return undefined;
  }
}
