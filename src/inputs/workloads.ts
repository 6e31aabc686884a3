import { z } from 'zod';
import { UsageError } from '../base/error.ts';
import { findJsonFlaw } from '../image/strict-json.ts';
import {
  isPodSpec,
  type Place,
  podSpecSchema,
  podStatusSchema,
  readPodSpec,
  type WorkloadContainer,
} from './pod-spec.ts';

/** What a list of Kubernetes objects says of images. */
export interface Workloads {
  readonly containers: readonly WorkloadContainer[];
  /** A line for each kind of which some name no image, such as `2 ConfigMap`. */
  readonly ignored: readonly string[];
}

const object = z.looseObject({
  kind: z.string().catch('object'),
  metadata: z.looseObject({ name: z.string().optional(), namespace: z.string().optional() }).nullish().catch(undefined),
});

/** Where kinds keep the pods they make: a pod itself, what has a template, a CronJob, a PodTemplate; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ */
const SPEC_PATHS: readonly (readonly string[])[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['template', 'spec'],
];

/** The schema of a custom resource nests some ten levels a field; what nests deeper is made to exhaust a stack. */
const MAX_DEPTH = 256;

/** The containers of what `kubectl get … -o json` prints: one object or a list of any kinds. Throws UsageError, about the input that held it, for what is no such JSON, or has none at all. */
export function readWorkloads(text: string, input = 'images'): Workloads {
  const where = `input ${input}`;
  const fix = 'Give the output of kubectl get pods -o json, or references, a line each.';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError([{ where, message: 'begins like JSON and is none.', fix }]);
  }
  const flaw = findJsonFlaw(text, MAX_DEPTH);
  if (flaw !== undefined) {
    throw new UsageError([{ where, message: `is JSON that kubectl does not print: ${flaw}.`, fix }]);
  }
  const read = listObjects(json).map((each) => readObject(each, where));
  const containers = read.flatMap((each) => each.containers);
  if (containers.length === 0) throw new UsageError([{ where, message: 'is JSON that names no container.', fix }]);
  const empty = Map.groupBy(
    read.filter((each) => each.containers.length === 0),
    ({ kind }) => kind,
  );
  return { containers, ignored: [...empty].map(([kind, objects]) => `${objects.length} ${kind}`) };
}

function listObjects(json: unknown): unknown[] {
  if (Array.isArray(json)) return json.flatMap(listObjects);
  const { kind = 'List', items } = (json ?? {}) as { readonly kind?: unknown; readonly items?: unknown };
  return Array.isArray(items) && String(kind).endsWith('List') ? items.flatMap(listObjects) : [json];
}

function readObject(
  json: unknown,
  where: string,
): { readonly kind: string; readonly containers: readonly WorkloadContainer[] } {
  const { data } = object.safeParse(json);
  if (data === undefined) throw unreadable(json, where);
  const { kind, metadata } = data;
  const place = {
    kind,
    ...(metadata?.namespace === undefined ? {} : { namespace: metadata.namespace }),
    name: metadata?.name ?? '',
  };
  const containers = SPEC_PATHS.flatMap((path) => readAt(path, json, place, where));
  if (containers.length > 0 || !isNamingImages(withoutData(data))) return { kind, containers };
  return { kind, containers: [{ place: { ...place, container: '' }, image: '' }] };
}

function readAt(
  path: readonly string[],
  json: unknown,
  place: Omit<Place, 'container' | 'role'>,
  where: string,
): readonly WorkloadContainer[] {
  const at = path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], json);
  if (!isPodSpec(at)) return [];
  const spec = podSpecSchema.safeParse(at);
  const status = podStatusSchema.nullish().safeParse((json as { status?: unknown }).status);
  if (!spec.success) throw unreadable(json, where);
  if (!status.success) throw unreadable(json, where);
  return readPodSpec(place, spec.data, status.data);
}

/** Keys of a ConfigMap, labels and the like mean nothing to Kubernetes. */
function withoutData({ metadata, data, stringData, binaryData, ...rest }: Readonly<Record<string, unknown>>): object {
  return rest;
}

/** True where a kind of some operator names images at a place that is not known here. */
function isNamingImages(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => {
    if (/^(?:image|containerImage)$/.test(key) && typeof inner === 'string' && inner !== '') return true;
    return (/^(?:\w+C|c)ontainers$/.test(key) && Array.isArray(inner) && inner.length > 0) || isNamingImages(inner);
  });
}

/** One that cannot be read is not left out in silence: its images would count as verified. */
function unreadable(json: unknown, where: string): UsageError {
  const { kind, metadata } = (json ?? {}) as { kind?: unknown; metadata?: { name?: unknown } | null };
  const message = `holds ${String(kind ?? 'an object')} ${String(metadata?.name ?? '')} whose containers cannot be read.`;
  return new UsageError([{ where, message, fix: 'Give the JSON as kubectl printed it.' }]);
}
