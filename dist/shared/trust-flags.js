import { W as SEVERITIES, a as codeSpan, o as escapeMarkdown, vn as formatCount, yn as formatDate } from "./engine.js";
import { a as renderHeading, i as renderDetails, o as renderLink, s as renderList, t as joinBlocks } from "./markdown.js";
import { i as renderTable, r as limitRows } from "./truncate.js";
import { a as listIdentityFlags, i as parseTrustedRoot, o as listRootFlags } from "./sigstore-config.js";
// src/steps/render-scan.ts
const MAX_FINDING_ROWS = 200;
const MAX_OPEN_ROWS = 20;
/** What the scan found: counts per platform, the findings that refuse (or would), the exceptions used; undefined when nothing was scanned. */
function renderScan({ scan, gates }) {
	if (scan === void 0) return void 0;
	const isReport = gates.some(({ verdict }) => verdict === "reported");
	return joinBlocks([
		renderHeading(3, "Vulnerabilities"),
		`${escapeMarkdown(scan.scanner)}, with the database of ${formatDate(scan.database.updatedAt)}${scan.from === "sbom" ? ", from its attested SBOM: weaker evidence than its layers" : ""}.`,
		renderPlatforms(scan),
		renderBlocking(scan, isReport ? "would refuse" : "refuse"),
		renderExceptions(scan)
	]);
}
function renderPlatforms({ platforms }) {
	const found = SEVERITIES.filter((severity) => platforms.some((platform) => countOpen(platform, severity) > 0));
	const hasGap = platforms.some((platform) => describeGap(platform) !== void 0);
	if (found.length === 0 && !hasGap && platforms.length > 0) return `No findings on ${platforms.map(({ platform }) => codeSpan(platform)).join(", ")}.`;
	const columns = [
		{ title: "Platform" },
		...found.map((severity) => ({
			title: nameSeverity(severity),
			align: "right"
		})),
		...hasGap ? [{ title: "Scan" }] : []
	];
	const rows = platforms.map((platform) => [
		codeSpan(platform.platform),
		...found.map((severity) => formatCount(countOpen(platform, severity))),
		describeGap(platform) ?? "complete"
	]);
	return renderTable(columns, rows);
}
/** What a VEX statement cleared is not counted, here as in the outputs. */
function countOpen({ findings }, severity) {
	return findings.filter((finding) => finding.severity === severity && finding.suppressedBy === void 0).length;
}
/** Few findings mean nothing where the scan was incomplete, or nobody publishes findings any more. */
function describeGap(platform) {
	if (!platform.complete) return `incomplete: ${escapeMarkdown(platform.reason)}`;
	return platform.endOfLife === void 0 ? void 0 : `${escapeMarkdown(platform.endOfLife)} is past its end of life`;
}
function renderBlocking({ verdict, platforms }, verb) {
	const { blocking } = verdict;
	if (blocking.length === 0) return void 0;
	const rows = blocking.map((finding) => [
		linkFinding(finding.id),
		nameSeverity(finding.severity),
		`${escapeMarkdown(finding.package)} ${escapeMarkdown(finding.installedVersion)}`,
		finding.fixedVersion ? escapeMarkdown(finding.fixedVersion) : "no fix yet",
		nameWhere(finding, platforms.length)
	]);
	const columns = [
		"Vulnerability",
		"Severity",
		"Package",
		"Fixed in",
		"Platforms"
	].map((title) => ({ title }));
	const table = renderTable(columns, limitRows(rows, MAX_FINDING_ROWS));
	const all = rows.length > MAX_FINDING_ROWS ? `The ${codeSpan("scan-report")} and ${codeSpan("sarif")} outputs name the files that have all.` : void 0;
	const title = `${formatCount(blocking.length, "finding")} that ${verb === "refuse" && blocking.length === 1 ? "refuses" : verb}`;
	return renderDetails(title, joinBlocks([table, all]), { open: blocking.length <= MAX_OPEN_ROWS });
}
function nameWhere({ platforms }, count) {
	return platforms.length === count && count > 1 ? "all" : platforms.map(codeSpan).join(" ");
}
/** Only names of the two known forms lead anywhere. */
function linkFinding(id) {
	const name = escapeMarkdown(id);
	if (/^CVE-\d{4}-\d{4,}$/.test(id)) return renderLink(name, `https://nvd.nist.gov/vuln/detail/${id}`);
	if (/^GHSA(-[a-z0-9]{4}){3}$/.test(id)) return renderLink(name, `https://github.com/advisories/${id}`);
	return name;
}
function nameSeverity(severity) {
	return severity.charAt(0) + severity.slice(1).toLowerCase();
}
function renderExceptions({ verdict }) {
	const used = verdict.usedExceptions.map(({ id, reason, expires, source }) => `${escapeMarkdown(id)} accepted ${expires === void 0 ? "without an end" : `until ${escapeMarkdown(expires)}`}: ${escapeMarkdown(reason ?? "no reason given")} (${escapeMarkdown(source)})`);
	const incomplete = verdict.allowedIncomplete.map(({ platform, gap, reason, expires, source }) => `${codeSpan(platform)} accepted unjudged until ${escapeMarkdown(expires)}: ${escapeMarkdown(gap)}; ${escapeMarkdown(reason)} (${escapeMarkdown(source)})`);
	const expired = verdict.expiredExceptions.map(({ id, expires, source }) => `${escapeMarkdown(id)} no longer accepted since ${escapeMarkdown(expires ?? "")} (${escapeMarkdown(source)})`);
	const items = [
		...used,
		...incomplete,
		...expired
	];
	return items.length === 0 ? void 0 : joinBlocks([renderHeading(4, "Exceptions"), renderList(items)]);
}
// src/steps/trust-flags.ts
const NO_LOG_FLAG = "--insecure-ignore-tlog=true";
/** What the commands call the trusted root of a private Sigstore. */
const TRUSTED_ROOT_FILE = "trusted_root.json";
/** The flags by which a stranger tells stock cosign whom to trust, ready for a shell: those that the run itself verified with. Undefined when nothing was signed, or nobody knows by whom. */
function listTrustFlags({ anchor, publicKey, transparencyLog, trustedRoot }) {
	const root = trustedRoot === void 0 ? [] : ["--trusted-root", TRUSTED_ROOT_FILE];
	if (anchor?.kind === "certificate") {
		const parsed = trustedRoot === void 0 ? void 0 : parseTrustedRoot(trustedRoot);
		return [
			...listIdentityFlags(anchor),
			...listRootFlags(anchor, parsed),
			...root
		].map(quote);
	}
	return publicKey === void 0 ? void 0 : [
		"--key",
		"cosign.pub",
		...transparencyLog ? [] : [NO_LOG_FLAG],
		...root
	];
}
/** A word for a POSIX shell. */
function quote(text) {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
export { renderScan as i, TRUSTED_ROOT_FILE as n, listTrustFlags as r, NO_LOG_FLAG as t };
