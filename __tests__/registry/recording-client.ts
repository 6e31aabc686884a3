import { RegistryClient, type RegistryOptions } from '../../src/registry/client.ts';
import { anonymousCredentials } from '../../src/registry/credentials.ts';

/** A client whose waits take no time, and what it waited, said and hid. */
export interface RecordingClient {
  readonly client: RegistryClient;
  /** Milliseconds of every wait it would have made. */
  readonly waits: number[];
  readonly warnings: string[];
  readonly masked: string[];
  readonly cancel: AbortController;
}

/** Makes a client for tests: real connections, no real waiting, no randomness. */
export function createRecordingClient(options: Partial<RegistryOptions> = {}): RecordingClient {
  const waits: number[] = [];
  const warnings: string[] = [];
  const masked: string[] = [];
  const cancel = new AbortController();
  const log = {
    debug: () => {},
    info: () => {},
    warning: (message: string) => void warnings.push(message),
    group: <T>(_: string, body: () => Promise<T>) => body(),
    mask: () => {},
  };
  // Only waiting moves the clock, and takes no time.
  let time = Date.now();
  const client = new RegistryClient({
    credentials: anonymousCredentials,
    insecureHosts: [],
    userAgent: 'promote-image-test',
    log,
    signal: cancel.signal,
    mask: (secret) => void masked.push(secret),
    // A blob of any size goes the way of a large one.
    putUpTo: 0,
    ...options,
    retry: {
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        time += milliseconds;
      },
      now: () => time,
      random: () => 1,
      ...options.retry,
    },
  });
  return { client, waits, warnings, masked, cancel };
}
