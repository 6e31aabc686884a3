import type { ImageCollector } from './image-collector.ts';
import { addContainer, CONTAINERS, findKubernetesImages } from './kubernetes-images.ts';
import { readDocuments } from './yaml-documents.ts';
import type { YamlNode, YamlScalar } from './yaml-node.ts';
import { createWalker, formatPath, type Met, type YamlWalker } from './yaml-walk.ts';

/** Reads a patch that stands as a text in another file: a literal block is YAML at its own depth, so that every index stays. */
export function findPatchImages(met: Met & { readonly node: YamlScalar }, into: ImageCollector): void {
  const { node } = met;
  const { text } = into.file;
  if (node.style === 'plain' || !/image/i.test(node.text)) return;
  if (node.style !== 'literal') {
    into.addFlaw(node.start, 'a patch that names an image is read only as a literal block: write `|`.');
    return;
  }
  const from = text.indexOf('\n', node.start) + 1;
  for (const document of readDocuments(text, from, Math.max(from, node.end))) {
    if ('flaw' in document) into.addFlaw(document.flaw.at, document.flaw.message);
    else {
      const { root } = document;
      into.readAs(root, 'kustomize', `${formatPath(met.path)}: `, () => findInPatch(root, into));
    }
  }
}

function findInPatch(root: YamlNode, into: ImageCollector): void {
  const walker = createWalker();
  const met = meetRoot(root);
  if (met === undefined) return;
  if (isJsonPatch(met, walker)) findJsonPatchImages(met, walker, into);
  else findKubernetesImages(met, walker, into);
}

/** The root of a document; an alias cannot be one. */
export function meetRoot(root: YamlNode): Met | undefined {
  return root.kind === 'alias' ? undefined : { node: root, path: undefined };
}

/** True for a list of `{op, path}`; https://www.rfc-editor.org/rfc/rfc6902 */
export function isJsonPatch(met: Met, walker: YamlWalker): boolean {
  return walker.listItems(met).some((item) => {
    const keys = walker.listEntries(item).map(({ key }) => key);
    return keys.includes('op') && keys.includes('path');
  });
}

/** Reads a JSON patch: the images and containers that it puts in. */
export function findJsonPatchImages(met: Met, walker: YamlWalker, into: ImageCollector): void {
  const operations = walker.listItems(met).map((item) => walker.listEntries(item));
  for (const entries of operations) {
    const path = entries.find(({ key }) => key === 'path')?.node;
    const value = entries.find(({ key }) => key === 'value');
    if (path?.kind !== 'scalar' || value === undefined) continue;
    addPatched(
      path.text.split('/').filter((step) => !/^(?:\d+|-)$/.test(step)),
      value,
      walker,
      into,
    );
  }
}

/** `steps` is where the value goes, without places in lists. */
function addPatched(steps: readonly string[], value: Met, walker: YamlWalker, into: ImageCollector): void {
  const last = steps.at(-1) ?? '';
  const isImage = last === 'image' || (last === 'reference' && steps.at(-2) === 'image');
  if (value.node.kind === 'scalar') {
    if (isImage) into.addReference(value);
  } else if (CONTAINERS.has(last) && value.node.kind === 'seq') {
    for (const item of walker.listItems(value)) addContainer(item, walker, into);
  } else if (CONTAINERS.has(last)) addContainer(value, walker, into);
  else findKubernetesImages(value, walker, into);
}
