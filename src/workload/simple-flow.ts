import type { YamlMap, YamlNode, YamlPair, YamlSeq } from './yaml-node.ts';

/** Thrown by the simple reader for what it leaves to the `yaml` package. */
export const NOT_SIMPLE: unique symbol = Symbol('not simple');

const PLAIN =
  /-*[A-Za-z0-9_./$+=~](?:[A-Za-z0-9_./$+=~@%*()<>;^-]|:(?=[A-Za-z0-9_./])| (?=[A-Za-z0-9_./$+=~-]))*|"[^"\\\r\n]*"|'[^'\r\n]*'(?!')/y;
const MAX_DEPTH = 16;
const MAX_PAIRS = 64;

/** Reads `[a, "b"]` and `{a: b}` on one line; throws NOT_SIMPLE for any other flow collection. */
export function readSimpleFlow(text: string, from: number): { readonly node: YamlMap | YamlSeq; readonly end: number } {
  let at = from;
  let depth = 0;
  const skip = (): void => {
    while (text.charCodeAt(at) === 32) at++;
  };
  const readScalar = (): YamlNode => {
    PLAIN.lastIndex = at;
    if (!PLAIN.test(text)) throw NOT_SIMPLE;
    const start = at;
    at = PLAIN.lastIndex;
    const quote = text[start];
    const style = quote === '"' ? 'double' : quote === "'" ? 'single' : 'plain';
    const inner = style === 'plain' ? text.slice(start, at) : text.slice(start + 1, at - 1);
    return { kind: 'scalar', start, end: at, text: inner, style, isVerbatim: true };
  };
  const readNode = (): YamlNode => {
    const first = text[at];
    return first === '[' || first === '{' ? readCollection(first) : readScalar();
  };
  const readPair = (pairs: readonly YamlPair[]): YamlPair => {
    const key = readScalar();
    if (key.kind !== 'scalar' || text[at] !== ':' || text[at + 1] !== ' ') throw NOT_SIMPLE;
    if (pairs.length > MAX_PAIRS || pairs.some((pair) => pair.key === key.text)) throw NOT_SIMPLE;
    at++;
    skip();
    return { key: key.text, keyStart: key.start, value: readNode(), isMerge: false };
  };
  const readCollection = (open: '[' | '{'): YamlMap | YamlSeq => {
    if (++depth > MAX_DEPTH) throw NOT_SIMPLE;
    const start = at++;
    const close = open === '[' ? ']' : '}';
    const items: YamlNode[] = [];
    const pairs: YamlPair[] = [];
    skip();
    while (text[at] !== close) {
      if (open === '[') items.push(readNode());
      else pairs.push(readPair(pairs));
      skip();
      if (text[at] === close) break;
      if (text[at] !== ',') throw NOT_SIMPLE;
      at++;
      skip();
      if (text[at] === close) throw NOT_SIMPLE;
    }
    at++;
    depth--;
    return open === '[' ? { kind: 'seq', start, items } : { kind: 'map', start, isFlow: true, pairs };
  };
  const node = readCollection(text[from] === '[' ? '[' : '{');
  return { node, end: at };
}
