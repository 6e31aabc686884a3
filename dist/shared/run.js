import { c as readProxy, d as HostError, f as createRedactor, hr as describeError, i as formatPlace, mr as UsageError, n as readGivenToken, pr as DomainError, qn as stripControl, r as cleanLine, s as runAction, t as askTokenService } from "./engine.js";
import { a as setOutput, i as info, n as error, o as setSecret, r as group, s as warning, t as debug } from "./core.js";
import { basename, join } from "node:path";
import { appendFile, readFile, rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
// src/host/actions/base-commit.ts
/** The text of a file in the base commit of the pull request, or undefined when that commit does not have it: from the checkout where it is deep enough, else from GitHub's API. */
async function readFromBaseCommit(path, context) {
	if (path.split(/[\\/]/).includes("..")) return void 0;
	const sha = await readBaseSha(context.env);
	const local = await readWithGit(sha, path, context.workspace);
	return local === "no such commit" ? readWithApi(sha, path, context) : local?.text;
}
async function readBaseSha(env) {
	try {
		const sha = JSON.parse(await readFile(env.GITHUB_EVENT_PATH ?? "", "utf8")).pull_request?.base?.sha;
		if (typeof sha === "string" && /^[a-f0-9]{40}([a-f0-9]{24})?$/.test(sha)) return sha;
	} catch (cause) {
		throw new HostError("BASE_COMMIT", "the event of this pull request cannot be read", { cause });
	}
	throw new HostError("BASE_COMMIT", "the event of this pull request names no base commit");
}
async function readWithGit(sha, path, cwd) {
	const { getExecOutput } = await import("./exec2.js");
	const options = {
		cwd,
		silent: true,
		ignoreReturnCode: true
	};
	const git = async (...args) => getExecOutput("git", ["--no-replace-objects", ...args], options).catch(() => ({
		exitCode: 127,
		stdout: ""
	}));
	if ((await git("cat-file", "-e", `${sha}^{commit}`)).exitCode !== 0) return "no such commit";
	const { exitCode, stdout } = await git("show", `${sha}:${path}`);
	return exitCode === 0 ? { text: stdout } : void 0;
}
async function readWithApi(sha, path, { env, token }) {
	const [owner = "", repo = ""] = (env.GITHUB_REPOSITORY ?? "").split("/");
	try {
		const { getOctokit } = await import("./github.js");
		const { repos, git } = getOctokit(token).rest;
		await git.getCommit({
			owner,
			repo,
			commit_sha: sha
		});
		const { data } = await repos.getContent({
			owner,
			repo,
			path,
			ref: sha,
			mediaType: { format: "raw" }
		}).catch((error) => {
			if (error.status === 404) return { data: void 0 };
			throw error;
		});
		return data === void 0 ? void 0 : String(data);
	} catch (cause) {
		throw new HostError("BASE_COMMIT", `the policy ${path} of the base commit ${sha} cannot be read`, {
			cause,
			hint: "Give actions/checkout fetch-depth: 0, or this step a github-token with contents: read."
		});
	}
}
// src/host/actions/inputs.ts
const PREFIX = "INPUT_";
/** All inputs the runner passed, by their names in `action.yml`: it upper-cases them and keeps the hyphens. */
function readInputs(env) {
	const inputs = {};
	for (const [name, value] of Object.entries(env)) if (name.startsWith(PREFIX) && value !== void 0) inputs[name.slice(6).toLowerCase()] = value;
	return inputs;
}
// src/host/actions/log.ts
/** The runner's log. Everything printed may quote a registry or a scanner, so nothing in it can be a workflow command, move the cursor, or show a secret that was masked: the runner's own masking comes on top. */
function createActionsLog(redactor = createRedactor()) {
	const clean = (text) => cleanLine(redactor.redact(stripControl(text)));
	return {
		debug: (message) => debug(clean(message)),
		info: (message) => info(clean(message)),
		warning: (message) => warning(clean(message)),
		group: (title, body) => group(clean(title), body),
		mask: (secret) => {
			for (const form of redactor.add(secret)) setSecret(form);
		}
	};
}
// src/host/actions/oidc.ts
/** The audience that Sigstore's certificate authority demands; https://docs.sigstore.dev/certificate_authority/oidc-in-fulcio/ */
const AUDIENCE = "sigstore";
const TRIES = 4;
const PATIENCE = {
	answer: 1e4,
	delay: 1e3
};
/** Only where a token is missing or refused can the user do something about it. */
const PERMISSION = "Give the job permissions: id-token: write (and contents: read); a pull request from a fork never has it. Or sign with a key: cosign-key.";
/** How the job's OIDC token is asked for until `signal` ends it; undefined where this job has none to give. SIGSTORE_ID_TOKEN wins over the runner's own. A token is masked before anybody sees it. */
function createIdentityToken(env, log, { answer: patience, delay } = PATIENCE) {
	const given = readGivenToken(env, log);
	if (given !== void 0) return given;
	const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
	if (!url || !bearer) return void 0;
	return async (signal) => {
		const token = await askRunner({
			url,
			bearer,
			proxy: readProxy(env),
			patience
		}, delay, signal);
		log.mask(token);
		return token;
	};
}
async function askRunner(service, delay, signal) {
	for (let attempt = 1;; attempt++) {
		const answer = await askTokenService(service, AUDIENCE, signal);
		if (answer.token !== void 0) return answer.token;
		const { status, fault } = answer;
		if (attempt === TRIES || !isPassing(status)) throw explain$1(status, attempt, fault);
		await setTimeout(delay * 2 ** (attempt - 1), void 0, { signal }).catch(() => signal.throwIfAborted());
	}
}
function isPassing(status) {
	return status === void 0 || status >= 500 || status === 429;
}
function explain$1(status, attempts, cause) {
	const tries = attempts === 1 ? "" : ` after ${attempts} tries`;
	const answer = status === void 0 || status === 200 ? "gave no token" : `answered ${status}`;
	const isRefused = status === 401 || status === 403;
	return new HostError("IDENTITY_TOKEN", `the token service of the runner ${answer}${tries}`, {
		...cause === void 0 ? {} : { cause },
		hint: isRefused ? PERMISSION : "Run the job again; https://www.githubstatus.com says whether GitHub Actions has an outage."
	});
}
// src/host/actions/publish.ts
/** Tells how an action ended: outputs, an annotation for each refusal, the job summary, the exit code. */
async function publishReport(report, summaryFile) {
	process.exitCode = report.exitCode;
	annotateAll(report.annotations);
	if (report.error !== void 0) annotateError(report.error);
	if (report.document) printDocument(report.document);
	info(`Result: ${report.result}`);
	if (summaryFile) await writeSummary(await report.renderSummary(), summaryFile);
	writeOutputs(report.outputs);
}
/** For a person to read: a log has neither every byte nor every line. */
function printDocument(text) {
	const lines = text.replace(/\n$/, "").split("\n");
	for (const line of lines.slice(0, MAX_LOGGED)) info(cleanLine(line));
	if (lines.length > MAX_LOGGED) info(`… and ${lines.length - MAX_LOGGED} more lines`);
}
/** Later steps need the outputs: a step that cannot write them fails, whatever it did, and says so beside what it did. */
function writeOutputs(outputs) {
	try {
		for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
	} catch (cause) {
		annotate("Failed", `the outputs could not be written: ${describeError(cause)}`, "Check the file behind GITHUB_OUTPUT.");
		process.exitCode ||= 1;
	}
}
/** A summary that cannot be written changes nothing in how the action ended. */
async function writeSummary(markdown, file) {
	try {
		await appendFile(file, markdown);
	} catch (error) {
		warning(cleanLine(`The job summary could not be written: ${describeError(error)}`));
	}
}
/** Tells of what ended before there was an outcome: wrong use, each problem an annotation of its own, or a crash. */
async function publishCrash(error, { noOutputs, renderCrash }, summaryFile) {
	process.exitCode = error instanceof UsageError ? 2 : 1;
	if (error instanceof UsageError) for (const { where, message, fix } of error.problems) annotate("Wrong use", `${where}: ${message}`, fix);
	else annotateError(error);
	if (summaryFile) await writeSummary(await renderCrash(error), summaryFile);
	writeOutputs(noOutputs);
}
function annotateError(error) {
	if (error instanceof DomainError) annotate(error.code, describeError(error), error.hint);
	else annotate("Failed", describeError(error), void 0);
	if (error instanceof Error && error.stack !== void 0) debug(cleanLine(error.stack));
}
/** GitHub shows ten errors and ten warnings of a step; https://docs.github.com/en/rest/checks/runs */
const MAX_SHOWN = 10;
/** A log with more lines is read by nobody. */
const MAX_LOGGED = 2e3;
/** Shows what GitHub would show, the last of it saying how many more there are: those are lines of the log. */
function annotateAll(annotations) {
	for (const level of ["error", "warning"]) {
		const all = annotations.filter((annotation) => (annotation.level ?? "error") === level);
		const shown = all.length > MAX_SHOWN ? all.slice(0, 9) : all;
		for (const annotation of shown) show(annotation);
		const rest = all.slice(shown.length);
		if (rest.length === 0) continue;
		for (const { title, message, ...place } of rest.slice(0, MAX_LOGGED)) info(cleanLine(`${formatPlace(place)}${title}: ${message}`));
		const told = rest.length > MAX_LOGGED ? `the first ${MAX_LOGGED} are in the log` : "they are in the log";
		show({
			title: "More of these",
			message: `${rest.length} more were found; ${told}.`,
			hint: "GitHub shows ten of a step. The job summary has them too.",
			level
		});
	}
}
function annotate(title, message, hint) {
	show({
		title,
		message,
		hint
	});
}
function show({ title, message, hint, file, line, column, level }) {
	const lines = [message, hint ?? ""].map(cleanLine).filter((text) => text !== "");
	const place = {
		...file === void 0 ? {} : { file },
		...line === void 0 ? {} : { startLine: line },
		...column === void 0 ? {} : { startColumn: column }
	};
	(level === "warning" ? warning : error)(lines.join("\n"), {
		title,
		...place
	});
}
// src/host/actions/pull-requests.ts
/** The pull requests of the repository whose job this is, by GitHub's API; https://docs.github.com/en/rest/pulls/pulls */
function createPullRequests(env, token) {
	const [owner = "", repo = ""] = (env.GITHUB_REPOSITORY ?? "").split("/");
	return { async open(wanted) {
		try {
			if (token === "") throw new HostError("PULL_REQUEST", "github-token is empty");
			const { getOctokit } = await import("./github.js");
			return await openOrUpdate(getOctokit(token).rest, {
				owner,
				repo
			}, wanted);
		} catch (cause) {
			throw explain(cause, wanted);
		}
	} };
}
async function openOrUpdate({ pulls }, at, { branch, base, title, body }) {
	const find = async () => (await pulls.list({
		...at,
		head: `${at.owner}:${branch}`,
		base,
		state: "open",
		per_page: 1
	})).data[0];
	const update = async (number) => {
		const { data } = await pulls.update({
			...at,
			pull_number: number,
			title,
			body
		});
		return {
			number,
			url: data.html_url,
			isNew: false
		};
	};
	const open = await find();
	if (open !== void 0) return update(open.number);
	try {
		const { data } = await pulls.create({
			...at,
			head: branch,
			base,
			title,
			body
		});
		return {
			number: data.number,
			url: data.html_url,
			isNew: true
		};
	} catch (error) {
		const raced = error.status === 422 ? await find() : void 0;
		if (raced === void 0) throw error;
		return update(raced.number);
	}
}
/** What a token needs is told by what was refused; https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
function explain(cause, { branch, base }) {
	const { status, message = "" } = cause;
	const what = `the branch ${branch} is pushed, and its pull request into ${base} could not be opened or updated`;
	if (/not permitted to create or approve/i.test(message)) return new HostError("PULL_REQUEST", what, {
		cause,
		hint: "Allow it in the settings of the repository: Actions, General, Workflow permissions, \"Allow GitHub Actions to create and approve pull requests\"."
	});
	const hint = status === 401 || status === 403 || status === 404 || message.includes("github-token") ? "Give the job permissions: pull-requests: write and contents: write, or another github-token that has them." : void 0;
	return new HostError("PULL_REQUEST", what, {
		cause,
		...hint === void 0 ? {} : { hint }
	});
}
// src/host/actions/tool-cache.ts
const KEPT_NAME = "archive";
/** The runner's tool cache, shared with other jobs and steps: whoever reads from it checks what is found. Without RUNNER_TOOL_CACHE nothing is kept. */
function createToolCache(env) {
	if (!env.RUNNER_TOOL_CACHE || !env.RUNNER_TEMP) return {
		find: async () => void 0,
		keep: async () => void 0
	};
	return {
		async find(name, version) {
			const { find } = await import("./tool-cache.js");
			const folder = find(keyOf(name), version);
			return folder === "" ? void 0 : join(folder, KEPT_NAME);
		},
		async keep(name, version, file, options) {
			const { cacheFile, find, findAllVersions } = await import("./tool-cache.js");
			const key = keyOf(name);
			try {
				const kept = await cacheFile(file, KEPT_NAME, key, version);
				if (options?.dropOthers !== true) return;
				const folders = findAllVersions(key).map((other) => find(key, other));
				for (const folder of folders.filter((other) => other !== "" && other !== kept)) {
					await rm(`${folder}.complete`, { force: true });
					await rm(folder, {
						recursive: true,
						force: true
					});
				}
			} catch {}
		}
	};
}
/** Not the plain tool name, under which other actions keep unpacked tools. */
function keyOf(name) {
	return `promote-image-${basename(name)}`;
}
// src/host/actions/run.ts
/** Runs an action as a step of a job: inputs in; outputs, annotations, summary and exit code out. */
async function runStep(action, env) {
	const redactor = createRedactor();
	const log = createActionsLog(redactor);
	const workspace = env.GITHUB_WORKSPACE || process.cwd();
	const toSummaryFile = (isWanted) => isWanted ? env.GITHUB_STEP_SUMMARY : void 0;
	await runAction(action, {
		env,
		workspace,
		log,
		redactor,
		readInputs: async () => readInputs(env),
		cache: createToolCache(env),
		readBaseCommit: (path, token) => readFromBaseCommit(path, {
			workspace,
			env,
			token
		}),
		identityToken: createIdentityToken(env, log),
		pullRequests: (token) => createPullRequests(env, token),
		publish: (report, summary) => publishReport(report, toSummaryFile(summary)),
		publishCrash: (error, summary) => publishCrash(error, action, toSummaryFile(summary))
	});
}
export { runStep as t };
