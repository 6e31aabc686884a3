import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError, UsageError } from '../../../src/base/error.ts';
import { redactError } from '../../../src/base/redact-error.ts';
import { createRedactor, withRedactedErrors } from '../../../src/host/machine/redactor.ts';
import { redactOutcome } from '../../../src/promote/redact.ts';
import { sampleOutcome } from '../../promote/sample-outcome.ts';

const SECRET = 'p@ss w/"rd+&é<1>';
const PEM = '-----BEGIN KEY-----\nMIH0MF8GCSqGSIb3\nDQEFDTBSMDEGCSq=\n-----END KEY-----\n';

const hide = (secret: string, text: string): string => {
  const redactor = createRedactor();
  redactor.add(secret);
  return redactor.redact(text);
};

describe('redact', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it.each([
    ['as it is', SECRET],
    ['base64', base64(SECRET)],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['URL encoding', encodeURIComponent(SECRET)],
    ['URL encoding in lower case', encodeURIComponent(SECRET).toLowerCase()],
    ['form encoding', new URLSearchParams({ '': SECRET }).toString().slice(1)],
    ['JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['the JSON of Go', 'p@ss w/\\"rd+\\u0026é\\u003c1\\u003e'],
  ])('hides a secret in %s', (_, form) => {
    expect(hide(SECRET, `before ${form} after`)).toBe('before *** after');
  });

  it.each([
    'Sup%24er%40S3~c%21ret%3C%22',
    'Sup$er%40S3~c%21ret%3C%22',
    'Sup$er@S3~c!ret&lt;&#34;',
    'Sup$er@S3~c!ret&lt;&quot;',
  ])('hides what others make of one in addresses and pages: %s', (form) => {
    const redactor = createRedactor();
    redactor.add('Sup$er@S3~c!ret<"');
    expect(redactor.redact(`it was ${form}.`)).toBe('it was ***.');
  });

  it('hides a password in the base64 of a login, whoever logs in', () => {
    for (const user of ['a', 'ab', 'abc', 'abcd']) {
      const hidden = hide('correct horse battery', base64(`${user}:correct horse battery`));
      expect(hidden).toContain('***');
      expect(Buffer.from(hidden.replace(/\*+.*/, ''), 'base64').toString()).not.toContain('cor');
    }
  });

  it('hides every line of a key, and leaves its frame', () => {
    expect(hide(PEM, 'x MIH0MF8GCSqGSIb3 y DQEFDTBSMDEGCSq= z')).toBe('x *** y *** z');
    expect(hide(PEM, '-----BEGIN KEY-----')).toBe('-----BEGIN KEY-----');
  });

  it('hides the start of a secret where a text was cut in its middle', () => {
    expect(hide(SECRET, `said: ${SECRET.slice(0, 7)}… and more…`)).toBe('said: ***… and more…');
    expect(hide(SECRET, `said: ${SECRET.slice(0, 3)}…`)).toBe(`said: ${SECRET.slice(0, 3)}…`);
  });

  it('hides the longest of several that begin alike', () => {
    const redactor = createRedactor();
    for (const secret of ['secret', 'secret-long']) redactor.add(secret);
    expect(redactor.redact('secret-long secret')).toBe('*** ***');
  });

  it('leaves alone what is shorter than four characters, and everything while nothing is known', () => {
    expect(hide('abc', 'abc abcd')).toBe('abc abcd');
    expect(createRedactor().redact('a secret…')).toBe('a secret…');
  });

  it('hides any secret, whatever it is made of', () => {
    const secrets = fc
      .string({ minLength: 4, maxLength: 40, unit: 'grapheme' })
      .filter((text) => text.trim().length >= 4);
    fc.assert(
      fc.property(secrets, (secret) => {
        for (const form of [
          secret.trim(),
          encodeURIComponent(secret),
          JSON.stringify(secret).slice(1, -1),
          base64(secret),
        ])
          expect(hide(secret, `>${form}<`)).not.toContain(form);
      }),
      { numRuns: 100 },
    );
  });
});

describe('add', () => {
  it('tells each form once, for the runner’s mask', () => {
    const redactor = createRedactor();
    const forms = redactor.add(SECRET);
    expect(forms).toContain(SECRET);
    expect(new Set(forms).size).toBe(forms.length);
    expect(redactor.add(SECRET)).toEqual([]);
  });
});

describe('what is published', () => {
  const redact = (text: string): string => text.replaceAll('hunter22', '***');

  it('holds no secret in its free texts, and keeps references and paths', () => {
    const error = new DomainError('DENIED', 'they said hunter22', {
      hint: 'not hunter22',
      cause: new Error('hunter22 too'),
    });
    const before = sampleOutcome({
      ...{ result: 'failed', error, notes: ['hunter22'] },
      gates: [{ name: 'Scan', verdict: 'refused', evidence: 'hunter22' }],
      refusals: [{ code: 'SCAN_INCOMPLETE', message: 'hunter22', hint: 'hunter22' }],
    });
    const after = redactOutcome(before, redact);
    expect(JSON.stringify([after.notes, after.gates, after.refusals])).not.toContain('hunter22');
    expect(after.error).toBe(error);
    expect([error.message, error.hint, (error.cause as Error).message]).toEqual([
      'they said ***',
      'not ***',
      '*** too',
    ]);
    expect(error.stack).not.toContain('hunter22');
    expect(after.targets).toEqual(before.targets);
    expect(after.plan).toEqual(before.plan);
  });

  it('holds none in the problems of wrong use, nor in what was thrown as a text', () => {
    const error = new UsageError([{ where: 'hunter22:1:1', message: 'is "hunter22".', fix: 'No hunter22.' }]);
    redactError(error, redact);
    expect(JSON.stringify([error.problems, error.message])).not.toContain('hunter22');
    expect(redactError('hunter22', redact)).toBe('***');
    expect(redactError(undefined, redact)).toBeUndefined();
  });

  it('bears with an error whose message cannot be set, and with causes in a circle', () => {
    class Fixed extends Error {
      override get message(): string {
        return 'hunter22';
      }
    }
    const fixed = new Fixed();
    const circle = new Error('hunter22', { cause: fixed });
    Object.assign(fixed, { cause: circle });
    redactError(circle, redact);
    expect([circle.message, fixed.message]).toEqual(['***', '***']);
  });
});

describe('withRedactedErrors', () => {
  it('cleans what a tool says on standard error, and leaves its output, which is data', async () => {
    const result = { code: 1, signal: null, stdout: 'hunter22', stderr: 'hunter22' };
    const exec = withRedactedErrors(
      async () => result,
      (text) => text.replaceAll('hunter22', '***'),
    );
    const command = { file: 'x', args: [], cwd: '/', env: {} };
    expect(await exec(command, new AbortController().signal)).toEqual({ ...result, stderr: '***' });
  });
});
