import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeBundle } from '../../lab/stand-in/bundle.ts';
import { makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import { readBundle } from '../../src/chain/attached-bundle.ts';
import { makeSignature } from '../../src/chain/statement.ts';
import { digestOf } from '../../src/image/digest.ts';

const MANIFEST = digestOf('manifest');
const { privateKey, password } = makeKeyPair();
const statement = makeSignature(digestOf('image'), { run: '7' });
const bundle = JSON.stringify(makeBundle(Buffer.from(JSON.stringify(statement)), privateKey, password));

describe('a bundle that anybody may have written', () => {
  it('is read or told of, and never thrown for, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from), fc.jsonValue().map(toBytes)),
        async (bytes) => {
          expect(await readBundle(MANIFEST, bytes)).toEqual(expect.any(String));
        },
      ),
    );
  });

  it('is read or told of, and never thrown for, whatever its envelope or statement holds', async () => {
    const field = fc.constantFrom('mediaType', 'verificationMaterial', 'dsseEnvelope', 'payload', 'payloadType');
    await fc.assert(
      fc.asyncProperty(field, fc.jsonValue(), fc.boolean(), async (name, value, inside) => {
        const json = JSON.parse(bundle) as { dsseEnvelope: object };
        const changed = inside
          ? { ...json, dsseEnvelope: { ...json.dsseEnvelope, [name]: value } }
          : { ...json, [name]: value };
        const read = await readBundle(MANIFEST, toBytes(changed));
        expect(typeof read === 'string' || read.statement).toBeTruthy();
        if (typeof read !== 'string') expect(read.statement).toEqual(statement);
      }),
    );
  });

  it('says nothing any more once a byte of it was cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bundle.length - 1), async (length) => {
        expect(await readBundle(MANIFEST, Buffer.from(bundle.slice(0, length)))).toEqual(expect.any(String));
      }),
    );
  });
});

function toBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
