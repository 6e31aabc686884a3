import { generateKeyPairSync } from 'node:crypto';
import { access, appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sigstore } from '../../../lab/sigstore/sigstore.ts';
import { type CosignRoom, openCosignRoom } from './cosign-room.ts';

let room: CosignRoom;
let sigstore: Sigstore;
beforeAll(async () => {
  room = await openCosignRoom();
  sigstore = room.sigstore;
}, 30_000);
afterEach(() => {
  for (const point of Object.values(sigstore.faults)) point.clear();
});
afterAll(() => room.close());

const since = async (service: 'fulcio' | 'timestampAuthority' | 'rekor', act: () => Promise<unknown>) => {
  const before = sigstore.faults[service].requests().length;
  await act();
  return sigstore.faults[service].requests().slice(before);
};

describe('a fault before a service', () => {
  it.each([
    ['fulcio', 'POST /api/v2/signingCert'],
    ['timestampAuthority', 'POST /api/v1/timestamp'],
  ] as const)(
    'of %s with 429 is met once by cosign, which then tries again',
    async (service, request) => {
      sigstore.faults[service].fail('busy');
      const seen = await since(service, async () => {
        expect(await room.sign(sigstore.mintToken())).toMatchObject({ code: 0 });
      });
      expect(seen).toEqual([`${request} 429`, `${request} 200`]);
    },
    20_000,
  );

  it.each([
    ['busy', 429],
    ['unavailable', 503],
    ['conflict', 409],
  ] as const)('of Rekor (%s) ends the signature, without a bundle and without an entry', async (fault, status) => {
    sigstore.faults.rekor.fail(fault);
    const entries = await sigstore.rekor?.countEntries();
    const { code, stderr, bundle } = await room.sign(sigstore.mintToken());
    expect([code, stderr]).toEqual([1, expect.stringContaining(`unexpected response: ${status}`)]);
    expect(sigstore.faults.rekor.requests().at(-1)).toBe(`POST /api/v2/log/entries ${status}`);
    await expect(access(bundle)).rejects.toThrow('ENOENT');
    expect(await sigstore.rekor?.countEntries()).toBe(entries);
  });

  it('lets the service do its work when only the answer is lost', async () => {
    const entries = (await sigstore.rekor?.countEntries()) ?? Number.NaN;
    sigstore.faults.rekor.fail('lost-answer');
    expect(await room.sign(sigstore.mintToken())).toMatchObject({ code: 1, stderr: expect.stringContaining('EOF') });
    expect(sigstore.faults.rekor.requests().at(-1)).toBe('POST /api/v2/log/entries 0');
    expect(await sigstore.rekor?.countEntries()).toBe(entries + 1);
  });

  it('leaves an entry behind, for which Rekor refuses the same signature of an RSA key: 409, until a byte differs', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await writeFile(join(room.directory, 'rsa.pem'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
    const env = { COSIGN_PASSWORD: 'x' };
    await room.cosign(['import-key-pair', '--key', 'rsa.pem', '--output-key-prefix', 'rsa'], env);
    const where = ['--signing-config', sigstore.signingConfigPath, '--trusted-root', sigstore.trustedRootPath];
    const args = ['attest-blob', '-y', '--key', 'rsa.key', ...where, '--statement', 'statement.json', '--bundle', 'b'];
    sigstore.faults.rekor.fail('lost-answer');
    expect(await room.cosign(args, env)).toMatchObject({ code: 1, stderr: expect.stringContaining('EOF') });
    const conflict = 'unexpected response: 409 {"code":6,"message":"an equivalent entry already exists';
    expect(await room.cosign(args, env)).toMatchObject({ code: 1, stderr: expect.stringContaining(conflict) });
    await appendFile(join(room.directory, 'statement.json'), '\n');
    expect(await room.cosign(args, env)).toMatchObject({ code: 0 });
  }, 20_000);

  it('that hangs keeps the client waiting until the fault is over or the Sigstore ends', async () => {
    sigstore.faults.fulcio.fail('hang');
    const asking = fetch(`${sigstore.fulcioUrl}/api/v2/trustBundle`, { signal: AbortSignal.timeout(150) });
    await expect(asking).rejects.toMatchObject({ name: 'TimeoutError' });
    expect((await fetch(`${sigstore.fulcioUrl}/api/v2/trustBundle`)).status).toBe(200);
  });
});

describe('the token endpoint', () => {
  const ask = async (env = sigstore.requestEnv, token = env.ACTIONS_ID_TOKEN_REQUEST_TOKEN) => {
    const response = await fetch(`${env.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sigstore`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { value } = (await response.json()) as { value?: string };
    const claims = JSON.parse(Buffer.from(value?.split('.')[1] ?? '', 'base64url').toString() || '{}');
    return { status: response.status, claims };
  };

  it('tells who asks, for which audience, and for five minutes', async () => {
    const env = sigstore.requestEnvOf({ repository: 'shop/web', environment: 'production' });
    const { status, claims } = await ask(env);
    expect(status).toBe(200);
    expect(claims).toMatchObject({
      iss: sigstore.issuer,
      aud: 'sigstore',
      repository: 'shop/web',
      environment: 'production',
      job_workflow_ref: 'shop/web/.github/workflows/promote.yml@refs/heads/main',
    });
    expect(claims.exp - claims.iat).toBe(300);
  });

  it('knows each job by its own bearer token', async () => {
    const other = sigstore.requestEnvOf({ repository: 'evil/app' });
    expect(await ask(sigstore.requestEnv, other.ACTIONS_ID_TOKEN_REQUEST_TOKEN)).toMatchObject({ status: 401 });
  });

  it.each([
    ['unauthorized', 401],
    ['unavailable', 503],
  ] as const)('answers %s with %d, once', async (fault, status) => {
    sigstore.faults.token.fail(fault);
    expect([(await ask()).status, (await ask()).status]).toEqual([status, 200]);
  });

  it('gives a token for another audience, or one that has expired, when a test wants that', async () => {
    sigstore.faults.token.fail('other-audience');
    sigstore.faults.token.fail('expired');
    expect((await ask()).claims.aud).toBe('https://github.com/org');
    expect((await ask()).claims.exp).toBeLessThan(Date.now() / 1000);
  });
});
