import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { D } from '../policy/workload-cases.ts';
import { type CheckRoom, openCheckRoom, placesOf } from './check-room.ts';

let room: CheckRoom;
const open = async (files: Readonly<Record<string, string>>): Promise<CheckRoom> => {
  room = await openCheckRoom(files);
  return room;
};
afterEach(() => room.remove());

const GOOD = `a.io/x:1.0.0${D}`;

describe('a check of files', () => {
  it('passes where every image is pinned, and says what it looked at', async () => {
    const compose = `services:\n  web:\n    image: ${GOOD}\n`;
    const { check } = await open({ 'compose.yml': compose, 'notes.yml': 'a: b\n' });
    expect(await check()).toMatchObject({
      ...{ result: 'passed', files: 2, uses: 1, images: [GOOD], findings: [], undecided: [], error: undefined },
    });
  });

  it('tells every rule that is broken at its line, by file and line', async () => {
    const { check } = await open({
      'b/compose.yml': `services:\n  web:\n    image: nginx:latest\n  db:\n    image: ${GOOD}\n  own:\n    build: .\n`,
      'a.yml': `apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec:\n  containers:\n    - image: a.io/x:1.0.0\n`,
    });
    const outcome = await check();
    expect(outcome.result).toBe('refused');
    expect(placesOf(outcome).toSorted()).toEqual([
      'a.yml:6 no-digest',
      'b/compose.yml:3 floating-tag',
      'b/compose.yml:3 implicit-registry',
      'b/compose.yml:3 no-digest',
      'b/compose.yml:7 no-digest',
    ]);
    expect(outcome.findings[0]).toMatchObject({ image: 'a.io/x:1.0.0', column: 14, level: 'error' });
  });

  it('is told of a file that cannot be read, and reads the others', async () => {
    const { check } = await open({
      'bad.yml': 'image: [\n',
      'compose.yml': 'services:\n  a:\n    image: a.io/x:1.0.0\n',
    });
    expect(placesOf(await check())).toEqual([
      expect.stringMatching(/^bad\.yml:\d unreadable-file$/),
      'compose.yml:3 no-digest',
    ]);
  });

  it('follows what a file takes images from, also where that is not named, but for what is left out', async () => {
    const files = {
      'deploy/compose.yml': 'services:\n  a:\n    extends: { file: ../base/common.yml, service: a }\n',
      'base/common.yml': 'services:\n  a:\n    image: a.io/x:1.0.0\n',
    };
    const { check } = await open(files);
    const { files: count, ...outcome } = await check({ files: 'deploy/compose.yml' });
    expect([count, placesOf(outcome)]).toEqual([2, ['base/common.yml:3 no-digest']]);
    expect(placesOf(await check({ files: 'deploy/compose.yml\n!base' }))).toEqual([]);
  });

  it('is told of what a file takes from outside of the workspace', async () => {
    const { check } = await open({
      'compose.yml': 'services:\n  a:\n    extends: { file: ../../common.yml, service: a }\n',
    });
    expect(placesOf(await check())).toEqual(['compose.yml:3 unreadable-file']);
  });

  it('finds an anchored image once, with the places that use it', async () => {
    const { check } = await open({
      'compose.yml': 'x-image: &image a.io/x:1.0.0\nservices:\n  a:\n    image: *image\n  b:\n    image: *image\n',
    });
    const { findings } = await check();
    expect(findings.map(({ line, rule }) => [line, rule])).toEqual([[1, 'no-digest']]);
    expect(findings[0]?.message).toContain('Used at line 4 (services.a.image), line 6 (services.b.image) as well.');
  });

  it('keeps findings that a policy excepts apart, until their day', async () => {
    const exception = (expires: string): string =>
      `version: 1\nimages:\n  exceptions:\n    - { image: a.io/*, rule: no-digest, reason: moving, expires: ${expires} }\n`;
    const compose = { 'compose.yml': 'services:\n  a:\n    image: a.io/x:1.0.0\n' };
    const { check } = await open(compose);
    const held = await check({ policy: exception('2026-11-21') });
    expect(held).toMatchObject({ result: 'passed', findings: [], excused: [{ rule: 'no-digest', line: 3 }] });
    const ended = await check({ policy: exception('2026-11-20') });
    expect(ended).toMatchObject({ result: 'refused', excused: [] });
    expect(ended.findings[0]?.message).toContain('An exception in input policy ended on 2026-11-20.');
  });

  it('writes SARIF where it is asked to, and fails where it cannot', async () => {
    const { check, directory } = await open({ 'compose.yml': 'services:\n  a:\n    image: a.io/x:1.0.0\n' });
    const outcome = await check({ sarif: 'out/check.sarif' });
    expect(outcome.sarif).toBe(join(directory, 'out/check.sarif'));
    const { runs } = JSON.parse(await readFile(outcome.sarif ?? '', 'utf8'));
    expect(runs[0].results).toMatchObject([{ ruleId: 'no-digest' }]);
    const failed = await check({ sarif: 'compose.yml/x.sarif' });
    expect(failed).toMatchObject({ result: 'failed', sarif: undefined, error: { code: 'SARIF_NOT_WRITTEN' } });
    expect(failed.findings).toHaveLength(1);
  });

  it('ends where it is cancelled', async () => {
    const { check } = await open({ 'compose.yml': `services:\n  a:\n    image: ${GOOD}\n` });
    const many = Object.fromEntries(
      Array.from({ length: 4000 }, (_, i) => [`many/${i}.yml`, 'services: {}\n'.repeat(1)]),
    );
    await room.write(many);
    const outcome = await check({}, { signal: AbortSignal.abort(new Error('cancelled')) });
    expect(outcome).toMatchObject({ result: 'failed', error: { message: 'cancelled' } });
  });
});

describe('a check of what runs in a cluster', () => {
  const pod = (name: string, image: string, imageID?: string) => ({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' } },
    spec: { containers: [{ name: 'web', image }] },
    status: { containerStatuses: [{ name: 'web', ...(imageID === undefined ? {} : { imageID }) }] },
  });
  const list = (...items: readonly unknown[]): string =>
    JSON.stringify({ kind: 'List', items: [...items, { kind: 'ConfigMap', metadata: { name: 'c' } }] }, null, 2);

  it('names what runs it, and needs no file', async () => {
    const { check } = await open({});
    const files = list(pod('a', 'nginx:latest'), pod('b', 'nginx:latest'), pod('c', GOOD));
    const { findings, ...outcome } = await check({ files });
    expect(outcome).toMatchObject({ result: 'refused', files: 0, uses: 3, ignored: ['1 ConfigMap'] });
    expect(new Set(findings.map(({ where }) => where))).toEqual(new Set(['Pod shop/a, container web, and 1 more']));
    expect(findings.map(({ file, line }) => [file, line])).toEqual(findings.map(() => ['-', undefined]));
  });

  it('takes no glob for JSON', async () => {
    const { check } = await open({ 'a.yml': 'a: b\n', 'b.yml': 'a: b\n' });
    expect(await check({ files: '{a,b}.yml' })).toMatchObject({ files: 2 });
    expect(await check({ files: '[ab].yml' })).toMatchObject({ files: 2 });
  });

  it('is wrong use where the JSON names nothing', async () => {
    const { read } = await open({});
    await expect(read({ files: '{ "kind": "List", "items": [] }' })).rejects.toThrow('input files: is JSON');
  });
});
