import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { digestOf } from '../../lab/registry/digest.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { makeSigningKey } from '../../lab/signing-key.ts';
import { findTool } from '../../lab/tools.ts';
import { recordSchema } from '../../src/chain/record-schema.ts';
import { endOf, type PromoteStep, recordsOf, type Scene, setScene, success, writeWrapper } from './fixture.ts';
import { makeImage } from './fixture-images.ts';
import { readStatement, verifyAttestation, verifySignature } from './fixture-target.ts';

const REVISION = '0123456789abcdef0123456789abcdef01234567';
const LOGIN = { username: 'deployer', password: 'pÄss "w0rd": $HOME%0A' };

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([
    setScene(),
    startRegistry(),
    startRegistry({ auth: { kind: 'bearer', ...LOGIN } }),
  ]);
  const labels = { 'org.opencontainers.image.revision': REVISION };
  await pushImage(staging.host, 'dev/web', '1', makeImage('fixed', { labels }));
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

const inputs = { 'target-username': LOGIN.username, 'target-password': LOGIN.password };
const promote = (tag: string, step: PromoteStep = {}): Promise<StepResult> =>
  scene.promote(`${staging.host}/dev/web:1`, `${production.host}/prod/web:${tag}`, {
    ...step,
    inputs: { ...inputs, ...step.inputs },
  });

describe('the record of a promotion', () => {
  it('says what was promoted where, by whom, past which gates, with which tools, database, policy and plan', async () => {
    const text = JSON.stringify({
      version: 1,
      scan: { databases: [`${scene.databases.host}/mirror/trivy-db:2`], severity: ['CRITICAL'] },
      signature: { transparencyLog: false },
      environments: { production: { targets: [`${production.host}/*`] } },
    });
    const before = Date.now();
    const target = await startRegistry();
    try {
      const policy = text.replace(production.host, target.host);
      const step = await scene.promote(`${staging.host}/dev/web:1`, `${target.host}/prod/web:1.4.2`, {
        policy: false,
        inputs: {
          policy: 'policies/production.yml',
          environment: 'production',
          'signature-annotations': 'ticket=OPS-42',
        },
        files: { 'policies/production.yml': policy },
      });
      expect(endOf(step)).toEqual(success('promoted'));
      const { digest = '' } = step.outputs;

      const attested = await verifyAttestation(`${target.host}/prod/web@${digest}`, scene.key.publicKey);
      const statement = readStatement(attested.stdout);
      expect(await recordsOf(step)).toEqual([statement]);
      expect(statement.subject).toEqual([
        { name: `${target.host}/prod/web`, digest: { sha256: digest.slice('sha256:'.length) } },
      ]);
      const record = recordSchema.parse(statement.predicate);
      expect(record).toMatchObject({
        source: { reference: `${staging.host}/dev/web:1`, digest },
        targets: [`${target.host}/prod/web:1.4.2`],
        environment: 'production',
        ...{ revision: REVISION, revisionEvidence: 'label' },
        ...{ actor: 'release-manager', repository: 'acme/shop', runId: '4711', runAttempt: 1 },
        workflow: 'acme/shop/.github/workflows/release.yml@refs/heads/main',
        runUrl: 'https://github.com/acme/shop/actions/runs/4711/attempts/1',
        exceptions: [],
        signer: { name: 'cosign', trustedAsGiven: true, sha256: await hashTool('cosign') },
        vulnerabilities: { CRITICAL: 0 },
        policies: [{ name: 'policies/production.yml', digest: digestOf(policy) }],
        planDigest: step.outputs['plan-digest'],
        inputAttestations: [],
      });
      expect(record.scanner).toMatchObject({
        tool: { name: 'trivy', trustedAsGiven: true, sha256: await hashTool('trivy') },
        database: {
          source: `${scene.databases.host}/mirror/trivy-db:2`,
          digest: scene.databases.digestOf('mirror/trivy-db', '2'),
        },
        platforms: [{ platform: 'linux/amd64', digest }],
      });
      expect(record.scanner?.database.ageSeconds).toBeLessThan(600);
      expect(record.gates.map(({ name, verdict }) => [name, verdict])).toEqual([
        ...['Allowed registries', 'Allowed tags', 'Target tag', 'Scan database', 'Vulnerability scan'].map((name) => [
          name,
          'passed',
        ]),
      ]);
      const [start, finish] = [record.startedAt, record.finishedAt].map((time) => Date.parse(time));
      expect(start).toBeGreaterThanOrEqual(before);
      expect(finish).toBeGreaterThanOrEqual(start ?? Number.NaN);

      const name = `${target.host}/prod/web:1.4.2`;
      const annotations = { target: name, environment: 'production', ticket: 'OPS-42' };
      expect(await verifySignature(name, scene.key.publicKey, annotations)).toMatchObject({ code: 0 });
      for (const wrong of [{ target: `${target.host}/prod/web:9` }, { environment: 'test' }, { ticket: 'OPS-43' }]) {
        const { code, stderr } = await verifySignature(name, scene.key.publicKey, wrong);
        expect({ code, stderr }).toEqual({ code: expect.any(Number), stderr: expect.stringMatching(/annotation/) });
        expect(code).not.toBe(0);
      }
      const other = await makeSigningKey();
      for (const verify of [verifySignature(name, other.publicKey), verifyAttestation(name, other.publicKey)]) {
        expect((await verify).code).not.toBe(0);
      }
    } finally {
      await target.close();
    }
  }, 120_000);

  it('tells the exceptions that were used, with reason and end', async () => {
    await pushImage(staging.host, 'dev/accepted', '1', makeImage('vulnerable'));
    const exception = { id: 'CVE-2099-0001', package: 'libcritical', reason: 'not reachable', expires: '2099-12-31' };
    const target = await startRegistry();
    try {
      const policy = { scan: { ignore: [exception] } };
      const step = await scene.promote(`${staging.host}/dev/accepted:1`, `${target.host}/prod/accepted:1`, { policy });
      expect(endOf(step)).toEqual(success('promoted'));
      const [record] = await recordsOf(step);
      expect(record?.predicate).toMatchObject({ exceptions: [exception], vulnerabilities: { CRITICAL: 1 } });
      for (const text of ['CVE-2099-0001', 'not reachable', '2099-12-31']) expect(step.summary).toContain(text);
    } finally {
      await target.close();
    }
  }, 120_000);
});

