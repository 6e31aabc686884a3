import { isDigest } from './digest.ts';
import { type Call, RegistryError, type Reply, reply } from './exchange.ts';
import type { RepositoryContent } from './store.ts';

/** Blob GET, HEAD and DELETE, with byte ranges; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs */
export function handleBlob(call: Call, content: RepositoryContent | undefined, digest: string): Reply {
  if (!isDigest(digest)) throw new RegistryError(400, 'DIGEST_INVALID', 'invalid digest');
  const bytes = content?.blobs.get(digest);
  if (bytes === undefined) throw new RegistryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  switch (call.method) {
    case 'GET':
    case 'HEAD':
      return readBlob(bytes, digest, rangeOf(call));
    default: // DELETE: the route lets no other through
      content?.blobs.delete(digest);
      return reply(202);
  }
}

/** Undefined when there is none to heed: for HEAD, and with If-Range, as nothing here has a validator; https://www.rfc-editor.org/rfc/rfc9110#section-14.2 */
function rangeOf({ method, headers }: Call): string | undefined {
  return method === 'GET' && headers['if-range'] === undefined ? headers.range : undefined;
}

function readBlob(bytes: Buffer, digest: string, range: string | undefined): Reply {
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Docker-Content-Digest': digest,
    'Accept-Ranges': 'bytes',
  };
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === '' && last === '') return { status: 200, headers, body: bytes };
  const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
  if (start > end) {
    throw new RegistryError(416, 'RANGE_INVALID', 'range not satisfiable', {
      'Content-Range': `bytes */${bytes.length}`,
    });
  }
  const part = { ...headers, 'Content-Range': `bytes ${start}-${end}/${bytes.length}` };
  return { status: 206, headers: part, body: bytes.subarray(start, end + 1) };
}
