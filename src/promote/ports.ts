import type { ArchiveCache, Clock, Exec, Log } from '../base/ports.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { InstalledTool } from '../tool/install.ts';

/** What a promotion needs of the world around it. Three clients, one a role, so that tokens and connections are kept apart. */
export interface PromotePorts {
  readonly log: Log;
  readonly clock: Clock;
  readonly exec: Exec;
  readonly cache: ArchiveCache;
  readonly source: RegistryClient;
  readonly target: RegistryClient;
  readonly databases: RegistryClient;
  /** Provides a tool by what the input of its name says; `directory` is private to the run. */
  readonly provideTool: (name: 'trivy' | 'cosign', wanted: string, directory: string) => Promise<InstalledTool>;
  /** The variables that hold the signing key and its password: given to cosign, to nobody else. */
  readonly keyEnv: Readonly<Record<string, string>>;
  /** The variables that a KMS of the signing key or of a trusted key needs: given to cosign, to nobody else. */
  readonly kmsEnv?: Readonly<Record<string, string>> | undefined;
  /** A fresh OIDC token of this job for Sigstore (audience `sigstore`); absent where the host has none to give. */
  readonly identityToken?: (() => Promise<string>) | undefined;
  /** Proxy and certificate settings for cosign, where it talks to a transparency log. */
  readonly networkEnv: Readonly<Record<string, string>>;
  /** What cosign trusts there, in PEM; undefined for what the system does. */
  readonly certificates?: (() => string) | undefined;
  readonly run: RunIdentity;
  /** An existing directory for everything large; a folder of its own is made in it. */
  readonly workDirectory: string;
  readonly signal: AbortSignal;
  /** Runs what a cancel must not tear: `signal` fires at once all the same, `cut` (which ends requests to the target) when the work is done, or a few seconds later. */
  readonly hold: <T>(work: (cut: AbortSignal) => Promise<T>) => Promise<T>;
}

/** Who promotes, as the host knows it; every field is undefined outside a pipeline. */
export interface RunIdentity {
  readonly actor?: string;
  /** The workflow that runs, `owner/repo/.github/workflows/file.yml@ref`. */
  readonly workflow?: string;
  /** The repository that called it, `owner/repo`. */
  readonly repository?: string;
  readonly runUrl?: string;
  readonly runId?: string;
  readonly runAttempt?: number;
}
