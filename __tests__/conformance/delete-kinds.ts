import { storeImage } from './documents.ts';
import type { Kind } from './kind.ts';
import { blobOf, type Repository } from './repository.ts';

async function statusOf(repository: Repository, path: string): Promise<number> {
  return (await repository.send('GET', path)).status;
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#content-management */
export const DELETE_KINDS: readonly Kind[] = [
  {
    name: 'a tag goes, what it pointed at stays',
    run: async (repository) => {
      const { digest } = await storeImage(repository, '1');
      await storeImage(repository, '2');
      return {
        DELETE: (await repository.send('DELETE', 'manifests/1')).status,
        tag: await statusOf(repository, 'manifests/1'),
        other: await statusOf(repository, 'manifests/2'),
        digest: await statusOf(repository, `manifests/${digest}`),
      };
    },
    expected: { DELETE: 202, tag: 404, other: 200, digest: 200 },
    deviations: {
      'docker-registry': {
        because: 'it deletes by digest only, as it may',
        observed: { DELETE: 400, tag: 200, other: 200, digest: 200 },
      },
    },
  },
  {
    name: 'a manifest goes, and every tag of it',
    run: async (repository) => {
      const { digest } = await storeImage(repository, '1');
      await storeImage(repository, '2');
      return {
        DELETE: (await repository.send('DELETE', `manifests/${digest}`)).status,
        tags: [await statusOf(repository, 'manifests/1'), await statusOf(repository, 'manifests/2')],
        digest: await statusOf(repository, `manifests/${digest}`),
        again: (await repository.send('DELETE', `manifests/${digest}`)).status,
      };
    },
    expected: { DELETE: 202, tags: [404, 404], digest: 404, again: 404 },
  },
  {
    name: 'a blob goes, and comes back when it is pushed again',
    run: async (repository) => {
      const { digest } = await repository.pushBlob('to delete');
      const deleted = await repository.send('DELETE', `blobs/${digest}`);
      const after = await statusOf(repository, `blobs/${digest}`);
      await repository.pushBlob('to delete');
      return { DELETE: deleted.status, after, back: await statusOf(repository, `blobs/${digest}`) };
    },
    expected: { DELETE: 202, after: 404, back: 200 },
  },
  {
    name: 'what is not there cannot go',
    run: async (repository) => {
      await storeImage(repository, '1');
      const { digest } = blobOf('none');
      return {
        tag: (await repository.send('DELETE', 'manifests/none')).status,
        manifest: (await repository.send('DELETE', `manifests/${digest}`)).status,
        blob: (await repository.send('DELETE', `blobs/${digest}`)).status,
        repository: (await repository.sibling('nowhere').send('DELETE', `manifests/${digest}`)).status,
      };
    },
    expected: { tag: 404, manifest: 404, blob: 404, repository: 404 },
    deviations: {
      'docker-registry': {
        because: 'it deletes by digest only, as it may',
        observed: { tag: 400, manifest: 404, blob: 404, repository: 404 },
      },
    },
  },
];
