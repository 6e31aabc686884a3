import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { GUARDS, type Guard } from './guards.ts';
import { FAULT_ROWS } from './table.ts';

const ROOT = new URL('../../', import.meta.url);
const guards: readonly (readonly [string, Guard])[] = Object.entries(GUARDS);

describe('the table of faults', () => {
  it.each(guards)('names lines that stand once in the source: %s', (_name, { file, find, replace }) => {
    expect(readFileSync(new URL(file, ROOT), 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  });

  it('has a row for each guard, so that no claim goes untried', () => {
    const named = new Set<string>(FAULT_ROWS.map(({ guard }) => guard));
    expect(guards.map(([name]) => name).filter((name) => !named.has(name))).toEqual([]);
  });

  it('has each row once', () => {
    const ids = FAULT_ROWS.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const said = FAULT_ROWS.map(({ says, area }) => `${area}: ${says}`);
    expect(said.filter((text, i) => said.indexOf(text) !== i)).toEqual([]);
  });
});
