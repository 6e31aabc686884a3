import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAuthority } from '../../lab/certificate.ts';
import { type ExternalRegistry, startDistribution } from '../../lab/external-registry.ts';
import type { StepResult } from '../../lab/runner.ts';
import { chainSchema } from '../../src/verify/chain.ts';
import { endOf, recordsOf, success } from './fixture.ts';
import { listEvidence, listReferrers, RECORD_TYPE } from './fixture-target.ts';
import {
  type KeylessScene,
  RELEASE,
  ROOT_FILE,
  SERVICES_FILE,
  setKeylessScene,
  trustFlags,
} from './keyless-fixture.ts';
import { pushSource } from './trust-fixture.ts';

const SIGNATURE_TYPE = 'https://sigstore.dev/cosign/sign/v1';
const VSA_TYPE = 'https://slsa.dev/verification_summary/v1';

let scene: KeylessScene;
let distribution: ExternalRegistry;
let digest = '';
/** To olareg by inputs, from there to distribution by a policy, and to olareg again. */
let steps: Readonly<Record<'first' | 'second' | 'again' | 'attempt2', StepResult>>;
/** What is attached in olareg after the first, and after the others. */
let attached: readonly (readonly string[])[];
let entries: readonly (number | undefined)[];

const places = () => ({
  olareg: `${scene.registry.host}/qa/web@${digest}`,
  distribution: `${distribution.host}/prod/web@${digest}`,
});

beforeAll(async () => {
  [scene, distribution] = await Promise.all([setKeylessScene(), startDistribution()]);
  const { host } = scene.registry;
  digest = (await pushSource(host, 'web')).split('@')[1] ?? '';
  const list = async () => (await listReferrers(host, 'qa/web', digest)).map((referrer) => referrer.digest).sort();
  const count = () => scene.sigstore.rekor?.countEntries();

  const first = await scene.promote(`${host}/dev/web:1`, `${host}/qa/web:1`);
  const [before, logged] = [await list(), await count()];
  const again = await scene.promote(`${host}/dev/web:1`, `${host}/qa/web:1`, {
    inputs: { 'existing-tag': 'accept-same-digest' },
  });
  const rerun = await list();
  // An attempt that ended before its tag: the next one finds what it left.
  await fetch(`http://${host}/v2/qa/web/manifests/1`, { method: 'DELETE' });
  const attempt2 = await scene.promote(`${host}/dev/web:1`, `${host}/qa/web:1`, {
    env: { GITHUB_RUN_ATTEMPT: '2', ...scene.sigstore.requestEnvOf({ ...RELEASE, run_attempt: '2' }) },
  });
  attached = [before, rerun, await list()];
  entries = [logged, await count()];
  const signer = { role: 'promotion', identity: scene.sigstore.identityOf(RELEASE), issuer: scene.sigstore.issuer };
  const second = await scene.promote(`${host}/qa/web:1`, `${distribution.host}/prod/web:1`, {
    inputs: { 'signing-config': '', 'trusted-root': '' },
    policy: {
      signature: { signingConfig: SERVICES_FILE, trustedRoot: ROOT_FILE },
      signers: [{ ...signer, repository: 'acme/shop' }],
      attestations: { require: [{ type: RECORD_TYPE, role: 'promotion' }] },
    },
  });
  steps = { first, second, again, attempt2 };
}, 180_000);

afterAll(async () => {
  await Promise.all([scene?.close(), distribution?.stop()]);
});

