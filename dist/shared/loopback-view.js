import { In as RegistryError, Jn as mapConcurrently, Un as OCI_INDEX, cr as isDigest, er as parseReference, fr as ImageError, hr as describeError, wn as listReferrers } from "./engine.js";
import { randomBytes } from "node:crypto";
// src/registry/view-reads.ts
/** What a tool reads is evidence, which is small; it is checked in full before any of it is passed on. */
const MAX_BLOB_BYTES = 67108864;
/** Of what is kept for the next that asks, all together; the rest is read again. */
const MAX_KEPT_BYTES = 33554432;
/** What is larger is not read before it is asked for. */
const MAX_AHEAD_BYTES = 1048576;
const MAX_AHEAD = 32;
const CONCURRENT_READS = 8;
const BUNDLE_TYPE = "application/vnd.dev.sigstore.bundle";
/** Reads a repository for tools that each read the same, one thing after the other: what was read is kept, and the bundles of a list are read before they are asked for. A failure is not kept. */
var ViewReads = class {
	#client;
	#repository;
	#kept = /* @__PURE__ */ new Map();
	#bytes = 0;
	constructor(client, repository) {
		this.#client = client;
		this.#repository = repository;
	}
	manifest(digest) {
		const read = () => this.#client.getManifest(this.#repository, digest);
		return this.#once(`manifest ${digest}`, read, ({ bytes }) => bytes.length);
	}
	blob(blob) {
		const read = () => this.#client.readBlob(this.#repository, blob, MAX_BLOB_BYTES);
		return this.#once(`blob ${blob.digest} ${blob.size}`, read, (bytes) => bytes.length);
	}
	referrers(subject) {
		const list = async () => {
			const found = await listReferrers(this.#client, this.#repository, subject);
			if (found.via === "api") this.#readAhead(found).catch(() => void 0);
			return found;
		};
		return this.#once(`referrers ${subject}`, list, () => 0);
	}
	/** Whoever asks for one that failed here reads it again, and hears why. */
	async #readAhead({ descriptors }) {
		const bundles = descriptors.filter(({ artifactType = "" }) => artifactType.startsWith(BUNDLE_TYPE));
		await mapConcurrently(bundles.slice(0, MAX_AHEAD), CONCURRENT_READS, async ({ digest }) => {
			const { manifest } = await this.manifest(digest);
			const blobs = manifest.kind === "manifest" ? manifest.layers : [];
			for (const blob of blobs) if (blob.size <= MAX_AHEAD_BYTES) await this.blob(blob);
		});
	}
	#once(name, read, sizeOf) {
		const known = this.#kept.get(name);
		if (known !== void 0) return known;
		const reading = read();
		this.#kept.set(name, reading);
		reading.then((value) => {
			this.#bytes += sizeOf(value);
			if (this.#bytes > MAX_KEPT_BYTES) this.#kept.delete(name);
		}, () => this.#kept.delete(name));
		return reading;
	}
};
// src/registry/loopback-view.ts
/**
* Opens a read-only view of one repository for a tool that must not hold its credentials: every request is answered
* through our own client, so proxies, certificates and logins hold for the tool too. Its path is a secret of the run.
*/
async function openLoopbackView(client, repository) {
	const name = `${randomBytes(16).toString("hex")}/view`;
	const view = {
		client,
		repository,
		name,
		reads: new ViewReads(client, repository),
		sizes: /* @__PURE__ */ new Map()
	};
	let fault;
	const { createServer } = process.getBuiltinModule("node:http");
	const server = createServer((request, response) => {
		answer(view, request, response).catch((error) => {
			if (!isAbsence(error)) fault ??= error;
			fail(response, error);
		});
	});
	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, "127.0.0.1", resolve);
	});
	const { port } = server.address();
	return {
		repository: `127.0.0.1:${port}/${name}`,
		fault: () => fault,
		close: () => closeServer(server)
	};
}
/** Not one that tools try again: our client has done so already. */
const FAILED_STATUS = 424;
async function answer(view, request, response) {
	const { client, repository, name, reads } = view;
	const { pathname } = new URL(request.url ?? "/", "http://loopback");
	if (request.method !== "GET" && request.method !== "HEAD") return sendError(response, 405, "UNSUPPORTED");
	if (pathname === "/v2/" || pathname === "/v2") return send(response, 200, "application/json", "{}");
	const base = `/v2/${name}/`;
	const [kind, reference, rest] = pathname.startsWith(base) ? pathname.slice(base.length).split("/") : [];
	if (reference === void 0 || rest !== void 0) return sendError(response, 404, "NAME_UNKNOWN");
	if (kind === "manifests") {
		const content = isDigest(reference) ? await reads.manifest(reference) : await client.resolve(parseReference(`${repository}:${reference}`));
		rememberSizes(view, content.manifest);
		return send(response, 200, content.mediaType, content.bytes, { "Docker-Content-Digest": content.digest });
	}
	if (!isDigest(reference)) return sendError(response, 404, "UNSUPPORTED");
	if (kind === "referrers") {
		const list = await reads.referrers(reference);
		if (list.via !== "api") return sendError(response, 404, "NOT_FOUND");
		const index = {
			schemaVersion: 2,
			mediaType: OCI_INDEX,
			manifests: list.descriptors
		};
		return send(response, 200, OCI_INDEX, JSON.stringify(index));
	}
	const size = view.sizes.get(reference);
	if (kind !== "blobs" || size === void 0) return sendError(response, 404, "UNSUPPORTED");
	const headers = {
		"Content-Type": "application/octet-stream",
		"Docker-Content-Digest": reference
	};
	if (request.method === "HEAD") return void response.writeHead(200, {
		...headers,
		"Content-Length": size
	}).end();
	send(response, 200, "application/octet-stream", await reads.blob({
		digest: reference,
		size
	}), headers);
}
function rememberSizes(view, manifest) {
	if (manifest.kind === "index") return;
	for (const { digest, size } of [manifest.config, ...manifest.layers]) view.sizes.set(digest, size);
}
function fail(response, error) {
	if (response.headersSent) {
		response.destroy();
		return;
	}
	const missing = isAbsence(error);
	sendError(response, missing ? 404 : FAILED_STATUS, missing ? "MANIFEST_UNKNOWN" : "UNKNOWN", describeError(error));
}
/** A name that cannot exist does not. */
function isAbsence(error) {
	return error instanceof RegistryError && error.code === "NOT_FOUND" || error instanceof ImageError && error.code === "INVALID_REFERENCE";
}
function sendError(response, status, code, message = code) {
	send(response, status, "application/json", JSON.stringify({ errors: [{
		code,
		message
	}] }));
}
function send(response, status, type, body, headers = {}) {
	response.writeHead(status, {
		...headers,
		"Content-Type": type,
		"Content-Length": Buffer.byteLength(body)
	});
	response.end(body);
}
function closeServer(server) {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(() => resolve()));
}
export { openLoopbackView as t };
