/** No identity is longer, so no pattern for one need be. */
const MAX_LENGTH = 2048;

/** What is wrong with a regular expression for identities, as a phrase that follows it; undefined when cosign (RE2, anchored by us as `^(?:…)$`) and JavaScript read it alike. https://github.com/google/re2/wiki/Syntax */
export function findPatternFlaw(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `has more than ${MAX_LENGTH} characters`;
  try {
    // Alone: `a)|(b` is none, although `^(?:a)|(b)$` is one.
    new RegExp(text, 'u');
  } catch {
    return 'is no regular expression';
  }
  let isInClass = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') {
      i++;
      if (/[1-9k]/.test(text[i] ?? '')) return 'refers back to a group, which RE2 cannot';
    } else if (isInClass) isInClass = char !== ']';
    else if (char === '[') isInClass = true;
    else if (/^\(\?<?[=!]/.test(text.slice(i, i + 4))) return 'looks ahead or behind, which RE2 cannot';
  }
  return undefined;
}
