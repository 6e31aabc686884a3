import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exec } from '../base/ports.ts';
import { createVerifier, type Verifier, type VerifierContext } from '../signer/verifier.ts';
import type { InstalledTool } from '../tool/install.ts';

/** What bringing cosign needs of the world around it. */
export interface CosignPorts {
  readonly exec: Exec;
  readonly provideTool: (name: 'cosign', wanted: string, directory: string) => Promise<InstalledTool>;
  /** Proxy and certificate settings for cosign, where it talks to a transparency log. */
  readonly networkEnv: Readonly<Record<string, string>>;
  /** What cosign trusts there, in PEM; undefined for what the system does. */
  readonly certificates?: (() => string) | undefined;
  /** The variables that a KMS needs: given to cosign, to nobody else. */
  readonly kmsEnv?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/** What of a request says which cosign is wanted. */
export interface CosignRequest {
  readonly tools: { readonly cosign: string };
  /** The text of a Sigstore trusted root, as JSON. */
  readonly trustedRoot: string | undefined;
}

/** cosign, ready to verify. */
export interface ReadyCosign {
  readonly tool: InstalledTool;
  readonly verifier: Verifier;
  /** What the verifier was made with: the signer runs in the same directory. */
  readonly context: VerifierContext;
}

/** Provides cosign in a directory of its own, which nobody else may read. */
export async function openCosign(request: CosignRequest, ports: CosignPorts, room: string): Promise<ReadyCosign> {
  const directory = join(room, 'cosign');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const tool = await ports.provideTool('cosign', request.tools.cosign, directory);
  const context: VerifierContext = {
    path: tool.path,
    directory,
    networkEnv: ports.networkEnv,
    certificates: ports.certificates,
    kmsEnv: ports.kmsEnv ?? {},
    trustedRoot: request.trustedRoot,
    exec: ports.exec,
    signal: ports.signal,
  };
  return { tool, verifier: await createVerifier(context), context };
}
