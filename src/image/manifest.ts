import { markControl } from '../base/text.ts';
import { type Digest, isDigest, matchesDigest } from './digest.ts';
import { ImageError } from './error.ts';
import {
  DOCKER_LIST,
  DOCKER_MANIFEST,
  isImageConfigType,
  isIndexType,
  isLayerType,
  OCI_INDEX,
  OCI_MANIFEST,
} from './media-type.ts';
import type { Platform } from './platform.ts';
import { parseStrictJson } from './strict-json.ts';

/** What points at content: its type, digest and size in bytes; https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly platform?: Platform;
}

/** An index or Docker manifest list. */
export interface Index {
  readonly kind: 'index';
  readonly mediaType: string;
  readonly children: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly subject?: Descriptor;
}

/** An image manifest, or an artifact in the form of one. */
export interface ImageManifest {
  readonly kind: 'manifest';
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly subject?: Descriptor;
}

export type Manifest = Index | ImageManifest;

/** Registries should accept manifests of 4 MiB; larger ones are refused here before they are read. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const MAX_DESCRIPTORS = 10_000;
/** Characters of a platform's parts, which stand in logs and tables. */
const MAX_LABEL = 128;
/** Characters shown of a value that is not what it must be. */
const MAX_SHOWN = 80;
const FIELDS: ReadonlySet<string> = new Set([
  ...['schemaVersion', 'mediaType', 'artifactType', 'config', 'layers', 'manifests', 'subject', 'annotations'],
  ...['data', 'digest', 'size', 'platform', 'os', 'architecture', 'variant', 'os.version'],
]);
const FOLDED_FIELDS: ReadonlySet<string> = new Set([...FIELDS].map(foldCase));

/** Parses the bytes of a manifest. `contentType` is what the registry said it is; a `mediaType` inside must agree. */
export function parseManifest(bytes: Uint8Array, contentType: string | undefined): Manifest {
  const json = asFields(parseJson(bytes), 'the manifest');
  const inside = optionalString(json, 'mediaType');
  const outside = contentType?.split(';')[0]?.trim();
  const mediaType = inside ?? outside ?? (Array.isArray(json.manifests) ? OCI_INDEX : OCI_MANIFEST);
  if (json.schemaVersion !== 2) {
    throw new ImageError('UNSUPPORTED_MANIFEST', `schemaVersion ${show(json.schemaVersion)} is not supported`, {
      hint: 'Rebuild the image with a current builder: Docker schema 1 cannot be promoted by digest.',
    });
  }
  if (inside !== undefined && outside !== undefined && inside !== outside && isKnown(outside)) {
    fail(`its mediaType ${show(inside)} is not the Content-Type ${show(outside)}`);
  }
  if (!isKnown(mediaType)) {
    throw new ImageError('UNSUPPORTED_MANIFEST', `manifest type ${show(mediaType)} is not supported`);
  }
  const common = {
    mediaType,
    annotations: parseAnnotations(json.annotations),
    ...optional('artifactType', optionalString(json, 'artifactType')),
    ...optional('subject', json.subject === undefined ? undefined : parseDescriptor(json.subject, 'subject')),
  };
  if (isIndexType(mediaType)) {
    if (json.layers !== undefined || json.config !== undefined) fail('it is an index that also has layers or a config');
    // Go writes an empty list as null, as olareg does for a digest without referrers.
    const children = json.manifests === null ? [] : parseDescriptors(json.manifests, 'manifests');
    return { kind: 'index', ...common, children };
  }
  if (json.manifests !== undefined) fail('it is an image manifest that also lists manifests');
  return {
    kind: 'manifest',
    ...common,
    config: parseDescriptor(json.config, 'config'),
    layers: parseDescriptors(json.layers ?? [], 'layers'),
  };
}

/** True when a manifest is a container image: a config of that type, or filesystem layers under a config of another. */
export function isContainerImage(manifest: ImageManifest): boolean {
  return isImageConfigType(manifest.config.mediaType) || manifest.layers.some((layer) => isLayerType(layer.mediaType));
}

