import type { Clock, Exec, Log } from '../base/ports.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { InstalledTool } from '../tool/install.ts';

/** What verify needs of the world around it: one client that reads, and cosign. */
export interface VerifyPorts {
  readonly log: Log;
  readonly clock: Clock;
  readonly exec: Exec;
  readonly registry: RegistryClient;
  /** Provides a tool by what the input of its name says; `directory` is private to the run. */
  readonly provideTool: (name: 'cosign', wanted: string, directory: string) => Promise<InstalledTool>;
  /** Proxy and certificate settings for cosign, where it has to reach Sigstore. */
  readonly networkEnv: Readonly<Record<string, string>>;
  /** What cosign trusts there, in PEM; undefined for what the system does. */
  readonly certificates: (() => string) | undefined;
  /** The variables that the KMS of a trusted key needs: given to cosign, to nobody else. */
  readonly kmsEnv: Readonly<Record<string, string>>;
  /** An existing directory; a folder of its own is made in it. */
  readonly workDirectory: string;
  readonly signal: AbortSignal;
}
