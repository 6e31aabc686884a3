import type { Digest } from '../../src/image/digest.ts';
import { digestOf } from '../../src/image/digest.ts';
import { OCI_MANIFEST, SIGSTORE_BUNDLE } from '../../src/image/media-type.ts';
import type { Layout } from '../../src/transfer/layout.ts';
import type { LegacyTag } from '../../src/transfer/legacy-tags.ts';
import type { Referrer } from '../../src/transfer/listed-referrer.ts';

const SUBJECT = digestOf('image');

/** The bare envelope of a statement of this type, as a `.att` tag holds it; `note` makes it another. */
export function makeEnvelope(predicateType: string, note = ''): string {
  const statement = { _type: 'https://in-toto.io/Statement/v1', predicateType, predicate: { note } };
  return JSON.stringify({ payload: Buffer.from(JSON.stringify(statement)).toString('base64'), signatures: [] });
}

/** The same in a bundle. */
export function makeBundleText(predicateType: string, note = ''): string {
  return `{"dsseEnvelope":${makeEnvelope(predicateType, note)}}`;
}

/** A referrer whose one layer is these bytes, which go into the layout; `told` is what its annotation says. */
export async function makeBundleReferrerOf(
  layout: Layout,
  bytes: string,
  told?: string,
  mediaType: string = SIGSTORE_BUNDLE,
): Promise<Referrer> {
  const layer = { mediaType, digest: await keep(layout, bytes), size: bytes.length, annotations: {} };
  const annotations = told === undefined ? {} : { 'dev.sigstore.bundle.predicateType': told };
  const digest = digestOf(`manifest of ${bytes}${told ?? ''}`);
  const config = { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2, annotations: {} };
  const manifest = { kind: 'manifest', mediaType: OCI_MANIFEST, config, layers: [layer], annotations } as const;
  return {
    subject: SUBJECT,
    descriptor: { mediaType: OCI_MANIFEST, digest, size: 2, annotations },
    content: { digest, mediaType: OCI_MANIFEST, bytes: new Uint8Array(2), manifest },
  };
}

/** A `.att` tag with these layers: what is signed, and what the annotation says of it. */
export async function makeAttTag(
  layout: Layout,
  ...parts: readonly { readonly bytes: string; readonly told?: string }[]
): Promise<LegacyTag> {
  const layers = await Promise.all(
    parts.map(async ({ bytes, told }) => {
      const mediaType = 'application/vnd.dsse.envelope.v1+json';
      const written = { mediaType, digest: await keep(layout, bytes), size: bytes.length };
      const annotations: Record<string, string> = told === undefined ? {} : { predicateType: told };
      return { written, descriptor: { ...written, annotations } };
    }),
  );
  const { content } = await makeBundleReferrerOf(layout, 'attestations');
  return { subject: SUBJECT, form: 'att', content, layers };
}

async function keep(layout: Layout, bytes: string): Promise<Digest> {
  const digest = digestOf(bytes);
  await layout.writeBytes(digest, Buffer.from(bytes));
  return digest;
}
