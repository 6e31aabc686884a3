import { type Instruction, readInstructions, type Word } from './dockerfile-lines.ts';
import { cutPart, describeReference, type ImageCollector, type KnownValue } from './image-collector.ts';
import type { ImagePart } from './image-use.ts';
import type { YamlScalar } from './yaml-node.ts';
import { formatPath, type Met } from './yaml-walk.ts';

/** Reads what a Dockerfile builds from: `FROM`, `COPY --from`, `RUN --mount=from=`. Stages of its own and `scratch` are local. */
export function findDockerfileImages(from: number, to: number, into: ImageCollector): void {
  const args = new Map<string, KnownValue>();
  const stages = new Set<string>();
  let count = 0;
  const add = (word: Word, instruction: Instruction, isKnown: (text: string) => boolean): void => {
    const { text, part } = readWord(word, into);
    const isLocal = stages.has(text.toLowerCase()) || isKnown(text);
    const facts = describeReference(text, part, text !== '', (name) => args.get(name));
    const where = `stages[${Math.max(count - 1, 0)}].${instruction.keyword}`;
    const index = word.index < 0 ? instruction.index : word.index + (/^["']/.test(word.text) ? 1 : 0);
    into.addAt(index, where, isLocal ? { ...facts, isLocal } : facts);
  };

  for (const instruction of readInstructions(into.file.text, from, to)) {
    const { keyword, words, index, unclosed } = instruction;
    if (unclosed !== undefined) into.addFlaw(Math.max(index, from), `the here-document ${unclosed} has no end.`);
    if (keyword === 'ARG' && count === 0) for (const word of words) readArg(word, args, into);
    if (keyword === 'FROM') {
      const [image, as, name] = words.filter(({ text }) => !text.startsWith('--'));
      count++;
      if (image !== undefined) add(image, instruction, (text) => text === 'scratch');
      if (as?.text.toUpperCase() === 'AS' && name !== undefined) stages.add(name.text.toLowerCase());
    } else if (keyword === 'COPY' || keyword === 'RUN') {
      for (const image of listNamed(keyword, words)) {
        add(image, instruction, (text) => text === '' || (/^\d+$/.test(text) && Number(text) < count));
      }
    }
  }
}

/** Reads `dockerfile_inline` of a Compose file: a literal block, of which every line stands as it is. */
export function findInlineDockerfile(node: YamlScalar, met: Met, into: ImageCollector): void {
  if (node.style !== 'literal') {
    into.addFlaw(node.start, 'a Dockerfile in a Compose file is read only as a literal block: write `|`.');
    return;
  }
  const from = into.file.text.indexOf('\n', node.start) + 1;
  into.readAs(node, 'dockerfile', `${formatPath(met.path)}: `, () => {
    findDockerfileImages(from, Math.max(from, node.end), into);
  });
}

/** The values of flags that name an image, as words of their own. */
function listNamed(keyword: 'COPY' | 'RUN', words: readonly Word[]): Word[] {
  const end = words.findIndex(({ text }) => !text.startsWith('--'));
  const flags = end < 0 ? words : words.slice(0, end);
  const pattern = keyword === 'COPY' ? /^--from=(.*)$/d : /^--mount=(?:.*,)?from=([^,]*)/d;
  return flags.flatMap((word) => {
    const found = pattern.exec(word.text)?.indices?.[1];
    if (found === undefined) return [];
    const [start, stop] = found;
    return [{ text: word.text.slice(start, stop), index: word.index < 0 ? -1 : word.index + start }];
  });
}

/** Only what stands before the first stage counts for `FROM`. */
function readArg(word: Word, args: Map<string, KnownValue>, into: ImageCollector): void {
  const equals = word.text.indexOf('=');
  if (equals < 0) return;
  const value = { text: word.text.slice(equals + 1), index: word.index < 0 ? -1 : word.index + equals + 1 };
  const { text, part } = readWord(value, into);
  args.set(word.text.slice(0, equals), { text, part: text.includes('$') ? undefined : part });
}

function readWord({ text, index }: Word, into: ImageCollector): { text: string; part: ImagePart | undefined } {
  const quote = /^(["'])([^"'\\]*)\1$/.exec(text);
  const inner = quote?.[2] ?? text;
  if (index < 0 || (quote === null && /["'\\`]/.test(text))) return { text: inner, part: undefined };
  const style = quote === null ? 'plain' : quote[1] === '"' ? 'double' : 'single';
  const range = { start: into.file.byteAt(index), end: into.file.byteAt(index + text.length) };
  const whole: ImagePart = { part: 'reference', range, text: inner, style };
  return { text: inner, part: style === 'plain' ? whole : cutPart(whole, inner, 0) };
}
