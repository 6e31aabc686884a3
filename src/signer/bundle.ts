import { type Digest, isDigest } from '../image/digest.ts';

/** What is read of a Sigstore bundle over a statement before anything is verified; https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
export interface OpenedBundle {
  readonly statement: Readonly<Record<string, unknown>>;
  /** The leaf certificate in DER; undefined when a key signed. */
  readonly certificate: Buffer | undefined;
  /** What the signer called its key. */
  readonly hint: string | undefined;
}

const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+)?\+json(?:;version=\d+\.\d+)?$/;
const IN_TOTO = 'application/vnd.in-toto+json';

/** Opens a bundle, or says why it is none over an in-toto statement. Both names of a field are read, as cosign does, and a bundle that has both is refused. */
export function openBundle(bytes: Uint8Array): OpenedBundle | string {
  const bundle = parseObject(Buffer.from(bytes).toString('utf8'));
  if (bundle === undefined) return 'it is not JSON';
  const mediaType = pick(bundle, 'mediaType', 'media_type');
  if (typeof mediaType !== 'string' || !MEDIA_TYPE.test(mediaType)) return 'it is not a Sigstore bundle';
  const envelope = asObject(pick(bundle, 'dsseEnvelope', 'dsse_envelope'));
  const payload = envelope && pick(envelope, 'payload', 'payload');
  if (envelope === undefined || typeof payload !== 'string') return 'it holds no signed statement';
  if (pick(envelope, 'payloadType', 'payload_type') !== IN_TOTO) return 'what it signs is not an in-toto statement';
  const statement = parseObject(Buffer.from(payload, 'base64').toString('utf8'));
  if (statement === undefined) return 'its statement is not JSON';
  const material = asObject(pick(bundle, 'verificationMaterial', 'verification_material'));
  if (material === undefined) return 'it does not say who signed it';
  const key = asObject(pick(material, 'publicKey', 'public_key'));
  const hint = key && pick(key, 'hint', 'hint');
  const certificate = readLeaf(material);
  if (key === undefined && certificate === undefined) return 'it does not say who signed it';
  return { statement, certificate, hint: typeof hint === 'string' && hint !== '' ? hint : undefined };
}

/** Why a statement is not the one that is asked for; undefined when it is. */
export function compareStatement(
  { statement }: OpenedBundle,
  digest: Digest,
  predicateType: string,
): string | undefined {
  if (statement.predicateType !== predicateType)
    return `its predicate type is ${JSON.stringify(statement.predicateType)}, not ${predicateType}`;
  if (!listSubjectDigests(statement).includes(digest)) return 'it speaks of another digest';
  return undefined;
}

/** Every digest that a statement is about. */
export function listSubjectDigests(statement: object): readonly Digest[] {
  const { subject } = statement as { subject?: unknown };
  if (!Array.isArray(subject)) return [];
  return subject
    .flatMap((one: unknown) => Object.entries(asObject(asObject(one)?.digest) ?? {}))
    .map(([algorithm, hex]) => `${algorithm}:${hex}`)
    .filter(isDigest);
}

function readLeaf(material: Readonly<Record<string, unknown>>): Buffer | undefined {
  const chain = asObject(pick(material, 'x509CertificateChain', 'x509_certificate_chain'))?.certificates;
  const leaf = asObject(pick(material, 'certificate', 'certificate') ?? (Array.isArray(chain) ? chain[0] : undefined));
  const raw = leaf && pick(leaf, 'rawBytes', 'raw_bytes');
  return typeof raw === 'string' ? Buffer.from(raw, 'base64') : undefined;
}

/** The field under the one name or the other; nothing when both are there, which cosign refuses too. */
function pick(from: Readonly<Record<string, unknown>>, name: string, other: string): unknown {
  if (name !== other && name in from && other in from) return undefined;
  return from[name] ?? from[other];
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
