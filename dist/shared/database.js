import { Xn as isDiskFull, Zn as toDiskFull, dr as startHash, er as parseReference, hr as describeError, or as digestHex, rt as requireSpace } from "./engine.js";
import { t as ScannerError } from "./error.js";
import { basename, join } from "node:path";
import { copyFile, mkdir, open, readFile, rm } from "node:fs/promises";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
// src/scanner/database-file.ts
/** https://github.com/etcd-io/bbolt/blob/main/internal/common/types.go: the magic of a meta page, behind its header of 16 bytes. */
const BOLT_MAGIC = 3977042669;
const BOLT_MAGIC_OFFSET = 16;
/** The bucket that holds what is known of each vulnerability; without it Trivy finds nothing, and says nothing. */
const BOLT_BUCKET = Buffer.from("vulnerability");
const SQLITE_HEADER = Buffer.from("SQLite format 3\0");
/** Why a vulnerability database cannot be what a scan rests on: it is no BoltDB, or has no advisories. Undefined when it can. */
async function explainEmptyBolt(path) {
	const head = await readHead(path, 20);
	if (head.length < 20 || head.readUInt32LE(BOLT_MAGIC_OFFSET) !== BOLT_MAGIC) return "it is not a BoltDB";
	return await contains(path, BOLT_BUCKET) ? void 0 : "it holds no advisories";
}
/** Why a Java database cannot be used; undefined when it can. */
async function explainNoSqlite(path) {
	return (await readHead(path, SQLITE_HEADER.length)).equals(SQLITE_HEADER) ? void 0 : "it is not an SQLite database";
}
async function readHead(path, length) {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}
async function contains(path, wanted) {
	let tail = Buffer.alloc(0);
	for await (const chunk of createReadStream(path, { highWaterMark: 1048576 })) {
		const window = Buffer.concat([tail, chunk]);
		if (window.includes(wanted)) return true;
		tail = window.subarray(-wanted.length + 1);
	}
	return false;
}
// src/scanner/database.ts
const VULNERABILITY_DATABASE = {
	name: "trivy-db",
	schema: 2,
	folder: "db",
	file: "trivy.db",
	layerType: "application/vnd.aquasec.trivy.db.layer.v1.tar+gzip",
	explain: explainEmptyBolt
};
const JAVA_DATABASE = {
	name: "trivy-java-db",
	schema: 1,
	folder: "java-db",
	file: "trivy-java.db",
	layerType: "application/vnd.aquasec.trivy.javadb.layer.v1.tar+gzip",
	explain: explainNoSqlite
};
/** Archive and database together, as a multiple of the archive. */
const UNPACKED_FACTOR = 12;
/** Fetches a database from the first mirror that has it, with our own client, and unpacks it where Trivy looks. Throws DATABASE_UNAVAILABLE with what each mirror said. */
async function fetchDatabase(kind, mirrors, context) {
	const failures = [];
	for (const mirror of mirrors) try {
		return await fetchFrom(mirror, kind, context);
	} catch (error) {
		context.signal?.throwIfAborted();
		if (isDiskFull(error)) throw toDiskFull(`no space left for the ${kind.name}`, error);
		failures.push(`${mirror}: ${describeError(error)}`);
		if (mirrors.length > 1) context.log.warning(`The ${kind.name} mirror ${mirror} did not serve: ${describeError(error)}`);
	}
	throw new ScannerError("DATABASE_UNAVAILABLE", `no mirror served the ${kind.name}:\n${failures.join("\n")}`, { hint: `Name a mirror this machine can reach in the policy's scan.${kind === JAVA_DATABASE ? "javaDatabases" : "databases"}.` });
}
async function fetchFrom(mirror, kind, context) {
	const reference = parseReference(mirror);
	const { manifest, digest } = await context.client.resolve(reference);
	const layer = manifest.kind === "manifest" ? manifest.layers.find((l) => l.mediaType === kind.layerType) : void 0;
	if (layer === void 0) throw new ScannerError("DATABASE_INVALID", `${mirror} has no layer of type ${kind.layerType}`);
	await requireSpace(context.directory, layer.size * UNPACKED_FACTOR, `The ${kind.name}`);
	const archive = join(context.directory, `${kind.name}.tar.gz`);
	const version = `${kind.schema}.0.0-sha256.x${digestHex(layer.digest)}`;
	if (!await takeFromCache(kind, version, layer, archive, context)) {
		const stream = await context.client.openBlob(reference.repository, layer);
		const { signal } = context;
		await pipeline(stream, createWriteStream(archive), ...signal === void 0 ? [] : [{ signal }]);
		await context.cache.keep(kind.name, version, archive, { dropOthers: true });
	}
	const folder = join(context.directory, kind.folder);
	await unpack(archive, folder, kind);
	await rm(archive, { force: true });
	await requireUsable(join(folder, kind.file), kind, mirror);
	return {
		source: mirror,
		digest,
		...await readMetadata(folder, kind, mirror)
	};
}
/** Copies the kept archive first and checks the copy, since another job may have left it or may change it now. */
async function takeFromCache(kind, version, layer, archive, context) {
	const kept = await context.cache.find(kind.name, version);
	if (kept === void 0) return false;
	const hash = startHash(layer.digest);
	try {
		await copyFile(kept, archive);
		await pipeline(createReadStream(archive), hash);
		if (hash.digest("hex") === digestHex(layer.digest)) return true;
	} catch (error) {
		context.log.debug(`the kept ${kind.name} cannot be read: ${describeError(error)}`);
	}
	context.log.warning(`The ${kind.name} in the tool cache is not the one of its digest; it is fetched again.`);
	return false;
}
async function unpack(archive, folder, kind) {
	await mkdir(folder, { recursive: true });
	const wanted = [kind.file, "metadata.json"];
	const { extract } = await import("./index.min.js");
	await extract({
		file: archive,
		cwd: folder,
		strict: true,
		filter: (path, entry) => "type" in entry && entry.type === "File" && wanted.includes(basename(path)),
		onReadEntry: (entry) => {
			entry.path = basename(entry.path);
		}
	});
}
/** A broken mirror must not blind the gate: what is empty or something else counts as not served. */
async function requireUsable(path, kind, mirror) {
	const reason = await kind.explain(path).catch((error) => describeError(error));
	if (reason === void 0) return;
	throw new ScannerError("DATABASE_INVALID", `the ${kind.name} of ${mirror} cannot be used: ${reason}`);
}
async function readMetadata(folder, kind, mirror) {
	try {
		const json = JSON.parse(await readFile(join(folder, "metadata.json"), "utf8"));
		const updatedAt = new Date(String(json.UpdatedAt));
		if (json.Version !== kind.schema) throw new Error(`its schema is ${String(json.Version)}, not ${kind.schema}`);
		if (Number.isNaN(updatedAt.getTime())) throw new Error("it does not say when it was updated");
		return {
			schema: kind.schema,
			updatedAt
		};
	} catch (cause) {
		throw new ScannerError("DATABASE_INVALID", `the ${kind.name} of ${mirror} has no usable metadata.json`, { cause });
	}
}
export { JAVA_DATABASE, VULNERABILITY_DATABASE, fetchDatabase };
