import { chmod, mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openWorkTree } from '../../src/git/work-tree.ts';
import { type GitRoom, openGitRoom } from './git-room.ts';

let room: GitRoom;

beforeEach(async () => {
  room = await openGitRoom({ 'deploy/web.yml': 'one\n', 'other.txt': 'other\n' });
});
afterEach(() => room.remove());

const open = (files: readonly string[] = ['deploy/web.yml'], workspace = room.workspace) =>
  openWorkTree(room.ports, workspace, files);

describe('a commit', () => {
  it('holds the named files, and leaves what else is staged or dirty as it was', async () => {
    await room.write({
      'deploy/web.yml': 'two\n',
      'other.txt': 'dirty\n',
      'new.txt': 'untracked\n',
      staged: 'staged\n',
    });
    room.git(['add', 'staged']);
    const tree = await open();
    const commit = await tree.commit({ paths: ['deploy/web.yml'], message: 'Pin it\n\n# kept\n' });
    expect(room.git(['rev-parse', 'HEAD'])).toBe(commit);
    expect(room.git(['show', '--name-status', '--format=%B', commit])).toBe('Pin it\n\n# kept\n\n\nM\tdeploy/web.yml');
    expect(room.git(['status', '--porcelain'])).toBe('M other.txt\nA  staged\n?? new.txt');
  });

  it('is by the bot of GitHub Actions where git names nobody, and by whom git names otherwise', async () => {
    const author = () => room.git(['log', '-1', '--format=%an <%ae> %cn <%ce>']);
    const commit = async (text: string) => {
      await room.write({ 'deploy/web.yml': text });
      await (await open()).commit({ paths: ['deploy/web.yml'], message: 'x' });
    };
    await commit('two\n');
    const bot = 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>';
    expect(author()).toBe(`${bot} ${bot}`);
    room.git(['config', 'user.name', 'Release']);
    room.git(['config', 'user.email', 'release@example.com']);
    await commit('three\n');
    expect(author()).toBe('Release <release@example.com> Release <release@example.com>');
  });

  it('runs no hook of the repository', async () => {
    await room.write({ '.git/hooks/pre-commit': '#!/bin/sh\ntouch ran\nexit 1\n', 'deploy/web.yml': 'two\n' });
    await chmod(join(room.workspace, '.git/hooks/pre-commit'), 0o755);
    const commit = await (await open()).commit({ paths: ['deploy/web.yml'], message: 'x' });
    expect(room.git(['rev-parse', 'HEAD'])).toBe(commit);
    expect(room.git(['status', '--porcelain'])).toBe('');
  });

  it('says what git said when it cannot be made', async () => {
    const failing = (await open()).commit({ paths: ['deploy/web.yml'], message: 'nothing changed' });
    await expect(failing).rejects.toMatchObject({ name: 'GitError', code: 'GIT_FAILED' });
  });
});

describe('a commit of its own', () => {
  it('is made without a change to the work tree, the index or the branch', async () => {
    const before = room.git(['rev-parse', 'HEAD']);
    room.git(['config', 'core.autocrlf', 'input']);
    const bytes = Buffer.from('\ufeffzwei ü\r\n');
    const commit = await (await open()).createCommit([{ path: 'deploy/web.yml', bytes }], 'Pin\n');
    expect(room.git(['log', '-2', '--format=%H %s', commit])).toBe(`${commit} Pin\n${before} First`);
    expect(room.git(['show', `${commit}:deploy/web.yml`])).toBe('\ufeffzwei ü'.trim());
    expect(room.git(['diff', '--name-only', before, commit])).toBe('deploy/web.yml');
    expect(room.git(['rev-parse', 'HEAD'])).toBe(before);
    expect(room.git(['status', '--porcelain'])).toBe('');
    expect(room.git(['ls-files', '--others'])).toBe('');
  });
});

describe('what is dirty', () => {
  it('are files that are not as HEAD has them: changed, staged, untracked, ignored', async () => {
    await room.commit({ '.gitignore': 'ignored/\n', 'clean.yml': 'clean\n', 'staged.yml': '1\n', 'odd *.yml': '1\n' });
    await room.write({ 'deploy/web.yml': 'two\n', 'staged.yml': '2\n', 'new.yml': 'new\n', 'ignored/a.yml': 'a\n' });
    room.git(['add', 'staged.yml']);
    const files = ['clean.yml', 'deploy/web.yml', 'staged.yml', 'new.yml', 'ignored/a.yml', 'odd *.yml'];
    expect(await (await open(files)).listDirty(files)).toEqual([
      'deploy/web.yml',
      'staged.yml',
      'new.yml',
      'ignored/a.yml',
    ]);
  });
});

