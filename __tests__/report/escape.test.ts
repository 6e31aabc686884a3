import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from '../../lab/page/markdown.ts';
import { markControl, stripControl } from '../../src/base/text.ts';
import { codeSpan, escapeMarkdown, neutralizeCommands } from '../../src/report/escape.ts';
import { renderTable } from '../../src/report/table.ts';

const HOSTILE = [
  'a | b || c',
  '<script>alert(1)</script>',
  '</summary></details><img src=x onerror=alert(1)>',
  '`code` and ``more``',
  '**bold** __bold__ *it* _it_ ~~gone~~',
  '[label](https://evil.example) ![i](https://evil.example/x.png) [ref]: x',
  '<!-- hidden -->',
  '&lt;b&gt; &amp; &#42;',
  'back\\slash \\| \\',
  '$x^2$ $$y$$ cost $5',
  '# heading',
  '- item',
  '+ item',
  '1. item',
  '12) item',
  '> quote',
  '=====',
  '---',
  ':--',
  '```js',
  '~~~',
  'https://evil.example/a?b=1 http://evil.example www.evil.example me@evil.example',
  '{{ template }} $' + '{x}',
  'it\'s "quoted"',
];

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };

/** What a reader sees of rendered HTML: no tags, entities decoded, the zero-width breaks gone. */
function readText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(#\d+|lt|gt|quot|amp);/g, (_, name: string) =>
      name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : (NAMED[name] ?? ''),
    )
    .replaceAll('\u200b', '')
    .trim();
}

function listTags(html: string): string[] {
  return Array.from(html.matchAll(/<([a-z0-9]+)/g), (match) => match[1] ?? '');
}

describe('escapeMarkdown', () => {
  it.each(HOSTILE)('renders %j as that text in a paragraph', (text) => {
    const html = renderMarkdown(escapeMarkdown(text));
    expect(readText(html)).toBe(text);
    expect(new Set(listTags(html))).toEqual(new Set(text.includes('$') ? ['p', 'span'] : ['p']));
  });

  it.each(HOSTILE)('renders %j as that text in one table cell', (text) => {
    const html = renderMarkdown(renderTable([{ title: 'A' }, { title: 'B' }], [[escapeMarkdown(text), 'end']]));
    const cells = Array.from(html.matchAll(/<td>(.*?)<\/td>/gs), (match) => readText(match[1] ?? ''));
    expect(cells).toEqual([text, 'end']);
  });

  it.each(HOSTILE)('renders %j as that text in a summary', (text) => {
    const html = renderMarkdown(`<details>\n<summary>${escapeMarkdown(text)}</summary>\n\nbody\n\n</details>`);
    expect(readText(/<summary>(.*)<\/summary>/s.exec(html)?.[1] ?? '')).toBe(text);
  });

  it.each([
    ['@octo/team', '@octo'],
    ['see #12', '#12'],
    ['gh-7 and GH-7', 'GH-7'],
    ['a :bomb: b', ':bomb:'],
    ['x::bomb::y', ':bomb:'],
    ['www.evil.example', 'www.'],
    ['https://evil.example', '://'],
  ])('breaks %j, which GitHub would act on after rendering', (text, trigger) => {
    const rendered = renderMarkdown(escapeMarkdown(text)).replace(/&#(\d+);/g, (_, code: string) =>
      String.fromCodePoint(Number(code)),
    );
    expect(rendered).not.toContain(trigger);
  });

  it('holds no workflow command, even at the start of a line of a log', () => {
    expect(escapeMarkdown('::set-output name=x::y')).not.toMatch(/^::/);
    expect(escapeMarkdown('##[error]x')).not.toContain('##[');
  });

  it('puts lines on one line and marks what is invisible', () => {
    expect(escapeMarkdown('a\r\nb\tc')).toBe('a b c');
    expect(escapeMarkdown('\u202efdp.exe\u200b')).toBe('\ufffdfdp.exe\ufffd');
  });

  it('leaves ordinary names readable in the source', () => {
    expect(escapeMarkdown('openssl 3.0.1-r2 (debian)')).toBe('openssl 3.0.1-r2 (debian)');
  });
});

