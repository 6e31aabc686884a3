import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UsageError } from '../../src/base/error.ts';
import { openPinRoom, type PinRoom } from './pin-room.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
let room: PinRoom;
beforeAll(async () => {
  room = await openPinRoom({ 'compose.yml': 'services: {}\n', '.github/workflows/ci.yml': 'on: push\n' });
});
afterAll(() => room.remove());

const flawsOf = (inputs: Readonly<Record<string, string>>, context = {}): Promise<string[]> =>
  room.read(inputs, context).then(
    () => [],
    (error: UsageError) => error.problems.map(({ where, message }) => `${where} ${message}`),
  );

describe('the request of pin', () => {
  it('by default is for every image of every workload file, and writes nothing but files', async () => {
    expect(await room.read()).toMatchObject({
      ...{ files: ['compose.yml'], settings: undefined, refresh: true, dryRun: false, patch: undefined },
      publishing: { kind: 'none', push: true, message: '', ticket: undefined, skipCi: false },
    });
  });

  it('reads a line of images as a repository with a tag, a digest, both or neither, and what it replaces', async () => {
    const images = `a.io/x:1@${DIGEST}\na.io/y:1\n# a comment\na.io/z\nold.io/w = new.io/w@${DIGEST}\na.io/y:1`;
    expect((await room.read({ images })).settings).toEqual([
      { line: `a.io/x:1@${DIGEST}`, from: 'a.io/x', to: { repository: 'a.io/x', tag: '1', digest: DIGEST } },
      { line: 'a.io/y:1', from: 'a.io/y', to: { repository: 'a.io/y', tag: '1' } },
      { line: 'a.io/z', from: 'a.io/z', to: { repository: 'a.io/z' } },
      { line: `old.io/w = new.io/w@${DIGEST}`, from: 'old.io/w', to: { repository: 'new.io/w', digest: DIGEST } },
    ]);
  });

  it.each([
    ['a digest that is none', 'a.io/x@sha256:12', 'is not a digest'],
    ['a tag before the =', 'a.io/x:1=b.io/x:1', 'only a repository can stand'],
    ['one repository twice', 'docker.io/library/nginx:1\nnginx:2', 'says twice what nginx is to be'],
    ['only comments', '# nothing', 'holds only comments'],
  ])('refuses %s in images', async (_name, images, message) => {
    expect(await flawsOf({ images })).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['a ticket without a commit', { ticket: 'CVE-1' }, 'input ticket is given, and nothing is committed.'],
    [
      'a ticket of two lines',
      { ticket: 'CVE-1\nX: y', commit: 'true' },
      'input ticket must be one line of at most 200 characters.',
    ],
    ['files that are not there', { files: 'none/**' }, 'input files names "none/**", which matches no file.'],
    ['a key that nothing asks for', { key: 'k.pub' }, 'input key names k.pub, which does not exist.'],
  ])('refuses %s', async (_name, inputs, problem) => {
    expect(await flawsOf(inputs)).toEqual([problem]);
  });

  it('refuses a pull request where there is no GitHub to open it at', async () => {
    expect(await flawsOf({ 'pull-request': 'true' }, { hasPullRequests: false })).toEqual([
      'input pull-request needs GitHub Actions: a command line has no pull requests.',
    ]);
  });

  it('cannot be laxer than the policy', async () => {
    const policy = JSON.stringify({ version: 1, images: { verify: 'exists' } });
    expect(await flawsOf({ policy, verify: 'off' })).toEqual([
      expect.stringMatching(/^input verify is off, weaker than/),
    ]);
  });
});
