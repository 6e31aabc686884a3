import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { type ActRepository, type ActResult, copyAction, createActRepository } from '../../lab/act.ts';
import { pickPackage } from '../../lab/database/advisories.ts';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { type Github, startGithub } from '../../lab/github.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';

const TIMEOUT_MS = 120_000;
const POLICY = '.github/promote-image.yml';
const WORKFLOW = '.github/workflows/test.yml';
const LOGIN = { username: 'release', password: 'p4ss of production' };
const TOKEN = 'ghs_of_this_job';
const BASIC = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');

let staging: LabRegistry;
let production: LabRegistry;
let key: SigningKey;
let repository: ActRepository;
let digests: { readonly clean: string; readonly vulnerable: string };

beforeAll(async () => {
  staging = await startRegistry();
  production = await startRegistry({ auth: { kind: 'basic', ...LOGIN } });
  key = await makeSigningKey();
  await pushDatabase(staging.host, 'mirror/trivy-db', '2', buildDatabase());
  const push = (tag: string, state: 'fixed' | 'vulnerable') =>
    pushImage(
      staging.host,
      'shop/web',
      tag,
      buildImage({ packages: [pickPackage('libcritical', 'debian 12', state)] }),
    );
  digests = { clean: await push('1.4.0', 'fixed'), vulnerable: await push('1.5.0', 'vulnerable') };
});
afterAll(() => Promise.all([staging.close(), production.close()]));
beforeEach(async () => {
  repository = await createActRepository('acme/shop');
});
afterEach(() => repository.remove());

/** The policy of the repository: where the database is, and what the test adds. */
function policy(scan: Readonly<Record<string, unknown>> = {}): string {
  const databases = [`${staging.host}/mirror/trivy-db:2`];
  return stringify({ version: 1, scan: { databases, ...scan }, signature: { transparencyLog: false } });
}

/** What the runner replaces when it reads the workflow. */
function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** A job that promotes, a step and a job behind it that read its outputs. */
function workflow(tag: string, target: string, step: { readonly uses: string; readonly with?: object }): string {
  const output = (name: string): string => expression(`steps.promote.outputs.${name}`);
  return stringify({
    on: ['push', 'pull_request'],
    jobs: {
      promote: {
        'runs-on': 'ubuntu-latest',
        outputs: { image: output('image'), result: output('result') },
        steps: [
          { uses: 'actions/checkout@v5' },
          {
            id: 'promote',
            uses: step.uses,
            with: {
              source: `${staging.host}/shop/web:${tag}`,
              target: `${production.host}/${target}`,
              'target-username': LOGIN.username,
              'target-password': expression('secrets.TARGET_PASSWORD'),
              'cosign-key': 'env://COSIGN_PRIVATE_KEY',
              trivy: findTool('trivy'),
              cosign: findTool('cosign'),
              ...step.with,
            },
            env: {
              COSIGN_PRIVATE_KEY: expression('secrets.COSIGN_PRIVATE_KEY'),
              COSIGN_PASSWORD: expression('secrets.COSIGN_PASSWORD'),
              NODE_OPTIONS: `--import=data:text/javascript,console.log('the%20action%20runs%20on',process.version)`,
            },
          },
          {
            if: 'always()',
            env: { RESULT: output('result'), IMAGE: output('image'), SECRET: expression('secrets.TARGET_PASSWORD') },
            run: `echo "step: $RESULT $IMAGE"; echo "secret: $SECRET"; echo "login: ${BASIC}"`,
          },
        ],
      },
      deploy: {
        needs: 'promote',
        'runs-on': 'ubuntu-latest',
        env: { RESULT: expression('needs.promote.outputs.result'), IMAGE: expression('needs.promote.outputs.image') },
        steps: [{ run: 'echo "job: $RESULT $IMAGE"' }],
      },
    },
  });
}

const secrets = () => ({
  TARGET_PASSWORD: LOGIN.password,
  COSIGN_PRIVATE_KEY: key.privateKey,
  COSIGN_PASSWORD: key.password,
  GITHUB_TOKEN: TOKEN,
});

const titles = (result: ActResult) => result.errors('promote').map(({ title }) => title);

const readRefusals = (result: ActResult): string[] =>
  (JSON.parse(result.outputs('promote', 'promote').refusals ?? '[]') as { code: string }[]).map(({ code }) => code);

