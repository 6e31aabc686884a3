import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { blobRequest } from '../../src/registry/blob-request.ts';
import { resumeBlob } from '../../src/registry/blob-resume.ts';
import { RegistryError } from '../../src/registry/error.ts';
import type { Transport } from '../../src/registry/transport/http.ts';
import { mutate, RUNS_PER_PROPERTY } from '../property-runs.ts';

const SIZE = 1000;
const OFFSET = 400;
const digest = digestOf('x');
const request = blobRequest(parseRepository('r.example/app'), digest, 'GET', 'pull');

/** Whether the rest of a blob is taken from an answer with this Content-Range. */
async function isTaken(contentRange: string): Promise<boolean> {
  const body = { dump: async () => undefined, destroy: () => undefined, on: () => undefined };
  const answer = { status: 206, headers: { 'content-range': contentRange }, url: new URL('https://r.example/'), body };
  const transport = { send: async () => answer } as unknown as Transport;
  try {
    const { skip } = await resumeBlob(transport, request, { digest, size: SIZE }, OFFSET);
    return skip === 0;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'PROTOCOL') return false;
    throw error;
  }
}

describe('any Content-Range', () => {
  it('is taken exactly where it goes on from what is there, inside a blob of that size', async () => {
    const numbers = fc.oneof(fc.constantFrom(OFFSET, OFFSET - 1, SIZE - 1, SIZE, 0), fc.nat(2 * SIZE));
    const ranges = fc.tuple(numbers, numbers, fc.oneof(numbers, fc.constant('*')));
    const property = fc.asyncProperty(ranges, async ([start, end, total]) => {
      const isRest = start === OFFSET && end >= OFFSET && end < SIZE && (total === '*' || total === SIZE);
      expect(await isTaken(`bytes ${start}-${end}/${total}`)).toBe(isRest);
    });
    await fc.assert(property, { numRuns: RUNS_PER_PROPERTY });
  });

  it('is not taken when it says anything else', async () => {
    const property = fc.asyncProperty(mutate(fc.constant(`bytes ${OFFSET}-${SIZE - 1}/${SIZE}`)), async (text) => {
      const [, start, end, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(text) ?? [];
      const isRest = Number(start) === OFFSET && Number(end) >= OFFSET && Number(end) < SIZE;
      expect(await isTaken(text)).toBe(isRest && (total === '*' || Number(total) === SIZE));
    });
    await fc.assert(property, { numRuns: RUNS_PER_PROPERTY });
  });
});
