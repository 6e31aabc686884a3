import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildDatabase, pushDatabase } from '../../lab/database/database.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { makeSigningKey } from '../../lab/signing-key.ts';
import { DomainError } from '../../src/base/error.ts';
import { scan } from '../../src/scan/scan.ts';
import { NOW } from '../promote/fake-ports.ts';
import { type FakeScanPorts, makeScanRequest, openScanPorts } from './fake-scan.ts';

let registry: LabRegistry;
let ports: FakeScanPorts;
beforeEach(async () => {
  [registry, ports] = await Promise.all([startRegistry(), openScanPorts(['CRITICAL', 'LOW'])]);
  await pushDatabase(registry.host, 'db', '2', buildDatabase({ updatedAt: NOW }));
  for (const name of ['a', 'b']) await pushImage(registry.host, name, '1', buildImage({ labels: { name } }));
});
afterEach(() => Promise.all([ports.close(), registry.close()]));

class CancelError extends DomainError<'CANCELLED'> {}

/** A policy with the database of the test, as an input. */
function policyOf(more: object = {}, signature: object = { transparencyLog: false }): string {
  return JSON.stringify({ version: 1, signature, scan: { databases: [`${registry.host}/db:2`], ...more } });
}

async function run(images: readonly string[], policy = policyOf()) {
  const names = images.map((name) => `${registry.host}/${name}`);
  return scan(await makeScanRequest({ images: names.join('\n'), policy }), ports);
}

describe('a scan of several images', () => {
  it('looks at one after the other, and tells of each what was found', async () => {
    const { result, images } = await run(['a:1', 'b:1']);
    expect([result, images.map((image) => image.result)]).toEqual(['refused', ['refused', 'refused']]);
    expect(images.map(({ refusals }) => refusals.map(({ code }) => code))).toEqual([['VULNERABLE'], ['VULNERABLE']]);
    expect(images.map(({ scan: found }) => found?.counts)).toMatchObject(Array(2).fill({ CRITICAL: 1, LOW: 1 }));
    const order = registry.log.find('GET', /\/manifests\//).map(({ path }) => path.split('/')[2]);
    expect(order.filter((name) => name !== 'db')).toEqual(['a', 'b']);
  });

  it('fails as a whole where one could not be looked at, and does not stop for it', async () => {
    const { result, images } = await run(['gone:1', 'a:1'], policyOf({ mode: 'report' }));
    expect([result, images.map((image) => image.result)]).toEqual(['failed', ['failed', 'clean']]);
    expect(images[0]?.error).toMatchObject({ code: 'NOT_FOUND' });
    expect(images[1]?.notes).toEqual([expect.stringMatching(/^VULNERABLE was reported, not enforced/)]);
  });

  it('leaves the reports and nothing else', async () => {
    const { images, sarifPath } = await run(['a:1', 'b:1']);
    const rooms = (await readdir(ports.workDirectory)).filter((name) => name.startsWith('promote-image-'));
    expect(rooms).toHaveLength(1);
    expect(await readdir(join(ports.workDirectory, rooms[0] ?? ''))).toEqual(['results']);
    const sarif = JSON.parse(await readFile(sarifPath ?? '', 'utf8')) as { runs: { results: unknown[] }[] };
    expect(sarif.runs.map(({ results }) => results.length)).toEqual([2, 2]);
    for (const [i, { scan: found, digest }] of images.entries()) {
      expect(JSON.parse(await readFile(found?.reportPath ?? '', 'utf8'))).toMatchObject({ digest });
      expect(found?.reportPath).toContain(`image-${i + 1}`);
    }
  });
});

describe('a scan that cannot begin', () => {
  it('without a database fails, and has judged nothing', async () => {
    const outcome = await run(['a:1'], policyOf({ databases: [`${registry.host}/gone:2`] }));
    expect(outcome).toMatchObject({ result: 'failed', images: [], error: { code: 'DATABASE_UNAVAILABLE' } });
  });

  it('with a wrong password for its key fails before anything is read', async () => {
    const key = await makeSigningKey();
    const inputs = { images: `${registry.host}/a:1`, policy: policyOf(), attest: 'true', 'cosign-key': 'env://KEY' };
    const request = await makeScanRequest(inputs, { env: { KEY: 'k' } });
    registry.log.clear();
    const keyEnv = { KEY: key.privateKey, COSIGN_PASSWORD: 'wrong' };
    expect(await scan(request, { ...ports, keyEnv })).toMatchObject({
      ...{ result: 'failed', images: [], error: { code: 'KEY_UNUSABLE' } },
    });
    expect(registry.log.entries).toEqual([]);
  });

  it('that is cancelled says so, keeps what it has, and begins no other image', async () => {
    const reason = new CancelError('CANCELLED', 'cancelled by SIGTERM');
    const cancelled: FakeScanPorts = {
      ...ports,
      exec: async (command, signal) => {
        const result = await ports.exec(command, signal);
        if (ports.commands.length === 2) ports.cancel.abort(reason);
        return result;
      },
    };
    const images = ['a:1', 'b:1'].map((name) => `${registry.host}/${name}`);
    const request = await makeScanRequest({
      images: [...images, images[0]?.replace(':1', ':2')].join('\n'),
      policy: policyOf(),
    });
    const outcome = await scan(request, cancelled);
    expect([outcome.result, outcome.error]).toEqual(['failed', reason]);
    expect(outcome.images).toHaveLength(1);
    expect(ports.commands).toHaveLength(2);
  });
});
