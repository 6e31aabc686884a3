import { constants } from 'node:fs';
import { copyFile, link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markControl } from '../base/text.ts';
import { type Digest, digestOf } from '../image/digest.ts';
import type { Descriptor, ImageManifest } from '../image/manifest.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import type { Layout } from '../transfer/layout.ts';
import { createLayout } from '../transfer/layout.ts';
import { ScannerError } from './error.ts';

/** What Trivy is given of one image: `LAYOUT@DIGEST`, and what the image's own config said, for the report. */
export interface ScanView {
  readonly input: string;
  readonly imageId: Digest;
  readonly diffIds: readonly string[];
  /** `os/architecture[/variant]` of the config. */
  readonly platform: string;
}

const MAX_CONFIG_BYTES = 16 * 1024 * 1024;

/** What the view keeps of a config: nothing else, since Go takes `ROOTFS` for `rootfs` and would believe the last of them. */
const KEPT_FIELDS: readonly string[] = ['architecture', 'os', 'variant', 'os.version', 'created', 'author', 'config'];

/**
 * Writes a layout of its own for one image, in which `diff_ids` are the verified digests of the layer blobs.
 * Trivy's layer cache believes the `diff_ids` that an image claims, so one hostile image could blind it for another.
 * The original layout is only linked to, and stays as it was fetched.
 */
export async function createScanView(content: ManifestContent, layout: Layout, directory: string): Promise<ScanView> {
  if (content.manifest.kind === 'index')
    throw new ScannerError('IMAGE_UNREADABLE', `${content.digest} is an index, not an image`);
  const { config, layers } = content.manifest;
  if (config.size > MAX_CONFIG_BYTES) {
    throw new ScannerError(
      'IMAGE_UNREADABLE',
      `its config is declared with ${config.size} bytes, more than ${MAX_CONFIG_BYTES}`,
    );
  }
  const original = parseConfig(await layout.read(config.digest), config.digest);
  await mkdir(directory, { recursive: true });
  const view = await createLayout(directory);
  for (const { digest } of new Map(layers.map((layer) => [layer.digest, layer])).values()) {
    await share(layout.path(digest), view.path(digest));
  }
  const scanned = await writeJson(view, config.mediaType, {
    ...Object.fromEntries(KEPT_FIELDS.flatMap((name) => (name in original ? [[name, original[name]]] : []))),
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.digest) },
  });
  const manifest = await writeJson(view, content.mediaType, toManifest(content.manifest, scanned));
  const index = { schemaVersion: 2, manifests: [{ ...manifest, annotations: undefined }] };
  await writeFile(join(directory, 'index.json'), JSON.stringify(index));
  return {
    input: `${directory}@${manifest.digest}`,
    imageId: config.digest,
    diffIds: readDiffIds(original.rootfs),
    platform: markControl([original.os, original.architecture, original.variant].filter(isName).join('/')) || 'unknown',
  };
}

/** A hard link, since Trivy follows no symbolic one out of a layout; a copy where the file system has none. */
async function share(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
}

function toManifest(manifest: ImageManifest, config: Descriptor): object {
  return {
    schemaVersion: 2,
    mediaType: manifest.mediaType,
    config: pick(config),
    layers: manifest.layers.map(pick),
  };
}

function pick({ mediaType, digest, size }: Descriptor): object {
  return { mediaType, digest, size };
}

async function writeJson(view: Layout, mediaType: string, value: object): Promise<Descriptor> {
  const bytes = new TextEncoder().encode(toJson(value));
  const digest = digestOf(bytes);
  await view.writeBytes(digest, bytes);
  return { mediaType, digest, size: bytes.length, annotations: {} };
}

/** JSON.parse reads any depth, JSON.stringify writes what the stack holds. */
function toJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new ScannerError('IMAGE_UNREADABLE', 'its config is nested too deeply', { cause });
  }
}

function readDiffIds(rootfs: unknown): readonly string[] {
  const claimed = (rootfs as { diff_ids?: unknown } | null | undefined)?.diff_ids;
  return Array.isArray(claimed) ? claimed.filter(isName) : [];
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function parseConfig(bytes: Uint8Array, digest: Digest): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('it is not an object');
    return json as Record<string, unknown>;
  } catch (cause) {
    throw new ScannerError('IMAGE_UNREADABLE', `the image config ${digest} is not a JSON object`, { cause });
  }
}
