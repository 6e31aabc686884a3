import { pickPackage } from '../lab/database/advisories.ts';
import { buildIndex } from '../lab/image/build-index.ts';
import type { BuiltImage } from '../lab/image/descriptor.ts';
import { buildImage } from '../lab/image/image.ts';

/** A multi-arch image for amd64 and arm64, with the attestations BuildKit adds; a vulnerable one is so on arm64 only, where nobody looks. */
export function buildSample(state: 'fixed' | 'vulnerable'): BuiltImage {
  return buildIndex([buildPlatform('amd64', 'fixed'), buildPlatform('arm64', state)], { attestations: true });
}

function buildPlatform(architecture: string, state: 'fixed' | 'vulnerable'): BuiltImage {
  return buildImage({
    platform: { os: 'linux', architecture },
    labels: { 'org.opencontainers.image.revision': '0123456789abcdef0123456789abcdef01234567' },
    layers: [{ randomBytes: 2_000_000, seed: architecture.length }],
    distribution: 'debian 12',
    packages: [pickPackage('libcritical', 'debian 12', state)],
  });
}
