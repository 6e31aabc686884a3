import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';

const SRC = new URL('../../../src/', import.meta.url);
const SCRIPT = `
  import { gatherInputs } from '${new URL('host/cli/gather-inputs.ts', SRC)}';
  import { CHECK_INPUTS } from '${new URL('check/inputs.ts', SRC)}';
  import { VERIFY_INPUTS } from '${new URL('verify/inputs.ts', SRC)}';
  const actions = {
    check: { inputs: CHECK_INPUTS, standardInput: 'files' },
    verify: { inputs: VERIFY_INPUTS, standardInput: 'images' },
  };
  const [name, inputs] = JSON.parse(process.argv[1]);
  console.log(JSON.stringify(await gatherInputs(actions[name], { inputs }, {})));
`;

/** What a command takes as its inputs while `piped` is written to its standard input, which is then closed or not. */
async function gather(name: string, inputs: Readonly<Record<string, string>>, isClosed: boolean): Promise<unknown> {
  const script = ['--input-type=module', '-e', SCRIPT, JSON.stringify([name, inputs])];
  const child = spawn(process.execPath, script, { stdio: ['pipe', 'pipe', 'inherit'], timeout: 20_000 });
  child.stdin.on('error', () => undefined);
  child.stdin.write('piped');
  if (isClosed) child.stdin.end();
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => void chunks.push(chunk));
  const [code] = (await once(child, 'exit')) as [number | null];
  child.stdin.destroy();
  if (code !== 0) throw new Error(`ended with ${code}, or waited for standard input`);
  return JSON.parse(Buffer.concat(chunks).toString());
}

describe('standard input', () => {
  it.each([
    ['check', 'files', {}],
    ['verify', 'images', {}],
    ['verify', 'images', { images: '-', plan: '' }],
  ])(
    'of %s is its input %s, where nothing else is: %j',
    async (action, name, inputs) => {
      expect(await gather(action, inputs, true)).toEqual({ ...inputs, [name]: 'piped' });
    },
    30_000,
  );

  it.each([
    ['check', { files: 'a.yml' }],
    ['verify', { images: 'r.test/a:1' }],
    ['verify', { plan: 'plan.json', 'plan-digest': 'sha256:0' }],
    ['verify', { plan: 'plan.json', images: '-' }],
  ])(
    'of %s with %j is neither read nor waited for',
    async (action, inputs) => {
      expect(await gather(action, inputs, false)).toEqual(inputs);
    },
    30_000,
  );
});
