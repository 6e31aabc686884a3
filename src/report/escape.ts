import { markControl } from '../base/text.ts';

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

/** Inline code for any text, also inside a table: plain backticks where they can hold it, else `<code>`. Nobody is mentioned from within either. */
export function codeSpan(text: string): string {
  const line = markControl(text);
  if (line !== '' && line.trim() === line && !/[`|\\]/.test(line)) return `\`${line}\``;
  return `<code>${encodeSyntax(line.replaceAll('@', `@${BREAK}`))}</code>`;
}

function encodeSyntax(text: string): string {
  return text
    .replace(SYNTAX, (signs) => Array.from(signs, (sign) => `&#${sign.codePointAt(0)};`).join(''))
    .replaceAll(BREAK, '&#8203;')
    .replaceAll('&#36;', '<span>&#36;</span>');
}
