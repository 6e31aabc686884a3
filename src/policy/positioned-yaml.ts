import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { Problem } from '../base/error.ts';

/** Where a value sits: keys and list indices from the root. */
export type Path = readonly PropertyKey[];

/** A YAML document as plain data that still knows where everything stood. */
export interface PositionedYaml {
  /** Undefined when the document could not be read. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** `name:line:column` of the value at a path, or of its key; of what is nearest to it when it does not exist. */
  locate(path: Path, part: 'key' | 'value'): string;
  /** True when the document has something at this path, be it nothing (`key:`). */
  has(path: Path): boolean;
}

/** Larger documents are refused before they are read. */
export const MAX_YAML_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;
const NESTED = 'it is nested too deeply.';

const MESSAGES: Readonly<Record<string, readonly [message: string, fix: string]>> = {
  MULTIPLE_DOCS: ['it holds more than one document.', 'Use a file for each.'],
  NON_STRING_KEY: ['a key must be a plain name.', ''],
};

/** Reads one YAML 1.2 document: no merge keys, no tags but the core ones, aliases only within reason; every problem has its position. */
export function readYaml(text: string, name: string, maxBytes: number = MAX_YAML_BYTES): PositionedYaml {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    return unreadable(name, `it has ${bytes} bytes, more than ${maxBytes}.`, 'Split it into several files.');
  }
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      stringKeys: true,
      // Found below: the parser's own check is quadratic.
      uniqueKeys: false,
    });
  } catch {
    // The parser is recursive; nothing but nesting makes it throw.
    return unreadable(name, 'it cannot be read as YAML.', 'Check how deeply it is nested.');
  }
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const told = [...document.errors, ...document.warnings].map((error) => describeYamlError(error, at));
  if (document.errors.length > 0) {
    const nested = told.find((problem) => problem.message === NESTED);
    return { ...nowhere(name), problems: nested === undefined ? told : [nested] };
  }
  const problems = told.concat(findForbidden(document.contents, at));
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), problems, ...createLocator(document, at) };
  } catch (error) {
    const reason =
      error instanceof ReferenceError ? 'its aliases cannot be resolved, or are too many' : 'it cannot be read';
    return { ...nowhere(name), problems: [...problems, { where: at(0), message: `${reason}.`, fix: 'Write it out.' }] };
  }
}

/** Keys that stand twice or mean something to JavaScript, aliases of nothing, and nesting that only an attack needs. */
function findForbidden(root: unknown, at: (offset: number) => string): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Set<string>();
  const tell = (node: unknown, message: string, fix: string): void => {
    problems.push({ where: at(startOf(node)), message, fix });
  };
  const visit = (node: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) {
      tell(node, NESTED, '');
      return;
    }
    if (isAlias(node) && !anchors.has(node.source))
      tell(node, `the alias *${node.source} stands for nothing.`, 'Write it out.');
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return;
    if (node.anchor !== undefined) anchors.add(node.anchor);
    if (isSeq(node)) for (const item of node.items) visit(item, depth + 1);
    if (!isMap(node)) return;
    const seen = new Set<unknown>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? key.value : undefined;
      if (seen.has(name)) tell(key, `${JSON.stringify(name)} stands here twice.`, 'Keep one of them.');
      if (name === '__proto__') tell(key, '"__proto__" cannot be a key.', 'Remove it.');
      seen.add(name);
      visit(key, depth + 1);
      visit(value, depth + 1);
    }
  };
  visit(root, 0);
  return problems;
}

function describeYamlError(error: YAMLError, at: (offset: number) => string): Problem {
  const isNested = /call stack|stack overflow/i.test(error.message);
  const [message, fix] = MESSAGES[error.code] ?? [`${error.message.replace(/\.?$/, '')}.`, ''];
  return { where: at(error.pos[0]), message: isNested ? NESTED : message, fix };
}

function createLocator(
  document: Document.Parsed,
  at: (offset: number) => string,
): Pick<PositionedYaml, 'locate' | 'has'> {
  const find = (path: Path): { key: unknown; value: unknown; complete: boolean } => {
    let key: unknown;
    let value: unknown = document.contents;
    for (const step of path) {
      const node = isAlias(value) ? value.resolve(document) : value;
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
        if (pair === undefined) return { key, value, complete: false };
        ({ key, value } = pair);
      } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
        key = node.items[step];
        value = key;
      } else return { key, value, complete: false };
    }
    return { key, value, complete: true };
  };
  return {
    has: (path) => find(path).complete,
    locate: (path, part) => {
      const { key, value, complete } = find(path);
      if (!complete || part === 'key') return at(startOf(key ?? value));
      return at(startOf(isNode(value) ? value : key));
    },
  };
}

function startOf(node: unknown): number {
  return (isNode(node) ? (node as Node).range?.[0] : undefined) ?? 0;
}

function nowhere(name: string): Omit<PositionedYaml, 'problems'> {
  return { value: undefined, locate: () => `${name}:1:1`, has: () => false };
}

function unreadable(name: string, message: string, fix: string): PositionedYaml {
  return { ...nowhere(name), problems: [{ where: `${name}:1:1`, message, fix }] };
}
