import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cosign, createCosign } from '../signer/cosign.ts';
import type { InstalledTool } from '../tool/install.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';

/** cosign, ready to sign with a key that was tried. */
export interface Signer {
  readonly cosign: Cosign;
  readonly publicKey: string;
  readonly tool: InstalledTool;
}

/** Provides cosign and tries the key, so that a wrong password is found before anything is read or written. Undefined when nothing is to be signed. */
export async function prepareSigner(
  request: PromoteRequest,
  ports: PromotePorts,
  room: string,
): Promise<Signer | undefined> {
  if (request.key === undefined) return undefined;
  const directory = join(room, 'cosign');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const tool = await ports.provideTool('cosign', request.tools.cosign, directory);
  const cosign = await createCosign({
    path: tool.path,
    directory,
    key: request.key,
    keyEnv: ports.keyEnv,
    networkEnv: ports.networkEnv,
    certificates: ports.certificates,
    transparencyLog: request.policy.signature.transparencyLog,
    exec: ports.exec,
    signal: ports.signal,
  });
  const publicKey = await cosign.readPublicKey();
  ports.log.info(
    `cosign ${tool.version} signs with ${request.key.kind === 'env' ? `the key in ${request.key.variable}` : request.key.path}`,
  );
  return { cosign, publicKey, tool };
}
