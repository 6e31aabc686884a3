import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import { checkJsonOutputsSchema } from '../../src/check/json-outputs.ts';
import { redactCheckOutcome } from '../../src/check/outcome.ts';
import { NO_CHECK_OUTPUTS, toCheckAnnotations, toCheckExitCode, toCheckOutputs } from '../../src/check/outputs.ts';
import { sampleFinding, sampleOutcome } from './sample-outcome.ts';

const parse = ({ findings = '', images = '' }: Readonly<Record<string, string>>) =>
  checkJsonOutputsSchema.parse({ findings: JSON.parse(findings), images: JSON.parse(images) });
const NO_ANSWER = new DomainError('UNAVAILABLE', 'no answer', { hint: 'Try later.' });

describe('the exit code', () => {
  it.each([
    [0, sampleOutcome()],
    [0, sampleOutcome({ findings: [sampleFinding({ level: 'warning' })] })],
    [3, sampleOutcome({ findings: [sampleFinding()] })],
    [1, sampleOutcome({ undecided: [{ image: 'a.io/x:1', uses: [], error: NO_ANSWER }] })],
    [1, sampleOutcome({ findings: [sampleFinding()], error: NO_ANSWER })],
  ])('is %i', (code, outcome) => {
    expect(toCheckExitCode(outcome)).toBe(code);
  });
});

describe('the outputs', () => {
  it('tell every finding by its place, and how many refuse', () => {
    const findings = [sampleFinding(), sampleFinding({ rule: 'vulnerable', level: 'warning' })];
    const outputs = toCheckOutputs(sampleOutcome({ findings, sarif: '/w/x.sarif' }));
    expect(outputs).toMatchObject({ result: 'refused', violations: '1', sarif: '/w/x.sarif' });
    expect(parse(outputs)).toEqual({
      findings: [
        {
          ...{ file: 'deploy/compose.yml', line: 3, column: 12, image: 'a.io/x:1.0.0' },
          ...{ rule: 'no-digest', message: 'It has no digest.' },
        },
        expect.objectContaining({ rule: 'vulnerable', level: 'warning' }),
      ],
      images: ['a.io/x:1.0.0'],
    });
  });

  it('have no line for what runs in a cluster', () => {
    const findings = [sampleFinding({ file: '-', line: undefined, column: undefined })];
    expect(parse(toCheckOutputs(sampleOutcome({ findings }))).findings[0]).not.toHaveProperty('line');
  });

  it('stay JSON below what GitHub keeps, however much there is', () => {
    const findings = Array.from({ length: 20_000 }, (_, i) => sampleFinding({ line: i + 1 }));
    const outputs = toCheckOutputs(sampleOutcome({ findings, images: findings.map(({ line }) => `a.io/x:${line}`) }));
    expect(outputs.violations).toBe('20000');
    expect(outputs.findings.length).toBeLessThan(400_000);
    expect(parse(outputs).findings.length).toBeGreaterThan(1000);
  });

  it('are JSON also where nothing began', () => {
    expect(parse(NO_CHECK_OUTPUTS)).toEqual({ findings: [], images: [] });
  });
});

describe('the annotations', () => {
  it('are one for each line, with all its rules and the worst first', () => {
    const findings = [
      sampleFinding({ rule: 'floating-tag', message: 'Its tag moves.', hint: 'Name a version.' }),
      sampleFinding(),
      sampleFinding({ file: 'z.yml', rule: 'unsigned', message: 'Nobody signed it.' }),
      sampleFinding({ file: 'bad.yml', rule: 'unreadable-file', image: '', message: 'No YAML.' }),
    ];
    expect(toCheckAnnotations(sampleOutcome({ findings }))).toEqual([
      expect.objectContaining({ file: 'bad.yml', title: 'unreadable-file', message: 'No YAML.' }),
      expect.objectContaining({ file: 'z.yml', title: 'unsigned' }),
      {
        ...{ file: 'deploy/compose.yml', line: 3, column: 12, level: 'error', title: 'no-digest, floating-tag' },
        ...{ message: 'a.io/x:1.0.0: It has no digest. Its tag moves.', hint: 'Pin it.' },
      },
    ]);
  });

  it('name what runs in a cluster by where it runs', () => {
    const where = 'Pod shop/a, container web';
    const findings = [sampleFinding({ file: '-', line: undefined, column: undefined, where })];
    const [annotation] = toCheckAnnotations(sampleOutcome({ findings }));
    expect(annotation).not.toHaveProperty('file');
    expect(annotation?.message).toBe('Pod shop/a, container web: a.io/x:1.0.0: It has no digest.');
  });

  it('begin with what could not be decided, and end with what only warns', () => {
    const { file, line, column, where } = sampleFinding();
    const use = { file, line, column, where, text: 'a.io/x:1', kind: 'reference' as const, alsoAt: [] };
    const outcome = sampleOutcome({
      findings: [sampleFinding({ rule: 'vulnerable', level: 'warning', line: 1 }), sampleFinding()],
      undecided: [{ image: 'a.io/x:1', uses: [use], error: NO_ANSWER }],
    });
    expect(toCheckAnnotations(outcome).map(({ title, level }) => [title, level])).toEqual([
      ['UNAVAILABLE', undefined],
      ['no-digest', 'error'],
      ['vulnerable', 'warning'],
    ]);
    expect(toCheckAnnotations(outcome)[0]).toMatchObject({
      line: 3,
      message: 'a.io/x:1: no answer',
      hint: 'Try later.',
    });
  });
});

it('shows no secret that stands where an image belongs', () => {
  const secret = 'hunter2hunter2';
  const image = `user:${secret}@a.io/x`;
  const findings = [sampleFinding({ image, message: `${image} is no image.` })];
  const outcome = redactCheckOutcome(sampleOutcome({ findings, images: [image] }), (text) =>
    text.replaceAll(secret, '***'),
  );
  expect(JSON.stringify(outcome)).not.toContain(secret);
  expect(outcome.findings[0]?.message).toBe('user:***@a.io/x is no image.');
});
