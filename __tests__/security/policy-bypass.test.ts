import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import { endOf, errorsOf, type PromoteStep, refused } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { createCheckout } from '../host/actions/checkout.ts';
import { findProblems } from '../promote/fake-step.ts';
import { openSecurityRoom, type SecurityRoom } from './security-room.ts';

const POLICY = '.github/promote-image.yml';
let room: SecurityRoom;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [room, staging, production] = await Promise.all([openSecurityRoom(), startRegistry(), startRegistry()]);
  await pushImage(staging.host, 'dev/web', '1', makeImage('vulnerable'));
  await pushImage(staging.host, 'dev/fixed', '1', makeImage('fixed'));
}, 120_000);

afterAll(async () => {
  await Promise.all([room?.close(), staging?.close(), production?.close()]);
});

/** A vulnerable image to production; whatever a step tries, nothing may be written. */
async function attempt(step: PromoteStep, image = 'web'): Promise<StepResult> {
  production.log.clear();
  const result = await room.promote(`${staging.host}/dev/${image}:1`, `${production.host}/prod/web:1`, step);
  expect(production.log.uploads()).toEqual([]);
  expect(production.tags('prod/web')).toEqual([]);
  return result;
}

/** Wrong use: told as such, before any registry was asked. */
async function refuseUse(error: RegExp, step: PromoteStep): Promise<void> {
  staging.log.clear();
  const result = await attempt(step);
  expect(result).toMatchObject({ code: 2, outputs: { result: 'failed' } });
  expect(errorsOf(result).map(({ title }) => title)).toContain('Wrong use');
  expect(errorsOf(result).map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringMatching(error)]),
  );
  expect([...staging.log.entries, ...production.log.entries]).toEqual([]);
}