describe('codeSpan', () => {
  it.each([...HOSTILE, '@octo/team #1 :bomb:', ' padded ', '`', '``` ` ```', '|'])('shows %j as code', (text) => {
    const html = renderMarkdown(renderTable([{ title: 'A' }, { title: 'B' }], [[codeSpan(text), 'end']]));
    const cells = Array.from(html.matchAll(/<td>(.*?)<\/td>/gs), (match) => match[1] ?? '');
    expect(cells).toHaveLength(2);
    expect(cells[0]).toMatch(/^<code>.*<\/code>$/s);
    expect(readText(cells[0] ?? '')).toBe(text.trim());
  });

  it('uses backticks where they can hold the text', () => {
    expect(codeSpan('registry.example/app:1@sha256:ab')).toBe('`registry.example/app:1@sha256:ab`');
  });

  it('is never empty, so that no lone backticks are left', () => {
    expect(codeSpan('')).toBe('<code></code>');
  });
});

describe('stripControl', () => {
  it.each([
    ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['C1 colours', '\x9b31mred', 'red'],
    ['cursor moves', 'good\x1b[2K\x1b[1Abad', 'goodbad'],
    ['titles', '\x1b]0;title\x07text', 'text'],
    ['links', '\x1b]8;;https://evil.example\x1b\\label\x1b]8;;\x1b\\', 'label'],
    ['device control strings', '\x1bPq#0\x1b\\x', 'x'],
    ['an OSC without an end, keeping its text', '\x1b]0;visible', '0;visible'],
    ['backspaces and bells', 'a\b\x07b\0', 'ab'],
    ['bidi overrides and isolates', '\u202ea\u2066b\u2069\u200f', 'ab'],
    ['zero-width characters', 'a\u200b\u200d\ufeff\u2060b', 'ab'],
    ['tag characters', 'a\u{e0041}b', 'ab'],
    ['lone surrogates', 'a\ud800b', 'ab'],
  ])('removes %s', (_, text, expected) => {
    expect(stripControl(text)).toBe(expected);
  });

  it('leaves no escape behind when a sequence hides in a sequence', () => {
    expect(stripControl('\x1b\x1b[0m[31mx')).not.toContain('\x1b');
  });

  it('keeps tabs and takes every line end for a line feed', () => {
    expect(stripControl('a\tb\r\nc\rd\u2028e\u0085f')).toBe('a\tb\nc\nd\ne\nf');
  });

  it('puts the lines on one when asked', () => {
    expect(stripControl(' a \n\n b\n', { newlines: 'space' })).toBe('a b');
  });

  it('keeps text of other scripts', () => {
    expect(stripControl('naïve 日本語 🚀')).toBe('naïve 日本語 🚀');
  });

  it.each(['\x1b]', '\x9d', '\x1b[0', '\n', '\x1bP'])('takes linear time on repeated %j', (unit) => {
    const started = performance.now();
    stripControl(unit.repeat(200_000), { newlines: 'space' });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('markControl', () => {
  it('shows where something invisible was, but not for the presentation of an emoji', () => {
    expect(markControl('a\0b\u200bc ⚠️')).toBe('a\ufffdb\ufffdc ⚠');
  });
});

describe('neutralizeCommands', () => {
  it.each([
    ['::error::x', ': :error::x'],
    ['  \t::add-mask::x', '  \t: :add-mask::x'],
    ['\u00a0\u2003::stop-commands::x', '\u00a0\u2003: :stop-commands::x'],
    ['ok\n::warning::x', 'ok\n: :warning::x'],
    ['ok\r::warning::x', 'ok\r: :warning::x'],
    ['text ##[group]x', 'text ## [group]x'],
    ['###[error]', '### [error]'],
  ])('defuses %j', (text, expected) => {
    expect(neutralizeCommands(text)).toBe(expected);
  });

  it('leaves other text as it is', () => {
    const text = 'std::string a::b\nsha256: abc\n## [heading](x)';
    expect(neutralizeCommands(text)).toBe(text);
  });

  it('after stripControl, defuses a command that invisible characters had hidden', () => {
    expect(neutralizeCommands(stripControl(':\u200b:error::x\n#\x1b[0m#[error]x'))).toBe(': :error::x\n## [error]x');
  });

  it('takes linear time on blank lines', () => {
    const started = performance.now();
    neutralizeCommands('\n'.repeat(200_000) + ' '.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
