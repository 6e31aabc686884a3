import { type Digest, isDigest } from '../image/digest.ts';

/** The digest in the `imageID` of a container's status: `docker-pullable://repo@sha256:…` and `repo@sha256:…` name a manifest; a bare `sha256:…` is the id of a local image, which no registry knows. */
export function findRunningDigest(imageId: string): Digest | undefined {
  const digest = imageId.includes('@') ? imageId.slice(imageId.lastIndexOf('@') + 1) : '';
  return isDigest(digest) ? digest : undefined;
}
