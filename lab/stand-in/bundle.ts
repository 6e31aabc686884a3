import { isSignedBy, signBytes } from './key-pair.ts';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** What a Sigstore bundle with a key looks like; https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
export interface Bundle {
  readonly mediaType: string;
  readonly verificationMaterial: { readonly publicKey: { readonly hint: string } };
  readonly dsseEnvelope: Envelope;
}

/** https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly sig: string }[];
}

/** Signs a statement into a bundle. */
export function makeBundle(statement: Uint8Array, privateKey: string, password: string): Bundle {
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: 'stand-in' } },
    dsseEnvelope: {
      payload: Buffer.from(statement).toString('base64'),
      payloadType: PAYLOAD_TYPE,
      signatures: [{ sig: signBytes(encode(statement), privateKey, password) }],
    },
  };
}

/** The statement of a bundle's envelope, undefined unless it is signed by this key. */
export function openBundle(
  bundle: unknown,
  publicKey: string,
): { statement: Statement; envelope: Envelope } | undefined {
  const envelope = (bundle as Partial<Bundle> | null)?.dsseEnvelope;
  const [signature] = envelope?.signatures ?? [];
  if (envelope === undefined || signature === undefined || envelope.payloadType !== PAYLOAD_TYPE) return undefined;
  const payload = Buffer.from(envelope.payload, 'base64');
  if (!isSignedBy(encode(payload), signature.sig, publicKey)) return undefined;
  return { statement: JSON.parse(payload.toString()) as Statement, envelope };
}

/** The fields of an in-toto Statement that a verifier reads; https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export interface Statement {
  readonly predicateType: string;
  readonly subject: readonly {
    readonly digest: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
}

/** DSSE's pre-authentication encoding; https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
function encode(payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `), payload]);
}
