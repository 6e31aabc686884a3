/** Stands for a character of a template's action; of the private use area, so that no file has it by chance. */
const MASK = '\ue0aa';

/** Actions that write nothing themselves; https://pkg.go.dev/text/template#hdr-Actions */
const CONTROL = /^\{\{-?\s*(?:(?:if|else|end|with|range|define|block|break|continue)\b|\/\*|\$\w+\s*:?=)/;

/** Whether this may be a template that writes YAML: Helm, Go, Jinja. */
export function isTemplate(text: string): boolean {
  return text.includes('{{');
}

/**
 * A template of the same length that can be read as YAML: an action alone on its lines, or one that writes nothing (`{{- if .x }}`), becomes blanks, any other a mark for each character.
 * Every index stays what it was; what an action would write is not known.
 */
export function maskTemplate(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (;;) {
    const open = text.indexOf('{{', done);
    if (open < 0) break;
    const close = findClose(text, open);
    if (close < 0) break;
    const before = text.slice(text.lastIndexOf('\n', open) + 1, open);
    const lineEnd = text.indexOf('\n', close);
    const after = text.slice(close, lineEnd < 0 ? text.length : lineEnd);
    const action = text.slice(open, close);
    const isBlank = CONTROL.test(action) || (isBlankOrActions(before) && isBlankOrActions(after));
    parts.push(text.slice(done, open), fill(action, isBlank));
    done = close;
  }
  return parts.join('') + text.slice(done);
}

/** Whether a masked text has something of a template. */
export function isMasked(text: string): boolean {
  return text.includes(MASK);
}

/** Where an action ends; a comment ends where it says so. -1 when it does not. */
function findClose(text: string, open: number): number {
  const isComment = /^\{\{-?\s*\/\*/.test(text.slice(open, open + 16));
  const close = isComment ? text.indexOf('*/', open) : open;
  const end = close < 0 ? -1 : text.indexOf('}}', close);
  return end < 0 ? -1 : end + 2;
}

/** A long line is not looked at: it is then taken for a text. */
function isBlankOrActions(text: string): boolean {
  return text.length < 4096 && dropActions(text).trim() === '';
}

function dropActions(text: string): string {
  let rest = '';
  let done = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', done)) {
    const close = text.indexOf('}}', open);
    if (close < 0) break;
    rest += text.slice(done, open);
    done = close + 2;
  }
  return rest + text.slice(done);
}

function fill(action: string, isBlank: boolean): string {
  const first = action.search(/\r?\n/);
  const mark = isBlank ? ' ' : MASK;
  const head = first < 0 ? action : action.slice(0, first);
  // What goes on over further lines is blank there, so that the text ends where it began.
  return mark.repeat(head.length) + action.slice(head.length).replace(/[^\r\n]/g, ' ');
}
