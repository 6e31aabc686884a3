import type { Readable } from 'node:stream';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { hasBlob } from './blob-download.ts';
import type { BlobDescriptor } from './blob-verify.ts';
import { RegistryError } from './error.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, type RegistryRequest, type Response } from './transport/message.ts';
import { chooseDelay, isRetryableFault, isRetryableStatus } from './transport/retry.ts';
import { acceptSession, cancelSession, openSession, uploadRequest, withQuery } from './upload-session.ts';
import { UploadSource } from './upload-source.ts';

/** Registries may move gigabytes to their storage before they answer the last step. */
const COMMIT_TIMEOUT = 300_000;

/** What registries say about a session they no longer know; starting over is all that helps. */
const LOST_SESSION: readonly string[] = ['BLOB_UPLOAD_UNKNOWN', 'BLOB_UPLOAD_INVALID'];

/** See RegistryClient.uploadBlob. One PATCH with a Content-Length: the form that ACR, Google and the others all take. */
export async function uploadBlob(
  transport: Transport,
  repository: Repository,
  descriptor: BlobDescriptor,
  open: () => Readable,
): Promise<void> {
  const { retry, signal, log } = transport;
  for (let attempt = 1; ; attempt++) {
    const source = new UploadSource(repository, descriptor, open);
    try {
      return await uploadOnce(transport, repository, descriptor, source);
    } catch (fault) {
      // What broke the body is the reason; the fault of the connection only follows from it.
      if (source.fault !== undefined) throw source.fault;
      if (attempt >= retry.attempts || signal.aborted || !isWorthStartingOver(fault)) throw fault;
      const delay = chooseDelay(retry, attempt + 1, fault.retryAfter);
      log.debug(`${fault.message}; the upload starts over in ${Math.round(delay)} ms`);
      await sleep(transport, repository, delay);
      // The last step may have been carried out although its answer got lost.
      if (await hasBlob(transport, repository, descriptor.digest, 'push')) return;
    }
  }
}

async function uploadOnce(
  transport: Transport,
  repository: Repository,
  { digest, size }: BlobDescriptor,
  source: UploadSource,
): Promise<void> {
  const purpose = `upload the blob ${digest} to ${repository}`;
  const start = uploadRequest(repository, purpose);
  let session = await openSession(transport, start);
  try {
    if (size > 0) {
      const step: RegistryRequest = {
        ...start,
        method: 'PATCH',
        target: session,
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
        body: () => source.open(),
        replay: false,
        headersTimeout: COMMIT_TIMEOUT,
      };
      session = await acceptSession(step, await transport.send(step));
    }
    const commit: RegistryRequest = {
      ...start,
      method: 'PUT',
      target: withQuery(session, 'digest', digest),
      replay: false,
      headersTimeout: COMMIT_TIMEOUT,
    };
    await acceptBlob(commit, await transport.send(commit), digest);
  } catch (fault) {
    if (!transport.signal.aborted) await cancelSession(transport, repository, session);
    throw fault;
  }
}

/** Accepts a stored blob: 201, and no other digest than ours. */
export async function acceptBlob(request: RegistryRequest, response: Response, digest: Digest): Promise<void> {
  if (response.status !== 201) throw await refuseResponse(request, response);
  await discardBody(response);
  const claimed = headerOf(response, 'docker-content-digest');
  if (claimed === undefined || claimed === digest) return;
  const message = `could not ${request.purpose}: ${response.url.host} says it stored ${JSON.stringify(claimed.slice(0, 160))}`;
  throw new RegistryError('DIGEST_MISMATCH', message, { status: 201, method: request.method, url: response.url });
}

function isWorthStartingOver(fault: unknown): fault is RegistryError {
  if (!(fault instanceof RegistryError)) return false;
  if (fault.status === undefined) return fault.code === 'UNAVAILABLE' && isRetryableFault(fault.cause);
  return isRetryableStatus(fault.status) || fault.diagnostics.some(({ code }) => LOST_SESSION.includes(code));
}

async function sleep(transport: Transport, repository: Repository, delay: number): Promise<void> {
  try {
    await transport.retry.sleep(delay, transport.signal);
  } catch (cause) {
    throw new RegistryError('CANCELLED', `the upload to ${repository} was cancelled`, { cause });
  }
}
