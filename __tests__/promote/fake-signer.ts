import type { Statement } from '../../src/chain/statement.ts';
import type { Signer } from '../../src/promote/signer.ts';
import type { Cosign } from '../../src/signer/cosign.ts';
import { SignerError } from '../../src/signer/error.ts';

/** A signer whose bundles are the bare statements. It verifies as cosign does, by asking the registry what is attached. */
export interface FakeSigner extends Signer {
  readonly signed: Statement[];
  /** Set to true: from then on nothing verifies. */
  rejects: boolean;
}

export function createFakeSigner(): FakeSigner {
  const signer: FakeSigner = {
    ...{ signed: [], rejects: false, publicKey: 'the public key' },
    tool: {
      ...{ name: 'cosign', version: '3.1.3', path: '/cosign', provenance: 'path' },
      ...{ sha256: 'ab'.repeat(32), trustedAsGiven: true },
    },
    cosign: {
      readPublicKey: async () => 'the public key',
      async signStatement(statement) {
        signer.signed.push(statement as Statement);
        return Buffer.from(JSON.stringify(statement));
      },
      verifyImage: async (reference) => {
        const statements = await readAttached(reference, signer);
        return statements.map(({ subject, predicateType: type }) => {
          const [first] = subject as readonly { digest: { sha256: string }; annotations?: Record<string, string> }[];
          return { type, digest: `sha256:${first?.digest.sha256}`, annotations: first?.annotations ?? {} };
        });
      },
      verifyAttestation: async (reference, _key, type) =>
        (await readAttached(reference, signer)).filter(({ predicateType }) => predicateType === type),
    } satisfies Cosign,
  };
  return signer;
}

async function readAttached(reference: string, { rejects }: FakeSigner): Promise<Statement[]> {
  const [, host = '', repository = '', digest = ''] = /^([^/]+)\/(.+)@(.+)$/.exec(reference) ?? [];
  const get = (path: string): Promise<Response> => fetch(`http://${host}/v2/${repository}/${path}`);
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
  if (statements.length === 0 || rejects) throw new SignerError('VERIFICATION_FAILED', 'no signature found');
  return statements;
}
