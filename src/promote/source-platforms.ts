import type { Digest } from '../image/digest.ts';
import { loadGraph } from '../transfer/graph.ts';
import type { Facts } from './facts.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';

/** One manifest of the source that stands for a platform. */
export interface SourcePlatform {
  readonly digest: Digest;
  /** Every platform it is listed for, such as `linux/amd64`; empty for an image that stands alone. */
  readonly names: readonly string[];
  /** False for what is no container image, which no SBOM can stand for. */
  readonly isImage: boolean;
}

/** What evidence about the source can be about besides its root. */
export interface SourcePlatforms {
  /** Each manifest once, in the order of the index; the root itself when it is no index. What BuildKit files beside the images is none. */
  list(): Promise<readonly SourcePlatform[]>;
}

/** Reads the manifests of the source when they are first asked for, and not at all when nobody asks. */
export function openPlatforms(
  request: PromoteRequest,
  facts: Pick<Facts, 'source'>,
  ports: PromotePorts,
): SourcePlatforms {
  let read: Promise<readonly SourcePlatform[]> | undefined;
  const load = async (): Promise<readonly SourcePlatform[]> => {
    const { repository } = request.source;
    const { images, artifacts } = await loadGraph(facts.source, (digest) =>
      ports.source.getManifest(repository, digest),
    );
    const byDigest = Map.groupBy([...images, ...artifacts], ({ content }) => content.digest);
    return [...byDigest].map(([digest, leaves]) => ({
      digest,
      names: leaves.flatMap(({ platform }) => platform ?? []),
      isImage: leaves.some((leaf) => images.includes(leaf)),
    }));
  };
  return {
    list: () => {
      read ??= load();
      return read;
    },
  };
}

/** A platform as a message names it. */
export function namePlatform({ digest, names }: SourcePlatform): string {
  return names.join(', ') || digest;
}
