import type { EffectivePolicy } from '../policy/effective.ts';

/** True where registries are asked anything. */
export function asksRegistries({ images }: Pick<EffectivePolicy, 'images'>): boolean {
  return images.verify !== 'off' || images.scan !== 'off';
}
