import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openWorkTree } from '../../src/git/work-tree.ts';
import { type GitRoom, openGitRoom } from './git-room.ts';

let room: GitRoom;

beforeEach(async () => {
  room = await openGitRoom({ 'web.yml': 'a long line that stays\nimage: one\n', other: 'x\n' });
});
afterEach(() => room.remove());

const FIRST_LINE = 'a long line that stays\n';

describe('the history of a file', () => {
  it('is its commits on the first parent, newest first, through renames, and no others', async () => {
    const first = room.git(['rev-parse', 'HEAD']);
    const second = await room.commit({ 'web.yml': `${FIRST_LINE}image: two\n` }, 'Two: ä \u0001 "q"');
    await room.commit({ other: 'y\n' });
    room.git(['mv', 'web.yml', 'moved ü.yml']);
    const moved = await room.commit({}, 'Move');
    room.git(['checkout', '-q', '-b', 'side']);
    await room.commit({ 'moved ü.yml': `${FIRST_LINE}image: side\n` }, 'Side');
    room.git(['checkout', '-q', 'main']);
    await room.commit({ other: 'z\n' });
    room.git(['merge', '-q', '--no-ff', '-m', 'Merge', 'side']);
    const merge = room.git(['rev-parse', 'HEAD']);
    const tree = await openWorkTree(room.ports, room.workspace, ['moved ü.yml']);
    const history = await tree.history('moved ü.yml');
    expect(history.map(({ commit, path, subject }) => [commit, path, subject])).toEqual([
      [merge, 'moved ü.yml', 'Merge'],
      [moved, 'moved ü.yml', 'Move'],
      [second, 'web.yml', 'Two: ä \u0001 "q"'],
      [first, 'web.yml', 'First'],
    ]);
    expect(history[0]).toMatchObject({ author: 'Ada', at: expect.any(Date) });
    const versions = history.flatMap(({ commit, path }) => (path === undefined ? [] : [{ commit, path }]));
    const texts = (await tree.readAll([...versions, { commit: merge, path: 'gone.yml' }])).map((bytes) =>
      bytes?.toString(),
    );
    expect(texts).toEqual([...['side', 'two', 'two', 'one'].map((is) => `${FIRST_LINE}image: ${is}\n`), undefined]);
  });

  it('gives bytes as they were committed, and no text that was not', async () => {
    const odd = Buffer.from('\ufeffimage: ü\r\n\r\nno end');
    const commit = await room.commit({ 'web.yml': odd, empty: '', binary: Buffer.from([0xff, 0xfe, 0x0a]) });
    const tree = await openWorkTree(room.ports, room.workspace, ['web.yml']);
    const [web, empty] = await tree.readAll([
      { commit, path: 'web.yml' },
      { commit, path: 'empty' },
    ]);
    expect([web, empty?.length]).toEqual([odd, 0]);
    await expect(tree.readAll([{ commit, path: 'binary' }])).rejects.toThrow('is no file of UTF-8 text');
  });
});

describe('a shallow clone', () => {
  it('fetches more of its history, until there is no more', async () => {
    const second = await room.commit({ 'web.yml': `${FIRST_LINE}image: two\n` });
    room.git(['push', '-q']);
    const shallow = room.clone('shallow', 1);
    const tree = await openWorkTree(room.ports, shallow, ['web.yml']);
    expect(await tree.isShallow()).toBe(true);
    expect((await tree.history('web.yml')).map(({ commit }) => commit)).toEqual([second]);
    expect(await tree.deepen()).toBe(true);
    expect(await tree.history('web.yml')).toHaveLength(2);
    expect(await tree.deepen()).toBe(false);
  });

  it('says what to do where its remote does not answer', async () => {
    await room.commit({ 'web.yml': `${FIRST_LINE}image: two\n` });
    room.git(['push', '-q']);
    const shallow = room.clone('shallow', 1);
    room.git(['remote', 'set-url', 'origin', `file://${room.home}/gone.git`], shallow);
    const tree = await openWorkTree(room.ports, shallow, ['web.yml']);
    await expect(tree.deepen()).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      hint: expect.stringContaining('fetch-depth: 0'),
    });
    room.git(['remote', 'remove', 'origin'], shallow);
    expect(await tree.deepen()).toBe(false);
  });
});
