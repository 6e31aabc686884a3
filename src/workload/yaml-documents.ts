import { readFullYaml, type YamlFlaw } from './full-yaml.ts';
import { readSimpleYaml } from './simple-yaml.ts';
import { isTemplate, maskTemplate } from './template-mask.ts';
import type { YamlNode } from './yaml-node.ts';

/** One document of a file: what it holds, or what is wrong with it. */
export type YamlDocument = { readonly root: YamlNode } | { readonly flaw: YamlFlaw };

/** A line that ends a document, whatever it stands in; https://yaml.org/spec/1.2.2/#rule-c-forbidden */
const MARK = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;
const BARE_MARK = /---[ ]*(?=\r?\n)/y;
/** Nothing that names an image is written without one of these; an escape could spell any of them. */
const HOLDS_IMAGE = /image|build|include|extends|repo|docker|binary|%TAG|!<|\\/i;
/** A document that names no image is read only to say whether it can be; a long one that is not simple is not worth it. */
const MAX_IDLE = 64 * 1024;

/** Reads every document of a YAML file between two indices; what is wrong with one stays in it. */
export function readDocuments(text: string, from: number, to: number): YamlDocument[] {
  return splitDocuments(text, from, to).flatMap(([start, end]) => readDocument(text, start, end) ?? []);
}

function splitDocuments(text: string, from: number, to: number): [number, number][] {
  const chunks: [number, number][] = [];
  const body = text.length === to ? text : text.slice(0, to);
  let start = from;
  MARK.lastIndex = from;
  for (let match = MARK.exec(body); match !== null; match = MARK.exec(body)) {
    const isEnd = match[0] === '...';
    const cut = isEnd ? match.index + 3 : match.index;
    // What stands before `---` may be its directives.
    if (isEnd || !isPrelude(text.slice(start, cut))) {
      chunks.push([start, cut]);
      start = cut;
    }
  }
  chunks.push([start, to]);
  return chunks;
}

function isPrelude(text: string): boolean {
  return /^(?:[ \t]*(?:#.*)?\r?\n|%.*\r?\n|\ufeff)*$/.test(text);
}

function readDocument(text: string, start: number, end: number): YamlDocument | undefined {
  BARE_MARK.lastIndex = start;
  const body = BARE_MARK.test(text) ? BARE_MARK.lastIndex : start;
  const simple = readSimpleYaml(text, body, end);
  if (simple !== undefined) return { root: simple };
  const chunk = text.slice(start, end);
  if (chunk.length > MAX_IDLE && !HOLDS_IMAGE.test(chunk)) return undefined;
  const plain = readFullYaml(chunk, start, false);
  // What is YAML as it stands is read as it stands: between marks of a template could be what its reader sees.
  const read = 'flaw' in plain && isTemplate(chunk) ? readFullYaml(maskTemplate(chunk), start, true) : plain;
  if ('flaw' in read) return read;
  return read.root === undefined ? undefined : { root: read.root };
}
