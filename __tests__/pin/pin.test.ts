import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPinRoom, type PinRoom } from './pin-room.ts';

const COMPOSE = [
  '\ufeffservices:\r\n',
  '  web:\r\n    image: "HOST/shop/web:1.4.0" # the shop\r\n',
  "  job: { image: 'HOST/shop/web:1.4.0' }\r\n",
  '  db:\r\n    image: HOST/shop/db:16.1.0\r\n',
].join('');
const OTHER = `sha256:${'0'.repeat(64)}`;

let room: PinRoom;
let web: string;
let db: string;

beforeEach(async () => {
  room = await openPinRoom({
    'compose.yml': COMPOSE,
    'deploy/kustomization.yaml': 'images:\n- name: HOST/shop/web\n  newTag: 1.4.0\n',
    'deploy/values.yaml': `image:\n  registry: HOST\n  repository: shop/db\n  tag: 16.1.0\n  digest: ${OTHER}\n`,
    Dockerfile: 'FROM HOST/shop/db:16.1.0 AS base\nFROM base\n',
  });
  web = await room.push('shop/web', '1.4.0');
  db = await room.push('shop/db', '16.1.0');
});
afterEach(() => room.remove());

const heads = (): string[] => room.registry.log.find('HEAD', /\/manifests\//).map(({ path }) => path);

describe('pin', () => {
  it('writes the digest of each tag, touches no other byte, and asks for each tag once', async () => {
    const outcome = await room.pin();
    expect(outcome).toMatchObject({ result: 'changed', error: undefined, undecided: [] });
    const before = COMPOSE.replaceAll('HOST', room.registry.host);
    expect(await room.text('compose.yml')).toBe(
      before.replaceAll('1.4.0', `1.4.0@${web}`).replace('16.1.0', `16.1.0@${db}`),
    );
    expect(await room.text('deploy/kustomization.yaml')).toMatch(
      new RegExp(`newTag: 1\\.4\\.0\\n  digest: ${web}\\n$`),
    );
    expect(await room.text('deploy/values.yaml')).toMatch(new RegExp(`tag: 16\\.1\\.0\\n  digest: ${db}\\n$`));
    expect(await room.text('Dockerfile')).toBe(`FROM ${room.registry.host}/shop/db:16.1.0@${db} AS base\nFROM base\n`);
    expect(heads().sort()).toEqual(['/v2/shop/db/manifests/16.1.0', '/v2/shop/web/manifests/1.4.0']);
    expect(outcome.changes.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'Dockerfile:1',
      'compose.yml:3',
      'compose.yml:4',
      'compose.yml:6',
      'deploy/kustomization.yaml:2',
      'deploy/values.yaml:3',
    ]);
  });

  it('has nothing to change the second time, and writes what a tag became the third', async () => {
    await room.pin();
    const pinned = await room.text('compose.yml');
    expect(await room.pin()).toMatchObject({ result: 'unchanged', changes: [], diff: '' });
    const moved = await room.push('shop/web', '1.4.0');
    expect(await room.pin({ refresh: 'false' })).toMatchObject({ result: 'unchanged' });
    expect(await room.pin({ files: 'compose.yml' })).toMatchObject({ result: 'changed' });
    expect(await room.text('compose.yml')).toBe(pinned.replaceAll(web, moved));
  });

  it('of a dry run writes nothing, and its diff is what git apply needs', async () => {
    const outcome = await room.pin({ 'dry-run': 'true' });
    expect(outcome.result).toBe('changed');
    expect(room.git(['status', '--porcelain'])).toBe('');
    await writeFile(join(room.home, 'pin.patch'), outcome.diff);
    room.git(['apply', join(room.home, 'pin.patch')]);
    expect(await room.pin()).toMatchObject({ result: 'unchanged' });
  });

  it('writes no file where one tag is not there, and says at which lines', async () => {
    await room.commit({ 'more.yml': `services:\n  a:\n    image: ${room.registry.host}/shop/gone:1.0.0\n` });
    const outcome = await room.pin();
    expect(outcome).toMatchObject({ result: 'refused', changes: [], diff: '' });
    expect(outcome.findings.map(({ file, line, rule }) => [file, line, rule])).toEqual([
      ['more.yml', 3, 'digest-not-found'],
    ]);
    expect(room.git(['status', '--porcelain'])).toBe('');
  });

  it('writes no file where one registry does not answer', async () => {
    await room.commit({ 'more.yml': 'services:\n  a:\n    image: 127.0.0.1:1/shop/web:1.0.0\n' });
    const outcome = await room.pin();
    expect([outcome.result, outcome.undecided.map(({ image }) => image)]).toEqual([
      'failed',
      ['127.0.0.1:1/shop/web:1.0.0'],
    ]);
    expect(room.git(['status', '--porcelain'])).toBe('');
  });

  it('leaves what a variable decides and what cannot be read, and says so', async () => {
    await room.commit({
      'more.yml': `services:\n  a:\n    image: \${IMAGE}\n  b:\n    image: \${B:-${room.registry.host}/shop/web:1.4.0}\n  c:\n    build: .\n`,
      'bad.yml': 'services:\n  a:\n\timage: x\n',
    });
    const outcome = await room.pin();
    expect(outcome.left.map(({ use, why }) => [use.line, why])).toEqual([[3, 'a variable decides which image it is']]);
    expect(outcome.flaws).toMatchObject([{ file: 'bad.yml' }]);
    expect(await room.text('more.yml')).toContain(`\${B:-${room.registry.host}/shop/web:1.4.0@${web}}`);
  });
});

