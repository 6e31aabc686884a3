import { hasDigest } from '../registry/digest.ts';
import { CallError } from './call.ts';

const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const LEGACY = {
  sig: 'application/vnd.dev.cosign.simplesigning.v1+json',
  att: 'application/vnd.dsse.envelope.v1+json',
} as const;

/** What an image reference says, and where its content is. */
interface Place {
  readonly base: string;
  readonly digest: string;
}

/** Reads the bundles attached to `host/repository@digest` over plain HTTP, from the referrers API, else from the fallback tag. Every content is held to its digest. */
export async function readAttachedBundles(reference: string): Promise<unknown[]> {
  const { base, digest } = await locate(reference);
  const api = await get(`${base}/referrers/${digest}`);
  const list = api ?? (await get(`${base}/manifests/${digest.replace(':', '-')}`));
  const { manifests = [] } = (list === undefined ? {} : parse(list)) as { manifests?: readonly Listed[] };
  const bundles: unknown[] = [];
  for (const listed of manifests) {
    if (listed.artifactType !== BUNDLE) continue;
    const manifest = parse(await readContent(`${base}/manifests/${listed.digest}`, listed.digest)) as Manifest;
    if (manifest.subject?.digest !== digest) continue;
    const [layer] = manifest.layers ?? [];
    if (layer?.mediaType !== BUNDLE) continue;
    bundles.push(parse(await readContent(`${base}/blobs/${layer.digest}`, layer.digest)));
  }
  return bundles;
}

/** One layer of the tag `sha256-<hex>.sig` or `.att`, the older form. */
export interface LegacyLayer {
  readonly content: Buffer;
  /** Base64; of a `.sig`. */
  readonly signature: string | undefined;
}

/** Reads such a tag of `host/repository@digest`; no layers when there is none. */
export async function readLegacyLayers(reference: string, suffix: 'sig' | 'att'): Promise<LegacyLayer[]> {
  const { base, digest } = await locate(reference);
  const bytes = await get(`${base}/manifests/${digest.replace(':', '-')}.${suffix}`);
  const { layers = [] } = (bytes === undefined ? {} : parse(bytes)) as Manifest;
  const read: LegacyLayer[] = [];
  for (const layer of layers) {
    if (layer.mediaType !== LEGACY[suffix]) continue;
    const content = await readContent(`${base}/blobs/${layer.digest}`, layer.digest);
    read.push({ content, signature: layer.annotations?.['dev.cosignproject.cosign/signature'] });
  }
  return read;
}

async function locate(reference: string): Promise<Place> {
  const [, host = '', repository = '', digest = ''] =
    /^([^/]+)\/(.+)@(sha(?:256|512):[a-f0-9]+)$/.exec(reference) ?? [];
  if (digest === '') throw new CallError(`Error: parsing reference: ${reference} has no digest`);
  const base = `http://${host}/v2/${repository}`;
  await readContent(`${base}/manifests/${digest}`, digest);
  return { base, digest };
}

interface Listed {
  readonly digest: string;
  readonly artifactType?: string;
}

interface Manifest {
  readonly subject?: { readonly digest: string };
  readonly layers?: readonly {
    readonly mediaType: string;
    readonly digest: string;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

/** Undefined for 404; anything else but 200 is an error, as a careful verifier has it. */
async function get(url: string): Promise<Buffer | undefined> {
  const { status, bytes } = await read(url).catch((first: unknown) =>
    read(url).catch((cause: unknown) => {
      throw new CallError(`Error: GET ${url}: ${String(cause)}, and at first ${String(first)}`);
    }),
  );
  if (status === 404) return undefined;
  if (status !== 200) throw new CallError(`Error: GET ${url}: unexpected status code ${status}`);
  return bytes;
}

/** Throws when a connection broke: one that was kept alive, and closed while nobody could look, breaks at its next use. */
async function read(url: string): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  const response = await fetch(url);
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function readContent(url: string, digest: string): Promise<Buffer> {
  const bytes = await get(url);
  if (bytes === undefined) throw new CallError(`Error: GET ${url}: MANIFEST_UNKNOWN`);
  if (!hasDigest(bytes, digest)) throw new CallError(`Error: ${url} has other content than its digest`);
  return bytes;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new CallError('Error: content is not JSON');
  }
}
