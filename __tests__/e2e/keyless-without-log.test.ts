import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, errorsOf, type PromoteStep, success } from './fixture.ts';
import { RECORD_TYPE } from './fixture-target.ts';
import { type KeylessScene, RELEASE, ROOT_FILE, setKeylessScene, trustFlags } from './keyless-fixture.ts';
import { pushSource } from './trust-fixture.ts';

const TIMESTAMPS = ['--use-signed-timestamps', '--insecure-ignore-tlog=true'];
const PRIVATE = { policy: { signature: { transparencyLog: false } } };

let scene: KeylessScene;
let step: StepResult;
let place: string;
/** The trusted root of a Sigstore that has no log; its signing configuration still names one. */
let files: Readonly<Record<string, string>>;

beforeAll(async () => {
  scene = await setKeylessScene();
  files = { [ROOT_FILE]: await scene.readRoot({ without: ['rekor'] }) };
  const { host } = scene.registry;
  const digest = (await pushSource(host, 'web')).split('@')[1];
  place = `${host}/qa/web@${digest}`;
  // As a system that is no runner of GitHub gives a token.
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: '',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: '',
    SIGSTORE_ID_TOKEN: scene.sigstore.mintToken(RELEASE),
  };
  step = await scene.promote(`${host}/dev/web:1`, `${host}/qa/web:1`, { ...PRIVATE, files, env });
}, 120_000);

afterAll(() => scene?.close());

describe('a promotion without a key and without a log', () => {
  it('is signed with a timestamp, and nothing of it gets into the log that the signing configuration names', () => {
    expect(endOf(step)).toEqual(success('promoted'));
    expect(scene.sigstore.faults.rekor.requests()).toEqual([]);
    expect(scene.sigstore.faults.timestampAuthority.requests()).toEqual(Array(3).fill('POST /api/v1/timestamp 200'));
  });

  it('is accepted by stock cosign by its timestamp, and by no one who demands a log', async () => {
    await scene.write('without-log.json', files[ROOT_FILE] ?? '');
    const trust = [...trustFlags(scene), '--trusted-root', 'without-log.json'];
    const verify = (...flags: readonly string[]) => scene.cosign('verify', ...trust, ...flags, place);
    expect(await verify(...TIMESTAMPS)).toMatchObject({ code: 0 });
    const record = ['verify-attestation', ...trust, ...TIMESTAMPS, '--type', RECORD_TYPE, place];
    expect(await scene.cosign(...record)).toMatchObject({ code: 0 });
    expect(await verify()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not enough verified log entries'),
    });
    const elsewhere = await verify(...TIMESTAMPS, '--certificate-identity', scene.sigstore.identityOf());
    expect(elsewhere).toMatchObject({ code: 1, stderr: expect.stringContaining('expected SAN value') });
  }, 120_000);

  it('shows commands that a stranger can run as they stand', async () => {
    const [, shown = ''] = /```sh\n([\s\S]*?)\n```/.exec(step.summary) ?? [];
    await scene.write('trusted_root.json', files[ROOT_FILE] ?? '');
    for (const command of shown.split('\n')) {
      expect(await scene.cosign(...command.replace(/^cosign /, '').split(' '))).toMatchObject({ code: 0 });
    }
  }, 120_000);
});

describe('a source that is signed so', () => {
  const again = (target: string, more: PromoteStep): Promise<StepResult> => {
    const { host } = scene.registry;
    const inputs = {
      ...{ sign: 'false', attest: 'false', referrers: 'ignore' },
      'source-certificate-identity': scene.sigstore.identityOf(RELEASE),
      'source-certificate-oidc-issuer': scene.sigstore.issuer,
    };
    return scene.promote(`${host}/qa/web:1`, `${host}/${target}:1`, { inputs, ...more });
  };

  it('is promoted where the policy knows of no log', async () => {
    expect(endOf(await again('prod/web', { ...PRIVATE, files }))).toEqual(success('promoted'));
  }, 120_000);

  it('is refused where an entry in the log is demanded', async () => {
    const refused = await again('prod/logged', {});
    expect(endOf(refused)).toMatchObject({ code: 3, refusals: ['SOURCE_UNSIGNED'] });
    expect(errorsOf(refused)[0]?.message).toContain('it has no entry in a transparency log that is trusted');
  }, 120_000);

  it('is wrong use where a log is demanded and the trusted root names none', async () => {
    const wrong = await again('prod/undecided', { files });
    expect([wrong.code, wrong.outputs.result]).toEqual([2, 'failed']);
    expect(errorsOf(wrong)[0]?.message).toContain('names no transparency log');
    expect(await scene.listTags('prod/undecided')).toEqual([]);
  }, 120_000);
});
