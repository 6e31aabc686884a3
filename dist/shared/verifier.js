import { a as listIdentityFlags, i as parseTrustedRoot, n as EMPTY_TRUSTED_ROOT, o as listRootFlags } from "./sigstore-config.js";
import { ar as digestAlgorithm, cn as isGitHubWorkflow, dn as readNamedRepository, gn as openBundle, mn as compareStatement, or as digestHex, pn as SignerError, un as readCertificateIdentity, vr as isKmsUri } from "./engine.js";
import { join } from "node:path";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
// src/signer/complaint.ts
const MAX_LENGTH = 600;
/** What cosign 3 says of a bundle that was looked at and does not hold; each was provoked. What is not listed is no verdict. */
const REFUTATIONS = [
	/^failed to verify (?:log inclusion|signed certificate timestamp|timestamps|certificate identity|leaf certificate): /,
	/^failed to verify signature: (?!could not fetch verifier public key)/,
	/^failed to fetch verification content: /,
	/^invalid predicate type, /,
	/^expected key signature, not certificate/,
	/^signature time outside of public key validity window/,
	/^bundle does not contain a DSSE envelope/
];
/** The same of an image: nothing is attached to it, or nothing that holds; https://github.com/sigstore/cosign/blob/v3.1.3/cmd/cosign/errors/exit_codes.go */
const IMAGE_REFUTATIONS = [/^no (?:matching )?(?:signatures|attestations)\b/, /^none of the attestations matched the predicate type/];
/** cosign says this of a bundle in which it cannot find the parts of one. */
const UNREADABLE = /^--trusted-root only supported with --new-bundle-format/;
/** Faults on the way to a service or in it. The first is how cosign tells of a 429 or 5xx of Fulcio or a timestamp authority. */
const TRANSIENT = [
	/read on closed response body/,
	/unexpected (?:response|status code|status|HTTP status)[^0-9]{0,12}(?:408|409|425|429|5\d\d)\b/i,
	/returned (?:429|5\d\d)\b/,
	/connection (?:refused|reset)|broken pipe|no such host|network is unreachable|server misbehaving/,
	/i\/o timeout|TLS handshake timeout|deadline exceeded|timeout awaiting|Client\.Timeout/,
	/unexpected EOF|: EOF\b|tuf refresh failed|error updating to TUF/
];
const READABLE = [
	[UNREADABLE, "cosign cannot read it as a Sigstore bundle"],
	[/accepted signatures do not match threshold/, "it is not signed by this signer, or was altered after it was signed"],
	[/not enough verified log entries/, "it has no entry in a transparency log that is trusted"],
	[/no matching CertificateIdentity found, last error: (.*)/s, "$1"]
];
/** The last thing cosign said, on one line; how it ended when that was nothing. */
function readComplaint(result, timedOut = false) {
	if (timedOut) return "it did not end in time and was stopped";
	const lines = result.stderr.split("\n").filter((line) => !line.startsWith("WARNING") && !line.startsWith("Flag --"));
	const text = lines.join("\n");
	const said = (/(?:^|\n)error during command execution: ([\s\S]+)/.exec(text)?.[1] ?? /(?:^|\n)Error: ([\s\S]+)/.exec(text)?.[1] ?? lines.filter((line) => line.trim() !== "").at(-1) ?? "").replace(/\s+/g, " ").trim();
	if (said === "") return `it said nothing (${describeEnd(result)})`;
	return said.length > MAX_LENGTH ? `${said.slice(0, MAX_LENGTH)}…` : said;
}
/** How a run ended, for a message. */
function describeEnd(result) {
	return result.code === null ? `was ended by ${result.signal ?? "a signal"}` : `ended with exit code ${result.code}`;
}
/** Why a bundle does not verify, in words; undefined when cosign did not get as far as a verdict. */
function explainRefutation(result) {
	if (result.timedOut || result.code !== 1) return void 0;
	const { complaint } = result;
	if (!isRefutation(complaint) && !UNREADABLE.test(complaint)) return void 0;
	const [pattern, words] = READABLE.find(([known]) => known.test(complaint)) ?? [];
	if (pattern === void 0 || words === void 0) return complaint;
	return words === "$1" ? pattern.exec(complaint)?.[1] ?? complaint : words;
}
/** True when cosign looked at all that is attached to an image and nothing holds: exit codes 10 to 13, or 1 with such words. */
function isImageRefuted(result) {
	if (result.timedOut || result.code === null || isTransient(result)) return false;
	if (result.code >= 10 && result.code <= 13) return true;
	const { complaint } = result;
	return result.code === 1 && (IMAGE_REFUTATIONS.some((pattern) => pattern.test(complaint)) || explainRefutation(result) !== void 0);
}
/** True when cosign found no parts of a Sigstore bundle in the file. */
function isUnreadable(result) {
	return result.code === 1 && UNREADABLE.test(result.complaint);
}
/** True when the same call may do better in a moment. */
function isTransient(result) {
	if (result.code === 0) return false;
	const { complaint } = result;
	return result.timedOut || !isRefutation(complaint) && TRANSIENT.some((pattern) => pattern.test(complaint));
}
/** True when a log already holds this very entry: the answer to a former request was lost. */
function isConflict(result) {
	return result.code !== 0 && /unexpected response: 409\b/.test(result.complaint);
}
function isRefutation(complaint) {
	return REFUTATIONS.some((pattern) => pattern.test(complaint));
}
// src/signer/cosign-process.ts
const DEADLINE_MS = 6e4;
const REGISTRY_DEADLINE_MS = 18e4;
const RETRY_DELAY_MS = 1e3;
const MAX_TRIES = 4;
/** Prepares that; a run throws only when cosign could not be started or the promotion was stopped. */
async function openCosign(settings) {
	const home = join(settings.directory, "home");
	await mkdir(home, {
		recursive: true,
		mode: 448
	});
	const network = await describeNetwork(settings);
	const { patience = {} } = settings;
	const run = async ({ args, env = {}, network: needsNetwork, registry }) => {
		settings.signal.throwIfAborted();
		const deadline = AbortSignal.timeout(patience.deadline ?? (registry === true ? REGISTRY_DEADLINE_MS : DEADLINE_MS));
		const result = await settings.exec({
			file: settings.path,
			args,
			cwd: settings.directory,
			env: {
				HOME: home,
				TMPDIR: settings.directory,
				...needsNetwork ? network : {},
				...env
			}
		}, AbortSignal.any([settings.signal, deadline]));
		settings.signal.throwIfAborted();
		const timedOut = deadline.aborted && result.code !== 0;
		return {
			...result,
			timedOut,
			complaint: readComplaint(result, timedOut)
		};
	};
	return {
		run,
		async tryAgain(attempt) {
			let result = await attempt(void 0);
			for (let tries = 1; tries < MAX_TRIES && isTransient(result); tries++) {
				const delay = (patience.retryDelay ?? RETRY_DELAY_MS) * 2 ** (tries - 1);
				await setTimeout(delay, void 0, { signal: settings.signal }).catch(() => settings.signal.throwIfAborted());
				result = await attempt(result);
			}
			return result;
		}
	};
}
/** Go takes its authorities from SSL_CERT_FILE instead of the system's file; https://pkg.go.dev/crypto/x509#SystemCertPool */
async function describeNetwork(settings) {
	if (settings.certificates === void 0) return settings.networkEnv;
	const file = join(settings.directory, "certificates.pem");
	await writeFile(file, settings.certificates());
	return {
		...settings.networkEnv,
		SSL_CERT_FILE: file
	};
}
// src/signer/public-keys.ts
/** Keeps such keys in a directory of the run. */
function openPublicKeys(cosign, directory, kmsEnv) {
	const files = /* @__PURE__ */ new Map();
	const keep = async (key, file) => {
		await writeFile(file, isKmsUri(key) ? await readKmsKey(cosign, key, kmsEnv) : key);
		return file;
	};
	return {
		locate(key) {
			if (isSecret(key)) return Promise.resolve(key);
			const known = files.get(key) ?? keep(key, join(directory, `key-${files.size}.pub`));
			files.set(key, known);
			return known;
		},
		envOf: (key) => isSecret(key) ? kmsEnv : {}
	};
}
/** The PEM public key of a key in a KMS; throws KEY_UNUSABLE. */
async function readKmsKey(cosign, uri, kmsEnv) {
	const call = {
		args: [
			"public-key",
			"--key",
			uri
		],
		env: {
			COSIGN_PASSWORD: "",
			...kmsEnv
		},
		network: true
	};
	const result = await cosign.tryAgain(() => cosign.run(call));
	if (result.code === 0 && result.stdout.includes("PUBLIC KEY")) return result.stdout;
	throw new SignerError("KEY_UNUSABLE", `cosign could not read the public key of ${uri}: ${result.complaint}`, { hint: "Check the URI, and that the step has the login and region of the KMS in its environment." });
}
/** A Kubernetes secret may hold the public half alone, which only verification itself reads. */
function isSecret(key) {
	return key.startsWith("k8s://");
}
// src/signer/asker.ts
/** Without it cosign looks in the public Rekor for a signature in the older form that brings no proof, whatever the trusted root names. */
const OFFLINE = "--offline=true";
/** Prepares that. Where a trusted root is given, or a key needs no log, cosign makes no request of its own. */
async function openAsker(context) {
	const root = context.trustedRoot === void 0 ? void 0 : parseTrustedRoot(context.trustedRoot);
	const cosign = await openCosign(context);
	const directory = await mkdtemp(join(context.directory, "verify-"));
	const keys = openPublicKeys(cosign, directory, context.kmsEnv);
	const [rootFile, emptyRootFile] = [join(directory, "trusted-root.json"), join(directory, "empty-trusted-root.json")];
	if (root !== void 0) await writeFile(rootFile, root.text);
	await writeFile(emptyRootFile, EMPTY_TRUSTED_ROOT);
	const identify = async ({ anchor, repository }) => anchor.kind === "key" ? ["--key", await keys.locate(anchor.key)] : listIdentityFlags(anchor, repository);
	const chooseRoot = (anchor) => {
		if (root !== void 0) return rootFile;
		return anchor.kind === "key" && !anchor.transparencyLog ? emptyRootFile : void 0;
	};
	return {
		directory,
		async ask(question) {
			const { verb, anchor, args } = question;
			const file = chooseRoot(anchor);
			const flags = [...listRootFlags(anchor, root), ...file === void 0 ? [] : ["--trusted-root", file]];
			const who = await identify(question);
			const env = anchor.kind === "key" ? keys.envOf(anchor.key) : {};
			const network = file === void 0 || Object.keys(env).length > 0;
			const registry = verb !== "verify-blob-attestation";
			const call = {
				args: [
					verb,
					...who,
					...flags,
					...registry ? [OFFLINE] : [],
					...args
				],
				env,
				network,
				registry
			};
			return network ? cosign.tryAgain(() => cosign.run(call)) : cosign.run(call);
		},
		async askAnyone(question) {
			const flags = [
				"--insecure-ignore-tlog=true",
				"--trusted-root",
				emptyRootFile
			];
			const args = [
				question.verb,
				...await identify(question),
				...flags,
				...question.args
			];
			return cosign.run({
				args,
				network: false
			});
		}
	};
}
// src/signer/caller-repository.ts
/**
* Why a verified certificate is not for the repository that is trusted; undefined when it is. A reusable workflow has
* the same identity for whoever calls it (https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-with-reusable-workflows),
* so that without a demanded repository only the one that the identity itself names counts.
*/
function judgeCaller(anchor, signer) {
	const { identity, repository } = signer;
	const wanted = anchor.repository ?? readNamedRepository(identity);
	if (wanted === void 0 || wanted === repository) return void 0;
	const told = `signed by ${identity} for ${repository ?? "no repository that its certificate names"}`;
	return anchor.repository === void 0 ? `${told}: name the caller's repository` : `${told}, not for ${wanted}`;
}
/** What cosign must demand of a certificate that we cannot look at ourselves; `unknown` when a pattern leaves open for whom a workflow signs. */
function demandCaller(anchor) {
	if (anchor.repository !== void 0) return { repository: anchor.repository };
	if (anchor.identity.kind === "regexp") return "unknown";
	const named = readNamedRepository(anchor.identity.text);
	if (named === void 0) return {};
	return isGitHubWorkflow(anchor.identity.text) ? { repository: named } : "unknown";
}
// src/signer/cosign.ts
/** Parses what `cosign verify -o json` prints; throws VERIFICATION_FAILED when it is something else. */
function parseClaims(stdout) {
	try {
		return JSON.parse(stdout).map(({ critical, optional }) => ({
			type: critical.type,
			digest: critical.image["docker-manifest-digest"],
			reference: critical.identity?.["docker-reference"] ?? "",
			annotations: optional ?? {}
		}));
	} catch (cause) {
		throw new SignerError("VERIFICATION_FAILED", "cosign verify printed something that is not its JSON", { cause });
	}
}
/** Parses what `cosign verify-attestation` prints, one DSSE envelope a line, into statements; https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
function parseEnvelopes(stdout) {
	try {
		return stdout.split("\n").filter((line) => line.trim() !== "").map((line) => {
			const { payload } = JSON.parse(line);
			return JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
		});
	} catch (cause) {
		throw new SignerError("VERIFICATION_FAILED", "cosign verify-attestation printed something that is not DSSE", { cause });
	}
}
// src/signer/undecided.ts
/** The error for a run of cosign that came to no verdict. */
function makeUndecided(verb, { complaint }) {
	return new SignerError("VERIFICATION_UNDECIDED", `cosign ${verb} could not decide: ${complaint}`, { hint: /\bTUF\b|tuf-repo/.test(complaint) ? "The public Sigstore's trusted root could not be fetched: open the way to it, give trusted-root, or say transparencyLog: false for a key." : "Check the key, trusted root or registry that cosign names, then run the job again." });
}
// src/signer/verify-bundle.ts
/** Why a bundle is not what is demanded; undefined when it is. What needs no cosign is looked at first, from the very bytes that cosign then gets. Throws VERIFICATION_UNDECIDED. */
async function refuteBundle(asker, name, bytes, demand) {
	const { digest, predicateType, anchor } = demand;
	const opened = openBundle(bytes);
	if (typeof opened === "string") return opened;
	const unlike = compareStatement(opened, digest, predicateType) ?? compareKind(opened, anchor);
	if (unlike !== void 0) return unlike;
	const file = join(asker.directory, `${name}.json`);
	await writeFile(file, bytes);
	const args = [
		"--bundle",
		file,
		"--type",
		predicateType,
		...[
			"--digest",
			digestHex(digest),
			"--digestAlg",
			digestAlgorithm(digest)
		]
	];
	try {
		const refutation = await askAbout(asker, {
			verb: "verify-blob-attestation",
			anchor,
			args
		});
		if (refutation !== void 0) return refutation;
	} finally {
		await rm(file, { force: true });
	}
	if (anchor.kind === "key" || opened.certificate === void 0) return void 0;
	return judgeCaller(anchor, await readCertificateIdentity(opened.certificate));
}
async function askAbout(asker, question) {
	const result = await asker.ask(question);
	if (result.code === 0) return void 0;
	const refutation = explainRefutation(result);
	if (refutation !== void 0) return refutation;
	const alone = result.timedOut ? result : await asker.askAnyone(question);
	if (isUnreadable(alone)) return explainRefutation(alone);
	throw makeUndecided(question.verb, result);
}
function compareKind({ certificate }, { kind }) {
	if (kind === "key") return certificate === void 0 ? void 0 : "it is signed with a certificate, not a key";
	return certificate === void 0 ? "it is signed with a key, not a certificate" : void 0;
}
// src/signer/verifier.ts
const LEGACY = "--new-bundle-format=false";
const LEGACY_TYPE = "cosign container image signature";
/** Prepares cosign to verify; throws TRUST_UNUSABLE for a trusted root that is none. */
async function createVerifier(context) {
	const asker = await openAsker(context);
	let serial = 0;
	const askClaims = (reference, anchor, form) => askImage(asker, "verify", anchor, [
		...form,
		"--output",
		"json",
		reference
	]);
	const askStatements = (reference, anchor, type, form) => askImage(asker, "verify-attestation", anchor, [
		...form,
		"--type",
		type,
		reference
	]);
	return {
		async verifyBundle(bundle, digest, predicateType, anchor) {
			const name = `bundle-${++serial}`;
			const reason = await refuteBundle(asker, name, bundle, {
				digest,
				predicateType,
				anchor
			});
			return reason === void 0 ? { valid: true } : {
				valid: false,
				reason
			};
		},
		async verifyLegacySignatures(reference, anchor) {
			const result = await askClaims(reference, anchor, [LEGACY]);
			if (result === void 0 || isRefuted("verify", result)) return [];
			return parseClaims(result.stdout).filter(({ type }) => type === LEGACY_TYPE);
		},
		async verifyLegacyAttestations(reference, predicateType, anchor) {
			const result = await askStatements(reference, anchor, predicateType, [LEGACY]);
			if (result === void 0 || isRefuted("verify-attestation", result)) return [];
			return parseEnvelopes(result.stdout).filter((statement) => typeOf(statement) === predicateType);
		},
		async verifyImage(reference, anchor, form) {
			return parseClaims(demandSuccess("verify", anchor, await askClaims(reference, anchor, form === "legacy" ? [LEGACY] : [])).stdout);
		},
		async verifyAttestation(reference, anchor, predicateType) {
			return parseEnvelopes(demandSuccess("verify-attestation", anchor, await askStatements(reference, anchor, predicateType, [])).stdout);
		}
	};
}
/** Undefined when cosign cannot be told for whom a certificate must be. */
async function askImage(asker, verb, anchor, args) {
	const demand = anchor.kind === "key" ? {} : demandCaller(anchor);
	return demand === "unknown" ? void 0 : asker.ask({
		verb,
		anchor,
		args,
		repository: demand.repository
	});
}
function isRefuted(verb, result) {
	if (result.code === 0) return false;
	if (isImageRefuted(result)) return true;
	throw makeUndecided(verb, result);
}
function demandSuccess(verb, anchor, result) {
	if (result === void 0) throw new SignerError("VERIFICATION_FAILED", `${anchor.name} leaves open for whose repository it signed`, { hint: "Name the repository beside the identity: a reusable workflow signs with the same one for everyone." });
	if (result.code === 0) return result;
	if (result.code === null || isTransient(result)) throw makeUndecided(verb, result);
	throw new SignerError("VERIFICATION_FAILED", `cosign ${verb} ended with exit code ${result.code}: ${result.complaint}`);
}
function typeOf(statement) {
	return statement?.predicateType;
}
export { isConflict as a, describeEnd as i, readKmsKey as n, openCosign as r, createVerifier as t };
