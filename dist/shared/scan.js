import { Jn as mapConcurrently, Kn as markControl, nt as createLayout, sr as digestOf } from "./engine.js";
import { t as ScannerError } from "./error.js";
import { basename, join } from "node:path";
import { copyFile, link, mkdir, rm, writeFile } from "node:fs/promises";
import { constants as constants$1 } from "node:fs";
// src/scanner/scan-view.ts
const MAX_CONFIG_BYTES = 16777216;
/** What the view keeps of a config: nothing else, since Go takes `ROOTFS` for `rootfs` and would believe the last of them. */
const KEPT_FIELDS = [
	"architecture",
	"os",
	"variant",
	"os.version",
	"created",
	"author",
	"config"
];
/**
* Writes a layout of its own for one image, in which `diff_ids` are the verified digests of the layer blobs.
* Trivy's layer cache believes the `diff_ids` that an image claims, so one hostile image could blind it for another.
* The original layout is only linked to, and stays as it was fetched.
*/
async function createScanView(content, layout, directory) {
	if (content.manifest.kind === "index") throw new ScannerError("IMAGE_UNREADABLE", `${content.digest} is an index, not an image`);
	const { config, layers } = content.manifest;
	if (config.size > MAX_CONFIG_BYTES) throw new ScannerError("IMAGE_UNREADABLE", `its config is declared with ${config.size} bytes, more than ${MAX_CONFIG_BYTES}`);
	const original = parseConfig(await layout.read(config.digest), config.digest);
	await mkdir(directory, { recursive: true });
	const view = await createLayout(directory);
	for (const { digest } of new Map(layers.map((layer) => [layer.digest, layer])).values()) await share(layout.path(digest), view.path(digest));
	const scanned = await writeJson(view, config.mediaType, {
		...Object.fromEntries(KEPT_FIELDS.flatMap((name) => name in original ? [[name, original[name]]] : [])),
		rootfs: {
			type: "layers",
			diff_ids: layers.map((layer) => layer.digest)
		}
	});
	const manifest = await writeJson(view, content.mediaType, toManifest(content.manifest, scanned));
	const index = {
		schemaVersion: 2,
		manifests: [{
			...manifest,
			annotations: void 0
		}]
	};
	await writeFile(join(directory, "index.json"), JSON.stringify(index));
	return {
		input: `${directory}@${manifest.digest}`,
		imageId: config.digest,
		diffIds: readDiffIds(original.rootfs),
		platform: markControl([
			original.os,
			original.architecture,
			original.variant
		].filter(isName).join("/")) || "unknown"
	};
}
/** A hard link, since Trivy follows no symbolic one out of a layout; a copy where the file system has none. */
async function share(from, to) {
	await link(from, to).catch(() => copyFile(from, to, constants$1.COPYFILE_FICLONE));
}
function toManifest(manifest, config) {
	return {
		schemaVersion: 2,
		mediaType: manifest.mediaType,
		config: pick(config),
		layers: manifest.layers.map(pick)
	};
}
function pick({ mediaType, digest, size }) {
	return {
		mediaType,
		digest,
		size
	};
}
async function writeJson(view, mediaType, value) {
	const bytes = new TextEncoder().encode(toJson(value));
	const digest = digestOf(bytes);
	await view.writeBytes(digest, bytes);
	return {
		mediaType,
		digest,
		size: bytes.length,
		annotations: {}
	};
}
/** JSON.parse reads any depth, JSON.stringify writes what the stack holds. */
function toJson(value) {
	try {
		return JSON.stringify(value);
	} catch (cause) {
		throw new ScannerError("IMAGE_UNREADABLE", "its config is nested too deeply", { cause });
	}
}
function readDiffIds(rootfs) {
	const claimed = rootfs?.diff_ids;
	return Array.isArray(claimed) ? claimed.filter(isName) : [];
}
function isName(value) {
	return typeof value === "string" && value !== "";
}
function parseConfig(bytes, digest) {
	try {
		const json = JSON.parse(new TextDecoder().decode(bytes));
		if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Error("it is not an object");
		return json;
	} catch (cause) {
		throw new ScannerError("IMAGE_UNREADABLE", `the image config ${digest} is not a JSON object`, { cause });
	}
}
// src/scanner/system-file.ts
/** What only an operating system has: what it is called, and the lists of its packages. */
const SYSTEM_FILE = /^(?:etc\/os-release|usr\/lib\/os-release|lib\/apk\/db\/.|var\/lib\/dpkg\/.|var\/lib\/rpm\/.|usr\/lib\/sysimage\/rpm\/.|var\/lib\/pacman\/local\/.|var\/db\/pkg\/.|var\/db\/xbps\/.)/;
/**
* The first path in these layer archives that tells of an operating system, or undefined. For images in which Trivy
* recognises none: it reports their application packages and passes over the system's, as with Arch Linux, in silence.
*/
async function findSystemFile(layers) {
	const { list } = await import("./index.min.js");
	for (const file of layers) {
		let found;
		await list({
			file,
			onReadEntry: (entry) => {
				const path = entry.path.replace(/^(?:\.?\/+)+/, "");
				if (entry.type !== "Directory" && SYSTEM_FILE.test(path)) found ??= path;
			}
		});
		if (found !== void 0) return found;
	}
}
// src/scanner/scan.ts
/** Trivy holds the database in memory each time it runs. */
const CONCURRENT_SCANS = 2;
/** Scans every image of an index, each from a view of its own; what cannot be read is an incomplete scan, not a missing one. */
function scanImages(images, store, trivy, directory) {
	return mapConcurrently(images, 2, async (image, index) => {
		try {
			return await store.hold(image, async () => {
				const view = join(directory, `view-${index}`);
				try {
					return await scanImage(image, store.layout, trivy, view);
				} finally {
					await rm(view, {
						recursive: true,
						force: true
					});
				}
			});
		} catch (error) {
			if (!(error instanceof ScannerError) || error.code !== "IMAGE_UNREADABLE") throw error;
			return unreadable(image.platform ?? "unknown", image.content.digest, error.message);
		}
	});
}
async function scanImage(image, layout, trivy, directory) {
	const { digest } = image.content;
	const view = await createScanView(image.content, layout, directory);
	const platform = image.platform ?? view.platform;
	const run = await trivy.scan(view.input, basename(directory));
	if (run.kind === "unreadable") return unreadable(platform, digest, run.reason);
	const report = restoreNames(run.json, image, view);
	const { namesSystem, readReport } = await import("./report4.js");
	const scanned = readReport(report, run.warnings, {
		platform,
		digest
	});
	const reason = scanned.complete && !namesSystem(run.json) ? await explainSystem(image, layout) : void 0;
	return {
		scanned: reason === void 0 ? scanned : {
			complete: false,
			platform,
			digest,
			reason,
			findings: scanned.findings
		},
		report
	};
}
/** What is no image is no pass either: it comes out as an incomplete scan that says what it is. */
function describeArtifact({ content, platform }) {
	const { manifest } = content;
	const type = manifest.artifactType ?? (manifest.kind === "manifest" ? manifest.config.mediaType : manifest.mediaType);
	return unreadable(platform ?? "unknown", content.digest, `it is no container image but ${type}, which cannot be scanned`);
}
/** Trivy says nothing of a system it does not know, when there are application packages to report. */
async function explainSystem({ content }, layout) {
	const file = await findSystemFile((content.manifest.kind === "manifest" ? content.manifest.layers : []).map(({ digest }) => layout.path(digest)));
	if (file === void 0) return void 0;
	return `${file} tells of an operating system that Trivy does not support: its packages were not judged`;
}
/** An incomplete scan in which nothing was found. */
function unreadable(platform, digest, reason) {
	return {
		scanned: {
			complete: false,
			platform,
			digest,
			reason,
			findings: []
		},
		report: void 0
	};
}
/** The view has ids of its own; a reader of the report looks for those of the image. */
function restoreNames(json, image, view) {
	const { digest } = image.content;
	const report = nameReport(json, view.input, digest);
	if (!isReport(report)) return report;
	const ids = {
		ImageID: view.imageId,
		DiffIDs: view.diffIds,
		RepoDigests: [digest]
	};
	return {
		...report,
		Metadata: {
			...report.Metadata,
			...ids
		}
	};
}
/** A report that names the image, and not the path that Trivy was given. */
function nameReport(json, path, digest) {
	if (!isReport(json)) return json;
	const restore = (text) => typeof text === "string" ? text.replace(path, digest) : text;
	return {
		...json,
		ArtifactName: digest,
		...Array.isArray(json.Results) ? { Results: json.Results.map((r) => ({
			...r,
			Target: restore(r?.Target)
		})) } : {}
	};
}
function isReport(json) {
	return typeof json === "object" && json !== null;
}
export { unreadable as a, scanImages as i, describeArtifact as n, nameReport as r, CONCURRENT_SCANS as t };
