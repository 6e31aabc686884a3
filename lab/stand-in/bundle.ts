import { createHash } from 'node:crypto';
import { CallError } from './call.ts';
import { isSignedBy, signBytes } from './key-pair.ts';

const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
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

/** What was found to be signed by a key. */
export interface Opened {
  readonly statement: Statement;
  readonly envelope: Envelope;
}

/** Signs a statement into a bundle. */
export function makeBundle(statement: Uint8Array, privateKey: string, password: string): Bundle {
  return {
    mediaType: MEDIA_TYPE,
    verificationMaterial: { publicKey: { hint: 'stand-in' } },
    dsseEnvelope: {
      payload: Buffer.from(statement).toString('base64'),
      payloadType: PAYLOAD_TYPE,
      signatures: [{ sig: signBytes(encode(statement), privateKey, password) }],
    },
  };
}

/** Signs any bytes into a bundle. */
export function makeMessageBundle(message: Uint8Array, privateKey: string, password: string): object {
  const digest = createHash('sha256').update(message).digest('base64');
  return {
    mediaType: MEDIA_TYPE,
    verificationMaterial: { publicKey: { hint: 'stand-in' } },
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest },
      signature: signBytes(message, privateKey, password),
    },
  };
}

/** The bundle in a file, of whatever is signed; throws CallError with the words that cosign has for what is none. */
export function parseBundle(text: string): Bundle {
  const unreadable = new CallError('Error: --trusted-root only supported with --new-bundle-format');
  let bundle: Partial<Bundle> | null;
  try {
    bundle = JSON.parse(text) as Partial<Bundle> | null;
  } catch {
    throw unreadable;
  }
  if (bundle?.mediaType !== MEDIA_TYPE || bundle.verificationMaterial?.publicKey === undefined) throw unreadable;
  if (bundle.dsseEnvelope === undefined) throw new CallError('Error: bundle does not contain a DSSE envelope');
  return bundle as Bundle;
}

/** The statement of a bundle's envelope, undefined unless it is signed by this key. */
export function openBundle(bundle: unknown, publicKey: string): Opened | undefined {
  const envelope = (bundle as Partial<Bundle> | null)?.dsseEnvelope;
  return envelope === undefined ? undefined : openEnvelope(envelope, publicKey);
}

/** The statement of an envelope, undefined unless it has one signature and that is by this key. */
export function openEnvelope(envelope: Envelope, publicKey: string): Opened | undefined {
  const [signature, ...others] = envelope.signatures ?? [];
  if (signature === undefined || others.length > 0 || envelope.payloadType !== PAYLOAD_TYPE) return undefined;
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

/** True when a statement is about `algorithm:hex`. */
export function isAbout({ subject }: Statement, digest: string): boolean {
  const [algorithm = '', hex] = digest.split(':');
  return subject.some((one) => one.digest[algorithm] === hex);
}
