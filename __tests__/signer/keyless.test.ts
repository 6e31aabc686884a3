import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sigstore, startSigstore } from '../../lab/sigstore/sigstore.ts';
import type { CertificateAnchor } from '../../src/image/trust-anchor.ts';
import { readBundleIdentity, toExactAnchor } from '../../src/signer/bundle-identity.ts';
import type { SignerContext, StatementSigner } from '../../src/signer/statement-signer.ts';
import { DIGEST, type KeyPair, openSigningRoom, type SigningRoom, STATEMENT, TYPE } from './signing-room.ts';

const SHARED = 'shared/flows/.github/workflows/promote.yml@refs/heads/main';

let room: SigningRoom;
let sigstore: Sigstore;
let own: Uint8Array;
let ours: Uint8Array;
let strangers: Uint8Array;
beforeAll(async () => {
  room = await openSigningRoom();
  sigstore = await startSigstore(join(room.directory, 'sigstore'));
  own = await (await open()).signStatement(STATEMENT);
  ours = await (await open({ repository: 'org/app', job_workflow_ref: SHARED })).signStatement(STATEMENT);
  strangers = await (await open({ repository: 'evil/x', job_workflow_ref: SHARED })).signStatement(STATEMENT);
}, 60_000);
afterAll(async () => {
  await sigstore.close();
  await room.close();
});

async function readServices(): Promise<{ signingConfig: string; trustedRoot: string }> {
  const read = (file: string) => readFile(file, 'utf8');
  return {
    signingConfig: await read(sigstore.signingConfigPath),
    trustedRoot: await read(sigstore.trustedRootPath),
  };
}

async function open(
  claims: Parameters<Sigstore['mintToken']>[0] = {},
  more: Partial<SignerContext> = {},
  key?: KeyPair,
): Promise<StatementSigner> {
  const identityToken = async () => sigstore.mintToken(claims);
  return room.openSigner(key, { transparencyLog: true, identityToken, ...(await readServices()), ...more });
}

const trust = (identity: string, more: Partial<CertificateAnchor> = {}): CertificateAnchor => ({
  kind: 'certificate',
  name: identity,
  transparencyLog: true,
  identity: { kind: 'exact', text: identity },
  issuer: { kind: 'exact', text: sigstore.issuer },
  ...more,
});
const matching = (text: string) => ({ kind: 'regexp', text }) as const;

async function judge(bundle: Uint8Array, anchor: CertificateAnchor, trustedRoot?: string) {
  const verifier = await room.openVerifier({ trustedRoot: trustedRoot ?? (await readServices()).trustedRoot });
  return verifier.verifyBundle(bundle, DIGEST, TYPE, anchor);
}
const invalid = (reason: RegExp) => ({ valid: false, reason: expect.stringMatching(reason) });

describe('a signer without a key', () => {
  it('makes a bundle by the identity that its token promised', async () => {
    const { expectedAnchor } = await open();
    const identity = await readBundleIdentity(own);
    expect(identity).toEqual({
      kind: 'certificate',
      identity: sigstore.identityOf(),
      issuer: sigstore.issuer,
      repository: 'org/app',
    });
    expect(toExactAnchor(identity, undefined, true)).toEqual(expectedAnchor);
    expect(await judge(own, trust(sigstore.identityOf()))).toEqual({ valid: true });
  });

  it('goes into the log, once for each statement', async () => {
    const before = (await sigstore.rekor?.countEntries()) ?? 0;
    await (await open()).signStatement(STATEMENT);
    expect(await sigstore.rekor?.countEntries()).toBe(before + 1);
  });

  it.each(['fulcio', 'timestampAuthority', 'rekor'] as const)(
    'tries again when %s is busy',
    async (service) => {
      const signer = await open();
      sigstore.faults[service].fail('unavailable', 2);
      expect(await signer.signStatement(STATEMENT)).toBeInstanceOf(Uint8Array);
      sigstore.faults[service].clear();
    },
    60_000,
  );

  it('signs again when the log lost its answer, with a key that always signs the same too', async () => {
    const key = await room.makeKey('rsa', 'RSA');
    const signer = await open({}, { key: { kind: 'file', path: key.file } }, key);
    sigstore.faults.rekor.fail('lost-answer');
    const before = sigstore.faults.rekor.requests().length;
    const bundle = await signer.signStatement(STATEMENT);
    expect(sigstore.faults.rekor.requests().slice(before)).toEqual([
      'POST /api/v2/log/entries 0',
      'POST /api/v2/log/entries 409',
      'POST /api/v2/log/entries 201',
    ]);
    expect(await readBundleIdentity(bundle)).toMatchObject({ kind: 'key' });
  }, 60_000);

  it('is refused for an audience that Fulcio does not know', async () => {
    await expect((await open({ aud: 'other' })).signStatement(STATEMENT)).rejects.toMatchObject({
      code: 'SIGNING_FAILED',
      hint: expect.stringMatching(/^Fulcio refused the OIDC token/),
    });
  });

  it('publishes nothing where the policy keeps signatures out of the log', async () => {
    const before = await sigstore.rekor?.countEntries();
    const bundle = await (await open({}, { transparencyLog: false })).signStatement(STATEMENT);
    expect(await sigstore.rekor?.countEntries()).toBe(before);
    expect(await judge(bundle, trust(sigstore.identityOf(), { transparencyLog: false }))).toEqual({ valid: true });
    expect(await judge(bundle, trust(sigstore.identityOf()))).toEqual(invalid(/no entry in a transparency log/));
  });

  it('does not hand over what does not verify by the trusted root', async () => {
    const { trustedRoot } = await readServices();
    const { tlogs: _logs, ...others } = JSON.parse(trustedRoot) as Record<string, unknown>;
    const signer = await open({}, { trustedRoot: JSON.stringify(others) });
    await expect(signer.signStatement(STATEMENT)).rejects.toMatchObject({ code: 'SIGNING_FAILED' });
  });
});

