import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { createRecordingClient, type RecordingClient } from '../registry/recording-client.ts';
import { type CheckRoom, openCheckRoom, placesOf } from './check-room.ts';

const IMAGE = buildImage({ labels: { name: 'web' } });
const ABSENT = `sha256:${'4f'.repeat(32)}`;

let registry: LabRegistry;
let other: LabRegistry;
let recording: RecordingClient;
let room: CheckRoom;

beforeAll(async () => {
  [registry, other] = await Promise.all([
    startRegistry(),
    startRegistry({ auth: { kind: 'basic', username: 'a', password: 'b' } }),
  ]);
  await pushImage(registry.host, 'prod/web', '1.0.0', IMAGE);
});
afterAll(() => Promise.all([registry.close(), other.close()]));
beforeEach(() => {
  recording = createRecordingClient();
  registry.log.clear();
  other.log.clear();
});
afterEach(async () => {
  await recording.client.close();
  await room.remove();
});

const compose = (...images: readonly string[]): string =>
  `services:\n${images.map((image, i) => `  s${i}: { image: "${image}" }\n`).join('')}`;
const check = async (images: readonly string[], inputs: Readonly<Record<string, string>> = {}) => {
  room = await openCheckRoom({ 'compose.yml': compose(...images) });
  const ports = { registry: recording.client, workDirectory: tmpdir() };
  return room.check({ verify: 'exists', 'require-digest': 'false', ...inputs }, ports);
};
const asked = ({ log }: LabRegistry): string[] =>
  log.entries.filter(({ path }) => path.includes('/manifests/')).map(({ method, path }) => `${method} ${path}`);

describe('an image that must exist', () => {
  it('is asked for once, however often and with whichever tag it is named', async () => {
    const name = `${registry.host}/prod/web`;
    const { digest } = IMAGE.root;
    const outcome = await check([`${name}@${digest}`, `${name}:1.0.0@${digest}`, `${name}:2.0.0@${digest}`]);
    expect(outcome).toMatchObject({ result: 'passed', findings: [], undecided: [] });
    expect(asked(registry)).toEqual([`HEAD /v2/prod/web/manifests/${digest}`]);
  });

  it('is a finding at every place that names it where it is not there', async () => {
    const missing = `${registry.host}/prod/web:1.0.0@${ABSENT}`;
    const outcome = await check([missing, `${registry.host}/prod/web:1.0.0`, missing]);
    expect([outcome.result, placesOf(outcome)]).toEqual([
      'refused',
      ['compose.yml:2 digest-not-found', 'compose.yml:4 digest-not-found'],
    ]);
    expect(outcome.findings[0]?.message).toContain(ABSENT);
  });

  it('is looked for by its tag where it has no digest', async () => {
    expect(placesOf(await check([`${registry.host}/prod/web:9.9.9`]))).toEqual(['compose.yml:2 digest-not-found']);
  });

  it('cannot be told where the registry does not say, and takes nothing from the others', async () => {
    const outcome = await check([`${other.host}/prod/web@${ABSENT}`, `${registry.host}/prod/web@${ABSENT}`]);
    expect(outcome).toMatchObject({ result: 'failed', undecided: [{ image: `${other.host}/prod/web@${ABSENT}` }] });
    expect(placesOf(outcome)).toEqual(['compose.yml:3 digest-not-found']);
  });

  it('is not asked for where it may not come from, or is no image', async () => {
    const images = [`${other.host}/prod/web@${ABSENT}`, `${other.host}/Prod/web@${ABSENT}`];
    const outcome = await check(images, { 'allow-registries': `${registry.host}/*` });
    expect(placesOf(outcome)).toEqual(['compose.yml:2 registry-not-allowed', 'compose.yml:3 invalid-reference']);
    expect(other.log.entries).toEqual([]);
  });

  it('is the default of a variable too', async () => {
    const image = `\${WEB:-${registry.host}/prod/web@${ABSENT}}`;
    expect(placesOf(await check([image]))).toEqual([
      'compose.yml:2 unresolved-variable',
      'compose.yml:2 digest-not-found',
    ]);
  });
});
