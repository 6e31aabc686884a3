import { An as DEFAULT_TIMEOUTS, Dn as readProxy, Kn as readBodyStart, Sn as runAction, dr as describeError, hr as stripControl, jn as createDispatcher, kn as HostError, lr as DomainError, pr as createRedactor, ur as UsageError, vn as readGivenToken, yn as cleanLine } from "./registry-auth.js";
import { a as setOutput, i as info, n as error, o as setSecret, r as group, s as warning, t as debug } from "./core.js";
import { appendFile, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
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
// src/host/machine/token-service.ts
const MAX_ANSWER_BYTES = 262144;
/** Asks once. The client of the runner's own package cannot be stopped, and waits three minutes for an answer; this one ends with `signal`, and throws its reason. */
async function askTokenService({ url, bearer, proxy, patience }, audience, signal) {
	const address = URL.parse(url);
	if (address === null) return { fault: /* @__PURE__ */ new TypeError("ACTIONS_ID_TOKEN_REQUEST_URL is no address") };
	address.searchParams.set("audience", audience);
	const { send, close } = createDispatcher({
		proxy,
		userAgent: "promote-image",
		isInsecure: () => false,
		signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
		timeouts: DEFAULT_TIMEOUTS
	});
	try {
		const response = await send({
			method: "GET",
			url: address,
			headers: {
				authorization: `Bearer ${bearer}`,
				accept: "application/json"
			}
		});
		const text = new TextDecoder().decode(await readBodyStart(response, MAX_ANSWER_BYTES));
		const token = response.status === 200 ? readValue(text) : void 0;
		if (token !== void 0) return { token };
		return { status: response.status };
	} catch (fault) {
		signal.throwIfAborted();
		return { fault };
	} finally {
		await close();
	}
}
function readValue(text) {
	try {
		const { value } = JSON.parse(text) ?? {};
		return typeof value === "string" && value !== "" ? value : void 0;
	} catch {
		return;
	}
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
		if (attempt === TRIES || !isPassing(status)) throw explain(status, attempt, fault);
		await setTimeout(delay * 2 ** (attempt - 1), void 0, { signal }).catch(() => signal.throwIfAborted());
	}
}
function isPassing(status) {
	return status === void 0 || status >= 500 || status === 429;
}
function explain(status, attempts, cause) {
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
	for (const { title, message, hint } of report.annotations) annotate(title, message, hint);
	if (report.error !== void 0) annotateError(report.error);
	info(`Result: ${report.result}`);
	if (summaryFile) await writeSummary(report.renderSummary(), summaryFile);
	writeOutputs(report.outputs);
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
	if (summaryFile) await writeSummary(renderCrash(error), summaryFile);
	writeOutputs(noOutputs);
}
function annotateError(error) {
	if (error instanceof DomainError) annotate(error.code, describeError(error), error.hint);
	else annotate("Failed", describeError(error), void 0);
	if (error instanceof Error && error.stack !== void 0) debug(cleanLine(error.stack));
}
function annotate(title, message, hint) {
	const lines = [message, hint ?? ""].map(cleanLine).filter((line) => line !== "");
	error(lines.join("\n"), { title });
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
		publish: (report, summary) => publishReport(report, toSummaryFile(summary)),
		publishCrash: (error, summary) => publishCrash(error, action, toSummaryFile(summary))
	});
}
export { runStep as t };
