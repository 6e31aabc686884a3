import type { Digest } from '../image/digest.ts';
import { parseStrictJson } from '../image/strict-json.ts';
import type { SignerIdentity } from '../image/trust-anchor.ts';
import { readBundleIdentity } from '../signer/bundle-identity.ts';
import { SignerError } from '../signer/error.ts';
import type { AttachedStatement } from './attached-statement.ts';

/** A Sigstore bundle that is attached to a digest, unverified: what it says, and who it says it is by. */
export interface AttachedBundle {
  /** Of the referrer that holds it. */
  readonly manifest: Digest;
  /** As the statement says, which is signed; the annotation beside it is not. */
  readonly predicateType: string;
  readonly statement: AttachedStatement;
  readonly bundle: Uint8Array;
  readonly identity: SignerIdentity;
}

/** What a bundle says, or in a sentence why it cannot be read. Both JSON texts must read the same for everyone, since cosign reads them again: what it verifies is what we have read. */
export async function readBundle(manifest: Digest, bundle: Uint8Array): Promise<AttachedBundle | string> {
  const outer = parse(bundle);
  if (outer === undefined) return 'its bundle is not JSON that everyone reads alike';
  const { dsseEnvelope, dsse_envelope: envelope = dsseEnvelope } = (outer ?? {}) as Outer;
  if (typeof envelope?.payload !== 'string' || (envelope.payloadType ?? envelope.payload_type) !== IN_TOTO) {
    return 'its bundle signs no in-toto statement';
  }
  const inner = parse(Buffer.from(envelope.payload, 'base64'));
  if (inner === undefined) return 'its statement is not JSON that everyone reads alike';
  const { attachedStatementSchema } = await import('./attached-statement-schema.ts');
  const { data: statement } = attachedStatementSchema.safeParse(inner);
  if (statement === undefined) return 'its statement does not have the form of one';
  try {
    const identity = await readBundleIdentity(bundle);
    return { manifest, predicateType: statement.predicateType, statement, bundle, identity };
  } catch (error) {
    if (error instanceof SignerError && error.code === 'BUNDLE_UNREADABLE') return error.message;
    throw error;
  }
}

const IN_TOTO = 'application/vnd.in-toto+json';

/** Readers of these messages take both names of a field; https://protobuf.dev/programming-guides/json/ */
interface Outer {
  readonly dsseEnvelope?: Envelope | null;
  readonly dsse_envelope?: Envelope | null;
}

/** https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
interface Envelope {
  readonly payload?: unknown;
  readonly payloadType?: unknown;
  readonly payload_type?: unknown;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return parseStrictJson(bytes);
  } catch {
    return undefined;
  }
}
