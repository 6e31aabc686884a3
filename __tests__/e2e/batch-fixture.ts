import type { BuiltImage } from '../../lab/image/descriptor.ts';
import type { LayerContent } from '../../lab/image/layer.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { StepResult } from '../../lab/runner.ts';
import { type PromoteStep, type Scene, setScene } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

/** What every image of the batch stands on: as large as all of them together would be without sharing. */
export const BASE: LayerContent = { randomBytes: 2_000_000, seed: 7 };
const EVIDENCE_WAIT = '2m';

/** Image `n` of a batch: the base, and a small layer of its own. */
export function makeMember(n: number, state: 'fixed' | 'vulnerable' = 'fixed'): BuiltImage {
  return makeImage(state, {
    layers: [BASE, { files: { 'srv/name': `service ${n}` } }],
    labels: { name: `service-${n}` },
  });
}

/** The digest of the layer that all of them share. */
export function findBase(image: BuiltImage): string {
  const sizes = [...image.contents].map(([digest, { bytes }]) => ({ digest, size: bytes.length }));
  const [largest] = sizes.sort((a, b) => b.size - a.size);
  if (largest === undefined) throw new Error('an image without content');
  return largest.digest;
}

/** One promotion of a file, from `dev/NAME` of one registry to `prod/NAME` of another. */
export interface Member {
  readonly name: string;
  readonly image?: BuiltImage;
}

/** A scene with a step that promotes a batch. */
export interface BatchScene extends Scene {
  /** Runs the action with these promotions as `promotions.yml` in the checkout. */
  promoteBatch(promotions: readonly object[], step?: PromoteStep): Promise<StepResult>;
}

export async function setBatchScene(tools: 'real' | 'stand-in' = 'real'): Promise<BatchScene> {
  const scene = await setScene(tools);
  return {
    ...scene,
    promoteBatch(promotions, { inputs, files, ...step } = {}) {
      const text = JSON.stringify({ version: 1, promotions });
      const given = { promotions: 'promotions.yml', timeout: EVIDENCE_WAIT, ...inputs };
      return scene.promote('', '', { ...step, files: { 'promotions.yml': text, ...files }, inputs: given });
    },
  };
}

/** Puts the images where they come from, each as `dev/NAME:1.0`. */
export async function pushMembers(host: string, members: readonly Member[]): Promise<void> {
  for (const { name, image } of members) if (image !== undefined) await pushImage(host, `dev/${name}`, '1.0', image);
}

/** The promotions of these, between two registries. */
export function toPromotions(members: readonly Member[], source: string, target: string): object[] {
  return members.map(({ name }) => ({ source: `${source}/dev/${name}:1.0`, target: `${target}/prod/${name}:1.0` }));
}

/** The output `images`, without the digests. */
export function endsOf({ outputs }: StepResult): [name: string, result: string, code: string | undefined][] {
  const images = JSON.parse(outputs.images ?? '[]') as { target: string; result: string; code?: string }[];
  return images.map(({ target, result, code }) => [target.replace(/^.*\/prod\//, ''), result, code]);
}
