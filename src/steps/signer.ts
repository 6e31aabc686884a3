import type { Log } from '../base/ports.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import type { SigningKey } from '../signer/key.ts';
import { createStatementSigner, type SignerContext, type StatementSigner } from '../signer/statement-signer.ts';
import type { Verifier } from '../signer/verifier.ts';
import type { InstalledTool } from '../tool/install.ts';
import type { ReadyCosign } from './cosign.ts';

/** cosign, ready to sign with a key that was tried or as the workflow itself, and to verify what was signed. */
export interface Signer {
  readonly signer: StatementSigner;
  readonly verifier: Verifier;
  readonly tool: InstalledTool;
}

/** What of a request says how to sign. */
export interface SignerRequest {
  /** Undefined when nothing is to be signed. */
  readonly key: SigningKey | undefined;
  readonly policy: Pick<EffectivePolicy, 'signature'>;
  /** The text of a Sigstore signing configuration, as JSON. */
  readonly signingConfig: string | undefined;
}

/** What signing needs of the world around it. */
export interface SignerPorts {
  readonly log: Log;
  /** The variables that hold the signing key and its password: given to cosign, to nobody else. */
  readonly keyEnv: Readonly<Record<string, string>>;
  /** A fresh OIDC token of this job for Sigstore; absent where the host has none to give. */
  readonly identityToken?: (() => Promise<string>) | undefined;
}

/** Tries the key, or asks for a token, so that a wrong password or a missing permission is found before anything is read or written. Undefined when nothing is to be signed. */
export async function prepareSigner(
  request: SignerRequest,
  ports: SignerPorts,
  { tool, verifier, context }: ReadyCosign,
): Promise<Signer | undefined> {
  const { key } = request;
  if (key === undefined) return undefined;
  const wanted: SignerContext = {
    ...context,
    key,
    keyEnv: ports.keyEnv,
    transparencyLog: request.policy.signature.transparencyLog,
    signingConfig: request.signingConfig,
    identityToken: ports.identityToken,
  };
  const signer = await createStatementSigner(wanted);
  ports.log.info(`cosign ${tool.version} signs ${describeSigner(request, signer)}`);
  return { signer, verifier, tool };
}

function describeSigner({ key }: SignerRequest, { expectedAnchor }: StatementSigner): string {
  switch (key?.kind) {
    case 'env':
      return `with the key in ${key.variable}`;
    case 'file':
      return `with ${key.path}`;
    case 'kms':
      return `with ${key.uri}`;
    default:
      return `as ${expectedAnchor?.name ?? 'the identity that the issuer vouches for'}`;
  }
}
