import type { Clock } from '../base/ports.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { CosignPorts } from '../steps/cosign.ts';
import type { ScannerPorts } from '../steps/scanner.ts';
import type { InstalledTool } from '../tool/install.ts';

/** What a check needs of the world around it, most of it only where registries are asked. Two clients, so that no login reaches the mirrors of the databases. */
export interface CheckPorts extends Omit<ScannerPorts, 'provideTool'>, Omit<CosignPorts, 'provideTool'> {
  readonly clock: Clock;
  readonly registry: RegistryClient;
  /** Provides a tool by what the input of its name says; `directory` is private to the run. */
  readonly provideTool: (name: 'trivy' | 'cosign', wanted: string, directory: string) => Promise<InstalledTool>;
  /** An existing directory for everything large; a folder of its own is made in it. */
  readonly workDirectory: string;
}
