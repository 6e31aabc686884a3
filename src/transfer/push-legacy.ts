import { Readable } from 'node:stream';
import { mapConcurrently } from '../base/concurrency.ts';
import type { Repository, Tag } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import type { FindTagged } from '../registry/find-tagged.ts';
import { composeLegacy, isLegacyContent, legacyLayers, legacyTag, missingLayers } from '../registry/legacy-tags.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import type { ManifestUpload } from '../registry/manifest-put.ts';
import { settle } from '../registry/settle.ts';
import type { Layout } from './layout.ts';
import { countLegacy, type LegacyTag, sizeOfLegacy } from './legacy-tags.ts';

/** Where legacy tags are written to, out of which layout. */
export interface LegacyTarget {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly findTagged: FindTagged;
  readonly layout: Layout;
  readonly mountFrom: Repository | undefined;
}

const CONCURRENT_TAGS = 4;

/** How often a tag is written again when other writers get between. */
const MAX_WRITES = 8;

/**
 * Brings legacy tags into a repository under the same names. Signatures and attestations join those that are there, an
 * SBOM that is there stays. A tag that the registry will not let change is told of, and no failure. True when one was
 * written. Whether all arrived is for the caller to look at.
 */
export async function pushLegacyTags(tags: readonly LegacyTag[], target: LegacyTarget): Promise<boolean> {
  const written = await mapConcurrently(tags, CONCURRENT_TAGS, (tag) => pushLegacyTag(tag, target));
  return written.includes(true);
}

async function pushLegacyTag(legacy: LegacyTag, target: LegacyTarget): Promise<boolean> {
  const { client, repository, findTagged } = target;
  const { transport } = client;
  const tag = legacyTag(repository, legacy.subject, legacy.form);
  if (tag === undefined) return false;
  const name = `${repository}:${tag}`;
  let isStored = false;
  for (let writes = 0; ; writes++) {
    const from = transport.retry.now();
    const found = await findTagged(tag);
    if (countLegacy(legacy, found) === sizeOfLegacy(legacy)) return writes > 0;
    const reason = explainStay(legacy, found, writes);
    if (reason !== undefined) {
      transport.log.warning(`${name} stays as it is, and the source's ${legacy.form} is not carried: ${reason}`);
      return writes > 0;
    }
    if (!isStored) await pushLayers(legacy, target);
    isStored = true;
    const refusal = await put(tag, await compose(legacy, found, target), target);
    if (refusal !== undefined) {
      const now = await findTagged(tag);
      if (now === undefined) throw refusal;
      if (now.digest === found?.digest) {
        transport.log.warning(`${name} is not carried: the registry will not let it change (${refusal.message})`);
        return false;
      }
    }
    await settle(transport, from, writes + 1);
  }
}

function explainStay({ form }: LegacyTag, found: ManifestContent | undefined, writes: number): string | undefined {
  if (found === undefined) return writes < MAX_WRITES ? undefined : 'it does not stay when it is written';
  if (form === 'sbom') return 'the target has another one.';
  if (!isLegacyContent(found)) return `there is something else, ${found.mediaType}.`;
  return writes < MAX_WRITES ? undefined : 'other writers keep replacing it.';
}

/** The manifest to write: as it is at the source, or with what the target has already. */
async function compose(
  { content, layers }: LegacyTag,
  found: ManifestContent | undefined,
  { client, repository }: LegacyTarget,
): Promise<ManifestUpload> {
  if (found === undefined && layers.length === legacyLayers(content).length) return content;
  const present = found === undefined ? [] : legacyLayers(found);
  const { manifest, config } = composeLegacy(found ?? content, [...present, ...missingLayers(present, layers)]);
  await client.pushBlob(repository, config.descriptor, () => Readable.from([config.bytes]));
  return manifest;
}

async function pushLayers({ content, layers }: LegacyTag, target: LegacyTarget): Promise<void> {
  const { client, repository, layout, mountFrom } = target;
  const config = content.manifest.kind === 'manifest' ? [content.manifest.config] : [];
  const blobs = new Map([...config, ...layers.map(({ descriptor }) => descriptor)].map((blob) => [blob.digest, blob]));
  for (const [digest, blob] of blobs) {
    await client.pushBlob(repository, blob, () => layout.open(digest), { mountFrom });
  }
}

/** What the registry says when it will not take a tag that may be there already; every other fault is thrown. */
async function put(tag: Tag, manifest: ManifestUpload, target: LegacyTarget): Promise<RegistryError | undefined> {
  try {
    await target.client.putManifest(target.repository, tag, manifest);
    return undefined;
  } catch (error) {
    if (error instanceof RegistryError && (error.code === 'CONFLICT' || error.code === 'DENIED')) return error;
    throw error;
  }
}
