import { ImageError } from './error.ts';
import { isRegistryHost, parseReference, parseRepository, type Reference, type Repository } from './reference.ts';

/** A reference as a workload file has it, where a registry and a tag may be left out. */
export interface ImageName {
  /** With the registry that is meant. */
  readonly repository: Repository;
  /** True where no registry is written: container runtimes take Docker Hub. */
  readonly isImplicit: boolean;
  /** Undefined where there is neither a tag nor a digest: container runtimes take the tag latest. */
  readonly reference: Reference | undefined;
}

/** Reads a reference as container runtimes do; throws INVALID_REFERENCE saying which part is wrong. https://kubernetes.io/docs/concepts/containers/images/#image-names */
export function parseImageName(text: string): ImageName {
  const full = addRegistry(text);
  const isImplicit = full !== text;
  try {
    if (!full.includes('@') && !full.slice(full.lastIndexOf('/')).includes(':')) {
      return { repository: parseRepository(full), isImplicit, reference: undefined };
    }
    const reference = parseReference(full);
    return { repository: reference.repository, isImplicit, reference };
  } catch (error) {
    if (!isImplicit || !(error instanceof ImageError)) throw error;
    // What is wrong is told of the text that is there.
    const message = error.message.replace(JSON.stringify(full), JSON.stringify(text));
    throw new ImageError('INVALID_REFERENCE', message, error.hint === undefined ? {} : { hint: error.hint });
  }
}

/** The text with the registry that container runtimes take where none is written: Docker Hub, and its official images where there is no `/` either. */
export function addRegistry(text: string): string {
  const slash = text.indexOf('/');
  if (slash > 0 && isRegistryHost(text.slice(0, slash))) return text;
  return `docker.io/${slash < 0 ? 'library/' : ''}${text}`;
}
