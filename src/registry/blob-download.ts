import { Readable } from 'node:stream';
import type { Repository } from '../image/reference.ts';
import { blobRequest } from './blob-request.ts';
import { expectWhole, resumeBlob } from './blob-resume.ts';
import { BlobCheck, type BlobDescriptor, markVerified } from './blob-verify.ts';
import { RegistryError } from './error.ts';
import { Setbacks } from './setbacks.ts';
import { HELD_BYTES } from './transport/dispatcher.ts';
import { wrapFault } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import type { RegistryRequest, Response } from './transport/message.ts';
import { chooseDelay, isRetryableFault } from './transport/retry.ts';

/** See RegistryClient.openBlob. Fails at once when the blob cannot be had at all. */
export async function openBlob(
  transport: Transport,
  repository: Repository,
  descriptor: BlobDescriptor,
): Promise<Readable> {
  const request = blobRequest(repository, descriptor.digest, 'GET', 'pull');
  const first = await expectWhole(transport, request, descriptor);
  const stream = toStream(readVerified(transport, request, descriptor, first), descriptor);
  // A generator that was never started has no finally: without this, a stream nobody read would keep its connection.
  stream.once('close', () => first.body.destroy());
  return stream;
}

/** See RegistryClient.streamBlob. */
export function streamBlob(transport: Transport, repository: Repository, descriptor: BlobDescriptor): Readable {
  const request = blobRequest(repository, descriptor.digest, 'GET', 'pull');
  const read = async function* () {
    const first = await expectWhole(transport, request, descriptor);
    yield* readVerified(transport, request, descriptor, first);
  };
  return toStream(read(), descriptor);
}

/** See RegistryClient.readBlob. */
export async function readBlob(
  transport: Transport,
  repository: Repository,
  descriptor: BlobDescriptor,
  maxBytes: number,
): Promise<Uint8Array> {
  if (descriptor.size > maxBytes) {
    const what = `could not read the blob ${descriptor.digest} of ${repository}`;
    throw new RegistryError('TOO_LARGE', `${what}: it has ${descriptor.size} bytes, more than ${maxBytes}`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of await openBlob(transport, repository, descriptor)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function toStream(bytes: AsyncGenerator<Buffer>, descriptor: BlobDescriptor): Readable {
  return markVerified(Readable.from(bytes, { objectMode: false, highWaterMark: HELD_BYTES }), descriptor);
}

/**
 * Hands the bytes out while hashing them, the last ones only when all of them are the blob. After a break it asks for the rest. What is hashed is what was handed out, so
 * where a registry ignores the range and starts over, the known part is skipped and the digest still covers every byte.
 */
async function* readVerified(
  transport: Transport,
  request: RegistryRequest,
  descriptor: BlobDescriptor,
  first: Response,
): AsyncGenerator<Buffer, void, undefined> {
  const check = new BlobCheck(descriptor, `the blob ${descriptor.digest} from ${request.repository}`);
  let response = first;
  let skip = 0;
  for (const setbacks = new Setbacks(); ; ) {
    const { fault, last } = yield* passBody(response, check, skip);
    if (last !== undefined || check.isComplete) {
      check.finish();
      if (last !== undefined) yield last;
      return;
    }
    const breaks = setbacks.count(check.length);
    if (
      breaks >= transport.retry.attempts ||
      transport.signal.aborted ||
      (fault !== undefined && !isRetryableFault(fault))
    ) {
      if (fault === undefined && !transport.signal.aborted) return check.finish();
      throw wrapFault(request, fault, transport.signal);
    }
    const delay = chooseDelay(transport.retry, breaks + 1, undefined);
    transport.log.debug(`the body of ${descriptor.digest} broke at ${check.length} of ${descriptor.size} bytes; again`);
    await transport.retry.sleep(delay, transport.signal).catch((cause: unknown) => {
      throw wrapFault(request, cause, transport.signal);
    });
    ({ response, skip } = await resumeBlob(transport, request, descriptor, check.length));
  }
}

interface Passed {
  /** What broke the body; undefined at a clean end. */
  readonly fault: unknown;
  /** The bytes that made the blob complete: they are still to be handed out. */
  readonly last?: Buffer | undefined;
}

/** Yields a body without its first `skip` bytes. */
async function* passBody(
  response: Response,
  check: BlobCheck,
  skip: number,
): AsyncGenerator<Buffer, Passed, undefined> {
  let left = skip;
  let last: Buffer | undefined;
  const body = (response.body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<Buffer>;
      try {
        next = await body.next();
      } catch (fault) {
        return { fault, last };
      }
      if (next.done === true) return { fault: undefined, last };
      const chunk = next.value.subarray(Math.min(left, next.value.length));
      left -= next.value.length - chunk.length;
      if (chunk.length === 0) continue;
      check.update(chunk);
      if (check.isComplete) last = chunk;
      else yield chunk;
    }
  } finally {
    response.body.destroy();
  }
}
