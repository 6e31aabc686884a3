import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  Parser,
  type Scalar,
  visit,
  type YAMLError,
} from 'yaml';
import type { YamlAlias, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from './yaml-node.ts';

/** What cannot be read, at an index of the text. */
export interface YamlFlaw {
  readonly at: number;
  readonly message: string;
}

/** What one document holds: nothing when it is empty, a flaw when it is wrong. */
export type ReadYaml = { readonly root: YamlNode | undefined } | { readonly flaw: YamlFlaw };

const MAX_DEPTH = 128;
/** Opened collections, keys and values that are being read at once. */
const MAX_STACK = 4 * MAX_DEPTH;
const NESTED = 'it is nested too deeply.';
/** YAML 1.1 and 1.2 see different lines here, and Kubernetes reads 1.1: what one takes for a comment is a key for the other. */
const ODD_BREAK = /\r(?!\n)|[\u0085\u2028\u2029]/;

/** Reads one document with the `yaml` package. `base` is the index of `text` in the file; the same key twice is allowed where a template may write either. */
export function readFullYaml(text: string, base: number, isTemplate: boolean): ReadYaml {
  const odd = ODD_BREAK.exec(text);
  if (odd !== null) {
    const code = odd[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = `U+${code} ends a line for some readers of YAML and not for others.`;
    return { flaw: { at: base + odd.index, message } };
  }
  try {
    const [document, second] = [...composeDocuments(text)];
    if (document === undefined) return { root: undefined };
    const [error] = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
    if (error !== undefined)
      throw new Unreadable(placeOf(error, document, text), `${error.message.replace(/\.?$/, '')}.`);
    if (second !== undefined) throw new Unreadable(second.range[0], 'a second document begins in the middle of one.');
    return { root: convertDocument(document, text, base, isTemplate) };
  } catch (error) {
    if (error instanceof Unreadable) return { flaw: { at: base + error.at, message: error.message } };
    // The composer is recursive: with the bounds above nothing is known to throw, and whatever does is no pass.
    return { flaw: { at: base, message: 'it cannot be read as YAML.' } };
  }
}

class Unreadable extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Where an error is told: what has no end, where it begins; nothing behind the last line that has something. */
function placeOf({ code, pos: [at] }: YAMLError, document: Document.Parsed, text: string): number {
  let start = Math.min(at, text.trimEnd().length);
  if (code !== 'MISSING_CHAR') return start;
  visit(document, {
    Node: (_, node) => {
      const [from = at, to = -1] = 'range' in node ? (node.range ?? []) : [];
      const isQuoted = isScalar(node) && /^QUOTE/.test(node.type ?? '');
      if ((isQuoted || (isCollection(node) && node.flow === true)) && from < at && at <= to) start = from;
    },
  });
  return start;
}

function* composeDocuments(text: string): Generator<Document.Parsed> {
  const composer = new Composer({ prettyErrors: false, schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  yield* composer.compose(listTokens(text));
}

/** Signs that cannot stand where they are: a document with one is unreadable, and one with many takes long to find that out. */
const MAX_ERRORS = 10;

function* listTokens(text: string): Generator<CST.Token> {
  const parser = new Parser();
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error' && ++errors > MAX_ERRORS) throw new Unreadable(token.offset, token.message);
      yield token;
    }
    if (parser.stack.length > MAX_STACK) throw new Unreadable(parser.offset, NESTED);
  }
  yield* parser.end();
}

function convertDocument(
  document: Document.Parsed,
  source: string,
  base: number,
  isTemplate: boolean,
): YamlNode | undefined {
  const anchors = new Map<string, YamlNode>();
  const convert = (node: unknown, at: number, depth: number): YamlNode => {
    if (depth > MAX_DEPTH) throw new Unreadable(at - base, NESTED);
    if (isAlias(node)) return convertAlias(node.source, rangeOf(node.range, base)[0]);
    if (isScalar(node)) return keep(node.anchor, convertScalar(node, source, base));
    if (isMap(node)) {
      const [start] = rangeOf(node.range, base);
      const pairs: YamlPair[] = [];
      const map: YamlMap = { kind: 'map', start, isFlow: node.flow === true, pairs };
      keep(node.anchor, map);
      for (const pair of node.items) pairs.push(convertPair(pair, start, depth));
      if (!isTemplate) refuseTwins(pairs, base);
      return map;
    }
    if (isSeq(node)) {
      const [start] = rangeOf(node.range, base);
      const items: YamlNode[] = [];
      const seq: YamlSeq = { kind: 'seq', start, items };
      keep(node.anchor, seq);
      for (const item of node.items) items.push(convert(item, start, depth + 1));
      return seq;
    }
    // A key without a colon: there is no place to write a value to.
    return { kind: 'scalar', start: at, end: at, text: '', style: 'plain', isVerbatim: false };
  };
  const keep = (anchor: string | undefined, node: YamlNode): YamlNode => {
    if (anchor !== undefined) anchors.set(anchor, node);
    return node;
  };
  const convertAlias = (name: string, start: number): YamlAlias => {
    const target = anchors.get(name);
    if (target === undefined) throw new Unreadable(start - base, `the alias *${name} stands for nothing.`);
    return { kind: 'alias', start, target };
  };
  const convertPair = (pair: Pair, at: number, depth: number): YamlPair => {
    const key = convert(pair.key, at, depth + 1);
    const named = key.kind === 'alias' ? key.target : key;
    const text = named.kind === 'scalar' ? named.text : '';
    const isMerge = text === '<<' && named.kind === 'scalar' && named.style === 'plain';
    return { key: text, keyStart: key.start, value: convert(pair.value, key.start, depth + 1), isMerge };
  };
  return document.contents === null ? undefined : convert(document.contents, base, 0);
}

function convertScalar(node: Scalar, source: string, base: number): YamlScalar {
  let [start, end] = rangeOf(node.range, base);
  const text = String(node.value ?? '');
  // Other readers decode it: any key could be in there.
  if (node.tag === 'tag:yaml.org,2002:binary')
    throw new Unreadable(start - base, 'a text in base64 (!!binary) is not read.');
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') {
    end = start + source.slice(start - base, end - base).trimEnd().length;
  }
  if (start === end) {
    while (source[start - base - 1] === ' ') start--;
    end = start;
  }
  const style = STYLES[node.type ?? ''] ?? 'plain';
  const quotes = style === 'plain' ? 0 : 2;
  const isFlow = style !== 'literal' && style !== 'folded';
  // An escape or a fold makes a text shorter or longer than what stands there, but for '' which is told by its quote.
  const isVerbatim = isFlow && end - start === text.length + quotes && !(style === 'single' && text.includes("'"));
  const scalar: YamlScalar = {
    kind: 'scalar',
    start,
    end,
    text,
    style,
    isVerbatim: isVerbatim && !text.includes('\n'),
  };
  return node.tag === undefined ? scalar : { ...scalar, tag: node.tag };
}

const STYLES: Readonly<Record<string, YamlScalar['style']>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function rangeOf(range: readonly [number, number, number] | null | undefined, base: number): [number, number] {
  return [base + (range?.[0] ?? 0), base + (range?.[1] ?? 0)];
}

function refuseTwins(pairs: readonly YamlPair[], base: number): void {
  const seen = new Set<string>();
  for (const { key, keyStart, isMerge } of pairs) {
    if (seen.has(key) && !isMerge && key !== '') {
      throw new Unreadable(keyStart - base, `the key ${JSON.stringify(key)} stands here twice.`);
    }
    seen.add(key);
  }
}
