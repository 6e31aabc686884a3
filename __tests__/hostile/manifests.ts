import type { HostileManifest } from './hostile-image.ts';
import { MANIFESTS_OF_SHAPES } from './manifests-of-shapes.ts';
import { MANIFESTS_OF_SIZES } from './manifests-of-sizes.ts';
import { MANIFESTS_OF_TEXTS } from './manifests-of-texts.ts';

/** Every image that nobody should have built and everybody must survive; the documentation lists them. */
export const HOSTILE_MANIFESTS: readonly HostileManifest[] = [
  ...MANIFESTS_OF_SIZES,
  ...MANIFESTS_OF_SHAPES,
  ...MANIFESTS_OF_TEXTS,
];
