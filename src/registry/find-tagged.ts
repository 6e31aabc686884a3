import type { Repository, Tag } from '../image/reference.ts';
import type { RegistryClient } from './client.ts';
import { RegistryError } from './error.ts';
import { findManifest, type ManifestContent } from './manifest.ts';
import { listTags } from './tag-list.ts';

/** Finds what is behind tags that may well not exist; undefined only when the registry itself says so. */
export type FindTagged = (tag: Tag) => Promise<ManifestContent | undefined>;

/**
 * Finds tags of one repository, one GET each. Artifactory answers 403 for a tag that is not there
 * (https://github.com/google/go-containerregistry/issues/1691), which says nothing about it: then the list of tags is
 * read, once, and a tag it does not have is absent.
 */
export function createTagFinder(client: RegistryClient, repository: Repository): FindTagged {
  let listed: Promise<ReadonlySet<string>> | undefined;
  return async (tag) => {
    try {
      return await findManifest(client.transport, repository, tag, 'pull');
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'DENIED') throw error;
      listed ??= listTags(client.transport, repository);
      const tags = await listed.catch(() => undefined);
      if (tags === undefined || tags.has(tag)) throw error;
      return undefined;
    }
  };
}
