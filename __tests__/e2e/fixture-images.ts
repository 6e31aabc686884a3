import { type AdvisoryPlatform, pickPackage } from '../../lab/database/advisories.ts';
import { buildIndex, type IndexOptions } from '../../lab/image/build-index.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage, type ImageOptions } from '../../lab/image/image.ts';

const SYSTEM = 'debian 12' satisfies AdvisoryPlatform['name'];

/** A Debian image whose one package has a critical vulnerability, or its fix. */
export function makeImage(state: 'fixed' | 'vulnerable', options: ImageOptions = {}): BuiltImage {
  return buildImage({ distribution: SYSTEM, packages: [pickPackage('libcritical', SYSTEM, state)], ...options });
}

/** An index for amd64 (always clean) and arm64. */
export function makeIndex(arm64: 'fixed' | 'vulnerable', options: IndexOptions = {}): BuiltImage {
  const format = options.format ?? 'oci';
  return buildIndex(
    [
      makeImage('fixed', { format, platform: { os: 'linux', architecture: 'amd64' } }),
      makeImage(arm64, { format, platform: { os: 'linux', architecture: 'arm64' } }),
    ],
    options,
  );
}
