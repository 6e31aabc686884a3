import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../../lab/certificate.ts';
import { type CosignRoom, openCosignRoom } from './cosign-room.ts';

const verified = { code: 0, stderr: expect.stringContaining('Verified OK') };
const refused = (why: RegExp) => ({ code: 1, stderr: expect.stringMatching(why) });

describe('a private Sigstore, with the real cosign', () => {
  let room: CosignRoom;
  let bundle: string;
  beforeAll(async () => {
    room = await openCosignRoom();
    const signed = await room.sign(room.sigstore.mintToken());
    expect(signed).toMatchObject({ code: 0 });
    bundle = signed.bundle;
  }, 30_000);
  afterAll(() => room.close());

  it('signs, and what was signed verifies without a single --insecure flag', async () => {
    expect(await room.verify(bundle)).toMatchObject(verified);
    expect(await room.sigstore.rekor?.countEntries()).toBeGreaterThan(0);
  });

  it('puts the claims of the run into the certificate', async () => {
    const { sigstore } = room;
    const claims = {
      repository: 'shop/web',
      ref: 'refs/tags/v1',
      sha: 'c'.repeat(40),
      job_workflow_ref: 'shared/flows/.github/workflows/promote.yml@refs/heads/main',
    };
    const { bundle } = await room.sign(sigstore.mintToken(claims));
    const run = ['--certificate-github-workflow-ref', claims.ref, '--certificate-github-workflow-sha', claims.sha];
    const identity = ['--certificate-identity', sigstore.identityOf(claims)];
    const of = (repository: string) => ['--certificate-github-workflow-repository', repository];
    expect(sigstore.identityOf(claims)).toBe(`https://github.com/${claims.job_workflow_ref}`);
    expect(await room.verify(bundle, [...identity, ...run, ...of('shop/web')])).toMatchObject(verified);
    expect(await room.verify(bundle, [...identity, ...of('shop/other')])).toMatchObject(
      refused(/expected GithubWorkflowRepository to be "shop\/other", got "shop\/web"/),
    );
  });

  it.each([
    ['identity', ['--certificate-identity', 'https://github.com/org/app/evil.yml'], /expected SAN value/],
    ['issuer', ['--certificate-oidc-issuer', 'https://other.example'], /expected issuer value/],
    [
      'repository',
      ['--certificate-github-workflow-repository', 'evil/app'],
      /GithubWorkflowRepository to be "evil\/app"/,
    ],
    ['digest', ['--digest', 'd'.repeat(64)], /does not match any digest/],
  ])('refuses another %s', async (_what, args, why) => {
    expect(await room.verify(bundle, args)).toMatchObject(refused(why));
  });

  it.each([
    ['without the key of Rekor', { without: ['rekor'] }, /not enough verified log entries/],
    ['without the key of the CT log', { without: ['ctLog'] }, /only able to verify 0 SCT/],
    ['without the timestamp authority', { without: ['timestampAuthority'] }, /threshold not met for verified signed/],
    ['of a stranger', { certificateAuthority: makeAuthority('stranger').cert }, /leaf certificate verification failed/],
  ] as const)('refuses by a trusted root %s', async (_what, options, why) => {
    const file = join(room.directory, 'other-root.json');
    await room.sigstore.writeTrustedRoot(file, options);
    expect(await room.verify(bundle, ['--trusted-root', file])).toMatchObject(refused(why));
  });

  it('gives a job its token at the address the runner names, to cosign too', async () => {
    const { sigstore } = room;
    const statement = join(room.directory, 'statement.json');
    const file = join(room.directory, 'ambient.json');
    const where = ['--signing-config', sigstore.signingConfigPath, '--trusted-root', sigstore.trustedRootPath];
    const args = ['attest-blob', '-y', '--oidc-provider', 'github-actions', ...where, '--statement', statement];
    expect(await room.cosign([...args, '--bundle', file], sigstore.requestEnv)).toMatchObject({ code: 0 });
    expect(await room.verify(file)).toMatchObject(verified);
    expect(sigstore.faults.token.requests().at(-1)).toMatch(/^GET \/token\/\S+ 200$/);
  });

  it.each([
    ['for another audience', { aud: 'https://github.com/org' }],
    ['that has expired', { exp: Math.floor(Date.now() / 1000) - 60 }],
  ])('gives no certificate for a token %s', async (_what, claims) => {
    expect(await room.sign(room.sigstore.mintToken(claims))).toMatchObject(refused(/Fulcio returned 400/));
  });

  it('gives no certificate for a token that somebody changed', async () => {
    const [head, body = '', signature] = room.sigstore.mintToken().split('.');
    const claims = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), job_workflow_ref: 'evil/x/y.yml@main' };
    const forged = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    expect(await room.sign(forged)).toMatchObject(refused(/Fulcio returned 400/));
  });
});

describe('a private Sigstore of Fulcio and a timestamp authority alone', () => {
  it('signs what verifies once nobody asks for a log', async () => {
    const room = await openCosignRoom({ rekor: false, ctLog: false });
    const { bundle } = await room.sign(room.sigstore.mintToken());
    const flags = ['--use-signed-timestamps', '--insecure-ignore-tlog', '--insecure-ignore-sct'];
    expect(room.sigstore.rekor).toBeUndefined();
    expect(await room.verify(bundle, flags)).toMatchObject(verified);
    expect(await room.verify(bundle, flags.slice(0, 2))).toMatchObject(refused(/only able to verify 0 SCT/));
    expect(await room.verify(bundle, ['--insecure-ignore-sct'])).toMatchObject(
      refused(/not enough verified log entries/),
    );
    await room.close();
  }, 30_000);
});
