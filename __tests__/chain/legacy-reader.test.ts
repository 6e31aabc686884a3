import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { createLegacyReader, type LegacyReader } from '../../src/chain/legacy-reader.ts';
import { makeLegacyPayload, makeLegacySignature } from '../../src/chain/legacy-signature.ts';
import { createTaskLimit } from '../../src/chain/task-limit.ts';
import { digestOf } from '../../src/image/digest.ts';
import { OCI_MANIFEST } from '../../src/image/media-type.ts';
import type { Tag } from '../../src/image/reference.ts';
import type { KeyAnchor } from '../../src/image/trust-anchor.ts';
import { createTagFinder } from '../../src/registry/find-tagged.ts';
import { SignerError } from '../../src/signer/error.ts';
import { type EvidenceRoom, openEvidenceRoom } from './evidence-room.ts';

const UNDECIDED = new SignerError('VERIFICATION_UNDECIDED', 'cosign stumbled');
const anchor = (name: string): KeyAnchor => ({ kind: 'key', name, key: 'PEM', transparencyLog: false });
let room: EvidenceRoom;
let reader: LegacyReader;
let tag: Tag;

beforeEach(() => open());
afterEach(() => close());

const open = async (options?: RegistryOptions): Promise<void> => {
  room = await openEvidenceRoom(options);
  const { client, repository, digest } = room;
  reader = createLegacyReader(client, repository, createTagFinder(client, repository), createTaskLimit(2));
  tag = `sha256-${digest.slice(7)}.sig` as Tag;
};
const close = async (): Promise<void> => {
  await reader.close();
  await room.close();
};
const put = async (manifest?: object, withBlobs = true): Promise<void> => {
  const { client, repository, digest } = room;
  const payload = makeLegacyPayload({ kind: 'tag', repository, tag: '1' as Tag }, digest, {});
  const { content, blobs } = makeLegacySignature(digest, [{ payload, signature: 'AAAA' }]);
  for (const { descriptor, bytes } of withBlobs ? blobs : []) {
    await client.uploadBlob(repository, descriptor, () => Readable.from([bytes]));
  }
  const json = { ...JSON.parse(Buffer.from(content.bytes).toString()), ...manifest };
  const bytes = Buffer.from(JSON.stringify(json));
  await client.putManifest(repository, tag, { bytes, mediaType: OCI_MANIFEST, digest: digestOf(bytes) });
};
const find = (verify: (reference: string, anchor: KeyAnchor) => Promise<readonly string[]>, names = ['a']) =>
  reader.find(room.digest, 'sig', names.map(anchor), (reference, by) => verify(reference, by as KeyAnchor));
const layers = (count: number, size: number) =>
  Array.from({ length: count }, () => ({ mediaType: 'text/plain', digest: digestOf('x'), size }));

describe('the older form', () => {
  it('costs no process where there is no such tag', async () => {
    const never = () => Promise.reject(new TypeError('not to be asked'));
    expect(await find(never)).toEqual({ verified: [], others: [] });
  });

  it('is asked about once for each anchor, through a view of this digest', async () => {
    await put();
    const references: string[] = [];
    const { verified, others } = await find(
      async (reference, { name }) => {
        references.push(reference);
        return name === 'b' ? ['found'] : [];
      },
      ['a', 'b'],
    );
    expect(verified).toEqual([{ anchor: anchor('b'), found: 'found' }]);
    expect(others).toEqual([]);
    expect(references).toHaveLength(2);
    expect(references[0]).toMatch(new RegExp(`^127\\.0\\.0\\.1:[0-9]+/.*@${room.digest}$`));
  });

  it.each<[string, object, string]>([
    [
      'filesystem layers',
      { layers: [{ ...layers(1, 2)[0], mediaType: 'application/vnd.oci.image.layer.v1.tar' }] },
      'of another kind',
    ],
    ['a layer that is too large', { layers: layers(1, 33 * 1024 * 1024) }, 'too large'],
    ['layers that are too large together', { layers: layers(5, 32 * 1024 * 1024) }, 'too large'],
    ['too many layers', { layers: layers(1001, 1) }, 'more than 1000 layers'],
    ['what is no manifest', { layers: 7 }, 'not a list'],
  ])('is told of where the tag has %s, and cosign is not asked', async (_, manifest, reason) => {
    await close();
    await open({ missingContent: 'accept' });
    await put(manifest);
    const found = await find(() => Promise.reject(new TypeError('not to be asked')));
    expect(found).toEqual({ verified: [], others: [expect.stringContaining(reason)] });
  });

  it('is told of where cosign stumbles over layers that are not there', async () => {
    await close();
    await open({ missingContent: 'accept' });
    await put(undefined, false);
    const found = await find(() => Promise.reject(UNDECIDED));
    expect(found).toEqual({ verified: [], others: [expect.stringMatching(/its layer sha256:.* cannot be read/)] });
  });

  it('is undecided where cosign stumbles and nothing is wrong with the layers', async () => {
    await put();
    expect(await find(() => Promise.reject(UNDECIDED))).toEqual({
      ...{ verified: [], others: [`${tag} cannot be read: cosign stumbled`], undecided: UNDECIDED },
    });
  });

  it('keeps what cosign found beside a layer whose size is not true', async () => {
    await close();
    await open({ missingContent: 'accept' });
    await put({ layers: [{ ...layers(1, 1)[0], digest: digestOf('{}') }] });
    await room.client.uploadBlob(room.repository, { digest: digestOf('{}'), size: 2 }, () =>
      Readable.from([Buffer.from('{}')]),
    );
    const found = await find(async (reference) => {
      const [host = '', path = ''] = reference.split(/\/(.*)@.*/);
      await (await fetch(`http://${host}/v2/${path}/manifests/${tag}`)).text();
      const { status } = await fetch(`http://${host}/v2/${path}/blobs/${digestOf('{}')}`);
      return [`status ${status}`];
    });
    expect(found.verified).toMatchObject([{ found: 'status 424' }]);
    expect(found.others).toEqual([expect.stringContaining('cannot be read')]);
  });

  it('throws when the tag cannot be looked at, or cosign cannot be run', async () => {
    await put();
    await expect(find(() => Promise.reject(new Error('no cosign here')))).rejects.toThrow('no cosign here');
    room.registry.faults.push({ path: /\/(?:manifests|tags)\//, status: 403 });
    await reader.close();
    const { client, repository, digest } = room;
    const other = createLegacyReader(client, repository, createTagFinder(client, repository), createTaskLimit(2));
    await expect(other.find(digest, 'sig', [], async () => [])).rejects.toMatchObject({ code: 'DENIED' });
  });
});
