import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExternalRegistry, startDistribution, startOlareg } from '../../lab/external-registry.ts';
import { pushImage } from '../../lab/image/push.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { endOf, type Scene, setScene, success } from './fixture.ts';
import { makeIndex } from './fixture-images.ts';
import * as target from './fixture-target.ts';

let scene: Scene;
let olareg: ExternalRegistry;
let distribution: ExternalRegistry;

beforeAll(async () => {
  [scene, olareg, distribution] = await Promise.all([setScene(), startOlareg(), startDistribution()]);
}, 120_000);

afterAll(async () => {
  await Promise.all([scene?.close(), olareg?.stop(), distribution?.stop()]);
});

const OLD = ['--new-bundle-format=false', '--use-signing-config=false', '--tlog-upload=false'];

/** Signs in the form of cosign 2: under the tag `sha256-<hex>.sig`. */
async function signAsBefore(reference: string, key: SigningKey): Promise<void> {
  const signed = await target.runCosign(['sign', '-y', '--key', 'cosign.key', ...OLD, reference], key);
  expect(signed).toMatchObject({ code: 0 });
}

function verifyAsBefore(reference: string, { publicKey }: SigningKey): ReturnType<typeof target.runCosign> {
  const flags = ['--new-bundle-format=false', '--insecure-ignore-tlog=true'];
  return target.runCosign(['verify', '--key', 'cosign.pub', ...flags, reference], { publicKey });
}

describe.each(['olareg', 'distribution'] as const)('an image signed as cosign 2 did it, promoted to %s', (to) => {
  it('keeps the signatures of the index and of a child, joined to those the target has, beside ours', async () => {
    const { host } = to === 'olareg' ? olareg : distribution;
    const image = makeIndex('fixed');
    const [from, prod] = [`dev/old-to-${to}`, `${host}/prod/old`];
    const digest = await pushImage(olareg.host, from, '1', image);
    const child = JSON.parse(image.contents.get(digest)?.bytes.toString() ?? '').manifests[0].digest as string;
    const [theirs, others] = await Promise.all([makeSigningKey(), makeSigningKey()]);
    for (const signed of [digest, child]) await signAsBefore(`${olareg.host}/${from}@${signed}`, theirs);
    // The target holds the image, too, signed by somebody else; its name in the payload is another one.
    await pushImage(host, 'prod/old', 'before', image);
    await signAsBefore(`${prod}@${digest}`, others);

    const step = await scene.promote(`${olareg.host}/${from}:1`, `${prod}:1`);

    expect(endOf(step)).toEqual(success('promoted'));
    expect(step.summary).toContain('1 of 1 .sig of the image, 1 of 1 .sig of its platforms');
    for (const signed of [digest, child])
      expect(await verifyAsBefore(`${prod}@${signed}`, theirs)).toMatchObject({ code: 0 });
    expect(await verifyAsBefore(`${prod}@${digest}`, others)).toMatchObject({ code: 0 });
    expect(await target.verifySignature(`${prod}:1`, scene.key.publicKey)).toMatchObject({ code: 0 });
  }, 120_000);
});
