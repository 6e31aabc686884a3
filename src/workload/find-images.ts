import { findComposeImages } from './compose-images.ts';
import { findDockerfileImages } from './dockerfile-images.ts';
import { decodeFile } from './file-text.ts';
import { findHelmImages, type HelmRule } from './helm-images.ts';
import { createCollector, type ImageCollector } from './image-collector.ts';
import type { FoundImages, WorkloadFormat } from './image-use.ts';
import { findKubernetesImages } from './kubernetes-images.ts';
import { findKustomizeImages } from './kustomize-images.ts';
import { findJsonPatchImages, isJsonPatch, meetRoot } from './patch-images.ts';
import { hasVariable } from './variables.ts';
import { splitRegistry, splitWritten } from './written-reference.ts';
import { readDocuments } from './yaml-documents.ts';
import type { YamlNode } from './yaml-node.ts';
import { createWalker, type MetEntry, TooManyAliases, type YamlWalker } from './yaml-walk.ts';

const DOCKERFILE = /^(?:(?:docker|container)file(?:\.(?!dockerignore$|md$).+)?|.+\.(?:docker|container)file)$/i;
const COMPOSE = /^(?:docker-)?compose.*\.ya?ml$/i;
const KUSTOMIZATION = /^kustomization(?:\.ya?ml)?$/i;
const VALUES = /^(?:.*[-_.])?values(?:[-_.].*)?\.ya?ml$|\/values\/[^/]*\.ya?ml$/i;
const YAML = /\.(?:ya?ml|json|tpl)$|(?:^|\/)kustomization$/i;
const YAML_INSIDE = /^(?:apiVersion|services|kind):/m;

/**
 * Finds every place where a file names an image, told by its name and by what each document holds: Compose, Kubernetes, kustomize, Helm values, Dockerfiles.
 * Any other YAML counts for the images of Helm's form in it. Never throws: what cannot be read is a flaw at its line, and the other documents are still read.
 */
export function findImages(name: string, bytes: Uint8Array): FoundImages {
  const file = decodeFile(bytes);
  if (typeof file === 'string') {
    return { uses: [], flaws: [{ file: name, line: 1, column: 1, message: file }], links: [] };
  }
  const into = createCollector(name, file);
  const path = name.replaceAll('\\', '/');
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (DOCKERFILE.test(base)) {
    const whole = { kind: 'seq', start: file.start, items: [] } as const;
    into.readAs(whole, 'dockerfile', '', () => findDockerfileImages(file.start, file.text.length, into));
  } else if (YAML.test(path) || YAML_INSIDE.test(file.text)) {
    for (const document of readDocuments(file.text, file.start, file.text.length)) {
      if ('flaw' in document) into.addFlaw(document.flaw.at, document.flaw.message);
      else readDocument(document.root, path, base, into);
    }
  }
  return into.finish();
}

function readDocument(root: YamlNode, path: string, base: string, into: ImageCollector): void {
  const met = meetRoot(root);
  if (met === undefined) return;
  const walker = createWalker();
  try {
    const entries = walker.listEntries(met);
    const readWith = (format: WorkloadFormat, read: typeof findComposeImages): void =>
      into.readAs(root, format, '', () => read(met, walker, into));
    const readHelm = (): void => {
      const isImage = VALUES.test(path) ? () => true : looksLikeImage;
      into.readAs(root, 'helm', '', () => findHelmImages(met, walker, into, helmRule(entries, walker, isImage)));
    };
    if (isKustomization(entries, base)) readWith('kustomize', findKustomizeImages);
    else if (isKubernetes(entries)) {
      readWith('kubernetes', findKubernetesImages);
      // Values may have any keys, these as well.
      if (VALUES.test(path)) readHelm();
    } else if (isCompose(entries, path, base)) readWith('compose', findComposeImages);
    else if (isJsonPatch(met, walker)) readWith('kustomize', findJsonPatchImages);
    else readHelm();
  } catch (error) {
    if (!(error instanceof TooManyAliases)) throw error;
    into.addFlaw(root.start, 'its aliases are too many, or lead round in a circle: write them out.');
  }
}

function isKustomization(entries: readonly MetEntry[], base: string): boolean {
  const apiVersion = readText(entries, 'apiVersion');
  const kind = readText(entries, 'kind');
  if (apiVersion?.startsWith('kustomize.config.k8s.io/') || kind === 'ImageTagTransformer') return true;
  return apiVersion === undefined && (kind === 'Kustomization' || kind === 'Component' || KUSTOMIZATION.test(base));
}

function isKubernetes(entries: readonly MetEntry[]): boolean {
  const isList = readText(entries, 'kind') !== undefined && entries.some(({ key }) => key === 'items');
  return isList || readText(entries, 'apiVersion') !== undefined;
}

function isCompose(entries: readonly MetEntry[], path: string, base: string): boolean {
  if (COMPOSE.test(base)) return true;
  return !VALUES.test(path) && entries.some(({ key, node }) => key === 'services' && node.kind === 'map');
}

function helmRule(entries: readonly MetEntry[], walker: YamlWalker, isImage: HelmRule['isImage']): HelmRule {
  const global = entries.find(({ key }) => key === 'global');
  const registry = global && readText(walker.listEntries(global), 'imageRegistry');
  return registry ? { isImage, registry } : { isImage };
}

function readText(entries: readonly MetEntry[], key: string): string | undefined {
  const node = entries.find((entry) => entry.key === key)?.node;
  return node?.kind === 'scalar' ? node.text : undefined;
}

/** In a file that may be anything, an image key counts when a registry, a tag, a digest or a variable is in its text. */
function looksLikeImage(text: string): boolean {
  if (hasVariable(text)) return true;
  if (/\s|:\/\//.test(text) || /^[./@:]/.test(text)) return false;
  const { repository, tag, digest } = splitWritten(text);
  return tag !== undefined || digest !== undefined || splitRegistry(repository).registry !== undefined;
}
