import type { Clock } from '../base/ports.ts';
import type { VulnFacts } from '../chain/vuln.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { CosignPorts } from '../steps/cosign.ts';
import type { ScannerPorts } from '../steps/scanner.ts';
import type { SignerPorts } from '../steps/signer.ts';
import type { InstalledTool } from '../tool/install.ts';

/** What a scan needs of the world around it. Two clients, so that no login reaches the mirrors of the databases. */
export interface ScanPorts extends Omit<ScannerPorts, 'provideTool'>, Omit<CosignPorts, 'provideTool'>, SignerPorts {
  readonly clock: Clock;
  /** Reads the images, and attaches to them. */
  readonly registry: RegistryClient;
  /** Provides a tool by what the input of its name says; `directory` is private to the run. */
  readonly provideTool: (name: 'trivy' | 'cosign', wanted: string, directory: string) => Promise<InstalledTool>;
  readonly run: VulnFacts['run'];
  /** An existing directory for everything large; a folder of its own is made in it. */
  readonly workDirectory: string;
}
