import { findHelmImages } from './helm-images.ts';
import type { ImageCollector } from './image-collector.ts';
import { addKustomizeImage } from './kustomize-entry.ts';
import { findPatchImages } from './patch-images.ts';
import type { Met, YamlWalker } from './yaml-walk.ts';

const PATCHES = new Set(['patches', 'patchesJson6902', 'patchesStrategicMerge']);
const CHARTS = new Set(['helmCharts', 'helmChartInflationGenerator']);

/** Reads a kustomization: `images`, patches in place, values of charts in place; https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/ */
export function findKustomizeImages(root: Met, walker: YamlWalker, into: ImageCollector): void {
  for (const entry of walker.listEntries(root)) {
    const items = walker.listItems(entry);
    // `imageTag` is what an ImageTagTransformer changes.
    if (entry.key === 'imageTag') addKustomizeImage(entry, walker, into);
    else if (entry.key === 'images') for (const item of items) addKustomizeImage(item, walker, into);
    else if (PATCHES.has(entry.key)) for (const item of items) findInPatch(item, walker, into);
    else if (CHARTS.has(entry.key)) {
      const values = items.flatMap((item) => walker.listEntries(item)).filter(({ key }) => key === 'valuesInline');
      for (const value of values) findHelmImages(value, walker, into, { isImage: () => true });
    }
  }
}

/** A patch is a text of its own, alone or under `patch`. */
function findInPatch(met: Met, walker: YamlWalker, into: ImageCollector): void {
  const { node } = met;
  if (node.kind === 'scalar') {
    if (node.style !== 'plain') findPatchImages({ ...met, node }, into);
    return;
  }
  for (const entry of walker.listEntries(met)) {
    if (entry.key === 'patch' && entry.node.kind === 'scalar') findPatchImages({ ...entry, node: entry.node }, into);
  }
}
