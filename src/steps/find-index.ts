import type { Digest } from '../image/digest.ts';
import type { Reference } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';

/** Some container runtimes tell the digest of the platform's manifest: the index that was promoted is the one the workload names, or the one behind its tag. */
export async function findIndexOf(
  child: Digest,
  reference: Reference,
  registry: RegistryClient,
): Promise<Digest | undefined> {
  const { repository, tag } = reference;
  const candidates: (Digest | undefined)[] = [
    reference.kind === 'digest' ? reference.digest : undefined,
    tag === undefined ? undefined : (await registry.headManifest(repository, tag))?.digest,
  ];
  for (const candidate of new Set(candidates)) {
    if (candidate === undefined || candidate === child) continue;
    const { manifest } = await registry.getManifest(repository, candidate);
    if (manifest.kind === 'index' && manifest.children.some((entry) => entry.digest === child)) return candidate;
  }
  return undefined;
}
