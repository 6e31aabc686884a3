import { mapConcurrently, runTogether } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import type { Signer } from '../steps/signer.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import { readTagged, recognizeDigest } from './tag-look.ts';

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
  /** True when an earlier attempt of this very run wrote the tag, told by a record that we signed. */
  readonly isOwnEarlierAttempt: boolean;
}

/** The source, and meanwhile what the target tags point at and what `ask` wants to know of the source. `signer` is only asked for where a tag has to be told from that of an earlier attempt. Lack of access throws: it is never taken for "absent". */
export async function gatherFacts<T = undefined>(
  request: PromoteRequest,
  signer: () => Promise<Signer | undefined>,
  ports: PromotePorts,
  ask: (source: ManifestContent) => Promise<T> = async () => undefined as T,
): Promise<Facts & { readonly asked: T }> {
  const source = resolveSource(request, ports);
  const [content, targets, asked] = await runTogether(ports.signal, () => [
    source,
    lookAtTargets(request, source, signer, ports),
    source.then(ask),
  ]);
  return { source: content, targets, asked };
}

async function resolveSource({ source }: PromoteRequest, ports: PromotePorts): Promise<ManifestContent> {
  const content = await ports.source.resolve(source);
  ports.log.info(`Source  ${formatReference(source)} is ${content.digest}`);
  return content;
}

async function lookAtTargets(
  request: PromoteRequest,
  resolving: Promise<ManifestContent>,
  signer: () => Promise<Signer | undefined>,
  ports: PromotePorts,
): Promise<TargetState[]> {
  const access = request.dryRun ? 'pull' : 'push';
  const expected = request.existingTag === 'move' ? undefined : 'absent';
  const [source, heads] = await Promise.all([
    resolving,
    Promise.all(
      request.targets.map(({ repository, tag }) => ports.target.headManifest(repository, tag, access, expected)),
    ),
  ]);
  return mapConcurrently(request.targets, 1, async (target, i): Promise<TargetState> => {
    const digest = await identify(target, recognizeDigest(heads[i]?.digest, source), source, request, ports);
    const isOwn = digest === source.digest && (await isOwnEarlierAttempt(target, source.digest, signer, ports));
    ports.log.info(`Target  ${formatReference(target)} ${digest === undefined ? 'is free' : `exists: ${digest}`}`);
    if (isOwn) ports.log.info('        It was written by an earlier attempt of this run.');
    return { target, digest, isOwnEarlierAttempt: isOwn };
  });
}

/** What a tag moves away from goes into the record, and is what it may be moved from: that rests on the content, a header alone may be wrong. */
async function identify(
  target: TagReference,
  told: Digest | undefined,
  source: ManifestContent,
  { existingTag }: PromoteRequest,
  { target: client }: PromotePorts,
): Promise<Digest | undefined> {
  const isOther = told !== undefined && told !== source.digest;
  return isOther && existingTag === 'move' ? readTagged(target, source, told, client) : told;
}

/** Only a re-run of the same run counts: same run, same repository, a lower attempt. */
async function isOwnEarlierAttempt(
  target: TagReference,
  digest: Digest,
  askSigner: () => Promise<Signer | undefined>,
  { run, target: client }: PromotePorts,
): Promise<boolean> {
  const { runId, runAttempt } = run;
  if (runId === undefined || runAttempt === undefined || runAttempt < 2) return false;
  const signer = await askSigner();
  const anchor = signer?.signer.expectedAnchor;
  if (signer === undefined || anchor === undefined) return false;
  const subject = { client, repository: target.repository, digest, verifier: signer.verifier, anchor };
  const { readVerifiedEvidence } = await import('../chain/verify-target.ts');
  const { records } = await readVerifiedEvidence(subject, { record: true });
  return records.some(
    (record) =>
      record.runId === runId &&
      record.repository === run.repository &&
      (record.runAttempt ?? runAttempt) < runAttempt &&
      record.targets.includes(formatReference(target)),
  );
}