async function hashTool(name: 'trivy' | 'cosign'): Promise<string> {
  return createHash('sha256')
    .update(await readFile(findTool(name)))
    .digest('hex');
}

describe('secrets', () => {
  const debug = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' };

  it.each<{ what: string; tag: string; step: PromoteStep; code: number }>([
    { what: 'goes well', tag: 'secret-1', step: {}, code: 0 },
    { what: 'is refused', tag: 'latest', step: {}, code: 3 },
    {
      what: 'fails with a wrong key password',
      tag: 'secret-2',
      step: { env: { COSIGN_PASSWORD: 'a wrong passphrase' } },
      code: 1,
    },
    {
      what: 'fails with a wrong registry password',
      tag: 'secret-3',
      step: { inputs: { 'target-password': 'a wrong login' } },
      code: 1,
    },
    { what: 'is wrong use', tag: 'secret-4', step: { inputs: { severity: 'HIGH' } }, code: 2 },
  ])(
    'are masked, and stand nowhere else, when the promotion $what',
    async ({ tag, step, code }) => {
      const all = { ...inputs, 'github-token': 'ghs_0123456789abcdef', ...step.inputs };
      const result = await promote(tag, { inputs: all, env: { ...debug, ...step.env } });
      expect(result.code).toBe(code);

      const login = `${all['target-username']}:${all['target-password']}`;
      const plain = [all['target-password'], all['github-token'], step.env?.COSIGN_PASSWORD ?? scene.key.password];
      const lines = scene.key.privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
      const secrets = [...plain, ...lines, Buffer.from(login).toString('base64'), encodeURIComponent(plain[0] ?? '')];
      const masked = [...result.log.matchAll(/^::add-mask::(.*)$/gm)].map(([, secret = '']) => unescapeCommand(secret));
      const sent = code === 0 ? [Buffer.from(login).toString('base64')] : [];
      for (const secret of [...plain, ...lines, ...sent]) expect(masked).toContain(secret);

      const texts = {
        log: unescapeCommand(result.log.replace(/^::add-mask::.*$/gm, '')),
        summary: result.summary,
        outputs: JSON.stringify(result.outputs),
        ...(await readResults(result)),
      };
      for (const [name, text] of Object.entries(texts)) {
        const found = secrets.filter((secret) => text.includes(secret));
        expect({ name, found }).toEqual({ name, found: [] });
      }
    },
    120_000,
  );
});

