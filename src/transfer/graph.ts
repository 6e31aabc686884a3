import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import { type Descriptor, isAttestationManifest, isContainerImage } from '../image/manifest.ts';
import { formatPlatform } from '../image/platform.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import { TransferError } from './error.ts';

/** Everything one digest stands for: what a copy must carry, and in which order. */
export interface ImageGraph {
  readonly root: ManifestContent;
  /** Every manifest once, children before the index that lists them, the root last. */
  readonly manifests: readonly ManifestContent[];
  /** Every config and layer once. */
  readonly blobs: readonly Descriptor[];
  /** The container images in it: what a scan has to look at. */
  readonly images: readonly PlatformImage[];
  /** What is neither an image nor BuildKit's attestation of one: no scanner can judge it. */
  readonly artifacts: readonly PlatformImage[];
}

/** One leaf of the graph. `platform` is what its index says, undefined for an image that stands alone. */
export interface PlatformImage {
  readonly content: ManifestContent;
  readonly platform: string | undefined;
}

const MAX_DEPTH = 4;
const MAX_MANIFESTS = 1_000;
/** Of all manifests together, as they are declared: each is held in memory, and may itself be as large as one may be. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
const CONCURRENT_MANIFESTS = 6;

/** Follows a root manifest to all its children. `read` returns a child verified against its digest. */
export async function loadGraph(
  root: ManifestContent,
  read: (digest: Digest) => Promise<ManifestContent>,
): Promise<ImageGraph> {
  const found = new Map<Digest, Found>([[root.digest, { content: root, descriptors: [] }]]);
  const order: ManifestContent[] = [root];
  let total = root.bytes.length;
  let level: readonly ManifestContent[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH)
      throw new TransferError('TOO_LARGE', `${root.digest} nests indexes deeper than ${MAX_DEPTH}`);
    const wanted = new Map<Digest, Descriptor[]>();
    for (const child of level.flatMap(childrenOf)) {
      const listed = found.get(child.digest);
      if (listed !== undefined) addListing(listed, child);
      else if (wanted.get(child.digest)?.push(child) === undefined) {
        wanted.set(child.digest, [child]);
        total += child.size;
      }
    }
    if (found.size + wanted.size > MAX_MANIFESTS) {
      throw new TransferError('TOO_LARGE', `${root.digest} lists more than ${MAX_MANIFESTS} manifests`);
    }
    if (total > MAX_TOTAL_BYTES) {
      throw new TransferError('TOO_LARGE', `the manifests of ${root.digest} have more than ${MAX_TOTAL_BYTES} bytes`);
    }
    level = await mapConcurrently([...wanted], CONCURRENT_MANIFESTS, async ([digest, descriptors]) => {
      const content = await read(digest);
      const child: Found = { content, descriptors: [] };
      for (const descriptor of descriptors) addListing(child, descriptor);
      found.set(digest, child);
      return content;
    });
    order.push(...level);
  }
  const leaves = order.flatMap((content) => toLeaves(found.get(content.digest)));
  return {
    root,
    manifests: sortChildrenFirst(root, found),
    blobs: uniqueBlobs(order),
    images: leaves.filter(isImage),
    artifacts: leaves.filter((leaf) => !isImage(leaf)),
  };
}

/** The declared size of all blobs and manifests, in bytes. */
export function totalBytes(graph: ImageGraph): number {
  const blobs = graph.blobs.reduce((sum, blob) => sum + blob.size, 0);
  return graph.manifests.reduce((sum, manifest) => sum + manifest.bytes.length, blobs);
}

interface Found {
  readonly content: ManifestContent;
  /** Where it is listed; none for a root. */
  readonly descriptors: Descriptor[];
}

function addListing({ content, descriptors }: Found, descriptor: Descriptor): void {
  if (content.bytes.length !== descriptor.size) throw sizeMismatch(descriptor, content.bytes.length);
  descriptors.push(descriptor);
}

function childrenOf(content: ManifestContent): readonly Descriptor[] {
  return content.manifest.kind === 'index' ? content.manifest.children : [];
}

function sortChildrenFirst(root: ManifestContent, found: ReadonlyMap<Digest, Found>): ManifestContent[] {
  const entered = new Set<ManifestContent>();
  const sorted: ManifestContent[] = [];
  const visit = (content: ManifestContent): void => {
    if (entered.has(content)) return;
    entered.add(content);
    for (const child of childrenOf(content)) {
      const next = found.get(child.digest)?.content;
      if (next !== undefined) visit(next);
    }
    sorted.push(content);
  };
  visit(root);
  return sorted;
}

function uniqueBlobs(manifests: readonly ManifestContent[]): Descriptor[] {
  const blobs = new Map<Digest, Descriptor>();
  for (const { manifest } of manifests) {
    if (manifest.kind === 'index') continue;
    for (const blob of [manifest.config, ...manifest.layers]) {
      const known = blobs.get(blob.digest);
      if (known !== undefined && known.size !== blob.size) throw sizeMismatch(known, blob.size);
      blobs.set(blob.digest, blob);
    }
  }
  return [...blobs.values()];
}

/** A leaf for each platform it is listed for: what is excused for one of them is not for the others. Attestations that BuildKit files beside the images are carried along, and are neither images nor strangers. */
function toLeaves(found: Found | undefined): PlatformImage[] {
  if (found === undefined || found.content.manifest.kind === 'index') return [];
  const { content, descriptors } = found;
  const { manifest } = found.content;
  if (descriptors.length === 0) return [{ content, platform: undefined }];
  const judged = descriptors.filter((descriptor) => !isAttestationManifest(descriptor, manifest));
  const platforms = judged.map(({ platform }) => (platform === undefined ? undefined : formatPlatform(platform)));
  return [...new Set(platforms)].map((platform) => ({ content, platform }));
}

function isImage({ content }: PlatformImage): boolean {
  return content.manifest.kind === 'manifest' && isContainerImage(content.manifest);
}

function sizeMismatch(descriptor: Descriptor, actual: number): TransferError {
  return new TransferError(
    'SIZE_MISMATCH',
    `${descriptor.digest} is declared with ${descriptor.size} bytes, and with ${actual} elsewhere`,
    { hint: 'The image is damaged or was tampered with; build and push it again.' },
  );
}
