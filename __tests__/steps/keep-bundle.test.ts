import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { startRegistry } from '../../lab/registry/server.ts';
import { parseReference } from '../../src/image/reference.ts';
import { keepBundle } from '../../src/steps/keep-bundle.ts';
import { createLayout } from '../../src/transfer/layout.ts';
import { listUnlisted } from '../../src/transfer/list-unlisted.ts';
import { pushReferrers } from '../../src/transfer/referrers.ts';
import { listReferrers } from '../e2e/fixture-target.ts';
import { createRecordingClient } from '../registry/recording-client.ts';

const TYPE = 'https://example.test/attestation/v1';

describe('a bundle that is kept', () => {
  it.each([true, false])('is found at its image once it is pushed; by the referrers API: %s', async (referrersApi) => {
    const registry = await startRegistry({ referrersApi });
    const directory = await mkdtemp(join(tmpdir(), 'keep-bundle-'));
    const { client } = createRecordingClient();
    try {
      await pushImage(registry.host, 'qa/app', '1', buildImage());
      const image = parseReference(`${registry.host}/qa/app:1`);
      const { repository } = image;
      const root = await client.resolve(image);
      const layout = await createLayout(directory);
      const created = new Date('2026-11-21T10:00:00Z');
      const referrer = await keepBundle(root, Buffer.from('{"bundle":1}'), TYPE, created, layout);
      const unlisted = await pushReferrers([referrer], layout, client, repository, { mountFrom: undefined });
      expect(unlisted).toHaveLength(referrersApi ? 0 : 1);
      expect(await listUnlisted(unlisted, client, repository)).toBe(!referrersApi);
      expect(await listUnlisted(unlisted, client, repository)).toBe(false);
      const listed = await listReferrers(registry.host, 'qa/app', root.digest);
      expect(listed.map(({ digest, annotations }) => [digest, annotations])).toEqual([
        [
          referrer.content.digest,
          expect.objectContaining({
            'dev.sigstore.bundle.predicateType': TYPE,
            'org.opencontainers.image.created': '2026-11-21T10:00:00.000Z',
          }),
        ],
      ]);
      const [layer] = referrer.content.manifest.kind === 'manifest' ? referrer.content.manifest.layers : [];
      expect(registry.read('qa/app', layer?.digest ?? '')?.toString()).toBe('{"bundle":1}');
    } finally {
      await Promise.all([client.close(), registry.close(), rm(directory, { recursive: true, force: true })]);
    }
  });
});