describe('the certificate of a bundle', () => {
  it.each<[string, () => CertificateAnchor, RegExp]>([
    ['identity', () => trust('https://github.com/org/app/.github/workflows/evil.yml@refs/heads/main'), /expected SAN/],
    [
      'issuer',
      () => trust(sigstore.identityOf(), { issuer: { kind: 'exact', text: 'https://x.test' } }),
      /expected iss/,
    ],
    [
      'repository',
      () => trust(sigstore.identityOf(), { repository: 'org/other' }),
      /expected GithubWorkflowRepository/,
    ],
    ['pattern', () => trust('x', { identity: matching('org/app') }), /expected SAN value to match regex/],
  ])('is refused under another %s', async (_what, makeAnchor, reason) => {
    expect(await judge(own, makeAnchor())).toEqual(invalid(reason));
  });

  it('may be named by patterns, which must match as a whole', async () => {
    const identity = matching('https://github\\.com/org/[a-z]+/\\.github/workflows/promote\\.yml@.+');
    expect(await judge(own, trust('x', { identity, issuer: matching('http://127\\.0\\.0\\.1:\\d+') }))).toEqual({
      valid: true,
    });
  });

  it('by a reusable workflow counts only with the repository that called it', async () => {
    const identity = `https://github.com/${SHARED}`;
    const named = trust(identity, { repository: 'org/app' });
    expect(await judge(ours, named)).toEqual({ valid: true });
    expect(await judge(strangers, named)).toEqual(invalid(/to be "org\/app", got "evil\/x"/));
    const unnamed =
      /signed by https:.+promote.yml@refs\/heads\/main for (evil\/x|org\/app): name the caller's repository/;
    expect(await judge(strangers, trust(identity))).toEqual(invalid(unnamed));
    expect(await judge(ours, trust(identity))).toEqual(invalid(unnamed));
    expect(await judge(strangers, trust('x', { identity: matching('https://github\\.com/shared/.+') }))).toEqual(
      invalid(unnamed),
    );
  });

  it('is refused when it was altered, or its proofs were', async () => {
    const text = Buffer.from(own).toString();
    const parsed = JSON.parse(text) as {
      verificationMaterial: { timestampVerificationData?: object; tlogEntries: { canonicalizedBody: string }[] };
      dsseEnvelope: { payload: string };
    };
    const { verificationMaterial: material, dsseEnvelope } = parsed;
    const payload = Buffer.from(JSON.stringify({ ...STATEMENT, predicate: { answer: 43 } })).toString('base64');
    const { timestampVerificationData: _times, ...untimed } = material;
    for (const [change, reason] of [
      [{ dsseEnvelope: { ...dsseEnvelope, payload } }, /failed to verify|altered/],
      [{ verificationMaterial: { ...material, tlogEntries: [] } }, /no entry in a transparency log/],
      [{ verificationMaterial: untimed }, /timestamps/],
    ] as const) {
      const altered = Buffer.from(JSON.stringify({ ...parsed, ...change }));
      expect(await judge(altered, trust(sigstore.identityOf()))).toEqual(invalid(reason));
    }
  });

  it('is checked by as much as the trusted root gives means for', async () => {
    const { trustedRoot } = await readServices();
    const without = (...names: string[]) =>
      JSON.stringify(
        Object.fromEntries(Object.entries(JSON.parse(trustedRoot)).filter(([name]) => !names.includes(name))),
      );
    const anchor = trust(sigstore.identityOf());
    expect(await judge(own, anchor, without('ctlogs'))).toEqual({ valid: true });
    await expect(judge(own, anchor, without('tlogs'))).rejects.toMatchObject({ code: 'TRUST_UNUSABLE' });
    await expect(judge(own, anchor, without('certificateAuthorities'))).rejects.toMatchObject({
      code: 'TRUST_UNUSABLE',
    });
    const unlogged = { ...anchor, transparencyLog: false };
    expect(await judge(own, unlogged, without('tlogs'))).toEqual({ valid: true });
    expect(await judge(own, unlogged, without('timestampAuthorities'))).toEqual({ valid: true });
  });
});

describe('what cosign was given', () => {
  it('held no token among its arguments, no right to ask for one, and no file of it is left', async () => {
    const signing = room.commands.filter(({ args }) => args[0] === 'attest-blob' && args.includes('--identity-token'));
    expect(signing.length).toBeGreaterThan(5);
    for (const { args, env } of signing) {
      expect(args.join(' ')).not.toMatch(/eyJ/);
      expect(Object.keys(env).sort()).toEqual(['HOME', 'TMPDIR']);
      await expect(readFile(args[args.indexOf('--identity-token') + 1] ?? '')).rejects.toThrow('ENOENT');
    }
  });
});
