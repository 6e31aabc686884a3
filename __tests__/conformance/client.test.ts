import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseRepository } from '../../src/image/reference.ts';
import { createRecordingClient } from '../registry/recording-client.ts';
import { CLIENT_KINDS } from './client-kinds.ts';
import { CLIENT_REFERRERS_KINDS } from './client-referrers-kinds.ts';
import { REGISTRIES, type RunningRegistry, startByName } from './four-registries.ts';
import { expectationOf } from './kind.ts';
import { Repository } from './repository.ts';

const KINDS = [...CLIENT_KINDS, ...CLIENT_REFERRERS_KINDS];

describe.each(REGISTRIES)('our client at %s', (registryName) => {
  const { client, warnings } = createRecordingClient();
  let registry: RunningRegistry;
  beforeAll(async () => {
    registry = await startByName(registryName);
  }, 30_000);
  afterAll(async () => {
    await client.close();
    await registry.stop();
  });

  it.each(KINDS.map((kind, i) => [kind.name, kind, i] as const))('%s', async (_name, kind, i) => {
    const wire = new Repository(registry.host, `client/kind-${i}`);
    const name = parseRepository(`${wire.host}/${wire.name}`);
    const requests = async () => {
      const lines = await registry.log();
      const ours = lines.filter(({ path }) => path.startsWith(`/v2/${wire.name}/`));
      return ours.map(({ method, status }) => `${method} ${status}`);
    };
    expect(await kind.run({ client, name, wire, requests })).toEqual(expectationOf(kind, registryName));
  });

  it('warns of nothing', () => {
    expect(warnings).toEqual([]);
  });
});
