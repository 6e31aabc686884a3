import { Kn as markControl, W as SEVERITIES } from "./engine.js";
import { a as literal, c as object, d as string, h as prettifyError, i as boolean, p as unknown, r as array } from "./zod.js";
import { t as ScannerError } from "./error.js";
// src/scanner/report.ts
/** The parts of Trivy's JSON report that a verdict needs; https://trivy.dev/latest/docs/configuration/reporting/#json */
const vulnerabilitySchema = object({
	VulnerabilityID: string(),
	PkgName: string(),
	InstalledVersion: string().default(""),
	FixedVersion: string().optional(),
	Severity: string().default("UNKNOWN"),
	Title: string().optional(),
	PkgIdentifier: object({ PURL: string().optional() }).optional()
});
const resultSchema = object({
	Target: string().default(""),
	Class: string().default(""),
	Packages: array(unknown()).nullish(),
	Vulnerabilities: array(vulnerabilitySchema).nullish(),
	ExperimentalModifiedFindings: array(object({
		Status: string(),
		Statement: string().optional(),
		Finding: vulnerabilitySchema
	})).nullish()
});
const reportSchema = object({
	SchemaVersion: literal(2),
	Metadata: object({ OS: object({
		Family: string(),
		Name: string().default(""),
		EOSL: boolean().optional()
	}).optional() }).optional(),
	Results: array(resultSchema).nullish()
});
/** Reads one report. What Trivy passes over in silence (no package found, an operating system it cannot judge) makes the scan incomplete. */
function readReport(json, warnings, image) {
	const parsed = reportSchema.safeParse(json);
	if (!parsed.success) throw new ScannerError("REPORT_INVALID", `trivy's report does not have the form of its JSON: ${prettifyError(parsed.error)}`, { hint: "Use the Trivy version that this release knows: leave the trivy input empty." });
	const report = parsed.data;
	const findings = readFindings(report);
	const reason = explainGap(report, warnings);
	if (reason !== void 0) return {
		...image,
		complete: false,
		reason: markControl(reason),
		findings
	};
	const os = report.Metadata?.OS;
	const endOfLife = os?.EOSL === true ? { endOfLife: `${os.Family} ${os.Name}` } : {};
	return {
		...image,
		complete: true,
		findings,
		...endOfLife
	};
}
/** True when a report names an operating system: without one, nobody has judged its packages. */
function namesSystem(json) {
	return reportSchema.safeParse(json).data?.Metadata?.OS !== void 0;
}
/** How many packages of an operating system a report has judged. */
function countSystemPackages(json) {
	return (reportSchema.safeParse(json).data?.Results ?? []).reduce((sum, r) => sum + (r.Class === "os-pkgs" ? r.Packages?.length ?? 0 : 0), 0);
}
function explainGap(report, warnings) {
	const results = report.Results ?? [];
	const count = (wanted) => results.reduce((sum, r) => sum + (wanted === void 0 || r.Class === wanted ? r.Packages?.length ?? 0 : 0), 0);
	const os = report.Metadata?.OS;
	if (os?.Family === "none") return "there are packages of an operating system, but Trivy does not recognise which: they were not judged";
	if (count() === 0) return os === void 0 ? "no operating system and no package was recognised" : `${os.Family} ${os.Name} was recognised, but none of its packages: the package database is missing`;
	if (os !== void 0 && count("os-pkgs") === 0) return `the packages of ${os.Family} ${os.Name} were not judged: the package database is missing, or Trivy does not support this system`;
	return warnings.length === 0 ? void 0 : `Trivy warns: ${warnings.join("; ")}`;
}
function readFindings(report) {
	const os = report.Metadata?.OS;
	return (report.Results ?? []).flatMap((result) => {
		const target = result.Class === "os-pkgs" && os !== void 0 ? `${os.Family} ${os.Name}` : result.Target;
		return [...(result.Vulnerabilities ?? []).map((v) => toFinding(v, target)), ...(result.ExperimentalModifiedFindings ?? []).map((modified) => ({
			...toFinding(modified.Finding, target),
			suppressedBy: modified.Statement ?? modified.Status
		}))];
	});
}
/** Names and titles come from images and databases: each is kept to one line that shows what it says. */
function toFinding(v, target) {
	const purl = v.PkgIdentifier?.PURL;
	return {
		id: markControl(v.VulnerabilityID),
		package: markControl(v.PkgName),
		installedVersion: markControl(v.InstalledVersion),
		severity: toSeverity(v.Severity),
		target: markControl(target),
		...v.FixedVersion ? { fixedVersion: markControl(v.FixedVersion) } : {},
		...v.Title ? { title: markControl(v.Title) } : {},
		...purl ? { purl } : {}
	};
}
/** A severity that Trivy does not know is UNKNOWN, never dropped. */
function toSeverity(text) {
	return SEVERITIES.find((severity) => severity === text) ?? "UNKNOWN";
}
export { namesSystem as n, readReport as r, countSystemPackages as t };
