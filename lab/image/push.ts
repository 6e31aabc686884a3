import type { BuiltImage, Content } from './descriptor.ts';
import { addToFallbackTag } from './fallback-tag.ts';
import { type Credentials, type Send, startSession } from './session.ts';

/** Pushes an image to any registry, children first, the tag (if any) last; returns the digest of its root. `host` is `host:port` (http) or a URL. */
export async function pushImage(
  host: string,
  repository: string,
  tag: string | undefined,
  image: BuiltImage,
  credentials?: Credentials,
): Promise<string> {
  const send = startSession(host, repository, credentials);
  const { root, contents } = image;
  for (const [digest, content] of contents) if (content.kind === 'blob') await pushBlob(send, digest, content);
  for (const [digest, content] of contents) {
    if (content.kind === 'manifest') {
      await pushManifest(send, digest === root.digest ? (tag ?? digest) : digest, digest, content);
    }
  }
  return root.digest;
}

async function pushBlob(send: Send, digest: string, content: Content): Promise<void> {
  const opened = await send('POST', 'blobs/uploads/', 202);
  const place = new URL(opened.headers.get('location') ?? '', opened.url);
  place.searchParams.append('digest', digest);
  await send('PUT', place.href, 201, { type: 'application/octet-stream', bytes: content.bytes });
}

async function pushManifest(send: Send, reference: string, digest: string, content: Content): Promise<void> {
  const { mediaType: type, bytes } = content;
  const answer = await send('PUT', `manifests/${reference}`, 201, { type, bytes });
  const { subject } = JSON.parse(bytes.toString()) as { subject?: { digest: string } };
  if (subject !== undefined && !answer.headers.has('oci-subject')) {
    await addToFallbackTag(send, subject.digest, digest, content);
  }
}