describe('a push, run by act with uses: ./', () => {
  it(
    'promotes on Node 24, and the outputs reach the next step and the next job',
    async () => {
      await repository.addAction();
      await repository.commit({ [POLICY]: policy(), [WORKFLOW]: workflow('1.4.0', 'push/web:1.4.0', { uses: './' }) });
      const result = await repository.run({ name: 'push', secrets: secrets() });

      const image = `${production.host}/push/web:1.4.0@${digests.clean}`;
      expect({ errors: result.errors('promote'), code: result.code }).toEqual({ errors: [], code: 0 });
      expect(result.jobs).toEqual({ promote: 'success', deploy: 'success' });
      expect(result.outputs('promote', 'promote')).toMatchObject({ result: 'promoted', digest: digests.clean, image });
      expect(production.digestOf('push/web', '1.4.0')).toBe(digests.clean);
      expect(result.printed('promote')).toMatch(/^the action runs on v24\./m);
      expect(result.printed('promote')).toContain(`step: promoted ${image}\n`);
      expect(result.printed('deploy')).toContain(`job: promoted ${image}\n`);
      const summary = result.summary('promote', 'promote') ?? '';
      expect(summary).toMatch(/^## Promoted: shop\/web:1\.4\.0\n/);
      expect(summary).toContain(`\n${image}\n`);
      expect(summary).toContain(
        `cosign verify --key cosign.pub --insecure-ignore-tlog=true -a target=${production.host}/push/web:1.4.0 ${production.host}/push/web@`,
      );
      expect(summary).toContain('BEGIN PUBLIC KEY');

      expect(result.printed('promote')).toContain('secret: ***\n');
      expect(result.printed('promote')).toContain('login: ***\n'); // act masks the secret as it is, the action also as it is sent
      for (const secret of [LOGIN.password, key.password, BASIC, ...key.privateKey.split('\n').slice(1, 3)]) {
        expect(result.shown).not.toContain(secret);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'of a vulnerable image fails the job with an annotation, leaves no tag, and the next job does not run',
    async () => {
      await repository.addAction();
      await repository.commit({
        [POLICY]: policy(),
        [WORKFLOW]: workflow('1.5.0', 'refused/web:1.5.0', { uses: './' }),
      });
      const result = await repository.run({ name: 'push', secrets: secrets() });

      expect(result.code).toBe(1);
      expect(result.jobs.promote).toBe('failure');
      expect(result.errors('promote')).toEqual([
        {
          title: 'VULNERABLE',
          message: expect.stringMatching(/CVE-2099-0001 \(CRITICAL\) in libcritical.*\nRebuild the image/),
        },
      ]);
      expect(result.outputs('promote', 'promote')).toMatchObject({ result: 'refused', image: '' });
      expect(readRefusals(result)).toEqual(['VULNERABLE']);
      expect(result.printed('promote')).toContain('step: refused \n');
      expect(result.summary('promote', 'promote')).toMatch(/^## Refused: shop\/web:1\.5\.0\n/);
      expect(result.printed('deploy')).toBe('');
      expect(result.jobs.deploy).not.toBe('success');
      expect(production.tags('refused/web')).toEqual([]);
      expect(production.hasManifest('refused/web', digests.vulnerable)).toBe(false);
    },
    TIMEOUT_MS,
  );
});

describe('another repository, run by act', () => {
  it(
    'uses acme/promote-image@v1',
    async () => {
      const action = await createActRepository('acme/promote-image');
      try {
        await copyAction(action.directory);
        const text = workflow('1.4.0', 'released/web:1.4.0', { uses: 'acme/promote-image@v1' });
        await repository.commit({ [POLICY]: policy(), [WORKFLOW]: text });
        const localRepositories = { 'acme/promote-image@v1': action.directory };
        const result = await repository.run({ name: 'push', secrets: secrets(), localRepositories });
        expect({ errors: result.errors('promote'), code: result.code }).toEqual({ errors: [], code: 0 });
        expect(result.printed('deploy')).toContain(
          `job: promoted ${production.host}/released/web:1.4.0@${digests.clean}\n`,
        );
        expect(production.digestOf('released/web', '1.4.0')).toBe(digests.clean);
      } finally {
        await action.remove();
      }
    },
    TIMEOUT_MS,
  );
});

describe('a pull request, run by act', () => {
  const strict = () => policy({ mode: 'enforce' });
  const lax = () => policy({ mode: 'report' });
  const dryRun = { uses: './', with: { 'dry-run': 'true' } };

  it(
    'without dry-run is wrong use, and no registry is asked',
    async () => {
      await repository.addAction();
      const files = { [POLICY]: policy(), [WORKFLOW]: workflow('1.4.0', 'pr/web:1.4.0', { uses: './' }) };
      const base = await repository.commit(files);
      const before = [staging, production].map(({ log }) => log.entries.length);
      const payload = { pull_request: { base: { sha: base } } };
      const result = await repository.run({ name: 'pull_request', payload, secrets: secrets() });
      expect(result.jobs.promote).toBe('failure');
      expect(result.errors('promote')).toEqual([
        { title: 'Wrong use', message: expect.stringContaining('a pull request does not promote') },
      ]);
      expect(result.outputs('promote', 'promote')).toMatchObject({ result: 'failed', image: '', images: '[]' });
      expect([staging, production].map(({ log }) => log.entries.length)).toEqual(before);
    },
    TIMEOUT_MS,
  );

  it(
    'that makes the policy laxer is judged by the policy of the base commit, read with git',
    async () => {
      await repository.addAction();
      const text = workflow('1.5.0', 'pr/web:1.5.0', dryRun);
      const base = await repository.commit({ [POLICY]: strict(), [WORKFLOW]: text });
      await repository.commit({ [POLICY]: lax() });
      const payload = { pull_request: { base: { sha: base } } };
      const judged = await repository.run({ name: 'pull_request', payload, secrets: secrets() });
      expect({ refusals: readRefusals(judged), errors: titles(judged) }).toEqual({
        refusals: ['VULNERABLE'],
        errors: ['VULNERABLE'],
      });
      // The lax policy would have let it pass: on a push it is the one that counts.
      const pushed = await repository.run({ name: 'push', secrets: secrets() });
      expect(pushed.outputs('promote', 'promote').result).toBe('planned');
      expect(pushed.summary('promote', 'promote')).toMatch(/^## Plan, waiting for approval, with a warning: /);
      expect(production.tags('pr/web')).toEqual([]);
    },
    TIMEOUT_MS,
  );

  describe('whose base commit is not in the checkout', () => {
    const commit = 'b'.repeat(40);
    let github: Github;

    beforeEach(async () => {
      const files = { [POLICY]: strict() };
      github = await startGithub({ repository: 'acme/shop', commit, files, token: TOKEN });
      await repository.addAction();
      await repository.commit({ [POLICY]: lax(), [WORKFLOW]: workflow('1.5.0', 'pr/web:1.5.0', dryRun) });
    });
    afterEach(() => github.close());

    const judgeWith = (token: string): Promise<ActResult> =>
      repository.run({
        name: 'pull_request',
        payload: { pull_request: { base: { sha: commit } } },
        secrets: { ...secrets(), GITHUB_TOKEN: token },
        env: { GITHUB_API_URL: github.url },
      });

    it(
      'is judged by the policy that the API gives of it, asked with the token of the job',
      async () => {
        const result = await judgeWith(TOKEN);
        expect({ refusals: readRefusals(result), errors: titles(result) }).toEqual({
          refusals: ['VULNERABLE'],
          errors: ['VULNERABLE'],
        });
        expect(github.requests.filter(({ path }) => path.endsWith(`?ref=${commit}`))).toHaveLength(1);
        expect(github.requests.every(({ authorization }) => authorization?.endsWith(` ${TOKEN}`))).toBe(true);
        expect(result.shown).not.toContain(TOKEN);
      },
      TIMEOUT_MS,
    );

    it(
      'fails where the token may not read it: no answer is not "no policy"',
      async () => {
        const result = await judgeWith('ghs_of_another_job');
        expect(result.jobs.promote).toBe('failure');
        expect(titles(result)).toEqual(['BASE_COMMIT']);
        expect(result.outputs('promote', 'promote')).toMatchObject({ result: 'failed', image: '', images: '[]' });
        expect(github.requests.length).toBeGreaterThan(0);
      },
      TIMEOUT_MS,
    );
  });
});
