import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ExternalRegistry,
  startDistribution,
  startDockerRegistry,
  startOlareg,
} from '../../lab/external-registry.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from './recording-client.ts';

const LIMIT = 1024 * 1024;
const content = Buffer.from(Array.from({ length: 5_000_000 }, (_, i) => (i * 31 + (i >> 8)) % 256));
const blob = { digest: digestOf(content), size: content.length };

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** What stands before a registry: refuses what is too long before it has read it, and cuts the connection of one PATCH. */
async function startProxy(registry: ExternalRegistry, cutPatch: number) {
  const patches: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    if (method === 'PATCH') patches.push(headers['content-range'] ?? 'whole');
    if (Number(headers['content-length'] ?? 0) > LIMIT) {
      outgoing.writeHead(413, { Connection: 'close' }).end('<html>413</html>');
      return;
    }
    if (method === 'PATCH' && patches.length === cutPatch) {
      incoming.once('data', () => incoming.socket.destroy());
      return;
    }
    // The host stays as the client knows it, so that addresses lead back here.
    const outward = request({ host: '127.0.0.1', port: registry.host.split(':')[1], method, path: url, headers });
    outward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    outward.on('error', () => outgoing.destroy());
    incoming.pipe(outward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  stops.push(() => stopProxy(proxy));
  return { host: `127.0.0.1:${(proxy.address() as AddressInfo).port}`, patches };
}

function stopProxy(proxy: Server): Promise<void> {
  proxy.closeAllConnections();
  return new Promise((resolve) => proxy.close(() => resolve()));
}

describe.each([
  ['olareg', startOlareg],
  ['distribution 3', startDistribution],
  ['docker-registry 2.8', startDockerRegistry],
])('%s behind a proxy that takes no more than a MiB', (_, startRegistry) => {
  it('gets a blob in chunks, and the rest of it after a connection broke', async () => {
    const registry = await startRegistry();
    stops.push(() => registry.stop());
    // Whole, 2.5 MB and 1.25 MB are refused; the second chunk that is taken is cut off.
    const { host, patches } = await startProxy(registry, 5);
    const { client } = createRecordingClient();
    stops.push(() => client.close());
    const repository = parseRepository(`${host}/app`);
    const open = () => Readable.from([content.subarray(0, 999_999), content.subarray(999_999)], { objectMode: false });
    expect(await client.pushBlob(repository, blob, open, { mountFrom: parseRepository(`${host}/base`) })).toBe(
      'uploaded',
    );
    expect(patches.slice(0, 5)).toEqual(['whole', '0-2499999', '0-1249999', '0-624999', '625000-1249999']);
    expect(await client.hasBlob(repository, blob)).toBe(true);
    expect(content.equals(await client.readBlob(repository, blob, blob.size))).toBe(true);
    expect(patches).toHaveLength(3 + 8 + 1);
  });
});
