import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editImages } from '../../src/workload/edit-images.ts';
import { findImages } from '../../src/workload/find-images.ts';
import type { ImageUse } from '../../src/workload/image-use.ts';
import { joinWritten } from '../../src/workload/written-reference.ts';
import { hold } from '../property-runs.ts';
import { imageFile } from './image-files.ts';

const target = fc.record({
  repository: fc.constantFrom('ghcr.io/org/new', 'reg.io/app', 'other.io:8443/deep/er/name'),
  tag: fc.constantFrom('3.4.5', '1.20', 'true', 'v9'),
  digest: fc.constantFrom(`sha256:${'f'.repeat(64)}`, `sha256:${'1'.repeat(64)}`),
});
const edited = fc.record({ file: imageFile, to: fc.array(fc.option(target), { minLength: 12, maxLength: 12 }) });
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes that no change may touch: what lies between the parts and slots of the uses that change. */
function listKept(bytes: Uint8Array, uses: readonly ImageUse[]): Uint8Array[] {
  const cuts = uses.flatMap(({ parts, slot }) => [
    ...parts.map(({ range }) => range),
    ...(slot === undefined ? [] : [{ start: slot.at, end: slot.at }]),
  ]);
  const kept: Uint8Array[] = [];
  let done = 0;
  for (const { start, end } of cuts.sort((a, b) => a.start - b.start || a.end - b.end)) {
    kept.push(bytes.subarray(done, start));
    done = end;
  }
  return [...kept, bytes.subarray(done)];
}

describe('any file of any format', () => {
  it('shows every image that is written in it, and nothing else', () => {
    hold(imageFile, ({ name, text, images }) => {
      const { uses, flaws } = findImages(name, encode(text));
      expect({ flaws, images: uses.map((use) => use.text) }).toEqual({ flaws: [], images });
    });
  });

  it('says where each stands: its line, column and bytes hold the text', () => {
    hold(imageFile, ({ name, text }) => {
      const bytes = encode(text);
      const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
      for (const use of findImages(name, bytes).uses) {
        for (const { range, text: part } of use.parts) {
          expect(new TextDecoder().decode(bytes.subarray(range.start, range.end)).replace(/["']/g, '')).toBe(part);
        }
        const shown = lines[use.line - 1]?.slice(use.column - 1) ?? '';
        expect(use.parts.some(({ text: part }) => shown.startsWith(part))).toBe(true);
      }
    });
  });

  it('keeps every byte outside of what is edited, and has the new images where the old were', () => {
    hold(edited, ({ file, to }) => {
      const before = encode(file.text);
      const { uses } = findImages(file.name, before);
      const changes = uses.flatMap((use, i) => {
        const next = to[i % to.length];
        return next ? [{ use, to: next }] : [];
      });
      const after = editImages(before, changes);

      let rest = Buffer.from(after);
      const kept = listKept(
        before,
        changes.map(({ use }) => use),
      );
      const [first = new Uint8Array(), ...others] = kept;
      expect(rest.subarray(0, first.length).equals(Buffer.from(first))).toBe(true);
      rest = rest.subarray(first.length);
      others.forEach((piece, i) => {
        const isLast = i === others.length - 1;
        const at = isLast ? rest.length - piece.length : rest.indexOf(piece);
        expect(rest.subarray(at, at + piece.length).equals(Buffer.from(piece))).toBe(true);
        rest = rest.subarray(at + piece.length);
      });

      const found = findImages(file.name, after);
      const wanted = uses.map((use, i) => {
        const next = to[i % to.length];
        return next ? joinWritten(next) : use.text;
      });
      expect({ flaws: found.flaws, texts: found.uses.map(({ text }) => text) }).toEqual({ flaws: [], texts: wanted });
    });
  });

  it('is the same file when every image is set to what it is, or set and set back', () => {
    hold(edited, ({ file, to }) => {
      const before = encode(file.text);
      const { uses } = findImages(file.name, before);
      const same = uses.map((use) => ({ use, to: toParts(use.text) }));
      expect(editImages(before, same)).toEqual(before);
      const [one] = uses.filter(({ parts }) => parts.length === 1 && parts[0]?.part === 'reference');
      const next = to.find((each) => each !== null);
      if (one === undefined || !next) return;
      const there = editImages(before, [{ use: one, to: next }]);
      const again = findImages(file.name, there).uses.find(
        ({ line, column }) => line === one.line && column === one.column,
      );
      expect(again && editImages(there, [{ use: again, to: toParts(one.text) }])).toEqual(before);
    });
  });
});

function toParts(text: string): { repository: string; tag?: string; digest?: string } {
  const [name = '', digest] = text.split('@');
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const repository = colon < 0 ? name : name.slice(0, colon);
  return {
    repository,
    ...(colon < 0 ? {} : { tag: name.slice(colon + 1) }),
    ...(digest === undefined ? {} : { digest }),
  };
}
