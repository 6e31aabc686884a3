import type { ImageGraph } from '../transfer/graph.ts';
import type { Layout } from '../transfer/layout.ts';

const REVISION = 'org.opencontainers.image.revision';

/** The commit the image says it was built from: the root's annotation, else the label on which all its platforms agree. It is a claim, not a proof; https://github.com/opencontainers/image-spec/blob/main/annotations.md */
export async function readRevision(graph: ImageGraph, layout: Layout): Promise<string | undefined> {
  const annotated = graph.root.manifest.annotations[REVISION];
  if (annotated) return annotated;
  const labels = new Set<string | undefined>();
  for (const { content } of graph.images) {
    if (content.manifest.kind === 'manifest') labels.add(readLabel(await layout.read(content.manifest.config.digest)));
  }
  const [only] = labels;
  return labels.size === 1 ? only : undefined;
}

function readLabel(bytes: Uint8Array): string | undefined {
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes)) as { config?: { Labels?: Record<string, unknown> } };
    const label = json.config?.Labels?.[REVISION];
    return typeof label === 'string' && label !== '' ? label : undefined;
  } catch {
    return undefined;
  }
}
