import { mapConcurrently, runTogether } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Descriptor } from '../image/manifest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { createTagFinder, type FindTagged } from '../registry/find-tagged.ts';
import { findReferrers } from '../registry/referrers.ts';
import type { BlobPool } from './blob-pool.ts';
import { TransferError } from './error.ts';
import type { ImageGraph } from './graph.ts';
import type { Layout } from './layout.ts';
import { findLegacyTags, type LeftOut, type LegacyTag } from './legacy-tags.ts';
import { blobsOf, isSaidToBeAbsent, manifestsOf, type Referrer, readListed } from './listed-referrer.ts';

/** All that is attached to an image at the source, in every form, and what of it cannot be carried. */
export interface SourceReferrers {
  readonly referrers: readonly Referrer[];
  readonly legacy: readonly LegacyTag[];
  readonly leftOut: readonly LeftOut[];
}

export const NO_REFERRERS: SourceReferrers = { referrers: [], legacy: [], leftOut: [] };

const CONCURRENT_REQUESTS = 4;
const CONCURRENT_BLOBS = 8;
const MAX_DEPTH = 3;
const MAX_REFERRERS = 1_000;

/** What else reading referrers needs to know. */
export interface ReferrerOptions {
  /** True when the image's own blobs do not come into the layout. */
  readonly isStreamed?: boolean;
  /** Keeps them there for the rest of the run, whatever other images let go of. */
  readonly pool?: BlobPool;
}

/** Reads what is attached to any manifest of the graph, and what refers to that (a signature of an SBOM), into the layout. What turns out to have another subject is left out. */
export async function fetchReferrers(
  graph: ImageGraph,
  client: RegistryClient,
  repository: Repository,
  layout: Layout,
  { isStreamed = false, pool }: ReferrerOptions = {},
): Promise<SourceReferrers> {
  const findTagged = createTagFinder(client, repository);
  const subjects = graph.manifests.map((manifest) => manifest.digest);
  const [found, legacy] = await runTogether(client.transport.signal, () => [
    searchReferrers(subjects, client, repository, findTagged),
    findLegacyTags(subjects, client, repository, findTagged),
  ]);
  const wanted = [...found.referrers.flatMap(blobsOf), ...legacy.tags.flatMap(blobsOfTag)];
  // Of an image that is streamed, nothing is kept that a referrer could share.
  const present = new Set(isStreamed ? [] : graph.blobs.map(({ digest }) => digest));
  const own = wanted.filter(({ digest }) => !present.has(digest));
  pool?.hold(own, layout);
  const missing = await fetchBlobs(own, client, repository, layout);
  const isWhole = (blobs: readonly Descriptor[]): boolean => blobs.every(({ digest }) => !missing.has(digest));
  const [referrers, broken] = partition(found.referrers, (referrer) => isWhole(blobsOf(referrer)));
  const [tags, brokenTags] = partition(legacy.tags, (tag) => isWhole(blobsOfTag(tag)));
  for (const { content } of [...broken, ...brokenTags]) {
    client.transport.log.warning(`${repository} has not all blobs of the referrer ${content.digest}: it is left out.`);
  }
  const leftOut = [
    ...[...found.leftOut, ...broken].map(({ subject }): LeftOut => ({ subject, form: 'referrer' })),
    ...[...legacy.leftOut, ...brokenTags].map(({ subject, form }) => ({ subject, form })),
  ];
  return { referrers, legacy: tags, leftOut };
}

/** How referrers are put into a repository. */
export interface PushReferrersOptions {
  readonly mountFrom: Repository | undefined;
  /** What it remembers to be there is not asked for again. */
  readonly pool?: BlobPool | undefined;
}

/** The blobs of referrers alone: they may go ahead of what they refer to. */
export async function pushReferrerBlobs(
  referrers: readonly Referrer[],
  layout: Layout,
  client: RegistryClient,
  repository: Repository,
  { mountFrom, pool }: PushReferrersOptions,
): Promise<void> {
  const blobs = new Map(referrers.flatMap(blobsOf).map((blob) => [blob.digest, blob]));
  await mapConcurrently([...blobs.values()], CONCURRENT_BLOBS, (blob) => {
    const open = () => layout.open(blob.digest);
    return pool === undefined
      ? client.pushBlob(repository, blob, open, { mountFrom })
      : pool.push(client, repository, blob, open, { mountFrom });
  });
}

