import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mapConcurrently } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { ScannedPlatform } from '../image/finding.ts';
import type { PlatformImage } from '../transfer/graph.ts';
import type { Layout } from '../transfer/layout.ts';
import type { ImageStore } from '../transfer/store.ts';
import { ScannerError } from './error.ts';
import { createScanView, type ScanView } from './scan-view.ts';
import { findSystemFile } from './system-file.ts';
import type { Trivy } from './trivy.ts';

/** What one platform's scan found, and Trivy's own report with the image's real ids put back. */
export interface PlatformScan {
  readonly scanned: ScannedPlatform;
  /** Undefined when Trivy could not read the image. */
  readonly report: unknown;
}

/** Trivy holds the database in memory each time it runs. */
export const CONCURRENT_SCANS = 2;

/** Scans every image of an index, each from a view of its own; what cannot be read is an incomplete scan, not a missing one. */
export function scanImages(
  images: readonly PlatformImage[],
  store: ImageStore,
  trivy: Trivy,
  directory: string,
): Promise<PlatformScan[]> {
  return mapConcurrently(images, CONCURRENT_SCANS, async (image, index) => {
    try {
      return await store.hold(image, async () => {
        const view = join(directory, `view-${index}`);
        try {
          return await scanImage(image, store.layout, trivy, view);
        } finally {
          // Its links would keep the bytes on a disk that is too small for all platforms.
          await rm(view, { recursive: true, force: true });
        }
      });
    } catch (error) {
      if (!(error instanceof ScannerError) || error.code !== 'IMAGE_UNREADABLE') throw error;
      return unreadable(image.platform ?? 'unknown', image.content.digest, error.message);
    }
  });
}

async function scanImage(image: PlatformImage, layout: Layout, trivy: Trivy, directory: string): Promise<PlatformScan> {
  const { digest } = image.content;
  const view = await createScanView(image.content, layout, directory);
  const platform = image.platform ?? view.platform;
  const run = await trivy.scan(view.input, basename(directory));
  if (run.kind === 'unreadable') return unreadable(platform, digest, run.reason);
  const report = restoreNames(run.json, image, view);
  const { namesSystem, readReport } = await import('./report.ts');
  const scanned = readReport(report, run.warnings, { platform, digest });
  const reason = scanned.complete && !namesSystem(run.json) ? await explainSystem(image, layout) : undefined;
  return {
    scanned: reason === undefined ? scanned : { complete: false, platform, digest, reason, findings: scanned.findings },
    report,
  };
}

/** What is no image is no pass either: it comes out as an incomplete scan that says what it is. */
export function describeArtifact({ content, platform }: PlatformImage): PlatformScan {
  const { manifest } = content;
  const type = manifest.artifactType ?? (manifest.kind === 'manifest' ? manifest.config.mediaType : manifest.mediaType);
  return unreadable(
    platform ?? 'unknown',
    content.digest,
    `it is no container image but ${type}, which cannot be scanned`,
  );
}

/** Trivy says nothing of a system it does not know, when there are application packages to report. */
async function explainSystem({ content }: PlatformImage, layout: Layout): Promise<string | undefined> {
  const layers = content.manifest.kind === 'manifest' ? content.manifest.layers : [];
  const file = await findSystemFile(layers.map(({ digest }) => layout.path(digest)));
  if (file === undefined) return undefined;
  return `${file} tells of an operating system that Trivy does not support: its packages were not judged`;
}

/** An incomplete scan in which nothing was found. */
export function unreadable(platform: string, digest: Digest, reason: string): PlatformScan {
  return { scanned: { complete: false, platform, digest, reason, findings: [] }, report: undefined };
}

/** The view has ids of its own; a reader of the report looks for those of the image. */
function restoreNames(json: unknown, image: PlatformImage, view: ScanView): unknown {
  const { digest } = image.content;
  const report = nameReport(json, view.input, digest);
  if (!isReport(report)) return report;
  const ids = { ImageID: view.imageId, DiffIDs: view.diffIds, RepoDigests: [digest] };
  return { ...report, Metadata: { ...report.Metadata, ...ids } };
}

/** A report that names the image, and not the path that Trivy was given. */
export function nameReport(json: unknown, path: string, digest: Digest): unknown {
  if (!isReport(json)) return json;
  const restore = (text: unknown): unknown => (typeof text === 'string' ? text.replace(path, digest) : text);
  return {
    ...json,
    ArtifactName: digest,
    ...(Array.isArray(json.Results)
      ? { Results: json.Results.map((r) => ({ ...r, Target: restore(r?.Target) })) }
      : {}),
  };
}

function isReport(
  json: unknown,
): json is { readonly Metadata?: object; readonly Results?: readonly { readonly Target?: unknown }[] } {
  return typeof json === 'object' && json !== null;
}
