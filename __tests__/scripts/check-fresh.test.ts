import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { run } from '../../lab/process.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('what is committed', () => {
  it('is what its source makes: dist/, action.yml, the README, the schemas; and the lock is whole', async () => {
    const env = { ...process.env, PATH: `${resolve(ROOT, 'node_modules/.bin')}:${process.env.PATH}` };
    const { code, stderr } = await run(process.execPath, ['scripts/check-fresh.ts'], { cwd: ROOT, env });
    expect({ code, stderr: stderr.replace(/^.*(?:Warning|--trace).*\n/gm, '') }).toEqual({ code: 0, stderr: '' });
  }, 60_000);
});