/** Puts referrers into a repository by digest. Returns those that the registry's referrers API did not take up, for the fallback index. */
export async function pushReferrers(
  referrers: readonly Referrer[],
  layout: Layout,
  client: RegistryClient,
  repository: Repository,
  options: PushReferrersOptions,
): Promise<Referrer[]> {
  await pushReferrerBlobs(referrers, layout, client, repository, options);
  // One after the other for each subject: registries have been seen to lose one of two that come at once from their list.
  const bySubject = [...Map.groupBy(referrers, ({ subject }) => subject).values()];
  const unlisted = await mapConcurrently(bySubject, CONCURRENT_REQUESTS, async (group) => {
    const left: Referrer[] = [];
    for (const referrer of group) if (!(await putReferrer(referrer, client, repository))) left.push(referrer);
    return left;
  });
  return unlisted.flat();
}

/** True when the registry says that its referrers API has taken it up. */
async function putReferrer(referrer: Referrer, client: RegistryClient, repository: Repository): Promise<boolean> {
  let taken: Digest | undefined;
  for (const manifest of manifestsOf(referrer)) {
    ({ subject: taken } = await client.putManifest(repository, manifest.digest, manifest));
  }
  return taken === referrer.subject;
}

interface Found {
  readonly referrers: readonly Referrer[];
  readonly leftOut: readonly { readonly subject: Digest }[];
}

async function searchReferrers(
  roots: readonly Digest[],
  client: RegistryClient,
  repository: Repository,
  findTagged: FindTagged,
): Promise<Found> {
  const found = new Map<Digest, Referrer>();
  const leftOut = new Map<Digest, { readonly subject: Digest }>();
  let subjects = roots;
  let manifests = 0;
  for (let depth = 0; depth < MAX_DEPTH && subjects.length > 0; depth++) {
    const lists = await mapConcurrently(subjects, CONCURRENT_REQUESTS, async (subject) => {
      const { descriptors } = await findReferrers(client, repository, subject, findTagged);
      return descriptors.map((listed) => ({ subject, listed }));
    });
    const fresh = lists.flat().filter(({ listed }) => !found.has(listed.digest));
    if (found.size + fresh.length > MAX_REFERRERS) throw tooMany(repository);
    await mapConcurrently(fresh, CONCURRENT_REQUESTS, async ({ subject, listed }) => {
      const read = await readListed(client, repository, { subject, listed });
      if (read === 'none') return;
      if (read === 'left out') leftOut.set(listed.digest, { subject });
      else {
        found.set(listed.digest, read);
        manifests += manifestsOf(read).length;
        if (manifests > MAX_REFERRERS) throw tooMany(repository);
      }
    });
    subjects = fresh.map(({ listed }) => listed.digest).filter((digest) => found.has(digest));
  }
  return { referrers: [...found.values()], leftOut: [...leftOut.values()] };
}

/** Returns the blobs that the registry says it does not have. */
async function fetchBlobs(
  blobs: readonly Descriptor[],
  client: RegistryClient,
  repository: Repository,
  layout: Layout,
): Promise<ReadonlySet<Digest>> {
  const unique = new Map(blobs.map((blob) => [blob.digest, blob]));
  const missing = new Set<Digest>();
  await mapConcurrently([...unique.values()], CONCURRENT_REQUESTS, async (blob) => {
    try {
      await layout.write(blob.digest, await client.openBlob(repository, blob));
    } catch (error) {
      if (!isSaidToBeAbsent(error)) throw error;
      missing.add(blob.digest);
    }
  });
  return missing;
}

function blobsOfTag({ subject, content }: LegacyTag): readonly Descriptor[] {
  const { digest, mediaType, bytes } = content;
  return blobsOf({ subject, content, descriptor: { digest, mediaType, size: bytes.length, annotations: {} } });
}

function partition<T>(items: readonly T[], isIn: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(isIn), items.filter((item) => !isIn(item))];
}

function tooMany(repository: Repository): TransferError {
  return new TransferError('TOO_LARGE', `the image has more than ${MAX_REFERRERS} referrers in ${repository}`, {
    hint: 'Say referrers: ignore, or remove those that nobody needs.',
  });
}
