import { fn as toExactAnchor, gr as formatSigningKey, hn as listSubjectDigests, hr as describeError, ln as readBundleIdentity, pn as SignerError, pr as DomainError } from "./engine.js";
import { a as isConflict, i as describeEnd, n as readKmsKey, r as openCosign, t as createVerifier } from "./verifier.js";
import { i as parseTrustedRoot, n as EMPTY_TRUSTED_ROOT, r as fitSigningConfig, t as EMPTY_SIGNING_CONFIG } from "./sigstore-config.js";
import { join } from "node:path";
import { createPublicKey } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
// src/signer/signing-failed.ts
/** The error for a signature that cosign did not make. */
function makeSigningFailed(verb, result, key) {
	const who = key.kind === "keyless" ? "without a key" : `with ${formatSigningKey(key)}`;
	const hint = explain(result.complaint, key);
	return new SignerError("SIGNING_FAILED", `cosign ${verb} ${who} ${describeEnd(result)}: ${result.complaint}`, { ...hint === void 0 ? {} : { hint } });
}
const REFUSED_TOKEN = /Fulcio returned 4\d\d|subject from identity token|retrieving ID token/i;
const OUT_OF_REACH = /\bTUF\b|tuf-repo|connection refused|no such host|unreachable|proxyconnect|timeout|did not end in time|closed response body|unexpected response: (?:429|5\d\d)/i;
function explain(complaint, key) {
	if (REFUSED_TOKEN.test(complaint)) return "Fulcio refused the OIDC token: it must be fresh, by an issuer this Fulcio knows, and for the audience it expects (sigstore).";
	if (!OUT_OF_REACH.test(complaint)) return void 0;
	if (key.kind === "kms") return "Open the way to the KMS, and to Sigstore where the policy wants a log.";
	return key.kind === "keyless" ? "Open the way to Sigstore, or give signing-config and trusted-root of your own." : "Without access to Sigstore, say signature: { transparencyLog: false } in the policy.";
}
// src/signer/cosign-signer.ts
/**
* Prepares that. A log that lost its answer refuses the very same entry afterwards (409), which a deterministic key
* would make for ever: a further try signs one more line break behind the statement, which changes nothing in it.
* Throws SIGNING_FAILED.
*/
function createSignFile(cosign, directory, identity) {
	const { key, env, tokens } = identity;
	const lend = (use) => tokens === void 0 ? use(["--key", formatSigningKey(key)]) : tokens.lend((file) => use([
		"--identity-token",
		file,
		"--oidc-disable-ambient-providers"
	]));
	return async (verb, content, services) => {
		const room = await mkdtemp(join(directory, "sign-"));
		const [input, output] = [join(room, "input"), join(room, "bundle.json")];
		let text = content;
		const attempt = (former) => lend(async (who) => {
			if (former !== void 0 && isConflict(former)) text = Buffer.concat([text, Buffer.from("\n")]);
			await writeFile(input, text);
			await rm(output, { force: true });
			const subject = verb === "attest-blob" ? ["--statement", input] : [input];
			const args = [
				verb,
				"--yes",
				...who,
				...services.flags,
				"--bundle",
				output,
				...subject
			];
			return cosign.run({
				args,
				env,
				network: services.network
			});
		});
		const result = await cosign.tryAgain(attempt);
		if (result.code !== 0) throw makeSigningFailed(verb, result, key);
		const bundle = await readFile(output).catch((cause) => {
			throw new SignerError("SIGNING_FAILED", `cosign ${verb} ended well but left no bundle`, {
				cause,
				hint: "Check the cosign input, or leave it empty for the version this release knows."
			});
		});
		await rm(room, {
			recursive: true,
			force: true
		});
		return bundle;
	};
}
// src/signer/identity-token.ts
const MIN_LIFE_MS = 6e4;
const NO_TOKEN_HINT = "A job that signs without a key needs permissions: id-token: write; else set cosign-key.";
/** Asks for a token now, so that a missing permission is found before anything is written. Throws TOKEN_UNUSABLE. */
async function openIdentityTokens(directory, ask) {
	let token = await askForToken(ask);
	let asking;
	const renew = async () => {
		try {
			return await askForToken(ask);
		} finally {
			asking = void 0;
		}
	};
	return {
		expected: readExpected(token.claims),
		async lend(use) {
			if (leftOf(token) < MIN_LIFE_MS) {
				asking ??= renew();
				token = await asking;
			}
			const room = await mkdtemp(join(directory, "token-"));
			try {
				const file = join(room, "token");
				await writeFile(file, token.text, { mode: 384 });
				return await use(file);
			} finally {
				await rm(room, {
					recursive: true,
					force: true
				});
			}
		}
	};
}
async function askForToken(ask) {
	let text;
	try {
		text = (await ask()).trim();
	} catch (cause) {
		throw new SignerError("TOKEN_UNUSABLE", `There is no OIDC token to sign with: ${describeError(cause)}`, {
			cause,
			hint: (cause instanceof DomainError ? cause.hint : void 0) ?? NO_TOKEN_HINT
		});
	}
	const token = parseToken(text);
	if (token === void 0) throw new SignerError("TOKEN_UNUSABLE", "What was given as an OIDC token is no JSON Web Token", { hint: "SIGSTORE_ID_TOKEN must hold the token itself; leave it away where the runner gives one." });
	if (leftOf(token) > 0) return token;
	throw new SignerError("TOKEN_UNUSABLE", "The OIDC token to sign with has expired", { hint: "Ask for it later in the job, or let this action ask for it (permissions: id-token: write). If it is new, mend the clock of this machine." });
}
/** https://www.rfc-editor.org/rfc/rfc7519 */
function parseToken(text) {
	const [, payload = "", signature] = text.split(".");
	if (signature === void 0 || !/^[\w.-]+$/.test(text)) return void 0;
	try {
		const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
		return typeof claims === "object" && claims !== null && !Array.isArray(claims) ? {
			text,
			claims
		} : void 0;
	} catch {
		return;
	}
}
function leftOf({ claims }) {
	return typeof claims.exp === "number" ? claims.exp * 1e3 - Date.now() : Number.POSITIVE_INFINITY;
}
/** https://github.com/sigstore/fulcio/blob/main/docs/oidc.md; a server of GitHub Enterprise issues from its own address. */
function readExpected(claims) {
	const { iss, job_workflow_ref: workflow, repository } = claims;
	if (typeof iss !== "string" || typeof workflow !== "string" || typeof repository !== "string") return void 0;
	const identity = `${/^(https:\/\/[^/]+)\/_services\/token$/.exec(iss)?.[1] ?? "https://github.com"}/${workflow}`;
	return {
		kind: "certificate",
		name: identity,
		identity: {
			kind: "exact",
			text: identity
		},
		issuer: {
			kind: "exact",
			text: iss
		},
		repository
	};
}
// src/signer/signing-key.ts
/** Tries a key and returns its public half in PEM. Throws KEY_UNUSABLE: for a wrong password, and for a key with which cosign 3 makes bundles that it then refuses. */
async function trySigningKey(cosign, key, env) {
	const name = formatSigningKey(key);
	const publicKey = key.kind === "kms" ? await readKmsKey(cosign, key.uri, env) : await readFileKey(cosign, name, env);
	const kind = describeKind(publicKey);
	if (kind === void 0) return publicKey;
	throw new SignerError("KEY_UNUSABLE", `The key ${name} is ${kind}, and cosign does not accept what it signs with one`, { hint: "Use an ECDSA P-256 key (cosign generate-key-pair makes one) or an RSA key of 2048 bits or more." });
}
async function readFileKey(cosign, name, env) {
	const result = await cosign.run({
		args: [
			"public-key",
			"--key",
			name
		],
		env: {
			COSIGN_PASSWORD: "",
			...env
		},
		network: false
	});
	if (result.code === 0 && result.stdout.includes("PUBLIC KEY")) return result.stdout;
	throw new SignerError("KEY_UNUSABLE", `cosign could not use the key ${name}: ${result.complaint}`, { hint: explainKey(result.complaint) });
}
function explainKey(complaint) {
	if (/decrypt/i.test(complaint)) return "COSIGN_PASSWORD is not the password of this key.";
	if (/no such file/i.test(complaint)) return "Point cosign-key at a file in the workspace, or use env://COSIGN_PRIVATE_KEY.";
	return "cosign-key must name a private key made by cosign generate-key-pair: env://COSIGN_PRIVATE_KEY or a file.";
}
/** What a key is, when cosign 3.1 signs with it by one hash and verifies by another (found by running it); undefined for one that works. */
function describeKind(publicKey) {
	let key;
	try {
		key = createPublicKey(publicKey);
	} catch {
		return "of a kind that is not known";
	}
	const curve = key.asymmetricKeyDetails?.namedCurve;
	if (key.asymmetricKeyType === "rsa" || curve === "prime256v1") return void 0;
	return curve === void 0 ? `of the kind ${key.asymmetricKeyType}` : `on the curve ${curve}`;
}
// src/signer/signing-services.ts
/** A key without a log needs no service, and cosign is given none. Files that say so are kept in `directory`. */
async function offerNoServices(directory, { key }) {
	return {
		flags: [...await keepFile(directory, "--signing-config", "no-services.json", EMPTY_SIGNING_CONFIG), ...await keepFile(directory, "--trusted-root", "no-trusted-root.json", EMPTY_TRUSTED_ROOT)],
		network: key.kind === "kms"
	};
}
/** Those of the given files, else the public Sigstore's. Throws TRUST_UNUSABLE when they are not what the policy says of the log. */
async function chooseServices(directory, choice) {
	const { key, transparencyLog, signingConfig, trustedRoot } = choice;
	if (key.kind !== "keyless" && !transparencyLog) return offerNoServices(directory, choice);
	if (signingConfig === void 0 && !transparencyLog) throw new SignerError("TRUST_UNUSABLE", "Signing without a key and without a transparency log was asked for", { hint: "The public Sigstore logs every signature: allow transparencyLog, or give signing-config and trusted-root of a Sigstore without a log." });
	const config = signingConfig && fitSigningConfig(signingConfig, transparencyLog);
	const root = trustedRoot && parseTrustedRoot(trustedRoot).text;
	return {
		flags: [...config ? await keepFile(directory, "--signing-config", "signing-config.json", config) : [], ...root ? await keepFile(directory, "--trusted-root", "trusted-root.json", root) : []],
		network: true
	};
}
async function keepFile(directory, flag, name, text) {
	const file = join(directory, name);
	await writeFile(file, text);
	return [flag, file];
}
// src/signer/statement-signer.ts
/** Prepares to sign and tries the key, or asks for a token: what is wrong with either is found now. Throws KEY_UNUSABLE, TOKEN_UNUSABLE or TRUST_UNUSABLE. */
async function createStatementSigner(context) {
	const { key, transparencyLog } = context;
	const cosign = await openCosign(context);
	const directory = await mkdtemp(join(context.directory, "signer-"));
	const services = await chooseServices(directory, context);
	const verifier = services.network ? await createVerifier(context) : void 0;
	const tokens = await openTokens(context, directory);
	const env = selectSecrets(context);
	const publicKey = tokens === void 0 ? await trySigningKey(cosign, key, env) : void 0;
	const signFile = createSignFile(cosign, directory, {
		key,
		env,
		tokens
	});
	return {
		publicKey,
		expectedAnchor: publicKey === void 0 ? tokens?.expected && {
			...tokens.expected,
			transparencyLog
		} : {
			kind: "key",
			name: formatSigningKey(key),
			key: publicKey,
			transparencyLog
		},
		async signStatement(statement) {
			const bundle = await signFile("attest-blob", Buffer.from(JSON.stringify(statement)), services);
			if (verifier !== void 0) await verifyOwn(verifier, bundle, statement, publicKey, transparencyLog);
			return bundle;
		},
		async signPayload(payload) {
			if (tokens !== void 0) throw new SignerError("SIGNING_FAILED", "A signature in the legacy format was asked of a signer without a key", { hint: "Set cosign-key, or signature-format: bundle." });
			return readSignature(await signFile("sign-blob", payload, await offerNoServices(directory, context)));
		}
	};
}
async function openTokens(context, directory) {
	if (context.key.kind !== "keyless") return void 0;
	if (context.identityToken !== void 0) return openIdentityTokens(directory, context.identityToken);
	throw new SignerError("TOKEN_UNUSABLE", "There is nobody to ask for an OIDC token to sign with", { hint: "Set cosign-key, or run where there is such a token." });
}
/** A signer without a key has no secret but its token; a KMS has its own login. */
function selectSecrets({ key, keyEnv, kmsEnv }) {
	if (key.kind === "keyless") return {};
	return {
		COSIGN_PASSWORD: "",
		...key.kind === "kms" ? kmsEnv : keyEnv
	};
}
/** That cosign ended well proves nothing about what a service answered. */
async function verifyOwn(verifier, bundle, statement, publicKey, transparencyLog) {
	const [digest] = listSubjectDigests(statement);
	const { predicateType } = statement;
	if (digest === void 0 || typeof predicateType !== "string") throw new SignerError("SIGNING_FAILED", "The statement to sign names no digest, or no predicate type");
	const anchor = toExactAnchor(await readBundleIdentity(bundle), publicKey, transparencyLog);
	const verdict = await verifier.verifyBundle(bundle, digest, predicateType, anchor);
	if (verdict.valid) return;
	throw new SignerError("SIGNING_FAILED", `The bundle that cosign made does not verify: ${verdict.reason}`, { hint: "Check that trusted-root is the one of the services that signing-config names." });
}
/** https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto */
function readSignature(bundle) {
	const { messageSignature } = JSON.parse(bundle.toString("utf8"));
	if (typeof messageSignature?.signature === "string") return messageSignature.signature;
	throw new SignerError("SIGNING_FAILED", "cosign sign-blob made a bundle without a signature");
}
// src/steps/signer.ts
/** Tries the key, or asks for a token, so that a wrong password or a missing permission is found before anything is read or written. Undefined when nothing is to be signed. */
async function prepareSigner(request, ports, { tool, verifier, context }) {
	const { key } = request;
	if (key === void 0) return void 0;
	const signer = await createStatementSigner({
		...context,
		key,
		keyEnv: ports.keyEnv,
		transparencyLog: request.policy.signature.transparencyLog,
		signingConfig: request.signingConfig,
		identityToken: ports.identityToken
	});
	ports.log.info(`cosign ${tool.version} signs ${describeSigner(request, signer)}`);
	return {
		signer,
		verifier,
		tool
	};
}
function describeSigner({ key }, { expectedAnchor }) {
	switch (key?.kind) {
		case "env": return `with the key in ${key.variable}`;
		case "file": return `with ${key.path}`;
		case "kms": return `with ${key.uri}`;
		default: return `as ${expectedAnchor?.name ?? "the identity that the issuer vouches for"}`;
	}
}
export { prepareSigner as t };
