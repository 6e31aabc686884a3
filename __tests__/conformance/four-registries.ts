import { type AccessLine, startDistribution, startDockerRegistry, startOlareg } from '../../lab/external-registry.ts';
import { startRegistry } from '../../lab/registry/server.ts';

/** The registries on trial. */
export const REGISTRIES = ['lab', 'olareg', 'distribution', 'docker-registry'] as const;

export type RegistryName = (typeof REGISTRIES)[number];

/** A registry that takes everything: pushes, deletions, no login. */
export interface RunningRegistry {
  /** `127.0.0.1:port`, without TLS. */
  readonly host: string;
  /** What it was asked up to now. */
  log(): Promise<readonly AccessLine[]>;
  stop(): Promise<void>;
}

const START: Readonly<Record<RegistryName, () => Promise<RunningRegistry>>> = {
  lab: async () => {
    const { host, log, close } = await startRegistry();
    return { host, log: async () => log.entries, stop: close };
  },
  olareg: () => startOlareg({ args: ['--api-delete', '--api-blob-delete'] }),
  distribution: () => startDistribution(),
  'docker-registry': () => startDockerRegistry(),
};

/** Starts one of them, empty. */
export function startByName(name: RegistryName): Promise<RunningRegistry> {
  return START[name]();
}
