import { UsageError } from '../base/error.ts';
import type { FieldReader } from '../base/fields.ts';
import type { Digest } from '../image/digest.ts';
import { ImageError } from '../image/error.ts';
import { addRegistry } from '../image/image-name.ts';
import { formatReference, parseReference, type Reference } from '../image/reference.ts';
import type { Place, WorkloadContainer } from '../inputs/pod-spec.ts';
import { findRunningDigest } from '../inputs/running-digest.ts';
import { readWorkloads } from '../inputs/workloads.ts';

/** One image to answer for, once, with all the places it runs at. */
export interface RequestedImage {
  /** As it was named. */
  readonly name: string;
  /** Undefined when the name is none that a registry could be asked for. */
  readonly reference: Reference | undefined;
  /** What really runs, as a node says it; undefined where nothing says it, and the name decides. */
  readonly running: Digest | undefined;
  /** Why no digest can be told: then nothing is looked up. */
  readonly unknown: string | undefined;
  readonly places: readonly Place[];
}

/** What the input `images` names. */
export interface RequestedImages {
  readonly images: readonly RequestedImage[];
  /** Kubernetes objects that name no image, counted by kind: what runs because of them cannot be told. */
  readonly ignored: readonly string[];
}

/** Reads the input `images`: references, a line each, or Kubernetes objects as JSON. */
export function readImages(fields: FieldReader): RequestedImages {
  const text = fields.text('images');
  if (/^[{[]/.test(text)) return readJson(fields, text);
  const lines = fields.lines('images');
  if (lines.length === 0 && fields.isGiven('images')) {
    fields.addProblem('images', 'holds only comments.', 'Write image references, a line each.');
  }
  const images = lines.flatMap((line): RequestedImage[] => {
    const reference = fields.attempt('images', () => parseReference(line));
    if (reference === undefined) return [];
    return [{ name: line, reference, running: undefined, unknown: undefined, places: [] }];
  });
  return { images: mergeImages(images), ignored: [] };
}

function readJson(fields: FieldReader, text: string): RequestedImages {
  try {
    const { containers, ignored } = readWorkloads(text);
    return { images: mergeImages(containers.map(toImage)), ignored };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    fields.addProblems(error.problems);
    return { images: [], ignored: [] };
  }
}

function toImage({ place, image, imageId }: WorkloadContainer): RequestedImage {
  const running = imageId === undefined ? undefined : findRunningDigest(imageId);
  if (image === '') {
    const unknown = 'it names its image nowhere that is known here: look at the pods that run';
    return { name: 'no image', running, places: [place], reference: undefined, unknown };
  }
  const base = { name: image, running, places: [place] };
  try {
    const reference = parseReference(expandName(image));
    const isUntold = imageId !== undefined && running === undefined;
    const unknown = isUntold ? `the node says that ${imageId} runs, which is no digest of a registry` : undefined;
    return { ...base, reference, unknown };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { ...base, reference: undefined, unknown: error.message };
  }
}

/** What Kubernetes makes of a short name: Docker Hub, and the tag latest; https://kubernetes.io/docs/concepts/containers/images/#image-names */
function expandName(image: string): string {
  const name = addRegistry(image);
  const isOpen = !name.includes('@') && !name.slice(name.lastIndexOf('/')).includes(':');
  return isOpen ? `${name}:latest` : name;
}

function mergeImages(images: readonly RequestedImage[]): readonly RequestedImage[] {
  const merged = new Map<string, RequestedImage>();
  for (const image of images) {
    const name = image.reference === undefined ? image.name : formatReference(image.reference);
    const key = `${name} ${image.running ?? ''} ${image.unknown ?? ''}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? image : { ...known, places: [...known.places, ...image.places] });
  }
  return [...merged.values()];
}