describe('pin of images that are named', () => {
  it('sets what a promotion says wherever its repository stands, and nothing else', async () => {
    const image = `${room.registry.host}/shop/web:1.5.0@${OTHER}`;
    const outcome = await room.pin({ images: image });
    expect([outcome.result, heads()]).toEqual(['changed', []]);
    expect(outcome.changes.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'compose.yml:3',
      'compose.yml:4',
      'deploy/kustomization.yaml:2',
    ]);
    expect(await room.text('compose.yml')).toContain(`image: "${image}" # the shop\r\n`);
    expect(await room.text('deploy/kustomization.yaml')).toContain(`newTag: 1.5.0\n  digest: ${OTHER}\n`);
  });

  it('moves an image to another registry by a mapping, in every form', async () => {
    const outcome = await room.pin({
      images: `HOST/shop/web = prod.example.com/shop/web:1.5.0@${OTHER}\nHOST/shop/db=prod.example.com/db:17.0.0@${OTHER}`,
    });
    expect(outcome.result).toBe('changed');
    expect(await room.text('compose.yml')).toContain(`image: 'prod.example.com/shop/web:1.5.0@${OTHER}' }`);
    expect(await room.text('deploy/values.yaml')).toBe(
      `image:\n  registry: prod.example.com\n  repository: db\n  tag: 17.0.0\n  digest: ${OTHER}\n`,
    );
  });

  it('keeps the tag of a place where none is given, and looks it up', async () => {
    expect(await room.pin({ images: 'HOST/shop/db' })).toMatchObject({ result: 'changed' });
    expect(await room.text('Dockerfile')).toContain(`:16.1.0@${db} AS`);
    expect(await room.text('compose.yml')).not.toContain(`web:1.4.0@`);
    const copy = await room.push('mirror/db', '16.1.0');
    await room.pin({ images: 'HOST/shop/db=HOST/mirror/db' });
    expect(await room.text('Dockerfile')).toContain(`/mirror/db:16.1.0@${copy} AS`);
  });

  it('that no file names is wrong use, whatever else could be set', async () => {
    const outcome = await room.pin({ images: `HOST/shop/web:1.5.0@${OTHER}\nprod.example.com/shop/none:1.0.0` });
    expect(outcome.result).toBe('failed');
    expect(outcome.error).toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('names prod.example.com/shop/none'),
    });
    expect(room.git(['status', '--porcelain'])).toBe('');
  });

  it('fails where one of the places has no room for it', async () => {
    await room.commit({ 'more.yml': `services:\n  a:\n    image: ${room.registry.host}/shop/web:\${TAG}\n` });
    const outcome = await room.pin({ images: `HOST/shop/web:1.5.0@${OTHER}` });
    expect(outcome.error).toMatchObject({ code: 'NOT_EDITABLE', message: expect.stringContaining('more.yml:3:12') });
    expect(room.git(['status', '--porcelain'])).toBe('');
  });
});

describe('what check would refuse', () => {
  const POLICY = (images: object): string => JSON.stringify({ version: 1, images });

  it('is not written, and its registry is not asked', async () => {
    const policy = POLICY({ allow: ['prod.example.com/*'] });
    const outcome = await room.pin({ policy, files: 'compose.yml' });
    expect([outcome.result, heads(), room.git(['status', '--porcelain'])]).toEqual(['refused', [], '']);
    expect(outcome.findings.map(({ line, rule }) => [line, rule])).toEqual(
      [3, 4, 6].map((line) => [line, 'registry-not-allowed']),
    );
  });

  it('is a tag that moves, by a policy that speaks of images; without one it is told, and gets its digest', async () => {
    await room.commit({ 'more.yml': `services:\n  a:\n    image: ${room.registry.host}/shop/web:latest\n` });
    const latest = await room.push('shop/web', 'latest');
    expect(await room.pin({ policy: POLICY({ requireDigest: true }), files: 'more.yml' })).toMatchObject({
      ...{ result: 'refused', findings: [{ rule: 'floating-tag', level: 'error', line: 3 }] },
    });
    const outcome = await room.pin({ files: 'more.yml' });
    expect(outcome).toMatchObject({ result: 'changed', findings: [{ rule: 'floating-tag', level: 'warning' }] });
    expect(await room.text('more.yml')).toContain(`/shop/web:latest@${latest}\n`);
  });

  it('is written where the policy excepts it', async () => {
    const exceptions = [
      { image: `${room.registry.host}/shop/*`, rule: 'registry-not-allowed', reason: 'moving', expires: '2999-01-31' },
    ];
    const policy = POLICY({ allow: ['prod.example.com/*'], exceptions });
    expect(await room.pin({ policy })).toMatchObject({ result: 'changed', excused: [{}, {}, {}, {}, {}, {}] });
  });

  it('is a digest that is not there, with verify: exists', async () => {
    const outcome = await room.pin({ images: `HOST/shop/web:1.4.0@${OTHER}`, verify: 'exists' });
    expect([outcome.result, room.git(['status', '--porcelain'])]).toEqual(['refused', '']);
    expect(outcome.findings.map(({ rule }) => rule)).toEqual([
      'digest-not-found',
      'digest-not-found',
      'digest-not-found',
    ]);
  });
});

describe('a file that changes while pin runs', () => {
  it('is refused, and none is written', async () => {
    const hold = async <T>(work: (cut: AbortSignal) => Promise<T>): Promise<T> => {
      await room.write({ 'compose.yml': 'services: {}\n' });
      return work(room.ports.signal);
    };
    const outcome = await room.pin({}, { hold });
    expect([outcome.result, outcome.changes]).toEqual(['failed', []]);
    expect(outcome.error).toMatchObject({ code: 'FILE_CHANGED' });
    expect(room.git(['status', '--porcelain'])).toBe('M compose.yml');
  });
});
