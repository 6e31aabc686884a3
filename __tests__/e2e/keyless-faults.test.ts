import { generateKeyPairSync } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sigstore } from '../../lab/sigstore/sigstore.ts';
import { mapConcurrently } from '../../src/base/concurrency.ts';
import { type End, endOf, errorsOf, success } from './fixture.ts';
import { listEvidence } from './fixture-target.ts';
import { type KeylessScene, setKeylessScene } from './keyless-fixture.ts';
import { pushSource } from './trust-fixture.ts';

/** So many promotions wait at a time, each by a Sigstore of its own: a fault is met by whoever comes next. */
const SCENES = 5;
const PERMISSION = /permissions: id-token: write/;

type Service = 'token' | 'fulcio' | 'timestampAuthority' | 'rekor';

interface Row {
  readonly name: string;
  readonly service: Service;
  readonly spoil: (faults: Sigstore['faults']) => void;
  readonly timeout?: string;
  /** Signs with the key of `makeRsaKey` instead of as the workflow; the log is the same. */
  readonly byKey?: boolean;
  /** What its one error says; a row without it is promoted. */
  readonly says?: RegExp;
  /** What came by at the service, in the order of their ends. */
  readonly seen: readonly string[];
}

const TOKEN = 'GET';
const FULCIO = 'POST /api/v2/signingCert';
const TIME = 'POST /api/v1/timestamp';
const LOG = 'POST /api/v2/log/entries';

const PASSING: readonly Row[] = [
  {
    name: 'a token service that is down once',
    service: 'token',
    spoil: ({ token }) => token.fail('unavailable'),
    seen: [`${TOKEN} 503`, `${TOKEN} 200`],
  },
  {
    name: 'Fulcio that is busy for cosign, which tries twice',
    service: 'fulcio',
    spoil: ({ fulcio }) => fulcio.fail('busy', 2),
    seen: [`${FULCIO} 429`, `${FULCIO} 429`, `${FULCIO} 200`],
  },
  {
    name: 'Fulcio that is down once',
    service: 'fulcio',
    spoil: ({ fulcio }) => fulcio.fail('unavailable'),
    seen: [`${FULCIO} 503`, `${FULCIO} 200`],
  },
  {
    name: 'an answer of Fulcio that is lost',
    service: 'fulcio',
    spoil: ({ fulcio }) => fulcio.fail('lost-answer'),
    seen: [`${FULCIO} 0`, `${FULCIO} 200`],
  },
  {
    name: 'a timestamp authority that is down for cosign, which tries twice',
    service: 'timestampAuthority',
    spoil: ({ timestampAuthority }) => timestampAuthority.fail('unavailable', 2),
    seen: [`${TIME} 503`, `${TIME} 503`, `${TIME} 200`],
  },
  {
    name: 'a timestamp authority that is busy once',
    service: 'timestampAuthority',
    spoil: ({ timestampAuthority }) => timestampAuthority.fail('busy'),
    seen: [`${TIME} 429`, `${TIME} 200`],
  },
  {
    name: 'Rekor that is busy, and then down',
    service: 'rekor',
    spoil({ rekor }) {
      rekor.fail('busy');
      rekor.fail('unavailable');
    },
    seen: [`${LOG} 429`, `${LOG} 503`, `${LOG} 201`],
  },
  {
    name: 'an answer of Rekor that is lost, after which it knows the entry',
    service: 'rekor',
    spoil({ rekor }) {
      rekor.fail('lost-answer');
      rekor.fail('conflict');
    },
    seen: [`${LOG} 0`, `${LOG} 409`, `${LOG} 201`],
  },
  {
    name: 'an answer of Rekor that is lost, after which it really refuses the same entry of a key that signs as before',
    service: 'rekor',
    byKey: true,
    spoil: ({ rekor }) => rekor.fail('lost-answer'),
    seen: [`${LOG} 0`, `${LOG} 409`, `${LOG} 201`],
  },
];

const FATAL: readonly (Row & { readonly says: RegExp })[] = [
  {
    name: 'a token service that refuses',
    service: 'token',
    spoil: ({ token }) => token.fail('unauthorized'),
    says: PERMISSION,
    seen: [`${TOKEN} 401`],
  },
  {
    name: 'a token service that stays down',
    service: 'token',
    spoil: ({ token }) => token.fail('unavailable', Number.POSITIVE_INFINITY),
    says: /the token service of the runner answered 503 after 4 tries.*\s.*githubstatus/,
    seen: Array<string>(4).fill(`${TOKEN} 503`),
  },
  {
    name: 'a token that has expired',
    service: 'token',
    spoil: ({ token }) => token.fail('expired'),
    says: /The OIDC token to sign with has expired/,
    seen: [`${TOKEN} 200`],
  },
  {
    name: 'a token for another audience',
    service: 'fulcio',
    spoil: ({ token }) => token.fail('other-audience'),
    says: /Fulcio refused the OIDC token/,
    seen: [`${FULCIO} 400`],
  },
  ...(['fulcio', 'timestampAuthority', 'rekor'] as const).map((service) => ({
    name: `${service} that stays down`,
    service,
    spoil: (faults: Sigstore['faults']) => faults[service].fail('unavailable', Number.POSITIVE_INFINITY),
    says: /cosign attest-blob without a key ended with exit code 1/,
    seen: {
      fulcio: Array<string>(8).fill(`${FULCIO} 503`),
      timestampAuthority: Array<string>(8).fill(`${TIME} 503`),
      rekor: Array<string>(4).fill(`${LOG} 503`),
    }[service],
  })),
  ...(['fulcio', 'timestampAuthority', 'rekor'] as const).map((service) => ({
    name: `${service} that never answers`,
    service,
    spoil: (faults: Sigstore['faults']) => faults[service].fail('hang', Number.POSITIVE_INFINITY),
    timeout: '15s',
    says: /timeout/,
    seen: { fulcio: [`${FULCIO} 0`], timestampAuthority: [`${TIME} 0`], rekor: [`${LOG} 0`] }[service],
  })),
];

