import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { errorsOf, type PromoteStep, type Scene, setScene } from './fixture.ts';
import { makeImage } from './fixture-images.ts';

let scene: Scene;
let staging: LabRegistry;
let production: LabRegistry;

beforeAll(async () => {
  [scene, staging, production] = await Promise.all([setScene(), startRegistry(), startRegistry()]);
  await pushImage(staging.host, 'dev/web', '1', makeImage('fixed'));
  await pushImage(staging.host, 'dev/vulnerable', '1', makeImage('vulnerable'));
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), staging?.close(), production?.close()]);
});

/** Runs a step that must end as `failed` with exit code 1 and these annotations, and without a write. */
async function fail(
  errors: readonly RegExp[],
  step: PromoteStep = {},
  places: { source?: string; target?: string } = {},
): Promise<void> {
  production.log.clear();
  const { source = `${staging.host}/dev/web:1`, target = `${production.host}/prod/web:1` } = places;
  const result = await scene.promote(source, target, step);
  expect(result).toMatchObject({ code: 1, outputs: { result: 'failed', image: '', refusals: '[]' } });
  const found = errorsOf(result).map(({ title, message }) => `${title}: ${message}`);
  expect(found).toEqual(errors.map((error) => expect.stringMatching(error)));
  expect(production.log.uploads()).toEqual([]);
  expect(production.tags('prod/web')).toEqual([]);
  expect(result.summary).toContain('Nothing was written to the target.');
}

describe('what could not be decided ends with exit code 1', () => {
  it('a password that does not fit the key', async () => {
    await fail([/KEY_UNUSABLE.*\nCOSIGN_PASSWORD is not the password/], { env: { COSIGN_PASSWORD: 'wrong' } });
  });

  it('a source that does not exist', async () => {
    await fail([/NOT_FOUND: .*dev\/web:gone/], {}, { source: `${staging.host}/dev/web:gone` });
  });

  it('a digest that the source does not have, whatever its tag says', async () => {
    await fail([/NOT_FOUND/], {}, { source: `${staging.host}/dev/web:1@sha256:${'0'.repeat(64)}` });
  });

  it('a registry that does not answer', async () => {
    const gone = await startRegistry();
    await gone.close();
    await fail([/UNAVAILABLE: .*ECONNREFUSED.*\nCheck that/], {}, { source: `${gone.host}/dev/web:1` });
  }, 120_000);

  it('a database mirror that does not answer', async () => {
    await fail([/DATABASE_UNAVAILABLE: .*mirror\/gone/], {
      policy: { scan: { databases: [`${scene.databases.host}/mirror/gone:2`] } },
    });
  }, 120_000);

  it.each([
    { what: 'a source without a login', guarded: 'source', login: {} },
    { what: 'a target without a login', guarded: 'target', login: {} },
    {
      what: 'a target with a wrong password',
      guarded: 'target',
      login: { 'target-username': 'ci', 'target-password': 'wrong one' },
    },
  ] as const)(
    'no access is never taken for "absent": $what',
    async ({ guarded, login }) => {
      const closed = await startRegistry({ auth: { kind: 'bearer', username: 'ci', password: 'right one' } });
      try {
        const place = `${closed.host}/prod/web:1`;
        await fail(
          [/UNAUTHORIZED: .*\n.*\w/],
          { inputs: login },
          guarded === 'source' ? { source: place } : { target: place },
        );
        expect(closed.log.uploads()).toEqual([]);
      } finally {
        await closed.close();
      }
    },
    120_000,
  );

  it.each(['basic', 'bearer'] as const)(
    'an account that may only pull (%s) is told so before any gate has its say',
    async (kind) => {
      const closed = await startRegistry({ auth: { kind, username: 'ci', password: 'read only', push: 'denied' } });
      try {
        const inputs = { 'target-username': 'ci', 'target-password': 'read only' };
        const places = { source: `${staging.host}/dev/vulnerable:1`, target: `${closed.host}/prod/web:1` };
        await fail([/DENIED|UNAUTHORIZED/], { inputs }, places);
        expect(closed.log.uploads()).toEqual([]);
      } finally {
        await closed.close();
      }
    },
    120_000,
  );
});
