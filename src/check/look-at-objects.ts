import type { Place, WorkloadContainer } from '../inputs/pod-spec.ts';
import { findRunningDigest } from '../inputs/running-digest.ts';
import type { CheckedUse } from './finding.ts';

/** What standard input is called. */
export const STANDARD_INPUT = '-';

/** The images that objects of a cluster name, each text once, with all its places. */
export function lookAtObjects(containers: readonly WorkloadContainer[]): readonly CheckedUse[] {
  const groups = Map.groupBy(containers, ({ image, imageId }) => `${image} ${imageId ?? ''}`);
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const running = first.imageId === undefined ? undefined : findRunningDigest(first.imageId);
    const more = same.length === 1 ? '' : `, and ${same.length - 1} more`;
    return {
      ...{ file: STANDARD_INPUT, line: undefined, column: undefined, alsoAt: [] },
      where: `${describePlace(first.place)}${more}`,
      text: first.image,
      kind: first.image === '' ? ('not-text' as const) : ('reference' as const),
      ...(running === undefined ? {} : { running }),
    };
  });
}

function describePlace({ kind, namespace, name, container, role }: Place): string {
  const at = namespace === undefined ? name : `${namespace}/${name}`;
  const part = [role, role === 'volume' ? undefined : 'container', container].filter(Boolean).join(' ');
  return container === '' ? `${kind} ${at}` : `${kind} ${at}, ${part}`;
}
