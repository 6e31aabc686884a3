import { At as judgeDatabase, Gt as matchesPattern, Kt as toGate, W as SEVERITIES, ct as writeScanReport, ot as scanAttested, st as scanGraph, xt as endOfDay, yn as formatDate } from "./engine.js";
import { n as matchesPurl } from "./purl.js";
import { n as buildSarif } from "./sarif.js";
import { join } from "node:path";
import { writeFile } from "node:fs/promises";
// src/policy/exceptions.ts
/** Looks for exceptions by vulnerability and package; the first that still holds is used. */
function findException(finding, exceptions, now) {
	const matching = exceptions.filter((exception) => exception.id === finding.id && coversPackage(exception, finding));
	return {
		used: matching.find((exception) => !isExpired(exception, now)),
		expired: matching.filter((exception) => isExpired(exception, now))
	};
}
function coversPackage({ packages }, finding) {
	if (packages.length === 0) return true;
	return packages.some((text) => text.startsWith("pkg:") ? finding.purl !== void 0 && matchesPurl(text, finding.purl) : text === finding.package);
}
function isExpired({ endsAt }, now) {
	return endsAt !== void 0 && !(now.getTime() < endsAt);
}
// src/policy/finding-counts.ts
/** Findings by severity, whether they gate or not, without those that VEX cleared. What several platforms share counts once; a single platform counts as the scanner lists it. */
function countFindings(platforms) {
	const most = /* @__PURE__ */ new Map();
	for (const { findings } of platforms) {
		const present = findings.filter(({ suppressedBy }) => suppressedBy === void 0);
		for (const [key, group] of Map.groupBy(present, identify)) {
			const [first] = group;
			if (first !== void 0 && group.length > (most.get(key)?.count ?? 0)) most.set(key, {
				severity: first.severity,
				count: group.length
			});
		}
	}
	const counts = {
		CRITICAL: 0,
		HIGH: 0,
		MEDIUM: 0,
		LOW: 0,
		UNKNOWN: 0
	};
	for (const { severity, count } of most.values()) counts[severity] += count;
	return counts;
}
/** The same finding on several platforms becomes one that names them. */
function groupByFinding(found) {
	return [...Map.groupBy(found, ({ finding }) => identify(finding)).values()].flatMap((group) => {
		const [first] = group;
		return first === void 0 ? [] : [{
			...first.finding,
			platforms: [...new Set(group.map(({ platform }) => platform))]
		}];
	});
}
function identify({ id, package: name, installedVersion, severity }) {
	return JSON.stringify([
		id,
		name,
		installedVersion,
		severity
	]);
}
// src/policy/incomplete-scan.ts
/** Judges what a scan of one platform could not tell. An operating system past its end of life is such a gap: nobody reports its vulnerabilities any more, so that few findings mean nothing. */
function judgeGap(scanned, allowances, image, now) {
	const gap = describeGap(scanned);
	if (gap === void 0) return { kind: "none" };
	const { platform, digest } = scanned;
	const matching = allowances.filter((entry) => matchesPattern(entry.image, image) && isPlatform(entry.platform, platform));
	const valid = matching.find((entry) => now.getTime() < (endOfDay(entry.expires) ?? 0));
	if (valid !== void 0) return {
		kind: "allowed",
		allowance: {
			...valid,
			platform,
			digest,
			gap
		}
	};
	return {
		kind: "refused",
		refusal: {
			code: "SCAN_INCOMPLETE",
			message: `${platform} (${digest}) could not be judged: ${gap}.${matching.map((entry) => ` ${entry.source} allowed it until ${entry.expires}.`).join("")}`,
			hint: "Rebuild it on a system that the scanner knows, set scan: off for an artifact that is no image, or allow it in the policy's scan.allowIncomplete with image, platform, reason and expires.",
			platform
		}
	};
}
function describeGap(scanned) {
	if (!scanned.complete) return scanned.reason.replace(/\.$/, "") || "the scanner gives no reason";
	return scanned.endOfLife === void 0 ? void 0 : `${scanned.endOfLife} is past its end of life`;
}
/** An allowance for a platform holds for every `os.version` of it, not for its variants. */
function isPlatform(allowed, platform) {
	return platform === allowed || platform.startsWith(`${allowed}:`);
}
// src/policy/scan-gate.ts
const MAX_NAMED = 5;
/** Judges the scan of every platform of an image. `exceptions` are those beside the policy's own; `image` is what allowances are matched with. */
function judgeScan(platforms, scan, exceptions, image, now) {
	const gaps = platforms.map((platform) => judgeGap(platform, scan.allowIncomplete, image, now));
	const all = [...scan.ignore, ...exceptions];
	const used = /* @__PURE__ */ new Set();
	const expired = /* @__PURE__ */ new Set();
	const found = [];
	for (const { platform, findings } of platforms) for (const finding of findings.filter((candidate) => isGated(candidate, scan))) {
		const exception = findException(finding, all, now);
		if (exception.used !== void 0) {
			used.add(exception.used);
			continue;
		}
		for (const entry of exception.expired) expired.add(entry);
		found.push({
			platform,
			finding
		});
	}
	const blocking = [...groupByFinding(found)].sort(compareFindings);
	return {
		refusals: [
			...platforms.length === 0 ? [nothingScanned()] : [],
			...gaps.flatMap((gap) => gap.kind === "refused" ? [gap.refusal] : []),
			...blocking.length === 0 ? [] : [refuseFindings(blocking, [...expired])]
		],
		counts: countFindings(platforms),
		blocking,
		usedExceptions: [...used],
		expiredExceptions: [...expired],
		allowedIncomplete: gaps.flatMap((gap) => gap.kind === "allowed" ? [gap.allowance] : [])
	};
}
function isGated(finding, { severity, ignoreUnfixed }) {
	if (finding.suppressedBy !== void 0 || !severity.includes(finding.severity)) return false;
	return !ignoreUnfixed || Boolean(finding.fixedVersion);
}
function refuseFindings(blocking, expired) {
	const named = blocking.slice(0, MAX_NAMED).map(describeFinding);
	const more = blocking.length > MAX_NAMED ? [`${blocking.length - MAX_NAMED} more`] : [];
	const ended = expired.map(({ id, expires, source }) => ` The exception for ${id} in ${source} ended: ${expires ?? ""}.`);
	const fixable = blocking.some(({ fixedVersion }) => fixedVersion);
	return {
		code: "VULNERABLE",
		message: `${blocking.length === 1 ? "1 finding blocks" : `${blocking.length} findings block`}: ${[...named, ...more].join("; ")}.${ended.slice(0, MAX_NAMED).join("")}`,
		hint: `${fixable ? "Rebuild the image with the fixed versions" : "There is no fix yet: replace the package"}, or accept a finding in the policy's scan.ignore with reason and expires.`,
		findings: blocking
	};
}
function describeFinding({ id, severity, package: name, installedVersion, fixedVersion }) {
	return `${id} (${severity}) in ${name} ${installedVersion}, ${fixedVersion ? `fixed in ${fixedVersion}` : "no fix yet"}`;
}
function compareFindings(a, b) {
	return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || compareText(a.id, b.id) || compareText(a.package, b.package);
}
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
function nothingScanned() {
	return {
		code: "SCAN_INCOMPLETE",
		message: "Nothing was scanned: the image has no platform.",
		hint: "Check what the source is; for an artifact that is no image, set scan: off."
	};
}
// src/report/findings-sarif.ts
/** All findings of all platforms as SARIF 2.1.0 text. What a VEX statement cleared is left out, as code scanning would raise an alert for it. `category` is what the alerts are filed under. */
function renderSarif(image, digest, platforms, toolVersion, category = image) {
	const results = platforms.flatMap(({ platform, findings }) => findings.filter((finding) => finding.suppressedBy === void 0).map(({ id, target: _target, suppressedBy: _suppressedBy, ...finding }) => {
		const help = helpUri(id);
		return {
			...finding,
			ruleId: id,
			image,
			digest,
			platform,
			...help === void 0 ? {} : { helpUri: help }
		};
	}));
	return JSON.stringify(buildSarif({
		toolVersion,
		results,
		category: `promote-image/${category}`
	}), null, 1);
}
function helpUri(id) {
	if (/^CVE-\d{4}-\d+$/.test(id)) return `https://avd.aquasec.com/nvd/${id.toLowerCase()}`;
	if (/^GHSA(-[a-z0-9]{4}){3}$/.test(id)) return `https://github.com/advisories/${id}`;
}
// src/steps/scan-gates.ts
/** Scans every platform, judges what was found, and keeps Trivy's reports and the findings as SARIF in `places.results`. */
async function scanAndJudge(image, scanner, { scan, exceptions }, { log, clock }, places) {
	const scannedAt = clock();
	const stale = judgeDatabase(scanner.database, scan.maxDatabaseAge, scannedAt);
	const { from } = scan;
	const scans = from === "sbom" ? await scanAttested(image.graph, image.sboms, scanner, places.room) : await scanGraph(image.graph, image.store, scanner, places.room);
	const finishedAt = clock();
	const platforms = scans.map(({ scanned }) => scanned);
	for (const scanned of platforms) log.info(describePlatform(scanned));
	const verdict = judgeScan(platforms, scan, exceptions, image.repository, scannedAt);
	const { digest } = image.graph.root;
	const reportPath = join(places.results, "scan.json");
	const sarifPath = join(places.results, "scan.sarif");
	await writeScanReport(digest, scans, reportPath, from);
	await writeFile(sarifPath, renderSarif(image.repository, digest, platforms, scanner.tool.version, image.category));
	return {
		verdict,
		scannedAt,
		finishedAt,
		scans,
		summary: {
			platforms,
			counts: verdict.counts,
			verdict,
			reportPath,
			sarifPath,
			from,
			scanner: `Trivy ${scanner.tool.version}`,
			database: scanner.database
		},
		...conclude(stale, verdict, platforms.length, scanner, scan)
	};
}
function conclude(stale, verdict, count, { database }, { mode, severity, from }) {
	const staleness = stale === void 0 ? [] : [stale];
	const findings = [...staleness, ...verdict.refusals];
	if (mode === "report") return {
		gates: [{
			name: "Vulnerability scan",
			verdict: "reported",
			evidence: `${findings.map(({ message }) => message).join(" ") || "nothing found that would refuse"}${tellSource(from)}`
		}],
		refusals: [],
		notes: findings.map(({ code, message }) => `${code} was reported, not enforced: ${message}`)
	};
	const updated = `${formatDate(database.updatedAt)} from ${database.source}`;
	const passed = `${count} ${count === 1 ? "platform" : "platforms"} scanned, nothing of severity ${severity.join(", ")}${tellSource(from)}`;
	return {
		gates: [toGate("Scan database", staleness, `database of ${updated}`), toGate("Vulnerability scan", verdict.refusals, passed)],
		refusals: findings,
		notes: []
	};
}
/** Who approves must know that nobody looked at the layers. */
function tellSource(from) {
	return from === "sbom" ? "; from its attested SBOM, which is weaker evidence than the layers" : "";
}
function describePlatform(scanned) {
	if (!scanned.complete) return `Could not judge ${scanned.platform}: ${scanned.reason}`;
	const found = SEVERITIES.map((severity) => ({
		severity,
		count: scanned.findings.filter((finding) => finding.severity === severity).length
	})).filter(({ count }) => count > 0).map(({ severity, count }) => `${count} ${severity}`);
	return `Scanned ${scanned.platform}: ${found.join(", ") || "nothing found"}`;
}
export { scanAndJudge as t };
