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
  return options.newlines === 'space' ? stripped.replace(/(?<!\s)\s*\n\s*/g, ' ').trim() : stripped;
}

/** The text on one line, with U+FFFD where something invisible was, so that a reader sees that there was something. */
export function markControl(text: string): string {
  return normalizeLines(text)
    .replace(/[\n\t]/g, ' ')
    .replace(/[\ufe00-\ufe0f]/g, '')
    .replace(INVISIBLE, '\ufffd');
}

function normalizeLines(text: string): string {
  return text.replace(TERMINAL_SEQUENCE, '').replace(LINE_END, '\n');
}
