import { describeParts, type ImageCollector } from './image-collector.ts';
import type { ImagePart } from './image-use.ts';
import { findSlot } from './part-slot.ts';
import { joinWritten, splitWritten } from './written-reference.ts';
import { isEmpty, startOf, type YamlScalar } from './yaml-node.ts';
import type { Met, MetEntry, YamlWalker } from './yaml-walk.ts';

/** Key names that hold an image, alone or at the end of a longer name: `image`, `sidecarImage`. */
const IMAGE_KEY = /image$/i;
const KEYS = { registry: 'registry', tag: 'tag', digest: 'digest' } as const;

export interface HelmRule {
  /** Whether a text under an image key is one; in a file that may be anything it must look like one. */
  isImage(text: string): boolean;
  /** `global.imageRegistry`, which stands in for `registry` where it is set. */
  readonly registry?: string;
}

/** Reads values of a chart: `image: {registry, repository, tag, digest}` and `image: a:b`, at any depth. */
export function findHelmImages(met: Met, walker: YamlWalker, into: ImageCollector, rule: HelmRule): void {
  for (const item of walker.listItems(met)) findHelmImages(item, walker, into, rule);
  for (const entry of walker.listEntries(met)) {
    const { key, node } = entry;
    const isImage = IMAGE_KEY.test(key);
    if (node.kind === 'scalar') {
      const isMeant = key === 'image' && !isEmpty(node) && rule.isImage(into.textOf(node));
      if (isMeant) into.addReference(entry);
    } else if (node.kind === 'map' && addImageMapping(entry, isImage, walker, into, rule.registry)) {
      // What stands beside the parts, such as pull secrets, names no image.
    } else findHelmImages(entry, walker, into, rule);
  }
}

/** Adds a mapping that is an image in parts; false where it is none. */
export function addImageMapping(
  met: Met,
  isImageKey: boolean,
  walker: YamlWalker,
  into: ImageCollector,
  globalRegistry?: string,
): boolean {
  const entries = walker.listEntries(met);
  const find = (key: string): Scalar | undefined => toScalar(entries.find((entry) => entry.key === key));
  const tag = find('tag');
  const digest = find('digest');
  // A name alone may be that of anything.
  const named = (tag ?? digest) === undefined ? find('repo') : (find('repo') ?? find('name'));
  const repository = find('repository') ?? (isImageKey ? named : undefined);
  const registry = find('registry');
  const isImage = isImageKey
    ? [repository, tag, digest].some((part) => part !== undefined)
    : repository !== undefined && (tag ?? digest ?? registry) !== undefined;
  if (!isImage || met.node.kind !== 'map') return false;
  const name = repository === undefined || isEmpty(repository.node) ? '' : into.textOf(repository.node);
  if (name.includes('://')) return false;

  const isOverruled = globalRegistry !== undefined && registry !== undefined;
  const host = isOverruled ? globalRegistry : readPart(registry, into);
  const text = joinParts(host, name, readPart(tag, into), readPart(digest, into));
  const scalars: readonly (readonly [ImagePart['part'], Scalar | undefined])[] = [
    ['registry', isOverruled ? undefined : registry],
    ['repository', repository],
    ['tag', tag],
    ['digest', digest],
  ];
  const written = scalars.flatMap(([part, scalar]) => (scalar === undefined ? [] : [{ part, scalar }]));
  const own = written.map(({ scalar }) => scalar).filter((scalar) => scalar.via === met.via);
  const last = own.sort((a, b) => a.node.start - b.node.start).at(-1);
  const slot = last && findSlot(into.file, met.node, { keyStart: last.keyStart, value: last.node }, KEYS);
  const facts = describeParts(
    text,
    written.map(({ part, scalar }) => into.partOf(part, scalar.node)),
    slot,
  );
  const place = repository ?? tag ?? digest;
  const index = place === undefined ? met.node.start : startOf(place.node);
  // A values file may give the tag alone: the chart knows the rest, and nothing here does.
  const isOpen = name === '' && facts.kind === 'reference';
  const uneditable = 'the chart names the repository, not this file';
  into.addUse(met, index, isOpen ? { text, kind: 'unresolved', parts: [], uneditable } : facts);
  return true;
}

type Scalar = MetEntry & { readonly node: YamlScalar };

function toScalar(entry: MetEntry | undefined): Scalar | undefined {
  return entry?.node.kind === 'scalar' ? { ...entry, node: entry.node } : undefined;
}

function readPart(scalar: Scalar | undefined, into: ImageCollector): string | undefined {
  return scalar === undefined || isEmpty(scalar.node) ? undefined : into.textOf(scalar.node);
}

/** Puts parts together as charts do; a tag may carry the digest, a repository both. */
function joinParts(
  registry: string | undefined,
  name: string,
  tag: string | undefined,
  digest: string | undefined,
): string {
  const inner = splitWritten(name);
  const repository = registry === undefined ? inner.repository : `${registry}/${inner.repository}`;
  return joinWritten({
    ...inner,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  });
}
