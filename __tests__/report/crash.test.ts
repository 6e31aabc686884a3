import { describe, expect, it } from '@jest/globals';
import { DomainError, UsageError } from '../../src/base/error.ts';
import { renderCrash } from '../../src/report/crash.ts';

describe('renderCrash', () => {
  it('of wrong use lists every problem with its fix, and says that no registry was touched', () => {
    const error = new UsageError([
      { where: 'input source', message: 'is required.', fix: 'Set source.' },
      { where: 'policy a.yml', message: 'is unknown.', fix: '' },
    ]);
    expect(renderCrash(error).split('\n')).toEqual([
      ...['## Not started: wrong use', '', '- **input source** is required. Set source.'],
      expect.stringMatching(/^- \*\*policy a\.yml\*\* is unknown\. ?$/),
      ...['', 'Nothing was read from or written to a registry.', ''],
    ]);
  });

  it('of an error of ours says what to do next', () => {
    const error = new DomainError('X', 'no cosign', { hint: 'Install it.', cause: new Error('ENOENT') });
    expect(renderCrash(error)).toBe('## Failed\n\n> [!CAUTION]\n> no cosign: ENOENT\n>\n> **Next:** Install it.\n');
  });

  it.each([
    [new TypeError('odd'), 'odd'],
    ['just a text', 'just a text'],
  ])('of %s says what is known, and claims nothing of the registries', (error, message) => {
    expect(renderCrash(error)).toBe(`## Failed\n\n> [!CAUTION]\n> ${message}\n`);
  });

  it('shows the text of others as text', () => {
    const problems = [{ where: '<b>', message: '[x](javascript:y)\n# z', fix: '::error::w' }];
    for (const text of [renderCrash(new UsageError(problems)), renderCrash(new Error('<b>\n# [x](y)\n::error::w'))]) {
      expect(text).not.toMatch(/<b>|\]\(|^# |^> # |::error/m);
    }
  });
});
