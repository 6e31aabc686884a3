import { addImageMapping } from './helm-images.ts';
import type { ImageCollector } from './image-collector.ts';
import { addKustomizeImage } from './kustomize-entry.ts';
import { isText, type YamlScalar } from './yaml-node.ts';
import type { Met, MetEntry, YamlWalker } from './yaml-walk.ts';

/** The lists of a pod's spec that hold containers; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export const CONTAINERS: ReadonlySet<string> = new Set(['containers', 'initContainers', 'ephemeralContainers']);
/** Groups whose kinds name images only in pods: those of Kubernetes itself. */
const OWN_GROUP = /^(?:v\d\w*|(?:apps|batch|autoscaling|policy|extensions)\/.*|(?:[a-z-]+\.)*(?<!x-)k8s\.io\/.*)$/;
/** Watches a repository for new tags and runs nothing of it. */
const WATCHES = /^image\.toolkit\.fluxcd\.io\//;
/** What is said of an object rather than by it. */
const NOT_SPEC = new Set(['metadata', 'status']);

/** Reads a Kubernetes object of any kind, a list of them, or a piece of one: wherever containers or image volumes stand, and in kinds of operators wherever an image key does. */
export function findKubernetesImages(met: Met, walker: YamlWalker, into: ImageCollector, isOwn = false): void {
  for (const item of walker.listItems(met)) findKubernetesImages(item, walker, into, isOwn);
  if (met.node.kind !== 'map') return;
  const entries = walker.listEntries(met);
  const apiVersion = textOf(entries, 'apiVersion');
  const kind = textOf(entries, 'kind');
  const isObject = apiVersion !== undefined && kind !== undefined;
  const isBuiltIn = isObject ? OWN_GROUP.test(apiVersion) || WATCHES.test(apiVersion) : isOwn;
  if (kind === 'DockerImage') {
    // OpenShift's builds and image streams name theirs so; https://docs.okd.io/latest/rest_api/objects/index.html
    const name = entries.find((entry) => entry.key === 'name');
    if (name?.node.kind === 'scalar') into.addReference(name);
  }
  for (const entry of entries) {
    if (isObject && NOT_SPEC.has(entry.key)) continue;
    if (!addPodParts(entry, walker, into) && !(isBuiltIn ? false : addOtherImage(entry, walker, into))) {
      findKubernetesImages(entry, walker, into, isBuiltIn);
    }
  }
}

/** Adds the image of one container; false where it has none. */
export function addContainer(met: Met, walker: YamlWalker, into: ImageCollector): boolean {
  const image = walker.listEntries(met).find(({ key }) => key === 'image');
  if (image !== undefined) into.addReference(image);
  return image !== undefined;
}

function addPodParts(entry: MetEntry, walker: YamlWalker, into: ImageCollector): boolean {
  if (entry.node.kind !== 'seq') return false;
  if (CONTAINERS.has(entry.key)) {
    for (const item of walker.listItems(entry)) addContainer(item, walker, into);
    return true;
  }
  if (entry.key !== 'volumes') return false;
  for (const item of walker.listItems(entry)) {
    const image = walker.listEntries(item).find(({ key }) => key === 'image');
    const reference = image && walker.listEntries(image).find(({ key }) => key === 'reference');
    if (reference !== undefined) into.addReference(reference);
  }
  return true;
}

/** An image at a place that only its operator knows: `spec.image`, values of a chart, `images` as kustomize has them. */
function addOtherImage(entry: MetEntry, walker: YamlWalker, into: ImageCollector): boolean {
  const { key, node } = entry;
  if (node.kind === 'map') return addImageMapping(entry, /image$/i.test(key), walker, into);
  if (node.kind === 'seq' && key === 'images') return addImageList(entry, walker, into);
  if (node.kind !== 'scalar' || !/^(?:image|containerImage)$/.test(key)) return false;
  const text = into.textOf(node);
  const isImage = isText(node) && text !== '' && !/^(?:https?|data|file):/.test(text) && !/\s/.test(text.trim());
  if (isImage) into.addReference(entry);
  return isImage;
}

function addImageList(entry: MetEntry, walker: YamlWalker, into: ImageCollector): boolean {
  let isAny = false;
  for (const item of walker.listItems(entry)) {
    if (item.node.kind === 'scalar' && isText(item.node))
      isAny = addListed({ ...item, node: item.node }, into) || isAny;
    else if (isKustomizeImage(item, walker)) isAny = addKustomizeImage(item, walker, into) || isAny;
  }
  return isAny;
}

/** `name=repository:tag`, as Argo CD writes them, or a reference alone. */
function addListed(met: Met & { readonly node: YamlScalar }, into: ImageCollector): boolean {
  const text = into.textOf(met.node);
  if (!/[:@/]/.test(text) || text.includes('://')) return false;
  const equals = text.indexOf('=');
  if (equals < 0) into.addReference(met);
  else into.addReference(met, { from: equals + 1, to: text.length });
  return true;
}

function isKustomizeImage(met: Met, walker: YamlWalker): boolean {
  const keys = walker.listEntries(met).map(({ key }) => key);
  return keys.includes('name') && keys.some((key) => /^(?:newName|newTag|digest)$/.test(key));
}

function textOf(entries: readonly MetEntry[], key: string): string | undefined {
  const node = entries.find((entry) => entry.key === key)?.node;
  return node?.kind === 'scalar' ? node.text : undefined;
}
