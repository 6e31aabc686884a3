import { describe, expect, it } from '@jest/globals';
import { formatReference } from '../../src/image/reference.ts';
import { sampleBatchPlan } from '../plan/sample-plan.ts';
import { findProblems, listPromotions, readAny, readBatch, writePromotions } from './sample-batch.ts';

const HEX = 'a'.repeat(64);
const three = listPromotions(3);
const file = writePromotions(three);

describe('a batch', () => {
  it('has the promotions of its file, numbered from 1, with everything else in common', async () => {
    const request = await readBatch([
      ...listPromotions(2),
      { source: `dev.test/b@sha256:${HEX}`, target: ['prod.test/b:1', 'prod.test/b:1.0'] },
    ]);
    expect(request).toMatchObject({ total: 3, shard: undefined, maxParallel: 4, failFast: false, plan: undefined });
    expect(
      request.items.map(({ number, request: { source, targets } }) => [
        number,
        formatReference(source),
        targets.map(formatReference),
      ]),
    ).toEqual([
      [1, 'dev.test/app-1:1', ['prod.test/app-1:1']],
      [2, 'dev.test/app-2:1', ['prod.test/app-2:1']],
      [3, `dev.test/b@sha256:${HEX}`, ['prod.test/b:1', 'prod.test/b:1.0']],
    ]);
    expect(request.items.every((item) => item.request.timeoutMs === request.shared.timeoutMs)).toBe(true);
  });

  it('may be JSON, as a machine writes it', async () => {
    expect(await findProblems(JSON.stringify({ version: 1, promotions: three }))).toEqual([]);
  });

  it('skips what is done already, unless it is told otherwise', async () => {
    expect((await readBatch(three)).shared.existingTag).toBe('accept-same-digest');
    expect((await readBatch(three, { 'existing-tag': 'refuse' })).shared.existingTag).toBe('refuse');
  });

  it('takes how many at once, how many jobs, and whether to stop', async () => {
    const request = await readBatch(three, {
      'max-parallel': '8',
      shards: '2',
      'fail-fast': 'true',
      'dry-run': 'true',
    });
    expect(request).toMatchObject({ maxParallel: 8, shards: 2, failFast: true });
  });

  it('scans each promotion as it says itself', async () => {
    const promotions = [...three, { source: 'dev.test/chart:1', target: 'prod.test/chart:1', scan: 'off' }];
    const { items } = await readBatch(promotions, { scan: 'enforce' });
    expect(items.map(({ request }) => request.policy.scan.mode)).toEqual(['enforce', 'enforce', 'enforce', 'off']);
  });

  it('takes one login for a side that is on one registry', async () => {
    const login = { 'source-username': 'u', 'source-password': 'p' };
    expect([...(await readBatch(three, login)).shared.credentials.source.keys()]).toEqual(['dev.test']);
    const elsewhere = [...three, { source: 'other.test/b:1', target: 'prod.test/b:1' }];
    expect(await findProblems(writePromotions(elsewhere), login)).toEqual([
      'input source-username: is one login, but the source names several registries: dev.test, other.test.',
    ]);
  });

  it('files alerts under the repository, and under the tag where several come from one', async () => {
    const promotions = [...three, { source: 'dev.test/app-1:2', target: 'prod.test/app-1:2' }];
    const categories = async (shard: string) =>
      (await readBatch(promotions, { shard })).items.map(({ request }) => request.category);
    expect(await categories('1/2')).toEqual(['dev.test/app-1:1', 'dev.test/app-3']);
    expect(await categories('2/2')).toEqual(['dev.test/app-2', 'dev.test/app-1:2']);
  });
});

describe('a shard', () => {
  it('has its share of the file, and the numbers of the file', async () => {
    const { items, total, shard } = await readBatch(listPromotions(5), { shard: '2/2' });
    expect(items.map(({ number }) => number)).toEqual([2, 4]);
    expect({ total, shard }).toEqual({ total: 5, shard: { k: 2, n: 2 } });
  });

  it('may be empty', async () => {
    expect((await readBatch(listPromotions(2), { shard: '3/4' })).items).toEqual([]);
  });

  it('checks the whole file', async () => {
    const bad = [...listPromotions(3), { source: 'dev.test/x:1', target: 'nowhere' }];
    expect(await findProblems(writePromotions(bad), { shard: '1/4' })).toEqual([
      expect.stringMatching(/^input promotions: item 4: /),
    ]);
  });
});

