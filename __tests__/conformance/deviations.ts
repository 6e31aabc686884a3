import type { Deviation, Deviations, Kind } from './kind.ts';

/** Both registries without the referrers API, distribution 3 and the one it came from, do this. */
export function inDistribution(because: string, observed: Deviation['observed']): Deviations {
  const deviation = { because, observed };
  return { distribution: deviation, 'docker-registry': deviation };
}

/** All three registries of others do this. */
export function everywhere(because: string, observed: Deviation['observed']): Deviations {
  return { olareg: { because, observed }, ...inDistribution(because, observed) };
}

/** The same kinds where there is no referrers API: 404, which tells a client to use the fallback tag. */
export function withoutReferrersApi(kinds: readonly Kind[]): Kind[] {
  const because = 'it has no referrers API, and says so with the 404 that the specification asks for';
  return kinds.map((kind) => ({
    ...kind,
    deviations: { ...inDistribution(because, { status: 404 }), ...kind.deviations },
  }));
}
