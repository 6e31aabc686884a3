import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { parseOutputs } from '../../../lab/runner.ts';
import type { ActionReport } from '../../../src/base/action.ts';
import { DomainError, UsageError } from '../../../src/base/error.ts';
import { PROMOTE } from '../../../src/batch/action.ts';
import { publishCrash, publishReport } from '../../../src/host/actions/publish.ts';
import type { Outcome } from '../../../src/promote/outcome.ts';
import { sampleOutcome } from '../../promote/sample-outcome.ts';

let directory = '';
let printed: string[] = [];
const before = process.env.GITHUB_OUTPUT;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'publish-'));
  await writeFile(join(directory, 'output'), '');
  process.env.GITHUB_OUTPUT = join(directory, 'output');
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  if (before === undefined) delete process.env.GITHUB_OUTPUT;
  else process.env.GITHUB_OUTPUT = before;
  await rm(directory, { recursive: true, force: true });
});

const outputs = async (): Promise<Record<string, string>> =>
  parseOutputs(await readFile(join(directory, 'output'), 'utf8'));
/** The commands the runner would see: whatever stands at the start of a line. */
const commands = (): string[] =>
  printed
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('::'));

const publish = (outcome: Outcome, summaryFile: string | undefined): Promise<void> =>
  publishReport(PROMOTE.toReport(outcome), summaryFile);