/** True for what BuildKit files beside an image as `unknown/unknown`: told by its layers, not by the claim, so that a runnable image cannot hide behind it. */
export function isAttestationManifest(descriptor: Descriptor, manifest: ImageManifest): boolean {
  return (
    descriptor.platform?.os === 'unknown' &&
    descriptor.platform.architecture === 'unknown' &&
    manifest.layers.length > 0 &&
    manifest.layers.every((layer) => layer.mediaType.startsWith('application/vnd.in-toto'))
  );
}

/** Parses one descriptor; `where` names it in errors. */
export function parseDescriptor(value: unknown, where: string): Descriptor {
  const json = asFields(value, where);
  const digest = optionalString(json, 'digest') ?? '';
  if (!isDigest(digest)) fail(`${where}.digest is ${show(digest)}`);
  const { size } = json;
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) fail(`${where}.size is ${show(size)}`);
  checkData(json, digest, size, where);
  return {
    mediaType: optionalString(json, 'mediaType') ?? fail(`${where} has no mediaType`),
    digest,
    size,
    annotations: parseAnnotations(json.annotations),
    ...optional('artifactType', optionalString(json, 'artifactType')),
    ...optional(
      'platform',
      json.platform === undefined || json.platform === null ? undefined : parsePlatform(json.platform, where),
    ),
  };
}

/** Content that a descriptor brings along must be what it describes: a runtime may take it instead. https://github.com/opencontainers/image-spec/blob/main/descriptor.md#embedded-content */
function checkData(json: Record<string, unknown>, digest: Digest, size: number, where: string): void {
  const data = optionalString(json, 'data');
  if (data === undefined) return;
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length !== size || !matchesDigest(bytes, digest)) fail(`${where}.data is not the content of its digest`);
}

function parsePlatform(value: unknown, where: string): Platform {
  const json = asFields(value, `${where}.platform`);
  // It stands in logs and messages: one line, whatever the image says.
  const label = (key: string): string | undefined => {
    const text = optionalString(json, key);
    if (text !== undefined && text.length > MAX_LABEL) fail(`${where}.platform.${key} is longer than ${MAX_LABEL}`);
    return text === undefined ? undefined : markControl(text);
  };
  return {
    os: label('os') ?? '',
    architecture: label('architecture') ?? '',
    ...optional('variant', label('variant')),
    ...optional('osVersion', label('os.version')),
  };
}

function parseDescriptors(value: unknown, where: string): Descriptor[] {
  if (!Array.isArray(value)) fail(`${where} is not a list`);
  if (value.length > MAX_DESCRIPTORS) fail(`${where} has ${value.length} entries, more than ${MAX_DESCRIPTORS}`);
  return value.map((entry, i) => parseDescriptor(entry, `${where}[${i}]`));
}

function parseAnnotations(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  const entries = Object.entries(asObject(value, 'annotations'));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_MANIFEST_BYTES) fail(`it has ${bytes.length} bytes, more than ${MAX_MANIFEST_BYTES}`);
  return parseStrictJson(bytes);
}

/** An object without look-alike keys: Go takes `Layers` for `layers` and believes the last of them, so a runtime would see another image than was judged. */
function asFields(value: unknown, where: string): Record<string, unknown> {
  const json = asObject(value, where);
  const lookalike = Object.keys(json).find((key) => !FIELDS.has(key) && FOLDED_FIELDS.has(foldCase(key)));
  return lookalike === undefined ? json : fail(`${where} has the key ${JSON.stringify(lookalike)}`);
}

/** Folds case as Go does for JSON keys: also the long s and the Kelvin sign; https://pkg.go.dev/encoding/json#Unmarshal */
function foldCase(key: string): string {
  return key.toLowerCase().toUpperCase();
}

function asObject(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return fail(`${where} is not an object`);
}

function optionalString(json: Record<string, unknown>, key: string): string | undefined {
  const value = json[key];
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : fail(`${key} is not a string`);
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** A value for a message, short: it may be megabytes of anything. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, MAX_SHOWN));
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}

function isKnown(mediaType: string): boolean {
  return [OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST].includes(mediaType);
}

function fail(what: string): never {
  throw new ImageError('INVALID_MANIFEST', `not a valid manifest: ${what}`);
}
