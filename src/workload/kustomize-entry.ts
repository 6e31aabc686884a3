import { describeParts, type ImageCollector } from './image-collector.ts';
import type { PartName } from './image-use.ts';
import { findSlot } from './part-slot.ts';
import { joinWritten, splitWritten } from './written-reference.ts';
import { isEmpty, startOf } from './yaml-node.ts';
import type { Met, YamlWalker } from './yaml-walk.ts';

const KEYS = { repository: 'newName', tag: 'newTag', digest: 'digest' } as const;
const PARTS: readonly (readonly [string, PartName])[] = [
  ['name', 'name'],
  ['newName', 'repository'],
  ['newTag', 'tag'],
  ['digest', 'digest'],
];

/** Adds `{name, newName, newTag, digest}`; false where it is no such thing. */
export function addKustomizeImage(met: Met, walker: YamlWalker, into: ImageCollector): boolean {
  const entries = walker.listEntries(met);
  const written = PARTS.flatMap(([key, part]) => {
    const entry = entries.find((each) => each.key === key);
    return entry?.node.kind === 'scalar'
      ? [{ part, scalar: entry.node, keyStart: entry.keyStart, via: entry.via }]
      : [];
  });
  if (met.node.kind !== 'map' || written.length === 0) return false;
  const readPart = (part: PartName): string | undefined => {
    const scalar = written.find((each) => each.part === part)?.scalar;
    return scalar === undefined || isEmpty(scalar) ? undefined : into.textOf(scalar);
  };
  const tag = readPart('tag');
  const digest = readPart('digest');
  const text = joinWritten({
    ...splitWritten(readPart('repository') ?? readPart('name') ?? ''),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  });
  const last = written
    .filter(({ via }) => via === met.via)
    .sort((a, b) => a.keyStart - b.keyStart)
    .at(-1);
  const slot = last && findSlot(into.file, met.node, { keyStart: last.keyStart, value: last.scalar }, KEYS);
  const place = written.find(({ part }) => part === 'repository') ?? written[0];
  const parts = written.map(({ part, scalar }) => into.partOf(part, scalar));
  into.addUse(met, place === undefined ? met.node.start : startOf(place.scalar), describeParts(text, parts, slot));
  return true;
}
