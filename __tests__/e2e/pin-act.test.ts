import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { type ActRepository, createActRepository } from '../../lab/act.ts';
import { pushImage } from '../../lab/image/push.ts';
import { run } from '../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { findTool } from '../../lab/tools.ts';
import { type Scene, setScene } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/pin/promote.yml');
const TIMEOUT_MS = 120_000;
const OLD = `sha256:${'1'.repeat(64)}`;
/** What every byte of has to stay, but the image's. */
const DEPLOYMENT = [
  'apiVersion: apps/v1\r\nkind: Deployment\r\nmetadata: {name: web}\r\nspec:\r\n  template:\r\n    spec:\r\n',
  '      containers:\r\n      - name: web   # the shop\r\n        image: "HOST/shop/web:1.4.1@OLD"\r\n',
  '      - name: proxy\r\n        image: other.example.com/proxy:2.0.0\r\n',
].join('');

interface Workflow {
  on: unknown;
  jobs: { production: { 'runs-on': string; environment?: string; steps: Record<string, unknown>[] } };
}

let scene: Scene;
let registry: LabRegistry;
let repository: ActRepository;
let home: string;

beforeAll(async () => {
  [scene, registry] = await Promise.all([setScene(), startRegistry()]);
  home = await mkdtemp(join(tmpdir(), 'pin-act-'));
  repository = await createActRepository('acme/shop');
  await repository.addAction();
  await pushImage(registry.host, 'staging/shop/web', '1.4.2', makeImage('fixed'));
}, TIMEOUT_MS);
afterAll(() =>
  Promise.all([scene?.close(), registry?.close(), repository?.remove(), rm(home, { recursive: true, force: true })]),
);

const git = async (...args: string[]): Promise<string> => {
  const { stdout } = await run('git', args, { cwd: join(home, 'origin.git'), env: { PATH: process.env.PATH ?? '' } });
  return stdout.trim();
};

/** The example as it is, but for host names, what only GitHub has, and a remote on this disk. */
async function toLocal(): Promise<string> {
  const text = (await readFile(EXAMPLE, 'utf8'))
    .replaceAll('registry.staging.internal', `${registry.host}/staging`)
    .replaceAll('registry.bank.internal', registry.host)
    .replaceAll(/\$\{\{ inputs\.version \}\}/g, '1.4.2')
    .replaceAll(/\$\{\{ inputs\.ticket \}\}/g, 'CVE-2026-1234');
  const workflow = parse(text) as Workflow;
  const { production } = workflow.jobs;
  workflow.on = 'push';
  production['runs-on'] = 'ubuntu-latest';
  const remote = `git remote set-url origin "file://${home}/origin.git" && git init -q --bare -b main "${home}/origin.git" && git push -q -u origin HEAD:main && git branch --set-upstream-to=origin/main`;
  production.steps = production.steps
    .filter(({ uses = '' }) => !String(uses).startsWith('docker/'))
    .flatMap((step): Record<string, unknown>[] => {
      const inputs = step.with as Record<string, unknown> | undefined;
      const tools = { trivy: findTool('trivy'), cosign: findTool('cosign') };
      if (step.id === 'promote') return [{ run: remote }, { ...step, uses: './', with: { ...inputs, ...tools } }];
      return step.id === 'pin' ? [{ ...step, uses: './pin', with: { ...inputs, ...tools } }] : [step];
    });
  return stringify(workflow);
}

describe('examples/pin, run by act', () => {
  it(
    'takes the output of a promotion through pin into a commit that is pushed and changes one line',
    async () => {
      const policy = {
        version: 1,
        scan: { databases: [`${scene.databases.host}/mirror/trivy-db:2`] },
        signature: { transparencyLog: false },
        signers: [{ role: 'promotion', images: [`${registry.host}/*`], key: 'keys/promotion.pub' }],
        images: { allow: [`${registry.host}/*`] },
        environments: { production: { targets: [`${registry.host}/*`] } },
      };
      const before = DEPLOYMENT.replace('HOST', registry.host).replace('OLD', OLD);
      const first = await repository.commit({
        '.github/promote-image.yml': stringify(policy),
        '.github/workflows/test.yml': await toLocal(),
        'deploy/web.yaml': before,
        'keys/promotion.pub': scene.key.publicKey,
      });
      const secrets = {
        COSIGN_PRIVATE_KEY: scene.key.privateKey,
        COSIGN_PASSWORD: scene.key.password,
        GITHUB_TOKEN: 'ghs_of_this_job',
      };
      const result = await repository.run({ name: 'push', secrets });
      expect({ errors: result.errors('production'), jobs: result.jobs }).toEqual({
        ...{ errors: [], jobs: { production: 'success' } },
      });
      const { digest } = makeImage('fixed').root;
      const image = `${registry.host}/shop/web:1.4.2@${digest}`;
      const outputs = result.outputs('production', 'pin');
      expect(outputs).toMatchObject({ result: 'changed', 'changed-files': 'deploy/web.yaml' });
      expect(JSON.parse(outputs.changes ?? '')).toEqual([
        { file: 'deploy/web.yaml', line: 9, from: `${registry.host}/shop/web:1.4.1@${OLD}`, to: image },
      ]);
      const log = (await git('log', '--format=%H', 'main')).split('\n');
      expect(log).toEqual([outputs['commit-sha'], first]);
      expect(await git('log', '-1', '--format=%an%n%B', 'main')).toBe(
        [
          'github-actions[bot]',
          `Pin ${registry.host}/shop/web:1.4.2`,
          '',
          `${registry.host}/shop/web: 1.4.1@${OLD} -> 1.4.2@${digest}`,
          '',
          'Ticket: CVE-2026-1234',
          'Promote-Image: pin',
        ].join('\n'),
      );
      expect(await git('diff', '--numstat', 'main~1', 'main')).toBe('1\t1\tdeploy/web.yaml');
      expect(`${await git('show', 'main:deploy/web.yaml')}\r\n`).toBe(
        before.replace(`${registry.host}/shop/web:1.4.1@${OLD}`, image),
      );
    },
    TIMEOUT_MS,
  );
});
