import { Bn as findJsonFlaw, mr as UsageError } from "./engine.js";
import { d as string, o as looseObject, r as array } from "./zod.js";
// src/inputs/pod-spec.ts
const container = looseObject({
	name: string().catch(""),
	image: string().optional()
});
const containers = array(container).nullish();
const volume = looseObject({
	name: string().catch(""),
	image: looseObject({ reference: string().optional() }).nullish()
});
const status = looseObject({
	name: string(),
	imageID: string().nullish()
});
const statuses = array(status).nullish();
/** The parts of a pod's spec that name images; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const podSpecSchema = looseObject({
	containers,
	initContainers: containers,
	ephemeralContainers: containers,
	volumes: array(volume).nullish()
});
/** The parts of a pod's status that say what runs. */
const podStatusSchema = looseObject({
	containerStatuses: statuses,
	initContainerStatuses: statuses,
	ephemeralContainerStatuses: statuses
});
const ROLES = [
	{
		spec: "containers",
		status: "containerStatuses",
		role: void 0
	},
	{
		spec: "initContainers",
		status: "initContainerStatuses",
		role: "init"
	},
	{
		spec: "ephemeralContainers",
		status: "ephemeralContainerStatuses",
		role: "ephemeral"
	}
];
/** Whether this is meant as one: a spec of another kind may have anything else in it. */
function isPodSpec(value) {
	return typeof value === "object" && value !== null && ROLES.some(({ spec }) => spec in value);
}
/** All that a pod of this spec runs or mounts. A template may leave an image open: that is told too, since something else fills it in. */
function readPodSpec(place, spec, status) {
	const running = ROLES.flatMap(({ spec: key, status: statusKey, role }) => (spec[key] ?? []).map(({ name, image = "" }) => {
		const imageId = status?.[statusKey]?.find((entry) => entry.name === name)?.imageID;
		return {
			place: {
				...place,
				container: name,
				...role === void 0 ? {} : { role }
			},
			image,
			...imageId ? { imageId } : {}
		};
	}));
	const mounted = (spec.volumes ?? []).flatMap(({ name, image }) => image ? [{
		place: {
			...place,
			container: name,
			role: "volume"
		},
		image: image.reference ?? ""
	}] : []);
	return [...running, ...mounted];
}
// src/inputs/workloads.ts
const object = looseObject({
	kind: string().catch("object"),
	metadata: looseObject({
		name: string().optional(),
		namespace: string().optional()
	}).nullish().catch(void 0)
});
/** Where kinds keep the pods they make: a pod itself, what has a template, a CronJob, a PodTemplate; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ */
const SPEC_PATHS = [
	["spec"],
	[
		"spec",
		"template",
		"spec"
	],
	[
		"spec",
		"jobTemplate",
		"spec",
		"template",
		"spec"
	],
	["template", "spec"]
];
/** The schema of a custom resource nests some ten levels a field; what nests deeper is made to exhaust a stack. */
const MAX_DEPTH = 256;
/** The containers of what `kubectl get … -o json` prints: one object or a list of any kinds. Throws UsageError, about the input that held it, for what is no such JSON, or has none at all. */
function readWorkloads(text, input = "images") {
	const where = `input ${input}`;
	const fix = "Give the output of kubectl get pods -o json, or references, a line each.";
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		throw new UsageError([{
			where,
			message: "begins like JSON and is none.",
			fix
		}]);
	}
	const flaw = findJsonFlaw(text, MAX_DEPTH);
	if (flaw !== void 0) throw new UsageError([{
		where,
		message: `is JSON that kubectl does not print: ${flaw}.`,
		fix
	}]);
	const read = listObjects(json).map((each) => readObject(each, where));
	const containers = read.flatMap((each) => each.containers);
	if (containers.length === 0) throw new UsageError([{
		where,
		message: "is JSON that names no container.",
		fix
	}]);
	return {
		containers,
		ignored: [...Map.groupBy(read.filter((each) => each.containers.length === 0), ({ kind }) => kind)].map(([kind, objects]) => `${objects.length} ${kind}`)
	};
}
function listObjects(json) {
	if (Array.isArray(json)) return json.flatMap(listObjects);
	const { kind = "List", items } = json ?? {};
	return Array.isArray(items) && String(kind).endsWith("List") ? items.flatMap(listObjects) : [json];
}
function readObject(json, where) {
	const { data } = object.safeParse(json);
	if (data === void 0) throw unreadable(json, where);
	const { kind, metadata } = data;
	const place = {
		kind,
		...metadata?.namespace === void 0 ? {} : { namespace: metadata.namespace },
		name: metadata?.name ?? ""
	};
	const containers = SPEC_PATHS.flatMap((path) => readAt(path, json, place, where));
	if (containers.length > 0 || !isNamingImages(withoutData(data))) return {
		kind,
		containers
	};
	return {
		kind,
		containers: [{
			place: {
				...place,
				container: ""
			},
			image: ""
		}]
	};
}
function readAt(path, json, place, where) {
	const at = path.reduce((value, key) => value?.[key], json);
	if (!isPodSpec(at)) return [];
	const spec = podSpecSchema.safeParse(at);
	const status = podStatusSchema.nullish().safeParse(json.status);
	if (!spec.success) throw unreadable(json, where);
	if (!status.success) throw unreadable(json, where);
	return readPodSpec(place, spec.data, status.data);
}
/** Keys of a ConfigMap, labels and the like mean nothing to Kubernetes. */
function withoutData({ metadata, data, stringData, binaryData, ...rest }) {
	return rest;
}
/** True where a kind of some operator names images at a place that is not known here. */
function isNamingImages(value) {
	if (typeof value !== "object" || value === null) return false;
	return Object.entries(value).some(([key, inner]) => {
		if (/^(?:image|containerImage)$/.test(key) && typeof inner === "string" && inner !== "") return true;
		return /^(?:\w+C|c)ontainers$/.test(key) && Array.isArray(inner) && inner.length > 0 || isNamingImages(inner);
	});
}
/** One that cannot be read is not left out in silence: its images would count as verified. */
function unreadable(json, where) {
	const { kind, metadata } = json ?? {};
	const message = `holds ${String(kind ?? "an object")} ${String(metadata?.name ?? "")} whose containers cannot be read.`;
	return new UsageError([{
		where,
		message,
		fix: "Give the JSON as kubectl printed it."
	}]);
}
export { readWorkloads as t };
