import type { Repository } from '../image/reference.ts';
import type { BlobDescriptor } from './blob-verify.ts';
import { RegistryError } from './error.ts';
import { Setbacks } from './setbacks.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import type { RegistryRequest, Response } from './transport/message.ts';
import { isRetryableStatus } from './transport/retry.ts';
import { LEAST_CHUNK } from './upload-plan.ts';
import { askHeld, readHeld, readLocation, type UploadSession, uploadRequest } from './upload-session.ts';
import type { UploadSource } from './upload-source.ts';
import { isBroken, waitAfter } from './upload-wait.ts';

/** 202 is the specification's word; some say that it was created, or that there is nothing more to say. */
const TAKEN_STATUSES: readonly number[] = [201, 202, 204];

/** One blob on its way. */
export interface UploadJob {
  readonly transport: Transport;
  readonly repository: Repository;
  readonly descriptor: BlobDescriptor;
  readonly source: UploadSource;
  /** The end of the sentence "could not …". */
  readonly purpose: string;
}

/** Sends content in parts of `length` bytes, one after the other, each to the newest address; goes on from what the registry says it has where a part was refused, cut off, or taken only partly. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks */
export async function sendParts(job: UploadJob, session: UploadSession, length: number): Promise<void> {
  const { transport, repository, descriptor } = job;
  const setbacks = new Setbacks();
  let part = length;
  for (let start = 0; start < descriptor.size; ) {
    const end = Math.min(descriptor.size, start + part);
    const { held, fault } = await sendPart(job, session, start, end);
    if (fault === undefined) {
      start = held;
      continue;
    }
    await waitAfter(transport, repository, setbacks.count(held ?? start), fault);
    const known = held ?? (await askHeld(transport, repository, session));
    if (known === undefined || known > end) throw fault;
    // It agrees with us on where we are and still refuses: this session has no way on.
    if (fault.status === 416 && known === start) throw fault;
    // Only a 202 tells how much is taken at once.
    if (held !== undefined) part = Math.max(held - start, session.minChunk, LEAST_CHUNK);
    transport.log.debug(`${fault.message}; the upload goes on at ${known} of ${descriptor.size} bytes`);
    start = known;
  }
}

type Sent =
  | { readonly held: number; readonly fault?: undefined }
  /** `held` is undefined when the registry has to be asked. */
  | { readonly held: number | undefined; readonly fault: RegistryError };

async function sendPart(job: UploadJob, session: UploadSession, start: number, end: number): Promise<Sent> {
  const { transport, descriptor, source } = job;
  const isWhole = start === 0 && end === descriptor.size;
  const step = partRequest(job, session, start, end, isWhole);
  let response: Response;
  try {
    response = await transport.send(step);
  } catch (fault) {
    // What was sent whole may as well start over: few registries tell how far such a PATCH came.
    if (isWhole || source.fault !== undefined || !isBroken(fault)) throw fault;
    return { held: undefined, fault };
  }
  if (TAKEN_STATUSES.includes(response.status)) return acceptPart(job, session, step, response, end, isWhole);
  const fault = await refuseResponse(step, response);
  if (response.status === 416) session.address = readLocation(response) ?? session.address;
  else if (isWhole || !isRetryableStatus(response.status)) throw fault;
  return { held: undefined, fault };
}

async function acceptPart(
  { transport, repository, purpose }: UploadJob,
  session: UploadSession,
  step: RegistryRequest,
  response: Response,
  end: number,
  isWhole: boolean,
): Promise<Sent> {
  await discardBody(response);
  session.address = readLocation(response) ?? session.address;
  const told = readHeld(response) || end;
  // Nobody else looks at this header after a whole blob, so a registry may say anything there and never have been told.
  const held = told < end && isWhole ? ((await askHeld(transport, repository, session)) ?? end) : told;
  if (held >= end) return { held: end };
  const message = `could not ${purpose}: ${response.url.host} took less than it was sent, and has ${held} of ${end} bytes`;
  return {
    held,
    fault: new RegistryError('PROTOCOL', message, { status: 202, method: step.method, url: response.url }),
  };
}

function partRequest(
  { repository, source, purpose }: UploadJob,
  session: UploadSession,
  start: number,
  end: number,
  isWhole: boolean,
): RegistryRequest {
  return {
    ...uploadRequest(repository, purpose),
    method: 'PATCH',
    target: session.address,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(end - start),
      ...(isWhole ? {} : { 'content-range': `${start}-${end - 1}` }),
    },
    body: () => source.open(start, end),
    replay: 'when-busy',
    stores: true,
  };
}
