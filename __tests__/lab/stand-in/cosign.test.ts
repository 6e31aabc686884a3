import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../../lab/image/artifact.ts';
import { buildImage } from '../../../lab/image/image.ts';
import { run } from '../../../lab/process.ts';
import { type LabRegistry, startRegistry } from '../../../lab/registry/server.ts';
import { makeBundle } from '../../../lab/stand-in/bundle.ts';
import { runCosign } from '../../../lab/stand-in/cosign.ts';
import { type KeyPair, makeKeyPair } from '../../../lab/stand-in/key-pair.ts';
import { findTool } from '../../../lab/tools.ts';
import { type CosignRoom, openCosignRoom, type RoomKey } from '../../chain/cosign-room.ts';

const TYPE = 'https://example.test/v1';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const NO_LOG = '--insecure-ignore-tlog=true';
const LEGACY = '--new-bundle-format=false';

let room: CosignRoom;
let registry: LabRegistry;
let key: KeyPair;
let legacyKey: RoomKey;
const [bundled, legacy, bare] = ['bundled', 'legacy', 'bare'].map((name) => buildImage({ labels: { [name]: '1' } }));
const at = (name: string) => join(room.directory, name);

beforeAll(async () => {
  [room, registry, key] = [await openCosignRoom(), await startRegistry(), makeKeyPair()];
  legacyKey = await room.makeKey('legacy');
  await writeFile(at('right.pub'), key.publicKey);
  await writeFile(at('wrong.pub'), makeKeyPair().publicKey);
  await writeFile(at('legacy.pub'), legacyKey.publicKey);
  for (const image of [bundled, legacy, bare]) if (image) registry.seed('app/web', image);
  const statement = Buffer.from(JSON.stringify(makeStatement(hexOf('bundled'))));
  const bundle = makeBundle(statement, key.privateKey, key.password);
  await writeFile(at('bundle.json'), JSON.stringify(bundle));
  for (const [name, text] of Object.entries(BUNDLES)) await writeFile(at(name), text(JSON.stringify(bundle)));
  if (bundled)
    registry.seed('app/web', buildReferrer(bundled.root, { artifactType: BUNDLE, bytes: JSON.stringify(bundle) }));
  await room.signLegacy(legacyKey, refer('legacy'));
  await room.attestLegacy(legacyKey, refer('legacy'), TYPE, { answer: 42 });
}, 60_000);
afterAll(async () => {
  await registry.close();
  await room.close();
});

const BUNDLES: Readonly<Record<string, (bundle: string) => string>> = {
  'altered.json': (text) =>
    text.replace(/("sig":".{30})(.)/, (_all, head: string, one: string) => `${head}${one === 'A' ? 'B' : 'A'}`),
  'unsigned.json': (text) => text.replace(/"signatures":\[.*?\]/, '"signatures":[]'),
  'garbage.json': () => 'garbage',
  'empty.json': () => '{}',
};

function makeStatement(hex: string): object {
  const subject = [{ digest: { sha256: hex } }];
  return { _type: 'https://in-toto.io/Statement/v1', subject, predicateType: TYPE, predicate: {} };
}
function hexOf(name: 'bundled' | 'legacy' | 'bare'): string {
  return ({ bundled, legacy, bare }[name]?.root.digest ?? '').slice('sha256:'.length);
}
const refer = (name: Parameters<typeof hexOf>[0]) => `${registry.host}/app/web@sha256:${hexOf(name)}`;

/** The exit codes of the real cosign and of its stand-in. */
async function askBoth(args: readonly string[]): Promise<[number | null, number]> {
  const env = { HOME: room.directory, PATH: process.env.PATH };
  const root = ['--trusted-root', at('trusted-root.json')];
  const full = [args[0] ?? '', ...root, ...args.slice(1)];
  const real = await run(findTool('cosign'), full, { env });
  return [real.code, (await runCosign({ args: full, env: {} })).code];
}

describe('a bundle in a file', () => {
  it.each<[string, number, { file?: string; key?: string; type?: string; digest?: string; log?: boolean }]>([
    ['that is right', 0, {}],
    ['by another key', 1, { key: 'wrong.pub' }],
    ['of another type', 1, { type: `${TYPE}/other` }],
    ['about another digest', 1, { digest: 'a'.repeat(64) }],
    ['that must be in a log', 1, { log: true }],
    ['whose signature was altered', 1, { file: 'altered.json' }],
    ['without a signature', 1, { file: 'unsigned.json' }],
    ['that is garbage', 1, { file: 'garbage.json' }],
    ['that is empty', 1, { file: 'empty.json' }],
  ])('%s: cosign and its stand-in end with %i', async (_what, code, choice) => {
    const { file = 'bundle.json', key = 'right.pub', type = TYPE, digest = hexOf('bundled'), log = false } = choice;
    const args = [
      ...['verify-blob-attestation', '--key', at(key), ...(log ? [] : [NO_LOG])],
      ...['--bundle', at(file), '--type', type, '--digest', digest, '--digestAlg', 'sha256'],
    ];
    expect(await askBoth(args)).toEqual([code, code]);
  });
});

describe('what is attached to an image', () => {
  it.each<[string, number, () => string[]]>([
    ['a bundle', 0, () => ['verify', '--key', at('right.pub'), refer('bundled')]],
    ['a bundle by another key', 1, () => ['verify', '--key', at('wrong.pub'), refer('bundled')]],
    ['a bundle, asked for in the older form', 10, () => ['verify', '--key', at('right.pub'), LEGACY, refer('bundled')]],
    ['the older form', 0, () => ['verify', '--key', at('legacy.pub'), LEGACY, refer('legacy')]],
    ['the older form, not asked for', 0, () => ['verify', '--key', at('legacy.pub'), refer('legacy')]],
    ['the older form by another key', 12, () => ['verify', '--key', at('right.pub'), LEGACY, refer('legacy')]],
    ['nothing', 10, () => ['verify', '--key', at('right.pub'), refer('bare')]],
    ['a statement', 0, () => ['verify-attestation', '--key', at('right.pub'), '--type', TYPE, refer('bundled')]],
    [
      'a statement of a type',
      1,
      () => ['verify-attestation', '--key', at('right.pub'), '--type', 'a/b', refer('bundled')],
    ],
    [
      'a statement in the older form',
      0,
      () => ['verify-attestation', '--key', at('legacy.pub'), LEGACY, '--type', TYPE, refer('legacy')],
    ],
    [
      'a statement in the older form, of a type',
      1,
      () => ['verify-attestation', '--key', at('legacy.pub'), LEGACY, '--type', 'a/b', refer('legacy')],
    ],
    ['no statement', 1, () => ['verify-attestation', '--key', at('right.pub'), LEGACY, '--type', TYPE, refer('bare')]],
  ])('%s: cosign and its stand-in end with %i', async (_what, code, makeArgs) => {
    const [verb = '', ...rest] = makeArgs();
    expect(await askBoth([verb, NO_LOG, ...rest])).toEqual([code, code]);
  });
});

describe('a flag that cosign does not know', () => {
  it('is refused by its stand-in', async () => {
    expect(await askBoth(['verify-blob-attestation', '--frobnicate', '--key', at('right.pub')])).toEqual([1, 1]);
  });
});
