import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Repository } from '../image/reference.ts';
import { openBlob } from './blob-download.ts';
import { lookForBlob } from './blob-head.ts';
import { hasRefusedMount, tryMount } from './blob-mount.ts';
import { uploadBlob } from './blob-upload.ts';
import type { BlobDescriptor } from './blob-verify.ts';
import type { Transport } from './transport/http.ts';
import { cancelSession } from './upload-session.ts';

/** Where else the registry may have the blob. */
export interface PushBlobOptions {
  readonly mountFrom?: Repository | undefined;
}

/** How a blob came to be where it should be. */
export type BlobPush = 'present' | 'mounted' | 'uploaded';

/** See RegistryClient.pushBlob. */
export async function pushBlob(
  transport: Transport,
  repository: Repository,
  descriptor: BlobDescriptor,
  open: () => Readable,
  { mountFrom }: PushBlobOptions = {},
): Promise<BlobPush> {
  const isMountable = mountFrom !== undefined && mountFrom !== repository;
  const tryOnce = async () => (isMountable ? tryMount(transport, repository, descriptor.digest, mountFrom) : undefined);
  const looking = lookForBlob(transport, repository, descriptor, 'push');
  const isTriedAtOnce = isMountable && !hasRefusedMount(transport, repository);
  // Side by side, for each takes a round trip.
  const [found, early] = await settleBoth(looking, isTriedAtOnce ? tryOnce() : undefined);
  if (found === 'present') {
    if (early !== undefined && early !== 'mounted') await cancelSession(transport, repository, early.address);
    return 'present';
  }
  const mount = !isTriedAtOnce && found === 'absent' ? await tryOnce() : early;
  // A mount only names once more what is there with the wrong size.
  if (mount === 'mounted' && found === 'absent') return 'mounted';
  await uploadBlob(transport, repository, descriptor, open, mount === 'mounted' ? undefined : mount);
  if (found === 'other-size') await rereadBlob(transport, repository, descriptor);
  return 'uploaded';
}

/** Registries may keep what they had under a digest: when its size was wrong before, only reading all of it tells. */
async function rereadBlob(transport: Transport, repository: Repository, descriptor: BlobDescriptor): Promise<void> {
  if ((await lookForBlob(transport, repository, descriptor, 'push')) === 'present') return;
  const stream = await openBlob(transport, repository, descriptor);
  await finished(stream.resume());
}

/** Waits for both, whatever becomes of one of them. */
async function settleBoth<A, B>(
  first: Promise<A>,
  second: Promise<B> | undefined,
): Promise<readonly [A, B | undefined]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
