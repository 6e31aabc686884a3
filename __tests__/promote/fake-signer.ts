import type { Statement } from '../../src/chain/statement.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { TrustAnchor } from '../../src/image/trust-anchor.ts';
import type { VerifiedClaim } from '../../src/signer/cosign.ts';
import { SignerError } from '../../src/signer/error.ts';
import type { StatementSigner } from '../../src/signer/statement-signer.ts';
import type { Verifier } from '../../src/signer/verifier.ts';
import type { Signer } from '../../src/steps/signer.ts';
import type { InstalledTool } from '../../src/tool/install.ts';

/** A signer whose bundles are the bare statements. It verifies as cosign does, by asking the registry what is attached. */
export interface FakeSigner extends Signer {
  readonly signed: Statement[];
  /** Payloads of the older form. */
  readonly payloads: string[];
  /** Set to true: from then on nothing verifies. */
  rejects: boolean;
}

export const FAKE_ANCHOR: TrustAnchor = {
  ...{ kind: 'key', name: 'cosign-key', key: 'the public key', transparencyLog: false },
};

export function createFakeSigner(): FakeSigner {
  const state = { signed: [] as Statement[], payloads: [] as string[], rejects: false };
  const signer: StatementSigner = {
    ...{ expectedAnchor: FAKE_ANCHOR, publicKey: 'the public key' },
    async signStatement(statement) {
      state.signed.push(statement as Statement);
      return Buffer.from(JSON.stringify(statement));
    },
    async signPayload(payload) {
      state.payloads.push(Buffer.from(payload).toString());
      return signLikeFake(payload);
    },
  };
  const read = async (reference: string): Promise<Statement[]> => {
    const statements = state.rejects ? [] : await readAttached(reference);
    if (statements.length === 0) throw new SignerError('VERIFICATION_FAILED', 'no signature found');
    return statements;
  };
  const verifier: Verifier = {
    verifyBundle: async () => (state.rejects ? { valid: false, reason: 'rejected' } : { valid: true }),
    verifyLegacySignatures: async (reference) => (state.rejects ? [] : readLegacy(reference)),
    verifyLegacyAttestations: async () => [],
    verifyImage: async (reference, _anchor, form) => {
      const claims = form === 'legacy' && !state.rejects ? await readLegacy(reference) : [];
      if (form === 'legacy' && claims.length === 0) throw new SignerError('VERIFICATION_FAILED', 'no signature found');
      return form === 'legacy' ? claims : (await read(reference)).map(toClaim);
    },
    verifyAttestation: async (reference, _anchor, type) =>
      (await read(reference)).filter(({ predicateType }) => predicateType === type),
  };
  const tool: InstalledTool = {
    ...{ name: 'cosign', version: '3.1.3', path: '/cosign', provenance: 'path' },
    ...{ sha256: 'ab'.repeat(32), trustedAsGiven: true },
  };
  return Object.assign(state, { signer, verifier, tool });
}

function toClaim({ subject, predicateType: type }: Statement): VerifiedClaim {
  const [first] = subject as readonly { digest: { sha256: string }; annotations?: Record<string, string> }[];
  return { type, digest: `sha256:${first?.digest.sha256}`, annotations: first?.annotations ?? {}, reference: '' };
}

/** What stands for a signature of these bytes by the one key there is. */
export function signLikeFake(payload: Uint8Array | string): string {
  return Buffer.from(`signed ${digestOf(payload)}`).toString('base64');
}

function getter(reference: string): (path: string) => Promise<Response> {
  const [, host = '', repository = ''] = /^([^/]+)\/(.+)@.+$/.exec(reference) ?? [];
  return (path) => fetch(`http://${host}/v2/${repository}/${path}`);
}

async function readAttached(reference: string): Promise<Statement[]> {
  const get = getter(reference);
  const digest = reference.slice(reference.indexOf('@') + 1);
  const api = await get(`referrers/${digest}`);
  const list = api.status === 200 ? api : await get(`manifests/${digest.replace(':', '-')}`);
  const { manifests = [] } = (list.status === 200 ? await list.json() : {}) as { manifests?: { digest: string }[] };
  const statements: Statement[] = [];
  for (const { digest: name } of manifests) {
    const answer = await get(`manifests/${name}`);
    if (answer.status !== 200) continue;
    const { layers } = (await answer.json()) as { layers: { digest: string; mediaType: string }[] };
    if (layers[0]?.mediaType.includes('sigstore.bundle'))
      statements.push((await (await get(`blobs/${layers[0].digest}`)).json()) as Statement);
  }
  return statements;
}

async function readLegacy(reference: string): Promise<VerifiedClaim[]> {
  const get = getter(reference);
  const digest = reference.slice(reference.indexOf('@') + 1);
  const answer = await get(`manifests/${digest.replace(':', '-')}.sig`);
  if (answer.status !== 200) return [];
  type Layer = { digest: string; annotations?: Record<string, string> };
  const { layers } = (await answer.json()) as { layers: Layer[] };
  const claims: VerifiedClaim[] = [];
  for (const layer of layers) {
    const payload = Buffer.from(await (await get(`blobs/${layer.digest}`)).arrayBuffer());
    if (layer.annotations?.['dev.cosignproject.cosign/signature'] !== signLikeFake(payload)) continue;
    const { critical, optional } = JSON.parse(payload.toString());
    claims.push({
      ...{ type: critical.type, digest: critical.image['docker-manifest-digest'], annotations: optional ?? {} },
      reference: critical.identity['docker-reference'],
    });
  }
  return claims;
}
