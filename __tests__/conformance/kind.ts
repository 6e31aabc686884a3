import type { RegistryName } from './four-registries.ts';
import type { Repository } from './repository.ts';

/** What a registry was seen to do: plain data, compared as a whole. */
export type Observation = Readonly<Record<string, unknown>>;

/** One thing the specification says, tried on a repository of its own that is empty at the start. */
export interface Kind<Tried = Repository> {
  readonly name: string;
  readonly run: (tried: Tried) => Promise<Observation>;
  /** What the specification asks for; where it leaves a choice, what the lab's registry chose. */
  readonly expected: Observation;
  /** The registries that do otherwise: all of what they were seen to do instead, and why. */
  readonly deviations?: Deviations;
}

/** By registry. The lab's is not among them: it is to be what the specification says. */
export type Deviations = Readonly<Partial<Record<Exclude<RegistryName, 'lab'>, Deviation>>>;

/** How a registry differs, and why: what it lacks, or what the specification leaves to it. */
export interface Deviation {
  readonly because: string;
  readonly observed: Observation;
}

/** What a kind should show at this registry. */
export function expectationOf(
  { expected, deviations }: Pick<Kind, 'expected' | 'deviations'>,
  registry: RegistryName,
): Observation {
  return (registry === 'lab' ? undefined : deviations?.[registry]?.observed) ?? expected;
}