describe('a promotion without a key', () => {
  it('is signed as the workflow, by services that inputs name, or a policy', () => {
    expect([endOf(steps.first), endOf(steps.second)]).toEqual([success('promoted'), success('promoted')]);
    expect(steps.first.log).toContain(`signs as ${scene.sigstore.identityOf(RELEASE)}`);
  });

  it.each(['olareg', 'distribution'] as const)(
    'to %s is accepted by stock cosign, which demands certificate, log entry and time',
    async (where) => {
      const place = places()[where];
      const [, host = '', repository = ''] = /^([^/]+)\/([^@]+)@/.exec(place) ?? [];
      // The signature of the stage before travels along.
      const carried = where === 'distribution' ? [SIGNATURE_TYPE] : [];
      const expected = [RECORD_TYPE, SIGNATURE_TYPE, ...carried, VSA_TYPE].sort();
      expect(await listEvidence(host, repository, digest)).toEqual(expected);
      const target = ['-a', `target=${host}/${repository}:1`];
      expect(await scene.cosign('verify', ...trustFlags(scene), ...target, place)).toMatchObject({ code: 0 });
      for (const type of [RECORD_TYPE, VSA_TYPE]) {
        const verified = await scene.cosign('verify-attestation', ...trustFlags(scene), '--type', type, place);
        expect(verified).toMatchObject({ code: 0 });
      }
    },
    120_000,
  );

  it.each([
    [
      'identity',
      ['--certificate-identity', 'https://github.com/acme/shop/.github/workflows/other.yml@refs/heads/main'],
    ],
    ['issuer', ['--certificate-oidc-issuer', 'https://token.actions.githubusercontent.com']],
    ['repository', ['--certificate-github-workflow-repository', 'evil/app']],
  ])('is not that of another %s', async (_what, flags) => {
    const refused = await scene.cosign('verify', ...trustFlags(scene), ...flags, places().olareg);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(flags[1] ?? '') });
  });

  it('is nothing to who trusts another certificate authority', async () => {
    const certificateAuthority = makeAuthority('another').cert;
    await scene.write('other-root.json', await scene.readRoot({ certificateAuthority }));
    const flags = [...trustFlags(scene), '--trusted-root', 'other-root.json'];
    const refused = await scene.cosign('verify', ...flags, places().olareg);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('leaf certificate verification failed') });
  });

  it.each(['first', 'second'] as const)(
    'shows commands (%s) that a stranger can run as they stand',
    async (name) => {
      const [, shown = ''] = /```sh\n([\s\S]*?)\n```/.exec(steps[name].summary) ?? [];
      const commands = shown.split('\n');
      expect([commands.length, shown.includes('insecure')]).toEqual([3, false]);
      await scene.write('trusted_root.json', await scene.readRoot());
      for (const command of commands) {
        const words = command.replace(/^cosign /, '').split(' ');
        expect(await scene.cosign(...words)).toMatchObject({ code: 0 });
      }
    },
    120_000,
  );

  it('says in its record who signed the stage before', async () => {
    const [record] = await recordsOf(steps.second);
    expect(record?.predicate.sourceEvidence).toEqual([
      expect.objectContaining({ type: RECORD_TYPE, signer: expect.stringContaining('/release.yml@refs/heads/main') }),
    ]);
  });
});

describe('the same promotion again', () => {
  it('adds nothing where the tag has the digest', () => {
    expect(endOf(steps.again)).toEqual(success('unchanged'));
    expect(attached[0]).toHaveLength(3);
    expect(attached[1]).toEqual(attached[0]);
  });

  it('knows what its own earlier attempt left behind, and only writes the tag', () => {
    expect(endOf(steps.attempt2)).toEqual(success('promoted'));
    expect(attached[2]).toEqual(attached[0]);
    expect(entries[1]).toBe(entries[0]);
  });
});

describe('a job that may not ask for a token', () => {
  it('can plan what another job then signs', async () => {
    const { host } = scene.registry;
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };
    const inputs = { 'dry-run': 'true' };
    const planned = await scene.promote(`${host}/dev/web:1`, `${host}/qa/planned:1`, { inputs, env });
    expect(endOf(planned)).toEqual(success('planned'));
    expect(planned.summary).toContain('this job has neither a key nor an identity token');
    expect(await scene.listTags('qa/planned')).toEqual([]);
  }, 120_000);
});

describe('the action verify', () => {
  const verify = (inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> =>
    scene.verify({ images: `${distribution.host}/prod/web:1`, ...inputs });

  it('shows the chain to who trusts the identity', async () => {
    const step = await verify();
    const [image] = chainSchema.parse(JSON.parse(step.outputs.chain ?? ''));
    expect([step.code, step.outputs.result]).toEqual([0, 'verified']);
    expect(image).toMatchObject({
      promotion: { signer: expect.stringContaining('/release.yml@refs/heads/main'), pipelineRepository: 'acme/shop' },
      signature: { state: 'verified' },
      summary: { state: 'verified' },
      stages: [{ repository: `${scene.registry.host}/qa/web`, verified: true }],
    });
  }, 120_000);

  it.each([
    [
      'identity',
      { 'certificate-identity': 'https://github.com/acme/shop/.github/workflows/other.yml@refs/heads/main' },
    ],
    ['issuer', { 'certificate-oidc-issuer': 'https://token.actions.githubusercontent.com' }],
    ['repository', { 'certificate-github-workflow-repository': 'acme/other' }],
  ])(
    'refuses another %s, and says who signed',
    async (_what, inputs) => {
      const step = await verify(inputs);
      const [image] = chainSchema.parse(JSON.parse(step.outputs.chain ?? ''));
      expect([step.code, image?.code]).toEqual([1, 'UNTRUSTED_SIGNER']);
      expect(image?.message).toContain('acme/shop/.github/workflows/release.yml@refs/heads/main');
    },
    120_000,
  );
});