function unescapeCommand(text: string): string {
  return text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%');
}

/** All that a step leaves on disk for later steps. */
async function readResults({ temporary }: StepResult): Promise<Record<string, string>> {
  const files = (await readdir(temporary, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = files.map(
    async ({ parentPath, name }) => [name, await readFile(join(parentPath, name), 'utf8')] as const,
  );
  return Object.fromEntries(await Promise.all(texts));
}

describe('the children', () => {
  /** A tool that notes its environment, its arguments and what lies in its working directory before it does its work. */
  const spy = (file: string): string =>
    `{ echo "ARGS $*"; env -0 | tr '\\n\\0' ' \\n' | sed 's/^/ENV /'; ls -A | sed 's/^/FILE /'; } >> '${file}'\nexec "$REAL" "$@"`;
  const ours = ['PATH', 'HOME', 'TMPDIR', 'TMP', 'TEMP'];
  const ofTheShell = ['PWD', 'OLDPWD', 'SHLVL', '_'];
  const env = {
    ...{
      TRIVY_SEVERITY: 'LOW',
      TRIVY_PASSWORD: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      GITHUB_TOKEN: 'x',
      DOCKER_CONFIG: '/nowhere',
    },
    ...{
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
      COSIGN_REPOSITORY: 'elsewhere.example/x',
      SIGSTORE_ROOT_FILE: '/nowhere',
    },
  };

  async function readSpy(
    file: string,
  ): Promise<{ args: string[]; variables: string[]; files: string[]; text: string }> {
    const text = await readFile(file, 'utf8');
    const pick = (kind: string) =>
      text.split('\n').flatMap((line) => (line.startsWith(`${kind} `) ? [line.slice(kind.length + 1)] : []));
    const variables = pick('ENV').map((line) => line.split('=')[0] ?? '');
    return {
      args: pick('ARGS'),
      variables: [...new Set(variables)].filter((name) => !ofTheShell.includes(name)),
      files: pick('FILE'),
      text,
    };
  }

  it('Trivy gets a PATH and folders of its own, an empty directory, no credential and no network', async () => {
    const directory = await scene.makeDirectory();
    const file = join(directory, 'seen');
    const trivy = await writeWrapper(directory, 'trivy', spy(file));
    const step = await promote('spied', {
      inputs: { trivy },
      env,
      files: { '.trivyignore': 'CVE-2099-0001\n', 'trivy.yaml': 'severity: [LOW]\n' },
    });
    expect(endOf(step)).toEqual(success('promoted'));
    const { args, variables, files, text } = await readSpy(file);
    expect(variables.filter((name) => !ours.includes(name))).toEqual([]);
    expect(files).toEqual([]);
    const scans = args.filter((line) => line.includes('--input'));
    expect(scans).toHaveLength(1);
    for (const flag of ['--offline-scan', '--skip-db-update', '--skip-java-db-update'])
      expect(scans[0]).toContain(flag);
    for (const secret of [LOGIN.password, scene.key.password]) expect(text).not.toContain(secret);
    expect(text).not.toContain(step.workspace);
  }, 120_000);

  it('cosign gets the key and its password only to sign, and never a registry credential', async () => {
    const directory = await scene.makeDirectory();
    const file = join(directory, 'seen');
    const cosign = await writeWrapper(directory, 'cosign', spy(file));
    expect(endOf(await promote('cosigned', { inputs: { cosign }, env }))).toEqual(success('promoted'));
    const { text, variables } = await readSpy(file);
    expect(variables.filter((name) => ![...ours, 'COSIGN_PASSWORD', 'COSIGN_PRIVATE_KEY'].includes(name))).toEqual([]);
    const calls = text.split(/^ARGS /m).slice(1);
    const knowing = calls.filter((call) => call.includes('COSIGN_PRIVATE_KEY=')).map((call) => call.split(' ')[0]);
    expect([...new Set(knowing)].sort()).toEqual(['attest-blob', 'public-key']);
    expect(calls.map((call) => call.split(/\s/)[0])).toEqual(expect.arrayContaining(['verify', 'verify-attestation']));
    expect(text).not.toContain(LOGIN.password);
    const argv = calls.map((call) => call.split('\n')[0]).join('\n');
    for (const secret of [scene.key.password, LOGIN.username]) expect(argv).not.toContain(secret);
  }, 120_000);
});
