import type { ArchiveCache, Clock, Exec, Log, PullRequests } from '../../base/ports.ts';
import type { RunIdentity } from '../../promote/ports.ts';
import type { RegistryClient } from '../../registry/client.ts';
import type { InstalledTool } from '../../tool/install.ts';

/** What any action gets of the machine it runs on, and one registry client a role. */
export type PortsFor<Role extends string> = HostPorts & Readonly<Record<Role, RegistryClient>>;

/** See PromotePorts, which asks for all of it. */
export interface HostPorts {
  readonly log: Log;
  readonly clock: Clock;
  readonly exec: Exec;
  readonly cache: ArchiveCache;
  readonly provideTool: (name: 'trivy' | 'cosign', wanted: string, directory: string) => Promise<InstalledTool>;
  readonly keyEnv: Readonly<Record<string, string>>;
  readonly kmsEnv: Readonly<Record<string, string>>;
  readonly identityToken?: (() => Promise<string>) | undefined;
  readonly gitEnv: Readonly<Record<string, string>>;
  /** Absent where the host has none, as on a command line. */
  readonly pullRequests?: PullRequests | undefined;
  readonly networkEnv: Readonly<Record<string, string>>;
  readonly certificates: (() => string) | undefined;
  readonly run: RunIdentity;
  readonly workDirectory: string;
  readonly signal: AbortSignal;
  readonly hold: <T>(work: (cut: AbortSignal) => Promise<T>) => Promise<T>;
}
