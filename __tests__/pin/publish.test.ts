import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WantedPullRequest } from '../../src/base/ports.ts';
import { PIN_BRANCH } from '../../src/pin/publish.ts';
import { openPinRoom, type PinRoom } from './pin-room.ts';

let room: PinRoom;
let digest: string;
const opened: WantedPullRequest[] = [];
const pullRequests = {
  open: async (wanted: WantedPullRequest) => {
    opened.push(wanted);
    return { number: 7, url: 'https://github.com/acme/shop/pull/7', isNew: opened.length === 1 };
  },
};

beforeEach(async () => {
  opened.length = 0;
  room = await openPinRoom({ 'compose.yml': 'services:\n  web:\n    image: HOST/shop/web:1.4.0\n' });
  digest = await room.push('shop/web', '1.4.0');
});
afterEach(() => room.remove());

describe('pin with commit', () => {
  it('commits the files and nothing else, names images, digests and ticket, and pushes', async () => {
    await room.write({ staged: 'x', dirty: 'y' });
    room.git(['add', 'staged']);
    const outcome = await room.pin({ commit: 'true', ticket: 'CVE-2026-1234', 'skip-ci': 'true' });
    const { host } = room.registry;
    expect(outcome).toMatchObject({ result: 'changed', published: { pushedTo: { branch: 'main' } } });
    expect(room.git(['log', '-1', '--format=%B'])).toBe(
      `Pin ${host}/shop/web:1.4.0 [skip ci]\n\n${host}/shop/web: 1.4.0 -> 1.4.0@${digest}\n\nTicket: CVE-2026-1234\nPromote-Image: pin`,
    );
    expect(room.git(['show', '--name-only', '--format=', 'HEAD'])).toBe('compose.yml');
    expect(room.git(['status', '--porcelain'])).toBe('A  staged\n?? dirty');
    expect(room.git(['rev-parse', 'main'], room.origin)).toBe(outcome.published.commit);
  });

  it('uses the message it is given, and says why it does not push', async () => {
    room.git(['checkout', '-q', '-b', 'local']);
    const outcome = await room.pin({ commit: 'true', 'commit-message': 'Roll out\n\nAs agreed.' });
    expect(outcome.published.notPushed).toBe('local follows no branch of a remote');
    expect(room.git(['log', '-1', '--format=%B'])).toMatch(/^Roll out\n\nAs agreed\.\n\n127/);
    room.git(['checkout', '-q', '--detach', 'main']);
    expect((await room.pin({ commit: 'true' })).published.notPushed).toMatch(/^HEAD is on no branch/);
    room.git(['checkout', '-q', 'main']);
    expect((await room.pin({ commit: 'true', push: 'false' })).published.notPushed).toBe('push: false');
  });

  it.each(['changed', 'untracked'])('refuses a file that is %s before it writes', async (kind) => {
    const text = `services:\n  web:\n    image: ${room.registry.host}/shop/web:1.4.0\n  mine: {}\n`;
    const file = kind === 'changed' ? 'compose.yml' : 'new.yml';
    await room.write({ [file]: text });
    const outcome = await room.pin({ commit: 'true', files: file });
    expect([outcome.result, outcome.changes]).toEqual(['failed', []]);
    expect(outcome.error).toMatchObject({ code: 'UNCOMMITTED_CHANGES' });
    expect(await room.text(file)).toBe(text);
  });

  it('has failed where the push is rejected, and the commit stays', async () => {
    const other = room.clone('other');
    await room.commit({ more: 'x' }, 'Theirs', other);
    room.git(['push', '-q'], other);
    const outcome = await room.pin({ commit: 'true' });
    expect(outcome).toMatchObject({ result: 'failed', changes: [{ line: 3 }], error: { code: 'PUSH_REJECTED' } });
    expect(room.git(['rev-parse', 'HEAD'])).toBe(outcome.published.commit);
  });

  it('makes no commit where nothing changes', async () => {
    await room.pin({ commit: 'true' });
    const before = room.git(['rev-parse', 'HEAD']);
    expect(await room.pin({ commit: 'true' })).toMatchObject({ result: 'unchanged', published: { commit: undefined } });
    expect(room.git(['rev-parse', 'HEAD'])).toBe(before);
  });
});

