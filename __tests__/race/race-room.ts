import { setTimeout as sleep } from 'node:timers/promises';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { type ApplyOptions, type ApplyRoom, applyApproved } from '../promote/approved.ts';
import { openPorts } from '../promote/fake-ports.ts';
import { createFakeSigner } from '../promote/fake-signer.ts';
import { createRecordingClient } from '../registry/recording-client.ts';

export const TAG = /\/prod\/app\/manifests\/1\.0$/;

/** How a promotion ended, in a word: its result, or the code of the refusal or error. */
export interface RaceEnd {
  readonly result: Outcome['result'];
  readonly code: string | undefined;
}

/** Promotions that share a target. Between PUT and read-back they wait as long as they do in earnest. */
export interface Racing {
  readonly target: LabRegistry;
  readonly racers: readonly ApplyRoom[];
  close(): Promise<void>;
}

/** One promotion for each image, from a source of its own. */
export async function openRacing(images: readonly BuiltImage[], options: RegistryOptions = {}): Promise<Racing> {
  const target = await startRegistry(options);
  const racers = await Promise.all(images.map((image) => openRacer(image, target)));
  return {
    target,
    racers,
    async close() {
      await Promise.all(racers.map((racer) => racer.close()));
      await target.close();
    },
  };
}

async function openRacer(image: BuiltImage, target: LabRegistry): Promise<ApplyRoom> {
  const source = await startRegistry();
  await pushImage(source.host, 'dev/app', '1.0', image);
  const { client } = createRecordingClient({ retry: { baseDelay: 20, sleep: (milliseconds) => sleep(milliseconds) } });
  const ports = await openPorts({ target: client });
  return {
    ...{ source, target, ports, signer: createFakeSigner() },
    async close() {
      await Promise.all([ports.close(), client.close(), source.close()]);
    },
  };
}

/** Carries a promotion out to its end; what it throws is an end like the others. */
export async function finish(racer: ApplyRoom, options: ApplyOptions = {}): Promise<RaceEnd> {
  try {
    const { outcome } = await applyApproved(racer, options);
    const { result, targets } = await outcome;
    return { result, code: targets.find(({ code }) => code !== undefined)?.code };
  } catch (error) {
    return { result: 'failed', code: (error as { code?: string }).code ?? String(error) };
  }
}

/** The digests of an image's content, and how many signed statements are attached to it, as a reader of the tag finds them. */
export async function describeTag({ host }: LabRegistry, image: BuiltImage): Promise<object> {
  const get = (path: string): Promise<Response> => fetch(`http://${host}/v2/prod/app/${path}`);
  const { digest } = image.root;
  const api = await get(`referrers/${digest}`);
  const list = api.ok ? api : await get(`manifests/${digest.replace(':', '-')}`);
  const { manifests } = (await list.json()) as { manifests: { digest: string; artifactType?: string }[] };
  const there = await Promise.all(
    [...image.contents].map(async ([name, { kind }]) => (await get(`${kind}s/${name}`)).status),
  );
  const evidence = manifests.filter(({ artifactType = '' }) => artifactType.includes('sigstore.bundle'));
  const readable = await Promise.all(evidence.map(async (entry) => (await get(`manifests/${entry.digest}`)).status));
  return {
    digest: (await get('manifests/1.0')).headers.get('docker-content-digest'),
    isWhole: there.every((status) => status === 200),
    evidence: readable.filter((status) => status === 200).length,
  };
}

/** What `describeTag` says of an image that was promoted as it should be: signature, record and verification summary are attached. */
export function promotedTag(image: BuiltImage): object {
  return { digest: image.root.digest, isWhole: true, evidence: 3 };
}

/** Numbers from 0 to 1 that are the same in every run; https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function createDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
