import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A RegExp literal of `src/`. */
export interface FoundPattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

const SRC = join(import.meta.dirname, '../../src');

/** Every RegExp literal of `src/`, and the files that make one at run time. */
export function findPatterns(): { readonly literals: readonly FoundPattern[]; readonly dynamic: readonly string[] } {
  const literals: FoundPattern[] = [];
  const dynamic = new Set<string>();
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const file of files.sort()) {
    visit(parseSync(readFileSync(join(SRC, file), 'utf8'), { syntax: 'typescript' }), (node) => {
      if (node.type === 'RegExpLiteral')
        literals.push({ file, source: String(node.pattern), flags: String(node.flags) });
      if (node.type === 'NewExpression' && (node.callee as { value?: unknown }).value === 'RegExp') dynamic.add(file);
    });
  }
  return { literals, dynamic: [...dynamic] };
}

function visit(value: unknown, tell: (node: Readonly<Record<string, unknown>>) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Readonly<Record<string, unknown>>;
  if (typeof node.type === 'string') tell(node);
  for (const child of Object.values(node)) visit(child, tell);
}

/** The processor time, in milliseconds, of the worst of many texts of this length that repeat what the pattern is made of. */
export function findWorstTime({ source, flags }: FoundPattern, length: number, enough: number): number {
  const pattern = new RegExp(source, flags.includes('y') ? flags : `${flags.replace('g', '')}g`);
  const alphabet = listSamples(source);
  const words = [...source.matchAll(/[A-Za-z0-9 :/@"<-]{2,}/g)].map(([word]) => word);
  const skeleton = source.replace(/\(\?[:=!<]+|[()[\]*+?|{}\\^$]/g, '');
  const pumps = new Set([...alphabet, ...words, ...alphabet.map((char, i) => char + (alphabet[i + 1] ?? 'a'))]);
  let worst = 0;
  for (const pump of pumps) {
    for (const start of ['', skeleton, ...words.slice(0, 3)]) {
      const text = `${start}${pump.repeat(Math.ceil(length / pump.length))}\0\n!`;
      // The best of three: a collection of garbage is nobody's fault.
      let time = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 3 && time > enough; i++) time = Math.min(time, measure(pattern, text));
      worst = Math.max(worst, time);
    }
  }
  return worst;
}

function measure(pattern: RegExp, text: string): number {
  const before = process.cpuUsage();
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null && pattern.lastIndex < text.length; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex++;
  }
  return process.cpuUsage(before).user / 1000;
}

/** One character for each that the pattern names, and a few that it may not. */
function listSamples(source: string): string[] {
  const found = [...source.matchAll(/\\[xu][0-9a-f]{2,4}|\\.|[^\\]/gi)].map(([text]) => {
    const classes: Readonly<Record<string, string>> = {
      '\\s': ' ',
      '\\d': '1',
      '\\w': 'a',
      '\\S': 'x',
      '\\n': '\n',
      '\\r': '\r',
    };
    if (/^\\[xu]/.test(text)) return String.fromCharCode(Number.parseInt(text.slice(2), 16));
    return classes[text] ?? text.replace(/^\\/, '');
  });
  return [...new Set([...found, 'a', '0', ' ', '\n', 'A', '\\', '"', ',', '.', '-'])];
}
