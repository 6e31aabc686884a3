import type { Verifier } from '../signer/verifier.ts';
import type { CosignRequest } from '../steps/cosign.ts';
import type { Signer, SignerRequest } from '../steps/signer.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import { needsSourceEvidence } from './source-evidence.ts';

/** cosign, as far as this promotion needs it. */
export interface Prepared {
  /** Undefined only when nothing is to be verified or signed. */
  readonly verifier: Verifier | undefined;
  /** Undefined when nothing is to be signed, or when a dry run has neither key nor token. */
  readonly signer: Signer | undefined;
}

/** Provides cosign where anything is verified or signed, and tries the key, so that a wrong password is found before anything is read or written. */
export async function prepare(
  request: CosignRequest & SignerRequest & Pick<PromoteRequest, 'policy' | 'sourceAnchor'>,
  ports: PromotePorts,
  room: string,
): Promise<Prepared> {
  if (request.key === undefined && !needsSourceEvidence(request)) return { verifier: undefined, signer: undefined };
  const [{ openCosign }, { prepareSigner }] = await Promise.all([
    import('../steps/cosign.ts'),
    import('../steps/signer.ts'),
  ]);
  const cosign = await openCosign(request, ports, room);
  return { verifier: cosign.verifier, signer: await prepareSigner(request, ports, cosign) };
}
