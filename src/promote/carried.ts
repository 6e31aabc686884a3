import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { createTagFinder } from '../registry/find-tagged.ts';
import { legacyTag } from '../registry/legacy-tags.ts';
import { listReferrers } from '../registry/referrers.ts';
import { chooseDelay } from '../registry/transport/retry.ts';
import { formatCount } from '../report/format.ts';
import { countLegacy, type ReferrerForm, sizeOfLegacy } from '../transfer/legacy-tags.ts';
import type { SourceReferrers } from '../transfer/referrers.ts';
import type { CarriedReferrers, ReferrerCount } from './outcome.ts';

const FORMS: readonly ReferrerForm[] = ['referrer', 'sig', 'att', 'sbom'];
const CONCURRENT_REQUESTS = 4;

/** How often a list is read in which something is missing: some registries take a moment to list what was put there. */
const MAX_LOOKS = 3;

/** Asks the target what it shows of all that the source has attached to the image `root`; what could not be carried counts at the source only. */
export async function countCarried(
  source: SourceReferrers,
  root: Digest,
  client: RegistryClient,
  repository: Repository,
): Promise<CarriedReferrers> {
  const found: Item[] = [];
  const bySubject = [...Map.groupBy(source.referrers, ({ subject }) => subject)];
  await mapConcurrently(bySubject, CONCURRENT_REQUESTS, async ([subject, referrers]) => {
    const wanted = referrers.map(({ content }) => content.digest);
    const listed = await readList(client, repository, subject, wanted);
    for (const digest of wanted) if (listed.has(digest)) found.push({ subject, form: 'referrer', size: 1 });
  });
  const findTagged = createTagFinder(client, repository);
  await mapConcurrently(source.legacy, CONCURRENT_REQUESTS, async (legacy) => {
    const tag = legacyTag(repository, legacy.subject, legacy.form);
    const size = tag === undefined ? 0 : countLegacy(legacy, await findTagged(tag));
    found.push({ subject: legacy.subject, form: legacy.form, size });
  });
  const topOf = followSubjects(source);
  const counts = countItems(itemsOf(source), root, topOf).map(({ of, form, size }): ReferrerCount => {
    const arrived = countItems(found, root, topOf).find((count) => count.of === of && count.form === form);
    return { of, form, source: size, target: arrived?.size ?? 0 };
  });
  return { repository, counts };
}

/** What the source has, in the words of the log. */
export function describeSource(source: SourceReferrers, root: Digest): string {
  const counts = countItems(itemsOf(source), root, followSubjects(source));
  return counts.length === 0
    ? 'nothing'
    : counts.map(({ of, form, size }) => `${nameCount(form, size)} of ${nameOf(of)}`).join(', ');
}

/** What a target shows of that: "2 of 2 referrers of the image, 0 of 1 .sig of its platforms". */
export function describeCarried({ counts }: CarriedReferrers): string {
  return counts
    .map(({ of, form, source, target }) => `${target} of ${nameCount(form, source)} of ${nameOf(of)}`)
    .join(', ');
}

/** True when a target shows less than the source has. */
export function isIncomplete({ counts }: CarriedReferrers): boolean {
  return counts.some(({ source, target }) => target < source);
}

interface Item {
  readonly subject: Digest;
  readonly form: ReferrerForm;
  readonly size: number;
}

function itemsOf({ referrers, legacy, leftOut }: SourceReferrers): Item[] {
  return [
    ...referrers.map(({ subject }): Item => ({ subject, form: 'referrer', size: 1 })),
    ...legacy.map((tag): Item => ({ subject: tag.subject, form: tag.form, size: sizeOfLegacy(tag) })),
    ...leftOut.map(({ subject, form }): Item => ({ subject, form, size: 1 })),
  ];
}

/** What refers to a referrer counts with the manifest of the image that this one refers to. */
function followSubjects({ referrers }: SourceReferrers): (subject: Digest) => Digest {
  const parents = new Map(referrers.map(({ subject, content }) => [content.digest, subject]));
  return (subject) => {
    let top = subject;
    for (let next = parents.get(top); next !== undefined; next = parents.get(top)) top = next;
    return top;
  };
}

function countItems(items: readonly Item[], root: Digest, topOf: (subject: Digest) => Digest) {
  return (['image', 'platforms'] as const).flatMap((of) =>
    FORMS.flatMap((form) => {
      const mine = items.filter((item) => item.form === form && (topOf(item.subject) === root) === (of === 'image'));
      const size = mine.reduce((sum, item) => sum + item.size, 0);
      return mine.length === 0 ? [] : [{ of, form, size }];
    }),
  );
}

async function readList(
  client: RegistryClient,
  repository: Repository,
  subject: Digest,
  wanted: readonly Digest[],
): Promise<ReadonlySet<Digest>> {
  const { retry, signal } = client.transport;
  for (let look = 1; ; look++) {
    const { descriptors } = await listReferrers(client, repository, subject);
    const listed = new Set(descriptors.map(({ digest }) => digest));
    if (look >= MAX_LOOKS || wanted.every((digest) => listed.has(digest))) return listed;
    await retry.sleep(chooseDelay(retry, look + 1, undefined), signal);
  }
}

function nameCount(form: ReferrerForm, count: number): string {
  return form === 'referrer' ? formatCount(count, 'referrer') : `${formatCount(count)} .${form}`;
}

function nameOf(of: ReferrerCount['of']): string {
  return of === 'image' ? 'the image' : 'its platforms';
}
