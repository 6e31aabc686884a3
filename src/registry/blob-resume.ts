import { type BlobDescriptor, checkClaimedDigest } from './blob-verify.ts';
import { RegistryError } from './error.ts';
import { discardBody } from './transport/body.ts';
import { cleanText } from './transport/diagnostics.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, type RegistryRequest, type Response } from './transport/message.ts';

/** Asks for a blob from `offset` on; `skip` is how much of the answer is known already. Throws PROTOCOL for any other part than that. */
export async function resumeBlob(
  transport: Transport,
  request: RegistryRequest,
  descriptor: BlobDescriptor,
  offset: number,
): Promise<{ response: Response; skip: number }> {
  const { size } = descriptor;
  if (offset === 0) return { response: await expectWhole(transport, request, descriptor), skip: 0 };
  const range = { ...request, headers: { ...request.headers, range: `bytes=${offset}-` } };
  const response = await transport.send(range);
  if (response.status === 200) {
    await checkAnswer(request, response, descriptor);
    return { response, skip: offset };
  }
  if (response.status === 416) {
    await discardBody(response);
    return { response: await expectWhole(transport, request, descriptor), skip: offset };
  }
  if (response.status !== 206) throw await refuseResponse(range, response);
  const given = headerOf(response, 'content-range') ?? 'no Content-Range';
  if (isRestOf(given, offset, size)) {
    await checkContent(range, response, descriptor);
    return { response, skip: 0 };
  }
  await discardBody(response);
  const message = `could not ${request.purpose}: asked for bytes ${offset}-${size - 1}, ${response.url.host} sent ${given.slice(0, 80)}`;
  throw new RegistryError('PROTOCOL', message, { status: 206, method: 'GET', url: response.url });
}

/** True for a Content-Range that begins where we stopped and belongs to a blob of this size; it may end early. */
function isRestOf(contentRange: string, offset: number, size: number): boolean {
  const [, start, end, total] = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(contentRange) ?? [];
  return (
    Number(start) === offset && Number(end) >= offset && Number(end) < size && (total === '*' || Number(total) === size)
  );
}

/** Asks for all of a blob. */
export async function expectWhole(
  transport: Transport,
  request: RegistryRequest,
  descriptor: BlobDescriptor,
): Promise<Response> {
  const response = await transport.send(request);
  if (response.status !== 200) throw await refuseResponse(request, response);
  await checkAnswer(request, response, descriptor);
  return response;
}

/** Throws before any byte is handed out: SIZE_MISMATCH for a wrong Content-Length, DIGEST_MISMATCH where another digest is named, PROTOCOL for encoded content. */
export async function checkAnswer(
  request: RegistryRequest,
  response: Response,
  descriptor: BlobDescriptor,
): Promise<void> {
  await checkContent(request, response, descriptor);
  const length = headerOf(response, 'content-length');
  if (length === undefined || Number(length) === descriptor.size) return;
  await discardBody(response);
  const message = `could not ${request.purpose}: ${response.url.host} announces ${length} bytes instead of ${descriptor.size}`;
  throw new RegistryError('SIZE_MISMATCH', message, {
    ...{ status: response.status, method: request.method, url: response.url },
    hint: 'The content is damaged, or the manifest that names it is wrong: push it again from where it was built.',
  });
}

/** We ask for the bytes as they are. What was encoded on the way is neither decoded nor hashed: it would only look like damage. */
async function checkContent(request: RegistryRequest, response: Response, { digest }: BlobDescriptor): Promise<void> {
  try {
    checkClaimedDigest(request, response, digest);
    checkEncoding(request, response);
  } catch (fault) {
    await discardBody(response);
    throw fault;
  }
}

function checkEncoding(request: RegistryRequest, response: Response): void {
  const encoding = headerOf(response, 'content-encoding')?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return;
  const { status, url } = response;
  const message = `could not ${request.purpose}: ${url.host} sent it with Content-Encoding ${cleanText(encoding, 40)}, which was not asked for`;
  throw new RegistryError('PROTOCOL', message, {
    ...{ status, method: request.method, url },
    hint: `Make the proxy before ${url.host} pass content on as it is: switch its compression off for /v2/.`,
  });
}
