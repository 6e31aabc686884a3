import { type Digest, digestOf, isDigest, matchesDigest } from '../image/digest.ts';
import { ImageError } from '../image/error.ts';
import { MAX_MANIFEST_BYTES, type Manifest, parseManifest } from '../image/manifest.ts';
import { MANIFEST_TYPES } from '../image/media-type.ts';
import { pathOf, type Reference, type Repository, type Tag } from '../image/reference.ts';
import { RegistryError } from './error.ts';
import { type ErrorBody, readErrorBody } from './transport/diagnostics.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, type RegistryRequest, type Response } from './transport/message.ts';
import { pullScope, pushScope } from './transport/scope.ts';

/** A manifest as it was stored, byte for byte, and what it says. */
export interface ManifestContent {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
}

/** What registries say when a manifest or its repository is not there; Harbor says NOT_FOUND, Quay TAG_EXPIRED of a tag that once was. */
const ABSENT_CODES: readonly string[] = ['MANIFEST_UNKNOWN', 'NAME_UNKNOWN', 'NOT_FOUND', 'TAG_EXPIRED'];

/** The rights a request is made with. */
export type Access = 'pull' | 'push';

/** See RegistryClient.resolve. */
export async function resolveReference(transport: Transport, reference: Reference): Promise<ManifestContent> {
  const wanted = reference.kind === 'tag' ? reference.tag : reference.digest;
  return readManifest(transport, manifestRequest(reference.repository, wanted, 'GET', 'pull'), wanted);
}

/** See RegistryClient.getManifest. */
export async function getManifest(
  transport: Transport,
  repository: Repository,
  digest: Digest,
): Promise<ManifestContent> {
  return readManifest(transport, manifestRequest(repository, digest, 'GET', 'pull'), digest);
}

/** The manifest behind a tag or digest, undefined when the registry says it is not there. */
export async function findManifest(
  transport: Transport,
  repository: Repository,
  reference: Tag | Digest,
  access: Access,
): Promise<ManifestContent | undefined> {
  const request = manifestRequest(repository, reference, 'GET', access);
  const response = await transport.read(request, MAX_MANIFEST_BYTES);
  if (response.status !== 404) return acceptManifest(request, response, reference);
  const body = await readErrorBody(response);
  if (await isAbsence(transport, request, body)) return undefined;
  throw await refuseResponse(request, response, {
    code: body.kind === 'registry' ? 'NOT_FOUND' : 'PROTOCOL',
    hint: 'This 404 is not known to mean that the manifest is absent: check what answers at this address.',
    body,
  });
}

/** The request for a manifest, by whatever method. */
export function manifestRequest(
  repository: Repository,
  reference: Tag | Digest,
  method: 'GET' | 'HEAD' | 'PUT',
  access: Access,
): RegistryRequest {
  const name = `${repository}${isDigest(reference) ? '@' : ':'}${reference}`;
  return {
    purpose: `${method === 'PUT' ? 'write' : 'read'} the manifest ${name}`,
    method,
    repository,
    target: `/v2/${pathOf(repository)}/manifests/${reference}`,
    scopes: [access === 'push' ? pushScope(repository) : pullScope(repository)],
    headers: { accept: MANIFEST_TYPES.join(', ') },
  };
}

async function readManifest(
  transport: Transport,
  request: RegistryRequest,
  reference: Tag | Digest,
): Promise<ManifestContent> {
  return acceptManifest(request, await transport.read(request, MAX_MANIFEST_BYTES), reference);
}

async function acceptManifest(
  request: RegistryRequest,
  response: Response,
  reference: Tag | Digest,
): Promise<ManifestContent> {
  if (response.status !== 200) throw await refuseResponse(request, response);
  const bytes = response.whole;
  if (bytes === undefined) {
    throw new RegistryError('TOO_LARGE', `could not ${request.purpose}: it has more than ${MAX_MANIFEST_BYTES} bytes`);
  }
  if (isDigest(reference) && !matchesDigest(bytes, reference)) failDigest(request, response, digestOf(bytes));
  const told = checkDigestHeader(request, response, bytes);
  const manifest = parse(request, response, bytes);
  const digest = isDigest(reference) ? reference : (told ?? digestOf(bytes));
  return { digest, mediaType: manifest.mediaType, bytes, manifest };
}

function parse(request: RegistryRequest, response: Response, bytes: Uint8Array): Manifest {
  try {
    return parseManifest(bytes, headerOf(response, 'content-type'));
  } catch (cause) {
    if (!(cause instanceof ImageError)) throw cause;
    const { method } = request;
    throw new RegistryError('PROTOCOL', `could not ${request.purpose}: ${cause.message}`, {
      cause,
      hint: cause.hint,
      method,
      status: response.status,
      url: response.url,
    });
  }
}

/** The digest the registry claims, when it claims one; throws when the bytes do not have it. */
export function checkDigestHeader(request: RegistryRequest, response: Response, bytes: Uint8Array): Digest | undefined {
  const claimed = headerOf(response, 'docker-content-digest');
  if (claimed === undefined || claimed === '') return undefined;
  if (isDigest(claimed) && matchesDigest(bytes, claimed)) return claimed;
  return failDigest(request, response, claimed);
}

function failDigest(request: RegistryRequest, response: Response, other: string): never {
  throw new RegistryError(
    'DIGEST_MISMATCH',
    `could not ${request.purpose}: ${response.url.host} says or sent ${JSON.stringify(other.slice(0, 160))}, which is not the digest of the content`,
    {
      status: response.status,
      method: request.method,
      url: response.url,
      hint: 'Something between here and the registry changes content, or the registry is broken: do not trust it until this is explained.',
    },
  );
}

/** A 404 means absent when the registry's own words say so, or when it is wordless and comes from what is surely a registry. */
async function isAbsence(
  transport: Transport,
  request: RegistryRequest,
  { kind, diagnostics }: ErrorBody,
): Promise<boolean> {
  if (kind === 'empty') return (await transport.findEndpoint(request)).isRegistry;
  return diagnostics.some(({ code }) => ABSENT_CODES.includes(code));
}
