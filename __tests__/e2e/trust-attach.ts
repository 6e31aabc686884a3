import { buildReferrer } from '../../lab/image/artifact.ts';
import type { Descriptor } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import { startSession } from '../../lab/image/session.ts';
import { listReferrers, read } from './fixture-target.ts';

const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A Sigstore bundle as far as a test changes it; https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
export interface Bundle {
  readonly dsseEnvelope: { readonly payload: string; readonly signatures: readonly { readonly sig: string }[] };
}

/** Where something is attached: `HOST/REPOSITORY@DIGEST`. */
export type Place = string;

/** The bundles that are attached there, in the order of the registry. */
export async function readBundles(place: Place): Promise<Bundle[]> {
  const { host, repository, digest } = split(place);
  const referrers = await listReferrers(host, repository, digest);
  return Promise.all(
    referrers.map(async (referrer) => {
      const manifest = await read(host, `${repository}/manifests/${referrer.digest}`);
      const [layer] = (JSON.parse(manifest.bytes.toString()) as { layers: Descriptor[] }).layers;
      return JSON.parse((await read(host, `${repository}/blobs/${layer?.digest}`)).bytes.toString()) as Bundle;
    }),
  );
}

/** Attaches a bundle there by hand, as any client with the right to push can; `told` is what the annotation says of its type. */
export async function attachBundle(place: Place, bundle: Bundle, told: string): Promise<void> {
  const { host, repository, digest } = split(place);
  const { bytes } = await read(host, `${repository}/manifests/${digest}`);
  const { mediaType } = JSON.parse(bytes.toString()) as { mediaType: string };
  const annotations = {
    'dev.sigstore.bundle.content': 'dsse-envelope',
    'dev.sigstore.bundle.predicateType': told,
    'org.opencontainers.image.created': new Date().toISOString(),
  };
  const options = { artifactType: BUNDLE, bytes: JSON.stringify(bundle), annotations };
  const referrer = buildReferrer({ mediaType, digest, size: bytes.length }, options);
  await pushImage(host, repository, undefined, referrer);
}

/** The bundle with another statement under the signature of the first. */
export function alterStatement(bundle: Bundle, change: (text: string) => string): Bundle {
  const { dsseEnvelope } = bundle;
  const text = Buffer.from(dsseEnvelope.payload, 'base64').toString();
  const changed = change(text);
  if (changed === text) throw new Error(`nothing was changed in ${text}`);
  return { ...bundle, dsseEnvelope: { ...dsseEnvelope, payload: Buffer.from(changed).toString('base64') } };
}

/** The bundle with a signature in which one bit differs. */
export function alterSignature(bundle: Bundle): Bundle {
  const { dsseEnvelope } = bundle;
  const signatures = dsseEnvelope.signatures.map(({ sig, ...rest }) => {
    const bytes = Buffer.from(sig, 'base64');
    const last = bytes.length - 1;
    bytes[last] = (bytes[last] ?? 0) ^ 1;
    return { ...rest, sig: bytes.toString('base64') };
  });
  return { ...bundle, dsseEnvelope: { ...dsseEnvelope, signatures } };
}

/** Copies an older tag (`sig`, `att`) of one digest to the same tag of another, as it is. */
export async function copyOlderTag(from: Place, to: Place, form: 'sig' | 'att'): Promise<void> {
  const [old, young] = [split(from), split(to)];
  const send = startSession(young.host, young.repository);
  const { bytes } = await read(old.host, `${old.repository}/manifests/${toTag(old.digest, form)}`);
  const manifest = JSON.parse(bytes.toString()) as { mediaType: string; config: Descriptor; layers: Descriptor[] };
  for (const { digest } of [manifest.config, ...manifest.layers]) {
    await send('POST', `blobs/uploads/?mount=${digest}&from=${old.repository}`, 201);
  }
  await send('PUT', `manifests/${toTag(young.digest, form)}`, 201, { type: manifest.mediaType, bytes });
}

function toTag(digest: string, form: string): string {
  return `${digest.replace(':', '-')}.${form}`;
}

/** The parts of a place. */
export function split(place: Place): { readonly host: string; readonly repository: string; readonly digest: string } {
  const [, host = '', repository = '', digest = ''] = /^([^/]+)\/([^@]+)@(.+)$/.exec(place) ?? [];
  return { host, repository, digest };
}