describe('a push', () => {
  it('goes to the branch that is followed', async () => {
    const commit = await room.commit({ 'deploy/web.yml': 'two\n' });
    const tree = await open();
    const upstream = await tree.upstream();
    expect(upstream).toEqual({ remote: 'origin', branch: 'main' });
    if (upstream !== undefined) await tree.push(upstream);
    expect(room.git(['rev-parse', 'main'], room.origin)).toBe(commit);
  });

  it('onto a branch that moved is rejected, says to run again, and the commit stays', async () => {
    const other = room.clone('other');
    await room.commit({ 'other.txt': 'theirs\n' }, 'Theirs', other);
    room.git(['push', '-q'], other);
    const commit = await room.commit({ 'deploy/web.yml': 'two\n' });
    const failing = (await open()).push({ remote: 'origin', branch: 'main' });
    await expect(failing).rejects.toMatchObject({
      code: 'PUSH_REJECTED',
      hint: expect.stringMatching(/^Run the job again/),
    });
    expect(room.git(['rev-parse', 'HEAD'])).toBe(commit);
  });

  it('that a hook of the remote refuses names pull-request as the way', async () => {
    await room.write({ 'hooks/pre-receive': '#!/bin/sh\necho protected branch hook declined; exit 1\n' }, room.origin);
    await chmod(join(room.origin, 'hooks/pre-receive'), 0o755);
    await room.commit({ 'deploy/web.yml': 'two\n' });
    const failing = (await open()).push({ remote: 'origin', branch: 'main' });
    await expect(failing).rejects.toMatchObject({
      code: 'PUSH_REJECTED',
      hint: expect.stringContaining('pull-request'),
    });
  });

  it('of a commit replaces only what was seen', async () => {
    const tree = await open();
    const first = await tree.createCommit([{ path: 'deploy/web.yml', bytes: Buffer.from('a\n') }], 'a');
    const second = await tree.createCommit([{ path: 'deploy/web.yml', bytes: Buffer.from('b\n') }], 'b');
    const to = { remote: 'origin', branch: 'promote-image/pin' };
    expect(await tree.findTip(to)).toBeUndefined();
    await tree.pushCommit({ ...to, commit: first, tip: undefined });
    expect(await tree.findTip(to)).toMatchObject({ commit: first, message: expect.stringMatching(/^a\n/) });
    await expect(tree.pushCommit({ ...to, commit: second, tip: undefined })).rejects.toMatchObject({
      code: 'PUSH_REJECTED',
    });
    await tree.pushCommit({ ...to, commit: second, tip: first });
    expect(room.git(['rev-parse', to.branch], room.origin)).toBe(second);
  });

  it('has no branch to go to where HEAD is detached or the branch follows none', async () => {
    room.git(['checkout', '-q', '-b', 'local']);
    expect(await (await open()).upstream()).toBeUndefined();
    room.git(['checkout', '-q', '--detach']);
    const tree = await open();
    expect([await tree.upstream(), await tree.branch()]).toEqual([undefined, undefined]);
  });
});

describe('the files of a workspace', () => {
  it('may be in a repository that was checked out into a folder of it, or reached by a link', async () => {
    await mkdir(join(room.home, 'outer'));
    room.git(['clone', '-q', room.origin, join(room.home, 'outer', 'config')], room.home);
    await symlink('config/deploy/web.yml', join(room.home, 'outer', 'link.yml'));
    const tree = await open(['config/other.txt', 'link.yml'], join(room.home, 'outer'));
    expect([...tree.paths]).toEqual([
      ['config/other.txt', 'other.txt'],
      ['link.yml', 'deploy/web.yml'],
    ]);
  });

  it('must be in one repository', async () => {
    const outer = join(room.home, 'outer');
    room.git(['clone', '-q', room.origin, join(outer, 'a')], room.home);
    room.git(['clone', '-q', room.origin, join(outer, 'b')], room.home);
    await expect(open(['a/other.txt', 'b/other.txt'], outer)).rejects.toThrow('in 2 git repositories: a, b');
    await room.write({ 'plain.yml': '1' }, outer);
    await expect(open(['plain.yml'], outer)).rejects.toThrow('plain.yml is in no git repository');
    expect(await readFile(join(outer, 'plain.yml'), 'utf8')).toBe('1');
  });
});