interface Seen {
  readonly end: End;
  readonly said: string;
  readonly requests: readonly string[];
  readonly holds: readonly string[];
  readonly evidence: readonly string[];
  readonly writes: readonly string[];
  /** Files with a token that stayed where the runner keeps temporary ones. */
  readonly left: readonly string[];
}

const scenes: KeylessScene[] = [];
let results: ReadonlyMap<string, Seen | Error>;

beforeAll(async () => {
  scenes.push(...(await Promise.all(Array.from({ length: SCENES }, () => setKeylessScene()))));
  const free = await Promise.all(
    scenes.map(async (scene) => ({
      scene,
      digest: (await pushSource(scene.registry.host, 'web')).split('@')[1] ?? '',
    })),
  );
  // Those that wait longest first.
  const rows = [...FATAL, ...PASSING].reverse();
  rows.sort((a, b) => Number(b.name.includes('stays')) - Number(a.name.includes('stays')));
  const ended = await mapConcurrently(rows, SCENES, async (row, index) => {
    const room = free.pop();
    if (room === undefined) throw new Error('more rows than scenes');
    const result = await look(row, index, room).catch((error: unknown) => error as Error);
    free.push(room);
    return [row.name, result] as const;
  });
  results = new Map(ended);
}, 240_000);

afterAll(() => Promise.all(scenes.map((scene) => scene.close())));

async function look(
  { service, spoil, timeout = '2m', byKey = false }: Row,
  index: number,
  { scene, digest }: { readonly scene: KeylessScene; readonly digest: string },
): Promise<Seen> {
  const { faults } = scene.sigstore;
  const { host } = scene.registry;
  const target = `prod/row-${index}`;
  const before = faults[service].requests().length;
  spoil(faults);
  const key = byKey ? { 'cosign-key': 'env://COSIGN_PRIVATE_KEY' } : {};
  const step = await scene.promote(`${host}/dev/web:1`, `${host}/${target}:1`, {
    inputs: { attest: 'false', timeout, ...key },
    env: byKey ? await makeRsaKey(scene) : {},
  });
  for (const point of Object.values(faults)) point.clear();
  const requests = faults[service].requests().slice(before);
  const lines = (await scene.registry.log()).filter(({ path }) => path.startsWith(`/v2/${target}/`));
  const said = errorsOf(step).map(({ title, message }) => `${title}: ${message}`);
  return {
    end: endOf(step),
    said: said.join('\n'),
    requests: requests.map((line) => line.replace(/^GET \S+/, TOKEN)),
    holds: await scene.listTags(target),
    evidence: await listEvidence(host, target, digest),
    left: (await readdir(step.temporary, { recursive: true })).filter((path) => path.endsWith('/token')),
    // An upload that is opened and cancelled brings nothing.
    writes: lines.filter(({ method }) => ['PUT', 'PATCH'].includes(method)).map(({ path }) => path),
  };
}

/** RSA signs the same bytes with the same signature, so that a log knows it again. */
async function makeRsaKey(scene: KeylessScene): Promise<Readonly<Record<string, string>>> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await scene.write('rsa.pem', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString());
  await scene.cosign('import-key-pair', '--key', 'rsa.pem', '--output-key-prefix', 'rsa');
  return { COSIGN_PRIVATE_KEY: await scene.readText('rsa.key'), COSIGN_PASSWORD: '' };
}

function seen(name: string): Seen {
  const result = results.get(name);
  if (result === undefined || result instanceof Error) throw result ?? new Error(`no row is called ${name}`);
  return result;
}

describe('a promotion without a key', () => {
  it.each(PASSING)('gets over $name, and leaves one signature', ({ name, seen: requests }) => {
    const { end, holds, evidence, ...met } = seen(name);
    expect({ end, holds }).toEqual({ end: success('promoted'), holds: ['1'] });
    expect(evidence).toEqual(['https://sigstore.dev/cosign/sign/v1']);
    expect(met.requests).toEqual(requests);
  });

  it.each(FATAL)('fails by $name, and leaves no tag and nothing signed', ({ name, says, seen: requests }) => {
    const { end, said, holds, evidence, left, ...met } = seen(name);
    expect(end).toMatchObject({ code: 1, result: 'failed', refusals: [] });
    expect(said).toMatch(says);
    expect({ holds, evidence, left }).toEqual({ holds: [], evidence: [], left: [] });
    expect(met.requests).toEqual(requests);
  });

  it.each(FATAL.filter(({ service }) => service === 'token'))(
    'brings nothing to the target before $name: the right to push is tried, and that is all',
    ({ name }) => {
      expect(seen(name).writes).toEqual([]);
    },
  );
});
