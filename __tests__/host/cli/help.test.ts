import { describe, expect, it } from '@jest/globals';
import { PROMOTE } from '../../../src/batch/action.ts';
import { renderActionHelp, renderCommandHelp } from '../../../src/host/cli/help.ts';
import { VERIFY } from '../../../src/verify/action.ts';

describe('the help', () => {
  it('names every action, and what the exit codes mean', () => {
    const help = renderCommandHelp([PROMOTE, VERIFY]);
    for (const word of ['promote ', 'verify ', '2 wrong use', '3 refused']) expect(help).toContain(word);
  });

  it.each([PROMOTE, VERIFY])('of $name has every input and output of its action.yml', (action) => {
    const help = renderActionHelp(action);
    for (const name of Object.keys(action.outputs)) expect(help).toContain(`  ${name}\n`);
    const missing = Object.keys(action.inputs).filter((name) => !help.includes(`--${name}`));
    expect(missing).toEqual([]);
  });

  it('shows defaults, what is required, and where a secret belongs', () => {
    const help = renderActionHelp(PROMOTE);
    expect(help).toMatch(/--timeout VALUE \(default: 1h\)/);
    expect(help).toMatch(/--dry-run \(default: false\)/);
    expect(help).toContain('PROMOTE_IMAGE_SOURCE_PASSWORD, or --source-password-stdin');
    expect(help).not.toContain('{{');
    expect(renderActionHelp(VERIFY)).toMatch(/--images - reads it from standard input, .*, without --plan\./);
  });
});
