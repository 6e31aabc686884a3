import { r as __toESM } from "./rolldown-runtime.js";
import { i as request, n as import_env_http_proxy_agent, r as import_pool, t as import_agent } from "./undici.js";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { X509Certificate, createHash, createPublicKey } from "node:crypto";
import { access, constants, mkdir, mkdtemp, open, readFile, readdir, realpath, rename, rm, rmdir, stat, statfs, writeFile } from "node:fs/promises";
import { setImmediate, setTimeout as setTimeout$1 } from "node:timers/promises";
import { BlockList, isIP } from "node:net";
import { Readable, addAbortSignal } from "node:stream";
import { constants as constants$1, createReadStream } from "node:fs";
import { EventEmitter, once, setMaxListeners } from "node:events";
import { homedir, tmpdir } from "node:os";
import { lookup } from "node:dns";
import { finished } from "node:stream/promises";
// src/signer/kms.ts
/** What the client of each KMS reads from the environment: names, or beginnings of them (`NAME_*`); https://docs.sigstore.dev/cosign/key_management/overview/ */
const KMS_VARIABLES = {
	awskms: ["AWS_*"],
	gcpkms: [
		"GOOGLE_*",
		"CLOUDSDK_*",
		"GCE_METADATA_*"
	],
	azurekms: [
		"AZURE_*",
		"IDENTITY_ENDPOINT",
		"IDENTITY_HEADER",
		"MSI_ENDPOINT",
		"MSI_SECRET",
		"IMDS_ENDPOINT"
	],
	hashivault: [
		"VAULT_*",
		"BAO_*",
		"TRANSIT_SECRET_ENGINE_PATH"
	],
	k8s: [
		"KUBECONFIG",
		"KUBERNETES_SERVICE_HOST",
		"KUBERNETES_SERVICE_PORT"
	]
};
/** True for a key URI of a KMS that cosign knows. */
function isKmsUri$1(text) {
	return schemeOf(text) !== void 0;
}
/** The URI schemes of the KMSs that cosign knows, such as `awskms`. */
function listKmsSchemes() {
	return Object.keys(KMS_VARIABLES);
}
/** Picks from an environment what the KMS of this key URI needs, and nothing else; nothing at all for what is no KMS URI. The home directory is not passed on: a login kept there must be named by a variable. */
function selectKmsEnv(uri, env) {
	const wanted = KMS_VARIABLES[schemeOf(uri) ?? ""] ?? [];
	const isWanted = (name) => wanted.some((pattern) => pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern);
	return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => value !== void 0 && isWanted(name) ? [[name, value]] : []));
}
function schemeOf(text) {
	return listKmsSchemes().find((scheme) => text.startsWith(`${scheme}://`) && text.length > scheme.length + 3);
}
// src/signer/key.ts
/** Parses the input `cosign-key`: empty (keyless), `env://VARIABLE`, a KMS URI, or a path, relative ones from `workspace`; returns undefined for any other scheme. */
function parseSigningKey(text, workspace) {
	if (text === "") return { kind: "keyless" };
	const variable = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
	if (variable !== void 0) return {
		kind: "env",
		variable
	};
	if (isKmsUri$1(text)) return {
		kind: "kms",
		uri: text
	};
	if (/^[a-z0-9+.-]+:\/\//i.test(text)) return void 0;
	return {
		kind: "file",
		path: isAbsolute(text) ? text : resolve(workspace, text)
	};
}
/** What messages call the key; of all but `keyless` it is what `cosign --key` takes as well. */
function formatSigningKey(key) {
	switch (key.kind) {
		case "env": return `env://${key.variable}`;
		case "file": return key.path;
		case "kms": return key.uri;
		case "keyless": return "keyless";
	}
}
/** The variables that hold the key and its password; a KMS has its own, and a keyless signer none. */
function listKeyVariables(key) {
	if (key?.kind === "env") return ["COSIGN_PASSWORD", key.variable];
	return key?.kind === "file" ? ["COSIGN_PASSWORD"] : [];
}
// src/base/error.ts
/** Base of every error this project throws on purpose: it means "we could not decide", never "refused". */
var DomainError = class extends Error {
	code;
	/** What the user should change; undefined when nothing on their side would help. */
	hint;
	constructor(code, message, options = {}) {
		super(redactUrls(message), "cause" in options ? { cause: options.cause } : void 0);
		this.name = new.target.name;
		this.code = code;
		this.hint = options.hint === void 0 ? void 0 : redactUrls(options.hint);
	}
};
/** Wrong use: every problem of the input at once, found before anything was written. */
var UsageError = class extends DomainError {
	problems;
	constructor(problems) {
		super("USAGE", problems.map((p) => `${p.where}: ${p.message} ${p.fix}`.trim()).join("\n"));
		this.problems = problems;
	}
};
/** Removes what may carry a secret from a URL inside a text: user info, query string and fragment. */
function redactUrls(text) {
	return text.replace(/:\/\/[^/\s]*@/g, "://").replace(/:\/\/[^\s"'<>]*/g, (address) => address.replace(/[?#].*/s, "")).replace(/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/g, "$1 ***");
}
/** The message of anything that was thrown, with those of its causes, outermost first. */
function describeError(error) {
	const parts = [];
	let current = error;
	for (let depth = 0; current !== void 0 && depth < 5; depth++) {
		const message = current instanceof Error ? current.message || current.name : String(current);
		if (!parts.some((part) => part.includes(message))) parts.push(redactUrls(message));
		current = current instanceof Error ? current.cause : void 0;
	}
	return parts.join(": ");
}
// src/image/error.ts
/** Text or bytes that are not what the OCI specifications say they must be. */
var ImageError = class extends DomainError {};
// src/image/digest.ts
const HEX_LENGTH = {
	sha256: 64,
	sha512: 128
};
/** True for a digest of a registered algorithm (sha256, sha512) in lower-case hex. */
function isDigest(text) {
	const [algorithm = "", hex = "", rest] = text.split(":");
	return rest === void 0 && /^[a-f0-9]+$/.test(hex) && HEX_LENGTH[algorithm] === hex.length;
}
/** Parses a digest; throws INVALID_DIGEST. */
function parseDigest(text) {
	if (isDigest(text)) return text;
	throw new ImageError("INVALID_DIGEST", `${JSON.stringify(text)} is not a digest`, { hint: "Write it as sha256: and 64 lower-case hex digits." });
}
/** The part before the colon. */
function digestAlgorithm(digest) {
	return digest.startsWith("sha512:") ? "sha512" : "sha256";
}
/** The part after the colon. */
function digestHex(digest) {
	return digest.slice(digest.indexOf(":") + 1);
}
/** The sha256 digest of these bytes. */
function digestOf(bytes) {
	return parseDigest(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
}
/** True when these bytes have this digest, in the digest's own algorithm. */
function matchesDigest(bytes, digest) {
	return startHash(digest).update(bytes).digest("hex") === digestHex(digest);
}
/** A running hash to compare with `digestHex(digest)` at the end of a stream. */
function startHash(digest) {
	return createHash(digestAlgorithm(digest));
}
// src/image/reference.ts
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** https://github.com/distribution/reference/blob/main/reference.go, but no port with zeros before it: one registry would have several names. */
const REGISTRY = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[1-9][0-9]{0,4})?$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** Parses `registry/repo:tag`, `registry/repo@digest` or both at once; throws INVALID_REFERENCE saying which part is wrong. */
function parseReference(text) {
	const at = text.indexOf("@");
	const name = at < 0 ? text : text.slice(0, at);
	const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
	const hasTag = colon >= 0 && name.includes("/");
	const repository = parseRepository(hasTag ? name.slice(0, colon) : name, text);
	const tag = hasTag ? parseTag(name.slice(colon + 1), text) : void 0;
	if (at >= 0) {
		const digest = text.slice(at + 1);
		if (!isDigest(digest)) fail$3(text, `${JSON.stringify(digest)} is not a digest`, "Write @sha256: and 64 lower-case hex digits.");
		return tag === void 0 ? {
			kind: "digest",
			repository,
			digest
		} : {
			kind: "digest",
			repository,
			digest,
			tag
		};
	}
	if (tag === void 0) fail$3(text, "it has neither a tag nor a digest", "Write registry/repo:tag; no tag is assumed.");
	return {
		kind: "tag",
		repository,
		tag
	};
}
/** Parses `registry/path`; the registry must be written out, nothing is assumed to be on Docker Hub. */
function parseRepository(name, text = name) {
	const slash = name.indexOf("/");
	const registry = slash < 0 ? "" : name.slice(0, slash);
	const port = /:(\d+)$/.exec(registry)?.[1];
	if (!isRegistryHost(registry) && port !== void 0) fail$3(text, `it names no registry, as ${port} is no port`, "Write a port from 1 to 65535, without leading zeros.");
	if (!isRegistryHost(registry)) fail$3(text, "it names no registry", "Write it in full, such as docker.io/library/alpine:3.20.");
	const path = normalizePath(registry, name.slice(slash + 1));
	const bad = path.split("/").find((component) => !COMPONENT.test(component));
	if (bad !== void 0) fail$3(text, `${JSON.stringify(bad)} cannot be part of a repository name`, "Use lower-case letters, digits, . _ - and /.");
	if (path.length > 255) fail$3(text, "the repository name is longer than 255 characters", "Shorten it.");
	return `${registry.toLowerCase()}/${path}`;
}
function parseTag(tag, text) {
	if (TAG.test(tag)) return tag;
	return fail$3(text, `${JSON.stringify(tag)} is not a tag`, "Use 1 to 128 letters, digits, _ . or -, not starting with . or -.");
}
/** True when a first component is a registry, by the rule Docker uses: it has a dot or a port, or is localhost; and when it can be asked at all: no port that is none, no address that is none. */
function isRegistryHost(component) {
	return REGISTRY.test(component) && (/[.:[]/.test(component) || component.toLowerCase() === "localhost") && URL.canParse(`https://${component}`);
}
/** The registry of a repository, as written: `host[:port]`, lower case. */
function registryOf(repository) {
	return repository.slice(0, repository.indexOf("/"));
}
/** The path of a repository inside its registry. */
function pathOf(repository) {
	return repository.slice(repository.indexOf("/") + 1);
}
/** `registry/repo:tag`, `registry/repo@digest` or `registry/repo:tag@digest`. */
function formatReference(reference) {
	const tag = reference.tag === void 0 ? "" : `:${reference.tag}`;
	return reference.kind === "tag" ? `${reference.repository}${tag}` : `${reference.repository}${tag}@${reference.digest}`;
}
/** The same name, pinned to what it meant when it was resolved. */
function pinReference(reference, digest) {
	const { repository, tag } = reference;
	return tag === void 0 ? {
		kind: "digest",
		repository,
		digest
	} : {
		kind: "digest",
		repository,
		digest,
		tag
	};
}
function normalizePath(registry, path) {
	return registry.toLowerCase() === "docker.io" && !path.includes("/") ? `library/${path}` : path;
}
function fail$3(text, what, hint) {
	throw new ImageError("INVALID_REFERENCE", `${JSON.stringify(text)} is not an image reference: ${what}.`, { hint });
}
// src/transfer/error.ts
/** An image that could not be read or written as a whole. */
var TransferError = class extends DomainError {};
// src/transfer/disk-full.ts
/** No space on the device, the quota of a user used up, a file longer than the system or its limits allow; and our own word for them. */
const CODES = [
	"ENOSPC",
	"EDQUOT",
	"EFBIG",
	"DISK_FULL"
];
const DISK_FULL_HINT = "Point work-dir at a larger disk, or free some space.";
/** True when something could not be written for want of space, however deep in the causes of an error that is. */
function isDiskFull(error, depth = 6) {
	if (typeof error !== "object" || error === null || depth === 0) return false;
	const { code, cause } = error;
	return CODES.includes(code) || isDiskFull(cause, depth - 1);
}
/** The error to end with for want of space: itself where it says so already. */
function toDiskFull(message, cause) {
	if (cause instanceof TransferError && cause.code === "DISK_FULL") return cause;
	return new TransferError("DISK_FULL", message, {
		cause,
		hint: DISK_FULL_HINT
	});
}
// src/base/concurrency.ts
/** Runs `task` over `items`, at most `limit` at a time, in order of start; the first failure stops the rest from starting and is thrown. */
async function mapConcurrently(items, limit, task) {
	const results = new Array(items.length);
	let next = 0;
	let failed = false;
	const work = async () => {
		while (!failed && next < items.length) {
			const index = next++;
			try {
				results[index] = await task(items[index], index);
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	};
	const workers = Array.from({ length: Math.min(limit, items.length) }, work);
	const failure = (await Promise.allSettled(workers)).find((result) => result.status === "rejected");
	if (failure !== void 0) throw failure.reason;
	return results;
}
/** Runs tasks side by side. The first failure aborts the signal they were given; it is thrown once all have come to rest, so that nothing goes on behind the caller's back. */
async function runTogether(outer, start) {
	const controller = new AbortController();
	const signal = AbortSignal.any([outer, controller.signal]);
	let failure;
	const tasks = start(signal).map((task) => task.catch((reason) => {
		failure ??= { reason };
		controller.abort(reason);
	}));
	const results = await Promise.all(tasks);
	if (failure !== void 0) throw failure.reason;
	return results;
}
// src/base/text.ts
/** Terminal sequences: CSI, the string kinds (OSC, DCS, SOS, PM, APC) with their terminator, and two-byte escapes; ECMA-48 5.4 and 5.6. */
const TERMINAL_SEQUENCE = new RegExp([
	"(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]",
	"(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x90\\x98\\x9c-\\x9f\\r\\n]*(?:\\x07|\\x1b\\\\|\\x9c)",
	"\\x1b[ -/]*[0-~]"
].join("|"), "g");
/** Line ends as they come: CR LF, lone CR, NEL and the Unicode separators are all taken for one. */
const LINE_END = /\r\n|[\r\u0085\u2028\u2029]/g;
/** What shows nothing, or changes how its neighbours show: controls, bidi marks, zero-width and tag characters, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
/** Removes terminal sequences, controls, bidi and zero-width characters, so that a text can only show what it says; tabs stay, line ends become `\n` or, with `space`, a space. */
function stripControl(text, options = {}) {
	const stripped = normalizeLines(text).replace(INVISIBLE, (char) => char === "\n" || char === "	" ? char : "");
	return options.newlines === "space" ? stripped.replace(/(?<!\s)\s*\n\s*/g, " ").trim() : stripped;
}
/** The text on one line, with U+FFFD where something invisible was, so that a reader sees that there was something. */
function markControl(text) {
	return normalizeLines(text).replace(/[\n\t]/g, " ").replace(/[\ufe00-\ufe0f]/g, "").replace(INVISIBLE, "�");
}
function normalizeLines(text) {
	return text.replace(TERMINAL_SEQUENCE, "").replace(LINE_END, "\n");
}
// src/image/media-type.ts
/** Media types of the OCI image specification and their Docker twins; https://github.com/opencontainers/image-spec/blob/main/media-types.md */
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";
const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
const OCI_EMPTY = "application/vnd.oci.empty.v1+json";
const DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
const DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
const SIGSTORE_BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
/** What a manifest request accepts: everything this project can copy bit for bit. */
const MANIFEST_TYPES = [
	OCI_INDEX,
	OCI_MANIFEST,
	DOCKER_LIST,
	DOCKER_MANIFEST
];
/** True for a manifest that lists other manifests. */
function isIndexType(mediaType) {
	return mediaType === "application/vnd.oci.image.index.v1+json" || mediaType === "application/vnd.docker.distribution.manifest.list.v2+json";
}
/** True for the config of a container image, as opposed to a Helm chart, a WASM module or another artifact. */
function isImageConfigType(mediaType) {
	return mediaType === "application/vnd.oci.image.config.v1+json" || mediaType === "application/vnd.docker.container.image.v1+json";
}
/** True for a filesystem layer, compressed or not, distributable or not. */
function isLayerType(mediaType) {
	return /^application\/vnd\.(oci\.image\.layer\.(nondistributable\.)?v1\.tar|docker\.image\.rootfs\.(foreign\.)?diff\.tar)/.test(mediaType);
}
// src/image/strict-json.ts
/** Nothing in a manifest nests deeper than a descriptor's annotations; what does is made to exhaust a reader's stack. */
const MAX_DEPTH$2 = 32;
/**
* Parses JSON that another program will read too, so that both must see the same: UTF-8 without a byte order mark, no
* key twice in one object, no deep nesting. Throws INVALID_MANIFEST. https://www.rfc-editor.org/rfc/rfc8259#section-4
*/
function parseStrictJson(bytes) {
	let text;
	let json;
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
		json = JSON.parse(text);
	} catch (cause) {
		throw new ImageError("INVALID_MANIFEST", "the manifest is not JSON", { cause });
	}
	const flaw = findJsonFlaw(text, MAX_DEPTH$2);
	if (flaw !== void 0) throw new ImageError("INVALID_MANIFEST", `not a valid manifest: ${flaw}`);
	return json;
}
/** What JSON.parse keeps silent about, in a text that it has taken: a key twice, or objects and lists nested deeper than this. */
function findJsonFlaw(text, maxDepth) {
	const open = [];
	for (let i = 0; i < text.length; i++) {
		const char = text[i];
		if (char === "{" || char === "[") {
			if (open.push(char === "{" ? /* @__PURE__ */ new Set() : void 0) > maxDepth) return `it nests deeper than ${maxDepth}`;
		} else if (char === "}" || char === "]") open.pop();
		else if (char === "\"") {
			const end = findEnd$1(text, i);
			const keys = open.at(-1);
			if (keys !== void 0 && isKey(text, end)) {
				const key = JSON.parse(text.slice(i, end));
				if (keys.has(key)) return `the key ${JSON.stringify(key.slice(0, 80))} stands in it twice`;
				keys.add(key);
			}
			i = end - 1;
		}
	}
}
/** The index after a string that begins at `start`. */
function findEnd$1(text, start) {
	for (let i = start + 1;; i++) if (text[i] === "\\") i++;
	else if (text[i] === "\"") return i + 1;
}
function isKey(text, end) {
	let i = end;
	while (/[ \t\r\n]/.test(text[i] ?? "")) i++;
	return text[i] === ":";
}
// src/image/manifest.ts
/** Registries should accept manifests of 4 MiB; larger ones are refused here before they are read. */
const MAX_MANIFEST_BYTES = 4194304;
const MAX_DESCRIPTORS = 1e4;
/** Characters of a platform's parts, which stand in logs and tables. */
const MAX_LABEL = 128;
/** Characters shown of a value that is not what it must be. */
const MAX_SHOWN$1 = 80;
const FIELDS = /* @__PURE__ */ new Set([...[
	"schemaVersion",
	"mediaType",
	"artifactType",
	"config",
	"layers",
	"manifests",
	"subject",
	"annotations"
], ...[
	"data",
	"digest",
	"size",
	"platform",
	"os",
	"architecture",
	"variant",
	"os.version"
]]);
const FOLDED_FIELDS = new Set([...FIELDS].map(foldCase));
/** Parses the bytes of a manifest. `contentType` is what the registry said it is; a `mediaType` inside must agree. */
function parseManifest(bytes, contentType) {
	const json = asFields(parseJson$1(bytes), "the manifest");
	const inside = optionalString(json, "mediaType");
	const outside = contentType?.split(";")[0]?.trim();
	const mediaType = inside ?? outside ?? (Array.isArray(json.manifests) ? "application/vnd.oci.image.index.v1+json" : "application/vnd.oci.image.manifest.v1+json");
	if (json.schemaVersion !== 2) throw new ImageError("UNSUPPORTED_MANIFEST", `schemaVersion ${show(json.schemaVersion)} is not supported`, { hint: "Rebuild the image with a current builder: Docker schema 1 cannot be promoted by digest." });
	if (inside !== void 0 && outside !== void 0 && inside !== outside && isKnown(outside)) fail$2(`its mediaType ${show(inside)} is not the Content-Type ${show(outside)}`);
	if (!isKnown(mediaType)) throw new ImageError("UNSUPPORTED_MANIFEST", `manifest type ${show(mediaType)} is not supported`);
	const common = {
		mediaType,
		annotations: parseAnnotations(json.annotations),
		...optional("artifactType", optionalString(json, "artifactType")),
		...optional("subject", json.subject === void 0 ? void 0 : parseDescriptor(json.subject, "subject"))
	};
	if (isIndexType(mediaType)) {
		if (json.layers !== void 0 || json.config !== void 0) fail$2("it is an index that also has layers or a config");
		const children = json.manifests === null ? [] : parseDescriptors(json.manifests, "manifests");
		return {
			kind: "index",
			...common,
			children
		};
	}
	if (json.manifests !== void 0) fail$2("it is an image manifest that also lists manifests");
	return {
		kind: "manifest",
		...common,
		config: parseDescriptor(json.config, "config"),
		layers: parseDescriptors(json.layers ?? [], "layers")
	};
}
/** True when a manifest is a container image: a config of that type, or filesystem layers under a config of another. */
function isContainerImage(manifest) {
	return isImageConfigType(manifest.config.mediaType) || manifest.layers.some((layer) => isLayerType(layer.mediaType));
}
/** True for what BuildKit files beside an image as `unknown/unknown`: told by its layers, not by the claim, so that a runnable image cannot hide behind it. */
function isAttestationManifest(descriptor, manifest) {
	return descriptor.platform?.os === "unknown" && descriptor.platform.architecture === "unknown" && manifest.layers.length > 0 && manifest.layers.every((layer) => layer.mediaType.startsWith("application/vnd.in-toto"));
}
/** Parses one descriptor; `where` names it in errors. */
function parseDescriptor(value, where) {
	const json = asFields(value, where);
	const digest = optionalString(json, "digest") ?? "";
	if (!isDigest(digest)) fail$2(`${where}.digest is ${show(digest)}`);
	const { size } = json;
	if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) fail$2(`${where}.size is ${show(size)}`);
	checkData(json, digest, size, where);
	return {
		mediaType: optionalString(json, "mediaType") ?? fail$2(`${where} has no mediaType`),
		digest,
		size,
		annotations: parseAnnotations(json.annotations),
		...optional("artifactType", optionalString(json, "artifactType")),
		...optional("platform", json.platform === void 0 || json.platform === null ? void 0 : parsePlatform(json.platform, where))
	};
}
/** Content that a descriptor brings along must be what it describes: a runtime may take it instead. https://github.com/opencontainers/image-spec/blob/main/descriptor.md#embedded-content */
function checkData(json, digest, size, where) {
	const data = optionalString(json, "data");
	if (data === void 0) return;
	const bytes = Buffer.from(data, "base64");
	if (bytes.length !== size || !matchesDigest(bytes, digest)) fail$2(`${where}.data is not the content of its digest`);
}
function parsePlatform(value, where) {
	const json = asFields(value, `${where}.platform`);
	const label = (key) => {
		const text = optionalString(json, key);
		if (text !== void 0 && text.length > MAX_LABEL) fail$2(`${where}.platform.${key} is longer than ${MAX_LABEL}`);
		return text === void 0 ? void 0 : markControl(text);
	};
	return {
		os: label("os") ?? "",
		architecture: label("architecture") ?? "",
		...optional("variant", label("variant")),
		...optional("osVersion", label("os.version"))
	};
}
function parseDescriptors(value, where) {
	if (!Array.isArray(value)) fail$2(`${where} is not a list`);
	if (value.length > MAX_DESCRIPTORS) fail$2(`${where} has ${value.length} entries, more than ${MAX_DESCRIPTORS}`);
	return value.map((entry, i) => parseDescriptor(entry, `${where}[${i}]`));
}
function parseAnnotations(value) {
	if (value === void 0 || value === null) return {};
	const entries = Object.entries(asObject$2(value, "annotations"));
	return Object.fromEntries(entries.filter((entry) => typeof entry[1] === "string"));
}
function parseJson$1(bytes) {
	if (bytes.length > 4194304) fail$2(`it has ${bytes.length} bytes, more than ${MAX_MANIFEST_BYTES}`);
	return parseStrictJson(bytes);
}
/** An object without look-alike keys: Go takes `Layers` for `layers` and believes the last of them, so a runtime would see another image than was judged. */
function asFields(value, where) {
	const json = asObject$2(value, where);
	const lookalike = Object.keys(json).find((key) => !FIELDS.has(key) && FOLDED_FIELDS.has(foldCase(key)));
	return lookalike === void 0 ? json : fail$2(`${where} has the key ${JSON.stringify(lookalike)}`);
}
/** Folds case as Go does for JSON keys: also the long s and the Kelvin sign; https://pkg.go.dev/encoding/json#Unmarshal */
function foldCase(key) {
	return key.toLowerCase().toUpperCase();
}
function asObject$2(value, where) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	return fail$2(`${where} is not an object`);
}
function optionalString(json, key) {
	const value = json[key];
	if (value === void 0 || value === null || value === "") return void 0;
	return typeof value === "string" ? value : fail$2(`${key} is not a string`);
}
function optional(key, value) {
	return value === void 0 ? {} : { [key]: value };
}
/** A value for a message, short: it may be megabytes of anything. */
function show(value) {
	if (typeof value === "string") return JSON.stringify(value.slice(0, MAX_SHOWN$1));
	if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
	return String(value);
}
function isKnown(mediaType) {
	return [
		OCI_INDEX,
		OCI_MANIFEST,
		DOCKER_LIST,
		DOCKER_MANIFEST
	].includes(mediaType);
}
function fail$2(what) {
	throw new ImageError("INVALID_MANIFEST", `not a valid manifest: ${what}`);
}
// src/image/platform.ts
/** `os/architecture[/variant][:os.version]`, as Docker, crane and Trivy write it. */
function formatPlatform(platform) {
	const variant = platform.variant === void 0 ? "" : `/${platform.variant}`;
	const version = platform.osVersion === void 0 ? "" : `:${platform.osVersion}`;
	return `${platform.os}/${platform.architecture}${variant}${version}`;
}
// src/transfer/graph.ts
const MAX_DEPTH$1 = 4;
const MAX_MANIFESTS = 1e3;
/** Of all manifests together, as they are declared: each is held in memory, and may itself be as large as one may be. */
const MAX_TOTAL_BYTES = 67108864;
const CONCURRENT_MANIFESTS = 6;
/** Follows a root manifest to all its children. `read` returns a child verified against its digest. */
async function loadGraph(root, read) {
	const found = /* @__PURE__ */ new Map([[root.digest, {
		content: root,
		descriptors: []
	}]]);
	const order = [root];
	let total = root.bytes.length;
	let level = [root];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > MAX_DEPTH$1) throw new TransferError("TOO_LARGE", `${root.digest} nests indexes deeper than ${MAX_DEPTH$1}`);
		const wanted = /* @__PURE__ */ new Map();
		for (const child of level.flatMap(childrenOf)) {
			const listed = found.get(child.digest);
			if (listed !== void 0) addListing(listed, child);
			else if (wanted.get(child.digest)?.push(child) === void 0) {
				wanted.set(child.digest, [child]);
				total += child.size;
			}
		}
		if (found.size + wanted.size > MAX_MANIFESTS) throw new TransferError("TOO_LARGE", `${root.digest} lists more than ${MAX_MANIFESTS} manifests`);
		if (total > MAX_TOTAL_BYTES) throw new TransferError("TOO_LARGE", `the manifests of ${root.digest} have more than ${MAX_TOTAL_BYTES} bytes`);
		level = await mapConcurrently([...wanted], CONCURRENT_MANIFESTS, async ([digest, descriptors]) => {
			const content = await read(digest);
			const child = {
				content,
				descriptors: []
			};
			for (const descriptor of descriptors) addListing(child, descriptor);
			found.set(digest, child);
			return content;
		});
		order.push(...level);
	}
	const leaves = order.flatMap((content) => toLeaves(found.get(content.digest)));
	return {
		root,
		manifests: sortChildrenFirst(root, found),
		blobs: uniqueBlobs(order),
		images: leaves.filter(isImage),
		artifacts: leaves.filter((leaf) => !isImage(leaf))
	};
}
/** The declared size of all blobs and manifests, in bytes. */
function totalBytes(graph) {
	const blobs = graph.blobs.reduce((sum, blob) => sum + blob.size, 0);
	return graph.manifests.reduce((sum, manifest) => sum + manifest.bytes.length, blobs);
}
function addListing({ content, descriptors }, descriptor) {
	if (content.bytes.length !== descriptor.size) throw sizeMismatch(descriptor, content.bytes.length);
	descriptors.push(descriptor);
}
function childrenOf(content) {
	return content.manifest.kind === "index" ? content.manifest.children : [];
}
function sortChildrenFirst(root, found) {
	const entered = /* @__PURE__ */ new Set();
	const sorted = [];
	const visit = (content) => {
		if (entered.has(content)) return;
		entered.add(content);
		for (const child of childrenOf(content)) {
			const next = found.get(child.digest)?.content;
			if (next !== void 0) visit(next);
		}
		sorted.push(content);
	};
	visit(root);
	return sorted;
}
function uniqueBlobs(manifests) {
	const blobs = /* @__PURE__ */ new Map();
	for (const { manifest } of manifests) {
		if (manifest.kind === "index") continue;
		for (const blob of [manifest.config, ...manifest.layers]) {
			const known = blobs.get(blob.digest);
			if (known !== void 0 && known.size !== blob.size) throw sizeMismatch(known, blob.size);
			blobs.set(blob.digest, blob);
		}
	}
	return [...blobs.values()];
}
/** A leaf for each platform it is listed for: what is excused for one of them is not for the others. Attestations that BuildKit files beside the images are carried along, and are neither images nor strangers. */
function toLeaves(found) {
	if (found === void 0 || found.content.manifest.kind === "index") return [];
	const { content, descriptors } = found;
	const { manifest } = found.content;
	if (descriptors.length === 0) return [{
		content,
		platform: void 0
	}];
	const platforms = descriptors.filter((descriptor) => !isAttestationManifest(descriptor, manifest)).map(({ platform }) => platform === void 0 ? void 0 : formatPlatform(platform));
	return [...new Set(platforms)].map((platform) => ({
		content,
		platform
	}));
}
function isImage({ content }) {
	return content.manifest.kind === "manifest" && isContainerImage(content.manifest);
}
function sizeMismatch(descriptor, actual) {
	return new TransferError("SIZE_MISMATCH", `${descriptor.digest} is declared with ${descriptor.size} bytes, and with ${actual} elsewhere`, { hint: "The image is damaged or was tampered with; build and push it again." });
}
// src/registry/error.ts
/** A registry, its token service or a credential helper did not do what was asked. */
var RegistryError = class extends DomainError {
	/** HTTP status, when there was an answer. */
	status;
	method;
	/** Without user info, query and fragment, which may carry secrets. */
	url;
	/** What the registry itself said: its own codes and words, cleaned and shortened. */
	diagnostics;
	/** Retry-After as the registry sent it. */
	retryAfter;
	constructor(code, message, details = {}) {
		super(code, message, {
			...details.hint === void 0 ? {} : { hint: details.hint },
			..."cause" in details ? { cause: details.cause } : {}
		});
		this.status = details.status;
		this.method = details.method;
		this.url = details.url === void 0 ? void 0 : redactUrls(String(details.url));
		this.diagnostics = details.diagnostics ?? [];
		this.retryAfter = details.retryAfter;
	}
};
// src/registry/legacy-tags.ts
const LEGACY_FORMS = [
	"sig",
	"att",
	"sbom"
];
/** `sha256-<hex>.sig` and the like; undefined for a digest too long to be a tag. */
function legacyTag(repository, subject, form) {
	if (digestAlgorithm(subject) !== "sha256") return void 0;
	const reference = parseReference(`${repository}:sha256-${digestHex(subject)}.${form}`);
	return reference.kind === "tag" ? reference.tag : void 0;
}
/** True for what cosign writes there: an image manifest without filesystem layers. An index, or an image that could be run, was never scanned. */
function isLegacyContent(content) {
	const { manifest } = content;
	return manifest.kind === "manifest" && !manifest.layers.some(({ mediaType }) => isLayerType(mediaType));
}
/** The layers of a legacy manifest. */
function legacyLayers(content) {
	return (readJson(content).layers ?? []).map((written, i) => ({
		written,
		descriptor: parseDescriptor(written, `layers[${i}]`)
	}));
}
/** Those of `wanted` that are not among `present`. Two keys sign the same payload, so the annotations, which hold the signature, count as well. */
function missingLayers(present, wanted) {
	const known = new Set(present.map(identify));
	return wanted.filter((layer) => !known.has(identify(layer)));
}
/** A manifest with these layers and all else of `base`, under a config as cosign makes it. Its layers are not compressed, so each is its own diff_id. */
function composeLegacy(base, layers) {
	const created = "0001-01-01T00:00:00Z";
	const config = Buffer.from(JSON.stringify({
		architecture: "",
		created,
		history: layers.map(() => ({ created })),
		os: "",
		rootfs: {
			type: "layers",
			diff_ids: layers.map(({ descriptor }) => descriptor.digest)
		},
		config: {}
	}));
	const json = readJson(base);
	const descriptor = {
		mediaType: json.config?.mediaType ?? "application/vnd.oci.image.config.v1+json",
		size: config.length,
		digest: digestOf(config)
	};
	const bytes = Buffer.from(JSON.stringify({
		...json,
		config: descriptor,
		layers: layers.map(({ written }) => written)
	}));
	return {
		manifest: {
			bytes,
			mediaType: base.mediaType,
			digest: digestOf(bytes)
		},
		config: {
			descriptor: {
				...descriptor,
				annotations: {}
			},
			bytes: config
		}
	};
}
function identify({ descriptor: { digest, annotations } }) {
	return JSON.stringify([digest, ...Object.entries(annotations).toSorted(([a], [b]) => a < b ? -1 : 1)]);
}
function readJson({ bytes }) {
	return JSON.parse(new TextDecoder().decode(bytes));
}
// src/chain/legacy-signature.ts
/** What a payload of the older form says it is. */
const LEGACY_SIGNATURE_TYPE = "cosign container image signature";
const PAYLOAD_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
const SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";
/** The bytes to sign: "this tag means this digest", which a `sigstoreSigned` policy compares with what it pulls. For an image of an index it is the tag of the index. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
function makeLegacyPayload(target, digest, annotations) {
	const optional = Object.entries(annotations).toSorted(([a], [b]) => a < b ? -1 : 1);
	const payload = {
		critical: {
			identity: { "docker-reference": formatReference(target) },
			image: { "docker-manifest-digest": digest },
			type: LEGACY_SIGNATURE_TYPE
		},
		optional: optional.length === 0 ? null : Object.fromEntries(optional)
	};
	return Buffer.from(JSON.stringify(payload));
}
/** The `.sig` of a digest with these signatures, a layer for each; byte for byte as cosign writes it. */
function makeLegacySignature(subject, signed) {
	const payloads = signed.map(({ payload, signature }) => ({
		bytes: payload,
		descriptor: {
			mediaType: PAYLOAD_TYPE,
			size: payload.length,
			digest: digestOf(payload),
			annotations: { [SIGNATURE_ANNOTATION]: signature }
		}
	}));
	const layers = payloads.map(({ descriptor }) => ({
		descriptor,
		written: descriptor
	}));
	const { manifest, config } = composeLegacy(EMPTY, layers);
	return {
		subject,
		form: "sig",
		content: {
			...manifest,
			manifest: parseManifest(manifest.bytes, manifest.mediaType)
		},
		layers,
		blobs: [config, ...payloads.map(({ descriptor, bytes }) => ({
			descriptor,
			bytes
		}))]
	};
}
/** What cosign begins with; https://github.com/opencontainers/image-spec/blob/main/manifest.md */
const EMPTY = (() => {
	const config = {
		mediaType: OCI_CONFIG,
		size: 2,
		digest: digestOf("{}")
	};
	const bytes = Buffer.from(JSON.stringify({
		schemaVersion: 2,
		mediaType: OCI_MANIFEST,
		config,
		layers: []
	}));
	return {
		digest: digestOf(bytes),
		mediaType: OCI_MANIFEST,
		bytes,
		manifest: parseManifest(bytes, OCI_MANIFEST)
	};
})();
// src/registry/fallback-index.ts
/** The tag that lists a subject's referrers where there is no API; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema */
function fallbackTag(repository, subject) {
	const text = `${repository}:${digestAlgorithm(subject).slice(0, 32)}-${digestHex(subject).slice(0, 64)}`;
	const reference = parseReference(text);
	if (reference.kind === "digest") throw new TypeError(`${text} is not a tag`);
	return reference.tag;
}
/** True when the fallback tag holds the subject: GitLab takes `sha256-<hex>` for the digest (https://github.com/oras-project/oras-go/issues/1396), and `cosign copy` writes an image there. Its children are no referrers. */
function isSubjectItself(found, subject) {
	return found?.digest === subject;
}
/** What stands under the fallback tag instead of a list, in a sentence. */
function describeForeign(repository, subject, found) {
	return `${repository}:${fallbackTag(repository, subject)} should be an index of referrers but is ${found.mediaType}`;
}
/** Those of `added` that the index does not list yet. */
function missingFrom(index, added) {
	const listed = new Set(index?.manifest.kind === "index" ? index.manifest.children.map(({ digest }) => digest) : []);
	return added.filter(({ digest }, i) => !listed.has(digest) && added.findIndex((other) => other.digest === digest) === i);
}
/** The index with these entries added. What is there stays as it was written, fields unknown to us included. */
function addToIndex(index, added) {
	const old = index === void 0 ? {} : JSON.parse(new TextDecoder().decode(index.bytes));
	const manifests = [...old.manifests ?? [], ...added.map(formatDescriptor)];
	const bytes = Buffer.from(JSON.stringify({
		...old,
		schemaVersion: 2,
		mediaType: OCI_INDEX,
		manifests
	}));
	return {
		bytes,
		mediaType: OCI_INDEX,
		digest: digestOf(bytes)
	};
}
function formatDescriptor({ mediaType, digest, size, artifactType, annotations }) {
	return {
		mediaType,
		digest,
		size,
		...artifactType === void 0 ? {} : { artifactType },
		...Object.keys(annotations).length === 0 ? {} : { annotations }
	};
}
// src/registry/transport/body.ts
const DISCARD_LIMIT = 65536;
/** Gives the connection back: drains what is short, cuts off what is long. Never throws. */
async function discardBody(response) {
	try {
		await response.body.dump({ limit: DISCARD_LIMIT });
	} catch {
		response.body.destroy();
	}
	await settleConnection();
}
/** The whole body, or undefined (and the connection closed) when it is longer than `limit` bytes. */
async function readBody(response, limit) {
	const chunks = [];
	let length = 0;
	for await (const chunk of response.body) {
		length += chunk.length;
		if (length > limit) return void 0;
		chunks.push(chunk);
	}
	await settleConnection();
	return Buffer.concat(chunks);
}
const TOO_LONG = new TextEncoder().encode("a body that is too long to be an error of a registry");
/** Reads the body of a 200, up to `limit` bytes, and of a 404, whose words decide what it means; any other stays unread. */
async function readWhole(response, limit) {
	if (response.status === 200) return {
		...response,
		whole: await readBody(response, limit)
	};
	if (response.status !== 404) return response;
	return {
		...response,
		whole: await readBody(response, 65536) ?? TOO_LONG
	};
}
/** undici frees a connection just after its body ended: who sends before that opens another, with another TLS handshake. */
async function settleConnection() {
	await setImmediate();
}
/** At most the first `limit` bytes, whatever happens to the rest: for what is only shown. */
async function readBodyStart(response, limit) {
	const chunks = [];
	let length = 0;
	try {
		for await (const chunk of response.body) {
			chunks.push(chunk);
			length += chunk.length;
			if (length >= limit) break;
		}
	} catch {}
	await settleConnection();
	return Buffer.concat(chunks).subarray(0, limit);
}
// src/registry/transport/diagnostics.ts
const MAX_ENTRIES = 8;
const MAX_TEXT$1 = 300;
/** Reads at most 64 KiB of an error body and gives the connection back. Never throws: the body is hostile until parsed. */
async function readErrorBody(response) {
	return parseErrorBody(response.whole ?? await readBodyStart(response, 65536));
}
/** Parses an error body; what is not the specification's JSON is `foreign` (a proxy's HTML page, say). */
function parseErrorBody(bytes) {
	const text = new TextDecoder().decode(bytes);
	if (text.trim() === "") return {
		kind: "empty",
		diagnostics: []
	};
	const errors = parseErrors(text);
	if (errors === void 0) return {
		kind: "foreign",
		diagnostics: []
	};
	return {
		kind: "registry",
		diagnostics: errors.slice(0, MAX_ENTRIES).flatMap(parseEntry$1)
	};
}
/** Text from outside on one line, without control characters, and short. */
function cleanText(text, limit = MAX_TEXT$1) {
	const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	return line.length > limit ? `${line.slice(0, limit)}…` : line;
}
/** The diagnostics as part of a sentence; empty when there are none. */
function formatDiagnostics(diagnostics) {
	return diagnostics.map(({ code, message }) => message === "" ? code : `${code}: ${message}`).join("; ");
}
function parseErrors(text) {
	try {
		const json = JSON.parse(text);
		const errors = typeof json === "object" && json !== null ? json.errors : void 0;
		return Array.isArray(errors) ? errors : void 0;
	} catch {
		return;
	}
}
function parseEntry$1(entry) {
	if (typeof entry !== "object" || entry === null) return [];
	const { code, message } = entry;
	if (typeof code !== "string") return [];
	return [{
		code: cleanText(code, 64),
		message: typeof message === "string" ? cleanText(message) : ""
	}];
}
// src/registry/transport/fault.ts
/** The codes of an error, of what caused it, and of the errors an aggregate holds: `ECONNRESET`, `UND_ERR_SOCKET`, `CERT_HAS_EXPIRED`; where `withNames`, the name of an error that has none. */
function codesOf(error, withNames = false, depth = 5) {
	if (typeof error !== "object" || error === null || depth === 0) return [];
	const { code, name, cause, errors } = error;
	const own = typeof code === "string" || !withNames ? code : name;
	const inner = Array.isArray(errors) ? [cause, ...errors.slice(0, 8)] : [cause];
	return [...typeof own === "string" ? [own] : [], ...inner.flatMap((each) => codesOf(each, withNames, depth - 1))];
}
// src/registry/transport/certificate-fault.ts
/** True when a connection was given up because of a certificate. */
function isCertificateFault(fault) {
	return codesOf(fault).some((code) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/.test(code));
}
/** What to change so that the certificate of a host passes; undefined when a certificate was not the trouble. An authority that is added mends neither time nor name. */
function explainCertificate(fault, host) {
	if (!isCertificateFault(fault)) return void 0;
	const codes = codesOf(fault);
	const orInsecure = "or name the host in registries.insecure";
	if (codes.includes("CERT_HAS_EXPIRED")) return `A certificate of ${host} has expired: have it renewed, check the clock of this machine, ${orInsecure}.`;
	if (codes.includes("CERT_NOT_YET_VALID")) return `A certificate of ${host} is not valid yet: check the clock of this machine, ${orInsecure}.`;
	if (codes.includes("ERR_TLS_CERT_ALTNAME_INVALID")) return `The certificate of ${host} is for other names: use one of them, have one made for ${host}, ${orInsecure}.`;
	return `The certificate of ${host} is not trusted: add its authority (registries.ca), ${orInsecure}.`;
}
// src/registry/transport/message.ts
/** The first value of a header, or undefined. */
function headerOf(response, name) {
	const value = response.headers[name.toLowerCase()];
	return Array.isArray(value) ? value[0] : value;
}
/** Every value of a header that may be repeated. */
function headersOf(response, name) {
	const value = response.headers[name.toLowerCase()];
	if (value === void 0) return [];
	return Array.isArray(value) ? value : [value];
}
// src/registry/transport/proxy-error.ts
/** A proxy let nothing through. Not final by itself: its status, or the cause, says whether asking again may help. */
var ProxyError = class ProxyError extends Error {
	/** What the proxy answered instead of opening a tunnel. */
	status;
	/** What the user should change. */
	hint;
	constructor(message, hint, details) {
		super(message, "cause" in details ? { cause: details.cause } : void 0);
		this.name = "ProxyError";
		this.status = details.status;
		this.hint = hint;
	}
	/** There is no connection to the proxy at all, or none that can be trusted. */
	static unreachable(proxy, cause, isUntrusted) {
		const hint = isUntrusted ? `The certificate of the proxy ${proxy} is not trusted: add its authority (registries.ca).` : `Check HTTPS_PROXY (HTTP_PROXY for plain http) and that ${proxy} runs; what needs no proxy belongs into NO_PROXY.`;
		return new ProxyError(`the proxy ${proxy} could not be reached`, hint, { cause });
	}
	/** The proxy gave no answer to CONNECT. */
	static broken(proxy, target, cause) {
		const message = `the proxy ${proxy} did not answer when asked for a connection to ${target}`;
		return new ProxyError(message, describeWayOut(proxy, target), { cause });
	}
	/** The proxy answered, but opened no connection. */
	static refused(proxy, status, target, cause) {
		const message = `the proxy ${proxy} answered ${status} when asked for a connection to ${target}`;
		const hint = status === 407 ? `Put the login of the proxy ${proxy} into HTTPS_PROXY (HTTP_PROXY for plain http), as user:password@ before its host, percent-encoded.` : describeWayOut(proxy, target);
		return new ProxyError(message, hint, {
			status,
			...cause === void 0 ? {} : { cause }
		});
	}
};
/** The proxy's fault behind an error, or behind what caused it. */
function findProxyError(error, depth = 5) {
	if (error instanceof ProxyError) return error;
	if (!(error instanceof Error) || depth === 0) return void 0;
	const inner = [error.cause, ...error instanceof AggregateError ? error.errors.slice(0, 8) : []];
	for (const each of inner) {
		const found = findProxyError(each, depth - 1);
		if (found !== void 0) return found;
	}
}
function describeWayOut(proxy, target) {
	return `Check that the proxy ${proxy} may and can reach ${target}, or name that host in NO_PROXY if it needs no proxy.`;
}
// src/registry/transport/failure.ts
/** The error for an answer that is not what was asked for; reads what the registry says about it, and frees the connection. */
async function refuseResponse(request, response, known = {}) {
	const { kind, diagnostics } = known.body ?? await readErrorBody(response);
	const code = known.code ?? chooseCode(response.status, diagnostics);
	const said = diagnostics.length > 0 ? ` (${formatDiagnostics(diagnostics)})` : sayNothing(request, kind);
	return new RegistryError(code, `could not ${request.purpose}: ${response.url.host} answered ${response.status}${said} to ${request.method} ${response.url.origin}${response.url.pathname}${sayEnd(response)}`, {
		status: response.status,
		method: request.method,
		url: response.url,
		diagnostics,
		retryAfter: headerOf(response, "retry-after"),
		hint: known.hint ?? chooseHint(code, request)
	});
}
/** The error for a request that got no answer, or not all of it. Errors that are already ours pass through. */
function wrapFault(request, fault, signal) {
	if (signal.aborted) return new RegistryError("CANCELLED", `could not ${request.purpose}: cancelled`, { cause: signal.reason });
	if (fault instanceof DomainError) return fault;
	const registry = registryOf(request.repository);
	return new RegistryError("UNAVAILABLE", `could not ${request.purpose}: ${registry} gave no full answer`, {
		cause: fault,
		method: request.method,
		hint: explainSilence(fault, registry)
	});
}
/** What to change where a host gave no answer: at its proxy, at its certificate, or on the way to it. */
function explainSilence(fault, host) {
	return findProxyError(fault)?.hint ?? explainCertificate(fault, host) ?? `Check that ${host} can be reached from here, also through the proxy if there is one.`;
}
/** Why no other answer was waited for, as the end of a sentence; empty when time was not the reason. */
function sayEnd({ gaveUp }) {
	return gaveUp === void 0 ? "" : `; ${gaveUp}`;
}
function chooseCode(status, diagnostics) {
	if (status === 429 || diagnostics.some(({ code }) => code === "TOOMANYREQUESTS")) return "RATE_LIMITED";
	if (status === 401) return "UNAUTHORIZED";
	if (status === 403) return "DENIED";
	if (status === 404) return "NOT_FOUND";
	if (status === 413) return "TOO_LARGE";
	if (status === 408 || status >= 500 || status === 499) return "UNAVAILABLE";
	return "PROTOCOL";
}
function chooseHint(code, { repository, scopes }) {
	const right = scopes.some((scope) => scope.endsWith("push")) ? "pull and push" : "pull";
	switch (code) {
		case "UNAUTHORIZED": return `Log in to ${registryOf(repository)}, or pass credentials that may ${right} in ${repository}.`;
		case "DENIED": return `Give the account the right to ${right} in ${repository}.`;
		case "NOT_FOUND": return `Check the name; ${repository} may not exist, or be hidden from this account.`;
		case "RATE_LIMITED": return `${registryOf(repository)} limits how much may be asked: log in, wait, or use a mirror.`;
		case "TOO_LARGE": return `${registryOf(repository)}, or a proxy before it, limits the size of a request: raise that limit.`;
		case "UNAVAILABLE": return `${registryOf(repository)} is in trouble: run this again later.`;
		default: return;
	}
}
function sayNothing({ method }, kind) {
	if (method === "HEAD" || kind === "empty") return " without saying why";
	return kind === "foreign" ? " with a page that is not from a registry" : "";
}
// src/registry/transport/scope.ts
/** What reading needs. */
function pullScope(repository) {
	return `repository:${pathOf(repository)}:pull`;
}
/** What writing needs. */
function pushScope(repository) {
	return `repository:${pathOf(repository)}:pull,push`;
}
/** Splits the `scope` of a challenge, which may name several. */
function splitScopes(text) {
	return text.split(/\s+/).filter((scope) => scope !== "");
}
/** True when a token for `held` may do all that `wanted` asks. */
function coversScopes(held, wanted) {
	return wanted.every((scope) => held.some((other) => coversScope(other, scope)));
}
function coversScope(held, wanted) {
	const [heldResource, heldActions] = splitActions(held);
	const [resource, actions] = splitActions(wanted);
	return heldResource === resource && actions.every((action) => heldActions.includes(action));
}
function splitActions(scope) {
	const colon = scope.lastIndexOf(":");
	return [scope.slice(0, colon), scope.slice(colon + 1).split(",")];
}
// src/registry/manifest.ts
/** What registries say when a manifest or its repository is not there; Harbor says NOT_FOUND, Quay TAG_EXPIRED of a tag that once was. */
const ABSENT_CODES = [
	"MANIFEST_UNKNOWN",
	"NAME_UNKNOWN",
	"NOT_FOUND",
	"TAG_EXPIRED"
];
/** See RegistryClient.resolve. */
async function resolveReference(transport, reference) {
	const wanted = reference.kind === "tag" ? reference.tag : reference.digest;
	return readManifest(transport, manifestRequest(reference.repository, wanted, "GET", "pull"), wanted);
}
/** See RegistryClient.getManifest. */
async function getManifest(transport, repository, digest) {
	return readManifest(transport, manifestRequest(repository, digest, "GET", "pull"), digest);
}
/** The manifest behind a tag or digest, undefined when the registry says it is not there. */
async function findManifest(transport, repository, reference, access) {
	const request = manifestRequest(repository, reference, "GET", access);
	const response = await transport.read(request, MAX_MANIFEST_BYTES);
	if (response.status !== 404) return acceptManifest(request, response, reference);
	const body = await readErrorBody(response);
	if (await isAbsence(transport, request, body)) return void 0;
	throw await refuseResponse(request, response, {
		code: body.kind === "registry" ? "NOT_FOUND" : "PROTOCOL",
		hint: "This 404 is not known to mean that the manifest is absent: check what answers at this address.",
		body
	});
}
/** The request for a manifest, by whatever method. */
function manifestRequest(repository, reference, method, access) {
	const name = `${repository}${isDigest(reference) ? "@" : ":"}${reference}`;
	return {
		purpose: `${method === "PUT" ? "write" : "read"} the manifest ${name}`,
		method,
		repository,
		target: `/v2/${pathOf(repository)}/manifests/${reference}`,
		scopes: [access === "push" ? pushScope(repository) : pullScope(repository)],
		headers: { accept: MANIFEST_TYPES.join(", ") }
	};
}
async function readManifest(transport, request, reference) {
	return acceptManifest(request, await transport.read(request, MAX_MANIFEST_BYTES), reference);
}
async function acceptManifest(request, response, reference) {
	if (response.status !== 200) throw await refuseResponse(request, response);
	const bytes = response.whole;
	if (bytes === void 0) throw new RegistryError("TOO_LARGE", `could not ${request.purpose}: it has more than ${MAX_MANIFEST_BYTES} bytes`);
	if (isDigest(reference) && !matchesDigest(bytes, reference)) failDigest(request, response, digestOf(bytes));
	const told = checkDigestHeader(request, response, bytes);
	const manifest = parse(request, response, bytes);
	return {
		digest: isDigest(reference) ? reference : told ?? digestOf(bytes),
		mediaType: manifest.mediaType,
		bytes,
		manifest
	};
}
function parse(request, response, bytes) {
	try {
		return parseManifest(bytes, headerOf(response, "content-type"));
	} catch (cause) {
		if (!(cause instanceof ImageError)) throw cause;
		const { method } = request;
		throw new RegistryError("PROTOCOL", `could not ${request.purpose}: ${cause.message}`, {
			cause,
			hint: cause.hint,
			method,
			status: response.status,
			url: response.url
		});
	}
}
/** The digest the registry claims, when it claims one; throws when the bytes do not have it. */
function checkDigestHeader(request, response, bytes) {
	const claimed = headerOf(response, "docker-content-digest");
	if (claimed === void 0 || claimed === "") return void 0;
	if (isDigest(claimed) && matchesDigest(bytes, claimed)) return claimed;
	return failDigest(request, response, claimed);
}
function failDigest(request, response, other) {
	throw new RegistryError("DIGEST_MISMATCH", `could not ${request.purpose}: ${response.url.host} says or sent ${JSON.stringify(other.slice(0, 160))}, which is not the digest of the content`, {
		status: response.status,
		method: request.method,
		url: response.url,
		hint: "Something between here and the registry changes content, or the registry is broken: do not trust it until this is explained."
	});
}
/** A 404 means absent when the registry's own words say so, or when it is wordless and comes from what is surely a registry. */
async function isAbsence(transport, request, { kind, diagnostics }) {
	if (kind === "empty") return (await transport.findEndpoint(request)).isRegistry;
	return diagnostics.some(({ code }) => ABSENT_CODES.includes(code));
}
// src/registry/transport/address.ts
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");
/** This machine, this link, and where clouds keep what they tell a machine about itself. */
const LOCAL_NETWORKS = [
	["0.0.0.0", 8],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["100.100.100.200", 32],
	["192.0.0.192", 32],
	["168.63.129.16", 32]
];
/** As above; AWS and Google last. */
const LOCAL_NETWORKS_V6 = [
	["::", 128],
	["::1", 128],
	["fe80::", 10],
	["fd00:ec2::", 32],
	["fd20:ce::254", 128]
];
const METADATA_NAMES = [
	"metadata",
	"metadata.google.internal",
	"instance-data"
];
const LOCAL = createLocalList();
/** True for this machine itself: 127.0.0.0/8, ::1 and localhost, by name only; nothing is looked up. */
function isLoopbackHost(hostname) {
	const host = normalizeHost(hostname);
	return isNamedLocalhost(host) || isListed(LOOPBACK, host);
}
/** True for where no registry may send us to: loopback, link-local, unspecified and cloud metadata, in every spelling of IPv6 that holds an IPv4 address. */
function isLocalAddress(hostname) {
	const host = normalizeHost(hostname);
	return isNamedLocalhost(host) || METADATA_NAMES.includes(host) || isListed(LOCAL, host);
}
/** BlockList sees through ::ffff:0:0/96 by itself; NAT64, IPv4-compatible and 6to4 addresses have to be listed. */
function createLocalList() {
	const list = new BlockList();
	for (const [network, bits] of LOCAL_NETWORKS_V6) list.addSubnet(network, bits, "ipv6");
	for (const [network, bits] of LOCAL_NETWORKS) {
		list.addSubnet(network, bits, "ipv4");
		list.addSubnet(`64:ff9b::${network}`, 96 + bits, "ipv6");
		list.addSubnet(`::${network}`, 96 + bits, "ipv6");
		list.addSubnet(`2002:${toGroups(network)}::`, 16 + bits, "ipv6");
	}
	return list;
}
function toGroups(ipv4) {
	const [a = 0, b = 0, c = 0, d = 0] = ipv4.split(".").map(Number);
	return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
function isNamedLocalhost(host) {
	return host === "localhost" || host.endsWith(".localhost");
}
function normalizeHost(hostname) {
	return hostname.toLowerCase().replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
function isListed(list, host) {
	const family = isIP(host);
	return family !== 0 && list.check(host, family === 6 ? "ipv6" : "ipv4");
}
// src/registry/transport/redirect.ts
const MAX_REDIRECTS = 10;
/** Why an address that `from` sent us to must not be visited; undefined when it may. Only a registry on this machine may send us around on it, and none to where a cloud keeps its secrets. */
function refuseAddress(from, to) {
	if (to.protocol !== "https:" && to.protocol !== "http:") return `${to.protocol} is not a web address`;
	if (from.protocol === "https:" && to.protocol === "http:") return "it leaves https for http";
	if (to.origin === from.origin) return void 0;
	if (!(isLoopbackHost(to.hostname) ? isLocalAddress(from.hostname) : !isLocalAddress(to.hostname))) return `${to.hostname} is an address of this machine, or of its cloud`;
}
/** True for an address that is not the registry's own, and whose name must therefore not turn out to be this machine's. A registry on this machine may send us around on it. */
function isSentElsewhere({ url, registry }) {
	return registry !== void 0 && registry.origin !== url.origin && !isLocalAddress(registry.hostname);
}
/** Resolves what a Location, Link or realm names, against the address that answered; throws REDIRECT_REFUSED or PROTOCOL. */
function resolveAddress(from, text, what) {
	const to = URL.parse(text, from.href);
	if (to === null) throw new RegistryError("PROTOCOL", `${from.host} sent a ${what} that is not an address`, { url: from });
	const reason = refuseAddress(from, to);
	if (reason === void 0) return to;
	throw new RegistryError("REDIRECT_REFUSED", `${from.host} sent a ${what} to ${to.origin}, which is refused: ${reason}`, {
		url: to,
		hint: reason.includes("https") ? `Make the proxy before ${from.host} pass X-Forwarded-Proto on, so that the registry knows it is reached by https.` : `Check that ${from.host} is the registry you mean, and its configured public address.`
	});
}
/** Follows redirects. Credentials stay with the origin they were meant for, and are not sent again after they were dropped. */
function withRedirects(send) {
	return async (first) => {
		let request = first;
		for (let count = 0;; count++) {
			const response = await send(request);
			const location = headerOf(response, "location");
			if (!isRedirect(response.status) || location === void 0) return response;
			if (first.redirects === "same-origin" && URL.parse(location, request.url.href)?.origin !== first.url.origin) return response;
			await discardBody(response);
			request = nextRequest(request, response, location);
			if (count === MAX_REDIRECTS) throw new RegistryError("REDIRECT_REFUSED", `${first.url.host} redirected more than ${MAX_REDIRECTS} times`, {
				method: first.method,
				url: first.url
			});
		}
	};
}
function nextRequest(request, response, location) {
	if (!(request.method === "GET" || request.method === "HEAD") && response.status !== 307 && response.status !== 308) throw new RegistryError("REDIRECT_REFUSED", `${request.url.host} answered a ${request.method} with redirect ${response.status}, which would change the method`, {
		status: response.status,
		method: request.method,
		url: request.url,
		hint: "Name the registry by the address it redirects to."
	});
	const url = resolveAddress(request.url, location, "redirect");
	return {
		...request,
		url,
		registry: request.registry ?? request.url,
		headers: url.origin === request.url.origin ? request.headers : withoutSecrets(request.headers)
	};
}
function withoutSecrets(headers) {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:proxy-)?authorization$|^cookie$/i.test(name)));
}
function isRedirect(status) {
	return [
		301,
		302,
		303,
		307,
		308
	].includes(status);
}
// src/registry/next-page.ts
/** The `next` of a Link header, which may hold several; REDIRECT_REFUSED for one on another host. https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function nextPage(response) {
	for (const header of headersOf(response, "link")) for (const [, address = "", parameters = ""] of header.matchAll(/<([^<>]*)>((?:"[^"]*"|[^",])*)/g)) {
		if (!isNext(parameters)) continue;
		const next = resolveAddress(response.url, address, "Link");
		if (next.origin === response.url.origin) return next;
		throw new RegistryError("REDIRECT_REFUSED", `${response.url.host} sent a Link to ${next.origin}`, { url: next });
	}
}
/** Of several `rel` only the first counts; https://www.rfc-editor.org/rfc/rfc8288#section-3.3 */
function isNext(parameters) {
	const [, , quoted, token] = [...parameters.matchAll(/;\s*([^\s=;"]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;"]*)))?/g)].find(([, name]) => name?.toLowerCase() === "rel") ?? [];
	return (quoted ?? token ?? "").toLowerCase().split(/\s+/).includes("next");
}
// src/registry/referrers-page.ts
const MAX_SHOWN = 120;
/** Parses a page; undefined when it is no index. An entry that names no content (Artifactory lists `_uploads`: https://github.com/oras-project/oras/issues/1907) takes nothing from the others. */
function parseReferrersPage(bytes) {
	const json = parseObject$2(bytes);
	if (json === void 0 || json.mediaType !== void 0 && json.mediaType !== "application/vnd.oci.image.index.v1+json") return void 0;
	const manifests = json.manifests === null ? [] : json.manifests;
	if (!Array.isArray(manifests)) return void 0;
	const descriptors = [];
	const strange = [];
	for (const [i, entry] of manifests.entries()) try {
		descriptors.push(parseDescriptor(entry, `manifests[${i}]`));
	} catch (error) {
		if (!(error instanceof ImageError)) throw error;
		strange.push({
			entry: JSON.stringify(entry).slice(0, MAX_SHOWN),
			reason: error.message
		});
	}
	return {
		descriptors,
		strange
	};
}
function parseObject$2(bytes) {
	try {
		const json = parseStrictJson(bytes);
		return typeof json === "object" && json !== null ? json : void 0;
	} catch {
		return;
	}
}
// src/registry/transport/retry-after.ts
/** The three ways of writing a date that HTTP knows; what JavaScript would guess at is no date. */
const DATES = [
	/^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC)$/i,
	/^[a-z]{6,9}, \d{2}-[a-z]{3}-\d{2} \d\d:\d\d:\d\d GMT$/i,
	/^[a-z]{3} [a-z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/i
];
/** Milliseconds an answer asks to wait; undefined when it does not ask, or for nothing that can be read. Dates are taken by the server's own clock where it tells the time. */
function readRetryAfter(response, now) {
	const text = headerOf(response, "retry-after");
	if (text === void 0) return void 0;
	return parseRetryAfter(text, parseDate(headerOf(response, "date") ?? "") ?? now);
}
/** Retry-After in milliseconds from `now`, 0 for the past; undefined for what is neither seconds nor a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function parseRetryAfter(value, now) {
	const text = value.trim();
	if (/^\d{1,12}(?:\.\d{1,12})?$/.test(text)) return Number(text) * 1e3;
	const date = parseDate(text);
	return date === void 0 ? void 0 : Math.max(0, date - now);
}
function parseDate(text) {
	if (!DATES.some((pattern) => pattern.test(text))) return void 0;
	const date = Date.parse(/(?:GMT|UTC)$/i.test(text) ? text : `${text} GMT`);
	return Number.isNaN(date) ? void 0 : date;
}
// src/registry/transport/retry.ts
/** Four waits of a minute, which Docker Hub and ACR ask for, fit in; an hour, which nobody would sit through, does not. */
const DEFAULT_RETRY = {
	attempts: 5,
	baseDelay: 500,
	maxDelay: 9e4,
	deadline: 3e5,
	sleep: async (milliseconds, signal) => setTimeout$1(milliseconds, void 0, { signal }),
	now: () => Date.now(),
	random: () => Math.random()
};
const RETRYABLE_STATUSES = [
	408,
	429,
	499
];
/** Not implemented, not this version of HTTP, log in to the network first: asking again changes none of them. */
const FINAL_STATUSES = [
	501,
	505,
	511
];
/** A network that broke or is not there yet, and undici's words for it. ENOTFOUND is not among them: EAI_AGAIN is the name service's "later". */
const RETRYABLE_FAULTS = [
	"ECONNRESET",
	"ECONNREFUSED",
	"ECONNABORTED",
	"EPIPE",
	"ETIMEDOUT",
	"EAI_AGAIN",
	"ENETDOWN",
	"ENETRESET",
	"ENETUNREACH",
	"EHOSTDOWN",
	"EHOSTUNREACH",
	"UND_ERR_SOCKET",
	"UND_ERR_INFO",
	"UND_ERR_CONNECT_TIMEOUT",
	"UND_ERR_HEADERS_TIMEOUT",
	"UND_ERR_BODY_TIMEOUT",
	"UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
	"UND_ERR_PRX_CONN"
];
/** True for an answer that may be another one soon: the union of what go-containerregistry, regclient, containerd, skopeo and sigstore-js ask again after. An error code in the body of another status (TOOMANYREQUESTS) is told, not asked again after. */
function isRetryableStatus(status) {
	return RETRYABLE_STATUSES.includes(status) || status >= 500 && !FINAL_STATUSES.includes(status);
}
/** True for a fault of the network, as opposed to one that asking again would only repeat; what is already our own error was final. */
function isRetryableFault(error) {
	if (error instanceof DomainError) return false;
	return codesOf(error, true).some(isBrokenConnection) || isRetryableStatus(proxyStatusOf(error));
}
/** Of the parser: what came is not HTTP, garbled on the way, or left of a body that should not have followed the answer to a HEAD. Its errors of undici 8.12.4 are meant to have a code, but have a name only. */
function isBrokenConnection(code) {
	return RETRYABLE_FAULTS.includes(code) || code === "HTTPParserError" || code.startsWith("HPE_");
}
/** What a proxy answered that opened no tunnel; 0 when none did. */
function proxyStatusOf(error) {
	return findProxyError(error)?.status ?? 0;
}
/** Milliseconds to wait before attempt `next` (2 is the first repetition); what the server asks for goes first, within reason. */
function chooseDelay(policy, next, retryAfter) {
	return boundDelay(policy, next, retryAfter === void 0 ? void 0 : parseRetryAfter(retryAfter, policy.now()));
}
/** True when a server asks for more time than any request is given: no other attempt is worth its wait. */
function isAskedTooMuch(policy, retryAfter) {
	return retryAfter !== void 0 && (parseRetryAfter(retryAfter, policy.now()) ?? 0) > policy.deadline;
}
function boundDelay(policy, next, asked) {
	if (asked !== void 0 && asked > 0) return Math.min(asked, policy.maxDelay);
	const ceiling = Math.min(policy.baseDelay * 2 ** (next - 2), policy.maxDelay);
	return ceiling / 2 + ceiling / 2 * policy.random();
}
/** Sends until an answer is final, or attempts or time are used up; then the last answer or fault stands, and says so where time was the reason. */
async function sendWithRetry(policy, signal, send, onRetry) {
	const started = policy.now();
	const { onlyWhenBusy = false } = policy;
	for (let attempt = 1;; attempt++) {
		const outcome = await settle$1(send);
		const isLast = attempt >= policy.attempts || signal.aborted;
		const isRetryable = onlyWhenBusy ? isBusy(outcome) : isPassing(outcome);
		if (isLast || !isRetryable) return unwrap(outcome);
		const asked = "error" in outcome ? void 0 : readRetryAfter(outcome.response, policy.now());
		const delay = boundDelay(policy, attempt + 1, asked);
		const elapsed = policy.now() - started;
		if (elapsed + Math.max(delay, asked ?? 0) > policy.deadline) return unwrap(outcome, explainEnd(policy, attempt, elapsed, asked));
		if ("error" in outcome) onRetry(outcome.error instanceof Error ? outcome.error.message : "a network fault", delay);
		else {
			onRetry(`status ${outcome.response.status}`, delay);
			await discardBody(outcome.response);
		}
		await policy.sleep(delay, signal);
	}
}
function isPassing(outcome) {
	return "error" in outcome ? isRetryableFault(outcome.error) : isRetryableStatus(outcome.response.status);
}
/** Turned away before it was begun: the one answer after which even a step of an upload can be sent as it was. */
function isBusy(outcome) {
	return "response" in outcome && outcome.response.status === 429;
}
async function settle$1(send) {
	try {
		return { response: await send() };
	} catch (error) {
		return { error };
	}
}
function unwrap(outcome, gaveUp) {
	if ("response" in outcome) return gaveUp === void 0 ? outcome.response : {
		...outcome.response,
		gaveUp
	};
	throw gaveUp === void 0 ? outcome.error : new Error(gaveUp, { cause: outcome.error });
}
function explainEnd({ deadline }, attempts, elapsed, asked = 0) {
	const reason = asked > 0 ? `asked to wait ${toSeconds(asked)} s` : "the next attempt would be too late";
	return `gave up after ${toSeconds(elapsed)} s and attempt ${attempts}: ${reason}, and ${toSeconds(deadline)} s are given to a request`;
}
function toSeconds(milliseconds) {
	return Math.ceil(milliseconds / 1e3);
}
// src/registry/referrers-api.ts
const MAX_PAGES$1 = 200;
const MAX_REFERRERS$1 = 1e4;
/** Reads all pages of the referrers API, or says why there is no list; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers */
async function readReferrersApi(transport, repository, digest) {
	const descriptors = [];
	const visited = /* @__PURE__ */ new Set();
	let target = `/v2/${pathOf(repository)}/referrers/${digest}`;
	for (;;) {
		const request = pageRequest(repository, digest, target);
		const response = await transport.read(request, MAX_MANIFEST_BYTES);
		if (!isList(response)) {
			if (visited.size > 0) throw await refuseResponse(request, response);
			return classify(transport, request, response);
		}
		try {
			descriptors.push(...await readPage(transport, request, response));
		} catch (error) {
			if (visited.size > 0 || !(error instanceof RegistryError) || error.code !== "PROTOCOL") throw error;
			return {
				kind: "undecided",
				error
			};
		}
		visited.add(response.url.href);
		const next = nextPage(response);
		if (next === void 0) return {
			kind: "list",
			descriptors
		};
		if (visited.has(next.href) || visited.size >= MAX_PAGES$1 || descriptors.length > MAX_REFERRERS$1) throw new RegistryError("PROTOCOL", `could not ${request.purpose}: its pages do not end`, { url: next });
		target = next;
	}
}
function pageRequest(repository, digest, target) {
	return {
		purpose: `list the referrers of ${repository}@${digest}`,
		method: "GET",
		repository,
		target,
		scopes: [pullScope(repository)],
		headers: { accept: OCI_INDEX },
		redirects: "same-origin"
	};
}
/** A proxy's or a single-page application's 200 is HTML. */
function isList(response) {
	const type = headerOf(response, "content-type")?.split(";")[0]?.trim();
	return response.status === 200 && (type === "application/vnd.oci.image.index.v1+json" || type === "application/json");
}
async function classify(transport, request, response) {
	const { status } = response;
	if (status === 401) throw await refuseResponse(request, response);
	if (status === 403 || isRetryableStatus(status) && status !== 499) return {
		kind: "undecided",
		error: await refuseResponse(request, response)
	};
	await discardBody(response);
	if (status < 300 || status >= 400 && status !== 404) warnOfStrangeness(transport, request, response);
	return { kind: "no-api" };
}
/** A 404 is how a registry says that it has no such API, and GHCR's redirect is known; anything else may hide referrers. */
function warnOfStrangeness({ log }, { repository }, { url, status }) {
	log.warning(`${url.host} answered the question for referrers in ${repository} with ${status}, which is no list: only what its fallback tags name is found.`);
}
async function readPage(transport, request, response) {
	const bytes = response.whole;
	if (bytes === void 0) throw new RegistryError("TOO_LARGE", `could not ${request.purpose}: a page is too long`);
	const page = parseReferrersPage(bytes);
	if (page === void 0) throw new RegistryError("PROTOCOL", `could not ${request.purpose}: the answer is no index`, { url: response.url });
	const [strange] = page.strange;
	if (strange !== void 0) transport.log.warning(`${request.repository} lists among its referrers what is none, and is left out: ${strange.entry} (${strange.reason}), ${page.strange.length} in all`);
	return page.descriptors;
}
// src/registry/referrers.ts
/** Lists referrers as other clients see them: from the API, else from the fallback tag. An API that could not answer is never taken for "none": its error is thrown unless the tag tells. */
async function listReferrers(client, repository, digest) {
	const { transport } = client;
	const answer = await readReferrersApi(transport, repository, digest);
	if (answer.kind === "list") return {
		via: "api",
		descriptors: answer.descriptors
	};
	return readTag(client, repository, digest, answer, (tag) => findManifest(transport, repository, tag, "pull"));
}
/** Lists referrers so that none is lost: also those that only the fallback tag of a registry with the API still has, from before it had one. */
async function findReferrers(client, repository, digest, findTagged) {
	const answer = await readReferrersApi(client.transport, repository, digest);
	const tagged = await readTag(client, repository, digest, answer, findTagged);
	if (answer.kind === "undecided") client.transport.log.warning(`Only the referrers of ${repository}@${digest} that its fallback tag names were found: ${answer.error.message}`);
	if (answer.kind !== "list") return tagged;
	const all = [...answer.descriptors, ...tagged.descriptors];
	return {
		via: "api",
		descriptors: [...new Map(all.map((descriptor) => [descriptor.digest, descriptor])).values()]
	};
}
async function readTag(client, repository, digest, answer, findTagged) {
	const found = await findTagged(fallbackTag(repository, digest));
	const index = isSubjectItself(found, digest) ? void 0 : found;
	if (index?.manifest.kind === "index") return {
		via: "tag",
		descriptors: index.manifest.children
	};
	if (answer.kind === "undecided") throw answer.error;
	if (index !== void 0) client.transport.log.warning(describeForeign(repository, digest, index));
	return {
		via: "none",
		descriptors: []
	};
}
/** True when a manifest names this digest as its subject: a list of referrers is only somebody's claim. */
function isReferrerOf(manifest, digest) {
	return manifest.subject?.digest === digest;
}
// src/report/format.ts
const BYTE_UNITS = [
	"B",
	"kB",
	"MB",
	"GB",
	"TB",
	"PB"
];
/** A size in decimal units, as registries and disks count: `999 B`, `1.2 MB`. */
function formatBytes(bytes) {
	let value = bytes;
	let unit = 0;
	while (unit < BYTE_UNITS.length - 1 && Number(value.toFixed(unit === 0 ? 0 : 1)) >= 1e3) {
		value /= 1e3;
		unit++;
	}
	return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}
/** How long something took, from milliseconds, in at most two units: `850 ms`, `12.3 s`, `2 min 5 s`, `1 h 3 min`. */
function formatDuration$1(milliseconds) {
	const ms = Math.max(0, Math.round(milliseconds));
	if (ms < 1e3) return `${ms} ms`;
	if (ms < 59950) return `${(ms / 1e3).toFixed(1)} s`;
	const seconds = Math.round(ms / 1e3);
	if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), "min", seconds % 60, "s");
	const minutes = Math.round(seconds / 60);
	return joinUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
}
/** A number with thousands separated and, when a noun is given, the noun in singular or plural: `1,234 platforms`. */
function formatCount(count, noun, plural = `${noun}s`) {
	const number = separateThousands(count);
	if (noun === void 0) return number;
	return `${number} ${count === 1 ? noun : plural}`;
}
/** A digest short enough to read: its algorithm and twelve digits. For display only, never to compare. */
function formatShortDigest(digest) {
	return `${digestAlgorithm(digest)}:${digestHex(digest).slice(0, 12)}`;
}
/** A date in UTC to the minute: `2026-11-21 09:34 UTC`. */
function formatDate(date) {
	return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
/** Of a whole number. Not toLocaleString: the first call of it loads all that Node knows of languages. */
function separateThousands(count) {
	const digits = String(Math.abs(count));
	const head = digits.length % 3;
	const groups = [digits.slice(0, head), ...digits.slice(head).match(/\d{3}/g) ?? []];
	return `${count < 0 ? "-" : ""}${groups.filter((group) => group !== "").join(",")}`;
}
function joinUnits(major, majorUnit, minor, minorUnit) {
	return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
// src/image/trust-anchor.ts
/** A signer as a message names it. */
function describeIdentity(signer) {
	if (signer.kind === "key") return signer.hint === void 0 ? "a key" : `the key ${signer.hint}`;
	const { identity, issuer, repository } = signer;
	return `${identity} (issuer ${issuer}${repository === void 0 ? "" : `, for ${repository}`})`;
}
// src/signer/bundle.ts
const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+)?\+json(?:;version=\d+\.\d+)?$/;
const IN_TOTO = "application/vnd.in-toto+json";
/** Opens a bundle, or says why it is none over an in-toto statement. Both names of a field are read, as cosign does, and a bundle that has both is refused. */
function openBundle(bytes) {
	const bundle = parseObject$1(Buffer.from(bytes).toString("utf8"));
	if (bundle === void 0) return "it is not JSON";
	const mediaType = pick(bundle, "mediaType", "media_type");
	if (typeof mediaType !== "string" || !MEDIA_TYPE.test(mediaType)) return "it is not a Sigstore bundle";
	const envelope = asObject$1(pick(bundle, "dsseEnvelope", "dsse_envelope"));
	const payload = envelope && pick(envelope, "payload", "payload");
	if (envelope === void 0 || typeof payload !== "string") return "it holds no signed statement";
	if (pick(envelope, "payloadType", "payload_type") !== IN_TOTO) return "what it signs is not an in-toto statement";
	const statement = parseObject$1(Buffer.from(payload, "base64").toString("utf8"));
	if (statement === void 0) return "its statement is not JSON";
	const material = asObject$1(pick(bundle, "verificationMaterial", "verification_material"));
	if (material === void 0) return "it does not say who signed it";
	const key = asObject$1(pick(material, "publicKey", "public_key"));
	const hint = key && pick(key, "hint", "hint");
	const certificate = readLeaf(material);
	if (key === void 0 && certificate === void 0) return "it does not say who signed it";
	return {
		statement,
		certificate,
		hint: typeof hint === "string" && hint !== "" ? hint : void 0
	};
}
/** Why a statement is not the one that is asked for; undefined when it is. */
function compareStatement({ statement }, digest, predicateType) {
	if (statement.predicateType !== predicateType) return `its predicate type is ${JSON.stringify(statement.predicateType)}, not ${predicateType}`;
	if (!listSubjectDigests(statement).includes(digest)) return "it speaks of another digest";
}
/** Every digest that a statement is about. */
function listSubjectDigests(statement) {
	const { subject } = statement;
	if (!Array.isArray(subject)) return [];
	return subject.flatMap((one) => Object.entries(asObject$1(asObject$1(one)?.digest) ?? {})).map(([algorithm, hex]) => `${algorithm}:${hex}`).filter(isDigest);
}
function readLeaf(material) {
	const chain = asObject$1(pick(material, "x509CertificateChain", "x509_certificate_chain"))?.certificates;
	const leaf = asObject$1(pick(material, "certificate", "certificate") ?? (Array.isArray(chain) ? chain[0] : void 0));
	const raw = leaf && pick(leaf, "rawBytes", "raw_bytes");
	return typeof raw === "string" ? Buffer.from(raw, "base64") : void 0;
}
/** The field under the one name or the other; nothing when both are there, which cosign refuses too. */
function pick(from, name, other) {
	if (name !== other && name in from && other in from) return void 0;
	return from[name] ?? from[other];
}
function parseObject$1(text) {
	try {
		return asObject$1(JSON.parse(text));
	} catch {
		return;
	}
}
function asObject$1(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
}
// src/signer/error.ts
/** A signature that could not be made, or of which could not be said whether it verifies. */
var SignerError = class extends DomainError {};
// src/signer/bundle-identity.ts
/** Extensions of a Fulcio certificate; https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const ISSUER = "1.3.6.1.4.1.57264.1.8";
const OLD_ISSUER = "1.3.6.1.4.1.57264.1.1";
const SOURCE_REPOSITORY_URI = "1.3.6.1.4.1.57264.1.12";
const OLD_SOURCE_REPOSITORY = "1.3.6.1.4.1.57264.1.5";
/** Who a bundle says it is by, which nobody has verified; asynchronous because the parser of certificates is loaded only when one is met. Throws BUNDLE_UNREADABLE. */
async function readBundleIdentity(bundle) {
	const opened = openBundle(bundle);
	if (typeof opened === "string") throw new SignerError("BUNDLE_UNREADABLE", `This is not a bundle over a statement: ${opened}`);
	if (opened.certificate === void 0) return {
		kind: "key",
		...opened.hint === void 0 ? {} : { hint: opened.hint }
	};
	return readCertificateIdentity(opened.certificate);
}
/** Whom a leaf certificate of Fulcio (DER) names. Throws BUNDLE_UNREADABLE. */
async function readCertificateIdentity(certificate) {
	const { ASN1Obj, X509Certificate } = await import("./dist2.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	try {
		const parsed = X509Certificate.parse(Buffer.from(certificate));
		/** The newer extensions hold a DER string, the older ones its bare bytes. */
		const readText = (oid) => parsed.extension(oid) && ASN1Obj.parseBuffer(Buffer.from(parsed.extension(oid)?.value ?? [])).value.toString();
		const readBare = (oid) => parsed.extension(oid)?.value.toString("utf8");
		const identity = parsed.subjectAltName;
		const issuer = readText(ISSUER) ?? readBare(OLD_ISSUER);
		if (!identity || !issuer) throw new TypeError("it names no identity, or no issuer of it");
		const uri = readText(SOURCE_REPOSITORY_URI);
		const repository = uri === void 0 ? readBare(OLD_SOURCE_REPOSITORY) : new URL(uri).pathname.slice(1);
		return {
			kind: "certificate",
			identity,
			issuer,
			...repository ? { repository } : {}
		};
	} catch (cause) {
		throw new SignerError("BUNDLE_UNREADABLE", "The certificate of the bundle cannot be read", { cause });
	}
}
/** Trust in exactly this signer and nobody else; of a key the PEM must be known. Throws BUNDLE_UNREADABLE without one. */
function toExactAnchor(identity, publicKey, transparencyLog) {
	if (identity.kind === "certificate") {
		const { identity: text, issuer, repository } = identity;
		return {
			kind: "certificate",
			name: text,
			transparencyLog,
			identity: {
				kind: "exact",
				text
			},
			issuer: {
				kind: "exact",
				text: issuer
			},
			...repository !== void 0 && isGitHubWorkflow(text) ? { repository } : {}
		};
	}
	if (publicKey !== void 0) return {
		kind: "key",
		name: describeIdentity(identity),
		transparencyLog,
		key: publicKey
	};
	throw new SignerError("BUNDLE_UNREADABLE", `The bundle is by ${describeIdentity(identity)}, which is not known`);
}
/** The `owner/name` whose workflow an identity is; undefined for one that is no workflow. GitHub: https://docs.github.com/en/actions/concepts/security/openid-connect; GitLab writes `//` before the file. */
function readNamedRepository(identity) {
	return /^https:\/\/[^/]+\/(.+?)(?:\/\.github\/workflows\/|\/\/)[^@]+@/.exec(identity)?.[1];
}
/** True for the identity of a GitHub workflow, whose certificate names the caller's repository as cosign's flag wants it. */
function isGitHubWorkflow(identity) {
	return /^https:\/\/[^/]+\/[^/]+\/[^/]+\/\.github\/workflows\/[^@]+@/.test(identity);
}
// src/steps/notary.ts
/** Signs each statement once, and knows under whose name a stranger will verify it. */
var Notary = class {
	#signer;
	#transparencyLog;
	#made = /* @__PURE__ */ new Map();
	#anchor;
	/** `known` is what an earlier bundle of this run was signed by. */
	constructor(signer, transparencyLog, known) {
		this.#signer = signer;
		this.#transparencyLog = transparencyLog;
		this.#anchor = known ?? signer.signer.expectedAnchor;
	}
	/** Of a key at once; of a keyless signer what its token claims until a certificate says it, and undefined when the token does not tell. */
	get anchor() {
		return this.#anchor;
	}
	/** The bundle of a statement, which is asked for only once. */
	sign(statement) {
		const known = this.#made.get(statement);
		if (known !== void 0) return known;
		const made = this.#make(statement);
		this.#made.set(statement, made);
		made.catch(() => this.#made.delete(statement));
		return made;
	}
	async #make(statement) {
		const bundle = await this.#signer.signer.signStatement(statement);
		if (this.#signer.signer.publicKey === void 0) this.#anchor = toExactAnchor(await readBundleIdentity(bundle), void 0, this.#transparencyLog);
		return bundle;
	}
	/** The signature of a payload in the older form, in base64. */
	signPayload(payload) {
		return this.#signer.signer.signPayload(payload);
	}
};
// src/registry/settle.ts
/** In milliseconds: other writers should need no longer from reading a tag to writing it. */
const SETTLE_MS = 200;
/** How much slower than our own read and PUT those of another writer may be, and still be seen. */
const SLOWNESS = 3;
/** No wait is spread over more than this many settling times. */
const MAX_SPREAD = 8;
/**
* Waits after the write of a tag that others write, too, before it is read back. A writer that had read the tag before
* our write has written by then, so that we see whether it took ours away; one that reads it later sees ours and keeps it.
* The wait grows with `writes`, at random, so that writers who met do not meet again. `from` is when we began to read.
*/
async function settle(transport, from, writes) {
	const { retry, signal } = transport;
	const settled = Math.max(SETTLE_MS, SLOWNESS * (retry.now() - from));
	try {
		await retry.sleep(Math.min(settled * (1 + Math.min(writes, MAX_SPREAD) * retry.random()), retry.maxDelay), signal);
	} catch (cause) {
		throw new RegistryError("CANCELLED", "the wait for other writers of a tag was cancelled", { cause });
	}
}
// src/registry/fallback-update.ts
/** How often the fallback index is written again when other writers get between. */
const MAX_WRITES = 20;
/**
* Makes the fallback index list these referrers, for a registry without the API: all of them in one write, since some
* registries take only the first. The specification has no conditional write, so the index is read back when every
* writer that had read it before ours must be done, and written again when entries are missing then. True when it was
* written. Throws CONFLICT when the tag holds something else, may not change, or others keep replacing it.
*/
async function updateFallbackIndex(client, repository, subject, added) {
	const { transport } = client;
	const tag = fallbackTag(repository, subject);
	const read = () => findManifest(transport, repository, tag, "push");
	for (let writes = 0;; writes++) {
		const from = transport.retry.now();
		const found = await read();
		const index = isSubjectItself(found, subject) ? void 0 : found;
		if (index !== void 0 && index.mediaType !== "application/vnd.oci.image.index.v1+json") throw new RegistryError("CONFLICT", describeForeign(repository, subject, index), { hint: `Delete the tag ${tag} if nothing needs it, or use a registry with the referrers API.` });
		const missing = missingFrom(index, added);
		if (missing.length === 0) return writes > 0;
		if (writes === MAX_WRITES) throw giveUp(repository, subject, found);
		const upload = addToIndex(index, missing);
		if (upload.bytes.length > 4194304) throw new RegistryError("TOO_LARGE", `the referrers index ${repository}:${tag} would have ${upload.bytes.length} bytes`);
		try {
			await client.putManifest(repository, tag, upload);
		} catch (cause) {
			if (!(cause instanceof RegistryError) || cause.code !== "CONFLICT") throw cause;
			const now = await read();
			if (now === void 0) throw cause;
			if (now.digest === found?.digest) throw tellImmutable(repository, subject, cause);
		}
		await settle(transport, from, writes + 1);
	}
}
function giveUp(repository, subject, found) {
	const name = `${repository}:${fallbackTag(repository, subject)}`;
	if (isSubjectItself(found, subject)) return new RegistryError("CONFLICT", `${name} stays the image itself, however often its referrers are written`, { hint: "This registry takes the fallback tag for a digest and has no referrers API: nothing can be attached there." });
	return new RegistryError("CONFLICT", `other writers keep replacing ${name}`, { hint: "Run the promotions of one image one after the other, with a concurrency group." });
}
function tellImmutable(repository, subject, cause) {
	return new RegistryError("CONFLICT", `${`${repository}:${fallbackTag(repository, subject)}`} lists other referrers and the registry will not let it be replaced, as if it were immutable: ${cause.message}`, {
		cause,
		status: cause.status,
		hint: "Exempt tags that begin with sha256- from immutable tags at this registry: without the referrers API, signatures are found by them."
	});
}
// src/transfer/list-unlisted.ts
const CONCURRENT_LISTS = 4;
/** Where the registry has no referrers API, one PUT per subject makes all its referrers found. True when there was something to write. */
async function listUnlisted(unlisted, client, repository, log = client.transport.log) {
	return (await mapConcurrently([...Map.groupBy(unlisted, (referrer) => referrer.subject)], CONCURRENT_LISTS, async ([subject, referrers]) => {
		const descriptors = referrers.map(({ descriptor }) => descriptor);
		if (!await updateFallbackIndex(client, repository, subject, descriptors)) return false;
		log.info(`The registry has no referrers API: ${descriptors.length} listed under the fallback tag of ${subject}`);
		return true;
	})).includes(true);
}
// src/registry/tag-list.ts
const MAX_PAGE_BYTES = 16777216;
const MAX_PAGES = 200;
/** All tags of a repository, whole or not at all; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
async function listTags(transport, repository) {
	const tags = /* @__PURE__ */ new Set();
	let target = `/v2/${pathOf(repository)}/tags/list`;
	for (let page = 1; page <= MAX_PAGES; page++) {
		const request = {
			purpose: `list the tags of ${repository}`,
			method: "GET",
			repository,
			target,
			scopes: [pullScope(repository)]
		};
		const response = await transport.read(request, MAX_PAGE_BYTES);
		if (response.status !== 200) throw await refuseResponse(request, response);
		for (const tag of parseTags(response.whole) ?? fail$1(request, "the answer is no list of tags")) tags.add(tag);
		const next = nextPage(response);
		if (next === void 0) return tags;
		target = next;
	}
	throw new RegistryError("PROTOCOL", `could not list the tags of ${repository}: its pages do not end`);
}
/** A repository without tags is written as null by Go. */
function parseTags(bytes) {
	try {
		const json = JSON.parse(new TextDecoder().decode(bytes));
		const tags = json?.tags === null ? [] : json?.tags;
		return Array.isArray(tags) && tags.every((tag) => typeof tag === "string") ? tags : void 0;
	} catch {
		return;
	}
}
function fail$1(request, what) {
	throw new RegistryError("PROTOCOL", `could not ${request.purpose}: ${what}`);
}
// src/registry/find-tagged.ts
/**
* Finds tags of one repository, one GET each. Artifactory answers 403 for a tag that is not there
* (https://github.com/google/go-containerregistry/issues/1691), which says nothing about it: then the list of tags is
* read, once, and a tag it does not have is absent.
*/
function createTagFinder(client, repository) {
	let listed;
	return async (tag) => {
		try {
			return await findManifest(client.transport, repository, tag, "pull");
		} catch (error) {
			if (!(error instanceof RegistryError) || error.code !== "DENIED") throw error;
			listed ??= listTags(client.transport, repository);
			const tags = await listed.catch(() => void 0);
			if (tags === void 0 || tags.has(tag)) throw error;
			return;
		}
	};
}
// src/transfer/legacy-tags.ts
const CONCURRENT_REQUESTS$1 = 6;
/** Finds the `.sig`, `.att` and `.sbom` tags of these manifests, one request each. What has another shape is told of and left out. */
async function findLegacyTags(subjects, client, repository, findTagged) {
	const tags = [];
	const leftOut = [];
	const wanted = subjects.flatMap((subject) => LEGACY_FORMS.map((form) => ({
		subject,
		form
	})));
	const found = await mapConcurrently(wanted, CONCURRENT_REQUESTS$1, ({ subject, form }) => {
		const tag = legacyTag(repository, subject, form);
		return tag === void 0 ? Promise.resolve(void 0) : findTagged(tag);
	});
	for (const [i, { subject, form }] of wanted.entries()) {
		const content = found[i];
		if (content === void 0) continue;
		if (isLegacyContent(content)) tags.push({
			subject,
			form,
			content,
			layers: legacyLayers(content)
		});
		else {
			leftOut.push({
				subject,
				form
			});
			client.transport.log.warning(`${repository}:${legacyTag(repository, subject, form)} is not what cosign writes there, and is left out.`);
		}
	}
	return {
		tags,
		leftOut
	};
}
/** How many of the signatures, attestations or SBOMs of a tag are in what a repository has under it. */
function countLegacy({ form, content, layers }, found) {
	if (form === "sbom") return found?.digest === content.digest ? 1 : 0;
	if (found === void 0 || !isLegacyContent(found)) return 0;
	return layers.length - missingLayers(legacyLayers(found), layers).length;
}
/** How many there are to carry. */
function sizeOfLegacy({ form, layers }) {
	return form === "sbom" ? 1 : layers.length;
}
// src/transfer/listed-referrer.ts
/** Its manifests, children before the index that lists them, itself last. */
function manifestsOf({ content, graph }) {
	return graph?.manifests ?? [content];
}
/** Every blob it is made of, once. */
function blobsOf$1({ content: { manifest }, graph }) {
	if (graph !== void 0) return graph.blobs;
	const blobs = manifest.kind === "manifest" ? [manifest.config, ...manifest.layers] : [];
	return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
}
/** The manifest type of a release candidate of OCI 1.1, which no registry takes any more. */
const OCI_ARTIFACT = "application/vnd.oci.artifact.manifest.v1+json";
/**
* Reads what a list names. `none`: it is gone, or has another subject, or none, whatever the list says. `left out`: it
* is of a kind that cannot be copied, and that was told. Everything else that goes wrong is thrown.
*/
async function readListed(client, repository, { subject, listed }) {
	const tell = (why) => client.transport.log.warning(`${repository} lists the referrer ${listed.digest}, which ${why}: it is left out.`);
	const leaveOut = (why) => {
		tell(why);
		return "left out";
	};
	if (listed.mediaType === OCI_ARTIFACT) return leaveOut("is an artifact manifest of a draft of OCI 1.1");
	try {
		const content = await client.getManifest(repository, listed.digest);
		if (!isReferrerOf(content.manifest, subject)) return "none";
		const referrer = {
			subject,
			content,
			descriptor: describe(content)
		};
		if (content.manifest.kind === "manifest") return referrer;
		const graph = await loadGraph(content, (digest) => client.getManifest(repository, digest));
		return {
			...referrer,
			graph
		};
	} catch (error) {
		if (error instanceof RegistryError && isUnsupported(error)) return leaveOut("is no manifest that can be copied");
		if (error instanceof TransferError) return leaveOut(`cannot be copied whole (${error.message})`);
		if (!(error instanceof RegistryError) || error.code !== "NOT_FOUND") throw error;
		if (await client.headManifest(repository, listed.digest) === void 0) {
			tell("is not there");
			return "none";
		}
		if (!isSaidToBeAbsent(error)) throw error;
		return leaveOut("is an index of what is not there");
	}
}
/** True when the registry itself said, in its own words, that a manifest or blob is not there. */
function isSaidToBeAbsent(error) {
	const codes = [
		"MANIFEST_UNKNOWN",
		"BLOB_UNKNOWN",
		"NOT_FOUND"
	];
	return error instanceof RegistryError && error.code === "NOT_FOUND" && error.diagnostics.some(({ code }) => codes.includes(code));
}
function isUnsupported({ cause }) {
	return cause instanceof ImageError && cause.code === "UNSUPPORTED_MANIFEST";
}
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject */
function describe({ manifest, mediaType, digest, bytes }) {
	const type = manifest.artifactType ?? (manifest.kind === "manifest" ? manifest.config.mediaType : void 0);
	return {
		mediaType,
		digest,
		size: bytes.length,
		annotations: manifest.annotations,
		...type === void 0 ? {} : { artifactType: type }
	};
}
// src/transfer/referrers.ts
const NO_REFERRERS = {
	referrers: [],
	legacy: [],
	leftOut: []
};
const CONCURRENT_REQUESTS = 4;
const CONCURRENT_BLOBS$2 = 8;
const MAX_DEPTH = 3;
const MAX_REFERRERS = 1e3;
/** Reads what is attached to any manifest of the graph, and what refers to that (a signature of an SBOM), into the layout. What turns out to have another subject is left out. */
async function fetchReferrers(graph, client, repository, layout, { isStreamed = false, pool } = {}) {
	const findTagged = createTagFinder(client, repository);
	const subjects = graph.manifests.map((manifest) => manifest.digest);
	const [found, legacy] = await runTogether(client.transport.signal, () => [searchReferrers(subjects, client, repository, findTagged), findLegacyTags(subjects, client, repository, findTagged)]);
	const wanted = [...found.referrers.flatMap(blobsOf$1), ...legacy.tags.flatMap(blobsOfTag)];
	const present = new Set(isStreamed ? [] : graph.blobs.map(({ digest }) => digest));
	const own = wanted.filter(({ digest }) => !present.has(digest));
	pool?.hold(own, layout);
	const missing = await fetchBlobs$1(own, client, repository, layout);
	const isWhole = (blobs) => blobs.every(({ digest }) => !missing.has(digest));
	const [referrers, broken] = partition(found.referrers, (referrer) => isWhole(blobsOf$1(referrer)));
	const [tags, brokenTags] = partition(legacy.tags, (tag) => isWhole(blobsOfTag(tag)));
	for (const { content } of [...broken, ...brokenTags]) client.transport.log.warning(`${repository} has not all blobs of the referrer ${content.digest}: it is left out.`);
	return {
		referrers,
		legacy: tags,
		leftOut: [...[...found.leftOut, ...broken].map(({ subject }) => ({
			subject,
			form: "referrer"
		})), ...[...legacy.leftOut, ...brokenTags].map(({ subject, form }) => ({
			subject,
			form
		}))]
	};
}
/** The blobs of referrers alone: they may go ahead of what they refer to. */
async function pushReferrerBlobs(referrers, layout, client, repository, { mountFrom, pool }) {
	await mapConcurrently([...new Map(referrers.flatMap(blobsOf$1).map((blob) => [blob.digest, blob])).values()], CONCURRENT_BLOBS$2, (blob) => {
		const open = () => layout.open(blob.digest);
		return pool === void 0 ? client.pushBlob(repository, blob, open, { mountFrom }) : pool.push(client, repository, blob, open, { mountFrom });
	});
}
/** Puts referrers into a repository by digest. Returns those that the registry's referrers API did not take up, for the fallback index. */
async function pushReferrers(referrers, layout, client, repository, options) {
	await pushReferrerBlobs(referrers, layout, client, repository, options);
	return (await mapConcurrently([...Map.groupBy(referrers, ({ subject }) => subject).values()], CONCURRENT_REQUESTS, async (group) => {
		const left = [];
		for (const referrer of group) if (!await putReferrer(referrer, client, repository)) left.push(referrer);
		return left;
	})).flat();
}
/** True when the registry says that its referrers API has taken it up. */
async function putReferrer(referrer, client, repository) {
	let taken;
	for (const manifest of manifestsOf(referrer)) ({subject: taken} = await client.putManifest(repository, manifest.digest, manifest));
	return taken === referrer.subject;
}
async function searchReferrers(roots, client, repository, findTagged) {
	const found = /* @__PURE__ */ new Map();
	const leftOut = /* @__PURE__ */ new Map();
	let subjects = roots;
	let manifests = 0;
	for (let depth = 0; depth < MAX_DEPTH && subjects.length > 0; depth++) {
		const fresh = (await mapConcurrently(subjects, CONCURRENT_REQUESTS, async (subject) => {
			const { descriptors } = await findReferrers(client, repository, subject, findTagged);
			return descriptors.map((listed) => ({
				subject,
				listed
			}));
		})).flat().filter(({ listed }) => !found.has(listed.digest));
		if (found.size + fresh.length > MAX_REFERRERS) throw tooMany(repository);
		await mapConcurrently(fresh, CONCURRENT_REQUESTS, async ({ subject, listed }) => {
			const read = await readListed(client, repository, {
				subject,
				listed
			});
			if (read === "none") return;
			if (read === "left out") leftOut.set(listed.digest, { subject });
			else {
				found.set(listed.digest, read);
				manifests += manifestsOf(read).length;
				if (manifests > MAX_REFERRERS) throw tooMany(repository);
			}
		});
		subjects = fresh.map(({ listed }) => listed.digest).filter((digest) => found.has(digest));
	}
	return {
		referrers: [...found.values()],
		leftOut: [...leftOut.values()]
	};
}
/** Returns the blobs that the registry says it does not have. */
async function fetchBlobs$1(blobs, client, repository, layout) {
	const unique = new Map(blobs.map((blob) => [blob.digest, blob]));
	const missing = /* @__PURE__ */ new Set();
	await mapConcurrently([...unique.values()], CONCURRENT_REQUESTS, async (blob) => {
		try {
			await layout.write(blob.digest, await client.openBlob(repository, blob));
		} catch (error) {
			if (!isSaidToBeAbsent(error)) throw error;
			missing.add(blob.digest);
		}
	});
	return missing;
}
function blobsOfTag({ subject, content }) {
	const { digest, mediaType, bytes } = content;
	return blobsOf$1({
		subject,
		content,
		descriptor: {
			digest,
			mediaType,
			size: bytes.length,
			annotations: {}
		}
	});
}
function partition(items, isIn) {
	return [items.filter(isIn), items.filter((item) => !isIn(item))];
}
function tooMany(repository) {
	return new TransferError("TOO_LARGE", `the image has more than ${MAX_REFERRERS} referrers in ${repository}`, { hint: "Say referrers: ignore, or remove those that nobody needs." });
}
// src/steps/progress.ts
const INTERVAL_MS = 5e3;
/** Says how far a long copy is, every five seconds; a short one passes in silence. */
function reportProgress(verb, log, clock) {
	let last = clock().getTime();
	return (done, total) => {
		const now = clock().getTime();
		if (now - last < INTERVAL_MS || total === 0) return;
		last = now;
		log.info(`${verb} ${formatBytes(done)} of ${formatBytes(total)} (${Math.floor(100 * done / total)} %)`);
	};
}
// src/plan/plan-text.ts
/** Writes a plan down. */
function formatPlan(plan) {
	const text = `${JSON.stringify(plan, null, 2)}\n`;
	return {
		plan,
		text,
		digest: digestOf(text)
	};
}
/** Writes the plan of a batch down, a line for each promotion, so that two of them can be compared line by line. */
function formatBatchPlan(batch) {
	const text = `{\n  "version": 1,\n  "promotions": [\n${batch.promotions.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ],\n  "shards": [\n${batch.shards.map((shard) => `    ${JSON.stringify(shard)}`).join(",\n")}\n  ]\n}\n`;
	return {
		batch,
		text,
		digest: digestOf(text)
	};
}
// src/policy/gate.ts
/** A gate out of the refusals of its rule. */
function toGate(name, refusals, passed) {
	if (refusals.length === 0) return {
		name,
		verdict: "passed",
		evidence: passed
	};
	return {
		name,
		verdict: "refused",
		evidence: refusals.map((refusal) => refusal.message).join(" ")
	};
}
// src/policy/pattern.ts
/** True for `host/*`, `host/path/*` or `host/repository`: the only patterns there are. */
function isPattern(text) {
	return normalizePattern(text) !== void 0;
}
/** True when a repository is the one a pattern names, or lies below it, at any depth, when it ends in `/*`. A pattern that is not one matches nothing. */
function matchesPattern(pattern, repository) {
	const normal = normalizePattern(pattern);
	if (normal === void 0 || repository.split("/").some((part) => /^\.*$/.test(part))) return false;
	return normal.endsWith("/*") ? repository.startsWith(normal.slice(0, -1)) : repository === normal;
}
/** The pattern as repositories are written: the host in lower case, Docker Hub's official images under `library/`. */
function normalizePattern(text) {
	if (!text.endsWith("/*")) return normalizeRepository(text);
	const prefix = text.slice(0, -2);
	if (!prefix.includes("/")) return isRegistryHost(prefix) ? `${prefix.toLowerCase()}/*` : void 0;
	const inside = normalizeRepository(`${prefix}/x`);
	return inside === void 0 ? void 0 : `${inside.slice(0, -1)}*`;
}
function normalizeRepository(text) {
	try {
		return parseRepository(text);
	} catch {
		return;
	}
}
// src/chain/statement.ts
/** The predicate type of what `cosign sign` writes. */
const SIGNATURE_PREDICATE = "https://sigstore.dev/cosign/sign/v1";
/** A statement about one subject. */
function makeStatement(subject, predicateType, predicate) {
	return {
		_type: "https://in-toto.io/Statement/v1",
		subject: [subject],
		predicateType,
		predicate
	};
}
/** The statement that `cosign sign -a key=value…` would sign: annotations stand at the subject. */
function makeSignature(digest, annotations) {
	return makeStatement({
		digest: toDigestSet(digest),
		annotations
	}, SIGNATURE_PREDICATE, {});
}
/** A digest as in-toto writes it: `{"sha256": "hex"}`. */
function toDigestSet(digest) {
	return { [digestAlgorithm(digest)]: digestHex(digest) };
}
// src/chain/record.ts
/** The predicate type of a promotion record: a digest was approved for these targets. Whether a tag points there today is another question. */
const RECORD_PREDICATE = "https://promote-image.github.io/promotion/v1";
// src/chain/vsa.ts
/** The predicate type of a SLSA Verification Summary Attestation; https://slsa.dev/spec/v1.1/verification_summary */
const VSA_PREDICATE = "https://slsa.dev/verification_summary/v1";
/** Who verified: what `slsa-verifier verify-vsa --verifier-id` is given. */
const VSA_VERIFIER = "https://promote-image.github.io/verifier";
/** The summary that slsa-verifier and other systems read instead of our record. It only ever says PASSED: what failed is not attached, since one bad attestation of a type spoils verification for ever. */
function makeVsa(facts) {
	const { repository, digest, environment, level, verifiedAt } = facts;
	return {
		_type: "https://in-toto.io/Statement/v1",
		subject: [.../* @__PURE__ */ new Set([digest, ...facts.children ?? []])].map((each) => ({
			name: repository,
			digest: toDigestSet(each)
		})),
		predicateType: VSA_PREDICATE,
		predicate: {
			verifier: {
				id: VSA_VERIFIER,
				version: { ...facts.versions }
			},
			timeVerified: verifiedAt.toISOString(),
			resourceUri: `oci://${repository}`,
			policy: describePolicy(facts.policies),
			inputAttestations: facts.inputAttestations.map(({ uri, digest: set }) => ({
				...uri === void 0 ? {} : { uri },
				...set === void 0 ? {} : { digest: { ...set } }
			})),
			verificationResult: "PASSED",
			verifiedLevels: [...level === void 0 ? [] : [level], promotedLevel(environment)],
			slsaVersion: "1.1"
		}
	};
}
/** `PROMOTED_PRODUCTION` and the like: a level of our own, which verifiers compare as it is. */
function promotedLevel(environment) {
	const name = (environment ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, "_");
	return name === "" ? "PROMOTED" : `PROMOTED_${name}`;
}
/** A VSA names one policy: of several, the list of their names and digests is what is hashed. */
function describePolicy(policies) {
	const [only] = policies;
	if (only !== void 0 && policies.length === 1) return {
		uri: encodeURI(only.name),
		digest: toDigestSet(only.digest)
	};
	const list = JSON.stringify(policies.map(({ name, digest }) => ({
		name,
		digest
	})));
	return {
		uri: policies.length === 0 ? "about:blank" : policies.map(({ name }) => encodeURIComponent(name)).join(","),
		digest: toDigestSet(digestOf(list))
	};
}
// src/chain/vuln.ts
/** The predicate type of a vulnerability scan; https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md */
const VULN_PREDICATE = "https://cosign.sigstore.dev/attestation/vuln/v1";
/** The statement of a scan as cosign's `vuln` type has it, with what Trivy's own conversion leaves empty: times, database, run. */
function makeVuln(facts) {
	const { repository, digest, database, run, scannerVersion: version } = facts;
	return makeStatement({
		name: repository,
		digest: toDigestSet(digest)
	}, VULN_PREDICATE, {
		invocation: {
			parameters: [...facts.parameters],
			uri: run.runUrl ?? "",
			event_id: run.runId ?? "",
			"builder.id": run.workflow ?? ""
		},
		scanner: {
			uri: `pkg:github/aquasecurity/trivy@${version}`,
			version,
			db: {
				uri: toDatabaseUri(database),
				version: database.updatedAt.toISOString()
			},
			result: mergeReports(`${repository}@${digest}`, facts.reports)
		},
		metadata: {
			scanStartedOn: facts.startedAt.toISOString(),
			scanFinishedOn: facts.finishedAt.toISOString()
		}
	});
}
function toDatabaseUri({ source, digest }) {
	const colon = source.indexOf(":", source.lastIndexOf("/") + 1);
	return `oci://${colon < 0 ? source : source.slice(0, colon)}@${digest}`;
}
/** One report of all platforms, in the form of Trivy's: readers of this type count the findings in `Results`. Package lists, descriptions and links are left out: they are most of its bytes, and no findings. */
function mergeReports(name, reports) {
	const readable = reports.filter((each) => isObject(each.report));
	const [first] = readable;
	const { ArtifactType, Metadata } = first?.report ?? {};
	return {
		SchemaVersion: 2,
		ArtifactName: name,
		ArtifactType: typeof ArtifactType === "string" ? ArtifactType : "container_image",
		...readable.length === 1 && isObject(Metadata) ? { Metadata } : {},
		Results: readable.flatMap(({ platform, report }) => listObjects(report.Results).map((result) => shortenResult(result, reports.length > 1 ? `${platform} ` : "")))
	};
}
function shortenResult({ Packages: _, ...result }, prefix) {
	const { Target, Vulnerabilities, ExperimentalModifiedFindings: modified } = result;
	return {
		...result,
		Target: `${prefix}${typeof Target === "string" ? Target : ""}`,
		...Array.isArray(Vulnerabilities) ? { Vulnerabilities: listObjects(Vulnerabilities).map(shortenFinding) } : {},
		...Array.isArray(modified) ? { ExperimentalModifiedFindings: listObjects(modified).map((each) => isObject(each.Finding) ? {
			...each,
			Finding: shortenFinding(each.Finding)
		} : each) } : {}
	};
}
function shortenFinding({ Description: _, References: __, ...finding }) {
	return finding;
}
function listObjects(value) {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/policy/duration.ts
const UNITS = {
	s: 1e3,
	m: 6e4,
	h: 36e5,
	d: 864e5
};
/** What a duration looks like: a whole number and its unit. */
const DURATION_PATTERN = /^([1-9][0-9]{0,5})([smhd])$/;
/** Milliseconds of `90s`, `30m`, `48h` or `7d`; undefined for anything else. */
function parseDuration(text) {
	const [, count = "", unit = ""] = DURATION_PATTERN.exec(text) ?? [];
	const factor = UNITS[unit];
	return factor === void 0 ? void 0 : Number(count) * factor;
}
/** A duration for people, rounded down: `36h`, `7d`. Days are used from three on. */
function formatDuration(milliseconds) {
	for (const [unit, least] of [
		["d", 3],
		["h", 1],
		["m", 1]
	]) {
		const count = Math.floor(milliseconds / (UNITS[unit] ?? 1));
		if (count >= least) return `${count}${unit}`;
	}
	return `${Math.floor(milliseconds / 1e3)}s`;
}
// src/policy/database-gate.ts
/** Refuses a vulnerability database that is older than `maxAge` milliseconds, dated ahead of now, or without a readable date: what it does not know it cannot find. */
function judgeDatabase(database, maxAge, now) {
	const age = now.getTime() - database.updatedAt.getTime();
	const name = `The vulnerability database of ${database.source}`;
	if (Number.isNaN(age)) return stale(`${name} does not say when it was updated.`, "Name another mirror in scan.databases.");
	const updated = `was updated ${database.updatedAt.toISOString()}`;
	if (age < -36e5) return stale(`${name} ${updated}, which is still to come.`, "Check this machine's clock, or name another mirror in scan.databases.");
	if (age <= maxAge) return void 0;
	return stale(`${name} ${updated}, ${formatDuration(age)} ago; at most ${formatDuration(maxAge)} is allowed.`, "Refresh the mirror, name another in scan.databases, or change scan.maxDatabaseAge.");
}
function stale(message, hint) {
	return {
		code: "SCAN_DB_STALE",
		message,
		hint
	};
}
// src/steps/scan-statement.ts
/** True for a scan that may be attested. One that only reports may have found what refuses: one such attestation spoils the verification of its type for ever. */
function mayAttest({ database }, { maxDatabaseAge }, { verdict, scannedAt }) {
	const isStale = judgeDatabase(database, maxDatabaseAge, scannedAt) !== void 0;
	return verdict !== void 0 && verdict.refusals.length === 0 && !isStale;
}
/** The scan of an image as cosign's vulnerability attestation; its subject is the image in one repository. */
function makeScanStatement(image, { tool, database }, { scans, scannedAt, finishedAt }, { severity, ignoreUnfixed, from }, run) {
	return makeVuln({
		...image,
		scannerVersion: tool.version,
		database,
		run,
		reports: scans.map(({ scanned, report }) => ({
			platform: scanned.platform,
			report
		})),
		parameters: [
			`severity=${severity.join(",")}`,
			`ignore-unfixed=${ignoreUnfixed}`,
			`from=${from}`
		],
		startedAt: scannedAt,
		finishedAt
	});
}
// src/policy/json-field.ts
/** No text of a statement that we compare is longer. */
const MAX_TEXT = 4096;
/** What own keys lead to in a value out of JSON that nobody has checked; undefined where they lead nowhere. Lists have no keys. */
function readField(value, path) {
	return path.reduce((at, key) => typeof at === "object" && at !== null && !Array.isArray(at) && Object.hasOwn(at, key) ? at[key] : void 0, value);
}
/** A text at a path; undefined for anything else, for an empty one, and for one that is too long to mean anything. */
function readText(value, path) {
	const text = readField(value, path);
	return typeof text === "string" && text !== "" && text.length <= MAX_TEXT ? text : void 0;
}
/** The entries of a list at a path; none where there is no list. */
function readList(value, path) {
	const list = readField(value, path);
	return Array.isArray(list) ? list : [];
}
// src/policy/date.ts
const DAY = 864e5;
/** Milliseconds since 1970 of the first instant after a day `YYYY-MM-DD` (UTC); undefined when there is no such day. */
function endOfDay(text) {
	const start = startOfDay(text);
	return start === void 0 ? void 0 : start + DAY;
}
/** Milliseconds since 1970 of the first instant of a day `YYYY-MM-DD` (UTC); undefined when there is no such day. */
function startOfDay(text) {
	if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return void 0;
	const start = Date.parse(`${text}T00:00:00Z`);
	return Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== text ? void 0 : start;
}
/** Milliseconds since 1970 of `YYYY-MM-DD` (its first instant, UTC) or of a time in RFC 3339; undefined for anything else. */
function parseInstant(text) {
	const [, day = "", rest] = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:([Tt ][0-9:.]+)([Zz]|[+-][0-9]{2}:[0-9]{2}))?$/.exec(text) ?? [];
	const start = startOfDay(day);
	if (start === void 0 || rest === void 0) return start;
	const instant = Date.parse(text.replace(" ", "T").toUpperCase());
	return Number.isNaN(instant) ? void 0 : instant;
}
/** Milliseconds since 1970 of the first instant that is too late for what holds until `text`: a day holds to its end, a time to that instant. Undefined for anything else. */
function findEnd(text) {
	return endOfDay(text) ?? parseInstant(text);
}
// src/policy/predicate-types.ts
/** The predicate type of a promotion record. */
const PROMOTION_TYPE = "https://promote-image.github.io/promotion/v1";
/** The predicate type of what `cosign sign` writes: a signature, never an attestation. */
const SIGNATURE_TYPE = "https://sigstore.dev/cosign/sign/v1";
/** The predicate type of the verification summary beside a record. */
const SUMMARY_TYPE = "https://slsa.dev/verification_summary/v1";
/** The predicate type of the scans that this tool attests. */
const SCAN_TYPE = "https://cosign.sigstore.dev/attestation/vuln/v1";
const SLSA_V1 = "https://slsa.dev/provenance/v1";
const SLSA_V02 = "https://slsa.dev/provenance/v0.2";
/** https://slsa.dev/spec/v1.1/provenance and https://slsa.dev/spec/v0.2/provenance */
const PROVENANCE_TYPES = [SLSA_V1, SLSA_V02];
/** Results of vulnerability scanners: cosign's own, and that of in-toto; https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md */
const VULNERABILITY_TYPES = [
	SCAN_TYPE,
	"https://in-toto.io/attestation/vulns/v0.1",
	"https://in-toto.io/attestation/vulns/v0.2"
];
/** What cosign calls types for short; a policy names the type itself. */
const SHORT_NAMES = {
	vuln: SCAN_TYPE,
	slsaprovenance: SLSA_V02,
	slsaprovenance02: SLSA_V02,
	slsaprovenance1: SLSA_V1,
	spdx: "https://spdx.dev/Document",
	spdxjson: "https://spdx.dev/Document",
	cyclonedx: "https://cyclonedx.org/bom",
	openvex: "https://openvex.dev/ns"
};
/** Where each type says when it was made: the first of these fields that is there. A time before the end makes it older, never younger. */
const TIMES = [
	[VULNERABILITY_TYPES, [["metadata", "scanFinishedOn"], ["metadata", "scanStartedOn"]]],
	[[PROMOTION_TYPE], [["finishedAt"]]],
	[[SLSA_V1], [[
		"runDetails",
		"metadata",
		"finishedOn"
	], [
		"runDetails",
		"metadata",
		"startedOn"
	]]],
	[[SLSA_V02], [["metadata", "buildFinishedOn"], ["metadata", "buildStartedOn"]]],
	[[SUMMARY_TYPE], [["timeVerified"]]],
	[["https://cosign.sigstore.dev/attestation/v1"], [["Timestamp"]]],
	[["https://spdx.dev/Document"], [["creationInfo", "created"]]],
	[["https://cyclonedx.org/bom"], [["metadata", "timestamp"]]]
];
/** The fields in which predicates of a type say when they were made; undefined for a type that we do not know. */
function findTimeFields(predicateType) {
	const base = predicateType.replace(/^(https:\/\/(?:spdx\.dev\/Document|cyclonedx\.org\/bom))\/v[0-9.]+$/, "$1");
	return TIMES.find(([types]) => types.includes(base))?.[1];
}
// src/policy/predicate-time.ts
/** With its zone, since a time without one is another time elsewhere; https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$/;
/** Reads when a predicate says that it was made; never throws, whatever the predicate is. */
function readPredicateTime(predicateType, predicate) {
	for (const path of findTimeFields(predicateType) ?? []) {
		const value = readField(predicate, path);
		if (value === void 0 || value === null || value === "") continue;
		return readTime(value);
	}
	return { kind: "absent" };
}
function readTime(value) {
	if (typeof value !== "string") return {
		kind: "unreadable",
		text: Array.isArray(value) ? "a list" : `a ${typeof value}`
	};
	const instant = value.length <= 64 && TIME.test(value) ? parseInstant(value) : void 0;
	return instant === void 0 ? {
		kind: "unreadable",
		text: value
	} : {
		kind: "known",
		time: new Date(instant)
	};
}
// src/steps/run-room.ts
const RESULTS = "results";
/** Makes a directory of its own for a run. */
async function openRunRoom(workDirectory) {
	const room = await mkdtemp(join(workDirectory, "promote-image-"));
	const results = join(room, RESULTS);
	await mkdir(results);
	return {
		room,
		results
	};
}
/** Bytes, keys and tools go; the results stay for the steps that follow. What cannot be removed changes nothing in how the run ended. */
async function clearRunRoom({ room }, log) {
	try {
		for (const name of await readdir(room)) if (name !== RESULTS) await rm(join(room, name), {
			recursive: true,
			force: true
		});
	} catch (error) {
		log.warning(`${room} could not be emptied: ${describeError(error)}`);
	}
}
// src/chain/task-limit.ts
/** Room for `limit` tasks at a time, however many callers there are; the others wait in order. */
function createTaskLimit(limit) {
	const waiting = [];
	let running = 0;
	return async (task) => {
		if (running >= limit) await new Promise((resolve) => waiting.push(resolve));
		else running++;
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			if (next === void 0) running--;
			else next();
		}
	};
}
// src/steps/scanner.ts
/** Provides Trivy and the vulnerability database; undefined when the scan is off. */
async function prepareScanner(request, ports, room) {
	const { scan } = request.policy;
	if (scan.mode === "off") return void 0;
	const [{ fetchDatabase, JAVA_DATABASE, VULNERABILITY_DATABASE }, { createTrivy }, { CONCURRENT_SCANS }] = await Promise.all([
		import("./database.js"),
		import("./trivy.js"),
		import("./scan2.js")
	]);
	const directory = join(room, "trivy");
	const cacheDirectory = join(directory, "cache");
	await mkdir(cacheDirectory, { recursive: true });
	const context = {
		client: ports.databases,
		cache: ports.cache,
		directory: cacheDirectory,
		log: ports.log
	};
	const vexFiles = await writeVexDocuments(request.vexDocuments, directory);
	const [tool, database] = await runTogether(ports.signal, (signal) => [ports.provideTool("trivy", request.tools.trivy, directory), fetchDatabase(VULNERABILITY_DATABASE, scan.databases, {
		...context,
		signal
	})]);
	ports.log.info(`Trivy ${tool.version} with the database of ${database.updatedAt.toISOString()} from ${database.source}`);
	let java;
	return {
		trivy: limitScans(await createTrivy({
			path: tool.path,
			directory,
			cacheDirectory,
			vexFiles,
			exec: ports.exec,
			signal: ports.signal,
			log: ports.log,
			provideJavaDatabase: async () => {
				java = await fetchDatabase(JAVA_DATABASE, scan.javaDatabases, context);
				ports.log.info(`The image holds Java archives: Java database of ${java.updatedAt.toISOString()} from ${java.source}`);
			}
		}), createTaskLimit(CONCURRENT_SCANS)),
		tool,
		database,
		javaDatabase: () => java
	};
}
/** However many images are scanned at once: room for all of them together, and a name of its own for each report. */
function limitScans(trivy, limit) {
	let runs = 0;
	return {
		scan: (input, name) => limit(() => trivy.scan(input, `${++runs}-${name}`)),
		scanSbom: (file, name) => limit(() => trivy.scanSbom(file, `${++runs}-${name}`))
	};
}
/** Scans every platform; what is no image comes out as an incomplete scan. */
async function scanGraph(graph, store, scanner, room) {
	const { scanImages } = await import("./scan2.js");
	return addArtifacts(await scanImages(graph.images, store, scanner.trivy, join(room, "views")), graph);
}
/** Scans the attested SBOM of every platform, and reads no layer. */
async function scanAttested(graph, sboms, scanner, room) {
	const { scanSboms } = await import("./scan-sbom.js");
	const documents = new Map([...sboms].map(([digest, { bytes }]) => [digest, bytes]));
	return addArtifacts(await scanSboms(graph.images, documents, scanner.trivy, join(room, "sboms")), graph);
}
/** What is no image must not be passed over in silence. */
async function addArtifacts(scans, graph) {
	const { describeArtifact } = await import("./scan2.js");
	return [...scans, ...graph.artifacts.map(describeArtifact)];
}
/** Keeps Trivy's own reports as one JSON file: the digest, what was scanned, and a report for each platform. */
async function writeScanReport(digest, scans, path, from = "image") {
	const platforms = scans.map(({ scanned, report }) => ({
		platform: scanned.platform,
		digest: scanned.digest,
		complete: scanned.complete,
		...scanned.complete ? {} : { reason: scanned.reason },
		report
	}));
	await writeFile(path, JSON.stringify({
		digest,
		from,
		platforms
	}, null, 1));
}
async function writeVexDocuments(texts, directory) {
	const files = texts.map((_, i) => join(directory, `vex-${i}.openvex.json`));
	for (const [i, file] of files.entries()) await writeFile(file, texts[i] ?? "");
	return files;
}
// src/transfer/blob-pool.ts
/** Blobs that the images of a run share: each is read once from a source and stored once in a target registry. */
var BlobPool = class {
	#holders = /* @__PURE__ */ new Map();
	#fetches = /* @__PURE__ */ new Map();
	#placements = /* @__PURE__ */ new Map();
	/** Keeps blobs in the layout for as long as anybody holds them: an image holds its blobs before it fetches them. */
	hold(blobs, layout) {
		const digests = new Set(blobs.map(({ digest }) => digest));
		for (const digest of digests) this.#count(layout.path(digest), 1);
		return { release: async () => {
			const mine = [...digests];
			digests.clear();
			const left = mine.filter((digest) => this.#count(layout.path(digest), -1) === 0);
			await Promise.all(left.map((digest) => this.#remove(digest, layout)));
		} };
	}
	/** Runs `load`, which puts the blob into the layout, once however many ask; where it fails, the next who asked tries its own. */
	async fetch(blob, load) {
		const name = nameOf(blob);
		for (;;) {
			const known = this.#fetches.get(name);
			if (known === void 0) break;
			if (await succeeds(known)) return;
			if (this.#fetches.get(name) === known) this.#fetches.delete(name);
		}
		const loading = load();
		this.#fetches.set(name, loading);
		await loading;
	}
	/** RegistryClient.pushBlob, once for each registry: what this run already put into another repository of it is mounted from there, what is on its way there is waited for, and what it put into this very repository is not asked for again. A failed one is tried by the next who needs it. */
	async push(client, repository, blob, open, options) {
		const { stored, underWay } = this.#placementOf(repository, blob);
		for (;;) {
			if (stored.has(repository)) return "present";
			const [first] = underWay.values();
			const awaited = underWay.get(repository) ?? (stored.size === 0 ? first : void 0);
			if (awaited === void 0) break;
			await succeeds(awaited);
		}
		const [elsewhere] = stored;
		const mountFrom = options.mountFrom ?? elsewhere;
		const pushing = client.pushBlob(repository, blob, open, {
			...options,
			mountFrom
		});
		underWay.set(repository, pushing);
		try {
			const result = await pushing;
			stored.add(repository);
			return result;
		} finally {
			underWay.delete(repository);
		}
	}
	/** Forgets what is said to be in a repository: it refused a manifest, perhaps since it collected what that names. */
	forget(repository) {
		for (const { stored } of this.#placements.values()) stored.delete(repository);
	}
	#placementOf(repository, blob) {
		const name = `${registryOf(repository)} ${nameOf(blob)}`;
		const known = this.#placements.get(name) ?? {
			stored: /* @__PURE__ */ new Set(),
			underWay: /* @__PURE__ */ new Map()
		};
		this.#placements.set(name, known);
		return known;
	}
	#count(path, change) {
		const count = (this.#holders.get(path) ?? 0) + change;
		if (count === 0) this.#holders.delete(path);
		else this.#holders.set(path, count);
		return count;
	}
	async #remove(digest, layout) {
		for (const name of this.#fetches.keys()) if (name.startsWith(`${digest} `)) this.#fetches.delete(name);
		await rm(layout.path(digest), { force: true });
	}
};
/** By size too: an image that is wrong about it must find out for itself. */
function nameOf({ digest, size }) {
	return `${digest} ${size}`;
}
async function succeeds(work) {
	try {
		await work;
		return true;
	} catch {
		return false;
	}
}
// src/transfer/blob-writes.ts
/** Bytes read at once. */
const BLOCK$2 = 1048576;
/** The files of a layout while they come: each shows under its name only once it is whole, and can be followed until then. */
var BlobWrites = class {
	#current = /* @__PURE__ */ new Map();
	/** Tells, by path, that something changed. */
	#changes = new EventEmitter().setMaxListeners(0);
	#count = 0;
	/** Writes a file under a name of its own, and gives it `path` when it is whole. Two may write the same: the later one stands. */
	async write(path, stream, onBytes) {
		const writing = {
			partial: `${path}.${++this.#count}.partial`,
			written: 0
		};
		stream.on("error", () => void 0);
		if (!this.#current.has(path)) this.#current.set(path, writing);
		this.#changes.emit(path);
		try {
			await this.#fill(path, writing, stream, onBytes);
			await rename(writing.partial, path);
			writing.end = "whole";
		} catch (cause) {
			stream.destroy();
			const error = isDiskFull(cause) ? toDiskFull(`no space left to write ${path}`, cause) : cause;
			writing.end = { error };
			await rm(writing.partial, { force: true });
			throw error;
		} finally {
			if (this.#current.get(path) === writing) this.#current.delete(path);
			this.#changes.emit(path);
		}
	}
	/** What is, or will be, under `path`; see Layout.follow. */
	follow(path, signal) {
		return Readable.from(this.#readAlong(path, signal), {
			objectMode: false,
			highWaterMark: BLOCK$2
		});
	}
	async #fill(path, writing, stream, onBytes) {
		const file = await open(writing.partial, "w");
		try {
			for await (const chunk of stream) {
				await file.writeFile(chunk);
				writing.written += chunk.length;
				onBytes(chunk.length);
				this.#changes.emit(path);
			}
		} finally {
			await file.close();
		}
	}
	async *#readAlong(path, signal) {
		const { file, writing } = await this.#await(path, signal);
		try {
			for (let position = 0;;) {
				const end = writing === void 0 ? Number.POSITIVE_INFINITY : writing.written;
				const block = position < end ? await readBlock(file, position, end) : void 0;
				if (block !== void 0 && block.length > 0) {
					position += block.length;
					yield block;
				} else if (writing === void 0 || writing.end === "whole") return;
				else if (writing.end !== void 0) throw writing.end.error;
				else await once(this.#changes, path, { signal });
			}
		} finally {
			await file.close();
		}
	}
	/** Opens what is being written, else what is there; waits for either. */
	async #await(path, signal) {
		for (;;) {
			signal.throwIfAborted();
			const changed = once(this.#changes, path, { signal });
			changed.catch(() => void 0);
			const writing = this.#current.get(path);
			const file = await open(writing?.partial ?? path).catch(ignoreAbsence);
			if (file !== void 0) return {
				file,
				writing
			};
			await changed;
		}
	}
};
async function readBlock(file, position, end) {
	const room = Buffer.allocUnsafeSlow(Math.min(BLOCK$2, end - position));
	const { bytesRead } = await file.read(room, 0, room.length, position);
	return room.subarray(0, bytesRead);
}
function ignoreAbsence(error) {
	if (error.code !== "ENOENT") throw error;
}
// src/transfer/layout.ts
/** Makes an empty layout in `directory`, which must not hold one yet. */
async function createLayout(directory) {
	for (const algorithm of ["sha256", "sha512"]) await mkdir(join(directory, "blobs", algorithm), { recursive: true });
	await writeFile(join(directory, "oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
	const path = (digest) => join(directory, "blobs", digestAlgorithm(digest), digestHex(digest));
	const writes = new BlobWrites();
	return {
		directory,
		path,
		write: (digest, stream, onBytes = () => void 0) => writes.write(path(digest), stream, onBytes),
		writeBytes: (digest, bytes) => writes.write(path(digest), Readable.from([bytes]), () => void 0),
		open: (digest) => createReadStream(path(digest), { highWaterMark: 1048576 }),
		follow: (digest, signal) => writes.follow(path(digest), signal),
		read: async (digest) => {
			const bytes = await readFile(path(digest));
			if (!matchesDigest(bytes, digest)) throw new TransferError("MISSING_CONTENT", `${digest} was changed on disk during the run`);
			return bytes;
		}
	};
}
/** What the file system of a directory says. */
const readFreeSpace = async (directory) => {
	const { bavail, bsize } = await statfs(directory);
	return bavail * bsize;
};
/** True when `bytes` more fit on the disk of `directory`, with a tenth and 64 MiB to spare. */
async function hasSpace(directory, bytes, freeSpace = readFreeSpace) {
	return await freeSpace(directory) >= withSpare(bytes);
}
/** Refuses to start what cannot fit; see hasSpace. */
async function requireSpace(directory, bytes, what, freeSpace = readFreeSpace) {
	const free = await freeSpace(directory);
	const needed = withSpare(bytes);
	if (free >= needed) return;
	throw new TransferError("DISK_FULL", `${what} needs ${toMegabytes(needed)} MB in ${directory}, which has ${toMegabytes(free)} MB free`, { hint: DISK_FULL_HINT });
}
function withSpare(bytes) {
	return Math.ceil(bytes * 1.1) + 67108864;
}
function toMegabytes(bytes) {
	return Math.ceil(bytes / 1e6);
}
// src/policy/quote.ts
const MAX_QUOTE = 200;
/** Whole sentences about a signer hold its identity, the reason and a digest. */
const MAX_SENTENCE = 600;
/** More of a list than this says nothing more to a reader. */
const MAX_LISTED = 5;
/** A text that somebody else wrote, as a message may hold it: one line, nothing invisible, no secret of a URL, not too long. */
function quoteForeign(text, limit = MAX_QUOTE) {
	const line = redactUrls(markControl(text.slice(0, 4 * limit)));
	return line.length > limit ? `${cut(line, limit)}…` : line;
}
/** The first few of what was found, each on its own merits, and how many more there are. */
function listForeign(texts) {
	const distinct = [...new Set(texts.slice(0, 1e3))];
	const shown = distinct.slice(0, MAX_LISTED).map((text) => quoteForeign(text, MAX_SENTENCE)).join("; ");
	const more = distinct.length - MAX_LISTED;
	return more > 0 ? `${shown}; and ${more} more` : shown;
}
/** Not in the middle of a character. */
function cut(line, limit) {
	return line.slice(0, limit).replace(/[\ud800-\udbff]$/, "");
}
// src/policy/signer-key.ts
/** True for the URI of a key in a KMS that cosign knows; any other key of a policy is a file. */
function isKmsUri(text) {
	return /^(?:awskms|gcpkms|azurekms|hashivault|k8s):\/\/[\x21-\x7e]+$/.test(text);
}
// src/policy/trust.ts
/** For each policy that names signers of this role at all: who of them may vouch for this repository now. `keys` holds the PEM of what listKeyFiles names. */
function selectTrust(policy, role, repository, now, keys) {
	return policy.signers.flatMap((list) => {
		const signers = list.signers.filter((signer) => signer.role === role);
		if (signers.length === 0) return [];
		const judged = signers.map((signer) => ({
			signer,
			verdict: judgeSigner(signer, repository, now, keys)
		}));
		const anchors = judged.flatMap(({ verdict }) => typeof verdict === "string" ? [] : [verdict]);
		const lapsed = (anchors.length === 0 ? judged : judged.filter(({ signer }) => coversImage(signer, repository))).flatMap(({ verdict }) => typeof verdict === "string" ? [verdict] : []);
		return [{
			policy: list.policy,
			anchors,
			lapsed
		}];
	});
}
/** Who must have signed a required attestation: a list per policy, each of which must be satisfied. The inputs' own signer counts for the role source where no policy names one, and adds nothing to theirs. Never empty: where nobody names such a signer, the one list has no anchors. */
function selectAttestationTrust(requirement, policy, repository, now, keys, sourceAnchor) {
	const { role } = requirement;
	const lists = selectTrust(policy, role, repository, now, keys);
	if (lists.length > 0) return lists;
	if (role === "source" && sourceAnchor !== void 0) return [trustInput(sourceAnchor)];
	return [{
		policy: requirement.policy,
		anchors: [],
		lapsed: [`No policy names a signer of the role ${role}.`]
	}];
}
/** The trust that the `source-*` inputs state, beside that of the policies. */
function trustInput(anchor) {
	return {
		policy: INPUTS,
		anchors: [anchor],
		lapsed: []
	};
}
/** What a TrustList of the inputs is called. */
const INPUTS = "the source-* inputs";
/** The key files that must be read to decide: those of signers whose role is asked for, of a promotion unless others are given. KMS URIs are not among them. */
function listKeyFiles(policy, asked) {
	const { from, mode } = policy.scan;
	const roles = new Set(asked ?? [
		"source",
		...from === "sbom" && mode !== "off" ? ["scan"] : [],
		...policy.attestations.map(({ role }) => role)
	]);
	const keys = policy.signers.flatMap(({ signers }) => signers.flatMap(({ role, key }) => key !== void 0 && roles.has(role) && !isKmsUri(key) ? [key] : []));
	return [...new Set(keys)];
}
/** The anchor, or why the signer does not count. */
function judgeSigner(signer, repository, now, keys) {
	const name = nameSigner(signer);
	const { images, notBefore, notAfter } = signer;
	if (notBefore !== void 0 && !(now.getTime() >= (parseInstant(notBefore) ?? NaN))) return `${name} counts from ${notBefore} on.`;
	if (notAfter !== void 0 && !(now.getTime() < (findEnd(notAfter) ?? NaN))) return `${name} counted until ${notAfter}.`;
	if (!coversImage(signer, repository)) return `${name} may only vouch for ${images?.join(", ") || "nothing"}.`;
	return toAnchor(signer, name, keys);
}
function coversImage({ images }, repository) {
	return images === void 0 || images.some((pattern) => matchesPattern(pattern, repository));
}
function toAnchor(signer, name, keys) {
	const { transparencyLog, key, repository } = signer;
	if (key !== void 0) {
		const text = isKmsUri(key) ? key : keys.get(key);
		return text === void 0 ? `${name} could not be read.` : {
			kind: "key",
			name,
			transparencyLog,
			key: text
		};
	}
	const identity = toMatch(signer.identity, signer.identityRegexp);
	const issuer = toMatch(signer.issuer, signer.issuerRegexp);
	if (identity === void 0 || issuer === void 0) return `${name} has neither a key nor an identity and its issuer.`;
	return {
		kind: "certificate",
		name,
		transparencyLog,
		identity,
		issuer,
		...repository === void 0 ? {} : { repository }
	};
}
function toMatch(exact, pattern) {
	if (exact !== void 0) return {
		kind: "exact",
		text: exact
	};
	return pattern === void 0 ? void 0 : {
		kind: "regexp",
		text: pattern
	};
}
function nameSigner({ name, key, identity, identityRegexp, repository }) {
	const who = name ?? key ?? identity ?? identityRegexp ?? "A signer";
	return name !== void 0 || repository === void 0 ? who : `${who} for ${repository}`;
}
// src/transfer/fetch.ts
/** Downloads at once. */
const CONCURRENT_BLOBS$1 = 6;
/** Brings blobs into the layout, each read once from the source, largest first. Foreign layers too come from the registry, never from their `urls`. */
async function fetchBlobs(blobs, { client, repository, layout }, { onBytes, signal, pool }) {
	const total = blobs.reduce((sum, blob) => sum + blob.size, 0);
	let done = 0;
	const largestFirst = blobs.toSorted((a, b) => b.size - a.size);
	const count = (bytes) => {
		done += bytes;
		onBytes(done, total);
	};
	await mapConcurrently(largestFirst, CONCURRENT_BLOBS$1, async (blob) => {
		let own = 0;
		const load = async () => {
			signal.throwIfAborted();
			const stream = addAbortSignal(signal, await client.openBlob(repository, blob));
			await layout.write(blob.digest, stream, (bytes) => {
				own += bytes;
				count(bytes);
			});
		};
		await (pool === void 0 ? load() : pool.fetch(blob, load));
		if (own === 0) count(blob.size);
	});
}
// src/transfer/store.ts
/** Fetches the whole image when it fits, which reads each source blob once; else only what every platform needs, and says so by calling `onSmallDisk`. Throws DISK_FULL when not even the largest platform fits. */
async function fetchStore(graph, source, options) {
	const { layout } = source;
	await Promise.all(graph.manifests.map(({ digest, bytes }) => layout.writeBytes(digest, bytes)));
	if (await hasSpace(layout.directory, totalBytes(graph), options.freeSpace)) {
		await fetchBlobs(graph.blobs, source, options);
		return {
			layout,
			hold: (_image, use) => use(),
			open: (blob) => layout.open(blob.digest)
		};
	}
	const largest = Math.max(0, ...graph.images.map((image) => sizeOf(layersOf(image))));
	await requireSpace(layout.directory, largest, "The largest platform of the image", options.freeSpace);
	options.onSmallDisk();
	return keepConfigs(graph, source, options);
}
/** An image of which no layer is scanned: nothing of it on disk but manifests and configs, its layers read from the source when they are opened. A platform that is held all the same is fetched for as long. */
async function openStream(graph, source, options) {
	await Promise.all(graph.manifests.map(({ digest, bytes }) => source.layout.writeBytes(digest, bytes)));
	return keepConfigs(graph, source, {
		...options,
		onBytes: () => void 0
	});
}
/** Only the configs stay; what else the image held on disk is let go of. */
async function keepConfigs(graph, source, options) {
	const configs = unique(graph.images.flatMap(({ content: { manifest } }) => manifest.kind === "manifest" ? [manifest.config] : []));
	options.pool?.hold(configs, source.layout);
	await options.hold?.release();
	await fetchBlobs(configs, source, options);
	return openByPlatform(new Set(configs.map(({ digest }) => digest)), source, options);
}
function openByPlatform(kept, source, options) {
	const { client, repository, layout } = source;
	const pool = options.pool ?? new BlobPool();
	let turn = Promise.resolve();
	return {
		layout,
		hold: (image, use) => {
			const mine = turn.then(async () => {
				const layers = unique(layersOf(image)).filter(({ digest }) => !kept.has(digest));
				const held = pool.hold(layers, layout);
				try {
					await fetchBlobs(layers, source, {
						...options,
						pool
					});
					return await use();
				} finally {
					await held.release();
				}
			});
			turn = mine.catch(() => void 0);
			return mine;
		},
		open: (blob) => kept.has(blob.digest) ? layout.open(blob.digest) : client.streamBlob(repository, blob)
	};
}
function layersOf({ content: { manifest } }) {
	return manifest.kind === "manifest" ? manifest.layers : [];
}
function unique(blobs) {
	return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
}
function sizeOf(blobs) {
	return unique(blobs).reduce((sum, { size }) => sum + size, 0);
}
// src/transfer/growing-store.ts
const CONCURRENT_BLOBS = 6;
/** As fetchStore, but returns as soon as it is known where the bytes go. Platform after platform, so that the first can be scanned while the next comes; of each, the largest blob first. */
async function growStore(graph, source, options) {
	const { layout } = source;
	if (!await hasSpace(layout.directory, totalBytes(graph), options.freeSpace)) return {
		store: await fetchStore(graph, source, options),
		whole: Promise.resolve()
	};
	await Promise.all(graph.manifests.map(({ digest, bytes }) => layout.writeBytes(digest, bytes)));
	const blobs = orderBlobs(graph);
	const arrivals = new Map(blobs.map(({ digest }) => [digest, Promise.withResolvers()]));
	for (const { promise } of arrivals.values()) promise.catch(() => void 0);
	const there = /* @__PURE__ */ new Set();
	const onBytes = sumBytes(blobs, options.onBytes);
	const whole = mapConcurrently(blobs, CONCURRENT_BLOBS, async (blob) => {
		await fetchBlobs([blob], source, {
			...options,
			onBytes: onBytes(blob)
		});
		there.add(blob.digest);
		arrivals.get(blob.digest)?.resolve();
	}).then(() => void 0, (error) => {
		for (const { reject } of arrivals.values()) reject(error);
		throw error;
	});
	whole.catch(() => void 0);
	return {
		store: {
			layout,
			hold: async (image, use) => {
				await Promise.all(blobsOf(image).map(({ digest }) => arrivals.get(digest)?.promise));
				return use();
			},
			open: ({ digest }) => there.has(digest) ? layout.open(digest) : layout.follow(digest, options.signal)
		},
		whole
	};
}
/** As openStream, but returns at once: what is not on disk yet is waited for by whoever opens it. */
function growStream(graph, source, options) {
	const { client, repository, layout } = source;
	const opening = openStream(graph, source, options);
	opening.catch(() => void 0);
	const configs = new Set(graph.images.flatMap((image) => blobsOf(image).slice(0, 1)).map(({ digest }) => digest));
	return {
		store: {
			layout,
			hold: async (image, use) => (await opening).hold(image, use),
			open: (blob) => configs.has(blob.digest) ? layout.follow(blob.digest, options.signal) : client.streamBlob(repository, blob)
		},
		whole: opening.then(() => void 0)
	};
}
function orderBlobs(graph) {
	const largestFirst = (blobs) => blobs.toSorted((a, b) => b.size - a.size);
	const ordered = [...graph.images.flatMap((image) => largestFirst(blobsOf(image))), ...largestFirst(graph.blobs)];
	const known = new Map(graph.blobs.map((blob) => [blob.digest, blob]));
	return [...new Set(ordered.map(({ digest }) => digest))].flatMap((digest) => known.get(digest) ?? []);
}
function blobsOf({ content: { manifest } }) {
	return manifest.kind === "manifest" ? [manifest.config, ...manifest.layers] : [];
}
/** One sum over blobs that are each fetched by themselves. */
function sumBytes(blobs, onBytes) {
	const total = blobs.reduce((sum, { size }) => sum + size, 0);
	let done = 0;
	return (_blob) => {
		let own = 0;
		return (bytes) => {
			done += bytes - own;
			own = bytes;
			onBytes(done, total);
		};
	};
}
// src/steps/store-image.ts
/** Makes the layout that holds an image, in a directory that is private to the run, and tells how much is to come. */
async function openImageLayout(graph, room, log) {
	log.info(describeSize(graph));
	return createLayout(join(room, "layout"));
}
/** Reads every blob of an image once, and tells of a long read and of a disk that is too small for all of it. */
function storeImage(graph, place, { log, clock }, signal) {
	return fetchStore(graph, place, {
		...tellOf(place, log, clock),
		signal
	});
}
/** As storeImage, but returns while the bytes still come; `isStreamed`, they never come to disk and are read from the source when they are opened. */
async function openImageStore(graph, place, options, { log, clock }) {
	log.info(describeSize(graph));
	const { isStreamed, ...shared } = options;
	if (isStreamed) return growStream(graph, place, shared);
	return growStore(graph, place, {
		...tellOf(place, log, clock),
		...shared
	});
}
function tellOf({ layout }, log, clock) {
	return {
		onBytes: reportProgress("Fetched", log, clock),
		onSmallDisk: () => log.warning(`${layout.directory} is too small for the whole image: platforms are scanned one by one, and what is copied is read again.`)
	};
}
function describeSize(graph) {
	return `${formatCount(graph.manifests.length, "manifest")}, ${formatCount(graph.blobs.length, "blob")}, ${formatBytes(totalBytes(graph))}`;
}
// src/base/redact-error.ts
/** The same error, its causes included, without secrets in what it says; its class is what callers tell it by, so it is changed in place. */
function redactError(error, redact) {
	let current = error;
	for (let depth = 0; current instanceof Error && depth < 8; depth++) {
		setText(current, "message", redact(current.message));
		if (current.stack !== void 0) setText(current, "stack", redact(current.stack));
		if (current instanceof DomainError && current.hint !== void 0) setText(current, "hint", redact(current.hint));
		if (current instanceof UsageError) {
			const problems = current.problems.map(({ where, message, fix }) => ({
				where: redact(where),
				message: redact(message),
				fix: redact(fix)
			}));
			setText(current, "problems", problems);
		}
		current = current.cause;
	}
	return typeof error === "string" ? redact(error) : error;
}
function setText(error, name, value) {
	Object.defineProperty(error, name, {
		value,
		configurable: true,
		writable: true,
		enumerable: false
	});
}
// src/image/finding.ts
/** Every severity, worst first; UNKNOWN stands outside the order and comes last. */
const SEVERITIES = [
	"CRITICAL",
	"HIGH",
	"MEDIUM",
	"LOW",
	"UNKNOWN"
];
// src/base/fields.ts
/** Reads raw inputs one by one and gathers every problem, so that all are reported at once. */
var FieldReader = class {
	#raw;
	#specs;
	#problems = [];
	constructor(raw, specs) {
		this.#raw = raw;
		this.#specs = specs;
		for (const name of Object.keys(raw)) if (!Object.hasOwn(specs, name)) this.addProblem(name, "is not an input of this action.", suggestName(name, Object.keys(specs)));
		for (const [name, spec] of Object.entries(specs)) {
			const others = listUnless(spec);
			if ((spec.required ?? (others.length > 0 && !others.some((other) => this.isGiven(other)))) && this.text(name) === "") this.addProblem(name, "is required and was empty.", `Set ${name}.`);
		}
	}
	get problems() {
		return this.#problems;
	}
	addProblem(name, message, fix) {
		this.#problems.push({
			where: `input ${name}`,
			message,
			fix
		});
	}
	addProblems(problems) {
		this.#problems.push(...problems);
	}
	/** The trimmed value, the default where it was empty, else ''. */
	text(name) {
		return this.#raw[name]?.trim() || (this.#specs[name]?.default ?? "");
	}
	/** A secret, exactly as given: spaces may be part of a password. */
	secret(name) {
		return this.#raw[name] ?? "";
	}
	/** True when the user wrote something, whatever the default. */
	isGiven(name) {
		return (this.#raw[name] ?? "").trim() !== "";
	}
	/** One entry a line; empty lines and lines that start with # are left out. */
	lines(name) {
		return splitTrimmed(this.text(name), /\r?\n/).filter((line) => !line.startsWith("#"));
	}
	/** Entries separated by commas or lines. */
	list(name) {
		return splitTrimmed(this.text(name), /[,\r\n]+/);
	}
	/** `true` or `false`, as YAML writes them; anything else is a problem. */
	flag(name) {
		const text = this.text(name);
		if (/^(true|True|TRUE)$/.test(text)) return true;
		if (!/^(false|False|FALSE|)$/.test(text)) this.addProblem(name, `must be true or false, not ${JSON.stringify(text)}.`, `Write ${name}: true or ${name}: false.`);
		return false;
	}
	/** One of `options`; anything else is a problem and the first option is returned. */
	choice(name, options) {
		const text = this.text(name);
		const found = options.find((option) => option === text);
		if (found !== void 0) return found;
		this.addProblem(name, `must be one of ${options.join(", ")}, not ${JSON.stringify(text)}.`, suggestName(text, options));
		return options[0];
	}
	/** Runs a parser and turns what it throws into a problem of this input. */
	attempt(name, parse) {
		try {
			return parse();
		} catch (error) {
			const { message, hint } = error;
			this.addProblem(name, message ?? String(error), hint ?? "");
			return;
		}
	}
};
/** The inputs of which each stands in for this one. */
function listUnless({ requiredUnless = [] }) {
	return typeof requiredUnless === "string" ? [requiredUnless] : requiredUnless;
}
/** `Did you mean x?` for the nearest of `known`, or the whole list where nothing is near. */
function suggestName(name, known) {
	const nearest = known.map((candidate) => ({
		candidate,
		distance: editDistance(name.toLowerCase(), candidate.toLowerCase())
	})).sort((a, b) => a.distance - b.distance)[0];
	if (nearest !== void 0 && nearest.distance <= Math.max(2, Math.floor(name.length / 3))) return `Did you mean ${nearest.candidate}?`;
	return `Known: ${known.join(", ")}.`;
}
function splitTrimmed(text, separator) {
	return text.split(separator).map((part) => part.trim()).filter((part) => part !== "");
}
function editDistance(a, b) {
	let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			current[j] = Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
		}
		previous = current;
	}
	return previous[b.length] ?? 0;
}
// src/inputs/policy-files.ts
/** Reads a file for an input; one that is there and cannot be read is a problem like any other, told with them. */
async function readFor(where, read) {
	try {
		return { text: await read() };
	} catch (error) {
		if (!(error instanceof DomainError) || error.code !== "FILE_UNREADABLE") throw error;
		return { problem: {
			where,
			message: `${error.message}.`,
			fix: "Name a file that this step may read."
		} };
	}
}
const DEFAULT_POLICY = ".github/promote-image.yml";
/** Reads what the `policy` input says: files, a line each, or YAML in place; without it the default file, if there is one. Problems of all files come together. */
async function readPolicies(input, files) {
	const problems = [];
	const policies = [];
	const add = async (name, text) => {
		const { parsePolicy } = await import("./parse.js");
		const parsed = parsePolicy(text, name);
		problems.push(...parsed.problems);
		if (parsed.policy !== void 0) policies.push({
			name,
			digest: digestOf(text),
			policy: parsed.policy
		});
	};
	if (isInPlace(input)) {
		await add("input policy", input);
		return {
			policies,
			problems
		};
	}
	const named = input.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
	for (const path of named.length > 0 ? named : [DEFAULT_POLICY]) {
		const file = await readFor("input policy", () => files.readPolicy(path));
		if ("problem" in file) problems.push(file.problem);
		else if (file.text !== void 0) await add(path, file.text);
		else if (named.length > 0) problems.push({
			where: "input policy",
			message: `names ${path}, which does not exist.`,
			fix: "Check the path, and that actions/checkout ran before this step."
		});
	}
	return {
		policies,
		problems
	};
}
/** YAML in place has a top-level key, perhaps quoted or indented; a list of paths has none. */
function isInPlace(input) {
	return /^\s*\{/.test(input) || /^[ \t]*(["']?)(?:\$schema|[A-Za-z]+)\1[ \t]*:(?:\s|$)/m.test(input);
}
/** Throws every problem at once, when there is one. */
function throwProblems(problems) {
	if (problems.length > 0) throw new UsageError(problems);
}
// src/plan/plan-file.ts
/** No plan of one promotion is longer, in characters. */
const MAX_LENGTH$1 = 4194304;
/** Of a batch: some hundred thousand promotions. */
const MAX_BATCH_LENGTH = 268435456;
const AGAIN = "Make a plan again with dry-run: true, and give its plan and plan-digest outputs.";
/** Reads `plan`, and holds it against `plan-digest`: what was approved is a digest, and a file can be changed on its way here. Without the digest, source and target (or promotions) must be given beside it, so that the file can do nothing but limit. It is the work of a job, so it is read where it lies, on a pull request too. Undefined when there is none, or when it is a problem of `fields`. */
async function readApprovedPlan(fields, files) {
	const [path, digest] = [fields.text("plan"), fields.text("plan-digest")];
	if (path === "") {
		if (digest !== "") fields.addProblem("plan-digest", "is given without a plan.", "Give plan as well, or neither.");
		return;
	}
	const saysItself = fields.isGiven("promotions") || fields.isGiven("source") && fields.isGiven("target");
	if (digest === "" && !saysItself) fields.addProblem("plan-digest", "is empty, and the plan alone would say what goes where.", "Give the plan-digest output of the step that made the plan, handed on as an output of its job.");
	else if (digest !== "" && !isDigest(digest)) fields.addProblem("plan-digest", `is ${quote(digest)}, which is no digest.`, "Write sha256: and 64 hex digits.");
	const file = await readFor("input plan", () => files.readText(path));
	if ("problem" in file) {
		fields.addProblems([file.problem]);
		return;
	}
	const { text } = file;
	if (text === void 0) {
		fields.addProblem("plan", `names ${path}, which does not exist.`, "Check the path, and that the file was handed on, for example with actions/download-artifact.");
		return;
	}
	if (isDigest(digest) && !matchesDigest(Buffer.from(text), digest)) {
		const message = `names ${path}, which is ${digestOf(text)} and not the plan ${digest} of plan-digest.`;
		fields.addProblem("plan", message, `The file was changed, or belongs to another run. ${AGAIN}`);
		return;
	}
	const parsed = await parsePlan(text);
	if ("plan" in parsed) return parsed.plan;
	fields.addProblem("plan", `names ${path}, which is no plan: ${parsed.flaw}.`, AGAIN);
}
/** Parses a plan file: a plan of this version, or the first thing that is wrong with it. What this release does not know may be a limit, and is refused. */
async function parsePlan(text) {
	const limit = /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"promotions"/.test(text.slice(0, 200)) ? MAX_BATCH_LENGTH : MAX_LENGTH$1;
	if (text.length > limit) return { flaw: `it is longer than ${limit} characters` };
	let json;
	try {
		json = parseStrictJson(Buffer.from(text));
	} catch {
		return { flaw: "it is not JSON, or nests too deep, or has a key twice in one object" };
	}
	return isBatchShape(json) ? parseBatch(json, text) : parseSingle(json, text);
}
function isBatchShape(json) {
	return typeof json === "object" && json !== null && "promotions" in json;
}
/** The schemas are loaded here: most runs have no plan. */
async function parseSingle(json, text) {
	const { planSchema } = await import("./plan-schema.js");
	const { data: plan, error } = planSchema.safeParse(json);
	return plan === void 0 ? { flaw: describeIssue(error) } : { plan: {
		plan,
		text,
		digest: digestOf(text)
	} };
}
async function parseBatch(json, text) {
	const [{ batchPlanSchema }, { findShardFlaw }] = await Promise.all([import("./batch-schema.js"), import("./batch-plan.js")]);
	const { data: batch, error } = batchPlanSchema.safeParse(json);
	if (batch === void 0) return { flaw: describeIssue(error) };
	const flaw = findShardFlaw(batch.shards, batch.promotions.length);
	return flaw === void 0 ? { plan: {
		batch,
		text,
		digest: digestOf(text)
	} } : { flaw };
}
function describeIssue({ issues: [issue] }) {
	return `${issue === void 0 || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `}${issue?.message ?? "it has another shape"}`.slice(0, 300);
}
function quote(text) {
	return JSON.stringify(text.slice(0, 100));
}
// src/inputs/certificates.ts
const BLOCK$1 = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
/** The certificates of PEM files, whatever stands around them; a file without one, or with one that cannot be read, is a problem. https://www.rfc-editor.org/rfc/rfc7468#section-5 */
function readCertificateFiles(files) {
	const problems = [];
	return {
		certificates: files.flatMap(({ path, text }) => {
			const blocks = [...text.matchAll(BLOCK$1)].map(([block]) => block);
			const began = text.split("-----BEGIN CERTIFICATE-----").length - 1;
			const readable = blocks.flatMap(normalizeCertificate);
			if (readable.length > 0 && readable.length === began) return readable;
			problems.push({
				where: "input policy",
				message: `names ${path} in registries.ca, which holds ${began === 0 ? "no certificate in PEM" : "a certificate that cannot be read"}.`,
				fix: "Write certificates in PEM, each from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----."
			});
			return [];
		}),
		problems
	};
}
function normalizeCertificate(block) {
	try {
		return [new X509Certificate(block).toString()];
	} catch {
		return [];
	}
}
// src/inputs/event.ts
/** True for every event that a pull request raises, its reviews and comments included: what it brings was reviewed by nobody. */
function isPullRequest(event) {
	return event.startsWith("pull_request");
}
// src/inputs/named-files.ts
/** Reads what inputs and policies name besides policies, and remembers what it was: all of it counts like a policy, and a plan holds only for these texts. */
var NamedFiles = class {
	#fields;
	#files;
	#sources = /* @__PURE__ */ new Map();
	constructor(fields, files) {
		this.#fields = fields;
		this.#files = files;
	}
	/** What was read, once each. */
	get sources() {
		return [...this.#sources.values()];
	}
	remember(name, text) {
		const digest = digestOf(text);
		this.#sources.set(`${name} ${digest}`, {
			name,
			digest
		});
	}
	/** The texts of files, on a pull request from the base commit; one that is not there or cannot be read is a problem of `input`. `key` is the key of the policy that names them. */
	async readAll(input, paths, key) {
		const texts = [];
		for (const path of paths) {
			const file = await readFor(`input ${input}`, () => this.#files.readPolicy(path));
			if ("problem" in file) this.#fields.addProblems([file.problem]);
			else if (file.text !== void 0) {
				this.remember(path, file.text);
				texts.push({
					path,
					text: file.text
				});
			} else {
				const place = key === void 0 ? "" : ` in ${key}`;
				this.#fields.addProblem(input, `names ${path}${place}, which does not exist.`, "Check the path, and that actions/checkout ran before this step.");
			}
		}
		return texts;
	}
};
// src/tool/error.ts
/** A tool that could not be had in a form this project is willing to run. */
var ToolError = class extends DomainError {};
// src/tool/known-tools.ts
const TOOLS = {
	trivy: {
		pinned: "0.74.0",
		releases: "https://github.com/aquasecurity/trivy/releases/download",
		askVersion: ["--version"],
		targets: {
			"linux/x64": trivy("Linux-64bit", "2ae6fe3ee734b7fdf11335663e18c75ea12dccc76062f09f164a3b0f8be4371a"),
			"linux/arm64": trivy("Linux-ARM64", "b94ce1976bbf3c15b514b605ee88be7c6d94a29be2302847ff01cb794d47aad5"),
			"darwin/arm64": trivy("macOS-ARM64", "1caada5e0e2091909357c7525d3aa76f4b660b13821bc143b190c7483e31cc11"),
			"darwin/x64": trivy("macOS-64bit", "472816f6888dda689d075c30254d4210b4d1035acf365aa72332f584c2f60485"),
			"win32/x64": {
				file: (version) => `trivy_${version}_windows-64bit.zip`,
				kind: "zip",
				executable: "trivy.exe",
				sha256: { "0.74.0": "94c40e0696e4b907a74b7b2e1438d5d72ebaca83115817407f568a002d520842" }
			}
		}
	},
	cosign: {
		pinned: "3.1.3",
		releases: "https://github.com/sigstore/cosign/releases/download",
		askVersion: ["version"],
		targets: {
			"linux/x64": cosign("linux-amd64", "4629c757b7618056f8ddd7e2625ae9fdd94c0372a65049520bc7d9df9efc7f71"),
			"linux/arm64": cosign("linux-arm64", "c5d324e091826b0d7a78eb16fef316450b4eb9aaec045611c08ba06f5e73220a"),
			"darwin/arm64": cosign("darwin-arm64", "5cf948c2f4dfe59687bdd0b8523709067383e03982cc543475c8a7dc70e92a76"),
			"darwin/x64": cosign("darwin-amd64", "2347488e5d5b25336644024dfeca5601b190e91197a71a917bda44744aff106c"),
			"win32/x64": cosign("windows-amd64.exe", "9fe59be0eca1271873ce019061335eb1ac419b7059202e797828467ddabe33be")
		}
	}
};
/** The version that runs when nobody asks for another. */
function pinnedVersion(name) {
	return TOOLS[name].pinned;
}
/** The versions whose checksums are compiled into this release, newest first. */
function knownVersions(name) {
	const versions = Object.values(TOOLS[name].targets).flatMap((target) => Object.keys(target.sha256));
	return [...new Set(versions)].sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
}
/** The platforms a tool has releases for, as `platform/arch` in the names of Node.js. */
function knownPlatforms(name) {
	return Object.keys(TOOLS[name].targets);
}
/** The arguments that make a tool print its version and do nothing else. */
function versionArguments(name) {
	return TOOLS[name].askVersion;
}
/** The release file of a version for a platform (`process.platform`, `process.arch`); undefined where there is none. */
function findReleaseFile(name, version, platform, arch) {
	const { releases, targets } = TOOLS[name];
	const key = `${platform}/${arch}`;
	const target = Object.hasOwn(targets, key) ? targets[key] : void 0;
	if (target === void 0) return void 0;
	const { kind, executable } = target;
	const file = target.file(version);
	const sha256 = Object.hasOwn(target.sha256, version) ? target.sha256[version] : void 0;
	return {
		file,
		url: `${releases}/v${version}/${file}`,
		kind,
		executable,
		...sha256 === void 0 ? {} : { sha256 }
	};
}
function trivy(suffix, sha256) {
	return {
		file: (version) => `trivy_${version}_${suffix}.tar.gz`,
		kind: "tar.gz",
		executable: "trivy",
		sha256: { "0.74.0": sha256 }
	};
}
function cosign(suffix, sha256) {
	return {
		file: () => `cosign-${suffix}`,
		kind: "binary",
		executable: suffix.endsWith(".exe") ? "cosign.exe" : "cosign",
		sha256: { "3.1.3": sha256 }
	};
}
// src/tool/request.ts
const VERSION = /^[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?$/;
/**
* Parses the input `trivy` or `cosign`: empty for the pinned version, a version this release knows,
* `version@sha256:HEX` for any other, or a path. Throws UNKNOWN_VERSION: no checksum, no run.
*/
function parseToolInput(name, text) {
	const input = text.trim();
	if (input === "") return {
		kind: "release",
		name,
		version: pinnedVersion(name)
	};
	if (isPath(input)) return {
		kind: "path",
		name,
		path: input
	};
	const [written = "", digest, rest] = input.split("@");
	const version = written.replace(/^v/, "");
	if (!VERSION.test(version) || rest !== void 0) refuse$1(name, input, "is neither a version nor a path");
	if (digest !== void 0) {
		const hex = /^sha256:([0-9a-f]{64})$/i.exec(digest)?.[1];
		if (hex === void 0) refuse$1(name, input, "has no sha256: and 64 hex digits after the @");
		return {
			kind: "release",
			name,
			version,
			sha256: hex.toLowerCase()
		};
	}
	if (!knownVersions(name).includes(version)) refuse$1(name, input, "is not a version this release has a checksum for");
	return {
		kind: "release",
		name,
		version
	};
}
function isPath(input) {
	return /[/\\]/.test(input) || /^[.~]/.test(input) || /^[A-Za-z]:/.test(input);
}
function refuse$1(name, input, why) {
	const known = knownVersions(name).join(", ");
	throw new ToolError("UNKNOWN_VERSION", `${name}: ${JSON.stringify(input)} ${why}. Known versions: ${known}.`, { hint: `Leave the input ${name} empty, write one of ${known}, a version with the checksum of its release file for your platform (version@sha256:…), or the path of an executable you trust.` });
}
// src/inputs/run-inputs.ts
/** Reads which tool is to run, as text that parseToolInput takes; a path that leads to nothing executable is a problem. */
async function readTool(fields, name, { files }) {
	const text = fields.text(name);
	const tool = fields.attempt(name, () => parseToolInput(name, text));
	if (tool?.kind === "path" && !await files.isExecutable(tool.path)) fields.addProblem(name, `names ${tool.path}, which is no file that can be run.`, "Check the path, or leave it empty for the pinned version.");
	return text;
}
/** Reads the longest time the run may take, in milliseconds. */
function readTimeout(fields) {
	const text = fields.text("timeout");
	const milliseconds = parseDuration(text);
	if (milliseconds === void 0) fields.addProblem("timeout", `is ${JSON.stringify(text)}.`, "Write a duration such as 30m or 1h.");
	return milliseconds ?? 0;
}
// src/policy/severities.ts
const RATED = SEVERITIES.filter((severity) => severity !== "UNKNOWN");
/** Parses the severities that gate, shared by the policy and the `severity` input: from CRITICAL down without a gap, and UNKNOWN if wanted. */
function parseSeverities(list) {
	const unknown = list.find((entry) => !SEVERITIES.includes(entry));
	if (unknown !== void 0) return refuse(`${JSON.stringify(unknown)} is not a severity.`, `Use ${SEVERITIES.join(", ")}.`);
	const severities = SEVERITIES.filter((severity) => list.includes(severity));
	const last = RATED.findLastIndex((severity) => severities.includes(severity));
	if (last < 0) return refuse(`${list.length === 0 ? "no severity is named" : "UNKNOWN alone leaves out every rated severity"}.`, "Name CRITICAL at least; to look without refusing, use the scan mode report.");
	const missing = RATED.slice(0, last).filter((severity) => !severities.includes(severity));
	if (missing.length === 0) return { severities };
	const wanted = SEVERITIES.filter((severity) => severities.includes(severity) || missing.includes(severity));
	return refuse(`${RATED[last]} without ${missing.join(" and ")} would let pass what is worse.`, `Write ${wanted.join(", ")}.`);
}
function refuse(message, fix) {
	return { problem: {
		message,
		fix
	} };
}
// src/inputs/scan-inputs.ts
/** Reads what refuses, and what is excused. */
async function readScanInputs(fields, named) {
	const exceptions = await readIgnoreFiles(fields, named);
	const severity = readSeverity(fields);
	return {
		exceptions,
		...severity === void 0 ? {} : { severity },
		...fields.isGiven("ignore-unfixed") ? { ignoreUnfixed: fields.flag("ignore-unfixed") } : {},
		...fields.isGiven("scan") ? { scan: fields.choice("scan", [
			"enforce",
			"report",
			"off"
		]) } : {}
	};
}
/** Reads which severities refuse; undefined where the input says nothing. */
function readSeverity(fields) {
	if (!fields.isGiven("severity")) return void 0;
	const { severities, problem } = parseSeverities(fields.list("severity").map((entry) => entry.toUpperCase()));
	if (problem !== void 0) fields.addProblem("severity", problem.message, problem.fix);
	return severities;
}
async function readIgnoreFiles(fields, named) {
	const texts = await named.readAll("trivyignores", fields.list("trivyignores"));
	if (texts.length === 0) return [];
	const { parseIgnoreFile } = await import("./ignore-file.js");
	const parsed = texts.map(({ path, text }) => parseIgnoreFile(text, path));
	fields.addProblems(parsed.flatMap(({ problems }) => problems));
	return parsed.flatMap(({ exceptions }) => exceptions);
}
// src/policy/identity-pattern.ts
/** No identity is longer, so no pattern for one need be. */
const MAX_LENGTH = 2048;
/** What is wrong with a regular expression for identities, as a phrase that follows it; undefined when cosign (RE2, anchored by us as `^(?:…)$`) and JavaScript read it alike. https://github.com/google/re2/wiki/Syntax */
function findPatternFlaw(text) {
	if (text.length > MAX_LENGTH) return `has more than ${MAX_LENGTH} characters`;
	try {
		new RegExp(text, "u");
	} catch {
		return "is no regular expression";
	}
	let isInClass = false;
	for (let i = 0; i < text.length; i++) {
		const char = text[i];
		if (char === "\\") {
			i++;
			if (/[1-9k]/.test(text[i] ?? "")) return "refers back to a group, which RE2 cannot";
		} else if (isInClass) isInClass = char !== "]";
		else if (char === "[") isInClass = true;
		else if (/^\(\?<?[=!]/.test(text.slice(i, i + 4))) return "looks ahead or behind, which RE2 cannot";
	}
}
// src/inputs/trust-inputs.ts
const CERTIFICATE_INPUTS = [
	"certificate-identity",
	"certificate-identity-regexp",
	"certificate-oidc-issuer",
	"certificate-oidc-issuer-regexp",
	"certificate-github-workflow-repository"
];
/**
* Reads who is trusted from `key` and the `certificate-*` inputs, each with `prefix` before it (`source-`, or nothing).
* Undefined when none is given, and when one is wrong: that is a problem of `fields` then.
*/
async function readTrustAnchor(fields, prefix, context) {
	const given = CERTIFICATE_INPUTS.map((name) => `${prefix}${name}`).filter((name) => fields.isGiven(name));
	const key = fields.isGiven(`${prefix}key`) ? await readKeyAnchor(fields, `${prefix}key`, context) : void 0;
	if (given.length === 0) return key;
	if (fields.isGiven(`${prefix}key`)) {
		const fix = `Give either ${prefix}key, or an identity and its issuer. A policy can name several signers.`;
		fields.addProblem(`${prefix}key`, `is given beside ${given.join(", ")}.`, fix);
	}
	const certificate = readCertificateAnchor(fields, prefix, context);
	return key ?? certificate;
}
async function readKeyAnchor(fields, input, { files, env, transparencyLog }) {
	const text = fields.text(input);
	if (text.includes("-----BEGIN")) return readPem(fields, input, input, text, transparencyLog);
	if (isKmsUri(text)) return {
		kind: "key",
		name: text,
		transparencyLog,
		key: text
	};
	const variable = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
	if (variable !== void 0) {
		const pem = env[variable]?.trim();
		if (pem) return readPem(fields, input, text, pem, transparencyLog);
		const fix = `Give the step env: ${variable}: \${{ vars.${variable} }}.`;
		fields.addProblem(input, `names the variable ${variable}, which is empty or not set.`, fix);
		return;
	}
	if (/^[a-z0-9+.-]+:\/\//i.test(text)) {
		fields.addProblem(input, `names ${text.split(":")[0]}://, which this release does not use.`, "Use a file, env://VARIABLE, or a KMS: awskms, gcpkms, azurekms, hashivault or k8s.");
		return;
	}
	const file = await readFor(`input ${input}`, () => files.readPolicy(text));
	if ("problem" in file) fields.addProblems([file.problem]);
	else if (file.text !== void 0) return readPem(fields, input, text, file.text, transparencyLog);
	else fields.addProblem(input, `names ${text}, which does not exist.`, "Check the path, and that actions/checkout ran before this step.");
}
/** A public key in PEM. What is none is never shown: it may be the private half, put there by mistake. */
function readPem(fields, input, name, text, transparencyLog) {
	const flaw = findKeyFlaw(text);
	if (flaw === void 0) return {
		kind: "key",
		name,
		transparencyLog,
		key: `${text.trim()}\n`
	};
	const holder = name === input ? "" : `names ${name}, which `;
	fields.addProblem(input, `${holder}holds ${flaw}.`, "Give the public key in PEM, as cosign.pub holds it: cosign public-key --key KEY writes it.");
}
/** What a text holds that is no public key in PEM, as a phrase after `holds`; it never quotes it. Undefined for a public key. */
function findKeyFlaw(text) {
	if (text.includes("PRIVATE KEY")) return "a private key, where a public one belongs";
	const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = ""]) => label);
	if (blocks.length > 1) return `${blocks.length} PEM blocks, where one public key belongs`;
	if (blocks[0] === void 0) return "no public key in PEM";
	if (!blocks[0].endsWith("PUBLIC KEY")) return `a ${blocks[0].toLowerCase()}, and no public key`;
	try {
		return findKindFlaw(createPublicKey(text));
	} catch {
		return "a public key that cannot be read";
	}
}
/** The kinds that cosign verifies with, which is what ran: of a curve other than P-256 too, where the signature is over a SHA-256. It cannot load any other. */
const CURVES = [
	"prime256v1",
	"secp384r1",
	"secp521r1",
	"secp224r1"
];
function findKindFlaw({ asymmetricKeyType: type, asymmetricKeyDetails }) {
	const curve = asymmetricKeyDetails?.namedCurve;
	if (type === "rsa" || type === "ed25519" || type === "ec" && CURVES.includes(curve)) return void 0;
	return `a public key that cosign cannot verify with (${curve ?? type ?? "of no known kind"})`;
}
function readCertificateAnchor(fields, prefix, context) {
	const identity = readMatch(fields, `${prefix}certificate-identity`);
	const issuer = readMatch(fields, `${prefix}certificate-oidc-issuer`);
	const input = `${prefix}certificate-github-workflow-repository`;
	const repository = fields.text(input) || void 0;
	if (repository !== void 0 && !/^[A-Za-z0-9][\w.-]*\/[\w.-]+$/.test(repository)) fields.addProblem(input, `is ${JSON.stringify(repository)}, which is no repository.`, "Write owner/name.");
	if (identity === void 0 || issuer === void 0) return void 0;
	if (repository === void 0) refuseForeignWorkflow(fields, prefix, identity, context.repository);
	return {
		kind: "certificate",
		name: identity.text,
		transparencyLog: context.transparencyLog,
		identity,
		issuer,
		...repository === void 0 ? {} : { repository }
	};
}
/** Exactly one of the plain input and its `-regexp`. */
function readMatch(fields, input) {
	const [exact, pattern] = [fields.text(input), fields.text(`${input}-regexp`)];
	if (exact === "" && pattern === "") {
		const fix = `Set ${input} or ${input}-regexp: an identity says nothing without who issued it.`;
		fields.addProblem(input, "is empty, and a certificate is trusted by its identity and its issuer.", fix);
		return;
	}
	if (exact !== "" && pattern !== "") {
		fields.addProblem(input, `is given beside ${input}-regexp.`, "Give one of the two.");
		return;
	}
	if (exact !== "") return {
		kind: "exact",
		text: exact
	};
	const flaw = findPatternFlaw(pattern);
	if (flaw === void 0) return {
		kind: "regexp",
		text: pattern
	};
	fields.addProblem(`${input}-regexp`, `${flaw}: ${JSON.stringify(pattern.slice(0, 200))}.`, "Write a regular expression in RE2 syntax; it must match all of the text, ^ and $ are not needed.");
}
/** A reusable workflow signs with the same identity for every repository that calls it: without the caller's name it would vouch for a stranger. */
function refuseForeignWorkflow(fields, prefix, identity, own) {
	if (identity.kind !== "exact" || own === void 0) return;
	const named = /^https:\/\/[^/]+\/([^/]+\/[^/]+)\/\.github\/workflows\//.exec(identity.text)?.[1];
	if (named === void 0 || named.toLowerCase() === own.toLowerCase()) return;
	fields.addProblem(`${prefix}certificate-identity`, `names a workflow of ${named}, and not for whom it signs: a reusable workflow has this identity for whoever calls it.`, `Set ${prefix}certificate-github-workflow-repository to the repository that called it, such as ${own}.`);
}
// src/inputs/sigstore-files.ts
/** What the media type of each file has in its name, where it says one; https://github.com/sigstore/protobuf-specs */
const KINDS = {
	"signing-config": {
		key: "signature.signingConfig",
		word: "signingconfig",
		what: "signing configuration"
	},
	"trusted-root": {
		key: "signature.trustedRoot",
		word: "trustedroot",
		what: "trusted root"
	}
};
/** The text of a Sigstore file that the input or the policy names; undefined when neither does, or when it is a problem. */
async function readSigstoreFile(fields, named, input, path) {
	if (path === void 0) return void 0;
	const { key, word, what } = KINDS[input];
	const isGiven = fields.isGiven(input);
	const [file] = await named.readAll(isGiven ? input : "policy", [path], isGiven ? void 0 : key);
	if (file === void 0) return void 0;
	if (isSigstoreFile(file.text, word)) return file.text;
	const place = isGiven ? "" : ` in ${key}`;
	const fix = `Make one with cosign ${input} create.`;
	fields.addProblem(isGiven ? input : "policy", `names ${path}${place}, which is no Sigstore ${what}.`, fix);
}
function isSigstoreFile(text, word) {
	try {
		const json = JSON.parse(text);
		if (typeof json !== "object" || json === null || Array.isArray(json)) return false;
		const { mediaType } = json;
		return mediaType === void 0 || typeof mediaType === "string" && mediaType.includes(word);
	} catch {
		return false;
	}
}
/** Refuses a trusted root without a log beside a signer of this role who counts only with an entry in one: nothing could ever verify. A signer whom the policy bounds by images or dates may not be asked at all, and is left to the run. */
function refuseRootWithoutLog(fields, root, role, policy, anchor) {
	if (root === void 0 || isNamingLog(root)) return;
	const asked = policy.signers.flatMap(({ signers }) => signers).filter((signer) => signer.role === role && (signer.images ?? signer.notBefore ?? signer.notAfter) === void 0).map(({ transparencyLog, name, key, identity, identityRegexp }) => ({
		transparencyLog,
		name: name ?? key ?? identity ?? identityRegexp ?? "a signer"
	}));
	const bound = [...anchor === void 0 ? [] : [anchor], ...asked].find(({ transparencyLog }) => transparencyLog);
	if (bound === void 0) return;
	const isGiven = fields.isGiven("trusted-root");
	const message = `names no transparency log${isGiven ? "" : " in signature.trustedRoot"}, and ${bound.name} counts only with an entry in one.`;
	fields.addProblem(isGiven ? "trusted-root" : "policy", message, "Add the log to the trusted root, or say signature: { transparencyLog: false } in the policy.");
}
function isNamingLog(root) {
	const { tlogs } = JSON.parse(root);
	return Array.isArray(tlogs) && tlogs.length > 0;
}
/** The public keys in PEM of the signers that policies name, by their paths; of these roles, where they are given. */
async function readPolicyKeys(fields, named, policy, roles) {
	const files = await named.readAll("policy", listKeyFiles(policy, roles), "signers");
	for (const { path, text } of files) {
		const flaw = findKeyFlaw(text);
		const fix = "Give the public key in PEM, as cosign.pub holds it.";
		if (flaw !== void 0) fields.addProblem("policy", `names ${path} in signers, which holds ${flaw}.`, fix);
	}
	return new Map(files.map(({ path, text }) => [path, `${text.trim()}\n`]));
}
// src/policy/defaults.ts
/** Tags that move: what they name today says nothing about tomorrow. */
const DEFAULT_FORBIDDEN_TAGS = [
	"latest",
	"stable",
	"main",
	"master",
	"edge",
	"nightly"
];
/** What holds for the scan where no policy says anything. */
const SCAN_DEFAULTS = {
	mode: "enforce",
	severity: ["CRITICAL"],
	ignoreUnfixed: false,
	databases: ["mirror.gcr.io/aquasec/trivy-db:2", "ghcr.io/aquasecurity/trivy-db:2"],
	javaDatabases: ["mirror.gcr.io/aquasec/trivy-java-db:1", "ghcr.io/aquasecurity/trivy-java-db:1"],
	maxDatabaseAge: 1728e5,
	from: "image"
};
// src/policy/environment.ts
/** Puts the chosen environment over a policy: key by key, not section by section. */
function resolveEnvironment({ name, policy }, environment) {
	const chosen = environment === void 0 ? void 0 : environmentsOf(policy).get(environment);
	if (chosen === void 0) return {
		name,
		sections: policy,
		targetsOf: void 0
	};
	const { targets: _targets, ...overlay } = chosen;
	const targets = targetsSection(chosen);
	return {
		name,
		sections: replaceKeys(policy, targets === void 0 ? overlay : {
			...overlay,
			targets
		}),
		targetsOf: targets?.allow === void 0 ? void 0 : environment
	};
}
/** The targets that each environment of a policy calls its own. */
function listClaims({ name, policy }) {
	return [...environmentsOf(policy)].flatMap(([environment, overlay]) => {
		const patterns = targetsSection(overlay)?.allow;
		return patterns === void 0 ? [] : [{
			policy: name,
			environment,
			patterns
		}];
	});
}
/** An environment that no policy knows is wrong use; where policies speak of no environment at all, it is only a label. */
function findUnknownEnvironment(policies, environment) {
	if (environment === void 0) return [];
	const where = "input environment";
	if (policies.length === 0) return [{
		where,
		message: `names ${environment}, and there is no policy.`,
		fix: "Add .github/promote-image.yml, or name one with the policy input."
	}];
	const known = new Set(policies.flatMap(({ policy }) => [...environmentsOf(policy).keys()]));
	const speaking = policies.filter(({ policy }) => policy.environments !== void 0).map(({ name }) => name);
	if (speaking.length === 0 || known.has(environment)) return [];
	const names = known.size === 0 ? "none" : [...known].join(", ");
	return [{
		where,
		message: `names ${JSON.stringify(environment)}, which ${speaking.join(" and ")} ${speaking.length === 1 ? "does" : "do"} not define.`,
		fix: `Defined: ${names}.`
	}];
}
function environmentsOf(policy) {
	return new Map(Object.entries(policy.environments ?? {}));
}
function targetsSection({ targets }) {
	return Array.isArray(targets) ? { allow: targets } : targets;
}
function replaceKeys(below, above) {
	const merged = { ...below };
	for (const [section, value] of Object.entries(above)) {
		if (value === void 0) continue;
		const beneath = merged[section];
		merged[section] = isRecord(value) && isRecord(beneath) ? {
			...beneath,
			...value
		} : value;
	}
	return merged;
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/policy/least-age.ts
/** For each predicate type, the least `maxAge` that any policy states for it: of all environments, since what one stage attaches is held against the requirements of the next. */
function findLeastAges(policies) {
	const required = policies.flatMap(({ policy }) => [policy, ...Object.values(policy.environments ?? {})]).flatMap(({ attestations }) => attestations?.require ?? []);
	const least = /* @__PURE__ */ new Map();
	for (const { type, maxAge } of required) if (maxAge !== void 0) least.set(type, Math.min(maxAge, least.get(type) ?? maxAge));
	return least;
}
/** True when what is there is still good for a while: younger than half of what any policy allows, by what both say of when they were made. Where no policy limits the age of its type, it always is. */
function isFresh({ type, found, wanted }, maxAges) {
	const maxAge = maxAges.get(type);
	if (maxAge === void 0) return true;
	const [then, now] = [found, wanted].map((predicate) => readPredicateTime(type, predicate));
	if (then?.kind !== "known" || now?.kind !== "known") return false;
	return Math.abs(now.time.getTime() - then.time.getTime()) < maxAge / 2;
}
// src/policy/image-rules.ts
/** What an image reference of a workload file can break; public names, in the output `findings` of check. The worst come first. */
const IMAGE_RULES = [
	"not-promoted",
	"unsigned",
	"digest-not-found",
	"vulnerable",
	"registry-not-allowed",
	"no-digest",
	"no-tag",
	"floating-tag",
	"implicit-registry",
	"invalid-reference",
	"unresolved-variable"
];
/** What an image must have at its registry, from nothing to all of it. */
const IMAGE_VERIFICATIONS = [
	"off",
	"exists",
	"signed",
	"promoted"
];
// src/policy/stated.ts
/** The keys of a policy that are merged one by one, and where each stands. */
const PICK = {
	"sources.allow": (p) => p.sources?.allow,
	"targets.allow": (p) => p.targets?.allow,
	"targets.forbidTags": (p) => p.targets?.forbidTags,
	"targets.channels": (p) => p.targets?.channels,
	"images.allow": (p) => p.images?.allow,
	"images.requireDigest": (p) => p.images?.requireDigest,
	"images.forbidTags": (p) => p.images?.forbidTags,
	"images.verify": (p) => p.images?.verify,
	"images.scan": (p) => p.images?.scan,
	"images.exceptions": (p) => p.images?.exceptions,
	"scan.mode": (p) => p.scan?.mode,
	"scan.severity": (p) => p.scan?.severity,
	"scan.ignoreUnfixed": (p) => p.scan?.ignoreUnfixed,
	"scan.ignore": (p) => p.scan?.ignore,
	"scan.vex": (p) => p.scan?.vex,
	"scan.allowIncomplete": (p) => p.scan?.allowIncomplete,
	"scan.databases": (p) => p.scan?.databases,
	"scan.javaDatabases": (p) => p.scan?.javaDatabases,
	"scan.maxDatabaseAge": (p) => p.scan?.maxDatabaseAge,
	"scan.from": (p) => p.scan?.from,
	signers: (p) => p.signers,
	"attestations.require": (p) => p.attestations?.require,
	"signature.format": (p) => p.signature?.format,
	"signature.transparencyLog": (p) => p.signature?.transparencyLog,
	"signature.signingConfig": (p) => p.signature?.signingConfig,
	"signature.trustedRoot": (p) => p.signature?.trustedRoot,
	upload: (p) => p.upload,
	"registries.insecure": (p) => p.registries?.insecure,
	"registries.ca": (p) => p.registries?.ca
};
/** What a policy can only mean when its findings refuse; an input beside it may not loosen the gate. */
const GATING_KEYS = [
	"scan.mode",
	"scan.severity",
	"scan.ignoreUnfixed",
	"scan.ignore",
	"scan.from"
];
/** All that a policy says of the gate: one that states any of these speaks for the whole of it, against other policies. */
const GATE_KEYS = [
	...GATING_KEYS,
	"scan.vex",
	"scan.allowIncomplete",
	"scan.maxDatabaseAge"
];
/** All that a policy says of workload files. */
const IMAGE_KEYS = [
	"images.allow",
	"images.requireDigest",
	"images.forbidTags",
	"images.verify",
	"images.scan",
	"images.exceptions"
];
/** What each policy that states a key says for it. */
function readStatements(policies, key) {
	return policies.flatMap(({ name, sections }) => {
		const value = PICK[key](sections);
		return value === void 0 ? [] : [{
			policy: name,
			value
		}];
	});
}
/** Who states what. */
function listStated(policies) {
	const entries = Object.keys(PICK).map((key) => [key, readStatements(policies, key).map(({ policy }) => policy)]);
	return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}
// src/policy/strictest.ts
const MODES$1 = [
	"enforce",
	"report",
	"off"
];
/** Everything that any of the lists names, each entry once. */
function unite(lists) {
	return [...new Set(lists.flatMap(({ value }) => value))];
}
/** What every list names, in the order of the first. */
function intersect(lists) {
	const [first, ...rest] = lists;
	return [...new Set(first?.value ?? [])].filter((entry) => rest.every(({ value }) => value.includes(entry)));
}
/** The strictest mode that is stated, or undefined. */
function pickMode(statements) {
	return MODES$1.find((mode) => statements.some(({ value }) => value === mode));
}
/** The exceptions that every policy makes: same vulnerability and package, where one that names no package covers each; the earliest day counts. */
function intersectIgnored(lists) {
	return intersectEntries(lists, (a, b) => {
		if (a.id !== b.id) return void 0;
		if (a.package !== void 0 && b.package !== void 0 && a.package !== b.package) return void 0;
		return {
			...a,
			package: a.package ?? b.package
		};
	}).map(({ entry, source }) => ({
		id: entry.id,
		packages: entry.package === void 0 ? [] : [entry.package],
		reason: entry.reason,
		expires: entry.expires,
		endsAt: endOfDay(entry.expires) ?? 0,
		source
	}));
}
/** The allowances that every policy makes: same pattern and platform; the earliest day counts. */
function intersectAllowed(lists) {
	return intersectEntries(lists, (a, b) => a.image === b.image && a.platform === b.platform ? a : void 0).map(({ entry, source }) => ({
		...entry,
		source
	}));
}
/** The entries that every list makes, with all their reasons and the earliest day; `meet` says what two of them have in common, if anything. */
function intersectEntries(lists, meet) {
	const [first, ...rest] = lists.map(({ policy, value }) => value.map((entry) => ({
		entry,
		source: policy
	})));
	return rest.reduce((common, list) => common.flatMap((a) => list.flatMap((b) => {
		const entry = meet(a.entry, b.entry);
		if (entry === void 0) return [];
		const reason = [.../* @__PURE__ */ new Set([a.entry.reason, b.entry.reason])].join("; ");
		const expires = a.entry.expires < b.entry.expires ? a.entry.expires : b.entry.expires;
		return [{
			entry: {
				...entry,
				reason,
				expires
			},
			source: `${a.source}, ${b.source}`
		}];
	})), first ?? []);
}
// src/policy/merge-images.ts
/** What workload files may name: of what several policies state for a key, the strictest. */
function mergeImages(resolved) {
	const digests = readStatements(resolved, "images.requireDigest");
	const tags = readStatements(resolved, "images.forbidTags");
	const wanted = readStatements(resolved, "images.verify").map(({ value }) => value);
	return {
		allow: readStatements(resolved, "images.allow").map(({ policy, value }) => ({
			policy,
			patterns: value
		})),
		requireDigest: digests.length === 0 || digests.some(({ value }) => value),
		forbidTags: tags.length === 0 ? DEFAULT_FORBIDDEN_TAGS : unite(tags),
		verify: IMAGE_VERIFICATIONS.findLast((each) => wanted.includes(each)) ?? "off",
		scan: pickMode(readStatements(resolved, "images.scan")) ?? "off",
		exceptions: intersectExceptions(readStatements(resolved.map(speakForImages), "images.exceptions"))
	};
}
/** A policy that is content with a signature by its own signers must not lose them to another that asks for promotions: only signers of promotions are asked then. */
function findImageGaps(resolved) {
	if (mergeImages(resolved).verify !== "promoted") return [];
	const signed = new Set(readStatements(resolved, "images.verify").filter(({ value }) => value === "signed").map(({ policy }) => policy));
	return resolved.filter(({ name, sections }) => signed.has(name) && !sections.signers?.some(({ role }) => role === "promotion")).map(({ name }) => ({
		where: name,
		message: "images.verify: it is signed, another policy makes it promoted, and this one names no signer of that role.",
		fix: `Add a signer with role: promotion to signers in ${name}.`
	}));
}
/** A policy that speaks of images and makes no exception allows none, whatever another beside it says. */
function speakForImages(policy) {
	const { images } = policy.sections;
	if (images === void 0) return policy;
	return {
		...policy,
		sections: {
			...policy.sections,
			images: {
				exceptions: [],
				...images
			}
		}
	};
}
/** The exceptions that every policy makes: same image and rule; the earliest day counts. */
function intersectExceptions(lists) {
	return intersectEntries(lists, (a, b) => a.image === b.image && a.rule === b.rule ? a : void 0).map(({ entry, source }) => ({
		...entry,
		endsAt: endOfDay(entry.expires) ?? 0,
		source
	}));
}
// src/policy/merge-trust.ts
/** A list per policy. What a signer leaves out is settled by its own policy, so that no other can let it do without the log. */
function mergeSigners(resolved) {
	return resolved.flatMap(({ name, sections }) => {
		const { signers, signature } = sections;
		if (signers === void 0) return [];
		const transparencyLog = signature?.transparencyLog ?? true;
		return [{
			policy: name,
			signers: signers.map((signer) => ({
				...signer,
				transparencyLog: signer.transparencyLog ?? transparencyLog
			}))
		}];
	});
}
/** Everything that any policy requires: the same twice is held against each policy's own conditions. */
function mergeAttestations(resolved) {
	return readStatements(resolved, "attestations.require").flatMap(({ policy, value }) => value.map((required) => ({
		...required,
		policy
	})));
}
/** Every form that any policy asks for, and the log as soon as one does. */
function mergeSignature(resolved) {
	const speaking = resolved.map(speakForSignature);
	const formats = readStatements(speaking, "signature.format").map(({ value }) => value);
	const logs = readStatements(speaking, "signature.transparencyLog");
	const [signingConfig] = readStatements(resolved, "signature.signingConfig");
	const [trustedRoot] = readStatements(resolved, "signature.trustedRoot");
	return {
		format: uniteFormats(formats),
		transparencyLog: logs.length === 0 || logs.some(({ value }) => value),
		...signingConfig === void 0 ? {} : { signingConfig: signingConfig.value },
		...trustedRoot === void 0 ? {} : { trustedRoot: trustedRoot.value }
	};
}
/** Both, where the forms differ; bundle where none is named. */
function uniteFormats(formats) {
	const [first = "bundle", ...rest] = new Set(formats);
	return rest.length === 0 ? first : "both";
}
/** What cannot be decided by taking the strictest: two services, a root that only some policies name, a signer that nobody names. */
function findTrustGaps(resolved, policy) {
	return [
		...findTwo(readStatements(resolved, "signature.signingConfig"), "signature.signingConfig"),
		...findTwo(readStatements(resolved, "signature.trustedRoot"), "signature.trustedRoot"),
		...findBorrowedRoot(resolved, policy),
		...findNoSigner(policy)
	];
}
/** True for two ways to write the same path. */
function isSamePath(a, b) {
	const [plainA, plainB] = [a, b].map((path) => path.replace(/^(?:\.\/+)+/, ""));
	return plainA === plainB;
}
/** True when what a signer signs is checked with the trusted root: its certificate, or its entry in the log. */
function needsRoot({ key, transparencyLog }) {
	return key === void 0 || transparencyLog;
}
/** A policy that says how to sign, and not in which form or whether with the log, means the default, so that another beside it cannot take that away. */
function speakForSignature(policy) {
	const { signature } = policy.sections;
	if (signature === void 0) return policy;
	const spoken = {
		format: "bundle",
		transparencyLog: true,
		...signature
	};
	return {
		...policy,
		sections: {
			...policy.sections,
			signature: spoken
		}
	};
}
function findTwo(statements, key) {
	const [first, ...rest] = statements;
	const other = first === void 0 ? void 0 : rest.find(({ value }) => !isSamePath(value, first.value));
	if (first === void 0 || other === void 0) return [];
	const message = `${key}: ${first.policy} names ${first.value}, and ${other.policy} names ${other.value}.`;
	return [{
		where: `${first.policy}, ${other.policy}`,
		message,
		fix: "Name the same file in both."
	}];
}
/** A root decides whose certificates count: a policy whose signers rest on the public one must not find another under them. */
function findBorrowedRoot(resolved, { signers, signature }) {
	const { trustedRoot } = signature;
	if (trustedRoot === void 0) return [];
	const naming = new Set(readStatements(resolved, "signature.trustedRoot").map(({ policy }) => policy));
	return signers.filter((list) => !naming.has(list.policy) && list.signers.some(needsRoot)).map(({ policy }) => ({
		where: policy,
		message: `signature.trustedRoot: it names none, and ${[...naming].join(" and ")} would put ${trustedRoot} under its signers.`,
		fix: `Add signature.trustedRoot: ${trustedRoot} to ${policy} too.`
	}));
}
/** Signers of sources may also come from the inputs: those are looked for when the inputs are known. */
function findNoSigner({ attestations, signers }) {
	return attestations.filter(({ role }) => role !== "source").flatMap((required) => describeNoSigner(required, signers));
}
/** What is wrong with a requirement whose role no policy names a signer of. */
function describeNoSigner({ policy, type, role }, lists) {
	if (lists.some(({ signers }) => signers.some((signer) => signer.role === role))) return [];
	return [{
		where: policy,
		message: `attestations.require: ${type} must be signed as ${role}, and no policy names a signer of that role.`,
		fix: `Add a signer with role: ${role} to signers.`
	}];
}
// src/policy/merge.ts
/** Puts policies, the chosen environment and the defaults together. Of what several policies state for a key, the strictest wins; a policy that does not state it has no say in it. */
function mergePolicies(policies, environment) {
	const resolved = policies.map((policy) => resolveEnvironment(policy, environment));
	const policy = {
		policies: policies.map(({ name }) => name),
		environment,
		sources: { allow: toAllowLists(readStatements(resolved, "sources.allow")) },
		targets: {
			allow: resolved.flatMap(toTargetList),
			forbidTags: mergeForbiddenTags(readStatements(resolved.map(speakForTags), "targets.forbidTags")),
			channels: intersect(readStatements(resolved.map(speakForTags), "targets.channels")),
			claims: policies.flatMap(listClaims)
		},
		images: mergeImages(resolved),
		scan: mergeScan(resolved.map(speakForGate)),
		signers: mergeSigners(resolved),
		attestations: mergeAttestations(resolved),
		maxAges: findLeastAges(policies),
		signature: mergeSignature(resolved),
		upload: pickUpload(readStatements(resolved, "upload")),
		registries: {
			insecure: intersect(readStatements(resolved, "registries.insecure")),
			ca: unite(readStatements(resolved, "registries.ca").map(({ policy, value }) => ({
				policy,
				value: [value].flat()
			})))
		},
		stated: listStated(resolved)
	};
	return {
		policy,
		problems: [...[
			...findUnknownEnvironment(policies, environment),
			...findNoMirror(policy),
			...findImageGaps(resolved)
		], ...findTrustGaps(resolved, policy)]
	};
}
function mergeScan(resolved) {
	const severity = unite(readStatements(resolved, "scan.severity"));
	const databases = readStatements(resolved, "scan.databases");
	const javaDatabases = readStatements(resolved, "scan.javaDatabases");
	const ages = readStatements(resolved, "scan.maxDatabaseAge").map(({ value }) => value);
	const unfixed = readStatements(resolved, "scan.ignoreUnfixed");
	return {
		mode: pickMode(readStatements(resolved, "scan.mode")) ?? SCAN_DEFAULTS.mode,
		severity: severity.length === 0 ? SCAN_DEFAULTS.severity : SEVERITIES.filter((entry) => severity.includes(entry)),
		ignoreUnfixed: unfixed.length === 0 ? SCAN_DEFAULTS.ignoreUnfixed : unfixed.every(({ value }) => value),
		ignore: intersectIgnored(readStatements(resolved, "scan.ignore")),
		vex: intersect(readStatements(resolved, "scan.vex")),
		allowIncomplete: intersectAllowed(readStatements(resolved, "scan.allowIncomplete")),
		databases: databases.length === 0 ? SCAN_DEFAULTS.databases : intersect(databases),
		javaDatabases: javaDatabases.length === 0 ? SCAN_DEFAULTS.javaDatabases : intersect(javaDatabases),
		maxDatabaseAge: ages.length === 0 ? SCAN_DEFAULTS.maxDatabaseAge : Math.min(...ages),
		from: pickFrom(readStatements(resolved, "scan.from"))
	};
}
/**
* A policy that says what refuses also means that it refuses: what it leaves out of its gate counts as the default, so
* that another policy beside it cannot switch the scan off or make exceptions of its own.
*/
function speakForGate(policy) {
	if (GATE_KEYS.every((key) => readStatements([policy], key).length === 0)) return policy;
	const { mode, ignoreUnfixed, maxDatabaseAge, from } = SCAN_DEFAULTS;
	const silence = {
		mode,
		ignoreUnfixed,
		maxDatabaseAge,
		from,
		ignore: [],
		vex: [],
		allowIncomplete: []
	};
	return {
		...policy,
		sections: {
			...policy.sections,
			scan: {
				...silence,
				...policy.sections.scan
			}
		}
	};
}
/** Likewise, a policy that speaks of targets and names no forbidden tags means the usual ones, but for its own channels; and one that names no channels lets nothing move. */
function speakForTags(policy) {
	const { targets } = policy.sections;
	if (targets === void 0) return policy;
	const { channels = [] } = targets;
	const own = new Set(channels.map((tag) => tag.toLowerCase()));
	const { forbidTags = DEFAULT_FORBIDDEN_TAGS.filter((tag) => !own.has(tag)) } = targets;
	return {
		...policy,
		sections: {
			...policy.sections,
			targets: {
				...targets,
				channels,
				forbidTags
			}
		}
	};
}
/** The weaker evidence only where nobody asks for the image. */
function pickFrom(statements) {
	if (statements.length === 0) return SCAN_DEFAULTS.from;
	return statements.every(({ value }) => value === "sbom") ? "sbom" : "image";
}
/** Early only where nobody who speaks of it asks for late. */
function pickUpload(statements) {
	return statements.length > 0 && statements.every(({ value }) => value === "during-gates") ? "during-gates" : "after-gates";
}
function findNoMirror({ scan, stated }) {
	return ["databases", "javaDatabases"].flatMap((key) => {
		if (scan[key].length > 0) return [];
		return [{
			where: (stated[`scan.${key}`] ?? []).join(", "),
			message: `scan.${key}: these policies have no mirror in common.`,
			fix: "Name one mirror in all of them."
		}];
	});
}
function toAllowLists(statements) {
	return statements.map(({ policy, value }) => ({
		policy,
		patterns: value
	}));
}
function toTargetList({ name, sections, targetsOf }) {
	const patterns = sections.targets?.allow;
	if (patterns === void 0) return [];
	return [{
		policy: name,
		patterns,
		...targetsOf === void 0 ? {} : { environment: targetsOf }
	}];
}
function mergeForbiddenTags(statements) {
	return statements.length === 0 ? DEFAULT_FORBIDDEN_TAGS : unite(statements);
}
// src/policy/tighten-trust.ts
/** How the target is signed once the inputs are laid over the policy. What the policy names stays; inputs beside it are only accepted when they name the same. */
function tightenSignature({ signature }, inputs) {
	const signingConfig = signature.signingConfig ?? inputs.signingConfig;
	const trustedRoot = signature.trustedRoot ?? inputs.trustedRoot;
	return {
		format: inputs.signatureFormat ?? signature.format,
		transparencyLog: signature.transparencyLog,
		...signingConfig === void 0 ? {} : { signingConfig },
		...trustedRoot === void 0 ? {} : { trustedRoot }
	};
}
/** Every way in which these inputs would take away what a policy asks for. */
function findLooserTrust(policy, inputs) {
	return [
		...judgeFormat(policy, inputs),
		...judgeFile(policy, "signing-config", "signingConfig", inputs.signingConfig),
		...judgeFile(policy, "trusted-root", "trustedRoot", inputs.trustedRoot),
		...judgeRoot(policy, inputs),
		...judgeSourceSigner(policy, inputs)
	];
}
/** An input may add a form to those of the policy. */
function judgeFormat({ signature, stated }, { signatureFormat }) {
	const names = stated["signature.format"];
	if (names === void 0 || signatureFormat === void 0) return [];
	if (signatureFormat === signature.format || signatureFormat === "both") return [];
	return [{
		where: "input signature-format",
		message: `is ${signatureFormat}, and ${names.join(" and ")} ${names.length === 1 ? "asks" : "ask"} for ${signature.format} in signature.format.`,
		fix: `Write ${signature.format === "both" ? "both" : `${signature.format} or both`}, or leave the input out.`
	}];
}
function judgeFile({ signature, stated }, input, key, given) {
	const named = signature[key];
	if (named === void 0 || given === void 0 || isSamePath(named, given)) return [];
	const names = stated[`signature.${key}`] ?? [];
	const message = `names ${given}, and ${names.join(" and ")} ${names.length === 1 ? "names" : "name"} ${named} in signature.${key}.`;
	return [{
		where: `input ${input}`,
		message,
		fix: "Leave the input out, or change the policy."
	}];
}
/** Who picks the root picks whose certificates and logs count: for the signers of a policy, only a policy does. */
function judgeRoot({ signature, signers }, { trustedRoot }) {
	if (trustedRoot === void 0 || signature.trustedRoot !== void 0) return [];
	const names = signers.filter((list) => list.signers.some(needsRoot)).map(({ policy }) => policy);
	if (names.length === 0) return [];
	return [{
		where: "input trusted-root",
		message: `would decide whose certificates and log entries count for the signers of ${names.join(" and ")}.`,
		fix: `Put signature.trustedRoot: ${trustedRoot} into the policy.`
	}];
}
function judgeSourceSigner({ attestations, signers }, { hasSourceAnchor }) {
	if (hasSourceAnchor !== false) return [];
	return attestations.filter(({ role }) => role === "source").flatMap((required) => describeNoSigner(required, signers));
}
// src/policy/tighten.ts
/** From strict to weak. */
const MODES = [
	"enforce",
	"report",
	"off"
];
/** Lays the inputs over the policy. Where a policy states a key, the input may only be stricter; where none does, the input decides. */
function tighten(policy, inputs) {
	const { scan } = policy;
	const tightened = {
		...scan,
		mode: inputs.scan ?? scan.mode,
		severity: inputs.severity ?? scan.severity,
		ignoreUnfixed: inputs.ignoreUnfixed ?? scan.ignoreUnfixed
	};
	const problems = [
		...judgeSeverity(policy, inputs),
		...judgeUnfixed(policy, inputs),
		...judgeMode(policy, inputs),
		...judgeUpload(policy, inputs),
		...judgeSigning(policy, inputs),
		...judgeIgnoreFiles(policy, inputs),
		...findLooserTrust(policy, inputs)
	];
	const upload = inputs.upload ?? policy.upload;
	return {
		policy: {
			...policy,
			scan: tightened,
			upload,
			signature: tightenSignature(policy, inputs)
		},
		problems
	};
}
function judgeSeverity({ scan, stated }, { severity }) {
	const names = stated["scan.severity"];
	if (names === void 0 || severity === void 0) return [];
	const missing = scan.severity.filter((entry) => !severity.includes(entry));
	if (missing.length === 0) return [];
	const wanted = SEVERITIES.filter((entry) => severity.includes(entry) || scan.severity.includes(entry));
	return [{
		where: "input severity",
		message: `leaves out ${missing.join(", ")}, which ${list(names)} in scan.severity.`,
		fix: `Write ${wanted.join(",")}, or leave the input out.`
	}];
}
function judgeUnfixed({ scan, stated }, { ignoreUnfixed }) {
	const key = GATING_KEYS.find((candidate) => stated[candidate] !== void 0);
	if (key === void 0 || scan.ignoreUnfixed || ignoreUnfixed !== true) return [];
	const names = stated["scan.ignoreUnfixed"];
	return [{
		where: "input ignore-unfixed",
		message: names === void 0 ? `is true, and ${list(stated[key] ?? [])} ${key}, which counts what has no fix as well.` : `is true, and ${list(names)} scan.ignoreUnfixed: false.`,
		fix: "Leave the input out, or change the policy."
	}];
}
/** A policy that says what refuses without saying that it refuses still means the default, enforce. */
function judgeMode({ scan, stated }, { scan: mode }) {
	const key = GATING_KEYS.find((candidate) => stated[candidate] !== void 0);
	if (key === void 0 || mode === void 0 || MODES.indexOf(mode) <= MODES.indexOf(scan.mode)) return [];
	return [{
		where: "input scan",
		message: `is ${mode}, weaker than ${scan.mode}: ${list(stated[key] ?? [])} ${key}.`,
		fix: "Leave the input out, or set scan.mode in the policy."
	}];
}
function judgeUpload({ upload, stated }, inputs) {
	const names = stated.upload;
	if (names === void 0 || upload !== "after-gates" || inputs.upload !== "during-gates") return [];
	return [{
		where: "input upload",
		message: `is during-gates, and ${list(names)} upload: after-gates.`,
		fix: "Leave the input out, or change the policy."
	}];
}
/** A policy that says how signatures are made, or whose signature a promotion carries, wants them. */
function judgeSigning(policy, { sign, attest }) {
	return [...judgeUnsigned(policy, "sign", sign), ...judgeUnsigned(policy, "attest", attest)];
}
function judgeUnsigned({ signature, signers, stated }, input, value) {
	if (value) return [];
	const promoters = signers.filter((list) => list.signers.some(({ role }) => role === "promotion"));
	const isSigned = input === "sign";
	const demand = [
		{
			key: "signature.format",
			names: isSigned ? stated["signature.format"] : void 0
		},
		{
			key: "signature.transparencyLog",
			names: isSigned && signature.transparencyLog ? stated["signature.transparencyLog"] : void 0
		},
		{
			key: "signers",
			names: promoters.length === 0 ? void 0 : promoters.map(({ policy }) => policy)
		}
	].find(({ names }) => names !== void 0);
	if (demand === void 0) return [];
	const message = `is false, and ${list(demand.names ?? [])} ${demand.key}.`;
	return [{
		where: `input ${input}`,
		message,
		fix: `Leave the input out, or remove ${demand.key} from the policy.`
	}];
}
function judgeIgnoreFiles({ stated }, { hasIgnoreFiles }) {
	const key = GATING_KEYS.find((candidate) => stated[candidate] !== void 0);
	if (key === void 0 || !hasIgnoreFiles) return [];
	return [{
		where: "input trivyignores",
		message: `would loosen the policy: ${list(stated[key] ?? [])} ${key}.`,
		fix: "Put the entries into the policy's scan.ignore, each with reason and expires."
	}];
}
function list(names) {
	return `${names.join(" and ")} ${names.length === 1 ? "states" : "state"}`;
}
// src/inputs/registry-auth.ts
/** Reads the input `registry-auth`, a YAML list of logins, by registry host. No problem quotes a secret. */
async function readRegistryAuth(fields) {
	const text = fields.secret("registry-auth");
	if (text.trim() === "") return /* @__PURE__ */ new Map();
	const problem = "Write a YAML list with registry, username and password in each entry, each of them in quotes.";
	const [{ parse: parseYaml }, { registryAuthSchema }] = await Promise.all([import("./dist.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1)), import("./registry-auth-schema.js")]);
	try {
		const parsed = registryAuthSchema.safeParse(parseYaml(text, { logLevel: "error" }));
		if (parsed.success) return new Map(parsed.data.map(({ registry, username, password }) => [registry.toLowerCase(), {
			username,
			password
		}]));
		for (const issue of parsed.error.issues) fields.addProblem("registry-auth", `entry ${issue.path.join(".")}: ${issue.message}.`, problem);
	} catch {
		fields.addProblem("registry-auth", "is not YAML.", problem);
	}
	return /* @__PURE__ */ new Map();
}
// src/inputs/signing-key.ts
/** Reads `cosign-key`, and whether that key is there; the key itself is never looked at. A dry run signs nothing and may do without key or token. Undefined too when it is a problem. `unsigned` says how to do without a signature, as in `set attest: false`. */
async function readSigningKey(fields, dryRun, context, unsigned) {
	const text = fields.text("cosign-key");
	if (text.includes("-----BEGIN")) {
		fields.addProblem("cosign-key", "holds a key itself.", "Set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable: an input may be shown in logs.");
		return;
	}
	const key = parseSigningKey(text, context.workspace);
	switch (key?.kind) {
		case void 0:
			fields.addProblem("cosign-key", `names ${text.split(":")[0]}://, which this release does not use.`, `Use env://COSIGN_PRIVATE_KEY, a file, or a KMS: ${listKmsSchemes().join(", ")}.`);
			return;
		case "keyless": return readKeyless(fields, key, dryRun, context, unsigned);
		case "env":
			if (context.env[key.variable]) return key;
			if (dryRun) return void 0;
			fields.addProblem("cosign-key", `names the variable ${key.variable}, which is empty or not set.`, `Give the step env: ${key.variable}: \${{ secrets.${key.variable} }}.`);
			return key;
		case "file": {
			const file = await readFor("input cosign-key", () => context.files.readText(key.path));
			if ("problem" in file || file.text === void 0) fields.addProblem("cosign-key", `names the file ${text}, which cannot be read.`, "Check the path, or use env://COSIGN_PRIVATE_KEY.");
			return key;
		}
		default: return key;
	}
}
/** Without a key the workflow itself signs, and for that the job must be allowed to say who it is. */
function readKeyless(fields, key, dryRun, { identityToken }, unsigned) {
	if (identityToken !== void 0) return key;
	if (dryRun) return void 0;
	fields.addProblem("cosign-key", "is empty, and to sign without a key this job would need an identity token, which it cannot get.", `Give the job permissions: id-token: write, or set cosign-key: env://COSIGN_PRIVATE_KEY and give the step that variable, or ${unsigned}.`);
}
// src/host/machine/redactor.ts
const MIN_LENGTH = 4;
/** Of a piece of base64 that starts in the middle of a group: shorter ones could be anything. */
const MIN_PIECE = 8;
const HIDDEN = "***";
/** Starts without any secret. */
function createRedactor() {
	const known = /* @__PURE__ */ new Set();
	let pattern;
	return {
		add(secret) {
			const added = formsOf(secret).filter((form) => !known.has(form));
			for (const form of added) known.add(form);
			if (added.length > 0) pattern = void 0;
			return added;
		},
		redact(text) {
			if (known.size === 0) return text;
			pattern ??= new RegExp([...known].sort((a, b) => b.length - a.length).map(escapePattern).join("|"), "g");
			return hideCut(text.replace(pattern, HIDDEN), known);
		}
	};
}
/** A secret as it is, each of its lines, and how they look once JSON, a URL, a form or base64 holds them. */
function formsOf(secret) {
	const lines = secret.split(/\r?\n/).filter((line) => !/^-----(?:BEGIN|END) /.test(line));
	const spaced = stripControl(secret, { newlines: "space" }).replace(/\s+/g, " ");
	const whole = [
		secret,
		secret.trim(),
		spaced
	].flatMap((text) => [text, ...encodingsOf(text)]);
	const pieces = [secret, secret.trim()].flatMap(base64PiecesOf);
	const forms = [...[...whole, ...lines].map((form) => form.trim()).filter(isWorthHiding), ...pieces.filter((piece) => piece.length >= MIN_PIECE)];
	return [...new Set(forms)];
}
function isWorthHiding(form) {
	return form.length >= MIN_LENGTH && !/^-----(?:BEGIN|END) [A-Z ]+-----$/.test(form);
}
function encodingsOf(text) {
	if (!text.isWellFormed()) return [];
	const component = encodeURIComponent(text);
	const form = new URLSearchParams({ "": text }).toString().slice(1);
	const json = JSON.stringify(text).slice(1, -1);
	const bytes = Buffer.from(text);
	const base64 = bytes.toString("base64");
	const usual = [
		component,
		form,
		json,
		base64,
		base64.replace(/=+$/, ""),
		bytes.toString("base64url")
	];
	if (text.includes("\n")) return usual;
	const strict = component.replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	const unreserved = strict.replaceAll("%7E", "~");
	const urls = [
		component,
		strict,
		unreserved,
		unreserved.replace(/%(?:24|26|2B|2C|3B|3D)/g, (code) => decodeURIComponent(code)),
		form,
		encodeURI(text)
	];
	const lowerCase = urls.map((url) => url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
	const goJson = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
	return [
		...usual,
		...urls,
		...lowerCase,
		goJson,
		...HTML_QUOTES.map((quotes) => escapeHtml(text, quotes))
	];
}
/** How HTML writes the two quotation marks: Go and others by number, some by name. */
const HTML_QUOTES = [
	["&#34;", "&#39;"],
	["&quot;", "&#x27;"],
	["&quot;", "&#039;"]
];
function escapeHtml(text, [double, single]) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", double).replaceAll("'", single);
}
/** What of the base64 of a longer text, such as `user:password`, is the same wherever the secret stands in it. */
function base64PiecesOf(secret) {
	const bytes = Buffer.from(secret);
	return [
		0,
		1,
		2
	].flatMap((offset) => {
		const inside = bytes.subarray((3 - offset) % 3);
		const piece = inside.subarray(0, inside.length - inside.length % 3);
		return [piece.toString("base64"), piece.toString("base64url")];
	});
}
/** Hides the start of a secret where a text was cut to size in the middle of it. */
function hideCut(text, forms) {
	const parts = text.split("…");
	return parts.map((part, i) => {
		const cut = i === parts.length - 1 ? 0 : longestStart(part, forms);
		return cut === 0 ? part : `${part.slice(0, -cut)}${HIDDEN}`;
	}).join("…");
}
function longestStart(text, forms) {
	let longest = 0;
	for (const form of forms) for (let length = Math.min(form.length - 1, text.length); length >= MIN_LENGTH && length > longest; length--) if (text.endsWith(form.slice(0, length))) longest = length;
	return longest;
}
function escapePattern(text) {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
/** Runs tools as `exec` does, without secrets in what they say on standard error: it is quoted in errors, refusals and reports. */
function withRedactedErrors(exec, redact) {
	return async (command, signal) => {
		const result = await exec(command, signal);
		return {
			...result,
			stderr: redact(result.stderr)
		};
	};
}
// src/host/machine/cancel.ts
/** The run was ended from outside before it could decide. */
var CancelError = class extends DomainError {};
const SIGNALS = ["SIGINT", "SIGTERM"];
/** A longer timer would fire at once; https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** A runner kills what still lives 10 s after its first signal; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation */
const GRACE_MS = 5e3;
/** A runner that cancels a job sends SIGINT, then SIGTERM: both abort the run, which stops its children and ends as failed. */
function listenForCancel(graceMs = GRACE_MS) {
	const [asked, cutting] = [new AbortController(), new AbortController()];
	let held = 0;
	let deadline;
	let grace;
	const cutOff = () => cutting.abort(asked.signal.reason);
	const abort = (reason) => {
		if (asked.signal.aborted) return;
		asked.abort(reason);
		if (held === 0) cutOff();
		else grace = setTimeout(cutOff, graceMs);
	};
	const onSignal = (name) => abort(new CancelError("CANCELLED", `cancelled by ${name}`));
	for (const name of SIGNALS) process.on(name, onSignal);
	return {
		signal: asked.signal,
		cut: cutting.signal,
		setDeadline: (milliseconds, text) => {
			const error = new CancelError("TIMEOUT", `it took longer than the timeout of ${text}`, { hint: "Give timeout a longer duration, or look for what is slow in the log." });
			deadline = setTimeout(() => abort(error), Math.min(milliseconds, MAX_TIMER_MS));
		},
		async hold(work) {
			held += 1;
			try {
				return await work(cutting.signal);
			} finally {
				held -= 1;
				if (held === 0 && asked.signal.aborted) cutOff();
			}
		},
		release: () => {
			for (const timer of [deadline, grace]) clearTimeout(timer);
			for (const name of SIGNALS) process.off(name, onSignal);
			if (asked.signal.aborted) for (const name of SIGNALS) process.once(name, () => void 0);
		}
	};
}
// src/registry/blob-request.ts
/** The request for a blob; `access` is the right it is made with. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs */
function blobRequest(repository, digest, method, access) {
	return {
		purpose: `${method === "HEAD" ? `look for the blob ${digest} in` : `read the blob ${digest} of`} ${repository}`,
		method,
		repository,
		target: `/v2/${pathOf(repository)}/blobs/${digest}`,
		scopes: [access === "push" ? pushScope(repository) : pullScope(repository)]
	};
}
// src/registry/blob-verify.ts
/** Throws DIGEST_MISMATCH when an answer about a blob names another digest. Many name none, and one of another algorithm is another name, not another blob: distribution tells the sha256 of what it was given as sha512. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs */
function checkClaimedDigest(request, response, digest) {
	const claimed = headerOf(response, "docker-content-digest");
	if (!claimed || claimed === digest) return;
	if (isDigest(claimed) && digestAlgorithm(claimed) !== digestAlgorithm(digest)) return;
	const { status, url } = response;
	throw new RegistryError("DIGEST_MISMATCH", `could not ${request.purpose}: ${url.host} says it is ${JSON.stringify(claimed.slice(0, 160))}`, {
		status,
		method: request.method,
		url,
		hint: "Something between here and the registry changes content, or the registry is broken: do not trust it until this is explained."
	});
}
const VERIFIED = /* @__PURE__ */ new WeakMap();
/** Says of a stream that its last bytes come out only when all of it is this blob: who passes it on as that need not hash it again. */
function markVerified(stream, descriptor) {
	VERIFIED.set(stream, descriptor);
	return stream;
}
/** True for a stream that was marked as this very blob. */
function isVerified(stream, { digest, size }) {
	const known = VERIFIED.get(stream);
	return known?.digest === digest && known.size === size;
}
/** Counts and hashes bytes as they pass, and says as early as possible that they are not the blob. */
var BlobCheck = class {
	#descriptor;
	#what;
	#hash;
	#length = 0;
	/** `what` begins the sentence of an error: "the blob … from …". What a verified stream brings is only counted. */
	constructor(descriptor, what, source) {
		this.#descriptor = descriptor;
		this.#what = what;
		const isHashed = source !== void 0 && isVerified(source, descriptor);
		this.#hash = isHashed ? void 0 : startHash(descriptor.digest);
	}
	/** Bytes seen so far. */
	get length() {
		return this.#length;
	}
	get isComplete() {
		return this.#length === this.#descriptor.size;
	}
	/** Takes the next bytes; throws SIZE_MISMATCH as soon as there are too many. */
	update(chunk) {
		this.#length += chunk.length;
		if (this.#length > this.#descriptor.size) this.#failSize("more than");
		this.#hash?.update(chunk);
	}
	/** Throws SIZE_MISMATCH or DIGEST_MISMATCH unless what passed was the blob. */
	finish() {
		if (!this.isComplete) this.#failSize(`${this.#length} bytes instead of`);
		if (this.#hash === void 0) return;
		const found = this.#hash.digest("hex");
		if (found === digestHex(this.#descriptor.digest)) return;
		throw new RegistryError("DIGEST_MISMATCH", `${this.#what} is not what its digest says: its bytes hash to ${found}`, { hint: "The content is damaged or was replaced: push it again from where it was built." });
	}
	#failSize(found) {
		throw new RegistryError("SIZE_MISMATCH", `${this.#what} has ${found} the ${this.#descriptor.size} bytes it should have`, { hint: "The content is damaged, or the manifest that names it is wrong: push it again from where it was built." });
	}
};
// src/registry/blob-resume.ts
/** Asks for a blob from `offset` on; `skip` is how much of the answer is known already. Throws PROTOCOL for any other part than that. */
async function resumeBlob(transport, request, descriptor, offset) {
	const { size } = descriptor;
	if (offset === 0) return {
		response: await expectWhole(transport, request, descriptor),
		skip: 0
	};
	const range = {
		...request,
		headers: {
			...request.headers,
			range: `bytes=${offset}-`
		}
	};
	const response = await transport.send(range);
	if (response.status === 200) {
		await checkAnswer(request, response, descriptor);
		return {
			response,
			skip: offset
		};
	}
	if (response.status === 416) {
		await discardBody(response);
		return {
			response: await expectWhole(transport, request, descriptor),
			skip: offset
		};
	}
	if (response.status !== 206) throw await refuseResponse(range, response);
	const given = headerOf(response, "content-range") ?? "no Content-Range";
	if (isRestOf(given, offset, size)) {
		await checkContent(range, response, descriptor);
		return {
			response,
			skip: 0
		};
	}
	await discardBody(response);
	throw new RegistryError("PROTOCOL", `could not ${request.purpose}: asked for bytes ${offset}-${size - 1}, ${response.url.host} sent ${given.slice(0, 80)}`, {
		status: 206,
		method: "GET",
		url: response.url
	});
}
/** True for a Content-Range that begins where we stopped and belongs to a blob of this size; it may end early. */
function isRestOf(contentRange, offset, size) {
	const [, start, end, total] = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(contentRange) ?? [];
	return Number(start) === offset && Number(end) >= offset && Number(end) < size && (total === "*" || Number(total) === size);
}
/** Asks for all of a blob. */
async function expectWhole(transport, request, descriptor) {
	const response = await transport.send(request);
	if (response.status !== 200) throw await refuseResponse(request, response);
	await checkAnswer(request, response, descriptor);
	return response;
}
/** Throws before any byte is handed out: SIZE_MISMATCH for a wrong Content-Length, DIGEST_MISMATCH where another digest is named, PROTOCOL for encoded content. */
async function checkAnswer(request, response, descriptor) {
	await checkContent(request, response, descriptor);
	const length = headerOf(response, "content-length");
	if (length === void 0 || Number(length) === descriptor.size) return;
	await discardBody(response);
	throw new RegistryError("SIZE_MISMATCH", `could not ${request.purpose}: ${response.url.host} announces ${length} bytes instead of ${descriptor.size}`, {
		status: response.status,
		method: request.method,
		url: response.url,
		hint: "The content is damaged, or the manifest that names it is wrong: push it again from where it was built."
	});
}
/** We ask for the bytes as they are. What was encoded on the way is neither decoded nor hashed: it would only look like damage. */
async function checkContent(request, response, { digest }) {
	try {
		checkClaimedDigest(request, response, digest);
		checkEncoding(request, response);
	} catch (fault) {
		await discardBody(response);
		throw fault;
	}
}
function checkEncoding(request, response) {
	const encoding = headerOf(response, "content-encoding")?.trim().toLowerCase() ?? "";
	if (encoding === "" || encoding === "identity") return;
	const { status, url } = response;
	throw new RegistryError("PROTOCOL", `could not ${request.purpose}: ${url.host} sent it with Content-Encoding ${cleanText(encoding, 40)}, which was not asked for`, {
		status,
		method: request.method,
		url,
		hint: `Make the proxy before ${url.host} pass content on as it is: switch its compression off for /v2/.`
	});
}
// src/registry/setbacks.ts
/** Bytes: a setback after this much progress counts as the first one again. */
const PROGRESS = 1048576;
/** Counts what goes wrong in a long transfer, so that it is given up when it gets nowhere and not because it is long. */
var Setbacks = class {
	#count = 0;
	#last = 0;
	/** Setbacks since there was progress, this one included; `position` is how far the transfer is, in bytes. */
	count(position) {
		this.#count = position - this.#last >= PROGRESS ? 1 : this.#count + 1;
		this.#last = position;
		return this.#count;
	}
};
// src/registry/transport/guarded-lookup.ts
/** A name a registry sent us to turned out to be this machine; not retried. */
var LocalAddressError = class extends Error {
	hostname;
	address;
	constructor(hostname, address) {
		super(`${hostname} is at ${address}`);
		this.name = "LocalAddressError";
		this.hostname = hostname;
		this.address = address;
	}
};
/** A lookup that fails with LocalAddressError when any address of a name is local. It is the one a connection is made with, so a second answer of the name service changes nothing. */
function guardLookup(lookup) {
	return (hostname, options, callback) => {
		lookup(hostname, {
			...options,
			all: true
		}, (error, found, family) => {
			if (error !== null) return callback(error, options.all === true ? [] : "");
			const addresses = typeof found === "string" ? [{
				address: found,
				family: family ?? 4
			}] : found;
			const local = addresses.find(({ address }) => isLocalAddress(address));
			if (local !== void 0) return callback(new LocalAddressError(hostname, local.address), []);
			const [first] = addresses;
			if (options.all === true || first === void 0) return callback(null, [...addresses]);
			return callback(null, first.address, first.family);
		});
	};
}
// src/registry/transport/large-reads.ts
/** Bytes of memory that the reads of a connection share, one after the other. */
const SLAB = 524288;
/** Bytes: less room than this is not worth a read of its own. */
const LEAST_ROOM = 65536;
/** Lets a connection read all that has arrived at once, where Node alone would take 64 KiB at a time: most of what a download costs is the handling of each piece. No memory is ever handed out twice. */
function createLargeReads() {
	/** What the last read left. Node asks for the next buffer right after it, and whoever asks takes it away. */
	let rest;
	return {
		buffer: () => {
			const room = rest ?? Buffer.allocUnsafeSlow(SLAB);
			rest = void 0;
			return room;
		},
		callback(length, bytes) {
			const wantsMore = this.push(bytes.subarray(0, length));
			rest = bytes.length - length < LEAST_ROOM ? void 0 : bytes.subarray(length);
			return wantsMore;
		}
	};
}
// src/registry/transport/proxy.ts
/** An agent for what goes through a proxy, and for what NO_PROXY excepts. What the proxy itself does wrong comes out as ProxyError: undici alone does not tell whose fault it was, and waits for a silent proxy as long as for an answer. */
function createProxyAgent(proxy, { settings, trust, tunnelTimeout }) {
	const { httpProxy = "", httpsProxy = "", noProxy = "" } = proxy;
	const proxies = new Set([httpProxy, httpsProxy].filter((url) => url !== "").map((url) => new URL(url).href));
	return new import_env_http_proxy_agent.default({
		...settings,
		requestTls: trust,
		proxyTls: {
			...trust,
			rejectUnauthorized: true
		},
		httpProxy,
		httpsProxy,
		noProxy,
		clientFactory: (address, options) => openTunnels(address, {
			...settings,
			...blameConnections(address, options),
			headersTimeout: tunnelTimeout
		}),
		factory: (address, options) => proxies.has(String(address)) ? new import_pool.default(address, {
			...settings,
			...blameConnections(address, options)
		}) : new import_pool.default(address, options)
	});
}
/** The fault of a request that went through a proxy, with the proxy named where plain http was refused for want of a login. */
function explainProxied(fault, url, proxy) {
	if (!(fault instanceof Error && /^Proxy Authentication Required/.test(fault.message)) || findProxyError(fault) !== void 0) return fault;
	return ProxyError.refused(new URL(proxy).host, 407, url.host, fault);
}
/** Connections to the proxy itself, whose faults are its own. */
function blameConnections(address, options) {
	const { host } = new URL(address);
	const { connect, ...others } = options;
	return {
		...others,
		connect: (target, done) => connect(target, (...result) => {
			const [fault] = result;
			if (fault === null) done(...result);
			else done(ProxyError.unreachable(host, fault, isCertificateFault(fault)), null);
		})
	};
}
function openTunnels(address, options) {
	const { host } = new URL(address);
	const pool = new import_pool.default(address, options);
	const ask = pool.connect.bind(pool);
	const open = async (target) => {
		const tunnel = await ask(target).catch((fault) => {
			throw fault instanceof ProxyError ? fault : ProxyError.broken(host, target.path, fault);
		});
		if (tunnel.statusCode === 200) return tunnel;
		tunnel.socket.on("error", () => void 0).destroy();
		throw ProxyError.refused(host, tunnel.statusCode, target.path);
	};
	return Object.assign(pool, { connect: open });
}
// src/registry/transport/dispatcher.ts
const DEFAULT_TIMEOUTS = {
	connect: 1e4,
	headers: 6e4,
	stored: 3e5,
	body: 6e4
};
/** Bytes that wait for their reader, on each connection, before the sender is held up. */
const HELD_BYTES = 524288;
/** The one place that opens connections. Nothing here reads the environment: a proxy is used only where it was passed in. Where a registry sends us elsewhere, the connection fails with REDIRECT_REFUSED when a name turns out to be local; behind a proxy it is the proxy that looks names up, and has to refuse. */
function createDispatcher(options) {
	const opened = /* @__PURE__ */ new Map();
	const routeOf = (request) => {
		const { protocol, origin } = request.url;
		const isChecked = protocol !== "https:" || !options.isInsecure(origin);
		const isGuarded = isSentElsewhere(request);
		const key = `${isChecked} ${isGuarded}`;
		const routes = opened.get(key) ?? createRoutes(options, isChecked, isGuarded);
		opened.set(key, routes);
		return pickRoute(routes, request.url, options.proxy);
	};
	return {
		send: (request) => sendOnce(routeOf(request), request, options),
		async close() {
			const routes = [...opened.values()];
			await Promise.all(routes.flatMap(({ direct, proxied }) => [direct.destroy(), proxied?.destroy()]));
		}
	};
}
/** Connections for what is downloaded by https with nobody's credentials: the same proxy, the same authorities. */
function createDownloadAgent({ proxy, ca }) {
	const { httpsProxy = "", noProxy = "" } = proxy ?? {};
	const { direct, proxied = direct } = createRoutes({
		proxy: {
			httpsProxy,
			noProxy
		},
		ca,
		timeouts: DEFAULT_TIMEOUTS
	}, true, false);
	return httpsProxy === "" ? direct : proxied;
}
function createRoutes(options, isChecked, isGuarded) {
	const { ca, proxy, timeouts, lookup: lookup$1 = lookup } = options;
	const trust = {
		rejectUnauthorized: isChecked,
		allowH2: false,
		...ca === void 0 ? {} : { ca: [...process.getBuiltinModule("node:tls").getCACertificates("default"), ca] }
	};
	const settings = {
		connections: 12,
		allowH2: false,
		headersTimeout: timeouts.headers,
		bodyTimeout: timeouts.body,
		connectTimeout: timeouts.connect,
		connect: {
			...trust,
			timeout: timeouts.connect,
			lookup: isGuarded ? guardLookup(lookup$1) : lookup$1,
			highWaterMark: HELD_BYTES,
			onread: createLargeReads()
		}
	};
	return {
		direct: new import_agent.default(settings),
		proxied: proxy === void 0 ? void 0 : createProxyAgent(proxy, {
			settings,
			trust,
			tunnelTimeout: timeouts.connect
		})
	};
}
/** As Go's tools do: https goes only through HTTPS_PROXY, http only through HTTP_PROXY, this machine is never proxied. */
function pickRoute({ direct, proxied }, url, proxy) {
	return proxied === void 0 || settingOf(url, proxy) === void 0 || isLoopbackHost(url.hostname) ? direct : proxied;
}
function settingOf({ protocol }, proxy) {
	return (protocol === "https:" ? proxy?.httpsProxy : proxy?.httpProxy) || void 0;
}
async function sendOnce(dispatcher, request$1, options) {
	const { body, stores } = request$1;
	const { statusCode, headers, body: answer } = await request(request$1.url, {
		dispatcher,
		method: request$1.method,
		headers: {
			"user-agent": options.userAgent,
			"accept-encoding": "identity",
			...request$1.headers
		},
		body: typeof body === "function" ? body() : body ?? null,
		signal: options.signal,
		reset: false,
		highWaterMark: HELD_BYTES,
		...stores === true ? { headersTimeout: options.timeouts.stored } : {}
	}).catch((fault) => {
		const proxy = settingOf(request$1.url, options.proxy);
		return refuseFault(proxy === void 0 ? fault : explainProxied(fault, request$1.url, proxy), request$1);
	});
	answer.on("error", () => {});
	return {
		status: statusCode,
		headers,
		url: request$1.url,
		body: answer
	};
}
function refuseFault(fault, { method, url, registry }) {
	if (!(fault instanceof LocalAddressError)) throw fault;
	throw new RegistryError("REDIRECT_REFUSED", `${registry?.host} sent us to ${url.origin}, which is refused: ${fault.hostname} is at ${fault.address}, an address of this machine`, {
		method,
		url,
		cause: fault,
		hint: `Check that ${registry?.host} is the registry you mean. If it is on this machine, name it by an address that says so, such as localhost.`
	});
}
// src/registry/blob-download.ts
/** See RegistryClient.openBlob. Fails at once when the blob cannot be had at all. */
async function openBlob(transport, repository, descriptor) {
	const request = blobRequest(repository, descriptor.digest, "GET", "pull");
	const first = await expectWhole(transport, request, descriptor);
	const stream = toStream(readVerified(transport, request, descriptor, first), descriptor);
	stream.once("close", () => first.body.destroy());
	return stream;
}
/** See RegistryClient.streamBlob. */
function streamBlob(transport, repository, descriptor) {
	const request = blobRequest(repository, descriptor.digest, "GET", "pull");
	const read = async function* () {
		const first = await expectWhole(transport, request, descriptor);
		yield* readVerified(transport, request, descriptor, first);
	};
	return toStream(read(), descriptor);
}
/** See RegistryClient.readBlob. */
async function readBlob(transport, repository, descriptor, maxBytes) {
	if (descriptor.size > maxBytes) throw new RegistryError("TOO_LARGE", `${`could not read the blob ${descriptor.digest} of ${repository}`}: it has ${descriptor.size} bytes, more than ${maxBytes}`);
	const chunks = [];
	for await (const chunk of await openBlob(transport, repository, descriptor)) chunks.push(chunk);
	return Buffer.concat(chunks);
}
function toStream(bytes, descriptor) {
	return markVerified(Readable.from(bytes, {
		objectMode: false,
		highWaterMark: HELD_BYTES
	}), descriptor);
}
/**
* Hands the bytes out while hashing them, the last ones only when all of them are the blob. After a break it asks for the rest. What is hashed is what was handed out, so
* where a registry ignores the range and starts over, the known part is skipped and the digest still covers every byte.
*/
async function* readVerified(transport, request, descriptor, first) {
	const check = new BlobCheck(descriptor, `the blob ${descriptor.digest} from ${request.repository}`);
	let response = first;
	let skip = 0;
	for (const setbacks = new Setbacks();;) {
		const { fault, last } = yield* passBody(response, check, skip);
		if (last !== void 0 || check.isComplete) {
			check.finish();
			if (last !== void 0) yield last;
			return;
		}
		const breaks = setbacks.count(check.length);
		if (breaks >= transport.retry.attempts || transport.signal.aborted || fault !== void 0 && !isRetryableFault(fault)) {
			if (fault === void 0 && !transport.signal.aborted) return check.finish();
			throw wrapFault(request, fault, transport.signal);
		}
		const delay = chooseDelay(transport.retry, breaks + 1, void 0);
		transport.log.debug(`the body of ${descriptor.digest} broke at ${check.length} of ${descriptor.size} bytes; again`);
		await transport.retry.sleep(delay, transport.signal).catch((cause) => {
			throw wrapFault(request, cause, transport.signal);
		});
		({response, skip} = await resumeBlob(transport, request, descriptor, check.length));
	}
}
/** Yields a body without its first `skip` bytes. */
async function* passBody(response, check, skip) {
	let left = skip;
	let last;
	const body = response.body[Symbol.asyncIterator]();
	try {
		for (;;) {
			let next;
			try {
				next = await body.next();
			} catch (fault) {
				return {
					fault,
					last
				};
			}
			if (next.done === true) return {
				fault: void 0,
				last
			};
			const chunk = next.value.subarray(Math.min(left, next.value.length));
			left -= next.value.length - chunk.length;
			if (chunk.length === 0) continue;
			check.update(chunk);
			if (check.isComplete) last = chunk;
			else yield chunk;
		}
	} finally {
		response.body.destroy();
	}
}
// src/registry/blob-head.ts
/** A registry without HEAD cannot say that it has a blob: it is sent then, which is never wrong. */
const ABSENT_STATUSES = [
	404,
	405,
	501
];
/** See RegistryClient.hasBlob. */
async function hasBlob(transport, repository, blob, access) {
	return await lookForBlob(transport, repository, blob, access) === "present";
}
/** Looks for a blob without reading it. Throws DIGEST_MISMATCH when the registry names another digest; a registry that tells no digest or no length is believed. */
async function lookForBlob(transport, repository, blob, access) {
	const { digest, size } = typeof blob === "string" ? {
		digest: blob,
		size: void 0
	} : blob;
	const request = blobRequest(repository, digest, "HEAD", access);
	const response = await transport.send(request);
	await discardBody(response);
	if (ABSENT_STATUSES.includes(response.status)) return "absent";
	if (response.status !== 200) throw await refuseResponse(request, response);
	checkClaimedDigest(request, response, digest);
	const length = headerOf(response, "content-length");
	return size === void 0 || length === void 0 || Number(length) === size ? "present" : "other-size";
}
// src/registry/blob-commit.ts
/** Success, but not the 201 that the specification asks for; 204 was the older one's word. */
const VAGUE_STATUSES = [
	200,
	202,
	204
];
/** Accepts a stored blob: 201, and no other digest than ours. */
async function acceptBlob(request, response, digest) {
	if (response.status !== 201) throw await refuseResponse(request, response);
	await discardBody(response);
	checkClaimedDigest(request, response, digest);
}
/** Accepts the end of an upload: as a stored blob, or, where the answer leaves that open, when the blob is found there. */
async function acceptCommit(transport, request, response, descriptor) {
	if (!VAGUE_STATUSES.includes(response.status)) return acceptBlob(request, response, descriptor.digest);
	const refusal = await refuseResponse(request, response);
	checkClaimedDigest(request, response, descriptor.digest);
	if (await lookForBlob(transport, request.repository, descriptor, "push") !== "present") throw refusal;
}
// src/registry/upload-session.ts
/** The request that opens an upload; `query` makes a mount of it. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs */
function uploadRequest(repository, purpose, query = "", moreScopes = []) {
	return {
		purpose,
		method: "POST",
		repository,
		target: `/v2/${pathOf(repository)}/blobs/uploads/${query}`,
		scopes: [pushScope(repository), ...moreScopes],
		headers: { "content-length": "0" }
	};
}
/** Opens an upload session; throws what the registry refuses it with. */
async function openSession(transport, request) {
	const response = await transport.send(request);
	const session = response.status === 202 ? readSession(response) : void 0;
	if (session === void 0) throw await refuseResponse(request, response);
	await discardBody(response);
	return session;
}
/** The session that a 202 to a POST opened; undefined when it does not say where. Reads no body. */
function readSession(response) {
	const address = readLocation(response);
	const asked = headerOf(response, "oci-chunk-min-length")?.trim() ?? "";
	return address && {
		address,
		minChunk: /^\d{1,15}$/.test(asked) ? Number(asked) : 0
	};
}
/** The address an answer gives for the next step; relative ones and those with a query are usual. */
function readLocation(response) {
	const location = headerOf(response, "location");
	return location === void 0 ? void 0 : resolveAddress(response.url, location, "Location");
}
/** How many bytes of an upload a registry says it has; undefined when it does not say. Its `0-0` means none (GHCR says so whatever it has), Quay's has a unit before it. */
function readHeld(response) {
	const [, end] = /^(?:bytes[= ])?0-(-1|\d{1,15})$/.exec(headerOf(response, "range")?.trim() ?? "") ?? [];
	return end === void 0 ? void 0 : Number(end) > 0 ? Number(end) + 1 : 0;
}
/** Asks how many bytes a session has; undefined when the registry does not know it any more, or does not tell. */
async function askHeld(transport, repository, session) {
	const { headers: _, ...start } = uploadRequest(repository, `ask how far an upload to ${repository} is`);
	const response = await transport.send({
		...start,
		method: "GET",
		target: session.address
	});
	await discardBody(response);
	if (response.status < 200 || response.status > 204) return void 0;
	session.address = readLocation(response) ?? session.address;
	return readHeld(response);
}
/** Cancels a session as well as the registry lets us: one that refuses will clean up by itself. */
async function cancelSession(transport, repository, session) {
	try {
		await discardBody(await transport.send({
			...uploadRequest(repository, `cancel an upload to ${repository}`),
			method: "DELETE",
			target: session,
			replay: false
		}));
	} catch (fault) {
		transport.log.debug(`an upload to ${repository} stays open: ${fault instanceof Error ? fault.message : fault}`);
	}
}
/** A session's address with one more parameter; what it already carries stays as it is, byte for byte, for it may be signed. */
function withQuery(session, name, value) {
	const url = new URL(session);
	url.search = `${url.search === "" ? "?" : `${url.search}&`}${name}=${encodeURIComponent(value)}`;
	return url;
}
// src/registry/blob-mount.ts
/** What an upload would meet as well, or what nobody should go on after. */
const FINAL_CODES = [
	"CANCELLED",
	"CREDENTIALS",
	"REDIRECT_REFUSED"
];
const REFUSING = /* @__PURE__ */ new WeakMap();
/** True for a registry that did not mount a blob before: asking it to costs a request and mostly opens an upload that nobody needs. */
function hasRefusedMount(transport, repository) {
	return REFUSING.get(transport)?.has(registryOf(repository)) === true;
}
/** See RegistryClient.mountBlob. */
async function mountBlob(transport, repository, digest, from) {
	const mount = await tryMount(transport, repository, digest, from);
	if (mount === "mounted") return true;
	if (mount !== void 0) await cancelSession(transport, repository, mount.address);
	return false;
}
/** Asks for a mount. A registry may open an upload instead, which is for the caller to use or to cancel; undefined: neither. A mount only saves work, so every refusal of one means "upload it". https://github.com/opencontainers/distribution-spec/blob/main/spec.md#mounting-a-blob-from-another-repository */
async function tryMount(transport, repository, digest, from) {
	const registry = registryOf(repository);
	if (registryOf(from) !== registry) return void 0;
	const query = `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(pathOf(from))}`;
	const request = uploadRequest(repository, `mount the blob ${digest} of ${from} into ${repository}`, query, [pullScope(from)]);
	const response = await transport.send(request).catch((fault) => {
		if (!(fault instanceof RegistryError) || FINAL_CODES.includes(fault.code)) throw fault;
		transport.log.debug(`${fault.message}; it is uploaded instead`);
	});
	if (response?.status === 201) {
		await acceptBlob(request, response, digest);
		return "mounted";
	}
	REFUSING.set(transport, (REFUSING.get(transport) ?? /* @__PURE__ */ new Set()).add(registry));
	if (response === void 0) return void 0;
	await discardBody(response);
	return response.status === 202 ? readSession(response) : void 0;
}
// src/registry/upload-plan.ts
/** Bytes in a chunk, unless the registry wants more or takes less. */
const CHUNK = 16777216;
/** Bytes: no registry that stores images takes less than this at once. */
const LEAST_CHUNK = 1024;
/** What a registry, or a proxy before it, may say to a PUT with content that it would take as a PATCH. */
const CONTENT_REFUSED = [
	400,
	405,
	411,
	413,
	415,
	501
];
/** How a blob is sent, as far as its registry has shown: a small one in the PUT, a large one whole in one PATCH, which all but a few take; in chunks where it asks for them or takes no more at once; in the PUT where it knows no PATCH. */
var UploadPlan = class {
	#size;
	#limit;
	/** Of the attempt under way, in bytes. */
	#length = 0;
	#least = 0;
	#way;
	/** True when the PUT was chosen, and not what was left. */
	#isChosen;
	/** Blobs of up to `putUpTo` bytes go with the PUT that ends the upload, which saves a round trip. */
	constructor(size, putUpTo = 0) {
		this.#size = size;
		this.#isChosen = size > 0 && size <= putUpTo;
		this.#way = this.#isChosen ? "put" : "patch";
	}
	get way() {
		return this.#way;
	}
	/** Bytes for each part of a session. */
	chooseLength({ minChunk }) {
		const wanted = this.#limit ?? (minChunk > 0 ? CHUNK : this.#size);
		this.#least = Math.max(minChunk, LEAST_CHUNK);
		this.#length = Math.min(this.#size, Math.max(wanted, minChunk));
		return this.#length;
	}
	/** True when another way is worth trying after this fault; throws TOO_LARGE when the smallest chunk was too large. */
	adapt(fault) {
		if (!(fault instanceof RegistryError)) return false;
		if (this.#isChosen && fault.method === "PUT" && CONTENT_REFUSED.includes(fault.status ?? 0)) {
			this.#way = "patch";
			this.#isChosen = false;
			return true;
		}
		if (fault.method !== "PATCH") return false;
		if (fault.status === 405 || fault.status === 501) {
			this.#way = "put";
			return true;
		}
		if (fault.status !== 413) return false;
		const next = Math.max(this.#least, Math.min(CHUNK, Math.ceil(this.#length / 2)));
		if (next >= this.#length) throw this.#giveUp(fault);
		this.#limit = next;
		return true;
	}
	#giveUp(fault) {
		const { status, method, url, diagnostics } = fault;
		return new RegistryError("TOO_LARGE", `${fault.message}, even to ${this.#length} bytes at once`, {
			status,
			method,
			url,
			diagnostics,
			cause: fault,
			hint: `${fault.hint ?? ""} It was tried in smaller and smaller chunks.`.trim()
		});
	}
};
// src/registry/upload-wait.ts
/** What registries say about a session they no longer know; starting over is all that helps. */
const LOST_SESSION = ["BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID"];
/** True when an answer did not come because the connection broke. */
function isBroken(fault) {
	return fault instanceof RegistryError && fault.status === void 0 && fault.code === "UNAVAILABLE" && isRetryableFault(fault.cause);
}
/** True when an upload may succeed in another session: this one broke, or was lost, or got out of step. */
function isWorthStartingOver(fault) {
	if (!(fault instanceof RegistryError)) return false;
	const { status, method, diagnostics } = fault;
	if (status === void 0) return isBroken(fault);
	if (isRetryableStatus(status) || diagnostics.some(({ code }) => LOST_SESSION.includes(code))) return true;
	return (method === "PATCH" || method === "PUT") && (status === 416 || status === 404 && diagnostics.length === 0);
}
/** Waits before what follows setback `count`; throws the fault itself when enough was tried, or more time is asked for than is given. What Retry-After asks for within that is waited for by whatever is sent next: each host's pace is kept for all requests together. */
async function waitAfter({ retry, signal }, repository, count, fault) {
	if (count >= retry.attempts || signal.aborted || isAskedTooMuch(retry, fault.retryAfter)) throw fault;
	try {
		await retry.sleep(chooseDelay(retry, count + 1, void 0), signal);
	} catch (cause) {
		throw new RegistryError("CANCELLED", `the upload to ${repository} was cancelled`, { cause });
	}
}
// src/registry/upload-parts.ts
/** 202 is the specification's word; some say that it was created, or that there is nothing more to say. */
const TAKEN_STATUSES = [
	201,
	202,
	204
];
/** Sends content in parts of `length` bytes, one after the other, each to the newest address; goes on from what the registry says it has where a part was refused, cut off, or taken only partly. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks */
async function sendParts(job, session, length) {
	const { transport, repository, descriptor } = job;
	const setbacks = new Setbacks();
	let part = length;
	for (let start = 0; start < descriptor.size;) {
		const end = Math.min(descriptor.size, start + part);
		const { held, fault } = await sendPart(job, session, start, end);
		if (fault === void 0) {
			start = held;
			continue;
		}
		await waitAfter(transport, repository, setbacks.count(held ?? start), fault);
		const known = held ?? await askHeld(transport, repository, session);
		if (known === void 0 || known > end) throw fault;
		if (fault.status === 416 && known === start) throw fault;
		if (held !== void 0) part = Math.max(held - start, session.minChunk, LEAST_CHUNK);
		transport.log.debug(`${fault.message}; the upload goes on at ${known} of ${descriptor.size} bytes`);
		start = known;
	}
}
async function sendPart(job, session, start, end) {
	const { transport, descriptor, source } = job;
	const isWhole = start === 0 && end === descriptor.size;
	const step = partRequest(job, session, start, end, isWhole);
	let response;
	try {
		response = await transport.send(step);
	} catch (fault) {
		if (isWhole || source.fault !== void 0 || !isBroken(fault)) throw fault;
		return {
			held: void 0,
			fault
		};
	}
	if (TAKEN_STATUSES.includes(response.status)) return acceptPart(job, session, step, response, end, isWhole);
	const fault = await refuseResponse(step, response);
	if (response.status === 416) session.address = readLocation(response) ?? session.address;
	else if (isWhole || !isRetryableStatus(response.status)) throw fault;
	return {
		held: void 0,
		fault
	};
}
async function acceptPart({ transport, repository, purpose }, session, step, response, end, isWhole) {
	await discardBody(response);
	session.address = readLocation(response) ?? session.address;
	const told = readHeld(response) || end;
	const held = told < end && isWhole ? await askHeld(transport, repository, session) ?? end : told;
	if (held >= end) return { held: end };
	return {
		held,
		fault: new RegistryError("PROTOCOL", `could not ${purpose}: ${response.url.host} took less than it was sent, and has ${held} of ${end} bytes`, {
			status: 202,
			method: step.method,
			url: response.url
		})
	};
}
function partRequest({ repository, source, purpose }, session, start, end, isWhole) {
	return {
		...uploadRequest(repository, purpose),
		method: "PATCH",
		target: session.address,
		headers: {
			"content-type": "application/octet-stream",
			"content-length": String(end - start),
			...isWhole ? {} : { "content-range": `${start}-${end - 1}` }
		},
		body: () => source.open(start, end),
		replay: "when-busy",
		stores: true
	};
}
// src/registry/content-cursor.ts
/** A place in content that only moves forward. All that it passes is hashed, and its last bytes come out only when the whole is what was described: no wrong content is ever sent to its end. */
var ContentCursor = class {
	#check;
	#source;
	#chunks;
	#rest = Buffer.alloc(0);
	#position = 0;
	/** `what` begins the sentence of an error. */
	constructor(descriptor, what, source) {
		this.#check = new BlobCheck(descriptor, what, source);
		this.#source = source;
		this.#chunks = source[Symbol.asyncIterator]();
	}
	/** Has the first bytes brought before they are asked for. What goes wrong is told then. */
	start() {
		this.#source.on("error", () => void 0).read(0);
	}
	/** Where the next byte comes from. */
	get position() {
		return this.#position;
	}
	/** The next bytes, one at least and `limit` at most; throws SIZE_MISMATCH where the content ends too early. */
	async read(limit) {
		while (this.#rest.length === 0) this.#rest = await this.#pull();
		const block = this.#rest.subarray(0, limit);
		this.#rest = this.#rest.subarray(block.length);
		this.#position += block.length;
		return block;
	}
	/** Passes what is not wanted. */
	async skipTo(position) {
		while (this.#position < position) await this.read(position - this.#position);
	}
	close() {
		this.#source.destroy();
	}
	async #pull() {
		const next = await this.#chunks.next();
		if (next.done === true) {
			this.#check.finish();
			return Buffer.alloc(0);
		}
		this.#check.update(next.value);
		if (this.#check.isComplete) await this.#expectEnd();
		return next.value;
	}
	async #expectEnd() {
		for (;;) {
			const next = await this.#chunks.next();
			if (next.done === true) return this.#check.finish();
			this.#check.update(next.value);
		}
	}
};
// src/registry/upload-source.ts
/** Hands content out as often as it must be sent, whole or part by part, holds all of it to its digest and size, and remembers what went wrong on our side. */
var UploadSource = class {
	#what;
	#descriptor;
	#open;
	/** Where the last part ended: the next one usually begins there, and reads on. */
	#parked;
	#isClosed = false;
	/** Why the content could not be sent: itself, not the connection. */
	fault;
	constructor(repository, descriptor, open) {
		this.#what = `what was to be uploaded to ${repository} as ${descriptor.digest}`;
		this.#descriptor = descriptor;
		this.#open = open;
	}
	/** The bytes from `start` up to `end`; without them, all of it. What comes before is read again where need be, for the digest covers it. */
	open(start = 0, end = this.#descriptor.size) {
		return Readable.from(this.#read(start, end), {
			objectMode: false,
			highWaterMark: HELD_BYTES
		});
	}
	/** Begins to read while the registry opens the upload: what comes from far away is on its way by then. */
	prepare() {
		if (this.#parked !== void 0 || this.#descriptor.size === 0) return;
		try {
			const cursor = this.#take(0);
			cursor.start();
			this.#park(cursor);
		} catch {}
	}
	/** Lets go of what is still open. */
	close() {
		this.#isClosed = true;
		this.#park(void 0);
	}
	async *#read(start, end) {
		const cursor = await this.#blame(async () => this.#take(start));
		try {
			await this.#blame(() => cursor.skipTo(start));
			while (cursor.position < end) {
				const block = await this.#blame(() => cursor.read(end - cursor.position));
				if (cursor.position === end) this.#park(cursor);
				yield block;
			}
		} finally {
			if (cursor.position < end) cursor.close();
		}
	}
	#take(start) {
		const parked = this.#parked;
		if (parked?.position !== start) return new ContentCursor(this.#descriptor, this.#what, this.#open());
		this.#parked = void 0;
		return parked;
	}
	#park(cursor) {
		if (this.#parked !== cursor) this.#parked?.close();
		this.#parked = cursor;
		if (this.#isClosed) cursor?.close();
	}
	async #blame(step) {
		try {
			return await step();
		} catch (fault) {
			this.fault = fault;
			throw fault;
		}
	}
};
// src/registry/blob-upload.ts
/** See RegistryClient.uploadBlob. One PATCH with a Content-Length: the form that ACR, Google and the others all take; UploadPlan says when it is another one. `opened` is a session to begin with. */
async function uploadBlob(transport, repository, descriptor, open, opened) {
	const purpose = `upload the blob ${descriptor.digest} to ${repository}`;
	const source = new UploadSource(repository, descriptor, open);
	const plan = new UploadPlan(descriptor.size, transport.putUpTo);
	const job = {
		transport,
		repository,
		descriptor,
		source,
		purpose
	};
	try {
		let first = opened;
		for (let attempt = 1;;) try {
			return await uploadOnce(job, plan, first);
		} catch (fault) {
			first = void 0;
			if (source.fault !== void 0) throw source.fault;
			if (plan.adapt(fault)) continue;
			if (!isWorthStartingOver(fault)) throw fault;
			transport.log.debug(`${fault.message}; the upload starts over`);
			await waitAfter(transport, repository, attempt++, fault);
			if (await hasBlob(transport, repository, descriptor, "push")) return;
		}
	} finally {
		source.close();
	}
}
async function uploadOnce(job, plan, opened) {
	const { transport, repository, descriptor, purpose } = job;
	if (opened === void 0) job.source.prepare();
	const session = opened ?? await openSession(transport, uploadRequest(repository, purpose));
	try {
		if (plan.way === "patch") await sendParts(job, session, plan.chooseLength(session));
		const commit = commitRequest(job, session, plan.way === "put");
		await acceptCommit(transport, commit, await transport.send(commit), descriptor);
	} catch (fault) {
		if (!transport.signal.aborted) await cancelSession(transport, repository, session.address);
		throw fault;
	}
}
function commitRequest({ repository, descriptor: { digest, size }, source, purpose }, session, hasContent) {
	const content = {
		headers: {
			"content-type": "application/octet-stream",
			"content-length": String(size)
		},
		body: () => source.open()
	};
	return {
		...uploadRequest(repository, purpose),
		method: "PUT",
		target: withQuery(session.address, "digest", digest),
		replay: "when-busy",
		stores: true,
		...hasContent && size > 0 ? content : {}
	};
}
// src/registry/blob-push.ts
/** See RegistryClient.pushBlob. */
async function pushBlob(transport, repository, descriptor, open, { mountFrom } = {}) {
	const isMountable = mountFrom !== void 0 && mountFrom !== repository;
	const tryOnce = async () => isMountable ? tryMount(transport, repository, descriptor.digest, mountFrom) : void 0;
	const looking = lookForBlob(transport, repository, descriptor, "push");
	const isTriedAtOnce = isMountable && !hasRefusedMount(transport, repository);
	const [found, early] = await settleBoth(looking, isTriedAtOnce ? tryOnce() : void 0);
	if (found === "present") {
		if (early !== void 0 && early !== "mounted") await cancelSession(transport, repository, early.address);
		return "present";
	}
	const mount = !isTriedAtOnce && found === "absent" ? await tryOnce() : early;
	if (mount === "mounted" && found === "absent") return "mounted";
	await uploadBlob(transport, repository, descriptor, open, mount === "mounted" ? void 0 : mount);
	if (found === "other-size") await rereadBlob(transport, repository, descriptor);
	return "uploaded";
}
/** Registries may keep what they had under a digest: when its size was wrong before, only reading all of it tells. */
async function rereadBlob(transport, repository, descriptor) {
	if (await lookForBlob(transport, repository, descriptor, "push") === "present") return;
	const stream = await openBlob(transport, repository, descriptor);
	await finished(stream.resume());
}
/** Waits for both, whatever becomes of one of them. */
async function settleBoth(first, second) {
	await Promise.allSettled([first, second]);
	return [await first, await second];
}
// src/registry/manifest-head.ts
/** See RegistryClient.headManifest. A HEAD has no body, so only a GET can tell an absent manifest from any other 404: where that is what to expect, both are sent at once. */
async function headManifest(transport, repository, reference, access, expected) {
	const request = manifestRequest(repository, reference, "HEAD", access);
	const reading = expected === "absent" ? findManifest(transport, repository, reference, access) : void 0;
	reading?.catch(() => void 0);
	const response = await transport.send(request);
	await discardBody(response);
	const head = response.status === 200 ? parseHead(response, reference) : void 0;
	if (head !== void 0) return head;
	if (![
		200,
		404,
		405,
		501
	].includes(response.status)) throw await refuseResponse(request, response);
	const content = await (reading ?? findManifest(transport, repository, reference, access));
	return content && {
		digest: content.digest,
		mediaType: content.mediaType,
		size: content.bytes.length
	};
}
/** Undefined unless the headers tell everything, about what was asked for. */
function parseHead(response, reference) {
	const digest = headerOf(response, "docker-content-digest") ?? "";
	const mediaType = headerOf(response, "content-type")?.split(";")[0]?.trim() ?? "";
	const length = headerOf(response, "content-length") ?? "";
	if (!isDigest(digest) || !MANIFEST_TYPES.includes(mediaType) || !/^[1-9]\d{0,14}$/.test(length)) return void 0;
	if (isDigest(reference) && reference !== digest) return void 0;
	return {
		digest,
		mediaType,
		size: Number(length)
	};
}
// src/registry/manifest-put.ts
/** The answers after which the caller should look what is there: an immutable tag is refused with any of them. */
const REFUSED_STATUSES = [
	400,
	405,
	409,
	412,
	422
];
/** What registries say, under whatever status, when a manifest names what they do not have (any more). */
const MISSING_CODES = [
	"MANIFEST_BLOB_UNKNOWN",
	"MANIFEST_UNKNOWN",
	"BLOB_UNKNOWN"
];
/** See RegistryClient.putManifest. */
async function putManifest(transport, repository, reference, { bytes, mediaType, digest }, { replay = true } = {}) {
	const request = {
		...manifestRequest(repository, reference, "PUT", "push"),
		headers: {
			"content-type": mediaType,
			"content-length": String(bytes.length)
		},
		body: bytes,
		replay
	};
	if (!matchesDigest(bytes, digest) || isDigest(reference) && !matchesDigest(bytes, reference)) throw new RegistryError("DIGEST_MISMATCH", `could not ${request.purpose}: its bytes do not have the digest ${digest}`);
	const response = await transport.send(request);
	if (response.status < 200 || response.status > 299) {
		const body = await readErrorBody(response);
		throw await refuseResponse(request, response, {
			body,
			...REFUSED_STATUSES.includes(response.status) || body.diagnostics.some(({ code }) => MISSING_CODES.includes(code)) ? { code: "CONFLICT" } : {}
		});
	}
	await discardBody(response);
	checkDigestHeader(request, response, bytes);
	const subject = headerOf(response, "oci-subject") ?? "";
	return { subject: isDigest(subject) ? subject : void 0 };
}
// src/registry/probe.ts
/** See RegistryClient.probePush. Nothing less tells: a token is handed out, and a read allowed, where a push is not. `cancelled` ends when the upload that was opened is cancelled again, which no verdict has to wait for; it never fails. */
async function probePush(transport, repository) {
	let session;
	try {
		session = await openSession(transport, uploadRequest(repository, `open an upload to ${repository}`));
	} catch (fault) {
		throw fault instanceof RegistryError ? explain(fault, repository) : fault;
	}
	return { cancelled: cancelSession(transport, repository, session.address) };
}
function explain(error, repository) {
	const hint = hintFor(error, repository);
	if (hint === void 0) return error;
	const { status, method, url, diagnostics } = error;
	return new RegistryError(error.code, error.message, {
		status,
		method,
		url,
		diagnostics,
		hint,
		cause: error
	});
}
function hintFor({ code }, repository) {
	switch (code) {
		case "UNAUTHORIZED": return `Log in to ${registryOf(repository)} with an account that may push to ${repository}.`;
		case "DENIED": return `Give the account the right to pull and push in ${repository}; where the registry makes no repository by itself, create the repository first.`;
		case "NOT_FOUND": return `create the repository ${repository} first: ${registryOf(repository)} makes none by itself.`;
		default: return;
	}
}
// src/registry/transport/challenge.ts
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const SEPARATOR = /[\s,]*/y;
/** Parses WWW-Authenticate headers, each of which may hold several challenges; stops at what it cannot read. https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
function parseChallenges(headers) {
	return headers.flatMap(parseHeader);
}
/** The challenge to answer: Bearer with a realm before Basic; undefined when there is none we know. */
function chooseChallenge(challenges) {
	return challenges.find(({ scheme, parameters }) => scheme === "bearer" && parameters.realm !== void 0) ?? challenges.find(({ scheme }) => scheme === "basic");
}
function parseHeader(header) {
	const challenges = [];
	let position = 0;
	const take = (pattern) => {
		pattern.lastIndex = position;
		const match = pattern.exec(header);
		if (match !== null) position = pattern.lastIndex;
		return match;
	};
	for (take(SEPARATOR); position < header.length; take(SEPARATOR)) {
		const name = take(TOKEN)?.[0].toLowerCase();
		if (name === void 0) break;
		const current = challenges.at(-1);
		if (current !== void 0 && take(/\s*=\s*/y) !== null) {
			const value = take(QUOTED)?.[1]?.replace(/\\(.)/g, "$1") ?? take(TOKEN)?.[0];
			if (value === void 0) break;
			if (!Object.hasOwn(current.parameters, name)) current.parameters[name] = value;
		} else {
			challenges.push({
				scheme: name,
				parameters: Object.create(null)
			});
			if (take(/ +/y) !== null && !isParameter(header, position)) take(TOKEN68);
		}
	}
	return challenges;
}
function isParameter(header, position) {
	const pattern = /[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=\s*(?:"|[^\s,=])/y;
	pattern.lastIndex = position;
	return pattern.test(header);
}
// src/registry/transport/token.ts
const CLIENT_ID = "promote-image";
const MAX_TOKEN_BODY = 262144;
/** Seconds. What is not said, or cannot be, is the minute of the specification; what is said to live for ever is asked for again. */
const DEFAULT_LIFETIME = 60;
const MAX_LIFETIME = 3600;
/** Fetches a token: an identity token by OAuth 2 POST (GET where there is none), anything else by GET. Throws UNAUTHORIZED, DENIED or PROTOCOL. */
async function fetchToken(send, request) {
	if (request.credential.kind === "identity-token") {
		const response = await send(postRequest(request, request.credential.token));
		if (response.status !== 404 && response.status !== 405) return readToken(response, request);
		await discardBody(response);
	}
	return readToken(await send(getRequest(request)), request);
}
/** The value of an Authorization header for Basic authentication; undefined for no one. */
function formatBasic(credential) {
	if (credential.kind === "anonymous") return void 0;
	const [username, password] = credential.kind === "basic" ? [credential.username, credential.password] : [credential.username ?? "<token>", credential.token];
	return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
function getRequest({ realm, origin, service, scopes, credential }) {
	const url = new URL(realm);
	if (service !== void 0) url.searchParams.set("service", service);
	for (const scope of scopes) url.searchParams.append("scope", scope);
	if (credential.kind === "basic") url.searchParams.set("account", credential.username);
	const authorization = formatBasic(credential);
	return {
		method: "GET",
		url,
		registry: origin,
		headers: authorization === void 0 ? {} : { authorization }
	};
}
function postRequest({ realm, origin, service, scopes }, refreshToken) {
	const form = new URLSearchParams({
		grant_type: "refresh_token",
		refresh_token: refreshToken,
		client_id: CLIENT_ID
	});
	if (service !== void 0) form.set("service", service);
	form.set("scope", scopes.join(" "));
	const body = Buffer.from(form.toString());
	return {
		method: "POST",
		url: realm,
		registry: origin,
		redirects: "same-origin",
		headers: {
			"content-type": "application/x-www-form-urlencoded",
			"content-length": String(body.length)
		},
		body
	};
}
async function readToken(response, request) {
	if (response.status !== 200) throw await refuseToken(response, request);
	const body = await readBody(response, MAX_TOKEN_BODY);
	const json = body === void 0 ? void 0 : parseObject(body);
	const value = json?.token || json?.access_token;
	if (json === void 0 || typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw new RegistryError("PROTOCOL", `the token service of ${request.origin.host} answered 200 without a token`, {
		status: 200,
		url: response.url
	});
	return {
		value,
		lifetime: readLifetime(json, headerOf(response, "date"))
	};
}
/** Seconds from `issued_at`, by the server's own clock where it tells the time: ours may be wrong. */
function readLifetime(json, date) {
	const said = typeof json.expires_in === "number" && json.expires_in > 0 ? json.expires_in : DEFAULT_LIFETIME;
	const seconds = Math.min(said, MAX_LIFETIME);
	const age = Date.parse(date ?? "") - Date.parse(String(json.issued_at));
	return seconds * 1e3 - (age > 0 && age < seconds * 1e3 ? age : 0);
}
async function refuseToken(response, request) {
	const { diagnostics } = await readErrorBody(response);
	const { scopes, credential } = request;
	const registry = request.origin.host;
	const said = diagnostics.length === 0 ? "" : ` (${formatDiagnostics(diagnostics)})`;
	const message = `the token service of ${registry} answered ${response.status}${said} when asked for ${cleanText(scopes.join(" "))}${sayEnd(response)}`;
	const { status, url } = response;
	if (status === 401 || status === 403 || status === 400) {
		const hint = credential.kind === "anonymous" ? `No credentials were found for ${registry}: log in to it, or pass a user name and password.` : `Check the credentials for ${registry}, that they have not expired, and that they allow ${cleanText(scopes.join(" "))}.`;
		return new RegistryError(status === 403 ? "DENIED" : "UNAUTHORIZED", message, {
			status,
			url,
			diagnostics,
			hint
		});
	}
	return new RegistryError(status === 429 ? "RATE_LIMITED" : status >= 500 ? "UNAVAILABLE" : "PROTOCOL", message, {
		status,
		url,
		diagnostics
	});
}
function parseObject(body) {
	try {
		const json = JSON.parse(new TextDecoder().decode(body));
		return typeof json === "object" && json !== null ? json : void 0;
	} catch {
		return;
	}
}
// src/registry/transport/token-cache.ts
const MAX_MARGIN = 1e4;
/** Tokens in memory, one fetch at a time for the same scopes; a token that may do more serves who asks for less. */
var TokenCache = class {
	#now;
	#entries = [];
	constructor(now) {
		this.#now = now;
	}
	/** A token of `owner` (a registry, seen with one repository's credentials) that covers the scopes; fetched when there is none. */
	get(owner, scopes, fetch) {
		const now = this.#now();
		this.#entries = this.#entries.filter((entry) => entry.expires > now);
		return (this.#entries.find((entry) => entry.owner === owner && coversScopes(entry.scopes, scopes)) ?? this.#add(owner, scopes, fetch)).token;
	}
	/** Forgets a token the registry would not take: this one, not a later one that reads the same. */
	drop(token) {
		this.#entries = this.#entries.filter((entry) => entry.value !== token);
	}
	#add(owner, scopes, fetch) {
		const entry = {
			owner,
			scopes,
			token: fetch(),
			expires: Number.POSITIVE_INFINITY
		};
		this.#entries = [...this.#entries, entry];
		entry.token.then((value) => {
			const { lifetime } = value;
			entry.value = value;
			entry.expires = this.#now() + lifetime - Math.min(MAX_MARGIN, lifetime / 4);
		}, () => this.#remove(entry));
		return entry;
	}
	#remove(gone) {
		this.#entries = this.#entries.filter((entry) => entry !== gone);
	}
};
// src/registry/transport/authorize.ts
/** Knows how each registry wants to be convinced, and holds the tokens. One per client: roles share none. */
var Authorizer = class {
	#options;
	#tokens;
	#learned = /* @__PURE__ */ new Map();
	#credentials = /* @__PURE__ */ new Map();
	constructor(options) {
		this.#options = options;
		this.#tokens = new TokenCache(options.now);
	}
	/** True when there is nobody to log in as. */
	async isAnonymous(repository) {
		return (await this.#credentialOf(repository)).kind === "anonymous";
	}
	/** What to send first; undefined for nothing. */
	async authorize(endpoint, request) {
		const credential = await this.#credentialOf(request.repository);
		const challenge = this.#learned.get(endpoint.origin.origin) ?? chooseChallenge(endpoint.challenges);
		if (challenge === void 0) return endpoint.status === 200 && credential.kind === "basic" ? answerBasic(credential) : void 0;
		return challenge.scheme === "basic" ? answerBasic(credential) : this.#answerBearer(endpoint, challenge, request.repository, request.scopes, credential);
	}
	/** How to get something better than `used`, which was not enough; undefined when there is nothing better to offer. Reads no body. */
	async planRenewal(endpoint, request, response, used) {
		const told = chooseChallenge(parseChallenges(headersOf(response, "www-authenticate")));
		const known = this.#learned.get(endpoint.origin.origin) ?? chooseChallenge(endpoint.challenges);
		const challenge = told ?? (response.status === 401 && used?.token !== void 0 ? known : void 0);
		const isShort = challenge?.parameters.error === "insufficient_scope";
		if (challenge === void 0 || response.status === 403 && !isShort) return void 0;
		this.#learned.set(endpoint.origin.origin, challenge);
		if (used?.token !== void 0) this.#tokens.drop(used.token);
		const credential = await this.#credentialOf(request.repository);
		if (challenge.scheme === "basic") {
			const fresh = answerBasic(credential);
			return fresh === void 0 || fresh.header === used?.header ? void 0 : async () => fresh;
		}
		const asked = splitScopes(challenge.parameters.scope ?? "").filter((scope) => !coversScopes(request.scopes, [scope]));
		const scopes = [...request.scopes, ...asked];
		return () => this.#answerBearer(endpoint, challenge, request.repository, scopes, credential);
	}
	async #answerBearer({ origin }, { parameters: { realm = "", service } }, repository, scopes, credential) {
		const token = await this.#tokens.get(`${origin.origin} ${repository}`, scopes, async () => {
			const address = resolveAddress(origin, realm, "token realm");
			const fetched = await fetchToken(this.#options.send, {
				realm: address,
				origin,
				service,
				scopes,
				credential
			});
			this.#options.mask(fetched.value);
			return fetched;
		});
		return {
			header: `Bearer ${token.value}`,
			token
		};
	}
	#credentialOf(repository) {
		const known = this.#credentials.get(repository) ?? this.#resolve(repository);
		this.#credentials.set(repository, known);
		known.catch(() => this.#credentials.delete(repository));
		return known;
	}
	async #resolve(repository) {
		const credential = await this.#options.credentials.resolve(repository);
		if (credential.kind === "anonymous") return credential;
		const secrets = [credential.kind === "basic" ? credential.password : credential.token, formatBasic(credential)?.slice(6) ?? ""];
		for (const secret of secrets) if (secret !== "") this.#options.mask(secret);
		return credential;
	}
};
function answerBasic(credential) {
	const header = formatBasic(credential);
	return header === void 0 ? void 0 : { header };
}
// src/registry/transport/scheme.ts
/** https unless the host is this machine (http first) or was named insecure (http last). Asked once, without credentials. */
function createEndpointFinder(send, isInsecureHost) {
	const known = /* @__PURE__ */ new Map();
	return (registry) => {
		const found = known.get(registry) ?? askCandidates(send, listOrigins(registry, isInsecureHost(registry)));
		known.set(registry, found);
		const forget = () => known.delete(registry);
		found.then((endpoint) => isRetryableStatus(endpoint.status) ? forget() : void 0, forget);
		return found;
	};
}
/** The addresses to try for a registry, in order. Docker Hub's API is not at docker.io. */
function listOrigins(registry, isInsecure) {
	const host = registry === "docker.io" || registry === "index.docker.io" ? "registry-1.docker.io" : registry;
	const secure = new URL(`https://${host}/`);
	const plain = new URL(`http://${host}/`);
	if (isLoopbackHost(secure.hostname)) return [plain, secure];
	return isInsecure ? [secure, plain] : [secure];
}
async function askCandidates(send, origins) {
	const faults = [];
	for (const [index, origin] of origins.entries()) try {
		const endpoint = await askVersion$1(send, origin);
		if (endpoint !== void 0 || index === origins.length - 1) return endpoint ?? unknownEndpoint(origin);
	} catch (fault) {
		faults.push(fault);
	}
	throw faults.length === 1 ? faults[0] : new AggregateError(faults, faults.map(messageOf).join("; "));
}
/** Undefined when a server answers that speaks the other scheme: Go and nginx say 400 to http on a TLS port. */
async function askVersion$1(send, origin) {
	const response = await send({
		method: "GET",
		url: new URL("/v2/", origin),
		headers: {},
		redirects: "same-origin"
	});
	await discardBody(response);
	const { status } = response;
	if (origin.protocol === "http:") {
		if (status === 400) return void 0;
		if (headerOf(response, "location")?.startsWith("https:") === true) return void 0;
	}
	const challenges = parseChallenges(headersOf(response, "www-authenticate"));
	const isRegistry = status === 200 || status === 401 && challenges.length > 0;
	return {
		origin,
		challenges: status === 401 ? challenges : [],
		status,
		isRegistry
	};
}
function unknownEndpoint(origin) {
	return {
		origin,
		challenges: [],
		status: 400,
		isRegistry: false
	};
}
function messageOf(fault) {
	return fault instanceof Error ? fault.message : String(fault);
}
// src/registry/transport/first-contact.ts
/** Requests that do not wait for `/v2/`: what a promotion asks first, and not the hundreds that a batch has ready. */
const MOST = 3;
/**
* Asks a registry that nothing is known of yet for a manifest and for `/v2/` side by side, which saves a round trip. A 200 is
* taken as it is; whatever else comes counts only where `/v2/` says that it was asked in the right place, in the right way.
*/
var FirstContact = class {
	#options;
	/** Requests that did not wait, by registry. */
	#sent = /* @__PURE__ */ new Map();
	constructor(options) {
		this.#options = options;
	}
	/** The answer to a request without credentials; undefined when it has to be sent to the endpoint. */
	async send(registry, request) {
		const sent = this.#sent.get(registry) ?? 0;
		if (sent >= MOST || !isManifestRead(request)) return void 0;
		this.#sent.set(registry, sent + 1);
		const { findEndpoint, isInsecureHost, send } = this.#options;
		const [origin] = listOrigins(registry, isInsecureHost(registry));
		if (origin === void 0) return void 0;
		const guess = {
			origin,
			challenges: [],
			status: 0,
			isRegistry: false
		};
		const finding = findEndpoint(registry);
		finding.then(() => this.#sent.set(registry, MOST), () => void 0);
		const [first] = await Promise.allSettled([send(guess, {
			...request,
			redirects: "same-origin"
		})]);
		if (first.status === "fulfilled" && first.value.status === 200) return first.value;
		const endpoint = await finding;
		if (endpoint.origin.origin === origin.origin && isFinal(first, endpoint)) {
			if (first.status === "rejected") throw first.reason;
			return first.value;
		}
		if (first.status === "fulfilled") await discardBody(first.value);
	}
};
/** What may change something goes to no address that has not answered yet, and blobs are often sent from elsewhere. */
function isManifestRead({ method, target }) {
	return (method === "GET" || method === "HEAD") && typeof target === "string" && target.includes("/manifests/");
}
/** True unless the registry might say something else to whom it gave a token, or has only sent us on. */
function isFinal(first, { challenges }) {
	if (first.status === "rejected") return true;
	const { status } = first.value;
	if (status === 401 || status === 403) return true;
	return challenges.length === 0 && (status < 300 || status >= 400);
}
// src/registry/transport/host-limiter.ts
/** Lets each host set its own pace: a 429, or a 5xx with Retry-After, halves what it gets at once and makes everyone wait as long as it asks; every few rounds of answers give one back. A slot is held from sending until the answer's headers, and so never across authorisation, retries or bodies being read. */
function withHostLimits(send, limits) {
	const gates = /* @__PURE__ */ new Map();
	limits.signal.addEventListener("abort", () => {
		for (const gate of gates.values()) gate.refuse(limits.signal.reason);
	});
	return async (request) => {
		limits.signal.throwIfAborted();
		const gate = gates.get(request.url.origin) ?? new HostGate(limits);
		gates.set(request.url.origin, gate);
		const turn = await gate.enter();
		try {
			const response = await send(request);
			gate.learn(turn, response);
			return response;
		} finally {
			gate.leave();
		}
	};
}
/** Answers per request at once that are taken for a sign that one more would do. */
const ROUNDS = 4;
/** Requests at once that a host which ever complained gets at most. */
const MODEST = 8;
/** The way to one host: first come, first served. */
var HostGate = class {
	#limits;
	#waiters = [];
	#limit;
	/** What the limit may grow to: less for a host that complained once. */
	#ceiling;
	#active = 0;
	#successes = 0;
	/** Number of the last request let in, and of the last one before the limit was cut. */
	#turn = 0;
	#cut = 0;
	/** Milliseconds on the policy's clock before which nobody is let in. */
	#opens = 0;
	#isPaused = false;
	constructor(limits) {
		this.#limits = limits;
		this.#limit = limits.connections;
		this.#ceiling = limits.connections;
	}
	enter() {
		const entered = new Promise((enter, refuse) => this.#waiters.push({
			enter,
			refuse
		}));
		this.#admit();
		return entered;
	}
	leave() {
		this.#active--;
		this.#admit();
	}
	refuse(reason) {
		for (const waiter of this.#waiters.splice(0)) waiter.refuse(reason);
	}
	learn(turn, response) {
		const { policy } = this.#limits;
		const asked = readRetryAfter(response, policy.now());
		if (response.status !== 429 && (response.status < 500 || asked === void 0)) {
			if (response.status >= 500 || ++this.#successes < this.#limit * ROUNDS) return;
			this.#limit = Math.min(this.#ceiling, this.#limit + 1);
			this.#successes = 0;
			return;
		}
		if (turn > this.#cut) {
			this.#ceiling = Math.min(this.#ceiling, MODEST);
			this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, this.#ceiling) / 2));
			this.#cut = this.#turn;
		}
		this.#successes = 0;
		if (asked === void 0 || asked > policy.deadline) return;
		this.#opens = Math.max(this.#opens, policy.now() + Math.min(asked, policy.maxDelay));
	}
	#admit() {
		if (this.#isPaused || this.#waiters.length === 0) return;
		const delay = this.#opens - this.#limits.policy.now();
		if (delay > 0) return void this.#pause(delay);
		while (this.#active < this.#limit) {
			const waiter = this.#waiters.shift();
			if (waiter === void 0) return;
			this.#active++;
			waiter.enter(++this.#turn);
		}
	}
	async #pause(delay) {
		this.#isPaused = true;
		const { policy, signal } = this.#limits;
		const opens = this.#opens;
		try {
			await policy.sleep(delay, signal);
			if (this.#opens === opens) this.#opens = 0;
		} catch (reason) {
			this.refuse(reason);
		}
		this.#isPaused = false;
		this.#admit();
	}
};
// src/registry/transport/warning.ts
const MAX_WARNINGS = 20;
/** Shows each warning of a registry once, and does nothing else with it; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#warnings */
function createWarningReporter(log) {
	const shown = /* @__PURE__ */ new Set();
	return (response) => {
		for (const text of headersOf(response, "warning").flatMap(parseWarnings)) {
			const line = `${response.url.host} says: ${text}`;
			if (shown.has(line) || shown.size >= MAX_WARNINGS) continue;
			shown.add(line);
			log.warning(line);
		}
	};
}
/** The texts of all `299 - "text"` in a Warning header; other codes are not for people. */
function parseWarnings(header) {
	return [...header.matchAll(/(?:^|,)\s*299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => cleanText((match[1] ?? "").replace(/\\(.)/g, "$1"), 500));
}
// src/registry/transport/http.ts
const PUT_UP_TO = 2097152;
/** Milliseconds: a longer wait is told, so that nobody takes it for a hang. */
const TELLING_DELAY = 5e3;
/** Composes the layers, outermost first: warnings, retry, endpoint, authorisation, redirects, limits per host, connections. */
function createTransport(options) {
	const retry = {
		...DEFAULT_RETRY,
		...options.retry
	};
	const { log } = options;
	const closing = new AbortController();
	const signal = AbortSignal.any([options.signal, closing.signal]);
	setMaxListeners(0, signal);
	const insecureHosts = new Set(options.insecureHosts.map((host) => host.toLowerCase()));
	const insecureOrigins = new Set([...insecureHosts].flatMap((host) => listOrigins(host, true).map((url) => url.origin)));
	const connections = createDispatcher({
		...options,
		signal,
		timeouts: {
			...DEFAULT_TIMEOUTS,
			...options.timeouts
		},
		isInsecure: (origin) => insecureOrigins.has(origin)
	});
	const limits = {
		connections: 12,
		policy: retry,
		signal
	};
	const send = withRedirects(withHostLimits(connections.send, limits));
	const isInsecureHost = (registry) => insecureHosts.has(registry);
	const findEndpoint = createEndpointFinder(send, isInsecureHost);
	const authorizer = new Authorizer({
		...options,
		send: sendForToken,
		now: retry.now
	});
	const isProxied = Boolean(options.proxy?.httpProxy || options.proxy?.httpsProxy);
	const firstContact = new FirstContact({
		findEndpoint,
		isInsecureHost,
		send: (endpoint, request) => sendAuthorized(send, authorizer, endpoint, request)
	});
	const showWarnings = createWarningReporter(log);
	async function sendForToken(request) {
		const { host } = request.url;
		try {
			return await sendWithRetry(retry, signal, () => send(request), reportRetry(log, host));
		} catch (fault) {
			if (fault instanceof DomainError) throw fault;
			throw new RegistryError("UNAVAILABLE", `the token service at ${host} gave no answer`, {
				cause: fault,
				method: request.method,
				url: request.url,
				hint: explainSilence(fault, host)
			});
		}
	}
	async function sendTo(registry, request) {
		return (!isProxied && await authorizer.isAnonymous(request.repository) ? await firstContact.send(registry, request) : void 0) ?? sendAuthorized(send, authorizer, await findEndpoint(registry), request);
	}
	/** Sends a request, and takes what is wanted of its answer, as one attempt. */
	async function exchange(request, take) {
		const { replay = true } = request;
		const policy = replay === false ? {
			...retry,
			attempts: 1
		} : {
			...retry,
			onlyWhenBusy: replay === "when-busy"
		};
		const registry = registryOf(request.repository);
		const attempt = async () => take(await sendTo(registry, request));
		try {
			const response = await sendWithRetry(policy, signal, attempt, reportRetry(log, registry));
			showWarnings(response);
			return response;
		} catch (fault) {
			throw wrapFault(request, fault, signal);
		}
	}
	return {
		retry,
		putUpTo: options.putUpTo ?? PUT_UP_TO,
		log,
		signal,
		send: (request) => exchange(request, async (response) => response),
		read: (request, limit) => exchange(request, (response) => readWhole(response, limit)),
		async findEndpoint(request) {
			try {
				return await findEndpoint(registryOf(request.repository));
			} catch (fault) {
				throw wrapFault(request, fault, signal);
			}
		},
		async warm(registry, count) {
			const [origin] = listOrigins(registry, isInsecureHost(registry));
			const ask = async () => {
				const url = new URL("/v2/", origin);
				await discardBody(await send({
					method: "GET",
					url,
					headers: {},
					redirects: "same-origin"
				}));
			};
			await Promise.allSettled(Array.from({ length: count }, ask));
		},
		async close() {
			closing.abort(/* @__PURE__ */ new Error("the registry client was closed"));
			await connections.close();
		}
	};
}
/** Authorises what goes to the registry's own origin and nothing else; asks once more when the first try was not enough. */
async function sendAuthorized(send, authorizer, endpoint, request) {
	const { origin } = endpoint;
	const url = resolveAddress(origin, String(request.target), "Location");
	const { method, headers = {}, body, redirects, stores } = request;
	const wire = {
		method,
		url,
		registry: origin,
		headers,
		body,
		redirects,
		stores
	};
	if (url.origin !== origin.origin) return send(wire);
	const authorization = await authorizer.authorize(endpoint, request);
	const response = await send(withAuthorization(wire, authorization));
	if (response.status !== 401 && response.status !== 403 || response.url.origin !== origin.origin) return response;
	const renew = await authorizer.planRenewal(endpoint, request, response, authorization);
	if (renew === void 0) return response;
	await discardBody(response);
	return send(withAuthorization(wire, await renew()));
}
function withAuthorization(request, authorization) {
	if (authorization === void 0) return request;
	return {
		...request,
		headers: {
			...request.headers,
			authorization: authorization.header
		}
	};
}
function reportRetry(log, host) {
	return (reason, delay) => {
		const line = `${host}: ${reason}; again in ${(delay / 1e3).toFixed(1)} s`;
		if (delay >= TELLING_DELAY) log.info(line);
		else log.debug(line);
	};
}
// src/registry/client.ts
/** Milliseconds that a run waits at its end for uploads that it opened and did not need: a registry forgets them by itself. */
const MAX_TIDYING_MS = 2e3;
/** Talks to registries in one role: its tokens and connections are shared with no other role's. Every method throws RegistryError. */
var RegistryClient = class {
	/** What the verbs of this folder send through. */
	transport;
	/** What is put in order behind the caller's back. */
	#tidying = [];
	constructor(options) {
		this.transport = createTransport(options);
	}
	/** What a reference means now, in one GET; the digest is that of the bytes, and a wrong Docker-Content-Digest fails. */
	resolve(reference) {
		return resolveReference(this.transport, reference);
	}
	/** What is behind a tag or digest; undefined only when the registry itself says it is not there, never for lack of access. What is `expected` to be absent is told sooner. */
	headManifest(repository, reference, access = "pull", expected) {
		return headManifest(this.transport, repository, reference, access, expected);
	}
	/** The manifest with this digest, verified. */
	getManifest(repository, digest) {
		return getManifest(this.transport, repository, digest);
	}
	/** Stores these bytes. `subject` is what OCI-Subject said: undefined means the registry has no referrers API for it. */
	putManifest(repository, reference, content, options) {
		return putManifest(this.transport, repository, reference, content, options);
	}
	/** True when the repository holds this blob, and with the size of the descriptor if one is given. */
	hasBlob(repository, blob, access = "pull") {
		return hasBlob(this.transport, repository, blob, access);
	}
	/** A blob as a stream that fails before its end when size or digest is wrong, and resumes where a connection broke. */
	openBlob(repository, descriptor) {
		return openBlob(this.transport, repository, descriptor);
	}
	/** As openBlob, but asks for nothing before it is read, and fails as a stream. */
	streamBlob(repository, descriptor) {
		return streamBlob(this.transport, repository, descriptor);
	}
	/** A small blob, verified; TOO_LARGE when it declares more than `maxBytes`. */
	readBlob(repository, descriptor, maxBytes) {
		return readBlob(this.transport, repository, descriptor, maxBytes);
	}
	/** Sees to it that the repository holds a blob with the least effort: looks for it, has it mounted from `mountFrom` if that is in the same registry, uploads it. */
	pushBlob(repository, descriptor, open, options) {
		return pushBlob(this.transport, repository, descriptor, open, options);
	}
	/** Stores a blob; `open` is called again when the upload has to start over. */
	uploadBlob(repository, descriptor, open) {
		return uploadBlob(this.transport, repository, descriptor, open);
	}
	/** Asks the registry to take a blob over from another of its repositories; false means: upload it. */
	mountBlob(repository, digest, from) {
		return mountBlob(this.transport, repository, digest, from);
	}
	/** Opens up to `count` connections ahead of need, by asking for `/v2/` on each, without credentials, where the registry most likely answers. Never throws: what fails is met again where it matters. */
	warm(repository, count) {
		return this.transport.warm(registryOf(repository), count);
	}
	/** Throws unless we may push here, told by opening an upload, which is cancelled again; `close` sees to that where nobody waits for it. */
	async probePush(repository, { waits = true } = {}) {
		const { cancelled } = await probePush(this.transport, repository);
		if (waits) await cancelled;
		else this.#tidying.push(cancelled);
	}
	/** Ends all connections; what is still under way fails as CANCELLED. */
	async close() {
		await Promise.race([Promise.all(this.#tidying), this.transport.retry.sleep(MAX_TIDYING_MS, this.transport.signal)]).catch(() => {});
		await this.transport.close();
	}
};
// src/registry/credential-helper.ts
/** Asks a helper for one server; undefined when it has nothing for it, CREDENTIALS when it cannot say. https://github.com/docker/docker-credential-helpers#development */
async function askHelper({ exec, env, cwd, signal }, name, server) {
	if (!/^[A-Za-z0-9._-]+$/.test(name)) throw new RegistryError("CREDENTIALS", `${JSON.stringify(cleanText(name, 80))} cannot be the name of a credential helper`, { hint: "Correct credHelpers or credsStore in the Docker config." });
	const file = `docker-credential-${name}`;
	let result;
	try {
		result = await exec({
			file,
			args: ["get"],
			cwd,
			env,
			input: server
		}, signal);
	} catch (cause) {
		throw new RegistryError("CREDENTIALS", `${file} could not be run for ${server}: ${describeError(cause)}`, {
			cause,
			hint: `Install ${file}, or take it out of the Docker config.`
		});
	}
	if (result.code === 0) return parseAnswer(file, server, result.stdout);
	if (`${result.stdout}\n${result.stderr}`.toLowerCase().includes("credentials not found")) return void 0;
	const said = cleanText(result.stderr || result.stdout);
	throw new RegistryError("CREDENTIALS", `${file} ${result.code === null ? `was ended by ${result.signal}` : `ended with ${result.code}`} for ${server}${said === "" ? "" : `: ${said}`}`, { hint: `Run \`echo ${server} | ${file} get\` where this runs, and see why it fails.` });
}
/** The output holds the secret, so no error may quote it. */
function parseAnswer(file, server, output) {
	let json;
	try {
		json = JSON.parse(output);
	} catch {
		json = void 0;
	}
	const { Username: username, Secret: secret } = json ?? {};
	if (typeof username !== "string" || typeof secret !== "string") throw new RegistryError("CREDENTIALS", `${file} answered for ${server} with something that is no credential`);
	return secret === "" ? void 0 : {
		username,
		secret
	};
}
// src/registry/credential-key.ts
const DOCKER_HUB_HOSTS = [
	"docker.io",
	"index.docker.io",
	"registry-1.docker.io"
];
/** The names under which credentials for a repository may be kept, the most telling first: `host/a/b`, `host/a`, `host`. */
function credentialKeys(repository) {
	const segments = normalizeKey(repository).split("/");
	return segments.map((_, index) => segments.slice(0, segments.length - index).join("/"));
}
/** A key of a Docker config as `host[:port][/path]`: without scheme and API version, Docker Hub under one name. */
function normalizeKey(key) {
	const [host = "", ...path] = key.trim().replace(/^https?:\/\//i, "").replace(/(?<!\/)\/+$/, "").replace(/^([^/]+)\/v[12]$/i, "$1").split("/");
	const name = host.toLowerCase();
	return [DOCKER_HUB_HOSTS.includes(name) ? "docker.io" : name, ...path].join("/");
}
/** What a helper program knows a registry by; Docker Hub has an address of its own. */
function serverAddress(repository) {
	const host = normalizeKey(registryOf(repository));
	return host === "docker.io" ? "https://index.docker.io/v1/" : host;
}
// src/registry/docker-config.ts
/** Reads a Docker config file; undefined when there is none. Throws CREDENTIALS for one that cannot be read or understood. https://docs.docker.com/reference/cli/docker/login/ */
async function loadDockerConfig(path) {
	let text;
	try {
		text = await readFile(path, "utf8");
	} catch (cause) {
		const [code] = codesOf(cause);
		if (code === "ENOENT" || code === "ENOTDIR") return void 0;
		throw new RegistryError("CREDENTIALS", `the Docker config ${path} cannot be read`, { cause });
	}
	return parseDockerConfig(text, path);
}
/** Parses a Docker config; `path` is only for errors, which never quote the content. */
function parseDockerConfig(text, path) {
	const json = asObject(parseJson(text, path), "the file", path);
	const auths = /* @__PURE__ */ new Map();
	for (const [key, value] of Object.entries(asObject(json.auths ?? {}, "auths", path))) {
		const entry = parseEntry(asObject(value, `auths[${JSON.stringify(key)}]`, path), key, path);
		if (entry !== void 0) auths.set(normalizeKey(key), entry);
	}
	const credHelpers = /* @__PURE__ */ new Map();
	for (const [key, value] of Object.entries(asObject(json.credHelpers ?? {}, "credHelpers", path))) credHelpers.set(normalizeKey(key), asString(value, `credHelpers[${JSON.stringify(key)}]`, path));
	return {
		auths,
		credHelpers,
		credsStore: asString(json.credsStore, "credsStore", path) || void 0
	};
}
/** Undefined for the empty entries that `docker login` leaves beside a credential store. */
function parseEntry(json, key, path) {
	const where = `auths[${JSON.stringify(key)}]`;
	const identityToken = asString(json.identitytoken, `${where}.identitytoken`, path);
	const auth = asString(json.auth, `${where}.auth`, path);
	if (auth === "") {
		const username = asString(json.username, `${where}.username`, path);
		const password = asString(json.password, `${where}.password`, path);
		return username === "" && password === "" && identityToken === "" ? void 0 : {
			username,
			password,
			identityToken
		};
	}
	const pair = Buffer.from(auth, "base64").toString("utf8").replace(/\0+$/, "");
	const colon = pair.indexOf(":");
	if (colon < 1) fail(path, `${where}.auth is not base64 of user:password`);
	return {
		username: pair.slice(0, colon),
		password: pair.slice(colon + 1),
		identityToken
	};
}
function parseJson(text, path) {
	if (text.trim() === "") return {};
	try {
		return JSON.parse(text);
	} catch {
		return fail(path, "it is not JSON");
	}
}
function asObject(value, where, path) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	return fail(path, `${where} is not an object`);
}
function asString(value, where, path) {
	if (value === void 0 || value === null) return "";
	return typeof value === "string" ? value : fail(path, `${where} is not a string`);
}
function fail(path, what) {
	throw new RegistryError("CREDENTIALS", `the Docker config ${path} is broken: ${what}`, { hint: "Log in again, or correct the file." });
}
// src/registry/credentials.ts
const ANONYMOUS = { kind: "anonymous" };
const TOKEN_USER = "<token>";
/** Nobody, everywhere. */
const anonymousCredentials = { resolve: async () => ANONYMOUS };
/** Credentials by `host[:port]`, or by `host/path` for a part of a registry; `otherwise` is asked for every other one. */
function explicitCredentials(hosts, otherwise = anonymousCredentials) {
	const known = new Map([...hosts].map(([key, credential]) => [normalizeKey(key), credential]));
	return { resolve: async (repository) => {
		const key = credentialKeys(repository).find((candidate) => known.has(candidate));
		return (key === void 0 ? void 0 : known.get(key)) ?? otherwise.resolve(repository);
	} };
}
/** What `docker login` left. The most telling key wins; for one key a helper goes before the store, the store before the file. */
function dockerConfigCredentials(options) {
	let configs;
	return { async resolve(repository) {
		configs ??= Promise.all(options.paths.map(loadDockerConfig));
		for (const config of await configs) {
			const credential = config === void 0 ? void 0 : await findCredential(config, options, repository);
			if (credential !== void 0) return credential;
		}
		return ANONYMOUS;
	} };
}
async function findCredential({ auths, credHelpers, credsStore }, helper, repository) {
	const keys = credentialKeys(repository);
	for (const key of keys) {
		const isHost = key === keys.at(-1);
		const named = credHelpers.get(key);
		if (named !== void 0) return askFor(helper, named, isHost ? serverAddress(repository) : key);
		const stored = isHost && credsStore !== void 0 ? await askFor(helper, credsStore, serverAddress(repository)) : void 0;
		if (stored !== void 0) return stored;
		const entry = auths.get(key);
		if (entry !== void 0) return fromEntry(entry);
	}
}
async function askFor(helper, name, server) {
	const answer = await askHelper(helper, name, server);
	return answer && fromPair(answer.username, answer.secret);
}
function fromEntry({ username, password, identityToken }) {
	if (identityToken === "") return fromPair(username, password);
	return username === "" || username === TOKEN_USER ? {
		kind: "identity-token",
		token: identityToken
	} : {
		kind: "identity-token",
		token: identityToken,
		username
	};
}
function fromPair(username, password) {
	return username === TOKEN_USER ? {
		kind: "identity-token",
		token: password
	} : {
		kind: "basic",
		username,
		password
	};
}
// src/host/machine/identity.ts
/** Who runs this, as the runner says it; https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function readRunIdentity(env) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = env;
	const attempt = Number.parseInt(env.GITHUB_RUN_ATTEMPT ?? "", 10);
	const runAttempt = Number.isNaN(attempt) ? void 0 : attempt;
	const runUrl = server && repository && runId ? `${server}/${repository}/actions/runs/${runId}/attempts/${runAttempt ?? 1}` : void 0;
	return {
		...given("actor", env.GITHUB_ACTOR),
		...given("workflow", env.GITHUB_WORKFLOW_REF ?? env.GITHUB_WORKFLOW),
		...given("repository", repository),
		...given("runId", runId),
		...given("runUrl", runUrl),
		...runAttempt === void 0 ? {} : { runAttempt }
	};
}
/** Where `docker login` and its kin leave credentials, the most specific first. */
function dockerConfigPaths(env) {
	return [env.REGISTRY_AUTH_FILE, join(env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker"), "config.json")].filter((path) => path !== void 0 && path !== "");
}
/** Proxy and certificate settings, for the one child that may use the network: cosign with a transparency log. */
function networkEnv(env) {
	return Object.fromEntries([
		"HTTPS_PROXY",
		"HTTP_PROXY",
		"NO_PROXY",
		"https_proxy",
		"http_proxy",
		"no_proxy",
		"SSL_CERT_FILE",
		"SSL_CERT_DIR"
	].flatMap((name) => env[name] ? [[name, env[name]]] : []));
}
/** Where git finds its own configuration, its keys and who commits. No token is among them: actions/checkout leaves one in the configuration of the repository. */
function gitEnv(env) {
	return Object.fromEntries([
		...[
			"HOME",
			"USERPROFILE",
			"XDG_CONFIG_HOME",
			"GIT_CONFIG_GLOBAL",
			"GIT_CONFIG_SYSTEM",
			"GIT_CONFIG_NOSYSTEM"
		],
		...[
			"SSH_AUTH_SOCK",
			"GIT_SSH",
			"GIT_SSH_COMMAND",
			"GNUPGHOME",
			"GPG_TTY",
			"TMPDIR"
		],
		...[
			"GIT_AUTHOR_NAME",
			"GIT_AUTHOR_EMAIL",
			"GIT_COMMITTER_NAME",
			"GIT_COMMITTER_EMAIL"
		]
	].flatMap((name) => env[name] ? [[name, env[name]]] : []));
}
/** What cosign has to trust where the policy or `NODE_EXTRA_CA_CERTS` names authorities of its own, in PEM: those, the system's and Node's. Undefined where there are none to add; read when it is asked for, since that is hundreds of files. */
function readCertificates(env, ca) {
	if (ca === void 0 && !env.NODE_EXTRA_CA_CERTS) return void 0;
	return () => {
		const { getCACertificates } = process.getBuiltinModule("node:tls");
		const known = [...getCACertificates("system"), ...getCACertificates("default")].map((pem) => pem.trim());
		return `${[.../* @__PURE__ */ new Set([...known, ...ca === void 0 ? [] : [ca.trim()]])].join("\n")}\n`;
	};
}
function given(key, value) {
	return value ? { [key]: value } : {};
}
// src/host/machine/clients.ts
/** Opens the clients of an action; explicit logins come before what `docker login` left. */
function openClients(needs, context) {
	const { env, exec, log, signal, cut = signal, proxy } = context;
	const dockerConfig = dockerConfigCredentials({
		paths: dockerConfigPaths(env),
		exec,
		env: helperEnv(env, needs.keyVariables),
		cwd: tmpdir(),
		signal
	});
	const open = ({ logins, writes }) => new RegistryClient({
		credentials: logins.size === 0 ? dockerConfig : explicitCredentials(toCredentials(logins), dockerConfig),
		insecureHosts: needs.insecureHosts,
		...needs.ca === void 0 ? {} : { ca: needs.ca },
		proxy,
		userAgent: "promote-image",
		log,
		signal: writes === true ? cut : signal,
		mask: (secret) => log.mask(secret)
	});
	const opened = Object.entries(needs.clients).map(([role, need]) => [role, open(need)]);
	return {
		clients: Object.fromEntries(opened),
		close: async () => {
			await Promise.all(opened.map(([, client]) => client.close()));
		}
	};
}
function toCredentials(logins) {
	return new Map([...logins].map(([host, login]) => [host, {
		kind: "basic",
		...login
	}]));
}
/** A credential helper may need its cloud's variables, but none of ours. */
function helperEnv(env, keyVariables) {
	const isOurs = (name) => keyVariables.includes(name) || /^(INPUT_|PROMOTE_IMAGE_|COSIGN_|ACTIONS_|GITHUB_TOKEN$|SIGSTORE_ID_TOKEN$)/.test(name);
	return Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== void 0 && !isOurs(entry[0])));
}
// src/host/machine/error.ts
/** The runner or GitHub did not give what a run needs. */
var HostError = class extends DomainError {};
// src/host/machine/exec.ts
const MAX_OUTPUT_BYTES = 67108864;
const KILL_AFTER_MS = 5e3;
/** What a process needs to start at all, on whatever system: wrapper scripts find their interpreter by it. */
const START_VARIABLES = [
	"PATH",
	"SystemRoot",
	"PATHEXT"
];
/**
* Runs a tool without a shell, with the environment that is listed and a PATH, and stops it when the run is cancelled:
* SIGTERM, then SIGKILL. `@actions/exec` cannot stop a child, which is why it is not used for tools.
*/
const runCommand = (command, signal) => new Promise((resolve, reject) => {
	const { spawn } = process.getBuiltinModule("node:child_process");
	const child = spawn(command.file, command.args, {
		cwd: command.cwd,
		env: {
			...startEnvironment(),
			...command.env
		},
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		],
		windowsHide: true,
		detached: process.platform !== "win32"
	});
	const stdout = collect(child.stdout);
	const stderr = collect(child.stderr);
	let killTimer;
	const stop = () => {
		killGroup(child, "SIGTERM");
		killTimer = setTimeout(() => {
			killGroup(child, "SIGKILL");
			for (const stream of [child.stdout, child.stderr]) stream.destroy();
		}, KILL_AFTER_MS);
	};
	if (signal.aborted) stop();
	signal.addEventListener("abort", stop, { once: true });
	const settle = () => {
		clearTimeout(killTimer);
		signal.removeEventListener("abort", stop);
		if (signal.aborted) killGroup(child, "SIGKILL");
	};
	child.on("error", (cause) => {
		settle();
		reject(new HostError("EXEC_FAILED", `${command.file} could not be started: ${cause.message}`, {
			cause,
			hint: "Check that the file exists, may be executed, and was built for this machine."
		}));
	});
	child.on("close", (code, endedBy) => {
		settle();
		resolve({
			code,
			signal: endedBy,
			stdout: stdout(),
			stderr: stderr()
		});
	});
	child.stdin.on("error", () => void 0);
	child.stdin.end(command.input ?? "");
});
/** Keeps the last 64 MiB of a stream. */
function collect(stream) {
	const chunks = [];
	let size = 0;
	stream.on("data", (chunk) => {
		chunks.push(chunk);
		size += chunk.length;
		while (size > MAX_OUTPUT_BYTES && chunks.length > 1) size -= chunks.shift()?.length ?? 0;
	});
	return () => Buffer.concat(chunks).toString("utf8");
}
function startEnvironment() {
	return Object.fromEntries(START_VARIABLES.flatMap((name) => process.env[name] ? [[name, process.env[name]]] : []));
}
function killGroup(child, signal) {
	try {
		if (child.pid !== void 0 && process.platform !== "win32") process.kill(-child.pid, signal);
		else child.kill(signal);
	} catch {}
}
// src/tool/checksum.ts
/** Bytes read at once: a tool is a hundred megabytes and more, and each read is an event of its own. */
const BLOCK = 4194304;
/** The SHA-256 of a file's bytes, in lower-case hex. */
async function hashFile(path, signal) {
	const hash = createHash("sha256");
	const file = await open(path);
	try {
		const block = Buffer.allocUnsafe(Math.min(BLOCK, (await file.stat()).size + 1));
		for (;;) {
			signal?.throwIfAborted();
			const { bytesRead } = await file.read(block, 0, block.length, null);
			if (bytesRead === 0) return hash.digest("hex");
			hash.update(block.subarray(0, bytesRead));
		}
	} finally {
		await file.close();
	}
}
// src/tool/given-path.ts
const VERSION_TIMEOUT_MS = 3e4;
/**
* Looks at the executable at `path` (`~/` means `home`) and asks it for its version, in `directory` and with an
* environment that holds nothing of the user's. Throws NOT_EXECUTABLE when it is not a file that can be run.
*/
async function inspectGivenPath(name, given, context) {
	const path = resolve(expandHome(given, context.home));
	await assertExecutable(name, path);
	const [sha256, version] = await runTogether(context.signal, (signal) => [hashFile(path, signal).catch((cause) => {
		signal.throwIfAborted();
		throw notExecutable(name, path, "cannot be read, and the record needs its checksum", cause);
	}), askVersion(name, path, {
		...context,
		signal
	})]);
	return {
		path,
		sha256,
		version
	};
}
/** A path with a leading `~` as the shell would read it. */
function expandHome(path, home) {
	return /^~(?=[/\\]|$)/.test(path) ? join(home, path.slice(1)) : path;
}
async function assertExecutable(name, path) {
	if (!(await stat(path).catch((cause) => {
		throw notExecutable(name, path, "does not exist or cannot be looked at", cause);
	})).isFile()) throw notExecutable(name, path, "is not a file");
	await access(path, constants.X_OK).catch((cause) => {
		throw notExecutable(name, path, "is not executable", cause);
	});
}
async function askVersion(name, path, context) {
	const { directory, signal } = context;
	const command = {
		file: path,
		args: versionArguments(name),
		cwd: directory,
		env: { HOME: directory }
	};
	const limit = AbortSignal.any([signal, AbortSignal.timeout(VERSION_TIMEOUT_MS)]);
	const result = await context.exec(command, limit).catch((cause) => {
		signal.throwIfAborted();
		throw notExecutable(name, path, "could not be started", cause);
	});
	signal.throwIfAborted();
	const said = /^[ \t]*(?:Git)?Version:\s*v?([0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.+-]{0,64})[ \t\r]*$/m.exec(result.stdout)?.[1];
	return result.code === 0 && said !== void 0 ? said : "unknown";
}
function notExecutable(name, path, why, cause) {
	return new ToolError("NOT_EXECUTABLE", `${name}: ${path} ${why}`, {
		...cause === void 0 ? {} : { cause },
		hint: `Give the input ${name} the path of an executable for this machine, or leave it empty for the pinned version.`
	});
}
// src/host/machine/files.ts
/** Reads the workspace; on a pull request, policies and what they name come from the base commit, which the pull request cannot have edited. */
function createFileReader({ workspace, event, home, readBaseCommit }) {
	const readText = async (path) => {
		try {
			return await readFile(resolve(workspace, path), "utf8");
		} catch (error) {
			const { code, message } = error;
			if (code === "ENOENT" || code === "ENOTDIR") return void 0;
			throw new HostError("FILE_UNREADABLE", `${path} is there and cannot be read: ${message}`, { cause: error });
		}
	};
	const readReviewed = async (path) => {
		const text = await readText(path);
		if (text !== void 0) await refuseWayOut(workspace, path);
		return text;
	};
	const isExecutable = (path) => isExecutableFile(resolve(workspace, expandHome(path, home)));
	if (!isPullRequest(event)) return {
		readText,
		readPolicy: readReviewed,
		isExecutable
	};
	return {
		readText,
		isExecutable,
		readPolicy: (path) => readBaseCommit(isAbsolute(path) ? relative(workspace, path) : path)
	};
}
/** A link in a checkout may not lead out of it: nobody reviewed what is there. A path that names another place itself is the workflow's own word. */
async function refuseWayOut(workspace, path) {
	const isInside = (folder, file) => file.startsWith(join(folder, sep));
	const file = resolve(workspace, path);
	if (!isInside(resolve(workspace), file) || isInside(await realpath(workspace), await realpath(file))) return;
	throw new HostError("FILE_UNREADABLE", `${path} is a link that leads out of the workspace`);
}
async function isExecutableFile(path) {
	try {
		await access(path, constants$1.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}
// src/host/machine/proxy.ts
/** Proxies as the usual variables name them, lower case first; an address without a scheme is one of http, as for curl and Go. Throws UsageError for what is no address, without quoting it. */
function readProxy(env) {
	const problems = [];
	const pick = (name) => env[name.toLowerCase()] || env[name] || void 0;
	const pickAddress = (name) => {
		const text = pick(name)?.trim();
		if (text === void 0 || text === "") return void 0;
		const address = text.includes("://") ? text : `http://${text}`;
		if (isProxyAddress(address)) return address;
		problems.push({
			where: `variable ${name}`,
			message: "is not the address of a proxy.",
			fix: "Write http://host:port or https://host:port; a login goes before the host as user:password@, percent-encoded."
		});
	};
	const httpProxy = pickAddress("HTTP_PROXY");
	const httpsProxy = pickAddress("HTTPS_PROXY");
	const noProxy = pick("NO_PROXY");
	if (problems.length > 0) throw new UsageError(problems);
	return {
		...httpProxy === void 0 ? {} : { httpProxy },
		...httpsProxy === void 0 ? {} : { httpsProxy },
		...noProxy === void 0 ? {} : { noProxy }
	};
}
/** Masks the logins of the proxies, which an address without a scheme does not show to who looks for URLs. */
function maskProxyLogins({ httpProxy, httpsProxy }, log) {
	for (const address of [httpProxy, httpsProxy]) {
		if (address === void 0) continue;
		const { username, password } = new URL(address);
		const secret = decodeURIComponent(password);
		if (secret === "") continue;
		log.mask(password);
		log.mask(secret);
		log.mask(Buffer.from(`${decodeURIComponent(username)}:${secret}`).toString("base64"));
	}
}
/** False too for an address with a path: it is what a password with a slash in it makes of one. */
function isProxyAddress(text) {
	const url = URL.parse(text);
	if (url === null || !/^(?:https?|socks5):$/.test(url.protocol)) return false;
	if (url.hostname === "" || !/^\/?$/.test(url.pathname + url.search + url.hash)) return false;
	try {
		decodeURIComponent(url.username + url.password);
		return true;
	} catch {
		return false;
	}
}
// src/host/machine/secrets.ts
/** What a variable is called that holds a secret: the runner masks what came from its secrets, but not what a step before this one made. */
const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSPHRASE|PRIVATE_KEY|ACCOUNT_KEY|API_KEY|ACCESS_KEY(?:_ID)?)$/i;
/** Shorter values of such variables are more often words, such as `true`, than secrets. */
const MIN_GUESSED = 8;
/** Masks what is known to be secret before anything is read or refused: the inputs and variables that hold secrets. */
function maskInputs(raw, env, log) {
	for (const role of ["source", "target"]) {
		const [username, password] = [raw[`${role}-username`]?.trim(), raw[`${role}-password`]?.replace(/\r?\n$/, "")];
		if (username && password) maskLogin({
			username,
			password
		}, log);
	}
	const key = raw["cosign-key"]?.trim() ?? "";
	const variable = /^env:\/\/(\w+)$/.exec(key)?.[1];
	const isJson = (text) => /^\s*[{[]/.test(text ?? "");
	const texts = {
		...raw,
		...isJson(raw.images) ? { images: "" } : {},
		...isJson(raw.files) ? { files: "" } : {}
	};
	const secrets = [
		raw["source-password"],
		raw["target-password"],
		raw["github-token"],
		env.COSIGN_PASSWORD,
		env.SIGSTORE_ID_TOKEN,
		variable === void 0 ? void 0 : env[variable],
		key.includes("-----BEGIN") ? key : void 0,
		...Object.values(raw).filter((text) => text.includes("PRIVATE KEY-----")),
		...listPasswords(raw["registry-auth"] ?? ""),
		...[
			raw.source,
			raw.target,
			texts.images
		].flatMap((text) => listUserInfo(text ?? "")),
		...Object.values(texts).flatMap(listUrlUserInfo),
		...Object.values(env).flatMap((value) => listUrlUserInfo(value ?? "")),
		...Object.entries(env).flatMap(([name, value]) => value !== void 0 && value.length >= MIN_GUESSED && SECRET_NAME.test(name) ? [value] : [])
	];
	for (const secret of secrets) if (secret) log.mask(secret);
}
/** The passwords of a list that may not even be YAML: it is refused then, and what refuses it must not show them. */
function listPasswords(text) {
	return [...text.matchAll(/password["']?[ \t]*:[ \t]*(\S.*?)(?=[\s"']password["']?[ \t]*:|$)/gim)].flatMap(([, value = ""]) => {
		const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/.exec(value);
		return quoted === null ? [value.trim(), value.replace(/\s*[,}].*$/, "")] : [quoted[1] ?? quoted[2] ?? ""];
	});
}
/** The password in `user:password@registry/repo`, which is refused; the port or tag before a digest is none, however that is written. */
function listUserInfo(text) {
	return text.split(/\s+/).flatMap((word) => /^[^:/@]+:(?!\/\/)(.+)@(?!sha\d+:|\w+:[a-f0-9]{32,}$)[^@]+$/i.exec(word)?.[1] ?? []);
}
/** The password of each URL in a text, as it stands there and decoded, also in the form in which Basic authentication sends it; a port before a path is none. */
function listUrlUserInfo(text) {
	return text.split(/\s+/).map((word) => word.slice(0, word.lastIndexOf("@") + 1)).flatMap((word) => [...word.matchAll(/:\/\/([^\s:/@]*):(?!\d+\/)(\S*)@/g)]).flatMap(([, user = "", password = ""]) => {
		const secret = decode(password);
		return [
			password,
			secret,
			Buffer.from(`${decode(user)}:${secret}`).toString("base64")
		];
	});
}
function decode(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
/** Masks every login of the request, also in the form in which Basic authentication sends it. */
function maskLogins({ clients }, log) {
	for (const { logins } of Object.values(clients)) for (const login of logins.values()) maskLogin(login, log);
}
function maskLogin({ username, password }, log) {
	log.mask(Buffer.from(`${username}:${password}`).toString("base64"));
	log.mask(password);
}
/** The variables that cosign needs for its key: given to cosign, to nobody else. */
function readKeyEnv({ keyVariables }, env) {
	return Object.fromEntries(keyVariables.flatMap((name) => env[name] === void 0 ? [] : [[name, env[name]]]));
}
/** The variables that the KMS of each key reads, and no other: a cloud's credentials reach cosign only where its KMS is named. */
function readKmsEnv({ keyUris }, env) {
	return Object.assign({}, ...keyUris.map((uri) => selectKmsEnv(uri, env)));
}
// src/host/machine/tools.ts
const DOWNLOAD_TIMEOUT_MS = 6e5;
/** Provides tools for this machine, downloaded by the same way as images, and trusting the same authorities. */
function createToolProvider({ env, cache, log, signal, proxy, ca }) {
	return async (name, wanted, directory) => {
		const [{ installTool }, { downloadTo }] = await Promise.all([import("./install.js"), import("./download.js")]);
		return installTool(parseToolInput(name, wanted), {
			cache,
			log,
			signal,
			directory,
			platform: process.platform,
			arch: process.arch,
			home: env.HOME ?? homedir(),
			exec: runCommand,
			download: async (url, file) => {
				const dispatcher = createDownloadAgent({
					proxy,
					ca
				});
				try {
					await downloadTo(url, file, {
						dispatcher,
						signal,
						timeoutMs: DOWNLOAD_TIMEOUT_MS
					});
				} finally {
					await dispatcher.destroy();
				}
			}
		});
	};
}
// src/host/machine/run-action.ts
/** Runs any action: inputs in; outputs, messages and exit code out. The only place that catches everything. */
async function runAction(action, host) {
	const { env, log, redactor, workspace, cache } = host;
	const cancel = listenForCancel();
	const askForToken = host.identityToken;
	const identityToken = askForToken && (() => askForToken(cancel.signal));
	let raw = {};
	try {
		raw = await host.readInputs();
		maskInputs(raw, env, log);
		const event = env.GITHUB_EVENT_NAME ?? "";
		const token = raw["github-token"] ?? "";
		const files = createFileReader({
			workspace,
			event,
			home: env.HOME ?? homedir(),
			readBaseCommit: (path) => host.readBaseCommit(path, token)
		});
		const run = readRunIdentity(env);
		const request = await action.read(raw, {
			workspace,
			event,
			files,
			env,
			identityToken,
			repository: run.repository,
			hasPullRequests: host.pullRequests !== void 0
		});
		const needs = action.describeNeeds(request);
		maskLogins(needs, log);
		cancel.setDeadline(needs.timeoutMs, raw.timeout?.trim() || (action.inputs.timeout?.default ?? ""));
		const { signal, cut } = cancel;
		const exec = withRedactedErrors(runCommand, redactor.redact);
		const proxy = readProxy(env);
		maskProxyLogins(proxy, log);
		const opened = openClients(needs, {
			env,
			exec,
			log,
			signal,
			cut,
			proxy
		});
		try {
			const outcome = await action.run(request, {
				...opened.clients,
				log,
				cache,
				exec,
				signal,
				hold: cancel.hold,
				run,
				identityToken,
				clock: () => /* @__PURE__ */ new Date(),
				provideTool: createToolProvider({
					env,
					cache,
					log,
					signal,
					proxy,
					ca: needs.ca
				}),
				keyEnv: readKeyEnv(needs, env),
				kmsEnv: readKmsEnv(needs, env),
				gitEnv: gitEnv(env),
				pullRequests: host.pullRequests?.(token),
				networkEnv: networkEnv(env),
				certificates: readCertificates(env, needs.ca),
				workDirectory: await makeWorkDirectory(needs.workDirectory, env, workspace)
			});
			await host.publish(action.toReport(action.redact(outcome, redactor.redact)), needs.summary);
		} finally {
			await opened.close();
		}
	} catch (error) {
		const wantsSummary = raw.summary?.trim().toLowerCase() !== "false";
		await host.publishCrash(redactError(error, redactor.redact), wantsSummary);
	} finally {
		cancel.release();
	}
}
async function makeWorkDirectory(wanted, env, workspace) {
	const directory = wanted === "" ? env.RUNNER_TEMP || tmpdir() : resolve(workspace, wanted);
	try {
		await mkdir(directory, { recursive: true });
		await rmdir(await mkdtemp(join(directory, "promote-image-")));
	} catch (cause) {
		throw new UsageError([{
			where: "input work-dir",
			message: `is ${JSON.stringify(directory)}, which is no directory that can be written to: ${describeError(cause)}.`,
			fix: "Name a directory with room for the image."
		}]);
	}
	return directory;
}
// src/report/escape.ts
/** Makes lines that the runner would obey plain text: `::name::` at a line's start, `##[name]` anywhere. Apply it after `stripControl`, which could uncover one; https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
function neutralizeCommands(text) {
	return text.replace(/^((?:[^\S\r\n\u2028\u2029]|\u0085)*):(?=:)/gm, "$1: ").replace(/##(?=\[)/g, "## ");
}
/** A break that shows nothing; `markControl` has removed every other one. */
const BREAK = "​";
/** What GitHub's filters act on after Markdown was rendered, where an entity would not stop them: `@name`, `#12` and `GH-12`, `:emoji:`, `www.` and the scheme of a URL. */
const FILTER_TRIGGER = /@(?=[\w-])|#(?=\d)|\bGH(?=-\d)|:(?=[\w+-]+:)|\bwww(?=\.)|:(?=\/\/)/gi;
/** What Markdown, HTML, the runner or GitHub's formulas give a meaning: some signs anywhere, some only where a line begins. */
const SYNTAX = /(?<=^\d{1,9})[.)](?=\s|$)|^[-+=:]|::|[&<>"'`|\\*_[\]{}~$!#]|:(?=\u200b?\/\/)/g;
/** Text that renders as itself wherever inline Markdown or HTML may stand on GitHub: paragraph, list, table cell, `<summary>`. One line; invisible characters show as U+FFFD. */
function escapeMarkdown(text) {
	return encodeSyntax(markControl(text).trim().replace(FILTER_TRIGGER, `$&${BREAK}`));
}
/** Inline code for any text, also inside a table: plain backticks where they can hold it, else `<code>`. Nobody is mentioned from within either. */
function codeSpan(text) {
	const line = markControl(text);
	if (line !== "" && line.trim() === line && !/[`|\\]/.test(line)) return `\`${line}\``;
	return `<code>${encodeSyntax(line.replaceAll("@", `@${BREAK}`))}</code>`;
}
function encodeSyntax(text) {
	return text.replace(SYNTAX, (signs) => Array.from(signs, (sign) => `&#${sign.codePointAt(0)};`).join("")).replaceAll(BREAK, "&#8203;").replaceAll("&#36;", "<span>&#36;</span>");
}
// src/host/machine/clean-line.ts
/** One line that only says something: no workflow command, no terminal sequence, and no line end with which a name from an image could forge a line of ours. */
function cleanLine(text) {
	return neutralizeCommands(stripControl(text).replace(/(?<!\s)\s*\n\s*/g, " "));
}
/** `file:line:column: `, as compilers write it and editors understand; '' for what is in no file. */
function formatPlace({ file, line, column }) {
	const parts = [
		file,
		line,
		column
	].filter((part) => part !== void 0);
	return file === void 0 ? "" : `${parts.join(":")}: `;
}
// src/host/machine/identity-token.ts
/** The OIDC token that another system left in SIGSTORE_ID_TOKEN, masked; undefined where there is none. Asked again, it is the same one: nobody here can renew it. */
function readGivenToken(env, log) {
	const token = env.SIGSTORE_ID_TOKEN?.trim();
	if (token === void 0 || token === "") return void 0;
	log.mask(token);
	return async () => token;
}
// src/host/machine/token-service.ts
const MAX_ANSWER_BYTES = 262144;
/** Asks once. The client of the runner's own package cannot be stopped, and waits three minutes for an answer; this one ends with `signal`, and throws its reason. */
async function askTokenService({ url, bearer, proxy, patience }, audience, signal) {
	const address = URL.parse(url);
	if (address === null) return { fault: /* @__PURE__ */ new TypeError("ACTIONS_ID_TOKEN_REQUEST_URL is no address") };
	address.searchParams.set("audience", audience);
	const { send, close } = createDispatcher({
		proxy,
		userAgent: "promote-image",
		isInsecure: () => false,
		signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
		timeouts: DEFAULT_TIMEOUTS
	});
	try {
		const response = await send({
			method: "GET",
			url: address,
			headers: {
				authorization: `Bearer ${bearer}`,
				accept: "application/json"
			}
		});
		const text = new TextDecoder().decode(await readBodyStart(response, MAX_ANSWER_BYTES));
		const token = response.status === 200 ? readValue(text) : void 0;
		if (token !== void 0) return { token };
		return { status: response.status };
	} catch (fault) {
		signal.throwIfAborted();
		return { fault };
	} finally {
		await close();
	}
}
function readValue(text) {
	try {
		const { value } = JSON.parse(text) ?? {};
		return typeof value === "string" && value !== "" ? value : void 0;
	} catch {
		return;
	}
}
export { isKmsUri as $, isRegistryHost as $n, pushReferrers as $t, readTool as A, makeLegacySignature as An, judgeDatabase as At, throwProblems as B, findJsonFlaw as Bn, SIGNATURE_PREDICATE as Bt, refuseRootWithoutLog as C, isReferrerOf as Cn, parseInstant as Ct, readSeverity as D, isRetryableStatus as Dn, readText as Dt, readScanInputs as E, isRetryableFault as En, readList as Et, isPullRequest as F, missingLayers as Fn, VSA_PREDICATE as Ft, redactError as G, SIGSTORE_BUNDLE as Gn, matchesPattern as Gt, listUnless as H, OCI_EMPTY as Hn, makeStatement as Ht, readCertificateFiles as I, RegistryError as In, VSA_VERIFIER as It, storeImage as J, mapConcurrently as Jn, formatPlan as Jt, openImageLayout as K, markControl as Kn, toGate as Kt, readApprovedPlan as L, loadGraph as Ln, makeVsa as Lt, knownPlatforms as M, isLegacyContent as Mn, formatDuration as Mt, ToolError as N, legacyLayers as Nn, parseDuration as Nt, parseSeverities as O, LEGACY_SIGNATURE_TYPE as On, makeScanStatement as Ot, NamedFiles as P, legacyTag as Pn, VULN_PREDICATE as Pt, trustInput as Q, formatReference as Qn, pushReferrerBlobs as Qt, readFor as R, totalBytes as Rn, promotedLevel as Rt, readSigstoreFile as S, findReferrers as Sn, findEnd as St, findPatternFlaw as T, chooseDelay as Tn, readField as Tt, suggestName as U, OCI_INDEX as Un, toDigestSet as Ut, FieldReader as V, parseStrictJson as Vn, makeSignature as Vt, SEVERITIES as W, OCI_MANIFEST as Wn, isPattern as Wt, selectAttestationTrust as X, isDiskFull as Xn, NO_REFERRERS as Xt, INPUTS as Y, runTogether as Yn, reportProgress as Yt, selectTrust as Z, toDiskFull as Zn, fetchReferrers as Zt, IMAGE_KEYS as _, describeIdentity as _n, listKeyVariables as _r, SIGNATURE_TYPE as _t, codeSpan as a, listUnlisted as an, digestAlgorithm as ar, prepareScanner as at, isFresh as b, formatDuration$1 as bn, findTimeFields as bt, readProxy as c, isGitHubWorkflow as cn, isDigest as cr, writeScanReport as ct, HostError as d, readNamedRepository as dn, startHash as dr, openRunRoom as dt, blobsOf$1 as en, parseReference as er, listForeign as et, createRedactor as f, toExactAnchor as fn, ImageError as fr, readPredicateTime as ft, mergePolicies as g, openBundle as gn, formatSigningKey as gr, SHORT_NAMES as gt, tighten as h, listSubjectDigests as hn, describeError as hr, SCAN_TYPE as ht, formatPlace as i, createTagFinder as in, registryOf as ir, BlobPool as it, findReleaseFile as j, composeLegacy as jn, DURATION_PATTERN as jt, readTimeout as k, makeLegacyPayload as kn, mayAttest as kt, inspectGivenPath as l, readBundleIdentity as ln, matchesDigest as lr, createTaskLimit as lt, readRegistryAuth as m, compareStatement as mn, UsageError as mr, PROVENANCE_TYPES as mt, readGivenToken as n, countLegacy as nn, pathOf as nr, createLayout as nt, escapeMarkdown as o, settle as on, digestHex as or, scanAttested as ot, readSigningKey as p, SignerError as pn, DomainError as pr, PROMOTION_TYPE as pt, openImageStore as q, stripControl as qn, formatBatchPlan as qt, cleanLine as r, sizeOfLegacy as rn, pinReference as rr, requireSpace as rt, runAction as s, Notary as sn, digestOf as sr, scanGraph as st, askTokenService as t, manifestsOf as tn, parseRepository as tr, quoteForeign as tt, hashFile as u, readCertificateIdentity as un, parseDigest as ur, clearRunRoom as ut, IMAGE_RULES as v, formatCount as vn, isKmsUri$1 as vr, SUMMARY_TYPE as vt, readTrustAnchor as w, listReferrers as wn, startOfDay as wt, readPolicyKeys as x, formatShortDigest as xn, endOfDay as xt, IMAGE_VERIFICATIONS as y, formatDate as yn, VULNERABILITY_TYPES as yt, readPolicies as z, parseManifest as zn, RECORD_PREDICATE as zt };
