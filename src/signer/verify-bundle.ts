import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, digestAlgorithm, digestHex } from '../image/digest.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { Asker, Question } from './asker.ts';
import { compareStatement, type OpenedBundle, openBundle } from './bundle.ts';
import { readCertificateIdentity } from './bundle-identity.ts';
import { judgeCaller } from './caller-repository.ts';
import { explainRefutation, isUnreadable } from './complaint.ts';
import { makeUndecided } from './undecided.ts';

/** What a bundle must be. */
export interface BundleDemand {
  readonly digest: Digest;
  readonly predicateType: string;
  readonly anchor: TrustAnchor;
}

/** Why a bundle is not what is demanded; undefined when it is. What needs no cosign is looked at first, from the very bytes that cosign then gets. Throws VERIFICATION_UNDECIDED. */
export async function refuteBundle(
  asker: Asker,
  name: string,
  bytes: Uint8Array,
  demand: BundleDemand,
): Promise<string | undefined> {
  const { digest, predicateType, anchor } = demand;
  const opened = openBundle(bytes);
  if (typeof opened === 'string') return opened;
  const unlike = compareStatement(opened, digest, predicateType) ?? compareKind(opened, anchor);
  if (unlike !== undefined) return unlike;

  const file = join(asker.directory, `${name}.json`);
  await writeFile(file, bytes);
  const subject = ['--digest', digestHex(digest), '--digestAlg', digestAlgorithm(digest)];
  const args = ['--bundle', file, '--type', predicateType, ...subject];
  try {
    const refutation = await askAbout(asker, { verb: 'verify-blob-attestation', anchor, args });
    if (refutation !== undefined) return refutation;
  } finally {
    await rm(file, { force: true });
  }
  if (anchor.kind === 'key' || opened.certificate === undefined) return undefined;
  return judgeCaller(anchor, await readCertificateIdentity(opened.certificate));
}

async function askAbout(asker: Asker, question: Question): Promise<string | undefined> {
  const result = await asker.ask(question);
  if (result.code === 0) return undefined;
  const refutation = explainRefutation(result);
  if (refutation !== undefined) return refutation;
  // Without a trusted root cosign takes what it cannot read for an older format, and asks the network before it says so.
  const alone = result.timedOut ? result : await asker.askAnyone(question);
  if (isUnreadable(alone)) return explainRefutation(alone);
  throw makeUndecided(question.verb, result);
}

function compareKind({ certificate }: OpenedBundle, { kind }: TrustAnchor): string | undefined {
  if (kind === 'key') return certificate === undefined ? undefined : 'it is signed with a certificate, not a key';
  return certificate === undefined ? 'it is signed with a key, not a certificate' : undefined;
}