describe('pin with pull-request', () => {
  const ask = () =>
    room.pin({ 'pull-request': 'true', ticket: 'POAM-7' }, { pullRequests, run: { runUrl: 'https://ci/1' } });

  it('commits to a branch of its own and opens one with a table, and the work tree stays', async () => {
    const before = room.git(['rev-parse', 'HEAD']);
    const outcome = await ask();
    expect(outcome).toMatchObject({ result: 'changed', published: { pullRequest: { number: 7 }, isWritten: false } });
    expect([room.git(['rev-parse', 'HEAD']), room.git(['status', '--porcelain'])]).toEqual([before, '']);
    expect(room.git(['rev-parse', PIN_BRANCH, `${PIN_BRANCH}^`], room.origin)).toBe(
      `${outcome.published.commit}\n${before}`,
    );
    expect(room.git(['show', `${PIN_BRANCH}:compose.yml`], room.origin)).toContain(`web:1.4.0@${digest}`);
    expect(opened).toMatchObject([{ branch: PIN_BRANCH, base: 'main', title: expect.stringMatching(/^Pin /) }]);
    expect(opened[0]?.body).toContain(`| \`1.4.0\` | \`1.4.0@${digest}\` | \`compose.yml:3\` |`);
    expect(opened[0]?.body).toContain('Ticket: POAM-7');
  });

  it('updates its branch where the digest moved, and leaves it alone where nothing is new', async () => {
    const first = (await ask()).published.commit;
    expect((await ask()).published.commit).toBe(first);
    const moved = await room.push('shop/web', '1.4.0');
    const second = (await ask()).published.commit;
    expect(room.git(['rev-parse', PIN_BRANCH], room.origin)).toBe(second);
    expect(room.git(['show', `${PIN_BRANCH}:compose.yml`], room.origin)).toContain(moved);
    expect(opened.map(({ branch }) => branch)).toEqual([PIN_BRANCH, PIN_BRANCH, PIN_BRANCH]);
  });

  it('works in a shallow clone', async () => {
    await room.commit({ more: 'x' });
    room.git(['push', '-q']);
    const shallow = room.clone('shallow', 1);
    const request = await room.read({ 'pull-request': 'true' }, { workspace: shallow });
    expect(request.workspace).toBe(shallow);
    await ask();
    const { openWorkTree } = await import('../../src/git/work-tree.ts');
    const tree = await openWorkTree(room.ports, shallow, ['compose.yml']);
    expect(await tree.findTip({ remote: 'origin', branch: PIN_BRANCH })).toMatchObject({
      message: expect.stringContaining('Ticket'),
    });
    expect(room.git(['rev-list', '--count', 'HEAD'], shallow)).toBe('1');
  });

  it('does not throw away what somebody else committed to its branch', async () => {
    await ask();
    room.git(['fetch', '-q', 'origin', PIN_BRANCH]);
    room.git(['checkout', '-q', '-b', 'theirs', 'FETCH_HEAD']);
    const theirs = await room.commit({ more: 'x' }, 'Theirs');
    room.git(['push', '-q', 'origin', `HEAD:${PIN_BRANCH}`]);
    room.git(['checkout', '-q', 'main']);
    expect(await ask()).toMatchObject({ result: 'failed', changes: [], error: { code: 'BRANCH_TAKEN' } });
    expect(room.git(['rev-parse', PIN_BRANCH], room.origin)).toBe(theirs);
  });

  it('needs a branch that it is for', async () => {
    room.git(['checkout', '-q', '--detach']);
    expect(await ask()).toMatchObject({ result: 'failed', changes: [], error: { code: 'NO_BRANCH' } });
  });
});
