import { findImages } from '../../src/workload/find-images.ts';
import type { FoundImages } from '../../src/workload/image-use.ts';

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a file of this text holds. */
export function find(name: string, ...lines: readonly string[]): FoundImages {
  return findImages(name, encode(lines.join('\n')));
}

/** A line for each use: `line:column where text`, with its kind where it is no plain reference. */
export function list(name: string, ...lines: readonly string[]): string[] {
  const { uses, flaws } = find(name, ...lines);
  return [
    ...uses.map(({ line, column, where, text, kind, fallback, isLocal }) => {
      const notes = [
        kind === 'reference' ? '' : kind,
        fallback === undefined ? '' : `or ${fallback}`,
        isLocal ? 'local' : '',
      ];
      return [`${line}:${column}`, where, text, ...notes].filter((each) => each !== '').join(' ');
    }),
    ...flaws.map(({ line, column, message }) => `${line}:${column} ! ${message}`),
  ];
}
