import { z } from 'zod';
import { UsageError } from '../base/error.ts';

/** Where an image runs, or is to run. */
export interface Place {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly container: string;
  /** Absent for a usual container. */
  readonly role?: 'init' | 'ephemeral';
}

/** One container of a workload: what it names, and what a node says that it really runs. */
export interface WorkloadContainer {
  readonly place: Place;
  readonly image: string;
  /** `imageID` of the container's status; absent while nothing runs. */
  readonly imageId?: string;
}

const container = z.looseObject({ name: z.string().catch(''), image: z.string().optional() });
const containers = z.array(container).nullish();
const status = z.looseObject({ name: z.string(), imageID: z.string().nullish() });
const statuses = z.array(status).nullish();
const podSpec = z.looseObject({ containers, initContainers: containers, ephemeralContainers: containers });

const object = z.looseObject({
  kind: z.string().catch('object'),
  metadata: z.looseObject({ name: z.string().optional(), namespace: z.string().optional() }).nullish().catch(undefined),
  status: z
    .looseObject({
      containerStatuses: statuses,
      initContainerStatuses: statuses,
      ephemeralContainerStatuses: statuses,
    })
    .nullish(),
});
type KubernetesObject = z.infer<typeof object>;

/** Where kinds keep the pods they make: a pod itself, what has a template, a CronJob, a PodTemplate; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ */
const SPEC_PATHS: readonly (readonly string[])[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['template', 'spec'],
];

const ROLES = [
  { spec: 'containers', status: 'containerStatuses', role: undefined },
  { spec: 'initContainers', status: 'initContainerStatuses', role: 'init' },
  { spec: 'ephemeralContainers', status: 'ephemeralContainerStatuses', role: 'ephemeral' },
] as const;

/** The containers of what `kubectl get … -o json` prints: one object or a list of any kinds; what has no containers is left out. Throws UsageError for what is no such JSON, or has none at all. */
export function readWorkloads(text: string): readonly WorkloadContainer[] {
  const where = 'input images';
  const fix = 'Give the output of kubectl get pods -o json, or references, a line each.';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError([{ where, message: 'begins like JSON and is none.', fix }]);
  }
  const found = listObjects(json).flatMap(readObject);
  if (found.length === 0) throw new UsageError([{ where, message: 'is JSON that names no container.', fix }]);
  return found;
}

function listObjects(json: unknown): unknown[] {
  if (Array.isArray(json)) return json.flatMap(listObjects);
  const items = (json as { readonly items?: unknown } | null)?.items;
  return Array.isArray(items) ? items.flatMap(listObjects) : [json];
}

function readObject(json: unknown): WorkloadContainer[] {
  const parsed = object.safeParse(json);
  if (!parsed.success) throw unreadable(json);
  return SPEC_PATHS.flatMap((path) => {
    const spec = path.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
      json,
    );
    const pod = podSpec.safeParse(spec ?? {});
    if (pod.success) return readContainers(parsed.data, pod.data);
    throw unreadable(json);
  });
}

function readContainers(
  { kind, metadata, status }: KubernetesObject,
  spec: z.infer<typeof podSpec>,
): WorkloadContainer[] {
  return ROLES.flatMap(({ spec: key, status: statusKey, role }) =>
    (spec[key] ?? []).flatMap(({ name, image }): WorkloadContainer[] => {
      if (image === undefined || image === '') return [];
      const imageId = status?.[statusKey]?.find((entry) => entry.name === name)?.imageID;
      return [
        {
          place: {
            kind,
            ...(metadata?.namespace === undefined ? {} : { namespace: metadata.namespace }),
            name: metadata?.name ?? '',
            container: name,
            ...(role === undefined ? {} : { role }),
          },
          image,
          ...(imageId ? { imageId } : {}),
        },
      ];
    }),
  );
}

/** One that cannot be read is not left out in silence: its images would count as verified. */
function unreadable(json: unknown): UsageError {
  const { kind, metadata } = (json ?? {}) as { kind?: unknown; metadata?: { name?: unknown } | null };
  const message = `holds ${String(kind ?? 'an object')} ${String(metadata?.name ?? '')} whose containers cannot be read.`;
  return new UsageError([{ where: 'input images', message, fix: 'Give the JSON as kubectl printed it.' }]);
}
