import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../lab/page/markdown.ts';
import { limitRows, renderTable } from '../../src/report/table.ts';

describe('renderTable', () => {
  it('reads as a table in its source too', () => {
    const columns = [{ title: 'Platform' }, { title: 'High', align: 'right' as const }];
    expect(renderTable(columns, [['linux/amd64', '3']])).toBe(
      ['| Platform    | High |', '| ----------- | ---: |', '| linux/amd64 |    3 |'].join('\n'),
    );
  });

  it('centres', () => {
    expect(renderTable([{ title: 'title', align: 'center' }], [['x']])).toContain('| :---: |\n|   x   |');
  });

  it.each(['a|b', 'a\\|b', 'a\nb', 'a\r\nb', 'a\\'])('keeps the cell %j from breaking out', (cell) => {
    const html = renderMarkdown(renderTable([{ title: 'A' }, { title: 'B' }], [[cell, 'end']]));
    expect(html.match(/<td>/g)).toHaveLength(2);
    expect(html).toContain('<td>end</td>');
    expect(html).not.toContain('<p>');
  });

  it('fills rows that are short and ignores cells without a column', () => {
    expect(
      renderTable([{ title: 'A' }, { title: 'B' }], [['1'], ['1', '2', '3']])
        .split('\n')
        .slice(2),
    ).toEqual(['| 1   |     |', '| 1   | 2   |']);
  });

  it('does not pad for a very wide cell', () => {
    const rows = [['x'.repeat(5000)], ...Array.from({ length: 100 }, () => ['y'])];
    expect(renderTable([{ title: 'A' }], rows).length).toBeLessThan(12_000);
  });
});

describe('limitRows', () => {
  it('says how many rows it left out', () => {
    const rows = Array.from({ length: 1240 }, (_, i) => [String(i)]);
    expect(limitRows(rows, 2)).toEqual([['0'], ['1'], ['… and 1,238 more']]);
  });

  it('adds nothing when all rows fit', () => {
    expect(limitRows([['a'], ['b']], 2)).toEqual([['a'], ['b']]);
  });
});
