import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Repository } from '../image/reference.ts';
import { openBlob } from './blob-download.ts';
import { lookForBlob } from './blob-head.ts';
import { tryMount } from './blob-mount.ts';
import { uploadBlob } from './blob-upload.ts';
import type { BlobDescriptor } from './blob-verify.ts';
import type { Transport } from './transport/http.ts';

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
  const found = await lookForBlob(transport, repository, descriptor, 'push');
  if (found === 'present') return 'present';
  // A mount would only name once more what is there with the wrong size.
  const isMountable = found === 'absent' && mountFrom !== undefined && mountFrom !== repository;
  const mount = isMountable ? await tryMount(transport, repository, descriptor.digest, mountFrom) : undefined;
  if (mount === 'mounted') return 'mounted';
  await uploadBlob(transport, repository, descriptor, open, mount);
  if (found === 'other-size') await rereadBlob(transport, repository, descriptor);
  return 'uploaded';
}

/** Registries may keep what they had under a digest: when its size was wrong before, only reading all of it tells. */
async function rereadBlob(transport: Transport, repository: Repository, descriptor: BlobDescriptor): Promise<void> {
  if ((await lookForBlob(transport, repository, descriptor, 'push')) === 'present') return;
  const stream = await openBlob(transport, repository, descriptor);
  await finished(stream.resume());
}
