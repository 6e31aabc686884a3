import { describe, expect, it } from '@jest/globals';
import { markControl, stripControl } from '../../src/base/text.ts';

describe('stripControl', () => {
  it.each([
    ['an SGR colour', 'a\x1b[1;31mb\x1b[m', 'ab'],
    ['an eight-bit CSI', 'a\x9b2Jb', 'ab'],
    ['an OSC ended by BEL', 'a\x1b]0;title\x07b', 'ab'],
    ['an OSC ended by ST', 'a\x1b]8;;https://evil.example\x1b\\b', 'ab'],
    ['an eight-bit DCS with an eight-bit end', 'a\x90payload\x9cb', 'ab'],
    ['a charset selection', 'a\x1b(Bb', 'ab'],
    ['NUL, backspace and DEL', 'a\0\b\x7fb', 'ab'],
    ['a right-to-left override', 'a\u202eb', 'ab'],
    ['a zero-width joiner', 'a\u200db', 'ab'],
    ['a variation selector', 'a\ufe0fb', 'ab'],
    ['a soft hyphen', 'a\u00adb', 'ab'],
    ['a lone surrogate', 'a\udc00b', 'ab'],
  ])('removes %s', (_, text, expected) => {
    expect(stripControl(text)).toBe(expected);
  });

  it('leaves what shows as it is, astral characters and accents too', () => {
    expect(stripControl('naïve 日本 😀 [31m')).toBe('naïve 日本 😀 [31m');
  });

  it('does not let an unfinished sequence swallow the next line', () => {
    expect(stripControl('a\x1b]0;title\nb\x07')).toContain('\nb');
  });

  it.each(['\r\n', '\r', '\u0085', '\u2028', '\u2029'])('takes %j for one line feed and keeps tabs', (end) => {
    expect(stripControl(`a\t1${end}b`)).toBe('a\t1\nb');
  });

  it('keeps an empty line between two line ends', () => {
    expect(stripControl('a\r\n\r\nb')).toBe('a\n\nb');
  });

  it('puts everything on one trimmed line when newlines are to be spaces', () => {
    expect(stripControl('\n a \r\n\r\n  b\u2028c\n', { newlines: 'space' })).toBe('a b c');
  });

  it('changes nothing the second time', () => {
    const once = stripControl('a\x1b[0m\r\nb\u200b\tc\x1b]0;t\x07');
    expect(stripControl(once)).toBe(once);
  });
});

describe('markControl', () => {
  it('shows each invisible character as U+FFFD, in its place', () => {
    expect(markControl('a\u202eb\u200bc\0')).toBe('a\ufffdb\ufffdc\ufffd');
  });

  it('is one line, with a space for a tab and for each line end', () => {
    expect(markControl('a\r\nb\tc\u2029d')).toBe('a b c d');
  });

  it('removes terminal sequences whole, without a mark for them', () => {
    expect(markControl('\x1b[31mred\x1b[0m')).toBe('red');
  });

  it('marks an escape that begins no sequence', () => {
    expect(markControl('a\x1b')).toBe('a\ufffd');
  });

  it('drops the emoji variation selectors, which many honest texts carry', () => {
    expect(markControl('\u2764\ufe0f')).toBe('\u2764');
  });

  it('leaves ordinary text alone', () => {
    expect(markControl('linux/arm64 v8 – 日本')).toBe('linux/arm64 v8 – 日本');
  });
});
