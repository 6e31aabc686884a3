import { describe, expect, it } from '@jest/globals';
import { LogView } from '../../demo/log-view.ts';

describe('the log as a person sees it', () => {
  it('shows a group as its title, with what it holds below', () => {
    expect(new LogView().push('::group::Scan\nScanned linux/amd64\n::endgroup::\nResult: promoted\n')).toEqual([
      'Scan',
      '  Scanned linux/amd64',
      'Result: promoted',
    ]);
  });

  it('shows no mask, no debug line and no empty line', () => {
    expect(new LogView().push('::add-mask::secret\n\n::debug::looking\nplain\n')).toEqual(['plain']);
  });

  it('shows an annotation in words, on as many lines as it has', () => {
    const lines = new LogView().push('::error title=A%3A B,file=x::100%25 wrong%0AMend it\n');
    expect(lines).toEqual(['error A: B: 100% wrong', '  Mend it']);
  });

  it('undoes an escaped percent sign last: what is no line end does not become one', () => {
    expect(new LogView().push('::error::%250A\n')).toEqual(['error: %0A']);
  });

  it('shows a warning once, an error each time', () => {
    const view = new LogView();
    const text = '::warning::old\n::error::bad\n';
    expect([...view.push(text), ...view.push(text)]).toEqual(['warning: old', 'error: bad', 'error: bad']);
  });

  it('waits for the end of a line', () => {
    const view = new LogView();
    expect(view.push('::gro')).toEqual([]);
    expect(view.push('up::Tag\nTag')).toEqual(['Tag']);
  });

  it('shortens digests', () => {
    expect(new LogView().push(`is sha256:${'ab'.repeat(32)}\n`)).toEqual(['is sha256:abababababab…']);
  });
});
