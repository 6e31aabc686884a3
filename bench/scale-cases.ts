/** One thing to measure. */
export interface ScaleCase {
  readonly name: string;
  readonly registry: 'distribution' | 'olareg';
  readonly images: number;
  /** Bytes of noise in each image's own layers, beside the base that all share. */
  readonly ownBytes: number;
  /** copy: bytes and tag alone. gated: planned, scanned, signed, attested by that plan, and verified by it. */
  readonly kind: 'copy' | 'gated';
  readonly rounds: number;
}

const SMALL = 64 * 1024;
const GB = 1000 ** 3;

const small = (
  kind: ScaleCase['kind'],
  registry: ScaleCase['registry'],
  images: number,
  rounds: number,
): ScaleCase => ({
  ...{ name: `${kind}-${images}${registry === 'olareg' ? '-olareg' : ''}`, kind, registry, images, rounds },
  ownBytes: SMALL,
});
const large = (kind: ScaleCase['kind'], gb: number): ScaleCase => ({
  ...{ name: `${kind}-${gb}gb`, kind, registry: 'distribution', images: 1, rounds: 1, ownBytes: gb * GB },
});

/** From one image to a thousand, and from 1 MB to 1 GB. */
const CASES: readonly ScaleCase[] = [
  ...[1, 10, 100].map((images) => small('copy', 'distribution', images, 3)),
  small('copy', 'distribution', 1000, 1),
  ...[1, 10].map((images) => small('gated', 'distribution', images, 3)),
  small('gated', 'distribution', 100, 1),
  ...[1, 10, 100].map((images) => small('gated', 'olareg', images, 1)),
  small('gated', 'olareg', 1000, 1),
  ...[large('copy', 1), large('gated', 1)],
];
/** Only when asked for: 10 GB lie at the source, at the target and, to be scanned, on disk between. */
const LARGE: readonly ScaleCase[] = [large('copy', 10), large('gated', 10)];

/** Those to run, by name or all; throws for a name that there is not. */
export function selectCases(options: {
  readonly only: readonly string[] | undefined;
  readonly large: boolean;
}): readonly ScaleCase[] {
  const { only, large: isLarge } = options;
  if (only === undefined) return isLarge ? [...CASES, ...LARGE] : CASES;
  const all = [...CASES, ...LARGE];
  const unknown = only.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new Error(`no case ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`);
  }
  return all.filter(({ name }) => only.includes(name));
}
