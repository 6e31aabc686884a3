import type { BlobDescriptor } from './blob-verify.ts';
import { RegistryError } from './error.ts';
import { discardBody } from './transport/body.ts';
import { refuseResponse } from './transport/failure.ts';
import type { Transport } from './transport/http.ts';
import { headerOf, type RegistryRequest, type Response } from './transport/message.ts';

/** Asks for a blob from `offset` on; `skip` is how much of the answer is known already. Throws PROTOCOL for any other part than that. */
export async function resumeBlob(
  transport: Transport,
  request: RegistryRequest,
  { size }: BlobDescriptor,
  offset: number,
): Promise<{ response: Response; skip: number }> {
  if (offset === 0) return { response: await expectWhole(transport, request, size), skip: 0 };
  const range = { ...request, headers: { ...request.headers, range: `bytes=${offset}-` } };
  const response = await transport.send(range);
  if (response.status === 200) {
    await checkLength(request, response, size);
    return { response, skip: offset };
  }
  if (response.status === 416) {
    await discardBody(response);
    return { response: await expectWhole(transport, request, size), skip: offset };
  }
  if (response.status !== 206) throw await refuseResponse(range, response);
  const given = headerOf(response, 'content-range') ?? 'no Content-Range';
  if (isRestOf(given, offset, size)) return { response, skip: 0 };
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

async function expectWhole(transport: Transport, request: RegistryRequest, size: number): Promise<Response> {
  const response = await transport.send(request);
  if (response.status !== 200) throw await refuseResponse(request, response);
  await checkLength(request, response, size);
  return response;
}

/** Throws SIZE_MISMATCH for a wrong Content-Length, before any byte is handed out. */
export async function checkLength(request: RegistryRequest, response: Response, size: number): Promise<void> {
  const length = headerOf(response, 'content-length');
  if (length === undefined || Number(length) === size) return;
  await discardBody(response);
  const message = `could not ${request.purpose}: ${response.url.host} announces ${length} bytes instead of ${size}`;
  throw new RegistryError('SIZE_MISMATCH', message, {
    status: response.status,
    method: request.method,
    url: response.url,
    hint: 'The content is damaged, or the manifest that names it is wrong: push it again from where it was built.',
  });
}
