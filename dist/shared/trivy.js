import { t as ScannerError } from "./error.js";
import { join } from "node:path";
import { mkdir, readFile, writeFile } from "node:fs/promises";
// src/scanner/trivy.ts
/** Prepares Trivy: an empty working directory, an empty configuration and an empty ignore file, so that no `trivy.yaml`, `.trivyignore` or `TRIVY_*` can weaken the gate. */
async function createTrivy(context) {
	const cwd = join(context.directory, "cwd");
	const home = join(context.directory, "home");
	const temporary = join(context.directory, "tmp");
	for (const folder of [
		cwd,
		home,
		temporary
	]) await mkdir(folder, { recursive: true });
	const config = join(context.directory, "trivy.yaml");
	const ignoreFile = join(context.directory, "trivyignore");
	await writeFile(config, "");
	await writeFile(ignoreFile, "");
	let javaDatabase;
	const toCommand = (subject, output) => ({
		file: context.path,
		cwd,
		env: {
			HOME: home,
			TMPDIR: temporary,
			TMP: temporary,
			TEMP: temporary
		},
		args: [
			...subject,
			...["--config", config],
			...["--ignorefile", ignoreFile],
			...["--cache-dir", context.cacheDirectory],
			...["--cache-backend", "memory"],
			...["--scanners", "vuln"],
			...["--pkg-types", "os,library"],
			...["--severity", "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL"],
			...[
				"--format",
				"json",
				"--list-all-pkgs",
				"--show-suppressed"
			],
			...["--output", output],
			...[
				"--exit-code",
				"0",
				"--exit-on-eol",
				"0"
			],
			...[
				"--skip-db-update",
				"--skip-java-db-update",
				"--offline-scan"
			],
			...[
				"--skip-version-check",
				"--disable-telemetry",
				"--no-progress"
			],
			...["--timeout", "24h"],
			...context.vexFiles.flatMap((file) => ["--vex", file])
		]
	});
	const run = async (subject, name) => {
		const output = join(context.directory, `${name}.json`);
		let result = await context.exec(toCommand(subject, output), context.signal);
		if (result.code !== 0 && needsJavaDatabase(result)) {
			javaDatabase ??= context.provideJavaDatabase();
			await javaDatabase;
			result = await context.exec(toCommand(subject, output), context.signal);
		}
		context.signal.throwIfAborted();
		if (result.code !== 0) return {
			kind: "unreadable",
			reason: explainFailure(result)
		};
		return {
			kind: "report",
			json: await readReport(output),
			warnings: readWarnings(result.stderr)
		};
	};
	return {
		scan: (input, name) => run([
			"image",
			"--input",
			input
		], name),
		scanSbom: (file, name) => run(["sbom", file], name)
	};
}
function needsJavaDatabase(result) {
	return /java (?:vulnerability )?db|java-db|javadb/i.test(result.stderr);
}
/** Trivy answers every error with 1. Only a failed analysis is about the image; anything else is a broken tool, database, VEX document or machine. */
function explainFailure(result) {
	const lines = result.stderr.split("\n").filter((line) => line.trim() !== "");
	const fatal = lines.find((line) => line.includes("FATAL"));
	const said = cleanLine(fatal ?? lines.at(-1) ?? "it said nothing", "FATAL");
	if (result.code !== null && fatal !== void 0 && isAboutImage(fatal)) return said;
	const end = result.code === null ? `was ended by ${result.signal ?? "a signal"}` : `ended with exit code ${result.code}`;
	throw new ScannerError("SCANNER_FAILED", `trivy ${end}: ${said}`, { hint: "Check the trivy input, or leave it empty for the version this release knows; see that the disk is not full." });
}
function isAboutImage(fatal) {
	return fatal.includes("scan failed: failed analysis") && !/Java DB|no space left on device|too many open files|cannot allocate memory|permission denied/.test(fatal);
}
/** A line of Trivy's log without its time and level. */
function cleanLine(line, level) {
	return line.replace(new RegExp(`^.*?${level}\\s+(?:Fatal error\\s+)?`), "").replace(/\s+/g, " ").trim();
}
/** The warnings of a run that tell that it could not really judge the image; none of them is in the JSON. */
function readWarnings(stderr) {
	const telling = /Unsupported os|not on the EOL list|No OS package is detected|packages were skipped|Multiple OS components/i;
	return stderr.split("\n").filter((line) => /WARN/.test(line) && telling.test(line)).map((line) => cleanLine(line, "WARN"));
}
async function readReport(file) {
	try {
		return JSON.parse(await readFile(file, "utf8"));
	} catch (cause) {
		throw new ScannerError("REPORT_INVALID", "trivy ended well but left no JSON report", {
			cause,
			hint: "Check the trivy input, or leave it empty for the version this release knows."
		});
	}
}
export { createTrivy };
