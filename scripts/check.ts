import { spawnSync } from 'node:child_process';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

/** All of CI in one command; `--fast` leaves out the tests, for the pre-commit hook. */
const steps: readonly Step[] = [
  { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'generated files and dist are fresh', command: [process.execPath, 'scripts/check-fresh.ts'] },
  ...(process.argv.includes('--fast') ? [] : [{ name: 'tests', command: [process.execPath, 'scripts/test.ts'] }]),
];

const failed: string[] = [];
for (const { name, command } of steps) {
  const startedAt = Date.now();
  const [file = '', ...args] = command;
  const { status } = spawnSync(file, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) console.error(`npm run check failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