/** What is told of a request with these inputs and files, which must be something. */
async function describeProblems(
  inputs: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Promise<string[]> {
  return (await findProblems(inputs, { files })).map(({ where, message }) => `${where}: ${message}`);
}

/** The strict policy of a repository, with what a test adds. */
const strict = (more = ''): string => `version: 1
signature: { transparencyLog: false }
scan: { severity: [CRITICAL], databases: ["${room.databases.host}/mirror/trivy-db:2"] }
environments: { production: { targets: ["${production.host}/*"] }, sandbox: { scan: { mode: 'off' } } }
${more}`;

describe('a policy that is not there is not passed over', () => {
  it('where there was no checkout and an environment is set', async () => {
    await refuseUse(/environment: names production, and there is no policy/, {
      policy: false,
      inputs: { environment: 'production' },
    });
  });

  it('where the policy input names a file that is absent', async () => {
    await refuseUse(/policy: names ops\/prod\.yml, which does not exist.*\n.*actions\/checkout/, {
      policy: false,
      inputs: { policy: 'ops/prod.yml' },
      files: { [POLICY]: strict() },
    });
  });

  it('where one of several files is absent', async () => {
    await refuseUse(/policy: names gone\.yml, which does not exist/, {
      policy: false,
      inputs: { policy: `${POLICY}\ngone.yml` },
      files: { [POLICY]: strict() },
    });
  });

  it('where it is a directory', async () => {
    await refuseUse(/policy.*is there and cannot be read/, {
      policy: false,
      files: { [`${POLICY}/x`]: '' },
    });
  });

  it('where it is empty', async () => {
    await refuseUse(/promote-image\.yml:1:1: it is empty/, { policy: false, files: { [POLICY]: '# nothing\n' } });
  });

  it('where it is a link that leads out of the workspace', async () => {
    const directory = await room.makeDirectory();
    const workspace = join(directory, 'workspace');
    await mkdir(join(workspace, '.github'), { recursive: true });
    await writeFile(join(directory, 'lax.yml'), 'version: 1\nscan: { mode: off }\n');
    await symlink('../../lax.yml', join(workspace, POLICY));
    await refuseUse(/is a link that leads out of the workspace/, {
      policy: false,
      env: { GITHUB_WORKSPACE: workspace },
    });
  });
});

describe('a pull request', () => {
  const lax = (): string => `version: 1\nscan: { mode: off }\nsignature: { transparencyLog: false }\n`;
  const checkOut = async (base: Readonly<Record<string, string>>) => {
    const { workspace, env } = await createCheckout(await room.makeDirectory(), base, { [POLICY]: lax() });
    return { GITHUB_WORKSPACE: workspace, GITHUB_EVENT_PATH: env.GITHUB_EVENT_PATH ?? '' };
  };

  it('that loosens the policy is judged by the one of its base commit', async () => {
    const env = await checkOut({ [POLICY]: strict() });
    const inputs = { 'dry-run': 'true', environment: 'production' };
    expect(endOf(await attempt({ policy: false, event: 'pull_request', env, inputs }))).toEqual(refused('VULNERABLE'));
  }, 120_000);

  it('that adds a policy has none yet', async () => {
    const env = await checkOut({ 'README.md': '' });
    const inputs = { 'dry-run': 'true', environment: 'production' };
    await refuseUse(/there is no policy/, { policy: false, event: 'pull_request_target', env, inputs });
  });

  it('cannot make its own ignore file count', async () => {
    const { workspace, env } = await createCheckout(
      await room.makeDirectory(),
      { 'README.md': '' },
      { '.trivyignore': 'CVE-2099-0001\n' },
    );
    await refuseUse(/trivyignores: names \.trivyignore, which does not exist/, {
      event: 'pull_request',
      env: { GITHUB_WORKSPACE: workspace, GITHUB_EVENT_PATH: env.GITHUB_EVENT_PATH ?? '' },
      inputs: { 'dry-run': 'true', trivyignores: '.trivyignore' },
    });
  });

  it.each(['pull_request', 'pull_request_target', 'pull_request_review', 'pull_request_review_comment'])(
    'on %s writes nothing',
    async (event) => {
      await refuseUse(/dry-run: must be true/, { event });
    },
  );
});

describe('an environment that is chosen for being lax', () => {
  it.each(['sandbox', ''])('does not let into production: %j', async (environment) => {
    const step = { policy: false, files: { [POLICY]: strict() }, inputs: { environment } } as const;
    expect(endOf(await attempt(step, 'fixed'))).toEqual(refused('ENVIRONMENT_MISMATCH'));
  });

  it.each(['Production', 'production ', 'prod', '__proto__', 'constructor'])(
    'is none when it is called %j',
    async (name) => {
      const step = { policy: false, files: { [POLICY]: strict() }, inputs: { environment: name } } as const;
      if (name.trim() === 'production') expect(endOf(await attempt(step))).toEqual(refused('VULNERABLE'));
      else await refuseUse(/environment: names .*\nDefined: production, sandbox/, step);
    },
    120_000,
  );
});

describe('an input that would loosen the policy is refused', () => {
  it.each<[string, string, Readonly<Record<string, string>>, RegExp]>([
    ['severity', 'scan: { severity: [CRITICAL, HIGH] }', { severity: 'CRITICAL' }, /severity: leaves out HIGH/],
    ['ignore-unfixed', 'scan: { ignoreUnfixed: false }', { 'ignore-unfixed': 'true' }, /ignore-unfixed: is true/],
    ['scan: off', 'scan: { mode: enforce }', { scan: 'off' }, /scan: is off, weaker/],
    ['scan: report', 'scan: { severity: [CRITICAL] }', { scan: 'report' }, /scan: is report, weaker/],
    ['trivyignores', 'scan: { ignore: [] }', { trivyignores: '.trivyignore' }, /trivyignores: would loosen/],
    ['sign', 'signature: { format: bundle }', { sign: 'false' }, /sign: is false/],
    ['sign, where it is to be logged', 'signature: { transparencyLog: true }', { sign: 'false' }, /sign: is false/],
    [
      'sign, where a signer is named',
      'signers: [{ role: promotion, key: k.pub }]',
      { sign: 'false' },
      /sign: is false/,
    ],
    ['attest', 'signers: [{ role: promotion, key: k.pub }]', { attest: 'false' }, /attest: is false.*signers/],
    [
      'signature-format',
      'signature: { format: both }',
      { 'signature-format': 'bundle' },
      /signature-format: is bundle, and \.github\/promote-image\.yml asks for both/,
    ],
    [
      'trusted-root, under the signers of the policy',
      'signers: [{ role: source, identity: i, issuer: j }]',
      { 'trusted-root': 'own.json' },
      /trusted-root: would decide whose certificates/,
    ],
    [
      'trusted-root, beside that of the policy',
      'signature: { trustedRoot: root.json }',
      { 'trusted-root': 'own.json' },
      /trusted-root: names own\.json, and .* names root\.json/,
    ],
    [
      'signing-config, beside that of the policy',
      'signature: { signingConfig: signing.json }',
      { 'signing-config': 'own.json' },
      /signing-config: names own\.json, and .* names signing\.json/,
    ],
  ])('%s', async (_, policy, inputs, error) => {
    const sigstore = Object.fromEntries(
      ['own.json', 'root.json', 'signing.json'].map((name) => [name, '{"tlogs":[{}]}']),
    );
    const files = { [POLICY]: `version: 1\n${policy}\n`, '.trivyignore': 'CVE-2099-0001\n', ...sigstore };
    expect(await describeProblems(inputs, files)).toEqual([expect.stringMatching(error)]);
  });

  it('also when a second, laxer policy is named beside it', async () => {
    const files = { [POLICY]: strict(), 'lax.yml': 'version: 1\nscan: { mode: off, severity: [CRITICAL] }\n' };
    const inputs = { policy: `${POLICY}\nlax.yml`, environment: 'production' };
    expect(endOf(await attempt({ policy: false, files, inputs }))).toEqual(refused('VULNERABLE'));
  }, 120_000);

  it('and naming a policy twice makes it no laxer', async () => {
    const inputs = { policy: `${POLICY}\n${POLICY}`, environment: 'production' };
    const step = await attempt({ policy: false, files: { [POLICY]: strict() }, inputs });
    expect(endOf(step)).toEqual(refused('VULNERABLE'));
  }, 120_000);
});

describe('a policy that reads differently to man and machine is refused', () => {
  it.each<[string, string, RegExp]>([
    ['a key twice', 'version: 1\nscan: { mode: enforce }\nscan: { mode: off }\n', /"scan" stands here twice/],
    ['a key twice, once in quotes', 'version: 1\nscan: { mode: enforce, "mode": off }\n', /"mode" stands here twice/],
    ['a merge key', 'version: 1\nscan: { <<: { mode: off } }\n', /<</],
    [
      'two documents',
      'version: 1\nscan: { mode: enforce }\n---\nversion: 1\nscan: { mode: off }\n',
      /more than one document/,
    ],
    ['a tag of a language', 'version: 1\nscan: { mode: !!js/function "off" }\n', /js\/function/],
    ['a tag that changes the type', 'version: 1\nscan: { ignoreUnfixed: !!str true }\n', /ignoreUnfixed/],
    ['an alias of nothing', 'version: 1\nscan: *none\n', /alias/],
    ['a key of JavaScript', 'version: 1\n__proto__: { scan: { mode: off } }\n', /__proto__/],
    ['an unknown key', 'version: 1\nscan: { modus: off }\n', /modus/],
    ['no version', 'scan: { mode: off }\n', /version/],
  ])('%s', async (_, text, error) => {
    const problems = await describeProblems({}, { [POLICY]: text });
    expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(error)]));
  });
});
