import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { type ActRepository, type ActResult, createActRepository } from '../../lab/act.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { findTool } from '../../lab/tools.ts';
import { endOf, type Scene, setScene, success } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/workloads');
const POLICY = '.github/promote-image.yml';
const WORKFLOW = '.github/workflows/test.yml';
const WEB = 'deploy/kubernetes/web.yaml';
const TIMEOUT_MS = 120_000;

let scene: Scene;
let registry: LabRegistry;
let repository: ActRepository;
/** The example, about an image that was promoted to production here. */
let example: Readonly<Record<string, string>>;

beforeAll(async () => {
  [scene, registry] = await Promise.all([setScene(), startRegistry()]);
  await pushImage(registry.host, 'dev/web', '1.4.2', makeImage('fixed'));
  for (const name of ['web:1.4.2', 'db:16.4.1']) {
    const step = await scene.promote(`${registry.host}/dev/web:1.4.2`, `${registry.host}/shop/${name}`, {
      inputs: { environment: 'production' },
      policy: { environments: { production: {} } },
    });
    expect(endOf(step)).toEqual(success('promoted'));
  }
  example = await readExample(makeImage('fixed').root.digest);
}, TIMEOUT_MS);
afterAll(() => Promise.all([scene?.close(), registry?.close()]));
beforeEach(async () => {
  repository = await createActRepository('acme/shop');
  await repository.addAction();
});
afterEach(() => repository.remove());

/** The files of the example, as its README says where to put them: another host, another digest, no services of GitHub. */
async function readExample(digest: string): Promise<Record<string, string>> {
  const names = await readdir(join(EXAMPLE, 'deploy'), { recursive: true, withFileTypes: true });
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = async (path: string): Promise<string> =>
    (await readFile(path, 'utf8'))
      .replaceAll('registry.bank.internal', registry.host)
      .replace(/sha256:[a-f0-9]{64}/g, digest);
  const deploy = await Promise.all(paths.map(async (path) => [path.slice(EXAMPLE.length + 1), await read(path)]));
  const policy = parse(await read(join(EXAMPLE, 'promote-image.yml'))) as Record<string, unknown>;
  return {
    ...(Object.fromEntries(deploy) as Record<string, string>),
    [POLICY]: stringify({ ...policy, signature: { transparencyLog: false } }),
    [WORKFLOW]: toLocal(await read(join(EXAMPLE, 'check.yml'))),
    'keys/promotion.pub': scene.key.publicKey,
  };
}

function toLocal(text: string): string {
  const workflow = parse(text) as {
    jobs: Record<string, { 'runs-on': string; steps: { uses?: string; with?: Record<string, string> }[] }>;
  };
  const { production } = workflow.jobs;
  if (production === undefined) throw new Error('the example has no job of this name');
  production['runs-on'] = 'ubuntu-latest';
  production.steps = production.steps
    .filter(({ uses = '' }) => !/^(?:docker|github)\//.test(uses))
    .map((step) =>
      step.uses === 'OWNER/promote-image/check@v1'
        ? { ...step, uses: './check', with: { ...step.with, cosign: findTool('cosign') } }
        : step,
    );
  return stringify(workflow);
}

const pullRequest = (base: string): Promise<ActResult> =>
  repository.run({
    name: 'pull_request',
    payload: { pull_request: { base: { sha: base } } },
    secrets: { GITHUB_TOKEN: 'ghs_of_this_job' },
  });
const unpin = (text: string): string => text.replace(/@sha256:[a-f0-9]{64}/, '');
/** The error annotations, with where GitHub would show them. */
const shownErrors = ({ lines }: ActResult) =>
  lines.filter(({ command }) => command === 'error').map(({ kvPairs, arg }) => ({ ...kvPairs, message: arg }));

describe('examples/workloads, run by act', () => {
  it(
    'passes where every image of production was promoted there',
    async () => {
      const base = await repository.commit(example);
      const result = await pullRequest(base);
      expect(shownErrors(result)).toEqual([]);
      expect(result.outputs('production', 'check')).toMatchObject({ result: 'passed', violations: '0' });
      expect(result.summary('production', 'check')).toMatch(/^## Checked: 7 images in 4 files \(production\)\n/);
    },
    TIMEOUT_MS,
  );

  it(
    'fails a pull request that unpins one image, with an annotation on its line',
    async () => {
      const base = await repository.commit(example);
      await repository.commit({ [WEB]: unpin(example[WEB] ?? '') });
      const result = await pullRequest(base);
      expect(result.jobs).toEqual({ production: 'failure' });
      expect(shownErrors(result)).toEqual([
        {
          ...{ title: 'no-digest', file: WEB, line: '14', col: '18' },
          message: expect.stringMatching(
            /\/shop\/web:1\.4\.2: It has no digest.*\nWrite registry\/repository:tag@sha256/,
          ),
        },
      ]);
      expect(result.outputs('production', 'check')).toMatchObject({ result: 'refused', violations: '1' });
      expect(result.summary('production', 'check')).toContain('`no-digest`');
    },
    TIMEOUT_MS,
  );

  it(
    'judges a pull request that makes the policy laxer by the policy of its base',
    async () => {
      const base = await repository.commit(example);
      await repository.commit({
        [WEB]: unpin(example[WEB] ?? ''),
        [POLICY]: 'version: 1\nenvironments: { production: { images: { requireDigest: false } } }\n',
      });
      const judged = await pullRequest(base);
      expect(shownErrors(judged).map(({ message }) => message)).toEqual([expect.stringContaining('It has no digest')]);
      // On a push, the lax one is the one that counts.
      const pushed = await repository.run({ name: 'push', secrets: { GITHUB_TOKEN: 'x' } });
      expect(pushed.outputs('production', 'check').result).toBe('passed');
    },
    TIMEOUT_MS,
  );

  it(
    'fails a pull request with an image that nobody promoted',
    async () => {
      const stranger = makeImage('fixed', { labels: { name: 'by hand' } });
      await pushImage(registry.host, 'shop/web', '1.4.3', stranger);
      const base = await repository.commit(example);
      const file = 'deploy/compose/compose.yml';
      const text = (example[file] ?? '').replace(
        /web:1\.4\.2@sha256:[a-f0-9]{64}/,
        `web:1.4.3@${stranger.root.digest}`,
      );
      await repository.commit({ [file]: text });
      const result = await pullRequest(base);
      expect(shownErrors(result)).toMatchObject([{ title: 'not-promoted', file, line: '3' }]);
    },
    TIMEOUT_MS,
  );
});
