import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { run } from '../../../lab/process.ts';

const LOG = pathToFileURL(join(import.meta.dirname, '../../../src/host/actions/log.ts')).href;

/** What the runner sees when this is done with a log. */
const print = async (script: string): Promise<string> => {
  const code = `const { createActionsLog } = await import(${JSON.stringify(LOG)}); const log = createActionsLog(); ${script}`;
  const { code: exit, stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', code]);
  if (exit !== 0) throw new Error(stderr);
  return stdout;
};

describe('the log of a step', () => {
  it('writes in the runner’s own words', async () => {
    expect(await print('log.info("hello"); log.warning("careful"); log.debug("detail")')).toBe(
      'hello\n::warning::careful\n::debug::detail\n',
    );
  });

  it('folds a group around what happens in it, also when that fails', async () => {
    const script =
      'await log.group("Fetch", async () => { log.info("in"); throw new Error("x") }).catch(() => log.info("out"))';
    expect(await print(script)).toBe('::group::Fetch\nin\n::endgroup::\nout\n');
  });

  it('carries out no command that a registry or scanner managed to have quoted', async () => {
    const evil = JSON.stringify('done\n::add-mask::a\n::set-output name=x::y\r::stop-commands::z\n  ##[group]x');
    const printed = await print(
      `for (const say of [log.info, log.warning, log.debug]) say(${evil}); await log.group(${evil}, async () => {})`,
    );
    const commands = printed
      .split(/[\r\n]/)
      .flatMap((line) => /^\s*(?:::([a-z-]+)|(##\[\w+\]))/.exec(line)?.slice(1) ?? []);
    expect(new Set(commands.filter(Boolean))).toEqual(new Set(['warning', 'debug', 'group', 'endgroup']));
  });

  it('keeps what is said on its own line, so that a name cannot forge the next', async () => {
    const evil = JSON.stringify('Scanned linux/amd64\r\nResult: promoted\u2028Result: promoted');
    expect(await print(`log.info(${evil}); log.info("Result: refused")`)).toBe(
      'Scanned linux/amd64 Result: promoted Result: promoted\nResult: refused\n',
    );
  });

  it('moves no cursor', async () => {
    expect(await print('log.info("a\\u001b[2Kb\\u009b1Ac")')).toMatch(/^[ -~]*\n$/);
  });
});

describe('masking', () => {
  it('hides a secret and the forms in which clients send it', async () => {
    const printed = await print('log.mask("p@ss word")');
    const hidden = printed.trim().split('\n');
    expect(hidden).toEqual(
      expect.arrayContaining([
        '::add-mask::p@ss word',
        '::add-mask::p%2540ss%2520word',
        `::add-mask::${Buffer.from('p@ss word').toString('base64')}`,
      ]),
    );
  });

  it('hides every line of a key, since the runner looks at lines', async () => {
    const printed = await print('log.mask("-----BEGIN KEY-----\\nabcdefgh\\n-----END KEY-----\\n")');
    expect(printed).toContain('::add-mask::abcdefgh\n');
  });

  it('leaves out what would blank whole outputs', async () => {
    expect(await print('log.mask("abc"); log.mask("")')).not.toMatch(/add-mask::(?:abc)?\n/);
  });
});
