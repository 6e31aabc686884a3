/** What stands for something that is known only when the file is used: shell and Compose variables, templates, `$(NAME)` of kustomize. */
const OPEN = /\$\{|\$\(|\$[A-Za-z_]|\{\{|\}\}/;
const BARE = /^\$(?:[A-Za-z_][A-Za-z0-9_]*)/;
const BRACED = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-=])|(?=\}))/;
const MAX_DEPTH = 8;

/** True where a variable or template decides some of this text. `$$` is a dollar. */
export function hasVariable(text: string): boolean {
  return OPEN.test(text.replaceAll('$$', ''));
}

/** The text with what its variables default to, or undefined where one has no default. `known` gives more of them, as `ARG` does in a Dockerfile. */
export function applyDefaults(
  text: string,
  known: (name: string) => string | undefined = () => undefined,
  depth = 0,
): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  let result = '';
  let rest = text;
  for (;;) {
    const at = rest.search(/\$|\{\{|\}\}/);
    if (at < 0) return result + rest;
    result += rest.slice(0, at);
    rest = rest.slice(at);
    const found = readVariable(rest);
    if (found === undefined) return undefined;
    const value = found.name === '' ? '$' : (known(found.name) ?? found.fallback);
    const filled = value === undefined || found.name === '' ? value : applyDefaults(value, known, depth + 1);
    if (filled === undefined) return undefined;
    result += filled;
    rest = rest.slice(found.length);
  }
}

/** What a text is that is one variable and nothing else, such as `${IMAGE:-a/b:1}`: its name, and its default with where it begins. */
export function findWholeVariable(
  text: string,
): { readonly name: string; readonly fallback?: { readonly at: number; readonly text: string } } | undefined {
  const found = readVariable(text);
  if (found === undefined || found.name === '' || found.length !== text.length) return undefined;
  const { name, fallback } = found;
  if (fallback === undefined || hasVariable(fallback)) return { name };
  return { name, fallback: { at: text.length - 1 - fallback.length, text: fallback } };
}

interface Variable {
  /** Empty for `$$`. */
  readonly name: string;
  readonly fallback?: string;
  readonly length: number;
}

function readVariable(text: string): Variable | undefined {
  if (text.startsWith('$$')) return { name: '', length: 2 };
  const bare = BARE.exec(text);
  if (bare !== null) return { name: bare[0].slice(1), length: bare[0].length };
  const braced = BRACED.exec(text);
  if (braced === null) return undefined;
  const [head, name = '', operator] = braced;
  const end = findBrace(text, head.length);
  if (end < 0) return undefined;
  if (operator === undefined) return { name, length: end + 1 };
  return { name, fallback: text.slice(head.length, end), length: end + 1 };
}

function findBrace(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++;
    else if (text[at] === '}' && depth-- === 0) return at;
  }
  return -1;
}
