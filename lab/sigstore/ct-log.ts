import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { listenOnLoopback, readBody } from './loopback.ts';
import { readLoggedPart } from './precertificate.ts';

/** A certificate transparency log that promises to log everything and keeps nothing: enough for what Fulcio and cosign look at. */
export interface CtLog {
  readonly url: string;
  readonly publicKey: KeyObject;
  close(): Promise<void>;
}

/** Starts it with a key of its own; https://www.rfc-editor.org/rfc/rfc6962#section-4.2 */
export async function startCtLog(): Promise<CtLog> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
  const server = await listenOnLoopback(async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method !== 'POST' || request.url !== '/ct/v1/add-pre-chain') return void answer(404, {});
    try {
      const { chain } = JSON.parse((await readBody(request)).toString()) as { chain: readonly string[] };
      answer(200, { id: id.toString('base64'), ...promise(chain, privateKey) });
    } catch (error) {
      answer(400, { error: String(error) });
    }
  });
  return { url: server.url, publicKey, close: server.close };
}

/** The signed certificate timestamp of a precertificate and its issuer; https://www.rfc-editor.org/rfc/rfc6962#section-3.2 */
function promise([leaf = '', issuer = '']: readonly string[], key: KeyObject): object {
  const timestamp = Date.now();
  const logged = readLoggedPart(Buffer.from(leaf, 'base64'));
  const issuerKey = new X509Certificate(Buffer.from(issuer, 'base64')).publicKey;
  const signed = Buffer.concat([
    Buffer.from([0, 0]), // version 1, certificate_timestamp
    unsigned(timestamp, 8),
    unsigned(1, 2), // precert_entry
    createHash('sha256')
      .update(issuerKey.export({ type: 'spki', format: 'der' }))
      .digest(),
    unsigned(logged.length, 3),
    logged,
    unsigned(0, 2), // no extensions
  ]);
  const signature = sign('sha256', signed, key);
  const wire = Buffer.concat([Buffer.from([4, 3]), unsigned(signature.length, 2), signature]); // SHA-256, ECDSA
  return { sct_version: 0, timestamp, extensions: '', signature: wire.toString('base64') };
}

function unsigned(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(value));
  return buffer.subarray(8 - bytes);
}
