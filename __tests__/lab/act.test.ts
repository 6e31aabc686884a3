import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { type ActRepository, type ActResult, createActRepository } from '../../lab/act.ts';

const TIMEOUT_MS = 60_000;
let repository: ActRepository;

beforeEach(async () => {
  repository = await createActRepository('acme/shop');
});
afterEach(() => repository.remove());

/** Runs these jobs, all of `ubuntu-latest` unless they say otherwise, on a push. */
async function runJobs(jobs: Readonly<Record<string, object>>, event: object = {}): Promise<ActResult> {
  const all = Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, { 'runs-on': 'ubuntu-latest', ...job }]));
  await repository.commit({ '.github/workflows/test.yml': stringify({ on: 'push', jobs: all }) });
  return repository.run({ name: 'push', ...event });
}

describe('a workflow run by act', () => {
  it(
    'tells what each step printed, put out, summed up and complained about',
    async () => {
      const script = [
        'echo "hello from $GITHUB_REPOSITORY"',
        'echo "colour=green" >> "$GITHUB_OUTPUT"',
        'echo "## Done" >> "$GITHUB_STEP_SUMMARY"',
        'echo "::error title=Broken::first%0Asecond"',
      ].join('\n');
      const result = await runJobs({ one: { steps: [{ id: 'talk', run: script }] } });
      expect(result).toMatchObject({ code: 0, jobs: { one: 'success' } });
      expect(result.printed('one')).toBe('hello from acme/shop\n');
      expect(result.outputs('one', 'talk')).toEqual({ colour: 'green' });
      expect(result.summary('one', 'talk')).toBe('## Done\n');
      expect(result.errors('one')).toEqual([{ title: 'Broken', message: 'first\nsecond' }]);
    },
    TIMEOUT_MS,
  );

  it(
    'runs actions on the Node that runs this test, also where another one is first on the path',
    async () => {
      const files = {
        'action.yml': 'name: x\ndescription: x\nruns: { using: node24, main: main.cjs }\n',
        'main.cjs': 'console.log(process.version);\n',
      };
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(repository.directory, path)), { recursive: true });
        await writeFile(join(repository.directory, path), text);
      }
      const result = await runJobs({ one: { steps: [{ uses: 'actions/checkout@v5' }, { uses: './' }] } });
      expect(result.printed('one')).toBe(`${process.version}\n`);
    },
    TIMEOUT_MS,
  );

  it(
    'does not take a job that never ran for one that passed',
    async () => {
      const steps = [{ run: 'exit 3' }];
      const result = await runJobs({
        fails: { steps },
        waits: { needs: 'fails', steps },
        elsewhere: { 'runs-on': 'macos-14', steps },
      });
      expect(result.code).toBe(1);
      expect(result.jobs.fails).toBe('failure');
      expect([result.jobs.waits, result.jobs.elsewhere]).not.toContain('success');
    },
    TIMEOUT_MS,
  );

  it(
    'tells the jobs of a matrix apart, and that one of them failed',
    async () => {
      const run = `echo "shard=\${{ matrix.shard }}" >> "$GITHUB_OUTPUT"; echo "I am \${{ matrix.shard }}"; [ \${{ matrix.shard }} != 1/3 ]`;
      const strategy = { 'fail-fast': false, matrix: { shard: ['1/3', '2/3', '3/3'] } };
      const result = await runJobs({ many: { strategy, steps: [{ id: 'one', run }] } });
      expect(result.jobs).toEqual({ many: 'failure' });
      const each = ['1/3', '2/3', '3/3'].map((shard) => result.ofMatrix({ shard }));
      expect(each.map((one) => one.outputs('many', 'one'))).toEqual([
        { shard: '1/3' },
        { shard: '2/3' },
        { shard: '3/3' },
      ]);
      expect(each[1]?.printed('many')).toBe('I am 2/3\n');
    },
    TIMEOUT_MS,
  );

  it(
    'shows no secret',
    async () => {
      const steps = [{ env: { S: `\${{ secrets.PASSWORD }}` }, run: 'echo "it is $S"' }];
      const result = await runJobs({ one: { steps } }, { secrets: { PASSWORD: 'open sesame' } });
      expect(result.printed('one')).toBe('it is ***\n');
      expect(result.shown).not.toContain('open sesame');
    },
    TIMEOUT_MS,
  );
});
