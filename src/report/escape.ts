/** Terminal sequences: CSI, the string kinds (OSC, DCS, SOS, PM, APC) with their terminator, and two-byte escapes; ECMA-48 5.4 and 5.6. */
const TERMINAL_SEQUENCE = new RegExp(
  [
    '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]',
    '(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x90\\x98\\x9c-\\x9f\\r\\n]*(?:\\x07|\\x1b\\\\|\\x9c)',
    '\\x1b[ -/]*[0-~]',
  ].join('|'),
  'g',
);

/** Line ends as they come: CR LF, lone CR, NEL and the Unicode separators are all taken for one. */
const LINE_END = /\r\n|[\r\u0085\u2028\u2029]/g;

/** What shows nothing, or changes how its neighbours show: controls, bidi marks, zero-width and tag characters, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Removes terminal sequences, controls, bidi and zero-width characters, so that a text can only show what it says; tabs stay, line ends become `\n` or, with `space`, a space. */
export function stripControl(text: string, options: { readonly newlines?: 'keep' | 'space' } = {}): string {
  const stripped = normalizeLines(text).replace(INVISIBLE, (char) => (char === '\n' || char === '\t' ? char : ''));
  return options.newlines === 'space' ? stripped.replace(/\s*\n\s*/g, ' ').trim() : stripped;
}

/** The text on one line, with U+FFFD where something invisible was, so that a reader sees that there was something. */
export function markControl(text: string): string {
  return normalizeLines(text)
    .replace(/[\n\t]/g, ' ')
    .replace(/[\ufe00-\ufe0f]/g, '')
    .replace(INVISIBLE, '\ufffd');
}

/** Makes lines that the runner would obey plain text: `::name::` at a line's start, `##[name]` anywhere. Apply it after `stripControl`, which could uncover one; https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
export function neutralizeCommands(text: string): string {
  return text.replace(/^((?:[^\S\r\n\u2028\u2029]|\u0085)*):(?=:)/gm, '$1: ').replace(/##(?=\[)/g, '## ');
}

/** A break that shows nothing; `markControl` has removed every other one. */
const BREAK = '\u200b';

/** What GitHub's filters act on after Markdown was rendered, where an entity would not stop them: `@name`, `#12` and `GH-12`, `:emoji:`, `www.` and the scheme of a URL. */
const FILTER_TRIGGER = /@(?=[\w-])|#(?=\d)|\bGH(?=-\d)|:(?=[\w+-]+:)|\bwww(?=\.)|:(?=\/\/)/gi;

/** What Markdown, HTML, the runner or GitHub's formulas give a meaning: some signs anywhere, some only where a line begins. */
const SYNTAX = /(?<=^\d{1,9})[.)](?=\s|$)|^[-+=:]|::|[&<>"'`|\\*_[\]{}~$!#]|:(?=\u200b?\/\/)/g;

/** Text that renders as itself wherever inline Markdown or HTML may stand on GitHub: paragraph, list, table cell, `<summary>`. One line; invisible characters show as U+FFFD. */
export function escapeMarkdown(text: string): string {
  return encodeSyntax(markControl(text).trim().replace(FILTER_TRIGGER, `$&${BREAK}`));
}

/** Inline code for any text, also inside a table: plain backticks where they can hold it, else `<code>`. */
export function codeSpan(text: string): string {
  const line = markControl(text);
  if (line !== '' && line.trim() === line && !/[`|\\]/.test(line)) return `\`${line}\``;
  return `<code>${encodeSyntax(line)}</code>`;
}

function encodeSyntax(text: string): string {
  return text
    .replace(SYNTAX, (signs) => Array.from(signs, (sign) => `&#${sign.codePointAt(0)};`).join(''))
    .replaceAll(BREAK, '&#8203;')
    .replaceAll('&#36;', '<span>&#36;</span>');
}

function normalizeLines(text: string): string {
  return text.replace(TERMINAL_SEQUENCE, '').replace(LINE_END, '\n');
}
