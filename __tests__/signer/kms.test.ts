import { verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startVault, type Vault } from '../../lab/vault.ts';
import { isKmsUri, listKmsSchemes, selectKmsEnv } from '../../src/signer/kms.ts';
import { DIGEST, openSigningRoom, type SigningRoom, STATEMENT, TYPE, trustKey } from './signing-room.ts';

const URI = 'hashivault://release';

let room: SigningRoom;
let vault: Vault;
beforeAll(async () => {
  room = await openSigningRoom();
  vault = await startVault(['release', 'other']);
});
afterAll(async () => {
  await vault.close();
  await room.close();
});

const openSigner = (kmsEnv = vault.env) =>
  room.openSigner(undefined, { key: { kind: 'kms', uri: URI }, kmsEnv, keyEnv: { COSIGN_PASSWORD: 'not for a KMS' } });

describe('a key in a KMS', () => {
  it('signs statements and payloads without a file, and the KMS gets no more than that', async () => {
    const signer = await openSigner();
    expect(signer.publicKey).toBe(vault.publicKeyOf('release'));
    const bundle = await signer.signStatement(STATEMENT);
    const payload = Buffer.from('{}');
    const signature = await signer.signPayload(payload);
    expect(verify('sha256', payload, vault.publicKeyOf('release'), Buffer.from(signature, 'base64'))).toBe(true);
    const verifier = await room.openVerifier();
    const judge = (publicKey: string) => verifier.verifyBundle(bundle, DIGEST, TYPE, trustKey(publicKey));
    expect(await judge(vault.publicKeyOf('release'))).toEqual({ valid: true });
    expect(await judge(vault.publicKeyOf('other'))).toMatchObject({ valid: false });
    expect(room.commands.filter(({ env }) => env.COSIGN_PASSWORD === 'not for a KMS')).toEqual([]);
  });

  it('may be trusted by its URI, and is asked for once', async () => {
    const bundle = await (await openSigner()).signStatement(STATEMENT);
    const verifier = await room.openVerifier({ kmsEnv: vault.env });
    const before = vault.requests().length;
    for (let times = 0; times < 3; times++)
      expect(await verifier.verifyBundle(bundle, DIGEST, TYPE, trustKey(URI))).toEqual({ valid: true });
    expect(vault.requests().slice(before)).toEqual(['GET /v1/transit/keys/release 200']);
    expect(await verifier.verifyBundle(bundle, DIGEST, TYPE, trustKey('hashivault://other'))).toMatchObject({
      valid: false,
    });
  });

  it('that cannot be had is no verdict about a signature', async () => {
    const bundle = await (await openSigner()).signStatement(STATEMENT);
    const verifier = await room.openVerifier({ kmsEnv: { ...vault.env, VAULT_TOKEN: 'wrong' } });
    await expect(verifier.verifyBundle(bundle, DIGEST, TYPE, trustKey(URI))).rejects.toMatchObject({
      code: 'KEY_UNUSABLE',
      hint: expect.stringContaining('login'),
    });
  });

  it('is tried before anything is written', async () => {
    await expect(openSigner({ VAULT_ADDR: vault.env.VAULT_ADDR ?? '' })).rejects.toMatchObject({
      code: 'KEY_UNUSABLE',
    });
  });
});

describe('the URI of a key in a KMS', () => {
  it.each([
    'awskms://alias/x',
    'awskms:///arn:aws:kms:eu-west-1:1:key/x',
    'gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k',
    'azurekms://vault.example/key',
    'hashivault://x',
    'k8s://ns/x',
  ])('is %s', (uri) => {
    expect(isKmsUri(uri)).toBe(true);
    expect(listKmsSchemes()).toContain(uri.split(':')[0]);
  });

  it.each(['', 'awskms', 'awskms://', 'env://X', 'file:///x', 'AWSKMS://x', 'xawskms://x', 'pkcs11:x'])(
    'is not %j',
    (text) => expect(isKmsUri(text)).toBe(false),
  );

  it.each([
    ['awskms:///alias/x', ['AWS_REGION', 'AWS_SECRET_ACCESS_KEY']],
    ['gcpkms://x', ['CLOUDSDK_CORE_PROJECT', 'GOOGLE_APPLICATION_CREDENTIALS']],
    ['azurekms://x/y', ['AZURE_TENANT_ID', 'MSI_SECRET']],
    ['hashivault://x', ['BAO_ADDR', 'VAULT_ADDR', 'VAULT_TOKEN']],
    ['k8s://ns/x', ['KUBECONFIG']],
    ['env://AWS_REGION', []],
  ])('%s lets through its own variables only', (uri, names) => {
    const all = [
      ...['AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AZURE_TENANT_ID', 'BAO_ADDR', 'CLOUDSDK_CORE_PROJECT'],
      ...['GOOGLE_APPLICATION_CREDENTIALS', 'KUBECONFIG', 'MSI_SECRET', 'VAULT_ADDR', 'VAULT_TOKEN'],
      ...['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'GITHUB_TOKEN', 'COSIGN_PASSWORD', 'DOCKER_CONFIG', 'XAWS_REGION'],
    ];
    const env = { ...Object.fromEntries(all.map((name) => [name, 'v'])), AWS_UNSET: undefined };
    expect(Object.keys(selectKmsEnv(uri, env)).sort()).toEqual(names);
  });
});
