import { Jn as mapConcurrently, Kn as markControl } from "./engine.js";
import { t as ScannerError } from "./error.js";
import { n as namesSystem, r as readReport, t as countSystemPackages } from "./report5.js";
import { a as unreadable$1, r as nameReport } from "./scan.js";
import { join } from "node:path";
import { mkdir, rm, writeFile } from "node:fs/promises";
// src/scanner/system-package.ts
/** The types of package URLs that only operating systems have. https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst */
const SYSTEM_TYPES = /* @__PURE__ */ new Set([...[
	"alpm",
	"apk",
	"deb",
	"ebuild",
	"opkg",
	"portage",
	"qpkg",
	"rpm",
	"xbps"
]]);
/** Reads a package URL; undefined for one that is not of an operating system's package, or is none at all. */
function readSystemPackage(purl) {
	const [, type = "", path = "", version = "", rest = ""] = /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]*)\/([^@?#]+)(?:@([^?#]*))?(?:\?([^#]*))?/.exec(purl) ?? [];
	if (!SYSTEM_TYPES.has(type.toLowerCase())) return void 0;
	const qualifiers = new URLSearchParams(rest.replaceAll("+", "%2B"));
	const upstream = qualifiers.get("upstream") ?? "";
	return {
		id: `${type.toLowerCase()}/${path}@${version}`,
		version,
		distribution: qualifiers.get("distro") ?? void 0,
		source: upstream === "" ? void 0 : readSource(upstream)
	};
}
/** `name`, `name@version`, or the file name of a source RPM. */
function readSource(upstream) {
	const rpm = upstream.endsWith(".src.rpm") ? splitLast(upstream.slice(0, -8)) : void 0;
	const named = rpm === void 0 ? void 0 : splitLast(rpm[0]);
	if (rpm !== void 0 && named !== void 0) return {
		name: named[0],
		version: {
			version: named[1],
			release: rpm[1]
		}
	};
	const at = upstream.indexOf("@");
	return at < 1 ? { name: upstream } : {
		name: upstream.slice(0, at),
		version: splitVersion(upstream.slice(at + 1))
	};
}
/** `[epoch:]version[-release]`; https://www.debian.org/doc/debian-policy/ch-controlfields.html#version */
function splitVersion(text) {
	const colon = text.indexOf(":");
	const epoch = colon > 0 ? { epoch: text.slice(0, colon) } : {};
	const [version, release] = splitLast(text.slice(colon + 1)) ?? [text.slice(colon + 1)];
	return {
		...epoch,
		version,
		...release === void 0 ? {} : { release }
	};
}
/** What is before and after the last hyphen. */
function splitLast(text) {
	const hyphen = text.lastIndexOf("-");
	return hyphen < 1 ? void 0 : [text.slice(0, hyphen), text.slice(hyphen + 1)];
}
/** `debian-12.5` as a name and a version; undefined when it is not in that form. */
function splitDistribution(text) {
	const hyphen = text.search(/-\d/);
	const [name, version] = [text.slice(0, hyphen), text.slice(hyphen + 1)];
	return hyphen > 0 && /^[a-z][a-z0-9._-]*$/.test(name) && /^[A-Za-z0-9._-]+$/.test(version) ? {
		name,
		version
	} : void 0;
}
// src/scanner/sbom-fields.ts
/** More than the largest images have; what has more is made to exhaust its reader. */
const MAX_ENTRIES = 5e5;
/** Characters of a package URL. */
const MAX_PURL = 4096;
/** The objects of a list in an SBOM; an absent list is empty. */
function readObjects(value, where) {
	if (value === void 0 || value === null) return [];
	if (!Array.isArray(value)) throw unreadable(`${where} is not a list`);
	if (value.length > MAX_ENTRIES) throw unreadable(`${where} has more than ${MAX_ENTRIES} entries`);
	return value.map((entry) => {
		if (typeof entry === "object" && entry !== null && !Array.isArray(entry)) return entry;
		throw unreadable(`an entry of ${where} is not an object`);
	});
}
/** Those keys of an object, and nothing else: Go takes `Components` for `components` and believes the last of them. */
function pickKeys(json, keys) {
	return Object.fromEntries(keys.flatMap((key) => key in json ? [[key, json[key]]] : []));
}
/** The system package that a package URL names, if it names one. */
function readPurl(purl) {
	if (typeof purl !== "string") return void 0;
	if (purl.length > MAX_PURL) throw unreadable(`a package URL is longer than ${MAX_PURL} characters`);
	return readSystemPackage(purl);
}
/** Each package once, and the system that all of them name; none when they name several or none. */
function sumUpPackages(found) {
	const names = new Set(found.flatMap(({ distribution }) => distribution ?? []));
	const [only] = names;
	return {
		packages: [...new Map(found.map((entry) => [entry.id, entry])).values()],
		system: names.size === 1 && only !== void 0 ? splitDistribution(only) : void 0
	};
}
/** Says of an SBOM that no scan can rest on it. */
function unreadable(why) {
	return new ScannerError("SBOM_UNREADABLE", `its attested SBOM cannot be read: ${why}`);
}
// src/scanner/sbom-cyclonedx.ts
/** What Trivy reads of a document. https://cyclonedx.org/docs/1.6/json/ */
const KEYS$1 = [
	"bomFormat",
	"specVersion",
	"serialNumber",
	"version",
	"metadata",
	"components",
	"dependencies"
];
/** How Trivy itself writes the source of a package. */
const SOURCE_PROPERTY = "aquasecurity:trivy:Src";
/** Puts every component on the first level, where alone Trivy looks, and adds what package URLs tell. */
function adaptCycloneDx(json) {
	const nested = readObjects(json.metadata === void 0 ? [] : [json.metadata], "metadata").flatMap(({ component }) => readObjects(component === void 0 ? [] : [component], "metadata"));
	const components = flatten([...readObjects(json.components, "components"), ...nested.flatMap((component) => readObjects(component.components, "metadata.component.components"))]);
	const described = components.map((component) => ({
		component,
		found: readPurl(component.purl)
	}));
	const { packages, system } = sumUpPackages(described.flatMap(({ found }) => found ?? []));
	const hasSystem = components.some(({ type }) => type === "operating-system");
	return {
		json: {
			...pickKeys(json, KEYS$1),
			components: [...described.map(({ component, found }) => addSource$1(component, found?.source)), ...hasSystem || system === void 0 ? [] : [makeSystem$1(system)]]
		},
		systemPackages: packages
	};
}
/** Not by recursion: how deep components nest is for whoever wrote the SBOM to say. */
function flatten(components) {
	const flat = [];
	const open = [...components];
	for (let next = open.pop(); next !== void 0; next = open.pop()) {
		const { components: inner, ...component } = next;
		flat.push(component);
		for (const child of readObjects(inner, "components")) open.push(child);
	}
	return flat.reverse();
}
function addSource$1(component, source) {
	if (source === void 0) return component;
	const properties = readObjects(component.properties, "properties");
	if (properties.some(({ name }) => name === `${SOURCE_PROPERTY}Name`)) return component;
	const { epoch, version, release } = source.version ?? {};
	const told = {
		Name: source.name,
		Epoch: epoch,
		Version: version,
		Release: release
	};
	const added = Object.entries(told).flatMap(([name, value]) => value === void 0 ? [] : [{
		name: `${SOURCE_PROPERTY}${name}`,
		value
	}]);
	return {
		...component,
		properties: [...properties, ...added]
	};
}
function makeSystem$1({ name, version }) {
	return {
		"bom-ref": `operating-system:${name}-${version}`,
		type: "operating-system",
		name,
		version
	};
}
// src/scanner/sbom-spdx.ts
/** What Trivy reads of a document. https://spdx.github.io/spdx-spec/v2.3/ */
const KEYS = [...[
	"spdxVersion",
	"dataLicense",
	"SPDXID",
	"name",
	"documentNamespace",
	"creationInfo"
], ...[
	"packages",
	"files",
	"relationships",
	"documentDescribes",
	"annotations"
]];
/** By the id alone Trivy knows the package that stands for the operating system, whatever its purpose. */
const SYSTEM_ID = "SPDXRef-OperatingSystem";
/** How Trivy itself writes the source of a package. */
const SOURCE_PREFIX = "built package from";
/** Adds what package URLs tell. */
function adaptSpdx(json) {
	const described = readObjects(json.packages, "packages").map((spdxPackage) => {
		return {
			spdxPackage,
			found: readObjects(spdxPackage.externalRefs, "externalRefs").filter(({ referenceType }) => referenceType === "purl").flatMap(({ referenceLocator }) => readPurl(referenceLocator) ?? [])
		};
	});
	const { packages, system } = sumUpPackages(described.flatMap(({ found }) => found));
	const hasSystem = described.some(({ spdxPackage: { SPDXID } }) => String(SPDXID).startsWith(SYSTEM_ID));
	return {
		json: {
			...pickKeys(json, KEYS),
			packages: [...described.map(({ spdxPackage, found }) => addSource(spdxPackage, found[0]?.source)), ...hasSystem || system === void 0 ? [] : [makeSystem(system)]]
		},
		systemPackages: packages
	};
}
function addSource(spdxPackage, source) {
	const { sourceInfo } = spdxPackage;
	if (source === void 0 || typeof sourceInfo === "string" && sourceInfo.startsWith(SOURCE_PREFIX)) return spdxPackage;
	const { epoch, version, release } = source.version ?? {};
	const shown = [
		epoch === void 0 ? "" : `${epoch}:`,
		version ?? "",
		release === void 0 ? "" : `-${release}`
	];
	return {
		...spdxPackage,
		sourceInfo: `${SOURCE_PREFIX}: ${source.name} ${shown.join("")}`.trimEnd()
	};
}
function makeSystem({ name, version }) {
	return {
		name,
		versionInfo: version,
		SPDXID: `${SYSTEM_ID}-of-package-urls`,
		downloadLocation: "NONE",
		primaryPackagePurpose: "OPERATING-SYSTEM"
	};
}
// src/scanner/sbom.ts
/**
* Reads an SBOM and says in it what other tools than Trivy say in package URLs only: which system the packages are of,
* and which source package each was built from. Trivy looks there for neither, and in silence finds less. Nothing is
* taken away that Trivy would read. Throws SBOM_UNREADABLE.
*/
function readSbom(bytes) {
	const json = parseObject(bytes);
	const isCycloneDx = json.bomFormat === "CycloneDX";
	const isSpdx = typeof json.spdxVersion === "string";
	if (isCycloneDx && isSpdx) throw unreadable("it says of itself that it is CycloneDX and that it is SPDX");
	if (isCycloneDx) return adaptCycloneDx(json);
	if (isSpdx) return adaptSpdx(json);
	throw unreadable("@graph" in json ? "it is SPDX 3, which Trivy does not read: attest SPDX 2.3 or CycloneDX" : "it is neither CycloneDX nor SPDX 2 in JSON");
}
/** A byte order mark, at which Trivy stops, is no obstacle. */
function parseObject(bytes) {
	let json;
	try {
		json = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		throw unreadable("it is not JSON");
	}
	const [only] = readObjects([json], "the document");
	return only ?? {};
}
// src/scanner/scan-sbom.ts
/**
* Scans the SBOM of every image instead of its layers. What an SBOM keeps silent about nobody finds: a document that
* names no operating system, or one whose packages Trivy does not take in, is an incomplete scan.
*/
async function scanSboms(images, sboms, trivy, directory) {
	await mkdir(directory, { recursive: true });
	return mapConcurrently(images, 2, async (image, index) => {
		const platform = image.platform ?? "unknown";
		const { digest } = image.content;
		const bytes = sboms.get(digest);
		if (bytes === void 0) return unreadable$1(platform, digest, "it has no attested SBOM");
		const name = `sbom-${index}`;
		const file = join(directory, `${name}.json`);
		try {
			return await scanSbom(readSbom(bytes), file, name, {
				platform,
				digest
			}, trivy);
		} catch (error) {
			if (!(error instanceof ScannerError) || error.code !== "SBOM_UNREADABLE") throw error;
			return unreadable$1(platform, digest, error.message);
		} finally {
			await rm(file, { force: true });
		}
	});
}
async function scanSbom(sbom, file, name, image, trivy) {
	await writeFile(file, writeJson(sbom.json));
	const run = await trivy.scanSbom(file, name);
	if (run.kind === "unreadable") return unreadable$1(image.platform, image.digest, `its attested SBOM cannot be read: ${markControl(run.reason)}`);
	const report = nameReport(run.json, file, image.digest);
	const scanned = readReport(report, run.warnings, image);
	const gap = scanned.complete ? explainGap(sbom, run.json) : `its attested SBOM: ${scanned.reason}`;
	if (gap === void 0) return {
		scanned,
		report
	};
	return {
		scanned: {
			complete: false,
			...image,
			reason: gap,
			findings: scanned.findings
		},
		report
	};
}
/** What an SBOM cannot vouch for, although Trivy has judged what it saw. */
function explainGap({ systemPackages }, json) {
	if (!namesSystem(json)) return "its attested SBOM names no operating system: there may be none, or its packages were left out";
	const nameless = systemPackages.filter(({ version }) => version === "").length;
	if (nameless > 0) return `its attested SBOM lists ${nameless} packages of the operating system without a version`;
	const judged = countSystemPackages(json);
	if (judged >= systemPackages.length) return void 0;
	return `Trivy takes in ${judged} of the ${systemPackages.length} packages of the operating system that its attested SBOM lists`;
}
function writeJson(json) {
	try {
		return JSON.stringify(json);
	} catch (cause) {
		throw new ScannerError("SBOM_UNREADABLE", "its attested SBOM cannot be read: it is nested too deeply", { cause });
	}
}
export { scanSboms };
