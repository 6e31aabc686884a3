const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** What somebody who pulls a tag finds behind it. */
export interface TagState {
  readonly digest: string;
  /** What should be there and is not, in words; none for a tag that is complete and signed. */
  readonly missing: readonly string[];
}

interface Listed {
  readonly digest: string;
  readonly artifactType?: string;
}

interface Manifest {
  readonly manifests?: readonly Listed[];
  readonly config?: Listed;
  readonly layers?: readonly Listed[];
}

/** Looks at a tag over plain HTTP: its manifests, blobs, and at least `signatures` bundles that refer to it. Undefined when there is no such tag. */
export async function readTagState(
  host: string,
  repository: string,
  tag: string,
  signatures: number,
): Promise<TagState | undefined> {
  const base = `http://${host}/v2/${repository}`;
  const answer = await get(`${base}/manifests/${tag}`);
  if (answer.status === 404) return undefined;
  const missing: string[] = [];
  const digest = answer.digest ?? '';
  if (answer.status !== 200) missing.push(`the tag answers ${answer.status}`);
  else {
    await walk(base, answer.json, missing);
    const listed = await listReferrers(base, digest);
    const bundles = listed.filter(({ artifactType }) => artifactType === BUNDLE);
    if (bundles.length < signatures) missing.push(`${bundles.length} of ${signatures} signed statements are listed`);
    for (const referrer of listed) await walkManifest(base, referrer.digest, missing);
  }
  return { digest, missing };
}

async function walkManifest(base: string, digest: string, missing: string[]): Promise<void> {
  const answer = await get(`${base}/manifests/${digest}`);
  if (answer.status !== 200) missing.push(`the manifest ${digest} answers ${answer.status}`);
  else await walk(base, answer.json, missing);
}

async function walk(base: string, { manifests, config, layers }: Manifest, missing: string[]): Promise<void> {
  for (const { digest } of manifests ?? []) await walkManifest(base, digest, missing);
  for (const { digest } of [...(config === undefined ? [] : [config]), ...(layers ?? [])]) {
    const { status } = await fetch(`${base}/blobs/${digest}`, { method: 'HEAD' });
    if (status !== 200) missing.push(`the blob ${digest} answers ${status}`);
  }
}

async function listReferrers(base: string, digest: string): Promise<readonly Listed[]> {
  const api = await get(`${base}/referrers/${digest}`);
  const answer = api.status === 200 ? api : await get(`${base}/manifests/${digest.replace(':', '-')}`);
  return answer.status === 200 ? (answer.json.manifests ?? []) : [];
}

async function get(url: string): Promise<{ status: number; digest: string | undefined; json: Manifest }> {
  const answer = await fetch(url, { headers: { Accept: ACCEPT } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const json = answer.status === 200 ? (JSON.parse(bytes.toString()) as Manifest) : {};
  return { status: answer.status, digest: answer.headers.get('docker-content-digest') ?? undefined, json };
}
