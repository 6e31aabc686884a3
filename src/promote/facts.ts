import { mapConcurrently } from '../base/concurrency.ts';
import { readVerifiedEvidence } from '../chain/verify-target.ts';
import type { Digest } from '../image/digest.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import type { Signer } from './signer.ts';
import { recognizeDigest } from './tag-look.ts';

/** What the registries said before anything was decided. */
export interface Facts {
  /** What the source meant when it was resolved, the one time it is asked. */
  readonly source: ManifestContent;
  readonly targets: readonly TargetState[];
}

/** A target tag, and the digest it points at now; undefined means that the registry said it is not there. */
export interface TargetState {
  readonly target: TagReference;
  readonly digest: Digest | undefined;
  /** True when an earlier attempt of this very run wrote the tag, told by a record that our key signed. */
  readonly isOwnEarlierAttempt: boolean;
}

/** Asks both sides at once. Lack of access throws: it is never taken for "absent". */
export async function gatherFacts(
  request: PromoteRequest,
  signer: Signer | undefined,
  ports: PromotePorts,
): Promise<Facts> {
  const access = request.dryRun ? 'pull' : 'push';
  const [source, heads] = await Promise.all([
    ports.source.resolve(request.source),
    Promise.all(request.targets.map(({ repository, tag }) => ports.target.headManifest(repository, tag, access))),
  ]);
  ports.log.info(`Source  ${formatReference(request.source)} is ${source.digest}`);
  const targets = await mapConcurrently(request.targets, 1, async (target, i): Promise<TargetState> => {
    const digest = recognizeDigest(heads[i]?.digest, source);
    const isOwn = digest === source.digest && (await isOwnEarlierAttempt(target, source.digest, signer, ports));
    ports.log.info(`Target  ${formatReference(target)} ${digest === undefined ? 'is free' : `exists: ${digest}`}`);
    if (isOwn) ports.log.info('        It was written by an earlier attempt of this run.');
    return { target, digest, isOwnEarlierAttempt: isOwn };
  });
  return { source, targets };
}

/** Only a re-run of the same run counts: same run, same repository, a lower attempt. */
async function isOwnEarlierAttempt(
  target: TagReference,
  digest: Digest,
  signer: Signer | undefined,
  { run, target: client }: PromotePorts,
): Promise<boolean> {
  const { runId, runAttempt } = run;
  if (signer === undefined || runId === undefined || runAttempt === undefined || runAttempt < 2) return false;
  const subject = { client, repository: target.repository, digest, ...signer };
  const { records } = await readVerifiedEvidence(subject, { signature: false, record: true });
  return records.some(
    (record) =>
      record.runId === runId &&
      record.repository === run.repository &&
      (record.runAttempt ?? runAttempt) < runAttempt &&
      record.targets.includes(formatReference(target)),
  );
}