describe('what is wrong with a batch', () => {
  it('is told all at once, each with the number of its promotion', async () => {
    const problems = await findProblems(
      writePromotions([
        { source: 'app', target: 'prod.test/a:1' },
        { source: 'dev.test/b:1', target: ['prod.test/b:1', `prod.test/b@sha256:${HEX}`, 'prod.test/b:1'] },
        { source: 'dev.test/c:1', target: 'DEV.test/c:1' },
        { source: 'dev.test/d:1', target: 'prod.test/b:1' },
        { source: 'prod.test/b:1', target: 'prod.test/e:1' },
      ]),
      { 'max-parallel': '0', timeout: 'soon' },
    );
    expect(problems).toEqual([
      expect.stringMatching(/^input promotions: item 1: .*app/),
      expect.stringMatching(/^input promotions: item 2: .* names a digest/),
      'input promotions: item 2: prod.test/b:1 is named twice.',
      'input promotions: item 3: dev.test/c:1 is the source itself.',
      'input promotions: item 4: prod.test/b:1 is a target of item 2 as well from another source, dev.test/b:1.',
      'input promotions: item 5: its source prod.test/b:1 is a target of item 2, and all of a batch goes side by side.',
      'input max-parallel: is "0".',
      'input timeout: is "soon".',
    ]);
  });

  it('is told of a hundred, and then how many more there are', async () => {
    const bad = Array.from({ length: 130 }, () => ({ source: 'dev.test/a:1', target: 'x' }));
    const problems = await findProblems(writePromotions(bad));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('input promotions: 30 more problems are not shown.');
  });

  it('is told with its line where the file has another shape', async () => {
    const text = 'version: 1\npromotions:\n  - source: dev.test/a:1\n    targets: prod.test/a:1\n';
    expect(await findProblems(text)).toEqual([
      expect.stringMatching(/^p\.yml:3:5: promotions\[0\]\.target is missing/),
      expect.stringMatching(/^p\.yml:4:5: "targets" is not known/),
    ]);
  });

  it('is told of the other promotions as well where one has another shape', async () => {
    const text = `version: 1
promotions:
  - from: dev.test/a:1
  - { source: app, target: 'prod.test/b:1' }
  - { source: 'dev.test/c:1', target: 'prod.test/c:1' }
  - { source: 'dev.test/c:1', target: 'prod.test/c:1' }
`;
    const files = { 'plan.json': sampleBatchPlan(['c:1']).text };
    for (const step of [{}, { plan: 'plan.json' }]) {
      const problems = await findProblems(text, step, { files });
      expect(problems.slice(0, -2)).toEqual(Array(3).fill(expect.stringMatching(/^p\.yml:3:5: /)));
      expect(problems.slice(-2)).toEqual([
        expect.stringMatching(/^input promotions: item 2: .*app/),
        'input promotions: item 4: prod.test/c:1 is a target of item 3 as well.',
      ]);
    }
  });

  it('is shards for what is no dry run', async () => {
    expect(await findProblems(file, { shards: '2' })).toEqual([
      'input shards: is for the plan of a dry run, and this is none.',
    ]);
    expect(await findProblems(file, { shards: '2', 'dry-run': 'true' })).toEqual([]);
  });

  it.each([
    ['is empty', '', /^p\.yml:1:1: it is empty/],
    ['is JSON with a key twice', '{"version": 1, "version": 1, "promotions": []}', /stands here twice/],
    ['has no promotion', 'version: 1\npromotions: []\n', /is empty/],
  ])('is a file that %s', async (_, text, message) => {
    expect(await findProblems(text)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  it('is a file that is not there', async () => {
    expect(await findProblems('', { promotions: 'q.yml' })).toEqual([
      'input promotions: names q.yml, which does not exist.',
    ]);
  });

  it.each(['source', 'target'])('is %s beside it', async (name) => {
    expect(await findProblems(file, { [name]: 'x.test/a:1' })).toEqual([`input ${name}: is given beside promotions.`]);
  });

  it.each([
    ['max-parallel', '65'],
    ['max-parallel', 'many'],
    ['shards', '0'],
    ['shards', '257'],
  ])('is %s: %s', async (name, value) => {
    expect(await findProblems(file, { [name]: value })).toEqual([`input ${name}: is "${value}".`]);
  });

  it('is a scan that is weaker than a policy states, for each promotion that asks for it', async () => {
    const promotions = three.map((promotion) => ({ ...promotion, scan: 'off' }));
    const policy = 'version: 1\nscan: { severity: [CRITICAL] }\n';
    expect(await findProblems(writePromotions(promotions), { policy, scan: '' })).toEqual([
      expect.stringMatching(/^input promotions: item 1, 2, 3: scan is off, weaker than enforce/),
    ]);
    await expect(readAny(writePromotions(promotions), { policy, scan: '' })).rejects.toMatchObject({
      problems: [{ fix: 'Leave the key scan of these items out, or set scan.mode in the policy.' }],
    });
  });

  it.each(['shard', 'shards', 'fail-fast', 'max-parallel'])('is %s for one image', async (name) => {
    const one = { promotions: '', source: 'dev.test/a:1', target: 'prod.test/a:1' };
    const value = { shard: '1/2', 'fail-fast': 'true' }[name] ?? '2';
    expect(await findProblems(file, { ...one, [name]: value })).toEqual([
      `input ${name}: is for a batch, and this is one image.`,
    ]);
  });
});
