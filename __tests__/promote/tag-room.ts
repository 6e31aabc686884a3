import { afterEach, beforeEach } from '@jest/globals';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { Fault } from '../../lab/registry/faults.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { parseDigest } from '../../src/image/digest.ts';
import { parseManifest } from '../../src/image/manifest.ts';
import { parseRepository, type TagReference } from '../../src/image/reference.ts';
import type { TagProof } from '../../src/promote/tag.ts';
import { type TagWrite, writeTag } from '../../src/promote/tag.ts';
import type { RegistryOptions as ClientOptions } from '../../src/registry/client.ts';
import type { ManifestContent } from '../../src/registry/manifest.ts';
import { createRecordingClient, type RecordingClient } from '../registry/recording-client.ts';
import { tagOf } from '../registry/sample-image.ts';

export const IMAGE = buildImage({ labels: { name: 'ours' } });
export const OTHER = buildImage({ labels: { name: 'another' } });
export const THIRD = buildImage({ labels: { name: 'a third' } });
export const REPOSITORY = 'team/app';

/** A registry that holds the images without a tag, and a clock that only moves when told to. */
export interface TagRoom {
  registry: LabRegistry;
  /** Milliseconds. */
  clock: number;
  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): void;
  /** What was waited before a read-back, in milliseconds. */
  readonly pauses: number[];
  client: RecordingClient;
  /** `team/app:1.0` of the registry. */
  target(): TagReference;
  open(options?: RegistryOptions, clientOptions?: Partial<ClientOptions>): Promise<void>;
  write(options?: Partial<TagProof>, content?: ManifestContent): Promise<TagWrite>;
  context(options?: Partial<TagProof>): TagProof;
  /** Spoils a PUT of the tag, every one unless told otherwise. */
  spoilPut(fault: Fault): void;
  /** Somebody writes the tag. */
  setTag(image: BuiltImage): void;
  /** The requests for the tag, as `METHOD status`. */
  asked(): string[];
}

/** The two requests that tell an absent tag are sent at once, and come in any order. */
function orderPairs(words: readonly string[]): string[] {
  const [first, second, ...rest] = words;
  if (first === undefined) return [];
  const isPair = second !== undefined && [first, second].toSorted().join() === 'GET 404,HEAD 404';
  return isPair ? ['HEAD 404', 'GET 404', ...orderPairs(rest)] : [first, ...orderPairs(words.slice(1))];
}

/** The root of an image as it was read from the source. */
export function contentOf({ root, contents }: BuiltImage): ManifestContent {
  const bytes = contents.get(root.digest)?.bytes ?? Buffer.alloc(0);
  return {
    digest: parseDigest(root.digest),
    mediaType: root.mediaType,
    bytes,
    manifest: parseManifest(bytes, undefined),
  };
}

/** A room for each test of the file, cleared up after it. */
export function openTagRoom(): TagRoom {
  const path = /manifests\/1\.0/;
  const room: TagRoom = {
    registry: undefined as unknown as LabRegistry,
    client: undefined as unknown as RecordingClient,
    clock: 0,
    pauses: [],
    pass: (milliseconds) => {
      room.clock += milliseconds;
    },
    target: () => ({
      kind: 'tag',
      repository: parseRepository(`${room.registry.host}/${REPOSITORY}`),
      tag: tagOf('1.0'),
    }),
    async open(options = {}, clientOptions = {}) {
      room.registry = await startRegistry(options);
      for (const image of [IMAGE, OTHER, THIRD])
        await pushImage(room.registry.host, REPOSITORY, undefined, image, options.auth);
      room.registry.log.clear();
      room.client = createRecordingClient(clientOptions);
    },
    context: (options = {}) => ({
      client: room.client.client,
      existingTag: 'refuse',
      now: () => room.clock,
      sleep: async (milliseconds) => void room.pauses.push(milliseconds),
      signal: new AbortController().signal,
      ...options,
    }),
    write: (options = {}, content = contentOf(IMAGE)) => writeTag(room.target(), content, room.context(options)),
    spoilPut: (fault) => void room.registry.faults.push({ method: 'PUT', path, ...fault }),
    setTag: ({ root }) => room.registry.setTag(REPOSITORY, '1.0', root.digest),
    asked: () => {
      const words = room.registry.log.entries
        .filter((entry) => path.test(entry.path))
        .map(({ method, status }) => `${method} ${status}`);
      return orderPairs(words);
    },
  };
  beforeEach(() => {
    room.clock = 0;
    room.pauses.length = 0;
  });
  afterEach(async () => {
    await room.client.client.close();
    await room.registry.close();
  });
  return room;
}
