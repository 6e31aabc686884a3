import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isSignatureOf, signDigest } from '../../lab/digest-signature.ts';
import { run } from '../../lab/process.ts';
import { findTool } from '../../lab/tools.ts';
import { startVault, type Vault } from '../../lab/vault.ts';

let directory: string;
let vault: Vault;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'promote-image-vault-'));
  vault = await startVault(['release', 'other']);
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'app', digest: { sha256: 'b'.repeat(64) } }],
    predicateType: 'https://example.com/t',
    predicate: {},
  };
  const mediaType = 'application/vnd.dev.sigstore';
  const config = { mediaType: `${mediaType}.signingconfig.v0.2+json`, rekorTlogConfig: {}, tsaConfig: {} };
  const root = { mediaType: `${mediaType}.trustedroot+json;version=0.1` };
  for (const [name, content] of Object.entries({ statement, config, root })) {
    await writeFile(join(directory, `${name}.json`), JSON.stringify(content));
  }
  await writeFile(join(directory, 'other.pub'), vault.publicKeyOf('other'));
  await writeFile(join(directory, 'release.pub'), vault.publicKeyOf('release'));
});
afterAll(async () => {
  await vault.close();
  await rm(directory, { recursive: true, force: true });
});

const cosign = (args: readonly string[], env = vault.env) =>
  run(findTool('cosign'), args, { cwd: directory, env: { HOME: directory, ...env } });
const attest = (key: string, env = vault.env) => {
  const offline = ['--signing-config', 'config.json', '--trusted-root', 'root.json'];
  return cosign(
    ['attest-blob', '-y', '--key', key, ...offline, '--statement', 'statement.json', '--bundle', 'b.json'],
    env,
  );
};
const verifyWith = (key: string, env?: Record<string, string>) => {
  const what = ['--type', 'https://example.com/t', '--digest', 'b'.repeat(64), '--digestAlg', 'sha256'];
  const how = ['--insecure-ignore-tlog=true', '--trusted-root', 'root.json', '--bundle', 'b.json'];
  return cosign(['verify-blob-attestation', '--key', key, ...how, ...what], env);
};

describe('a Vault, with the real cosign', () => {
  it('signs by the name of a key; the signature verifies with its public key, and with no other', async () => {
    expect(await attest('hashivault://release')).toMatchObject({ code: 0 });
    expect(await verifyWith('release.pub', {})).toMatchObject({ code: 0 });
    expect(await verifyWith('hashivault://release')).toMatchObject({ code: 0 });
    expect(await verifyWith('other.pub', {})).toMatchObject({ code: 1 });
    expect(await verifyWith('hashivault://other')).toMatchObject({ code: 1 });
  });

  it('is asked for the key and for one signature of a digest, no more', async () => {
    const before = vault.requests().length;
    await attest('hashivault://release');
    const seen = vault.requests().slice(before);
    expect(seen.filter((line) => !line.startsWith('GET'))).toEqual(['PUT /v1/transit/sign/release/sha2-256 200']);
    expect(new Set(seen).has('GET /v1/transit/keys/release 200')).toBe(true);
  });

  it('shows the public key', async () => {
    const { stdout } = await cosign(['public-key', '--key', 'hashivault://release']);
    expect(stdout.trim()).toBe(vault.publicKeyOf('release').trim());
  });

  it('turns away a wrong token and does not know other keys', async () => {
    const denied = await attest('hashivault://release', { ...vault.env, VAULT_TOKEN: 'hvs.wrong' });
    expect(denied).toMatchObject({ code: 1, stderr: expect.stringContaining('permission denied') });
    expect(await attest('hashivault://absent')).toMatchObject({ code: 1 });
    expect(vault.requests().at(-1)).toBe('GET /v1/transit/keys/absent 404');
  });
});

describe('signDigest', () => {
  it('makes signatures that verify over the message behind the digest, to OpenSSL and to isSignatureOf', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const hash = (message: string) => createHash('sha256').update(message).digest();
    for (let i = 0; i < 50; i++) {
      const made = signDigest(hash(`message ${i}`), privateKey);
      expect(verify('sha256', Buffer.from(`message ${i}`), publicKey, Buffer.from(made, 'base64'))).toBe(true);
      const theirs = sign('sha256', Buffer.from(`message ${i}`), privateKey).toString('base64');
      for (const signature of [made, theirs]) {
        expect(isSignatureOf(hash(`message ${i}`), signature, privateKey)).toBe(true);
        expect(isSignatureOf(hash('another'), signature, privateKey)).toBe(false);
      }
    }
    expect(isSignatureOf(hash('a'), 'AAAA', privateKey)).toBe(false);
  });
});
