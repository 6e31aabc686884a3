import { describe, expect, it, jest } from '@jest/globals';
import { findProblems, readStep } from './fake-step.ts';

describe('credentials', () => {
  it('keep to their side', async () => {
    const { credentials } = await readStep({ 'source-username': 'u', 'source-password': 'p' });
    expect(credentials.source).toEqual(new Map([['dev.test', { username: 'u', password: 'p' }]]));
    expect(credentials.target).toEqual(new Map());
  });

  it('keep the spaces of a password, and lose the line break that a file leaves', async () => {
    const { credentials } = await readStep({ 'target-username': ' u ', 'target-password': ' p w \r\n' });
    expect(credentials.target).toEqual(new Map([['prod.test', { username: 'u', password: ' p w ' }]]));
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ 'source-username': 'u' }, 'source-password'],
    [{ 'source-password': 'p' }, 'source-username'],
    [{ 'target-username': 'u', 'target-password': '' }, 'target-password'],
    [{ 'target-username': 'u', 'target-password': '\n' }, 'target-password'],
    [{ 'target-username': '  ', 'target-password': 'p' }, 'target-username'],
  ])('of which half is given (%j) are a problem of %s', async (inputs, name) => {
    const problems = await findProblems(inputs);
    expect(problems).toEqual([
      {
        where: `input ${name}`,
        message: expect.stringContaining('other half'),
        fix: expect.stringContaining('neither'),
      },
    ]);
  });

  it('of one login for targets on two hosts are a problem', async () => {
    const problems = await findProblems({
      target: 'a.test/app:1\nb.test/app:1',
      'target-username': 'u',
      'target-password': 'p',
    });
    expect(problems).toEqual([
      {
        where: 'input target-username',
        message: expect.stringContaining('a.test, b.test'),
        fix: expect.stringContaining('registry-auth'),
      },
    ]);
  });

  it('of one login for two targets on one host are fine', async () => {
    const inputs = { target: 'a.test/x:1\na.test/y:1', 'target-username': 'u', 'target-password': 'p' };
    expect((await readStep(inputs)).credentials.target).toEqual(
      new Map([['a.test', { username: 'u', password: 'p' }]]),
    );
  });

  it('of registry-auth hold on both sides, and those of a side come first', async () => {
    const { credentials } = await readStep({
      'registry-auth':
        '- {registry: DEV.test, username: a, password: "1"}\n- {registry: b.test, username: b, password: "2"}',
      'source-username': 'u',
      'source-password': 'p',
    });
    expect([...credentials.source]).toEqual([
      ['dev.test', { username: 'u', password: 'p' }],
      ['b.test', { username: 'b', password: '2' }],
    ]);
    expect([...credentials.target]).toEqual([
      ['dev.test', { username: 'a', password: '1' }],
      ['b.test', { username: 'b', password: '2' }],
    ]);
  });

  it.each([
    ['text', 'hunter2-secret'],
    ['no YAML', '- registry: a.test\n  password: "hunter2-secret'],
    ['no list', 'registry: a.test\nusername: u\npassword: hunter2-secret'],
    ['an entry without a user', '- registry: a.test\n  password: hunter2-secret'],
    ['an unknown key', '- registry: a.test\n  username: u\n  password: hunter2-secret\n  passwrd: hunter2-secret'],
    ['an empty password', '- registry: a.test\n  username: hunter2-secret\n  password: ""'],
    ['a number for a password', '- registry: a.test\n  username: hunter2-secret\n  password: 0123'],
  ])('of registry-auth that is %s are a problem that does not quote them', async (_, text) => {
    const problems = await findProblems({ 'registry-auth': text });
    expect(new Set(problems.map(({ where }) => where))).toEqual(new Set(['input registry-auth']));
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(problems[0]?.fix).toContain('in quotes');
  });

  it('of registry-auth whose password looks like a tag of YAML are not printed by the parser', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    await findProblems({ 'registry-auth': '- registry: a.test\n  username: u\n  password: !hunter2 x' });
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });
});
