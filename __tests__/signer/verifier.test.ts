import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf, parseDigest } from '../../src/image/digest.ts';
import type { Verifier } from '../../src/signer/verifier.ts';
import {
  DIGEST,
  type KeyPair,
  openSigningRoom,
  type SigningRoom,
  STATEMENT,
  TYPE,
  trustKey,
  trustLog,
} from './signing-room.ts';

interface Bundle {
  readonly mediaType: string;
  readonly verificationMaterial: object;
  readonly dsseEnvelope: { readonly payload: string };
}

let room: SigningRoom;
let key: KeyPair;
let other: KeyPair;
let verifier: Verifier;
let bundle: Uint8Array;
beforeAll(async () => {
  room = await openSigningRoom();
  [key, other] = [await room.makeKey('release'), await room.makeKey('other')];
  verifier = await room.openVerifier();
  bundle = await (await room.openSigner(key)).signStatement(STATEMENT);
}, 20_000);
afterAll(() => room.close());

const invalid = (reason: RegExp) => ({ valid: false, reason: expect.stringMatching(reason) });

describe('a bundle', () => {
  it('verifies by the key that signed it', async () => {
    expect(await verifier.verifyBundle(bundle, DIGEST, TYPE, trustKey(key.publicKey))).toEqual({ valid: true });
  });

  it('does not by another key', async () => {
    expect(await verifier.verifyBundle(bundle, DIGEST, TYPE, trustKey(other.publicKey))).toEqual(
      invalid(/not signed by this signer, or was altered/),
    );
  });

  it('does not for another digest, nor as another predicate type', async () => {
    const anchor = trustKey(key.publicKey);
    expect(await verifier.verifyBundle(bundle, digestOf('y'), TYPE, anchor)).toEqual(
      invalid(/speaks of another digest/),
    );
    expect(await verifier.verifyBundle(bundle, DIGEST, `${TYPE}/`, anchor)).toEqual(
      invalid(/its predicate type is "https:\/\/example.test\/v1", not/),
    );
  });

  it('does not where an entry in a log is demanded', async () => {
    const trustedRoot = trustLog(key.publicKey);
    const logged = await room.openVerifier({ trustedRoot });
    expect(await logged.verifyBundle(bundle, DIGEST, TYPE, trustKey(key.publicKey, true))).toEqual(
      invalid(/no entry in a transparency log/),
    );
  });

  it('does not where a certificate is demanded', async () => {
    const anchor = {
      kind: 'certificate',
      name: 'x',
      transparencyLog: false,
      identity: { kind: 'regexp', text: '.*' },
      issuer: { kind: 'regexp', text: '.*' },
    } as const;
    expect(await verifier.verifyBundle(bundle, DIGEST, TYPE, anchor)).toEqual(invalid(/with a key, not a certificate/));
  });

  it('may be about a sha512 digest', async () => {
    const hex = createHash('sha512').update('x').digest('hex');
    const statement = { ...STATEMENT, subject: [{ digest: { sha512: hex } }] };
    const signed = await (await room.openSigner(key)).signStatement(statement);
    const verify = (digest: string) =>
      verifier.verifyBundle(signed, parseDigest(digest), TYPE, trustKey(key.publicKey));
    expect(await verify(`sha512:${hex}`)).toEqual({ valid: true });
    expect(await verify(`sha512:${hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))}`)).toEqual(
      invalid(/another digest/),
    );
  });

  it.each<[string, (parsed: Bundle) => object, RegExp]>([
    ['the statement', (parsed) => alter(parsed, (text) => text.replace(':42}', ':43}')), /altered/],
    ['the name in it', (parsed) => alter(parsed, (text) => text.replace('r.test', 'x.test')), /altered/],
    ['the signature', (parsed) => resign(parsed, [{ sig: Buffer.alloc(70, 1).toString('base64') }]), /altered/],
    ['the signature into nothing', (parsed) => resign(parsed, [{ sig: '' }]), /altered/],
    ['the signature into no base64', (parsed) => resign(parsed, [{ sig: '!!!' }]), /cannot read it/],
    ['the number of signatures', (parsed) => resign(parsed, []), /exactly one signature/],
    ['its kind', (parsed) => ({ mediaType: `${parsed.mediaType};version=9.9` }), /cannot read it/],
    ['its fields', () => ({ more: 1 }), /cannot read it/],
    ['the proof of a log', (parsed) => claim({ ...parsed.verificationMaterial, tlogEntries: [{}] }), /cannot read it/],
    ['who signed', () => claim({}), /does not say who signed/],
    ['the key into a certificate', () => claim({ certificate: { rawBytes: 'AAAA' } }), /with a certificate, not a key/],
    ['the envelope twice', (parsed) => ({ dsse_envelope: parsed.dsseEnvelope }), /holds no signed statement/],
    ['the envelope away', () => ({ dsseEnvelope: null }), /holds no signed statement/],
  ])('does not when somebody altered %s', async (_what, change, reason) => {
    const parsed = JSON.parse(Buffer.from(bundle).toString()) as Bundle;
    const altered = Buffer.from(JSON.stringify({ ...parsed, ...change(parsed) }));
    expect(await verifier.verifyBundle(altered, DIGEST, TYPE, trustKey(key.publicKey))).toEqual(invalid(reason));
  });

  it.each(['', 'garbage', '{}', 'null', '[]', '"x"', '\0\0\0', '{"mediaType":1}'])('is not %j', async (text) => {
    const verdict = await verifier.verifyBundle(Buffer.from(text), DIGEST, TYPE, trustKey(key.publicKey));
    expect(verdict).toEqual(invalid(/not JSON|not a Sigstore bundle/));
  });

  it('is looked at without the network, and leaves no file behind', () => {
    const asked = room.commands.filter(({ args }) => args[0] === 'verify-blob-attestation');
    expect(asked.length).toBeGreaterThan(10);
    for (const { args, env } of asked) {
      expect(Object.keys(env).sort()).toEqual(['HOME', 'TMPDIR']);
      expect(args).toContain('--trusted-root');
    }
  });
});

function alter({ dsseEnvelope }: Bundle, change: (text: string) => string): object {
  const text = change(Buffer.from(dsseEnvelope.payload, 'base64').toString());
  return { dsseEnvelope: { ...dsseEnvelope, payload: Buffer.from(text).toString('base64') } };
}

function resign({ dsseEnvelope }: Bundle, signatures: readonly object[]): object {
  return { dsseEnvelope: { ...dsseEnvelope, signatures } };
}

function claim(verificationMaterial: object): object {
  return { verificationMaterial };
}
