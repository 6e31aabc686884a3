import { type Content, type Descriptor, INDEX_TYPE } from './descriptor.ts';
import type { Send } from './session.ts';

/** Adds a referrer to the index that stands in for a missing referrers API; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject */
export async function addToFallbackTag(send: Send, subject: string, digest: string, content: Content): Promise<void> {
  const tag = subject.replace(':', '-');
  const answer = await send('GET', `manifests/${tag}`, [200, 404]);
  const known = answer.status === 404 ? [] : ((await answer.json()) as { manifests: Descriptor[] }).manifests;
  if (known.some((descriptor) => descriptor.digest === digest)) return;
  const json = JSON.parse(content.bytes.toString()) as {
    artifactType?: string;
    config?: { mediaType: string };
    annotations?: Record<string, string>;
  };
  const artifactType = json.artifactType ?? json.config?.mediaType;
  const added: Descriptor = {
    mediaType: content.mediaType,
    digest,
    size: content.bytes.length,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(json.annotations === undefined ? {} : { annotations: json.annotations }),
  };
  const index = { schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: [...known, added] };
  await send('PUT', `manifests/${tag}`, 201, { type: INDEX_TYPE.oci, bytes: Buffer.from(JSON.stringify(index)) });
}