describe('publishReport', () => {
  it('sets the outputs, writes the summary and ends with 0 on success', async () => {
    await publish(sampleOutcome(), join(directory, 'summary'));
    expect(await outputs()).toMatchObject({
      result: 'promoted',
      digest: expect.stringMatching(/^sha256:/),
      refusals: '[]',
    });
    expect(await readFile(join(directory, 'summary'), 'utf8')).toContain('prod.example');
    expect([process.exitCode, commands()]).toEqual([0, []]);
  });

  it('writes no summary where none is wanted', async () => {
    await publish(sampleOutcome(), undefined);
    await expect(readFile(join(directory, 'summary'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('annotates each refusal with its code and hint, and ends with 3', async () => {
    const refusals = [
      { code: 'TAG_EXISTS', message: 'It exists.', hint: 'Promote to a new tag.' },
      { code: 'VULNERABLE', message: 'It is.' },
    ] as const;
    await publish(sampleOutcome({ result: 'refused', refusals }), undefined);
    expect(commands()).toEqual([
      '::error title=TAG_EXISTS::It exists.%0APromote to a new tag.',
      '::error title=VULNERABLE::It is.',
    ]);
    expect(process.exitCode).toBe(3);
  });

  it('annotates a failure with code, causes and hint, and ends with 1', async () => {
    const error = new DomainError('UNAVAILABLE', 'no answer', { hint: 'Try later.', cause: new Error('ECONNRESET') });
    await publish(sampleOutcome({ result: 'failed', error }), undefined);
    expect(commands().filter((line) => line.startsWith('::error'))).toEqual([
      '::error title=UNAVAILABLE::no answer: ECONNRESET%0ATry later.',
    ]);
    expect(process.exitCode).toBe(1);
  });

  it('lets no text of a registry become a command', async () => {
    const message = 'x\n::set-output name=result::promoted\r\n::add-mask::a\u001b[2K';
    await publish(sampleOutcome({ result: 'refused', refusals: [{ code: 'VULNERABLE', message }] }), undefined);
    expect(commands()).toHaveLength(1);
    expect(printed.join('')).not.toContain('\u001b');
  });

  it('keeps a promotion promoted when its summary cannot be written', async () => {
    await publish(sampleOutcome(), join(directory, 'no', 'such', 'folder'));
    expect(await outputs()).toMatchObject({ result: 'promoted' });
    expect(process.exitCode).toBe(0);
    expect(commands()).toEqual([expect.stringMatching(/^::warning::The job summary could not be written/)]);
  });
});

describe('publishCrash', () => {
  it('makes each problem of wrong use an annotation of its own, and ends with 2', async () => {
    const error = new UsageError([
      { where: 'input source', message: 'is required.', fix: 'Set source.' },
      { where: 'policy.yml:3:5', message: 'what?', fix: '' },
    ]);
    const summary = join(directory, 'crash.md');
    await publishCrash(error, PROMOTE, summary);
    expect(await readFile(summary, 'utf8')).toMatch(/wrong use[\s\S]*input source[\s\S]*Set source[\s\S]*policy/);
    expect(commands()).toEqual([
      '::error title=Wrong use::input source: is required.%0ASet source.',
      '::error title=Wrong use::policy.yml:3:5: what?',
    ]);
    const written = await outputs();
    expect([process.exitCode, written.result]).toEqual([2, 'failed']);
    // What a later step reads with fromJSON stays JSON.
    expect([written.images, written.refusals, written.vulnerabilities]).toEqual(['[]', '[]', '{}']);
  });

  it.each([
    [new TypeError('bug'), 'Failed::bug'],
    ['text', 'Failed::text'],
    [new DomainError('BASE_COMMIT', 'no event'), 'BASE_COMMIT::no event'],
  ])('of anything else (%s) ends with 1', async (error, line) => {
    await publishCrash(error, PROMOTE, undefined);
    expect(commands().filter((command) => command.startsWith('::error'))).toEqual([`::error title=${line}`]);
    expect([process.exitCode, (await outputs()).result]).toEqual([1, 'failed']);
  });

  it('still says what happened when the outputs cannot be written', async () => {
    process.env.GITHUB_OUTPUT = join(directory, 'no', 'such', 'file');
    await publishCrash(new TypeError('bug'), PROMOTE, undefined);
    expect(commands().filter((command) => command.startsWith('::error'))).toHaveLength(2);
    expect(process.exitCode).toBe(1);
  });
});

describe('annotations', () => {
  const report = (annotations: ActionReport['annotations']): ActionReport => ({
    ...{ result: 'refused', exitCode: 3, outputs: {}, annotations, error: undefined },
    renderSummary: () => '',
  });

  it('stand at their line, as an error or a warning', async () => {
    const place = { file: 'a,b:c.yml', line: 3, column: 12 };
    const annotations = [
      { ...place, title: 'no-digest', message: 'It has none.', hint: 'Pin it.' },
      { ...place, title: 'vulnerable', message: 'It is.', level: 'warning' as const },
    ];
    await publishReport(report(annotations), undefined);
    expect(commands()).toEqual([
      '::error title=no-digest,file=a%2Cb%3Ac.yml,line=3,col=12::It has none.%0APin it.',
      '::warning title=vulnerable,file=a%2Cb%3Ac.yml,line=3,col=12::It is.',
    ]);
  });

  it('beyond what GitHub shows are lines of the log, and counted', async () => {
    const annotations = Array.from({ length: 12 }, (_, i) => ({
      ...{ title: 'no-digest', message: `It has ${i}.`, file: 'a.yml', line: i + 1, column: 1 },
    }));
    await publishReport(report(annotations), undefined);
    const shown = commands().filter((line) => line.startsWith('::error'));
    expect(shown).toHaveLength(10);
    expect(shown[8]).toContain('line=9,');
    expect(shown[9]).toContain('::3 more were found; they are in the log.');
    const logged = printed.join('').split('\n');
    expect(logged.filter((line) => line.startsWith('a.yml:'))).toEqual([
      'a.yml:10:1: no-digest: It has 9.',
      'a.yml:11:1: no-digest: It has 10.',
      'a.yml:12:1: no-digest: It has 11.',
    ]);
  });

  it('of a file with a name that is a command are none', async () => {
    const [title, message] = ['x', 'y'];
    const file = 'a\n::add-mask::b.yml';
    const annotations = Array.from({ length: 12 }, (_, i) => ({ title, message, file, line: i + 1, column: 1 }));
    await publishReport(report(annotations), undefined);
    expect(commands().filter((line) => !line.startsWith('::error title='))).toEqual(
      commands().filter((line) => /^::(?:set-output|debug)/.test(line)),
    );
  });
});
