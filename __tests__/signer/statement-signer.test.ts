import { verify } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SignerContext } from '../../src/signer/statement-signer.ts';
import {
  DIGEST,
  type KeyKind,
  type KeyPair,
  openSigningRoom,
  PASSWORD,
  type SigningRoom,
  STATEMENT,
  TYPE,
} from './signing-room.ts';

let room: SigningRoom;
let key: KeyPair;
beforeAll(async () => {
  room = await openSigningRoom();
  key = await room.makeKey('release');
}, 20_000);
afterAll(() => room.close());

const isUnusable = (hint: string | RegExp) => ({
  code: 'KEY_UNUSABLE',
  hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
});

describe('the key', () => {
  it('may be in the environment, and then is given to cosign alone', async () => {
    const signer = await room.openSigner(key, {
      key: { kind: 'env', variable: 'RELEASE_KEY' },
      keyEnv: { COSIGN_PASSWORD: PASSWORD, RELEASE_KEY: key.privateKey },
    });
    expect(signer.publicKey).toBe(key.publicKey);
    expect(signer.expectedAnchor).toEqual({
      kind: 'key',
      name: 'env://RELEASE_KEY',
      key: key.publicKey,
      transparencyLog: false,
    });
  });

  it.each<[string, Partial<SignerContext>, string | RegExp]>([
    [
      'its password is wrong',
      { keyEnv: { COSIGN_PASSWORD: 'wrong' } },
      'COSIGN_PASSWORD is not the password of this key.',
    ],
    ['its password was not given', { keyEnv: {} }, 'COSIGN_PASSWORD is not the password of this key.'],
    ['its file is not there', { key: { kind: 'file', path: '/absent/cosign.key' } }, /^Point cosign-key at a file/],
    ['its variable is not there', { key: { kind: 'env', variable: 'ABSENT' } }, /cosign-key must name a private key/],
  ])('is found out at once when %s', async (_what, more, hint) => {
    await expect(room.openSigner(key, more)).rejects.toMatchObject(isUnusable(hint));
  });

  it('is found out when it is a public one', async () => {
    const path = join(room.directory, 'other.key');
    await writeFile(path, key.publicKey);
    await expect(room.openSigner(key, { key: { kind: 'file', path } })).rejects.toMatchObject(isUnusable(/must name/));
  });

  it.each<[KeyKind]>([['P-256'], ['RSA']])('may be %s: what it signs verifies', async (kind) => {
    const signer = await room.openSigner(await room.makeKey(kind, kind));
    const bundle = await signer.signStatement(STATEMENT);
    if (signer.expectedAnchor === undefined) throw new Error('a key always has an anchor');
    const verdict = await (await room.openVerifier()).verifyBundle(bundle, DIGEST, TYPE, signer.expectedAnchor);
    expect(verdict).toEqual({ valid: true });
  });

  it.each<[KeyKind, RegExp]>([
    ['Ed25519', /is of the kind ed25519/],
    ['P-384', /is on the curve secp384r1/],
  ])('is refused at once when it is %s, which cosign does not verify again', async (kind, message) => {
    await expect(room.openSigner(await room.makeKey(kind, kind))).rejects.toMatchObject({
      ...isUnusable(/ECDSA P-256/),
      message: expect.stringMatching(message),
    });
  });
});

describe('signing a statement', () => {
  const readPayload = (bundle: Uint8Array): string => {
    const { dsseEnvelope } = JSON.parse(Buffer.from(bundle).toString()) as { dsseEnvelope: { payload: string } };
    return Buffer.from(dsseEnvelope.payload, 'base64').toString();
  };

  it('makes a bundle over exactly that statement, and keeps those of one run apart', async () => {
    const signer = await room.openSigner(key);
    const other = { ...STATEMENT, predicate: {} };
    const bundles = await Promise.all([signer.signStatement(STATEMENT), signer.signStatement(other)]);
    expect(bundles.map(readPayload)).toEqual([JSON.stringify(STATEMENT), JSON.stringify(other)]);
  });

  it('makes no request without a transparency log, not even through a proxy', async () => {
    const requests: string[] = [];
    const proxy = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.writeHead(502).end();
    });
    proxy.on('connect', (request, socket) => {
      requests.push(request.url ?? '');
      socket.destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const signer = await room.openSigner(key, {
      keyEnv: { COSIGN_PASSWORD: PASSWORD, HTTPS_PROXY: url, HTTP_PROXY: url },
    });
    await signer.signStatement(STATEMENT);
    proxy.close();
    expect(requests).toEqual([]);
  });

  it('says what to do when it cannot reach the transparency log', async () => {
    const proxies = { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1' };
    const signer = await room.openSigner(key, { transparencyLog: true, networkEnv: proxies });
    await expect(signer.signStatement(STATEMENT)).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      hint: expect.stringContaining('transparencyLog: false'),
    });
  }, 60_000);
});

describe('signing a legacy payload', () => {
  it('returns the bare signature of its bytes', async () => {
    const payload = Buffer.from('{"critical":{},"optional":null}');
    const signature = await (await room.openSigner(key)).signPayload(payload);
    expect(verify('sha256', payload, key.publicKey, Buffer.from(signature, 'base64'))).toBe(true);
  });
});

describe('what cosign is given', () => {
  it('never has a secret among its arguments', () => {
    const args = room.commands.flatMap((command) => command.args);
    expect(args.length).toBeGreaterThan(10);
    expect(args.filter((arg) => arg.includes(PASSWORD) || arg.includes('PRIVATE KEY'))).toEqual([]);
  });
});
