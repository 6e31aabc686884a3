import { NOT_SIMPLE, readSimpleFlow } from './simple-flow.ts';
import type { YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from './yaml-node.ts';

const KEY = /(?:([A-Za-z0-9_$./][\w$./@-]*)|"([^"\\\r\n]*)"|'([^'\r\n]*)'):(?=[ \r\n]|$)/y;
const QUOTED = /"[^"\\\r\n]*"|'[^'\r\n]*'(?!')/y;
const REST = / *(?: #[^\r\n]*)?(?=\r?\n|\r?$)/y;
const PLAIN = /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-[A-Za-z0-9-])[^\r\n]*/y;
const HEADER = /([|>])([+-]?)(?= *(?: #[^\r\n]*)?(?:\r?\n|\r?$))/y;
/** What only a reader of all of YAML may judge: tabs, marks of documents, lone CR, controls, line breaks of YAML 1.1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const STRANGE = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\r(?!\n)|^(?:\.\.\.|---|%)/m;
const MAX_DEPTH = 64;
const MAX_KEY = 512;
const FEW = 12;

/**
 * Reads what most files are made of: block mappings and sequences, scalars on one line, short flow collections, literal blocks.
 * Undefined for anything else, also what is wrong: the `yaml` package reads that. Ten times its speed, and the tests hold both to one answer.
 */
export function readSimpleYaml(text: string, from: number, to: number): YamlNode | undefined {
  const body = to === text.length ? text : text.slice(0, to);
  if (STRANGE.test(from === 0 && to === text.length ? text : text.slice(from, to))) return undefined;
  try {
    return readBody(body, from);
  } catch (error) {
    if (error === NOT_SIMPLE) return undefined;
    throw error;
  }
}

function readBody(text: string, from: number): YamlNode {
  let next = from;
  let lineStart = from;
  let at = from;
  let indent = -1;
  let depth = 0;

  /** Goes to the next line that has something; `indent` is -1 after the last. */
  const advance = (): void => {
    while (next < text.length) {
      lineStart = next;
      at = next;
      while (text.charCodeAt(at) === 32) at++;
      const end = text.indexOf('\n', at);
      next = end < 0 ? text.length : end + 1;
      const first = text.charCodeAt(at);
      if (at >= text.length || first === 35 || first === 10 || first === 13) continue;
      indent = at - lineStart;
      return;
    }
    indent = -1;
  };
  const isDash = (): boolean => {
    if (text.charCodeAt(at) !== 45) return false;
    const after = text.charCodeAt(at + 1);
    return after === 32 || after === 10 || after === 13 || Number.isNaN(after);
  };
  const expectEnd = (end: number): void => {
    REST.lastIndex = end;
    if (!REST.test(text)) throw NOT_SIMPLE;
  };

  const readBlock = (): YamlNode => {
    if (++depth > MAX_DEPTH) throw NOT_SIMPLE;
    const node = isDash() ? readSeq(indent) : readMap(indent);
    depth--;
    return node;
  };

  const readMap = (column: number): YamlMap => {
    const start = at;
    const pairs: YamlPair[] = [];
    let seen: Set<string> | undefined;
    while (indent === column && !isDash()) {
      KEY.lastIndex = at;
      const match = KEY.exec(text);
      if (match === null) throw NOT_SIMPLE;
      const key = match[1] ?? match[2] ?? match[3] ?? '';
      const keyStart = at;
      // Most mappings are short: a set of their keys takes longer to make than to do without.
      if (pairs.length === FEW) seen = new Set(pairs.map((pair) => pair.key));
      const isTwin = seen === undefined ? pairs.some((pair) => pair.key === key) : seen.has(key);
      if (isTwin || key.length > MAX_KEY) throw NOT_SIMPLE;
      seen?.add(key);
      const value = readValue(KEY.lastIndex, column, true);
      pairs.push({ key, keyStart, value, isMerge: false });
    }
    if (pairs.length === 0 || indent >= column) throw NOT_SIMPLE;
    return { kind: 'map', start, isFlow: false, pairs };
  };

  const readSeq = (column: number): YamlSeq => {
    const start = at;
    const items: YamlNode[] = [];
    while (indent === column && isDash()) {
      let inner = at + 1;
      while (text.charCodeAt(inner) === 32) inner++;
      KEY.lastIndex = inner;
      const isNested = text.charCodeAt(inner) === 45 && /[ \r\n]/.test(text[inner + 1] ?? '\n');
      let item: YamlNode;
      if (isNested || KEY.test(text)) {
        indent = inner - lineStart;
        at = inner;
        item = readBlock();
      } else item = readValue(at + 1, column, false);
      items.push(item);
    }
    if (indent > column) throw NOT_SIMPLE;
    return { kind: 'seq', start, items };
  };

  const readValue = (after: number, column: number, isInMap: boolean): YamlNode => {
    let start = after;
    while (text.charCodeAt(start) === 32) start++;
    const first = text[start] ?? '\n';
    if (first === '\n' || first === '\r' || (first === '#' && start > after)) {
      advance();
      if (indent > column || (isInMap && indent === column && isDash())) return readBlock();
      return { kind: 'scalar', start: after, end: after, text: '', style: 'plain', isVerbatim: true };
    }
    if (first === '"' || first === "'") {
      QUOTED.lastIndex = start;
      if (!QUOTED.test(text)) throw NOT_SIMPLE;
      const end = QUOTED.lastIndex;
      expectEnd(end);
      advance();
      const style = first === '"' ? 'double' : 'single';
      return { kind: 'scalar', start, end, text: text.slice(start + 1, end - 1), style, isVerbatim: true };
    }
    if (first === '[' || first === '{') {
      const { node, end } = readSimpleFlow(text, start);
      expectEnd(end);
      advance();
      return node;
    }
    if (first === '|' || first === '>') return readBlockScalar(start, column);
    return readPlain(start, column);
  };

  const readPlain = (start: number, column: number): YamlScalar => {
    PLAIN.lastIndex = start;
    if (!PLAIN.test(text)) throw NOT_SIMPLE;
    const line = text.slice(start, PLAIN.lastIndex);
    const comment = line.indexOf(' #');
    let value = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
    if (isMapping(value)) throw NOT_SIMPLE;
    let end = start + value.length;
    let following = next;
    advance();
    const isLong = indent > column;
    while (indent > column) {
      // A text over several lines; with a blank or a comment among them it is left to the other reader.
      if (comment >= 0 || lineStart !== following) throw NOT_SIMPLE;
      const more = text.slice(at, next).trimEnd();
      if (isMapping(more) || more.includes(' #')) throw NOT_SIMPLE;
      value += ` ${more}`;
      end = at + more.length;
      following = next;
      advance();
    }
    return { kind: 'scalar', start, end, text: value, style: 'plain', isVerbatim: !isLong };
  };

  const readBlockScalar = (start: number, column: number): YamlScalar => {
    HEADER.lastIndex = start;
    const header = HEADER.exec(text);
    if (header === null) throw NOT_SIMPLE;
    const lines: string[] = [];
    let own = -1;
    const from = next;
    while (next < text.length) {
      const newline = text.indexOf('\n', next);
      const lineEnd = newline < 0 ? text.length : newline;
      let inner = next;
      while (text.charCodeAt(inner) === 32) inner++;
      const width = inner - next;
      const isBlank = inner >= lineEnd || (text.charCodeAt(inner) === 13 && inner + 1 === lineEnd);
      if (isBlank && own < 0) throw NOT_SIMPLE;
      if (!isBlank) {
        if (width <= column) break;
        if (own < 0) own = width;
        if (width < own) throw NOT_SIMPLE;
      }
      lines.push(text.slice(Math.min(next + own, lineEnd), lineEnd).replace(/\r$/, ''));
      next = newline < 0 ? text.length : newline + 1;
    }
    if (own < 0 || header[2] === '+') throw NOT_SIMPLE;
    while (lines.at(-1) === '') lines.pop();
    if (header[1] === '>' && lines.length > 1) throw NOT_SIMPLE;
    const end = from + text.slice(from, next).trimEnd().length;
    advance();
    const value = lines.join('\n') + (header[2] === '-' ? '' : '\n');
    const style = header[1] === '>' ? 'folded' : 'literal';
    return { kind: 'scalar', start, end, text: value, style, isVerbatim: false };
  };

  advance();
  if (indent < 0) throw NOT_SIMPLE;
  const root = readBlock();
  if (indent >= 0) throw NOT_SIMPLE;
  return root;
}

function isMapping(value: string): boolean {
  return value.includes(': ') || value.endsWith(':');
}
