import { M as knownPlatforms, N as ToolError, j as findReleaseFile, l as inspectGivenPath, u as hashFile } from "./engine.js";
import { join } from "node:path";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
// src/tool/cached-archive.ts
const MAX_ARCHIVE_BYTES = 1024 ** 3;
/**
* Copies a release file out of the shared tool cache to `archive`, and only then hashes it, so that nobody can swap it
* between check and use. False, with a warning, when it is not what it should be: the cache helps, it never decides.
*/
async function takeCachedArchive({ name, version }, sha256, archive, { cache, log, signal }) {
	try {
		const cached = await cache.find(name, version);
		if (cached === void 0) return false;
		const { size, isRegular } = await stat(cached).then((found) => ({
			size: found.size,
			isRegular: found.isFile()
		}));
		if (!isRegular || size > MAX_ARCHIVE_BYTES) throw new Error("it is not a file of a sensible size");
		await copyFile(cached, archive);
		const found = await hashFile(archive, signal);
		if (found === sha256) return true;
		throw new Error(`its SHA-256 is ${found}, not ${sha256}`);
	} catch (error) {
		signal.throwIfAborted();
		await rm(archive, { force: true });
		const why = error instanceof Error ? error.message : String(error);
		log.warning(`The tool cache's copy of ${name} ${version} is not used: ${why}.`);
		return false;
	}
}
// src/tool/unpack.ts
/** No executable is larger than this many bytes; what claims to be is not unpacked. */
const MAX_EXECUTABLE_BYTES = 1024 ** 3;
/**
* Takes only the executable out of a release file whose checksum was right, into `directory`, and returns its path.
* Nothing else in the archive is written, so no name in it can reach another place. Throws BAD_ARCHIVE.
*/
async function unpackExecutable(archive, release, directory) {
	const path = join(directory, release.executable);
	await mkdir(directory, {
		recursive: true,
		mode: 448
	});
	try {
		await UNPACK[release.kind](archive, release.executable, directory);
		await chmod(path, 448);
	} catch (cause) {
		throw new ToolError("BAD_ARCHIVE", `${release.file} holds no usable ${release.executable}`, {
			cause,
			hint: "The checksum was right, so the release itself is not what this version expects: try another version."
		});
	}
	return path;
}
const UNPACK = {
	"tar.gz": async (archive, executable, directory) => {
		const { extract } = await import("./index.min.js");
		await extract({
			file: archive,
			cwd: directory,
			strict: true,
			preserveOwner: false,
			filter: (path, entry) => path.replace(/^\.\//, "") === executable && "type" in entry && entry.type === "File" && entry.size <= MAX_EXECUTABLE_BYTES
		});
	},
	zip: async (archive, executable, directory) => {
		const { readZipEntry } = await import("./zip.js");
		const bytes = readZipEntry(await readFile(archive), executable, MAX_EXECUTABLE_BYTES);
		await writeFile(join(directory, executable), bytes, { flag: "wx" });
	},
	binary: async (archive, executable, directory) => {
		await copyFile(archive, join(directory, executable));
	}
};
// src/tool/install.ts
/**
* Provides a tool: the path the user gave, else a release file from the cache, else one from its release page; unpacked
* only after its SHA-256 was right in a directory nobody else can write to. Throws a ToolError: nothing unchecked runs.
*/
async function installTool(request, context) {
	const { name } = request;
	const directory = await mkdtemp(join(context.directory, `${name}-`));
	if (request.kind === "path") {
		const given = await inspectGivenPath(name, request.path, {
			...context,
			directory
		});
		context.log.warning(`${name} ${given.version} at ${given.path} is trusted as given: no checksum was compared.`);
		return {
			name,
			...given,
			provenance: "path",
			trustedAsGiven: true
		};
	}
	const release = releaseFileFor(request, context);
	const sha256 = expectedChecksum(request, release);
	const archive = join(directory, release.file);
	const key = {
		name,
		version: request.version
	};
	const isCached = await takeCachedArchive(key, sha256, archive, context);
	if (!isCached) await downloadArchive(request, release, sha256, archive, context);
	context.signal.throwIfAborted();
	const path = await unpackExecutable(archive, release, join(directory, "bin"));
	if (!isCached) await keepArchive(request, archive, context);
	await rm(archive, { force: true });
	return {
		...key,
		path,
		provenance: isCached ? "cache" : "download",
		sha256: await hashFile(path, context.signal),
		release: {
			url: release.url,
			sha256
		},
		trustedAsGiven: false
	};
}
function releaseFileFor({ name, version }, { platform, arch }) {
	const release = findReleaseFile(name, version, platform, arch);
	if (release !== void 0) return release;
	throw new ToolError("UNSUPPORTED_PLATFORM", `${name} ${version} has no release file for ${platform}/${arch}`, { hint: `Known: ${knownPlatforms(name).join(", ")}. Give the input ${name} the path of an executable instead.` });
}
/** A user's checksum may name a version we do not know; it cannot overrule one we do. */
function expectedChecksum({ name, version, sha256 }, release) {
	if (sha256 !== void 0 && release.sha256 !== void 0 && sha256 !== release.sha256) throw mismatch(release.url, release.sha256, sha256, "the input says");
	const expected = sha256 ?? release.sha256;
	if (expected !== void 0) return expected;
	throw new ToolError("UNKNOWN_VERSION", `no checksum of ${name} ${version} is known for this platform`, { hint: `Write ${version}@sha256: and the checksum of ${release.file}.` });
}
async function downloadArchive({ name, version }, { url }, expected, archive, { download, log, signal }) {
	log.info(`Downloading ${name} ${version} from ${url}`);
	await download(url, archive).catch((cause) => {
		signal.throwIfAborted();
		throw new ToolError("DOWNLOAD_FAILED", `${name} ${version} could not be downloaded from ${url}`, {
			cause,
			hint: `Where releases cannot be reached, give the input an executable (${name}: /path/to/${name}); in a checkout of this project, npm run tools provides one.`
		});
	});
	const found = await hashFile(archive, signal);
	if (found === expected) return;
	await rm(archive, { force: true });
	throw mismatch(url, expected, found, "found");
}
async function keepArchive({ name, version }, archive, context) {
	await context.cache.keep(name, version, archive).catch((error) => {
		context.log.debug(`${name} ${version} was not kept in the tool cache: ${String(error)}`);
	});
}
function mismatch(url, expected, other, label) {
	return new ToolError("CHECKSUM_MISMATCH", `wrong SHA-256 for ${url}: expected ${expected}, ${label} ${other}. It was not run.`, { hint: "The release was changed, or something on the way to it was. Compare with the checksums its makers signed before you go on." });
}
export { installTool };
