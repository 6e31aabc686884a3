import { z } from 'zod';

/** Where an image runs, or is to run. */
export interface Place {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Empty where it is not known which. */
  readonly container: string;
  /** Absent for a usual container; a volume mounts the files of an image, and runs nothing. */
  readonly role?: 'init' | 'ephemeral' | 'volume';
}

/** One container of a workload, or a volume that is an image: what it names, and what a node says that it really runs. */
export interface WorkloadContainer {
  readonly place: Place;
  /** Empty where none is named that is known. */
  readonly image: string;
  /** `imageID` of the container's status; absent while nothing runs, and for a volume. */
  readonly imageId?: string;
}

const container = z.looseObject({ name: z.string().catch(''), image: z.string().optional() });
const containers = z.array(container).nullish();
const volume = z.looseObject({
  name: z.string().catch(''),
  image: z.looseObject({ reference: z.string().optional() }).nullish(),
});
const status = z.looseObject({ name: z.string(), imageID: z.string().nullish() });
const statuses = z.array(status).nullish();

/** The parts of a pod's spec that name images; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export const podSpecSchema = z.looseObject({
  containers,
  initContainers: containers,
  ephemeralContainers: containers,
  volumes: z.array(volume).nullish(),
});

/** The parts of a pod's status that say what runs. */
export const podStatusSchema = z.looseObject({
  containerStatuses: statuses,
  initContainerStatuses: statuses,
  ephemeralContainerStatuses: statuses,
});

const ROLES = [
  { spec: 'containers', status: 'containerStatuses', role: undefined },
  { spec: 'initContainers', status: 'initContainerStatuses', role: 'init' },
  { spec: 'ephemeralContainers', status: 'ephemeralContainerStatuses', role: 'ephemeral' },
] as const;

/** Whether this is meant as one: a spec of another kind may have anything else in it. */
export function isPodSpec(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ROLES.some(({ spec }) => spec in value);
}

/** All that a pod of this spec runs or mounts. A template may leave an image open: that is told too, since something else fills it in. */
export function readPodSpec(
  place: Omit<Place, 'container' | 'role'>,
  spec: z.infer<typeof podSpecSchema>,
  status: z.infer<typeof podStatusSchema> | null | undefined,
): WorkloadContainer[] {
  const running = ROLES.flatMap(({ spec: key, status: statusKey, role }) =>
    (spec[key] ?? []).map(({ name, image = '' }): WorkloadContainer => {
      const imageId = status?.[statusKey]?.find((entry) => entry.name === name)?.imageID;
      return {
        place: { ...place, container: name, ...(role === undefined ? {} : { role }) },
        image,
        ...(imageId ? { imageId } : {}),
      };
    }),
  );
  const mounted = (spec.volumes ?? []).flatMap(({ name, image }): WorkloadContainer[] =>
    image ? [{ place: { ...place, container: name, role: 'volume' }, image: image.reference ?? '' }] : [],
  );
  return [...running, ...mounted];
}
