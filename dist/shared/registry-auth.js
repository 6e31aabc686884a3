import { n as __require, r as __toESM, t as __commonJSMin } from "./rolldown-runtime.js";
import { t as require_undici } from "./undici.js";
import ro, { access, chmod, constants, copyFile, mkdir, mkdtemp, readFile, realpath, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import Pr, { basename, isAbsolute, join, posix, relative, resolve, sep, win32 } from "node:path";
import Cs, { Readable, Transform } from "node:stream";
import { X509Certificate, createHash, createPublicKey, randomBytes } from "node:crypto";
import { setImmediate, setTimeout as setTimeout$1 } from "node:timers/promises";
import { BlockList, isIP } from "node:net";
import { finished, pipeline } from "node:stream/promises";
import { EventEmitter, setMaxListeners } from "node:events";
import { lookup } from "node:dns";
import { getCACertificates } from "node:tls";
import co from "node:assert";
import { createServer } from "node:http";
import { crc32, inflateRawSync } from "node:zlib";
import { spawn } from "node:child_process";
import Br, { constants as constants$1, createReadStream, createWriteStream } from "node:fs";
import Qr, { EventEmitter as EventEmitter$1 } from "events";
import I from "fs";
import { StringDecoder } from "node:string_decoder";
import ar, { dirname, parse } from "path";
import zi from "assert";
import { Buffer as Buffer$1 } from "buffer";
import en, * as Ps from "zlib";
// src/base/text.ts
/** Terminal sequences: CSI, the string kinds (OSC, DCS, SOS, PM, APC) with their terminator, and two-byte escapes; ECMA-48 5.4 and 5.6. */
const TERMINAL_SEQUENCE = new RegExp([
	"(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]",
	"(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x90\\x98\\x9c-\\x9f\\r\\n]*(?:\\x07|\\x1b\\\\|\\x9c)",
	"\\x1b[ -/]*[0-~]"
].join("|"), "g");
/** Line ends as they come: CR LF, lone CR, NEL and the Unicode separators are all taken for one. */
const LINE_END = /\r\n|[\r\u0085\u2028\u2029]/g;
/** What shows nothing, or changes how its neighbours show: controls, bidi marks, zero-width and tag characters, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
/** Removes terminal sequences, controls, bidi and zero-width characters, so that a text can only show what it says; tabs stay, line ends become `\n` or, with `space`, a space. */
function stripControl(text, options = {}) {
	const stripped = normalizeLines(text).replace(INVISIBLE, (char) => char === "\n" || char === "	" ? char : "");
	return options.newlines === "space" ? stripped.replace(/(?<!\s)\s*\n\s*/g, " ").trim() : stripped;
}
/** The text on one line, with U+FFFD where something invisible was, so that a reader sees that there was something. */
function markControl(text) {
	return normalizeLines(text).replace(/[\n\t]/g, " ").replace(/[\ufe00-\ufe0f]/g, "").replace(INVISIBLE, "�");
}
function normalizeLines(text) {
	return text.replace(TERMINAL_SEQUENCE, "").replace(LINE_END, "\n");
}
// src/host/machine/redactor.ts
const MIN_LENGTH = 4;
/** Of a piece of base64 that starts in the middle of a group: shorter ones could be anything. */
const MIN_PIECE = 8;
const HIDDEN = "***";
/** Starts without any secret. */
function createRedactor() {
	const known = /* @__PURE__ */ new Set();
	let pattern;
	return {
		add(secret) {
			const added = formsOf(secret).filter((form) => !known.has(form));
			for (const form of added) known.add(form);
			if (added.length > 0) pattern = void 0;
			return added;
		},
		redact(text) {
			if (known.size === 0) return text;
			pattern ??= new RegExp([...known].sort((a, b) => b.length - a.length).map(escapePattern).join("|"), "g");
			return hideCut(text.replace(pattern, HIDDEN), known);
		}
	};
}
/** A secret as it is, each of its lines, and how they look once JSON, a URL, a form or base64 holds them. */
function formsOf(secret) {
	const lines = secret.split(/\r?\n/).filter((line) => !/^-----(?:BEGIN|END) /.test(line));
	const spaced = stripControl(secret, { newlines: "space" }).replace(/\s+/g, " ");
	const whole = [
		secret,
		secret.trim(),
		spaced
	].flatMap((text) => [text, ...encodingsOf(text)]);
	const pieces = [secret, secret.trim()].flatMap(base64PiecesOf);
	const forms = [...[...whole, ...lines].map((form) => form.trim()).filter(isWorthHiding), ...pieces.filter((piece) => piece.length >= MIN_PIECE)];
	return [...new Set(forms)];
}
function isWorthHiding(form) {
	return form.length >= MIN_LENGTH && !/^-----(?:BEGIN|END) [A-Z ]+-----$/.test(form);
}
function encodingsOf(text) {
	if (!text.isWellFormed()) return [];
	const component = encodeURIComponent(text);
	const form = new URLSearchParams({ "": text }).toString().slice(1);
	const json = JSON.stringify(text).slice(1, -1);
	const bytes = Buffer.from(text);
	const base64 = bytes.toString("base64");
	const usual = [
		component,
		form,
		json,
		base64,
		base64.replace(/=+$/, ""),
		bytes.toString("base64url")
	];
	if (text.includes("\n")) return usual;
	const strict = component.replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
	const unreserved = strict.replaceAll("%7E", "~");
	const urls = [
		component,
		strict,
		unreserved,
		unreserved.replace(/%(?:24|26|2B|2C|3B|3D)/g, (code) => decodeURIComponent(code)),
		form,
		encodeURI(text)
	];
	const lowerCase = urls.map((url) => url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
	const goJson = json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
	return [
		...usual,
		...urls,
		...lowerCase,
		goJson,
		...HTML_QUOTES.map((quotes) => escapeHtml(text, quotes))
	];
}
/** How HTML writes the two quotation marks: Go and others by number, some by name. */
const HTML_QUOTES = [
	["&#34;", "&#39;"],
	["&quot;", "&#x27;"],
	["&quot;", "&#039;"]
];
function escapeHtml(text, [double, single]) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", double).replaceAll("'", single);
}
/** What of the base64 of a longer text, such as `user:password`, is the same wherever the secret stands in it. */
function base64PiecesOf(secret) {
	const bytes = Buffer.from(secret);
	return [
		0,
		1,
		2
	].flatMap((offset) => {
		const inside = bytes.subarray((3 - offset) % 3);
		const piece = inside.subarray(0, inside.length - inside.length % 3);
		return [piece.toString("base64"), piece.toString("base64url")];
	});
}
/** Hides the start of a secret where a text was cut to size in the middle of it. */
function hideCut(text, forms) {
	const parts = text.split("…");
	return parts.map((part, i) => {
		const cut = i === parts.length - 1 ? 0 : longestStart(part, forms);
		return cut === 0 ? part : `${part.slice(0, -cut)}${HIDDEN}`;
	}).join("…");
}
function longestStart(text, forms) {
	let longest = 0;
	for (const form of forms) for (let length = Math.min(form.length - 1, text.length); length >= MIN_LENGTH && length > longest; length--) if (text.endsWith(form.slice(0, length))) longest = length;
	return longest;
}
function escapePattern(text) {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
/** Runs tools as `exec` does, without secrets in what they say on standard error: it is quoted in errors, refusals and reports. */
function withRedactedErrors(exec, redact) {
	return async (command, signal) => {
		const result = await exec(command, signal);
		return {
			...result,
			stderr: redact(result.stderr)
		};
	};
}
// src/base/error.ts
/** Base of every error this project throws on purpose: it means "we could not decide", never "refused". */
var DomainError = class extends Error {
	code;
	/** What the user should change; undefined when nothing on their side would help. */
	hint;
	constructor(code, message, options = {}) {
		super(redactUrls(message), "cause" in options ? { cause: options.cause } : void 0);
		this.name = new.target.name;
		this.code = code;
		this.hint = options.hint === void 0 ? void 0 : redactUrls(options.hint);
	}
};
/** Wrong use: every problem of the input at once, found before anything was written. */
var UsageError = class extends DomainError {
	problems;
	constructor(problems) {
		super("USAGE", problems.map((p) => `${p.where}: ${p.message} ${p.fix}`.trim()).join("\n"));
		this.problems = problems;
	}
};
/** Removes what may carry a secret from a URL inside a text: user info, query string and fragment. */
function redactUrls(text) {
	return text.replace(/:\/\/[^/\s]*@/g, "://").replace(/:\/\/[^\s"'<>]*/g, (address) => address.replace(/[?#].*/s, "")).replace(/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/g, "$1 ***");
}
/** The message of anything that was thrown, with those of its causes, outermost first. */
function describeError(error) {
	const parts = [];
	let current = error;
	for (let depth = 0; current !== void 0 && depth < 5; depth++) {
		const message = current instanceof Error ? current.message || current.name : String(current);
		if (!parts.some((part) => part.includes(message))) parts.push(redactUrls(message));
		current = current instanceof Error ? current.cause : void 0;
	}
	return parts.join(": ");
}
// src/base/redact-error.ts
/** The same error, its causes included, without secrets in what it says; its class is what callers tell it by, so it is changed in place. */
function redactError(error, redact) {
	let current = error;
	for (let depth = 0; current instanceof Error && depth < 8; depth++) {
		setText(current, "message", redact(current.message));
		if (current.stack !== void 0) setText(current, "stack", redact(current.stack));
		if (current instanceof DomainError && current.hint !== void 0) setText(current, "hint", redact(current.hint));
		if (current instanceof UsageError) {
			const problems = current.problems.map(({ where, message, fix }) => ({
				where: redact(where),
				message: redact(message),
				fix: redact(fix)
			}));
			setText(current, "problems", problems);
		}
		current = current.cause;
	}
	return typeof error === "string" ? redact(error) : error;
}
function setText(error, name, value) {
	Object.defineProperty(error, name, {
		value,
		configurable: true,
		writable: true,
		enumerable: false
	});
}
// src/host/machine/cancel.ts
/** The run was ended from outside before it could decide. */
var CancelError = class extends DomainError {};
const SIGNALS = ["SIGINT", "SIGTERM"];
/** A longer timer would fire at once; https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** A runner kills what still lives 10 s after its first signal; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation */
const GRACE_MS = 5e3;
/** A runner that cancels a job sends SIGINT, then SIGTERM: both abort the run, which stops its children and ends as failed. */
function listenForCancel(graceMs = GRACE_MS) {
	const [asked, cutting] = [new AbortController(), new AbortController()];
	let held = 0;
	let deadline;
	let grace;
	const cutOff = () => cutting.abort(asked.signal.reason);
	const abort = (reason) => {
		if (asked.signal.aborted) return;
		asked.abort(reason);
		if (held === 0) cutOff();
		else grace = setTimeout(cutOff, graceMs);
	};
	const onSignal = (name) => abort(new CancelError("CANCELLED", `cancelled by ${name}`));
	for (const name of SIGNALS) process.on(name, onSignal);
	return {
		signal: asked.signal,
		cut: cutting.signal,
		setDeadline: (milliseconds, text) => {
			const error = new CancelError("TIMEOUT", `it took longer than the timeout of ${text}`, { hint: "Give timeout a longer duration, or look for what is slow in the log." });
			deadline = setTimeout(() => abort(error), Math.min(milliseconds, MAX_TIMER_MS));
		},
		async hold(work) {
			held += 1;
			try {
				return await work(cutting.signal);
			} finally {
				held -= 1;
				if (held === 0 && asked.signal.aborted) cutOff();
			}
		},
		release: () => {
			for (const timer of [deadline, grace]) clearTimeout(timer);
			for (const name of SIGNALS) process.off(name, onSignal);
		}
	};
}
// src/image/error.ts
/** Text or bytes that are not what the OCI specifications say they must be. */
var ImageError = class extends DomainError {};
// src/image/digest.ts
const HEX_LENGTH = {
	sha256: 64,
	sha512: 128
};
/** True for a digest of a registered algorithm (sha256, sha512) in lower-case hex. */
function isDigest(text) {
	const [algorithm = "", hex = "", rest] = text.split(":");
	return rest === void 0 && /^[a-f0-9]+$/.test(hex) && HEX_LENGTH[algorithm] === hex.length;
}
/** Parses a digest; throws INVALID_DIGEST. */
function parseDigest(text) {
	if (isDigest(text)) return text;
	throw new ImageError("INVALID_DIGEST", `${JSON.stringify(text)} is not a digest`, { hint: "Write it as sha256: and 64 lower-case hex digits." });
}
/** The part before the colon. */
function digestAlgorithm(digest) {
	return digest.startsWith("sha512:") ? "sha512" : "sha256";
}
/** The part after the colon. */
function digestHex(digest) {
	return digest.slice(digest.indexOf(":") + 1);
}
/** The sha256 digest of these bytes. */
function digestOf(bytes) {
	return parseDigest(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
}
/** True when these bytes have this digest, in the digest's own algorithm. */
function matchesDigest(bytes, digest) {
	return startHash(digest).update(bytes).digest("hex") === digestHex(digest);
}
/** A running hash to compare with `digestHex(digest)` at the end of a stream. */
function startHash(digest) {
	return createHash(digestAlgorithm(digest));
}
// src/image/reference.ts
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** https://github.com/distribution/reference/blob/main/reference.go */
const REGISTRY = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]{1,5})?$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** Parses `registry/repo:tag`, `registry/repo@digest` or both at once; throws INVALID_REFERENCE saying which part is wrong. */
function parseReference(text) {
	const at = text.indexOf("@");
	const name = at < 0 ? text : text.slice(0, at);
	const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
	const hasTag = colon >= 0 && name.includes("/");
	const repository = parseRepository(hasTag ? name.slice(0, colon) : name, text);
	const tag = hasTag ? parseTag(name.slice(colon + 1), text) : void 0;
	if (at >= 0) {
		const digest = text.slice(at + 1);
		if (!isDigest(digest)) fail$4(text, `${JSON.stringify(digest)} is not a digest`, "Write @sha256: and 64 lower-case hex digits.");
		return tag === void 0 ? {
			kind: "digest",
			repository,
			digest
		} : {
			kind: "digest",
			repository,
			digest,
			tag
		};
	}
	if (tag === void 0) fail$4(text, "it has neither a tag nor a digest", "Write registry/repo:tag; no tag is assumed.");
	return {
		kind: "tag",
		repository,
		tag
	};
}
/** Parses `registry/path`; the registry must be written out, nothing is assumed to be on Docker Hub. */
function parseRepository(name, text = name) {
	const slash = name.indexOf("/");
	const registry = slash < 0 ? "" : name.slice(0, slash);
	if (!isRegistryHost(registry)) fail$4(text, "it names no registry", "Write it in full, such as docker.io/library/alpine:3.20.");
	const path = normalizePath(registry, name.slice(slash + 1));
	const bad = path.split("/").find((component) => !COMPONENT.test(component));
	if (bad !== void 0) fail$4(text, `${JSON.stringify(bad)} cannot be part of a repository name`, "Use lower-case letters, digits, . _ - and /.");
	if (path.length > 255) fail$4(text, "the repository name is longer than 255 characters", "Shorten it.");
	return `${registry.toLowerCase()}/${path}`;
}
function parseTag(tag, text) {
	if (TAG.test(tag)) return tag;
	return fail$4(text, `${JSON.stringify(tag)} is not a tag`, "Use 1 to 128 letters, digits, _ . or -, not starting with . or -.");
}
/** True when a first component is a registry, by the rule Docker uses: it has a dot or a port, or is localhost; and when it can be asked at all: no port above 65535, no address that is none. */
function isRegistryHost(component) {
	return REGISTRY.test(component) && (/[.:[]/.test(component) || component.toLowerCase() === "localhost") && URL.canParse(`https://${component}`);
}
/** The registry of a repository, as written: `host[:port]`, lower case. */
function registryOf(repository) {
	return repository.slice(0, repository.indexOf("/"));
}
/** The path of a repository inside its registry. */
function pathOf(repository) {
	return repository.slice(repository.indexOf("/") + 1);
}
/** `registry/repo:tag`, `registry/repo@digest` or `registry/repo:tag@digest`. */
function formatReference(reference) {
	const tag = reference.tag === void 0 ? "" : `:${reference.tag}`;
	return reference.kind === "tag" ? `${reference.repository}${tag}` : `${reference.repository}${tag}@${reference.digest}`;
}
/** The same name, pinned to what it meant when it was resolved. */
function pinReference(reference, digest) {
	const { repository, tag } = reference;
	return tag === void 0 ? {
		kind: "digest",
		repository,
		digest
	} : {
		kind: "digest",
		repository,
		digest,
		tag
	};
}
function normalizePath(registry, path) {
	return registry.toLowerCase() === "docker.io" && !path.includes("/") ? `library/${path}` : path;
}
function fail$4(text, what, hint) {
	throw new ImageError("INVALID_REFERENCE", `${JSON.stringify(text)} is not an image reference: ${what}.`, { hint });
}
// src/registry/transport/scope.ts
/** What reading needs. */
function pullScope(repository) {
	return `repository:${pathOf(repository)}:pull`;
}
/** What writing needs. */
function pushScope(repository) {
	return `repository:${pathOf(repository)}:pull,push`;
}
/** Splits the `scope` of a challenge, which may name several. */
function splitScopes(text) {
	return text.split(/\s+/).filter((scope) => scope !== "");
}
/** True when a token for `held` may do all that `wanted` asks. */
function coversScopes(held, wanted) {
	return wanted.every((scope) => held.some((other) => coversScope(other, scope)));
}
function coversScope(held, wanted) {
	const [heldResource, heldActions] = splitActions(held);
	const [resource, actions] = splitActions(wanted);
	return heldResource === resource && actions.every((action) => heldActions.includes(action));
}
function splitActions(scope) {
	const colon = scope.lastIndexOf(":");
	return [scope.slice(0, colon), scope.slice(colon + 1).split(",")];
}
// src/registry/blob-request.ts
/** The request for a blob; `access` is the right it is made with. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs */
function blobRequest(repository, digest, method, access) {
	return {
		purpose: `${method === "HEAD" ? `look for the blob ${digest} in` : `read the blob ${digest} of`} ${repository}`,
		method,
		repository,
		target: `/v2/${pathOf(repository)}/blobs/${digest}`,
		scopes: [access === "push" ? pushScope(repository) : pullScope(repository)]
	};
}
// src/registry/error.ts
/** A registry, its token service or a credential helper did not do what was asked. */
var RegistryError = class extends DomainError {
	/** HTTP status, when there was an answer. */
	status;
	method;
	/** Without user info, query and fragment, which may carry secrets. */
	url;
	/** What the registry itself said: its own codes and words, cleaned and shortened. */
	diagnostics;
	/** Retry-After as the registry sent it. */
	retryAfter;
	constructor(code, message, details = {}) {
		super(code, message, {
			...details.hint === void 0 ? {} : { hint: details.hint },
			..."cause" in details ? { cause: details.cause } : {}
		});
		this.status = details.status;
		this.method = details.method;
		this.url = details.url === void 0 ? void 0 : redactUrls(String(details.url));
		this.diagnostics = details.diagnostics ?? [];
		this.retryAfter = details.retryAfter;
	}
};
// src/registry/transport/message.ts
/** The first value of a header, or undefined. */
function headerOf(response, name) {
	const value = response.headers[name.toLowerCase()];
	return Array.isArray(value) ? value[0] : value;
}
/** Every value of a header that may be repeated. */
function headersOf(response, name) {
	const value = response.headers[name.toLowerCase()];
	if (value === void 0) return [];
	return Array.isArray(value) ? value : [value];
}
// src/registry/blob-verify.ts
/** Throws DIGEST_MISMATCH when an answer about a blob names another digest. Many name none, and one of another algorithm is another name, not another blob: distribution tells the sha256 of what it was given as sha512. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs */
function checkClaimedDigest(request, response, digest) {
	const claimed = headerOf(response, "docker-content-digest");
	if (!claimed || claimed === digest) return;
	if (isDigest(claimed) && digestAlgorithm(claimed) !== digestAlgorithm(digest)) return;
	const { status, url } = response;
	throw new RegistryError("DIGEST_MISMATCH", `could not ${request.purpose}: ${url.host} says it is ${JSON.stringify(claimed.slice(0, 160))}`, {
		status,
		method: request.method,
		url,
		hint: "Something between here and the registry changes content, or the registry is broken: do not trust it until this is explained."
	});
}
/** Counts and hashes bytes as they pass, and says as early as possible that they are not the blob. */
var BlobCheck = class {
	#descriptor;
	#what;
	#hash;
	#length = 0;
	/** `what` begins the sentence of an error: "the blob … from …". */
	constructor(descriptor, what) {
		this.#descriptor = descriptor;
		this.#what = what;
		this.#hash = startHash(descriptor.digest);
	}
	/** Bytes seen so far. */
	get length() {
		return this.#length;
	}
	get isComplete() {
		return this.#length === this.#descriptor.size;
	}
	/** Takes the next bytes; throws SIZE_MISMATCH as soon as there are too many. */
	update(chunk) {
		this.#length += chunk.length;
		if (this.#length > this.#descriptor.size) this.#failSize("more than");
		this.#hash.update(chunk);
	}
	/** Throws SIZE_MISMATCH or DIGEST_MISMATCH unless what passed was the blob. */
	finish() {
		if (!this.isComplete) this.#failSize(`${this.#length} bytes instead of`);
		const found = this.#hash.digest("hex");
		if (found === digestHex(this.#descriptor.digest)) return;
		throw new RegistryError("DIGEST_MISMATCH", `${this.#what} is not what its digest says: its bytes hash to ${found}`, { hint: "The content is damaged or was replaced: push it again from where it was built." });
	}
	#failSize(found) {
		throw new RegistryError("SIZE_MISMATCH", `${this.#what} has ${found} the ${this.#descriptor.size} bytes it should have`, { hint: "The content is damaged, or the manifest that names it is wrong: push it again from where it was built." });
	}
};
// src/registry/transport/body.ts
const DISCARD_LIMIT = 65536;
/** Gives the connection back: drains what is short, cuts off what is long. Never throws. */
async function discardBody(response) {
	try {
		await response.body.dump({ limit: DISCARD_LIMIT });
	} catch {
		response.body.destroy();
	}
	await settleConnection();
}
/** The whole body, or undefined (and the connection closed) when it is longer than `limit` bytes. */
async function readBody(response, limit) {
	const chunks = [];
	let length = 0;
	for await (const chunk of response.body) {
		length += chunk.length;
		if (length > limit) return void 0;
		chunks.push(chunk);
	}
	await settleConnection();
	return Buffer.concat(chunks);
}
const TOO_LONG = new TextEncoder().encode("a body that is too long to be an error of a registry");
/** Reads the body of a 200, up to `limit` bytes, and of a 404, whose words decide what it means; any other stays unread. */
async function readWhole(response, limit) {
	if (response.status === 200) return {
		...response,
		whole: await readBody(response, limit)
	};
	if (response.status !== 404) return response;
	return {
		...response,
		whole: await readBody(response, 65536) ?? TOO_LONG
	};
}
/** undici frees a connection just after its body ended: who sends before that opens another, with another TLS handshake. */
async function settleConnection() {
	await setImmediate();
}
/** At most the first `limit` bytes, whatever happens to the rest: for what is only shown. */
async function readBodyStart(response, limit) {
	const chunks = [];
	let length = 0;
	try {
		for await (const chunk of response.body) {
			chunks.push(chunk);
			length += chunk.length;
			if (length >= limit) break;
		}
	} catch {}
	await settleConnection();
	return Buffer.concat(chunks).subarray(0, limit);
}
// src/registry/transport/diagnostics.ts
const MAX_ENTRIES = 8;
const MAX_TEXT$1 = 300;
/** Reads at most 64 KiB of an error body and gives the connection back. Never throws: the body is hostile until parsed. */
async function readErrorBody(response) {
	return parseErrorBody(response.whole ?? await readBodyStart(response, 65536));
}
/** Parses an error body; what is not the specification's JSON is `foreign` (a proxy's HTML page, say). */
function parseErrorBody(bytes) {
	const text = new TextDecoder().decode(bytes);
	if (text.trim() === "") return {
		kind: "empty",
		diagnostics: []
	};
	const errors = parseErrors(text);
	if (errors === void 0) return {
		kind: "foreign",
		diagnostics: []
	};
	return {
		kind: "registry",
		diagnostics: errors.slice(0, MAX_ENTRIES).flatMap(parseEntry$1)
	};
}
/** Text from outside on one line, without control characters, and short. */
function cleanText(text, limit = MAX_TEXT$1) {
	const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	return line.length > limit ? `${line.slice(0, limit)}…` : line;
}
/** The diagnostics as part of a sentence; empty when there are none. */
function formatDiagnostics(diagnostics) {
	return diagnostics.map(({ code, message }) => message === "" ? code : `${code}: ${message}`).join("; ");
}
function parseErrors(text) {
	try {
		const json = JSON.parse(text);
		const errors = typeof json === "object" && json !== null ? json.errors : void 0;
		return Array.isArray(errors) ? errors : void 0;
	} catch {
		return;
	}
}
function parseEntry$1(entry) {
	if (typeof entry !== "object" || entry === null) return [];
	const { code, message } = entry;
	if (typeof code !== "string") return [];
	return [{
		code: cleanText(code, 64),
		message: typeof message === "string" ? cleanText(message) : ""
	}];
}
// src/registry/transport/fault.ts
/** The codes of an error, of what caused it, and of the errors an aggregate holds: `ECONNRESET`, `UND_ERR_SOCKET`, `CERT_HAS_EXPIRED`; where `withNames`, the name of an error that has none. */
function codesOf(error, withNames = false, depth = 5) {
	if (typeof error !== "object" || error === null || depth === 0) return [];
	const { code, name, cause, errors } = error;
	const own = typeof code === "string" || !withNames ? code : name;
	const inner = Array.isArray(errors) ? [cause, ...errors.slice(0, 8)] : [cause];
	return [...typeof own === "string" ? [own] : [], ...inner.flatMap((each) => codesOf(each, withNames, depth - 1))];
}
// src/registry/transport/certificate-fault.ts
/** True when a connection was given up because of a certificate. */
function isCertificateFault(fault) {
	return codesOf(fault).some((code) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/.test(code));
}
/** What to change so that the certificate of a host passes; undefined when a certificate was not the trouble. An authority that is added mends neither time nor name. */
function explainCertificate(fault, host) {
	if (!isCertificateFault(fault)) return void 0;
	const codes = codesOf(fault);
	const orInsecure = "or name the host in registries.insecure";
	if (codes.includes("CERT_HAS_EXPIRED")) return `A certificate of ${host} has expired: have it renewed, check the clock of this machine, ${orInsecure}.`;
	if (codes.includes("CERT_NOT_YET_VALID")) return `A certificate of ${host} is not valid yet: check the clock of this machine, ${orInsecure}.`;
	if (codes.includes("ERR_TLS_CERT_ALTNAME_INVALID")) return `The certificate of ${host} is for other names: use one of them, have one made for ${host}, ${orInsecure}.`;
	return `The certificate of ${host} is not trusted: add its authority (registries.ca), ${orInsecure}.`;
}
// src/registry/transport/proxy-error.ts
/** A proxy let nothing through. Not final by itself: its status, or the cause, says whether asking again may help. */
var ProxyError = class ProxyError extends Error {
	/** What the proxy answered instead of opening a tunnel. */
	status;
	/** What the user should change. */
	hint;
	constructor(message, hint, details) {
		super(message, "cause" in details ? { cause: details.cause } : void 0);
		this.name = "ProxyError";
		this.status = details.status;
		this.hint = hint;
	}
	/** There is no connection to the proxy at all, or none that can be trusted. */
	static unreachable(proxy, cause, isUntrusted) {
		const hint = isUntrusted ? `The certificate of the proxy ${proxy} is not trusted: add its authority (registries.ca).` : `Check HTTPS_PROXY (HTTP_PROXY for plain http) and that ${proxy} runs; what needs no proxy belongs into NO_PROXY.`;
		return new ProxyError(`the proxy ${proxy} could not be reached`, hint, { cause });
	}
	/** The proxy gave no answer to CONNECT. */
	static broken(proxy, target, cause) {
		const message = `the proxy ${proxy} did not answer when asked for a connection to ${target}`;
		return new ProxyError(message, describeWayOut(proxy, target), { cause });
	}
	/** The proxy answered, but opened no connection. */
	static refused(proxy, status, target, cause) {
		const message = `the proxy ${proxy} answered ${status} when asked for a connection to ${target}`;
		const hint = status === 407 ? `Put the login of the proxy ${proxy} into HTTPS_PROXY (HTTP_PROXY for plain http), as user:password@ before its host, percent-encoded.` : describeWayOut(proxy, target);
		return new ProxyError(message, hint, {
			status,
			...cause === void 0 ? {} : { cause }
		});
	}
};
/** The proxy's fault behind an error, or behind what caused it. */
function findProxyError(error, depth = 5) {
	if (error instanceof ProxyError) return error;
	if (!(error instanceof Error) || depth === 0) return void 0;
	const inner = [error.cause, ...error instanceof AggregateError ? error.errors.slice(0, 8) : []];
	for (const each of inner) {
		const found = findProxyError(each, depth - 1);
		if (found !== void 0) return found;
	}
}
function describeWayOut(proxy, target) {
	return `Check that the proxy ${proxy} may and can reach ${target}, or name that host in NO_PROXY if it needs no proxy.`;
}
// src/registry/transport/failure.ts
/** The error for an answer that is not what was asked for; reads what the registry says about it, and frees the connection. */
async function refuseResponse(request, response, known = {}) {
	const { kind, diagnostics } = known.body ?? await readErrorBody(response);
	const code = known.code ?? chooseCode(response.status, diagnostics);
	const said = diagnostics.length > 0 ? ` (${formatDiagnostics(diagnostics)})` : sayNothing(request, kind);
	return new RegistryError(code, `could not ${request.purpose}: ${response.url.host} answered ${response.status}${said} to ${request.method} ${response.url.origin}${response.url.pathname}${sayEnd(response)}`, {
		status: response.status,
		method: request.method,
		url: response.url,
		diagnostics,
		retryAfter: headerOf(response, "retry-after"),
		hint: known.hint ?? chooseHint(code, request)
	});
}
/** The error for a request that got no answer, or not all of it. Errors that are already ours pass through. */
function wrapFault(request, fault, signal) {
	if (signal.aborted) return new RegistryError("CANCELLED", `could not ${request.purpose}: cancelled`, { cause: signal.reason });
	if (fault instanceof DomainError) return fault;
	const registry = registryOf(request.repository);
	return new RegistryError("UNAVAILABLE", `could not ${request.purpose}: ${registry} gave no full answer`, {
		cause: fault,
		method: request.method,
		hint: explainSilence(fault, registry)
	});
}
/** What to change where a host gave no answer: at its proxy, at its certificate, or on the way to it. */
function explainSilence(fault, host) {
	return findProxyError(fault)?.hint ?? explainCertificate(fault, host) ?? `Check that ${host} can be reached from here, also through the proxy if there is one.`;
}
/** Why no other answer was waited for, as the end of a sentence; empty when time was not the reason. */
function sayEnd({ gaveUp }) {
	return gaveUp === void 0 ? "" : `; ${gaveUp}`;
}
function chooseCode(status, diagnostics) {
	if (status === 429 || diagnostics.some(({ code }) => code === "TOOMANYREQUESTS")) return "RATE_LIMITED";
	if (status === 401) return "UNAUTHORIZED";
	if (status === 403) return "DENIED";
	if (status === 404) return "NOT_FOUND";
	if (status === 413) return "TOO_LARGE";
	if (status === 408 || status >= 500 || status === 499) return "UNAVAILABLE";
	return "PROTOCOL";
}
function chooseHint(code, { repository, scopes }) {
	const right = scopes.some((scope) => scope.endsWith("push")) ? "pull and push" : "pull";
	switch (code) {
		case "UNAUTHORIZED": return `Log in to ${registryOf(repository)}, or pass credentials that may ${right} in ${repository}.`;
		case "DENIED": return `Give the account the right to ${right} in ${repository}.`;
		case "NOT_FOUND": return `Check the name; ${repository} may not exist, or be hidden from this account.`;
		case "RATE_LIMITED": return `${registryOf(repository)} limits how much may be asked: log in, wait, or use a mirror.`;
		case "TOO_LARGE": return `${registryOf(repository)}, or a proxy before it, limits the size of a request: raise that limit.`;
		case "UNAVAILABLE": return `${registryOf(repository)} is in trouble: run this again later.`;
		default: return;
	}
}
function sayNothing({ method }, kind) {
	if (method === "HEAD" || kind === "empty") return " without saying why";
	return kind === "foreign" ? " with a page that is not from a registry" : "";
}
// src/registry/blob-resume.ts
/** Asks for a blob from `offset` on; `skip` is how much of the answer is known already. Throws PROTOCOL for any other part than that. */
async function resumeBlob(transport, request, descriptor, offset) {
	const { size } = descriptor;
	if (offset === 0) return {
		response: await expectWhole(transport, request, descriptor),
		skip: 0
	};
	const range = {
		...request,
		headers: {
			...request.headers,
			range: `bytes=${offset}-`
		}
	};
	const response = await transport.send(range);
	if (response.status === 200) {
		await checkAnswer(request, response, descriptor);
		return {
			response,
			skip: offset
		};
	}
	if (response.status === 416) {
		await discardBody(response);
		return {
			response: await expectWhole(transport, request, descriptor),
			skip: offset
		};
	}
	if (response.status !== 206) throw await refuseResponse(range, response);
	const given = headerOf(response, "content-range") ?? "no Content-Range";
	if (isRestOf(given, offset, size)) {
		await checkContent(range, response, descriptor);
		return {
			response,
			skip: 0
		};
	}
	await discardBody(response);
	throw new RegistryError("PROTOCOL", `could not ${request.purpose}: asked for bytes ${offset}-${size - 1}, ${response.url.host} sent ${given.slice(0, 80)}`, {
		status: 206,
		method: "GET",
		url: response.url
	});
}
/** True for a Content-Range that begins where we stopped and belongs to a blob of this size; it may end early. */
function isRestOf(contentRange, offset, size) {
	const [, start, end, total] = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(contentRange) ?? [];
	return Number(start) === offset && Number(end) >= offset && Number(end) < size && (total === "*" || Number(total) === size);
}
async function expectWhole(transport, request, descriptor) {
	const response = await transport.send(request);
	if (response.status !== 200) throw await refuseResponse(request, response);
	await checkAnswer(request, response, descriptor);
	return response;
}
/** Throws before any byte is handed out: SIZE_MISMATCH for a wrong Content-Length, DIGEST_MISMATCH where another digest is named, PROTOCOL for encoded content. */
async function checkAnswer(request, response, descriptor) {
	await checkContent(request, response, descriptor);
	const length = headerOf(response, "content-length");
	if (length === void 0 || Number(length) === descriptor.size) return;
	await discardBody(response);
	throw new RegistryError("SIZE_MISMATCH", `could not ${request.purpose}: ${response.url.host} announces ${length} bytes instead of ${descriptor.size}`, {
		status: response.status,
		method: request.method,
		url: response.url,
		hint: "The content is damaged, or the manifest that names it is wrong: push it again from where it was built."
	});
}
/** We ask for the bytes as they are. What was encoded on the way is neither decoded nor hashed: it would only look like damage. */
async function checkContent(request, response, { digest }) {
	try {
		checkClaimedDigest(request, response, digest);
		checkEncoding(request, response);
	} catch (fault) {
		await discardBody(response);
		throw fault;
	}
}
function checkEncoding(request, response) {
	const encoding = headerOf(response, "content-encoding")?.trim().toLowerCase() ?? "";
	if (encoding === "" || encoding === "identity") return;
	const { status, url } = response;
	throw new RegistryError("PROTOCOL", `could not ${request.purpose}: ${url.host} sent it with Content-Encoding ${cleanText(encoding, 40)}, which was not asked for`, {
		status,
		method: request.method,
		url,
		hint: `Make the proxy before ${url.host} pass content on as it is: switch its compression off for /v2/.`
	});
}
// src/registry/setbacks.ts
/** Bytes: a setback after this much progress counts as the first one again. */
const PROGRESS = 1048576;
/** Counts what goes wrong in a long transfer, so that it is given up when it gets nowhere and not because it is long. */
var Setbacks = class {
	#count = 0;
	#last = 0;
	/** Setbacks since there was progress, this one included; `position` is how far the transfer is, in bytes. */
	count(position) {
		this.#count = position - this.#last >= PROGRESS ? 1 : this.#count + 1;
		this.#last = position;
		return this.#count;
	}
};
// src/registry/transport/retry-after.ts
/** The three ways of writing a date that HTTP knows; what JavaScript would guess at is no date. */
const DATES = [
	/^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC)$/i,
	/^[a-z]{6,9}, \d{2}-[a-z]{3}-\d{2} \d\d:\d\d:\d\d GMT$/i,
	/^[a-z]{3} [a-z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/i
];
/** Milliseconds an answer asks to wait; undefined when it does not ask, or for nothing that can be read. Dates are taken by the server's own clock where it tells the time. */
function readRetryAfter(response, now) {
	const text = headerOf(response, "retry-after");
	if (text === void 0) return void 0;
	return parseRetryAfter(text, parseDate(headerOf(response, "date") ?? "") ?? now);
}
/** Retry-After in milliseconds from `now`, 0 for the past; undefined for what is neither seconds nor a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function parseRetryAfter(value, now) {
	const text = value.trim();
	if (/^\d{1,12}(?:\.\d{1,12})?$/.test(text)) return Number(text) * 1e3;
	const date = parseDate(text);
	return date === void 0 ? void 0 : Math.max(0, date - now);
}
function parseDate(text) {
	if (!DATES.some((pattern) => pattern.test(text))) return void 0;
	const date = Date.parse(/(?:GMT|UTC)$/i.test(text) ? text : `${text} GMT`);
	return Number.isNaN(date) ? void 0 : date;
}
// src/registry/transport/retry.ts
/** Four waits of a minute, which Docker Hub and ACR ask for, fit in; an hour, which nobody would sit through, does not. */
const DEFAULT_RETRY = {
	attempts: 5,
	baseDelay: 500,
	maxDelay: 9e4,
	deadline: 3e5,
	sleep: async (milliseconds, signal) => setTimeout$1(milliseconds, void 0, { signal }),
	now: () => Date.now(),
	random: () => Math.random()
};
const RETRYABLE_STATUSES = [
	408,
	429,
	499
];
/** Not implemented, not this version of HTTP, log in to the network first: asking again changes none of them. */
const FINAL_STATUSES = [
	501,
	505,
	511
];
/** A network that broke or is not there yet, and undici's words for it. ENOTFOUND is not among them: EAI_AGAIN is the name service's "later". */
const RETRYABLE_FAULTS = [
	"ECONNRESET",
	"ECONNREFUSED",
	"ECONNABORTED",
	"EPIPE",
	"ETIMEDOUT",
	"EAI_AGAIN",
	"ENETDOWN",
	"ENETRESET",
	"ENETUNREACH",
	"EHOSTDOWN",
	"EHOSTUNREACH",
	"UND_ERR_SOCKET",
	"UND_ERR_INFO",
	"UND_ERR_CONNECT_TIMEOUT",
	"UND_ERR_HEADERS_TIMEOUT",
	"UND_ERR_BODY_TIMEOUT",
	"UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
	"UND_ERR_PRX_CONN"
];
/** True for an answer that may be another one soon: the union of what go-containerregistry, regclient, containerd, skopeo and sigstore-js ask again after. An error code in the body of another status (TOOMANYREQUESTS) is told, not asked again after. */
function isRetryableStatus(status) {
	return RETRYABLE_STATUSES.includes(status) || status >= 500 && !FINAL_STATUSES.includes(status);
}
/** True for a fault of the network, as opposed to one that asking again would only repeat; what is already our own error was final. */
function isRetryableFault(error) {
	if (error instanceof DomainError) return false;
	return codesOf(error, true).some(isBrokenConnection) || isRetryableStatus(proxyStatusOf(error));
}
/** Of the parser: what came is not HTTP, garbled on the way, or left of a body that should not have followed the answer to a HEAD. Its errors of undici 8.12.4 are meant to have a code, but have a name only. */
function isBrokenConnection(code) {
	return RETRYABLE_FAULTS.includes(code) || code === "HTTPParserError" || code.startsWith("HPE_");
}
/** What a proxy answered that opened no tunnel; 0 when none did. */
function proxyStatusOf(error) {
	return findProxyError(error)?.status ?? 0;
}
/** Milliseconds to wait before attempt `next` (2 is the first repetition); what the server asks for goes first, within reason. */
function chooseDelay(policy, next, retryAfter) {
	return boundDelay(policy, next, retryAfter === void 0 ? void 0 : parseRetryAfter(retryAfter, policy.now()));
}
/** True when a server asks for more time than any request is given: no other attempt is worth its wait. */
function isAskedTooMuch(policy, retryAfter) {
	return retryAfter !== void 0 && (parseRetryAfter(retryAfter, policy.now()) ?? 0) > policy.deadline;
}
function boundDelay(policy, next, asked) {
	if (asked !== void 0 && asked > 0) return Math.min(asked, policy.maxDelay);
	const ceiling = Math.min(policy.baseDelay * 2 ** (next - 2), policy.maxDelay);
	return ceiling / 2 + ceiling / 2 * policy.random();
}
/** Sends until an answer is final, or attempts or time are used up; then the last answer or fault stands, and says so where time was the reason. */
async function sendWithRetry(policy, signal, send, onRetry) {
	const started = policy.now();
	const { onlyWhenBusy = false } = policy;
	for (let attempt = 1;; attempt++) {
		const outcome = await settle$1(send);
		const isLast = attempt >= policy.attempts || signal.aborted;
		const isRetryable = onlyWhenBusy ? isBusy(outcome) : isPassing(outcome);
		if (isLast || !isRetryable) return unwrap(outcome);
		const asked = "error" in outcome ? void 0 : readRetryAfter(outcome.response, policy.now());
		const delay = boundDelay(policy, attempt + 1, asked);
		const elapsed = policy.now() - started;
		if (elapsed + Math.max(delay, asked ?? 0) > policy.deadline) return unwrap(outcome, explainEnd(policy, attempt, elapsed, asked));
		if ("error" in outcome) onRetry(outcome.error instanceof Error ? outcome.error.message : "a network fault", delay);
		else {
			onRetry(`status ${outcome.response.status}`, delay);
			await discardBody(outcome.response);
		}
		await policy.sleep(delay, signal);
	}
}
function isPassing(outcome) {
	return "error" in outcome ? isRetryableFault(outcome.error) : isRetryableStatus(outcome.response.status);
}
/** Turned away before it was begun: the one answer after which even a step of an upload can be sent as it was. */
function isBusy(outcome) {
	return "response" in outcome && outcome.response.status === 429;
}
async function settle$1(send) {
	try {
		return { response: await send() };
	} catch (error) {
		return { error };
	}
}
function unwrap(outcome, gaveUp) {
	if ("response" in outcome) return gaveUp === void 0 ? outcome.response : {
		...outcome.response,
		gaveUp
	};
	throw gaveUp === void 0 ? outcome.error : new Error(gaveUp, { cause: outcome.error });
}
function explainEnd({ deadline }, attempts, elapsed, asked = 0) {
	const reason = asked > 0 ? `asked to wait ${toSeconds(asked)} s` : "the next attempt would be too late";
	return `gave up after ${toSeconds(elapsed)} s and attempt ${attempts}: ${reason}, and ${toSeconds(deadline)} s are given to a request`;
}
function toSeconds(milliseconds) {
	return Math.ceil(milliseconds / 1e3);
}
// src/registry/blob-download.ts
/** See RegistryClient.openBlob. Fails at once when the blob cannot be had at all. */
async function openBlob(transport, repository, descriptor) {
	const request = blobRequest(repository, descriptor.digest, "GET", "pull");
	const first = await transport.send(request);
	if (first.status !== 200) throw await refuseResponse(request, first);
	await checkAnswer(request, first, descriptor);
	const stream = Readable.from(readVerified(transport, request, descriptor, first), { objectMode: false });
	stream.once("close", () => first.body.destroy());
	return stream;
}
/** See RegistryClient.readBlob. */
async function readBlob(transport, repository, descriptor, maxBytes) {
	if (descriptor.size > maxBytes) throw new RegistryError("TOO_LARGE", `${`could not read the blob ${descriptor.digest} of ${repository}`}: it has ${descriptor.size} bytes, more than ${maxBytes}`);
	const chunks = [];
	for await (const chunk of await openBlob(transport, repository, descriptor)) chunks.push(chunk);
	return Buffer.concat(chunks);
}
/**
* Hands the bytes out while hashing them. After a break it asks for the rest. What is hashed is what was handed out, so
* where a registry ignores the range and starts over, the known part is skipped and the digest still covers every byte.
*/
async function* readVerified(transport, request, descriptor, first) {
	const check = new BlobCheck(descriptor, `the blob ${descriptor.digest} from ${request.repository}`);
	let response = first;
	let skip = 0;
	for (const setbacks = new Setbacks();;) {
		const fault = yield* passBody(response, check, skip);
		if (check.isComplete) return check.finish();
		const breaks = setbacks.count(check.length);
		if (breaks >= transport.retry.attempts || transport.signal.aborted || fault !== void 0 && !isRetryableFault(fault)) {
			if (fault === void 0 && !transport.signal.aborted) return check.finish();
			throw wrapFault(request, fault, transport.signal);
		}
		const delay = chooseDelay(transport.retry, breaks + 1, void 0);
		transport.log.debug(`the body of ${descriptor.digest} broke at ${check.length} of ${descriptor.size} bytes; again`);
		await transport.retry.sleep(delay, transport.signal).catch((cause) => {
			throw wrapFault(request, cause, transport.signal);
		});
		({response, skip} = await resumeBlob(transport, request, descriptor, check.length));
	}
}
/** Yields a body without its first `skip` bytes; returns what broke it, or undefined at a clean end. */
async function* passBody(response, check, skip) {
	let left = skip;
	const body = response.body[Symbol.asyncIterator]();
	try {
		for (;;) {
			let next;
			try {
				next = await body.next();
			} catch (fault) {
				return fault;
			}
			if (next.done === true) return void 0;
			const chunk = next.value.subarray(Math.min(left, next.value.length));
			left -= next.value.length - chunk.length;
			if (chunk.length === 0) continue;
			check.update(chunk);
			yield chunk;
		}
	} finally {
		response.body.destroy();
	}
}
// src/registry/blob-head.ts
/** A registry without HEAD cannot say that it has a blob: it is sent then, which is never wrong. */
const ABSENT_STATUSES = [
	404,
	405,
	501
];
/** See RegistryClient.hasBlob. */
async function hasBlob(transport, repository, blob, access) {
	return await lookForBlob(transport, repository, blob, access) === "present";
}
/** Looks for a blob without reading it. Throws DIGEST_MISMATCH when the registry names another digest; a registry that tells no digest or no length is believed. */
async function lookForBlob(transport, repository, blob, access) {
	const { digest, size } = typeof blob === "string" ? {
		digest: blob,
		size: void 0
	} : blob;
	const request = blobRequest(repository, digest, "HEAD", access);
	const response = await transport.send(request);
	await discardBody(response);
	if (ABSENT_STATUSES.includes(response.status)) return "absent";
	if (response.status !== 200) throw await refuseResponse(request, response);
	checkClaimedDigest(request, response, digest);
	const length = headerOf(response, "content-length");
	return size === void 0 || length === void 0 || Number(length) === size ? "present" : "other-size";
}
// src/registry/blob-commit.ts
/** Success, but not the 201 that the specification asks for; 204 was the older one's word. */
const VAGUE_STATUSES = [
	200,
	202,
	204
];
/** Accepts a stored blob: 201, and no other digest than ours. */
async function acceptBlob(request, response, digest) {
	if (response.status !== 201) throw await refuseResponse(request, response);
	await discardBody(response);
	checkClaimedDigest(request, response, digest);
}
/** Accepts the end of an upload: as a stored blob, or, where the answer leaves that open, when the blob is found there. */
async function acceptCommit(transport, request, response, descriptor) {
	if (!VAGUE_STATUSES.includes(response.status)) return acceptBlob(request, response, descriptor.digest);
	const refusal = await refuseResponse(request, response);
	checkClaimedDigest(request, response, descriptor.digest);
	if (await lookForBlob(transport, request.repository, descriptor, "push") !== "present") throw refusal;
}
// src/registry/transport/address.ts
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");
/** This machine, this link, and where clouds keep what they tell a machine about itself. */
const LOCAL_NETWORKS = [
	["0.0.0.0", 8],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["100.100.100.200", 32],
	["192.0.0.192", 32],
	["168.63.129.16", 32]
];
/** As above; AWS and Google last. */
const LOCAL_NETWORKS_V6 = [
	["::", 128],
	["::1", 128],
	["fe80::", 10],
	["fd00:ec2::", 32],
	["fd20:ce::254", 128]
];
const METADATA_NAMES = [
	"metadata",
	"metadata.google.internal",
	"instance-data"
];
const LOCAL$1 = createLocalList();
/** True for this machine itself: 127.0.0.0/8, ::1 and localhost, by name only; nothing is looked up. */
function isLoopbackHost(hostname) {
	const host = normalizeHost(hostname);
	return isNamedLocalhost(host) || isListed(LOOPBACK, host);
}
/** True for where no registry may send us to: loopback, link-local, unspecified and cloud metadata, in every spelling of IPv6 that holds an IPv4 address. */
function isLocalAddress(hostname) {
	const host = normalizeHost(hostname);
	return isNamedLocalhost(host) || METADATA_NAMES.includes(host) || isListed(LOCAL$1, host);
}
/** BlockList sees through ::ffff:0:0/96 by itself; NAT64, IPv4-compatible and 6to4 addresses have to be listed. */
function createLocalList() {
	const list = new BlockList();
	for (const [network, bits] of LOCAL_NETWORKS_V6) list.addSubnet(network, bits, "ipv6");
	for (const [network, bits] of LOCAL_NETWORKS) {
		list.addSubnet(network, bits, "ipv4");
		list.addSubnet(`64:ff9b::${network}`, 96 + bits, "ipv6");
		list.addSubnet(`::${network}`, 96 + bits, "ipv6");
		list.addSubnet(`2002:${toGroups(network)}::`, 16 + bits, "ipv6");
	}
	return list;
}
function toGroups(ipv4) {
	const [a = 0, b = 0, c = 0, d = 0] = ipv4.split(".").map(Number);
	return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
function isNamedLocalhost(host) {
	return host === "localhost" || host.endsWith(".localhost");
}
function normalizeHost(hostname) {
	return hostname.toLowerCase().replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
function isListed(list, host) {
	const family = isIP(host);
	return family !== 0 && list.check(host, family === 6 ? "ipv6" : "ipv4");
}
// src/registry/transport/redirect.ts
const MAX_REDIRECTS$1 = 10;
/** Why an address that `from` sent us to must not be visited; undefined when it may. Only a registry on this machine may send us around on it, and none to where a cloud keeps its secrets. */
function refuseAddress(from, to) {
	if (to.protocol !== "https:" && to.protocol !== "http:") return `${to.protocol} is not a web address`;
	if (from.protocol === "https:" && to.protocol === "http:") return "it leaves https for http";
	if (to.origin === from.origin) return void 0;
	if (!(isLoopbackHost(to.hostname) ? isLocalAddress(from.hostname) : !isLocalAddress(to.hostname))) return `${to.hostname} is an address of this machine, or of its cloud`;
}
/** True for an address that is not the registry's own, and whose name must therefore not turn out to be this machine's. A registry on this machine may send us around on it. */
function isSentElsewhere({ url, registry }) {
	return registry !== void 0 && registry.origin !== url.origin && !isLocalAddress(registry.hostname);
}
/** Resolves what a Location, Link or realm names, against the address that answered; throws REDIRECT_REFUSED or PROTOCOL. */
function resolveAddress(from, text, what) {
	const to = URL.parse(text, from.href);
	if (to === null) throw new RegistryError("PROTOCOL", `${from.host} sent a ${what} that is not an address`, { url: from });
	const reason = refuseAddress(from, to);
	if (reason === void 0) return to;
	throw new RegistryError("REDIRECT_REFUSED", `${from.host} sent a ${what} to ${to.origin}, which is refused: ${reason}`, {
		url: to,
		hint: reason.includes("https") ? `Make the proxy before ${from.host} pass X-Forwarded-Proto on, so that the registry knows it is reached by https.` : `Check that ${from.host} is the registry you mean, and its configured public address.`
	});
}
/** Follows redirects. Credentials stay with the origin they were meant for, and are not sent again after they were dropped. */
function withRedirects(send) {
	return async (first) => {
		let request = first;
		for (let count = 0;; count++) {
			const response = await send(request);
			const location = headerOf(response, "location");
			if (!isRedirect(response.status) || location === void 0) return response;
			if (first.redirects === "same-origin" && URL.parse(location, request.url.href)?.origin !== first.url.origin) return response;
			await discardBody(response);
			request = nextRequest(request, response, location);
			if (count === MAX_REDIRECTS$1) throw new RegistryError("REDIRECT_REFUSED", `${first.url.host} redirected more than ${MAX_REDIRECTS$1} times`, {
				method: first.method,
				url: first.url
			});
		}
	};
}
function nextRequest(request, response, location) {
	if (!(request.method === "GET" || request.method === "HEAD") && response.status !== 307 && response.status !== 308) throw new RegistryError("REDIRECT_REFUSED", `${request.url.host} answered a ${request.method} with redirect ${response.status}, which would change the method`, {
		status: response.status,
		method: request.method,
		url: request.url,
		hint: "Name the registry by the address it redirects to."
	});
	const url = resolveAddress(request.url, location, "redirect");
	return {
		...request,
		url,
		registry: request.registry ?? request.url,
		headers: url.origin === request.url.origin ? request.headers : withoutSecrets(request.headers)
	};
}
function withoutSecrets(headers) {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:proxy-)?authorization$|^cookie$/i.test(name)));
}
function isRedirect(status) {
	return [
		301,
		302,
		303,
		307,
		308
	].includes(status);
}
// src/registry/upload-session.ts
/** The request that opens an upload; `query` makes a mount of it. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs */
function uploadRequest(repository, purpose, query = "", moreScopes = []) {
	return {
		purpose,
		method: "POST",
		repository,
		target: `/v2/${pathOf(repository)}/blobs/uploads/${query}`,
		scopes: [pushScope(repository), ...moreScopes],
		headers: { "content-length": "0" }
	};
}
/** Opens an upload session; throws what the registry refuses it with. */
async function openSession(transport, request) {
	const response = await transport.send(request);
	const session = response.status === 202 ? readSession(response) : void 0;
	if (session === void 0) throw await refuseResponse(request, response);
	await discardBody(response);
	return session;
}
/** The session that a 202 to a POST opened; undefined when it does not say where. Reads no body. */
function readSession(response) {
	const address = readLocation(response);
	const asked = headerOf(response, "oci-chunk-min-length")?.trim() ?? "";
	return address && {
		address,
		minChunk: /^\d{1,15}$/.test(asked) ? Number(asked) : 0
	};
}
/** The address an answer gives for the next step; relative ones and those with a query are usual. */
function readLocation(response) {
	const location = headerOf(response, "location");
	return location === void 0 ? void 0 : resolveAddress(response.url, location, "Location");
}
/** How many bytes of an upload a registry says it has; undefined when it does not say. Its `0-0` means none (GHCR says so whatever it has), Quay's has a unit before it. */
function readHeld(response) {
	const [, end] = /^(?:bytes[= ])?0-(-1|\d{1,15})$/.exec(headerOf(response, "range")?.trim() ?? "") ?? [];
	return end === void 0 ? void 0 : Number(end) > 0 ? Number(end) + 1 : 0;
}
/** Asks how many bytes a session has; undefined when the registry does not know it any more, or does not tell. */
async function askHeld(transport, repository, session) {
	const { headers: _, ...start } = uploadRequest(repository, `ask how far an upload to ${repository} is`);
	const response = await transport.send({
		...start,
		method: "GET",
		target: session.address
	});
	await discardBody(response);
	if (response.status < 200 || response.status > 204) return void 0;
	session.address = readLocation(response) ?? session.address;
	return readHeld(response);
}
/** Cancels a session as well as the registry lets us: one that refuses will clean up by itself. */
async function cancelSession(transport, repository, session) {
	try {
		await discardBody(await transport.send({
			...uploadRequest(repository, `cancel an upload to ${repository}`),
			method: "DELETE",
			target: session,
			replay: false
		}));
	} catch (fault) {
		transport.log.debug(`an upload to ${repository} stays open: ${fault instanceof Error ? fault.message : fault}`);
	}
}
/** A session's address with one more parameter; what it already carries stays as it is, byte for byte, for it may be signed. */
function withQuery(session, name, value) {
	const url = new URL(session);
	url.search = `${url.search === "" ? "?" : `${url.search}&`}${name}=${encodeURIComponent(value)}`;
	return url;
}
// src/registry/blob-mount.ts
/** What an upload would meet as well, or what nobody should go on after. */
const FINAL_CODES = [
	"CANCELLED",
	"CREDENTIALS",
	"REDIRECT_REFUSED"
];
/** See RegistryClient.mountBlob. */
async function mountBlob(transport, repository, digest, from) {
	const mount = await tryMount(transport, repository, digest, from);
	if (mount === "mounted") return true;
	if (mount !== void 0) await cancelSession(transport, repository, mount.address);
	return false;
}
/** Asks for a mount. A registry may open an upload instead, which is for the caller to use or to cancel; undefined: neither. A mount only saves work, so every refusal of one means "upload it". https://github.com/opencontainers/distribution-spec/blob/main/spec.md#mounting-a-blob-from-another-repository */
async function tryMount(transport, repository, digest, from) {
	if (registryOf(from) !== registryOf(repository)) return void 0;
	const query = `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(pathOf(from))}`;
	const request = uploadRequest(repository, `mount the blob ${digest} of ${from} into ${repository}`, query, [pullScope(from)]);
	const response = await transport.send(request).catch((fault) => {
		if (!(fault instanceof RegistryError) || FINAL_CODES.includes(fault.code)) throw fault;
		transport.log.debug(`${fault.message}; it is uploaded instead`);
	});
	if (response === void 0) return void 0;
	if (response.status === 201) {
		await acceptBlob(request, response, digest);
		return "mounted";
	}
	await discardBody(response);
	return response.status === 202 ? readSession(response) : void 0;
}
// src/registry/upload-plan.ts
/** Bytes in a chunk, unless the registry wants more or takes less. */
const CHUNK = 16777216;
/** Bytes: no registry that stores images takes less than this at once. */
const LEAST_CHUNK = 1024;
/** How a blob is sent, as far as its registry has shown: whole in one PATCH, which all but a few take; in chunks where it asks for them or takes no more at once; in the PUT where it knows no PATCH. */
var UploadPlan = class {
	#size;
	#limit;
	/** Of the attempt under way, in bytes. */
	#length = 0;
	#least = 0;
	way = "patch";
	constructor(size) {
		this.#size = size;
	}
	/** Bytes for each part of a session. */
	chooseLength({ minChunk }) {
		const wanted = this.#limit ?? (minChunk > 0 ? CHUNK : this.#size);
		this.#least = Math.max(minChunk, LEAST_CHUNK);
		this.#length = Math.min(this.#size, Math.max(wanted, minChunk));
		return this.#length;
	}
	/** True when another way is worth trying after this fault; throws TOO_LARGE when the smallest chunk was too large. */
	adapt(fault) {
		if (!(fault instanceof RegistryError) || fault.method !== "PATCH") return false;
		if (fault.status === 405 || fault.status === 501) {
			this.way = "put";
			return true;
		}
		if (fault.status !== 413) return false;
		const next = Math.max(this.#least, Math.min(CHUNK, Math.ceil(this.#length / 2)));
		if (next >= this.#length) throw this.#giveUp(fault);
		this.#limit = next;
		return true;
	}
	#giveUp(fault) {
		const { status, method, url, diagnostics } = fault;
		return new RegistryError("TOO_LARGE", `${fault.message}, even to ${this.#length} bytes at once`, {
			status,
			method,
			url,
			diagnostics,
			cause: fault,
			hint: `${fault.hint ?? ""} It was tried in smaller and smaller chunks.`.trim()
		});
	}
};
// src/registry/upload-wait.ts
/** What registries say about a session they no longer know; starting over is all that helps. */
const LOST_SESSION = ["BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID"];
/** True when an answer did not come because the connection broke. */
function isBroken(fault) {
	return fault instanceof RegistryError && fault.status === void 0 && fault.code === "UNAVAILABLE" && isRetryableFault(fault.cause);
}
/** True when an upload may succeed in another session: this one broke, or was lost, or got out of step. */
function isWorthStartingOver(fault) {
	if (!(fault instanceof RegistryError)) return false;
	const { status, method, diagnostics } = fault;
	if (status === void 0) return isBroken(fault);
	if (isRetryableStatus(status) || diagnostics.some(({ code }) => LOST_SESSION.includes(code))) return true;
	return (method === "PATCH" || method === "PUT") && (status === 416 || status === 404 && diagnostics.length === 0);
}
/** Waits before what follows setback `count`; throws the fault itself when enough was tried, or more time is asked for than is given. What Retry-After asks for within that is waited for by whatever is sent next: each host's pace is kept for all requests together. */
async function waitAfter({ retry, signal }, repository, count, fault) {
	if (count >= retry.attempts || signal.aborted || isAskedTooMuch(retry, fault.retryAfter)) throw fault;
	try {
		await retry.sleep(chooseDelay(retry, count + 1, void 0), signal);
	} catch (cause) {
		throw new RegistryError("CANCELLED", `the upload to ${repository} was cancelled`, { cause });
	}
}
// src/registry/upload-parts.ts
/** 202 is the specification's word; some say that it was created, or that there is nothing more to say. */
const TAKEN_STATUSES = [
	201,
	202,
	204
];
/** Sends content in parts of `length` bytes, one after the other, each to the newest address; goes on from what the registry says it has where a part was refused, cut off, or taken only partly. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks */
async function sendParts(job, session, length) {
	const { transport, repository, descriptor } = job;
	const setbacks = new Setbacks();
	let part = length;
	for (let start = 0; start < descriptor.size;) {
		const end = Math.min(descriptor.size, start + part);
		const { held, fault } = await sendPart(job, session, start, end);
		if (fault === void 0) {
			start = held;
			continue;
		}
		await waitAfter(transport, repository, setbacks.count(held ?? start), fault);
		const known = held ?? await askHeld(transport, repository, session);
		if (known === void 0 || known > end) throw fault;
		if (fault.status === 416 && known === start) throw fault;
		if (held !== void 0) part = Math.max(held - start, session.minChunk, LEAST_CHUNK);
		transport.log.debug(`${fault.message}; the upload goes on at ${known} of ${descriptor.size} bytes`);
		start = known;
	}
}
async function sendPart(job, session, start, end) {
	const { transport, descriptor, source } = job;
	const isWhole = start === 0 && end === descriptor.size;
	const step = partRequest(job, session, start, end, isWhole);
	let response;
	try {
		response = await transport.send(step);
	} catch (fault) {
		if (isWhole || source.fault !== void 0 || !isBroken(fault)) throw fault;
		return {
			held: void 0,
			fault
		};
	}
	if (TAKEN_STATUSES.includes(response.status)) return acceptPart(job, session, step, response, end, isWhole);
	const fault = await refuseResponse(step, response);
	if (response.status === 416) session.address = readLocation(response) ?? session.address;
	else if (isWhole || !isRetryableStatus(response.status)) throw fault;
	return {
		held: void 0,
		fault
	};
}
async function acceptPart({ transport, repository, purpose }, session, step, response, end, isWhole) {
	await discardBody(response);
	session.address = readLocation(response) ?? session.address;
	const told = readHeld(response) || end;
	const held = told < end && isWhole ? await askHeld(transport, repository, session) ?? end : told;
	if (held >= end) return { held: end };
	return {
		held,
		fault: new RegistryError("PROTOCOL", `could not ${purpose}: ${response.url.host} took less than it was sent, and has ${held} of ${end} bytes`, {
			status: 202,
			method: step.method,
			url: response.url
		})
	};
}
function partRequest({ repository, source, purpose }, session, start, end, isWhole) {
	return {
		...uploadRequest(repository, purpose),
		method: "PATCH",
		target: session.address,
		headers: {
			"content-type": "application/octet-stream",
			"content-length": String(end - start),
			...isWhole ? {} : { "content-range": `${start}-${end - 1}` }
		},
		body: () => source.open(start, end),
		replay: "when-busy",
		stores: true
	};
}
// src/registry/content-cursor.ts
/** A place in content that only moves forward. All that it passes is hashed, and its last bytes come out only when the whole is what was described: no wrong content is ever sent to its end. */
var ContentCursor = class {
	#check;
	#source;
	#chunks;
	#rest = Buffer.alloc(0);
	#position = 0;
	/** `what` begins the sentence of an error. */
	constructor(descriptor, what, source) {
		this.#check = new BlobCheck(descriptor, what);
		this.#source = source;
		this.#chunks = source[Symbol.asyncIterator]();
	}
	/** Where the next byte comes from. */
	get position() {
		return this.#position;
	}
	/** The next bytes, one at least and `limit` at most; throws SIZE_MISMATCH where the content ends too early. */
	async read(limit) {
		while (this.#rest.length === 0) this.#rest = await this.#pull();
		const block = this.#rest.subarray(0, limit);
		this.#rest = this.#rest.subarray(block.length);
		this.#position += block.length;
		return block;
	}
	/** Passes what is not wanted. */
	async skipTo(position) {
		while (this.#position < position) await this.read(position - this.#position);
	}
	close() {
		this.#source.destroy();
	}
	async #pull() {
		const next = await this.#chunks.next();
		if (next.done === true) {
			this.#check.finish();
			return Buffer.alloc(0);
		}
		this.#check.update(next.value);
		if (this.#check.isComplete) await this.#expectEnd();
		return next.value;
	}
	async #expectEnd() {
		for (;;) {
			const next = await this.#chunks.next();
			if (next.done === true) return this.#check.finish();
			this.#check.update(next.value);
		}
	}
};
// src/registry/upload-source.ts
/** Hands content out as often as it must be sent, whole or part by part, holds all of it to its digest and size, and remembers what went wrong on our side. */
var UploadSource = class {
	#what;
	#descriptor;
	#open;
	/** Where the last part ended: the next one usually begins there, and reads on. */
	#parked;
	#isClosed = false;
	/** Why the content could not be sent: itself, not the connection. */
	fault;
	constructor(repository, descriptor, open) {
		this.#what = `what was to be uploaded to ${repository} as ${descriptor.digest}`;
		this.#descriptor = descriptor;
		this.#open = open;
	}
	/** The bytes from `start` up to `end`; without them, all of it. What comes before is read again where need be, for the digest covers it. */
	open(start = 0, end = this.#descriptor.size) {
		return Readable.from(this.#read(start, end), { objectMode: false });
	}
	/** Lets go of what is still open. */
	close() {
		this.#isClosed = true;
		this.#park(void 0);
	}
	async *#read(start, end) {
		const cursor = await this.#blame(async () => this.#take(start));
		try {
			await this.#blame(() => cursor.skipTo(start));
			while (cursor.position < end) {
				const block = await this.#blame(() => cursor.read(end - cursor.position));
				if (cursor.position === end) this.#park(cursor);
				yield block;
			}
		} finally {
			if (cursor.position < end) cursor.close();
		}
	}
	#take(start) {
		const parked = this.#parked;
		if (parked?.position !== start) return new ContentCursor(this.#descriptor, this.#what, this.#open());
		this.#parked = void 0;
		return parked;
	}
	#park(cursor) {
		if (this.#parked !== cursor) this.#parked?.close();
		this.#parked = cursor;
		if (this.#isClosed) cursor?.close();
	}
	async #blame(step) {
		try {
			return await step();
		} catch (fault) {
			this.fault = fault;
			throw fault;
		}
	}
};
// src/registry/blob-upload.ts
/** See RegistryClient.uploadBlob. One PATCH with a Content-Length: the form that ACR, Google and the others all take; UploadPlan says when it is another one. `opened` is a session to begin with. */
async function uploadBlob(transport, repository, descriptor, open, opened) {
	const purpose = `upload the blob ${descriptor.digest} to ${repository}`;
	const source = new UploadSource(repository, descriptor, open);
	const plan = new UploadPlan(descriptor.size);
	const job = {
		transport,
		repository,
		descriptor,
		source,
		purpose
	};
	try {
		let first = opened;
		for (let attempt = 1;;) try {
			return await uploadOnce(job, plan, first);
		} catch (fault) {
			first = void 0;
			if (source.fault !== void 0) throw source.fault;
			if (plan.adapt(fault)) continue;
			if (!isWorthStartingOver(fault)) throw fault;
			transport.log.debug(`${fault.message}; the upload starts over`);
			await waitAfter(transport, repository, attempt++, fault);
			if (await hasBlob(transport, repository, descriptor, "push")) return;
		}
	} finally {
		source.close();
	}
}
async function uploadOnce(job, plan, opened) {
	const { transport, repository, descriptor, purpose } = job;
	const session = opened ?? await openSession(transport, uploadRequest(repository, purpose));
	try {
		if (plan.way === "patch") await sendParts(job, session, plan.chooseLength(session));
		const commit = commitRequest(job, session, plan.way === "put");
		await acceptCommit(transport, commit, await transport.send(commit), descriptor);
	} catch (fault) {
		if (!transport.signal.aborted) await cancelSession(transport, repository, session.address);
		throw fault;
	}
}
function commitRequest({ repository, descriptor: { digest, size }, source, purpose }, session, hasContent) {
	const content = {
		headers: {
			"content-type": "application/octet-stream",
			"content-length": String(size)
		},
		body: () => source.open()
	};
	return {
		...uploadRequest(repository, purpose),
		method: "PUT",
		target: withQuery(session.address, "digest", digest),
		replay: "when-busy",
		stores: true,
		...hasContent && size > 0 ? content : {}
	};
}
// src/registry/blob-push.ts
/** See RegistryClient.pushBlob. */
async function pushBlob(transport, repository, descriptor, open, { mountFrom } = {}) {
	const found = await lookForBlob(transport, repository, descriptor, "push");
	if (found === "present") return "present";
	const mount = found === "absent" && mountFrom !== void 0 && mountFrom !== repository ? await tryMount(transport, repository, descriptor.digest, mountFrom) : void 0;
	if (mount === "mounted") return "mounted";
	await uploadBlob(transport, repository, descriptor, open, mount);
	if (found === "other-size") await rereadBlob(transport, repository, descriptor);
	return "uploaded";
}
/** Registries may keep what they had under a digest: when its size was wrong before, only reading all of it tells. */
async function rereadBlob(transport, repository, descriptor) {
	if (await lookForBlob(transport, repository, descriptor, "push") === "present") return;
	const stream = await openBlob(transport, repository, descriptor);
	await finished(stream.resume());
}
// src/image/media-type.ts
/** Media types of the OCI image specification and their Docker twins; https://github.com/opencontainers/image-spec/blob/main/media-types.md */
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";
const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
const OCI_EMPTY = "application/vnd.oci.empty.v1+json";
const DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
const DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
const SIGSTORE_BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
/** What a manifest request accepts: everything this project can copy bit for bit. */
const MANIFEST_TYPES = [
	OCI_INDEX,
	OCI_MANIFEST,
	DOCKER_LIST,
	DOCKER_MANIFEST
];
/** True for a manifest that lists other manifests. */
function isIndexType(mediaType) {
	return mediaType === "application/vnd.oci.image.index.v1+json" || mediaType === "application/vnd.docker.distribution.manifest.list.v2+json";
}
/** True for the config of a container image, as opposed to a Helm chart, a WASM module or another artifact. */
function isImageConfigType(mediaType) {
	return mediaType === "application/vnd.oci.image.config.v1+json" || mediaType === "application/vnd.docker.container.image.v1+json";
}
/** True for a filesystem layer, compressed or not, distributable or not. */
function isLayerType(mediaType) {
	return /^application\/vnd\.(oci\.image\.layer\.(nondistributable\.)?v1\.tar|docker\.image\.rootfs\.(foreign\.)?diff\.tar)/.test(mediaType);
}
// src/image/strict-json.ts
/** Nothing in a manifest nests deeper than a descriptor's annotations; what does is made to exhaust a reader's stack. */
const MAX_DEPTH$1 = 32;
/**
* Parses JSON that another program will read too, so that both must see the same: UTF-8 without a byte order mark, no
* key twice in one object, no deep nesting. Throws INVALID_MANIFEST. https://www.rfc-editor.org/rfc/rfc8259#section-4
*/
function parseStrictJson(bytes) {
	let text;
	let json;
	try {
		text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(bytes);
		json = JSON.parse(text);
	} catch (cause) {
		throw new ImageError("INVALID_MANIFEST", "the manifest is not JSON", { cause });
	}
	const flaw = findJsonFlaw(text, MAX_DEPTH$1);
	if (flaw !== void 0) throw new ImageError("INVALID_MANIFEST", `not a valid manifest: ${flaw}`);
	return json;
}
/** What JSON.parse keeps silent about, in a text that it has taken: a key twice, or objects and lists nested deeper than this. */
function findJsonFlaw(text, maxDepth) {
	const open = [];
	for (let i = 0; i < text.length; i++) {
		const char = text[i];
		if (char === "{" || char === "[") {
			if (open.push(char === "{" ? /* @__PURE__ */ new Set() : void 0) > maxDepth) return `it nests deeper than ${maxDepth}`;
		} else if (char === "}" || char === "]") open.pop();
		else if (char === "\"") {
			const end = findEnd$2(text, i);
			const keys = open.at(-1);
			if (keys !== void 0 && isKey(text, end)) {
				const key = JSON.parse(text.slice(i, end));
				if (keys.has(key)) return `the key ${JSON.stringify(key.slice(0, 80))} stands in it twice`;
				keys.add(key);
			}
			i = end - 1;
		}
	}
}
/** The index after a string that begins at `start`. */
function findEnd$2(text, start) {
	for (let i = start + 1;; i++) if (text[i] === "\\") i++;
	else if (text[i] === "\"") return i + 1;
}
function isKey(text, end) {
	let i = end;
	while (/[ \t\r\n]/.test(text[i] ?? "")) i++;
	return text[i] === ":";
}
// src/image/manifest.ts
/** Registries should accept manifests of 4 MiB; larger ones are refused here before they are read. */
const MAX_MANIFEST_BYTES = 4194304;
const MAX_DESCRIPTORS = 1e4;
/** Characters of a platform's parts, which stand in logs and tables. */
const MAX_LABEL = 128;
/** Characters shown of a value that is not what it must be. */
const MAX_SHOWN$1 = 80;
const FIELDS = /* @__PURE__ */ new Set([...[
	"schemaVersion",
	"mediaType",
	"artifactType",
	"config",
	"layers",
	"manifests",
	"subject",
	"annotations"
], ...[
	"data",
	"digest",
	"size",
	"platform",
	"os",
	"architecture",
	"variant",
	"os.version"
]]);
const FOLDED_FIELDS = new Set([...FIELDS].map(foldCase));
/** Parses the bytes of a manifest. `contentType` is what the registry said it is; a `mediaType` inside must agree. */
function parseManifest(bytes, contentType) {
	const json = asFields(parseJson$1(bytes), "the manifest");
	const inside = optionalString(json, "mediaType");
	const outside = contentType?.split(";")[0]?.trim();
	const mediaType = inside ?? outside ?? (Array.isArray(json.manifests) ? "application/vnd.oci.image.index.v1+json" : "application/vnd.oci.image.manifest.v1+json");
	if (json.schemaVersion !== 2) throw new ImageError("UNSUPPORTED_MANIFEST", `schemaVersion ${show(json.schemaVersion)} is not supported`, { hint: "Rebuild the image with a current builder: Docker schema 1 cannot be promoted by digest." });
	if (inside !== void 0 && outside !== void 0 && inside !== outside && isKnown(outside)) fail$3(`its mediaType ${show(inside)} is not the Content-Type ${show(outside)}`);
	if (!isKnown(mediaType)) throw new ImageError("UNSUPPORTED_MANIFEST", `manifest type ${show(mediaType)} is not supported`);
	const common = {
		mediaType,
		annotations: parseAnnotations(json.annotations),
		...optional$1("artifactType", optionalString(json, "artifactType")),
		...optional$1("subject", json.subject === void 0 ? void 0 : parseDescriptor(json.subject, "subject"))
	};
	if (isIndexType(mediaType)) {
		if (json.layers !== void 0 || json.config !== void 0) fail$3("it is an index that also has layers or a config");
		const children = json.manifests === null ? [] : parseDescriptors(json.manifests, "manifests");
		return {
			kind: "index",
			...common,
			children
		};
	}
	if (json.manifests !== void 0) fail$3("it is an image manifest that also lists manifests");
	return {
		kind: "manifest",
		...common,
		config: parseDescriptor(json.config, "config"),
		layers: parseDescriptors(json.layers ?? [], "layers")
	};
}
/** True when a manifest is a container image: a config of that type, or filesystem layers under a config of another. */
function isContainerImage(manifest) {
	return isImageConfigType(manifest.config.mediaType) || manifest.layers.some((layer) => isLayerType(layer.mediaType));
}
/** True for what BuildKit files beside an image as `unknown/unknown`: told by its layers, not by the claim, so that a runnable image cannot hide behind it. */
function isAttestationManifest(descriptor, manifest) {
	return descriptor.platform?.os === "unknown" && descriptor.platform.architecture === "unknown" && manifest.layers.length > 0 && manifest.layers.every((layer) => layer.mediaType.startsWith("application/vnd.in-toto"));
}
/** Parses one descriptor; `where` names it in errors. */
function parseDescriptor(value, where) {
	const json = asFields(value, where);
	const digest = optionalString(json, "digest") ?? "";
	if (!isDigest(digest)) fail$3(`${where}.digest is ${show(digest)}`);
	const { size } = json;
	if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) fail$3(`${where}.size is ${show(size)}`);
	checkData(json, digest, size, where);
	return {
		mediaType: optionalString(json, "mediaType") ?? fail$3(`${where} has no mediaType`),
		digest,
		size,
		annotations: parseAnnotations(json.annotations),
		...optional$1("artifactType", optionalString(json, "artifactType")),
		...optional$1("platform", json.platform === void 0 || json.platform === null ? void 0 : parsePlatform(json.platform, where))
	};
}
/** Content that a descriptor brings along must be what it describes: a runtime may take it instead. https://github.com/opencontainers/image-spec/blob/main/descriptor.md#embedded-content */
function checkData(json, digest, size, where) {
	const data = optionalString(json, "data");
	if (data === void 0) return;
	const bytes = Buffer.from(data, "base64");
	if (bytes.length !== size || !matchesDigest(bytes, digest)) fail$3(`${where}.data is not the content of its digest`);
}
function parsePlatform(value, where) {
	const json = asFields(value, `${where}.platform`);
	const label = (key) => {
		const text = optionalString(json, key);
		if (text !== void 0 && text.length > MAX_LABEL) fail$3(`${where}.platform.${key} is longer than ${MAX_LABEL}`);
		return text === void 0 ? void 0 : markControl(text);
	};
	return {
		os: label("os") ?? "",
		architecture: label("architecture") ?? "",
		...optional$1("variant", label("variant")),
		...optional$1("osVersion", label("os.version"))
	};
}
function parseDescriptors(value, where) {
	if (!Array.isArray(value)) fail$3(`${where} is not a list`);
	if (value.length > MAX_DESCRIPTORS) fail$3(`${where} has ${value.length} entries, more than ${MAX_DESCRIPTORS}`);
	return value.map((entry, i) => parseDescriptor(entry, `${where}[${i}]`));
}
function parseAnnotations(value) {
	if (value === void 0 || value === null) return {};
	const entries = Object.entries(asObject$2(value, "annotations"));
	return Object.fromEntries(entries.filter((entry) => typeof entry[1] === "string"));
}
function parseJson$1(bytes) {
	if (bytes.length > 4194304) fail$3(`it has ${bytes.length} bytes, more than ${MAX_MANIFEST_BYTES}`);
	return parseStrictJson(bytes);
}
/** An object without look-alike keys: Go takes `Layers` for `layers` and believes the last of them, so a runtime would see another image than was judged. */
function asFields(value, where) {
	const json = asObject$2(value, where);
	const lookalike = Object.keys(json).find((key) => !FIELDS.has(key) && FOLDED_FIELDS.has(foldCase(key)));
	return lookalike === void 0 ? json : fail$3(`${where} has the key ${JSON.stringify(lookalike)}`);
}
/** Folds case as Go does for JSON keys: also the long s and the Kelvin sign; https://pkg.go.dev/encoding/json#Unmarshal */
function foldCase(key) {
	return key.toLowerCase().toUpperCase();
}
function asObject$2(value, where) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	return fail$3(`${where} is not an object`);
}
function optionalString(json, key) {
	const value = json[key];
	if (value === void 0 || value === null || value === "") return void 0;
	return typeof value === "string" ? value : fail$3(`${key} is not a string`);
}
function optional$1(key, value) {
	return value === void 0 ? {} : { [key]: value };
}
/** A value for a message, short: it may be megabytes of anything. */
function show(value) {
	if (typeof value === "string") return JSON.stringify(value.slice(0, MAX_SHOWN$1));
	if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
	return String(value);
}
function isKnown(mediaType) {
	return [
		OCI_INDEX,
		OCI_MANIFEST,
		DOCKER_LIST,
		DOCKER_MANIFEST
	].includes(mediaType);
}
function fail$3(what) {
	throw new ImageError("INVALID_MANIFEST", `not a valid manifest: ${what}`);
}
// src/registry/manifest.ts
/** What registries say when a manifest or its repository is not there; Harbor says NOT_FOUND, Quay TAG_EXPIRED of a tag that once was. */
const ABSENT_CODES$1 = [
	"MANIFEST_UNKNOWN",
	"NAME_UNKNOWN",
	"NOT_FOUND",
	"TAG_EXPIRED"
];
/** See RegistryClient.resolve. */
async function resolveReference(transport, reference) {
	const wanted = reference.kind === "tag" ? reference.tag : reference.digest;
	return readManifest(transport, manifestRequest(reference.repository, wanted, "GET", "pull"), wanted);
}
/** See RegistryClient.getManifest. */
async function getManifest(transport, repository, digest) {
	return readManifest(transport, manifestRequest(repository, digest, "GET", "pull"), digest);
}
/** The manifest behind a tag or digest, undefined when the registry says it is not there. */
async function findManifest(transport, repository, reference, access) {
	const request = manifestRequest(repository, reference, "GET", access);
	const response = await transport.read(request, MAX_MANIFEST_BYTES);
	if (response.status !== 404) return acceptManifest(request, response, reference);
	const body = await readErrorBody(response);
	if (await isAbsence$1(transport, request, body)) return void 0;
	throw await refuseResponse(request, response, {
		code: body.kind === "registry" ? "NOT_FOUND" : "PROTOCOL",
		hint: "This 404 is not known to mean that the manifest is absent: check what answers at this address.",
		body
	});
}
/** The request for a manifest, by whatever method. */
function manifestRequest(repository, reference, method, access) {
	const name = `${repository}${isDigest(reference) ? "@" : ":"}${reference}`;
	return {
		purpose: `${method === "PUT" ? "write" : "read"} the manifest ${name}`,
		method,
		repository,
		target: `/v2/${pathOf(repository)}/manifests/${reference}`,
		scopes: [access === "push" ? pushScope(repository) : pullScope(repository)],
		headers: { accept: MANIFEST_TYPES.join(", ") }
	};
}
async function readManifest(transport, request, reference) {
	return acceptManifest(request, await transport.read(request, MAX_MANIFEST_BYTES), reference);
}
async function acceptManifest(request, response, reference) {
	if (response.status !== 200) throw await refuseResponse(request, response);
	const bytes = response.whole;
	if (bytes === void 0) throw new RegistryError("TOO_LARGE", `could not ${request.purpose}: it has more than ${MAX_MANIFEST_BYTES} bytes`);
	if (isDigest(reference) && !matchesDigest(bytes, reference)) failDigest(request, response, digestOf(bytes));
	const told = checkDigestHeader(request, response, bytes);
	const manifest = parse$3(request, response, bytes);
	return {
		digest: isDigest(reference) ? reference : told ?? digestOf(bytes),
		mediaType: manifest.mediaType,
		bytes,
		manifest
	};
}
function parse$3(request, response, bytes) {
	try {
		return parseManifest(bytes, headerOf(response, "content-type"));
	} catch (cause) {
		if (!(cause instanceof ImageError)) throw cause;
		const { method } = request;
		throw new RegistryError("PROTOCOL", `could not ${request.purpose}: ${cause.message}`, {
			cause,
			hint: cause.hint,
			method,
			status: response.status,
			url: response.url
		});
	}
}
/** The digest the registry claims, when it claims one; throws when the bytes do not have it. */
function checkDigestHeader(request, response, bytes) {
	const claimed = headerOf(response, "docker-content-digest");
	if (claimed === void 0 || claimed === "") return void 0;
	if (isDigest(claimed) && matchesDigest(bytes, claimed)) return claimed;
	return failDigest(request, response, claimed);
}
function failDigest(request, response, other) {
	throw new RegistryError("DIGEST_MISMATCH", `could not ${request.purpose}: ${response.url.host} says or sent ${JSON.stringify(other.slice(0, 160))}, which is not the digest of the content`, {
		status: response.status,
		method: request.method,
		url: response.url,
		hint: "Something between here and the registry changes content, or the registry is broken: do not trust it until this is explained."
	});
}
/** A 404 means absent when the registry's own words say so, or when it is wordless and comes from what is surely a registry. */
async function isAbsence$1(transport, request, { kind, diagnostics }) {
	if (kind === "empty") return (await transport.findEndpoint(request)).isRegistry;
	return diagnostics.some(({ code }) => ABSENT_CODES$1.includes(code));
}
// src/registry/manifest-head.ts
/** See RegistryClient.headManifest. A HEAD has no body, so only a GET can tell an absent manifest from any other 404. */
async function headManifest(transport, repository, reference, access) {
	const request = manifestRequest(repository, reference, "HEAD", access);
	const response = await transport.send(request);
	await discardBody(response);
	const head = response.status === 200 ? parseHead(response, reference) : void 0;
	if (head !== void 0) return head;
	if (![
		200,
		404,
		405,
		501
	].includes(response.status)) throw await refuseResponse(request, response);
	const content = await findManifest(transport, repository, reference, access);
	return content && {
		digest: content.digest,
		mediaType: content.mediaType,
		size: content.bytes.length
	};
}
/** Undefined unless the headers tell everything, about what was asked for. */
function parseHead(response, reference) {
	const digest = headerOf(response, "docker-content-digest") ?? "";
	const mediaType = headerOf(response, "content-type")?.split(";")[0]?.trim() ?? "";
	const length = headerOf(response, "content-length") ?? "";
	if (!isDigest(digest) || !MANIFEST_TYPES.includes(mediaType) || !/^[1-9]\d{0,14}$/.test(length)) return void 0;
	if (isDigest(reference) && reference !== digest) return void 0;
	return {
		digest,
		mediaType,
		size: Number(length)
	};
}
// src/registry/manifest-put.ts
/** The answers after which the caller should look what is there: an immutable tag is refused with any of them. */
const REFUSED_STATUSES = [
	400,
	405,
	409,
	412,
	422
];
/** What registries say, under whatever status, when a manifest names what they do not have (any more). */
const MISSING_CODES = [
	"MANIFEST_BLOB_UNKNOWN",
	"MANIFEST_UNKNOWN",
	"BLOB_UNKNOWN"
];
/** See RegistryClient.putManifest. */
async function putManifest(transport, repository, reference, { bytes, mediaType, digest }, { replay = true } = {}) {
	const request = {
		...manifestRequest(repository, reference, "PUT", "push"),
		headers: {
			"content-type": mediaType,
			"content-length": String(bytes.length)
		},
		body: bytes,
		replay
	};
	if (!matchesDigest(bytes, digest) || isDigest(reference) && !matchesDigest(bytes, reference)) throw new RegistryError("DIGEST_MISMATCH", `could not ${request.purpose}: its bytes do not have the digest ${digest}`);
	const response = await transport.send(request);
	if (response.status < 200 || response.status > 299) {
		const body = await readErrorBody(response);
		throw await refuseResponse(request, response, {
			body,
			...REFUSED_STATUSES.includes(response.status) || body.diagnostics.some(({ code }) => MISSING_CODES.includes(code)) ? { code: "CONFLICT" } : {}
		});
	}
	await discardBody(response);
	checkDigestHeader(request, response, bytes);
	const subject = headerOf(response, "oci-subject") ?? "";
	return { subject: isDigest(subject) ? subject : void 0 };
}
// src/registry/probe.ts
/** See RegistryClient.probePush. Nothing less tells: a token is handed out, and a read allowed, where a push is not. */
async function probePush(transport, repository) {
	let session;
	try {
		session = await openSession(transport, uploadRequest(repository, `open an upload to ${repository}`));
	} catch (fault) {
		throw fault instanceof RegistryError ? explain(fault, repository) : fault;
	}
	await cancelSession(transport, repository, session.address);
}
function explain(error, repository) {
	const hint = hintFor(error, repository);
	if (hint === void 0) return error;
	const { status, method, url, diagnostics } = error;
	return new RegistryError(error.code, error.message, {
		status,
		method,
		url,
		diagnostics,
		hint,
		cause: error
	});
}
function hintFor({ code }, repository) {
	switch (code) {
		case "UNAUTHORIZED": return `Log in to ${registryOf(repository)} with an account that may push to ${repository}.`;
		case "DENIED": return `Give the account the right to pull and push in ${repository}; where the registry makes no repository by itself, create the repository first.`;
		case "NOT_FOUND": return `create the repository ${repository} first: ${registryOf(repository)} makes none by itself.`;
		default: return;
	}
}
// src/registry/transport/challenge.ts
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const SEPARATOR = /[\s,]*/y;
/** Parses WWW-Authenticate headers, each of which may hold several challenges; stops at what it cannot read. https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
function parseChallenges(headers) {
	return headers.flatMap(parseHeader);
}
/** The challenge to answer: Bearer with a realm before Basic; undefined when there is none we know. */
function chooseChallenge(challenges) {
	return challenges.find(({ scheme, parameters }) => scheme === "bearer" && parameters.realm !== void 0) ?? challenges.find(({ scheme }) => scheme === "basic");
}
function parseHeader(header) {
	const challenges = [];
	let position = 0;
	const take = (pattern) => {
		pattern.lastIndex = position;
		const match = pattern.exec(header);
		if (match !== null) position = pattern.lastIndex;
		return match;
	};
	for (take(SEPARATOR); position < header.length; take(SEPARATOR)) {
		const name = take(TOKEN)?.[0].toLowerCase();
		if (name === void 0) break;
		const current = challenges.at(-1);
		if (current !== void 0 && take(/\s*=\s*/y) !== null) {
			const value = take(QUOTED)?.[1]?.replace(/\\(.)/g, "$1") ?? take(TOKEN)?.[0];
			if (value === void 0) break;
			if (!Object.hasOwn(current.parameters, name)) current.parameters[name] = value;
		} else {
			challenges.push({
				scheme: name,
				parameters: Object.create(null)
			});
			if (take(/ +/y) !== null && !isParameter(header, position)) take(TOKEN68);
		}
	}
	return challenges;
}
function isParameter(header, position) {
	const pattern = /[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=\s*(?:"|[^\s,=])/y;
	pattern.lastIndex = position;
	return pattern.test(header);
}
// src/registry/transport/token.ts
const CLIENT_ID = "promote-image";
const MAX_TOKEN_BODY = 262144;
/** Seconds. What is not said, or cannot be, is the minute of the specification; what is said to live for ever is asked for again. */
const DEFAULT_LIFETIME = 60;
const MAX_LIFETIME = 3600;
/** Fetches a token: an identity token by OAuth 2 POST (GET where there is none), anything else by GET. Throws UNAUTHORIZED, DENIED or PROTOCOL. */
async function fetchToken(send, request) {
	if (request.credential.kind === "identity-token") {
		const response = await send(postRequest(request, request.credential.token));
		if (response.status !== 404 && response.status !== 405) return readToken(response, request);
		await discardBody(response);
	}
	return readToken(await send(getRequest(request)), request);
}
/** The value of an Authorization header for Basic authentication; undefined for no one. */
function formatBasic(credential) {
	if (credential.kind === "anonymous") return void 0;
	const [username, password] = credential.kind === "basic" ? [credential.username, credential.password] : [credential.username ?? "<token>", credential.token];
	return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
function getRequest({ realm, origin, service, scopes, credential }) {
	const url = new URL(realm);
	if (service !== void 0) url.searchParams.set("service", service);
	for (const scope of scopes) url.searchParams.append("scope", scope);
	if (credential.kind === "basic") url.searchParams.set("account", credential.username);
	const authorization = formatBasic(credential);
	return {
		method: "GET",
		url,
		registry: origin,
		headers: authorization === void 0 ? {} : { authorization }
	};
}
function postRequest({ realm, origin, service, scopes }, refreshToken) {
	const form = new URLSearchParams({
		grant_type: "refresh_token",
		refresh_token: refreshToken,
		client_id: CLIENT_ID
	});
	if (service !== void 0) form.set("service", service);
	form.set("scope", scopes.join(" "));
	const body = Buffer.from(form.toString());
	return {
		method: "POST",
		url: realm,
		registry: origin,
		redirects: "same-origin",
		headers: {
			"content-type": "application/x-www-form-urlencoded",
			"content-length": String(body.length)
		},
		body
	};
}
async function readToken(response, request) {
	if (response.status !== 200) throw await refuseToken(response, request);
	const body = await readBody(response, MAX_TOKEN_BODY);
	const json = body === void 0 ? void 0 : parseObject$2(body);
	const value = json?.token || json?.access_token;
	if (json === void 0 || typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw new RegistryError("PROTOCOL", `the token service of ${request.origin.host} answered 200 without a token`, {
		status: 200,
		url: response.url
	});
	return {
		value,
		lifetime: readLifetime(json, headerOf(response, "date"))
	};
}
/** Seconds from `issued_at`, by the server's own clock where it tells the time: ours may be wrong. */
function readLifetime(json, date) {
	const said = typeof json.expires_in === "number" && json.expires_in > 0 ? json.expires_in : DEFAULT_LIFETIME;
	const seconds = Math.min(said, MAX_LIFETIME);
	const age = Date.parse(date ?? "") - Date.parse(String(json.issued_at));
	return seconds * 1e3 - (age > 0 && age < seconds * 1e3 ? age : 0);
}
async function refuseToken(response, request) {
	const { diagnostics } = await readErrorBody(response);
	const { scopes, credential } = request;
	const registry = request.origin.host;
	const said = diagnostics.length === 0 ? "" : ` (${formatDiagnostics(diagnostics)})`;
	const message = `the token service of ${registry} answered ${response.status}${said} when asked for ${cleanText(scopes.join(" "))}${sayEnd(response)}`;
	const { status, url } = response;
	if (status === 401 || status === 403 || status === 400) {
		const hint = credential.kind === "anonymous" ? `No credentials were found for ${registry}: log in to it, or pass a user name and password.` : `Check the credentials for ${registry}, that they have not expired, and that they allow ${cleanText(scopes.join(" "))}.`;
		return new RegistryError(status === 403 ? "DENIED" : "UNAUTHORIZED", message, {
			status,
			url,
			diagnostics,
			hint
		});
	}
	return new RegistryError(status === 429 ? "RATE_LIMITED" : status >= 500 ? "UNAVAILABLE" : "PROTOCOL", message, {
		status,
		url,
		diagnostics
	});
}
function parseObject$2(body) {
	try {
		const json = JSON.parse(new TextDecoder().decode(body));
		return typeof json === "object" && json !== null ? json : void 0;
	} catch {
		return;
	}
}
// src/registry/transport/token-cache.ts
const MAX_MARGIN = 1e4;
/** Tokens in memory, one fetch at a time for the same scopes; a token that may do more serves who asks for less. */
var TokenCache = class {
	#now;
	#entries = [];
	constructor(now) {
		this.#now = now;
	}
	/** A token of `owner` (a registry, seen with one repository's credentials) that covers the scopes; fetched when there is none. */
	get(owner, scopes, fetch) {
		const now = this.#now();
		this.#entries = this.#entries.filter((entry) => entry.expires > now);
		return (this.#entries.find((entry) => entry.owner === owner && coversScopes(entry.scopes, scopes)) ?? this.#add(owner, scopes, fetch)).token;
	}
	/** Forgets a token the registry would not take: this one, not a later one that reads the same. */
	drop(token) {
		this.#entries = this.#entries.filter((entry) => entry.value !== token);
	}
	#add(owner, scopes, fetch) {
		const entry = {
			owner,
			scopes,
			token: fetch(),
			expires: Number.POSITIVE_INFINITY
		};
		this.#entries = [...this.#entries, entry];
		entry.token.then((value) => {
			const { lifetime } = value;
			entry.value = value;
			entry.expires = this.#now() + lifetime - Math.min(MAX_MARGIN, lifetime / 4);
		}, () => this.#remove(entry));
		return entry;
	}
	#remove(gone) {
		this.#entries = this.#entries.filter((entry) => entry !== gone);
	}
};
// src/registry/transport/authorize.ts
/** Knows how each registry wants to be convinced, and holds the tokens. One per client: roles share none. */
var Authorizer = class {
	#options;
	#tokens;
	#learned = /* @__PURE__ */ new Map();
	#credentials = /* @__PURE__ */ new Map();
	constructor(options) {
		this.#options = options;
		this.#tokens = new TokenCache(options.now);
	}
	/** What to send first; undefined for nothing. */
	async authorize(endpoint, request) {
		const credential = await this.#credentialOf(request.repository);
		const challenge = this.#learned.get(endpoint.origin.origin) ?? chooseChallenge(endpoint.challenges);
		if (challenge === void 0) return endpoint.status === 200 && credential.kind === "basic" ? answerBasic(credential) : void 0;
		return challenge.scheme === "basic" ? answerBasic(credential) : this.#answerBearer(endpoint, challenge, request.repository, request.scopes, credential);
	}
	/** How to get something better than `used`, which was not enough; undefined when there is nothing better to offer. Reads no body. */
	async planRenewal(endpoint, request, response, used) {
		const told = chooseChallenge(parseChallenges(headersOf(response, "www-authenticate")));
		const known = this.#learned.get(endpoint.origin.origin) ?? chooseChallenge(endpoint.challenges);
		const challenge = told ?? (response.status === 401 && used?.token !== void 0 ? known : void 0);
		const isShort = challenge?.parameters.error === "insufficient_scope";
		if (challenge === void 0 || response.status === 403 && !isShort) return void 0;
		this.#learned.set(endpoint.origin.origin, challenge);
		if (used?.token !== void 0) this.#tokens.drop(used.token);
		const credential = await this.#credentialOf(request.repository);
		if (challenge.scheme === "basic") {
			const fresh = answerBasic(credential);
			return fresh === void 0 || fresh.header === used?.header ? void 0 : async () => fresh;
		}
		const asked = splitScopes(challenge.parameters.scope ?? "").filter((scope) => !coversScopes(request.scopes, [scope]));
		const scopes = [...request.scopes, ...asked];
		return () => this.#answerBearer(endpoint, challenge, request.repository, scopes, credential);
	}
	async #answerBearer({ origin }, { parameters: { realm = "", service } }, repository, scopes, credential) {
		const token = await this.#tokens.get(`${origin.origin} ${repository}`, scopes, async () => {
			const address = resolveAddress(origin, realm, "token realm");
			const fetched = await fetchToken(this.#options.send, {
				realm: address,
				origin,
				service,
				scopes,
				credential
			});
			this.#options.mask(fetched.value);
			return fetched;
		});
		return {
			header: `Bearer ${token.value}`,
			token
		};
	}
	#credentialOf(repository) {
		const known = this.#credentials.get(repository) ?? this.#resolve(repository);
		this.#credentials.set(repository, known);
		known.catch(() => this.#credentials.delete(repository));
		return known;
	}
	async #resolve(repository) {
		const credential = await this.#options.credentials.resolve(repository);
		if (credential.kind === "anonymous") return credential;
		const secrets = [credential.kind === "basic" ? credential.password : credential.token, formatBasic(credential)?.slice(6) ?? ""];
		for (const secret of secrets) if (secret !== "") this.#options.mask(secret);
		return credential;
	}
};
function answerBasic(credential) {
	const header = formatBasic(credential);
	return header === void 0 ? void 0 : { header };
}
// src/registry/transport/guarded-lookup.ts
var import_undici = require_undici();
/** A name a registry sent us to turned out to be this machine; not retried. */
var LocalAddressError = class extends Error {
	hostname;
	address;
	constructor(hostname, address) {
		super(`${hostname} is at ${address}`);
		this.name = "LocalAddressError";
		this.hostname = hostname;
		this.address = address;
	}
};
/** A lookup that fails with LocalAddressError when any address of a name is local. It is the one a connection is made with, so a second answer of the name service changes nothing. */
function guardLookup(lookup) {
	return (hostname, options, callback) => {
		lookup(hostname, {
			...options,
			all: true
		}, (error, found, family) => {
			if (error !== null) return callback(error, options.all === true ? [] : "");
			const addresses = typeof found === "string" ? [{
				address: found,
				family: family ?? 4
			}] : found;
			const local = addresses.find(({ address }) => isLocalAddress(address));
			if (local !== void 0) return callback(new LocalAddressError(hostname, local.address), []);
			const [first] = addresses;
			if (options.all === true || first === void 0) return callback(null, [...addresses]);
			return callback(null, first.address, first.family);
		});
	};
}
// src/registry/transport/proxy.ts
/** An agent for what goes through a proxy, and for what NO_PROXY excepts. What the proxy itself does wrong comes out as ProxyError: undici alone does not tell whose fault it was, and waits for a silent proxy as long as for an answer. */
function createProxyAgent(proxy, { settings, trust, tunnelTimeout }) {
	const { httpProxy = "", httpsProxy = "", noProxy = "" } = proxy;
	const proxies = new Set([httpProxy, httpsProxy].filter((url) => url !== "").map((url) => new URL(url).href));
	return new import_undici.EnvHttpProxyAgent({
		...settings,
		requestTls: trust,
		proxyTls: {
			...trust,
			rejectUnauthorized: true
		},
		httpProxy,
		httpsProxy,
		noProxy,
		clientFactory: (address, options) => openTunnels(address, {
			...settings,
			...blameConnections(address, options),
			headersTimeout: tunnelTimeout
		}),
		factory: (address, options) => proxies.has(String(address)) ? new import_undici.Pool(address, {
			...settings,
			...blameConnections(address, options)
		}) : new import_undici.Pool(address, options)
	});
}
/** The fault of a request that went through a proxy, with the proxy named where plain http was refused for want of a login. */
function explainProxied(fault, url, proxy) {
	if (!(fault instanceof Error && /^Proxy Authentication Required/.test(fault.message)) || findProxyError(fault) !== void 0) return fault;
	return ProxyError.refused(new URL(proxy).host, 407, url.host, fault);
}
/** Connections to the proxy itself, whose faults are its own. */
function blameConnections(address, options) {
	const { host } = new URL(address);
	const { connect, ...others } = options;
	return {
		...others,
		connect: (target, done) => connect(target, (...result) => {
			const [fault] = result;
			if (fault === null) done(...result);
			else done(ProxyError.unreachable(host, fault, isCertificateFault(fault)), null);
		})
	};
}
function openTunnels(address, options) {
	const { host } = new URL(address);
	const pool = new import_undici.Pool(address, options);
	const ask = pool.connect.bind(pool);
	const open = async (target) => {
		const tunnel = await ask(target).catch((fault) => {
			throw fault instanceof ProxyError ? fault : ProxyError.broken(host, target.path, fault);
		});
		if (tunnel.statusCode === 200) return tunnel;
		tunnel.socket.on("error", () => void 0).destroy();
		throw ProxyError.refused(host, tunnel.statusCode, target.path);
	};
	return Object.assign(pool, { connect: open });
}
// src/registry/transport/dispatcher.ts
const DEFAULT_TIMEOUTS = {
	connect: 1e4,
	headers: 6e4,
	stored: 3e5,
	body: 6e4
};
/** The one place that opens connections. Nothing here reads the environment: a proxy is used only where it was passed in. Where a registry sends us elsewhere, the connection fails with REDIRECT_REFUSED when a name turns out to be local; behind a proxy it is the proxy that looks names up, and has to refuse. */
function createDispatcher(options) {
	const opened = /* @__PURE__ */ new Map();
	const routeOf = (request) => {
		const { protocol, origin } = request.url;
		const isChecked = protocol !== "https:" || !options.isInsecure(origin);
		const isGuarded = isSentElsewhere(request);
		const key = `${isChecked} ${isGuarded}`;
		const routes = opened.get(key) ?? createRoutes(options, isChecked, isGuarded);
		opened.set(key, routes);
		return pickRoute(routes, request.url, options.proxy);
	};
	return {
		send: (request) => sendOnce(routeOf(request), request, options),
		async close() {
			const routes = [...opened.values()];
			await Promise.all(routes.flatMap(({ direct, proxied }) => [direct.destroy(), proxied?.destroy()]));
		}
	};
}
/** Connections for what is downloaded by https with nobody's credentials: the same proxy, the same authorities. */
function createDownloadAgent({ proxy, ca }) {
	const { httpsProxy = "", noProxy = "" } = proxy ?? {};
	const { direct, proxied = direct } = createRoutes({
		proxy: {
			httpsProxy,
			noProxy
		},
		ca,
		timeouts: DEFAULT_TIMEOUTS
	}, true, false);
	return httpsProxy === "" ? direct : proxied;
}
function createRoutes(options, isChecked, isGuarded) {
	const { ca, proxy, timeouts, lookup: lookup$1 = lookup } = options;
	const trust = {
		rejectUnauthorized: isChecked,
		allowH2: false,
		...ca === void 0 ? {} : { ca: [...getCACertificates("default"), ca] }
	};
	const settings = {
		connections: 8,
		allowH2: false,
		headersTimeout: timeouts.headers,
		bodyTimeout: timeouts.body,
		connectTimeout: timeouts.connect,
		connect: {
			...trust,
			timeout: timeouts.connect,
			lookup: isGuarded ? guardLookup(lookup$1) : lookup$1
		}
	};
	return {
		direct: new import_undici.Agent(settings),
		proxied: proxy === void 0 ? void 0 : createProxyAgent(proxy, {
			settings,
			trust,
			tunnelTimeout: timeouts.connect
		})
	};
}
/** As Go's tools do: https goes only through HTTPS_PROXY, http only through HTTP_PROXY, this machine is never proxied. */
function pickRoute({ direct, proxied }, url, proxy) {
	return proxied === void 0 || settingOf(url, proxy) === void 0 || isLoopbackHost(url.hostname) ? direct : proxied;
}
function settingOf({ protocol }, proxy) {
	return (protocol === "https:" ? proxy?.httpsProxy : proxy?.httpProxy) || void 0;
}
async function sendOnce(dispatcher, request, options) {
	const { body, stores } = request;
	const { statusCode, headers, body: answer } = await (0, import_undici.request)(request.url, {
		dispatcher,
		method: request.method,
		headers: {
			"user-agent": options.userAgent,
			"accept-encoding": "identity",
			...request.headers
		},
		body: typeof body === "function" ? body() : body ?? null,
		signal: options.signal,
		reset: false,
		...stores === true ? { headersTimeout: options.timeouts.stored } : {}
	}).catch((fault) => {
		const proxy = settingOf(request.url, options.proxy);
		return refuseFault(proxy === void 0 ? fault : explainProxied(fault, request.url, proxy), request);
	});
	answer.on("error", () => {});
	return {
		status: statusCode,
		headers,
		url: request.url,
		body: answer
	};
}
function refuseFault(fault, { method, url, registry }) {
	if (!(fault instanceof LocalAddressError)) throw fault;
	throw new RegistryError("REDIRECT_REFUSED", `${registry?.host} sent us to ${url.origin}, which is refused: ${fault.hostname} is at ${fault.address}, an address of this machine`, {
		method,
		url,
		cause: fault,
		hint: `Check that ${registry?.host} is the registry you mean. If it is on this machine, name it by an address that says so, such as localhost.`
	});
}
// src/registry/transport/host-limiter.ts
/** Lets each host set its own pace: a 429, or a 5xx with Retry-After, halves what it gets at once and makes everyone wait as long as it asks; every few rounds of answers give one back. A slot is held from sending until the answer's headers, and so never across authorisation, retries or bodies being read. */
function withHostLimits(send, limits) {
	const gates = /* @__PURE__ */ new Map();
	limits.signal.addEventListener("abort", () => {
		for (const gate of gates.values()) gate.refuse(limits.signal.reason);
	});
	return async (request) => {
		limits.signal.throwIfAborted();
		const gate = gates.get(request.url.origin) ?? new HostGate(limits);
		gates.set(request.url.origin, gate);
		const turn = await gate.enter();
		try {
			const response = await send(request);
			gate.learn(turn, response);
			return response;
		} finally {
			gate.leave();
		}
	};
}
/** Answers per request at once that are taken for a sign that one more would do. */
const ROUNDS = 4;
/** The way to one host: first come, first served. */
var HostGate = class {
	#limits;
	#waiters = [];
	#limit;
	#active = 0;
	#successes = 0;
	/** Number of the last request let in, and of the last one before the limit was cut. */
	#turn = 0;
	#cut = 0;
	/** Milliseconds on the policy's clock before which nobody is let in. */
	#opens = 0;
	#isPaused = false;
	constructor(limits) {
		this.#limits = limits;
		this.#limit = limits.connections;
	}
	enter() {
		const entered = new Promise((enter, refuse) => this.#waiters.push({
			enter,
			refuse
		}));
		this.#admit();
		return entered;
	}
	leave() {
		this.#active--;
		this.#admit();
	}
	refuse(reason) {
		for (const waiter of this.#waiters.splice(0)) waiter.refuse(reason);
	}
	learn(turn, response) {
		const { connections, policy } = this.#limits;
		const asked = readRetryAfter(response, policy.now());
		if (response.status !== 429 && (response.status < 500 || asked === void 0)) {
			if (response.status >= 500 || ++this.#successes < this.#limit * ROUNDS) return;
			this.#limit = Math.min(connections, this.#limit + 1);
			this.#successes = 0;
			return;
		}
		if (turn > this.#cut) {
			this.#limit = Math.max(1, Math.floor(this.#limit / 2));
			this.#cut = this.#turn;
		}
		this.#successes = 0;
		if (asked === void 0 || asked > policy.deadline) return;
		this.#opens = Math.max(this.#opens, policy.now() + Math.min(asked, policy.maxDelay));
	}
	#admit() {
		if (this.#isPaused || this.#waiters.length === 0) return;
		const delay = this.#opens - this.#limits.policy.now();
		if (delay > 0) return void this.#pause(delay);
		while (this.#active < this.#limit) {
			const waiter = this.#waiters.shift();
			if (waiter === void 0) return;
			this.#active++;
			waiter.enter(++this.#turn);
		}
	}
	async #pause(delay) {
		this.#isPaused = true;
		const { policy, signal } = this.#limits;
		const opens = this.#opens;
		try {
			await policy.sleep(delay, signal);
			if (this.#opens === opens) this.#opens = 0;
		} catch (reason) {
			this.refuse(reason);
		}
		this.#isPaused = false;
		this.#admit();
	}
};
// src/registry/transport/scheme.ts
/** https unless the host is this machine (http first) or was named insecure (http last). Asked once, without credentials. */
function createEndpointFinder(send, isInsecureHost) {
	const known = /* @__PURE__ */ new Map();
	return (registry) => {
		const found = known.get(registry) ?? askCandidates(send, listOrigins(registry, isInsecureHost(registry)));
		known.set(registry, found);
		const forget = () => known.delete(registry);
		found.then((endpoint) => isRetryableStatus(endpoint.status) ? forget() : void 0, forget);
		return found;
	};
}
/** The addresses to try for a registry, in order. Docker Hub's API is not at docker.io. */
function listOrigins(registry, isInsecure) {
	const host = registry === "docker.io" || registry === "index.docker.io" ? "registry-1.docker.io" : registry;
	const secure = new URL(`https://${host}/`);
	const plain = new URL(`http://${host}/`);
	if (isLoopbackHost(secure.hostname)) return [plain, secure];
	return isInsecure ? [secure, plain] : [secure];
}
async function askCandidates(send, origins) {
	const faults = [];
	for (const [index, origin] of origins.entries()) try {
		const endpoint = await askVersion$1(send, origin);
		if (endpoint !== void 0 || index === origins.length - 1) return endpoint ?? unknownEndpoint(origin);
	} catch (fault) {
		faults.push(fault);
	}
	throw faults.length === 1 ? faults[0] : new AggregateError(faults, faults.map(messageOf).join("; "));
}
/** Undefined when a server answers that speaks the other scheme: Go and nginx say 400 to http on a TLS port. */
async function askVersion$1(send, origin) {
	const response = await send({
		method: "GET",
		url: new URL("/v2/", origin),
		headers: {},
		redirects: "same-origin"
	});
	await discardBody(response);
	const { status } = response;
	if (origin.protocol === "http:") {
		if (status === 400) return void 0;
		if (headerOf(response, "location")?.startsWith("https:") === true) return void 0;
	}
	const challenges = parseChallenges(headersOf(response, "www-authenticate"));
	const isRegistry = status === 200 || status === 401 && challenges.length > 0;
	return {
		origin,
		challenges: status === 401 ? challenges : [],
		status,
		isRegistry
	};
}
function unknownEndpoint(origin) {
	return {
		origin,
		challenges: [],
		status: 400,
		isRegistry: false
	};
}
function messageOf(fault) {
	return fault instanceof Error ? fault.message : String(fault);
}
// src/registry/transport/warning.ts
const MAX_WARNINGS = 20;
/** Shows each warning of a registry once, and does nothing else with it; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#warnings */
function createWarningReporter(log) {
	const shown = /* @__PURE__ */ new Set();
	return (response) => {
		for (const text of headersOf(response, "warning").flatMap(parseWarnings)) {
			const line = `${response.url.host} says: ${text}`;
			if (shown.has(line) || shown.size >= MAX_WARNINGS) continue;
			shown.add(line);
			log.warning(line);
		}
	};
}
/** The texts of all `299 - "text"` in a Warning header; other codes are not for people. */
function parseWarnings(header) {
	return [...header.matchAll(/(?:^|,)\s*299 \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) => cleanText((match[1] ?? "").replace(/\\(.)/g, "$1"), 500));
}
// src/registry/transport/http.ts
/** Milliseconds: a longer wait is told, so that nobody takes it for a hang. */
const TELLING_DELAY = 5e3;
/** Composes the layers, outermost first: warnings, retry, endpoint, authorisation, redirects, limits per host, connections. */
function createTransport(options) {
	const retry = {
		...DEFAULT_RETRY,
		...options.retry
	};
	const { log } = options;
	const closing = new AbortController();
	const signal = AbortSignal.any([options.signal, closing.signal]);
	setMaxListeners(0, signal);
	const insecureHosts = new Set(options.insecureHosts.map((host) => host.toLowerCase()));
	const insecureOrigins = new Set([...insecureHosts].flatMap((host) => listOrigins(host, true).map((url) => url.origin)));
	const connections = createDispatcher({
		...options,
		signal,
		timeouts: {
			...DEFAULT_TIMEOUTS,
			...options.timeouts
		},
		isInsecure: (origin) => insecureOrigins.has(origin)
	});
	const limits = {
		connections: 8,
		policy: retry,
		signal
	};
	const send = withRedirects(withHostLimits(connections.send, limits));
	const findEndpoint = createEndpointFinder(send, (registry) => insecureHosts.has(registry));
	const authorizer = new Authorizer({
		...options,
		send: sendForToken,
		now: retry.now
	});
	const showWarnings = createWarningReporter(log);
	async function sendForToken(request) {
		const { host } = request.url;
		try {
			return await sendWithRetry(retry, signal, () => send(request), reportRetry(log, host));
		} catch (fault) {
			if (fault instanceof DomainError) throw fault;
			throw new RegistryError("UNAVAILABLE", `the token service at ${host} gave no answer`, {
				cause: fault,
				method: request.method,
				url: request.url,
				hint: explainSilence(fault, host)
			});
		}
	}
	/** Sends a request, and takes what is wanted of its answer, as one attempt. */
	async function exchange(request, take) {
		const { replay = true } = request;
		const policy = replay === false ? {
			...retry,
			attempts: 1
		} : {
			...retry,
			onlyWhenBusy: replay === "when-busy"
		};
		const registry = registryOf(request.repository);
		const attempt = async () => take(await sendAuthorized(send, authorizer, await findEndpoint(registry), request));
		try {
			const response = await sendWithRetry(policy, signal, attempt, reportRetry(log, registry));
			showWarnings(response);
			return response;
		} catch (fault) {
			throw wrapFault(request, fault, signal);
		}
	}
	return {
		retry,
		log,
		signal,
		send: (request) => exchange(request, async (response) => response),
		read: (request, limit) => exchange(request, (response) => readWhole(response, limit)),
		async findEndpoint(request) {
			try {
				return await findEndpoint(registryOf(request.repository));
			} catch (fault) {
				throw wrapFault(request, fault, signal);
			}
		},
		async close() {
			closing.abort(/* @__PURE__ */ new Error("the registry client was closed"));
			await connections.close();
		}
	};
}
/** Authorises what goes to the registry's own origin and nothing else; asks once more when the first try was not enough. */
async function sendAuthorized(send, authorizer, endpoint, request) {
	const { origin } = endpoint;
	const url = resolveAddress(origin, String(request.target), "Location");
	const { method, headers = {}, body, redirects, stores } = request;
	const wire = {
		method,
		url,
		registry: origin,
		headers,
		body,
		redirects,
		stores
	};
	if (url.origin !== origin.origin) return send(wire);
	const authorization = await authorizer.authorize(endpoint, request);
	const response = await send(withAuthorization(wire, authorization));
	if (response.status !== 401 && response.status !== 403 || response.url.origin !== origin.origin) return response;
	const renew = await authorizer.planRenewal(endpoint, request, response, authorization);
	if (renew === void 0) return response;
	await discardBody(response);
	return send(withAuthorization(wire, await renew()));
}
function withAuthorization(request, authorization) {
	if (authorization === void 0) return request;
	return {
		...request,
		headers: {
			...request.headers,
			authorization: authorization.header
		}
	};
}
function reportRetry(log, host) {
	return (reason, delay) => {
		const line = `${host}: ${reason}; again in ${(delay / 1e3).toFixed(1)} s`;
		if (delay >= TELLING_DELAY) log.info(line);
		else log.debug(line);
	};
}
// src/registry/client.ts
/** Talks to registries in one role: its tokens and connections are shared with no other role's. Every method throws RegistryError. */
var RegistryClient = class {
	/** What the verbs of this folder send through. */
	transport;
	constructor(options) {
		this.transport = createTransport(options);
	}
	/** What a reference means now, in one GET; the digest is that of the bytes, and a wrong Docker-Content-Digest fails. */
	resolve(reference) {
		return resolveReference(this.transport, reference);
	}
	/** What is behind a tag or digest; undefined only when the registry itself says it is not there, never for lack of access. */
	headManifest(repository, reference, access = "pull") {
		return headManifest(this.transport, repository, reference, access);
	}
	/** The manifest with this digest, verified. */
	getManifest(repository, digest) {
		return getManifest(this.transport, repository, digest);
	}
	/** Stores these bytes. `subject` is what OCI-Subject said: undefined means the registry has no referrers API for it. */
	putManifest(repository, reference, content, options) {
		return putManifest(this.transport, repository, reference, content, options);
	}
	/** True when the repository holds this blob, and with the size of the descriptor if one is given. */
	hasBlob(repository, blob, access = "pull") {
		return hasBlob(this.transport, repository, blob, access);
	}
	/** A blob as a stream that fails before its end when size or digest is wrong, and resumes where a connection broke. */
	openBlob(repository, descriptor) {
		return openBlob(this.transport, repository, descriptor);
	}
	/** A small blob, verified; TOO_LARGE when it declares more than `maxBytes`. */
	readBlob(repository, descriptor, maxBytes) {
		return readBlob(this.transport, repository, descriptor, maxBytes);
	}
	/** Sees to it that the repository holds a blob with the least effort: looks for it, has it mounted from `mountFrom` if that is in the same registry, uploads it. */
	pushBlob(repository, descriptor, open, options) {
		return pushBlob(this.transport, repository, descriptor, open, options);
	}
	/** Stores a blob; `open` is called again when the upload has to start over. */
	uploadBlob(repository, descriptor, open) {
		return uploadBlob(this.transport, repository, descriptor, open);
	}
	/** Asks the registry to take a blob over from another of its repositories; false means: upload it. */
	mountBlob(repository, digest, from) {
		return mountBlob(this.transport, repository, digest, from);
	}
	/** Throws unless we may push here, told by opening an upload and cancelling it. */
	probePush(repository) {
		return probePush(this.transport, repository);
	}
	/** Ends all connections; what is still under way fails as CANCELLED. */
	close() {
		return this.transport.close();
	}
};
// src/registry/credential-helper.ts
/** Asks a helper for one server; undefined when it has nothing for it, CREDENTIALS when it cannot say. https://github.com/docker/docker-credential-helpers#development */
async function askHelper({ exec, env, cwd, signal }, name, server) {
	if (!/^[A-Za-z0-9._-]+$/.test(name)) throw new RegistryError("CREDENTIALS", `${JSON.stringify(cleanText(name, 80))} cannot be the name of a credential helper`, { hint: "Correct credHelpers or credsStore in the Docker config." });
	const file = `docker-credential-${name}`;
	let result;
	try {
		result = await exec({
			file,
			args: ["get"],
			cwd,
			env,
			input: server
		}, signal);
	} catch (cause) {
		throw new RegistryError("CREDENTIALS", `${file} could not be run for ${server}: ${describeError(cause)}`, {
			cause,
			hint: `Install ${file}, or take it out of the Docker config.`
		});
	}
	if (result.code === 0) return parseAnswer(file, server, result.stdout);
	if (`${result.stdout}\n${result.stderr}`.toLowerCase().includes("credentials not found")) return void 0;
	const said = cleanText(result.stderr || result.stdout);
	throw new RegistryError("CREDENTIALS", `${file} ${result.code === null ? `was ended by ${result.signal}` : `ended with ${result.code}`} for ${server}${said === "" ? "" : `: ${said}`}`, { hint: `Run \`echo ${server} | ${file} get\` where this runs, and see why it fails.` });
}
/** The output holds the secret, so no error may quote it. */
function parseAnswer(file, server, output) {
	let json;
	try {
		json = JSON.parse(output);
	} catch {
		json = void 0;
	}
	const { Username: username, Secret: secret } = json ?? {};
	if (typeof username !== "string" || typeof secret !== "string") throw new RegistryError("CREDENTIALS", `${file} answered for ${server} with something that is no credential`);
	return secret === "" ? void 0 : {
		username,
		secret
	};
}
// src/registry/credential-key.ts
const DOCKER_HUB_HOSTS = [
	"docker.io",
	"index.docker.io",
	"registry-1.docker.io"
];
/** The names under which credentials for a repository may be kept, the most telling first: `host/a/b`, `host/a`, `host`. */
function credentialKeys(repository) {
	const segments = normalizeKey(repository).split("/");
	return segments.map((_, index) => segments.slice(0, segments.length - index).join("/"));
}
/** A key of a Docker config as `host[:port][/path]`: without scheme and API version, Docker Hub under one name. */
function normalizeKey(key) {
	const [host = "", ...path] = key.trim().replace(/^https?:\/\//i, "").replace(/(?<!\/)\/+$/, "").replace(/^([^/]+)\/v[12]$/i, "$1").split("/");
	const name = host.toLowerCase();
	return [DOCKER_HUB_HOSTS.includes(name) ? "docker.io" : name, ...path].join("/");
}
/** What a helper program knows a registry by; Docker Hub has an address of its own. */
function serverAddress(repository) {
	const host = normalizeKey(registryOf(repository));
	return host === "docker.io" ? "https://index.docker.io/v1/" : host;
}
// src/registry/docker-config.ts
/** Reads a Docker config file; undefined when there is none. Throws CREDENTIALS for one that cannot be read or understood. https://docs.docker.com/reference/cli/docker/login/ */
async function loadDockerConfig(path) {
	let text;
	try {
		text = await readFile(path, "utf8");
	} catch (cause) {
		const [code] = codesOf(cause);
		if (code === "ENOENT" || code === "ENOTDIR") return void 0;
		throw new RegistryError("CREDENTIALS", `the Docker config ${path} cannot be read`, { cause });
	}
	return parseDockerConfig(text, path);
}
/** Parses a Docker config; `path` is only for errors, which never quote the content. */
function parseDockerConfig(text, path) {
	const json = asObject$1(parseJson(text, path), "the file", path);
	const auths = /* @__PURE__ */ new Map();
	for (const [key, value] of Object.entries(asObject$1(json.auths ?? {}, "auths", path))) {
		const entry = parseEntry(asObject$1(value, `auths[${JSON.stringify(key)}]`, path), key, path);
		if (entry !== void 0) auths.set(normalizeKey(key), entry);
	}
	const credHelpers = /* @__PURE__ */ new Map();
	for (const [key, value] of Object.entries(asObject$1(json.credHelpers ?? {}, "credHelpers", path))) credHelpers.set(normalizeKey(key), asString(value, `credHelpers[${JSON.stringify(key)}]`, path));
	return {
		auths,
		credHelpers,
		credsStore: asString(json.credsStore, "credsStore", path) || void 0
	};
}
/** Undefined for the empty entries that `docker login` leaves beside a credential store. */
function parseEntry(json, key, path) {
	const where = `auths[${JSON.stringify(key)}]`;
	const identityToken = asString(json.identitytoken, `${where}.identitytoken`, path);
	const auth = asString(json.auth, `${where}.auth`, path);
	if (auth === "") {
		const username = asString(json.username, `${where}.username`, path);
		const password = asString(json.password, `${where}.password`, path);
		return username === "" && password === "" && identityToken === "" ? void 0 : {
			username,
			password,
			identityToken
		};
	}
	const pair = Buffer.from(auth, "base64").toString("utf8").replace(/\0+$/, "");
	const colon = pair.indexOf(":");
	if (colon < 1) fail$2(path, `${where}.auth is not base64 of user:password`);
	return {
		username: pair.slice(0, colon),
		password: pair.slice(colon + 1),
		identityToken
	};
}
function parseJson(text, path) {
	if (text.trim() === "") return {};
	try {
		return JSON.parse(text);
	} catch {
		return fail$2(path, "it is not JSON");
	}
}
function asObject$1(value, where, path) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	return fail$2(path, `${where} is not an object`);
}
function asString(value, where, path) {
	if (value === void 0 || value === null) return "";
	return typeof value === "string" ? value : fail$2(path, `${where} is not a string`);
}
function fail$2(path, what) {
	throw new RegistryError("CREDENTIALS", `the Docker config ${path} is broken: ${what}`, { hint: "Log in again, or correct the file." });
}
// src/registry/credentials.ts
const ANONYMOUS = { kind: "anonymous" };
const TOKEN_USER = "<token>";
/** Nobody, everywhere. */
const anonymousCredentials = { resolve: async () => ANONYMOUS };
/** Credentials by `host[:port]`, or by `host/path` for a part of a registry; `otherwise` is asked for every other one. */
function explicitCredentials(hosts, otherwise = anonymousCredentials) {
	const known = new Map([...hosts].map(([key, credential]) => [normalizeKey(key), credential]));
	return { resolve: async (repository) => {
		const key = credentialKeys(repository).find((candidate) => known.has(candidate));
		return (key === void 0 ? void 0 : known.get(key)) ?? otherwise.resolve(repository);
	} };
}
/** What `docker login` left. The most telling key wins; for one key a helper goes before the store, the store before the file. */
function dockerConfigCredentials(options) {
	let configs;
	return { async resolve(repository) {
		configs ??= Promise.all(options.paths.map(loadDockerConfig));
		for (const config of await configs) {
			const credential = config === void 0 ? void 0 : await findCredential(config, options, repository);
			if (credential !== void 0) return credential;
		}
		return ANONYMOUS;
	} };
}
async function findCredential({ auths, credHelpers, credsStore }, helper, repository) {
	const keys = credentialKeys(repository);
	for (const key of keys) {
		const isHost = key === keys.at(-1);
		const named = credHelpers.get(key);
		if (named !== void 0) return askFor(helper, named, isHost ? serverAddress(repository) : key);
		const stored = isHost && credsStore !== void 0 ? await askFor(helper, credsStore, serverAddress(repository)) : void 0;
		if (stored !== void 0) return stored;
		const entry = auths.get(key);
		if (entry !== void 0) return fromEntry(entry);
	}
}
async function askFor(helper, name, server) {
	const answer = await askHelper(helper, name, server);
	return answer && fromPair(answer.username, answer.secret);
}
function fromEntry({ username, password, identityToken }) {
	if (identityToken === "") return fromPair(username, password);
	return username === "" || username === TOKEN_USER ? {
		kind: "identity-token",
		token: identityToken
	} : {
		kind: "identity-token",
		token: identityToken,
		username
	};
}
function fromPair(username, password) {
	return username === TOKEN_USER ? {
		kind: "identity-token",
		token: password
	} : {
		kind: "basic",
		username,
		password
	};
}
// src/host/machine/identity.ts
/** Who runs this, as the runner says it; https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
function readRunIdentity(env) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = env;
	const attempt = Number.parseInt(env.GITHUB_RUN_ATTEMPT ?? "", 10);
	const runAttempt = Number.isNaN(attempt) ? void 0 : attempt;
	const runUrl = server && repository && runId ? `${server}/${repository}/actions/runs/${runId}/attempts/${runAttempt ?? 1}` : void 0;
	return {
		...given("actor", env.GITHUB_ACTOR),
		...given("workflow", env.GITHUB_WORKFLOW_REF ?? env.GITHUB_WORKFLOW),
		...given("repository", repository),
		...given("runId", runId),
		...given("runUrl", runUrl),
		...runAttempt === void 0 ? {} : { runAttempt }
	};
}
/** Where `docker login` and its kin leave credentials, the most specific first. */
function dockerConfigPaths(env) {
	return [env.REGISTRY_AUTH_FILE, join(env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker"), "config.json")].filter((path) => path !== void 0 && path !== "");
}
/** Proxy and certificate settings, for the one child that may use the network: cosign with a transparency log. */
function networkEnv(env) {
	return Object.fromEntries([
		"HTTPS_PROXY",
		"HTTP_PROXY",
		"NO_PROXY",
		"https_proxy",
		"http_proxy",
		"no_proxy",
		"SSL_CERT_FILE",
		"SSL_CERT_DIR"
	].flatMap((name) => env[name] ? [[name, env[name]]] : []));
}
/** What cosign has to trust where the policy or `NODE_EXTRA_CA_CERTS` names authorities of its own, in PEM: those, the system's and Node's. Undefined where there are none to add. */
function readCertificates(env, ca) {
	if (ca === void 0 && !env.NODE_EXTRA_CA_CERTS) return void 0;
	const known = [...getCACertificates("system"), ...getCACertificates("default")].map((pem) => pem.trim());
	return `${[.../* @__PURE__ */ new Set([...known, ...ca === void 0 ? [] : [ca.trim()]])].join("\n")}\n`;
}
function given(key, value) {
	return value ? { [key]: value } : {};
}
// src/host/machine/clients.ts
/** Opens the clients of an action; explicit logins come before what `docker login` left. */
function openClients(needs, context) {
	const { env, exec, log, signal, cut = signal, proxy } = context;
	const dockerConfig = dockerConfigCredentials({
		paths: dockerConfigPaths(env),
		exec,
		env: helperEnv(env, needs.keyVariables),
		cwd: tmpdir(),
		signal
	});
	const open = ({ logins, writes }) => new RegistryClient({
		credentials: logins.size === 0 ? dockerConfig : explicitCredentials(toCredentials(logins), dockerConfig),
		insecureHosts: needs.insecureHosts,
		...needs.ca === void 0 ? {} : { ca: needs.ca },
		proxy,
		userAgent: "promote-image",
		log,
		signal: writes === true ? cut : signal,
		mask: (secret) => log.mask(secret)
	});
	const opened = Object.entries(needs.clients).map(([role, need]) => [role, open(need)]);
	return {
		clients: Object.fromEntries(opened),
		close: async () => {
			await Promise.all(opened.map(([, client]) => client.close()));
		}
	};
}
function toCredentials(logins) {
	return new Map([...logins].map(([host, login]) => [host, {
		kind: "basic",
		...login
	}]));
}
/** A credential helper may need its cloud's variables, but none of ours. */
function helperEnv(env, keyVariables) {
	const isOurs = (name) => keyVariables.includes(name) || /^(INPUT_|PROMOTE_IMAGE_|COSIGN_|ACTIONS_|GITHUB_TOKEN$|SIGSTORE_ID_TOKEN$)/.test(name);
	return Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== void 0 && !isOurs(entry[0])));
}
// src/host/machine/error.ts
/** The runner or GitHub did not give what a run needs. */
var HostError = class extends DomainError {};
// src/host/machine/exec.ts
const MAX_OUTPUT_BYTES = 67108864;
const KILL_AFTER_MS = 5e3;
/** What a process needs to start at all, on whatever system: wrapper scripts find their interpreter by it. */
const START_VARIABLES = [
	"PATH",
	"SystemRoot",
	"PATHEXT"
];
/**
* Runs a tool without a shell, with the environment that is listed and a PATH, and stops it when the run is cancelled:
* SIGTERM, then SIGKILL. `@actions/exec` cannot stop a child, which is why it is not used for tools.
*/
const runCommand = (command, signal) => new Promise((resolve, reject) => {
	const child = spawn(command.file, command.args, {
		cwd: command.cwd,
		env: {
			...startEnvironment(),
			...command.env
		},
		stdio: [
			"pipe",
			"pipe",
			"pipe"
		],
		windowsHide: true,
		detached: process.platform !== "win32"
	});
	const stdout = collect(child.stdout);
	const stderr = collect(child.stderr);
	let killTimer;
	const stop = () => {
		killGroup(child, "SIGTERM");
		killTimer = setTimeout(() => {
			killGroup(child, "SIGKILL");
			for (const stream of [child.stdout, child.stderr]) stream.destroy();
		}, KILL_AFTER_MS);
	};
	if (signal.aborted) stop();
	signal.addEventListener("abort", stop, { once: true });
	const settle = () => {
		clearTimeout(killTimer);
		signal.removeEventListener("abort", stop);
		if (signal.aborted) killGroup(child, "SIGKILL");
	};
	child.on("error", (cause) => {
		settle();
		reject(new HostError("EXEC_FAILED", `${command.file} could not be started: ${cause.message}`, {
			cause,
			hint: "Check that the file exists, may be executed, and was built for this machine."
		}));
	});
	child.on("close", (code, endedBy) => {
		settle();
		resolve({
			code,
			signal: endedBy,
			stdout: stdout(),
			stderr: stderr()
		});
	});
	child.stdin.on("error", () => void 0);
	child.stdin.end(command.input ?? "");
});
/** Keeps the last 64 MiB of a stream. */
function collect(stream) {
	const chunks = [];
	let size = 0;
	stream.on("data", (chunk) => {
		chunks.push(chunk);
		size += chunk.length;
		while (size > MAX_OUTPUT_BYTES && chunks.length > 1) size -= chunks.shift()?.length ?? 0;
	});
	return () => Buffer.concat(chunks).toString("utf8");
}
function startEnvironment() {
	return Object.fromEntries(START_VARIABLES.flatMap((name) => process.env[name] ? [[name, process.env[name]]] : []));
}
function killGroup(child, signal) {
	try {
		if (child.pid !== void 0 && process.platform !== "win32") process.kill(-child.pid, signal);
		else child.kill(signal);
	} catch {}
}
// src/inputs/event.ts
/** True for every event that a pull request raises, its reviews and comments included: what it brings was reviewed by nobody. */
function isPullRequest(event) {
	return event.startsWith("pull_request");
}
// src/tool/checksum.ts
/** The SHA-256 of a file's bytes, in lower-case hex. */
async function hashFile(file, signal) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, ...signal ? [{ signal }] : []);
	return hash.digest("hex");
}
// src/tool/error.ts
/** A tool that could not be had in a form this project is willing to run. */
var ToolError = class extends DomainError {};
// src/tool/known-tools.ts
const TOOLS = {
	trivy: {
		pinned: "0.74.0",
		releases: "https://github.com/aquasecurity/trivy/releases/download",
		askVersion: ["--version"],
		targets: {
			"linux/x64": trivy("Linux-64bit", "2ae6fe3ee734b7fdf11335663e18c75ea12dccc76062f09f164a3b0f8be4371a"),
			"linux/arm64": trivy("Linux-ARM64", "b94ce1976bbf3c15b514b605ee88be7c6d94a29be2302847ff01cb794d47aad5"),
			"darwin/arm64": trivy("macOS-ARM64", "1caada5e0e2091909357c7525d3aa76f4b660b13821bc143b190c7483e31cc11"),
			"darwin/x64": trivy("macOS-64bit", "472816f6888dda689d075c30254d4210b4d1035acf365aa72332f584c2f60485"),
			"win32/x64": {
				file: (version) => `trivy_${version}_windows-64bit.zip`,
				kind: "zip",
				executable: "trivy.exe",
				sha256: { "0.74.0": "94c40e0696e4b907a74b7b2e1438d5d72ebaca83115817407f568a002d520842" }
			}
		}
	},
	cosign: {
		pinned: "3.1.3",
		releases: "https://github.com/sigstore/cosign/releases/download",
		askVersion: ["version"],
		targets: {
			"linux/x64": cosign("linux-amd64", "4629c757b7618056f8ddd7e2625ae9fdd94c0372a65049520bc7d9df9efc7f71"),
			"linux/arm64": cosign("linux-arm64", "c5d324e091826b0d7a78eb16fef316450b4eb9aaec045611c08ba06f5e73220a"),
			"darwin/arm64": cosign("darwin-arm64", "5cf948c2f4dfe59687bdd0b8523709067383e03982cc543475c8a7dc70e92a76"),
			"darwin/x64": cosign("darwin-amd64", "2347488e5d5b25336644024dfeca5601b190e91197a71a917bda44744aff106c"),
			"win32/x64": cosign("windows-amd64.exe", "9fe59be0eca1271873ce019061335eb1ac419b7059202e797828467ddabe33be")
		}
	}
};
/** The version that runs when nobody asks for another. */
function pinnedVersion(name) {
	return TOOLS[name].pinned;
}
/** The versions whose checksums are compiled into this release, newest first. */
function knownVersions(name) {
	const versions = Object.values(TOOLS[name].targets).flatMap((target) => Object.keys(target.sha256));
	return [...new Set(versions)].sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
}
/** The platforms a tool has releases for, as `platform/arch` in the names of Node.js. */
function knownPlatforms(name) {
	return Object.keys(TOOLS[name].targets);
}
/** The arguments that make a tool print its version and do nothing else. */
function versionArguments(name) {
	return TOOLS[name].askVersion;
}
/** The release file of a version for a platform (`process.platform`, `process.arch`); undefined where there is none. */
function findReleaseFile(name, version, platform, arch) {
	const { releases, targets } = TOOLS[name];
	const key = `${platform}/${arch}`;
	const target = Object.hasOwn(targets, key) ? targets[key] : void 0;
	if (target === void 0) return void 0;
	const { kind, executable } = target;
	const file = target.file(version);
	const sha256 = Object.hasOwn(target.sha256, version) ? target.sha256[version] : void 0;
	return {
		file,
		url: `${releases}/v${version}/${file}`,
		kind,
		executable,
		...sha256 === void 0 ? {} : { sha256 }
	};
}
function trivy(suffix, sha256) {
	return {
		file: (version) => `trivy_${version}_${suffix}.tar.gz`,
		kind: "tar.gz",
		executable: "trivy",
		sha256: { "0.74.0": sha256 }
	};
}
function cosign(suffix, sha256) {
	return {
		file: () => `cosign-${suffix}`,
		kind: "binary",
		executable: suffix.endsWith(".exe") ? "cosign.exe" : "cosign",
		sha256: { "3.1.3": sha256 }
	};
}
// src/tool/given-path.ts
const VERSION_TIMEOUT_MS = 3e4;
/**
* Looks at the executable at `path` (`~/` means `home`) and asks it for its version, in `directory` and with an
* environment that holds nothing of the user's. Throws NOT_EXECUTABLE when it is not a file that can be run.
*/
async function inspectGivenPath(name, given, context) {
	const path = resolve(expandHome(given, context.home));
	await assertExecutable(name, path);
	return {
		path,
		sha256: await hashFile(path, context.signal).catch((cause) => {
			context.signal.throwIfAborted();
			throw notExecutable(name, path, "cannot be read, and the record needs its checksum", cause);
		}),
		version: await askVersion(name, path, context)
	};
}
/** A path with a leading `~` as the shell would read it. */
function expandHome(path, home) {
	return /^~(?=[/\\]|$)/.test(path) ? join(home, path.slice(1)) : path;
}
async function assertExecutable(name, path) {
	if (!(await stat(path).catch((cause) => {
		throw notExecutable(name, path, "does not exist or cannot be looked at", cause);
	})).isFile()) throw notExecutable(name, path, "is not a file");
	await access(path, constants.X_OK).catch((cause) => {
		throw notExecutable(name, path, "is not executable", cause);
	});
}
async function askVersion(name, path, context) {
	const { directory, signal } = context;
	const command = {
		file: path,
		args: versionArguments(name),
		cwd: directory,
		env: { HOME: directory }
	};
	const limit = AbortSignal.any([signal, AbortSignal.timeout(VERSION_TIMEOUT_MS)]);
	const result = await context.exec(command, limit).catch((cause) => {
		signal.throwIfAborted();
		throw notExecutable(name, path, "could not be started", cause);
	});
	signal.throwIfAborted();
	const said = /^[ \t]*(?:Git)?Version:\s*v?([0-9]+\.[0-9]+\.[0-9]+[0-9A-Za-z.+-]{0,64})[ \t\r]*$/m.exec(result.stdout)?.[1];
	return result.code === 0 && said !== void 0 ? said : "unknown";
}
function notExecutable(name, path, why, cause) {
	return new ToolError("NOT_EXECUTABLE", `${name}: ${path} ${why}`, {
		...cause === void 0 ? {} : { cause },
		hint: `Give the input ${name} the path of an executable for this machine, or leave it empty for the pinned version.`
	});
}
// src/host/machine/files.ts
/** Reads the workspace; on a pull request, policies and what they name come from the base commit, which the pull request cannot have edited. */
function createFileReader({ workspace, event, home, readBaseCommit }) {
	const readText = async (path) => {
		try {
			return await readFile(resolve(workspace, path), "utf8");
		} catch (error) {
			const { code, message } = error;
			if (code === "ENOENT" || code === "ENOTDIR") return void 0;
			throw new HostError("FILE_UNREADABLE", `${path} is there and cannot be read: ${message}`, { cause: error });
		}
	};
	const readReviewed = async (path) => {
		const text = await readText(path);
		if (text !== void 0) await refuseWayOut(workspace, path);
		return text;
	};
	const isExecutable = (path) => isExecutableFile(resolve(workspace, expandHome(path, home)));
	if (!isPullRequest(event)) return {
		readText,
		readPolicy: readReviewed,
		isExecutable
	};
	return {
		readText,
		isExecutable,
		readPolicy: (path) => readBaseCommit(isAbsolute(path) ? relative(workspace, path) : path)
	};
}
/** A link in a checkout may not lead out of it: nobody reviewed what is there. A path that names another place itself is the workflow's own word. */
async function refuseWayOut(workspace, path) {
	const isInside = (folder, file) => file.startsWith(join(folder, sep));
	const file = resolve(workspace, path);
	if (!isInside(resolve(workspace), file) || isInside(await realpath(workspace), await realpath(file))) return;
	throw new HostError("FILE_UNREADABLE", `${path} is a link that leads out of the workspace`);
}
async function isExecutableFile(path) {
	try {
		await access(path, constants$1.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}
// src/host/machine/proxy.ts
/** Proxies as the usual variables name them, lower case first; an address without a scheme is one of http, as for curl and Go. Throws UsageError for what is no address, without quoting it. */
function readProxy(env) {
	const problems = [];
	const pick = (name) => env[name.toLowerCase()] || env[name] || void 0;
	const pickAddress = (name) => {
		const text = pick(name)?.trim();
		if (text === void 0 || text === "") return void 0;
		const address = text.includes("://") ? text : `http://${text}`;
		if (isProxyAddress(address)) return address;
		problems.push({
			where: `variable ${name}`,
			message: "is not the address of a proxy.",
			fix: "Write http://host:port or https://host:port; a login goes before the host as user:password@, percent-encoded."
		});
	};
	const httpProxy = pickAddress("HTTP_PROXY");
	const httpsProxy = pickAddress("HTTPS_PROXY");
	const noProxy = pick("NO_PROXY");
	if (problems.length > 0) throw new UsageError(problems);
	return {
		...httpProxy === void 0 ? {} : { httpProxy },
		...httpsProxy === void 0 ? {} : { httpsProxy },
		...noProxy === void 0 ? {} : { noProxy }
	};
}
/** Masks the logins of the proxies, which an address without a scheme does not show to who looks for URLs. */
function maskProxyLogins({ httpProxy, httpsProxy }, log) {
	for (const address of [httpProxy, httpsProxy]) {
		if (address === void 0) continue;
		const { username, password } = new URL(address);
		const secret = decodeURIComponent(password);
		if (secret === "") continue;
		log.mask(password);
		log.mask(secret);
		log.mask(Buffer.from(`${decodeURIComponent(username)}:${secret}`).toString("base64"));
	}
}
/** False too for an address with a path: it is what a password with a slash in it makes of one. */
function isProxyAddress(text) {
	const url = URL.parse(text);
	if (url === null || !/^(?:https?|socks5):$/.test(url.protocol)) return false;
	if (url.hostname === "" || !/^\/?$/.test(url.pathname + url.search + url.hash)) return false;
	try {
		decodeURIComponent(url.username + url.password);
		return true;
	} catch {
		return false;
	}
}
// src/signer/kms.ts
/** What the client of each KMS reads from the environment: names, or beginnings of them (`NAME_*`); https://docs.sigstore.dev/cosign/key_management/overview/ */
const KMS_VARIABLES = {
	awskms: ["AWS_*"],
	gcpkms: [
		"GOOGLE_*",
		"CLOUDSDK_*",
		"GCE_METADATA_*"
	],
	azurekms: [
		"AZURE_*",
		"IDENTITY_ENDPOINT",
		"IDENTITY_HEADER",
		"MSI_ENDPOINT",
		"MSI_SECRET",
		"IMDS_ENDPOINT"
	],
	hashivault: [
		"VAULT_*",
		"BAO_*",
		"TRANSIT_SECRET_ENGINE_PATH"
	],
	k8s: [
		"KUBECONFIG",
		"KUBERNETES_SERVICE_HOST",
		"KUBERNETES_SERVICE_PORT"
	]
};
/** True for a key URI of a KMS that cosign knows. */
function isKmsUri$1(text) {
	return schemeOf(text) !== void 0;
}
/** The URI schemes of the KMSs that cosign knows, such as `awskms`. */
function listKmsSchemes() {
	return Object.keys(KMS_VARIABLES);
}
/** Picks from an environment what the KMS of this key URI needs, and nothing else; nothing at all for what is no KMS URI. The home directory is not passed on: a login kept there must be named by a variable. */
function selectKmsEnv(uri, env) {
	const wanted = KMS_VARIABLES[schemeOf(uri) ?? ""] ?? [];
	const isWanted = (name) => wanted.some((pattern) => pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern);
	return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => value !== void 0 && isWanted(name) ? [[name, value]] : []));
}
function schemeOf(text) {
	return listKmsSchemes().find((scheme) => text.startsWith(`${scheme}://`) && text.length > scheme.length + 3);
}
// src/host/machine/secrets.ts
/** What a variable is called that holds a secret: the runner masks what came from its secrets, but not what a step before this one made. */
const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSPHRASE|PRIVATE_KEY|ACCOUNT_KEY|API_KEY|ACCESS_KEY(?:_ID)?)$/i;
/** Shorter values of such variables are more often words, such as `true`, than secrets. */
const MIN_GUESSED = 8;
/** Masks what is known to be secret before anything is read or refused: the inputs and variables that hold secrets. */
function maskInputs(raw, env, log) {
	for (const role of ["source", "target"]) {
		const [username, password] = [raw[`${role}-username`]?.trim(), raw[`${role}-password`]?.replace(/\r?\n$/, "")];
		if (username && password) maskLogin({
			username,
			password
		}, log);
	}
	const key = raw["cosign-key"]?.trim() ?? "";
	const variable = /^env:\/\/(\w+)$/.exec(key)?.[1];
	const texts = /^\s*[{[]/.test(raw.images ?? "") ? {
		...raw,
		images: ""
	} : raw;
	const secrets = [
		raw["source-password"],
		raw["target-password"],
		raw["github-token"],
		env.COSIGN_PASSWORD,
		env.SIGSTORE_ID_TOKEN,
		variable === void 0 ? void 0 : env[variable],
		key.includes("-----BEGIN") ? key : void 0,
		...Object.values(raw).filter((text) => text.includes("PRIVATE KEY-----")),
		...listPasswords(raw["registry-auth"] ?? ""),
		...[
			raw.source,
			raw.target,
			texts.images
		].flatMap((text) => listUserInfo(text ?? "")),
		...Object.values(texts).flatMap(listUrlUserInfo),
		...Object.values(env).flatMap((value) => listUrlUserInfo(value ?? "")),
		...Object.entries(env).flatMap(([name, value]) => value !== void 0 && value.length >= MIN_GUESSED && SECRET_NAME.test(name) ? [value] : [])
	];
	for (const secret of secrets) if (secret) log.mask(secret);
}
/** The passwords of a list that may not even be YAML: it is refused then, and what refuses it must not show them. */
function listPasswords(text) {
	return [...text.matchAll(/password["']?[ \t]*:[ \t]*(\S.*?)(?=[\s"']password["']?[ \t]*:|$)/gim)].flatMap(([, value = ""]) => {
		const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/.exec(value);
		return quoted === null ? [value.trim(), value.replace(/\s*[,}].*$/, "")] : [quoted[1] ?? quoted[2] ?? ""];
	});
}
/** The password in `user:password@registry/repo`, which is refused; the port or tag before a digest is none, however that is written. */
function listUserInfo(text) {
	return text.split(/\s+/).flatMap((word) => /^[^:/@]+:(?!\/\/)(.+)@(?!sha\d+:|\w+:[a-f0-9]{32,}$)[^@]+$/i.exec(word)?.[1] ?? []);
}
/** The password of each URL in a text, as it stands there and decoded, also in the form in which Basic authentication sends it; a port before a path is none. */
function listUrlUserInfo(text) {
	return text.split(/\s+/).map((word) => word.slice(0, word.lastIndexOf("@") + 1)).flatMap((word) => [...word.matchAll(/:\/\/([^\s:/@]*):(?!\d+\/)(\S*)@/g)]).flatMap(([, user = "", password = ""]) => {
		const secret = decode$1(password);
		return [
			password,
			secret,
			Buffer.from(`${decode$1(user)}:${secret}`).toString("base64")
		];
	});
}
function decode$1(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
/** Masks every login of the request, also in the form in which Basic authentication sends it. */
function maskLogins({ clients }, log) {
	for (const { logins } of Object.values(clients)) for (const login of logins.values()) maskLogin(login, log);
}
function maskLogin({ username, password }, log) {
	log.mask(Buffer.from(`${username}:${password}`).toString("base64"));
	log.mask(password);
}
/** The variables that cosign needs for its key: given to cosign, to nobody else. */
function readKeyEnv({ keyVariables }, env) {
	return Object.fromEntries(keyVariables.flatMap((name) => env[name] === void 0 ? [] : [[name, env[name]]]));
}
/** The variables that the KMS of each key reads, and no other: a cloud's credentials reach cosign only where its KMS is named. */
function readKmsEnv({ keyUris }, env) {
	return Object.assign({}, ...keyUris.map((uri) => selectKmsEnv(uri, env)));
}
// src/tool/download.ts
const MAX_REDIRECTS = 8;
const REDIRECTS = [
	301,
	302,
	303,
	307,
	308
];
/**
* Downloads `url` into `file`, unauthenticated: https only, also after redirects (http among loopback addresses, for
* mirrors in tests). Throws DOWNLOAD_FAILED and leaves no file behind. What comes is unchecked: compare its checksum.
*/
async function downloadTo(url, file, options) {
	const timeout = AbortSignal.timeout(options.timeoutMs);
	const signal = AbortSignal.any([options.signal, timeout]);
	for (let attempt = 1;; attempt++) try {
		return await downloadOnce(url, file, {
			...options,
			signal
		});
	} catch (error) {
		await rm(file, { force: true });
		options.signal.throwIfAborted();
		if (timeout.aborted) throw failed(`${url} was not downloaded within ${options.timeoutMs / 1e3} s`, error);
		if (error instanceof ToolError) throw error;
		if (attempt >= (options.attempts ?? 3)) throw failed(`${url} could not be downloaded`, error);
		await setTimeout$1((options.retryDelayMs ?? 1e3) * 2 ** (attempt - 1), void 0, { signal }).catch(() => void 0);
	}
}
async function downloadOnce(url, file, options) {
	const maxBytes = options.maxBytes ?? 1024 ** 3;
	const body = await open$2(url, options);
	let received = 0;
	const limit = new Transform({ transform(chunk, _encoding, done) {
		received += chunk.length;
		if (received > maxBytes) done(failed(`${url} is larger than ${maxBytes} bytes`));
		else done(null, chunk);
	} });
	await pipeline(body, limit, createWriteStream(file, { mode: 384 }), { signal: options.signal });
}
async function open$2(url, { dispatcher, signal }) {
	let current = parseAllowed(url, void 0);
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		const response = await (0, import_undici.request)(current, {
			signal,
			...dispatcher === void 0 ? {} : { dispatcher }
		});
		if (response.statusCode === 200) return response.body;
		await response.body.dump();
		const { location } = response.headers;
		if (!REDIRECTS.includes(response.statusCode) || typeof location !== "string") throw statusError(current, response.statusCode);
		current = parseAllowed(location, current);
	}
	throw failed(`${url} redirects more than ${MAX_REDIRECTS} times`);
}
/** What another try may mend is a plain Error, the rest is final. */
function statusError(url, status) {
	const message = `${url.href} answered ${status}`;
	return status >= 500 || status === 408 || status === 429 ? new Error(message) : failed(message);
}
function parseAllowed(location, from) {
	if (!URL.canParse(location, from?.href)) throw failed(`${JSON.stringify(location)} is not a URL`);
	const url = new URL(location, from?.href);
	const isLocal = isLoopback(url) && (from === void 0 || isLoopback(from));
	if (url.protocol === "https:" || url.protocol === "http:" && isLocal) return url;
	throw failed(`${from === void 0 ? "" : `${from.href} redirects to `}${url.href}, which is not https`);
}
function isLoopback({ hostname }) {
	return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.[0-9]{1,3}){3}$/.test(hostname);
}
function failed(message, cause) {
	return new ToolError("DOWNLOAD_FAILED", message, cause === void 0 ? {} : { cause });
}
// src/tool/cached-archive.ts
const MAX_ARCHIVE_BYTES = 1024 ** 3;
/**
* Copies a release file out of the shared tool cache to `archive`, and only then hashes it, so that nobody can swap it
* between check and use. False, with a warning, when it is not what it should be: the cache helps, it never decides.
*/
async function takeCachedArchive({ name, version }, sha256, archive, { cache, log, signal }) {
	try {
		const cached = await cache.find(name, version);
		if (cached === void 0) return false;
		const { size, isRegular } = await stat(cached).then((found) => ({
			size: found.size,
			isRegular: found.isFile()
		}));
		if (!isRegular || size > MAX_ARCHIVE_BYTES) throw new Error("it is not a file of a sensible size");
		await copyFile(cached, archive);
		const found = await hashFile(archive, signal);
		if (found === sha256) return true;
		throw new Error(`its SHA-256 is ${found}, not ${sha256}`);
	} catch (error) {
		signal.throwIfAborted();
		await rm(archive, { force: true });
		const why = error instanceof Error ? error.message : String(error);
		log.warning(`The tool cache's copy of ${name} ${version} is not used: ${why}.`);
		return false;
	}
}
// node_modules/tar/dist/esm/index.min.js
var zr = Object.defineProperty;
var Ur = (s, t) => {
	for (var e in t) zr(s, e, {
		get: t[e],
		enumerable: !0
	});
};
var Ds = typeof process == "object" && process ? process : {
	stdout: null,
	stderr: null
};
var Wr = (s) => !!s && typeof s == "object" && (s instanceof A || s instanceof Cs || Gr(s) || Zr(s));
var Gr = (s) => !!s && typeof s == "object" && s instanceof EventEmitter && typeof s.pipe == "function" && s.pipe !== Cs.Writable.prototype.pipe;
var Zr = (s) => !!s && typeof s == "object" && s instanceof EventEmitter && typeof s.write == "function" && typeof s.end == "function";
var Q = Symbol("EOF");
var J = Symbol("maybeEmitEnd");
var nt = Symbol("emittedEnd");
var De = Symbol("emittingEnd");
var qt = Symbol("emittedError");
var Ne = Symbol("closed");
var Ns = Symbol("read");
var Ae = Symbol("flush");
var As = Symbol("flushChunk");
var z = Symbol("encoding");
var Mt = Symbol("decoder");
var g = Symbol("flowing");
var Qt = Symbol("paused");
var Bt = Symbol("resume");
var b = Symbol("buffer");
var N = Symbol("pipes");
var _ = Symbol("bufferLength");
var bi = Symbol("bufferPush");
var Ie = Symbol("bufferShift");
var L = Symbol("objectMode");
var S = Symbol("destroyed");
var _i = Symbol("error");
var Oi = Symbol("emitData");
var Is = Symbol("emitEnd");
var Ti = Symbol("emitEnd2");
var Z = Symbol("async");
var xi = Symbol("abort");
var Ce = Symbol("aborted");
var Jt = Symbol("signal");
var Rt = Symbol("dataListeners");
var C = Symbol("discarded");
var jt = (s) => Promise.resolve().then(s);
var Yr = (s) => s();
var Kr = (s) => s === "end" || s === "finish" || s === "prefinish";
var Vr = (s) => s instanceof ArrayBuffer || !!s && typeof s == "object" && s.constructor && s.constructor.name === "ArrayBuffer" && s.byteLength >= 0;
var $r = (s) => !Buffer.isBuffer(s) && ArrayBuffer.isView(s);
var Fe = class {
	src;
	dest;
	opts;
	ondrain;
	constructor(t, e, i) {
		this.src = t, this.dest = e, this.opts = i, this.ondrain = () => t[Bt](), this.dest.on("drain", this.ondrain);
	}
	unpipe() {
		this.dest.removeListener("drain", this.ondrain);
	}
	proxyErrors(t) {}
	end() {
		this.unpipe(), this.opts.end && this.dest.end();
	}
};
var Li = class extends Fe {
	unpipe() {
		this.src.removeListener("error", this.proxyErrors), super.unpipe();
	}
	constructor(t, e, i) {
		super(t, e, i), this.proxyErrors = (r) => this.dest.emit("error", r), t.on("error", this.proxyErrors);
	}
};
var Xr = (s) => !!s.objectMode;
var qr = (s) => !s.objectMode && !!s.encoding && s.encoding !== "buffer";
var A = class extends EventEmitter {
	[g] = !1;
	[Qt] = !1;
	[N] = [];
	[b] = [];
	[L];
	[z];
	[Z];
	[Mt];
	[Q] = !1;
	[nt] = !1;
	[De] = !1;
	[Ne] = !1;
	[qt] = null;
	[_] = 0;
	[S] = !1;
	[Jt];
	[Ce] = !1;
	[Rt] = 0;
	[C] = !1;
	writable = !0;
	readable = !0;
	constructor(...t) {
		let e = t[0] || {};
		if (super(), e.objectMode && typeof e.encoding == "string") throw new TypeError("Encoding and objectMode may not be used together");
		Xr(e) ? (this[L] = !0, this[z] = null) : qr(e) ? (this[z] = e.encoding, this[L] = !1) : (this[L] = !1, this[z] = null), this[Z] = !!e.async, this[Mt] = this[z] ? new StringDecoder(this[z]) : null, e && e.debugExposeBuffer === !0 && Object.defineProperty(this, "buffer", { get: () => this[b] }), e && e.debugExposePipes === !0 && Object.defineProperty(this, "pipes", { get: () => this[N] });
		let { signal: i } = e;
		i && (this[Jt] = i, i.aborted ? this[xi]() : i.addEventListener("abort", () => this[xi]()));
	}
	get bufferLength() {
		return this[_];
	}
	get encoding() {
		return this[z];
	}
	set encoding(t) {
		throw new Error("Encoding must be set at instantiation time");
	}
	setEncoding(t) {
		throw new Error("Encoding must be set at instantiation time");
	}
	get objectMode() {
		return this[L];
	}
	set objectMode(t) {
		throw new Error("objectMode must be set at instantiation time");
	}
	get async() {
		return this[Z];
	}
	set async(t) {
		this[Z] = this[Z] || !!t;
	}
	[xi]() {
		this[Ce] = !0, this.emit("abort", this[Jt]?.reason), this.destroy(this[Jt]?.reason);
	}
	get aborted() {
		return this[Ce];
	}
	set aborted(t) {}
	write(t, e, i) {
		if (this[Ce]) return !1;
		if (this[Q]) throw new Error("write after end");
		if (this[S]) return this.emit("error", Object.assign(/* @__PURE__ */ new Error("Cannot call write after a stream was destroyed"), { code: "ERR_STREAM_DESTROYED" })), !0;
		typeof e == "function" && (i = e, e = "utf8"), e || (e = "utf8");
		let r = this[Z] ? jt : Yr;
		if (!this[L] && !Buffer.isBuffer(t)) {
			if ($r(t)) t = Buffer.from(t.buffer, t.byteOffset, t.byteLength);
			else if (Vr(t)) t = Buffer.from(t);
			else if (typeof t != "string") throw new Error("Non-contiguous data written to non-objectMode stream");
		}
		return this[L] ? (this[g] && this[_] !== 0 && this[Ae](!0), this[g] ? this.emit("data", t) : this[bi](t), this[_] !== 0 && this.emit("readable"), i && r(i), this[g]) : t.length ? (typeof t == "string" && (e !== this[z] || this[Mt]?.lastNeed) && (t = Buffer.from(t, e)), Buffer.isBuffer(t) && this[z] && (t = this[Mt].write(t)), this[g] && this[_] !== 0 && this[Ae](!0), this[g] ? this.emit("data", t) : this[bi](t), this[_] !== 0 && this.emit("readable"), i && r(i), this[g]) : (this[_] !== 0 && this.emit("readable"), i && r(i), this[g]);
	}
	read(t) {
		if (this[S]) return null;
		if (this[C] = !1, this[_] === 0 || t === 0 || t && t > this[_]) return this[J](), null;
		this[L] && (t = null), this[b].length > 1 && !this[L] && (this[b] = [this[z] ? this[b].join("") : Buffer.concat(this[b], this[_])]);
		let e = this[Ns](t || null, this[b][0]);
		return this[J](), e;
	}
	[Ns](t, e) {
		if (this[L]) this[Ie]();
		else {
			let i = e;
			t === i.length || t === null ? this[Ie]() : typeof i == "string" ? (this[b][0] = i.slice(t), e = i.slice(0, t), this[_] -= t) : (this[b][0] = i.subarray(t), e = i.subarray(0, t), this[_] -= t);
		}
		return this.emit("data", e), !this[b].length && !this[Q] && this.emit("drain"), e;
	}
	end(t, e, i) {
		return typeof t == "function" && (i = t, t = void 0), typeof e == "function" && (i = e, e = "utf8"), t !== void 0 && this.write(t, e), i && this.once("end", i), this[Q] = !0, this.writable = !1, (this[g] || !this[Qt]) && this[J](), this;
	}
	[Bt]() {
		this[S] || (!this[Rt] && !this[N].length && (this[C] = !0), this[Qt] = !1, this[g] = !0, this.emit("resume"), this[b].length ? this[Ae]() : this[Q] ? this[J]() : this.emit("drain"));
	}
	resume() {
		return this[Bt]();
	}
	pause() {
		this[g] = !1, this[Qt] = !0, this[C] = !1;
	}
	get destroyed() {
		return this[S];
	}
	get flowing() {
		return this[g];
	}
	get paused() {
		return this[Qt];
	}
	[bi](t) {
		this[L] ? this[_] += 1 : this[_] += t.length, this[b].push(t);
	}
	[Ie]() {
		return this[L] ? this[_] -= 1 : this[_] -= this[b][0].length, this[b].shift();
	}
	[Ae](t = !1) {
		do;
		while (this[As](this[Ie]()) && this[b].length);
		!t && !this[b].length && !this[Q] && this.emit("drain");
	}
	[As](t) {
		return this.emit("data", t), this[g];
	}
	pipe(t, e) {
		if (this[S]) return t;
		this[C] = !1;
		let i = this[nt];
		return e = e || {}, t === Ds.stdout || t === Ds.stderr ? e.end = !1 : e.end = e.end !== !1, e.proxyErrors = !!e.proxyErrors, i ? e.end && t.end() : (this[N].push(e.proxyErrors ? new Li(this, t, e) : new Fe(this, t, e)), this[Z] ? jt(() => this[Bt]()) : this[Bt]()), t;
	}
	unpipe(t) {
		let e = this[N].find((i) => i.dest === t);
		e && (this[N].length === 1 ? (this[g] && this[Rt] === 0 && (this[g] = !1), this[N] = []) : this[N].splice(this[N].indexOf(e), 1), e.unpipe());
	}
	addListener(t, e) {
		return this.on(t, e);
	}
	on(t, e) {
		let i = super.on(t, e);
		if (t === "data") this[C] = !1, this[Rt]++, !this[N].length && !this[g] && this[Bt]();
		else if (t === "readable" && this[_] !== 0) super.emit("readable");
		else if (Kr(t) && this[nt]) super.emit(t), this.removeAllListeners(t);
		else if (t === "error" && this[qt]) {
			let r = e;
			this[Z] ? jt(() => r.call(this, this[qt])) : r.call(this, this[qt]);
		}
		return i;
	}
	removeListener(t, e) {
		return this.off(t, e);
	}
	off(t, e) {
		let i = super.off(t, e);
		return t === "data" && (this[Rt] = this.listeners("data").length, this[Rt] === 0 && !this[C] && !this[N].length && (this[g] = !1)), i;
	}
	removeAllListeners(t) {
		let e = super.removeAllListeners(t);
		return (t === "data" || t === void 0) && (this[Rt] = 0, !this[C] && !this[N].length && (this[g] = !1)), e;
	}
	get emittedEnd() {
		return this[nt];
	}
	[J]() {
		!this[De] && !this[nt] && !this[S] && this[b].length === 0 && this[Q] && (this[De] = !0, this.emit("end"), this.emit("prefinish"), this.emit("finish"), this[Ne] && this.emit("close"), this[De] = !1);
	}
	emit(t, ...e) {
		let i = e[0];
		if (t !== "error" && t !== "close" && t !== S && this[S]) return !1;
		if (t === "data") return !this[L] && !i ? !1 : this[Z] ? (jt(() => this[Oi](i)), !0) : this[Oi](i);
		if (t === "end") return this[Is]();
		if (t === "close") {
			if (this[Ne] = !0, !this[nt] && !this[S]) return !1;
			let n = super.emit("close");
			return this.removeAllListeners("close"), n;
		} else if (t === "error") {
			this[qt] = i, super.emit(_i, i);
			let n = !this[Jt] || this.listeners("error").length ? super.emit("error", i) : !1;
			return this[J](), n;
		} else if (t === "resume") {
			let n = super.emit("resume");
			return this[J](), n;
		} else if (t === "finish" || t === "prefinish") {
			let n = super.emit(t);
			return this.removeAllListeners(t), n;
		}
		let r = super.emit(t, ...e);
		return this[J](), r;
	}
	[Oi](t) {
		for (let i of this[N]) i.dest.write(t) === !1 && this.pause();
		let e = this[C] ? !1 : super.emit("data", t);
		return this[J](), e;
	}
	[Is]() {
		return this[nt] ? !1 : (this[nt] = !0, this.readable = !1, this[Z] ? (jt(() => this[Ti]()), !0) : this[Ti]());
	}
	[Ti]() {
		if (this[Mt]) {
			let e = this[Mt].end();
			if (e) {
				for (let i of this[N]) i.dest.write(e);
				this[C] || super.emit("data", e);
			}
		}
		for (let e of this[N]) e.end();
		let t = super.emit("end");
		return this.removeAllListeners("end"), t;
	}
	async collect() {
		let t = Object.assign([], { dataLength: 0 });
		this[L] || (t.dataLength = 0);
		let e = this.promise();
		return this.on("data", (i) => {
			t.push(i), this[L] || (t.dataLength += i.length);
		}), await e, t;
	}
	async concat() {
		if (this[L]) throw new Error("cannot concat in objectMode");
		let t = await this.collect();
		return this[z] ? t.join("") : Buffer.concat(t, t.dataLength);
	}
	async promise() {
		return new Promise((t, e) => {
			this.on(S, () => e(/* @__PURE__ */ new Error("stream destroyed"))), this.on("error", (i) => e(i)), this.on("end", () => t());
		});
	}
	[Symbol.asyncIterator]() {
		this[C] = !1;
		let t = !1, e = async () => (this.pause(), t = !0, {
			value: void 0,
			done: !0
		});
		return {
			next: () => {
				if (t) return e();
				let r = this.read();
				if (r !== null) return Promise.resolve({
					done: !1,
					value: r
				});
				if (this[Q]) return e();
				let n, o, h = (d) => {
					this.off("data", a), this.off("end", l), this.off(S, c), e(), o(d);
				}, a = (d) => {
					this.off("error", h), this.off("end", l), this.off(S, c), this.pause(), n({
						value: d,
						done: !!this[Q]
					});
				}, l = () => {
					this.off("error", h), this.off("data", a), this.off(S, c), e(), n({
						done: !0,
						value: void 0
					});
				}, c = () => h(/* @__PURE__ */ new Error("stream destroyed"));
				return new Promise((d, y) => {
					o = y, n = d, this.once(S, c), this.once("error", h), this.once("end", l), this.once("data", a);
				});
			},
			throw: e,
			return: e,
			[Symbol.asyncIterator]() {
				return this;
			},
			[Symbol.asyncDispose]: async () => {}
		};
	}
	[Symbol.iterator]() {
		this[C] = !1;
		let t = !1, e = () => (this.pause(), this.off(_i, e), this.off(S, e), this.off("end", e), t = !0, {
			done: !0,
			value: void 0
		}), i = () => {
			if (t) return e();
			let r = this.read();
			return r === null ? e() : {
				done: !1,
				value: r
			};
		};
		return this.once("end", e), this.once(_i, e), this.once(S, e), {
			next: i,
			throw: e,
			return: e,
			[Symbol.iterator]() {
				return this;
			},
			[Symbol.dispose]: () => {}
		};
	}
	destroy(t) {
		if (this[S]) return t ? this.emit("error", t) : this.emit(S), this;
		this[S] = !0, this[C] = !0, this[b].length = 0, this[_] = 0;
		let e = this;
		return typeof e.close == "function" && !this[Ne] && e.close(), t ? this.emit("error", t) : this.emit(S), this;
	}
	static get isStream() {
		return Wr;
	}
};
var Jr = I.writev;
var ht = Symbol("_autoClose");
var H = Symbol("_close");
var te = Symbol("_ended");
var m = Symbol("_fd");
var Ni = Symbol("_finished");
var tt = Symbol("_flags");
var Ai = Symbol("_flush");
var ki = Symbol("_handleChunk");
var vi = Symbol("_makeBuf");
var ie = Symbol("_mode");
var ke = Symbol("_needDrain");
var Ut = Symbol("_onerror");
var Ht = Symbol("_onopen");
var Ii = Symbol("_onread");
var Pt = Symbol("_onwrite");
var at = Symbol("_open");
var U = Symbol("_path");
var ot = Symbol("_pos");
var Y = Symbol("_queue");
var zt = Symbol("_read");
var Ci = Symbol("_readSize");
var j = Symbol("_reading");
var ee = Symbol("_remain");
var Fi = Symbol("_size");
var ve = Symbol("_write");
var gt = Symbol("_writing");
var Me = Symbol("_defaultFlag");
var bt = Symbol("_errored");
var _t = class extends A {
	[bt] = !1;
	[m];
	[U];
	[Ci];
	[j] = !1;
	[Fi];
	[ee];
	[ht];
	constructor(t, e) {
		if (e = e || {}, super(e), this.readable = !0, this.writable = !1, typeof t != "string") throw new TypeError("path must be a string");
		this[bt] = !1, this[m] = typeof e.fd == "number" ? e.fd : void 0, this[U] = t, this[Ci] = e.readSize || 16777216, this[j] = !1, this[Fi] = typeof e.size == "number" ? e.size : 1 / 0, this[ee] = this[Fi], this[ht] = typeof e.autoClose == "boolean" ? e.autoClose : !0, typeof this[m] == "number" ? this[zt]() : this[at]();
	}
	get fd() {
		return this[m];
	}
	get path() {
		return this[U];
	}
	write() {
		throw new TypeError("this is a readable stream");
	}
	end() {
		throw new TypeError("this is a readable stream");
	}
	[at]() {
		I.open(this[U], "r", (t, e) => this[Ht](t, e));
	}
	[Ht](t, e) {
		t ? this[Ut](t) : (this[m] = e, this.emit("open", e), this[zt]());
	}
	[vi]() {
		return Buffer.allocUnsafe(Math.min(this[Ci], this[ee]));
	}
	[zt]() {
		if (!this[j]) {
			this[j] = !0;
			let t = this[vi]();
			if (t.length === 0) return process.nextTick(() => this[Ii](null, 0, t));
			I.read(this[m], t, 0, t.length, null, (e, i, r) => this[Ii](e, i, r));
		}
	}
	[Ii](t, e, i) {
		this[j] = !1, t ? this[Ut](t) : this[ki](e, i) && this[zt]();
	}
	[H]() {
		if (this[ht] && typeof this[m] == "number") {
			let t = this[m];
			this[m] = void 0, I.close(t, (e) => e ? this.emit("error", e) : this.emit("close"));
		}
	}
	[Ut](t) {
		this[j] = !0, this[H](), this.emit("error", t);
	}
	[ki](t, e) {
		let i = !1;
		return this[ee] -= t, t > 0 && (i = super.write(t < e.length ? e.subarray(0, t) : e)), (t === 0 || this[ee] <= 0) && (i = !1, this[H](), super.end()), i;
	}
	emit(t, ...e) {
		switch (t) {
			case "prefinish":
			case "finish": return !1;
			case "drain": return typeof this[m] == "number" && this[zt](), !1;
			case "error": return this[bt] ? !1 : (this[bt] = !0, super.emit(t, ...e));
			default: return super.emit(t, ...e);
		}
	}
};
var Be = class extends _t {
	[at]() {
		let t = !0;
		try {
			this[Ht](null, I.openSync(this[U], "r")), t = !1;
		} finally {
			t && this[H]();
		}
	}
	[zt]() {
		let t = !0;
		try {
			if (!this[j]) {
				this[j] = !0;
				do {
					let e = this[vi](), i = e.length === 0 ? 0 : I.readSync(this[m], e, 0, e.length, null);
					if (!this[ki](i, e)) break;
				} while (!0);
				this[j] = !1;
			}
			t = !1;
		} finally {
			t && this[H]();
		}
	}
	[H]() {
		if (this[ht] && typeof this[m] == "number") {
			let t = this[m];
			this[m] = void 0, I.closeSync(t), this.emit("close");
		}
	}
};
var et = class extends Qr {
	readable = !1;
	writable = !0;
	[bt] = !1;
	[gt] = !1;
	[te] = !1;
	[Y] = [];
	[ke] = !1;
	[U];
	[ie];
	[ht];
	[m];
	[Me];
	[tt];
	[Ni] = !1;
	[ot];
	constructor(t, e) {
		e = e || {}, super(e), this[U] = t, this[m] = typeof e.fd == "number" ? e.fd : void 0, this[ie] = e.mode === void 0 ? 438 : e.mode, this[ot] = typeof e.start == "number" ? e.start : void 0, this[ht] = typeof e.autoClose == "boolean" ? e.autoClose : !0;
		let i = this[ot] !== void 0 ? "r+" : "w";
		this[Me] = e.flags === void 0, this[tt] = e.flags === void 0 ? i : e.flags, this[m] === void 0 && this[at]();
	}
	emit(t, ...e) {
		if (t === "error") {
			if (this[bt]) return !1;
			this[bt] = !0;
		}
		return super.emit(t, ...e);
	}
	get fd() {
		return this[m];
	}
	get path() {
		return this[U];
	}
	[Ut](t) {
		this[H](), this[gt] = !0, this.emit("error", t);
	}
	[at]() {
		I.open(this[U], this[tt], this[ie], (t, e) => this[Ht](t, e));
	}
	[Ht](t, e) {
		this[Me] && this[tt] === "r+" && t && t.code === "ENOENT" ? (this[tt] = "w", this[at]()) : t ? this[Ut](t) : (this[m] = e, this.emit("open", e), this[gt] || this[Ai]());
	}
	end(t, e) {
		return t && this.write(t, e), this[te] = !0, !this[gt] && !this[Y].length && typeof this[m] == "number" && this[Pt](null, 0), this;
	}
	write(t, e) {
		return typeof t == "string" && (t = Buffer.from(t, e)), this[te] ? (this.emit("error", /* @__PURE__ */ new Error("write() after end()")), !1) : this[m] === void 0 || this[gt] || this[Y].length ? (this[Y].push(t), this[ke] = !0, !1) : (this[gt] = !0, this[ve](t), !0);
	}
	[ve](t) {
		I.write(this[m], t, 0, t.length, this[ot], (e, i) => this[Pt](e, i));
	}
	[Pt](t, e) {
		t ? this[Ut](t) : (this[ot] !== void 0 && typeof e == "number" && (this[ot] += e), this[Y].length ? this[Ai]() : (this[gt] = !1, this[te] && !this[Ni] ? (this[Ni] = !0, this[H](), this.emit("finish")) : this[ke] && (this[ke] = !1, this.emit("drain"))));
	}
	[Ai]() {
		if (this[Y].length === 0) this[te] && this[Pt](null, 0);
		else if (this[Y].length === 1) this[ve](this[Y].pop());
		else {
			let t = this[Y];
			this[Y] = [], Jr(this[m], t, this[ot], (e, i) => this[Pt](e, i));
		}
	}
	[H]() {
		if (this[ht] && typeof this[m] == "number") {
			let t = this[m];
			this[m] = void 0, I.close(t, (e) => e ? this.emit("error", e) : this.emit("close"));
		}
	}
};
var Wt = class extends et {
	[at]() {
		let t;
		if (this[Me] && this[tt] === "r+") try {
			t = I.openSync(this[U], this[tt], this[ie]);
		} catch (e) {
			if (e?.code === "ENOENT") return this[tt] = "w", this[at]();
			throw e;
		}
		else t = I.openSync(this[U], this[tt], this[ie]);
		this[Ht](null, t);
	}
	[H]() {
		if (this[ht] && typeof this[m] == "number") {
			let t = this[m];
			this[m] = void 0, I.closeSync(t), this.emit("close");
		}
	}
	[ve](t) {
		let e = !0;
		try {
			this[Pt](null, I.writeSync(this[m], t, 0, t.length, this[ot])), e = !1;
		} finally {
			if (e) try {
				this[H]();
			} catch {}
		}
	}
};
var jr = /* @__PURE__ */ new Map([
	["C", "cwd"],
	["f", "file"],
	["z", "gzip"],
	["P", "preservePaths"],
	["U", "unlink"],
	["strip-components", "strip"],
	["stripComponents", "strip"],
	["keep-newer", "newer"],
	["keepNewer", "newer"],
	["keep-newer-files", "newer"],
	["keepNewerFiles", "newer"],
	["k", "keep"],
	["keep-existing", "keep"],
	["keepExisting", "keep"],
	["m", "noMtime"],
	["no-mtime", "noMtime"],
	["p", "preserveOwner"],
	["L", "follow"],
	["h", "follow"],
	["onentry", "onReadEntry"]
]);
var Fs = (s) => !!s.sync && !!s.file;
var ks = (s) => !s.sync && !!s.file;
var vs = (s) => !!s.sync && !s.file;
var Ms = (s) => !s.sync && !s.file;
var Bs = (s) => !!s.file;
var tn = (s) => {
	return jr.get(s) || s;
};
var se = (s = {}) => {
	if (!s) return {};
	let t = {};
	for (let [e, i] of Object.entries(s)) {
		let r = tn(e);
		t[r] = i;
	}
	return t.chmod === void 0 && t.noChmod === !1 && (t.chmod = !0), delete t.noChmod, t;
};
var K = (s, t, e, i, r) => Object.assign((n = [], o, h) => {
	Array.isArray(n) && (o = n, n = {}), typeof o == "function" && (h = o, o = void 0), o = o ? Array.from(o) : [];
	let a = se(n);
	if (r?.(a, o), Fs(a)) {
		if (typeof h == "function") throw new TypeError("callback not supported for sync tar functions");
		return s(a, o);
	} else if (ks(a)) {
		let l = t(a, o);
		return h ? l.then(() => h(), h) : l;
	} else if (vs(a)) {
		if (typeof h == "function") throw new TypeError("callback not supported for sync tar functions");
		return e(a, o);
	} else if (Ms(a)) {
		if (typeof h == "function") throw new TypeError("callback only supported with file option");
		return i(a, o);
	}
	throw new Error("impossible options??");
}, {
	syncFile: s,
	asyncFile: t,
	syncNoFile: e,
	asyncNoFile: i,
	validate: r
});
var sn = en.constants || { ZLIB_VERNUM: 4736 };
var M = Object.freeze(Object.assign(Object.create(null), {
	Z_NO_FLUSH: 0,
	Z_PARTIAL_FLUSH: 1,
	Z_SYNC_FLUSH: 2,
	Z_FULL_FLUSH: 3,
	Z_FINISH: 4,
	Z_BLOCK: 5,
	Z_OK: 0,
	Z_STREAM_END: 1,
	Z_NEED_DICT: 2,
	Z_ERRNO: -1,
	Z_STREAM_ERROR: -2,
	Z_DATA_ERROR: -3,
	Z_MEM_ERROR: -4,
	Z_BUF_ERROR: -5,
	Z_VERSION_ERROR: -6,
	Z_NO_COMPRESSION: 0,
	Z_BEST_SPEED: 1,
	Z_BEST_COMPRESSION: 9,
	Z_DEFAULT_COMPRESSION: -1,
	Z_FILTERED: 1,
	Z_HUFFMAN_ONLY: 2,
	Z_RLE: 3,
	Z_FIXED: 4,
	Z_DEFAULT_STRATEGY: 0,
	DEFLATE: 1,
	INFLATE: 2,
	GZIP: 3,
	GUNZIP: 4,
	DEFLATERAW: 5,
	INFLATERAW: 6,
	UNZIP: 7,
	BROTLI_DECODE: 8,
	BROTLI_ENCODE: 9,
	Z_MIN_WINDOWBITS: 8,
	Z_MAX_WINDOWBITS: 15,
	Z_DEFAULT_WINDOWBITS: 15,
	Z_MIN_CHUNK: 64,
	Z_MAX_CHUNK: 1 / 0,
	Z_DEFAULT_CHUNK: 16384,
	Z_MIN_MEMLEVEL: 1,
	Z_MAX_MEMLEVEL: 9,
	Z_DEFAULT_MEMLEVEL: 8,
	Z_MIN_LEVEL: -1,
	Z_MAX_LEVEL: 9,
	Z_DEFAULT_LEVEL: -1,
	BROTLI_OPERATION_PROCESS: 0,
	BROTLI_OPERATION_FLUSH: 1,
	BROTLI_OPERATION_FINISH: 2,
	BROTLI_OPERATION_EMIT_METADATA: 3,
	BROTLI_MODE_GENERIC: 0,
	BROTLI_MODE_TEXT: 1,
	BROTLI_MODE_FONT: 2,
	BROTLI_DEFAULT_MODE: 0,
	BROTLI_MIN_QUALITY: 0,
	BROTLI_MAX_QUALITY: 11,
	BROTLI_DEFAULT_QUALITY: 11,
	BROTLI_MIN_WINDOW_BITS: 10,
	BROTLI_MAX_WINDOW_BITS: 24,
	BROTLI_LARGE_MAX_WINDOW_BITS: 30,
	BROTLI_DEFAULT_WINDOW: 22,
	BROTLI_MIN_INPUT_BLOCK_BITS: 16,
	BROTLI_MAX_INPUT_BLOCK_BITS: 24,
	BROTLI_PARAM_MODE: 0,
	BROTLI_PARAM_QUALITY: 1,
	BROTLI_PARAM_LGWIN: 2,
	BROTLI_PARAM_LGBLOCK: 3,
	BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING: 4,
	BROTLI_PARAM_SIZE_HINT: 5,
	BROTLI_PARAM_LARGE_WINDOW: 6,
	BROTLI_PARAM_NPOSTFIX: 7,
	BROTLI_PARAM_NDIRECT: 8,
	BROTLI_DECODER_RESULT_ERROR: 0,
	BROTLI_DECODER_RESULT_SUCCESS: 1,
	BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT: 2,
	BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT: 3,
	BROTLI_DECODER_PARAM_DISABLE_RING_BUFFER_REALLOCATION: 0,
	BROTLI_DECODER_PARAM_LARGE_WINDOW: 1,
	BROTLI_DECODER_NO_ERROR: 0,
	BROTLI_DECODER_SUCCESS: 1,
	BROTLI_DECODER_NEEDS_MORE_INPUT: 2,
	BROTLI_DECODER_NEEDS_MORE_OUTPUT: 3,
	BROTLI_DECODER_ERROR_FORMAT_EXUBERANT_NIBBLE: -1,
	BROTLI_DECODER_ERROR_FORMAT_RESERVED: -2,
	BROTLI_DECODER_ERROR_FORMAT_EXUBERANT_META_NIBBLE: -3,
	BROTLI_DECODER_ERROR_FORMAT_SIMPLE_HUFFMAN_ALPHABET: -4,
	BROTLI_DECODER_ERROR_FORMAT_SIMPLE_HUFFMAN_SAME: -5,
	BROTLI_DECODER_ERROR_FORMAT_CL_SPACE: -6,
	BROTLI_DECODER_ERROR_FORMAT_HUFFMAN_SPACE: -7,
	BROTLI_DECODER_ERROR_FORMAT_CONTEXT_MAP_REPEAT: -8,
	BROTLI_DECODER_ERROR_FORMAT_BLOCK_LENGTH_1: -9,
	BROTLI_DECODER_ERROR_FORMAT_BLOCK_LENGTH_2: -10,
	BROTLI_DECODER_ERROR_FORMAT_TRANSFORM: -11,
	BROTLI_DECODER_ERROR_FORMAT_DICTIONARY: -12,
	BROTLI_DECODER_ERROR_FORMAT_WINDOW_BITS: -13,
	BROTLI_DECODER_ERROR_FORMAT_PADDING_1: -14,
	BROTLI_DECODER_ERROR_FORMAT_PADDING_2: -15,
	BROTLI_DECODER_ERROR_FORMAT_DISTANCE: -16,
	BROTLI_DECODER_ERROR_DICTIONARY_NOT_SET: -19,
	BROTLI_DECODER_ERROR_INVALID_ARGUMENTS: -20,
	BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES: -21,
	BROTLI_DECODER_ERROR_ALLOC_TREE_GROUPS: -22,
	BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MAP: -25,
	BROTLI_DECODER_ERROR_ALLOC_RING_BUFFER_1: -26,
	BROTLI_DECODER_ERROR_ALLOC_RING_BUFFER_2: -27,
	BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES: -30,
	BROTLI_DECODER_ERROR_UNREACHABLE: -31
}, sn));
var rn = Buffer$1.concat;
var zs = Object.getOwnPropertyDescriptor(Buffer$1, "concat");
var nn = (s) => s;
var Bi = zs?.writable === !0 || zs?.set !== void 0 ? (s) => {
	Buffer$1.concat = s ? nn : rn;
} : (s) => {};
var Tt = Symbol("_superWrite");
var Gt = class extends Error {
	code;
	errno;
	constructor(t, e) {
		super("zlib: " + t.message, { cause: t }), this.code = t.code, this.errno = t.errno, this.code || (this.code = "ZLIB_ERROR"), this.message = "zlib: " + t.message, Error.captureStackTrace(this, e ?? this.constructor);
	}
	get name() {
		return "ZlibError";
	}
};
var Pi = Symbol("flushFlag");
var re = class extends A {
	#t = !1;
	#i = !1;
	#s;
	#n;
	#r;
	#e;
	#o;
	get sawError() {
		return this.#t;
	}
	get handle() {
		return this.#e;
	}
	get flushFlag() {
		return this.#s;
	}
	constructor(t, e) {
		if (!t || typeof t != "object") throw new TypeError("invalid options for ZlibBase constructor");
		if (super(t), this.#s = t.flush ?? 0, this.#n = t.finishFlush ?? 0, this.#r = t.fullFlushFlag ?? 0, typeof Ps[e] != "function") throw new TypeError("Compression method not supported: " + e);
		try {
			this.#e = new Ps[e](t);
		} catch (i) {
			throw new Gt(i, this.constructor);
		}
		this.#o = (i) => {
			this.#t || (this.#t = !0, this.close(), this.emit("error", i));
		}, this.#e?.on("error", (i) => this.#o(new Gt(i))), this.once("end", () => this.close);
	}
	close() {
		this.#e && (this.#e.close(), this.#e = void 0, this.emit("close"));
	}
	reset() {
		if (!this.#t) return zi(this.#e, "zlib binding closed"), this.#e.reset?.();
	}
	flush(t) {
		this.ended || (typeof t != "number" && (t = this.#r), this.write(Object.assign(Buffer$1.alloc(0), { [Pi]: t })));
	}
	end(t, e, i) {
		return typeof t == "function" && (i = t, e = void 0, t = void 0), typeof e == "function" && (i = e, e = void 0), t && (e ? this.write(t, e) : this.write(t)), this.flush(this.#n), this.#i = !0, super.end(i);
	}
	get ended() {
		return this.#i;
	}
	[Tt](t) {
		return super.write(t);
	}
	write(t, e, i) {
		if (typeof e == "function" && (i = e, e = "utf8"), typeof t == "string" && (t = Buffer$1.from(t, e)), this.#t) return;
		zi(this.#e, "zlib binding closed");
		let r = this.#e._handle, n = r.close;
		r.close = () => {};
		let o = this.#e.close;
		this.#e.close = () => {}, Bi(!0);
		let h;
		try {
			let l = typeof t[Pi] == "number" ? t[Pi] : this.#s;
			h = this.#e._processChunk(t, l), Bi(!1);
		} catch (l) {
			Bi(!1), this.#o(new Gt(l, this.write));
		} finally {
			this.#e && (this.#e._handle = r, r.close = n, this.#e.close = o, this.#e.removeAllListeners("error"));
		}
		this.#e && this.#e.on("error", (l) => this.#o(new Gt(l, this.write)));
		let a;
		if (h) if (Array.isArray(h) && h.length > 0) {
			let l = h[0];
			a = this[Tt](Buffer$1.from(l));
			for (let c = 1; c < h.length; c++) a = this[Tt](h[c]);
		} else a = this[Tt](Buffer$1.from(h));
		return i && i(), a;
	}
};
var Pe = class extends re {
	#t;
	#i;
	constructor(t, e) {
		t = t || {}, t.flush = t.flush || M.Z_NO_FLUSH, t.finishFlush = t.finishFlush || M.Z_FINISH, t.fullFlushFlag = M.Z_FULL_FLUSH, super(t, e), this.#t = t.level, this.#i = t.strategy;
	}
	params(t, e) {
		if (!this.sawError) {
			if (!this.handle) throw new Error("cannot switch params when binding is closed");
			if (!this.handle.params) throw new Error("not supported in this implementation");
			if (this.#t !== t || this.#i !== e) {
				this.flush(M.Z_SYNC_FLUSH), zi(this.handle, "zlib binding closed");
				let i = this.handle.flush;
				this.handle.flush = (r, n) => {
					typeof r == "function" && (n = r, r = this.flushFlag), this.flush(r), n?.();
				};
				try {
					this.handle.params(t, e);
				} finally {
					this.handle.flush = i;
				}
				this.handle && (this.#t = t, this.#i = e);
			}
		}
	}
};
var ze = class extends Pe {
	#t;
	constructor(t) {
		super(t, "Gzip"), this.#t = t && !!t.portable;
	}
	[Tt](t) {
		return this.#t ? (this.#t = !1, t[9] = 255, super[Tt](t)) : super[Tt](t);
	}
};
var Ue = class extends Pe {
	constructor(t) {
		super(t, "Unzip");
	}
};
var He = class extends re {
	constructor(t, e) {
		t = t || {}, t.flush = t.flush || M.BROTLI_OPERATION_PROCESS, t.finishFlush = t.finishFlush || M.BROTLI_OPERATION_FINISH, t.fullFlushFlag = M.BROTLI_OPERATION_FLUSH, super(t, e);
	}
};
var We = class extends He {
	constructor(t) {
		super(t, "BrotliCompress");
	}
};
var Ge = class extends He {
	constructor(t) {
		super(t, "BrotliDecompress");
	}
};
var Ze = class extends re {
	constructor(t, e) {
		t = t || {}, t.flush = t.flush || M.ZSTD_e_continue, t.finishFlush = t.finishFlush || M.ZSTD_e_end, t.fullFlushFlag = M.ZSTD_e_flush, super(t, e);
	}
};
var Ye = class extends Ze {
	constructor(t) {
		super(t, "ZstdCompress");
	}
};
var Ke = class extends Ze {
	constructor(t) {
		super(t, "ZstdDecompress");
	}
};
var Us = (s, t) => {
	if (Number.isSafeInteger(s)) s < 0 ? an(s, t) : hn(s, t);
	else throw Error("cannot encode number outside of javascript safe integer range");
	return t;
};
var hn = (s, t) => {
	t[0] = 128;
	for (var e = t.length; e > 1; e--) t[e - 1] = s & 255, s = Math.floor(s / 256);
};
var an = (s, t) => {
	t[0] = 255;
	var e = !1;
	s = s * -1;
	for (var i = t.length; i > 1; i--) {
		var r = s & 255;
		s = Math.floor(s / 256), e ? t[i - 1] = Ws(r) : r === 0 ? t[i - 1] = 0 : (e = !0, t[i - 1] = Gs(r));
	}
};
var Hs = (s) => {
	let t = s[0], e = t === 128 ? cn(s.subarray(1, s.length)) : t === 255 ? ln(s) : null;
	if (e === null) throw Error("invalid base256 encoding");
	if (!Number.isSafeInteger(e)) throw Error("parsed number outside of javascript safe integer range");
	return e;
};
var ln = (s) => {
	for (var t = s.length, e = 0, i = !1, r = t - 1; r > -1; r--) {
		var n = Number(s[r]), o;
		i ? o = Ws(n) : n === 0 ? o = n : (i = !0, o = Gs(n)), o !== 0 && (e -= o * Math.pow(256, t - r - 1));
	}
	return e;
};
var cn = (s) => {
	for (var t = s.length, e = 0, i = t - 1; i > -1; i--) {
		var r = Number(s[i]);
		r !== 0 && (e += r * Math.pow(256, t - i - 1));
	}
	return e;
};
var Ws = (s) => (255 ^ s) & 255;
var Gs = (s) => (255 ^ s) + 1 & 255;
Ur({}, {
	code: () => Ve,
	isCode: () => ne,
	isName: () => dn,
	name: () => oe,
	normalFsTypes: () => Ui
});
var ne = (s) => oe.has(s);
var dn = (s) => Ve.has(s);
var Ui = /* @__PURE__ */ new Set([
	"0",
	"",
	"1",
	"2",
	"3",
	"4",
	"5",
	"6",
	"7",
	"D"
]);
var oe = /* @__PURE__ */ new Map([
	["0", "File"],
	["", "OldFile"],
	["1", "Link"],
	["2", "SymbolicLink"],
	["3", "CharacterDevice"],
	["4", "BlockDevice"],
	["5", "Directory"],
	["6", "FIFO"],
	["7", "ContiguousFile"],
	["g", "GlobalExtendedHeader"],
	["x", "ExtendedHeader"],
	["A", "SolarisACL"],
	["D", "GNUDumpDir"],
	["I", "Inode"],
	["K", "NextFileHasLongLinkpath"],
	["L", "NextFileHasLongPath"],
	["M", "ContinuationFile"],
	["N", "OldGnuLongPath"],
	["S", "SparseFile"],
	["V", "TapeVolumeHeader"],
	["X", "OldExtendedHeader"]
]);
var Ve = new Map(Array.from(oe).map((s) => [s[1], s[0]]));
var un = (s) => s === void 0 || s < 0 ? void 0 : s;
var F = class {
	cksumValid = !1;
	needPax = !1;
	nullBlock = !1;
	block;
	path;
	mode;
	uid;
	gid;
	size;
	cksum;
	#t = "Unsupported";
	linkpath;
	uname;
	gname;
	devmaj = 0;
	devmin = 0;
	atime;
	ctime;
	mtime;
	charset;
	comment;
	constructor(t, e = 0, i, r) {
		Buffer.isBuffer(t) ? this.decode(t, e || 0, i, r) : t && this.#i(t);
	}
	decode(t, e, i, r) {
		if (e || (e = 0), !t || !(t.length >= e + 512)) throw new Error("need 512 bytes for header");
		let n = xt(t, e + 156, 1), o = Ui.has(n), h = o ? i : void 0, a = o ? r : void 0;
		if (this.path = h?.path ?? xt(t, e, 100), this.mode = h?.mode ?? a?.mode ?? lt(t, e + 100, 8), this.uid = h?.uid ?? a?.uid ?? lt(t, e + 108, 8), this.gid = h?.gid ?? a?.gid ?? lt(t, e + 116, 8), this.size = un(h?.size ?? a?.size ?? lt(t, e + 124, 12)), this.mtime = h?.mtime ?? a?.mtime ?? Wi(t, e + 136, 12), this.cksum = lt(t, e + 148, 12), a && this.#i(a, !0), h && this.#i(h), ne(n) && (this.#t = n || "0"), this.#t === "0" && this.path.slice(-1) === "/" && (this.#t = "5"), this.#t === "5" && (this.size = 0), this.linkpath = xt(t, e + 157, 100), t.subarray(e + 257, e + 265).toString() === "ustar\x0000") if (this.uname = h?.uname ?? a?.uname ?? xt(t, e + 265, 32), this.gname = h?.gname ?? a?.gname ?? xt(t, e + 297, 32), this.devmaj = h?.devmaj ?? a?.devmaj ?? lt(t, e + 329, 8) ?? 0, this.devmin = h?.devmin ?? a?.devmin ?? lt(t, e + 337, 8) ?? 0, t[e + 475] !== 0) {
			let c = xt(t, e + 345, 155);
			this.path = c + "/" + this.path;
		} else {
			let c = xt(t, e + 345, 130);
			c && (this.path = c + "/" + this.path), this.atime = i?.atime ?? r?.atime ?? Wi(t, e + 476, 12), this.ctime = i?.ctime ?? r?.ctime ?? Wi(t, e + 488, 12);
		}
		let l = 256;
		for (let c = e; c < e + 148; c++) l += t[c];
		for (let c = e + 156; c < e + 512; c++) l += t[c];
		this.cksumValid = l === this.cksum, this.cksum === void 0 && l === 256 && (this.nullBlock = !0);
	}
	#i(t, e = !1) {
		Object.assign(this, Object.fromEntries(Object.entries(t).filter(([i, r]) => !(r == null || i === "size" && Number(r) < 0 || i === "path" && e || i === "linkpath" && e || i === "global"))));
	}
	encode(t, e = 0) {
		if (t || (t = this.block = Buffer.alloc(512)), this.#t === "Unsupported" && (this.#t = "0"), !(t.length >= e + 512)) throw new Error("need 512 bytes for header");
		let i = this.ctime || this.atime ? 130 : 155, r = mn(this.path || "", i), n = r[0], o = r[1];
		this.needPax = !!r[2], this.needPax = Lt(t, e, 100, n) || this.needPax, this.needPax = ct(t, e + 100, 8, this.mode) || this.needPax, this.needPax = ct(t, e + 108, 8, this.uid) || this.needPax, this.needPax = ct(t, e + 116, 8, this.gid) || this.needPax, this.needPax = ct(t, e + 124, 12, this.size) || this.needPax, this.needPax = Gi(t, e + 136, 12, this.mtime) || this.needPax, t[e + 156] = Number(this.#t.codePointAt(0)), this.needPax = Lt(t, e + 157, 100, this.linkpath) || this.needPax, t.write("ustar\x0000", e + 257, 8), this.needPax = Lt(t, e + 265, 32, this.uname) || this.needPax, this.needPax = Lt(t, e + 297, 32, this.gname) || this.needPax, this.needPax = ct(t, e + 329, 8, this.devmaj) || this.needPax, this.needPax = ct(t, e + 337, 8, this.devmin) || this.needPax, this.needPax = Lt(t, e + 345, i, o) || this.needPax, t[e + 475] !== 0 ? this.needPax = Lt(t, e + 345, 155, o) || this.needPax : (this.needPax = Lt(t, e + 345, 130, o) || this.needPax, this.needPax = Gi(t, e + 476, 12, this.atime) || this.needPax, this.needPax = Gi(t, e + 488, 12, this.ctime) || this.needPax);
		let h = 256;
		for (let a = e; a < e + 148; a++) h += t[a];
		for (let a = e + 156; a < e + 512; a++) h += t[a];
		return this.cksum = h, ct(t, e + 148, 8, this.cksum), this.cksumValid = !0, this.needPax;
	}
	get type() {
		return this.#t === "Unsupported" ? this.#t : oe.get(this.#t);
	}
	get typeKey() {
		return this.#t;
	}
	set type(t) {
		let e = String(Ve.get(t));
		if (ne(e) || e === "Unsupported") this.#t = e;
		else if (ne(t)) this.#t = t;
		else throw new TypeError("invalid entry type: " + t);
	}
};
var mn = (s, t) => {
	let i = s, r = "", n, o = posix.parse(s).root || ".";
	if (Buffer.byteLength(i) < 100) n = [
		i,
		r,
		!1
	];
	else {
		r = posix.dirname(i), i = posix.basename(i);
		do
			Buffer.byteLength(i) <= 100 && Buffer.byteLength(r) <= t ? n = [
				i,
				r,
				!1
			] : Buffer.byteLength(i) > 100 && Buffer.byteLength(r) <= t ? n = [
				i.slice(0, 99),
				r,
				!0
			] : (i = posix.join(posix.basename(r), i), r = posix.dirname(r));
		while (r !== o && n === void 0);
		n || (n = [
			s.slice(0, 99),
			"",
			!0
		]);
	}
	return n;
};
var xt = (s, t, e) => s.subarray(t, t + e).toString("utf8").replace(/\0.*/, "");
var Wi = (s, t, e) => pn(lt(s, t, e));
var pn = (s) => s === void 0 ? void 0 : /* @__PURE__ */ new Date(s * 1e3);
var lt = (s, t, e) => Number(s[t]) & 128 ? Hs(s.subarray(t, t + e)) : wn(s, t, e);
var En = (s) => isNaN(s) ? void 0 : s;
var wn = (s, t, e) => En(parseInt(s.subarray(t, t + e).toString("utf8").replace(/\0.*$/, "").trim(), 8));
var Sn = {
	12: 8589934591,
	8: 2097151
};
var ct = (s, t, e, i) => i === void 0 ? !1 : i > Sn[e] || i < 0 ? (Us(i, s.subarray(t, t + e)), !0) : (yn(s, t, e, i), !1);
var yn = (s, t, e, i) => s.write(Rn(i, e), t, e, "ascii");
var Rn = (s, t) => gn(Math.floor(s).toString(8), t);
var gn = (s, t) => (s.length === t - 1 ? s : new Array(t - s.length - 1).join("0") + s + " ") + "\0";
var Gi = (s, t, e, i) => i === void 0 ? !1 : ct(s, t, e, i.getTime() / 1e3);
var bn = new Array(156).join("\0");
var Lt = (s, t, e, i) => i === void 0 ? !1 : (s.write(i + bn, t, e, "utf8"), i.length !== Buffer.byteLength(i) || i.length > e);
var ft = class s {
	atime;
	mtime;
	ctime;
	charset;
	comment;
	gid;
	uid;
	gname;
	uname;
	linkpath;
	dev;
	ino;
	nlink;
	path;
	size;
	mode;
	global;
	constructor(t, e = !1) {
		this.atime = t.atime, this.charset = t.charset, this.comment = t.comment, this.ctime = t.ctime, this.dev = t.dev, this.gid = t.gid, this.global = e, this.gname = t.gname, this.ino = t.ino, this.linkpath = t.linkpath, this.mtime = t.mtime, this.nlink = t.nlink, this.path = t.path, this.size = t.size, this.uid = t.uid, this.uname = t.uname;
	}
	encode() {
		let t = this.encodeBody();
		if (t === "") return Buffer.allocUnsafe(0);
		let e = Buffer.byteLength(t), i = 512 * Math.ceil(1 + e / 512), r = Buffer.allocUnsafe(i);
		for (let n = 0; n < 512; n++) r[n] = 0;
		new F({
			path: ("PaxHeader/" + basename(this.path ?? "")).slice(0, 99),
			mode: this.mode || 420,
			uid: this.uid,
			gid: this.gid,
			size: e,
			mtime: this.mtime,
			type: this.global ? "GlobalExtendedHeader" : "ExtendedHeader",
			linkpath: "",
			uname: this.uname || "",
			gname: this.gname || "",
			devmaj: 0,
			devmin: 0,
			atime: this.atime,
			ctime: this.ctime
		}).encode(r), r.write(t, 512, e, "utf8");
		for (let n = e + 512; n < r.length; n++) r[n] = 0;
		return r;
	}
	encodeBody() {
		return this.encodeField("path") + this.encodeField("ctime") + this.encodeField("atime") + this.encodeField("dev") + this.encodeField("ino") + this.encodeField("nlink") + this.encodeField("charset") + this.encodeField("comment") + this.encodeField("gid") + this.encodeField("gname") + this.encodeField("linkpath") + this.encodeField("mtime") + this.encodeField("size") + this.encodeField("uid") + this.encodeField("uname");
	}
	encodeField(t) {
		if (this[t] === void 0) return "";
		let e = this[t], i = e instanceof Date ? e.getTime() / 1e3 : e, r = " " + (t === "dev" || t === "ino" || t === "nlink" ? "SCHILY." : "") + t + "=" + i + `
`, n = Buffer.byteLength(r), o = Math.floor(Math.log(n) / Math.log(10)) + 1;
		return n + o >= Math.pow(10, o) && (o += 1), o + n + r;
	}
	static parse(t, e, i = !1) {
		return new s(On(Tn(t), e), i);
	}
};
var On = (s, t) => t ? Object.assign({}, t, s) : s;
var Tn = (s) => s.replace(/\n$/, "").split(`
`).reduce(xn, Object.create(null));
var xn = (s, t) => {
	let e = parseInt(t, 10);
	if (e !== Buffer.byteLength(t) + 1) return s;
	t = t.slice((e + " ").length);
	let i = t.split("="), r = i.shift();
	if (!r) return s;
	let n = r.replace(/^SCHILY\.(dev|ino|nlink)/, "$1"), o = i.join("=").replace(/\0.*/, "");
	switch (n) {
		case "path":
		case "linkpath":
		case "type":
		case "charset":
		case "comment":
		case "gname":
		case "uname":
			s[n] = o;
			break;
		case "ctime":
		case "atime":
		case "mtime":
			s[n] = /* @__PURE__ */ new Date(Number(o) * 1e3);
			break;
		case "size":
			let h = +o;
			h >= 0 && (s[n] = h);
			break;
		case "gid":
		case "uid":
		case "dev":
		case "ino":
		case "nlink":
		case "mode": s[n] = +o;
	}
	return s;
};
var f = (process.env.TESTING_TAR_FAKE_PLATFORM || process.platform) !== "win32" ? (s) => String(s) : (s) => String(s).replaceAll(/\\/g, "/");
var $e = class extends A {
	extended;
	globalExtended;
	header;
	startBlockSize;
	blockRemain;
	remain;
	type;
	meta = !1;
	ignore = !1;
	path;
	mode;
	uid;
	gid;
	uname;
	gname;
	size = 0;
	mtime;
	atime;
	ctime;
	linkpath;
	dev;
	ino;
	nlink;
	invalid = !1;
	absolute;
	unsupported = !1;
	constructor(t, e, i) {
		switch (super({}), this.pause(), this.extended = e, this.globalExtended = i, this.header = t, this.remain = t.size ?? 0, this.startBlockSize = 512 * Math.ceil(this.remain / 512), this.blockRemain = this.startBlockSize, this.type = t.type, this.type) {
			case "File":
			case "OldFile":
			case "Link":
			case "SymbolicLink":
			case "CharacterDevice":
			case "BlockDevice":
			case "Directory":
			case "FIFO":
			case "ContiguousFile":
			case "GNUDumpDir": break;
			case "NextFileHasLongLinkpath":
			case "NextFileHasLongPath":
			case "OldGnuLongPath":
			case "GlobalExtendedHeader":
			case "ExtendedHeader":
			case "OldExtendedHeader":
				this.meta = !0;
				break;
			default: this.ignore = !0;
		}
		if (!t.path) throw new Error("no path provided for tar.ReadEntry");
		this.path = f(t.path), this.mode = t.mode, this.mode && (this.mode = this.mode & 4095), this.uid = t.uid, this.gid = t.gid, this.uname = t.uname, this.gname = t.gname, this.size = this.remain, this.mtime = t.mtime, this.atime = t.atime, this.ctime = t.ctime, this.linkpath = t.linkpath ? f(t.linkpath) : void 0, this.uname = t.uname, this.gname = t.gname, e && this.#t(e), i && this.#t(i, !0);
	}
	write(t) {
		let e = t.length;
		if (e > this.blockRemain) throw new Error("writing more to entry than is appropriate");
		let i = this.remain, r = this.blockRemain;
		return this.remain = Math.max(0, i - e), this.blockRemain = Math.max(0, r - e), this.ignore ? !0 : i >= e ? super.write(t) : super.write(t.subarray(0, i));
	}
	#t(t, e = !1) {
		t.path && (t.path = f(t.path)), t.linkpath && (t.linkpath = f(t.linkpath)), Object.assign(this, Object.fromEntries(Object.entries(t).filter(([i, r]) => !(r == null || i === "path" && e))));
	}
};
var Dt = (s, t, e, i = {}) => {
	s.file && (i.file = s.file), s.cwd && (i.cwd = s.cwd), i.code = e instanceof Error && e.code || t, i.tarCode = t, !s.strict && i.recoverable !== !1 ? (e instanceof Error && (i = Object.assign(e, i), e = e.message), s.emit("warn", t, e, i)) : e instanceof Error ? s.emit("error", Object.assign(e, i)) : s.emit("error", Object.assign(/* @__PURE__ */ new Error(`${t}: ${e}`), i));
};
var Nn = 1048576;
var Xi = Buffer.from([31, 139]);
var qi = Buffer.from([
	40,
	181,
	47,
	253
]);
var An = Math.max(Xi.length, qi.length);
var B = Symbol("state");
var Nt = Symbol("writeEntry");
var it = Symbol("readEntry");
var Zi = Symbol("nextEntry");
var Zs = Symbol("processEntry");
var V = Symbol("extendedHeader");
var he = Symbol("globalExtendedHeader");
var dt = Symbol("meta");
var Ys = Symbol("emitMeta");
var p = Symbol("buffer");
var st = Symbol("queue");
var ut = Symbol("ended");
var Yi = Symbol("emittedEnd");
var At = Symbol("emit");
var w = Symbol("unzip");
var Xe = Symbol("consumeChunk");
var qe = Symbol("consumeChunkSub");
var Ki = Symbol("consumeBody");
var Ks = Symbol("consumeMeta");
var Vs = Symbol("consumeHeader");
var ae = Symbol("consuming");
var Vi = Symbol("bufferConcat");
var Qe = Symbol("maybeEnd");
var Yt = Symbol("writing");
var $ = Symbol("aborted");
var Je = Symbol("onDone");
var It = Symbol("sawValidEntry");
var je = Symbol("sawNullBlock");
var ti = Symbol("sawEOF");
var $s = Symbol("closeStream");
var In = 1e3;
var le = Symbol("compressedBytesRead");
var $i = Symbol("decompressedBytesRead");
var Xs = Symbol("checkDecompressionRatio");
var Cn = () => !0;
var rt = class extends EventEmitter$1 {
	file;
	strict;
	maxMetaEntrySize;
	filter;
	brotli;
	zstd;
	maxDecompressionRatio;
	writable = !0;
	readable = !1;
	[st] = [];
	[p];
	[it];
	[Nt];
	[B] = "begin";
	[dt] = "";
	[V];
	[he];
	[ut] = !1;
	[w];
	[$] = !1;
	[It];
	[je] = !1;
	[ti] = !1;
	[Yt] = !1;
	[ae] = !1;
	[Yi] = !1;
	[le] = 0;
	[$i] = 0;
	constructor(t = {}) {
		super(), this.file = t.file || "", this.on(Je, () => {
			(this[B] === "begin" || this[It] === !1) && this.warn("TAR_BAD_ARCHIVE", "Unrecognized archive format");
		}), t.ondone ? this.on(Je, t.ondone) : this.on(Je, () => {
			this.emit("prefinish"), this.emit("finish"), this.emit("end");
		}), this.strict = !!t.strict, this.maxDecompressionRatio = typeof t.maxDecompressionRatio == "number" ? t.maxDecompressionRatio : In, this.maxMetaEntrySize = t.maxMetaEntrySize || Nn, this.filter = typeof t.filter == "function" ? t.filter : Cn;
		let e = t.file && (t.file.endsWith(".tar.br") || t.file.endsWith(".tbr"));
		this.brotli = !(t.gzip || t.zstd) && t.brotli !== void 0 ? t.brotli : e ? void 0 : !1;
		let i = t.file && (t.file.endsWith(".tar.zst") || t.file.endsWith(".tzst"));
		this.zstd = !(t.gzip || t.brotli) && t.zstd !== void 0 ? t.zstd : i ? !0 : void 0, this.on("end", () => this[$s]()), typeof t.onwarn == "function" && this.on("warn", t.onwarn), typeof t.onReadEntry == "function" && this.on("entry", t.onReadEntry);
	}
	warn(t, e, i = {}) {
		Dt(this, t, e, i);
	}
	[Vs](t, e) {
		this[It] === void 0 && (this[It] = !1);
		let i;
		try {
			i = new F(t, e, this[V], this[he]);
		} catch (r) {
			return this.warn("TAR_ENTRY_INVALID", r);
		}
		if (i.nullBlock) this[je] ? (this[ti] = !0, this[B] === "begin" && (this[B] = "header"), this[At]("eof")) : (this[je] = !0, this[At]("nullBlock"));
		else if (this[je] = !1, !i.cksumValid) this.warn("TAR_ENTRY_INVALID", "checksum failure", { header: i });
		else if (!i.path) this.warn("TAR_ENTRY_INVALID", "path is required", { header: i });
		else {
			let r = i.type;
			if (/^(Symbolic)?Link$/.test(r) && !i.linkpath) this.warn("TAR_ENTRY_INVALID", "linkpath required", { header: i });
			else if (!/^(Symbolic)?Link$/.test(r) && !/^(Global)?ExtendedHeader$/.test(r) && i.linkpath) this.warn("TAR_ENTRY_INVALID", "linkpath forbidden", { header: i });
			else {
				let n = this[Nt] = new $e(i, this[V], this[he]);
				if (!this[It]) if (n.remain) {
					let o = () => {
						n.invalid || (this[It] = !0);
					};
					n.on("end", o);
				} else this[It] = !0;
				n.meta ? n.size > this.maxMetaEntrySize ? (n.ignore = !0, this[At]("ignoredEntry", n), this[B] = "ignore", n.resume()) : n.size > 0 && (this[dt] = "", n.on("data", (o) => this[dt] += o), this[B] = "meta") : (this[V] = void 0, n.ignore = n.ignore || !this.filter(n.path, n), n.ignore ? (this[At]("ignoredEntry", n), this[B] = n.remain ? "ignore" : "header", n.resume()) : (n.remain ? this[B] = "body" : (this[B] = "header", n.end()), this[it] ? this[st].push(n) : (this[st].push(n), this[Zi]())));
			}
		}
	}
	[$s]() {
		queueMicrotask(() => this.emit("close"));
	}
	[Zs](t) {
		let e = !0;
		if (!t) this[it] = void 0, e = !1;
		else if (Array.isArray(t)) {
			let [i, ...r] = t;
			this.emit(i, ...r);
		} else this[it] = t, this.emit("entry", t), t.emittedEnd || (t.on("end", () => this[Zi]()), e = !1);
		return e;
	}
	[Zi]() {
		do;
		while (this[Zs](this[st].shift()));
		if (this[st].length === 0) {
			let t = this[it];
			!t || t.flowing || t.size === t.remain ? this[Yt] || this.emit("drain") : t.once("drain", () => this.emit("drain"));
		}
	}
	[Ki](t, e) {
		let i = this[Nt];
		if (!i) throw new Error("attempt to consume body without entry??");
		let r = i.blockRemain ?? 0, n = r >= t.length && e === 0 ? t : t.subarray(e, e + r);
		return i.write(n), i.blockRemain || (this[B] = "header", this[Nt] = void 0, i.end()), n.length;
	}
	[Ks](t, e) {
		let i = this[Nt], r = this[Ki](t, e);
		return !this[Nt] && i && this[Ys](i), r;
	}
	[At](t, e, i) {
		this[st].length === 0 && !this[it] ? this.emit(t, e, i) : this[st].push([
			t,
			e,
			i
		]);
	}
	[Ys](t) {
		switch (this[At]("meta", this[dt]), t.type) {
			case "ExtendedHeader":
			case "OldExtendedHeader":
				this[V] = ft.parse(this[dt], this[V], !1);
				break;
			case "GlobalExtendedHeader":
				this[he] = ft.parse(this[dt], this[he], !0);
				break;
			case "NextFileHasLongPath":
			case "OldGnuLongPath": {
				let e = this[V] ?? Object.create(null);
				this[V] = e, e.path = this[dt].replace(/\0.*/, "");
				break;
			}
			case "NextFileHasLongLinkpath": {
				let e = this[V] || Object.create(null);
				this[V] = e, e.linkpath = this[dt].replace(/\0.*/, "");
				break;
			}
			default: throw new Error("unknown meta: " + t.type);
		}
	}
	abort(t) {
		if (!this[$]) {
			if (this[w]) {
				let e = this[w];
				e.write = () => !0, e.end = () => e, e.emit = () => !1, e.destroy?.();
			}
			this[$] = !0, this.emit("abort", t), this.warn("TAR_ABORT", t, { recoverable: !1 });
		}
	}
	[Xs](t) {
		this[$i] += t.length;
		let e = this[$i] / this[le];
		return e > this.maxDecompressionRatio ? (this.abort(/* @__PURE__ */ new Error(`max decompression ratio exceeded: ${e.toFixed(2)} > ${this.maxDecompressionRatio}`)), !1) : !0;
	}
	write(t, e, i) {
		if (typeof e == "function" && (i = e, e = void 0), typeof t == "string" && (t = Buffer.from(t, typeof e == "string" ? e : "utf8")), this[$]) return i?.(), !1;
		if ((this[w] === void 0 || this.brotli === void 0 && this[w] === !1) && t) {
			if (this[p] && (t = Buffer.concat([this[p], t]), this[p] = void 0), t.length < An) return this[p] = t, i?.(), !0;
			for (let a = 0; this[w] === void 0 && a < Xi.length; a++) t[a] !== Xi[a] && (this[w] = !1);
			let o = !1;
			if (this[w] === !1 && this.zstd !== !1) {
				o = !0;
				for (let a = 0; a < qi.length; a++) if (t[a] !== qi[a]) {
					o = !1;
					break;
				}
			}
			let h = this.brotli === void 0 && !o;
			if (this[w] === !1 && h) if (t.length < 512) if (this[ut]) this.brotli = !0;
			else return this[p] = t, i?.(), !0;
			else try {
				new F(t.subarray(0, 512)), this.brotli = !1;
			} catch {
				this.brotli = !0;
			}
			if (this[w] === void 0 || this[w] === !1 && (this.brotli || o)) {
				let a = this[ut];
				this[ut] = !1, this[w] = this[w] === void 0 ? new Ue({}) : o ? new Ke({}) : new Ge({}), this[w].on("data", (c) => {
					this[Xs](c) && this[Xe](c);
				}), this[w].on("error", (c) => {
					this[$] || this.abort(c);
				}), this[w].on("end", () => {
					this[ut] = !0, this[Xe]();
				}), this[Yt] = !0, this[le] += t.length;
				let l = !!this[w][a ? "end" : "write"](t);
				return this[Yt] = !1, i?.(), l;
			}
		}
		this[Yt] = !0, this[w] ? (this[le] += t.length, this[w].write(t)) : this[Xe](t), this[Yt] = !1;
		let n = this[st].length > 0 ? !1 : this[it] ? this[it].flowing : !0;
		return !n && this[st].length === 0 && this[it]?.once("drain", () => this.emit("drain")), i?.(), n;
	}
	[Vi](t) {
		t && !this[$] && (this[p] = this[p] ? Buffer.concat([this[p], t]) : t);
	}
	[Qe]() {
		if (this[ut] && !this[Yi] && !this[$] && !this[ae]) {
			this[Yi] = !0;
			let t = this[Nt];
			if (t?.blockRemain) {
				let e = this[p] ? this[p].length : 0;
				this.warn("TAR_BAD_ARCHIVE", `Truncated input (needed ${t.blockRemain} more bytes, only ${e} available)`, { entry: t }), this[p] && t.write(this[p]), t.end();
			}
			this[At](Je);
		}
	}
	[Xe](t) {
		if (this[ae] && t) this[Vi](t);
		else if (!t && !this[p]) this[Qe]();
		else if (t) {
			if (this[ae] = !0, this[p]) {
				this[Vi](t);
				let e = this[p];
				this[p] = void 0, this[qe](e);
			} else this[qe](t);
			for (; this[p] && this[p]?.length >= 512 && !this[$] && !this[ti];) {
				let e = this[p];
				this[p] = void 0, this[qe](e);
			}
			this[ae] = !1;
		}
		(!this[p] || this[ut]) && this[Qe]();
	}
	[qe](t) {
		let e = 0, i = t.length;
		for (; e + 512 <= i && !this[$] && !this[ti];) switch (this[B]) {
			case "begin":
			case "header":
				this[Vs](t, e), e += 512;
				break;
			case "ignore":
			case "body":
				e += this[Ki](t, e);
				break;
			case "meta":
				e += this[Ks](t, e);
				break;
			default: throw new Error("invalid state: " + this[B]);
		}
		e < i && (this[p] = this[p] ? Buffer.concat([t.subarray(e), this[p]]) : t.subarray(e));
	}
	end(t, e, i) {
		return typeof t == "function" && (i = t, e = void 0, t = void 0), typeof e == "function" && (i = e, e = void 0), typeof t == "string" && (t = Buffer.from(t, e)), i && this.once("finish", i), this[$] || (this[w] ? (t && (this[le] += t.length, this[w].write(t)), this[w].end()) : (this[ut] = !0, (this.brotli === void 0 || this.zstd === void 0) && (t = t || Buffer.alloc(0)), t && this.write(t), this[Qe]())), this;
	}
};
var mt = (s) => {
	let t = s.length - 1, e = -1;
	for (; t > -1 && s.charAt(t) === "/";) e = t, t--;
	return e === -1 ? s : s.slice(0, e);
};
var vn = (s) => {
	let t = s.onReadEntry;
	s.onReadEntry = t ? (e) => {
		t(e), e.resume();
	} : (e) => e.resume();
};
var Qi = (s, t) => {
	let e = new Map(t.map((o) => [mt(o), !0])), i = s.filter, r = 100, n = (o, h = "", a = 0) => {
		if (a >= r) return e.set(o, !1), !1;
		let l = h || parse(o).root || ".", c;
		if (o === l) c = !1;
		else {
			let d = e.get(o);
			c = d !== void 0 ? d : n(dirname(o), l, a + 1);
		}
		return e.set(o, c), c;
	};
	s.filter = i ? (o, h) => i(o, h) && n(mt(o)) : (o) => n(mt(o));
};
var Mn = (s) => {
	let t = new rt(s), e = s.file, i;
	try {
		i = Br.openSync(e, "r");
		let r = Br.fstatSync(i), n = s.maxReadSize || 16777216;
		if (r.size < n) {
			let o = Buffer.allocUnsafe(r.size), h = Br.readSync(i, o, 0, r.size, 0);
			t.end(h === o.byteLength ? o : o.subarray(0, h));
		} else {
			let o = 0, h = Buffer.allocUnsafe(n);
			for (; o < r.size;) {
				let a = Br.readSync(i, h, 0, n, o);
				if (a === 0) break;
				o += a, t.write(h.subarray(0, a));
			}
			t.end();
		}
	} finally {
		if (typeof i == "number") try {
			Br.closeSync(i);
		} catch {}
	}
};
var Bn = (s, t) => {
	let e = new rt(s), i = s.maxReadSize || 16777216, r = s.file;
	return new Promise((o, h) => {
		e.on("error", h), e.on("end", o), Br.stat(r, (a, l) => {
			if (a) h(a);
			else {
				let c = new _t(r, {
					readSize: i,
					size: l.size
				});
				c.on("error", h), c.pipe(e);
			}
		});
	});
};
var Ct = K(Mn, Bn, (s) => new rt(s), (s) => new rt(s), (s, t) => {
	t?.length && Qi(s, t), s.noResume || vn(s);
});
var Ji = (s, t, e) => (s &= 4095, e && (s = (s | 384) & -19), t && (s & 256 && (s |= 64), s & 32 && (s |= 8), s & 4 && (s |= 1)), s);
var { isAbsolute: zn, parse: qs } = win32, ce = (s) => {
	let t = "", e = qs(s);
	for (; zn(s) || e.root;) {
		let i = s.charAt(0) === "/" && s.slice(0, 4) !== "//?/" ? "/" : e.root;
		s = s.slice(i.length), t += i, e = qs(s);
	}
	return [t, s];
};
var ei = [
	"|",
	"<",
	">",
	"?",
	":"
];
var ji = ei.map((s) => String.fromCodePoint(61440 + Number(s.codePointAt(0))));
var Un = new Map(ei.map((s, t) => [s, ji[t]]));
var Hn = new Map(ji.map((s, t) => [s, ei[t]]));
var ts = (s) => ei.reduce((t, e) => t.split(e).join(Un.get(e)), s);
var Qs = (s) => ji.reduce((t, e) => t.split(e).join(Hn.get(e)), s);
var rr = (s, t) => t ? (s = f(s).replace(/^\.(\/|$)/, ""), mt(t) + "/" + s) : f(s);
var Wn = 16777216;
var tr = Symbol("process");
var er = Symbol("file");
var ir = Symbol("directory");
var is = Symbol("symlink");
var sr = Symbol("hardlink");
var fe = Symbol("header");
var ii = Symbol("read");
var ss = Symbol("lstat");
var si = Symbol("onlstat");
var rs = Symbol("onread");
var ns = Symbol("onreadlink");
var os = Symbol("openfile");
var hs = Symbol("onopenfile");
var pt = Symbol("close");
var ri = Symbol("mode");
var as = Symbol("awaitDrain");
var es = Symbol("ondrain");
var q = Symbol("prefix");
var de = class extends A {
	path;
	portable;
	myuid = process.getuid && process.getuid() || 0;
	myuser = process.env.USER || "";
	maxReadSize;
	linkCache;
	statCache;
	preservePaths;
	cwd;
	strict;
	mtime;
	noPax;
	noMtime;
	prefix;
	fd;
	blockLen = 0;
	blockRemain = 0;
	buf;
	pos = 0;
	remain = 0;
	length = 0;
	offset = 0;
	win32;
	absolute;
	header;
	type;
	linkpath;
	stat;
	onWriteEntry;
	#t = !1;
	constructor(t, e = {}) {
		let i = se(e);
		super(), this.path = f(t), this.portable = !!i.portable, this.maxReadSize = i.maxReadSize || Wn, this.linkCache = i.linkCache || /* @__PURE__ */ new Map(), this.statCache = i.statCache || /* @__PURE__ */ new Map(), this.preservePaths = !!i.preservePaths, this.cwd = f(i.cwd || process.cwd()), this.strict = !!i.strict, this.noPax = !!i.noPax, this.noMtime = !!i.noMtime, this.mtime = i.mtime, this.prefix = i.prefix ? f(i.prefix) : void 0, this.onWriteEntry = i.onWriteEntry, typeof i.onwarn == "function" && this.on("warn", i.onwarn);
		let r = !1;
		if (!this.preservePaths) {
			let [o, h] = ce(this.path);
			o && typeof h == "string" && (this.path = h, r = o);
		}
		this.win32 = !!i.win32 || process.platform === "win32", this.win32 && (this.path = Qs(this.path.replaceAll(/\\/g, "/")), t = t.replaceAll(/\\/g, "/")), this.absolute = f(i.absolute || ar.resolve(this.cwd, t)), this.path === "" && (this.path = "./"), r && this.warn("TAR_ENTRY_INFO", `stripping ${r} from absolute path`, {
			entry: this,
			path: r + this.path
		});
		let n = this.statCache.get(this.absolute);
		n ? this[si](n) : this[ss]();
	}
	warn(t, e, i = {}) {
		return Dt(this, t, e, i);
	}
	emit(t, ...e) {
		return t === "error" && (this.#t = !0), super.emit(t, ...e);
	}
	[ss]() {
		I.lstat(this.absolute, (t, e) => {
			if (t) return this.emit("error", t);
			this[si](e);
		});
	}
	[si](t) {
		this.statCache.set(this.absolute, t), this.stat = t, t.isFile() || (t.size = 0), this.type = Gn(t), this.emit("stat", t), this[tr]();
	}
	[tr]() {
		switch (this.type) {
			case "File": return this[er]();
			case "Directory": return this[ir]();
			case "SymbolicLink": return this[is]();
			default: return this.end();
		}
	}
	[ri](t) {
		return Ji(t, this.type === "Directory", this.portable);
	}
	[q](t) {
		return rr(t, this.prefix);
	}
	[fe]() {
		if (!this.stat) throw new Error("cannot write header before stat");
		this.type === "Directory" && this.portable && (this.noMtime = !0), this.onWriteEntry?.(this), this.header = new F({
			path: this[q](this.path),
			linkpath: this.type === "Link" && this.linkpath !== void 0 ? this[q](this.linkpath) : this.linkpath,
			mode: this[ri](this.stat.mode),
			uid: this.portable ? void 0 : this.stat.uid,
			gid: this.portable ? void 0 : this.stat.gid,
			size: this.stat.size,
			mtime: this.noMtime ? void 0 : this.mtime || this.stat.mtime,
			type: this.type === "Unsupported" ? void 0 : this.type,
			uname: this.portable ? void 0 : this.stat.uid === this.myuid ? this.myuser : "",
			atime: this.portable ? void 0 : this.stat.atime,
			ctime: this.portable ? void 0 : this.stat.ctime
		}), this.header.encode() && !this.noPax && super.write(new ft({
			atime: this.portable ? void 0 : this.header.atime,
			ctime: this.portable ? void 0 : this.header.ctime,
			gid: this.portable ? void 0 : this.header.gid,
			mtime: this.noMtime ? void 0 : this.mtime || this.header.mtime,
			path: this[q](this.path),
			linkpath: this.type === "Link" && this.linkpath !== void 0 ? this[q](this.linkpath) : this.linkpath,
			size: this.header.size,
			uid: this.portable ? void 0 : this.header.uid,
			uname: this.portable ? void 0 : this.header.uname,
			dev: this.portable ? void 0 : this.stat.dev,
			ino: this.portable ? void 0 : this.stat.ino,
			nlink: this.portable ? void 0 : this.stat.nlink
		}).encode());
		let t = this.header?.block;
		if (!t) throw new Error("failed to encode header");
		super.write(t);
	}
	[ir]() {
		if (!this.stat) throw new Error("cannot create directory entry without stat");
		this.path.slice(-1) !== "/" && (this.path += "/"), this.stat.size = 0, this[fe](), this.end();
	}
	[is]() {
		I.readlink(this.absolute, (t, e) => {
			if (t) return this.emit("error", t);
			this[ns](e);
		});
	}
	[ns](t) {
		this.linkpath = f(t), this[fe](), this.end();
	}
	[sr](t) {
		if (!this.stat) throw new Error("cannot create link entry without stat");
		this.type = "Link", this.linkpath = f(ar.relative(this.cwd, t)), this.stat.size = 0, this[fe](), this.end();
	}
	[er]() {
		if (!this.stat) throw new Error("cannot create file entry without stat");
		if (this.stat.nlink > 1) {
			let t = `${this.stat.dev}:${this.stat.ino}`, e = this.linkCache.get(t);
			if (e?.indexOf(this.cwd) === 0) return this[sr](e);
			this.linkCache.set(t, this.absolute);
		}
		if (this[fe](), this.stat.size === 0) return this.end();
		this[os]();
	}
	[os]() {
		I.open(this.absolute, "r", (t, e) => {
			if (t) return this.emit("error", t);
			this[hs](e);
		});
	}
	[hs](t) {
		if (this.fd = t, this.#t) return this[pt]();
		if (!this.stat) throw new Error("should stat before calling onopenfile");
		this.blockLen = 512 * Math.ceil(this.stat.size / 512), this.blockRemain = this.blockLen;
		let e = Math.min(this.blockLen, this.maxReadSize);
		this.buf = Buffer.allocUnsafe(e), this.offset = 0, this.pos = 0, this.remain = this.stat.size, this.length = this.buf.length, this[ii]();
	}
	[ii]() {
		let { fd: t, buf: e, offset: i, length: r, pos: n } = this;
		if (t === void 0 || e === void 0) throw new Error("cannot read file without first opening");
		I.read(t, e, i, r, n, (o, h) => {
			if (o) return this[pt](() => this.emit("error", o));
			this[rs](h);
		});
	}
	[pt](t = () => {}) {
		this.fd !== void 0 && I.close(this.fd, t);
	}
	[rs](t) {
		if (t <= 0 && this.remain > 0) {
			let r = Object.assign(/* @__PURE__ */ new Error("encountered unexpected EOF"), {
				path: this.absolute,
				syscall: "read",
				code: "EOF"
			});
			return this[pt](() => this.emit("error", r));
		}
		if (t > this.remain) {
			let r = Object.assign(/* @__PURE__ */ new Error("did not encounter expected EOF"), {
				path: this.absolute,
				syscall: "read",
				code: "EOF"
			});
			return this[pt](() => this.emit("error", r));
		}
		if (!this.buf) throw new Error("should have created buffer prior to reading");
		if (t === this.remain) for (let r = t; r < this.length && t < this.blockRemain; r++) this.buf[r + this.offset] = 0, t++, this.remain++;
		let e = this.offset === 0 && t === this.buf.length ? this.buf : this.buf.subarray(this.offset, this.offset + t);
		this.write(e) ? this[es]() : this[as](() => this[es]());
	}
	[as](t) {
		this.once("drain", t);
	}
	write(t, e, i) {
		if (typeof e == "function" && (i = e, e = void 0), typeof t == "string" && (t = Buffer.from(t, typeof e == "string" ? e : "utf8")), this.blockRemain < t.length) {
			let r = Object.assign(/* @__PURE__ */ new Error("writing more data than expected"), { path: this.absolute });
			return this.emit("error", r);
		}
		return this.remain -= t.length, this.blockRemain -= t.length, this.pos += t.length, this.offset += t.length, super.write(t, null, i);
	}
	[es]() {
		if (!this.remain) return this.blockRemain && super.write(Buffer.alloc(this.blockRemain)), this[pt]((t) => t ? this.emit("error", t) : this.end());
		if (!this.buf) throw new Error("buffer lost somehow in ONDRAIN");
		this.offset >= this.length && (this.buf = Buffer.allocUnsafe(Math.min(this.blockRemain, this.buf.length)), this.offset = 0), this.length = this.buf.length - this.offset, this[ii]();
	}
};
var ni = class extends de {
	sync = !0;
	[ss]() {
		this[si](I.lstatSync(this.absolute));
	}
	[is]() {
		this[ns](I.readlinkSync(this.absolute));
	}
	[os]() {
		this[hs](I.openSync(this.absolute, "r"));
	}
	[ii]() {
		let t = !0;
		try {
			let { fd: e, buf: i, offset: r, length: n, pos: o } = this;
			if (e === void 0 || i === void 0) throw new Error("fd and buf must be set in READ method");
			let h = I.readSync(e, i, r, n, o);
			this[rs](h), t = !1;
		} finally {
			if (t) try {
				this[pt](() => {});
			} catch {}
		}
	}
	[as](t) {
		t();
	}
	[pt](t = () => {}) {
		this.fd !== void 0 && I.closeSync(this.fd), t();
	}
};
var oi = class extends A {
	blockLen = 0;
	blockRemain = 0;
	buf = 0;
	pos = 0;
	remain = 0;
	length = 0;
	preservePaths;
	portable;
	strict;
	noPax;
	noMtime;
	readEntry;
	type;
	prefix;
	path;
	mode;
	uid;
	gid;
	uname;
	gname;
	header;
	mtime;
	atime;
	ctime;
	linkpath;
	size;
	onWriteEntry;
	warn(t, e, i = {}) {
		return Dt(this, t, e, i);
	}
	constructor(t, e = {}) {
		let i = se(e);
		super(), this.preservePaths = !!i.preservePaths, this.portable = !!i.portable, this.strict = !!i.strict, this.noPax = !!i.noPax, this.noMtime = !!i.noMtime, this.onWriteEntry = i.onWriteEntry, this.readEntry = t;
		let { type: r } = t;
		if (r === "Unsupported") throw new Error("writing entry that should be ignored");
		this.type = r, this.type === "Directory" && this.portable && (this.noMtime = !0), this.prefix = i.prefix, this.path = f(t.path), this.mode = t.mode !== void 0 ? this[ri](t.mode) : void 0, this.uid = this.portable ? void 0 : t.uid, this.gid = this.portable ? void 0 : t.gid, this.uname = this.portable ? void 0 : t.uname, this.gname = this.portable ? void 0 : t.gname, this.size = t.size, this.mtime = this.noMtime ? void 0 : i.mtime || t.mtime, this.atime = this.portable ? void 0 : t.atime, this.ctime = this.portable ? void 0 : t.ctime, this.linkpath = t.linkpath !== void 0 ? f(t.linkpath) : void 0, typeof i.onwarn == "function" && this.on("warn", i.onwarn);
		let n = !1;
		if (!this.preservePaths) {
			let [h, a] = ce(this.path);
			h && typeof a == "string" && (this.path = a, n = h);
		}
		this.remain = t.size, this.blockRemain = t.startBlockSize, this.onWriteEntry?.(this), this.header = new F({
			path: this[q](this.path),
			linkpath: this.type === "Link" && this.linkpath !== void 0 ? this[q](this.linkpath) : this.linkpath,
			mode: this.mode,
			uid: this.portable ? void 0 : this.uid,
			gid: this.portable ? void 0 : this.gid,
			size: this.size,
			mtime: this.noMtime ? void 0 : this.mtime,
			type: this.type,
			uname: this.portable ? void 0 : this.uname,
			atime: this.portable ? void 0 : this.atime,
			ctime: this.portable ? void 0 : this.ctime
		}), n && this.warn("TAR_ENTRY_INFO", `stripping ${n} from absolute path`, {
			entry: this,
			path: n + this.path
		}), this.header.encode() && !this.noPax && super.write(new ft({
			atime: this.portable ? void 0 : this.atime,
			ctime: this.portable ? void 0 : this.ctime,
			gid: this.portable ? void 0 : this.gid,
			mtime: this.noMtime ? void 0 : this.mtime,
			path: this[q](this.path),
			linkpath: this.type === "Link" && this.linkpath !== void 0 ? this[q](this.linkpath) : this.linkpath,
			size: this.size,
			uid: this.portable ? void 0 : this.uid,
			uname: this.portable ? void 0 : this.uname,
			dev: this.portable ? void 0 : this.readEntry.dev,
			ino: this.portable ? void 0 : this.readEntry.ino,
			nlink: this.portable ? void 0 : this.readEntry.nlink
		}).encode());
		let o = this.header?.block;
		if (!o) throw new Error("failed to encode header");
		super.write(o), t.pipe(this);
	}
	[q](t) {
		return rr(t, this.prefix);
	}
	[ri](t) {
		return Ji(t, this.type === "Directory", this.portable);
	}
	write(t, e, i) {
		typeof e == "function" && (i = e, e = void 0), typeof t == "string" && (t = Buffer.from(t, typeof e == "string" ? e : "utf8"));
		let r = t.length;
		if (r > this.blockRemain) throw new Error("writing more to entry than is appropriate");
		return this.blockRemain -= r, super.write(t, i);
	}
	end(t, e, i) {
		return this.blockRemain && super.write(Buffer.alloc(this.blockRemain)), typeof t == "function" && (i = t, e = void 0, t = void 0), typeof e == "function" && (i = e, e = void 0), typeof t == "string" && (t = Buffer.from(t, e ?? "utf8")), i && this.once("finish", i), t ? super.end(t, i) : super.end(i), this;
	}
};
var Gn = (s) => s.isFile() ? "File" : s.isDirectory() ? "Directory" : s.isSymbolicLink() ? "SymbolicLink" : "Unsupported";
var hi = class s {
	tail;
	head;
	length = 0;
	static create(t = []) {
		return new s(t);
	}
	constructor(t = []) {
		for (let e of t) this.push(e);
	}
	*[Symbol.iterator]() {
		for (let t = this.head; t; t = t.next) yield t.value;
	}
	removeNode(t) {
		if (t.list !== this) throw new Error("removing node which does not belong to this list");
		let e = t.next, i = t.prev;
		return e && (e.prev = i), i && (i.next = e), t === this.head && (this.head = e), t === this.tail && (this.tail = i), this.length--, t.next = void 0, t.prev = void 0, t.list = void 0, e;
	}
	unshiftNode(t) {
		if (t === this.head) return;
		t.list && t.list.removeNode(t);
		let e = this.head;
		t.list = this, t.next = e, e && (e.prev = t), this.head = t, this.tail || (this.tail = t), this.length++;
	}
	pushNode(t) {
		if (t === this.tail) return;
		t.list && t.list.removeNode(t);
		let e = this.tail;
		t.list = this, t.prev = e, e && (e.next = t), this.tail = t, this.head || (this.head = t), this.length++;
	}
	push(...t) {
		for (let e = 0, i = t.length; e < i; e++) Yn(this, t[e]);
		return this.length;
	}
	unshift(...t) {
		for (var e = 0, i = t.length; e < i; e++) Kn(this, t[e]);
		return this.length;
	}
	pop() {
		if (!this.tail) return;
		let t = this.tail.value, e = this.tail;
		return this.tail = this.tail.prev, this.tail ? this.tail.next = void 0 : this.head = void 0, e.list = void 0, this.length--, t;
	}
	shift() {
		if (!this.head) return;
		let t = this.head.value, e = this.head;
		return this.head = this.head.next, this.head ? this.head.prev = void 0 : this.tail = void 0, e.list = void 0, this.length--, t;
	}
	forEach(t, e) {
		e = e || this;
		for (let i = this.head, r = 0; i; r++) t.call(e, i.value, r, this), i = i.next;
	}
	forEachReverse(t, e) {
		e = e || this;
		for (let i = this.tail, r = this.length - 1; i; r--) t.call(e, i.value, r, this), i = i.prev;
	}
	get(t) {
		let e = 0, i = this.head;
		for (; i && e < t; e++) i = i.next;
		if (e === t && i) return i.value;
	}
	getReverse(t) {
		let e = 0, i = this.tail;
		for (; i && e < t; e++) i = i.prev;
		if (e === t && i) return i.value;
	}
	map(t, e) {
		e = e || this;
		let i = new s();
		for (let r = this.head; r;) i.push(t.call(e, r.value, this)), r = r.next;
		return i;
	}
	mapReverse(t, e) {
		e = e || this;
		var i = new s();
		for (let r = this.tail; r;) i.push(t.call(e, r.value, this)), r = r.prev;
		return i;
	}
	reduce(t, e) {
		let i, r = this.head;
		if (arguments.length > 1) i = e;
		else if (this.head) r = this.head.next, i = this.head.value;
		else throw new TypeError("Reduce of empty list with no initial value");
		for (var n = 0; r; n++) i = t(i, r.value, n), r = r.next;
		return i;
	}
	reduceReverse(t, e) {
		let i, r = this.tail;
		if (arguments.length > 1) i = e;
		else if (this.tail) r = this.tail.prev, i = this.tail.value;
		else throw new TypeError("Reduce of empty list with no initial value");
		for (let n = this.length - 1; r; n--) i = t(i, r.value, n), r = r.prev;
		return i;
	}
	toArray() {
		let t = new Array(this.length);
		for (let e = 0, i = this.head; i; e++) t[e] = i.value, i = i.next;
		return t;
	}
	toArrayReverse() {
		let t = new Array(this.length);
		for (let e = 0, i = this.tail; i; e++) t[e] = i.value, i = i.prev;
		return t;
	}
	slice(t = 0, e = this.length) {
		e < 0 && (e += this.length), t < 0 && (t += this.length);
		let i = new s();
		if (e < t || e < 0) return i;
		t < 0 && (t = 0), e > this.length && (e = this.length);
		let r = this.head, n = 0;
		for (n = 0; r && n < t; n++) r = r.next;
		for (; r && n < e; n++, r = r.next) i.push(r.value);
		return i;
	}
	sliceReverse(t = 0, e = this.length) {
		e < 0 && (e += this.length), t < 0 && (t += this.length);
		let i = new s();
		if (e < t || e < 0) return i;
		t < 0 && (t = 0), e > this.length && (e = this.length);
		let r = this.length, n = this.tail;
		for (; n && r > e; r--) n = n.prev;
		for (; n && r > t; r--, n = n.prev) i.push(n.value);
		return i;
	}
	splice(t, e = 0, ...i) {
		t > this.length && (t = this.length - 1), t < 0 && (t = this.length + t);
		let r = this.head;
		for (let o = 0; r && o < t; o++) r = r.next;
		let n = [];
		for (let o = 0; r && o < e; o++) n.push(r.value), r = this.removeNode(r);
		r ? r !== this.tail && (r = r.prev) : r = this.tail;
		for (let o of i) r = Zn(this, r, o);
		return n;
	}
	reverse() {
		let t = this.head, e = this.tail;
		for (let i = t; i; i = i.prev) {
			let r = i.prev;
			i.prev = i.next, i.next = r;
		}
		return this.head = e, this.tail = t, this;
	}
};
function Zn(s, t, e) {
	let n = new ue(e, t, t ? t.next : s.head, s);
	return n.next === void 0 && (s.tail = n), n.prev === void 0 && (s.head = n), s.length++, n;
}
function Yn(s, t) {
	s.tail = new ue(t, s.tail, void 0, s), s.head || (s.head = s.tail), s.length++;
}
function Kn(s, t) {
	s.head = new ue(t, void 0, s.head, s), s.tail || (s.tail = s.head), s.length++;
}
var ue = class {
	list;
	next;
	prev;
	value;
	constructor(t, e, i, r) {
		this.list = r, this.value = t, e ? (e.next = this, this.prev = e) : this.prev = void 0, i ? (i.prev = this, this.next = i) : this.next = void 0;
	}
};
var pi = class {
	path;
	absolute;
	entry;
	stat;
	readdir;
	pending = !1;
	pendingLink = !1;
	ignore = !1;
	piped = !1;
	constructor(t, e) {
		this.path = t || "./", this.absolute = e;
	}
};
var nr = Buffer.alloc(1024);
var li = Symbol("onStat");
var me = Symbol("ended");
var W = Symbol("queue");
var pe = Symbol("pendingLinks");
var Et = Symbol("current");
var Ft = Symbol("process");
var Ee = Symbol("processing");
var ai = Symbol("processJob");
var G = Symbol("jobs");
var ls = Symbol("jobDone");
var ci = Symbol("addFSEntry");
var or = Symbol("addTarEntry");
var ds = Symbol("stat");
var us = Symbol("readdir");
var fi = Symbol("onreaddir");
var di = Symbol("pipe");
var hr = Symbol("entry");
var cs = Symbol("entryOpt");
var ui = Symbol("writeEntryClass");
var lr = Symbol("write");
var fs = Symbol("ondrain");
var wt = class extends A {
	sync = !1;
	opt;
	cwd;
	maxReadSize;
	preservePaths;
	strict;
	noPax;
	prefix;
	linkCache;
	statCache;
	file;
	portable;
	zip;
	readdirCache;
	noDirRecurse;
	follow;
	noMtime;
	mtime;
	filter;
	jobs;
	[ui];
	onWriteEntry;
	[W];
	[pe] = /* @__PURE__ */ new Map();
	[G] = 0;
	[Ee] = !1;
	[me] = !1;
	constructor(t = {}) {
		if (super(), this.opt = t, this.file = t.file || "", this.cwd = t.cwd || process.cwd(), this.maxReadSize = t.maxReadSize, this.preservePaths = !!t.preservePaths, this.strict = !!t.strict, this.noPax = !!t.noPax, this.prefix = f(t.prefix || ""), this.linkCache = t.linkCache || /* @__PURE__ */ new Map(), this.statCache = t.statCache || /* @__PURE__ */ new Map(), this.readdirCache = t.readdirCache || /* @__PURE__ */ new Map(), this.onWriteEntry = t.onWriteEntry, this[ui] = de, typeof t.onwarn == "function" && this.on("warn", t.onwarn), this.portable = !!t.portable, t.gzip || t.brotli || t.zstd) {
			if ((t.gzip ? 1 : 0) + (t.brotli ? 1 : 0) + (t.zstd ? 1 : 0) > 1) throw new TypeError("gzip, brotli, zstd are mutually exclusive");
			if (t.gzip && (typeof t.gzip != "object" && (t.gzip = {}), this.portable && (t.gzip.portable = !0), this.zip = new ze(t.gzip)), t.brotli && (typeof t.brotli != "object" && (t.brotli = {}), this.zip = new We(t.brotli)), t.zstd && (typeof t.zstd != "object" && (t.zstd = {}), this.zip = new Ye(t.zstd)), !this.zip) throw new Error("impossible");
			let e = this.zip;
			e.on("data", (i) => super.write(i)), e.on("end", () => super.end()), e.on("drain", () => this[fs]()), this.on("resume", () => e.resume());
		} else this.on("drain", this[fs]);
		this.noDirRecurse = !!t.noDirRecurse, this.follow = !!t.follow, this.noMtime = !!t.noMtime, t.mtime && (this.mtime = t.mtime), this.filter = typeof t.filter == "function" ? t.filter : () => !0, this[W] = new hi(), this[G] = 0, this.jobs = Number(t.jobs) || 4, this[Ee] = !1, this[me] = !1;
	}
	[lr](t) {
		return super.write(t);
	}
	add(t) {
		return this.write(t), this;
	}
	end(t, e, i) {
		return typeof t == "function" && (i = t, t = void 0), typeof e == "function" && (i = e, e = void 0), t && this.add(t), this[me] = !0, this[Ft](), i && i(), this;
	}
	write(t) {
		if (this[me]) throw new Error("write after end");
		return typeof t == "string" ? this[ci](t) : this[or](t), this.flowing;
	}
	[or](t) {
		let e = f(ar.resolve(this.cwd, t.path));
		if (!this.filter(t.path, t)) t.resume();
		else {
			let i = new pi(t.path, e);
			i.entry = new oi(t, this[cs](i)), i.entry.on("end", () => this[ls](i)), this[G] += 1, this[W].push(i);
		}
		this[Ft]();
	}
	[ci](t) {
		let e = f(ar.resolve(this.cwd, t));
		this[W].push(new pi(t, e)), this[Ft]();
	}
	[ds](t) {
		t.pending = !0, this[G] += 1;
		let e = this.follow ? "stat" : "lstat";
		I[e](t.absolute, (i, r) => {
			t.pending = !1, this[G] -= 1, i ? this.emit("error", i) : this[li](t, r);
		});
	}
	[li](t, e) {
		if (this.statCache.set(t.absolute, e), t.stat = e, !this.filter(t.path, e)) t.ignore = !0;
		else if (e.isFile() && e.nlink > 1 && !this.linkCache.get(`${e.dev}:${e.ino}`) && !this.sync) if (t === this[Et]) this[ai](t);
		else {
			let i = `${e.dev}:${e.ino}`, r = this[pe].get(i);
			r ? r.push(t) : this[pe].set(i, [t]), t.pendingLink = !0, t.pending = !0;
		}
		this[Ft]();
	}
	[us](t) {
		t.pending = !0, this[G] += 1, I.readdir(t.absolute, (e, i) => {
			if (t.pending = !1, this[G] -= 1, e) return this.emit("error", e);
			this[fi](t, i);
		});
	}
	[fi](t, e) {
		this.readdirCache.set(t.absolute, e), t.readdir = e, this[Ft]();
	}
	[Ft]() {
		if (!this[Ee]) {
			this[Ee] = !0;
			for (let t = this[W].head; t && this[G] < this.jobs; t = t.next) if (this[ai](t.value), t.value.ignore) {
				let e = t.next;
				this[W].removeNode(t), t.next = e;
			}
			this[Ee] = !1, this[me] && this[W].length === 0 && this[G] === 0 && (this.zip ? this.zip.end(nr) : (super.write(nr), super.end()));
		}
	}
	get [Et]() {
		return this[W] && this[W].head && this[W].head.value;
	}
	[ls](t) {
		this[W].shift(), this[G] -= 1;
		let { stat: e } = t;
		if (e && e.isFile() && e.nlink > 1) {
			let i = `${e.dev}:${e.ino}`, r = this[pe].get(i);
			if (r) {
				this[pe].delete(i);
				for (let n of r) n.pending = !1, this[ai](n);
			}
		}
		this[Ft]();
	}
	[ai](t) {
		if (t.pending && t.pendingLink && t === this[Et] && (t.pending = !1, t.pendingLink = !1), !t.pending) {
			if (t.entry) {
				t === this[Et] && !t.piped && this[di](t);
				return;
			}
			if (!t.stat) {
				let e = this.statCache.get(t.absolute);
				e ? this[li](t, e) : this[ds](t);
			}
			if (t.stat && !t.ignore) {
				if (!this.noDirRecurse && t.stat.isDirectory() && !t.readdir) {
					let e = this.readdirCache.get(t.absolute);
					if (e ? this[fi](t, e) : this[us](t), !t.readdir) return;
				}
				if (t.entry = this[hr](t), !t.entry) {
					t.ignore = !0;
					return;
				}
				t === this[Et] && !t.piped && this[di](t);
			}
		}
	}
	[cs](t) {
		return {
			onwarn: (e, i, r) => this.warn(e, i, r),
			noPax: this.noPax,
			cwd: this.cwd,
			absolute: t.absolute,
			preservePaths: this.preservePaths,
			maxReadSize: this.maxReadSize,
			strict: this.strict,
			portable: this.portable,
			linkCache: this.linkCache,
			statCache: this.statCache,
			noMtime: this.noMtime,
			mtime: this.mtime,
			prefix: this.prefix,
			onWriteEntry: this.onWriteEntry
		};
	}
	[hr](t) {
		this[G] += 1;
		try {
			return new this[ui](t.path, this[cs](t)).on("end", () => this[ls](t)).on("error", (i) => this.emit("error", i));
		} catch (e) {
			this.emit("error", e);
		}
	}
	[fs]() {
		this[Et] && this[Et].entry && this[Et].entry.resume();
	}
	[di](t) {
		t.piped = !0, t.readdir && t.readdir.forEach((r) => {
			let n = t.path, o = n === "./" ? "" : n.replace(/\/*$/, "/");
			this[ci](o + r);
		});
		let e = t.entry, i = this.zip;
		if (!e) throw new Error("cannot pipe without source");
		i ? e.on("data", (r) => {
			i.write(r) || e.pause();
		}) : e.on("data", (r) => {
			super.write(r) || e.pause();
		});
	}
	pause() {
		return this.zip && this.zip.pause(), super.pause();
	}
	warn(t, e, i = {}) {
		Dt(this, t, e, i);
	}
};
var kt = class extends wt {
	sync = !0;
	constructor(t) {
		super(t), this[ui] = ni;
	}
	pause() {}
	resume() {}
	[ds](t) {
		let e = this.follow ? "statSync" : "lstatSync";
		this[li](t, I[e](t.absolute));
	}
	[us](t) {
		this[fi](t, I.readdirSync(t.absolute));
	}
	[di](t) {
		let e = t.entry, i = this.zip;
		if (t.readdir && t.readdir.forEach((r) => {
			let n = t.path, o = n === "./" ? "" : n.replace(/\/*$/, "/");
			this[ci](o + r);
		}), !e) throw new Error("Cannot pipe without source");
		i ? e.on("data", (r) => {
			i.write(r);
		}) : e.on("data", (r) => {
			super[lr](r);
		});
	}
};
var Vn = (s, t) => {
	let e = new kt(s), i = new Wt(s.file, { mode: s.mode || 438 });
	e.pipe(i), fr(e, t);
};
var $n = (s, t) => {
	let e = new wt(s), i = new et(s.file, { mode: s.mode || 438 });
	e.pipe(i);
	let r = new Promise((n, o) => {
		i.on("error", o), i.on("close", n), e.on("error", o);
	});
	return dr(e, t).catch((n) => e.emit("error", n)), r;
};
var fr = (s, t) => {
	t.forEach((e) => {
		e.charAt(0) === "@" ? Ct({
			file: Pr.resolve(s.cwd, e.slice(1)),
			sync: !0,
			noResume: !0,
			onReadEntry: (i) => s.add(i)
		}) : s.add(e);
	}), s.end();
};
var dr = async (s, t) => {
	for (let e of t) e.charAt(0) === "@" ? await Ct({
		file: Pr.resolve(String(s.cwd), e.slice(1)),
		noResume: !0,
		onReadEntry: (i) => {
			s.add(i);
		}
	}) : s.add(e);
	s.end();
};
var Xn = (s, t) => {
	let e = new kt(s);
	return fr(e, t), e;
};
var qn = (s, t) => {
	let e = new wt(s);
	return dr(e, t).catch((i) => e.emit("error", i)), e;
};
K(Vn, $n, Xn, qn, (s, t) => {
	if (!t?.length) throw new TypeError("no paths specified to add to archive");
});
var Er = (process.env.__FAKE_PLATFORM__ || process.platform) === "win32", { O_CREAT: wr, O_NOFOLLOW: ur, O_TRUNC: Sr, O_WRONLY: yr } = I.constants, Rr = Number(process.env.__FAKE_FS_O_FILENAME__) || I.constants.UV_FS_O_FILEMAP || 0, jn = Er && !!Rr, to = 524288, eo = Rr | Sr | wr | yr, mr = !Er && typeof ur == "number" ? ur | Sr | wr | yr : null, ms = mr !== null ? () => mr : jn ? (s) => s < to ? eo : "w" : () => "w";
var ps = (s, t, e) => {
	try {
		return Br.lchownSync(s, t, e);
	} catch (i) {
		if (i?.code !== "ENOENT") throw i;
	}
};
var Ei = (s, t, e, i) => {
	Br.lchown(s, t, e, (r) => {
		i(r && r?.code !== "ENOENT" ? r : null);
	});
};
var io = (s, t, e, i, r) => {
	if (t.isDirectory()) Es(Pr.resolve(s, t.name), e, i, (n) => {
		if (n) return r(n);
		Ei(Pr.resolve(s, t.name), e, i, r);
	});
	else Ei(Pr.resolve(s, t.name), e, i, r);
};
var Es = (s, t, e, i) => {
	Br.readdir(s, { withFileTypes: !0 }, (r, n) => {
		if (r) {
			if (r.code === "ENOENT") return i();
			if (r.code !== "ENOTDIR" && r.code !== "ENOTSUP") return i(r);
		}
		if (r || !n.length) return Ei(s, t, e, i);
		let o = n.length, h = null, a = (l) => {
			if (!h) {
				if (l) return i(h = l);
				if (--o === 0) return Ei(s, t, e, i);
			}
		};
		for (let l of n) io(s, l, t, e, a);
	});
};
var so = (s, t, e, i) => {
	t.isDirectory() && ws(Pr.resolve(s, t.name), e, i), ps(Pr.resolve(s, t.name), e, i);
};
var ws = (s, t, e) => {
	let i;
	try {
		i = Br.readdirSync(s, { withFileTypes: !0 });
	} catch (r) {
		let n = r;
		if (n?.code === "ENOENT") return;
		if (n?.code === "ENOTDIR" || n?.code === "ENOTSUP") return ps(s, t, e);
		throw n;
	}
	for (let r of i) so(s, r, t, e);
	return ps(s, t, e);
};
var Se = class extends Error {
	path;
	code;
	syscall = "chdir";
	constructor(t, e) {
		super(`${e}: Cannot cd into '${t}'`), this.path = t, this.code = e;
	}
	get name() {
		return "CwdError";
	}
};
var St = class extends Error {
	path;
	symlink;
	syscall = "symlink";
	code = "TAR_SYMLINK_ERROR";
	constructor(t, e) {
		super("TAR_SYMLINK_ERROR: Cannot extract through symbolic link"), this.symlink = t, this.path = e;
	}
	get name() {
		return "SymlinkError";
	}
};
var no = (s, t) => {
	Br.stat(s, (e, i) => {
		(e || !i.isDirectory()) && (e = new Se(s, e?.code || "ENOTDIR")), t(e);
	});
};
var gr = (s, t, e) => {
	s = f(s);
	let i = t.umask ?? 18, r = t.mode | 448, n = (r & i) !== 0, o = t.uid, h = t.gid, a = typeof o == "number" && typeof h == "number" && (o !== t.processUid || h !== t.processGid), l = t.preserve, c = t.unlink, d = f(t.cwd), y = (E, x) => {
		E ? e(E) : x && a ? Es(x, o, h, (Le) => y(Le)) : n ? Br.chmod(s, r, e) : e();
	};
	if (s === d) return no(s, y);
	if (l) return ro.mkdir(s, {
		mode: r,
		recursive: !0
	}).then((E) => y(null, E ?? void 0), y);
	Ss(d, f(Pr.relative(d, s)).split("/"), r, c, d, void 0, y);
};
var Ss = (s, t, e, i, r, n, o) => {
	if (t.length === 0) return o(null, n);
	let h = t.shift(), a = f(Pr.resolve(s + "/" + h));
	Br.mkdir(a, e, br(a, t, e, i, r, n, o));
};
var br = (s, t, e, i, r, n, o) => (h) => {
	h ? Br.lstat(s, (a, l) => {
		if (a) a.path = a.path && f(a.path), o(a);
		else if (l.isDirectory()) Ss(s, t, e, i, r, n, o);
		else if (i) Br.unlink(s, (c) => {
			if (c) return o(c);
			Br.mkdir(s, e, br(s, t, e, i, r, n, o));
		});
		else {
			if (l.isSymbolicLink()) return o(new St(s, s + "/" + t.join("/")));
			o(h);
		}
	}) : (n = n || s, Ss(s, t, e, i, r, n, o));
};
var oo = (s) => {
	let t = !1, e;
	try {
		t = Br.statSync(s).isDirectory();
	} catch (i) {
		e = i?.code;
	} finally {
		if (!t) throw new Se(s, e ?? "ENOTDIR");
	}
};
var _r = (s, t) => {
	s = f(s);
	let e = t.umask ?? 18, i = t.mode | 448, r = (i & e) !== 0, n = t.uid, o = t.gid, h = typeof n == "number" && typeof o == "number" && (n !== t.processUid || o !== t.processGid), a = t.preserve, l = t.unlink, c = f(t.cwd), d = (E) => {
		E && h && ws(E, n, o), r && Br.chmodSync(s, i);
	};
	if (s === c) return oo(c), d();
	if (a) return d(Br.mkdirSync(s, {
		mode: i,
		recursive: !0
	}) ?? void 0);
	let T = f(Pr.relative(c, s)).split("/"), D;
	for (let E = T.shift(), x = c; E && (x += "/" + E); E = T.shift()) {
		x = f(Pr.resolve(x));
		try {
			Br.mkdirSync(x, i), D = D || x;
		} catch {
			let Le = Br.lstatSync(x);
			if (Le.isDirectory()) continue;
			if (l) {
				Br.unlinkSync(x), Br.mkdirSync(x, i), D = D || x;
				continue;
			} else if (Le.isSymbolicLink()) return new St(x, x + "/" + T.join("/"));
		}
	}
	return d(D);
};
var ys = Object.create(null);
var Or = 1e4;
var Vt = /* @__PURE__ */ new Set();
var Tr = (s) => {
	Vt.has(s) ? Vt.delete(s) : ys[s] = s.normalize("NFD").toLocaleLowerCase("en").toLocaleUpperCase("en"), Vt.add(s);
	let t = ys[s], e = Vt.size - Or;
	if (e > Or / 10) {
		for (let i of Vt) if (Vt.delete(i), delete ys[i], --e <= 0) break;
	}
	return t;
};
var ao = (process.env.TESTING_TAR_FAKE_PLATFORM || process.platform) === "win32";
var lo = (s) => s.split("/").slice(0, -1).reduce((e, i) => {
	let r = e.at(-1);
	return r !== void 0 && (i = join(r, i)), e.push(i || "/"), e;
}, []);
var yi = class {
	#t = /* @__PURE__ */ new Map();
	#i = /* @__PURE__ */ new Map();
	#s = /* @__PURE__ */ new Set();
	reserve(t, e) {
		t = ao ? ["win32 parallelization disabled"] : t.map((r) => mt(join(Tr(r))));
		let i = new Set(t.map((r) => lo(r)).reduce((r, n) => r.concat(n)));
		this.#i.set(e, {
			dirs: i,
			paths: t
		});
		for (let r of t) {
			let n = this.#t.get(r);
			n ? n.push(e) : this.#t.set(r, [e]);
		}
		for (let r of i) {
			let n = this.#t.get(r);
			if (!n) this.#t.set(r, [/* @__PURE__ */ new Set([e])]);
			else {
				let o = n.at(-1);
				o instanceof Set ? o.add(e) : n.push(/* @__PURE__ */ new Set([e]));
			}
		}
		return this.#r(e);
	}
	#n(t) {
		let e = this.#i.get(t);
		if (!e) throw new Error("function does not have any path reservations");
		return {
			paths: e.paths.map((i) => this.#t.get(i)),
			dirs: [...e.dirs].map((i) => this.#t.get(i))
		};
	}
	check(t) {
		let { paths: e, dirs: i } = this.#n(t);
		return e.every((r) => r && r[0] === t) && i.every((r) => r && r[0] instanceof Set && r[0].has(t));
	}
	#r(t) {
		return this.#s.has(t) || !this.check(t) ? !1 : (this.#s.add(t), t(() => this.#e(t)), !0);
	}
	#e(t) {
		if (!this.#s.has(t)) return !1;
		let e = this.#i.get(t);
		if (!e) throw new Error("invalid reservation");
		let { paths: i, dirs: r } = e, n = /* @__PURE__ */ new Set();
		for (let o of i) {
			let h = this.#t.get(o);
			if (!h || h?.[0] !== t) continue;
			let a = h[1];
			if (!a) {
				this.#t.delete(o);
				continue;
			}
			if (h.shift(), typeof a == "function") n.add(a);
			else for (let l of a) n.add(l);
		}
		for (let o of r) {
			let h = this.#t.get(o), a = h?.[0];
			if (!(!h || !(a instanceof Set))) if (a.size === 1 && h.length === 1) {
				this.#t.delete(o);
				continue;
			} else if (a.size === 1) {
				h.shift();
				let l = h[0];
				typeof l == "function" && n.add(l);
			} else a.delete(t);
		}
		return this.#s.delete(t), n.forEach((o) => this.#r(o)), !0;
	}
};
var Lr = () => process.umask();
var Dr = Symbol("onEntry");
var _s = Symbol("checkFs");
var Nr = Symbol("checkFs2");
var Os = Symbol("isReusable");
var P = Symbol("makeFs");
var Ts = Symbol("file");
var xs = Symbol("directory");
var gi = Symbol("link");
var Ar = Symbol("symlink");
var Ir = Symbol("hardlink");
var Re = Symbol("ensureNoSymlink");
var Cr = Symbol("unsupported");
var Fr = Symbol("checkPath");
var Rs = Symbol("stripAbsolutePath");
var yt = Symbol("mkdir");
var O = Symbol("onError");
var Ri = Symbol("pending");
var kr = Symbol("pend");
var $t = Symbol("unpend");
var gs = Symbol("ended");
var bs = Symbol("maybeClose");
var Ls = Symbol("skip");
var ge = Symbol("doChown");
var be = Symbol("uid");
var _e = Symbol("gid");
var Oe = Symbol("checkedCwd");
var Te = (process.env.TESTING_TAR_FAKE_PLATFORM || process.platform) === "win32";
var uo = 1024;
var mo = (s, t) => {
	if (!Te) return Br.unlink(s, t);
	let e = s + ".DELETE." + randomBytes(16).toString("hex");
	Br.rename(s, e, (i) => {
		if (i) return t(i);
		Br.unlink(e, t);
	});
};
var po = (s) => {
	if (!Te) return Br.unlinkSync(s);
	let t = s + ".DELETE." + randomBytes(16).toString("hex");
	Br.renameSync(s, t), Br.unlinkSync(t);
};
var vr = (s, t, e) => s !== void 0 && s === s >>> 0 ? s : t !== void 0 && t === t >>> 0 ? t : e;
var Xt = class extends rt {
	[gs] = !1;
	[Oe] = !1;
	[Ri] = 0;
	reservations = new yi();
	transform;
	writable = !0;
	readable = !1;
	uid;
	gid;
	setOwner;
	preserveOwner;
	processGid;
	processUid;
	maxDepth;
	forceChown;
	win32;
	newer;
	keep;
	noMtime;
	preservePaths;
	unlink;
	cwd;
	strip;
	processUmask;
	umask;
	dmode;
	fmode;
	chmod;
	constructor(t = {}) {
		if (t.ondone = () => {
			this[gs] = !0, this[bs]();
		}, super(t), this.transform = t.transform, this.chmod = !!t.chmod, typeof t.uid == "number" || typeof t.gid == "number") {
			if (typeof t.uid != "number" || typeof t.gid != "number") throw new TypeError("cannot set owner without number uid and gid");
			if (t.preserveOwner) throw new TypeError("cannot preserve owner in archive and also set owner explicitly");
			this.uid = t.uid, this.gid = t.gid, this.setOwner = !0;
		} else this.uid = void 0, this.gid = void 0, this.setOwner = !1;
		this.preserveOwner = t.preserveOwner === void 0 && typeof t.uid != "number" ? process.getuid?.() === 0 : !!t.preserveOwner, this.processUid = (this.preserveOwner || this.setOwner) && process.getuid ? process.getuid() : void 0, this.processGid = (this.preserveOwner || this.setOwner) && process.getgid ? process.getgid() : void 0, this.maxDepth = typeof t.maxDepth == "number" ? t.maxDepth : uo, this.forceChown = t.forceChown === !0, this.win32 = !!t.win32 || Te, this.newer = !!t.newer, this.keep = !!t.keep, this.noMtime = !!t.noMtime, this.preservePaths = !!t.preservePaths, this.unlink = !!t.unlink, this.cwd = f(Pr.resolve(t.cwd || process.cwd())), this.strip = Number(t.strip) || 0, this.processUmask = this.chmod ? typeof t.processUmask == "number" ? t.processUmask : Lr() : 0, this.umask = typeof t.umask == "number" ? t.umask : this.processUmask, this.dmode = t.dmode || 511 & ~this.umask, this.fmode = t.fmode || 438 & ~this.umask, this.on("entry", (e) => this[Dr](e));
	}
	warn(t, e, i = {}) {
		return (t === "TAR_BAD_ARCHIVE" || t === "TAR_ABORT") && (i.recoverable = !1), super.warn(t, e, i);
	}
	[bs]() {
		this[gs] && this[Ri] === 0 && (this.emit("prefinish"), this.emit("finish"), this.emit("end"));
	}
	[Rs](t, e) {
		let i = t[e], { type: r } = t;
		if (!i || this.preservePaths) return !0;
		let [n, o] = ce(i), h = o.replaceAll(/\\/g, "/").split("/");
		if (h.includes("..") || Te && /^[a-z]:\.\.$/i.test(h[0] ?? "")) {
			if (e === "path" || r === "Link") return this.warn("TAR_ENTRY_ERROR", `${e} contains '..'`, {
				entry: t,
				[e]: i
			}), !1;
			let a = Pr.posix.dirname(t.path), l = Pr.posix.normalize(Pr.posix.join(a, h.join("/")));
			if (l.startsWith("../") || l === "..") return this.warn("TAR_ENTRY_ERROR", `${e} escapes extraction directory`, {
				entry: t,
				[e]: i
			}), !1;
		}
		return n && (t[e] = String(o), this.warn("TAR_ENTRY_INFO", `stripping ${n} from absolute ${e}`, {
			entry: t,
			[e]: i
		})), !0;
	}
	[Fr](t) {
		let e = f(t.path), i = e.split("/");
		if (this.strip) {
			if (i.length < this.strip) return !1;
			if (t.type === "Link") {
				let r = f(String(t.linkpath)).split("/");
				if (r.length >= this.strip) t.linkpath = r.slice(this.strip).join("/");
				else return !1;
			}
			i.splice(0, this.strip), t.path = i.join("/");
		}
		if (isFinite(this.maxDepth) && i.length > this.maxDepth) return this.warn("TAR_ENTRY_ERROR", "path excessively deep", {
			entry: t,
			path: e,
			depth: i.length,
			maxDepth: this.maxDepth
		}), !1;
		if (!this[Rs](t, "path") || !this[Rs](t, "linkpath")) return !1;
		if (t.absolute = Pr.isAbsolute(t.path) ? f(Pr.resolve(t.path)) : f(Pr.resolve(this.cwd, t.path)), !this.preservePaths && typeof t.absolute == "string" && t.absolute.indexOf(this.cwd + "/") !== 0 && t.absolute !== this.cwd) return this.warn("TAR_ENTRY_ERROR", "path escaped extraction target", {
			entry: t,
			path: f(t.path),
			resolvedPath: t.absolute,
			cwd: this.cwd
		}), !1;
		if (t.absolute === this.cwd && t.type !== "Directory" && t.type !== "GNUDumpDir") return !1;
		if (this.win32) {
			let { root: r } = Pr.win32.parse(String(t.absolute));
			t.absolute = r + ts(String(t.absolute).slice(r.length));
			let { root: n } = Pr.win32.parse(t.path);
			t.path = n + ts(t.path.slice(n.length));
		}
		return !0;
	}
	[Dr](t) {
		if (!this[Fr](t)) return t.resume();
		switch (co.equal(typeof t.absolute, "string"), t.type) {
			case "Directory":
			case "GNUDumpDir": t.mode && (t.mode = t.mode | 448);
			case "File":
			case "OldFile":
			case "ContiguousFile":
			case "Link":
			case "SymbolicLink": return this[_s](t);
			default: return this[Cr](t);
		}
	}
	[O](t, e) {
		t.name === "CwdError" ? this.emit("error", t) : (this.warn("TAR_ENTRY_ERROR", t, { entry: e }), this[$t](), e.resume());
	}
	[yt](t, e, i) {
		gr(f(t), {
			uid: this.uid,
			gid: this.gid,
			processUid: this.processUid,
			processGid: this.processGid,
			umask: this.processUmask,
			preserve: this.preservePaths,
			unlink: this.unlink,
			cwd: this.cwd,
			mode: e
		}, i);
	}
	[ge](t) {
		return this.forceChown || this.preserveOwner && (typeof t.uid == "number" && t.uid !== this.processUid || typeof t.gid == "number" && t.gid !== this.processGid) || typeof this.uid == "number" && this.uid !== this.processUid || typeof this.gid == "number" && this.gid !== this.processGid;
	}
	[be](t) {
		return vr(this.uid, t.uid, this.processUid);
	}
	[_e](t) {
		return vr(this.gid, t.gid, this.processGid);
	}
	[Ts](t, e) {
		let i = typeof t.mode == "number" ? t.mode & 4095 : this.fmode, r = new et(String(t.absolute), {
			flags: ms(t.size),
			mode: i,
			autoClose: !1
		});
		r.on("error", (a) => {
			r.fd && Br.close(r.fd, () => {}), r.write = () => !0, this[O](a, t), e();
		});
		let n = 1, o = (a) => {
			if (a) {
				r.fd && Br.close(r.fd, () => {}), this[O](a, t), e();
				return;
			}
			--n === 0 && r.fd !== void 0 && Br.close(r.fd, (l) => {
				l ? this[O](l, t) : this[$t](), e();
			});
		};
		r.on("finish", () => {
			let a = String(t.absolute), l = r.fd;
			if (typeof l == "number" && t.mtime && !this.noMtime) {
				n++;
				let c = t.atime || /* @__PURE__ */ new Date(), d = t.mtime;
				Br.futimes(l, c, d, (y) => y ? Br.utimes(a, c, d, (T) => o(T && y)) : o());
			}
			if (typeof l == "number" && this[ge](t)) {
				n++;
				let c = this[be](t), d = this[_e](t);
				typeof c == "number" && typeof d == "number" && Br.fchown(l, c, d, (y) => y ? Br.chown(a, c, d, (T) => o(T && y)) : o());
			}
			o();
		});
		let h = this.transform && this.transform(t) || t;
		h !== t && (h.on("error", (a) => {
			this[O](a, t), e();
		}), t.pipe(h)), h.pipe(r);
	}
	[xs](t, e) {
		let i = typeof t.mode == "number" ? t.mode & 4095 : this.dmode;
		this[yt](String(t.absolute), i, (r) => {
			if (r) {
				this[O](r, t), e();
				return;
			}
			let n = 1, o = () => {
				--n === 0 && (e(), this[$t](), t.resume());
			};
			t.mtime && !this.noMtime && (n++, Br.utimes(String(t.absolute), t.atime || /* @__PURE__ */ new Date(), t.mtime, o)), this[ge](t) && (n++, Br.chown(String(t.absolute), Number(this[be](t)), Number(this[_e](t)), o)), o();
		});
	}
	[Cr](t) {
		t.unsupported = !0, this.warn("TAR_ENTRY_UNSUPPORTED", `unsupported entry type: ${t.type}`, { entry: t }), t.resume();
	}
	[Ar](t, e) {
		let i = f(Pr.relative(this.cwd, Pr.resolve(Pr.dirname(String(t.absolute)), String(t.linkpath)))).split("/");
		this[Re](t, this.cwd, i, () => this[gi](t, String(t.linkpath), "symlink", e), (r) => {
			this[O](r, t), e();
		});
	}
	[Ir](t, e) {
		let i = f(Pr.resolve(this.cwd, String(t.linkpath))), r = f(String(t.linkpath)).split("/");
		this[Re](t, this.cwd, r, () => this[gi](t, i, "link", e), (n) => {
			this[O](n, t), e();
		});
	}
	[Re](t, e, i, r, n) {
		let o = i.shift();
		if (this.preservePaths || o === void 0) return r();
		let h = Pr.resolve(e, o);
		Br.lstat(h, (a, l) => {
			if (a) return r();
			if (l?.isSymbolicLink()) return n(new St(h, Pr.resolve(h, i.join("/"))));
			this[Re](t, h, i, r, n);
		});
	}
	[kr]() {
		this[Ri]++;
	}
	[$t]() {
		this[Ri]--, this[bs]();
	}
	[Ls](t) {
		this[$t](), t.resume();
	}
	[Os](t, e) {
		return t.type === "File" && !this.unlink && e.isFile() && e.nlink <= 1 && !Te;
	}
	[_s](t) {
		this[kr]();
		let e = [t.path];
		t.linkpath && e.push(t.linkpath), this.reservations.reserve(e, (i) => this[Nr](t, i));
	}
	[Nr](t, e) {
		let i = (h) => {
			e(h);
		}, r = () => {
			this[yt](this.cwd, this.dmode, (h) => {
				if (h) {
					this[O](h, t), i();
					return;
				}
				this[Oe] = !0, n();
			});
		}, n = () => {
			if (t.absolute !== this.cwd) {
				let h = f(Pr.dirname(String(t.absolute)));
				if (h !== this.cwd) return this[yt](h, this.dmode, (a) => {
					if (a) {
						this[O](a, t), i();
						return;
					}
					o();
				});
			}
			o();
		}, o = () => {
			Br.lstat(String(t.absolute), (h, a) => {
				if (a && (this.keep || this.newer && a.mtime > (t.mtime ?? a.mtime))) {
					this[Ls](t), i();
					return;
				}
				if (h || this[Os](t, a)) return this[P](null, t, i);
				if (a.isDirectory()) {
					if (t.type === "Directory") {
						let l = this.chmod && t.mode && (a.mode & 4095) !== t.mode, c = (d) => this[P](d ?? null, t, i);
						return l ? Br.chmod(String(t.absolute), Number(t.mode), c) : c();
					}
					if (t.absolute !== this.cwd) return Br.rmdir(String(t.absolute), (l) => this[P](l ?? null, t, i));
				}
				if (t.absolute === this.cwd) return this[P](null, t, i);
				mo(String(t.absolute), (l) => this[P](l ?? null, t, i));
			});
		};
		this[Oe] ? n() : r();
	}
	[P](t, e, i) {
		if (t) {
			this[O](t, e), i();
			return;
		}
		switch (e.type) {
			case "File":
			case "OldFile":
			case "ContiguousFile": return this[Ts](e, i);
			case "Link": return this[Ir](e, i);
			case "SymbolicLink": return this[Ar](e, i);
			case "Directory":
			case "GNUDumpDir": return this[xs](e, i);
		}
	}
	[gi](t, e, i, r) {
		Br[i](e, String(t.absolute), (n) => {
			n ? this[O](n, t) : (this[$t](), t.resume()), r();
		});
	}
};
var ye = (s) => {
	try {
		return [null, s()];
	} catch (t) {
		return [t, null];
	}
};
var xe = class extends Xt {
	sync = !0;
	[P](t, e) {
		return super[P](t, e, () => {});
	}
	[_s](t) {
		if (!this[Oe]) {
			let n = this[yt](this.cwd, this.dmode);
			if (n) return this[O](n, t);
			this[Oe] = !0;
		}
		if (t.absolute !== this.cwd) {
			let n = f(Pr.dirname(String(t.absolute)));
			if (n !== this.cwd) {
				let o = this[yt](n, this.dmode);
				if (o) return this[O](o, t);
			}
		}
		let [e, i] = ye(() => Br.lstatSync(String(t.absolute)));
		if (i && (this.keep || this.newer && i.mtime > (t.mtime ?? i.mtime))) return this[Ls](t);
		if (e || this[Os](t, i)) return this[P](null, t);
		if (i.isDirectory()) {
			if (t.type === "Directory") {
				let [h] = this.chmod && t.mode && (i.mode & 4095) !== t.mode ? ye(() => {
					Br.chmodSync(String(t.absolute), Number(t.mode));
				}) : [];
				return this[P](h, t);
			}
			let [n] = ye(() => Br.rmdirSync(String(t.absolute)));
			this[P](n, t);
		}
		let [r] = t.absolute === this.cwd ? [] : ye(() => po(String(t.absolute)));
		this[P](r, t);
	}
	[Ts](t, e) {
		let i = typeof t.mode == "number" ? t.mode & 4095 : this.fmode, r = (h) => {
			let a;
			try {
				Br.closeSync(n);
			} catch (l) {
				a = l;
			}
			(h || a) && this[O](h || a, t), e();
		}, n;
		try {
			n = Br.openSync(String(t.absolute), ms(t.size), i);
		} catch (h) {
			return r(h);
		}
		let o = this.transform && this.transform(t) || t;
		o !== t && (o.on("error", (h) => this[O](h, t)), t.pipe(o)), o.on("data", (h) => {
			try {
				Br.writeSync(n, h, 0, h.length);
			} catch (a) {
				r(a);
			}
		}), o.on("end", () => {
			let h = null;
			if (t.mtime && !this.noMtime) {
				let a = t.atime || /* @__PURE__ */ new Date(), l = t.mtime;
				try {
					Br.futimesSync(n, a, l);
				} catch (c) {
					try {
						Br.utimesSync(String(t.absolute), a, l);
					} catch {
						h = c;
					}
				}
			}
			if (this[ge](t)) {
				let a = this[be](t), l = this[_e](t);
				try {
					Br.fchownSync(n, Number(a), Number(l));
				} catch (c) {
					try {
						Br.chownSync(String(t.absolute), Number(a), Number(l));
					} catch {
						h = h || c;
					}
				}
			}
			r(h);
		});
	}
	[xs](t, e) {
		let i = typeof t.mode == "number" ? t.mode & 4095 : this.dmode, r = this[yt](String(t.absolute), i);
		if (r) {
			this[O](r, t), e();
			return;
		}
		if (t.mtime && !this.noMtime) try {
			Br.utimesSync(String(t.absolute), t.atime || /* @__PURE__ */ new Date(), t.mtime);
		} catch {}
		if (this[ge](t)) try {
			Br.chownSync(String(t.absolute), Number(this[be](t)), Number(this[_e](t)));
		} catch {}
		e(), t.resume();
	}
	[yt](t, e) {
		try {
			return _r(f(t), {
				uid: this.uid,
				gid: this.gid,
				processUid: this.processUid,
				processGid: this.processGid,
				umask: this.processUmask,
				preserve: this.preservePaths,
				unlink: this.unlink,
				cwd: this.cwd,
				mode: e
			});
		} catch (i) {
			return i;
		}
	}
	[Re](t, e, i, r, n) {
		if (this.preservePaths || i.length === 0) return r();
		let o = e;
		for (let h of i) {
			o = Pr.resolve(o, h);
			let [a, l] = ye(() => Br.lstatSync(o));
			if (a) return r();
			if (l.isSymbolicLink()) return n(new St(o, Pr.resolve(e, i.join("/"))));
		}
		r();
	}
	[gi](t, e, i, r) {
		let n = `${i}Sync`;
		try {
			Br[n](e, String(t.absolute)), r(), t.resume();
		} catch (o) {
			return this[O](o, t);
		}
	}
};
var Eo = (s) => {
	let t = new xe(s), e = s.file, i = Br.statSync(e);
	new Be(e, {
		readSize: s.maxReadSize || 16777216,
		size: i.size
	}).pipe(t);
};
var wo = (s, t) => {
	let e = new Xt(s), i = s.maxReadSize || 16777216, r = s.file;
	return new Promise((o, h) => {
		e.on("error", h), e.on("close", o), Br.stat(r, (a, l) => {
			if (a) h(a);
			else {
				let c = new _t(r, {
					readSize: i,
					size: l.size
				});
				c.on("error", h), c.pipe(e);
			}
		});
	});
};
var So = K(Eo, wo, (s) => new xe(s), (s) => new Xt(s), (s, t) => {
	t?.length && Qi(s, t);
});
var yo = (s, t) => {
	let e = new kt(s), i = !0, r, n;
	try {
		try {
			r = Br.openSync(s.file, "r+");
		} catch (a) {
			if (a?.code === "ENOENT") r = Br.openSync(s.file, "w+");
			else throw a;
		}
		let o = Br.fstatSync(r), h = Buffer.alloc(512);
		t: for (n = 0; n < o.size; n += 512) {
			for (let c = 0, d = 0; c < 512; c += d) {
				if (d = Br.readSync(r, h, c, h.length - c, n + c), n === 0 && h[0] === 31 && h[1] === 139) throw new Error("cannot append to compressed archives");
				if (!d) break t;
			}
			let a = new F(h);
			if (!a.cksumValid) break;
			let l = 512 * Math.ceil((a.size || 0) / 512);
			if (n + l + 512 > o.size) break;
			n += l, s.mtimeCache && a.mtime && s.mtimeCache.set(String(a.path), a.mtime);
		}
		i = !1, Ro(s, e, n, r, t);
	} finally {
		if (i) try {
			Br.closeSync(r);
		} catch {}
	}
};
var Ro = (s, t, e, i, r) => {
	let n = new Wt(s.file, {
		fd: i,
		start: e
	});
	t.pipe(n), bo(t, r);
};
var go = (s, t) => {
	t = Array.from(t);
	let e = new wt(s), i = (n, o, h) => {
		let a = (T, D) => {
			T ? Br.close(n, (E) => h(T)) : h(null, D);
		}, l = 0;
		if (o === 0) return a(null, 0);
		let c = 0, d = Buffer.alloc(512), y = (T, D) => {
			if (T || D === void 0) return a(T);
			if (c += D, c < 512 && D) return Br.read(n, d, c, d.length - c, l + c, y);
			if (l === 0 && d[0] === 31 && d[1] === 139) return a(/* @__PURE__ */ new Error("cannot append to compressed archives"));
			if (c < 512) return a(null, l);
			let E = new F(d);
			if (!E.cksumValid) return a(null, l);
			let x = 512 * Math.ceil((E.size ?? 0) / 512);
			if (l + x + 512 > o || (l += x + 512, l >= o)) return a(null, l);
			s.mtimeCache && E.mtime && s.mtimeCache.set(String(E.path), E.mtime), c = 0, Br.read(n, d, 0, 512, l, y);
		};
		Br.read(n, d, 0, 512, l, y);
	};
	return new Promise((n, o) => {
		e.on("error", o);
		let h = "r+", a = (l, c) => {
			if (l && l.code === "ENOENT" && h === "r+") return h = "w+", Br.open(s.file, h, a);
			if (l || !c) return o(l);
			Br.fstat(c, (d, y) => {
				if (d) return Br.close(c, () => o(d));
				i(c, y.size, (T, D) => {
					if (T) return o(T);
					let E = new et(s.file, {
						fd: c,
						start: D
					});
					e.pipe(E), E.on("error", o), E.on("close", n), _o(e, t);
				});
			});
		};
		Br.open(s.file, h, a);
	});
};
var bo = (s, t) => {
	t.forEach((e) => {
		e.charAt(0) === "@" ? Ct({
			file: Pr.resolve(s.cwd, e.slice(1)),
			sync: !0,
			noResume: !0,
			onReadEntry: (i) => s.add(i)
		}) : s.add(e);
	}), s.end();
};
var _o = async (s, t) => {
	for (let e of t) e.charAt(0) === "@" ? await Ct({
		file: Pr.resolve(String(s.cwd), e.slice(1)),
		noResume: !0,
		onReadEntry: (i) => s.add(i)
	}) : s.add(e);
	s.end();
};
var vt = K(yo, go, () => {
	throw new TypeError("file is required");
}, () => {
	throw new TypeError("file is required");
}, (s, t) => {
	if (!Bs(s)) throw new TypeError("file is required");
	if (s.gzip || s.brotli || s.zstd || s.file.endsWith(".br") || s.file.endsWith(".tbr")) throw new TypeError("cannot append to compressed archives");
	if (!t?.length) throw new TypeError("no paths specified to add/replace");
});
K(vt.syncFile, vt.asyncFile, vt.syncNoFile, vt.asyncNoFile, (s, t = []) => {
	vt.validate?.(s, t), To(s);
});
var To = (s) => {
	let t = s.filter;
	s.mtimeCache || (s.mtimeCache = /* @__PURE__ */ new Map()), s.filter = t ? (e, i) => t(e, i) && !((s.mtimeCache?.get(e) ?? i.mtime ?? 0) > (i.mtime ?? 0)) : (e, i) => !((s.mtimeCache?.get(e) ?? i.mtime ?? 0) > (i.mtime ?? 0));
};
// src/tool/zip.ts
const END = 101010256;
const CENTRAL = 33639248;
const LOCAL = 67324752;
const END_LENGTH = 22;
const MAX_COMMENT = 65535;
/**
* The content of one entry of a ZIP archive, checked against its size and CRC-32. Reads what release tools write: stored
* or deflated entries, neither encrypted nor ZIP64; throws on anything else.
* https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
*/
function readZipEntry(zip, name, maxBytes) {
	const end = findEnd$1(zip);
	const entries = zip.readUInt16LE(end + 10);
	let at = zip.readUInt32LE(end + 16);
	for (let i = 0; i < entries; i++) {
		if (zip.readUInt32LE(at) !== CENTRAL) throw new Error("the central directory of the archive is broken");
		const nameLength = zip.readUInt16LE(at + 28);
		if (zip.toString("utf8", at + 46, at + 46 + nameLength) === name) return readEntry(zip, at, maxBytes);
		at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	throw new Error(`the archive has no ${name}`);
}
function findEnd$1(zip) {
	const last = zip.length - END_LENGTH;
	for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) if (zip.readUInt32LE(at) === END) return at;
	throw new Error("not a ZIP archive");
}
function readEntry(zip, central, maxBytes) {
	const flags = zip.readUInt16LE(central + 8);
	const method = zip.readUInt16LE(central + 10);
	const checksum = zip.readUInt32LE(central + 16);
	const packed = zip.readUInt32LE(central + 20);
	const size = zip.readUInt32LE(central + 24);
	const local = zip.readUInt32LE(central + 42);
	if ((flags & 1) !== 0) throw new Error("the entry is encrypted");
	if (size > maxBytes) throw new Error(`the entry has ${size} bytes, more than ${maxBytes}`);
	if (zip.readUInt32LE(local) !== LOCAL) throw new Error("the entry has no local header");
	const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
	const bytes = unpack(method, zip.subarray(start, start + packed), size);
	if (bytes.length !== size || crc32(bytes) !== checksum) throw new Error("the entry is damaged");
	return bytes;
}
function unpack(method, bytes, size) {
	if (method === 0) return bytes;
	if (method === 8) return inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
	throw new Error(`compression method ${method} is not supported`);
}
// src/tool/unpack.ts
/** No executable is larger than this many bytes; what claims to be is not unpacked. */
const MAX_EXECUTABLE_BYTES = 1024 ** 3;
/**
* Takes only the executable out of a release file whose checksum was right, into `directory`, and returns its path.
* Nothing else in the archive is written, so no name in it can reach another place. Throws BAD_ARCHIVE.
*/
async function unpackExecutable(archive, release, directory) {
	const path = join(directory, release.executable);
	await mkdir(directory, {
		recursive: true,
		mode: 448
	});
	try {
		await UNPACK[release.kind](archive, release.executable, directory);
		await chmod(path, 448);
	} catch (cause) {
		throw new ToolError("BAD_ARCHIVE", `${release.file} holds no usable ${release.executable}`, {
			cause,
			hint: "The checksum was right, so the release itself is not what this version expects: try another version."
		});
	}
	return path;
}
const UNPACK = {
	"tar.gz": async (archive, executable, directory) => {
		await So({
			file: archive,
			cwd: directory,
			strict: true,
			preserveOwner: false,
			filter: (path, entry) => path.replace(/^\.\//, "") === executable && "type" in entry && entry.type === "File" && entry.size <= MAX_EXECUTABLE_BYTES
		});
	},
	zip: async (archive, executable, directory) => {
		const bytes = readZipEntry(await readFile(archive), executable, MAX_EXECUTABLE_BYTES);
		await writeFile(join(directory, executable), bytes, { flag: "wx" });
	},
	binary: async (archive, executable, directory) => {
		await copyFile(archive, join(directory, executable));
	}
};
// src/tool/install.ts
/**
* Provides a tool: the path the user gave, else a release file from the cache, else one from its release page; unpacked
* only after its SHA-256 was right in a directory nobody else can write to. Throws a ToolError: nothing unchecked runs.
*/
async function installTool(request, context) {
	const { name } = request;
	const directory = await mkdtemp(join(context.directory, `${name}-`));
	if (request.kind === "path") {
		const given = await inspectGivenPath(name, request.path, {
			...context,
			directory
		});
		context.log.warning(`${name} ${given.version} at ${given.path} is trusted as given: no checksum was compared.`);
		return {
			name,
			...given,
			provenance: "path",
			trustedAsGiven: true
		};
	}
	const release = releaseFileFor(request, context);
	const sha256 = expectedChecksum(request, release);
	const archive = join(directory, release.file);
	const key = {
		name,
		version: request.version
	};
	const isCached = await takeCachedArchive(key, sha256, archive, context);
	if (!isCached) await downloadArchive(request, release, sha256, archive, context);
	context.signal.throwIfAborted();
	const path = await unpackExecutable(archive, release, join(directory, "bin"));
	if (!isCached) await keepArchive(request, archive, context);
	await rm(archive, { force: true });
	return {
		...key,
		path,
		provenance: isCached ? "cache" : "download",
		sha256: await hashFile(path, context.signal),
		release: {
			url: release.url,
			sha256
		},
		trustedAsGiven: false
	};
}
function releaseFileFor({ name, version }, { platform, arch }) {
	const release = findReleaseFile(name, version, platform, arch);
	if (release !== void 0) return release;
	throw new ToolError("UNSUPPORTED_PLATFORM", `${name} ${version} has no release file for ${platform}/${arch}`, { hint: `Known: ${knownPlatforms(name).join(", ")}. Give the input ${name} the path of an executable instead.` });
}
/** A user's checksum may name a version we do not know; it cannot overrule one we do. */
function expectedChecksum({ name, version, sha256 }, release) {
	if (sha256 !== void 0 && release.sha256 !== void 0 && sha256 !== release.sha256) throw mismatch(release.url, release.sha256, sha256, "the input says");
	const expected = sha256 ?? release.sha256;
	if (expected !== void 0) return expected;
	throw new ToolError("UNKNOWN_VERSION", `no checksum of ${name} ${version} is known for this platform`, { hint: `Write ${version}@sha256: and the checksum of ${release.file}.` });
}
async function downloadArchive({ name, version }, { url }, expected, archive, { download, log, signal }) {
	log.info(`Downloading ${name} ${version} from ${url}`);
	await download(url, archive).catch((cause) => {
		signal.throwIfAborted();
		throw new ToolError("DOWNLOAD_FAILED", `${name} ${version} could not be downloaded from ${url}`, {
			cause,
			hint: `Where releases cannot be reached, give the input an executable (${name}: /path/to/${name}); in a checkout of this project, npm run tools provides one.`
		});
	});
	const found = await hashFile(archive, signal);
	if (found === expected) return;
	await rm(archive, { force: true });
	throw mismatch(url, expected, found, "found");
}
async function keepArchive({ name, version }, archive, context) {
	await context.cache.keep(name, version, archive).catch((error) => {
		context.log.debug(`${name} ${version} was not kept in the tool cache: ${String(error)}`);
	});
}
function mismatch(url, expected, other, label) {
	return new ToolError("CHECKSUM_MISMATCH", `wrong SHA-256 for ${url}: expected ${expected}, ${label} ${other}. It was not run.`, { hint: "The release was changed, or something on the way to it was. Compare with the checksums its makers signed before you go on." });
}
// src/tool/request.ts
const VERSION = /^[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?$/;
/**
* Parses the input `trivy` or `cosign`: empty for the pinned version, a version this release knows,
* `version@sha256:HEX` for any other, or a path. Throws UNKNOWN_VERSION: no checksum, no run.
*/
function parseToolInput(name, text) {
	const input = text.trim();
	if (input === "") return {
		kind: "release",
		name,
		version: pinnedVersion(name)
	};
	if (isPath$1(input)) return {
		kind: "path",
		name,
		path: input
	};
	const [written = "", digest, rest] = input.split("@");
	const version = written.replace(/^v/, "");
	if (!VERSION.test(version) || rest !== void 0) refuse$1(name, input, "is neither a version nor a path");
	if (digest !== void 0) {
		const hex = /^sha256:([0-9a-f]{64})$/i.exec(digest)?.[1];
		if (hex === void 0) refuse$1(name, input, "has no sha256: and 64 hex digits after the @");
		return {
			kind: "release",
			name,
			version,
			sha256: hex.toLowerCase()
		};
	}
	if (!knownVersions(name).includes(version)) refuse$1(name, input, "is not a version this release has a checksum for");
	return {
		kind: "release",
		name,
		version
	};
}
function isPath$1(input) {
	return /[/\\]/.test(input) || /^[.~]/.test(input) || /^[A-Za-z]:/.test(input);
}
function refuse$1(name, input, why) {
	const known = knownVersions(name).join(", ");
	throw new ToolError("UNKNOWN_VERSION", `${name}: ${JSON.stringify(input)} ${why}. Known versions: ${known}.`, { hint: `Leave the input ${name} empty, write one of ${known}, a version with the checksum of its release file for your platform (version@sha256:…), or the path of an executable you trust.` });
}
// src/host/machine/tools.ts
const DOWNLOAD_TIMEOUT_MS = 6e5;
/** Provides tools for this machine, downloaded by the same way as images, and trusting the same authorities. */
function createToolProvider({ env, cache, log, signal, proxy, ca }) {
	return (name, wanted, directory) => installTool(parseToolInput(name, wanted), {
		cache,
		log,
		signal,
		directory,
		platform: process.platform,
		arch: process.arch,
		home: env.HOME ?? homedir(),
		exec: runCommand,
		download: async (url, file) => {
			const dispatcher = createDownloadAgent({
				proxy,
				ca
			});
			try {
				await downloadTo(url, file, {
					dispatcher,
					signal,
					timeoutMs: DOWNLOAD_TIMEOUT_MS
				});
			} finally {
				await dispatcher.destroy();
			}
		}
	});
}
// src/host/machine/run-action.ts
/** Runs any action: inputs in; outputs, messages and exit code out. The only place that catches everything. */
async function runAction(action, host) {
	const { env, log, redactor, workspace, cache } = host;
	const cancel = listenForCancel();
	const askForToken = host.identityToken;
	const identityToken = askForToken && (() => askForToken(cancel.signal));
	let raw = {};
	try {
		raw = await host.readInputs();
		maskInputs(raw, env, log);
		const event = env.GITHUB_EVENT_NAME ?? "";
		const token = raw["github-token"] ?? "";
		const files = createFileReader({
			workspace,
			event,
			home: env.HOME ?? homedir(),
			readBaseCommit: (path) => host.readBaseCommit(path, token)
		});
		const run = readRunIdentity(env);
		const request = await action.read(raw, {
			workspace,
			event,
			files,
			env,
			identityToken,
			repository: run.repository
		});
		const needs = action.describeNeeds(request);
		maskLogins(needs, log);
		cancel.setDeadline(needs.timeoutMs, raw.timeout?.trim() || (action.inputs.timeout?.default ?? ""));
		const { signal, cut } = cancel;
		const exec = withRedactedErrors(runCommand, redactor.redact);
		const proxy = readProxy(env);
		maskProxyLogins(proxy, log);
		const opened = openClients(needs, {
			env,
			exec,
			log,
			signal,
			cut,
			proxy
		});
		try {
			const outcome = await action.run(request, {
				...opened.clients,
				log,
				cache,
				exec,
				signal,
				hold: cancel.hold,
				run,
				identityToken,
				clock: () => /* @__PURE__ */ new Date(),
				provideTool: createToolProvider({
					env,
					cache,
					log,
					signal,
					proxy,
					ca: needs.ca
				}),
				keyEnv: readKeyEnv(needs, env),
				kmsEnv: readKmsEnv(needs, env),
				networkEnv: networkEnv(env),
				certificates: readCertificates(env, needs.ca),
				workDirectory: await makeWorkDirectory(needs.workDirectory, env, workspace)
			});
			await host.publish(action.toReport(action.redact(outcome, redactor.redact)), needs.summary);
		} finally {
			await opened.close();
		}
	} catch (error) {
		const wantsSummary = raw.summary?.trim().toLowerCase() !== "false";
		await host.publishCrash(redactError(error, redactor.redact), wantsSummary);
	} finally {
		cancel.release();
	}
}
async function makeWorkDirectory(wanted, env, workspace) {
	const directory = wanted === "" ? env.RUNNER_TEMP || tmpdir() : resolve(workspace, wanted);
	try {
		await mkdir(directory, { recursive: true });
		await rmdir(await mkdtemp(join(directory, "promote-image-")));
	} catch (cause) {
		throw new UsageError([{
			where: "input work-dir",
			message: `is ${JSON.stringify(directory)}, which is no directory that can be written to: ${describeError(cause)}.`,
			fix: "Name a directory with room for the image."
		}]);
	}
	return directory;
}
// src/report/escape.ts
/** Makes lines that the runner would obey plain text: `::name::` at a line's start, `##[name]` anywhere. Apply it after `stripControl`, which could uncover one; https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
function neutralizeCommands(text) {
	return text.replace(/^((?:[^\S\r\n\u2028\u2029]|\u0085)*):(?=:)/gm, "$1: ").replace(/##(?=\[)/g, "## ");
}
/** A break that shows nothing; `markControl` has removed every other one. */
const BREAK = "​";
/** What GitHub's filters act on after Markdown was rendered, where an entity would not stop them: `@name`, `#12` and `GH-12`, `:emoji:`, `www.` and the scheme of a URL. */
const FILTER_TRIGGER = /@(?=[\w-])|#(?=\d)|\bGH(?=-\d)|:(?=[\w+-]+:)|\bwww(?=\.)|:(?=\/\/)/gi;
/** What Markdown, HTML, the runner or GitHub's formulas give a meaning: some signs anywhere, some only where a line begins. */
const SYNTAX = /(?<=^\d{1,9})[.)](?=\s|$)|^[-+=:]|::|[&<>"'`|\\*_[\]{}~$!#]|:(?=\u200b?\/\/)/g;
/** Text that renders as itself wherever inline Markdown or HTML may stand on GitHub: paragraph, list, table cell, `<summary>`. One line; invisible characters show as U+FFFD. */
function escapeMarkdown(text) {
	return encodeSyntax(markControl(text).trim().replace(FILTER_TRIGGER, `$&${BREAK}`));
}
/** Inline code for any text, also inside a table: plain backticks where they can hold it, else `<code>`. Nobody is mentioned from within either. */
function codeSpan(text) {
	const line = markControl(text);
	if (line !== "" && line.trim() === line && !/[`|\\]/.test(line)) return `\`${line}\``;
	return `<code>${encodeSyntax(line.replaceAll("@", `@${BREAK}`))}</code>`;
}
function encodeSyntax(text) {
	return text.replace(SYNTAX, (signs) => Array.from(signs, (sign) => `&#${sign.codePointAt(0)};`).join("")).replaceAll(BREAK, "&#8203;").replaceAll("&#36;", "<span>&#36;</span>");
}
// src/host/machine/clean-line.ts
/** One line that only says something: no workflow command, no terminal sequence, and no line end with which a name from an image could forge a line of ours. */
function cleanLine(text) {
	return neutralizeCommands(stripControl(text).replace(/(?<!\s)\s*\n\s*/g, " "));
}
// src/host/machine/identity-token.ts
/** The OIDC token that another system left in SIGSTORE_ID_TOKEN, masked; undefined where there is none. Asked again, it is the same one: nobody here can renew it. */
function readGivenToken(env, log) {
	const token = env.SIGSTORE_ID_TOKEN?.trim();
	if (token === void 0 || token === "") return void 0;
	log.mask(token);
	return async () => token;
}
// src/report/markdown.ts
/** Blocks of one document, a blank line between them; `undefined` and empty ones are left out. Everything called `markdown` in this module must be escaped already. */
function joinBlocks(blocks) {
	return blocks.filter((block) => block !== void 0 && block.trim() !== "").map((block) => block.replace(/^\n+|(?<!\n)\n+$/g, "")).join("\n\n");
}
/** A heading of level 1 to 6. */
function renderHeading(level, markdown) {
	return `${"#".repeat(level)} ${markdown}`;
}
/** A list; lines after an item's first are indented, so that they stay part of it. */
function renderList(items, kind = "bullets") {
	return items.map((item, i) => {
		const marker = kind === "bullets" ? "- " : `${i + 1}. `;
		return marker + item.split("\n").join(`\n${" ".repeat(marker.length)}`);
	}).join("\n");
}
/** A section that opens on a click. `title` is plain text, escaped here, because GitHub reads no Markdown inside a summary. */
function renderDetails(title, markdown, options = {}) {
	return `${options.open === true ? "<details open>" : "<details>"}\n<summary>${escapeMarkdown(title)}</summary>\n\n${markdown}\n\n</details>`;
}
/** A code block of plain text; its fence is longer than any run of backticks inside. `language` is a word such as `sh` or `mermaid`. */
function renderCodeBlock(text, language = "") {
	const body = stripControl(text).replace(/(?<!\n)\n+$/, "");
	const longest = Math.max(2, ...Array.from(body.matchAll(/`+/g), (run) => run[0].length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${/^[a-z0-9-]*$/.test(language) ? language : ""}\n${body}\n${fence}`;
}
/** A coloured call-out. GitHub draws it at the top level only, not inside a list or details. */
function renderAlert(kind, markdown) {
	const lines = markdown.split("\n").map((line) => line === "" ? ">" : `> ${line}`);
	return [`> [!${kind}]`, ...lines].join("\n");
}
/** A link whose address is plain text; only http and https become links, anything else stays its label. */
function renderLink(markdown, address) {
	const url = URL.canParse(address) ? new URL(address) : void 0;
	if (url === void 0 || !/^https?:$/.test(url.protocol)) return markdown;
	return `[${markdown}](<${url.href.replace(/[<>|\\`*_~@$]/g, encodeURIComponentStrictly)}>)`;
}
function encodeURIComponentStrictly(char) {
	return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
// src/report/crash.ts
/** The job summary of what ended before a promotion began: every problem with its fix, or the error. */
function renderCrash(error) {
	const untouched = "Nothing was read from or written to a registry.";
	if (error instanceof UsageError) {
		const problems = error.problems.map(({ where, message, fix }) => `**${escapeMarkdown(where)}** ${escapeMarkdown(message)} ${escapeMarkdown(fix)}`);
		return `${joinBlocks([
			renderHeading(2, "Not started: wrong use"),
			renderList(problems),
			untouched
		])}\n`;
	}
	const hint = error instanceof DomainError && error.hint !== void 0 ? `**Next:** ${escapeMarkdown(error.hint)}` : "";
	const alert = renderAlert("CAUTION", joinBlocks([escapeMarkdown(describeError(error)), hint]));
	return `${joinBlocks([renderHeading(2, "Failed"), alert])}\n`;
}
// src/registry/legacy-tags.ts
const LEGACY_FORMS = [
	"sig",
	"att",
	"sbom"
];
/** `sha256-<hex>.sig` and the like; undefined for a digest too long to be a tag. */
function legacyTag(repository, subject, form) {
	if (digestAlgorithm(subject) !== "sha256") return void 0;
	const reference = parseReference(`${repository}:sha256-${digestHex(subject)}.${form}`);
	return reference.kind === "tag" ? reference.tag : void 0;
}
/** True for what cosign writes there: an image manifest without filesystem layers. An index, or an image that could be run, was never scanned. */
function isLegacyContent(content) {
	const { manifest } = content;
	return manifest.kind === "manifest" && !manifest.layers.some(({ mediaType }) => isLayerType(mediaType));
}
/** The layers of a legacy manifest. */
function legacyLayers(content) {
	return (readJson(content).layers ?? []).map((written, i) => ({
		written,
		descriptor: parseDescriptor(written, `layers[${i}]`)
	}));
}
/** Those of `wanted` that are not among `present`. Two keys sign the same payload, so the annotations, which hold the signature, count as well. */
function missingLayers(present, wanted) {
	const known = new Set(present.map(identify));
	return wanted.filter((layer) => !known.has(identify(layer)));
}
/** A manifest with these layers and all else of `base`, under a config as cosign makes it. Its layers are not compressed, so each is its own diff_id. */
function composeLegacy(base, layers) {
	const created = "0001-01-01T00:00:00Z";
	const config = Buffer.from(JSON.stringify({
		architecture: "",
		created,
		history: layers.map(() => ({ created })),
		os: "",
		rootfs: {
			type: "layers",
			diff_ids: layers.map(({ descriptor }) => descriptor.digest)
		},
		config: {}
	}));
	const json = readJson(base);
	const descriptor = {
		mediaType: json.config?.mediaType ?? "application/vnd.oci.image.config.v1+json",
		size: config.length,
		digest: digestOf(config)
	};
	const bytes = Buffer.from(JSON.stringify({
		...json,
		config: descriptor,
		layers: layers.map(({ written }) => written)
	}));
	return {
		manifest: {
			bytes,
			mediaType: base.mediaType,
			digest: digestOf(bytes)
		},
		config: {
			descriptor: {
				...descriptor,
				annotations: {}
			},
			bytes: config
		}
	};
}
function identify({ descriptor: { digest, annotations } }) {
	return JSON.stringify([digest, ...Object.entries(annotations).toSorted(([a], [b]) => a < b ? -1 : 1)]);
}
function readJson({ bytes }) {
	return JSON.parse(new TextDecoder().decode(bytes));
}
// src/chain/legacy-signature.ts
/** What a payload of the older form says it is. */
const LEGACY_SIGNATURE_TYPE = "cosign container image signature";
const PAYLOAD_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
const SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";
/** The bytes to sign: "this tag means this digest", which a `sigstoreSigned` policy compares with what it pulls. For an image of an index it is the tag of the index. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
function makeLegacyPayload(target, digest, annotations) {
	const optional = Object.entries(annotations).toSorted(([a], [b]) => a < b ? -1 : 1);
	const payload = {
		critical: {
			identity: { "docker-reference": formatReference(target) },
			image: { "docker-manifest-digest": digest },
			type: LEGACY_SIGNATURE_TYPE
		},
		optional: optional.length === 0 ? null : Object.fromEntries(optional)
	};
	return Buffer.from(JSON.stringify(payload));
}
/** The `.sig` of a digest with these signatures, a layer for each; byte for byte as cosign writes it. */
function makeLegacySignature(subject, signed) {
	const payloads = signed.map(({ payload, signature }) => ({
		bytes: payload,
		descriptor: {
			mediaType: PAYLOAD_TYPE,
			size: payload.length,
			digest: digestOf(payload),
			annotations: { [SIGNATURE_ANNOTATION]: signature }
		}
	}));
	const layers = payloads.map(({ descriptor }) => ({
		descriptor,
		written: descriptor
	}));
	const { manifest, config } = composeLegacy(EMPTY, layers);
	return {
		subject,
		form: "sig",
		content: {
			...manifest,
			manifest: parseManifest(manifest.bytes, manifest.mediaType)
		},
		layers,
		blobs: [config, ...payloads.map(({ descriptor, bytes }) => ({
			descriptor,
			bytes
		}))]
	};
}
/** What cosign begins with; https://github.com/opencontainers/image-spec/blob/main/manifest.md */
const EMPTY = (() => {
	const config = {
		mediaType: OCI_CONFIG,
		size: 2,
		digest: digestOf("{}")
	};
	const bytes = Buffer.from(JSON.stringify({
		schemaVersion: 2,
		mediaType: OCI_MANIFEST,
		config,
		layers: []
	}));
	return {
		digest: digestOf(bytes),
		mediaType: OCI_MANIFEST,
		bytes,
		manifest: parseManifest(bytes, OCI_MANIFEST)
	};
})();
// src/registry/fallback-index.ts
/** The tag that lists a subject's referrers where there is no API; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema */
function fallbackTag(repository, subject) {
	const text = `${repository}:${digestAlgorithm(subject).slice(0, 32)}-${digestHex(subject).slice(0, 64)}`;
	const reference = parseReference(text);
	if (reference.kind === "digest") throw new TypeError(`${text} is not a tag`);
	return reference.tag;
}
/** True when the fallback tag holds the subject: GitLab takes `sha256-<hex>` for the digest (https://github.com/oras-project/oras-go/issues/1396), and `cosign copy` writes an image there. Its children are no referrers. */
function isSubjectItself(found, subject) {
	return found?.digest === subject;
}
/** What stands under the fallback tag instead of a list, in a sentence. */
function describeForeign(repository, subject, found) {
	return `${repository}:${fallbackTag(repository, subject)} should be an index of referrers but is ${found.mediaType}`;
}
/** Those of `added` that the index does not list yet. */
function missingFrom(index, added) {
	const listed = new Set(index?.manifest.kind === "index" ? index.manifest.children.map(({ digest }) => digest) : []);
	return added.filter(({ digest }, i) => !listed.has(digest) && added.findIndex((other) => other.digest === digest) === i);
}
/** The index with these entries added. What is there stays as it was written, fields unknown to us included. */
function addToIndex(index, added) {
	const old = index === void 0 ? {} : JSON.parse(new TextDecoder().decode(index.bytes));
	const manifests = [...old.manifests ?? [], ...added.map(formatDescriptor)];
	const bytes = Buffer.from(JSON.stringify({
		...old,
		schemaVersion: 2,
		mediaType: OCI_INDEX,
		manifests
	}));
	return {
		bytes,
		mediaType: OCI_INDEX,
		digest: digestOf(bytes)
	};
}
function formatDescriptor({ mediaType, digest, size, artifactType, annotations }) {
	return {
		mediaType,
		digest,
		size,
		...artifactType === void 0 ? {} : { artifactType },
		...Object.keys(annotations).length === 0 ? {} : { annotations }
	};
}
// src/registry/next-page.ts
/** The `next` of a Link header, which may hold several; REDIRECT_REFUSED for one on another host. https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function nextPage(response) {
	for (const header of headersOf(response, "link")) for (const [, address = "", parameters = ""] of header.matchAll(/<([^<>]*)>((?:"[^"]*"|[^",])*)/g)) {
		if (!isNext(parameters)) continue;
		const next = resolveAddress(response.url, address, "Link");
		if (next.origin === response.url.origin) return next;
		throw new RegistryError("REDIRECT_REFUSED", `${response.url.host} sent a Link to ${next.origin}`, { url: next });
	}
}
/** Of several `rel` only the first counts; https://www.rfc-editor.org/rfc/rfc8288#section-3.3 */
function isNext(parameters) {
	const [, , quoted, token] = [...parameters.matchAll(/;\s*([^\s=;"]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;"]*)))?/g)].find(([, name]) => name?.toLowerCase() === "rel") ?? [];
	return (quoted ?? token ?? "").toLowerCase().split(/\s+/).includes("next");
}
// src/registry/referrers-page.ts
const MAX_SHOWN = 120;
/** Parses a page; undefined when it is no index. An entry that names no content (Artifactory lists `_uploads`: https://github.com/oras-project/oras/issues/1907) takes nothing from the others. */
function parseReferrersPage(bytes) {
	const json = parseObject$1(bytes);
	if (json === void 0 || json.mediaType !== void 0 && json.mediaType !== "application/vnd.oci.image.index.v1+json") return void 0;
	const manifests = json.manifests === null ? [] : json.manifests;
	if (!Array.isArray(manifests)) return void 0;
	const descriptors = [];
	const strange = [];
	for (const [i, entry] of manifests.entries()) try {
		descriptors.push(parseDescriptor(entry, `manifests[${i}]`));
	} catch (error) {
		if (!(error instanceof ImageError)) throw error;
		strange.push({
			entry: JSON.stringify(entry).slice(0, MAX_SHOWN),
			reason: error.message
		});
	}
	return {
		descriptors,
		strange
	};
}
function parseObject$1(bytes) {
	try {
		const json = parseStrictJson(bytes);
		return typeof json === "object" && json !== null ? json : void 0;
	} catch {
		return;
	}
}
// src/registry/referrers-api.ts
const MAX_PAGES$1 = 200;
const MAX_REFERRERS = 1e4;
/** Reads all pages of the referrers API, or says why there is no list; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers */
async function readReferrersApi(transport, repository, digest) {
	const descriptors = [];
	const visited = /* @__PURE__ */ new Set();
	let target = `/v2/${pathOf(repository)}/referrers/${digest}`;
	for (;;) {
		const request = pageRequest(repository, digest, target);
		const response = await transport.read(request, MAX_MANIFEST_BYTES);
		if (!isList(response)) {
			if (visited.size > 0) throw await refuseResponse(request, response);
			return classify(transport, request, response);
		}
		try {
			descriptors.push(...await readPage(transport, request, response));
		} catch (error) {
			if (visited.size > 0 || !(error instanceof RegistryError) || error.code !== "PROTOCOL") throw error;
			return {
				kind: "undecided",
				error
			};
		}
		visited.add(response.url.href);
		const next = nextPage(response);
		if (next === void 0) return {
			kind: "list",
			descriptors
		};
		if (visited.has(next.href) || visited.size >= MAX_PAGES$1 || descriptors.length > MAX_REFERRERS) throw new RegistryError("PROTOCOL", `could not ${request.purpose}: its pages do not end`, { url: next });
		target = next;
	}
}
function pageRequest(repository, digest, target) {
	return {
		purpose: `list the referrers of ${repository}@${digest}`,
		method: "GET",
		repository,
		target,
		scopes: [pullScope(repository)],
		headers: { accept: OCI_INDEX },
		redirects: "same-origin"
	};
}
/** A proxy's or a single-page application's 200 is HTML. */
function isList(response) {
	const type = headerOf(response, "content-type")?.split(";")[0]?.trim();
	return response.status === 200 && (type === "application/vnd.oci.image.index.v1+json" || type === "application/json");
}
async function classify(transport, request, response) {
	const { status } = response;
	if (status === 401) throw await refuseResponse(request, response);
	if (status === 403 || isRetryableStatus(status) && status !== 499) return {
		kind: "undecided",
		error: await refuseResponse(request, response)
	};
	await discardBody(response);
	if (status < 300 || status >= 400 && status !== 404) warnOfStrangeness(transport, request, response);
	return { kind: "no-api" };
}
/** A 404 is how a registry says that it has no such API, and GHCR's redirect is known; anything else may hide referrers. */
function warnOfStrangeness({ log }, { repository }, { url, status }) {
	log.warning(`${url.host} answered the question for referrers in ${repository} with ${status}, which is no list: only what its fallback tags name is found.`);
}
async function readPage(transport, request, response) {
	const bytes = response.whole;
	if (bytes === void 0) throw new RegistryError("TOO_LARGE", `could not ${request.purpose}: a page is too long`);
	const page = parseReferrersPage(bytes);
	if (page === void 0) throw new RegistryError("PROTOCOL", `could not ${request.purpose}: the answer is no index`, { url: response.url });
	const [strange] = page.strange;
	if (strange !== void 0) transport.log.warning(`${request.repository} lists among its referrers what is none, and is left out: ${strange.entry} (${strange.reason}), ${page.strange.length} in all`);
	return page.descriptors;
}
// src/registry/referrers.ts
/** Lists referrers as other clients see them: from the API, else from the fallback tag. An API that could not answer is never taken for "none": its error is thrown unless the tag tells. */
async function listReferrers(client, repository, digest) {
	const { transport } = client;
	const answer = await readReferrersApi(transport, repository, digest);
	if (answer.kind === "list") return {
		via: "api",
		descriptors: answer.descriptors
	};
	return readTag(client, repository, digest, answer, (tag) => findManifest(transport, repository, tag, "pull"));
}
/** Lists referrers so that none is lost: also those that only the fallback tag of a registry with the API still has, from before it had one. */
async function findReferrers(client, repository, digest, findTagged) {
	const answer = await readReferrersApi(client.transport, repository, digest);
	const tagged = await readTag(client, repository, digest, answer, findTagged);
	if (answer.kind === "undecided") client.transport.log.warning(`Only the referrers of ${repository}@${digest} that its fallback tag names were found: ${answer.error.message}`);
	if (answer.kind !== "list") return tagged;
	const all = [...answer.descriptors, ...tagged.descriptors];
	return {
		via: "api",
		descriptors: [...new Map(all.map((descriptor) => [descriptor.digest, descriptor])).values()]
	};
}
async function readTag(client, repository, digest, answer, findTagged) {
	const found = await findTagged(fallbackTag(repository, digest));
	const index = isSubjectItself(found, digest) ? void 0 : found;
	if (index?.manifest.kind === "index") return {
		via: "tag",
		descriptors: index.manifest.children
	};
	if (answer.kind === "undecided") throw answer.error;
	if (index !== void 0) client.transport.log.warning(describeForeign(repository, digest, index));
	return {
		via: "none",
		descriptors: []
	};
}
/** True when a manifest names this digest as its subject: a list of referrers is only somebody's claim. */
function isReferrerOf(manifest, digest) {
	return manifest.subject?.digest === digest;
}
// src/report/format.ts
const BYTE_UNITS = [
	"B",
	"kB",
	"MB",
	"GB",
	"TB",
	"PB"
];
/** A size in decimal units, as registries and disks count: `999 B`, `1.2 MB`. */
function formatBytes(bytes) {
	let value = bytes;
	let unit = 0;
	while (unit < BYTE_UNITS.length - 1 && Number(value.toFixed(unit === 0 ? 0 : 1)) >= 1e3) {
		value /= 1e3;
		unit++;
	}
	return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}
/** How long something took, from milliseconds, in at most two units: `850 ms`, `12.3 s`, `2 min 5 s`, `1 h 3 min`. */
function formatDuration$1(milliseconds) {
	const ms = Math.max(0, Math.round(milliseconds));
	if (ms < 1e3) return `${ms} ms`;
	if (ms < 59950) return `${(ms / 1e3).toFixed(1)} s`;
	const seconds = Math.round(ms / 1e3);
	if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), "min", seconds % 60, "s");
	const minutes = Math.round(seconds / 60);
	return joinUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
}
/** A number with thousands separated and, when a noun is given, the noun in singular or plural: `1,234 platforms`. */
function formatCount(count, noun, plural = `${noun}s`) {
	const number = count.toLocaleString("en-US");
	if (noun === void 0) return number;
	return `${number} ${count === 1 ? noun : plural}`;
}
/** A digest short enough to read: its algorithm and twelve digits. For display only, never to compare. */
function formatShortDigest(digest) {
	return `${digestAlgorithm(digest)}:${digestHex(digest).slice(0, 12)}`;
}
/** A date in UTC to the minute: `2026-11-21 09:34 UTC`. */
function formatDate(date) {
	return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function joinUnits(major, majorUnit, minor, minorUnit) {
	return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
// src/base/concurrency.ts
/** Runs `task` over `items`, at most `limit` at a time, in order of start; the first failure stops the rest from starting and is thrown. */
async function mapConcurrently(items, limit, task) {
	const results = new Array(items.length);
	let next = 0;
	let failed = false;
	const work = async () => {
		while (!failed && next < items.length) {
			const index = next++;
			try {
				results[index] = await task(items[index], index);
			} catch (error) {
				failed = true;
				throw error;
			}
		}
	};
	const workers = Array.from({ length: Math.min(limit, items.length) }, work);
	const failure = (await Promise.allSettled(workers)).find((result) => result.status === "rejected");
	if (failure !== void 0) throw failure.reason;
	return results;
}
/** Runs tasks side by side. The first failure aborts the signal they were given; it is thrown once all have come to rest, so that nothing goes on behind the caller's back. */
async function runTogether(outer, start) {
	const controller = new AbortController();
	const signal = AbortSignal.any([outer, controller.signal]);
	let failure;
	const tasks = start(signal).map((task) => task.catch((reason) => {
		failure ??= { reason };
		controller.abort(reason);
	}));
	const results = await Promise.all(tasks);
	if (failure !== void 0) throw failure.reason;
	return results;
}
// src/registry/tag-list.ts
const MAX_PAGE_BYTES = 16777216;
const MAX_PAGES = 200;
/** All tags of a repository, whole or not at all; https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags */
async function listTags(transport, repository) {
	const tags = /* @__PURE__ */ new Set();
	let target = `/v2/${pathOf(repository)}/tags/list`;
	for (let page = 1; page <= MAX_PAGES; page++) {
		const request = {
			purpose: `list the tags of ${repository}`,
			method: "GET",
			repository,
			target,
			scopes: [pullScope(repository)]
		};
		const response = await transport.read(request, MAX_PAGE_BYTES);
		if (response.status !== 200) throw await refuseResponse(request, response);
		for (const tag of parseTags(response.whole) ?? fail$1(request, "the answer is no list of tags")) tags.add(tag);
		const next = nextPage(response);
		if (next === void 0) return tags;
		target = next;
	}
	throw new RegistryError("PROTOCOL", `could not list the tags of ${repository}: its pages do not end`);
}
/** A repository without tags is written as null by Go. */
function parseTags(bytes) {
	try {
		const json = JSON.parse(new TextDecoder().decode(bytes));
		const tags = json?.tags === null ? [] : json?.tags;
		return Array.isArray(tags) && tags.every((tag) => typeof tag === "string") ? tags : void 0;
	} catch {
		return;
	}
}
function fail$1(request, what) {
	throw new RegistryError("PROTOCOL", `could not ${request.purpose}: ${what}`);
}
// src/registry/find-tagged.ts
/**
* Finds tags of one repository, one GET each. Artifactory answers 403 for a tag that is not there
* (https://github.com/google/go-containerregistry/issues/1691), which says nothing about it: then the list of tags is
* read, once, and a tag it does not have is absent.
*/
function createTagFinder(client, repository) {
	let listed;
	return async (tag) => {
		try {
			return await findManifest(client.transport, repository, tag, "pull");
		} catch (error) {
			if (!(error instanceof RegistryError) || error.code !== "DENIED") throw error;
			listed ??= listTags(client.transport, repository);
			const tags = await listed.catch(() => void 0);
			if (tags === void 0 || tags.has(tag)) throw error;
			return;
		}
	};
}
// src/image/trust-anchor.ts
/** A signer as a message names it. */
function describeIdentity(signer) {
	if (signer.kind === "key") return signer.hint === void 0 ? "a key" : `the key ${signer.hint}`;
	const { identity, issuer, repository } = signer;
	return `${identity} (issuer ${issuer}${repository === void 0 ? "" : `, for ${repository}`})`;
}
// src/signer/bundle.ts
const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+)?\+json(?:;version=\d+\.\d+)?$/;
const IN_TOTO$1 = "application/vnd.in-toto+json";
/** Opens a bundle, or says why it is none over an in-toto statement. Both names of a field are read, as cosign does, and a bundle that has both is refused. */
function openBundle(bytes) {
	const bundle = parseObject(Buffer.from(bytes).toString("utf8"));
	if (bundle === void 0) return "it is not JSON";
	const mediaType = pick$1(bundle, "mediaType", "media_type");
	if (typeof mediaType !== "string" || !MEDIA_TYPE.test(mediaType)) return "it is not a Sigstore bundle";
	const envelope = asObject(pick$1(bundle, "dsseEnvelope", "dsse_envelope"));
	const payload = envelope && pick$1(envelope, "payload", "payload");
	if (envelope === void 0 || typeof payload !== "string") return "it holds no signed statement";
	if (pick$1(envelope, "payloadType", "payload_type") !== IN_TOTO$1) return "what it signs is not an in-toto statement";
	const statement = parseObject(Buffer.from(payload, "base64").toString("utf8"));
	if (statement === void 0) return "its statement is not JSON";
	const material = asObject(pick$1(bundle, "verificationMaterial", "verification_material"));
	if (material === void 0) return "it does not say who signed it";
	const key = asObject(pick$1(material, "publicKey", "public_key"));
	const hint = key && pick$1(key, "hint", "hint");
	const certificate = readLeaf(material);
	if (key === void 0 && certificate === void 0) return "it does not say who signed it";
	return {
		statement,
		certificate,
		hint: typeof hint === "string" && hint !== "" ? hint : void 0
	};
}
/** Why a statement is not the one that is asked for; undefined when it is. */
function compareStatement({ statement }, digest, predicateType) {
	if (statement.predicateType !== predicateType) return `its predicate type is ${JSON.stringify(statement.predicateType)}, not ${predicateType}`;
	if (!listSubjectDigests(statement).includes(digest)) return "it speaks of another digest";
}
/** Every digest that a statement is about. */
function listSubjectDigests(statement) {
	const { subject } = statement;
	if (!Array.isArray(subject)) return [];
	return subject.flatMap((one) => Object.entries(asObject(asObject(one)?.digest) ?? {})).map(([algorithm, hex]) => `${algorithm}:${hex}`).filter(isDigest);
}
function readLeaf(material) {
	const chain = asObject(pick$1(material, "x509CertificateChain", "x509_certificate_chain"))?.certificates;
	const leaf = asObject(pick$1(material, "certificate", "certificate") ?? (Array.isArray(chain) ? chain[0] : void 0));
	const raw = leaf && pick$1(leaf, "rawBytes", "raw_bytes");
	return typeof raw === "string" ? Buffer.from(raw, "base64") : void 0;
}
/** The field under the one name or the other; nothing when both are there, which cosign refuses too. */
function pick$1(from, name, other) {
	if (name !== other && name in from && other in from) return void 0;
	return from[name] ?? from[other];
}
function parseObject(text) {
	try {
		return asObject(JSON.parse(text));
	} catch {
		return;
	}
}
function asObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
}
// src/signer/error.ts
/** A signature that could not be made, or of which could not be said whether it verifies. */
var SignerError = class extends DomainError {};
// src/signer/bundle-identity.ts
/** Extensions of a Fulcio certificate; https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const ISSUER = "1.3.6.1.4.1.57264.1.8";
const OLD_ISSUER = "1.3.6.1.4.1.57264.1.1";
const SOURCE_REPOSITORY_URI = "1.3.6.1.4.1.57264.1.12";
const OLD_SOURCE_REPOSITORY = "1.3.6.1.4.1.57264.1.5";
/** Who a bundle says it is by, which nobody has verified; asynchronous because the parser of certificates is loaded only when one is met. Throws BUNDLE_UNREADABLE. */
async function readBundleIdentity(bundle) {
	const opened = openBundle(bundle);
	if (typeof opened === "string") throw new SignerError("BUNDLE_UNREADABLE", `This is not a bundle over a statement: ${opened}`);
	if (opened.certificate === void 0) return {
		kind: "key",
		...opened.hint === void 0 ? {} : { hint: opened.hint }
	};
	return readCertificateIdentity(opened.certificate);
}
/** Whom a leaf certificate of Fulcio (DER) names. Throws BUNDLE_UNREADABLE. */
async function readCertificateIdentity(certificate) {
	const { ASN1Obj, X509Certificate } = await import("./dist.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	try {
		const parsed = X509Certificate.parse(Buffer.from(certificate));
		/** The newer extensions hold a DER string, the older ones its bare bytes. */
		const readText = (oid) => parsed.extension(oid) && ASN1Obj.parseBuffer(Buffer.from(parsed.extension(oid)?.value ?? [])).value.toString();
		const readBare = (oid) => parsed.extension(oid)?.value.toString("utf8");
		const identity = parsed.subjectAltName;
		const issuer = readText(ISSUER) ?? readBare(OLD_ISSUER);
		if (!identity || !issuer) throw new TypeError("it names no identity, or no issuer of it");
		const uri = readText(SOURCE_REPOSITORY_URI);
		const repository = uri === void 0 ? readBare(OLD_SOURCE_REPOSITORY) : new URL(uri).pathname.slice(1);
		return {
			kind: "certificate",
			identity,
			issuer,
			...repository ? { repository } : {}
		};
	} catch (cause) {
		throw new SignerError("BUNDLE_UNREADABLE", "The certificate of the bundle cannot be read", { cause });
	}
}
/** Trust in exactly this signer and nobody else; of a key the PEM must be known. Throws BUNDLE_UNREADABLE without one. */
function toExactAnchor(identity, publicKey, transparencyLog) {
	if (identity.kind === "certificate") {
		const { identity: text, issuer, repository } = identity;
		return {
			kind: "certificate",
			name: text,
			transparencyLog,
			identity: {
				kind: "exact",
				text
			},
			issuer: {
				kind: "exact",
				text: issuer
			},
			...repository !== void 0 && isGitHubWorkflow(text) ? { repository } : {}
		};
	}
	if (publicKey !== void 0) return {
		kind: "key",
		name: describeIdentity(identity),
		transparencyLog,
		key: publicKey
	};
	throw new SignerError("BUNDLE_UNREADABLE", `The bundle is by ${describeIdentity(identity)}, which is not known`);
}
/** The `owner/name` whose workflow an identity is; undefined for one that is no workflow. GitHub: https://docs.github.com/en/actions/concepts/security/openid-connect; GitLab writes `//` before the file. */
function readNamedRepository(identity) {
	return /^https:\/\/[^/]+\/(.+?)(?:\/\.github\/workflows\/|\/\/)[^@]+@/.exec(identity)?.[1];
}
/** True for the identity of a GitHub workflow, whose certificate names the caller's repository as cosign's flag wants it. */
function isGitHubWorkflow(identity) {
	return /^https:\/\/[^/]+\/[^/]+\/[^/]+\/\.github\/workflows\/[^@]+@/.test(identity);
}
// src/registry/loopback-view.ts
/**
* Opens a read-only view of one repository for a tool that must not hold its credentials: every request is answered
* through our own client, so proxies, certificates and logins hold for the tool too. Its path is a secret of the run.
*/
async function openLoopbackView(client, repository) {
	const name = `${randomBytes(16).toString("hex")}/view`;
	const view = {
		client,
		repository,
		name,
		sizes: /* @__PURE__ */ new Map()
	};
	let fault;
	const server = createServer((request, response) => {
		answer(view, request, response).catch((error) => {
			if (!isAbsence(error)) fault ??= error;
			fail(response, error);
		});
	});
	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, "127.0.0.1", resolve);
	});
	const { port } = server.address();
	return {
		repository: `127.0.0.1:${port}/${name}`,
		fault: () => fault,
		close: () => closeServer(server)
	};
}
/** What a tool reads here is evidence, which is small; it is checked in full before any of it is passed on. */
const MAX_BLOB_BYTES = 67108864;
/** Not one that tools try again: our client has done so already. */
const FAILED_STATUS = 424;
async function answer(view, request, response) {
	const { client, repository, name } = view;
	const { pathname } = new URL(request.url ?? "/", "http://loopback");
	if (request.method !== "GET" && request.method !== "HEAD") return sendError(response, 405, "UNSUPPORTED");
	if (pathname === "/v2/" || pathname === "/v2") return send(response, 200, "application/json", "{}");
	const base = `/v2/${name}/`;
	const [kind, reference, rest] = pathname.startsWith(base) ? pathname.slice(base.length).split("/") : [];
	if (reference === void 0 || rest !== void 0) return sendError(response, 404, "NAME_UNKNOWN");
	if (kind === "manifests") {
		const content = isDigest(reference) ? await client.getManifest(repository, reference) : await client.resolve(parseReference(`${repository}:${reference}`));
		rememberSizes(view, content.manifest);
		return send(response, 200, content.mediaType, content.bytes, { "Docker-Content-Digest": content.digest });
	}
	if (!isDigest(reference)) return sendError(response, 404, "UNSUPPORTED");
	if (kind === "referrers") {
		const list = await listReferrers(client, repository, reference);
		if (list.via !== "api") return sendError(response, 404, "NOT_FOUND");
		const index = {
			schemaVersion: 2,
			mediaType: OCI_INDEX,
			manifests: list.descriptors
		};
		return send(response, 200, OCI_INDEX, JSON.stringify(index));
	}
	const size = view.sizes.get(reference);
	if (kind !== "blobs" || size === void 0) return sendError(response, 404, "UNSUPPORTED");
	const headers = {
		"Content-Type": "application/octet-stream",
		"Docker-Content-Digest": reference
	};
	if (request.method === "HEAD") return void response.writeHead(200, {
		...headers,
		"Content-Length": size
	}).end();
	send(response, 200, "application/octet-stream", await client.readBlob(repository, {
		digest: reference,
		size
	}, MAX_BLOB_BYTES), headers);
}
function rememberSizes(view, manifest) {
	if (manifest.kind === "index") return;
	for (const { digest, size } of [manifest.config, ...manifest.layers]) view.sizes.set(digest, size);
}
function fail(response, error) {
	if (response.headersSent) {
		response.destroy();
		return;
	}
	const missing = isAbsence(error);
	sendError(response, missing ? 404 : FAILED_STATUS, missing ? "MANIFEST_UNKNOWN" : "UNKNOWN", describeError(error));
}
/** A name that cannot exist does not. */
function isAbsence(error) {
	return error instanceof RegistryError && error.code === "NOT_FOUND" || error instanceof ImageError && error.code === "INVALID_REFERENCE";
}
function sendError(response, status, code, message = code) {
	send(response, status, "application/json", JSON.stringify({ errors: [{
		code,
		message
	}] }));
}
function send(response, status, type, body, headers = {}) {
	response.writeHead(status, {
		...headers,
		"Content-Type": type,
		"Content-Length": Buffer.byteLength(body)
	});
	response.end(body);
}
function closeServer(server) {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(() => resolve()));
}
// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function joinValues(array, separator = "|") {
	return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function nullish(input) {
	return input === null || input === void 0;
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
	const ratio = val / step;
	const roundedRatio = Math.round(ratio);
	const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
	if (Math.abs(ratio - roundedRatio) < tolerance) return 0;
	return ratio - roundedRatio;
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
/**
* Whichever object a def's `shape` currently answers from: the one the caller passed until the first read, the frozen copy after it.
*
* Its keys and descriptors read without invoking anything, which is what lets a discriminated union check its discriminator, and the cycle walk read a shape, without resolving a getter that references the schema being constructed. A def that answers `shape` from an accessor of its own has none.
*/
function rawShape(def) {
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
	return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
	Object.defineProperty(target, key, {
		get() {
			const value = getter();
			assignProp(this, key, value);
			return value;
		},
		enumerable: true,
		configurable: true
	});
}
function putProp(target, key, value) {
	if (key in target) assignProp(target, key, value);
	else target[key] = value;
}
/**
* Copies `keys` of `source`'s shape onto `target`, each value passed through `wrap`.
*
* A key the source has resolved is copied through now, so the derived shape states it outright and nothing has to resolve it to learn what it holds. A key the source still defers stays deferred, and reads back through the source's own `shape`, so it resolves once and both shapes get that one schema.
*/
function mirrorShape(target, source, keys, wrap) {
	const raw = sourceShape(source);
	for (const key of keys) {
		const desc = Object.getOwnPropertyDescriptor(raw, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => {
			const value = source._zod.def.shape[key];
			return wrap ? wrap(value, key) : value;
		});
		else putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
	}
}
function mirrorProps(target, source) {
	for (const key of Reflect.ownKeys(source)) {
		const desc = Object.getOwnPropertyDescriptor(source, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => source[key]);
		else putProp(target, key, desc.value);
	}
}
function mergeDefs(...defs) {
	const mergedDescriptors = {};
	for (const def of defs) {
		const descriptors = Object.getOwnPropertyDescriptors(def);
		Object.assign(mergedDescriptors, descriptors);
	}
	return Object.defineProperties({}, mergedDescriptors);
}
function esc(str) {
	return JSON.stringify(str);
}
function slugify(input) {
	return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject$1(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
const allowsEval = /* @__PURE__*/ cached(() => {
	if (globalConfig.jitless) return false;
	if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) return false;
	try {
		new Function("");
		return true;
	} catch (_) {
		return false;
	}
});
function isPlainObject(o) {
	if (isObject$1(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject$1(prot) === false) return false;
	if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) return false;
	return true;
}
function shallowClone(o) {
	if (isPlainObject(o)) return { ...o };
	if (Array.isArray(o)) return [...o];
	if (o instanceof Map) return new Map(o);
	if (o instanceof Set) return new Set(o);
	return o;
}
const propertyKeyTypes = /* @__PURE__*/ new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function stringifyPrimitive(value) {
	if (typeof value === "bigint") return value.toString() + "n";
	if (typeof value === "string") return `"${value}"`;
	return `${value}`;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
const BIGINT_FORMAT_RANGES = {
	int64: [/* @__PURE__*/ BigInt("-9223372036854775808"), /* @__PURE__*/ BigInt("9223372036854775807")],
	uint64: [/* @__PURE__*/ BigInt(0), /* @__PURE__*/ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".pick() cannot be used on object schemas containing refinements");
	const newShape = {};
	mirrorShape(newShape, schema, maskedKeys(schema, mask));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function maskedKeys(schema, mask) {
	const raw = sourceShape(schema);
	const keys = [];
	for (const key of Reflect.ownKeys(mask)) {
		if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) throw new Error(`Unrecognized key: "${String(key)}"`);
		if (mask[key]) keys.push(key);
	}
	return keys;
}
function omit(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".omit() cannot be used on object schemas containing refinements");
	const omitted = new Set(maskedKeys(schema, mask));
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function extend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to extend: expected a plain object");
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) {
		const existingShape = sourceShape(schema);
		for (const key of Reflect.ownKeys(shape)) if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
	}
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
	mirrorProps(newShape, shape);
	return newShape;
}
function safeExtend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to safeExtend: expected a plain object");
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
	if (!b?._zod?.def) throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
	if (a._zod.def.checks?.length) throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
	const newShape = {};
	mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
	mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
	return clone(a, mergeDefs(a._zod.def, {
		shape: newShape,
		get catchall() {
			return b._zod.def.catchall;
		},
		checks: b._zod.def.checks ?? []
	}));
}
function partial(Class, schema, mask, name = "partial") {
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class && ((value, key) => selected && !selected.has(key) ? value : new Class({
		type: "optional",
		innerType: value
	})));
	return clone(schema, mergeDefs(schema._zod.def, {
		shape: newShape,
		checks: []
	}));
}
function required(Class, schema, mask) {
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => selected && !selected.has(key) ? value : new Class({
		type: "nonoptional",
		innerType: value
	}));
	return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
/** The leading size checks of `defChecks` that set an upper bound, each paired with it. */
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
	const units = str.length;
	if (!highSurrogate.test(str)) return units;
	let count = units;
	for (let i = 0; i < units - 1; i++) if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
		count--;
		i++;
	}
	return count;
}
function getLengthableOrigin(input) {
	if (Array.isArray(input)) return "array";
	if (typeof input === "string") return "string";
	return "unknown";
}
function parsedType(data) {
	const t = typeof data;
	switch (t) {
		case "number": return Number.isNaN(data) ? "nan" : "number";
		case "object": {
			if (data === null) return "null";
			if (Array.isArray(data)) return "array";
			const obj = data;
			if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) return obj.constructor.name;
		}
	}
	return t;
}
function issue(...args) {
	const [iss, input, inst] = args;
	if (typeof iss === "string") return {
		message: iss,
		code: "custom",
		input,
		inst
	};
	return { ...iss };
}
/**
* Installs a trait's members on its prototype. Each value builds that member for the instance on first read; the built value shadows the accessor as an own property, so a detached `const { parse } = schema` keeps working.
*
* Call this from a `proto` initializer, which runs once per prototype — never per instance.
*/
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
/** Shadows a prototype member with an own value, so a getter that builds from the instance runs once. */
function own(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
/** Like {@link own}, for a member that was never an own data property and has to stay out of `Object.keys`. */
function hide(inst, key, value) {
	return own(inst, key, value, false);
}
/** Adds members a table derives from the instance: each builds on first read and shadows as own data, and assignment shadows the same way, as when these were own properties. */
/* @__NO_SIDE_EFFECTS__ */
function derived(computes, table) {
	for (const key in computes) {
		const compute = computes[key];
		Object.defineProperty(table, key, {
			configurable: true,
			enumerable: true,
			get() {
				return own(this, key, compute(this));
			},
			set(value) {
				own(this, key, value);
			}
		});
	}
	return table;
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own(this, key, fn.bind(this));
		},
		set(value) {
			own(this, key, value);
		}
	});
}
/** Returns the prototype to install on, or `undefined` if this group is already installed on it. */
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
/**
* Installs a lazily-derived internal on the `_zod` prototype of `inst`'s
* constructor, computed from the internals object itself and cached there on
* first read. One accessor per constructor rather than one per instance.
*/
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
/**
* Installs `key` on `inst`'s prototype, computed by `make` on first read and cached there as an own
* data property. One accessor per constructor rather than one per instance, because an own accessor
* puts every instance after the first into v8 dictionary mode. The key doubles as the sentinel.
*/
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}
/** Marks the thunk `_catch` synthesises for a constant catch value. `Function.length` cannot tell that thunk from a user callback — rest and defaulted parameters both report arity 0 — and a user callback reads `ctx.error`, whose issues only finalize correctly against the caller's per-parse error map. Provenance can say what arity cannot. A plain string key rather than `Symbol.for`, whose call at module scope no bundler can prove pure — the same shape that anchored `urlCanParse` into every build. */
const CONSTANT_CATCH = "~constantCatch";
/** Wraps a constant catch value in a thunk tagged with {@link CONSTANT_CATCH}. */
function constantCatch(value) {
	const fn = () => value;
	fn[CONSTANT_CATCH] = true;
	return fn;
}
// node_modules/zod/v4/core/core.js
var _a$1;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
/* @__NO_SIDE_EFFECTS__ */
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = /* @__PURE__ */ new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
var $ZodEncodeError = class extends Error {
	constructor(name) {
		super(`Encountered unidirectional transform during encode: ${name}`);
		this.name = "ZodEncodeError";
	}
};
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}
// node_modules/zod/v4/core/errors.js
function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer$1 = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodError = /* @__PURE__ */ $constructor("$ZodError", initializer$1);
/** Get-or-create `obj[key]` as an own data property. A path segment naming an inherited member
* ("toString", "constructor") would otherwise read through to the prototype, and assigning
* "__proto__" would hit the setter instead of creating a key. */
function node(obj, key, make) {
	if (!Object.prototype.hasOwnProperty.call(obj, key)) {
		if (key === "__proto__") Object.defineProperty(obj, key, {
			value: make(),
			writable: true,
			enumerable: true,
			configurable: true
		});
		else obj[key] = make();
	}
	return obj[key];
}
function flattenError(error, mapper = (issue) => issue.message) {
	const fieldErrors = {};
	const formErrors = [];
	for (const sub of error.issues) if (sub.path.length > 0) node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
	else formErrors.push(mapper(sub));
	return {
		formErrors,
		fieldErrors
	};
}
function formatError(error, mapper = (issue) => issue.message) {
	const fieldErrors = { _errors: [] };
	const processError = (error, path = []) => {
		for (const issue of error.issues) if (issue.code === "invalid_union" && issue.errors.length) issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
		else if (issue.code === "invalid_key") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else if (issue.code === "invalid_element") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else {
			const fullpath = [...path, ...issue.path];
			if (fullpath.length === 0) fieldErrors._errors.push(mapper(issue));
			else {
				let curr = fieldErrors;
				let i = 0;
				while (i < fullpath.length) {
					const el = fullpath[i];
					const terminal = i === fullpath.length - 1;
					if (el === "_errors") {
						if (terminal) curr._errors.push(mapper(issue));
						i++;
						continue;
					}
					if (!Object.prototype.hasOwnProperty.call(curr, el)) Object.defineProperty(curr, el, {
						value: { _errors: [] },
						enumerable: true,
						writable: true,
						configurable: true
					});
					const node = curr[el];
					if (terminal) node._errors.push(mapper(issue));
					curr = node;
					i++;
				}
			}
		}
	};
	processError(error);
	return fieldErrors;
}
/** Format a ZodError as a human-readable string in the following form.
*
* From
*
* ```ts
* ZodError {
*   issues: [
*     {
*       expected: 'string',
*       code: 'invalid_type',
*       path: [ 'username' ],
*       message: 'Invalid input: expected string'
*     },
*     {
*       expected: 'number',
*       code: 'invalid_type',
*       path: [ 'favoriteNumbers', 1 ],
*       message: 'Invalid input: expected number'
*     }
*   ];
* }
* ```
*
* to
*
* ```
* username
*   ✖ Expected number, received string at "username
* favoriteNumbers[0]
*   ✖ Invalid input: expected number
* ```
*/
function toDotPath(_path) {
	const segs = [];
	const path = _path.map((seg) => typeof seg === "object" ? seg.key : seg);
	for (const seg of path) if (typeof seg === "number") segs.push(`[${seg}]`);
	else if (typeof seg === "symbol") segs.push(`[${JSON.stringify(String(seg))}]`);
	else if (/[^\w$]/.test(seg)) segs.push(`[${JSON.stringify(seg)}]`);
	else {
		if (segs.length) segs.push(".");
		segs.push(seg);
	}
	return segs.join("");
}
function prettifyError(error) {
	const lines = [];
	const issues = [...error.issues].sort((a, b) => (a.path ?? []).length - (b.path ?? []).length);
	for (const issue of issues) {
		lines.push(`✖ ${issue.message}`);
		if (issue.path?.length) lines.push(`  → at ${toDotPath(issue.path)}`);
	}
	return lines.join("\n");
}
// node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
	return {
		callee: params?.callee ?? callee,
		Err: params?.Err
	};
}
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
function failure(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
const COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
const validate = ((schema, value, _ctx) => {
	const validator = schema._zod.bag.validator;
	if (validator !== void 0) {
		if (validator(value) !== COMPILE_INVALID) return true;
		if (validator.definite === true && _ctx === void 0) return false;
	}
	return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
	const ctx = _ctx ? {
		..._ctx,
		async: false,
		abortEarly: true
	} : {
		async: false,
		abortEarly: true
	};
	const fallbackRun = schema._zod.bag.fallbackRun;
	let result;
	if (fallbackRun) {
		ctx[COMPILE_FALLBACK] = true;
		result = fallbackRun({
			value,
			issues: []
		}, ctx);
	} else result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length === 0;
}
const validateAsync$1 = async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true,
		abortEarly: true
	} : {
		async: true,
		abortEarly: true
	};
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length === 0;
};
const _encode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return parse(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		return parse(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _encodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return await parseAsync(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		return await parseAsync(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _safeEncode = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParse(_Err)(schema, value, ctx);
};
const _safeDecode = (_Err) => (schema, value, _ctx) => {
	return _safeParse(_Err)(schema, value, _ctx);
};
const _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParseAsync(_Err)(schema, value, ctx);
};
const _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
	return _safeParseAsync(_Err)(schema, value, _ctx);
};
// node_modules/zod/v4/core/regexes.js
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link cuid2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const cuid = /^[cC][0-9a-z]{6,}$/;
const cuid2 = /^[0-9a-z]+$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const xid = /^[0-9a-vA-V]{20}$/;
const ksuid = /^[A-Za-z0-9]{27}$/;
const nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
	return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
/** ISO 8601-1 duration regex. Does not support the 8601-2 extensions like negative durations or fractional/negative components. */
const duration$1 = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
/** A regex for any UUID-like identifier: 8-4-4-4-12 hex pattern */
const guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
/** Returns a regex for validating an RFC 9562/4122 UUID.
*
* @param version Optionally specify a version 1-8. If no version is specified, all versions are supported. */
const uuid = (version) => {
	if (!version) return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
	return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
/** Practical email validation */
const email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
const _emoji$1 = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
	return new RegExp(_emoji$1, "u");
}
const ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
const ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
const cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
const cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
const base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
const base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
const httpProtocol = /^https?$/;
const e164 = /^\+[1-9]\d{6,14}$/;
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
/** Anchors a pattern source. The interpolation lives here rather than at the call site because
* esbuild will not drop a `@__PURE__` call whose own argument interpolates a variable, but it
* will drop `anchor(dateSource)`. Keeping it inline pinned `date` into every bundle. */
function anchor(source) {
	return new RegExp(`^${source}$`);
}
const date = /*@__PURE__*/ anchor(dateSource);
function timeSource(args) {
	const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
	return typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
}
function time(args) {
	return new RegExp(`^${timeSource(args)}$`);
}
function datetime$1(args) {
	const opts = ["Z"];
	if (args.offset) opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
	const qualified = `${timeSource({
		precision: args.precision,
		seconds: true
	})}(?:${opts.join("|")})`;
	const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
	return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const integer = /^-?\d+$/;
const number$1 = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
const lowercase = /^[^A-Z]*$/;
const uppercase = /^[^a-z]*$/;
// node_modules/zod/v4/core/checks.js
const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
/** Default `when` for length-based checks: run only on non-nullish values with a `length`. */
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish(val) && val.length !== void 0;
};
const numericOriginMap = {
	number: "number",
	bigint: "bigint",
	object: "date"
};
const $ZodCheckLessThan = /*@__PURE__*/ $constructor("$ZodCheckLessThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value <= def.value : payload.value < def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_big",
			maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckGreaterThan = /*@__PURE__*/ $constructor("$ZodCheckGreaterThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value >= def.value : payload.value > def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_small",
			minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMultipleOf = /*@__PURE__*/ $constructor("$ZodCheckMultipleOf", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		if (typeof payload.value !== typeof def.value) throw new Error("Cannot mix number and bigint in multiple_of check.");
		if (typeof payload.value === "bigint" ? def.value !== BigInt(0) && payload.value % def.value === BigInt(0) : floatSafeRemainder(payload.value, def.value) === 0) return;
		payload.issues.push({
			origin: typeof payload.value,
			code: "not_multiple_of",
			divisor: def.value,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMaxLength = /*@__PURE__*/ $constructor("$ZodCheckMaxLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units > def.maximum ? codePointLength(input) : units) <= def.maximum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_big",
			maximum: def.maximum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMinLength = /*@__PURE__*/ $constructor("$ZodCheckMinLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units) >= def.minimum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_small",
			minimum: def.minimum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLengthEquals = /*@__PURE__*/ $constructor("$ZodCheckLengthEquals", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
		if (length === def.length) return;
		const origin = getLengthableOrigin(input);
		const tooBig = length > def.length;
		payload.issues.push({
			origin,
			...tooBig ? {
				code: "too_big",
				maximum: def.length
			} : {
				code: "too_small",
				minimum: def.length
			},
			inclusive: true,
			exact: true,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStringFormat = /*@__PURE__*/ $constructor("$ZodCheckStringFormat", (inst, def) => {
	var _a, _b;
	$ZodCheck.init(inst, def);
	if (def.pattern) (_a = inst._zod).check ?? (_a.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: def.format,
			input: payload.value,
			...def.pattern ? { pattern: def.pattern.toString() } : {},
			inst,
			continue: !def.abort
		});
	});
	else (_b = inst._zod).check ?? (_b.check = () => {});
});
const $ZodCheckRegex = /*@__PURE__*/ $constructor("$ZodCheckRegex", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "regex",
			input: payload.value,
			pattern: def.pattern.toString(),
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLowerCase = /*@__PURE__*/ $constructor("$ZodCheckLowerCase", (inst, def) => {
	def.pattern ?? (def.pattern = lowercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckUpperCase = /*@__PURE__*/ $constructor("$ZodCheckUpperCase", (inst, def) => {
	def.pattern ?? (def.pattern = uppercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckIncludes = /*@__PURE__*/ $constructor("$ZodCheckIncludes", (inst, def) => {
	$ZodCheck.init(inst, def);
	const escapedRegex = escapeRegex(def.includes);
	def.pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
	inst._zod.check = (payload) => {
		if (payload.value.includes(def.includes, def.position)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "includes",
			includes: def.includes,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStartsWith = /*@__PURE__*/ $constructor("$ZodCheckStartsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.startsWith(def.prefix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "starts_with",
			prefix: def.prefix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckEndsWith = /*@__PURE__*/ $constructor("$ZodCheckEndsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.endsWith(def.suffix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "ends_with",
			suffix: def.suffix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckOverwrite = /*@__PURE__*/ $constructor("$ZodCheckOverwrite", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		payload.value = def.tx(payload.value);
	};
});
// node_modules/zod/v4/core/doc.js
var Doc = class {
	constructor(args = [], closed = {}) {
		this.content = [];
		this.indent = 0;
		this.args = args;
		this.closed = closed;
	}
	indented(fn) {
		this.indent += 1;
		try {
			fn(this);
		} finally {
			this.indent -= 1;
		}
	}
	write(arg) {
		if (typeof arg === "function") {
			arg(this, { execution: "sync" });
			arg(this, { execution: "async" });
			return;
		}
		const lines = arg.split("\n").filter((x) => x);
		const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
		const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
		for (const line of dedented) this.content.push(line);
	}
	compile() {
		const F = Function;
		const content = this?.content ?? [``];
		return new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {\n${content.join("\n")}\n};`)(...Object.values(this.closed));
	}
};
// node_modules/zod/v4/core/versions.js
const version = {
	major: 4,
	minor: 6,
	patch: 7
};
// node_modules/zod/v4/core/schemas.js
const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	}
});
/** The Standard Schema surface for `inst`. Shared so wrappers can extend it without forcing it. */
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodStringFormat = /*@__PURE__*/ $constructor("$ZodStringFormat", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	$ZodString.init(inst, def);
});
const $ZodGUID = /*@__PURE__*/ $constructor("$ZodGUID", (inst, def) => {
	def.pattern ?? (def.pattern = guid);
	$ZodStringFormat.init(inst, def);
});
const $ZodUUID = /*@__PURE__*/ $constructor("$ZodUUID", (inst, def) => {
	if (def.version) {
		const v = {
			v1: 1,
			v2: 2,
			v3: 3,
			v4: 4,
			v5: 5,
			v6: 6,
			v7: 7,
			v8: 8
		}[def.version];
		if (v === void 0) throw new Error(`Invalid UUID version: "${def.version}"`);
		def.pattern ?? (def.pattern = uuid(v));
	} else def.pattern ?? (def.pattern = uuid());
	$ZodStringFormat.init(inst, def);
});
const $ZodEmail = /*@__PURE__*/ $constructor("$ZodEmail", (inst, def) => {
	def.pattern ?? (def.pattern = email);
	$ZodStringFormat.init(inst, def);
});
function canParseURL(input) {
	try {
		if (typeof URL !== "undefined" && typeof URL.canParse === "function") return URL.canParse(input);
		new URL(input);
		return true;
	} catch {
		return false;
	}
}
function validateURL(trimmed, def) {
	if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) return canParseURL(trimmed) || 2;
	return parseURLObject(trimmed, def);
}
/** Parses a URL while preserving the non-normalizing HTTP guard. */
function parseURLObject(trimmed, def) {
	if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) return 1;
	try {
		if (typeof URL !== "undefined") {
			const URLStatic = URL;
			if (typeof URLStatic.parse === "function") return URLStatic.parse(trimmed) ?? 2;
		}
		return new URL(trimmed);
	} catch {
		return 2;
	}
}
const asciiTabOrNewline = /[\t\n\r]/g;
/** The URL parser deletes every ASCII tab, LF and CR from its input before it parses, so `new URL("https://exa\nmple.com")` reports on `example.com`. Applying the same deletion to the returned value closes the half of that divergence which can move the host; the parser's other rewrite, stripping C0 controls at the edges, cannot. */
function stripTabAndNewline(value) {
	return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
	hostname.lastIndex = 0;
	return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
	protocol.lastIndex = 0;
	return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
const $ZodURL = /*@__PURE__*/ $constructor("$ZodURL", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		try {
			const trimmed = payload.value.trim();
			const url = validateURL(trimmed, def);
			if (url === 1) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					note: "Invalid URL format",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === 2) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === true) {
				payload.value = stripTabAndNewline(trimmed);
				return;
			}
			if (def.hostname && !urlHostnameOk(url, def.hostname)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid hostname",
				pattern: def.hostname.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			if (def.protocol && !urlProtocolOk(url, def.protocol)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid protocol",
				pattern: def.protocol.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
			return;
		} catch (_) {
			payload.issues.push({
				code: "invalid_format",
				format: "url",
				input: payload.value,
				inst,
				continue: !def.abort
			});
		}
	};
});
const $ZodEmoji = /*@__PURE__*/ $constructor("$ZodEmoji", (inst, def) => {
	def.pattern ?? (def.pattern = emoji());
	$ZodStringFormat.init(inst, def);
});
const $ZodNanoID = /*@__PURE__*/ $constructor("$ZodNanoID", (inst, def) => {
	if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1)) throw new Error(`Invalid nanoid length: ${def.length}`);
	def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
	$ZodStringFormat.init(inst, def);
});
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link $ZodCUID2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const $ZodCUID = /*@__PURE__*/ $constructor("$ZodCUID", (inst, def) => {
	def.pattern ?? (def.pattern = cuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodCUID2 = /*@__PURE__*/ $constructor("$ZodCUID2", (inst, def) => {
	def.pattern ?? (def.pattern = cuid2);
	$ZodStringFormat.init(inst, def);
});
const $ZodULID = /*@__PURE__*/ $constructor("$ZodULID", (inst, def) => {
	def.pattern ?? (def.pattern = ulid);
	$ZodStringFormat.init(inst, def);
});
const $ZodXID = /*@__PURE__*/ $constructor("$ZodXID", (inst, def) => {
	def.pattern ?? (def.pattern = xid);
	$ZodStringFormat.init(inst, def);
});
const $ZodKSUID = /*@__PURE__*/ $constructor("$ZodKSUID", (inst, def) => {
	def.pattern ?? (def.pattern = ksuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodISODateTime = /*@__PURE__*/ $constructor("$ZodISODateTime", (inst, def) => {
	def.pattern ?? (def.pattern = datetime$1(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODate = /*@__PURE__*/ $constructor("$ZodISODate", (inst, def) => {
	def.pattern ?? (def.pattern = date);
	$ZodStringFormat.init(inst, def);
});
const $ZodISOTime = /*@__PURE__*/ $constructor("$ZodISOTime", (inst, def) => {
	def.pattern ?? (def.pattern = time(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODuration = /*@__PURE__*/ $constructor("$ZodISODuration", (inst, def) => {
	def.pattern ?? (def.pattern = duration$1);
	$ZodStringFormat.init(inst, def);
});
const $ZodIPv4 = /*@__PURE__*/ $constructor("$ZodIPv4", (inst, def) => {
	def.pattern ?? (def.pattern = ipv4);
	$ZodStringFormat.init(inst, def);
});
/** An IPv6 address is written with hex digits, colons and dots, and nothing else. The guard is what makes the check below an IPv6 check: `new URL("http://[...]")` parses an authority, not an address, so `@` and `\` re-delimit it and `"::@1\\"` validates against the host `0.0.0.1`. The URL parser also deletes ASCII tab, LF and CR rather than failing, which is how `"::1\n"` validated as `::1`. */
const ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
	if (!ipv6Alphabet.test(value)) return false;
	return canParseURL(`http://[${value}]`);
}
const $ZodIPv6 = /*@__PURE__*/ $constructor("$ZodIPv6", (inst, def) => {
	def.pattern ?? (def.pattern = ipv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidIPv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "ipv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCIDRv4 = /*@__PURE__*/ $constructor("$ZodCIDRv4", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv4);
	$ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
	const parts = value.split("/");
	if (parts.length !== 2) return false;
	const [address, prefix] = parts;
	if (!prefix) return false;
	const prefixNum = Number(prefix);
	if (`${prefixNum}` !== prefix) return false;
	if (prefixNum < 0 || prefixNum > 128) return false;
	return isValidIPv6(address);
}
const $ZodCIDRv6 = /*@__PURE__*/ $constructor("$ZodCIDRv6", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidCIDRv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "cidrv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
function isValidBase64(data) {
	if (data === "") return true;
	if (/\s/.test(data)) return false;
	if (data.length % 4 !== 0) return false;
	try {
		atob(data);
		return true;
	} catch {
		return false;
	}
}
const base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
const $ZodBase64 = /*@__PURE__*/ $constructor("$ZodBase64", (inst, def) => {
	def.pattern ?? (def.pattern = base64Charset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
	if (!base64urlCharset.test(data)) return false;
	const base64 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
	return isValidBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
}
const $ZodBase64URL = /*@__PURE__*/ $constructor("$ZodBase64URL", (inst, def) => {
	def.pattern ?? (def.pattern = base64urlCharset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64URL(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64url",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodE164 = /*@__PURE__*/ $constructor("$ZodE164", (inst, def) => {
	def.pattern ?? (def.pattern = e164);
	$ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
	try {
		const tokensParts = token.split(".");
		if (tokensParts.length !== 3) return false;
		const [header] = tokensParts;
		if (!header) return false;
		const parsedHeader = JSON.parse(atob(header));
		if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT") return false;
		if (!parsedHeader.alg) return false;
		if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm)) return false;
		return true;
	} catch {
		return false;
	}
}
const $ZodJWT = /*@__PURE__*/ $constructor("$ZodJWT", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidJWT(payload.value, def.alg)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "jwt",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodUnknown = /*@__PURE__*/ $constructor("$ZodUnknown", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload) => payload;
});
const $ZodNever = /*@__PURE__*/ $constructor("$ZodNever", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _ctx) => {
		payload.issues.push({
			expected: "never",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, /* @__PURE__ */ new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject = isObject$1;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
const $ZodObjectJIT = /*@__PURE__*/ $constructor("$ZodObjectJIT", (inst, def) => {
	$ZodObject.init(inst, def);
	const superParse = inst._zod.parse;
	const _normalized = cached(() => normalizeDef(def));
	const memo = globalConfig.memoizer;
	const generateFastpass = (shape) => {
		const normalized = _normalized.value;
		const syms = normalized.symbolKeys;
		const doc = new Doc(["payload", "ctx"], {
			shape,
			inst,
			memo,
			syms
		});
		const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
		const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
		doc.write(`const input = payload.value;`);
		const ids = Object.create(null);
		let counter = 0;
		for (const key of normalized.allKeys) ids[key] = `key_${counter++}`;
		doc.write(memo ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
		for (const key of normalized.allKeys) {
			if (key === "__proto__") continue;
			const id = ids[key];
			const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
			const isPresent = `${k} in input`;
			const schema = shape[key];
			const optin = schema?._zod?.optin;
			const isOptionalIn = optin !== void 0;
			const isOptionalOut = schema?._zod?.optout === "optional";
			doc.write(`const ${id} = ${parseStr(k)};`);
			if (isOptionalIn && isOptionalOut) {
				const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
				doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
			} else if (!isOptionalIn) doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
			else {
				doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
				if (optin === "defaulted") doc.write(`newResult[${k}] = ${id}.value;`);
				else doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
			}
		}
		doc.write(`payload.value = newResult;`);
		doc.write(`return payload;`);
		return doc.compile();
	};
	let fastpass;
	const isObject = isObject$1;
	const jit = !globalConfig.jitless;
	const fastEnabled = jit && allowsEval.value;
	const catchall = def.catchall;
	let value;
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
			if (!fastpass) fastpass = generateFastpass(def.shape);
			payload = fastpass(payload, ctx);
			if (!catchall) return payload;
			return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
		}
		return superParse(payload, ctx);
	};
});
function handleUnionResults(results, final, inst, ctx) {
	for (const result of results) if (result.issues.length === 0) {
		final.value = result.value;
		return final;
	}
	const nonaborted = results.filter((r) => !aborted(r));
	if (nonaborted.length === 1) {
		final.value = nonaborted[0].value;
		return nonaborted[0];
	}
	final.issues.push({
		code: "invalid_union",
		input: final.value,
		inst,
		errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
	});
	return final;
}
const $ZodUnion = /*@__PURE__*/ $constructor("$ZodUnion", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
	defineLazyInternal(inst, "values", (zod) => {
		if (zod.def.options.every((o) => o._zod.values)) return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		if (zod.def.options.every((o) => o._zod.pattern)) {
			const patterns = zod.def.options.map((o) => o._zod.pattern);
			return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
		}
	});
	const first = def.options.length === 1 ? def.options[0]._zod.run : null;
	inst._zod.parse = (payload, ctx) => {
		if (first) return first(payload, ctx);
		let async = false;
		const results = [];
		for (const option of def.options) {
			const result = option._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) {
				results.push(result);
				async = true;
			} else {
				if (result.issues.length === 0) return result;
				results.push(result);
			}
		}
		if (!async) return handleUnionResults(results, payload, inst, ctx);
		return Promise.all(results).then((results) => {
			return handleUnionResults(results, payload, inst, ctx);
		});
	};
});
const $ZodIntersection = /*@__PURE__*/ $constructor("$ZodIntersection", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		const left = def.left._zod.run({
			value: input,
			issues: []
		}, ctx);
		const right = def.right._zod.run({
			value: input,
			issues: []
		}, ctx);
		if (left instanceof Promise || right instanceof Promise) return Promise.all([left, right]).then(([left, right]) => {
			return handleIntersectionResults(payload, left, right);
		});
		return handleIntersectionResults(payload, left, right);
	};
});
function mergeValues(a, b) {
	if (a === b) return {
		valid: true,
		data: a
	};
	if (a instanceof Date && b instanceof Date && +a === +b) return {
		valid: true,
		data: a
	};
	if (isPlainObject(a) && isPlainObject(b)) {
		const bKeys = Object.keys(b);
		const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
		const newObj = {
			...a,
			...b
		};
		if (Object.prototype.hasOwnProperty.call(newObj, "__proto__")) delete newObj.__proto__;
		for (const key of sharedKeys) {
			if (key === "__proto__") continue;
			const sharedValue = mergeValues(a[key], b[key]);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
			};
			newObj[key] = sharedValue.data;
		}
		return {
			valid: true,
			data: newObj
		};
	}
	if (Array.isArray(a) && Array.isArray(b)) {
		if (a.length !== b.length) return {
			valid: false,
			mergeErrorPath: []
		};
		const newArray = [];
		for (let index = 0; index < a.length; index++) {
			const itemA = a[index];
			const itemB = b[index];
			const sharedValue = mergeValues(itemA, itemB);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
			};
			newArray.push(sharedValue.data);
		}
		return {
			valid: true,
			data: newArray
		};
	}
	return {
		valid: false,
		mergeErrorPath: []
	};
}
function handleIntersectionResults(result, left, right) {
	const unrecKeys = /* @__PURE__ */ new Map();
	let unrecIssue;
	const keyIssues = /* @__PURE__ */ new Map();
	const collect = (iss, side) => {
		let keys;
		if (iss.code === "unrecognized_keys" && !iss.path?.length) {
			unrecIssue ?? (unrecIssue = iss);
			keys = iss.keys;
		} else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
			const k = String(iss.path[0]);
			if (!keyIssues.has(k)) keyIssues.set(k, iss);
			keys = [k];
		} else return false;
		for (const k of keys) {
			if (!unrecKeys.has(k)) unrecKeys.set(k, {});
			unrecKeys.get(k)[side] = true;
		}
		return true;
	};
	for (const iss of left.issues) if (!collect(iss, "l")) result.issues.push(iss);
	for (const iss of right.issues) if (!collect(iss, "r")) result.issues.push(iss);
	const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
	if (bothKeys.length) {
		const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
		if (aggregated.length) result.issues.push({
			...unrecIssue,
			keys: aggregated
		});
		for (const k of bothKeys) if (!aggregated.includes(k) && keyIssues.has(k)) result.issues.push(keyIssues.get(k));
	}
	const merged = mergeValues(left.value, right.value);
	if (!merged.valid) {
		if (aborted(result)) return result;
		throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
	}
	result.value = merged.data;
	return result;
}
const $ZodRecord = /*@__PURE__*/ $constructor("$ZodRecord", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isPlainObject(input)) {
			payload.issues.push({
				expected: "record",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		const proms = [];
		const values = def.keyType._zod.values;
		if (values && !def.partial) {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			const recordKeys = /* @__PURE__ */ new Set();
			for (const key of values) if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
				recordKeys.add(typeof key === "number" ? key.toString() : key);
				if (key === "__proto__") continue;
				const keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (keyResult.issues.length) {
					payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			let unrecognized;
			for (const key in input) if (!recordKeys.has(key)) {
				if (def.mode === "loose") {
					if (key === "__proto__") continue;
					payload.value[key] = input[key];
				} else {
					unrecognized = unrecognized ?? [];
					unrecognized.push(key);
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		} else {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			let unrecognized;
			for (const key of Reflect.ownKeys(input)) {
				if (key === "__proto__") continue;
				if (!Object.prototype.propertyIsEnumerable.call(input, key)) continue;
				let keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (typeof key === "string" && number$1.test(key) && keyResult.issues.length) {
					const retryResult = def.keyType._zod.run({
						value: Number(key),
						issues: []
					}, ctx);
					if (retryResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
					if (retryResult.issues.length === 0) keyResult = retryResult;
				}
				if (keyResult.issues.length) {
					if (def.mode === "loose") payload.value[key] = input[key];
					else if (values) {
						unrecognized = unrecognized ?? [];
						unrecognized.push(key);
					} else payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
});
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodTransform = /*@__PURE__*/ $constructor("$ZodTransform", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "optional";
	globalConfig.memoizer?.guard(inst);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		const _out = def.transform(payload.value, payload);
		if (ctx.async) return (_out instanceof Promise ? _out : Promise.resolve(_out)).then((output) => {
			payload.value = output;
			return payload;
		});
		if (_out instanceof Promise) throw new $ZodAsyncError();
		payload.value = _out;
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodExactOptional = /*@__PURE__*/ $constructor("$ZodExactOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
	inst._zod.parse = (payload, ctx) => {
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodDefault = /*@__PURE__*/ $constructor("$ZodDefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) {
			payload.value = def.defaultValue;
			/**
			* $ZodDefault returns the default value immediately in forward direction.
			* It doesn't pass the default value into the validator ("prefault"). There's no reason to pass the default value through validation. The validity of the default is enforced by TypeScript statically. Otherwise, it's the responsibility of the user to ensure the default is valid. In the case of pipes with divergent in/out types, you can specify the default on the `in` schema of your ZodPipe to set a "prefault" for the pipe.   */
			return payload;
		}
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleDefaultResult(result, def));
		return handleDefaultResult(result, def);
	};
});
function handleDefaultResult(payload, def) {
	if (payload.value === void 0) payload.value = def.defaultValue;
	return payload;
}
const $ZodPrefault = /*@__PURE__*/ $constructor("$ZodPrefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) payload.value = def.defaultValue;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNonOptional = /*@__PURE__*/ $constructor("$ZodNonOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => {
		const v = zod.def.innerType._zod.values;
		return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleNonOptionalResult(result, inst));
		return handleNonOptionalResult(result, inst);
	};
});
function handleNonOptionalResult(payload, inst) {
	if (!payload.issues.length && payload.value === void 0) payload.issues.push({
		code: "invalid_type",
		expected: "nonoptional",
		input: payload.value,
		inst
	});
	return payload;
}
function handleCatchResult(payload, result, def, ctx) {
	if (!result.issues.length) {
		payload.value = result.value;
		if (result.memo) payload.memo = true;
		return payload;
	}
	payload.value = def.catchValue({
		...result,
		value: payload.value,
		error: { issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config())) },
		input: payload.value
	});
	return payload;
}
const $ZodCatch = /*@__PURE__*/ $constructor("$ZodCatch", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run({
			value: payload.value,
			issues: []
		}, ctx);
		if (result instanceof Promise) return result.then((result) => handleCatchResult(payload, result, def, ctx));
		return handleCatchResult(payload, result, def, ctx);
	};
});
const $ZodPipe = /*@__PURE__*/ $constructor("$ZodPipe", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") {
			const right = def.out._zod.run(payload, ctx);
			if (right instanceof Promise) return right.then((right) => handlePipeResult(right, def.in, ctx));
			return handlePipeResult(right, def.in, ctx);
		}
		const left = def.in._zod.run(payload, ctx);
		if (left instanceof Promise) return left.then((left) => handlePipeResult(left, def.out, ctx));
		return handlePipeResult(left, def.out, ctx);
	};
});
function handlePipeResult(left, next, ctx) {
	if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
		left.aborted = true;
		return left;
	}
	return next._zod.run({
		value: left.value,
		issues: left.issues
	}, ctx);
}
const $ZodReadonly = /*@__PURE__*/ $constructor("$ZodReadonly", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then(handleReadonlyResult);
		return handleReadonlyResult(result);
	};
});
function handleReadonlyResult(payload) {
	if (!payload.memo) payload.value = Object.freeze(payload.value);
	return payload;
}
const $ZodCustom = /*@__PURE__*/ $constructor("$ZodCustom", (inst, def) => {
	$ZodCheck.init(inst, def);
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _) => {
		return payload;
	};
	inst._zod.check = (payload) => {
		const input = payload.value;
		const r = def.fn(input);
		if (r instanceof Promise) return r.then((r) => handleRefineResult(r, payload, input, inst));
		handleRefineResult(r, payload, input, inst);
	};
});
function handleRefineResult(result, payload, input, inst) {
	if (!result) {
		const _iss = {
			code: "custom",
			input,
			inst,
			path: [...inst._zod.def.path ?? []],
			continue: !inst._zod.def.abort
		};
		if (inst._zod.def.params) _iss.params = inst._zod.def.params;
		payload.issues.push(issue(_iss));
	}
}
// node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
	constructor() {
		super(`Cannot parse a reference cycle that closes through a transform`);
		this.name = "ZodCyclicError";
	}
};
/** Keyed off the context object every schema in one parse call already shares. */
const STATE = "~memo";
const NO_ISSUES = [];
function isRef(value) {
	return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
	return issues.map((iss) => iss.path ? {
		...iss,
		path: iss.path.slice()
	} : { ...iss });
}
const recursive = /*@__PURE__*/ new WeakMap();
/** What the walk established, in order of certainty: ordered so the strongest answer among children wins. */
const NONE = 0;
const ASSUMED = 1;
const PROVEN = 2;
/** Whether this schema's subtree contains a cycle, so one parse can re-enter it. */
function isRecursive(inst, stack, resolve) {
	const cached = recursive.get(inst);
	if (cached !== void 0) return cached ? PROVEN : NONE;
	if (stack.has(inst)) return PROVEN;
	stack.add(inst);
	let result = NONE;
	const check = (child) => {
		if (result !== PROVEN && child?._zod) {
			const answer = isRecursive(child, stack, resolve);
			if (answer > result) result = answer;
		}
	};
	const shape = (sh, spread) => {
		let answer = NONE;
		for (const key of Reflect.ownKeys(sh)) {
			const desc = Object.getOwnPropertyDescriptor(sh, key);
			if (spread && !desc.enumerable) continue;
			const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve) : NONE;
			if (child > answer) answer = child;
		}
		return answer;
	};
	const merge = (answer) => {
		if (answer > result) result = answer;
	};
	const def = inst._zod.def;
	switch (def.type) {
		case "object": {
			const raw = rawShape(def);
			merge(raw ? shape(raw, true) : ASSUMED);
			check(def.catchall);
			break;
		}
		case "array":
			check(def.element);
			break;
		case "tuple":
			for (const el of def.items) check(el);
			check(def.rest);
			break;
		case "record":
		case "map":
			check(def.keyType);
			check(def.valueType);
			break;
		case "set":
			check(def.valueType);
			break;
		case "union":
			for (const el of def.options) check(el);
			break;
		case "intersection":
			check(def.left);
			check(def.right);
			break;
		case "optional":
		case "nullable":
		case "default":
		case "prefault":
		case "catch":
		case "readonly":
		case "nonoptional":
		case "promise":
		case "success":
			check(def.innerType);
			break;
		case "pipe":
			check(def.in);
			check(def.out);
			break;
		case "function":
			check(def.input);
			check(def.output);
			break;
		case "lazy": {
			const inner = def._cachedInner ?? (resolve ? inst._zod.innerType : void 0);
			merge(inner ? isRecursive(inner, stack, false) : ASSUMED);
			break;
		}
		case "template_literal":
		case "string":
		case "number":
		case "int":
		case "boolean":
		case "bigint":
		case "symbol":
		case "undefined":
		case "null":
		case "void":
		case "never":
		case "any":
		case "unknown":
		case "date":
		case "nan":
		case "enum":
		case "literal":
		case "file":
		case "transform":
		case "custom": break;
		default: for (const key in def) {
			const desc = Object.getOwnPropertyDescriptor(def, key);
			if (!desc || desc.get) continue;
			const value = desc.value;
			if (!value || typeof value !== "object") continue;
			if (value._zod) check(value);
			else if (Array.isArray(value)) for (const el of value) check(el);
		}
	}
	stack.delete(inst);
	return settle(inst, result);
}
/** An assumed answer must not outlive the resolution that settles it, so only a certain one is cached. */
function settle(inst, answer) {
	if (answer !== ASSUMED) recursive.set(inst, answer === PROVEN);
	return answer;
}
function bucketFor(state, inst) {
	let bucket = state.buckets.get(inst);
	if (!bucket) {
		bucket = /* @__PURE__ */ new WeakMap();
		state.buckets.set(inst, bucket);
	}
	return bucket;
}
let handoff;
const open$1 = [];
const memo = {
	alloc(_inst, payload, empty) {
		const bucket = handoff;
		if (!bucket) return empty;
		handoff = void 0;
		const entry = {
			value: empty,
			issues: null
		};
		bucket.set(payload.value, entry);
		open$1.push(entry);
		return empty;
	},
	guard(inst) {
		var _a;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value)) throw new $ZodCyclicError();
				return base(payload, ctx);
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	},
	attach(inst) {
		var _a;
		let isRecursiveInst;
		let rechecked = false;
		let lastCtx;
		let lastBucket;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (isRecursiveInst === void 0) {
					const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
					if (walked === NONE) {
						inst._zod.parse = base;
						if (inst._zod.run === wrapped) inst._zod.run = base;
						return base(payload, ctx);
					}
					if (walked === PROVEN || rechecked) isRecursiveInst = true;
					else rechecked = true;
				}
				const input = payload.value;
				if (!isRef(input)) return base(payload, ctx);
				let state = ctx[STATE];
				if (!state) {
					state = {
						buckets: /* @__PURE__ */ new WeakMap(),
						backEdges: void 0
					};
					ctx[STATE] = state;
				}
				let bucket;
				if (lastCtx === ctx) bucket = lastBucket;
				else {
					bucket = bucketFor(state, inst);
					lastCtx = ctx;
					lastBucket = bucket;
				}
				const hit = bucket.get(input);
				if (hit) {
					payload.value = hit.value;
					if (hit.issues) {
						if (hit.issues.length) payload.issues.push(...cloneIssues(hit.issues));
					} else {
						payload.memo = true;
						state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
						state.backEdges.add(hit.value);
					}
					return payload;
				}
				handoff = bucket;
				const depth = open$1.length;
				const result = base(payload, ctx);
				handoff = void 0;
				const entry = open$1.length > depth ? open$1.pop() : void 0;
				if (result instanceof Promise) return result.then((r) => {
					if (entry) entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
					return r;
				});
				if (entry) entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
				return result;
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	}
};
/** The memoizer that gives containers cycle support. `zod` installs it by default; `zod/mini` opts in with `config({ memoizer: memoizer() })`. */
function memoizer() {
	return memo;
}
/** Whether this value is a node a back-edge resolved to before it finished. */
function isBackEdge(ctx, value) {
	const backEdges = ctx[STATE]?.backEdges;
	return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}
// node_modules/zod/v4/locales/en.js
const error = () => {
	const Sizable = {
		string: {
			unit: "characters",
			verb: "to have"
		},
		file: {
			unit: "bytes",
			verb: "to have"
		},
		array: {
			unit: "items",
			verb: "to have"
		},
		set: {
			unit: "items",
			verb: "to have"
		},
		map: {
			unit: "entries",
			verb: "to have"
		}
	};
	function getSizing(origin) {
		return Sizable[origin] ?? null;
	}
	const FormatDictionary = {
		regex: "input",
		email: "email address",
		url: "URL",
		emoji: "emoji",
		uuid: "UUID",
		uuidv4: "UUIDv4",
		uuidv6: "UUIDv6",
		nanoid: "nanoid",
		guid: "GUID",
		cuid: "cuid",
		cuid2: "cuid2",
		ulid: "ULID",
		xid: "XID",
		ksuid: "KSUID",
		datetime: "ISO datetime",
		date: "ISO date",
		time: "ISO time",
		duration: "ISO duration",
		ipv4: "IPv4 address",
		ipv6: "IPv6 address",
		mac: "MAC address",
		cidrv4: "IPv4 range",
		cidrv6: "IPv6 range",
		base64: "base64-encoded string",
		base64url: "base64url-encoded string",
		json_string: "JSON string",
		e164: "E.164 number",
		currency_code: "currency code",
		credit_card: "credit card number",
		iban: "IBAN",
		jwt: "JWT",
		template_literal: "input"
	};
	const TypeDictionary = { nan: "NaN" };
	function getTypeName(type, input) {
		if (type === "number" && typeof input === "number" && !Number.isFinite(input)) return String(input);
		return TypeDictionary[type] ?? type;
	}
	return (issue) => {
		switch (issue.code) {
			case "invalid_type": return `Invalid input: expected ${getTypeName(issue.expected)}, received ${getTypeName(parsedType(issue.input), issue.input)}`;
			case "invalid_value":
				if (issue.values.length === 1) return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
				return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
			case "too_big": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
				return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
			}
			case "too_small": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
				return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
			}
			case "invalid_format": {
				const _issue = issue;
				if (_issue.format === "starts_with") return `Invalid string: must start with "${_issue.prefix}"`;
				if (_issue.format === "ends_with") return `Invalid string: must end with "${_issue.suffix}"`;
				if (_issue.format === "includes") return `Invalid string: must include "${_issue.includes}"`;
				if (_issue.format === "regex") return `Invalid string: must match pattern ${_issue.pattern}`;
				return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
			}
			case "not_multiple_of": return `Invalid number: must be a multiple of ${issue.divisor}`;
			case "unrecognized_keys": return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
			case "invalid_key": return `Invalid key in ${issue.origin}`;
			case "invalid_union":
				if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) return `Invalid discriminator value. Expected ${issue.options.map((o) => `'${o}'`).join(" | ")}`;
				if (issue.inclusive === false) return "Invalid input: more than one option matched";
				return "Invalid input";
			case "invalid_element": return `Invalid value in ${issue.origin}`;
			default: return `Invalid input`;
		}
	};
};
function en_default() {
	return { localeError: error() };
}
// node_modules/zod/v4/core/registries.js
var _a;
var $ZodRegistry = class {
	constructor() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
	}
	add(schema, ..._meta) {
		const meta = _meta[0];
		this._map.set(schema, meta);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.set(meta.id, schema);
		return this;
	}
	clear() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
		return this;
	}
	remove(schema) {
		const meta = this._map.get(schema);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.delete(meta.id);
		this._map.delete(schema);
		return this;
	}
	get(schema) {
		const p = schema._zod.parent;
		if (p) {
			const pm = { ...this.get(p) ?? {} };
			delete pm.id;
			const f = {
				...pm,
				...this._map.get(schema)
			};
			return Object.keys(f).length ? f : void 0;
		}
		return this._map.get(schema);
	}
	has(schema) {
		return this._map.has(schema);
	}
};
function registry() {
	return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;
// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _email(Class, params) {
	return new Class({
		type: "string",
		format: "email",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _guid(Class, params) {
	return new Class({
		type: "string",
		format: "guid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v4",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v6",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v7",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _url(Class, params) {
	return new Class({
		type: "string",
		format: "url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _emoji(Class, params) {
	return new Class({
		type: "string",
		format: "emoji",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class, params) {
	return new Class({
		type: "string",
		format: "nanoid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link _cuid2} instead.
* See https://github.com/paralleldrive/cuid.
*/
// @__NO_SIDE_EFFECTS__
function _cuid(Class, params) {
	return new Class({
		type: "string",
		format: "cuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class, params) {
	return new Class({
		type: "string",
		format: "cuid2",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class, params) {
	return new Class({
		type: "string",
		format: "ulid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _xid(Class, params) {
	return new Class({
		type: "string",
		format: "xid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class, params) {
	return new Class({
		type: "string",
		format: "ksuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class, params) {
	return new Class({
		type: "string",
		format: "ipv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class, params) {
	return new Class({
		type: "string",
		format: "ipv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64(Class, params) {
	return new Class({
		type: "string",
		format: "base64",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class, params) {
	return new Class({
		type: "string",
		format: "base64url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _e164(Class, params) {
	return new Class({
		type: "string",
		format: "e164",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class, params) {
	return new Class({
		type: "string",
		format: "jwt",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class, params) {
	return new Class({
		type: "string",
		format: "datetime",
		check: "string_format",
		offset: false,
		local: false,
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class, params) {
	return new Class({
		type: "string",
		format: "date",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class, params) {
	return new Class({
		type: "string",
		format: "time",
		check: "string_format",
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class, params) {
	return new Class({
		type: "string",
		format: "duration",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		checks: [],
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class) {
	return new Class({ type: "unknown" });
}
// @__NO_SIDE_EFFECTS__
function _never(Class, params) {
	return new Class({
		type: "never",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
	return new $ZodCheckMultipleOf({
		check: "multiple_of",
		...normalizeParams(params),
		value
	});
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
	return new $ZodCheckMaxLength({
		check: "max_length",
		...normalizeParams(params),
		maximum
	});
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
	return new $ZodCheckMinLength({
		check: "min_length",
		...normalizeParams(params),
		minimum
	});
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
	return new $ZodCheckLengthEquals({
		check: "length_equals",
		...normalizeParams(params),
		length
	});
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
	return new $ZodCheckRegex({
		check: "string_format",
		format: "regex",
		...normalizeParams(params),
		pattern
	});
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
	return new $ZodCheckLowerCase({
		check: "string_format",
		format: "lowercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
	return new $ZodCheckUpperCase({
		check: "string_format",
		format: "uppercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
	return new $ZodCheckIncludes({
		check: "string_format",
		format: "includes",
		...normalizeParams(params),
		includes
	});
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
	return new $ZodCheckStartsWith({
		check: "string_format",
		format: "starts_with",
		...normalizeParams(params),
		prefix
	});
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
	return new $ZodCheckEndsWith({
		check: "string_format",
		format: "ends_with",
		...normalizeParams(params),
		suffix
	});
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
	return new $ZodCheckOverwrite({
		check: "overwrite",
		tx
	});
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
	return /* @__PURE__ */ _overwrite((input) => input.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
	return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
	return /* @__PURE__ */ _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class, element, params) {
	return new Class({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...normalizeParams(_params)
	});
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
	const ch = /* @__PURE__ */ _check((payload) => {
		payload.addIssue = (issue$2) => {
			if (typeof issue$2 === "string") payload.issues.push(issue(issue$2, payload.value, ch._zod.def));
			else {
				const _issue = issue$2;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = ch);
				_issue.continue ?? (_issue.continue = !ch._zod.def.abort);
				payload.issues.push(issue(_issue));
			}
		};
		return fn(payload.value, payload);
	}, params);
	return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
	const ch = new $ZodCheck({
		check: "custom",
		...normalizeParams(params)
	});
	ch._zod.check = fn;
	return ch;
}
// node_modules/zod/v4/core/to-json-schema.js
function assignProps(target, ...sources) {
	for (const source of sources) for (const key of Reflect.ownKeys(source)) if (Object.prototype.propertyIsEnumerable.call(source, key)) assignProp(target, key, source[key]);
	return target;
}
function initializeContext(params) {
	let target = params?.target ?? "draft-2020-12";
	if (target === "draft-4") target = "draft-04";
	if (target === "draft-7") target = "draft-07";
	return {
		processors: params.processors ?? {},
		metadataRegistry: params?.metadata ?? globalRegistry,
		target,
		unrepresentable: params?.unrepresentable ?? "throw",
		override: params?.override ?? (() => {}),
		io: params?.io ?? "output",
		counter: 0,
		seen: /* @__PURE__ */ new Map(),
		sharedDefsExtractedFor: void 0,
		sharedEmitDoneFor: void 0,
		cycles: params?.cycles ?? "ref",
		reused: params?.reused ?? "inline",
		intersections: [],
		deferred: [],
		external: params?.external ?? void 0
	};
}
/**
* Applies the `unrepresentable` setting at a site that has no JSON Schema equivalent. Throws
* `message` unless the setting (or the handler's return value) says otherwise. Returns `true` if a
* custom JSON Schema was written into `json`, in which case the caller must not write its own.
*/
function handleUnrepresentable(schema, ctx, json, params, message) {
	const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({
		zodSchema: schema,
		path: params.path,
		message
	}) : ctx.unrepresentable;
	if (result === "any") return false;
	if (result === void 0 || result === "throw") throw new Error(message);
	Object.assign(json, result);
	return true;
}
function processSchema(schema, ctx, _params = {
	path: [],
	schemaPath: []
}) {
	var _a;
	const def = schema._zod.def;
	const seen = ctx.seen.get(schema);
	if (seen) {
		seen.count++;
		if (_params.schemaPath.includes(schema)) seen.cycle = _params.path;
		return seen.schema;
	}
	const result = {
		schema: {},
		count: 1,
		cycle: void 0,
		path: _params.path
	};
	ctx.seen.set(schema, result);
	ctx.sharedDefsExtractedFor = void 0;
	ctx.sharedEmitDoneFor = void 0;
	const overrideSchema = schema._zod.toJSONSchema?.();
	if (overrideSchema) result.schema = overrideSchema;
	else {
		const params = {
			..._params,
			schemaPath: [..._params.schemaPath, schema],
			path: _params.path
		};
		if (schema._zod.processJSONSchema) schema._zod.processJSONSchema(ctx, result.schema, params);
		else {
			const _json = result.schema;
			const processor = ctx.processors[def.type];
			if (!processor) throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
			processor(schema, ctx, _json, params);
		}
		const parent = schema._zod.parent;
		if (parent) {
			if (!result.ref) result.ref = parent;
			processSchema(parent, ctx, params);
			ctx.seen.get(parent).isParent = true;
		}
	}
	const meta = ctx.metadataRegistry.get(schema);
	if (meta) assignProps(result.schema, meta);
	if (ctx.io === "input" && isTransforming(schema)) {
		delete result.schema.examples;
		delete result.schema.default;
	}
	if (ctx.io === "input" && "_prefault" in result.schema) (_a = result.schema).default ?? (_a.default = result.schema._prefault);
	delete result.schema._prefault;
	return ctx.seen.get(schema).schema;
}
function encodeJSONPointerSegment(segment) {
	return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external) return;
	const idToSchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.entries()) {
		const id = ctx.metadataRegistry.get(entry[0])?.id;
		if (id) {
			const existing = idToSchema.get(id);
			if (existing && existing !== entry[0]) throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
			idToSchema.set(id, entry[0]);
		}
	}
	const makeURI = (entry) => {
		const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
		if (ctx.external) {
			const externalId = ctx.external.registry.get(entry[0])?.id;
			const uriGenerator = ctx.external.uri ?? ((id) => id);
			if (externalId) return { ref: uriGenerator(externalId) };
			const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
			entry[1].defId = id;
			return {
				defId: id,
				ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}`
			};
		}
		const uriPrefix = `#`;
		const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
		if (entry[1] === root && !entry[1].schema.id) return { ref: uriPrefix };
		const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
		return {
			defId,
			ref: defUriPrefix + encodeJSONPointerSegment(defId)
		};
	};
	const extractToDef = (entry) => {
		if (entry[1].schema.$ref) return;
		const seen = entry[1];
		const { ref, defId } = makeURI(entry);
		seen.def = { ...seen.schema };
		if (defId) seen.defId = defId;
		const schema = seen.schema;
		for (const key in schema) delete schema[key];
		schema.$ref = ref;
	};
	if (ctx.cycles === "throw") for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.cycle) throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
	}
	for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (schema === entry[0]) {
			extractToDef(entry);
			continue;
		}
		if (ctx.external) {
			const ext = ctx.external.registry.get(entry[0])?.id;
			if (schema !== entry[0] && ext) {
				extractToDef(entry);
				continue;
			}
		}
		if (ctx.metadataRegistry.get(entry[0])?.id) {
			extractToDef(entry);
			continue;
		}
		if (seen.cycle) {
			extractToDef(entry);
			continue;
		}
		if (seen.count > 1) {
			if (ctx.reused === "ref") extractToDef(entry);
		}
	}
	if (ctx.external) ctx.sharedDefsExtractedFor = ctx.external;
}
/** Rewrites `anyOf: [{type: "a"}, {type: "b"}]` to `type: ["a", "b"]`, which every JSON Schema draft treats as equivalent and most consumers render far better for the nullable case. Only branches that are a bare type assertion qualify — anything carrying a constraint, `$ref`, `const` or metadata is left alone. Runs after `flattenRef`, so a branch an override decorated or `$defs` extraction turned into a `$ref` is no longer bare and correctly stays in `anyOf`. `oneOf` is excluded: `integer` and `number` overlap, so "exactly one" and "at least one" are not the same there. OpenAPI 3.0 is excluded: its `type` must be a single string. */
function compactTypeUnion(schema) {
	const options = schema.anyOf;
	if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0) return;
	const types = [];
	for (const option of options) {
		if (!option || typeof option !== "object") return;
		compactTypeUnion(option);
		const keys = Object.keys(option);
		if (keys.length !== 1 || keys[0] !== "type") return;
		const type = option.type;
		for (const member of Array.isArray(type) ? type : [type]) {
			if (typeof member !== "string") return;
			if (!types.includes(member)) types.push(member);
		}
	}
	delete schema.anyOf;
	schema.type = types.length === 1 ? types[0] : types;
}
/** Keywords `foldIntersection` knows how to combine. Anything else — `$ref`, `patternProperties`,
* an annotation like `description` — makes a member unfoldable, so a constraint this does not
* understand leaves the `allOf` alone instead of being silently dropped or misattributed. */
const FOLDABLE_KEYS = /* @__PURE__ */ new Set([
	"type",
	"properties",
	"required",
	"additionalProperties"
]);
const UNION_KEYS = ["oneOf", "anyOf"];
/** A member's constraint on a key it does not declare itself. A `catchall` states one; `false`, an absent `additionalProperties`, and the empty schema a loose object emits state nothing. */
function undeclaredConstraint(member) {
	const extra = member.additionalProperties;
	if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null) return null;
	return Object.keys(extra).length ? extra : null;
}
/** Combines object members into the single object they describe together, or returns `null` if any of them carries a keyword outside {@link FOLDABLE_KEYS}. */
function foldObjects(members) {
	const objects = [];
	for (const member of members) {
		if (typeof member !== "object" || member.type !== "object") return null;
		for (const key in member) if (!FOLDABLE_KEYS.has(key)) return null;
		objects.push(member);
	}
	const properties = {};
	const required = /* @__PURE__ */ new Set();
	for (const object of objects) {
		for (const key in object.properties) {
			if (Object.prototype.hasOwnProperty.call(properties, key)) continue;
			const parts = [];
			for (const other of objects) {
				const part = other.properties?.[key] ?? undeclaredConstraint(other);
				if (part === null || part === void 0) continue;
				if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part))) parts.push(part);
			}
			assignProp(properties, key, parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts });
		}
		for (const key of object.required ?? []) required.add(key);
	}
	const folded = {
		type: "object",
		properties
	};
	if (required.size) folded.required = [...required];
	if (objects.every((object) => object.additionalProperties === false)) folded.additionalProperties = false;
	else {
		const constraints = [];
		for (const object of objects) {
			const constraint = undeclaredConstraint(object);
			if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint))) constraints.push(constraint);
		}
		if (constraints.length === 1) folded.additionalProperties = constraints[0];
		else if (constraints.length > 1) folded.additionalProperties = { allOf: constraints };
	}
	return folded;
}
/** `additionalProperties` in an `allOf` member sees only that member's own `properties`, so two
* closed object members reject each other's keys and the schema validates nothing. Zod's parser
* pools the key sets instead — `handleIntersectionResults` reports a key as unrecognized only when
* *every* side rejects it — so the emitted schema has to pool them too, and folding the members
* into one object is the encoding that says so on every target.
*
* This runs from `finalize`, after `extractDefs`, which is what keeps it clear of the `$ref`
* machinery: a member extracted into `$defs` is already a `$ref` by now and declines to fold, so it
* keeps its reference and its own closedness rather than being inlined as a stale copy. */
function foldIntersection(json) {
	const allOf = json.allOf;
	if (!Array.isArray(allOf) || allOf.length < 2) return;
	for (const key of FOLDABLE_KEYS) if (key in json) return;
	const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
	let folded = null;
	if (!unions.length) folded = foldObjects(allOf);
	else {
		const union = unions[0];
		const keyword = UNION_KEYS.find((k) => Array.isArray(union[k]));
		if (Object.keys(union).length !== 1) return;
		const rest = allOf.filter((m) => m !== union);
		const branches = union[keyword].map((branch) => foldObjects([...rest, branch]));
		if (branches.some((b) => !b)) return;
		folded = { [keyword]: branches };
	}
	if (!folded) return;
	delete json.allOf;
	assignProps(json, folded);
}
function finalize(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	const flattenRef = (zodSchema) => {
		const seen = ctx.seen.get(zodSchema);
		if (seen.ref === null) return;
		const schema = seen.def ?? seen.schema;
		const _cached = { ...schema };
		const ref = seen.ref;
		seen.ref = null;
		if (ref) {
			flattenRef(ref);
			const refSeen = ctx.seen.get(ref);
			const refSchema = refSeen.schema;
			if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
				schema.allOf = schema.allOf ?? [];
				schema.allOf.push(refSchema);
			} else assignProps(schema, refSchema);
			assignProps(schema, _cached);
			if (zodSchema._zod.parent === ref) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (!(key in _cached)) delete schema[key];
			}
			if (refSchema.$ref && refSeen.def) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (key in refSeen.def && JSON.stringify(schema[key]) === JSON.stringify(refSeen.def[key])) delete schema[key];
			}
		}
		const parent = zodSchema._zod.parent;
		if (parent && parent !== ref) {
			flattenRef(parent);
			const parentSeen = ctx.seen.get(parent);
			if (parentSeen?.schema.$ref) {
				schema.$ref = parentSeen.schema.$ref;
				if (parentSeen.def) for (const key in schema) {
					if (key === "$ref" || key === "allOf") continue;
					if (key in parentSeen.def && JSON.stringify(schema[key]) === JSON.stringify(parentSeen.def[key])) delete schema[key];
				}
			}
		}
		ctx.override({
			zodSchema,
			jsonSchema: schema,
			path: seen.path ?? []
		});
	};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
		for (const entry of [...ctx.seen.entries()].reverse()) flattenRef(entry[0]);
		if (ctx.target !== "openapi-3.0") for (const entry of ctx.seen.entries()) compactTypeUnion(entry[1].def ?? entry[1].schema);
		for (const rewrite of ctx.deferred) rewrite();
		if (ctx.intersections.length) {
			const carriers = /* @__PURE__ */ new Map();
			for (const seen of ctx.seen.values()) for (const json of [seen.schema, seen.def]) {
				const allOf = json?.allOf;
				if (!Array.isArray(allOf)) continue;
				const existing = carriers.get(allOf);
				if (existing) existing.push(json);
				else carriers.set(allOf, [json]);
			}
			for (const allOf of ctx.intersections) for (const json of carriers.get(allOf) ?? []) foldIntersection(json);
		}
	}
	const result = {};
	if (ctx.target === "draft-2020-12") result.$schema = "https://json-schema.org/draft/2020-12/schema";
	else if (ctx.target === "draft-07") result.$schema = "http://json-schema.org/draft-07/schema#";
	else if (ctx.target === "draft-04") result.$schema = "http://json-schema.org/draft-04/schema#";
	else if (ctx.target === "openapi-3.0") {}
	if (ctx.external?.uri) {
		const id = ctx.external.registry.get(schema)?.id;
		if (!id) throw new Error("Schema is missing an `id` property");
		result.$id = ctx.external.uri(id);
	}
	assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
	const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
	if (rootMetaId !== void 0 && result.id === rootMetaId) delete result.id;
	const defs = ctx.external?.defs ?? {};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.def && seen.defId) {
			if (seen.def.id === seen.defId) delete seen.def.id;
			assignProp(defs, seen.defId, seen.def);
		}
	}
	if (ctx.external) ctx.sharedEmitDoneFor = ctx.external;
	if (ctx.external) {} else if (Object.keys(defs).length > 0) {
		if (ctx.target === "draft-2020-12") result.$defs = defs;
		else result.definitions = defs;
	}
	try {
		const finalized = JSON.parse(JSON.stringify(result));
		Object.defineProperty(finalized, "~standard", {
			value: {
				...schema["~standard"],
				jsonSchema: {
					input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
					output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
				}
			},
			enumerable: false,
			writable: false
		});
		return finalized;
	} catch (_err) {
		throw new Error("Error converting schema to JSON.");
	}
}
function isTransforming(_schema, _ctx) {
	const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
	if (ctx.seen.has(_schema)) return false;
	ctx.seen.add(_schema);
	const def = _schema._zod.def;
	if (def.type === "transform") return true;
	if (def.type === "array") return isTransforming(def.element, ctx);
	if (def.type === "set") return isTransforming(def.valueType, ctx);
	if (def.type === "lazy") return isTransforming(def.getter(), ctx);
	if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") return isTransforming(def.innerType, ctx);
	if (def.type === "intersection") return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
	if (def.type === "record" || def.type === "map") return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
	if (def.type === "pipe") {
		if (_schema._zod.traits.has("$ZodCodec")) return true;
		return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
	}
	if (def.type === "object") {
		for (const key in def.shape) if (isTransforming(def.shape[key], ctx)) return true;
		return false;
	}
	if (def.type === "union") {
		for (const option of def.options) if (isTransforming(option, ctx)) return true;
		return false;
	}
	if (def.type === "tuple") {
		for (const item of def.items) if (isTransforming(item, ctx)) return true;
		if (def.rest && isTransforming(def.rest, ctx)) return true;
		return false;
	}
	return false;
}
/**
* Creates a toJSONSchema method for a schema instance.
* This encapsulates the logic of initializing context, processing, extracting defs, and finalizing.
*/
const createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
	const ctx = initializeContext({
		...params,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
const createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
	const { libraryOptions, target } = params ?? {};
	const ctx = initializeContext({
		...libraryOptions ?? {},
		target,
		io,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
// node_modules/zod/v4/core/json-schema-processors.js
const narrowMin = (agg, key, value) => {
	if (agg[key] === void 0 || value > agg[key]) agg[key] = value;
};
const narrowMax = (agg, key, value) => {
	if (agg[key] === void 0 || value < agg[key]) agg[key] = value;
};
const narrowBoth = (agg, value) => {
	narrowMin(agg, "minimum", value);
	narrowMax(agg, "maximum", value);
};
const addDivisor = (agg, value) => {
	agg.multipleOf ?? (agg.multipleOf = []);
	if (!agg.multipleOf.includes(value)) agg.multipleOf.push(value);
};
const addPattern = (agg, pattern) => {
	agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
	agg.patterns.add(pattern);
};
const intersectMime = (agg, mime) => {
	agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
const setFormat = (agg, format) => {
	agg.format = format;
	if (format.includes("int")) agg.isInt = true;
};
const minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
const maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
const formatContributor = (ranges) => (agg, def) => {
	setFormat(agg, def.format);
	const [minimum, maximum] = ranges[def.format];
	narrowMin(agg, "minimum", minimum);
	narrowMax(agg, "maximum", maximum);
};
const contributors = {
	greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
	less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
	multiple_of: (agg, def) => addDivisor(agg, def.value),
	number_format: formatContributor(NUMBER_FORMAT_RANGES),
	bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
	min_length: minContributor,
	max_length: maxContributor,
	length_equals: (agg, def) => narrowBoth(agg, def.length),
	min_size: minContributor,
	max_size: maxContributor,
	size_equals: (agg, def) => narrowBoth(agg, def.size),
	string_format: (agg, def) => {
		setFormat(agg, def.format);
		if (def.pattern) addPattern(agg, def.pattern);
		if (def.format === "base64" || def.format === "base64url") agg.contentEncoding = def.format;
		if (def.local || def.precision === -1) agg.laxFormat = true;
	},
	mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
	const agg = {};
	const def = schema._zod.def;
	const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
	for (const ch of list) contributors[ch._zod.def.check]?.(agg, ch._zod.def);
	const bag = schema._zod.bag;
	if (bag.minimum !== void 0) narrowMin(agg, "minimum", bag.minimum);
	if (bag.exclusiveMinimum !== void 0) narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
	if (bag.maximum !== void 0) narrowMax(agg, "maximum", bag.maximum);
	if (bag.exclusiveMaximum !== void 0) narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
	if (bag.multipleOf !== void 0) addDivisor(agg, bag.multipleOf);
	if (bag.format !== void 0) {
		agg.format ?? (agg.format = bag.format);
		if (bag.format.includes("int")) agg.isInt = true;
	}
	if (bag.mime) intersectMime(agg, bag.mime);
	for (const pattern of bag.patterns ?? []) addPattern(agg, pattern);
	return agg;
}
const formatMap = {
	guid: "uuid",
	url: "uri",
	datetime: "date-time",
	json_string: "json-string",
	regex: ""
};
const exactPatterns = /* @__PURE__ */ new Map([[base64Charset, base64], [base64urlCharset, base64url]]);
const exactPattern = (p) => exactPatterns.get(p) ?? p;
const stringProcessor = (schema, ctx, _json, _params) => {
	const json = _json;
	json.type = "string";
	const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minLength = minimum;
	if (typeof maximum === "number") json.maxLength = maximum;
	if (format) {
		json.format = formatMap[format] ?? format;
		if (json.format === "") delete json.format;
		if (format === "time" || laxFormat) delete json.format;
	}
	if (contentEncoding) json.contentEncoding = contentEncoding;
	if (patterns && patterns.size > 0) {
		const patternList = [...patterns].map(exactPattern);
		if (patternList.length === 1) json.pattern = patternList[0].source;
		else if (patternList.length > 1) json.allOf = [...patternList.map((regex) => ({
			...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
			pattern: regex.source
		}))];
	}
};
const numberProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
	json.type = isInt ? "integer" : "number";
	const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
	const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
	const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
	if (exMin) {
		if (legacy) {
			json.minimum = exclusiveMinimum;
			json.exclusiveMinimum = true;
		} else json.exclusiveMinimum = exclusiveMinimum;
	} else if (typeof minimum === "number") json.minimum = minimum;
	if (exMax) {
		if (legacy) {
			json.maximum = exclusiveMaximum;
			json.exclusiveMaximum = true;
		} else json.exclusiveMaximum = exclusiveMaximum;
	} else if (typeof maximum === "number") json.maximum = maximum;
	if (multipleOf) {
		const divisors = /* @__PURE__ */ new Set();
		for (const divisor of multipleOf) if (Number.isFinite(divisor) && divisor !== 0) divisors.add(Math.abs(divisor));
		else handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
		const [first, ...rest] = divisors;
		if (first !== void 0) json.multipleOf = first;
		if (rest.length) json.allOf = [...json.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
	}
};
const booleanProcessor = (_schema, _ctx, json, _params) => {
	json.type = "boolean";
};
const bigintProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "BigInt cannot be represented in JSON Schema");
};
const symbolProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Symbols cannot be represented in JSON Schema");
};
const nullProcessor = (_schema, ctx, json, _params) => {
	if (ctx.target === "openapi-3.0") {
		json.type = "string";
		json.nullable = true;
		json.enum = [null];
	} else json.type = "null";
};
const undefinedProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Undefined cannot be represented in JSON Schema");
};
const voidProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Void cannot be represented in JSON Schema");
};
const neverProcessor = (_schema, _ctx, json, _params) => {
	json.not = {};
};
const anyProcessor = (_schema, _ctx, _json, _params) => {};
const unknownProcessor = (_schema, _ctx, _json, _params) => {};
const dateProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Date cannot be represented in JSON Schema");
};
const enumProcessor = (schema, _ctx, json, _params) => {
	const def = schema._zod.def;
	const values = getEnumValues(def.entries);
	if (values.length === 0) {
		json.not = {};
		return;
	}
	if (values.every((v) => typeof v === "number")) json.type = "number";
	if (values.every((v) => typeof v === "string")) json.type = "string";
	json.enum = values;
};
const literalProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	if (def.values.length === 0) {
		json.not = {};
		return;
	}
	const vals = [];
	for (const val of def.values) if (val === void 0) {
		if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema")) return;
	} else if (typeof val === "bigint") {
		if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema")) return;
		vals.push(Number(val));
	} else vals.push(val);
	if (vals.length === 0) {} else if (vals.length === 1) {
		const val = vals[0];
		json.type = val === null ? "null" : typeof val;
		if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") json.enum = [val];
		else json.const = val;
	} else {
		if (vals.every((v) => typeof v === "number")) json.type = "number";
		if (vals.every((v) => typeof v === "string")) json.type = "string";
		if (vals.every((v) => typeof v === "boolean")) json.type = "boolean";
		if (vals.every((v) => v === null)) json.type = "null";
		json.enum = vals;
	}
};
const nanProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "NaN cannot be represented in JSON Schema");
};
const templateLiteralProcessor = (schema, _ctx, json, _params) => {
	const _json = json;
	const pattern = schema._zod.pattern;
	if (!pattern) throw new Error("Pattern not found in template literal");
	_json.type = "string";
	_json.pattern = pattern.source;
};
const fileProcessor = (schema, _ctx, json, _params) => {
	const _json = json;
	_json.type = "string";
	_json.format = "binary";
	_json.contentEncoding = "binary";
	const { minimum, maximum, mime } = aggregateChecks(schema);
	if (minimum !== void 0) _json.minLength = minimum;
	if (maximum !== void 0) _json.maxLength = maximum;
	if (!mime) return;
	if (mime.length === 0) _json.not = {};
	else if (mime.length === 1) _json.contentMediaType = mime[0];
	else _json.anyOf = mime.map((m) => ({ contentMediaType: m }));
};
const successProcessor = (_schema, _ctx, json, _params) => {
	json.type = "boolean";
};
const customProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
const functionProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Function types cannot be represented in JSON Schema");
};
const transformProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
const mapProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Map cannot be represented in JSON Schema");
};
const setProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Set cannot be represented in JSON Schema");
};
const arrayProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
	json.type = "array";
	json.items = processSchema(def.element, ctx, {
		...params,
		path: [...params.path, "items"]
	});
};
function inputOptin(schema) {
	const def = schema._zod.def;
	if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) return inputOptin(def.out);
	if (def.type === "catch") return inputOptin(def.innerType);
	return schema._zod.optin;
}
const objectProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const shape = def.shape;
	if (Object.getOwnPropertySymbols(shape).length && handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) return;
	json.type = "object";
	json.properties = {};
	for (const key in shape) assignProp(json.properties, key, processSchema(shape[key], ctx, {
		...params,
		path: [
			...params.path,
			"properties",
			key
		]
	}));
	const requiredKeys = [];
	for (const key of Object.keys(shape)) {
		const field = def.shape[key];
		if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) requiredKeys.push(key);
	}
	if (requiredKeys.length > 0) json.required = requiredKeys;
	if (def.catchall?._zod.def.type === "never") json.additionalProperties = false;
	else if (!def.catchall) {
		if (ctx.io === "output") json.additionalProperties = false;
	} else if (def.catchall) json.additionalProperties = processSchema(def.catchall, ctx, {
		...params,
		path: [...params.path, "additionalProperties"]
	});
};
const unionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const isExclusive = def.inclusive === false;
	const options = def.options.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			isExclusive ? "oneOf" : "anyOf",
			i
		]
	}));
	if (isExclusive) json.oneOf = options;
	else json.anyOf = options;
};
const intersectionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const a = processSchema(def.left, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			0
		]
	});
	const b = processSchema(def.right, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			1
		]
	});
	const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
	const allOf = [...isSimpleIntersection(a) ? a.allOf : [a], ...isSimpleIntersection(b) ? b.allOf : [b]];
	json.allOf = allOf;
	ctx.intersections.push(allOf);
};
const tupleProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	json.type = "array";
	const prefixPath = ctx.target === "draft-2020-12" ? "prefixItems" : "items";
	const restPath = ctx.target === "draft-2020-12" ? "items" : ctx.target === "openapi-3.0" ? "items" : "additionalItems";
	const prefixItems = def.items.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			prefixPath,
			i
		]
	}));
	const rest = def.rest ? processSchema(def.rest, ctx, {
		...params,
		path: [
			...params.path,
			restPath,
			...ctx.target === "openapi-3.0" ? [def.items.length] : []
		]
	}) : null;
	let minItems = def.items.length;
	while (minItems > 0) {
		const item = def.items[minItems - 1];
		if (!(ctx.io === "input" ? inputOptin(item) !== void 0 : item._zod.optout === "optional")) break;
		minItems--;
	}
	const maxItems = def.items.length;
	const isClosed = !def.rest;
	if (ctx.target === "draft-2020-12") {
		json.prefixItems = prefixItems;
		if (isClosed) json.items = false;
		else if (rest) json.items = rest;
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	} else if (ctx.target === "openapi-3.0") {
		json.items = { anyOf: prefixItems };
		if (rest) json.items.anyOf.push(rest);
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	} else {
		json.items = prefixItems;
		if (isClosed) json.additionalItems = false;
		else if (rest) json.additionalItems = rest;
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	}
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
};
/** JSON object keys are always strings, so a numeric record key schema is re-expressed over the
* numeric-string form the record parser matches. Deferred to `finalize`, after the flatten: a key
* behind a wrapper only carries its own `type` before then, and a union key only has its branches.
*
* A numeric bound cannot apply to a property name, so `minimum` and its siblings are dropped rather
* than carried over: keeping them beside `type: "string"` reproduces the match-nothing schema this
* exists to fix. A key that carries one therefore emits wider than the record parses — `z.record(z.number().min(5), V)`
* accepts `"3"` — which is the deliberate trade, since throwing on it would reject an ordinary schema
* outright. */
function stringifyKeyNames(bySchema, json, visited) {
	if (json.$ref) {
		if (visited.has(json)) return json;
		visited.add(json);
		const def = bySchema.get(json)?.def;
		if (!def) return json;
		const inlined = stringifyKeyNames(bySchema, def, visited);
		return inlined === def ? json : inlined;
	}
	for (const keyword of ["anyOf", "oneOf"]) {
		const branches = json[keyword];
		if (!Array.isArray(branches)) continue;
		const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
		if (mapped.some((branch, i) => branch !== branches[i])) json = {
			...json,
			[keyword]: mapped
		};
	}
	const types = Array.isArray(json.type) ? json.type : [json.type];
	const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
	const values = json.enum ?? (json.const !== void 0 ? [json.const] : void 0);
	if (!numericType && !values?.some((v) => typeof v === "number")) return json;
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id, ...rest } = json;
	if (rest.enum) rest.enum = rest.enum.map((v) => typeof v === "number" ? String(v) : v);
	else if (typeof rest.const === "number") rest.const = String(rest.const);
	if (!numericType) return rest;
	rest.type = "string";
	if (!values) rest.pattern = (types.includes("number") ? number$1 : integer).source;
	return rest;
}
/** Every record of one conversion, so the carriers are found in a single pass rather than once per record. */
const pendingRecords = /* @__PURE__ */ new WeakMap();
function rewriteKeyNames(ctx) {
	const bySchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.values()) if (entry.def && !bySchema.has(entry.schema)) bySchema.set(entry.schema, entry);
	const rewrites = /* @__PURE__ */ new Map();
	for (const record of pendingRecords.get(ctx) ?? []) {
		const seen = ctx.seen.get(record);
		const names = (seen?.def ?? seen?.schema)?.propertyNames;
		if (!names || names === true || rewrites.has(names)) continue;
		const rewritten = stringifyKeyNames(bySchema, names, /* @__PURE__ */ new Set());
		if (rewritten !== names) rewrites.set(names, rewritten);
	}
	if (!rewrites.size) return;
	for (const entry of ctx.seen.values()) for (const carrier of [entry.schema, entry.def]) {
		const rewritten = carrier && rewrites.get(carrier.propertyNames);
		if (rewritten) carrier.propertyNames = rewritten;
	}
}
const recordProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	json.type = "object";
	const keyType = def.keyType;
	const patterns = aggregateChecks(keyType).patterns;
	if (def.mode === "loose" && patterns && patterns.size > 0) {
		const valueSchema = processSchema(def.valueType, ctx, {
			...params,
			path: [
				...params.path,
				"patternProperties",
				"*"
			]
		});
		json.patternProperties = {};
		for (const pattern of patterns) assignProp(json.patternProperties, exactPattern(pattern).source, valueSchema);
	} else {
		if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
			json.propertyNames = processSchema(def.keyType, ctx, {
				...params,
				path: [...params.path, "propertyNames"]
			});
			let pending = pendingRecords.get(ctx);
			if (!pending) {
				pending = [];
				pendingRecords.set(ctx, pending);
				ctx.deferred.push(() => rewriteKeyNames(ctx));
			}
			pending.push(schema);
		}
		json.additionalProperties = processSchema(def.valueType, ctx, {
			...params,
			path: [...params.path, "additionalProperties"]
		});
	}
	const keyValues = keyType._zod.values;
	const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== void 0;
	if (keyValues && !def.partial && !omittableOnInput) {
		const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
		if (validKeyValues.length > 0) json.required = validKeyValues.map(String);
	}
};
const nullableProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const inner = processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	if (ctx.target === "openapi-3.0") {
		seen.ref = def.innerType;
		json.nullable = true;
	} else json.anyOf = [inner, { type: "null" }];
};
const nonoptionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
/** Round-trips a default value through JSON so the emitted schema is guaranteed to be valid JSON.
* A BigInt has no reliable encoding, so it goes through `unrepresentable` like any other
* unrepresentable value. Returns a sentinel when the caller must not write a default of its own. */
const UNREPRESENTABLE_DEFAULT = Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
	let unrepresentable = false;
	const serialized = JSON.stringify(value, (_, val) => {
		if (typeof val !== "bigint") return val;
		unrepresentable = true;
		return null;
	});
	if (!unrepresentable) return JSON.parse(serialized);
	handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
	return UNREPRESENTABLE_DEFAULT;
}
const defaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json.default = value;
};
const prefaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	if (ctx.io !== "input") return;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json._prefault = value;
};
const catchProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	let catchValue;
	try {
		catchValue = def.catchValue(void 0);
	} catch {
		handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
		return;
	}
	json.default = catchValue;
};
const pipeProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	const inIsTransform = def.in._zod.traits.has("$ZodTransform");
	const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
const readonlyProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	json.readOnly = true;
};
const promiseProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
const optionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
const lazyProcessor = (schema, ctx, _json, params) => {
	const innerType = schema._zod.innerType;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
const allProcessors = {
	string: stringProcessor,
	number: numberProcessor,
	boolean: booleanProcessor,
	bigint: bigintProcessor,
	symbol: symbolProcessor,
	null: nullProcessor,
	undefined: undefinedProcessor,
	void: voidProcessor,
	never: neverProcessor,
	any: anyProcessor,
	unknown: unknownProcessor,
	date: dateProcessor,
	enum: enumProcessor,
	literal: literalProcessor,
	nan: nanProcessor,
	template_literal: templateLiteralProcessor,
	file: fileProcessor,
	success: successProcessor,
	custom: customProcessor,
	function: functionProcessor,
	transform: transformProcessor,
	map: mapProcessor,
	set: setProcessor,
	array: arrayProcessor,
	object: objectProcessor,
	union: unionProcessor,
	intersection: intersectionProcessor,
	tuple: tupleProcessor,
	record: recordProcessor,
	nullable: nullableProcessor,
	nonoptional: nonoptionalProcessor,
	default: defaultProcessor,
	prefault: prefaultProcessor,
	catch: catchProcessor,
	pipe: pipeProcessor,
	readonly: readonlyProcessor,
	promise: promiseProcessor,
	optional: optionalProcessor,
	lazy: lazyProcessor
};
function toJSONSchema(input, params) {
	if ("_idmap" in input) {
		const registry = input;
		const ctx = initializeContext({
			...params,
			processors: allProcessors
		});
		const defs = {};
		for (const entry of registry._idmap.entries()) {
			const [_, schema] = entry;
			processSchema(schema, ctx);
		}
		const schemas = {};
		ctx.external = {
			registry,
			uri: params?.uri,
			defs
		};
		for (const entry of registry._idmap.entries()) {
			const [key, schema] = entry;
			extractDefs(ctx, schema);
			assignProp(schemas, key, finalize(ctx, schema));
		}
		if (Object.keys(defs).length > 0) schemas.__shared = { [ctx.target === "draft-2020-12" ? "$defs" : "definitions"]: defs };
		return { schemas };
	}
	const ctx = initializeContext({
		...params,
		processors: allProcessors
	});
	processSchema(input, ctx);
	extractDefs(ctx, input);
	return finalize(ctx, input);
}
// node_modules/zod/v4/classic/errors.js
const _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
	Object.defineProperty(proto, key, {
		configurable: true,
		enumerable: false,
		get() {
			const value = make(this);
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
			return value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
		}
	});
}
const initializer = (inst, issues) => {
	$ZodError.init(inst, issues);
	inst.name = "ZodError";
	const proto = Object.getPrototypeOf(inst);
	if (_installedErrorProtos.has(proto)) return;
	_installedErrorProtos.add(proto);
	_lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
	_lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
	_lazyMethod(proto, "addIssue", (self) => (issue) => {
		self.issues.push(issue);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	_lazyMethod(proto, "addIssues", (self) => (issues) => {
		self.issues.push(...issues);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	Object.defineProperty(proto, "isEmpty", {
		configurable: true,
		enumerable: false,
		get() {
			return this.issues.length === 0;
		}
	});
};
const ZodRealError = /*@__PURE__*/ $constructor("ZodError", initializer, void 0, { Parent: Error });
// node_modules/zod/v4/classic/parse.js
const parse$2 = /* @__PURE__ */ _parse(ZodRealError);
const parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
const safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
const safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
const encode = /* @__PURE__ */ _encode(ZodRealError);
const decode = /* @__PURE__ */ _decode(ZodRealError);
const encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
const decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
const safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
const safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
const safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
const safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);
// node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
	if (!globalConfig.localeError) config(en_default());
}
function _ensureDefaultMemoizer() {
	if (!globalConfig.memoizer) config({ memoizer: memoizer() });
}
const ZodType = /*@__PURE__*/ $constructor("ZodType", (inst, def) => {
	_ensureDefaultLocale();
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
	return inst;
}, {
	check(...chks) {
		const def = this.def;
		return this.clone(mergeDefs(def, { checks: [...def.checks ?? [], ...chks.map((ch) => typeof ch === "function" ? { _zod: {
			check: ch,
			def: { check: "custom" },
			onattach: []
		} } : ch)] }), { parent: true });
	},
	with(...chks) {
		return this.check(...chks);
	},
	clone(def, params) {
		return clone(this, def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	refine(check, params) {
		return this.check(refine(check, params));
	},
	superRefine(refinement, params) {
		return this.check(superRefine(refinement, params));
	},
	overwrite(fn) {
		return this.check(/* @__PURE__ */ _overwrite(fn));
	},
	optional() {
		return optional(this);
	},
	exactOptional() {
		return exactOptional(this);
	},
	nullable() {
		return nullable(this);
	},
	nullish() {
		return optional(nullable(this));
	},
	nonoptional(params) {
		return nonoptional(this, params);
	},
	array() {
		return array(this);
	},
	or(arg) {
		return union([this, arg]);
	},
	and(arg) {
		return intersection(this, arg);
	},
	transform(tx) {
		return pipe(this, transform(tx));
	},
	default(d) {
		return _default(this, d);
	},
	prefault(d) {
		return prefault(this, d);
	},
	catch(params) {
		return _catch(this, params);
	},
	pipe(target) {
		return pipe(this, target);
	},
	readonly() {
		return readonly(this);
	},
	describe(description) {
		const cl = this.clone();
		globalRegistry.add(cl, { description });
		return cl;
	},
	meta(...args) {
		if (args.length === 0) return globalRegistry.get(this);
		const cl = this.clone();
		globalRegistry.add(cl, args[0]);
		return cl;
	},
	isOptional() {
		return this.safeParse(void 0).success;
	},
	isNullable() {
		return this.safeParse(null).success;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	},
	get "~standard"() {
		return hide(this, "~standard", {
			...standardProps(this),
			jsonSchema: {
				input: createStandardJSONSchemaMethod(this, "input"),
				output: createStandardJSONSchemaMethod(this, "output")
			}
		});
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	},
	parse: function _parse(data, params) {
		return parse$2(this, data, params, { callee: _parse });
	},
	parseAsync: async function _parseAsync(data, params) {
		return await parseAsync(this, data, params, { callee: _parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	async safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	get spa() {
		return this?.safeParseAsync;
	},
	set spa(value) {
		own(this, "spa", value);
	},
	validate(data, params) {
		return validate(this, data, params);
	},
	validateAsync(data, params) {
		return validateAsync$1(this, data, params);
	},
	encode: function _encode(data, params) {
		return encode(this, data, params, { callee: _encode });
	},
	decode: function _decode(data, params) {
		return decode(this, data, params, { callee: _decode });
	},
	encodeAsync: async function _encodeAsync(data, params) {
		return await encodeAsync(this, data, params, { callee: _encodeAsync });
	},
	decodeAsync: async function _decodeAsync(data, params) {
		return await decodeAsync(this, data, params, { callee: _decodeAsync });
	},
	safeEncode(data, params) {
		return safeEncode(this, data, params);
	},
	safeDecode(data, params) {
		return safeDecode(this, data, params);
	},
	async safeEncodeAsync(data, params) {
		return safeEncodeAsync(this, data, params);
	},
	async safeDecodeAsync(data, params) {
		return safeDecodeAsync(this, data, params);
	},
	toJSONSchema(params) {
		return createToJSONSchemaMethod(this, {})(params);
	},
	get description() {
		return globalRegistry.get(this)?.description;
	},
	get _def() {
		return this._zod.def;
	}
});
/** @internal */
const _ZodString = /*@__PURE__*/ $constructor("_ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
}, /*@__PURE__*/ derived({
	format: (inst) => aggregateChecks(inst).format ?? null,
	minLength: (inst) => aggregateChecks(inst).minimum ?? null,
	maxLength: (inst) => aggregateChecks(inst).maximum ?? null
}, {
	regex(...args) {
		return this.check(/* @__PURE__ */ _regex(...args));
	},
	includes(...args) {
		return this.check(/* @__PURE__ */ _includes(...args));
	},
	startsWith(...args) {
		return this.check(/* @__PURE__ */ _startsWith(...args));
	},
	endsWith(...args) {
		return this.check(/* @__PURE__ */ _endsWith(...args));
	},
	min(...args) {
		return this.check(/* @__PURE__ */ _minLength(...args));
	},
	max(...args) {
		return this.check(/* @__PURE__ */ _maxLength(...args));
	},
	length(...args) {
		return this.check(/* @__PURE__ */ _length(...args));
	},
	nonempty(...args) {
		return this.check(/* @__PURE__ */ _minLength(1, ...args));
	},
	lowercase(params) {
		return this.check(/* @__PURE__ */ _lowercase(params));
	},
	uppercase(params) {
		return this.check(/* @__PURE__ */ _uppercase(params));
	},
	trim() {
		return this.check(/* @__PURE__ */ _trim());
	},
	normalize(...args) {
		return this.check(/* @__PURE__ */ _normalize(...args));
	},
	toLowerCase() {
		return this.check(/* @__PURE__ */ _toLowerCase());
	},
	toUpperCase() {
		return this.check(/* @__PURE__ */ _toUpperCase());
	},
	slugify() {
		return this.check(/* @__PURE__ */ _slugify());
	}
}));
const ZodString = /*@__PURE__*/ $constructor("ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	_ZodString.init(inst, def);
}, {
	email(params) {
		return this.check(/* @__PURE__ */ _email(ZodEmail, params));
	},
	url(params) {
		return this.check(/* @__PURE__ */ _url(ZodURL, params));
	},
	jwt(params) {
		return this.check(/* @__PURE__ */ _jwt(ZodJWT, params));
	},
	emoji(params) {
		return this.check(/* @__PURE__ */ _emoji(ZodEmoji, params));
	},
	guid(params) {
		return this.check(/* @__PURE__ */ _guid(ZodGUID, params));
	},
	uuid(params) {
		return this.check(/* @__PURE__ */ _uuid(ZodUUID, params));
	},
	uuidv4(params) {
		return this.check(/* @__PURE__ */ _uuidv4(ZodUUID, params));
	},
	uuidv6(params) {
		return this.check(/* @__PURE__ */ _uuidv6(ZodUUID, params));
	},
	uuidv7(params) {
		return this.check(/* @__PURE__ */ _uuidv7(ZodUUID, params));
	},
	nanoid(params) {
		return this.check(/* @__PURE__ */ _nanoid(ZodNanoID, params));
	},
	cuid(params) {
		return this.check(/* @__PURE__ */ _cuid(ZodCUID, params));
	},
	cuid2(params) {
		return this.check(/* @__PURE__ */ _cuid2(ZodCUID2, params));
	},
	ulid(params) {
		return this.check(/* @__PURE__ */ _ulid(ZodULID, params));
	},
	base64(params) {
		return this.check(/* @__PURE__ */ _base64(ZodBase64, params));
	},
	base64url(params) {
		return this.check(/* @__PURE__ */ _base64url(ZodBase64URL, params));
	},
	xid(params) {
		return this.check(/* @__PURE__ */ _xid(ZodXID, params));
	},
	ksuid(params) {
		return this.check(/* @__PURE__ */ _ksuid(ZodKSUID, params));
	},
	ipv4(params) {
		return this.check(/* @__PURE__ */ _ipv4(ZodIPv4, params));
	},
	ipv6(params) {
		return this.check(/* @__PURE__ */ _ipv6(ZodIPv6, params));
	},
	cidrv4(params) {
		return this.check(/* @__PURE__ */ _cidrv4(ZodCIDRv4, params));
	},
	cidrv6(params) {
		return this.check(/* @__PURE__ */ _cidrv6(ZodCIDRv6, params));
	},
	e164(params) {
		return this.check(/* @__PURE__ */ _e164(ZodE164, params));
	},
	datetime(params) {
		return this.check(/* @__PURE__ */ _isoDateTime(ZodISODateTime, params));
	},
	date(params) {
		return this.check(/* @__PURE__ */ _isoDate(ZodISODate, params));
	},
	time(params) {
		return this.check(/* @__PURE__ */ _isoTime(ZodISOTime, params));
	},
	duration(params) {
		return this.check(/* @__PURE__ */ _isoDuration(ZodISODuration, params));
	}
});
function string(params) {
	return /* @__PURE__ */ _string(ZodString, params);
}
const ZodStringFormat = /*@__PURE__*/ $constructor("ZodStringFormat", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	_ZodString.init(inst, def);
});
const ZodISODateTime = /*@__PURE__*/ $constructor("ZodISODateTime", (inst, def) => {
	$ZodISODateTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODate = /*@__PURE__*/ $constructor("ZodISODate", (inst, def) => {
	$ZodISODate.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISOTime = /*@__PURE__*/ $constructor("ZodISOTime", (inst, def) => {
	$ZodISOTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODuration = /*@__PURE__*/ $constructor("ZodISODuration", (inst, def) => {
	$ZodISODuration.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmail = /*@__PURE__*/ $constructor("ZodEmail", (inst, def) => {
	$ZodEmail.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodGUID = /*@__PURE__*/ $constructor("ZodGUID", (inst, def) => {
	$ZodGUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodUUID = /*@__PURE__*/ $constructor("ZodUUID", (inst, def) => {
	$ZodUUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodURL = /*@__PURE__*/ $constructor("ZodURL", (inst, def) => {
	$ZodURL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmoji = /*@__PURE__*/ $constructor("ZodEmoji", (inst, def) => {
	$ZodEmoji.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNanoID = /*@__PURE__*/ $constructor("ZodNanoID", (inst, def) => {
	$ZodNanoID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
/**
* @deprecated CUID v1 is deprecated by its authors due to information leakage
* (timestamps embedded in the id). Use {@link ZodCUID2} instead.
* See https://github.com/paralleldrive/cuid.
*/
const ZodCUID = /*@__PURE__*/ $constructor("ZodCUID", (inst, def) => {
	$ZodCUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCUID2 = /*@__PURE__*/ $constructor("ZodCUID2", (inst, def) => {
	$ZodCUID2.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodULID = /*@__PURE__*/ $constructor("ZodULID", (inst, def) => {
	$ZodULID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodXID = /*@__PURE__*/ $constructor("ZodXID", (inst, def) => {
	$ZodXID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodKSUID = /*@__PURE__*/ $constructor("ZodKSUID", (inst, def) => {
	$ZodKSUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv4 = /*@__PURE__*/ $constructor("ZodIPv4", (inst, def) => {
	$ZodIPv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv6 = /*@__PURE__*/ $constructor("ZodIPv6", (inst, def) => {
	$ZodIPv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv4 = /*@__PURE__*/ $constructor("ZodCIDRv4", (inst, def) => {
	$ZodCIDRv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv6 = /*@__PURE__*/ $constructor("ZodCIDRv6", (inst, def) => {
	$ZodCIDRv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64 = /*@__PURE__*/ $constructor("ZodBase64", (inst, def) => {
	$ZodBase64.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64URL = /*@__PURE__*/ $constructor("ZodBase64URL", (inst, def) => {
	$ZodBase64URL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodE164 = /*@__PURE__*/ $constructor("ZodE164", (inst, def) => {
	$ZodE164.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodJWT = /*@__PURE__*/ $constructor("ZodJWT", (inst, def) => {
	$ZodJWT.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNumber = /*@__PURE__*/ $constructor("ZodNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
	inst.isFinite = true;
}, /*@__PURE__*/ derived({
	minValue: (inst) => {
		const { minimum, exclusiveMinimum } = aggregateChecks(inst);
		return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
	},
	maxValue: (inst) => {
		const { maximum, exclusiveMaximum } = aggregateChecks(inst);
		return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
	},
	isInt: (inst) => {
		const { isInt, multipleOf } = aggregateChecks(inst);
		return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
	},
	format: (inst) => aggregateChecks(inst).format ?? null
}, {
	gt(value, params) {
		return this.check(/* @__PURE__ */ _gt(value, params));
	},
	gte(value, params) {
		return this.check(/* @__PURE__ */ _gte(value, params));
	},
	min(value, params) {
		return this.check(/* @__PURE__ */ _gte(value, params));
	},
	lt(value, params) {
		return this.check(/* @__PURE__ */ _lt(value, params));
	},
	lte(value, params) {
		return this.check(/* @__PURE__ */ _lte(value, params));
	},
	max(value, params) {
		return this.check(/* @__PURE__ */ _lte(value, params));
	},
	int(params) {
		return this.check(int(params));
	},
	safe(params) {
		return this.check(int(params));
	},
	positive(params) {
		return this.check(/* @__PURE__ */ _gt(0, params));
	},
	nonnegative(params) {
		return this.check(/* @__PURE__ */ _gte(0, params));
	},
	negative(params) {
		return this.check(/* @__PURE__ */ _lt(0, params));
	},
	nonpositive(params) {
		return this.check(/* @__PURE__ */ _lte(0, params));
	},
	multipleOf(value, params) {
		return this.check(/* @__PURE__ */ _multipleOf(value, params));
	},
	step(value, params) {
		return this.check(/* @__PURE__ */ _multipleOf(value, params));
	},
	finite() {
		return this;
	}
}));
function number(params) {
	return /* @__PURE__ */ _number(ZodNumber, params);
}
const ZodNumberFormat = /*@__PURE__*/ $constructor("ZodNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodNumber.init(inst, def);
});
function int(params) {
	return /* @__PURE__ */ _int(ZodNumberFormat, params);
}
const ZodBoolean = /*@__PURE__*/ $constructor("ZodBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
function boolean(params) {
	return /* @__PURE__ */ _boolean(ZodBoolean, params);
}
const ZodUnknown = /*@__PURE__*/ $constructor("ZodUnknown", (inst, def) => {
	$ZodUnknown.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => void 0;
});
function unknown() {
	return /* @__PURE__ */ _unknown(ZodUnknown);
}
const ZodNever = /*@__PURE__*/ $constructor("ZodNever", (inst, def) => {
	$ZodNever.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json, params);
});
function never(params) {
	return /* @__PURE__ */ _never(ZodNever, params);
}
const ZodArray = /*@__PURE__*/ $constructor("ZodArray", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodArray.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
	inst.element = def.element;
}, {
	min(n, params) {
		return this.check(/* @__PURE__ */ _minLength(n, params));
	},
	nonempty(params) {
		return this.check(/* @__PURE__ */ _minLength(1, params));
	},
	max(n, params) {
		return this.check(/* @__PURE__ */ _maxLength(n, params));
	},
	length(n, params) {
		return this.check(/* @__PURE__ */ _length(n, params));
	},
	unwrap() {
		return this.element;
	}
});
function array(element, params) {
	return /* @__PURE__ */ _array(ZodArray, element, params);
}
const ZodObject = /*@__PURE__*/ $constructor("ZodObject", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodObjectJIT.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
	keyof() {
		return _enum(Object.keys(this._zod.def.shape));
	},
	catchall(catchall) {
		return this.clone(mergeDefs(this._zod.def, { catchall }));
	},
	passthrough() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	loose() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	strict() {
		return this.clone(mergeDefs(this._zod.def, { catchall: never() }));
	},
	strip() {
		return this.clone(mergeDefs(this._zod.def, { catchall: void 0 }));
	},
	extend(incoming) {
		return extend(this, incoming);
	},
	safeExtend(incoming) {
		return safeExtend(this, incoming);
	},
	merge(other) {
		return merge(this, other);
	},
	pick(mask) {
		return pick(this, mask);
	},
	omit(mask) {
		return omit(this, mask);
	},
	partial(...args) {
		return partial(ZodOptional, this, args[0]);
	},
	exactPartial(...args) {
		return partial(ZodExactOptional, this, args[0], "exactPartial");
	},
	required(...args) {
		return required(ZodNonOptional, this, args[0]);
	}
});
function object(shape, params) {
	const def = {
		type: "object",
		shape: shape ?? {},
		...normalizeParams(params)
	};
	return new ZodObject(def);
}
function strictObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: never(),
		...normalizeParams(params)
	});
}
function looseObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: unknown(),
		...normalizeParams(params)
	});
}
const ZodUnion = /*@__PURE__*/ $constructor("ZodUnion", (inst, def) => {
	$ZodUnion.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
	inst.options = def.options;
});
function union(options, params) {
	return new ZodUnion({
		type: "union",
		options,
		...normalizeParams(params)
	});
}
const ZodIntersection = /*@__PURE__*/ $constructor("ZodIntersection", (inst, def) => {
	$ZodIntersection.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
	return new ZodIntersection({
		type: "intersection",
		left,
		right
	});
}
const ZodRecord = /*@__PURE__*/ $constructor("ZodRecord", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodRecord.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => recordProcessor(inst, ctx, json, params);
	inst.keyType = def.keyType;
	inst.valueType = def.valueType;
});
function record(keyType, valueType, params) {
	if (!valueType || !valueType._zod) return new ZodRecord({
		type: "record",
		keyType: string(),
		valueType: keyType,
		...normalizeParams(valueType)
	});
	return new ZodRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params)
	});
}
const ZodEnum = /*@__PURE__*/ $constructor("ZodEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
	inst.enum = def.entries;
	inst.options = [...inst._zod.values];
	const keys = new Set(Object.keys(def.entries));
	inst.extract = (values, params) => {
		const newEntries = {};
		for (const value of values) if (keys.has(value)) newEntries[value] = def.entries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
	inst.exclude = (values, params) => {
		const newEntries = { ...def.entries };
		for (const value of values) if (keys.has(value)) delete newEntries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
});
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodLiteral = /*@__PURE__*/ $constructor("ZodLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
	inst.values = new Set(def.values);
	Object.defineProperty(inst, "value", { get() {
		if (def.values.length > 1) throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
		return def.values[0];
	} });
});
function literal(value, params) {
	return new ZodLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
		...normalizeParams(params)
	});
}
const ZodTransform = /*@__PURE__*/ $constructor("ZodTransform", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodTransform.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
	inst._zod.parse = (payload, _ctx) => {
		if (_ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		payload.addIssue = (issue$1) => {
			if (typeof issue$1 === "string") payload.issues.push(issue(issue$1, payload.value, def));
			else {
				const _issue = issue$1;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = inst);
				payload.issues.push(issue(_issue));
			}
		};
		const output = def.transform(payload.value, payload);
		if (output instanceof Promise) return output.then((output) => {
			payload.value = output;
			return payload;
		});
		payload.value = output;
		return payload;
	};
});
function transform(fn) {
	return new ZodTransform({
		type: "transform",
		transform: fn
	});
}
const ZodOptional = /*@__PURE__*/ $constructor("ZodOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
	return new ZodOptional({
		type: "optional",
		innerType
	});
}
const ZodExactOptional = /*@__PURE__*/ $constructor("ZodExactOptional", (inst, def) => {
	$ZodExactOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
	return new ZodExactOptional({
		type: "optional",
		innerType
	});
}
const ZodNullable = /*@__PURE__*/ $constructor("ZodNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
	return new ZodNullable({
		type: "nullable",
		innerType
	});
}
const ZodDefault = /*@__PURE__*/ $constructor("ZodDefault", (inst, def) => {
	$ZodDefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
	return new ZodDefault({
		type: "default",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodPrefault = /*@__PURE__*/ $constructor("ZodPrefault", (inst, def) => {
	$ZodPrefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
	return new ZodPrefault({
		type: "prefault",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodNonOptional = /*@__PURE__*/ $constructor("ZodNonOptional", (inst, def) => {
	$ZodNonOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
	return new ZodNonOptional({
		type: "nonoptional",
		innerType,
		...normalizeParams(params)
	});
}
const ZodCatch = /*@__PURE__*/ $constructor("ZodCatch", (inst, def) => {
	$ZodCatch.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
	return new ZodCatch({
		type: "catch",
		innerType,
		catchValue: typeof catchValue === "function" ? catchValue : constantCatch(catchValue)
	});
}
const ZodPipe = /*@__PURE__*/ $constructor("ZodPipe", (inst, def) => {
	$ZodPipe.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
	inst.in = def.in;
	inst.out = def.out;
});
function pipe(in_, out) {
	return new ZodPipe({
		type: "pipe",
		in: in_,
		out
	});
}
const ZodReadonly = /*@__PURE__*/ $constructor("ZodReadonly", (inst, def) => {
	$ZodReadonly.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
	return new ZodReadonly({
		type: "readonly",
		innerType
	});
}
const ZodCustom = /*@__PURE__*/ $constructor("ZodCustom", (inst, def) => {
	$ZodCustom.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function refine(fn, _params = {}) {
	return /* @__PURE__ */ _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
	return /* @__PURE__ */ _superRefine(fn, params);
}
// node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return /* @__PURE__ */ _isoDateTime(ZodISODateTime, params);
}
// src/chain/statement.ts
/** The predicate type of what `cosign sign` writes. */
const SIGNATURE_PREDICATE = "https://sigstore.dev/cosign/sign/v1";
/** A statement about one subject. */
function makeStatement(subject, predicateType, predicate) {
	return {
		_type: "https://in-toto.io/Statement/v1",
		subject: [subject],
		predicateType,
		predicate
	};
}
/** The statement that `cosign sign -a key=value…` would sign: annotations stand at the subject. */
function makeSignature(digest, annotations) {
	return makeStatement({
		digest: toDigestSet(digest),
		annotations
	}, SIGNATURE_PREDICATE, {});
}
/** A digest as in-toto writes it: `{"sha256": "hex"}`. */
function toDigestSet(digest) {
	return { [digestAlgorithm(digest)]: digestHex(digest) };
}
// src/chain/record.ts
/** The predicate type of a promotion record: a digest was approved for these targets. Whether a tag points there today is another question. */
const RECORD_PREDICATE = "https://promote-image.github.io/promotion/v1";
const digest = string().regex(/^sha(256:[a-f0-9]{64}|512:[a-f0-9]{128})$/);
const toolSchema = strictObject({
	name: string(),
	version: string(),
	sha256: string().describe("Of the executable that ran, in hex."),
	trustedAsGiven: boolean().describe("True when nothing but the user's word vouches for the executable.")
});
const databaseSchema = strictObject({
	source: string().describe("The mirror it came from, registry/repo:tag."),
	digest,
	updatedAt: datetime(),
	ageSeconds: number().int().describe("At the time of the scan.")
});
/** The predicate of a promotion record; `schemas/record.schema.json` is generated from it. */
const recordSchema = strictObject({
	source: strictObject({
		reference: string().describe("As the promotion was asked for, registry/repo:tag or registry/repo@digest."),
		digest
	}),
	targets: array(string()).min(1).describe("The tags of this repository that the digest was approved for, registry/repo:tag."),
	environment: string().optional(),
	revision: string().optional().describe("The commit that the image says it was built from."),
	revisionEvidence: _enum([
		"provenance",
		"record",
		"label"
	]).optional().describe("What the revision rests on: verified provenance, the verified record of a former stage, or a label, which is only a claim of the image."),
	actor: string().optional(),
	workflow: string().optional(),
	repository: string().optional().describe("The repository whose pipeline promoted, owner/repo."),
	runUrl: string().optional(),
	runId: string().optional(),
	runAttempt: number().int().optional(),
	gates: array(strictObject({
		name: string(),
		verdict: _enum([
			"passed",
			"reported",
			"off"
		]),
		evidence: string()
	})),
	exceptions: array(strictObject({
		id: string(),
		package: string().optional(),
		image: string().optional(),
		platform: string().optional(),
		reason: string(),
		expires: string()
	})).describe("Exceptions of the policy or of ignore files that were used."),
	scanner: strictObject({
		tool: toolSchema,
		database: databaseSchema,
		javaDatabase: databaseSchema.optional().describe("Present when the image holds Java archives."),
		platforms: array(strictObject({
			platform: string(),
			digest
		})),
		from: _enum(["image", "sbom"]).optional().describe("What was scanned: the layers (also when absent), or the attested SBOM, which is weaker evidence.")
	}).optional().describe("Absent when the scan was off."),
	signer: toolSchema,
	vulnerabilities: record(string(), number().int()).optional().describe("All findings by severity, over all platforms."),
	policies: array(strictObject({
		name: string(),
		digest
	})),
	planDigest: digest,
	sourceEvidence: array(strictObject({
		kind: _enum(["signature", "attestation"]),
		type: string().describe("Predicate type, or that of a signature in the older form."),
		signer: string(),
		digest: digest.optional().describe("Of the referrer at the source that holds it.")
	})).optional().describe("Verified signatures and attestations of the source that the decision rests on."),
	previous: array(strictObject({
		target: string(),
		digest
	})).optional().describe("What a channel pointed at before it was moved, registry/repo:tag."),
	inputAttestations: array(strictObject({
		name: string().optional(),
		uri: string(),
		digest: record(string(), string()),
		mediaType: string(),
		content: string().optional()
	})).describe("Records of former stages, as in-toto ResourceDescriptors with their bundle as base64 content; without content, one that is too large to travel along."),
	startedAt: datetime().describe("When the gates began, RFC 3339 in UTC."),
	finishedAt: datetime()
});
/** The statement of a record. Its subject names the target repository, since a signature alone does not. */
function makeRecord(repository, imageDigest, record) {
	return makeStatement({
		name: repository,
		digest: toDigestSet(imageDigest)
	}, RECORD_PREDICATE, recordSchema.parse(record));
}
// src/chain/attached-statement.ts
/** The parts of an in-toto statement of either version that a verifier needs; all else is kept as it was signed. https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const attachedStatementSchema = looseObject({
	_type: string().startsWith("https://in-toto.io/Statement/"),
	subject: array(looseObject({
		name: string().nullish(),
		digest: record(string(), string()).nullish(),
		annotations: record(string(), unknown()).nullish()
	})).min(1).max(1e4),
	predicateType: string().min(1).max(500),
	predicate: unknown()
});
/** The subject of a statement that has this digest, and this name when one is asked for. */
function findSubject({ subject }, digest, name) {
	return subject.find((entry) => entry.digest?.[digestAlgorithm(digest)] === digestHex(digest) && (name === void 0 || entry.name === name));
}
// src/chain/vsa.ts
/** The predicate type of a SLSA Verification Summary Attestation; https://slsa.dev/spec/v1.1/verification_summary */
const VSA_PREDICATE = "https://slsa.dev/verification_summary/v1";
/** Who verified: what `slsa-verifier verify-vsa --verifier-id` is given. */
const VSA_VERIFIER = "https://promote-image.github.io/verifier";
const descriptor = looseObject({
	uri: string().optional(),
	digest: record(string(), string()).optional()
});
/** The predicate of a VSA as this project writes it; other verifiers' have more. */
const vsaSchema = looseObject({
	verifier: looseObject({
		id: string(),
		version: record(string(), string()).optional()
	}),
	timeVerified: string(),
	resourceUri: string(),
	policy: descriptor,
	inputAttestations: array(descriptor).optional(),
	verificationResult: literal("PASSED"),
	verifiedLevels: array(string()),
	slsaVersion: string().optional()
});
/** The summary that slsa-verifier and other systems read instead of our record. It only ever says PASSED: what failed is not attached, since one bad attestation of a type spoils verification for ever. */
function makeVsa(facts) {
	const { repository, digest, environment, level, verifiedAt } = facts;
	return {
		_type: "https://in-toto.io/Statement/v1",
		subject: [.../* @__PURE__ */ new Set([digest, ...facts.children ?? []])].map((each) => ({
			name: repository,
			digest: toDigestSet(each)
		})),
		predicateType: VSA_PREDICATE,
		predicate: {
			verifier: {
				id: VSA_VERIFIER,
				version: { ...facts.versions }
			},
			timeVerified: verifiedAt.toISOString(),
			resourceUri: `oci://${repository}`,
			policy: describePolicy(facts.policies),
			inputAttestations: facts.inputAttestations.map(({ uri, digest: set }) => ({
				...uri === void 0 ? {} : { uri },
				...set === void 0 ? {} : { digest: { ...set } }
			})),
			verificationResult: "PASSED",
			verifiedLevels: [...level === void 0 ? [] : [level], promotedLevel(environment)],
			slsaVersion: "1.1"
		}
	};
}
/** `PROMOTED_PRODUCTION` and the like: a level of our own, which verifiers compare as it is. */
function promotedLevel(environment) {
	const name = (environment ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, "_");
	return name === "" ? "PROMOTED" : `PROMOTED_${name}`;
}
/** A VSA names one policy: of several, the list of their names and digests is what is hashed. */
function describePolicy(policies) {
	const [only] = policies;
	if (only !== void 0 && policies.length === 1) return {
		uri: encodeURI(only.name),
		digest: toDigestSet(only.digest)
	};
	const list = JSON.stringify(policies.map(({ name, digest }) => ({
		name,
		digest
	})));
	return {
		uri: policies.length === 0 ? "about:blank" : policies.map(({ name }) => encodeURIComponent(name)).join(","),
		digest: toDigestSet(digestOf(list))
	};
}
// src/chain/vuln.ts
/** The predicate type of a vulnerability scan; https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md */
const VULN_PREDICATE = "https://cosign.sigstore.dev/attestation/vuln/v1";
/** The statement of a scan as cosign's `vuln` type has it, with what Trivy's own conversion leaves empty: times, database, run. */
function makeVuln(facts) {
	const { repository, digest, database, run, scannerVersion: version } = facts;
	return makeStatement({
		name: repository,
		digest: toDigestSet(digest)
	}, VULN_PREDICATE, {
		invocation: {
			parameters: [...facts.parameters],
			uri: run.runUrl ?? "",
			event_id: run.runId ?? "",
			"builder.id": run.workflow ?? ""
		},
		scanner: {
			uri: `pkg:github/aquasecurity/trivy@${version}`,
			version,
			db: {
				uri: toDatabaseUri(database),
				version: database.updatedAt.toISOString()
			},
			result: mergeReports(`${repository}@${digest}`, facts.reports)
		},
		metadata: {
			scanStartedOn: facts.startedAt.toISOString(),
			scanFinishedOn: facts.finishedAt.toISOString()
		}
	});
}
function toDatabaseUri({ source, digest }) {
	const colon = source.indexOf(":", source.lastIndexOf("/") + 1);
	return `oci://${colon < 0 ? source : source.slice(0, colon)}@${digest}`;
}
/** One report of all platforms, in the form of Trivy's: readers of this type count the findings in `Results`. Package lists, descriptions and links are left out: they are most of its bytes, and no findings. */
function mergeReports(name, reports) {
	const readable = reports.filter((each) => isObject(each.report));
	const [first] = readable;
	const { ArtifactType, Metadata } = first?.report ?? {};
	return {
		SchemaVersion: 2,
		ArtifactName: name,
		ArtifactType: typeof ArtifactType === "string" ? ArtifactType : "container_image",
		...readable.length === 1 && isObject(Metadata) ? { Metadata } : {},
		Results: readable.flatMap(({ platform, report }) => listObjects(report.Results).map((result) => shortenResult(result, reports.length > 1 ? `${platform} ` : "")))
	};
}
function shortenResult({ Packages: _, ...result }, prefix) {
	const { Target, Vulnerabilities, ExperimentalModifiedFindings: modified } = result;
	return {
		...result,
		Target: `${prefix}${typeof Target === "string" ? Target : ""}`,
		...Array.isArray(Vulnerabilities) ? { Vulnerabilities: listObjects(Vulnerabilities).map(shortenFinding) } : {},
		...Array.isArray(modified) ? { ExperimentalModifiedFindings: listObjects(modified).map((each) => isObject(each.Finding) ? {
			...each,
			Finding: shortenFinding(each.Finding)
		} : each) } : {}
	};
}
function shortenFinding({ Description: _, References: __, ...finding }) {
	return finding;
}
function listObjects(value) {
	return Array.isArray(value) ? value.filter(isObject) : [];
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/chain/target-statement.ts
/** The record in a verified statement; undefined when it is none, or about another repository or digest. */
function readRecord(statement, subject) {
	return recordSchema.safeParse(readPredicate(statement, RECORD_PREDICATE, subject)).data;
}
/** The VSA in a verified statement, as readRecord; one of another verifier is none of ours. */
function readVsa(statement, subject) {
	const vsa = vsaSchema.safeParse(readPredicate(statement, VSA_PREDICATE, subject)).data;
	return vsa?.resourceUri === `oci://${subject.repository}` && vsa.verifier.id === "https://promote-image.github.io/verifier" ? vsa : void 0;
}
/** The scan in a verified statement, as readRecord. */
function readVuln(statement, subject) {
	return looseObject({ scanner: looseObject({}) }).safeParse(readPredicate(statement, VULN_PREDICATE, subject)).data;
}
function readPredicate(statement, type, { repository, digest }) {
	const { data } = attachedStatementSchema.safeParse(statement);
	if (data?.predicateType !== type) return void 0;
	return findSubject(data, digest, repository) === void 0 ? void 0 : data.predicate;
}
// src/policy/date.ts
const DAY = 864e5;
/** Milliseconds since 1970 of the first instant after a day `YYYY-MM-DD` (UTC); undefined when there is no such day. */
function endOfDay(text) {
	const start = startOfDay(text);
	return start === void 0 ? void 0 : start + DAY;
}
/** Milliseconds since 1970 of the first instant of a day `YYYY-MM-DD` (UTC); undefined when there is no such day. */
function startOfDay(text) {
	if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return void 0;
	const start = Date.parse(`${text}T00:00:00Z`);
	return Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== text ? void 0 : start;
}
/** Milliseconds since 1970 of `YYYY-MM-DD` (its first instant, UTC) or of a time in RFC 3339; undefined for anything else. */
function parseInstant(text) {
	const [, day = "", rest] = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:([Tt ][0-9:.]+)([Zz]|[+-][0-9]{2}:[0-9]{2}))?$/.exec(text) ?? [];
	const start = startOfDay(day);
	if (start === void 0 || rest === void 0) return start;
	const instant = Date.parse(text.replace(" ", "T").toUpperCase());
	return Number.isNaN(instant) ? void 0 : instant;
}
/** Milliseconds since 1970 of the first instant that is too late for what holds until `text`: a day holds to its end, a time to that instant. Undefined for anything else. */
function findEnd(text) {
	return endOfDay(text) ?? parseInstant(text);
}
// src/policy/json-field.ts
/** No text of a statement that we compare is longer. */
const MAX_TEXT = 4096;
/** What own keys lead to in a value out of JSON that nobody has checked; undefined where they lead nowhere. Lists have no keys. */
function readField(value, path) {
	return path.reduce((at, key) => typeof at === "object" && at !== null && !Array.isArray(at) && Object.hasOwn(at, key) ? at[key] : void 0, value);
}
/** A text at a path; undefined for anything else, for an empty one, and for one that is too long to mean anything. */
function readText(value, path) {
	const text = readField(value, path);
	return typeof text === "string" && text !== "" && text.length <= MAX_TEXT ? text : void 0;
}
/** The entries of a list at a path; none where there is no list. */
function readList(value, path) {
	const list = readField(value, path);
	return Array.isArray(list) ? list : [];
}
// src/policy/predicate-types.ts
/** The predicate type of a promotion record. */
const PROMOTION_TYPE = "https://promote-image.github.io/promotion/v1";
/** The predicate type of the verification summary beside a record. */
const SUMMARY_TYPE = "https://slsa.dev/verification_summary/v1";
/** The predicate type of the scans that this tool attests. */
const SCAN_TYPE = "https://cosign.sigstore.dev/attestation/vuln/v1";
const SLSA_V1 = "https://slsa.dev/provenance/v1";
const SLSA_V02 = "https://slsa.dev/provenance/v0.2";
/** https://slsa.dev/spec/v1.1/provenance and https://slsa.dev/spec/v0.2/provenance */
const PROVENANCE_TYPES = [SLSA_V1, SLSA_V02];
/** Results of vulnerability scanners: cosign's own, and that of in-toto; https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md */
const VULNERABILITY_TYPES = [
	SCAN_TYPE,
	"https://in-toto.io/attestation/vulns/v0.1",
	"https://in-toto.io/attestation/vulns/v0.2"
];
/** What cosign calls types for short; a policy names the type itself. */
const SHORT_NAMES = {
	vuln: SCAN_TYPE,
	slsaprovenance: SLSA_V02,
	slsaprovenance02: SLSA_V02,
	slsaprovenance1: SLSA_V1,
	spdx: "https://spdx.dev/Document",
	spdxjson: "https://spdx.dev/Document",
	cyclonedx: "https://cyclonedx.org/bom",
	openvex: "https://openvex.dev/ns"
};
/** Where each type says when it was made: the first of these fields that is there. A time before the end makes it older, never younger. */
const TIMES = [
	[VULNERABILITY_TYPES, [["metadata", "scanFinishedOn"], ["metadata", "scanStartedOn"]]],
	[[PROMOTION_TYPE], [["finishedAt"]]],
	[[SLSA_V1], [[
		"runDetails",
		"metadata",
		"finishedOn"
	], [
		"runDetails",
		"metadata",
		"startedOn"
	]]],
	[[SLSA_V02], [["metadata", "buildFinishedOn"], ["metadata", "buildStartedOn"]]],
	[[SUMMARY_TYPE], [["timeVerified"]]],
	[["https://cosign.sigstore.dev/attestation/v1"], [["Timestamp"]]],
	[["https://spdx.dev/Document"], [["creationInfo", "created"]]],
	[["https://cyclonedx.org/bom"], [["metadata", "timestamp"]]]
];
/** The fields in which predicates of a type say when they were made; undefined for a type that we do not know. */
function findTimeFields(predicateType) {
	const base = predicateType.replace(/^(https:\/\/(?:spdx\.dev\/Document|cyclonedx\.org\/bom))\/v[0-9.]+$/, "$1");
	return TIMES.find(([types]) => types.includes(base))?.[1];
}
// src/policy/predicate-time.ts
/** With its zone, since a time without one is another time elsewhere; https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})$/;
/** Reads when a predicate says that it was made; never throws, whatever the predicate is. */
function readPredicateTime(predicateType, predicate) {
	for (const path of findTimeFields(predicateType) ?? []) {
		const value = readField(predicate, path);
		if (value === void 0 || value === null || value === "") continue;
		return readTime(value);
	}
	return { kind: "absent" };
}
function readTime(value) {
	if (typeof value !== "string") return {
		kind: "unreadable",
		text: Array.isArray(value) ? "a list" : `a ${typeof value}`
	};
	const instant = value.length <= 64 && TIME.test(value) ? parseInstant(value) : void 0;
	return instant === void 0 ? {
		kind: "unreadable",
		text: value
	} : {
		kind: "known",
		time: new Date(instant)
	};
}
// src/policy/least-age.ts
/** For each predicate type, the least `maxAge` that any policy states for it: of all environments, since what one stage attaches is held against the requirements of the next. */
function findLeastAges(policies) {
	const required = policies.flatMap(({ policy }) => [policy, ...Object.values(policy.environments ?? {})]).flatMap(({ attestations }) => attestations?.require ?? []);
	const least = /* @__PURE__ */ new Map();
	for (const { type, maxAge } of required) if (maxAge !== void 0) least.set(type, Math.min(maxAge, least.get(type) ?? maxAge));
	return least;
}
/** True when what is there is still good for a while: younger than half of what any policy allows, by what both say of when they were made. Where no policy limits the age of its type, it always is. */
function isFresh({ type, found, wanted }, maxAges) {
	const maxAge = maxAges.get(type);
	if (maxAge === void 0) return true;
	const [then, now] = [found, wanted].map((predicate) => readPredicateTime(type, predicate));
	if (then?.kind !== "known" || now?.kind !== "known") return false;
	return Math.abs(now.time.getTime() - then.time.getTime()) < maxAge / 2;
}
// src/policy/pattern.ts
/** True for `host/*`, `host/path/*` or `host/repository`: the only patterns there are. */
function isPattern(text) {
	return normalizePattern(text) !== void 0;
}
/** True when a repository is the one a pattern names, or lies below it, at any depth, when it ends in `/*`. A pattern that is not one matches nothing. */
function matchesPattern(pattern, repository) {
	const normal = normalizePattern(pattern);
	if (normal === void 0 || repository.split("/").some((part) => /^\.*$/.test(part))) return false;
	return normal.endsWith("/*") ? repository.startsWith(normal.slice(0, -1)) : repository === normal;
}
/** The pattern as repositories are written: the host in lower case, Docker Hub's official images under `library/`. */
function normalizePattern(text) {
	if (!text.endsWith("/*")) return normalizeRepository(text);
	const prefix = text.slice(0, -2);
	if (!prefix.includes("/")) return isRegistryHost(prefix) ? `${prefix.toLowerCase()}/*` : void 0;
	const inside = normalizeRepository(`${prefix}/x`);
	return inside === void 0 ? void 0 : `${inside.slice(0, -1)}*`;
}
function normalizeRepository(text) {
	try {
		return parseRepository(text);
	} catch {
		return;
	}
}
// src/policy/duration.ts
const UNITS = {
	s: 1e3,
	m: 6e4,
	h: 36e5,
	d: 864e5
};
/** What a duration looks like: a whole number and its unit. */
const DURATION_PATTERN = /^([1-9][0-9]{0,5})([smhd])$/;
/** Milliseconds of `90s`, `30m`, `48h` or `7d`; undefined for anything else. */
function parseDuration(text) {
	const [, count = "", unit = ""] = DURATION_PATTERN.exec(text) ?? [];
	const factor = UNITS[unit];
	return factor === void 0 ? void 0 : Number(count) * factor;
}
/** A duration for people, rounded down: `36h`, `7d`. Days are used from three on. */
function formatDuration(milliseconds) {
	for (const [unit, least] of [
		["d", 3],
		["h", 1],
		["m", 1]
	]) {
		const count = Math.floor(milliseconds / (UNITS[unit] ?? 1));
		if (count >= least) return `${count}${unit}`;
	}
	return `${Math.floor(milliseconds / 1e3)}s`;
}
// src/image/finding.ts
/** Every severity, worst first; UNKNOWN stands outside the order and comes last. */
const SEVERITIES = [
	"CRITICAL",
	"HIGH",
	"MEDIUM",
	"LOW",
	"UNKNOWN"
];
// src/signer/anchor-flags.ts
/** Demands of a certificate whom it names, for `cosign verify*`. Patterns must match as a whole: cosign itself looks for them anywhere. */
function listIdentityFlags(anchor, repository = anchor.repository) {
	return [
		...matchFlag("--certificate-identity", anchor.identity, anchor),
		...matchFlag("--certificate-oidc-issuer", anchor.issuer, anchor),
		...repository === void 0 ? [] : ["--certificate-github-workflow-repository", repository]
	];
}
/** Leaves out what the trusted root gives no means to check, and nothing else. `root` is undefined for the public Sigstore's, which has all of it. Throws TRUST_UNUSABLE when what is left proves nothing. */
function listRootFlags(anchor, root) {
	if (anchor.transparencyLog && root?.hasLogs === false) throw new SignerError("TRUST_UNUSABLE", `${anchor.name} counts only with an entry in a transparency log, and the trusted root names no log`, { hint: "Add the log to trusted-root, or say transparencyLog: false for this signer in the policy." });
	const ignoreLog = anchor.transparencyLog ? [] : ["--insecure-ignore-tlog=true"];
	if (anchor.kind === "key") return ignoreLog;
	if (root?.hasAuthorities === false) throw new SignerError("TRUST_UNUSABLE", `${anchor.name} signs with certificates, and the trusted root names no certificate authority`, { hint: "Add Fulcio to trusted-root: cosign trusted-root create --fulcio=…" });
	return [
		...ignoreLog,
		...!anchor.transparencyLog && root?.hasTimestampAuthorities !== false ? ["--use-signed-timestamps"] : [],
		...root?.hasCertificateLogs === false ? ["--insecure-ignore-sct=true"] : []
	];
}
function matchFlag(flag, { kind, text }, anchor) {
	if (text === "") throw new SignerError("TRUST_UNUSABLE", `${anchor.name} has an empty ${flag.slice(2)}`);
	if (kind === "exact") return [`${flag}=${text}`];
	try {
		new RegExp(text, "u");
	} catch (cause) {
		throw new SignerError("TRUST_UNUSABLE", `${JSON.stringify(text)} is not a regular expression`, {
			cause,
			hint: `Mend the pattern of ${flag.slice(2)}.`
		});
	}
	return [`${flag}-regexp=^(?:${text})$`];
}
// src/signer/complaint.ts
const MAX_LENGTH$2 = 600;
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
	return said.length > MAX_LENGTH$2 ? `${said.slice(0, MAX_LENGTH$2)}…` : said;
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
				await setTimeout$1(delay, void 0, { signal: settings.signal }).catch(() => settings.signal.throwIfAborted());
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
	await writeFile(file, settings.certificates);
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
		await writeFile(file, isKmsUri$1(key) ? await readKmsKey(cosign, key, kmsEnv) : key);
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
// src/signer/sigstore-config.ts
/** Names no service; https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto */
const EMPTY_SIGNING_CONFIG = "{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\",\"rekorTlogConfig\":{},\"tsaConfig\":{}}";
/** Trusts no service. With it cosign makes no request at all; without one it asks the public Sigstore what to trust. */
const EMPTY_TRUSTED_ROOT = "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}";
/** Parses the text of a trusted root; throws TRUST_UNUSABLE. */
function parseTrustedRoot(text) {
	const root = parseConfig(text, "trustedroot", "trusted-root", "cosign trusted-root create");
	return {
		text,
		hasAuthorities: isFilled$1(root.certificateAuthorities),
		hasLogs: isFilled$1(root.tlogs),
		hasCertificateLogs: isFilled$1(root.ctlogs),
		hasTimestampAuthorities: isFilled$1(root.timestampAuthorities)
	};
}
/** Checks a signing configuration against what is to be done: with a log it must name one; without, the log is taken out of it, so that nothing is published that the policy keeps private. Throws TRUST_UNUSABLE. */
function fitSigningConfig(text, transparencyLog) {
	const config = parseConfig(text, "signingconfig", "signing-config", "cosign signing-config create");
	if (!transparencyLog) return JSON.stringify({
		...config,
		rekorTlogUrls: [],
		rekorTlogConfig: {}
	});
	if (isFilled$1(config.rekorTlogUrls)) return text;
	throw new SignerError("TRUST_UNUSABLE", "The signing configuration names no transparency log, and one is demanded", { hint: "Name one in signing-config (rekorTlogUrls), or say signature: { transparencyLog: false } in the policy." });
}
function parseConfig(text, kind, input, command) {
	let parsed;
	try {
		parsed = JSON.parse(text);
	} catch (cause) {
		throw new SignerError("TRUST_UNUSABLE", `The file of ${input} is not JSON`, {
			cause,
			hint: `Make it with ${command}.`
		});
	}
	const { mediaType } = parsed ?? {};
	if (typeof mediaType === "string" && mediaType.startsWith(`application/vnd.dev.sigstore.${kind}`)) return parsed;
	throw new SignerError("TRUST_UNUSABLE", `The file of ${input} has the mediaType ${JSON.stringify(mediaType)}`, { hint: `It must be one of application/vnd.dev.sigstore.${kind}: make it with ${command}.` });
}
function isFilled$1(list) {
	return Array.isArray(list) && list.length > 0;
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
// src/chain/attached-bundle.ts
/** What a bundle says, or in a sentence why it cannot be read. Both JSON texts must read the same for everyone, since cosign reads them again: what it verifies is what we have read. */
async function readBundle(manifest, bundle) {
	const outer = parse$1(bundle);
	if (outer === void 0) return "its bundle is not JSON that everyone reads alike";
	const { dsseEnvelope, dsse_envelope: envelope = dsseEnvelope } = outer ?? {};
	if (typeof envelope?.payload !== "string" || (envelope.payloadType ?? envelope.payload_type) !== IN_TOTO) return "its bundle signs no in-toto statement";
	const inner = parse$1(Buffer.from(envelope.payload, "base64"));
	if (inner === void 0) return "its statement is not JSON that everyone reads alike";
	const { data: statement } = attachedStatementSchema.safeParse(inner);
	if (statement === void 0) return "its statement does not have the form of one";
	try {
		const identity = await readBundleIdentity(bundle);
		return {
			manifest,
			predicateType: statement.predicateType,
			statement,
			bundle,
			identity
		};
	} catch (error) {
		if (error instanceof SignerError && error.code === "BUNDLE_UNREADABLE") return error.message;
		throw error;
	}
}
const IN_TOTO = "application/vnd.in-toto+json";
function parse$1(bytes) {
	try {
		return parseStrictJson(bytes);
	} catch {
		return;
	}
}
// src/chain/attachment-flaw.ts
/** What is wrong with content that a registry holds, whoever put it there. */
const CONTENT_CODES = [
	"DIGEST_MISMATCH",
	"SIZE_MISMATCH",
	"TOO_LARGE"
];
const ABSENT = "the registry does not have it";
const ABSENT_CODES = [
	"MANIFEST_UNKNOWN",
	"BLOB_UNKNOWN",
	"NOT_FOUND"
];
/**
* Tells what is wrong with an attachment from a registry that could not be asked. The first anybody with the right to
* push can bring about, so it takes nothing from other attachments; the second is undefined here, and to be thrown.
*/
function describeFlaw(error) {
	if (error instanceof ImageError) return error.message;
	if (!(error instanceof RegistryError)) return void 0;
	if (CONTENT_CODES.includes(error.code)) return error.message;
	if (error.code === "PROTOCOL" && error.cause instanceof ImageError) return error.cause.message;
	return isSaidToBeAbsent(error) ? ABSENT : void 0;
}
/** As describeFlaw, where a registry may say "not found" without words: then a look by `isThere` decides. */
async function explainFlaw(error, isThere) {
	const reason = describeFlaw(error);
	if (reason !== void 0) return reason;
	if (!(error instanceof RegistryError && error.code === "NOT_FOUND") || await isThere()) throw error;
	return ABSENT;
}
/** Only the registry's own words make something absent. */
function isSaidToBeAbsent({ code, diagnostics }) {
	return code === "NOT_FOUND" && diagnostics.some((diagnostic) => ABSENT_CODES.includes(diagnostic.code));
}
// src/chain/attachment-limits.ts
/** How many attachments of one digest are looked at. */
const MAX_ATTACHMENTS = 1e3;
/** How large one may be, in bytes: an SBOM of a large image has some ten MiB. */
const MAX_ATTACHMENT_BYTES = 33554432;
// src/chain/attached.ts
const CONCURRENT_REQUESTS = 6;
/** Of every version: cosign writes 0.3 today. */
const BUNDLE_TYPE = "application/vnd.dev.sigstore.bundle";
/** Reads the bundles whose manifests name this digest as their subject, whatever the list says of them. What is broken is told of and takes nothing from the rest; a registry that cannot be asked throws. */
async function readAttachedBundles(client, repository, digest, findTagged) {
	const unreadable = [];
	const leaveOut = (manifest, reason) => {
		unreadable.push({
			manifest,
			reason
		});
		return [];
	};
	const listed = (await listAttached(client, repository, digest, findTagged)).filter(mayHoldBundle);
	for (const { digest: manifest } of listed.slice(MAX_ATTACHMENTS)) leaveOut(manifest, `it is one of more than ${MAX_ATTACHMENTS}`);
	const layers = await mapConcurrently(listed.slice(0, MAX_ATTACHMENTS), CONCURRENT_REQUESTS, async (entry) => {
		const found = await findLayer(client, repository, digest, entry);
		return typeof found === "string" ? leaveOut(entry.digest, found) : found;
	});
	let total = 0;
	return {
		bundles: (await mapConcurrently(layers.flat().toSorted((a, b) => a.layer.size - b.layer.size).filter(({ manifest, layer: { size } }) => {
			if (size > 33554432) return leaveOut(manifest, `its bundle has ${size} bytes`).length > 0;
			total += size;
			return total <= 134217728 || leaveOut(manifest, "there is too much attached to read it").length > 0;
		}), CONCURRENT_REQUESTS, async ({ manifest, layer }) => {
			const read = await readLayer(client, repository, manifest, layer);
			return typeof read === "string" ? leaveOut(manifest, read) : [read];
		})).flat(),
		unreadable
	};
}
/** Where the API answers, what stands under the fallback tag instead of a list hides nothing. */
async function listAttached(client, repository, digest, findTagged) {
	try {
		return (await findReferrers(client, repository, digest, findTagged)).descriptors;
	} catch (error) {
		if (describeFlaw(error) === void 0) throw error;
		return (await listReferrers(client, repository, digest)).descriptors;
	}
}
/** Lists written by older clients say nothing, or only the type of the config. */
function mayHoldBundle({ artifactType }) {
	return artifactType === void 0 || artifactType === "application/vnd.oci.empty.v1+json" || artifactType.startsWith(BUNDLE_TYPE);
}
/** The layer with the bundle, none for what is attached and is no bundle, or why there is none to be read. */
async function findLayer(client, repository, subject, listed) {
	try {
		const { manifest } = await client.getManifest(repository, listed.digest);
		const isMeant = manifest.artifactType?.startsWith(BUNDLE_TYPE) === true;
		const [layer, second] = (manifest.kind === "manifest" ? manifest.layers : []).filter(({ mediaType }) => mediaType.startsWith(BUNDLE_TYPE));
		if (layer === void 0) return isMeant ? "it is said to hold a bundle and has no layer of that type" : [];
		if (!isReferrerOf(manifest, subject)) return "it is listed here, but names another subject";
		return second === void 0 ? [{
			manifest: listed.digest,
			layer
		}] : "it holds several bundles";
	} catch (error) {
		return explainFlaw(error, async () => await client.headManifest(repository, listed.digest) !== void 0);
	}
}
async function readLayer(client, repository, manifest, layer) {
	let bytes;
	try {
		bytes = await client.readBlob(repository, layer, MAX_ATTACHMENT_BYTES);
	} catch (error) {
		return explainFlaw(error, () => client.hasBlob(repository, layer));
	}
	return readBundle(manifest, bytes);
}
// src/chain/bundle-verdicts.ts
/** Bundles under way at once; how many processes that makes, the limit says. */
const CONCURRENT_BUNDLES = 8;
/** Makes a judge that verifies nothing twice. */
function createBundleJudge(verifier, limit) {
	const known = /* @__PURE__ */ new WeakMap();
	const verify = (bundle, digest, anchor) => {
		const verdicts = known.get(bundle) ?? /* @__PURE__ */ new Map();
		known.set(bundle, verdicts);
		const key = JSON.stringify([digest, {
			...anchor,
			name: ""
		}]);
		const verdict = verdicts.get(key) ?? limit(() => verifier.verifyBundle(bundle.bundle, digest, bundle.predicateType, anchor));
		verdicts.set(key, verdict);
		return verdict;
	};
	return (digest, bundles, anchors) => mapConcurrently(bundles, CONCURRENT_BUNDLES, async (bundle) => {
		if (findSubject(bundle.statement, digest) === void 0) return {
			bundle,
			outcome: { reason: "it is about another digest" }
		};
		const reasons = /* @__PURE__ */ new Set();
		let undecided;
		for (const anchor of anchors.filter(({ kind }) => kind === bundle.identity.kind)) try {
			const verdict = await verify(bundle, digest, anchor);
			if (verdict.valid) return {
				bundle,
				outcome: { anchor }
			};
			reasons.add(verdict.reason);
		} catch (error) {
			undecided = asUndecided(error);
			reasons.add(undecided.message);
		}
		return {
			bundle,
			outcome: {
				reason: [...reasons].join("; ") || "no signer of this kind is trusted",
				...undecided === void 0 ? {} : { undecided }
			}
		};
	});
}
/** cosign may stumble over what somebody attached: that must not hide what others did. What is no such thing is thrown. */
function asUndecided(error) {
	if (error instanceof SignerError && error.code === "VERIFICATION_UNDECIDED") return error;
	throw error;
}
// src/chain/evidence-others.ts
/** Sentences shown, and characters of each: what they tell of was written by anybody. */
const MAX_SENTENCES = 20;
const MAX_CHARACTERS = 500;
/** A bundle of the type that was asked for, and why it does not count. */
function describeRejected({ bundle, outcome }) {
	if ("anchor" in outcome) return [];
	return [`One by ${describeIdentity(bundle.identity)} does not count: ${outcome.reason} (${bundle.manifest})`];
}
/** What else is attached, so that "an attestation is no signature" need not be guessed: one sentence, however much it is. */
function describeOtherTypes(bundles, wanted) {
	const others = bundles.filter(({ predicateType }) => predicateType !== wanted);
	const [type, ...more] = new Set(others.map(({ predicateType }) => predicateType));
	if (type === void 0) return [];
	if (more.length > 0) return [`There is also what is not asked for, of ${more.length + 1} other types`];
	return [`Of type ${type}, which is not what is asked for, there is one by ${[...new Set(others.map(({ identity }) => describeIdentity(identity)))].join(", by ")}`];
}
/** Something that nobody can verify. */
function describeUnreadable({ manifest, reason }) {
	return `${manifest} cannot be read: ${reason}`;
}
/** The sentences as they may be shown: each on one short line, none twice, and not too many. */
function listOthers(sentences) {
	const all = [...new Set(sentences.map((sentence) => shorten(markControl(sentence))))];
	const more = all.length - MAX_SENTENCES;
	return more > 0 ? [...all.slice(0, MAX_SENTENCES), `and ${more} more`] : all;
}
function shorten(text) {
	return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
// src/chain/attached-legacy.ts
/** Looks under the tag that cosign 1 and 2 made of a digest, in one request. Throws when the registry cannot be asked. */
async function findLegacyAttachment(repository, digest, form, findTagged) {
	const tag = legacyTag(repository, digest, form);
	if (tag === void 0) return { kind: "absent" };
	const flawed = (reason) => ({
		kind: "flawed",
		tag,
		reason
	});
	try {
		const content = await findTagged(tag);
		if (content === void 0) return { kind: "absent" };
		if (!isLegacyContent(content)) return flawed(`it is ${content.mediaType} of another kind than cosign writes there`);
		const layers = legacyLayers(content);
		if (layers.length > 1e3) return flawed(`it has more than ${MAX_ATTACHMENTS} layers`);
		const sizes = layers.map(({ descriptor }) => descriptor.size);
		return sizes.some((size) => size > 33554432) || sum(sizes) > 134217728 ? flawed("its layers are too large") : {
			kind: "present",
			tag,
			layers
		};
	} catch (error) {
		const reason = describeFlaw(error);
		if (reason === void 0) throw error;
		return flawed(reason);
	}
}
/** Why the layers of a legacy tag cannot be read, in a sentence; undefined when they can. */
async function explainLayers(client, repository, layers) {
	for (const { descriptor } of layers) try {
		await client.readBlob(repository, descriptor, MAX_ATTACHMENT_BYTES);
	} catch (error) {
		const reason = await explainFlaw(error, () => client.hasBlob(repository, descriptor));
		return `its layer ${descriptor.digest} cannot be read: ${reason}`;
	}
}
function sum(sizes) {
	return sizes.reduce((total, size) => total + size, 0);
}
// src/chain/legacy-reader.ts
/** Makes such a reader; `limit` bounds its processes together with others. */
function createLegacyReader(client, repository, findTagged, limit) {
	const looked = /* @__PURE__ */ new Map();
	const views = /* @__PURE__ */ new Set();
	const lookOnce = (digest, form) => {
		const key = `${digest}.${form}`;
		const look = looked.get(key) ?? findLegacyAttachment(repository, digest, form, findTagged);
		looked.set(key, look);
		return look;
	};
	return {
		async find(digest, form, anchors, verify) {
			const attachment = await lookOnce(digest, form);
			if (attachment.kind === "absent") return {
				verified: [],
				others: []
			};
			const unreadable = (reason) => describeUnreadable({
				manifest: attachment.tag,
				reason
			});
			if (attachment.kind === "flawed") return {
				verified: [],
				others: [unreadable(attachment.reason)]
			};
			const view = await openLoopbackView(client, repository);
			views.add(view);
			try {
				const reference = `${view.repository}@${digest}`;
				const verified = (await mapConcurrently(anchors, anchors.length, async (anchor) => {
					return (await limit(() => verify(reference, anchor))).map((each) => ({
						anchor,
						found: each
					}));
				})).flat();
				const flaw = readFlaw(view);
				if (flaw !== void 0) return {
					verified,
					others: [unreadable(flaw)]
				};
				if (verified.length > 0) return {
					verified,
					others: []
				};
				return {
					verified,
					others: [`${attachment.tag} holds nothing of this kind by a trusted signer`],
					unverifiedTypes: listTypes(attachment.layers)
				};
			} catch (error) {
				const reason = await explain(error, view, attachment);
				if (reason !== void 0) return {
					verified: [],
					others: [unreadable(reason)]
				};
				const undecided = asUndecided(error);
				return {
					verified: [],
					others: [unreadable(undecided.message)],
					undecided
				};
			} finally {
				views.delete(view);
				await view.close();
			}
		},
		async close() {
			await Promise.all([...views].map((view) => view.close()));
			views.clear();
		}
	};
	/** Content that anybody may have put there, and that cosign could not read, is no failure of the registry. */
	async function explain(error, view, { layers }) {
		const flaw = readFlaw(view);
		if (flaw !== void 0) return flaw;
		return error instanceof SignerError ? explainLayers(client, repository, layers) : void 0;
	}
}
/** As cosign writes it beside the layer of an attestation. */
function listTypes(layers) {
	return layers.flatMap(({ descriptor }) => descriptor.annotations.predicateType ?? []);
}
/** What of the content the view could not pass on. What cosign concluded from a registry that did not answer is no conclusion: that is thrown. */
function readFlaw(view) {
	const fault = view.fault();
	const flaw = describeFlaw(fault);
	if (fault !== void 0 && flaw === void 0) throw fault;
	return flaw;
}
// src/chain/task-limit.ts
/** Room for `limit` tasks at a time, however many callers there are; the others wait in order. */
function createTaskLimit(limit) {
	const waiting = [];
	let running = 0;
	return async (task) => {
		if (running >= limit) await new Promise((resolve) => waiting.push(resolve));
		else running++;
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			if (next === void 0) running--;
			else next();
		}
	};
}
// src/chain/evidence-reader.ts
/** cosign processes at a time. */
const CONCURRENT_VERIFICATIONS = 4;
/** Reads each digest's attachments once, when they are first asked for, and verifies only what is of the type that is asked for. */
function openEvidence(client, repository, verifier) {
	const findTagged = createTagFinder(client, repository);
	const limit = createTaskLimit(CONCURRENT_VERIFICATIONS);
	const judge = createBundleJudge(verifier, limit);
	const legacy = createLegacyReader(client, repository, findTagged, limit);
	const attached = /* @__PURE__ */ new Map();
	const readOnce = (digest) => {
		const read = attached.get(digest) ?? readAttachedBundles(client, repository, digest, findTagged);
		attached.set(digest, read);
		return read;
	};
	const findBundles = async (digest, type, anchors, describe) => {
		const { bundles, unreadable } = await readOnce(digest);
		const wanted = bundles.filter(({ predicateType }) => predicateType === type);
		const results = await judge(digest, wanted, anchors);
		return {
			verified: results.flatMap(({ bundle, outcome }) => "anchor" in outcome ? [{
				...describeFound(bundle, outcome.anchor),
				...describe(bundle)
			}] : []),
			others: [
				...results.flatMap(describeRejected),
				...results.some(({ outcome }) => "anchor" in outcome) ? [] : describeOtherTypes(bundles, type),
				...unreadable.map(describeUnreadable)
			],
			strangers: results.filter(({ outcome }) => !("anchor" in outcome)).length,
			undecided: results.flatMap(({ outcome }) => "undecided" in outcome ? [outcome.undecided] : [])[0]
		};
	};
	return {
		async findSignatures(digest, anchors) {
			const [inBundles, older] = await runTogether(client.transport.signal, () => [findBundles(digest, SIGNATURE_PREDICATE, anchors, ({ statement }) => ({ annotations: findSubject(statement, digest)?.annotations ?? {} })), legacy.find(digest, "sig", anchors, async (reference, anchor) => {
				return (await verifier.verifyLegacySignatures(reference, anchor)).filter((claim) => claim.digest === digest && claim.type === "cosign container image signature");
			})]);
			const claims = older.verified.map(({ anchor, found }) => ({
				...describeLegacy(anchor),
				annotations: found.annotations,
				reference: found.reference
			}));
			const strangers = older.verified.length === 0 && older.others.length > 0 ? 1 : 0;
			return join$1(inBundles, {
				...older,
				verified: claims,
				strangers
			});
		},
		async findAttestations(digest, predicateType, anchors) {
			const [inBundles, older] = await runTogether(client.transport.signal, () => [findBundles(digest, predicateType, anchors, ({ statement, bundle }) => ({
				statement,
				bundle
			})), legacy.find(digest, "att", anchors, async (reference, anchor) => {
				return (await verifier.verifyLegacyAttestations(reference, predicateType, anchor)).filter((statement) => isAbout(statement, digest, predicateType));
			})]);
			const statements = older.verified.map(({ anchor, found }) => ({
				...describeLegacy(anchor),
				statement: found
			}));
			const strangers = older.unverifiedTypes?.filter((type) => type === predicateType).length ?? 0;
			return join$1(inBundles, {
				...older,
				verified: statements,
				strangers
			});
		},
		close: () => legacy.close()
	};
}
function describeFound({ identity, manifest }, anchor) {
	return {
		anchor,
		signer: anchor.kind === "key" ? anchor.name : describeIdentity(identity),
		form: "bundle",
		manifest
	};
}
/** cosign does not say by which certificate a legacy layer verified, only that it fits. */
function describeLegacy(anchor) {
	return {
		anchor,
		signer: anchor.name,
		form: "legacy"
	};
}
function isAbout(statement, digest, predicateType) {
	const { data } = attachedStatementSchema.safeParse(statement);
	return data?.predicateType === predicateType && findSubject(data, digest) !== void 0;
}
/** What cosign could not decide is told beside what it could; alone, it is no verdict. */
function join$1(inBundles, older) {
	const verified = [...inBundles.verified, ...older.verified];
	const undecided = inBundles.undecided ?? older.undecided;
	if (verified.length === 0 && undecided !== void 0) throw undecided;
	const strangers = inBundles.strangers + older.strangers;
	return {
		verified,
		others: listOthers([...inBundles.others, ...older.others]),
		strangers
	};
}
// src/policy/git-source.ts
/** More of an address than this is no address. */
const MAX_LENGTH$1 = 2048;
const HOST = /^[a-z0-9.-]+(?::[0-9]{1,5})?$/;
/** Reads the address of a Git repository as provenance writes it (SPDX download location, `git+https://host/path@ref`, or BuildKit's `…#ref:folder`); undefined when it is not plainly one. */
function parseGitSource(address) {
	if (address.length > MAX_LENGTH$1) return void 0;
	const [, host = "", rawPath = "", mark, rest = ""] = /^(?:git\+)?(?:https|ssh):\/\/(?:git@)?([a-z0-9.:-]+)\/([a-z0-9._/-]+)(?:([@#])(\S+))?$/i.exec(address) ?? [];
	const path = rawPath.replace(/\/$/, "").replace(/\.git$/, "");
	if (!isHost(host.toLowerCase()) || !isRepositoryPath(path)) return void 0;
	const repository = nameRepository(host.toLowerCase(), path);
	if (mark === void 0) return { repository };
	const [ref = "", folder] = rest.split(":");
	return /^[^?#^~\\]+$/.test(ref) && (folder === void 0 || mark === "#") ? {
		repository,
		ref
	} : void 0;
}
/** `owner/name`, or with more parts where a forge has groups. */
function isRepositoryPath(text) {
	const parts = text.split("/");
	return parts.length >= 2 && parts.every((part) => /^[A-Za-z0-9._-]+$/.test(part) && !/^\.+$/.test(part));
}
/** True for `owner/name` (on github.com) and for `host/path` with a path of at least two parts, in the form that parseGitSource gives. */
function isSourceRepository(text) {
	const [first = "", ...rest] = text.split("/");
	if (text.endsWith(".git")) return false;
	if (rest.length === 1) return /^[A-Za-z0-9-]+$/.test(first) && isRepositoryPath(text);
	return isHost(first) && /[.:]/.test(first) && first !== "github.com" && isRepositoryPath(rest.join("/"));
}
function isHost(text) {
	return HOST.test(text) && !/^[.-]|\.\.|[.-](?::|$)/.test(text);
}
function nameRepository(host, path) {
	return host === "github.com" && path.split("/").length === 2 ? path : `${host}/${path}`;
}
// src/policy/signer-key.ts
/** True for the URI of a key in a KMS that cosign knows; any other key of a policy is a file. */
function isKmsUri(text) {
	return /^(?:awskms|gcpkms|azurekms|hashivault|k8s):\/\/[\x21-\x7e]+$/.test(text);
}
// src/policy/trust.ts
/** For each policy that names signers of this role at all: who of them may vouch for this repository now. `keys` holds the PEM of what listKeyFiles names. */
function selectTrust(policy, role, repository, now, keys) {
	return policy.signers.flatMap((list) => {
		const signers = list.signers.filter((signer) => signer.role === role);
		if (signers.length === 0) return [];
		const judged = signers.map((signer) => ({
			signer,
			verdict: judgeSigner(signer, repository, now, keys)
		}));
		const anchors = judged.flatMap(({ verdict }) => typeof verdict === "string" ? [] : [verdict]);
		const lapsed = (anchors.length === 0 ? judged : judged.filter(({ signer }) => coversImage(signer, repository))).flatMap(({ verdict }) => typeof verdict === "string" ? [verdict] : []);
		return [{
			policy: list.policy,
			anchors,
			lapsed
		}];
	});
}
/** Who must have signed a required attestation: a list per policy, each of which must be satisfied. The inputs' own signer counts for the role source where no policy names one, and adds nothing to theirs. Never empty: where nobody names such a signer, the one list has no anchors. */
function selectAttestationTrust(requirement, policy, repository, now, keys, sourceAnchor) {
	const { role } = requirement;
	const lists = selectTrust(policy, role, repository, now, keys);
	if (lists.length > 0) return lists;
	if (role === "source" && sourceAnchor !== void 0) return [trustInput(sourceAnchor)];
	return [{
		policy: requirement.policy,
		anchors: [],
		lapsed: [`No policy names a signer of the role ${role}.`]
	}];
}
/** The trust that the `source-*` inputs state, beside that of the policies. */
function trustInput(anchor) {
	return {
		policy: INPUTS,
		anchors: [anchor],
		lapsed: []
	};
}
/** What a TrustList of the inputs is called. */
const INPUTS = "the source-* inputs";
/** The key files that must be read to decide: those of signers whose role is asked for, of a promotion unless others are given. KMS URIs are not among them. */
function listKeyFiles(policy, asked) {
	const { from, mode } = policy.scan;
	const roles = new Set(asked ?? [
		"source",
		...from === "sbom" && mode !== "off" ? ["scan"] : [],
		...policy.attestations.map(({ role }) => role)
	]);
	const keys = policy.signers.flatMap(({ signers }) => signers.flatMap(({ role, key }) => key !== void 0 && roles.has(role) && !isKmsUri(key) ? [key] : []));
	return [...new Set(keys)];
}
/** The anchor, or why the signer does not count. */
function judgeSigner(signer, repository, now, keys) {
	const name = nameSigner(signer);
	const { images, notBefore, notAfter } = signer;
	if (notBefore !== void 0 && !(now.getTime() >= (parseInstant(notBefore) ?? NaN))) return `${name} counts from ${notBefore} on.`;
	if (notAfter !== void 0 && !(now.getTime() < (findEnd(notAfter) ?? NaN))) return `${name} counted until ${notAfter}.`;
	if (!coversImage(signer, repository)) return `${name} may only vouch for ${images?.join(", ") || "nothing"}.`;
	return toAnchor(signer, name, keys);
}
function coversImage({ images }, repository) {
	return images === void 0 || images.some((pattern) => matchesPattern(pattern, repository));
}
function toAnchor(signer, name, keys) {
	const { transparencyLog, key, repository } = signer;
	if (key !== void 0) {
		const text = isKmsUri(key) ? key : keys.get(key);
		return text === void 0 ? `${name} could not be read.` : {
			kind: "key",
			name,
			transparencyLog,
			key: text
		};
	}
	const identity = toMatch(signer.identity, signer.identityRegexp);
	const issuer = toMatch(signer.issuer, signer.issuerRegexp);
	if (identity === void 0 || issuer === void 0) return `${name} has neither a key nor an identity and its issuer.`;
	return {
		kind: "certificate",
		name,
		transparencyLog,
		identity,
		issuer,
		...repository === void 0 ? {} : { repository }
	};
}
function toMatch(exact, pattern) {
	if (exact !== void 0) return {
		kind: "exact",
		text: exact
	};
	return pattern === void 0 ? void 0 : {
		kind: "regexp",
		text: pattern
	};
}
function nameSigner({ name, key, identity, identityRegexp, repository }) {
	const who = name ?? key ?? identity ?? identityRegexp ?? "A signer";
	return name !== void 0 || repository === void 0 ? who : `${who} for ${repository}`;
}
// src/policy/builder-pattern.ts
/** True for the id of a builder, or a prefix of ids that ends in `/*` or `@*` behind a host. */
function isBuilderPattern(text) {
	if (!/^[\x21-\x7e]+$/.test(text)) return false;
	const star = text.indexOf("*");
	return star < 0 || star === text.length - 1 && /^[a-z][a-z0-9+.-]*:\/\/[^/*@]+\/(?:.*[/@])?\*$/.test(text);
}
/** True when a builder is the one a pattern names, or lies below the path it ends. */
function matchesBuilder(pattern, id) {
	if (!isBuilderPattern(pattern)) return false;
	if (!pattern.endsWith("*")) return id === pattern;
	const prefix = pattern.slice(0, -1);
	return id.length > prefix.length && id.startsWith(prefix) && !/\/\.\.?(?:\/|$)/.test(id);
}
// src/report/truncate.ts
/** GitHub drops a step's summary that is larger, with an error that does not fail the step; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const MAX_SUMMARY_BYTES = 1048575;
/** Cuts Markdown so that it has at most `maxBytes` bytes of UTF-8: at a line, rather at a blank one, never inside a diagram; closes the code fence and details left open and ends with `notice`. Shorter text is returned as it is. */
function limitBytes(markdown, maxBytes, notice) {
	if (countBytes(markdown) <= maxBytes) return markdown;
	const end = `\n${notice}\n`;
	if (countBytes(end) > maxBytes) return cutText(notice, maxBytes);
	const lines = markdown.split("\n");
	const budget = maxBytes - countBytes(end);
	const fitting = listCuts(lines).filter((cut) => cut.bytes + countBytes(cut.closing) <= budget);
	const last = fitting.at(-1);
	if (last === void 0) return end.trimStart();
	const section = fitting.findLast((cut) => cut.isSection);
	const cut = section !== void 0 && section.bytes >= last.bytes * .75 ? section : last;
	return `${lines.slice(0, cut.lines).join("\n")}\n${cut.closing}${end}`;
}
function listCuts(lines) {
	const cuts = [];
	let bytes = 0;
	let fence;
	let depth = 0;
	for (const [i, line] of lines.entries()) {
		bytes += countBytes(line) + 1;
		fence = nextFence(fence, line);
		if (fence === void 0) depth = nextDepth(depth, line);
		if (fence?.isDiagram === true) continue;
		const closing = `${fence === void 0 ? "" : `${fence.marker}\n`}${"\n</details>\n".repeat(depth)}`;
		cuts.push({
			bytes,
			lines: i + 1,
			closing,
			isSection: fence === void 0 && line.trim() === ""
		});
	}
	return cuts;
}
function nextFence(fence, line) {
	const [, marker = "", info = ""] = /^[> ]*(`{3,}|~{3,})(.*)$/s.exec(line) ?? [];
	if (marker === "") return fence;
	if (fence === void 0) return {
		marker,
		isDiagram: info.trim() === "mermaid"
	};
	return marker.startsWith(fence.marker) && info.trim() === "" ? void 0 : fence;
}
function cutText(text, maxBytes) {
	let cut = Buffer.from(text).subarray(0, maxBytes).toString("utf8");
	while (countBytes(cut) > maxBytes || cut.endsWith("�")) cut = cut.slice(0, -1);
	return cut;
}
/** Only tags on a line of their own count: that is how `renderDetails` writes them, and no escaped text can forge it. */
function nextDepth(depth, line) {
	if (/^<details( open)?>$/.test(line)) return depth + 1;
	return line === "</details>" ? Math.max(0, depth - 1) : depth;
}
function countBytes(text) {
	return Buffer.byteLength(text);
}
// src/report/table.ts
/** Wider cells are not padded for: a summary's bytes are limited, and nobody reads the source of a 200 character cell. */
const MAX_PADDED_WIDTH = 40;
/** A GFM table of cells that are escaped already, padded so that its source reads as a table too. A pipe or a line end left in a cell cannot break out of it; https://github.github.com/gfm/#tables-extension- */
function renderTable(columns, rows) {
	const header = columns.map((column) => protectCell(column.title));
	const body = rows.map((row) => columns.map((_, i) => protectCell(row[i] ?? "")));
	const widths = columns.map((_, i) => Math.min(MAX_PADDED_WIDTH, Math.max(3, ...[header, ...body].map((row) => countChars(row[i] ?? "")))));
	const line = (cells) => `| ${cells.map((cell, i) => pad(cell, widths[i] ?? 3, columns[i]?.align)).join(" | ")} |`;
	const rule = columns.map((column, i) => renderRule(widths[i] ?? 3, column.align));
	return [
		line(header),
		`| ${rule.join(" | ")} |`,
		...body.map(line)
	].join("\n");
}
/** The first `limit` rows and, when some are left out, a last row that says how many. */
function limitRows(rows, limit) {
	const kept = rows.slice(0, limit);
	const rest = rows.length - kept.length;
	return rest === 0 ? kept : [...kept, [`… and ${formatCount(rest)} more`]];
}
function protectCell(cell) {
	return cell.replace(/(?<!\s)\s*\n\s*/g, " ").trim().replace(/(?<!\\)\|/g, "\\|").replace(/\\$/, "&#92;");
}
function renderRule(width, align) {
	if (align === "right") return `${"-".repeat(width - 1)}:`;
	if (align === "center") return `:${"-".repeat(width - 2)}:`;
	return "-".repeat(width);
}
function pad(cell, width, align) {
	const missing = Math.max(0, width - countChars(cell));
	if (align === "right") return " ".repeat(missing) + cell;
	const before = align === "center" ? Math.floor(missing / 2) : 0;
	return " ".repeat(before) + cell + " ".repeat(missing - before);
}
function countChars(text) {
	return Array.from(text).length;
}
// src/base/fields.ts
/** Reads raw inputs one by one and gathers every problem, so that all are reported at once. */
var FieldReader = class {
	#raw;
	#specs;
	#problems = [];
	constructor(raw, specs) {
		this.#raw = raw;
		this.#specs = specs;
		for (const name of Object.keys(raw)) if (!Object.hasOwn(specs, name)) this.addProblem(name, "is not an input of this action.", suggestName(name, Object.keys(specs)));
		for (const [name, spec] of Object.entries(specs)) if ((spec.required ?? (spec.requiredUnless !== void 0 && !this.isGiven(spec.requiredUnless))) && this.text(name) === "") this.addProblem(name, "is required and was empty.", `Set ${name}.`);
	}
	get problems() {
		return this.#problems;
	}
	addProblem(name, message, fix) {
		this.#problems.push({
			where: `input ${name}`,
			message,
			fix
		});
	}
	addProblems(problems) {
		this.#problems.push(...problems);
	}
	/** The trimmed value, the default where it was empty, else ''. */
	text(name) {
		return this.#raw[name]?.trim() || (this.#specs[name]?.default ?? "");
	}
	/** A secret, exactly as given: spaces may be part of a password. */
	secret(name) {
		return this.#raw[name] ?? "";
	}
	/** True when the user wrote something, whatever the default. */
	isGiven(name) {
		return (this.#raw[name] ?? "").trim() !== "";
	}
	/** One entry a line; empty lines and lines that start with # are left out. */
	lines(name) {
		return splitTrimmed(this.text(name), /\r?\n/).filter((line) => !line.startsWith("#"));
	}
	/** Entries separated by commas or lines. */
	list(name) {
		return splitTrimmed(this.text(name), /[,\r\n]+/);
	}
	/** `true` or `false`, as YAML writes them; anything else is a problem. */
	flag(name) {
		const text = this.text(name);
		if (/^(true|True|TRUE)$/.test(text)) return true;
		if (!/^(false|False|FALSE|)$/.test(text)) this.addProblem(name, `must be true or false, not ${JSON.stringify(text)}.`, `Write ${name}: true or ${name}: false.`);
		return false;
	}
	/** One of `options`; anything else is a problem and the first option is returned. */
	choice(name, options) {
		const text = this.text(name);
		const found = options.find((option) => option === text);
		if (found !== void 0) return found;
		this.addProblem(name, `must be one of ${options.join(", ")}, not ${JSON.stringify(text)}.`, suggestName(text, options));
		return options[0];
	}
	/** Runs a parser and turns what it throws into a problem of this input. */
	attempt(name, parse) {
		try {
			return parse();
		} catch (error) {
			const { message, hint } = error;
			this.addProblem(name, message ?? String(error), hint ?? "");
			return;
		}
	}
};
/** `Did you mean x?` for the nearest of `known`, or the whole list where nothing is near. */
function suggestName(name, known) {
	const nearest = known.map((candidate) => ({
		candidate,
		distance: editDistance(name.toLowerCase(), candidate.toLowerCase())
	})).sort((a, b) => a.distance - b.distance)[0];
	if (nearest !== void 0 && nearest.distance <= Math.max(2, Math.floor(name.length / 3))) return `Did you mean ${nearest.candidate}?`;
	return `Known: ${known.join(", ")}.`;
}
function splitTrimmed(text, separator) {
	return text.split(separator).map((part) => part.trim()).filter((part) => part !== "");
}
function editDistance(a, b) {
	let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			current[j] = Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
		}
		previous = current;
	}
	return previous[b.length] ?? 0;
}
// src/inputs/certificates.ts
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
/** The certificates of PEM files, whatever stands around them; a file without one, or with one that cannot be read, is a problem. https://www.rfc-editor.org/rfc/rfc7468#section-5 */
function readCertificateFiles(files) {
	const problems = [];
	return {
		certificates: files.flatMap(({ path, text }) => {
			const blocks = [...text.matchAll(BLOCK)].map(([block]) => block);
			const began = text.split("-----BEGIN CERTIFICATE-----").length - 1;
			const readable = blocks.flatMap(normalizeCertificate);
			if (readable.length > 0 && readable.length === began) return readable;
			problems.push({
				where: "input policy",
				message: `names ${path} in registries.ca, which holds ${began === 0 ? "no certificate in PEM" : "a certificate that cannot be read"}.`,
				fix: "Write certificates in PEM, each from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----."
			});
			return [];
		}),
		problems
	};
}
function normalizeCertificate(block) {
	try {
		return [new X509Certificate(block).toString()];
	} catch {
		return [];
	}
}
// src/policy/schema-problems.ts
const KINDS$1 = {
	string: "a text",
	number: "a number",
	boolean: "true or false",
	array: "a list",
	object: "a map",
	record: "a map"
};
/** Says what the schema found, where it stands in the document, and what to write instead. */
function describeIssues(issues, yaml, schema) {
	return issues.slice(0, 100).flatMap((issue) => describeIssue(issue, issue.path, yaml, schema));
}
function describeIssue(issue, path, yaml, schema) {
	const name = formatPath(path);
	const tell = (message, fix = "") => [{
		where: yaml.locate(path, "value"),
		message,
		fix
	}];
	if (!yaml.has(path)) return tell(`${name} is missing.`, "Add it.");
	switch (issue.code) {
		case "unrecognized_keys": return describeUnknownKeys(issue.keys, path, yaml, findKnownKeys(schema, path));
		case "invalid_type": return tell(`${name} must be ${nameKind(issue)}, not ${nameValue(valueAt(yaml.value, path))}.`);
		case "invalid_value": {
			const value = valueAt(yaml.value, path);
			const values = issue.values.map(String);
			const suggestion = typeof value === "string" ? suggestName(value.slice(0, 64), values) : "";
			return tell(`${name} must be ${values.join(" or ")}, not ${nameValue(value)}.`, suggestion.startsWith("Known") ? "" : suggestion);
		}
		case "invalid_union": {
			const branch = issue.errors.find((errors) => errors.every((e) => e.path.length > 0 || e.code !== "invalid_type"));
			if (branch !== void 0) return branch.flatMap((e) => describeIssue(e, [...path, ...e.path], yaml, schema));
			return tell(`${name} must be ${issue.errors.flat().flatMap((e) => e.code === "invalid_type" ? [nameKind(e)] : []).join(" or ")}, not ${nameValue(valueAt(yaml.value, path))}.`);
		}
		case "invalid_key": return issue.issues.map((e) => ({
			where: yaml.locate(path, "key"),
			message: e.message,
			fix: fixOf(e)
		}));
		case "too_small": return tell(`${name} is empty.`, "Name one, or leave the key out.");
		default: return tell(`${name}: ${issue.message}`, fixOf(issue));
	}
}
function describeUnknownKeys(keys, path, yaml, known) {
	const place = path.length === 0 ? "here" : `in ${formatPath(path)}`;
	return keys.slice(0, 100).map((key) => {
		const where = yaml.locate([...path, key], "key");
		if (key === "<<") return {
			where,
			message: "merge keys (<<) are not supported.",
			fix: "Write the keys out."
		};
		return {
			where,
			message: `${JSON.stringify(key)} is not known ${place}.`,
			fix: suggestName(key.slice(0, 64), known)
		};
	});
}
/** The keys that a schema knows at a path, by way of its JSON Schema. */
function findKnownKeys(schema, path) {
	let places = [toJSONSchema(schema, { io: "input" })];
	for (const step of path) places = places.flatMap(splitUnion).flatMap((place) => {
		const next = typeof step === "number" ? place.items : place.properties?.[String(step)] ?? place.additionalProperties;
		return typeof next === "object" ? [next] : [];
	});
	return places.flatMap(splitUnion).flatMap((place) => Object.keys(place.properties ?? {}));
}
function splitUnion(schema) {
	return schema.anyOf ?? [schema];
}
function fixOf(issue) {
	const fix = issue.code === "custom" ? issue.params?.fix : void 0;
	return typeof fix === "string" ? fix : "";
}
/** The schema's own word for what it expects, else the general one. */
function nameKind(issue) {
	return issue.message.startsWith("Invalid input") ? KINDS$1[issue.expected] ?? issue.expected : issue.message;
}
function nameValue(value) {
	if (value === null || value === void 0) return "nothing";
	if (Array.isArray(value)) return "a list";
	return typeof value === "object" ? "a map" : JSON.stringify(value).slice(0, 80);
}
function valueAt(value, path) {
	return path.reduce((at, step) => typeof at === "object" && at !== null && Object.hasOwn(at, step) ? at[step] : void 0, value);
}
/** `scan.ignore[2].reason`; `the document` for the root. */
function formatPath(path) {
	const text = path.map((step) => typeof step === "number" ? `[${step}]` : `.${String(step)}`).join("");
	return text === "" ? "the document" : text.replace(/^\./, "");
}
// src/policy/not-enforced.ts
const always = () => true;
const isFilled = (value) => Array.isArray(value) && value.length > 0;
const isOneOf = (...values) => (value) => values.includes(value);
/** One row per rule; whoever builds one deletes its row. */
const NOT_ENFORCED = [
	{
		path: ["checks", "require"],
		applies: isFilled,
		what: "required checks",
		fix: "Remove it."
	},
	{
		path: ["upload"],
		applies: isOneOf("during-gates"),
		what: "uploads during the gates",
		fix: "Use after-gates."
	},
	{
		path: ["signature", "repository"],
		applies: always,
		what: "another signature repository",
		fix: "Remove it."
	}
];
/** Finds what a policy states that this release would not enforce, at the top and in every environment, chosen or not. */
function findNotEnforced(yaml) {
	return [[], ...keysOf(read(yaml.value, "environments")).map((name) => ["environments", name])].flatMap((root) => NOT_ENFORCED.flatMap((row) => expand(yaml.value, root, row.path).filter(({ value }) => row.applies(value)).map(({ path }) => ({
		where: yaml.locate(path, "value"),
		message: `${formatPath(path)}: this release does not enforce ${row.what} yet.`,
		fix: row.fix
	}))));
}
/** Every value that a path with `*` leads to, below a root. */
function expand(document, root, path) {
	let places = [{
		path: root,
		value: root.reduce(read, document)
	}];
	for (const step of path) places = places.flatMap((place) => {
		if (step !== "*") return [{
			path: [...place.path, step],
			value: read(place.value, step)
		}];
		return Array.isArray(place.value) ? place.value.map((value, i) => ({
			path: [...place.path, i],
			value
		})) : [];
	});
	return places.filter((place) => place.value !== void 0);
}
function read(value, key) {
	return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? value[key] : void 0;
}
function keysOf(value) {
	return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
// node_modules/yaml/dist/nodes/identity.js
var require_identity = /* @__PURE__ */ __commonJSMin(((exports) => {
	const ALIAS = Symbol.for("yaml.alias");
	const DOC = Symbol.for("yaml.document");
	const MAP = Symbol.for("yaml.map");
	const PAIR = Symbol.for("yaml.pair");
	const SCALAR = Symbol.for("yaml.scalar");
	const SEQ = Symbol.for("yaml.seq");
	const NODE_TYPE = Symbol.for("yaml.node.type");
	const isAlias = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
	const isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
	const isMap = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
	const isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
	const isScalar = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR;
	const isSeq = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
	function isCollection(node) {
		if (node && typeof node === "object") switch (node[NODE_TYPE]) {
			case MAP:
			case SEQ: return true;
		}
		return false;
	}
	function isNode(node) {
		if (node && typeof node === "object") switch (node[NODE_TYPE]) {
			case ALIAS:
			case MAP:
			case SCALAR:
			case SEQ: return true;
		}
		return false;
	}
	const hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;
	exports.ALIAS = ALIAS;
	exports.DOC = DOC;
	exports.MAP = MAP;
	exports.NODE_TYPE = NODE_TYPE;
	exports.PAIR = PAIR;
	exports.SCALAR = SCALAR;
	exports.SEQ = SEQ;
	exports.hasAnchor = hasAnchor;
	exports.isAlias = isAlias;
	exports.isCollection = isCollection;
	exports.isDocument = isDocument;
	exports.isMap = isMap;
	exports.isNode = isNode;
	exports.isPair = isPair;
	exports.isScalar = isScalar;
	exports.isSeq = isSeq;
}));
// node_modules/yaml/dist/visit.js
var require_visit = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	const BREAK = Symbol("break visit");
	const SKIP = Symbol("skip children");
	const REMOVE = Symbol("remove node");
	/**
	* Apply a visitor to an AST node or document.
	*
	* Walks through the tree (depth-first) starting from `node`, calling a
	* `visitor` function with three arguments:
	*   - `key`: For sequence values and map `Pair`, the node's index in the
	*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
	*     `null` for the root node.
	*   - `node`: The current node.
	*   - `path`: The ancestry of the current node.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this node, continue with next
	*     sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current node, then continue with the next one
	*   - `Node`: Replace the current node, then continue by visiting it
	*   - `number`: While iterating the items of a sequence or map, set the index
	*     of the next step. This is useful especially if the index of the current
	*     node has changed.
	*
	* If `visitor` is a single function, it will be called with all values
	* encountered in the tree, including e.g. `null` values. Alternatively,
	* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
	* `Alias` and `Scalar` node. To define the same visitor function for more than
	* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
	* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
	* specific defined one will be used for each node.
	*/
	function visit(node, visitor) {
		const visitor_ = initVisitor(visitor);
		if (identity.isDocument(node)) {
			if (visit_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE) node.contents = null;
		} else visit_(null, node, visitor_, Object.freeze([]));
	}
	/** Terminate visit traversal completely */
	visit.BREAK = BREAK;
	/** Do not visit the children of the current node */
	visit.SKIP = SKIP;
	/** Remove the current node */
	visit.REMOVE = REMOVE;
	function visit_(key, node, visitor, path) {
		const ctrl = callVisitor(key, node, visitor, path);
		if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
			replaceNode(key, path, ctrl);
			return visit_(key, ctrl, visitor, path);
		}
		if (typeof ctrl !== "symbol") {
			if (identity.isCollection(node)) {
				path = Object.freeze(path.concat(node));
				for (let i = 0; i < node.items.length; ++i) {
					const ci = visit_(i, node.items[i], visitor, path);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						node.items.splice(i, 1);
						i -= 1;
					}
				}
			} else if (identity.isPair(node)) {
				path = Object.freeze(path.concat(node));
				const ck = visit_("key", node.key, visitor, path);
				if (ck === BREAK) return BREAK;
				else if (ck === REMOVE) node.key = null;
				const cv = visit_("value", node.value, visitor, path);
				if (cv === BREAK) return BREAK;
				else if (cv === REMOVE) node.value = null;
			}
		}
		return ctrl;
	}
	/**
	* Apply an async visitor to an AST node or document.
	*
	* Walks through the tree (depth-first) starting from `node`, calling a
	* `visitor` function with three arguments:
	*   - `key`: For sequence values and map `Pair`, the node's index in the
	*     collection. Within a `Pair`, `'key'` or `'value'`, correspondingly.
	*     `null` for the root node.
	*   - `node`: The current node.
	*   - `path`: The ancestry of the current node.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `Promise`: Must resolve to one of the following values
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this node, continue with next
	*     sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current node, then continue with the next one
	*   - `Node`: Replace the current node, then continue by visiting it
	*   - `number`: While iterating the items of a sequence or map, set the index
	*     of the next step. This is useful especially if the index of the current
	*     node has changed.
	*
	* If `visitor` is a single function, it will be called with all values
	* encountered in the tree, including e.g. `null` values. Alternatively,
	* separate visitor functions may be defined for each `Map`, `Pair`, `Seq`,
	* `Alias` and `Scalar` node. To define the same visitor function for more than
	* one node type, use the `Collection` (map and seq), `Value` (map, seq & scalar)
	* and `Node` (alias, map, seq & scalar) targets. Of all these, only the most
	* specific defined one will be used for each node.
	*/
	async function visitAsync(node, visitor) {
		const visitor_ = initVisitor(visitor);
		if (identity.isDocument(node)) {
			if (await visitAsync_(null, node.contents, visitor_, Object.freeze([node])) === REMOVE) node.contents = null;
		} else await visitAsync_(null, node, visitor_, Object.freeze([]));
	}
	/** Terminate visit traversal completely */
	visitAsync.BREAK = BREAK;
	/** Do not visit the children of the current node */
	visitAsync.SKIP = SKIP;
	/** Remove the current node */
	visitAsync.REMOVE = REMOVE;
	async function visitAsync_(key, node, visitor, path) {
		const ctrl = await callVisitor(key, node, visitor, path);
		if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
			replaceNode(key, path, ctrl);
			return visitAsync_(key, ctrl, visitor, path);
		}
		if (typeof ctrl !== "symbol") {
			if (identity.isCollection(node)) {
				path = Object.freeze(path.concat(node));
				for (let i = 0; i < node.items.length; ++i) {
					const ci = await visitAsync_(i, node.items[i], visitor, path);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						node.items.splice(i, 1);
						i -= 1;
					}
				}
			} else if (identity.isPair(node)) {
				path = Object.freeze(path.concat(node));
				const ck = await visitAsync_("key", node.key, visitor, path);
				if (ck === BREAK) return BREAK;
				else if (ck === REMOVE) node.key = null;
				const cv = await visitAsync_("value", node.value, visitor, path);
				if (cv === BREAK) return BREAK;
				else if (cv === REMOVE) node.value = null;
			}
		}
		return ctrl;
	}
	function initVisitor(visitor) {
		if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) return Object.assign({
			Alias: visitor.Node,
			Map: visitor.Node,
			Scalar: visitor.Node,
			Seq: visitor.Node
		}, visitor.Value && {
			Map: visitor.Value,
			Scalar: visitor.Value,
			Seq: visitor.Value
		}, visitor.Collection && {
			Map: visitor.Collection,
			Seq: visitor.Collection
		}, visitor);
		return visitor;
	}
	function callVisitor(key, node, visitor, path) {
		if (typeof visitor === "function") return visitor(key, node, path);
		if (identity.isMap(node)) return visitor.Map?.(key, node, path);
		if (identity.isSeq(node)) return visitor.Seq?.(key, node, path);
		if (identity.isPair(node)) return visitor.Pair?.(key, node, path);
		if (identity.isScalar(node)) return visitor.Scalar?.(key, node, path);
		if (identity.isAlias(node)) return visitor.Alias?.(key, node, path);
	}
	function replaceNode(key, path, node) {
		const parent = path[path.length - 1];
		if (identity.isCollection(parent)) parent.items[key] = node;
		else if (identity.isPair(parent)) {
			if (key === "key") parent.key = node;
			else parent.value = node;
		} else if (identity.isDocument(parent)) parent.contents = node;
		else {
			const pt = identity.isAlias(parent) ? "alias" : "scalar";
			throw new Error(`Cannot replace node with ${pt} parent`);
		}
	}
	exports.visit = visit;
	exports.visitAsync = visitAsync;
}));
// node_modules/yaml/dist/doc/directives.js
var require_directives = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var visit = require_visit();
	const escapeChars = {
		"!": "%21",
		",": "%2C",
		"[": "%5B",
		"]": "%5D",
		"{": "%7B",
		"}": "%7D"
	};
	const escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
	var Directives = class Directives {
		constructor(yaml, tags) {
			/**
			* The directives-end/doc-start marker `---`. If `null`, a marker may still be
			* included in the document's stringified representation.
			*/
			this.docStart = null;
			/** The doc-end marker `...`.  */
			this.docEnd = false;
			this.yaml = Object.assign({}, Directives.defaultYaml, yaml);
			this.tags = Object.assign({}, Directives.defaultTags, tags);
		}
		clone() {
			const copy = new Directives(this.yaml, this.tags);
			copy.docStart = this.docStart;
			return copy;
		}
		/**
		* During parsing, get a Directives instance for the current document and
		* update the stream state according to the current version's spec.
		*/
		atDocument() {
			const res = new Directives(this.yaml, this.tags);
			switch (this.yaml.version) {
				case "1.1":
					this.atNextDocument = true;
					break;
				case "1.2":
					this.atNextDocument = false;
					this.yaml = {
						explicit: Directives.defaultYaml.explicit,
						version: "1.2"
					};
					this.tags = Object.assign({}, Directives.defaultTags);
			}
			return res;
		}
		/**
		* @param onError - May be called even if the action was successful
		* @returns `true` on success
		*/
		add(line, onError) {
			if (this.atNextDocument) {
				this.yaml = {
					explicit: Directives.defaultYaml.explicit,
					version: "1.1"
				};
				this.tags = Object.assign({}, Directives.defaultTags);
				this.atNextDocument = false;
			}
			const parts = line.trim().split(/[ \t]+/);
			const name = parts.shift();
			switch (name) {
				case "%TAG": {
					if (parts.length !== 2) {
						onError(0, "%TAG directive should contain exactly two parts");
						if (parts.length < 2) return false;
					}
					const [handle, prefix] = parts;
					this.tags[handle] = prefix;
					return true;
				}
				case "%YAML": {
					this.yaml.explicit = true;
					if (parts.length !== 1) {
						onError(0, "%YAML directive should contain exactly one part");
						return false;
					}
					const [version] = parts;
					if (version === "1.1" || version === "1.2") {
						this.yaml.version = version;
						return true;
					} else {
						const isValid = /^\d+\.\d+$/.test(version);
						onError(6, `Unsupported YAML version ${version}`, isValid);
						return false;
					}
				}
				default:
					onError(0, `Unknown directive ${name}`, true);
					return false;
			}
		}
		/**
		* Resolves a tag, matching handles to those defined in %TAG directives.
		*
		* @returns Resolved tag, which may also be the non-specific tag `'!'` or a
		*   `'!local'` tag, or `null` if unresolvable.
		*/
		tagName(source, onError) {
			if (source === "!") return "!";
			if (source[0] !== "!") {
				onError(`Not a valid tag: ${source}`);
				return null;
			}
			if (source[1] === "<") {
				const verbatim = source.slice(2, -1);
				if (verbatim === "!" || verbatim === "!!") {
					onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
					return null;
				}
				if (source[source.length - 1] !== ">") onError("Verbatim tags must end with a >");
				return verbatim;
			}
			const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
			if (!suffix) onError(`The ${source} tag has no suffix`);
			const prefix = this.tags[handle];
			if (prefix) try {
				return prefix + decodeURIComponent(suffix);
			} catch (error) {
				onError(String(error));
				return null;
			}
			if (handle === "!") return source;
			onError(`Could not resolve tag: ${source}`);
			return null;
		}
		/**
		* Given a fully resolved tag, returns its printable string form,
		* taking into account current tag prefixes and defaults.
		*/
		tagString(tag) {
			for (const [handle, prefix] of Object.entries(this.tags)) if (tag.startsWith(prefix)) return handle + escapeTagName(tag.substring(prefix.length));
			return tag[0] === "!" ? tag : `!<${tag}>`;
		}
		toString(doc) {
			const lines = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
			const tagEntries = Object.entries(this.tags);
			let tagNames;
			if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
				const tags = {};
				visit.visit(doc.contents, (_key, node) => {
					if (identity.isNode(node) && node.tag) tags[node.tag] = true;
				});
				tagNames = Object.keys(tags);
			} else tagNames = [];
			for (const [handle, prefix] of tagEntries) {
				if (handle === "!!" && prefix === "tag:yaml.org,2002:") continue;
				if (!doc || tagNames.some((tn) => tn.startsWith(prefix))) lines.push(`%TAG ${handle} ${prefix}`);
			}
			return lines.join("\n");
		}
	};
	Directives.defaultYaml = {
		explicit: false,
		version: "1.2"
	};
	Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
	exports.Directives = Directives;
}));
// node_modules/yaml/dist/doc/anchors.js
var require_anchors = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var visit = require_visit();
	/**
	* Verify that the input string is a valid anchor.
	*
	* Will throw on errors.
	*/
	function anchorIsValid(anchor) {
		if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
			const msg = `Anchor must not contain whitespace or control characters: ${JSON.stringify(anchor)}`;
			throw new Error(msg);
		}
		return true;
	}
	function anchorNames(root) {
		const anchors = /* @__PURE__ */ new Set();
		visit.visit(root, { Value(_key, node) {
			if (node.anchor) anchors.add(node.anchor);
		} });
		return anchors;
	}
	/** Find a new anchor name with the given `prefix` and a one-indexed suffix. */
	function findNewAnchor(prefix, exclude) {
		for (let i = 1;; ++i) {
			const name = `${prefix}${i}`;
			if (!exclude.has(name)) return name;
		}
	}
	function createNodeAnchors(doc, prefix) {
		const aliasObjects = [];
		const sourceObjects = /* @__PURE__ */ new Map();
		let prevAnchors = null;
		return {
			onAnchor: (source) => {
				aliasObjects.push(source);
				prevAnchors ?? (prevAnchors = anchorNames(doc));
				const anchor = findNewAnchor(prefix, prevAnchors);
				prevAnchors.add(anchor);
				return anchor;
			},
			/**
			* With circular references, the source node is only resolved after all
			* of its child nodes are. This is why anchors are set only after all of
			* the nodes have been created.
			*/
			setAnchors: () => {
				for (const source of aliasObjects) {
					const ref = sourceObjects.get(source);
					if (typeof ref === "object" && ref.anchor && (identity.isScalar(ref.node) || identity.isCollection(ref.node))) ref.node.anchor = ref.anchor;
					else {
						const error = /* @__PURE__ */ new Error("Failed to resolve repeated object (this should not happen)");
						error.source = source;
						throw error;
					}
				}
			},
			sourceObjects
		};
	}
	exports.anchorIsValid = anchorIsValid;
	exports.anchorNames = anchorNames;
	exports.createNodeAnchors = createNodeAnchors;
	exports.findNewAnchor = findNewAnchor;
}));
// node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Applies the JSON.parse reviver algorithm as defined in the ECMA-262 spec,
	* in section 24.5.1.1 "Runtime Semantics: InternalizeJSONProperty" of the
	* 2021 edition: https://tc39.es/ecma262/#sec-json.parse
	*
	* Includes extensions for handling Map and Set objects.
	*/
	function applyReviver(reviver, obj, key, val) {
		if (val && typeof val === "object") {
			if (Array.isArray(val)) for (let i = 0, len = val.length; i < len; ++i) {
				const v0 = val[i];
				const v1 = applyReviver(reviver, val, String(i), v0);
				if (v1 === void 0) delete val[i];
				else if (v1 !== v0) val[i] = v1;
			}
			else if (val instanceof Map) for (const k of Array.from(val.keys())) {
				const v0 = val.get(k);
				const v1 = applyReviver(reviver, val, k, v0);
				if (v1 === void 0) val.delete(k);
				else if (v1 !== v0) val.set(k, v1);
			}
			else if (val instanceof Set) for (const v0 of Array.from(val)) {
				const v1 = applyReviver(reviver, val, v0, v0);
				if (v1 === void 0) val.delete(v0);
				else if (v1 !== v0) {
					val.delete(v0);
					val.add(v1);
				}
			}
			else for (const [k, v0] of Object.entries(val)) {
				const v1 = applyReviver(reviver, val, k, v0);
				if (v1 === void 0) delete val[k];
				else if (v1 !== v0) val[k] = v1;
			}
		}
		return reviver.call(obj, key, val);
	}
	exports.applyReviver = applyReviver;
}));
// node_modules/yaml/dist/nodes/toJS.js
var require_toJS = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	/**
	* Recursively convert any node or its contents to native JavaScript
	*
	* @param value - The input value
	* @param arg - If `value` defines a `toJSON()` method, use this
	*   as its first argument
	* @param ctx - Conversion context, originally set in Document#toJS(). If
	*   `{ keep: true }` is not set, output should be suitable for JSON
	*   stringification.
	*/
	function toJS(value, arg, ctx) {
		if (Array.isArray(value)) return value.map((v, i) => toJS(v, String(i), ctx));
		if (value && typeof value.toJSON === "function") {
			if (!ctx || !identity.hasAnchor(value)) return value.toJSON(arg, ctx);
			const data = {
				aliasCount: 0,
				count: 1,
				res: void 0
			};
			ctx.anchors.set(value, data);
			ctx.onCreate = (res) => {
				data.res = res;
				delete ctx.onCreate;
			};
			const res = value.toJSON(arg, ctx);
			if (ctx.onCreate) ctx.onCreate(res);
			return res;
		}
		if (typeof value === "bigint" && !ctx?.keep) return Number(value);
		return value;
	}
	exports.toJS = toJS;
}));
// node_modules/yaml/dist/nodes/Node.js
var require_Node = /* @__PURE__ */ __commonJSMin(((exports) => {
	var applyReviver = require_applyReviver();
	var identity = require_identity();
	var toJS = require_toJS();
	var NodeBase = class {
		constructor(type) {
			Object.defineProperty(this, identity.NODE_TYPE, { value: type });
		}
		/** Create a copy of this node.  */
		clone() {
			const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/** A plain JavaScript representation of this node. */
		toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
			if (!identity.isDocument(doc)) throw new TypeError("A document argument is required");
			const ctx = {
				anchors: /* @__PURE__ */ new Map(),
				doc,
				keep: true,
				mapAsMap: mapAsMap === true,
				mapKeyWarned: false,
				maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
			};
			const res = toJS.toJS(this, "", ctx);
			if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
			return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
		}
	};
	exports.NodeBase = NodeBase;
}));
// node_modules/yaml/dist/nodes/Alias.js
var require_Alias = /* @__PURE__ */ __commonJSMin(((exports) => {
	var anchors = require_anchors();
	var visit = require_visit();
	var identity = require_identity();
	var Node = require_Node();
	var toJS = require_toJS();
	var Alias = class extends Node.NodeBase {
		constructor(source) {
			super(identity.ALIAS);
			this.source = source;
			Object.defineProperty(this, "tag", { set() {
				throw new Error("Alias nodes cannot have tags");
			} });
		}
		/**
		* Resolve the value of this alias within `doc`, finding the last
		* instance of the `source` anchor before this node.
		*/
		resolve(doc, ctx) {
			if (ctx?.maxAliasCount === 0) throw new ReferenceError("Alias resolution is disabled");
			let nodes;
			if (ctx?.aliasResolveCache) nodes = ctx.aliasResolveCache;
			else {
				nodes = [];
				visit.visit(doc, { Node: (_key, node) => {
					if (identity.isAlias(node) || identity.hasAnchor(node)) nodes.push(node);
				} });
				if (ctx) ctx.aliasResolveCache = nodes;
			}
			let found = void 0;
			for (const node of nodes) {
				if (node === this) break;
				if (node.anchor === this.source) found = node;
			}
			if (found && ctx) {
				const { anchors, doc, maxAliasCount } = ctx;
				let data = anchors.get(found);
				if (!data) {
					toJS.toJS(found, null, ctx);
					data = anchors.get(found);
				}
				/* istanbul ignore if */
				if (data?.res === void 0) throw new ReferenceError("This should not happen: Alias anchor was not resolved?");
				if (maxAliasCount >= 0) {
					data.count += 1;
					if (data.aliasCount === 0) data.aliasCount = getAliasCount(doc, found, anchors);
					if (data.count * data.aliasCount > maxAliasCount) throw new ReferenceError("Excessive alias count indicates a resource exhaustion attack");
				}
			}
			return found;
		}
		toJSON(_arg, ctx) {
			if (!ctx) return { source: this.source };
			const source = this.resolve(ctx.doc, ctx);
			if (!source) {
				const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
				throw new ReferenceError(msg);
			}
			return ctx.anchors.get(source).res;
		}
		toString(ctx, _onComment, _onChompKeep) {
			const src = `*${this.source}`;
			if (ctx) {
				anchors.anchorIsValid(this.source);
				if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
					const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
					throw new Error(msg);
				}
				if (ctx.implicitKey) return `${src} `;
			}
			return src;
		}
	};
	function getAliasCount(doc, node, anchors) {
		if (identity.isAlias(node)) {
			const source = node.resolve(doc);
			const anchor = anchors && source && anchors.get(source);
			return anchor ? anchor.count * anchor.aliasCount : 0;
		} else if (identity.isCollection(node)) {
			let count = 0;
			for (const item of node.items) {
				const c = getAliasCount(doc, item, anchors);
				if (c > count) count = c;
			}
			return count;
		} else if (identity.isPair(node)) {
			const kc = getAliasCount(doc, node.key, anchors);
			const vc = getAliasCount(doc, node.value, anchors);
			return Math.max(kc, vc);
		}
		return 1;
	}
	exports.Alias = Alias;
}));
// node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Node = require_Node();
	var toJS = require_toJS();
	const isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
	var Scalar = class extends Node.NodeBase {
		constructor(value) {
			super(identity.SCALAR);
			this.value = value;
		}
		toJSON(arg, ctx) {
			return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
		}
		toString() {
			return String(this.value);
		}
	};
	Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
	Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
	Scalar.PLAIN = "PLAIN";
	Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
	Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
	exports.Scalar = Scalar;
	exports.isScalarValue = isScalarValue;
}));
// node_modules/yaml/dist/doc/createNode.js
var require_createNode = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var identity = require_identity();
	var Scalar = require_Scalar();
	const defaultTagPrefix = "tag:yaml.org,2002:";
	function findTagObject(value, tagName, tags) {
		if (tagName) {
			const match = tags.filter((t) => t.tag === tagName);
			const tagObj = match.find((t) => !t.format) ?? match[0];
			if (!tagObj) throw new Error(`Tag ${tagName} not found`);
			return tagObj;
		}
		return tags.find((t) => t.identify?.(value) && !t.format);
	}
	function createNode(value, tagName, ctx) {
		if (identity.isDocument(value)) value = value.contents;
		if (identity.isNode(value)) return value;
		if (identity.isPair(value)) {
			const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
			map.items.push(value);
			return map;
		}
		if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) value = value.valueOf();
		const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
		let ref = void 0;
		if (aliasDuplicateObjects && value && typeof value === "object") {
			ref = sourceObjects.get(value);
			if (ref) {
				ref.anchor ?? (ref.anchor = onAnchor(value));
				return new Alias.Alias(ref.anchor);
			} else {
				ref = {
					anchor: null,
					node: null
				};
				sourceObjects.set(value, ref);
			}
		}
		if (tagName?.startsWith("!!")) tagName = defaultTagPrefix + tagName.slice(2);
		let tagObj = findTagObject(value, tagName, schema.tags);
		if (!tagObj) {
			if (value && typeof value.toJSON === "function") value = value.toJSON();
			if (!value || typeof value !== "object") {
				const node = new Scalar.Scalar(value);
				if (ref) ref.node = node;
				return node;
			}
			tagObj = value instanceof Map ? schema[identity.MAP] : Symbol.iterator in Object(value) ? schema[identity.SEQ] : schema[identity.MAP];
		}
		if (onTagObj) {
			onTagObj(tagObj);
			delete ctx.onTagObj;
		}
		const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar.Scalar(value);
		if (tagName) node.tag = tagName;
		else if (!tagObj.default) node.tag = tagObj.tag;
		if (ref) ref.node = node;
		return node;
	}
	exports.createNode = createNode;
}));
// node_modules/yaml/dist/nodes/Collection.js
var require_Collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var identity = require_identity();
	var Node = require_Node();
	function collectionFromPath(schema, path, value) {
		let v = value;
		for (let i = path.length - 1; i >= 0; --i) {
			const k = path[i];
			if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
				const a = [];
				a[k] = v;
				v = a;
			} else v = /* @__PURE__ */ new Map([[k, v]]);
		}
		return createNode.createNode(v, void 0, {
			aliasDuplicateObjects: false,
			keepUndefined: false,
			onAnchor: () => {
				throw new Error("This should not happen, please report a bug.");
			},
			schema,
			sourceObjects: /* @__PURE__ */ new Map()
		});
	}
	const isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
	var Collection = class extends Node.NodeBase {
		constructor(type, schema) {
			super(type);
			Object.defineProperty(this, "schema", {
				value: schema,
				configurable: true,
				enumerable: false,
				writable: true
			});
		}
		/**
		* Create a copy of this collection.
		*
		* @param schema - If defined, overwrites the original's schema
		*/
		clone(schema) {
			const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
			if (schema) copy.schema = schema;
			copy.items = copy.items.map((it) => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/**
		* Adds a value to the collection. For `!!map` and `!!omap` the value must
		* be a Pair instance or a `{ key, value }` object, which may not have a key
		* that already exists in the map.
		*/
		addIn(path, value) {
			if (isEmptyPath(path)) this.add(value);
			else {
				const [key, ...rest] = path;
				const node = this.get(key, true);
				if (identity.isCollection(node)) node.addIn(rest, value);
				else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
				else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
			}
		}
		/**
		* Removes a value from the collection.
		* @returns `true` if the item was found and removed.
		*/
		deleteIn(path) {
			const [key, ...rest] = path;
			if (rest.length === 0) return this.delete(key);
			const node = this.get(key, true);
			if (identity.isCollection(node)) return node.deleteIn(rest);
			else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
		}
		/**
		* Returns item at `key`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		getIn(path, keepScalar) {
			const [key, ...rest] = path;
			const node = this.get(key, true);
			if (rest.length === 0) return !keepScalar && identity.isScalar(node) ? node.value : node;
			else return identity.isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
		}
		hasAllNullValues(allowScalar) {
			return this.items.every((node) => {
				if (!identity.isPair(node)) return false;
				const n = node.value;
				return n == null || allowScalar && identity.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
			});
		}
		/**
		* Checks if the collection includes a value with the key `key`.
		*/
		hasIn(path) {
			const [key, ...rest] = path;
			if (rest.length === 0) return this.has(key);
			const node = this.get(key, true);
			return identity.isCollection(node) ? node.hasIn(rest) : false;
		}
		/**
		* Sets a value in this collection. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		setIn(path, value) {
			const [key, ...rest] = path;
			if (rest.length === 0) this.set(key, value);
			else {
				const node = this.get(key, true);
				if (identity.isCollection(node)) node.setIn(rest, value);
				else if (node === void 0 && this.schema) this.set(key, collectionFromPath(this.schema, rest, value));
				else throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
			}
		}
	};
	exports.Collection = Collection;
	exports.collectionFromPath = collectionFromPath;
	exports.isEmptyPath = isEmptyPath;
}));
// node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Stringifies a comment.
	*
	* Empty comment lines are left empty,
	* lines consisting of a single space are replaced by `#`,
	* and all other lines are prefixed with a `#`.
	*/
	const stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
	function indentComment(comment, indent) {
		if (/^\n+$/.test(comment)) return comment.substring(1);
		return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
	}
	const lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
	exports.indentComment = indentComment;
	exports.lineComment = lineComment;
	exports.stringifyComment = stringifyComment;
}));
// node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = /* @__PURE__ */ __commonJSMin(((exports) => {
	const FOLD_FLOW = "flow";
	const FOLD_BLOCK = "block";
	const FOLD_QUOTED = "quoted";
	/**
	* Tries to keep input at up to `lineWidth` characters, splitting only on spaces
	* not followed by newlines or spaces unless `mode` is `'quoted'`. Lines are
	* terminated with `\n` and started with `indent`.
	*/
	function foldFlowLines(text, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
		if (!lineWidth || lineWidth < 0) return text;
		if (lineWidth < minContentWidth) minContentWidth = 0;
		const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
		if (text.length <= endStep) return text;
		const folds = [];
		const escapedFolds = {};
		let end = lineWidth - indent.length;
		if (typeof indentAtStart === "number") {
			if (indentAtStart > lineWidth - Math.max(2, minContentWidth)) folds.push(0);
			else end = lineWidth - indentAtStart;
		}
		let split = void 0;
		let prev = void 0;
		let overflow = false;
		let i = -1;
		let escStart = -1;
		let escEnd = -1;
		if (mode === FOLD_BLOCK) {
			i = consumeMoreIndentedLines(text, i, indent.length);
			if (i !== -1) end = i + endStep;
		}
		for (let ch; ch = text[i += 1];) {
			if (mode === FOLD_QUOTED && ch === "\\") {
				escStart = i;
				switch (text[i + 1]) {
					case "x":
						i += 3;
						break;
					case "u":
						i += 5;
						break;
					case "U":
						i += 9;
						break;
					default: i += 1;
				}
				escEnd = i;
			}
			if (ch === "\n") {
				if (mode === FOLD_BLOCK) i = consumeMoreIndentedLines(text, i, indent.length);
				end = i + indent.length + endStep;
				split = void 0;
			} else {
				if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
					const next = text[i + 1];
					if (next && next !== " " && next !== "\n" && next !== "	") split = i;
				}
				if (i >= end) {
					if (split) {
						folds.push(split);
						end = split + endStep;
						split = void 0;
					} else if (mode === FOLD_QUOTED) {
						while (prev === " " || prev === "	") {
							prev = ch;
							ch = text[i += 1];
							overflow = true;
						}
						const j = i > escEnd + 1 ? i - 2 : escStart - 1;
						if (escapedFolds[j]) return text;
						folds.push(j);
						escapedFolds[j] = true;
						end = j + endStep;
						split = void 0;
					} else overflow = true;
				}
			}
			prev = ch;
		}
		if (overflow && onOverflow) onOverflow();
		if (folds.length === 0) return text;
		if (onFold) onFold();
		let res = text.slice(0, folds[0]);
		for (let i = 0; i < folds.length; ++i) {
			const fold = folds[i];
			const end = folds[i + 1] || text.length;
			if (fold === 0) res = `\n${indent}${text.slice(0, end)}`;
			else {
				if (mode === FOLD_QUOTED && escapedFolds[fold]) res += `${text[fold]}\\`;
				res += `\n${indent}${text.slice(fold + 1, end)}`;
			}
		}
		return res;
	}
	/**
	* Presumes `i + 1` is at the start of a line
	* @returns index of last newline in more-indented block
	*/
	function consumeMoreIndentedLines(text, i, indent) {
		let end = i;
		let start = i + 1;
		let ch = text[start];
		while (ch === " " || ch === "	") if (i < start + indent) ch = text[++i];
		else {
			do
				ch = text[++i];
			while (ch && ch !== "\n");
			end = i;
			start = i + 1;
			ch = text[start];
		}
		return end;
	}
	exports.FOLD_BLOCK = FOLD_BLOCK;
	exports.FOLD_FLOW = FOLD_FLOW;
	exports.FOLD_QUOTED = FOLD_QUOTED;
	exports.foldFlowLines = foldFlowLines;
}));
// node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var foldFlowLines = require_foldFlowLines();
	const getFoldOptions = (ctx, isBlock) => ({
		indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
		lineWidth: ctx.options.lineWidth,
		minContentWidth: ctx.options.minContentWidth
	});
	const containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
	function lineLengthOverLimit(str, lineWidth, indentLength) {
		if (!lineWidth || lineWidth < 0) return false;
		const limit = lineWidth - indentLength;
		const strLen = str.length;
		if (strLen <= limit) return false;
		for (let i = 0, start = 0; i < strLen; ++i) if (str[i] === "\n") {
			if (i - start > limit) return true;
			start = i + 1;
			if (strLen - start <= limit) return false;
		}
		return true;
	}
	function doubleQuotedString(value, ctx) {
		const json = JSON.stringify(value);
		if (ctx.options.doubleQuotedAsJSON) return json;
		const { implicitKey } = ctx;
		const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
		const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
		let str = "";
		let start = 0;
		for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
			if (ch === " " && json[i + 1] === "\\" && json[i + 2] === "n") {
				str += json.slice(start, i) + "\\ ";
				i += 1;
				start = i;
				ch = "\\";
			}
			if (ch === "\\") switch (json[i + 1]) {
				case "u":
					{
						str += json.slice(start, i);
						const code = json.substr(i + 2, 4);
						switch (code) {
							case "0000":
								str += "\\0";
								break;
							case "0007":
								str += "\\a";
								break;
							case "000b":
								str += "\\v";
								break;
							case "001b":
								str += "\\e";
								break;
							case "0085":
								str += "\\N";
								break;
							case "00a0":
								str += "\\_";
								break;
							case "2028":
								str += "\\L";
								break;
							case "2029":
								str += "\\P";
								break;
							default: if (code.substr(0, 2) === "00") str += "\\x" + code.substr(2);
							else str += json.substr(i, 6);
						}
						i += 5;
						start = i + 1;
					}
					break;
				case "n":
					if (implicitKey || json[i + 2] === "\"" || json.length < minMultiLineLength) i += 1;
					else {
						str += json.slice(start, i) + "\n\n";
						while (json[i + 2] === "\\" && json[i + 3] === "n" && json[i + 4] !== "\"") {
							str += "\n";
							i += 2;
						}
						str += indent;
						if (json[i + 2] === " ") str += "\\";
						i += 1;
						start = i + 1;
					}
					break;
				default: i += 1;
			}
		}
		str = start ? str + json.slice(start) : json;
		return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
	}
	function singleQuotedString(value, ctx) {
		if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value)) return doubleQuotedString(value, ctx);
		const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
		const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&\n${indent}`) + "'";
		return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
	}
	function quotedString(value, ctx) {
		const { singleQuote } = ctx.options;
		let qs;
		if (singleQuote === false) qs = doubleQuotedString;
		else {
			const hasDouble = value.includes("\"");
			const hasSingle = value.includes("'");
			if (hasDouble && !hasSingle) qs = singleQuotedString;
			else if (hasSingle && !hasDouble) qs = doubleQuotedString;
			else qs = singleQuote ? singleQuotedString : doubleQuotedString;
		}
		return qs(value, ctx);
	}
	let blockEndNewlines;
	try {
		blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
	} catch {
		blockEndNewlines = /\n+(?!\n|$)/g;
	}
	function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
		const { blockQuote, commentString, lineWidth } = ctx.options;
		if (!blockQuote || /\n[\t ]+$/.test(value)) return quotedString(value, ctx);
		const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
		const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
		if (!value) return literal ? "|\n" : ">\n";
		let chomp;
		let endStart;
		for (endStart = value.length; endStart > 0; --endStart) {
			const ch = value[endStart - 1];
			if (ch !== "\n" && ch !== "	" && ch !== " ") break;
		}
		let end = value.substring(endStart);
		const endNlPos = end.indexOf("\n");
		if (endNlPos === -1) chomp = "-";
		else if (value === end || endNlPos !== end.length - 1) {
			chomp = "+";
			if (onChompKeep) onChompKeep();
		} else chomp = "";
		if (end) {
			value = value.slice(0, -end.length);
			if (end[end.length - 1] === "\n") end = end.slice(0, -1);
			end = end.replace(blockEndNewlines, `$&${indent}`);
		}
		let startWithSpace = false;
		let startEnd;
		let startNlPos = -1;
		for (startEnd = 0; startEnd < value.length; ++startEnd) {
			const ch = value[startEnd];
			if (ch === " ") startWithSpace = true;
			else if (ch === "\n") startNlPos = startEnd;
			else break;
		}
		let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
		if (start) {
			value = value.substring(start.length);
			start = start.replace(/\n+/g, `$&${indent}`);
		}
		let header = (startWithSpace ? indent ? "2" : "1" : "") + chomp;
		if (comment) {
			header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
			if (onComment) onComment();
		}
		if (!literal) {
			const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
			let literalFallback = false;
			const foldOptions = getFoldOptions(ctx, true);
			if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) foldOptions.onOverflow = () => {
				literalFallback = true;
			};
			const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
			if (!literalFallback) return `>${header}\n${indent}${body}`;
		}
		value = value.replace(/\n+/g, `$&${indent}`);
		return `|${header}\n${indent}${start}${value}${end}`;
	}
	function plainString(item, ctx, onComment, onChompKeep) {
		const { type, value } = item;
		const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
		if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) return quotedString(value, ctx);
		if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
		if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value.includes("\n")) return blockString(item, ctx, onComment, onChompKeep);
		if (containsDocumentMarker(value)) {
			if (indent === "") {
				ctx.forceBlockIndent = true;
				return blockString(item, ctx, onComment, onChompKeep);
			} else if (implicitKey && indent === indentStep) return quotedString(value, ctx);
		}
		const str = value.replace(/\n+/g, `$&\n${indent}`);
		if (actualString) {
			const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
			const { compat, tags } = ctx.doc.schema;
			if (tags.some(test) || compat?.some(test)) return quotedString(value, ctx);
		}
		return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
	}
	function stringifyString(item, ctx, onComment, onChompKeep) {
		const { implicitKey, inFlow } = ctx;
		const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
		let { type } = item;
		if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
			if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value)) type = Scalar.Scalar.QUOTE_DOUBLE;
		}
		const _stringify = (_type) => {
			switch (_type) {
				case Scalar.Scalar.BLOCK_FOLDED:
				case Scalar.Scalar.BLOCK_LITERAL: return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
				case Scalar.Scalar.QUOTE_DOUBLE: return doubleQuotedString(ss.value, ctx);
				case Scalar.Scalar.QUOTE_SINGLE: return singleQuotedString(ss.value, ctx);
				case Scalar.Scalar.PLAIN: return plainString(ss, ctx, onComment, onChompKeep);
				default: return null;
			}
		};
		let res = _stringify(type);
		if (res === null) {
			const { defaultKeyType, defaultStringType } = ctx.options;
			const t = implicitKey && defaultKeyType || defaultStringType;
			res = _stringify(t);
			if (res === null) throw new Error(`Unsupported default string type ${t}`);
		}
		return res;
	}
	exports.stringifyString = stringifyString;
}));
// node_modules/yaml/dist/stringify/stringify.js
var require_stringify = /* @__PURE__ */ __commonJSMin(((exports) => {
	var anchors = require_anchors();
	var identity = require_identity();
	var stringifyComment = require_stringifyComment();
	var stringifyString = require_stringifyString();
	function createStringifyContext(doc, options) {
		const opt = Object.assign({
			blockQuote: true,
			commentString: stringifyComment.stringifyComment,
			defaultKeyType: null,
			defaultStringType: "PLAIN",
			directives: null,
			doubleQuotedAsJSON: false,
			doubleQuotedMinMultiLineLength: 40,
			falseStr: "false",
			flowCollectionPadding: true,
			indentSeq: true,
			lineWidth: 80,
			minContentWidth: 20,
			nullStr: "null",
			simpleKeys: false,
			singleQuote: null,
			trailingComma: false,
			trueStr: "true",
			verifyAliasOrder: true
		}, doc.schema.toStringOptions, options);
		let inFlow;
		switch (opt.collectionStyle) {
			case "block":
				inFlow = false;
				break;
			case "flow":
				inFlow = true;
				break;
			default: inFlow = null;
		}
		return {
			anchors: /* @__PURE__ */ new Set(),
			doc,
			flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
			indent: "",
			indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
			inFlow,
			options: opt
		};
	}
	function getTagObject(tags, item) {
		if (item.tag) {
			const match = tags.filter((t) => t.tag === item.tag);
			if (match.length > 0) return match.find((t) => t.format === item.format) ?? match[0];
		}
		let tagObj = void 0;
		let obj;
		if (identity.isScalar(item)) {
			obj = item.value;
			let match = tags.filter((t) => t.identify?.(obj));
			if (match.length > 1) {
				const testMatch = match.filter((t) => t.test);
				if (testMatch.length > 0) match = testMatch;
			}
			tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
		} else {
			obj = item;
			tagObj = tags.find((t) => t.nodeClass && obj instanceof t.nodeClass);
		}
		if (!tagObj) {
			const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
			throw new Error(`Tag not resolved for ${name} value`);
		}
		return tagObj;
	}
	function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
		if (!doc.directives) return "";
		const props = [];
		const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
		if (anchor && anchors.anchorIsValid(anchor)) {
			anchors$1.add(anchor);
			props.push(`&${anchor}`);
		}
		const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
		if (tag) props.push(doc.directives.tagString(tag));
		return props.join(" ");
	}
	function stringify(item, ctx, onComment, onChompKeep) {
		if (identity.isPair(item)) return item.toString(ctx, onComment, onChompKeep);
		if (identity.isAlias(item)) {
			if (ctx.doc.directives) return item.toString(ctx);
			if (ctx.resolvedAliases?.has(item)) throw new TypeError(`Cannot stringify circular structure without alias nodes`);
			else {
				if (ctx.resolvedAliases) ctx.resolvedAliases.add(item);
				else ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
				item = item.resolve(ctx.doc);
			}
		}
		let tagObj = void 0;
		const node = identity.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
		tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
		const props = stringifyProps(node, tagObj, ctx);
		if (props.length > 0) ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
		const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : identity.isScalar(node) ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
		if (!props) return str;
		return identity.isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}\n${ctx.indent}${str}`;
	}
	exports.createStringifyContext = createStringifyContext;
	exports.stringify = stringify;
}));
// node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
		const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
		let keyComment = identity.isNode(key) && key.comment || null;
		if (simpleKeys) {
			if (keyComment) throw new Error("With simple keys, key nodes cannot have comments");
			if (identity.isCollection(key) || !identity.isNode(key) && typeof key === "object") throw new Error("With simple keys, collection cannot be used as a key value");
		}
		let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || identity.isCollection(key) || (identity.isScalar(key) ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL : typeof key === "object"));
		ctx = Object.assign({}, ctx, {
			allNullValues: false,
			implicitKey: !explicitKey && (simpleKeys || !allNullValues),
			indent: indent + indentStep
		});
		let keyCommentDone = false;
		let chompKeep = false;
		let str = stringify.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
		if (!explicitKey && !ctx.inFlow && str.length > 1024) {
			if (simpleKeys) throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
			explicitKey = true;
		}
		if (ctx.inFlow) {
			if (allNullValues || value == null) {
				if (keyCommentDone && onComment) onComment();
				return str === "" ? "?" : explicitKey ? `? ${str}` : str;
			}
		} else if (allNullValues && !simpleKeys || value == null && explicitKey) {
			str = `? ${str}`;
			if (keyComment && !keyCommentDone) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
			else if (chompKeep && onChompKeep) onChompKeep();
			return str;
		}
		if (keyCommentDone) keyComment = null;
		if (explicitKey) {
			if (keyComment) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
			str = `? ${str}\n${indent}:`;
		} else {
			str = `${str}:`;
			if (keyComment) str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
		}
		let vsb, vcb, valueComment;
		if (identity.isNode(value)) {
			vsb = !!value.spaceBefore;
			vcb = value.commentBefore;
			valueComment = value.comment;
		} else {
			vsb = false;
			vcb = null;
			valueComment = null;
			if (value && typeof value === "object") value = doc.createNode(value);
		}
		ctx.implicitKey = false;
		if (!explicitKey && !keyComment && identity.isScalar(value)) ctx.indentAtStart = str.length + 1;
		chompKeep = false;
		if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity.isSeq(value) && !value.flow && !value.tag && !value.anchor) ctx.indent = ctx.indent.substring(2);
		let valueCommentDone = false;
		const valueStr = stringify.stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
		let ws = " ";
		if (keyComment || vsb || vcb) {
			ws = vsb ? "\n" : "";
			if (vcb) {
				const cs = commentString(vcb);
				ws += `\n${stringifyComment.indentComment(cs, ctx.indent)}`;
			}
			if (valueStr === "" && !ctx.inFlow) {
				if (ws === "\n" && valueComment) ws = "\n\n";
			} else ws += `\n${ctx.indent}`;
		} else if (!explicitKey && identity.isCollection(value)) {
			const vs0 = valueStr[0];
			const nl0 = valueStr.indexOf("\n");
			const hasNewline = nl0 !== -1;
			const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
			if (hasNewline || !flow) {
				let hasPropsLine = false;
				if (hasNewline && (vs0 === "&" || vs0 === "!")) {
					let sp0 = valueStr.indexOf(" ");
					if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") sp0 = valueStr.indexOf(" ", sp0 + 1);
					if (sp0 === -1 || nl0 < sp0) hasPropsLine = true;
				}
				if (!hasPropsLine) ws = `\n${ctx.indent}`;
			}
		} else if (valueStr === "" || valueStr[0] === "\n") ws = "";
		str += ws + valueStr;
		if (ctx.inFlow) {
			if (valueCommentDone && onComment) onComment();
		} else if (valueComment && !valueCommentDone) str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
		else if (chompKeep && onChompKeep) onChompKeep();
		return str;
	}
	exports.stringifyPair = stringifyPair;
}));
// node_modules/yaml/dist/log.js
var require_log = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	function debug(logLevel, ...messages) {
		if (logLevel === "debug") console.log(...messages);
	}
	function warn(logLevel, warning) {
		if (logLevel === "debug" || logLevel === "warn") {
			if (typeof node_process.emitWarning === "function") node_process.emitWarning(warning);
			else console.warn(warning);
		}
	}
	exports.debug = debug;
	exports.warn = warn;
}));
// node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	const MERGE_KEY = "<<";
	const merge = {
		identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
		default: "key",
		tag: "tag:yaml.org,2002:merge",
		test: /^<<$/,
		resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), { addToJSMap: addMergeToJSMap }),
		stringify: () => MERGE_KEY
	};
	const isMergeKey = (ctx, key) => (merge.identify(key) || identity.isScalar(key) && (!key.type || key.type === Scalar.Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge.tag && tag.default);
	function addMergeToJSMap(ctx, map, value) {
		const source = resolveAliasValue(ctx, value);
		if (identity.isSeq(source)) for (const it of source.items) mergeValue(ctx, map, it);
		else if (Array.isArray(source)) for (const it of source) mergeValue(ctx, map, it);
		else mergeValue(ctx, map, source);
	}
	function mergeValue(ctx, map, value) {
		const source = resolveAliasValue(ctx, value);
		if (!identity.isMap(source)) throw new Error("Merge sources must be maps or map aliases");
		const srcMap = source.toJSON(null, ctx, Map);
		for (const [key, value] of srcMap) if (map instanceof Map) {
			if (!map.has(key)) map.set(key, value);
		} else if (map instanceof Set) map.add(key);
		else if (!Object.prototype.hasOwnProperty.call(map, key)) Object.defineProperty(map, key, {
			value,
			writable: true,
			enumerable: true,
			configurable: true
		});
		return map;
	}
	function resolveAliasValue(ctx, value) {
		return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
	}
	exports.addMergeToJSMap = addMergeToJSMap;
	exports.isMergeKey = isMergeKey;
	exports.merge = merge;
}));
// node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var log = require_log();
	var merge = require_merge();
	var stringify = require_stringify();
	var identity = require_identity();
	var toJS = require_toJS();
	function addPairToJSMap(ctx, map, { key, value }) {
		if (identity.isNode(key) && key.addToJSMap) key.addToJSMap(ctx, map, value);
		else if (merge.isMergeKey(ctx, key)) merge.addMergeToJSMap(ctx, map, value);
		else {
			const jsKey = toJS.toJS(key, "", ctx);
			if (map instanceof Map) map.set(jsKey, toJS.toJS(value, jsKey, ctx));
			else if (map instanceof Set) map.add(jsKey);
			else {
				const stringKey = stringifyKey(key, jsKey, ctx);
				const jsValue = toJS.toJS(value, stringKey, ctx);
				if (stringKey in map) Object.defineProperty(map, stringKey, {
					value: jsValue,
					writable: true,
					enumerable: true,
					configurable: true
				});
				else map[stringKey] = jsValue;
			}
		}
		return map;
	}
	function stringifyKey(key, jsKey, ctx) {
		if (jsKey === null) return "";
		if (typeof jsKey !== "object") return String(jsKey);
		if (identity.isNode(key) && ctx?.doc) {
			const strCtx = stringify.createStringifyContext(ctx.doc, {});
			strCtx.anchors = /* @__PURE__ */ new Set();
			for (const node of ctx.anchors.keys()) strCtx.anchors.add(node.anchor);
			strCtx.inFlow = true;
			strCtx.inStringifyKey = true;
			const strKey = key.toString(strCtx);
			if (!ctx.mapKeyWarned) {
				let jsonStr = JSON.stringify(strKey);
				if (jsonStr.length > 40) jsonStr = jsonStr.substring(0, 36) + "...\"";
				log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
				ctx.mapKeyWarned = true;
			}
			return strKey;
		}
		return JSON.stringify(jsKey);
	}
	exports.addPairToJSMap = addPairToJSMap;
}));
// node_modules/yaml/dist/nodes/Pair.js
var require_Pair = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var stringifyPair = require_stringifyPair();
	var addPairToJSMap = require_addPairToJSMap();
	var identity = require_identity();
	function createPair(key, value, ctx) {
		return new Pair(createNode.createNode(key, void 0, ctx), createNode.createNode(value, void 0, ctx));
	}
	var Pair = class Pair {
		constructor(key, value = null) {
			Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
			this.key = key;
			this.value = value;
		}
		clone(schema) {
			let { key, value } = this;
			if (identity.isNode(key)) key = key.clone(schema);
			if (identity.isNode(value)) value = value.clone(schema);
			return new Pair(key, value);
		}
		toJSON(_, ctx) {
			const pair = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
			return addPairToJSMap.addPairToJSMap(ctx, pair, this);
		}
		toString(ctx, onComment, onChompKeep) {
			return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
		}
	};
	exports.Pair = Pair;
	exports.createPair = createPair;
}));
// node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyCollection(collection, ctx, options) {
		return (ctx.inFlow ?? collection.flow ? stringifyFlowCollection : stringifyBlockCollection)(collection, ctx, options);
	}
	function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
		const { indent, options: { commentString } } = ctx;
		const itemCtx = Object.assign({}, ctx, {
			indent: itemIndent,
			type: null
		});
		let chompKeep = false;
		const lines = [];
		for (let i = 0; i < items.length; ++i) {
			const item = items[i];
			let comment = null;
			if (identity.isNode(item)) {
				if (!chompKeep && item.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
				if (item.comment) comment = item.comment;
			} else if (identity.isPair(item)) {
				const ik = identity.isNode(item.key) ? item.key : null;
				if (ik) {
					if (!chompKeep && ik.spaceBefore) lines.push("");
					addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
				}
			}
			chompKeep = false;
			let str = stringify.stringify(item, itemCtx, () => comment = null, () => chompKeep = true);
			if (comment) str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
			if (chompKeep && comment) chompKeep = false;
			lines.push(blockItemPrefix + str);
		}
		let str;
		if (lines.length === 0) str = flowChars.start + flowChars.end;
		else {
			str = lines[0];
			for (let i = 1; i < lines.length; ++i) {
				const line = lines[i];
				str += line ? `\n${indent}${line}` : "\n";
			}
		}
		if (comment) {
			str += "\n" + stringifyComment.indentComment(commentString(comment), indent);
			if (onComment) onComment();
		} else if (chompKeep && onChompKeep) onChompKeep();
		return str;
	}
	function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
		const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
		itemIndent += indentStep;
		const itemCtx = Object.assign({}, ctx, {
			indent: itemIndent,
			inFlow: true,
			type: null
		});
		let reqNewline = false;
		let linesAtValue = 0;
		const lines = [];
		for (let i = 0; i < items.length; ++i) {
			const item = items[i];
			let comment = null;
			if (identity.isNode(item)) {
				if (item.spaceBefore) lines.push("");
				addCommentBefore(ctx, lines, item.commentBefore, false);
				if (item.comment) comment = item.comment;
			} else if (identity.isPair(item)) {
				const ik = identity.isNode(item.key) ? item.key : null;
				if (ik) {
					if (ik.spaceBefore) lines.push("");
					addCommentBefore(ctx, lines, ik.commentBefore, false);
					if (ik.comment) reqNewline = true;
				}
				const iv = identity.isNode(item.value) ? item.value : null;
				if (iv) {
					if (iv.comment) comment = iv.comment;
					if (iv.commentBefore) reqNewline = true;
				} else if (item.value == null && ik?.comment) comment = ik.comment;
			}
			if (comment) reqNewline = true;
			let str = stringify.stringify(item, itemCtx, () => comment = null);
			reqNewline || (reqNewline = lines.length > linesAtValue || str.includes("\n"));
			if (i < items.length - 1) str += ",";
			else if (ctx.options.trailingComma) {
				if (ctx.options.lineWidth > 0) reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
				if (reqNewline) str += ",";
			}
			if (comment) str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
			lines.push(str);
			linesAtValue = lines.length;
		}
		const { start, end } = flowChars;
		if (lines.length === 0) return start + end;
		else {
			if (!reqNewline) {
				const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
				reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
			}
			if (reqNewline) {
				let str = start;
				for (const line of lines) str += line ? `\n${indentStep}${indent}${line}` : "\n";
				return `${str}\n${indent}${end}`;
			} else return `${start}${fcPadding}${lines.join(" ")}${fcPadding}${end}`;
		}
	}
	function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
		if (comment && chompKeep) comment = comment.replace(/^\n+/, "");
		if (comment) {
			const ic = stringifyComment.indentComment(commentString(comment), indent);
			lines.push(ic.trimStart());
		}
	}
	exports.stringifyCollection = stringifyCollection;
}));
// node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyCollection = require_stringifyCollection();
	var addPairToJSMap = require_addPairToJSMap();
	var Collection = require_Collection();
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	function findPair(items, key) {
		const k = identity.isScalar(key) ? key.value : key;
		for (const it of items) if (identity.isPair(it)) {
			if (it.key === key || it.key === k) return it;
			if (identity.isScalar(it.key) && it.key.value === k) return it;
		}
	}
	var YAMLMap = class extends Collection.Collection {
		static get tagName() {
			return "tag:yaml.org,2002:map";
		}
		constructor(schema) {
			super(identity.MAP, schema);
			this.items = [];
		}
		/**
		* A generic collection parsing method that can be extended
		* to other node classes that inherit from YAMLMap
		*/
		static from(schema, obj, ctx) {
			const { keepUndefined, replacer } = ctx;
			const map = new this(schema);
			const add = (key, value) => {
				if (typeof replacer === "function") value = replacer.call(obj, key, value);
				else if (Array.isArray(replacer) && !replacer.includes(key)) return;
				if (value !== void 0 || keepUndefined) map.items.push(Pair.createPair(key, value, ctx));
			};
			if (obj instanceof Map) for (const [key, value] of obj) add(key, value);
			else if (obj && typeof obj === "object") for (const key of Object.keys(obj)) add(key, obj[key]);
			if (typeof schema.sortMapEntries === "function") map.items.sort(schema.sortMapEntries);
			return map;
		}
		/**
		* Adds a value to the collection.
		*
		* @param overwrite - If not set `true`, using a key that is already in the
		*   collection will throw. Otherwise, overwrites the previous value.
		*/
		add(pair, overwrite) {
			let _pair;
			if (identity.isPair(pair)) _pair = pair;
			else if (!pair || typeof pair !== "object" || !("key" in pair)) _pair = new Pair.Pair(pair, pair?.value);
			else _pair = new Pair.Pair(pair.key, pair.value);
			const prev = findPair(this.items, _pair.key);
			const sortEntries = this.schema?.sortMapEntries;
			if (prev) {
				if (!overwrite) throw new Error(`Key ${_pair.key} already set`);
				if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value)) prev.value.value = _pair.value;
				else prev.value = _pair.value;
			} else if (sortEntries) {
				const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
				if (i === -1) this.items.push(_pair);
				else this.items.splice(i, 0, _pair);
			} else this.items.push(_pair);
		}
		delete(key) {
			const it = findPair(this.items, key);
			if (!it) return false;
			return this.items.splice(this.items.indexOf(it), 1).length > 0;
		}
		get(key, keepScalar) {
			const node = findPair(this.items, key)?.value;
			return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? void 0;
		}
		has(key) {
			return !!findPair(this.items, key);
		}
		set(key, value) {
			this.add(new Pair.Pair(key, value), true);
		}
		/**
		* @param ctx - Conversion context, originally set in Document#toJS()
		* @param {Class} Type - If set, forces the returned collection type
		* @returns Instance of Type, Map, or Object
		*/
		toJSON(_, ctx, Type) {
			const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
			if (ctx?.onCreate) ctx.onCreate(map);
			for (const item of this.items) addPairToJSMap.addPairToJSMap(ctx, map, item);
			return map;
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			for (const item of this.items) if (!identity.isPair(item)) throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
			if (!ctx.allNullValues && this.hasAllNullValues(false)) ctx = Object.assign({}, ctx, { allNullValues: true });
			return stringifyCollection.stringifyCollection(this, ctx, {
				blockItemPrefix: "",
				flowChars: {
					start: "{",
					end: "}"
				},
				itemIndent: ctx.indent || "",
				onChompKeep,
				onComment
			});
		}
	};
	exports.YAMLMap = YAMLMap;
	exports.findPair = findPair;
}));
// node_modules/yaml/dist/schema/common/map.js
var require_map = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var YAMLMap = require_YAMLMap();
	exports.map = {
		collection: "map",
		default: true,
		nodeClass: YAMLMap.YAMLMap,
		tag: "tag:yaml.org,2002:map",
		resolve(map, onError) {
			if (!identity.isMap(map)) onError("Expected a mapping for this tag");
			return map;
		},
		createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
	};
}));
// node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var createNode = require_createNode();
	var stringifyCollection = require_stringifyCollection();
	var Collection = require_Collection();
	var identity = require_identity();
	var Scalar = require_Scalar();
	var toJS = require_toJS();
	var YAMLSeq = class extends Collection.Collection {
		static get tagName() {
			return "tag:yaml.org,2002:seq";
		}
		constructor(schema) {
			super(identity.SEQ, schema);
			this.items = [];
		}
		add(value) {
			this.items.push(value);
		}
		/**
		* Removes a value from the collection.
		*
		* `key` must contain a representation of an integer for this to succeed.
		* It may be wrapped in a `Scalar`.
		*
		* @returns `true` if the item was found and removed.
		*/
		delete(key) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") return false;
			return this.items.splice(idx, 1).length > 0;
		}
		get(key, keepScalar) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") return void 0;
			const it = this.items[idx];
			return !keepScalar && identity.isScalar(it) ? it.value : it;
		}
		/**
		* Checks if the collection includes a value with the key `key`.
		*
		* `key` must contain a representation of an integer for this to succeed.
		* It may be wrapped in a `Scalar`.
		*/
		has(key) {
			const idx = asItemIndex(key);
			return typeof idx === "number" && idx < this.items.length;
		}
		/**
		* Sets a value in this collection. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*
		* If `key` does not contain a representation of an integer, this will throw.
		* It may be wrapped in a `Scalar`.
		*/
		set(key, value) {
			const idx = asItemIndex(key);
			if (typeof idx !== "number") throw new Error(`Expected a valid index, not ${key}.`);
			const prev = this.items[idx];
			if (identity.isScalar(prev) && Scalar.isScalarValue(value)) prev.value = value;
			else this.items[idx] = value;
		}
		toJSON(_, ctx) {
			const seq = [];
			if (ctx?.onCreate) ctx.onCreate(seq);
			let i = 0;
			for (const item of this.items) seq.push(toJS.toJS(item, String(i++), ctx));
			return seq;
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			return stringifyCollection.stringifyCollection(this, ctx, {
				blockItemPrefix: "- ",
				flowChars: {
					start: "[",
					end: "]"
				},
				itemIndent: (ctx.indent || "") + "  ",
				onChompKeep,
				onComment
			});
		}
		static from(schema, obj, ctx) {
			const { replacer } = ctx;
			const seq = new this(schema);
			if (obj && Symbol.iterator in Object(obj)) {
				let i = 0;
				for (let it of obj) {
					if (typeof replacer === "function") {
						const key = obj instanceof Set ? it : String(i++);
						it = replacer.call(obj, key, it);
					}
					seq.items.push(createNode.createNode(it, void 0, ctx));
				}
			}
			return seq;
		}
	};
	function asItemIndex(key) {
		let idx = identity.isScalar(key) ? key.value : key;
		if (idx && typeof idx === "string") idx = Number(idx);
		return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
	}
	exports.YAMLSeq = YAMLSeq;
}));
// node_modules/yaml/dist/schema/common/seq.js
var require_seq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var YAMLSeq = require_YAMLSeq();
	exports.seq = {
		collection: "seq",
		default: true,
		nodeClass: YAMLSeq.YAMLSeq,
		tag: "tag:yaml.org,2002:seq",
		resolve(seq, onError) {
			if (!identity.isSeq(seq)) onError("Expected a sequence for this tag");
			return seq;
		},
		createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
	};
}));
// node_modules/yaml/dist/schema/common/string.js
var require_string = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyString = require_stringifyString();
	exports.string = {
		identify: (value) => typeof value === "string",
		default: true,
		tag: "tag:yaml.org,2002:str",
		resolve: (str) => str,
		stringify(item, ctx, onComment, onChompKeep) {
			ctx = Object.assign({ actualString: true }, ctx);
			return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
		}
	};
}));
// node_modules/yaml/dist/schema/common/null.js
var require_null = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	const nullTag = {
		identify: (value) => value == null,
		createNode: () => new Scalar.Scalar(null),
		default: true,
		tag: "tag:yaml.org,2002:null",
		test: /^(?:~|[Nn]ull|NULL)?$/,
		resolve: () => new Scalar.Scalar(null),
		stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
	};
	exports.nullTag = nullTag;
}));
// node_modules/yaml/dist/schema/core/bool.js
var require_bool$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	const boolTag = {
		identify: (value) => typeof value === "boolean",
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
		resolve: (str) => new Scalar.Scalar(str[0] === "t" || str[0] === "T"),
		stringify({ source, value }, ctx) {
			if (source && boolTag.test.test(source)) {
				if (value === (source[0] === "t" || source[0] === "T")) return source;
			}
			return value ? ctx.options.trueStr : ctx.options.falseStr;
		}
	};
	exports.boolTag = boolTag;
}));
// node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = /* @__PURE__ */ __commonJSMin(((exports) => {
	function stringifyNumber({ format, minFractionDigits, tag, value }) {
		if (typeof value === "bigint") return String(value);
		const num = typeof value === "number" ? value : Number(value);
		if (!isFinite(num)) return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
		let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
		if (!format && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
			let i = n.indexOf(".");
			if (i < 0) {
				i = n.length;
				n += ".";
			}
			let d = minFractionDigits - (n.length - i - 1);
			while (d-- > 0) n += "0";
		}
		return n;
	}
	exports.stringifyNumber = stringifyNumber;
}));
// node_modules/yaml/dist/schema/core/float.js
var require_float$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var stringifyNumber = require_stringifyNumber();
	const floatNaN = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
		resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
		stringify: stringifyNumber.stringifyNumber
	};
	const floatExp = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "EXP",
		test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
		resolve: (str) => parseFloat(str),
		stringify(node) {
			const num = Number(node.value);
			return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
		}
	};
	exports.float = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
		resolve(str) {
			const node = new Scalar.Scalar(parseFloat(str));
			const dot = str.indexOf(".");
			if (dot !== -1 && str[str.length - 1] === "0") node.minFractionDigits = str.length - dot - 1;
			return node;
		},
		stringify: stringifyNumber.stringifyNumber
	};
	exports.floatExp = floatExp;
	exports.floatNaN = floatNaN;
}));
// node_modules/yaml/dist/schema/core/int.js
var require_int$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	const intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
	const intResolve = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
	function intStringify(node, radix, prefix) {
		const { value } = node;
		if (intIdentify(value) && value >= 0) return prefix + value.toString(radix);
		return stringifyNumber.stringifyNumber(node);
	}
	const intOct = {
		identify: (value) => intIdentify(value) && value >= 0,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "OCT",
		test: /^0o[0-7]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
		stringify: (node) => intStringify(node, 8, "0o")
	};
	const int = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		test: /^[-+]?[0-9]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
		stringify: stringifyNumber.stringifyNumber
	};
	const intHex = {
		identify: (value) => intIdentify(value) && value >= 0,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "HEX",
		test: /^0x[0-9a-fA-F]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
		stringify: (node) => intStringify(node, 16, "0x")
	};
	exports.int = int;
	exports.intHex = intHex;
	exports.intOct = intOct;
}));
// node_modules/yaml/dist/schema/core/schema.js
var require_schema$2 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var bool = require_bool$1();
	var float = require_float$1();
	var int = require_int$1();
	exports.schema = [
		map.map,
		seq.seq,
		string.string,
		_null.nullTag,
		bool.boolTag,
		int.intOct,
		int.int,
		int.intHex,
		float.floatNaN,
		float.floatExp,
		float.float
	];
}));
// node_modules/yaml/dist/schema/json/schema.js
var require_schema$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var map = require_map();
	var seq = require_seq();
	function intIdentify(value) {
		return typeof value === "bigint" || Number.isInteger(value);
	}
	const stringifyJSON = ({ value }) => JSON.stringify(value);
	const jsonScalars = [
		{
			identify: (value) => typeof value === "string",
			default: true,
			tag: "tag:yaml.org,2002:str",
			resolve: (str) => str,
			stringify: stringifyJSON
		},
		{
			identify: (value) => value == null,
			createNode: () => new Scalar.Scalar(null),
			default: true,
			tag: "tag:yaml.org,2002:null",
			test: /^null$/,
			resolve: () => null,
			stringify: stringifyJSON
		},
		{
			identify: (value) => typeof value === "boolean",
			default: true,
			tag: "tag:yaml.org,2002:bool",
			test: /^true$|^false$/,
			resolve: (str) => str === "true",
			stringify: stringifyJSON
		},
		{
			identify: intIdentify,
			default: true,
			tag: "tag:yaml.org,2002:int",
			test: /^-?(?:0|[1-9][0-9]*)$/,
			resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
			stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
		},
		{
			identify: (value) => typeof value === "number",
			default: true,
			tag: "tag:yaml.org,2002:float",
			test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
			resolve: (str) => parseFloat(str),
			stringify: stringifyJSON
		}
	];
	exports.schema = [map.map, seq.seq].concat(jsonScalars, {
		default: true,
		tag: "",
		test: /^/,
		resolve(str, onError) {
			onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
			return str;
		}
	});
}));
// node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_buffer = __require("buffer");
	var Scalar = require_Scalar();
	var stringifyString = require_stringifyString();
	exports.binary = {
		identify: (value) => value instanceof Uint8Array,
		default: false,
		tag: "tag:yaml.org,2002:binary",
		/**
		* Returns a Buffer in node and an Uint8Array in browsers
		*
		* To use the resulting buffer as an image, you'll want to do something like:
		*
		*   const blob = new Blob([buffer], { type: 'image/jpeg' })
		*   document.querySelector('#photo').src = URL.createObjectURL(blob)
		*/
		resolve(src, onError) {
			if (typeof node_buffer.Buffer === "function") return node_buffer.Buffer.from(src, "base64");
			else if (typeof atob === "function") {
				const str = atob(src.replace(/[\n\r]/g, ""));
				const buffer = new Uint8Array(str.length);
				for (let i = 0; i < str.length; ++i) buffer[i] = str.charCodeAt(i);
				return buffer;
			} else {
				onError("This environment does not support reading binary tags; either Buffer or atob is required");
				return src;
			}
		},
		stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
			if (!value) return "";
			const buf = value;
			let str;
			if (typeof node_buffer.Buffer === "function") str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
			else if (typeof btoa === "function") {
				let s = "";
				for (let i = 0; i < buf.length; ++i) s += String.fromCharCode(buf[i]);
				str = btoa(s);
			} else throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
			type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
			if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
				const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
				const n = Math.ceil(str.length / lineWidth);
				const lines = new Array(n);
				for (let i = 0, o = 0; i < n; ++i, o += lineWidth) lines[i] = str.substr(o, lineWidth);
				str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? "\n" : " ");
			}
			return stringifyString.stringifyString({
				comment,
				type,
				value: str
			}, ctx, onComment, onChompKeep);
		}
	};
}));
// node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	var YAMLSeq = require_YAMLSeq();
	function resolvePairs(seq, onError) {
		if (identity.isSeq(seq)) for (let i = 0; i < seq.items.length; ++i) {
			let item = seq.items[i];
			if (identity.isPair(item)) continue;
			else if (identity.isMap(item)) {
				if (item.items.length > 1) onError("Each pair must have its own sequence indicator");
				const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
				if (item.commentBefore) pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}\n${pair.key.commentBefore}` : item.commentBefore;
				if (item.comment) {
					const cn = pair.value ?? pair.key;
					cn.comment = cn.comment ? `${item.comment}\n${cn.comment}` : item.comment;
				}
				item = pair;
			}
			seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
		}
		else onError("Expected a sequence for this tag");
		return seq;
	}
	function createPairs(schema, iterable, ctx) {
		const { replacer } = ctx;
		const pairs = new YAMLSeq.YAMLSeq(schema);
		pairs.tag = "tag:yaml.org,2002:pairs";
		let i = 0;
		if (iterable && Symbol.iterator in Object(iterable)) for (let it of iterable) {
			if (typeof replacer === "function") it = replacer.call(iterable, String(i++), it);
			let key, value;
			if (Array.isArray(it)) {
				if (it.length === 2) {
					key = it[0];
					value = it[1];
				} else throw new TypeError(`Expected [key, value] tuple: ${it}`);
			} else if (it && it instanceof Object) {
				const keys = Object.keys(it);
				if (keys.length === 1) {
					key = keys[0];
					value = it[key];
				} else throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
			} else key = it;
			pairs.items.push(Pair.createPair(key, value, ctx));
		}
		return pairs;
	}
	const pairs = {
		collection: "seq",
		default: false,
		tag: "tag:yaml.org,2002:pairs",
		resolve: resolvePairs,
		createNode: createPairs
	};
	exports.createPairs = createPairs;
	exports.pairs = pairs;
	exports.resolvePairs = resolvePairs;
}));
// node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var toJS = require_toJS();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var pairs = require_pairs();
	var YAMLOMap = class YAMLOMap extends YAMLSeq.YAMLSeq {
		constructor() {
			super();
			this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
			this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
			this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
			this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
			this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
			this.tag = YAMLOMap.tag;
		}
		/**
		* If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
		* but TypeScript won't allow widening the signature of a child method.
		*/
		toJSON(_, ctx) {
			if (!ctx) return super.toJSON(_);
			const map = /* @__PURE__ */ new Map();
			if (ctx?.onCreate) ctx.onCreate(map);
			for (const pair of this.items) {
				let key, value;
				if (identity.isPair(pair)) {
					key = toJS.toJS(pair.key, "", ctx);
					value = toJS.toJS(pair.value, key, ctx);
				} else key = toJS.toJS(pair, "", ctx);
				if (map.has(key)) throw new Error("Ordered maps must not include duplicate keys");
				map.set(key, value);
			}
			return map;
		}
		static from(schema, iterable, ctx) {
			const pairs$1 = pairs.createPairs(schema, iterable, ctx);
			const omap = new this();
			omap.items = pairs$1.items;
			return omap;
		}
	};
	YAMLOMap.tag = "tag:yaml.org,2002:omap";
	const omap = {
		collection: "seq",
		identify: (value) => value instanceof Map,
		nodeClass: YAMLOMap,
		default: false,
		tag: "tag:yaml.org,2002:omap",
		resolve(seq, onError) {
			const pairs$1 = pairs.resolvePairs(seq, onError);
			const seenKeys = [];
			for (const { key } of pairs$1.items) if (identity.isScalar(key)) {
				if (seenKeys.includes(key.value)) onError(`Ordered maps must not include duplicate keys: ${key.value}`);
				else seenKeys.push(key.value);
			}
			return Object.assign(new YAMLOMap(), pairs$1);
		},
		createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
	};
	exports.YAMLOMap = YAMLOMap;
	exports.omap = omap;
}));
// node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	function boolStringify({ value, source }, ctx) {
		if (source && (value ? trueTag : falseTag).test.test(source)) return source;
		return value ? ctx.options.trueStr : ctx.options.falseStr;
	}
	const trueTag = {
		identify: (value) => value === true,
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
		resolve: () => new Scalar.Scalar(true),
		stringify: boolStringify
	};
	const falseTag = {
		identify: (value) => value === false,
		default: true,
		tag: "tag:yaml.org,2002:bool",
		test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
		resolve: () => new Scalar.Scalar(false),
		stringify: boolStringify
	};
	exports.falseTag = falseTag;
	exports.trueTag = trueTag;
}));
// node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var stringifyNumber = require_stringifyNumber();
	const floatNaN = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
		resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
		stringify: stringifyNumber.stringifyNumber
	};
	const floatExp = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "EXP",
		test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
		resolve: (str) => parseFloat(str.replace(/_/g, "")),
		stringify(node) {
			const num = Number(node.value);
			return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
		}
	};
	exports.float = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
		resolve(str) {
			const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, "")));
			const dot = str.indexOf(".");
			if (dot !== -1) {
				const f = str.substring(dot + 1).replace(/_/g, "");
				if (f[f.length - 1] === "0") node.minFractionDigits = f.length;
			}
			return node;
		},
		stringify: stringifyNumber.stringifyNumber
	};
	exports.floatExp = floatExp;
	exports.floatNaN = floatNaN;
}));
// node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	const intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
	function intResolve(str, offset, radix, { intAsBigInt }) {
		const sign = str[0];
		if (sign === "-" || sign === "+") offset += 1;
		str = str.substring(offset).replace(/_/g, "");
		if (intAsBigInt) {
			switch (radix) {
				case 2:
					str = `0b${str}`;
					break;
				case 8:
					str = `0o${str}`;
					break;
				case 16: str = `0x${str}`;
			}
			const n = BigInt(str);
			return sign === "-" ? BigInt(-1) * n : n;
		}
		const n = parseInt(str, radix);
		return sign === "-" ? -1 * n : n;
	}
	function intStringify(node, radix, prefix) {
		const { value } = node;
		if (intIdentify(value)) {
			const str = value.toString(radix);
			return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
		}
		return stringifyNumber.stringifyNumber(node);
	}
	const intBin = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "BIN",
		test: /^[-+]?0b[0-1_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
		stringify: (node) => intStringify(node, 2, "0b")
	};
	const intOct = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "OCT",
		test: /^[-+]?0[0-7_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
		stringify: (node) => intStringify(node, 8, "0")
	};
	const int = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		test: /^[-+]?[0-9][0-9_]*$/,
		resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
		stringify: stringifyNumber.stringifyNumber
	};
	const intHex = {
		identify: intIdentify,
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "HEX",
		test: /^[-+]?0x[0-9a-fA-F_]+$/,
		resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
		stringify: (node) => intStringify(node, 16, "0x")
	};
	exports.int = int;
	exports.intBin = intBin;
	exports.intHex = intHex;
	exports.intOct = intOct;
}));
// node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var YAMLSet = class YAMLSet extends YAMLMap.YAMLMap {
		constructor(schema) {
			super(schema);
			this.tag = YAMLSet.tag;
		}
		add(key) {
			let pair;
			if (identity.isPair(key)) pair = key;
			else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null) pair = new Pair.Pair(key.key, null);
			else pair = new Pair.Pair(key, null);
			if (!YAMLMap.findPair(this.items, pair.key)) this.items.push(pair);
		}
		/**
		* If `keepPair` is `true`, returns the Pair matching `key`.
		* Otherwise, returns the value of that Pair's key.
		*/
		get(key, keepPair) {
			const pair = YAMLMap.findPair(this.items, key);
			return !keepPair && identity.isPair(pair) ? identity.isScalar(pair.key) ? pair.key.value : pair.key : pair;
		}
		set(key, value) {
			if (typeof value !== "boolean") throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
			const prev = YAMLMap.findPair(this.items, key);
			if (prev && !value) this.items.splice(this.items.indexOf(prev), 1);
			else if (!prev && value) this.items.push(new Pair.Pair(key));
		}
		toJSON(_, ctx) {
			return super.toJSON(_, ctx, Set);
		}
		toString(ctx, onComment, onChompKeep) {
			if (!ctx) return JSON.stringify(this);
			if (this.hasAllNullValues(true)) return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
			else throw new Error("Set items must all have null values");
		}
		static from(schema, iterable, ctx) {
			const { replacer } = ctx;
			const set = new this(schema);
			if (iterable && Symbol.iterator in Object(iterable)) for (let value of iterable) {
				if (typeof replacer === "function") value = replacer.call(iterable, value, value);
				set.items.push(Pair.createPair(value, null, ctx));
			}
			return set;
		}
	};
	YAMLSet.tag = "tag:yaml.org,2002:set";
	const set = {
		collection: "map",
		identify: (value) => value instanceof Set,
		nodeClass: YAMLSet,
		default: false,
		tag: "tag:yaml.org,2002:set",
		createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
		resolve(map, onError) {
			if (identity.isMap(map)) {
				if (map.hasAllNullValues(true)) return Object.assign(new YAMLSet(), map);
				else onError("Set items must all have null values");
			} else onError("Expected a mapping for this tag");
			return map;
		}
	};
	exports.YAMLSet = YAMLSet;
	exports.set = set;
}));
// node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = /* @__PURE__ */ __commonJSMin(((exports) => {
	var stringifyNumber = require_stringifyNumber();
	/** Internal types handle bigint as number, because TS can't figure it out. */
	function parseSexagesimal(str, asBigInt) {
		const sign = str[0];
		const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
		const num = (n) => asBigInt ? BigInt(n) : Number(n);
		const res = parts.replace(/_/g, "").split(":").reduce((res, p) => res * num(60) + num(p), num(0));
		return sign === "-" ? num(-1) * res : res;
	}
	/**
	* hhhh:mm:ss.sss
	*
	* Internal types handle bigint as number, because TS can't figure it out.
	*/
	function stringifySexagesimal(node) {
		let { value } = node;
		let num = (n) => n;
		if (typeof value === "bigint") num = (n) => BigInt(n);
		else if (isNaN(value) || !isFinite(value)) return stringifyNumber.stringifyNumber(node);
		let sign = "";
		if (value < 0) {
			sign = "-";
			value *= num(-1);
		}
		const _60 = num(60);
		const parts = [value % _60];
		if (value < 60) parts.unshift(0);
		else {
			value = (value - parts[0]) / _60;
			parts.unshift(value % _60);
			if (value >= 60) {
				value = (value - parts[0]) / _60;
				parts.unshift(value);
			}
		}
		return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
	}
	const intTime = {
		identify: (value) => typeof value === "bigint" || Number.isInteger(value),
		default: true,
		tag: "tag:yaml.org,2002:int",
		format: "TIME",
		test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
		resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
		stringify: stringifySexagesimal
	};
	const floatTime = {
		identify: (value) => typeof value === "number",
		default: true,
		tag: "tag:yaml.org,2002:float",
		format: "TIME",
		test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
		resolve: (str) => parseSexagesimal(str, false),
		stringify: stringifySexagesimal
	};
	const timestamp = {
		identify: (value) => value instanceof Date,
		default: true,
		tag: "tag:yaml.org,2002:timestamp",
		test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
		resolve(str) {
			const match = str.match(timestamp.test);
			if (!match) throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
			const [, year, month, day, hour, minute, second] = match.map(Number);
			const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
			let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
			const tz = match[8];
			if (tz && tz !== "Z") {
				let d = parseSexagesimal(tz, false);
				if (Math.abs(d) < 30) d *= 60;
				date -= 6e4 * d;
			}
			return new Date(date);
		},
		stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
	};
	exports.floatTime = floatTime;
	exports.intTime = intTime;
	exports.timestamp = timestamp;
}));
// node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var binary = require_binary();
	var bool = require_bool();
	var float = require_float();
	var int = require_int();
	var merge = require_merge();
	var omap = require_omap();
	var pairs = require_pairs();
	var set = require_set();
	var timestamp = require_timestamp();
	exports.schema = [
		map.map,
		seq.seq,
		string.string,
		_null.nullTag,
		bool.trueTag,
		bool.falseTag,
		int.intBin,
		int.intOct,
		int.int,
		int.intHex,
		float.floatNaN,
		float.floatExp,
		float.float,
		binary.binary,
		merge.merge,
		omap.omap,
		pairs.pairs,
		set.set,
		timestamp.intTime,
		timestamp.floatTime,
		timestamp.timestamp
	];
}));
// node_modules/yaml/dist/schema/tags.js
var require_tags = /* @__PURE__ */ __commonJSMin(((exports) => {
	var map = require_map();
	var _null = require_null();
	var seq = require_seq();
	var string = require_string();
	var bool = require_bool$1();
	var float = require_float$1();
	var int = require_int$1();
	var schema = require_schema$2();
	var schema$1 = require_schema$1();
	var binary = require_binary();
	var merge = require_merge();
	var omap = require_omap();
	var pairs = require_pairs();
	var schema$2 = require_schema();
	var set = require_set();
	var timestamp = require_timestamp();
	const schemas = /* @__PURE__ */ new Map([
		["core", schema.schema],
		["failsafe", [
			map.map,
			seq.seq,
			string.string
		]],
		["json", schema$1.schema],
		["yaml11", schema$2.schema],
		["yaml-1.1", schema$2.schema]
	]);
	const tagsByName = {
		binary: binary.binary,
		bool: bool.boolTag,
		float: float.float,
		floatExp: float.floatExp,
		floatNaN: float.floatNaN,
		floatTime: timestamp.floatTime,
		int: int.int,
		intHex: int.intHex,
		intOct: int.intOct,
		intTime: timestamp.intTime,
		map: map.map,
		merge: merge.merge,
		null: _null.nullTag,
		omap: omap.omap,
		pairs: pairs.pairs,
		seq: seq.seq,
		set: set.set,
		timestamp: timestamp.timestamp
	};
	const coreKnownTags = {
		"tag:yaml.org,2002:binary": binary.binary,
		"tag:yaml.org,2002:merge": merge.merge,
		"tag:yaml.org,2002:omap": omap.omap,
		"tag:yaml.org,2002:pairs": pairs.pairs,
		"tag:yaml.org,2002:set": set.set,
		"tag:yaml.org,2002:timestamp": timestamp.timestamp
	};
	function getTags(customTags, schemaName, addMergeTag) {
		const schemaTags = schemas.get(schemaName);
		if (schemaTags && !customTags) return addMergeTag && !schemaTags.includes(merge.merge) ? schemaTags.concat(merge.merge) : schemaTags.slice();
		let tags = schemaTags;
		if (!tags) {
			if (Array.isArray(customTags)) tags = [];
			else {
				const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
				throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
			}
		}
		if (Array.isArray(customTags)) for (const tag of customTags) tags = tags.concat(tag);
		else if (typeof customTags === "function") tags = customTags(tags.slice());
		if (addMergeTag) tags = tags.concat(merge.merge);
		return tags.reduce((tags, tag) => {
			const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
			if (!tagObj) {
				const tagName = JSON.stringify(tag);
				const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
				throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
			}
			if (!tags.includes(tagObj)) tags.push(tagObj);
			return tags;
		}, []);
	}
	exports.coreKnownTags = coreKnownTags;
	exports.getTags = getTags;
}));
// node_modules/yaml/dist/schema/Schema.js
var require_Schema = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var map = require_map();
	var seq = require_seq();
	var string = require_string();
	var tags = require_tags();
	const sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
	exports.Schema = class Schema {
		constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
			this.compat = Array.isArray(compat) ? tags.getTags(compat, "compat") : compat ? tags.getTags(null, compat) : null;
			this.name = typeof schema === "string" && schema || "core";
			this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
			this.tags = tags.getTags(customTags, this.name, merge);
			this.toStringOptions = toStringDefaults ?? null;
			Object.defineProperty(this, identity.MAP, { value: map.map });
			Object.defineProperty(this, identity.SCALAR, { value: string.string });
			Object.defineProperty(this, identity.SEQ, { value: seq.seq });
			this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
		}
		clone() {
			const copy = Object.create(Schema.prototype, Object.getOwnPropertyDescriptors(this));
			copy.tags = this.tags.slice();
			return copy;
		}
	};
}));
// node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var stringify = require_stringify();
	var stringifyComment = require_stringifyComment();
	function stringifyDocument(doc, options) {
		const lines = [];
		let hasDirectives = options.directives === true;
		if (options.directives !== false && doc.directives) {
			const dir = doc.directives.toString(doc);
			if (dir) {
				lines.push(dir);
				hasDirectives = true;
			} else if (doc.directives.docStart) hasDirectives = true;
		}
		if (hasDirectives) lines.push("---");
		const ctx = stringify.createStringifyContext(doc, options);
		const { commentString } = ctx.options;
		if (doc.commentBefore) {
			if (lines.length !== 1) lines.unshift("");
			const cs = commentString(doc.commentBefore);
			lines.unshift(stringifyComment.indentComment(cs, ""));
		}
		let chompKeep = false;
		let contentComment = null;
		if (doc.contents) {
			if (identity.isNode(doc.contents)) {
				if (doc.contents.spaceBefore && hasDirectives) lines.push("");
				if (doc.contents.commentBefore) {
					const cs = commentString(doc.contents.commentBefore);
					lines.push(stringifyComment.indentComment(cs, ""));
				}
				ctx.forceBlockIndent = !!doc.comment;
				contentComment = doc.contents.comment;
			}
			const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
			let body = stringify.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
			if (contentComment) body += stringifyComment.lineComment(body, "", commentString(contentComment));
			if ((body[0] === "|" || body[0] === ">") && lines[lines.length - 1] === "---") lines[lines.length - 1] = `--- ${body}`;
			else lines.push(body);
		} else lines.push(stringify.stringify(doc.contents, ctx));
		if (doc.directives?.docEnd) {
			if (doc.comment) {
				const cs = commentString(doc.comment);
				if (cs.includes("\n")) {
					lines.push("...");
					lines.push(stringifyComment.indentComment(cs, ""));
				} else lines.push(`... ${cs}`);
			} else lines.push("...");
		} else {
			let dc = doc.comment;
			if (dc && chompKeep) dc = dc.replace(/^\n+/, "");
			if (dc) {
				if ((!chompKeep || contentComment) && lines[lines.length - 1] !== "") lines.push("");
				lines.push(stringifyComment.indentComment(commentString(dc), ""));
			}
		}
		return lines.join("\n") + "\n";
	}
	exports.stringifyDocument = stringifyDocument;
}));
// node_modules/yaml/dist/doc/Document.js
var require_Document = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var Collection = require_Collection();
	var identity = require_identity();
	var Pair = require_Pair();
	var toJS = require_toJS();
	var Schema = require_Schema();
	var stringifyDocument = require_stringifyDocument();
	var anchors = require_anchors();
	var applyReviver = require_applyReviver();
	var createNode = require_createNode();
	var directives = require_directives();
	var Document = class Document {
		constructor(value, replacer, options) {
			/** A comment before this Document */
			this.commentBefore = null;
			/** A comment immediately after this Document */
			this.comment = null;
			/** Errors encountered during parsing. */
			this.errors = [];
			/** Warnings encountered during parsing. */
			this.warnings = [];
			Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
			let _replacer = null;
			if (typeof replacer === "function" || Array.isArray(replacer)) _replacer = replacer;
			else if (options === void 0 && replacer) {
				options = replacer;
				replacer = void 0;
			}
			const opt = Object.assign({
				intAsBigInt: false,
				keepSourceTokens: false,
				logLevel: "warn",
				prettyErrors: true,
				strict: true,
				stringKeys: false,
				uniqueKeys: true,
				version: "1.2"
			}, options);
			this.options = opt;
			let { version } = opt;
			if (options?._directives) {
				this.directives = options._directives.atDocument();
				if (this.directives.yaml.explicit) version = this.directives.yaml.version;
			} else this.directives = new directives.Directives({ version });
			this.setSchema(version, options);
			this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
		}
		/**
		* Create a deep copy of this Document and its contents.
		*
		* Custom Node values that inherit from `Object` still refer to their original instances.
		*/
		clone() {
			const copy = Object.create(Document.prototype, { [identity.NODE_TYPE]: { value: identity.DOC } });
			copy.commentBefore = this.commentBefore;
			copy.comment = this.comment;
			copy.errors = this.errors.slice();
			copy.warnings = this.warnings.slice();
			copy.options = Object.assign({}, this.options);
			if (this.directives) copy.directives = this.directives.clone();
			copy.schema = this.schema.clone();
			copy.contents = identity.isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
			if (this.range) copy.range = this.range.slice();
			return copy;
		}
		/** Adds a value to the document. */
		add(value) {
			if (assertCollection(this.contents)) this.contents.add(value);
		}
		/** Adds a value to the document. */
		addIn(path, value) {
			if (assertCollection(this.contents)) this.contents.addIn(path, value);
		}
		/**
		* Create a new `Alias` node, ensuring that the target `node` has the required anchor.
		*
		* If `node` already has an anchor, `name` is ignored.
		* Otherwise, the `node.anchor` value will be set to `name`,
		* or if an anchor with that name is already present in the document,
		* `name` will be used as a prefix for a new unique anchor.
		* If `name` is undefined, the generated anchor will use 'a' as a prefix.
		*/
		createAlias(node, name) {
			if (!node.anchor) {
				const prev = anchors.anchorNames(this);
				node.anchor = !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
			}
			return new Alias.Alias(node.anchor);
		}
		createNode(value, replacer, options) {
			let _replacer = void 0;
			if (typeof replacer === "function") {
				value = replacer.call({ "": value }, "", value);
				_replacer = replacer;
			} else if (Array.isArray(replacer)) {
				const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
				const asStr = replacer.filter(keyToStr).map(String);
				if (asStr.length > 0) replacer = replacer.concat(asStr);
				_replacer = replacer;
			} else if (options === void 0 && replacer) {
				options = replacer;
				replacer = void 0;
			}
			const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
			const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(this, anchorPrefix || "a");
			const ctx = {
				aliasDuplicateObjects: aliasDuplicateObjects ?? true,
				keepUndefined: keepUndefined ?? false,
				onAnchor,
				onTagObj,
				replacer: _replacer,
				schema: this.schema,
				sourceObjects
			};
			const node = createNode.createNode(value, tag, ctx);
			if (flow && identity.isCollection(node)) node.flow = true;
			setAnchors();
			return node;
		}
		/**
		* Convert a key and a value into a `Pair` using the current schema,
		* recursively wrapping all values as `Scalar` or `Collection` nodes.
		*/
		createPair(key, value, options = {}) {
			const k = this.createNode(key, null, options);
			const v = this.createNode(value, null, options);
			return new Pair.Pair(k, v);
		}
		/**
		* Removes a value from the document.
		* @returns `true` if the item was found and removed.
		*/
		delete(key) {
			return assertCollection(this.contents) ? this.contents.delete(key) : false;
		}
		/**
		* Removes a value from the document.
		* @returns `true` if the item was found and removed.
		*/
		deleteIn(path) {
			if (Collection.isEmptyPath(path)) {
				if (this.contents == null) return false;
				this.contents = null;
				return true;
			}
			return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
		}
		/**
		* Returns item at `key`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		get(key, keepScalar) {
			return identity.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
		}
		/**
		* Returns item at `path`, or `undefined` if not found. By default unwraps
		* scalar values from their surrounding node; to disable set `keepScalar` to
		* `true` (collections are always returned intact).
		*/
		getIn(path, keepScalar) {
			if (Collection.isEmptyPath(path)) return !keepScalar && identity.isScalar(this.contents) ? this.contents.value : this.contents;
			return identity.isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
		}
		/**
		* Checks if the document includes a value with the key `key`.
		*/
		has(key) {
			return identity.isCollection(this.contents) ? this.contents.has(key) : false;
		}
		/**
		* Checks if the document includes a value at `path`.
		*/
		hasIn(path) {
			if (Collection.isEmptyPath(path)) return this.contents !== void 0;
			return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
		}
		/**
		* Sets a value in this document. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		set(key, value) {
			if (this.contents == null) this.contents = Collection.collectionFromPath(this.schema, [key], value);
			else if (assertCollection(this.contents)) this.contents.set(key, value);
		}
		/**
		* Sets a value in this document. For `!!set`, `value` needs to be a
		* boolean to add/remove the item from the set.
		*/
		setIn(path, value) {
			if (Collection.isEmptyPath(path)) this.contents = value;
			else if (this.contents == null) this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
			else if (assertCollection(this.contents)) this.contents.setIn(path, value);
		}
		/**
		* Change the YAML version and schema used by the document.
		* A `null` version disables support for directives, explicit tags, anchors, and aliases.
		* It also requires the `schema` option to be given as a `Schema` instance value.
		*
		* Overrides all previously set schema options.
		*/
		setSchema(version, options = {}) {
			if (typeof version === "number") version = String(version);
			let opt;
			switch (version) {
				case "1.1":
					if (this.directives) this.directives.yaml.version = "1.1";
					else this.directives = new directives.Directives({ version: "1.1" });
					opt = {
						resolveKnownTags: false,
						schema: "yaml-1.1"
					};
					break;
				case "1.2":
				case "next":
					if (this.directives) this.directives.yaml.version = version;
					else this.directives = new directives.Directives({ version });
					opt = {
						resolveKnownTags: true,
						schema: "core"
					};
					break;
				case null:
					if (this.directives) delete this.directives;
					opt = null;
					break;
				default: {
					const sv = JSON.stringify(version);
					throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
				}
			}
			if (options.schema instanceof Object) this.schema = options.schema;
			else if (opt) this.schema = new Schema.Schema(Object.assign(opt, options));
			else throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
		}
		toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
			const ctx = {
				anchors: /* @__PURE__ */ new Map(),
				doc: this,
				keep: !json,
				mapAsMap: mapAsMap === true,
				mapKeyWarned: false,
				maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
			};
			const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
			if (typeof onAnchor === "function") for (const { count, res } of ctx.anchors.values()) onAnchor(res, count);
			return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
		}
		/**
		* A JSON representation of the document `contents`.
		*
		* @param jsonArg Used by `JSON.stringify` to indicate the array index or
		*   property name.
		*/
		toJSON(jsonArg, onAnchor) {
			return this.toJS({
				json: true,
				jsonArg,
				mapAsMap: false,
				onAnchor
			});
		}
		/** A YAML representation of the document. */
		toString(options = {}) {
			if (this.errors.length > 0) throw new Error("Document with errors cannot be stringified");
			if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
				const s = JSON.stringify(options.indent);
				throw new Error(`"indent" option must be a positive integer, not ${s}`);
			}
			return stringifyDocument.stringifyDocument(this, options);
		}
	};
	function assertCollection(contents) {
		if (identity.isCollection(contents)) return true;
		throw new Error("Expected a YAML collection as document contents");
	}
	exports.Document = Document;
}));
// node_modules/yaml/dist/errors.js
var require_errors = /* @__PURE__ */ __commonJSMin(((exports) => {
	var YAMLError = class extends Error {
		constructor(name, pos, code, message) {
			super();
			this.name = name;
			this.code = code;
			this.message = message;
			this.pos = pos;
		}
	};
	var YAMLParseError = class extends YAMLError {
		constructor(pos, code, message) {
			super("YAMLParseError", pos, code, message);
		}
	};
	var YAMLWarning = class extends YAMLError {
		constructor(pos, code, message) {
			super("YAMLWarning", pos, code, message);
		}
	};
	const prettifyError = (src, lc) => (error) => {
		if (error.pos[0] === -1) return;
		error.linePos = error.pos.map((pos) => lc.linePos(pos));
		const { line, col } = error.linePos[0];
		error.message += ` at line ${line}, column ${col}`;
		let ci = col - 1;
		let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
		if (ci >= 60 && lineStr.length > 80) {
			const trimStart = Math.min(ci - 39, lineStr.length - 79);
			lineStr = "…" + lineStr.substring(trimStart);
			ci -= trimStart - 1;
		}
		if (lineStr.length > 80) lineStr = lineStr.substring(0, 79) + "…";
		if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
			let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
			if (prev.length > 80) prev = prev.substring(0, 79) + "…\n";
			lineStr = prev + lineStr;
		}
		if (/[^ ]/.test(lineStr)) {
			let count = 1;
			const end = error.linePos[1];
			if (end?.line === line && end.col > col) count = Math.max(1, Math.min(end.col - col, 80 - ci));
			const pointer = " ".repeat(ci) + "^".repeat(count);
			error.message += `:\n\n${lineStr}\n${pointer}\n`;
		}
	};
	exports.YAMLError = YAMLError;
	exports.YAMLParseError = YAMLParseError;
	exports.YAMLWarning = YAMLWarning;
	exports.prettifyError = prettifyError;
}));
// node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = /* @__PURE__ */ __commonJSMin(((exports) => {
	function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
		let spaceBefore = false;
		let atNewline = startOnNewline;
		let hasSpace = startOnNewline;
		let comment = "";
		let commentSep = "";
		let hasNewline = false;
		let reqSpace = false;
		let tab = null;
		let anchor = null;
		let tag = null;
		let newlineAfterProp = null;
		let comma = null;
		let found = null;
		let start = null;
		for (const token of tokens) {
			if (reqSpace) {
				if (token.type !== "space" && token.type !== "newline" && token.type !== "comma") onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
				reqSpace = false;
			}
			if (tab) {
				if (atNewline && token.type !== "comment" && token.type !== "newline") onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
				tab = null;
			}
			switch (token.type) {
				case "space":
					if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) tab = token;
					hasSpace = true;
					break;
				case "comment": {
					if (!hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
					const cb = token.source.substring(1) || " ";
					if (!comment) comment = cb;
					else comment += commentSep + cb;
					commentSep = "";
					atNewline = false;
					break;
				}
				case "newline":
					if (atNewline) {
						if (comment) comment += token.source;
						else if (!found || indicator !== "seq-item-ind") spaceBefore = true;
					} else commentSep += token.source;
					atNewline = true;
					hasNewline = true;
					if (anchor || tag) newlineAfterProp = token;
					hasSpace = true;
					break;
				case "anchor":
					if (anchor) onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
					if (token.source.endsWith(":")) onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
					anchor = token;
					start ?? (start = token.offset);
					atNewline = false;
					hasSpace = false;
					reqSpace = true;
					break;
				case "tag":
					if (tag) onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
					tag = token;
					start ?? (start = token.offset);
					atNewline = false;
					hasSpace = false;
					reqSpace = true;
					break;
				case indicator:
					if (anchor || tag) onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
					if (found) onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
					found = token;
					atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
					hasSpace = false;
					break;
				case "comma": if (flow) {
					if (comma) onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
					comma = token;
					atNewline = false;
					hasSpace = false;
					break;
				}
				default:
					onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
					atNewline = false;
					hasSpace = false;
			}
		}
		const last = tokens[tokens.length - 1];
		const end = last ? last.offset + last.source.length : offset;
		if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
		if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq")) onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
		return {
			comma,
			found,
			spaceBefore,
			comment,
			hasNewline,
			anchor,
			tag,
			newlineAfterProp,
			end,
			start: start ?? end
		};
	}
	exports.resolveProps = resolveProps;
}));
// node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = /* @__PURE__ */ __commonJSMin(((exports) => {
	function containsNewline(key) {
		if (!key) return null;
		switch (key.type) {
			case "alias":
			case "scalar":
			case "double-quoted-scalar":
			case "single-quoted-scalar":
				if (key.source.includes("\n")) return true;
				if (key.end) {
					for (const st of key.end) if (st.type === "newline") return true;
				}
				return false;
			case "flow-collection":
				for (const it of key.items) {
					for (const st of it.start) if (st.type === "newline") return true;
					if (it.sep) {
						for (const st of it.sep) if (st.type === "newline") return true;
					}
					if (containsNewline(it.key) || containsNewline(it.value)) return true;
				}
				return false;
			default: return true;
		}
	}
	exports.containsNewline = containsNewline;
}));
// node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = /* @__PURE__ */ __commonJSMin(((exports) => {
	var utilContainsNewline = require_util_contains_newline();
	function flowIndentCheck(indent, fc, onError) {
		if (fc?.type === "flow-collection") {
			const end = fc.end[0];
			if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) onError(end, "BAD_INDENT", "Flow end indicator should be more indented than parent", true);
		}
	}
	exports.flowIndentCheck = flowIndentCheck;
}));
// node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	function mapIncludes(ctx, items, search) {
		const { uniqueKeys } = ctx.options;
		if (uniqueKeys === false) return false;
		const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity.isScalar(a) && identity.isScalar(b) && a.value === b.value;
		return items.some((pair) => isEqual(pair.key, search));
	}
	exports.mapIncludes = mapIncludes;
}));
// node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var resolveProps = require_resolve_props();
	var utilContainsNewline = require_util_contains_newline();
	var utilFlowIndentCheck = require_util_flow_indent_check();
	var utilMapIncludes = require_util_map_includes();
	const startColMsg = "All mapping items must start at the same column";
	function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
		const map = new ((tag?.nodeClass) ?? YAMLMap.YAMLMap)(ctx.schema);
		if (ctx.atRoot) ctx.atRoot = false;
		let offset = bm.offset;
		let commentEnd = null;
		for (const collItem of bm.items) {
			const { start, key, sep, value } = collItem;
			const keyProps = resolveProps.resolveProps(start, {
				indicator: "explicit-key-ind",
				next: key ?? sep?.[0],
				offset,
				onError,
				parentIndent: bm.indent,
				startOnNewline: true
			});
			const implicitKey = !keyProps.found;
			if (implicitKey) {
				if (key) {
					if (key.type === "block-seq") onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
					else if ("indent" in key && key.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
				}
				if (!keyProps.anchor && !keyProps.tag && !sep) {
					commentEnd = keyProps.end;
					if (keyProps.comment) {
						if (map.comment) map.comment += "\n" + keyProps.comment;
						else map.comment = keyProps.comment;
					}
					continue;
				}
				if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) onError(key ?? start[start.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
			} else if (keyProps.found?.indent !== bm.indent) onError(offset, "BAD_INDENT", startColMsg);
			ctx.atKey = true;
			const keyStart = keyProps.end;
			const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
			if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
			ctx.atKey = false;
			if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
			const valueProps = resolveProps.resolveProps(sep ?? [], {
				indicator: "map-value-ind",
				next: value,
				offset: keyNode.range[2],
				onError,
				parentIndent: bm.indent,
				startOnNewline: !key || key.type === "block-scalar"
			});
			offset = valueProps.end;
			if (valueProps.found) {
				if (implicitKey) {
					if (value?.type === "block-map" && !valueProps.hasNewline) onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
					if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024) onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
				}
				const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
				if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
				offset = valueNode.range[2];
				const pair = new Pair.Pair(keyNode, valueNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				map.items.push(pair);
			} else {
				if (implicitKey) onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
				if (valueProps.comment) {
					if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
					else keyNode.comment = valueProps.comment;
				}
				const pair = new Pair.Pair(keyNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				map.items.push(pair);
			}
		}
		if (commentEnd && commentEnd < offset) onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
		map.range = [
			bm.offset,
			offset,
			commentEnd ?? offset
		];
		return map;
	}
	exports.resolveBlockMap = resolveBlockMap;
}));
// node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = /* @__PURE__ */ __commonJSMin(((exports) => {
	var YAMLSeq = require_YAMLSeq();
	var resolveProps = require_resolve_props();
	var utilFlowIndentCheck = require_util_flow_indent_check();
	function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
		const seq = new ((tag?.nodeClass) ?? YAMLSeq.YAMLSeq)(ctx.schema);
		if (ctx.atRoot) ctx.atRoot = false;
		if (ctx.atKey) ctx.atKey = false;
		let offset = bs.offset;
		let commentEnd = null;
		for (const { start, value } of bs.items) {
			const props = resolveProps.resolveProps(start, {
				indicator: "seq-item-ind",
				next: value,
				offset,
				onError,
				parentIndent: bs.indent,
				startOnNewline: true
			});
			if (!props.found) {
				if (props.anchor || props.tag || value) {
					if (value?.type === "block-seq") onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
					else onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
				} else {
					commentEnd = props.end;
					if (props.comment) seq.comment = props.comment;
					continue;
				}
			}
			const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start, null, props, onError);
			if (ctx.schema.compat) utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
			offset = node.range[2];
			seq.items.push(node);
		}
		seq.range = [
			bs.offset,
			offset,
			commentEnd ?? offset
		];
		return seq;
	}
	exports.resolveBlockSeq = resolveBlockSeq;
}));
// node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = /* @__PURE__ */ __commonJSMin(((exports) => {
	function resolveEnd(end, offset, reqSpace, onError) {
		let comment = "";
		if (end) {
			let hasSpace = false;
			let sep = "";
			for (const token of end) {
				const { source, type } = token;
				switch (type) {
					case "space":
						hasSpace = true;
						break;
					case "comment": {
						if (reqSpace && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
						const cb = source.substring(1) || " ";
						if (!comment) comment = cb;
						else comment += sep + cb;
						sep = "";
						break;
					}
					case "newline":
						if (comment) sep += source;
						hasSpace = true;
						break;
					default: onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
				}
				offset += source.length;
			}
		}
		return {
			comment,
			offset
		};
	}
	exports.resolveEnd = resolveEnd;
}));
// node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Pair = require_Pair();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var resolveEnd = require_resolve_end();
	var resolveProps = require_resolve_props();
	var utilContainsNewline = require_util_contains_newline();
	var utilMapIncludes = require_util_map_includes();
	const blockMsg = "Block collections are not allowed within flow collections";
	const isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
	function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
		const isMap = fc.start.source === "{";
		const fcName = isMap ? "flow map" : "flow sequence";
		const coll = new ((tag?.nodeClass) ?? (isMap ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq))(ctx.schema);
		coll.flow = true;
		const atRoot = ctx.atRoot;
		if (atRoot) ctx.atRoot = false;
		if (ctx.atKey) ctx.atKey = false;
		let offset = fc.offset + fc.start.source.length;
		for (let i = 0; i < fc.items.length; ++i) {
			const collItem = fc.items[i];
			const { start, key, sep, value } = collItem;
			const props = resolveProps.resolveProps(start, {
				flow: fcName,
				indicator: "explicit-key-ind",
				next: key ?? sep?.[0],
				offset,
				onError,
				parentIndent: fc.indent,
				startOnNewline: false
			});
			if (!props.found) {
				if (!props.anchor && !props.tag && !sep && !value) {
					if (i === 0 && props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
					else if (i < fc.items.length - 1) onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
					if (props.comment) {
						if (coll.comment) coll.comment += "\n" + props.comment;
						else coll.comment = props.comment;
					}
					offset = props.end;
					continue;
				}
				if (!isMap && ctx.options.strict && utilContainsNewline.containsNewline(key)) onError(key, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
			}
			if (i === 0) {
				if (props.comma) onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
			} else {
				if (!props.comma) onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
				if (props.comment) {
					let prevItemComment = "";
					loop: for (const st of start) switch (st.type) {
						case "comma":
						case "space": break;
						case "comment":
							prevItemComment = st.source.substring(1);
							break loop;
						default: break loop;
					}
					if (prevItemComment) {
						let prev = coll.items[coll.items.length - 1];
						if (identity.isPair(prev)) prev = prev.value ?? prev.key;
						if (prev.comment) prev.comment += "\n" + prevItemComment;
						else prev.comment = prevItemComment;
						props.comment = props.comment.substring(prevItemComment.length + 1);
					}
				}
			}
			if (!isMap && !sep && !props.found) {
				const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep, null, props, onError);
				coll.items.push(valueNode);
				offset = valueNode.range[2];
				if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
			} else {
				ctx.atKey = true;
				const keyStart = props.end;
				const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start, null, props, onError);
				if (isBlock(key)) onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
				ctx.atKey = false;
				const valueProps = resolveProps.resolveProps(sep ?? [], {
					flow: fcName,
					indicator: "map-value-ind",
					next: value,
					offset: keyNode.range[2],
					onError,
					parentIndent: fc.indent,
					startOnNewline: false
				});
				if (valueProps.found) {
					if (!isMap && !props.found && ctx.options.strict) {
						if (sep) for (const st of sep) {
							if (st === valueProps.found) break;
							if (st.type === "newline") {
								onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
								break;
							}
						}
						if (props.start < valueProps.found.offset - 1024) onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
					}
				} else if (value) {
					if ("source" in value && value.source?.[0] === ":") onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
					else onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
				}
				const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError) : null;
				if (valueNode) {
					if (isBlock(value)) onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
				} else if (valueProps.comment) {
					if (keyNode.comment) keyNode.comment += "\n" + valueProps.comment;
					else keyNode.comment = valueProps.comment;
				}
				const pair = new Pair.Pair(keyNode, valueNode);
				if (ctx.options.keepSourceTokens) pair.srcToken = collItem;
				if (isMap) {
					const map = coll;
					if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode)) onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
					map.items.push(pair);
				} else {
					const map = new YAMLMap.YAMLMap(ctx.schema);
					map.flow = true;
					map.items.push(pair);
					const endRange = (valueNode ?? keyNode).range;
					map.range = [
						keyNode.range[0],
						endRange[1],
						endRange[2]
					];
					coll.items.push(map);
				}
				offset = valueNode ? valueNode.range[2] : valueProps.end;
			}
		}
		const expectedEnd = isMap ? "}" : "]";
		const [ce, ...ee] = fc.end;
		let cePos = offset;
		if (ce?.source === expectedEnd) cePos = ce.offset + ce.source.length;
		else {
			const name = fcName[0].toUpperCase() + fcName.substring(1);
			const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
			onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
			if (ce && ce.source.length !== 1) ee.unshift(ce);
		}
		if (ee.length > 0) {
			const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
			if (end.comment) {
				if (coll.comment) coll.comment += "\n" + end.comment;
				else coll.comment = end.comment;
			}
			coll.range = [
				fc.offset,
				cePos,
				end.offset
			];
		} else coll.range = [
			fc.offset,
			cePos,
			cePos
		];
		return coll;
	}
	exports.resolveFlowCollection = resolveFlowCollection;
}));
// node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	var resolveBlockMap = require_resolve_block_map();
	var resolveBlockSeq = require_resolve_block_seq();
	var resolveFlowCollection = require_resolve_flow_collection();
	function resolveCollection(CN, ctx, token, onError, tagName, tag) {
		const coll = token.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag) : token.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
		const Coll = coll.constructor;
		if (tagName === "!" || tagName === Coll.tagName) {
			coll.tag = Coll.tagName;
			return coll;
		}
		if (tagName) coll.tag = tagName;
		return coll;
	}
	function composeCollection(CN, ctx, token, props, onError) {
		const tagToken = props.tag;
		const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
		if (token.type === "block-seq") {
			const { anchor, newlineAfterProp: nl } = props;
			const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
			if (lastProp && (!nl || nl.offset < lastProp.offset)) onError(lastProp, "MISSING_CHAR", "Missing newline after block sequence props");
		}
		const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
		if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") return resolveCollection(CN, ctx, token, onError, tagName);
		let tag = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
		if (!tag) {
			const kt = ctx.schema.knownTags[tagName];
			if (kt?.collection === expType) {
				ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
				tag = kt;
			} else {
				if (kt) onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
				else onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
				return resolveCollection(CN, ctx, token, onError, tagName);
			}
		}
		const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
		const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
		const node = identity.isNode(res) ? res : new Scalar.Scalar(res);
		node.range = coll.range;
		node.tag = tagName;
		if (tag?.format) node.format = tag.format;
		return node;
	}
	exports.composeCollection = composeCollection;
}));
// node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	function resolveBlockScalar(ctx, scalar, onError) {
		const start = scalar.offset;
		const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
		if (!header) return {
			value: "",
			type: null,
			comment: "",
			range: [
				start,
				start,
				start
			]
		};
		const type = header.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
		const lines = scalar.source ? splitLines(scalar.source) : [];
		let chompStart = lines.length;
		for (let i = lines.length - 1; i >= 0; --i) {
			const content = lines[i][1];
			if (content === "" || content === "\r") chompStart = i;
			else break;
		}
		if (chompStart === 0) {
			const value = header.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
			let end = start + header.length;
			if (scalar.source) end += scalar.source.length;
			return {
				value,
				type,
				comment: header.comment,
				range: [
					start,
					end,
					end
				]
			};
		}
		let trimIndent = scalar.indent + header.indent;
		let offset = scalar.offset + header.length;
		let contentStart = 0;
		for (let i = 0; i < chompStart; ++i) {
			const [indent, content] = lines[i];
			if (content === "" || content === "\r") {
				if (header.indent === 0 && indent.length > trimIndent) trimIndent = indent.length;
			} else {
				if (indent.length < trimIndent) onError(offset + indent.length, "MISSING_CHAR", "Block scalars with more-indented leading empty lines must use an explicit indentation indicator");
				if (header.indent === 0) trimIndent = indent.length;
				contentStart = i;
				if (trimIndent === 0 && !ctx.atRoot) onError(offset, "BAD_INDENT", "Block scalar values in collections must be indented");
				break;
			}
			offset += indent.length + content.length + 1;
		}
		for (let i = lines.length - 1; i >= chompStart; --i) if (lines[i][0].length > trimIndent) chompStart = i + 1;
		let value = "";
		let sep = "";
		let prevMoreIndented = false;
		for (let i = 0; i < contentStart; ++i) value += lines[i][0].slice(trimIndent) + "\n";
		for (let i = contentStart; i < chompStart; ++i) {
			let [indent, content] = lines[i];
			offset += indent.length + content.length + 1;
			const crlf = content[content.length - 1] === "\r";
			if (crlf) content = content.slice(0, -1);
			/* istanbul ignore if already caught in lexer */
			if (content && indent.length < trimIndent) {
				const message = `Block scalar lines must not be less indented than their ${header.indent ? "explicit indentation indicator" : "first line"}`;
				onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
				indent = "";
			}
			if (type === Scalar.Scalar.BLOCK_LITERAL) {
				value += sep + indent.slice(trimIndent) + content;
				sep = "\n";
			} else if (indent.length > trimIndent || content[0] === "	") {
				if (sep === " ") sep = "\n";
				else if (!prevMoreIndented && sep === "\n") sep = "\n\n";
				value += sep + indent.slice(trimIndent) + content;
				sep = "\n";
				prevMoreIndented = true;
			} else if (content === "") {
				if (sep === "\n") value += "\n";
				else sep = "\n";
			} else {
				value += sep + content;
				sep = " ";
				prevMoreIndented = false;
			}
		}
		switch (header.chomp) {
			case "-": break;
			case "+":
				for (let i = chompStart; i < lines.length; ++i) value += "\n" + lines[i][0].slice(trimIndent);
				if (value[value.length - 1] !== "\n") value += "\n";
				break;
			default: value += "\n";
		}
		const end = start + header.length + scalar.source.length;
		return {
			value,
			type,
			comment: header.comment,
			range: [
				start,
				end,
				end
			]
		};
	}
	function parseBlockScalarHeader({ offset, props }, strict, onError) {
		/* istanbul ignore if should not happen */
		if (props[0].type !== "block-scalar-header") {
			onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
			return null;
		}
		const { source } = props[0];
		const mode = source[0];
		let indent = 0;
		let chomp = "";
		let error = -1;
		for (let i = 1; i < source.length; ++i) {
			const ch = source[i];
			if (!chomp && (ch === "-" || ch === "+")) chomp = ch;
			else {
				const n = Number(ch);
				if (!indent && n) indent = n;
				else if (error === -1) error = offset + i;
			}
		}
		if (error !== -1) onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
		let hasSpace = false;
		let comment = "";
		let length = source.length;
		for (let i = 1; i < props.length; ++i) {
			const token = props[i];
			switch (token.type) {
				case "space": hasSpace = true;
				case "newline":
					length += token.source.length;
					break;
				case "comment":
					if (strict && !hasSpace) onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
					length += token.source.length;
					comment = token.source.substring(1);
					break;
				case "error":
					onError(token, "UNEXPECTED_TOKEN", token.message);
					length += token.source.length;
					break;
				/* istanbul ignore next should not happen */
				default: {
					onError(token, "UNEXPECTED_TOKEN", `Unexpected token in block scalar header: ${token.type}`);
					const ts = token.source;
					if (ts && typeof ts === "string") length += ts.length;
				}
			}
		}
		return {
			mode,
			indent,
			chomp,
			comment,
			length
		};
	}
	/** @returns Array of lines split up as `[indent, content]` */
	function splitLines(source) {
		const split = source.split(/\n( *)/);
		const first = split[0];
		const m = first.match(/^( *)/);
		const lines = [m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first]];
		for (let i = 1; i < split.length; i += 2) lines.push([split[i], split[i + 1]]);
		return lines;
	}
	exports.resolveBlockScalar = resolveBlockScalar;
}));
// node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Scalar = require_Scalar();
	var resolveEnd = require_resolve_end();
	function resolveFlowScalar(scalar, strict, onError) {
		const { offset, type, source, end } = scalar;
		let _type;
		let value;
		const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
		switch (type) {
			case "scalar":
				_type = Scalar.Scalar.PLAIN;
				value = plainValue(source, _onError);
				break;
			case "single-quoted-scalar":
				_type = Scalar.Scalar.QUOTE_SINGLE;
				value = singleQuotedValue(source, _onError);
				break;
			case "double-quoted-scalar":
				_type = Scalar.Scalar.QUOTE_DOUBLE;
				value = doubleQuotedValue(source, _onError);
				break;
			/* istanbul ignore next should not happen */
			default:
				onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
				return {
					value: "",
					type: null,
					comment: "",
					range: [
						offset,
						offset + source.length,
						offset + source.length
					]
				};
		}
		const valueEnd = offset + source.length;
		const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
		return {
			value,
			type: _type,
			comment: re.comment,
			range: [
				offset,
				valueEnd,
				re.offset
			]
		};
	}
	function plainValue(source, onError) {
		let badChar = "";
		switch (source[0]) {
			/* istanbul ignore next should not happen */
			case "	":
				badChar = "a tab character";
				break;
			case ",":
				badChar = "flow indicator character ,";
				break;
			case "%":
				badChar = "directive indicator character %";
				break;
			case "|":
			case ">":
				badChar = `block scalar indicator ${source[0]}`;
				break;
			case "@":
			case "`": badChar = `reserved character ${source[0]}`;
		}
		if (badChar) onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
		return unfoldLines(source);
	}
	function singleQuotedValue(source, onError) {
		if (source[source.length - 1] !== "'" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
		return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
	}
	function unfoldLines(source) {
		const line = /(.*?)\r?\n/sy;
		let match = line.exec(source);
		if (!match) return source;
		/**
		* The negative lookbehinds in these RegExps are to
		* prevent causing a polynomial search time in certain cases.
		*
		* The try-catch is for Safari < 16.4 and other old browsers:
		* https://caniuse.com/js-regexp-lookbehind
		*/
		let trimEnd, trimBoth;
		try {
			trimEnd = new RegExp("(?<![ 	])[ 	]+$");
			trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
		} catch {
			trimEnd = /[ \t]+$/;
			trimBoth = /^[ \t]+|[ \t]+$/g;
		}
		let res = match[1].replace(trimEnd, "");
		let sep = " ";
		let pos = line.lastIndex;
		while (match = line.exec(source)) {
			const lm = match[1].replace(trimBoth, "");
			if (lm === "") {
				if (sep === "\n") res += sep;
				else sep = "\n";
			} else {
				res += sep + lm;
				sep = " ";
			}
			pos = line.lastIndex;
		}
		const last = /[ \t]*(.*)/sy;
		last.lastIndex = pos;
		match = last.exec(source);
		return res + sep + (match?.[1] ?? "");
	}
	function doubleQuotedValue(source, onError) {
		let res = "";
		for (let i = 1; i < source.length - 1; ++i) {
			const ch = source[i];
			if (ch === "\r" && source[i + 1] === "\n") continue;
			if (ch === "\n") {
				const { fold, offset } = foldNewline(source, i);
				res += fold;
				i = offset;
			} else if (ch === "\\") {
				let next = source[++i];
				const cc = escapeCodes[next];
				if (cc) res += cc;
				else if (next === "\n") {
					next = source[i + 1];
					while (next === " " || next === "	") next = source[++i + 1];
				} else if (next === "\r" && source[i + 1] === "\n") {
					next = source[++i + 1];
					while (next === " " || next === "	") next = source[++i + 1];
				} else if (next === "x" || next === "u" || next === "U") {
					const length = next === "x" ? 2 : next === "u" ? 4 : 8;
					res += parseCharCode(source, i + 1, length, onError);
					i += length;
				} else {
					const raw = source.substr(i - 1, 2);
					onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
					res += raw;
				}
			} else if (ch === " " || ch === "	") {
				const wsStart = i;
				let next = source[i + 1];
				while (next === " " || next === "	") next = source[++i + 1];
				if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n")) res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
			} else res += ch;
		}
		if (source[source.length - 1] !== "\"" || source.length === 1) onError(source.length, "MISSING_CHAR", "Missing closing \"quote");
		return res;
	}
	/**
	* Fold a single newline into a space, multiple newlines to N - 1 newlines.
	* Presumes `source[offset] === '\n'`
	*/
	function foldNewline(source, offset) {
		let fold = "";
		let ch = source[offset + 1];
		while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
			if (ch === "\r" && source[offset + 2] !== "\n") break;
			if (ch === "\n") fold += "\n";
			offset += 1;
			ch = source[offset + 1];
		}
		if (!fold) fold = " ";
		return {
			fold,
			offset
		};
	}
	const escapeCodes = {
		"0": "\0",
		a: "\x07",
		b: "\b",
		e: "\x1B",
		f: "\f",
		n: "\n",
		r: "\r",
		t: "	",
		v: "\v",
		N: "",
		_: "\xA0",
		L: "\u2028",
		P: "\u2029",
		" ": " ",
		"\"": "\"",
		"/": "/",
		"\\": "\\",
		"	": "	"
	};
	function parseCharCode(source, offset, length, onError) {
		const cc = source.substr(offset, length);
		const code = cc.length === length && /^[0-9a-fA-F]+$/.test(cc) ? parseInt(cc, 16) : NaN;
		try {
			return String.fromCodePoint(code);
		} catch {
			const raw = source.substr(offset - 2, length + 2);
			onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
			return raw;
		}
	}
	exports.resolveFlowScalar = resolveFlowScalar;
}));
// node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var identity = require_identity();
	var Scalar = require_Scalar();
	var resolveBlockScalar = require_resolve_block_scalar();
	var resolveFlowScalar = require_resolve_flow_scalar();
	function composeScalar(ctx, token, tagToken, onError) {
		const { value, type, comment, range } = token.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError) : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
		const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
		let tag;
		if (ctx.options.stringKeys && ctx.atKey) tag = ctx.schema[identity.SCALAR];
		else if (tagName) tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
		else if (token.type === "scalar") tag = findScalarTagByTest(ctx, value, token, onError);
		else tag = ctx.schema[identity.SCALAR];
		let scalar;
		try {
			const res = tag.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
			scalar = identity.isScalar(res) ? res : new Scalar.Scalar(res);
		} catch (error) {
			const msg = error instanceof Error ? error.message : String(error);
			onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
			scalar = new Scalar.Scalar(value);
		}
		scalar.range = range;
		scalar.source = value;
		if (type) scalar.type = type;
		if (tagName) scalar.tag = tagName;
		if (tag.format) scalar.format = tag.format;
		if (comment) scalar.comment = comment;
		return scalar;
	}
	function findScalarTagByName(schema, value, tagName, tagToken, onError) {
		if (tagName === "!") return schema[identity.SCALAR];
		const matchWithTest = [];
		for (const tag of schema.tags) if (!tag.collection && tag.tag === tagName) {
			if (tag.default && tag.test) matchWithTest.push(tag);
			else return tag;
		}
		for (const tag of matchWithTest) if (tag.test?.test(value)) return tag;
		const kt = schema.knownTags[tagName];
		if (kt && !kt.collection) {
			schema.tags.push(Object.assign({}, kt, {
				default: false,
				test: void 0
			}));
			return kt;
		}
		onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
		return schema[identity.SCALAR];
	}
	function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
		const tag = schema.tags.find((tag) => (tag.default === true || atKey && tag.default === "key") && tag.test?.test(value)) || schema[identity.SCALAR];
		if (schema.compat) {
			const compat = schema.compat.find((tag) => tag.default && tag.test?.test(value)) ?? schema[identity.SCALAR];
			if (tag.tag !== compat.tag) onError(token, "TAG_RESOLVE_FAILED", `Value may be parsed as either ${directives.tagString(tag.tag)} or ${directives.tagString(compat.tag)}`, true);
		}
		return tag;
	}
	exports.composeScalar = composeScalar;
}));
// node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = /* @__PURE__ */ __commonJSMin(((exports) => {
	function emptyScalarPosition(offset, before, pos) {
		if (before) {
			pos ?? (pos = before.length);
			for (let i = pos - 1; i >= 0; --i) {
				let st = before[i];
				switch (st.type) {
					case "space":
					case "comment":
					case "newline":
						offset -= st.source.length;
						continue;
				}
				st = before[++i];
				while (st?.type === "space") {
					offset += st.source.length;
					st = before[++i];
				}
				break;
			}
		}
		return offset;
	}
	exports.emptyScalarPosition = emptyScalarPosition;
}));
// node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Alias = require_Alias();
	var identity = require_identity();
	var composeCollection = require_compose_collection();
	var composeScalar = require_compose_scalar();
	var resolveEnd = require_resolve_end();
	var utilEmptyScalarPosition = require_util_empty_scalar_position();
	const CN = {
		composeNode,
		composeEmptyNode
	};
	function composeNode(ctx, token, props, onError) {
		const atKey = ctx.atKey;
		const { spaceBefore, comment, anchor, tag } = props;
		let node;
		let isSrcToken = true;
		switch (token.type) {
			case "alias":
				node = composeAlias(ctx, token, onError);
				if (anchor || tag) onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
				break;
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar":
			case "block-scalar":
				node = composeScalar.composeScalar(ctx, token, tag, onError);
				if (anchor) node.anchor = anchor.source.substring(1);
				break;
			case "block-map":
			case "block-seq":
			case "flow-collection":
				try {
					node = composeCollection.composeCollection(CN, ctx, token, props, onError);
					if (anchor) node.anchor = anchor.source.substring(1);
				} catch (error) {
					onError(token, "RESOURCE_EXHAUSTION", error instanceof Error ? error.message : String(error));
				}
				break;
			default:
				onError(token, "UNEXPECTED_TOKEN", token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`);
				isSrcToken = false;
		}
		node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
		if (anchor && node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
		if (atKey && ctx.options.stringKeys && (!identity.isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) onError(tag ?? token, "NON_STRING_KEY", "With stringKeys, all keys must be strings");
		if (spaceBefore) node.spaceBefore = true;
		if (comment) {
			if (token.type === "scalar" && token.source === "") node.comment = comment;
			else node.commentBefore = comment;
		}
		if (ctx.options.keepSourceTokens && isSrcToken) node.srcToken = token;
		return node;
	}
	function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
		const token = {
			type: "scalar",
			offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
			indent: -1,
			source: ""
		};
		const node = composeScalar.composeScalar(ctx, token, tag, onError);
		if (anchor) {
			node.anchor = anchor.source.substring(1);
			if (node.anchor === "") onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
		}
		if (spaceBefore) node.spaceBefore = true;
		if (comment) {
			node.comment = comment;
			node.range[2] = end;
		}
		return node;
	}
	function composeAlias({ options }, { offset, source, end }, onError) {
		const alias = new Alias.Alias(source.substring(1));
		if (alias.source === "") onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
		if (alias.source.endsWith(":")) onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
		const valueEnd = offset + source.length;
		const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
		alias.range = [
			offset,
			valueEnd,
			re.offset
		];
		if (re.comment) alias.comment = re.comment;
		return alias;
	}
	exports.composeEmptyNode = composeEmptyNode;
	exports.composeNode = composeNode;
}));
// node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = /* @__PURE__ */ __commonJSMin(((exports) => {
	var Document = require_Document();
	var composeNode = require_compose_node();
	var resolveEnd = require_resolve_end();
	var resolveProps = require_resolve_props();
	function composeDoc(options, directives, { offset, start, value, end }, onError) {
		const opts = Object.assign({ _directives: directives }, options);
		const doc = new Document.Document(void 0, opts);
		const ctx = {
			atKey: false,
			atRoot: true,
			directives: doc.directives,
			options: doc.options,
			schema: doc.schema
		};
		const props = resolveProps.resolveProps(start, {
			indicator: "doc-start",
			next: value ?? end?.[0],
			offset,
			onError,
			parentIndent: 0,
			startOnNewline: true
		});
		if (props.found) {
			doc.directives.docStart = true;
			if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline) onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
		}
		doc.contents = value ? composeNode.composeNode(ctx, value, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
		const contentEnd = doc.contents.range[2];
		const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
		if (re.comment) doc.comment = re.comment;
		doc.range = [
			offset,
			contentEnd,
			re.offset
		];
		return doc;
	}
	exports.composeDoc = composeDoc;
}));
// node_modules/yaml/dist/compose/composer.js
var require_composer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	var directives = require_directives();
	var Document = require_Document();
	var errors = require_errors();
	var identity = require_identity();
	var composeDoc = require_compose_doc();
	var resolveEnd = require_resolve_end();
	function getErrorPos(src) {
		if (typeof src === "number") return [src, src + 1];
		if (Array.isArray(src)) return src.length === 2 ? src : [src[0], src[1]];
		const { offset, source } = src;
		return [offset, offset + (typeof source === "string" ? source.length : 1)];
	}
	function parsePrelude(prelude) {
		let comment = "";
		let atComment = false;
		let afterEmptyLine = false;
		for (let i = 0; i < prelude.length; ++i) {
			const source = prelude[i];
			switch (source[0]) {
				case "#":
					comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
					atComment = true;
					afterEmptyLine = false;
					break;
				case "%":
					if (prelude[i + 1]?.[0] !== "#") i += 1;
					atComment = false;
					break;
				default:
					if (!atComment) afterEmptyLine = true;
					atComment = false;
			}
		}
		return {
			comment,
			afterEmptyLine
		};
	}
	/**
	* Compose a stream of CST nodes into a stream of YAML Documents.
	*
	* ```ts
	* import { Composer, Parser } from 'yaml'
	*
	* const src: string = ...
	* const tokens = new Parser().parse(src)
	* const docs = new Composer().compose(tokens)
	* ```
	*/
	var Composer = class {
		constructor(options = {}) {
			this.doc = null;
			this.atDirectives = false;
			this.prelude = [];
			this.errors = [];
			this.warnings = [];
			this.onError = (source, code, message, warning) => {
				const pos = getErrorPos(source);
				if (warning) this.warnings.push(new errors.YAMLWarning(pos, code, message));
				else this.errors.push(new errors.YAMLParseError(pos, code, message));
			};
			this.directives = new directives.Directives({ version: options.version || "1.2" });
			this.options = options;
		}
		decorate(doc, afterDoc) {
			const { comment, afterEmptyLine } = parsePrelude(this.prelude);
			if (comment) {
				const dc = doc.contents;
				if (afterDoc) doc.comment = doc.comment ? `${doc.comment}\n${comment}` : comment;
				else if (afterEmptyLine || doc.directives.docStart || !dc) doc.commentBefore = comment;
				else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
					let it = dc.items[0];
					if (identity.isPair(it)) it = it.key;
					const cb = it.commentBefore;
					it.commentBefore = cb ? `${comment}\n${cb}` : comment;
				} else {
					const cb = dc.commentBefore;
					dc.commentBefore = cb ? `${comment}\n${cb}` : comment;
				}
			}
			if (afterDoc) {
				for (let i = 0; i < this.errors.length; ++i) doc.errors.push(this.errors[i]);
				for (let i = 0; i < this.warnings.length; ++i) doc.warnings.push(this.warnings[i]);
			} else {
				doc.errors = this.errors;
				doc.warnings = this.warnings;
			}
			this.prelude = [];
			this.errors = [];
			this.warnings = [];
		}
		/**
		* Current stream status information.
		*
		* Mostly useful at the end of input for an empty stream.
		*/
		streamInfo() {
			return {
				comment: parsePrelude(this.prelude).comment,
				directives: this.directives,
				errors: this.errors,
				warnings: this.warnings
			};
		}
		/**
		* Compose tokens into documents.
		*
		* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
		* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
		*/
		*compose(tokens, forceDoc = false, endOffset = -1) {
			for (const token of tokens) yield* this.next(token);
			yield* this.end(forceDoc, endOffset);
		}
		/** Advance the composer by one CST token. */
		*next(token) {
			if (node_process.env.LOG_STREAM) console.dir(token, { depth: null });
			switch (token.type) {
				case "directive":
					this.directives.add(token.source, (offset, message, warning) => {
						const pos = getErrorPos(token);
						pos[0] += offset;
						this.onError(pos, "BAD_DIRECTIVE", message, warning);
					});
					this.prelude.push(token.source);
					this.atDirectives = true;
					break;
				case "document": {
					const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
					if (this.atDirectives && !doc.directives.docStart) this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
					this.decorate(doc, false);
					if (this.doc) yield this.doc;
					this.doc = doc;
					this.atDirectives = false;
					break;
				}
				case "byte-order-mark":
				case "space": break;
				case "comment":
				case "newline":
					this.prelude.push(token.source);
					break;
				case "error": {
					const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
					const error = new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
					if (this.atDirectives || !this.doc) this.errors.push(error);
					else this.doc.errors.push(error);
					break;
				}
				case "doc-end": {
					if (!this.doc) {
						this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", "Unexpected doc-end without preceding document"));
						break;
					}
					this.doc.directives.docEnd = true;
					const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
					this.decorate(this.doc, true);
					if (end.comment) {
						const dc = this.doc.comment;
						this.doc.comment = dc ? `${dc}\n${end.comment}` : end.comment;
					}
					this.doc.range[2] = end.offset;
					break;
				}
				default: this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
			}
		}
		/**
		* Call at end of input to yield any remaining document.
		*
		* @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
		* @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
		*/
		*end(forceDoc = false, endOffset = -1) {
			if (this.doc) {
				this.decorate(this.doc, true);
				yield this.doc;
				this.doc = null;
			} else if (forceDoc) {
				const opts = Object.assign({ _directives: this.directives }, this.options);
				const doc = new Document.Document(void 0, opts);
				if (this.atDirectives) this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
				doc.range = [
					0,
					endOffset,
					endOffset
				];
				this.decorate(doc, false);
				yield doc;
			}
		}
	};
	exports.Composer = Composer;
}));
// node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = /* @__PURE__ */ __commonJSMin(((exports) => {
	var resolveBlockScalar = require_resolve_block_scalar();
	var resolveFlowScalar = require_resolve_flow_scalar();
	var errors = require_errors();
	var stringifyString = require_stringifyString();
	function resolveAsScalar(token, strict = true, onError) {
		if (token) {
			const _onError = (pos, code, message) => {
				const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
				if (onError) onError(offset, code, message);
				else throw new errors.YAMLParseError([offset, offset + 1], code, message);
			};
			switch (token.type) {
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
				case "block-scalar": return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
			}
		}
		return null;
	}
	/**
	* Create a new scalar token with `value`
	*
	* Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
	* as this function does not support any schema operations and won't check for such conflicts.
	*
	* @param value The string representation of the value, which will have its content properly indented.
	* @param context.end Comments and whitespace after the end of the value, or after the block scalar header. If undefined, a newline will be added.
	* @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
	* @param context.indent The indent level of the token.
	* @param context.inFlow Is this scalar within a flow collection? This may affect the resolved type of the token's value.
	* @param context.offset The offset position of the token.
	* @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
	*/
	function createScalarToken(value, context) {
		const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
		const source = stringifyString.stringifyString({
			type,
			value
		}, {
			implicitKey,
			indent: indent > 0 ? " ".repeat(indent) : "",
			inFlow,
			options: {
				blockQuote: true,
				lineWidth: -1
			}
		});
		const end = context.end ?? [{
			type: "newline",
			offset: -1,
			indent,
			source: "\n"
		}];
		switch (source[0]) {
			case "|":
			case ">": {
				const he = source.indexOf("\n");
				const head = source.substring(0, he);
				const body = source.substring(he + 1) + "\n";
				const props = [{
					type: "block-scalar-header",
					offset,
					indent,
					source: head
				}];
				if (!addEndtoBlockProps(props, end)) props.push({
					type: "newline",
					offset: -1,
					indent,
					source: "\n"
				});
				return {
					type: "block-scalar",
					offset,
					indent,
					props,
					source: body
				};
			}
			case "\"": return {
				type: "double-quoted-scalar",
				offset,
				indent,
				source,
				end
			};
			case "'": return {
				type: "single-quoted-scalar",
				offset,
				indent,
				source,
				end
			};
			default: return {
				type: "scalar",
				offset,
				indent,
				source,
				end
			};
		}
	}
	/**
	* Set the value of `token` to the given string `value`, overwriting any previous contents and type that it may have.
	*
	* Best efforts are made to retain any comments previously associated with the `token`,
	* though all contents within a collection's `items` will be overwritten.
	*
	* Values that represent an actual string but may be parsed as a different type should use a `type` other than `'PLAIN'`,
	* as this function does not support any schema operations and won't check for such conflicts.
	*
	* @param token Any token. If it does not include an `indent` value, the value will be stringified as if it were an implicit key.
	* @param value The string representation of the value, which will have its content properly indented.
	* @param context.afterKey In most cases, values after a key should have an additional level of indentation.
	* @param context.implicitKey Being within an implicit key may affect the resolved type of the token's value.
	* @param context.inFlow Being within a flow collection may affect the resolved type of the token's value.
	* @param context.type The preferred type of the scalar token. If undefined, the previous type of the `token` will be used, defaulting to `'PLAIN'`.
	*/
	function setScalarValue(token, value, context = {}) {
		let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
		let indent = "indent" in token ? token.indent : null;
		if (afterKey && typeof indent === "number") indent += 2;
		if (!type) switch (token.type) {
			case "single-quoted-scalar":
				type = "QUOTE_SINGLE";
				break;
			case "double-quoted-scalar":
				type = "QUOTE_DOUBLE";
				break;
			case "block-scalar": {
				const header = token.props[0];
				if (header.type !== "block-scalar-header") throw new Error("Invalid block scalar header");
				type = header.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
				break;
			}
			default: type = "PLAIN";
		}
		const source = stringifyString.stringifyString({
			type,
			value
		}, {
			implicitKey: implicitKey || indent === null,
			indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
			inFlow,
			options: {
				blockQuote: true,
				lineWidth: -1
			}
		});
		switch (source[0]) {
			case "|":
			case ">":
				setBlockScalarValue(token, source);
				break;
			case "\"":
				setFlowScalarValue(token, source, "double-quoted-scalar");
				break;
			case "'":
				setFlowScalarValue(token, source, "single-quoted-scalar");
				break;
			default: setFlowScalarValue(token, source, "scalar");
		}
	}
	function setBlockScalarValue(token, source) {
		const he = source.indexOf("\n");
		const head = source.substring(0, he);
		const body = source.substring(he + 1) + "\n";
		if (token.type === "block-scalar") {
			const header = token.props[0];
			if (header.type !== "block-scalar-header") throw new Error("Invalid block scalar header");
			header.source = head;
			token.source = body;
		} else {
			const { offset } = token;
			const indent = "indent" in token ? token.indent : -1;
			const props = [{
				type: "block-scalar-header",
				offset,
				indent,
				source: head
			}];
			if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0)) props.push({
				type: "newline",
				offset: -1,
				indent,
				source: "\n"
			});
			for (const key of Object.keys(token)) if (key !== "type" && key !== "offset") delete token[key];
			Object.assign(token, {
				type: "block-scalar",
				indent,
				props,
				source: body
			});
		}
	}
	/** @returns `true` if last token is a newline */
	function addEndtoBlockProps(props, end) {
		if (end) for (const st of end) switch (st.type) {
			case "space":
			case "comment":
				props.push(st);
				break;
			case "newline":
				props.push(st);
				return true;
		}
		return false;
	}
	function setFlowScalarValue(token, source, type) {
		switch (token.type) {
			case "scalar":
			case "double-quoted-scalar":
			case "single-quoted-scalar":
				token.type = type;
				token.source = source;
				break;
			case "block-scalar": {
				const end = token.props.slice(1);
				let oa = source.length;
				if (token.props[0].type === "block-scalar-header") oa -= token.props[0].source.length;
				for (const tok of end) tok.offset += oa;
				delete token.props;
				Object.assign(token, {
					type,
					source,
					end
				});
				break;
			}
			case "block-map":
			case "block-seq": {
				const nl = {
					type: "newline",
					offset: token.offset + source.length,
					indent: token.indent,
					source: "\n"
				};
				delete token.items;
				Object.assign(token, {
					type,
					source,
					end: [nl]
				});
				break;
			}
			default: {
				const indent = "indent" in token ? token.indent : -1;
				const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
				for (const key of Object.keys(token)) if (key !== "type" && key !== "offset") delete token[key];
				Object.assign(token, {
					type,
					indent,
					source,
					end
				});
			}
		}
	}
	exports.createScalarToken = createScalarToken;
	exports.resolveAsScalar = resolveAsScalar;
	exports.setScalarValue = setScalarValue;
}));
// node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Stringify a CST document, token, or collection item
	*
	* Fair warning: This applies no validation whatsoever, and
	* simply concatenates the sources in their logical order.
	*/
	const stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
	function stringifyToken(token) {
		switch (token.type) {
			case "block-scalar": {
				let res = "";
				for (const tok of token.props) res += stringifyToken(tok);
				return res + token.source;
			}
			case "block-map":
			case "block-seq": {
				let res = "";
				for (const item of token.items) res += stringifyItem(item);
				return res;
			}
			case "flow-collection": {
				let res = token.start.source;
				for (const item of token.items) res += stringifyItem(item);
				for (const st of token.end) res += st.source;
				return res;
			}
			case "document": {
				let res = stringifyItem(token);
				if (token.end) for (const st of token.end) res += st.source;
				return res;
			}
			default: {
				let res = token.source;
				if ("end" in token && token.end) for (const st of token.end) res += st.source;
				return res;
			}
		}
	}
	function stringifyItem({ start, key, sep, value }) {
		let res = "";
		for (const st of start) res += st.source;
		if (key) res += stringifyToken(key);
		if (sep) for (const st of sep) res += st.source;
		if (value) res += stringifyToken(value);
		return res;
	}
	exports.stringify = stringify;
}));
// node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = /* @__PURE__ */ __commonJSMin(((exports) => {
	const BREAK = Symbol("break visit");
	const SKIP = Symbol("skip children");
	const REMOVE = Symbol("remove item");
	/**
	* Apply a visitor to a CST document or item.
	*
	* Walks through the tree (depth-first) starting from the root, calling a
	* `visitor` function with two arguments when entering each item:
	*   - `item`: The current item, which included the following members:
	*     - `start: SourceToken[]` – Source tokens before the key or value,
	*       possibly including its anchor or tag.
	*     - `key?: Token | null` – Set for pair values. May then be `null`, if
	*       the key before the `:` separator is empty.
	*     - `sep?: SourceToken[]` – Source tokens between the key and the value,
	*       which should include the `:` map value indicator if `value` is set.
	*     - `value?: Token` – The value of a sequence item, or of a map pair.
	*   - `path`: The steps from the root to the current node, as an array of
	*     `['key' | 'value', number]` tuples.
	*
	* The return value of the visitor may be used to control the traversal:
	*   - `undefined` (default): Do nothing and continue
	*   - `visit.SKIP`: Do not visit the children of this token, continue with
	*      next sibling
	*   - `visit.BREAK`: Terminate traversal completely
	*   - `visit.REMOVE`: Remove the current item, then continue with the next one
	*   - `number`: Set the index of the next step. This is useful especially if
	*     the index of the current token has changed.
	*   - `function`: Define the next visitor for this item. After the original
	*     visitor is called on item entry, next visitors are called after handling
	*     a non-empty `key` and when exiting the item.
	*/
	function visit(cst, visitor) {
		if ("type" in cst && cst.type === "document") cst = {
			start: cst.start,
			value: cst.value
		};
		_visit(Object.freeze([]), cst, visitor);
	}
	/** Terminate visit traversal completely */
	visit.BREAK = BREAK;
	/** Do not visit the children of the current item */
	visit.SKIP = SKIP;
	/** Remove the current item */
	visit.REMOVE = REMOVE;
	/** Find the item at `path` from `cst` as the root */
	visit.itemAtPath = (cst, path) => {
		let item = cst;
		for (const [field, index] of path) {
			const tok = item?.[field];
			if (tok && "items" in tok) item = tok.items[index];
			else return void 0;
		}
		return item;
	};
	/**
	* Get the immediate parent collection of the item at `path` from `cst` as the root.
	*
	* Throws an error if the collection is not found, which should never happen if the item itself exists.
	*/
	visit.parentCollection = (cst, path) => {
		const parent = visit.itemAtPath(cst, path.slice(0, -1));
		const field = path[path.length - 1][0];
		const coll = parent?.[field];
		if (coll && "items" in coll) return coll;
		throw new Error("Parent collection not found");
	};
	function _visit(path, item, visitor) {
		let ctrl = visitor(item, path);
		if (typeof ctrl === "symbol") return ctrl;
		for (const field of ["key", "value"]) {
			const token = item[field];
			if (token && "items" in token) {
				for (let i = 0; i < token.items.length; ++i) {
					const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
					if (typeof ci === "number") i = ci - 1;
					else if (ci === BREAK) return BREAK;
					else if (ci === REMOVE) {
						token.items.splice(i, 1);
						i -= 1;
					}
				}
				if (typeof ctrl === "function" && field === "key") ctrl = ctrl(item, path);
			}
		}
		return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
	}
	exports.visit = visit;
}));
// node_modules/yaml/dist/parse/cst.js
var require_cst = /* @__PURE__ */ __commonJSMin(((exports) => {
	var cstScalar = require_cst_scalar();
	var cstStringify = require_cst_stringify();
	var cstVisit = require_cst_visit();
	/** The byte order mark */
	const BOM = "﻿";
	/** Start of doc-mode */
	const DOCUMENT = "";
	/** Unexpected end of flow-mode */
	const FLOW_END = "";
	/** Next token is a scalar value */
	const SCALAR = "";
	/** @returns `true` if `token` is a flow or block collection */
	const isCollection = (token) => !!token && "items" in token;
	/** @returns `true` if `token` is a flow or block scalar; not an alias */
	const isScalar = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
	/* istanbul ignore next */
	/** Get a printable representation of a lexer token */
	function prettyToken(token) {
		switch (token) {
			case BOM: return "<BOM>";
			case DOCUMENT: return "<DOC>";
			case FLOW_END: return "<FLOW_END>";
			case SCALAR: return "<SCALAR>";
			default: return JSON.stringify(token);
		}
	}
	/** Identify the type of a lexer token. May return `null` for unknown tokens. */
	function tokenType(source) {
		switch (source) {
			case BOM: return "byte-order-mark";
			case DOCUMENT: return "doc-mode";
			case FLOW_END: return "flow-error-end";
			case SCALAR: return "scalar";
			case "---": return "doc-start";
			case "...": return "doc-end";
			case "":
			case "\n":
			case "\r\n": return "newline";
			case "-": return "seq-item-ind";
			case "?": return "explicit-key-ind";
			case ":": return "map-value-ind";
			case "{": return "flow-map-start";
			case "}": return "flow-map-end";
			case "[": return "flow-seq-start";
			case "]": return "flow-seq-end";
			case ",": return "comma";
		}
		switch (source[0]) {
			case " ":
			case "	": return "space";
			case "#": return "comment";
			case "%": return "directive-line";
			case "*": return "alias";
			case "&": return "anchor";
			case "!": return "tag";
			case "'": return "single-quoted-scalar";
			case "\"": return "double-quoted-scalar";
			case "|":
			case ">": return "block-scalar-header";
		}
		return null;
	}
	exports.createScalarToken = cstScalar.createScalarToken;
	exports.resolveAsScalar = cstScalar.resolveAsScalar;
	exports.setScalarValue = cstScalar.setScalarValue;
	exports.stringify = cstStringify.stringify;
	exports.visit = cstVisit.visit;
	exports.BOM = BOM;
	exports.DOCUMENT = DOCUMENT;
	exports.FLOW_END = FLOW_END;
	exports.SCALAR = SCALAR;
	exports.isCollection = isCollection;
	exports.isScalar = isScalar;
	exports.prettyToken = prettyToken;
	exports.tokenType = tokenType;
}));
// node_modules/yaml/dist/parse/lexer.js
var require_lexer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var cst = require_cst();
	function isEmpty(ch) {
		switch (ch) {
			case void 0:
			case " ":
			case "\n":
			case "\r":
			case "	": return true;
			default: return false;
		}
	}
	const hexDigits = /* @__PURE__ */ new Set("0123456789ABCDEFabcdef");
	const tagChars = /* @__PURE__ */ new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
	const flowIndicatorChars = /* @__PURE__ */ new Set(",[]{}");
	const invalidAnchorChars = /* @__PURE__ */ new Set(" ,[]{}\n\r	");
	const isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
	/**
	* Splits an input string into lexical tokens, i.e. smaller strings that are
	* easily identifiable by `tokens.tokenType()`.
	*
	* Lexing starts always in a "stream" context. Incomplete input may be buffered
	* until a complete token can be emitted.
	*
	* In addition to slices of the original input, the following control characters
	* may also be emitted:
	*
	* - `\x02` (Start of Text): A document starts with the next token
	* - `\x18` (Cancel): Unexpected end of flow-mode (indicates an error)
	* - `\x1f` (Unit Separator): Next token is a scalar value
	* - `\u{FEFF}` (Byte order mark): Emitted separately outside documents
	*/
	var Lexer = class {
		constructor() {
			/**
			* Flag indicating whether the end of the current buffer marks the end of
			* all input
			*/
			this.atEnd = false;
			/**
			* Explicit indent set in block scalar header, as an offset from the current
			* minimum indent, so e.g. set to 1 from a header `|2+`. Set to -1 if not
			* explicitly set.
			*/
			this.blockScalarIndent = -1;
			/**
			* Block scalars that include a + (keep) chomping indicator in their header
			* include trailing empty lines, which are otherwise excluded from the
			* scalar's contents.
			*/
			this.blockScalarKeep = false;
			/** Current input */
			this.buffer = "";
			/**
			* Flag noting whether the map value indicator : can immediately follow this
			* node within a flow context.
			*/
			this.flowKey = false;
			/** Count of surrounding flow collection levels. */
			this.flowLevel = 0;
			/**
			* Minimum level of indentation required for next lines to be parsed as a
			* part of the current scalar value.
			*/
			this.indentNext = 0;
			/** Indentation level of the current line. */
			this.indentValue = 0;
			/** Position of the next \n character. */
			this.lineEndPos = null;
			/** Stores the state of the lexer if reaching the end of incpomplete input */
			this.next = null;
			/** A pointer to `buffer`; the current position of the lexer. */
			this.pos = 0;
		}
		/**
		* Generate YAML tokens from the `source` string. If `incomplete`,
		* a part of the last line may be left as a buffer for the next call.
		*
		* @returns A generator of lexical tokens
		*/
		*lex(source, incomplete = false) {
			if (source) {
				if (typeof source !== "string") throw TypeError("source is not a string");
				this.buffer = this.buffer ? this.buffer + source : source;
				this.lineEndPos = null;
			}
			this.atEnd = !incomplete;
			let next = this.next ?? "stream";
			while (next && (incomplete || this.hasChars(1))) next = yield* this.parseNext(next);
		}
		atLineEnd() {
			let i = this.pos;
			let ch = this.buffer[i];
			while (ch === " " || ch === "	") ch = this.buffer[++i];
			if (!ch || ch === "#" || ch === "\n") return true;
			if (ch === "\r") return this.buffer[i + 1] === "\n";
			return false;
		}
		charAt(n) {
			return this.buffer[this.pos + n];
		}
		continueScalar(offset) {
			let ch = this.buffer[offset];
			if (this.indentNext > 0) {
				let indent = 0;
				while (ch === " ") ch = this.buffer[++indent + offset];
				if (ch === "\r") {
					const next = this.buffer[indent + offset + 1];
					if (next === "\n" || !next && !this.atEnd) return offset + indent + 1;
				}
				return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
			}
			if (ch === "-" || ch === ".") {
				const dt = this.buffer.substr(offset, 3);
				if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3])) return -1;
			}
			return offset;
		}
		getLine() {
			let end = this.lineEndPos;
			if (typeof end !== "number" || end !== -1 && end < this.pos) {
				end = this.buffer.indexOf("\n", this.pos);
				this.lineEndPos = end;
			}
			if (end === -1) return this.atEnd ? this.buffer.substring(this.pos) : null;
			if (this.buffer[end - 1] === "\r") end -= 1;
			return this.buffer.substring(this.pos, end);
		}
		hasChars(n) {
			return this.pos + n <= this.buffer.length;
		}
		setNext(state) {
			this.buffer = this.buffer.substring(this.pos);
			this.pos = 0;
			this.lineEndPos = null;
			this.next = state;
			return null;
		}
		peek(n) {
			return this.buffer.substr(this.pos, n);
		}
		*parseNext(next) {
			switch (next) {
				case "stream": return yield* this.parseStream();
				case "line-start": return yield* this.parseLineStart();
				case "block-start": return yield* this.parseBlockStart();
				case "doc": return yield* this.parseDocument();
				case "flow": return yield* this.parseFlowCollection();
				case "quoted-scalar": return yield* this.parseQuotedScalar();
				case "block-scalar": return yield* this.parseBlockScalar();
				case "plain-scalar": return yield* this.parsePlainScalar();
			}
		}
		*parseStream() {
			let line = this.getLine();
			if (line === null) return this.setNext("stream");
			if (line[0] === cst.BOM) {
				yield* this.pushCount(1);
				line = line.substring(1);
			}
			if (line[0] === "%") {
				let dirEnd = line.length;
				let cs = line.indexOf("#");
				while (cs !== -1) {
					const ch = line[cs - 1];
					if (ch === " " || ch === "	") {
						dirEnd = cs - 1;
						break;
					} else cs = line.indexOf("#", cs + 1);
				}
				while (true) {
					const ch = line[dirEnd - 1];
					if (ch === " " || ch === "	") dirEnd -= 1;
					else break;
				}
				const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
				yield* this.pushCount(line.length - n);
				this.pushNewline();
				return "stream";
			}
			if (this.atLineEnd()) {
				const sp = yield* this.pushSpaces(true);
				yield* this.pushCount(line.length - sp);
				yield* this.pushNewline();
				return "stream";
			}
			yield cst.DOCUMENT;
			return yield* this.parseLineStart();
		}
		*parseLineStart() {
			const ch = this.charAt(0);
			if (!ch && !this.atEnd) return this.setNext("line-start");
			if (ch === "-" || ch === ".") {
				if (!this.atEnd && !this.hasChars(4)) return this.setNext("line-start");
				const s = this.peek(3);
				if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
					yield* this.pushCount(3);
					this.indentValue = 0;
					this.indentNext = 0;
					return s === "---" ? "doc" : "stream";
				}
			}
			this.indentValue = yield* this.pushSpaces(false);
			if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1))) this.indentNext = this.indentValue;
			return yield* this.parseBlockStart();
		}
		*parseBlockStart() {
			const [ch0, ch1] = this.peek(2);
			if (!ch1 && !this.atEnd) return this.setNext("block-start");
			if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
				const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
				this.indentNext = this.indentValue + 1;
				this.indentValue += n;
				return "block-start";
			}
			return "doc";
		}
		*parseDocument() {
			yield* this.pushSpaces(true);
			const line = this.getLine();
			if (line === null) return this.setNext("doc");
			let n = yield* this.pushIndicators();
			switch (line[n]) {
				case "#": yield* this.pushCount(line.length - n);
				case void 0:
					yield* this.pushNewline();
					return yield* this.parseLineStart();
				case "{":
				case "[":
					yield* this.pushCount(1);
					this.flowKey = false;
					this.flowLevel = 1;
					return "flow";
				case "}":
				case "]":
					yield* this.pushCount(1);
					return "doc";
				case "*":
					yield* this.pushUntil(isNotAnchorChar);
					return "doc";
				case "\"":
				case "'": return yield* this.parseQuotedScalar();
				case "|":
				case ">":
					n += yield* this.parseBlockScalarHeader();
					n += yield* this.pushSpaces(true);
					yield* this.pushCount(line.length - n);
					yield* this.pushNewline();
					return yield* this.parseBlockScalar();
				default: return yield* this.parsePlainScalar();
			}
		}
		*parseFlowCollection() {
			let nl, sp;
			let indent = -1;
			do {
				nl = yield* this.pushNewline();
				if (nl > 0) {
					sp = yield* this.pushSpaces(false);
					this.indentValue = indent = sp;
				} else sp = 0;
				sp += yield* this.pushSpaces(true);
			} while (nl + sp > 0);
			const line = this.getLine();
			if (line === null) return this.setNext("flow");
			if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
				if (!(indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}"))) {
					this.flowLevel = 0;
					yield cst.FLOW_END;
					return yield* this.parseLineStart();
				}
			}
			let n = 0;
			while (line[n] === ",") {
				n += yield* this.pushCount(1);
				n += yield* this.pushSpaces(true);
				this.flowKey = false;
			}
			n += yield* this.pushIndicators();
			switch (line[n]) {
				case void 0: return "flow";
				case "#":
					yield* this.pushCount(line.length - n);
					return "flow";
				case "{":
				case "[":
					yield* this.pushCount(1);
					this.flowKey = false;
					this.flowLevel += 1;
					return "flow";
				case "}":
				case "]":
					yield* this.pushCount(1);
					this.flowKey = true;
					this.flowLevel -= 1;
					return this.flowLevel ? "flow" : "doc";
				case "*":
					yield* this.pushUntil(isNotAnchorChar);
					return "flow";
				case "\"":
				case "'":
					this.flowKey = true;
					return yield* this.parseQuotedScalar();
				case ":": {
					const next = this.charAt(1);
					if (this.flowKey || isEmpty(next) || next === ",") {
						this.flowKey = false;
						yield* this.pushCount(1);
						yield* this.pushSpaces(true);
						return "flow";
					}
				}
				default:
					this.flowKey = false;
					return yield* this.parsePlainScalar();
			}
		}
		*parseQuotedScalar() {
			const quote = this.charAt(0);
			let end = this.buffer.indexOf(quote, this.pos + 1);
			if (quote === "'") while (end !== -1 && this.buffer[end + 1] === "'") end = this.buffer.indexOf("'", end + 2);
			else while (end !== -1) {
				let n = 0;
				while (this.buffer[end - 1 - n] === "\\") n += 1;
				if (n % 2 === 0) break;
				end = this.buffer.indexOf("\"", end + 1);
			}
			const qb = this.buffer.substring(0, end);
			let nl = qb.indexOf("\n", this.pos);
			if (nl !== -1) {
				while (nl !== -1) {
					const cs = this.continueScalar(nl + 1);
					if (cs === -1) break;
					nl = qb.indexOf("\n", cs);
				}
				if (nl !== -1) end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
			}
			if (end === -1) {
				if (!this.atEnd) return this.setNext("quoted-scalar");
				end = this.buffer.length;
			}
			yield* this.pushToIndex(end + 1, false);
			return this.flowLevel ? "flow" : "doc";
		}
		*parseBlockScalarHeader() {
			this.blockScalarIndent = -1;
			this.blockScalarKeep = false;
			let i = this.pos;
			while (true) {
				const ch = this.buffer[++i];
				if (ch === "+") this.blockScalarKeep = true;
				else if (ch > "0" && ch <= "9") this.blockScalarIndent = Number(ch) - 1;
				else if (ch !== "-") break;
			}
			return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
		}
		*parseBlockScalar() {
			let nl = this.pos - 1;
			let indent = 0;
			let ch;
			loop: for (let i = this.pos; ch = this.buffer[i]; ++i) switch (ch) {
				case " ":
					indent += 1;
					break;
				case "\n":
					nl = i;
					indent = 0;
					break;
				case "\r": {
					const next = this.buffer[i + 1];
					if (!next && !this.atEnd) return this.setNext("block-scalar");
					if (next === "\n") break;
				}
				default: break loop;
			}
			if (!ch && !this.atEnd) return this.setNext("block-scalar");
			if (indent >= this.indentNext) {
				if (this.blockScalarIndent === -1) this.indentNext = indent;
				else this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
				do {
					const cs = this.continueScalar(nl + 1);
					if (cs === -1) break;
					nl = this.buffer.indexOf("\n", cs);
				} while (nl !== -1);
				if (nl === -1) {
					if (!this.atEnd) return this.setNext("block-scalar");
					nl = this.buffer.length;
				}
			}
			let i = nl + 1;
			ch = this.buffer[i];
			while (ch === " ") ch = this.buffer[++i];
			if (ch === "	") {
				while (ch === "	" || ch === " " || ch === "\r" || ch === "\n") ch = this.buffer[++i];
				nl = i - 1;
			} else if (!this.blockScalarKeep) do {
				let i = nl - 1;
				let ch = this.buffer[i];
				if (ch === "\r") ch = this.buffer[--i];
				const lastChar = i;
				while (ch === " ") ch = this.buffer[--i];
				if (ch === "\n" && i >= this.pos && i + 1 + indent > lastChar) nl = i;
				else break;
			} while (true);
			yield cst.SCALAR;
			yield* this.pushToIndex(nl + 1, true);
			return yield* this.parseLineStart();
		}
		*parsePlainScalar() {
			const inFlow = this.flowLevel > 0;
			let end = this.pos - 1;
			let i = this.pos - 1;
			let ch;
			while (ch = this.buffer[++i]) if (ch === ":") {
				const next = this.buffer[i + 1];
				if (isEmpty(next) || inFlow && flowIndicatorChars.has(next)) break;
				end = i;
			} else if (isEmpty(ch)) {
				let next = this.buffer[i + 1];
				if (ch === "\r") {
					if (next === "\n") {
						i += 1;
						ch = "\n";
						next = this.buffer[i + 1];
					} else end = i;
				}
				if (next === "#" || inFlow && flowIndicatorChars.has(next)) break;
				if (ch === "\n") {
					const cs = this.continueScalar(i + 1);
					if (cs === -1) break;
					i = Math.max(i, cs - 2);
				}
			} else {
				if (inFlow && flowIndicatorChars.has(ch)) break;
				end = i;
			}
			if (!ch && !this.atEnd) return this.setNext("plain-scalar");
			yield cst.SCALAR;
			yield* this.pushToIndex(end + 1, true);
			return inFlow ? "flow" : "doc";
		}
		*pushCount(n) {
			if (n > 0) {
				yield this.buffer.substr(this.pos, n);
				this.pos += n;
				return n;
			}
			return 0;
		}
		*pushToIndex(i, allowEmpty) {
			const s = this.buffer.slice(this.pos, i);
			if (s) {
				yield s;
				this.pos += s.length;
				return s.length;
			} else if (allowEmpty) yield "";
			return 0;
		}
		*pushIndicators() {
			let n = 0;
			loop: while (true) {
				switch (this.charAt(0)) {
					case "!":
						n += yield* this.pushTag();
						n += yield* this.pushSpaces(true);
						continue loop;
					case "&":
						n += yield* this.pushUntil(isNotAnchorChar);
						n += yield* this.pushSpaces(true);
						continue loop;
					case "-":
					case "?":
					case ":": {
						const inFlow = this.flowLevel > 0;
						const ch1 = this.charAt(1);
						if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
							if (!inFlow) this.indentNext = this.indentValue + 1;
							else if (this.flowKey) this.flowKey = false;
							n += yield* this.pushCount(1);
							n += yield* this.pushSpaces(true);
							continue loop;
						}
					}
				}
				break loop;
			}
			return n;
		}
		*pushTag() {
			if (this.charAt(1) === "<") {
				let i = this.pos + 2;
				let ch = this.buffer[i];
				while (!isEmpty(ch) && ch !== ">") ch = this.buffer[++i];
				return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
			} else {
				let i = this.pos + 1;
				let ch = this.buffer[i];
				while (ch) if (tagChars.has(ch)) ch = this.buffer[++i];
				else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) ch = this.buffer[i += 3];
				else break;
				return yield* this.pushToIndex(i, false);
			}
		}
		*pushNewline() {
			const ch = this.buffer[this.pos];
			if (ch === "\n") return yield* this.pushCount(1);
			else if (ch === "\r" && this.charAt(1) === "\n") return yield* this.pushCount(2);
			else return 0;
		}
		*pushSpaces(allowTabs) {
			let i = this.pos - 1;
			let ch;
			do
				ch = this.buffer[++i];
			while (ch === " " || allowTabs && ch === "	");
			const n = i - this.pos;
			if (n > 0) {
				yield this.buffer.substr(this.pos, n);
				this.pos = i;
			}
			return n;
		}
		*pushUntil(test) {
			let i = this.pos;
			let ch = this.buffer[i];
			while (!test(ch)) ch = this.buffer[++i];
			return yield* this.pushToIndex(i, false);
		}
	};
	exports.Lexer = Lexer;
}));
// node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Tracks newlines during parsing in order to provide an efficient API for
	* determining the one-indexed `{ line, col }` position for any offset
	* within the input.
	*/
	var LineCounter = class {
		constructor() {
			this.lineStarts = [];
			/**
			* Should be called in ascending order. Otherwise, call
			* `lineCounter.lineStarts.sort()` before calling `linePos()`.
			*/
			this.addNewLine = (offset) => this.lineStarts.push(offset);
			/**
			* Performs a binary search and returns the 1-indexed { line, col }
			* position of `offset`. If `line === 0`, `addNewLine` has never been
			* called or `offset` is before the first known newline.
			*/
			this.linePos = (offset) => {
				let low = 0;
				let high = this.lineStarts.length;
				while (low < high) {
					const mid = low + high >> 1;
					if (this.lineStarts[mid] < offset) low = mid + 1;
					else high = mid;
				}
				if (this.lineStarts[low] === offset) return {
					line: low + 1,
					col: 1
				};
				if (low === 0) return {
					line: 0,
					col: offset
				};
				const start = this.lineStarts[low - 1];
				return {
					line: low,
					col: offset - start + 1
				};
			};
		}
	};
	exports.LineCounter = LineCounter;
}));
// node_modules/yaml/dist/parse/parser.js
var require_parser = /* @__PURE__ */ __commonJSMin(((exports) => {
	var node_process = __require("process");
	var cst = require_cst();
	var lexer = require_lexer();
	function includesToken(list, type) {
		for (let i = 0; i < list.length; ++i) if (list[i].type === type) return true;
		return false;
	}
	function findNonEmptyIndex(list) {
		for (let i = 0; i < list.length; ++i) switch (list[i].type) {
			case "space":
			case "comment":
			case "newline": break;
			default: return i;
		}
		return -1;
	}
	function isFlowToken(token) {
		switch (token?.type) {
			case "alias":
			case "scalar":
			case "single-quoted-scalar":
			case "double-quoted-scalar":
			case "flow-collection": return true;
			default: return false;
		}
	}
	function getPrevProps(parent) {
		switch (parent.type) {
			case "document": return parent.start;
			case "block-map": {
				const it = parent.items[parent.items.length - 1];
				return it.sep ?? it.start;
			}
			case "block-seq": return parent.items[parent.items.length - 1].start;
			/* istanbul ignore next should not happen */
			default: return [];
		}
	}
	/** Note: May modify input array */
	function getFirstKeyStartProps(prev) {
		if (prev.length === 0) return [];
		let i = prev.length;
		loop: while (--i >= 0) switch (prev[i].type) {
			case "doc-start":
			case "explicit-key-ind":
			case "map-value-ind":
			case "seq-item-ind":
			case "newline": break loop;
		}
		while (prev[++i]?.type === "space");
		return prev.splice(i, prev.length);
	}
	function arrayPushArray(target, source) {
		if (source.length < 1e5) Array.prototype.push.apply(target, source);
		else for (let i = 0; i < source.length; ++i) target.push(source[i]);
	}
	function fixFlowSeqItems(fc) {
		if (fc.start.type === "flow-seq-start") {
			for (const it of fc.items) if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
				if (it.key) it.value = it.key;
				delete it.key;
				if (isFlowToken(it.value)) {
					if (it.value.end) arrayPushArray(it.value.end, it.sep);
					else it.value.end = it.sep;
				} else arrayPushArray(it.start, it.sep);
				delete it.sep;
			}
		}
	}
	/**
	* A YAML concrete syntax tree (CST) parser
	*
	* ```ts
	* const src: string = ...
	* for (const token of new Parser().parse(src)) {
	*   // token: Token
	* }
	* ```
	*
	* To use the parser with a user-provided lexer:
	*
	* ```ts
	* function* parse(source: string, lexer: Lexer) {
	*   const parser = new Parser()
	*   for (const lexeme of lexer.lex(source))
	*     yield* parser.next(lexeme)
	*   yield* parser.end()
	* }
	*
	* const src: string = ...
	* const lexer = new Lexer()
	* for (const token of parse(src, lexer)) {
	*   // token: Token
	* }
	* ```
	*/
	var Parser = class {
		/**
		* @param onNewLine - If defined, called separately with the start position of
		*   each new line (in `parse()`, including the start of input).
		*/
		constructor(onNewLine) {
			/** If true, space and sequence indicators count as indentation */
			this.atNewLine = true;
			/** If true, next token is a scalar value */
			this.atScalar = false;
			/** Current indentation level */
			this.indent = 0;
			/** Current offset since the start of parsing */
			this.offset = 0;
			/** On the same line with a block map key */
			this.onKeyLine = false;
			/** Top indicates the node that's currently being built */
			this.stack = [];
			/** The source of the current token, set in parse() */
			this.source = "";
			/** The type of the current token, set in parse() */
			this.type = "";
			this.lexer = new lexer.Lexer();
			this.onNewLine = onNewLine;
		}
		/**
		* Parse `source` as a YAML stream.
		* If `incomplete`, a part of the last line may be left as a buffer for the next call.
		*
		* Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
		*
		* @returns A generator of tokens representing each directive, document, and other structure.
		*/
		*parse(source, incomplete = false) {
			if (this.onNewLine && this.offset === 0) this.onNewLine(0);
			for (const lexeme of this.lexer.lex(source, incomplete)) yield* this.next(lexeme);
			if (!incomplete) yield* this.end();
		}
		/**
		* Advance the parser by the `source` of one lexical token.
		*/
		*next(source) {
			this.source = source;
			if (node_process.env.LOG_TOKENS) console.log("|", cst.prettyToken(source));
			if (this.atScalar) {
				this.atScalar = false;
				yield* this.step();
				this.offset += source.length;
				return;
			}
			const type = cst.tokenType(source);
			if (!type) {
				const message = `Not a YAML token: ${source}`;
				yield* this.pop({
					type: "error",
					offset: this.offset,
					message,
					source
				});
				this.offset += source.length;
			} else if (type === "scalar") {
				this.atNewLine = false;
				this.atScalar = true;
				this.type = "scalar";
			} else {
				this.type = type;
				yield* this.step();
				switch (type) {
					case "newline":
						this.atNewLine = true;
						this.indent = 0;
						if (this.onNewLine) this.onNewLine(this.offset + source.length);
						break;
					case "space":
						if (this.atNewLine && source[0] === " ") this.indent += source.length;
						break;
					case "explicit-key-ind":
					case "map-value-ind":
					case "seq-item-ind":
						if (this.atNewLine) this.indent += source.length;
						break;
					case "doc-mode":
					case "flow-error-end": return;
					default: this.atNewLine = false;
				}
				this.offset += source.length;
			}
		}
		/** Call at end of input to push out any remaining constructions */
		*end() {
			while (this.stack.length > 0) yield* this.pop();
		}
		get sourceToken() {
			return {
				type: this.type,
				offset: this.offset,
				indent: this.indent,
				source: this.source
			};
		}
		*step() {
			const top = this.peek(1);
			if (this.type === "doc-end" && top?.type !== "doc-end") {
				while (this.stack.length > 0) yield* this.pop();
				this.stack.push({
					type: "doc-end",
					offset: this.offset,
					source: this.source
				});
				return;
			}
			if (!top) return yield* this.stream();
			switch (top.type) {
				case "document": return yield* this.document(top);
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return yield* this.scalar(top);
				case "block-scalar": return yield* this.blockScalar(top);
				case "block-map": return yield* this.blockMap(top);
				case "block-seq": return yield* this.blockSequence(top);
				case "flow-collection": return yield* this.flowCollection(top);
				case "doc-end": return yield* this.documentEnd(top);
			}
			/* istanbul ignore next should not happen */
			yield* this.pop();
		}
		peek(n) {
			return this.stack[this.stack.length - n];
		}
		*pop(error) {
			const token = error ?? this.stack.pop();
			/* istanbul ignore if should not happen */
			if (!token) yield {
				type: "error",
				offset: this.offset,
				source: "",
				message: "Tried to pop an empty stack"
			};
			else if (this.stack.length === 0) yield token;
			else {
				const top = this.peek(1);
				if (token.type === "block-scalar") token.indent = "indent" in top ? top.indent : 0;
				else if (token.type === "flow-collection" && top.type === "document") token.indent = 0;
				if (token.type === "flow-collection") fixFlowSeqItems(token);
				switch (top.type) {
					case "document":
						top.value = token;
						break;
					case "block-scalar":
						top.props.push(token);
						break;
					case "block-map": {
						const it = top.items[top.items.length - 1];
						if (it.value) {
							top.items.push({
								start: [],
								key: token,
								sep: []
							});
							this.onKeyLine = true;
							return;
						} else if (it.sep) it.value = token;
						else {
							Object.assign(it, {
								key: token,
								sep: []
							});
							this.onKeyLine = !it.explicitKey;
							return;
						}
						break;
					}
					case "block-seq": {
						const it = top.items[top.items.length - 1];
						if (it.value) top.items.push({
							start: [],
							value: token
						});
						else it.value = token;
						break;
					}
					case "flow-collection": {
						const it = top.items[top.items.length - 1];
						if (!it || it.value) top.items.push({
							start: [],
							key: token,
							sep: []
						});
						else if (it.sep) it.value = token;
						else Object.assign(it, {
							key: token,
							sep: []
						});
						return;
					}
					/* istanbul ignore next should not happen */
					default:
						yield* this.pop();
						yield* this.pop(token);
				}
				if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
					const last = token.items[token.items.length - 1];
					if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
						if (top.type === "document") top.end = last.start;
						else top.items.push({ start: last.start });
						token.items.splice(-1, 1);
					}
				}
			}
		}
		*stream() {
			switch (this.type) {
				case "directive-line":
					yield {
						type: "directive",
						offset: this.offset,
						source: this.source
					};
					return;
				case "byte-order-mark":
				case "space":
				case "comment":
				case "newline":
					yield this.sourceToken;
					return;
				case "doc-mode":
				case "doc-start": {
					const doc = {
						type: "document",
						offset: this.offset,
						start: []
					};
					if (this.type === "doc-start") doc.start.push(this.sourceToken);
					this.stack.push(doc);
					return;
				}
			}
			yield {
				type: "error",
				offset: this.offset,
				message: `Unexpected ${this.type} token in YAML stream`,
				source: this.source
			};
		}
		*document(doc) {
			if (doc.value) return yield* this.lineEnd(doc);
			switch (this.type) {
				case "doc-start":
					if (findNonEmptyIndex(doc.start) !== -1) {
						yield* this.pop();
						yield* this.step();
					} else doc.start.push(this.sourceToken);
					return;
				case "anchor":
				case "tag":
				case "space":
				case "comment":
				case "newline":
					doc.start.push(this.sourceToken);
					return;
			}
			const bv = this.startBlockValue(doc);
			if (bv) this.stack.push(bv);
			else yield {
				type: "error",
				offset: this.offset,
				message: `Unexpected ${this.type} token in YAML document`,
				source: this.source
			};
		}
		*scalar(scalar) {
			if (this.type === "map-value-ind") {
				const start = getFirstKeyStartProps(getPrevProps(this.peek(2)));
				let sep;
				if (scalar.end) {
					sep = scalar.end;
					sep.push(this.sourceToken);
					delete scalar.end;
				} else sep = [this.sourceToken];
				const map = {
					type: "block-map",
					offset: scalar.offset,
					indent: scalar.indent,
					items: [{
						start,
						key: scalar,
						sep
					}]
				};
				this.onKeyLine = true;
				this.stack[this.stack.length - 1] = map;
			} else yield* this.lineEnd(scalar);
		}
		*blockScalar(scalar) {
			switch (this.type) {
				case "space":
				case "comment":
				case "newline":
					scalar.props.push(this.sourceToken);
					return;
				case "scalar":
					scalar.source = this.source;
					this.atNewLine = true;
					this.indent = 0;
					if (this.onNewLine) {
						let nl = this.source.indexOf("\n") + 1;
						while (nl !== 0) {
							this.onNewLine(this.offset + nl);
							nl = this.source.indexOf("\n", nl) + 1;
						}
					}
					yield* this.pop();
					break;
				/* istanbul ignore next should not happen */
				default:
					yield* this.pop();
					yield* this.step();
			}
		}
		*blockMap(map) {
			const it = map.items[map.items.length - 1];
			switch (this.type) {
				case "newline":
					this.onKeyLine = false;
					if (it.value) {
						const end = "end" in it.value ? it.value.end : void 0;
						if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
						else map.items.push({ start: [this.sourceToken] });
					} else if (it.sep) it.sep.push(this.sourceToken);
					else it.start.push(this.sourceToken);
					return;
				case "space":
				case "comment":
					if (it.value) map.items.push({ start: [this.sourceToken] });
					else if (it.sep) it.sep.push(this.sourceToken);
					else {
						if (this.atIndentedComment(it.start, map.indent)) {
							const end = map.items[map.items.length - 2]?.value?.end;
							if (Array.isArray(end)) {
								arrayPushArray(end, it.start);
								end.push(this.sourceToken);
								map.items.pop();
								return;
							}
						}
						it.start.push(this.sourceToken);
					}
					return;
			}
			if (this.indent >= map.indent) {
				const atMapIndent = !this.onKeyLine && this.indent === map.indent;
				const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
				let start = [];
				if (atNextItem && it.sep && !it.value) {
					const nl = [];
					for (let i = 0; i < it.sep.length; ++i) {
						const st = it.sep[i];
						switch (st.type) {
							case "newline":
								nl.push(i);
								break;
							case "space": break;
							case "comment":
								if (st.indent > map.indent) nl.length = 0;
								break;
							default: nl.length = 0;
						}
					}
					if (nl.length >= 2) start = it.sep.splice(nl[1]);
				}
				switch (this.type) {
					case "anchor":
					case "tag":
						if (atNextItem || it.value) {
							start.push(this.sourceToken);
							map.items.push({ start });
							this.onKeyLine = true;
						} else if (it.sep) it.sep.push(this.sourceToken);
						else it.start.push(this.sourceToken);
						return;
					case "explicit-key-ind":
						if (!it.sep && !it.explicitKey) {
							it.start.push(this.sourceToken);
							it.explicitKey = true;
						} else if (atNextItem || it.value) {
							start.push(this.sourceToken);
							map.items.push({
								start,
								explicitKey: true
							});
						} else this.stack.push({
							type: "block-map",
							offset: this.offset,
							indent: this.indent,
							items: [{
								start: [this.sourceToken],
								explicitKey: true
							}]
						});
						this.onKeyLine = true;
						return;
					case "map-value-ind":
						if (it.explicitKey) {
							if (!it.sep) {
								if (includesToken(it.start, "newline")) Object.assign(it, {
									key: null,
									sep: [this.sourceToken]
								});
								else {
									const start = getFirstKeyStartProps(it.start);
									this.stack.push({
										type: "block-map",
										offset: this.offset,
										indent: this.indent,
										items: [{
											start,
											key: null,
											sep: [this.sourceToken]
										}]
									});
								}
							} else if (it.value) map.items.push({
								start: [],
								key: null,
								sep: [this.sourceToken]
							});
							else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
								type: "block-map",
								offset: this.offset,
								indent: this.indent,
								items: [{
									start,
									key: null,
									sep: [this.sourceToken]
								}]
							});
							else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
								const start = getFirstKeyStartProps(it.start);
								const key = it.key;
								const sep = it.sep;
								sep.push(this.sourceToken);
								delete it.key;
								delete it.sep;
								this.stack.push({
									type: "block-map",
									offset: this.offset,
									indent: this.indent,
									items: [{
										start,
										key,
										sep
									}]
								});
							} else if (start.length > 0) it.sep = it.sep.concat(start, this.sourceToken);
							else it.sep.push(this.sourceToken);
						} else if (!it.sep) Object.assign(it, {
							key: null,
							sep: [this.sourceToken]
						});
						else if (it.value || atNextItem) map.items.push({
							start,
							key: null,
							sep: [this.sourceToken]
						});
						else if (includesToken(it.sep, "map-value-ind")) this.stack.push({
							type: "block-map",
							offset: this.offset,
							indent: this.indent,
							items: [{
								start: [],
								key: null,
								sep: [this.sourceToken]
							}]
						});
						else it.sep.push(this.sourceToken);
						this.onKeyLine = true;
						return;
					case "alias":
					case "scalar":
					case "single-quoted-scalar":
					case "double-quoted-scalar": {
						const fs = this.flowScalar(this.type);
						if (atNextItem || it.value) {
							map.items.push({
								start,
								key: fs,
								sep: []
							});
							this.onKeyLine = true;
						} else if (it.sep) this.stack.push(fs);
						else {
							Object.assign(it, {
								key: fs,
								sep: []
							});
							this.onKeyLine = true;
						}
						return;
					}
					default: {
						const bv = this.startBlockValue(map);
						if (bv) {
							if (bv.type === "block-seq") {
								if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
									yield* this.pop({
										type: "error",
										offset: this.offset,
										message: "Unexpected block-seq-ind on same line with key",
										source: this.source
									});
									return;
								}
							} else if (atMapIndent) map.items.push({ start });
							this.stack.push(bv);
							return;
						}
					}
				}
			}
			yield* this.pop();
			yield* this.step();
		}
		*blockSequence(seq) {
			const it = seq.items[seq.items.length - 1];
			switch (this.type) {
				case "newline":
					if (it.value) {
						const end = "end" in it.value ? it.value.end : void 0;
						if ((Array.isArray(end) ? end[end.length - 1] : void 0)?.type === "comment") end?.push(this.sourceToken);
						else seq.items.push({ start: [this.sourceToken] });
					} else it.start.push(this.sourceToken);
					return;
				case "space":
				case "comment":
					if (it.value) seq.items.push({ start: [this.sourceToken] });
					else {
						if (this.atIndentedComment(it.start, seq.indent)) {
							const end = seq.items[seq.items.length - 2]?.value?.end;
							if (Array.isArray(end)) {
								arrayPushArray(end, it.start);
								end.push(this.sourceToken);
								seq.items.pop();
								return;
							}
						}
						it.start.push(this.sourceToken);
					}
					return;
				case "anchor":
				case "tag":
					if (it.value || this.indent <= seq.indent) break;
					it.start.push(this.sourceToken);
					return;
				case "seq-item-ind":
					if (this.indent !== seq.indent) break;
					if (it.value || includesToken(it.start, "seq-item-ind")) seq.items.push({ start: [this.sourceToken] });
					else it.start.push(this.sourceToken);
					return;
			}
			if (this.indent > seq.indent) {
				const bv = this.startBlockValue(seq);
				if (bv) {
					this.stack.push(bv);
					return;
				}
			}
			yield* this.pop();
			yield* this.step();
		}
		*flowCollection(fc) {
			const it = fc.items[fc.items.length - 1];
			if (this.type === "flow-error-end") {
				let top;
				do {
					yield* this.pop();
					top = this.peek(1);
				} while (top?.type === "flow-collection");
			} else if (fc.end.length === 0) {
				switch (this.type) {
					case "comma":
					case "explicit-key-ind":
						if (!it || it.sep) fc.items.push({ start: [this.sourceToken] });
						else it.start.push(this.sourceToken);
						return;
					case "map-value-ind":
						if (!it || it.value) fc.items.push({
							start: [],
							key: null,
							sep: [this.sourceToken]
						});
						else if (it.sep) it.sep.push(this.sourceToken);
						else Object.assign(it, {
							key: null,
							sep: [this.sourceToken]
						});
						return;
					case "space":
					case "comment":
					case "newline":
					case "anchor":
					case "tag":
						if (!it || it.value) fc.items.push({ start: [this.sourceToken] });
						else if (it.sep) it.sep.push(this.sourceToken);
						else it.start.push(this.sourceToken);
						return;
					case "alias":
					case "scalar":
					case "single-quoted-scalar":
					case "double-quoted-scalar": {
						const fs = this.flowScalar(this.type);
						if (!it || it.value) fc.items.push({
							start: [],
							key: fs,
							sep: []
						});
						else if (it.sep) this.stack.push(fs);
						else Object.assign(it, {
							key: fs,
							sep: []
						});
						return;
					}
					case "flow-map-end":
					case "flow-seq-end":
						fc.end.push(this.sourceToken);
						return;
				}
				const bv = this.startBlockValue(fc);
				/* istanbul ignore else should not happen */
				if (bv) this.stack.push(bv);
				else {
					yield* this.pop();
					yield* this.step();
				}
			} else {
				const parent = this.peek(2);
				if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
					yield* this.pop();
					yield* this.step();
				} else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
					const start = getFirstKeyStartProps(getPrevProps(parent));
					fixFlowSeqItems(fc);
					const sep = fc.end.splice(1, fc.end.length);
					sep.push(this.sourceToken);
					const map = {
						type: "block-map",
						offset: fc.offset,
						indent: fc.indent,
						items: [{
							start,
							key: fc,
							sep
						}]
					};
					this.onKeyLine = true;
					this.stack[this.stack.length - 1] = map;
				} else yield* this.lineEnd(fc);
			}
		}
		flowScalar(type) {
			if (this.onNewLine) {
				let nl = this.source.indexOf("\n") + 1;
				while (nl !== 0) {
					this.onNewLine(this.offset + nl);
					nl = this.source.indexOf("\n", nl) + 1;
				}
			}
			return {
				type,
				offset: this.offset,
				indent: this.indent,
				source: this.source
			};
		}
		startBlockValue(parent) {
			switch (this.type) {
				case "alias":
				case "scalar":
				case "single-quoted-scalar":
				case "double-quoted-scalar": return this.flowScalar(this.type);
				case "block-scalar-header": return {
					type: "block-scalar",
					offset: this.offset,
					indent: this.indent,
					props: [this.sourceToken],
					source: ""
				};
				case "flow-map-start":
				case "flow-seq-start": return {
					type: "flow-collection",
					offset: this.offset,
					indent: this.indent,
					start: this.sourceToken,
					items: [],
					end: []
				};
				case "seq-item-ind": return {
					type: "block-seq",
					offset: this.offset,
					indent: this.indent,
					items: [{ start: [this.sourceToken] }]
				};
				case "explicit-key-ind": {
					this.onKeyLine = true;
					const start = getFirstKeyStartProps(getPrevProps(parent));
					start.push(this.sourceToken);
					return {
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start,
							explicitKey: true
						}]
					};
				}
				case "map-value-ind": {
					this.onKeyLine = true;
					const start = getFirstKeyStartProps(getPrevProps(parent));
					return {
						type: "block-map",
						offset: this.offset,
						indent: this.indent,
						items: [{
							start,
							key: null,
							sep: [this.sourceToken]
						}]
					};
				}
			}
			return null;
		}
		atIndentedComment(start, indent) {
			if (this.type !== "comment") return false;
			if (this.indent <= indent) return false;
			return start.every((st) => st.type === "newline" || st.type === "space");
		}
		*documentEnd(docEnd) {
			if (this.type !== "doc-mode") {
				if (docEnd.end) docEnd.end.push(this.sourceToken);
				else docEnd.end = [this.sourceToken];
				if (this.type === "newline") yield* this.pop();
			}
		}
		*lineEnd(token) {
			switch (this.type) {
				case "comma":
				case "doc-start":
				case "doc-end":
				case "flow-seq-end":
				case "flow-map-end":
				case "map-value-ind":
					yield* this.pop();
					yield* this.step();
					break;
				case "newline": this.onKeyLine = false;
				default:
					if (token.end) token.end.push(this.sourceToken);
					else token.end = [this.sourceToken];
					if (this.type === "newline") yield* this.pop();
			}
		}
	};
	exports.Parser = Parser;
}));
// node_modules/yaml/dist/public-api.js
var require_public_api = /* @__PURE__ */ __commonJSMin(((exports) => {
	var composer = require_composer();
	var Document = require_Document();
	var errors = require_errors();
	var log = require_log();
	var identity = require_identity();
	var lineCounter = require_line_counter();
	var parser = require_parser();
	function parseOptions(options) {
		const prettyErrors = options.prettyErrors !== false;
		return {
			lineCounter: options.lineCounter || prettyErrors && new lineCounter.LineCounter() || null,
			prettyErrors
		};
	}
	/**
	* Parse the input as a stream of YAML documents.
	*
	* Documents should be separated from each other by `...` or `---` marker lines.
	*
	* @returns If an empty `docs` array is returned, it will be of type
	*   EmptyStream and contain additional stream information. In
	*   TypeScript, you should use `'empty' in docs` as a type guard for it.
	*/
	function parseAllDocuments(source, options = {}) {
		const { lineCounter, prettyErrors } = parseOptions(options);
		const parser$1 = new parser.Parser(lineCounter?.addNewLine);
		const composer$1 = new composer.Composer(options);
		const docs = Array.from(composer$1.compose(parser$1.parse(source)));
		if (prettyErrors && lineCounter) for (const doc of docs) {
			doc.errors.forEach(errors.prettifyError(source, lineCounter));
			doc.warnings.forEach(errors.prettifyError(source, lineCounter));
		}
		if (docs.length > 0) return docs;
		return Object.assign([], { empty: true }, composer$1.streamInfo());
	}
	/** Parse an input string into a single YAML.Document */
	function parseDocument(source, options = {}) {
		const { lineCounter, prettyErrors } = parseOptions(options);
		const parser$1 = new parser.Parser(lineCounter?.addNewLine);
		const composer$1 = new composer.Composer(options);
		let doc = null;
		for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) if (!doc) doc = _doc;
		else if (doc.options.logLevel !== "silent") {
			doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
			break;
		}
		if (prettyErrors && lineCounter) {
			doc.errors.forEach(errors.prettifyError(source, lineCounter));
			doc.warnings.forEach(errors.prettifyError(source, lineCounter));
		}
		return doc;
	}
	function parse(src, reviver, options) {
		let _reviver = void 0;
		if (typeof reviver === "function") _reviver = reviver;
		else if (options === void 0 && reviver && typeof reviver === "object") options = reviver;
		const doc = parseDocument(src, options);
		if (!doc) return null;
		doc.warnings.forEach((warning) => log.warn(doc.options.logLevel, warning));
		if (doc.errors.length > 0) {
			if (doc.options.logLevel !== "silent") throw doc.errors[0];
			else doc.errors = [];
		}
		return doc.toJS(Object.assign({ reviver: _reviver }, options));
	}
	function stringify(value, replacer, options) {
		let _replacer = null;
		if (typeof replacer === "function" || Array.isArray(replacer)) _replacer = replacer;
		else if (options === void 0 && replacer) options = replacer;
		if (typeof options === "string") options = options.length;
		if (typeof options === "number") {
			const indent = Math.round(options);
			options = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
		}
		if (value === void 0) {
			const { keepUndefined } = options ?? replacer ?? {};
			if (!keepUndefined) return void 0;
		}
		if (identity.isDocument(value) && !_replacer) return value.toString(options);
		return new Document.Document(value, _replacer, options).toString(options);
	}
	exports.parse = parse;
	exports.parseAllDocuments = parseAllDocuments;
	exports.parseDocument = parseDocument;
	exports.stringify = stringify;
}));
// src/policy/positioned-yaml.ts
var import_dist = (/* @__PURE__ */ __commonJSMin(((exports) => {
	var composer = require_composer();
	var Document = require_Document();
	var Schema = require_Schema();
	var errors = require_errors();
	var Alias = require_Alias();
	var identity = require_identity();
	var Pair = require_Pair();
	var Scalar = require_Scalar();
	var YAMLMap = require_YAMLMap();
	var YAMLSeq = require_YAMLSeq();
	require_cst();
	var lexer = require_lexer();
	var lineCounter = require_line_counter();
	var parser = require_parser();
	var publicApi = require_public_api();
	var visit = require_visit();
	exports.Composer = composer.Composer;
	exports.Document = Document.Document;
	exports.Schema = Schema.Schema;
	exports.YAMLError = errors.YAMLError;
	exports.YAMLParseError = errors.YAMLParseError;
	exports.YAMLWarning = errors.YAMLWarning;
	exports.Alias = Alias.Alias;
	exports.isAlias = identity.isAlias;
	exports.isCollection = identity.isCollection;
	exports.isDocument = identity.isDocument;
	exports.isMap = identity.isMap;
	exports.isNode = identity.isNode;
	exports.isPair = identity.isPair;
	exports.isScalar = identity.isScalar;
	exports.isSeq = identity.isSeq;
	exports.Pair = Pair.Pair;
	exports.Scalar = Scalar.Scalar;
	exports.YAMLMap = YAMLMap.YAMLMap;
	exports.YAMLSeq = YAMLSeq.YAMLSeq;
	exports.Lexer = lexer.Lexer;
	exports.LineCounter = lineCounter.LineCounter;
	exports.Parser = parser.Parser;
	exports.parse = publicApi.parse;
	exports.parseAllDocuments = publicApi.parseAllDocuments;
	exports.parseDocument = publicApi.parseDocument;
	exports.stringify = publicApi.stringify;
	exports.visit = visit.visit;
	exports.visitAsync = visit.visitAsync;
})))();
/** Larger documents are refused before they are read. */
const MAX_YAML_BYTES = 1048576;
const MAX_DEPTH = 32;
const NESTED = "it is nested too deeply.";
const MESSAGES = {
	MULTIPLE_DOCS: ["it holds more than one document.", "Use a file for each."],
	NON_STRING_KEY: ["a key must be a plain name.", ""]
};
/** Reads one YAML 1.2 document: no merge keys, no tags but the core ones, aliases only within reason; every problem has its position. */
function readYaml(text, name) {
	const bytes = Buffer.byteLength(text);
	if (bytes > 1048576) return unreadable(name, `it has ${bytes} bytes, more than ${MAX_YAML_BYTES}.`, "Split it into several files.");
	const lines = new import_dist.LineCounter();
	let document;
	try {
		document = (0, import_dist.parseDocument)(text, {
			lineCounter: lines,
			prettyErrors: false,
			schema: "core",
			merge: false,
			resolveKnownTags: false,
			stringKeys: true,
			uniqueKeys: false
		});
	} catch {
		return unreadable(name, "it cannot be read as YAML.", "Check how deeply it is nested.");
	}
	const at = (offset) => {
		const { line, col } = lines.linePos(offset);
		return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
	};
	const told = [...document.errors, ...document.warnings].map((error) => describeYamlError(error, at));
	if (document.errors.length > 0) {
		const nested = told.find((problem) => problem.message === NESTED);
		return {
			...nowhere(name),
			problems: nested === void 0 ? told : [nested]
		};
	}
	const problems = told.concat(findForbidden(document.contents, at));
	try {
		return {
			value: document.toJS({ maxAliasCount: 100 }),
			problems,
			...createLocator(document, at)
		};
	} catch (error) {
		const reason = error instanceof ReferenceError ? "its aliases cannot be resolved, or are too many" : "it cannot be read";
		return {
			...nowhere(name),
			problems: [...problems, {
				where: at(0),
				message: `${reason}.`,
				fix: "Write it out."
			}]
		};
	}
}
/** Keys that stand twice or mean something to JavaScript, aliases of nothing, and nesting that only an attack needs. */
function findForbidden(root, at) {
	const problems = [];
	const anchors = /* @__PURE__ */ new Set();
	const tell = (node, message, fix) => {
		problems.push({
			where: at(startOf(node)),
			message,
			fix
		});
	};
	const visit = (node, depth) => {
		if (depth > MAX_DEPTH) {
			tell(node, NESTED, "");
			return;
		}
		if ((0, import_dist.isAlias)(node) && !anchors.has(node.source)) tell(node, `the alias *${node.source} stands for nothing.`, "Write it out.");
		if (!(0, import_dist.isMap)(node) && !(0, import_dist.isSeq)(node) && !(0, import_dist.isScalar)(node)) return;
		if (node.anchor !== void 0) anchors.add(node.anchor);
		if ((0, import_dist.isSeq)(node)) for (const item of node.items) visit(item, depth + 1);
		if (!(0, import_dist.isMap)(node)) return;
		const seen = /* @__PURE__ */ new Set();
		for (const { key, value } of node.items) {
			const name = (0, import_dist.isScalar)(key) ? key.value : void 0;
			if (seen.has(name)) tell(key, `${JSON.stringify(name)} stands here twice.`, "Keep one of them.");
			if (name === "__proto__") tell(key, "\"__proto__\" cannot be a key.", "Remove it.");
			seen.add(name);
			visit(key, depth + 1);
			visit(value, depth + 1);
		}
	};
	visit(root, 0);
	return problems;
}
function describeYamlError(error, at) {
	const isNested = /call stack|stack overflow/i.test(error.message);
	const [message, fix] = MESSAGES[error.code] ?? [`${error.message.replace(/\.?$/, "")}.`, ""];
	return {
		where: at(error.pos[0]),
		message: isNested ? NESTED : message,
		fix
	};
}
function createLocator(document, at) {
	const find = (path) => {
		let key;
		let value = document.contents;
		for (const step of path) {
			const node = (0, import_dist.isAlias)(value) ? value.resolve(document) : value;
			if ((0, import_dist.isMap)(node)) {
				const pair = node.items.find((item) => (0, import_dist.isScalar)(item.key) && item.key.value === step);
				if (pair === void 0) return {
					key,
					value,
					complete: false
				};
				({key, value} = pair);
			} else if ((0, import_dist.isSeq)(node) && typeof step === "number" && step < node.items.length) {
				key = node.items[step];
				value = key;
			} else return {
				key,
				value,
				complete: false
			};
		}
		return {
			key,
			value,
			complete: true
		};
	};
	return {
		has: (path) => find(path).complete,
		locate: (path, part) => {
			const { key, value, complete } = find(path);
			if (!complete || part === "key") return at(startOf(key ?? value));
			return at(startOf((0, import_dist.isNode)(value) ? value : key));
		}
	};
}
function startOf(node) {
	return ((0, import_dist.isNode)(node) ? node.range?.[0] : void 0) ?? 0;
}
function nowhere(name) {
	return {
		value: void 0,
		locate: () => `${name}:1:1`,
		has: () => false
	};
}
function unreadable(name, message, fix) {
	return {
		...nowhere(name),
		problems: [{
			where: `${name}:1:1`,
			message,
			fix
		}]
	};
}
// src/policy/parse-yaml.ts
/** Parses a YAML document against a schema. Every problem is told at once, at `name:line:column`; an empty document is one. `inspect` may find more in what was written. */
function parseYaml$1(schema, text, name, inspect = () => []) {
	const yaml = readYaml(text, name);
	if (yaml.value === void 0) return {
		value: void 0,
		problems: limit(yaml.problems)
	};
	if (yaml.value === null) {
		const empty = {
			where: `${name}:1:1`,
			message: "it is empty.",
			fix: "Fill it, or leave it out."
		};
		return {
			value: void 0,
			problems: [...yaml.problems, empty]
		};
	}
	const result = schema.safeParse(yaml.value);
	const issues = result.success ? [] : describeIssues(result.error.issues, yaml, schema);
	const problems = [
		...yaml.problems,
		...issues,
		...inspect(yaml)
	];
	if (problems.length > 0 || !result.success) return {
		value: void 0,
		problems: limit(problems)
	};
	return {
		value: result.data,
		problems: []
	};
}
function limit(problems) {
	const sorted = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()].sort((a, b) => comparePlaces(a.where, b.where));
	const [first] = sorted;
	if (first === void 0 || sorted.length <= 100) return sorted;
	const rest = {
		where: first.where.replace(/:\d+:\d+$/, ""),
		message: `only the first 100 problems are shown.`,
		fix: ""
	};
	return [...sorted.slice(0, 100), rest];
}
function comparePlaces(a, b) {
	const [lineA = 0, columnA = 0] = readPlace(a);
	const [lineB = 0, columnB = 0] = readPlace(b);
	return lineA - lineB || columnA - columnB;
}
function readPlace(where) {
	return where.split(":").slice(-2).map(Number);
}
// src/policy/identity-pattern.ts
/** No identity is longer, so no pattern for one need be. */
const MAX_LENGTH = 2048;
/** What is wrong with a regular expression for identities, as a phrase that follows it; undefined when cosign (RE2, anchored by us as `^(?:…)$`) and JavaScript read it alike. https://github.com/google/re2/wiki/Syntax */
function findPatternFlaw(text) {
	if (text.length > MAX_LENGTH) return `has more than ${MAX_LENGTH} characters`;
	try {
		new RegExp(text, "u");
	} catch {
		return "is no regular expression";
	}
	let isInClass = false;
	for (let i = 0; i < text.length; i++) {
		const char = text[i];
		if (char === "\\") {
			i++;
			if (/[1-9k]/.test(text[i] ?? "")) return "refers back to a group, which RE2 cannot";
		} else if (isInClass) isInClass = char !== "]";
		else if (char === "[") isInClass = true;
		else if (/^\(\?<?[=!]/.test(text.slice(i, i + 4))) return "looks ahead or behind, which RE2 cannot";
	}
}
// src/policy/schema-fields.ts
/** A text that keeps a rule; the message quotes it and says what it is not. */
function textField(rule) {
	return string(rule.what).superRefine((text, context) => {
		if (rule.is(text)) return;
		context.addIssue({
			code: "custom",
			message: `${JSON.stringify(text)} is not ${rule.what}.`,
			params: { fix: rule.fix }
		});
	}).meta(rule.pattern === void 0 ? {} : { pattern: rule.pattern });
}
/** A free text, such as a reason, that says something. */
const sentence = textField({
	is: (text) => text.trim() !== "" && !hasControls(text),
	what: "a text that says something",
	fix: "Write a few words.",
	pattern: "\\S"
});
/** A path to a file of the repository. */
const path = textField({
	is: isPath,
	what: "a path",
	fix: "Write the path of a file, relative to the root of the repository.",
	pattern: "^\\S"
});
/** A pattern for repositories. */
const imagePattern = textField({
	is: isPattern,
	what: "a pattern for images",
	fix: "Write host/*, host/path/* or host/repository: with the host, without tag, and with no other wildcard.",
	pattern: "^[^/*@]+(/[^/*:@]+)*(/\\*|/[^/*:@]+)$"
});
/** A tag, exactly. */
const tagName = textField({
	is: (text) => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(text),
	what: "a tag",
	fix: "Name one tag; there are no wildcards.",
	pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"
});
/** An image with its tag or digest. */
const imageReference = textField({
	is: isReference,
	what: "an image reference",
	fix: "Write registry/repository:tag or registry/repository@sha256:…."
});
/** `host[:port]` */
const registryHost = textField({
	is: isRegistryHost,
	what: "a registry",
	fix: "Write host or host:port, without scheme and path."
});
/** A day; what carries it holds until the end of it, in UTC. */
const day = textField({
	is: (text) => startOfDay(text) !== void 0,
	what: "a day",
	fix: "Write YYYY-MM-DD.",
	pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
});
/** A day or a point in time. */
const instant = textField({
	is: (text) => parseInstant(text) !== void 0,
	what: "a date",
	fix: "Write YYYY-MM-DD or a time such as 2027-01-31T12:00:00Z."
});
/** A duration, in milliseconds once it is parsed. */
const duration = textField({
	is: (text) => DURATION_PATTERN.test(text),
	what: "a duration",
	fix: "Write a whole number and s, m, h or d, such as 48h.",
	pattern: DURATION_PATTERN.source
}).transform((text) => parseDuration(text) ?? 0);
/** A public key: a file, or a URI of a KMS that cosign knows. */
const signerKey = textField({
	is: (text) => isPath(text) && (!text.includes("://") || isKmsUri(text)),
	what: "a public key",
	fix: "Write the path of a PEM file, or a URI with awskms://, gcpkms://, azurekms://, hashivault:// or k8s://.",
	pattern: "^\\S"
});
/** A regular expression that must match all of a text. */
const wholePattern = string("a regular expression").superRefine((text, context) => {
	const flaw = hasControls(text) || text.trim() === "" ? "is no regular expression" : findPatternFlaw(text);
	if (flaw === void 0) return;
	context.addIssue({
		code: "custom",
		message: `${JSON.stringify(text)} ${flaw}.`,
		params: { fix: "Write a regular expression in the syntax of RE2; it must match all of the text." }
	});
}).meta({ pattern: "\\S" });
/** `owner/name`, as certificates of workflows name a repository. */
const repositoryName = textField({
	is: isRepositoryPath,
	what: "a repository",
	fix: "Write owner/name.",
	pattern: "^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$"
});
/** A source repository: `owner/name` on github.com, or `host/path`. */
const sourceRepository = textField({
	is: isSourceRepository,
	what: "a source repository",
	fix: "Write owner/name for github.com, or host/path, without scheme and .git.",
	pattern: "^[A-Za-z0-9._:-]+(/[A-Za-z0-9._-]+)+$"
});
/** The id of a builder, or all ids below a path. */
const builderPattern = textField({
	is: isBuilderPattern,
	what: "the id of a builder",
	fix: "Write the id exactly, or end it in /* or @* after its host."
});
/** A branch, or a full ref; https://git-scm.com/docs/git-check-ref-format */
const gitReference = textField({
	is: (text) => /^[A-Za-z0-9_][A-Za-z0-9_./+@#-]*$/.test(text) && !/\.\.|\/\/|\/$|@\{/.test(text),
	what: "a branch",
	fix: "Name one branch, such as main, or a full ref such as refs/tags/v1.0; there are no wildcards."
});
function isReference(text) {
	try {
		parseReference(text);
		return true;
	} catch {
		return false;
	}
}
function isPath(text) {
	return text.trim() === text && text !== "" && !hasControls(text);
}
function hasControls(text) {
	return /\p{Cc}/u.test(text);
}
// src/policy/signer-schema.ts
/** What a signer vouches for. */
const signerRole = _enum([
	"source",
	"promotion",
	"scan"
]);
/** Who is trusted: a key or a keyless identity, in one role, for some images, for some time. */
const signerSchema = strictObject({
	role: signerRole.describe("What this signer vouches for. Naming any signer of the role source demands that one of them signed the source. The roles promotion and scan are asked for under attestations.require."),
	name: sentence.optional().describe("What messages call this signer. Default: its key or identity."),
	images: array(imagePattern).optional().describe("The images it may vouch for. Without this key: all."),
	key: signerKey.optional().describe("A public key: a PEM file, or a KMS URI (awskms, gcpkms, azurekms, hashivault, k8s)."),
	identity: sentence.optional().describe("The identity in a keyless certificate, exactly, such as the URL of a workflow at a ref. A workflow that others may call signs with the same identity for everyone: repository says for whom."),
	identityRegexp: wholePattern.optional().describe("Instead of identity: a regular expression (RE2) that must match all of it."),
	issuer: sentence.optional().describe("Who issued that identity, exactly, such as https://token.actions.githubusercontent.com."),
	issuerRegexp: wholePattern.optional().describe("Instead of issuer: a regular expression (RE2) that must match all of it."),
	repository: repositoryName.optional().describe("The repository (owner/name) whose run signed. It is what binds a reusable workflow of GitHub to its caller. Without it, only the repository that the identity itself names."),
	transparencyLog: boolean().optional().describe("Whether its signatures count only with an entry in the transparency log. Default: signature.transparencyLog of the same policy."),
	notBefore: instant.optional().describe("From when on this signer counts: a day (from its start, UTC) or a time. Compared with now, not with the time of the signature, since a key carries no time that could be trusted."),
	notAfter: instant.optional().describe("Until when this signer counts: a day (to its end, UTC) or a time. Compared with now: afterwards, what it signed earlier no longer counts either.")
}).superRefine((value, context) => {
	for (const [message, fix] of findFlaws$1(value)) context.addIssue({
		code: "custom",
		message,
		params: { fix }
	});
});
/** How a target is signed, and what signatures are checked with. */
const signatureSchema = strictObject({
	format: _enum([
		"bundle",
		"legacy",
		"both"
	]).optional().describe("How the target is signed: as a bundle, as a .sig tag (which podman, CRI-O and OpenShift read), or both. Of several policies, every form that any states. Stating it makes signing compulsory. Default: bundle."),
	transparencyLog: boolean().optional().describe("Put the signature into the transparency log. Default: true."),
	signingConfig: path.optional().describe("A Sigstore signing configuration: the services that sign. Default: the public ones."),
	trustedRoot: path.optional().describe("A Sigstore trusted root: who vouches for keyless identities and log entries. It holds for every signer of every policy, so policies with keyless signers must all name the same. Default: the public one."),
	repository: sentence.optional().describe("Another repository for signatures.")
}).describe("How the target is signed.");
function findFlaws$1(signer) {
	const { key, identity, identityRegexp, issuer, issuerRegexp, repository } = signer;
	const keyless = [
		identity,
		identityRegexp,
		issuer,
		issuerRegexp,
		repository
	].some((part) => part !== void 0);
	const hasIdentity = identity !== void 0 || identityRegexp !== void 0;
	const hasIssuer = issuer !== void 0 || issuerRegexp !== void 0;
	const either = "Give either key, or identity and issuer.";
	const flaws = [];
	if (key !== void 0 && keyless) flaws.push(["a signer has both a key and an identity.", either]);
	else if (key === void 0 && !keyless) flaws.push(["a signer has neither a key nor an identity.", either]);
	else if (key === void 0 && !(hasIdentity && hasIssuer)) flaws.push(["a keyless signer needs both its identity and its issuer.", either]);
	for (const [exact, pattern, name] of [[
		identity,
		identityRegexp,
		"identity"
	], [
		issuer,
		issuerRegexp,
		"issuer"
	]]) if (exact !== void 0 && pattern !== void 0) flaws.push([`a signer has both ${name} and ${name}Regexp.`, "Keep one of them."]);
	if (isNever(signer)) flaws.push(["a signer ends (notAfter) before it begins (notBefore).", "Exchange the two."]);
	return flaws;
}
function isNever({ notBefore, notAfter }) {
	const from = notBefore === void 0 ? void 0 : parseInstant(notBefore);
	const to = notAfter === void 0 ? void 0 : findEnd(notAfter);
	return from !== void 0 && to !== void 0 && to <= from;
}
/** An attestation that the source must carry, for its exact digest. */
const attestationSchema = strictObject({
	type: string("a predicate type").superRefine((text, context) => {
		if (/^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/.test(text)) return;
		const meant = Object.hasOwn(SHORT_NAMES, text) ? SHORT_NAMES[text] : void 0;
		const fix = meant === void 0 ? "Write the type as it stands in the attestation, a URI." : `Write ${meant}, as it stands in the attestation.`;
		context.addIssue({
			code: "custom",
			message: `${JSON.stringify(text)} is not a predicate type.`,
			params: { fix }
		});
	}).meta({ pattern: "^[a-z][a-z0-9+.-]*:\\S+$" }).describe("The predicate type, such as https://cosign.sigstore.dev/attestation/vuln/v1 or https://slsa.dev/provenance/v1."),
	role: signerRole.describe("Whose signature it must carry: that of a signer of this role, for each policy that names any."),
	maxAge: duration.optional().describe("How old it may be by what it says of itself: 48h, 7d. Without this key: any age."),
	scanner: sentence.optional().describe("Of a scan: the scanner, such as trivy, in upper or lower case; a part of its address or its vendor."),
	builder: builderPattern.optional().describe("Of SLSA provenance: the id of the builder, exactly, or all below a path with /* or @* at its end, such as https://github.com/org/builds/.github/workflows/build.yml@*."),
	repository: sourceRepository.optional().describe("Of SLSA provenance: the source repository, owner/name on github.com or host/path elsewhere."),
	branch: gitReference.optional().describe("Of SLSA provenance: the branch that was built, such as main, or a full ref such as refs/tags/v1.0."),
	environment: sentence.optional().describe("Of a promotion record: the environment it was promoted to, such as qa."),
	level: _enum([
		"SLSA_BUILD_LEVEL_1",
		"SLSA_BUILD_LEVEL_2",
		"SLSA_BUILD_LEVEL_3"
	]).optional().describe("Of SLSA provenance: what provenance by this builder is worth. It goes into the verification summary of the target.")
}).superRefine((value, context) => {
	for (const [message, fix] of findFlaws(value)) context.addIssue({
		code: "custom",
		message,
		params: { fix }
	});
});
/** The conditions that only some types can meet; on any other, nothing would ever pass. */
const CONDITIONS = [
	[
		["scanner"],
		VULNERABILITY_TYPES,
		"scans"
	],
	[
		[
			"builder",
			"repository",
			"branch",
			"level"
		],
		PROVENANCE_TYPES,
		"SLSA provenance"
	],
	[
		["environment"],
		[PROMOTION_TYPE],
		"promotion records"
	]
];
function findFlaws(required) {
	const { type } = required;
	if (type === "https://sigstore.dev/cosign/sign/v1") return [["this is the type of signatures.", "Remove it: naming signers of the role source demands a signature."]];
	const flaws = CONDITIONS.flatMap(([keys, types, what]) => {
		const stated = keys.filter((key) => required[key] !== void 0);
		if (stated.length === 0 || types.includes(type)) return [];
		return [[`${stated.join(" and ")} can only be asked of ${what}, and the type is ${type}.`, `Remove it, or require one of ${types.join(", ")}.`]];
	});
	if (required.maxAge !== void 0 && findTimeFields(type) === void 0) flaws.push([`it is not known where ${type} says when it was made.`, "Remove maxAge."]);
	if (required.level !== void 0 && required.builder === void 0) flaws.push(["level says what provenance by a builder is worth, and no builder is named.", "Add builder."]);
	return flaws;
}
// src/policy/severities.ts
const RATED = SEVERITIES.filter((severity) => severity !== "UNKNOWN");
/** Parses the severities that gate, shared by the policy and the `severity` input: from CRITICAL down without a gap, and UNKNOWN if wanted. */
function parseSeverities(list) {
	const unknown = list.find((entry) => !SEVERITIES.includes(entry));
	if (unknown !== void 0) return refuse(`${JSON.stringify(unknown)} is not a severity.`, `Use ${SEVERITIES.join(", ")}.`);
	const severities = SEVERITIES.filter((severity) => list.includes(severity));
	const last = RATED.findLastIndex((severity) => severities.includes(severity));
	if (last < 0) return refuse(`${list.length === 0 ? "no severity is named" : "UNKNOWN alone leaves out every rated severity"}.`, "Name CRITICAL at least; to look without refusing, use the scan mode report.");
	const missing = RATED.slice(0, last).filter((severity) => !severities.includes(severity));
	if (missing.length === 0) return { severities };
	const wanted = SEVERITIES.filter((severity) => severities.includes(severity) || missing.includes(severity));
	return refuse(`${RATED[last]} without ${missing.join(" and ")} would let pass what is worse.`, `Write ${wanted.join(", ")}.`);
}
function refuse(message, fix) {
	return { problem: {
		message,
		fix
	} };
}
// src/policy/schema.ts
const allow = array(imagePattern).describe("What is allowed: host/*, host/path/* (any depth below) or host/repository. Without this key, everything is.");
const forbidTags = array(tagName).describe("Tags that are refused, in upper or lower case. Default: latest, stable, main, master, edge, nightly, without what the policy names as its channels.");
const reason = sentence.describe("Why this is acceptable; it goes into the record.");
const expires = day.describe("The last day (YYYY-MM-DD, UTC) on which this holds.");
const sources = strictObject({ allow: allow.optional() }).describe("Where images may come from.");
const targets = strictObject({
	allow: allow.optional(),
	forbidTags: forbidTags.optional(),
	channels: array(tagName).optional().describe("Tags that may move from one digest to the next, with existing-tag: move; nothing else ever moves. Every policy that speaks of targets must name them. Default: none.")
}).describe("Where images may go to.");
const images = strictObject({
	allow: allow.optional(),
	requireDigest: boolean().optional().describe("Refuse an image without a digest. Default: true."),
	forbidTags: forbidTags.optional()
}).describe("What workload files may name.");
const severity = array(_enum(SEVERITIES)).superRefine((list, context) => {
	const { problem } = parseSeverities(list);
	if (problem === void 0) return;
	context.addIssue({
		code: "custom",
		message: problem.message,
		params: { fix: problem.fix }
	});
}).describe("Severities that refuse: CRITICAL and what follows it without a gap, and UNKNOWN if wanted. Default: CRITICAL.");
const ignored = strictObject({
	id: textField({
		is: (text) => /^[A-Za-z0-9][A-Za-z0-9._:-]*$/.test(text),
		what: "the id of a vulnerability",
		fix: "Name one vulnerability, such as CVE-2026-1234; there are no wildcards.",
		pattern: "^[A-Za-z0-9][A-Za-z0-9._:-]*$"
	}).describe("The vulnerability, such as CVE-2026-1234."),
	package: sentence.optional().describe("The package, by its name or its package URL (pkg:…). Without it: every package."),
	reason,
	expires
});
const allowedIncomplete = strictObject({
	image: imagePattern.describe("The source image, as a pattern."),
	platform: textField({
		is: (text) => /^(unknown|[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9]+)?)$/.test(text),
		what: "a platform",
		fix: "Write os/architecture or os/architecture/variant, such as windows/amd64.",
		pattern: "^(unknown|[a-z0-9]+/[a-z0-9_]+(/[a-z0-9]+)?)$"
	}).describe("The platform, such as windows/amd64; unknown for what has none."),
	reason,
	expires
});
const scan = strictObject({
	mode: _enum([
		"enforce",
		"report",
		"off"
	]).optional().describe("Whether findings refuse (enforce), are only told (report), or nothing is scanned (off). Default: enforce."),
	severity: severity.optional(),
	ignoreUnfixed: boolean().optional().describe("Let findings pass that have no fix yet. Default: false."),
	ignore: array(ignored).optional().describe("Vulnerabilities that are accepted until a day."),
	vex: array(path).optional().describe("OpenVEX files; what they say is not affected does not refuse."),
	allowIncomplete: array(allowedIncomplete).optional().describe("Platforms that may pass although the scanner cannot judge them, until a day."),
	databases: array(imageReference).min(1).optional().describe("Mirrors of the vulnerability database, tried in order. Default: mirror.gcr.io/aquasec/trivy-db:2, ghcr.io/aquasecurity/trivy-db:2."),
	javaDatabases: array(imageReference).min(1).optional().describe("Mirrors of the Java database, tried in order. Default: mirror.gcr.io/aquasec/trivy-java-db:1, ghcr.io/aquasecurity/trivy-java-db:1."),
	maxDatabaseAge: duration.optional().describe("How old the vulnerability database may be: 90s, 30m, 48h, 7d. Default: 48h."),
	from: _enum(["image", "sbom"]).optional().describe("What is scanned: the image, or its attested SBOM, which is weaker evidence and recorded as such. Where any policy says image, or speaks of the scan and not of this, the image is. Default: image.")
}).describe("What the vulnerability scan must say.");
const sections = {
	sources: sources.optional(),
	targets: targets.optional(),
	images: images.optional(),
	scan: scan.optional(),
	signers: array(signerSchema).optional().describe("Who is trusted to have signed what; several at once, so that keys can rotate."),
	attestations: strictObject({ require: array(attestationSchema).optional().describe("Attestations the source must carry, for its exact digest. What several policies require adds up.") }).optional().describe("What must be attested."),
	checks: strictObject({ require: array(sentence).optional().describe("Checks as name or name@app-slug.") }).optional().describe("What must have succeeded on the commit the image was built from."),
	signature: signatureSchema.optional(),
	upload: _enum(["after-gates", "during-gates"]).optional().describe("When bytes may go to the target. Default: after-gates."),
	registries: strictObject({
		insecure: array(registryHost).optional().describe("Registries that may be spoken to over plain HTTP or with a certificate nobody vouches for."),
		ca: union([path, array(path)]).optional().describe("Files with certificate authorities to trust besides those of the system.")
	}).optional().describe("How registries are reached.")
};
const environment = strictObject({
	...sections,
	targets: union([allow, targets]).optional().describe("The targets of this environment: a list of patterns, or the same keys as under targets. A target outside is refused here, and one inside everywhere else.")
});
const environmentName = textField({
	is: (text) => /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,254}$/.test(text),
	what: "the name of an environment",
	fix: "Use letters, digits, spaces and . _ / -, starting with a letter or digit.",
	pattern: "^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,254}$"
});
/** The policy file, strict: what it does not know it refuses. Durations come out in milliseconds. */
const policySchema = strictObject({
	$schema: string().optional().describe("Where editors find this schema."),
	version: literal(1).describe("The version of this format."),
	...sections,
	environments: record(environmentName, environment).optional().describe("What differs per environment: each key replaces the one above.")
}).meta({
	title: "promote-image policy",
	description: "What must hold for a container image to be promoted. Inputs of the action may only tighten it."
});
// src/policy/parse.ts
/** Parses one policy file. `name` is how it is called in problems, refusals and the record. A rule that this release does not enforce yet is a problem too. */
function parsePolicy(text, name) {
	const { value, problems } = parseYaml$1(policySchema, text, name, findNotEnforced);
	return {
		policy: value,
		problems
	};
}
// src/inputs/policy-files.ts
/** Reads a file for an input; one that is there and cannot be read is a problem like any other, told with them. */
async function readFor(where, read) {
	try {
		return { text: await read() };
	} catch (error) {
		if (!(error instanceof DomainError) || error.code !== "FILE_UNREADABLE") throw error;
		return { problem: {
			where,
			message: `${error.message}.`,
			fix: "Name a file that this step may read."
		} };
	}
}
const DEFAULT_POLICY = ".github/promote-image.yml";
/** Reads what the `policy` input says: files, a line each, or YAML in place; without it the default file, if there is one. Problems of all files come together. */
async function readPolicies(input, files) {
	const problems = [];
	const policies = [];
	const add = (name, text) => {
		const parsed = parsePolicy(text, name);
		problems.push(...parsed.problems);
		if (parsed.policy !== void 0) policies.push({
			name,
			digest: digestOf(text),
			policy: parsed.policy
		});
	};
	if (isInPlace(input)) {
		add("input policy", input);
		return {
			policies,
			problems
		};
	}
	const named = input.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
	for (const path of named.length > 0 ? named : [DEFAULT_POLICY]) {
		const file = await readFor("input policy", () => files.readPolicy(path));
		if ("problem" in file) problems.push(file.problem);
		else if (file.text !== void 0) add(path, file.text);
		else if (named.length > 0) problems.push({
			where: "input policy",
			message: `names ${path}, which does not exist.`,
			fix: "Check the path, and that actions/checkout ran before this step."
		});
	}
	return {
		policies,
		problems
	};
}
/** YAML in place has a top-level key, perhaps quoted or indented; a list of paths has none. */
function isInPlace(input) {
	return /^\s*\{/.test(input) || /^[ \t]*(["']?)(?:\$schema|[A-Za-z]+)\1[ \t]*:(?:\s|$)/m.test(input);
}
/** Throws every problem at once, when there is one. */
function throwProblems(problems) {
	if (problems.length > 0) throw new UsageError(problems);
}
// src/inputs/named-files.ts
/** Reads what inputs and policies name besides policies, and remembers what it was: all of it counts like a policy, and a plan holds only for these texts. */
var NamedFiles = class {
	#fields;
	#files;
	#sources = /* @__PURE__ */ new Map();
	constructor(fields, files) {
		this.#fields = fields;
		this.#files = files;
	}
	/** What was read, once each. */
	get sources() {
		return [...this.#sources.values()];
	}
	remember(name, text) {
		const digest = digestOf(text);
		this.#sources.set(`${name} ${digest}`, {
			name,
			digest
		});
	}
	/** The texts of files, on a pull request from the base commit; one that is not there or cannot be read is a problem of `input`. `key` is the key of the policy that names them. */
	async readAll(input, paths, key) {
		const texts = [];
		for (const path of paths) {
			const file = await readFor(`input ${input}`, () => this.#files.readPolicy(path));
			if ("problem" in file) this.#fields.addProblems([file.problem]);
			else if (file.text !== void 0) {
				this.remember(path, file.text);
				texts.push({
					path,
					text: file.text
				});
			} else {
				const place = key === void 0 ? "" : ` in ${key}`;
				this.#fields.addProblem(input, `names ${path}${place}, which does not exist.`, "Check the path, and that actions/checkout ran before this step.");
			}
		}
		return texts;
	}
};
// src/inputs/run-inputs.ts
/** Reads which tool is to run, as text that parseToolInput takes; a path that leads to nothing executable is a problem. */
async function readTool(fields, name, { files }) {
	const text = fields.text(name);
	const tool = fields.attempt(name, () => parseToolInput(name, text));
	if (tool?.kind === "path" && !await files.isExecutable(tool.path)) fields.addProblem(name, `names ${tool.path}, which is no file that can be run.`, "Check the path, or leave it empty for the pinned version.");
	return text;
}
/** Reads the longest time the run may take, in milliseconds. */
function readTimeout(fields) {
	const text = fields.text("timeout");
	const milliseconds = parseDuration(text);
	if (milliseconds === void 0) fields.addProblem("timeout", `is ${JSON.stringify(text)}.`, "Write a duration such as 30m or 1h.");
	return milliseconds ?? 0;
}
// src/inputs/trust-inputs.ts
const CERTIFICATE_INPUTS = [
	"certificate-identity",
	"certificate-identity-regexp",
	"certificate-oidc-issuer",
	"certificate-oidc-issuer-regexp",
	"certificate-github-workflow-repository"
];
/**
* Reads who is trusted from `key` and the `certificate-*` inputs, each with `prefix` before it (`source-`, or nothing).
* Undefined when none is given, and when one is wrong: that is a problem of `fields` then.
*/
async function readTrustAnchor(fields, prefix, context) {
	const given = CERTIFICATE_INPUTS.map((name) => `${prefix}${name}`).filter((name) => fields.isGiven(name));
	const key = fields.isGiven(`${prefix}key`) ? await readKeyAnchor(fields, `${prefix}key`, context) : void 0;
	if (given.length === 0) return key;
	if (fields.isGiven(`${prefix}key`)) {
		const fix = `Give either ${prefix}key, or an identity and its issuer. A policy can name several signers.`;
		fields.addProblem(`${prefix}key`, `is given beside ${given.join(", ")}.`, fix);
	}
	const certificate = readCertificateAnchor(fields, prefix, context);
	return key ?? certificate;
}
async function readKeyAnchor(fields, input, { files, env, transparencyLog }) {
	const text = fields.text(input);
	if (text.includes("-----BEGIN")) return readPem(fields, input, input, text, transparencyLog);
	if (isKmsUri(text)) return {
		kind: "key",
		name: text,
		transparencyLog,
		key: text
	};
	const variable = /^env:\/\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
	if (variable !== void 0) {
		const pem = env[variable]?.trim();
		if (pem) return readPem(fields, input, text, pem, transparencyLog);
		const fix = `Give the step env: ${variable}: \${{ vars.${variable} }}.`;
		fields.addProblem(input, `names the variable ${variable}, which is empty or not set.`, fix);
		return;
	}
	if (/^[a-z0-9+.-]+:\/\//i.test(text)) {
		fields.addProblem(input, `names ${text.split(":")[0]}://, which this release does not use.`, "Use a file, env://VARIABLE, or a KMS: awskms, gcpkms, azurekms, hashivault or k8s.");
		return;
	}
	const file = await readFor(`input ${input}`, () => files.readPolicy(text));
	if ("problem" in file) fields.addProblems([file.problem]);
	else if (file.text !== void 0) return readPem(fields, input, text, file.text, transparencyLog);
	else fields.addProblem(input, `names ${text}, which does not exist.`, "Check the path, and that actions/checkout ran before this step.");
}
/** A public key in PEM. What is none is never shown: it may be the private half, put there by mistake. */
function readPem(fields, input, name, text, transparencyLog) {
	const flaw = findKeyFlaw(text);
	if (flaw === void 0) return {
		kind: "key",
		name,
		transparencyLog,
		key: `${text.trim()}\n`
	};
	const holder = name === input ? "" : `names ${name}, which `;
	fields.addProblem(input, `${holder}holds ${flaw}.`, "Give the public key in PEM, as cosign.pub holds it: cosign public-key --key KEY writes it.");
}
/** What a text holds that is no public key in PEM, as a phrase after `holds`; it never quotes it. Undefined for a public key. */
function findKeyFlaw(text) {
	if (text.includes("PRIVATE KEY")) return "a private key, where a public one belongs";
	const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label = ""]) => label);
	if (blocks.length > 1) return `${blocks.length} PEM blocks, where one public key belongs`;
	if (blocks[0] === void 0) return "no public key in PEM";
	if (!blocks[0].endsWith("PUBLIC KEY")) return `a ${blocks[0].toLowerCase()}, and no public key`;
	try {
		return findKindFlaw(createPublicKey(text));
	} catch {
		return "a public key that cannot be read";
	}
}
/** The kinds that cosign verifies with, which is what ran: of a curve other than P-256 too, where the signature is over a SHA-256. It cannot load any other. */
const CURVES = [
	"prime256v1",
	"secp384r1",
	"secp521r1",
	"secp224r1"
];
function findKindFlaw({ asymmetricKeyType: type, asymmetricKeyDetails }) {
	const curve = asymmetricKeyDetails?.namedCurve;
	if (type === "rsa" || type === "ed25519" || type === "ec" && CURVES.includes(curve)) return void 0;
	return `a public key that cosign cannot verify with (${curve ?? type ?? "of no known kind"})`;
}
function readCertificateAnchor(fields, prefix, context) {
	const identity = readMatch(fields, `${prefix}certificate-identity`);
	const issuer = readMatch(fields, `${prefix}certificate-oidc-issuer`);
	const input = `${prefix}certificate-github-workflow-repository`;
	const repository = fields.text(input) || void 0;
	if (repository !== void 0 && !/^[A-Za-z0-9][\w.-]*\/[\w.-]+$/.test(repository)) fields.addProblem(input, `is ${JSON.stringify(repository)}, which is no repository.`, "Write owner/name.");
	if (identity === void 0 || issuer === void 0) return void 0;
	if (repository === void 0) refuseForeignWorkflow(fields, prefix, identity, context.repository);
	return {
		kind: "certificate",
		name: identity.text,
		transparencyLog: context.transparencyLog,
		identity,
		issuer,
		...repository === void 0 ? {} : { repository }
	};
}
/** Exactly one of the plain input and its `-regexp`. */
function readMatch(fields, input) {
	const [exact, pattern] = [fields.text(input), fields.text(`${input}-regexp`)];
	if (exact === "" && pattern === "") {
		const fix = `Set ${input} or ${input}-regexp: an identity says nothing without who issued it.`;
		fields.addProblem(input, "is empty, and a certificate is trusted by its identity and its issuer.", fix);
		return;
	}
	if (exact !== "" && pattern !== "") {
		fields.addProblem(input, `is given beside ${input}-regexp.`, "Give one of the two.");
		return;
	}
	if (exact !== "") return {
		kind: "exact",
		text: exact
	};
	const flaw = findPatternFlaw(pattern);
	if (flaw === void 0) return {
		kind: "regexp",
		text: pattern
	};
	fields.addProblem(`${input}-regexp`, `${flaw}: ${JSON.stringify(pattern.slice(0, 200))}.`, "Write a regular expression in RE2 syntax; it must match all of the text, ^ and $ are not needed.");
}
/** A reusable workflow signs with the same identity for every repository that calls it: without the caller's name it would vouch for a stranger. */
function refuseForeignWorkflow(fields, prefix, identity, own) {
	if (identity.kind !== "exact" || own === void 0) return;
	const named = /^https:\/\/[^/]+\/([^/]+\/[^/]+)\/\.github\/workflows\//.exec(identity.text)?.[1];
	if (named === void 0 || named.toLowerCase() === own.toLowerCase()) return;
	fields.addProblem(`${prefix}certificate-identity`, `names a workflow of ${named}, and not for whom it signs: a reusable workflow has this identity for whoever calls it.`, `Set ${prefix}certificate-github-workflow-repository to the repository that called it, such as ${own}.`);
}
// src/inputs/sigstore-files.ts
/** What the media type of each file has in its name, where it says one; https://github.com/sigstore/protobuf-specs */
const KINDS = {
	"signing-config": {
		key: "signature.signingConfig",
		word: "signingconfig",
		what: "signing configuration"
	},
	"trusted-root": {
		key: "signature.trustedRoot",
		word: "trustedroot",
		what: "trusted root"
	}
};
/** The text of a Sigstore file that the input or the policy names; undefined when neither does, or when it is a problem. */
async function readSigstoreFile(fields, named, input, path) {
	if (path === void 0) return void 0;
	const { key, word, what } = KINDS[input];
	const isGiven = fields.isGiven(input);
	const [file] = await named.readAll(isGiven ? input : "policy", [path], isGiven ? void 0 : key);
	if (file === void 0) return void 0;
	if (isSigstoreFile(file.text, word)) return file.text;
	const place = isGiven ? "" : ` in ${key}`;
	const fix = `Make one with cosign ${input} create.`;
	fields.addProblem(isGiven ? input : "policy", `names ${path}${place}, which is no Sigstore ${what}.`, fix);
}
function isSigstoreFile(text, word) {
	try {
		const json = JSON.parse(text);
		if (typeof json !== "object" || json === null || Array.isArray(json)) return false;
		const { mediaType } = json;
		return mediaType === void 0 || typeof mediaType === "string" && mediaType.includes(word);
	} catch {
		return false;
	}
}
/** Refuses a trusted root without a log beside a signer of this role who counts only with an entry in one: nothing could ever verify. A signer whom the policy bounds by images or dates may not be asked at all, and is left to the run. */
function refuseRootWithoutLog(fields, root, role, policy, anchor) {
	if (root === void 0 || isNamingLog(root)) return;
	const asked = policy.signers.flatMap(({ signers }) => signers).filter((signer) => signer.role === role && (signer.images ?? signer.notBefore ?? signer.notAfter) === void 0).map(({ transparencyLog, name, key, identity, identityRegexp }) => ({
		transparencyLog,
		name: name ?? key ?? identity ?? identityRegexp ?? "a signer"
	}));
	const bound = [...anchor === void 0 ? [] : [anchor], ...asked].find(({ transparencyLog }) => transparencyLog);
	if (bound === void 0) return;
	const isGiven = fields.isGiven("trusted-root");
	const message = `names no transparency log${isGiven ? "" : " in signature.trustedRoot"}, and ${bound.name} counts only with an entry in one.`;
	fields.addProblem(isGiven ? "trusted-root" : "policy", message, "Add the log to the trusted root, or say signature: { transparencyLog: false } in the policy.");
}
function isNamingLog(root) {
	const { tlogs } = JSON.parse(root);
	return Array.isArray(tlogs) && tlogs.length > 0;
}
/** The public keys in PEM of the signers that policies name, by their paths; of these roles, where they are given. */
async function readPolicyKeys(fields, named, policy, roles) {
	const files = await named.readAll("policy", listKeyFiles(policy, roles), "signers");
	for (const { path, text } of files) {
		const flaw = findKeyFlaw(text);
		const fix = "Give the public key in PEM, as cosign.pub holds it.";
		if (flaw !== void 0) fields.addProblem("policy", `names ${path} in signers, which holds ${flaw}.`, fix);
	}
	return new Map(files.map(({ path, text }) => [path, `${text.trim()}\n`]));
}
// src/policy/defaults.ts
/** Tags that move: what they name today says nothing about tomorrow. */
const DEFAULT_FORBIDDEN_TAGS = [
	"latest",
	"stable",
	"main",
	"master",
	"edge",
	"nightly"
];
/** What holds for the scan where no policy says anything. */
const SCAN_DEFAULTS = {
	mode: "enforce",
	severity: ["CRITICAL"],
	ignoreUnfixed: false,
	databases: ["mirror.gcr.io/aquasec/trivy-db:2", "ghcr.io/aquasecurity/trivy-db:2"],
	javaDatabases: ["mirror.gcr.io/aquasec/trivy-java-db:1", "ghcr.io/aquasecurity/trivy-java-db:1"],
	maxDatabaseAge: 1728e5,
	from: "image"
};
// src/policy/environment.ts
/** Puts the chosen environment over a policy: key by key, not section by section. */
function resolveEnvironment({ name, policy }, environment) {
	const chosen = environment === void 0 ? void 0 : environmentsOf(policy).get(environment);
	if (chosen === void 0) return {
		name,
		sections: policy,
		targetsOf: void 0
	};
	const { targets: _targets, ...overlay } = chosen;
	const targets = targetsSection(chosen);
	return {
		name,
		sections: replaceKeys(policy, targets === void 0 ? overlay : {
			...overlay,
			targets
		}),
		targetsOf: targets?.allow === void 0 ? void 0 : environment
	};
}
/** The targets that each environment of a policy calls its own. */
function listClaims({ name, policy }) {
	return [...environmentsOf(policy)].flatMap(([environment, overlay]) => {
		const patterns = targetsSection(overlay)?.allow;
		return patterns === void 0 ? [] : [{
			policy: name,
			environment,
			patterns
		}];
	});
}
/** An environment that no policy knows is wrong use; where policies speak of no environment at all, it is only a label. */
function findUnknownEnvironment(policies, environment) {
	if (environment === void 0) return [];
	const where = "input environment";
	if (policies.length === 0) return [{
		where,
		message: `names ${environment}, and there is no policy.`,
		fix: "Add .github/promote-image.yml, or name one with the policy input."
	}];
	const known = new Set(policies.flatMap(({ policy }) => [...environmentsOf(policy).keys()]));
	const speaking = policies.filter(({ policy }) => policy.environments !== void 0).map(({ name }) => name);
	if (speaking.length === 0 || known.has(environment)) return [];
	const names = known.size === 0 ? "none" : [...known].join(", ");
	return [{
		where,
		message: `names ${JSON.stringify(environment)}, which ${speaking.join(" and ")} ${speaking.length === 1 ? "does" : "do"} not define.`,
		fix: `Defined: ${names}.`
	}];
}
function environmentsOf(policy) {
	return new Map(Object.entries(policy.environments ?? {}));
}
function targetsSection({ targets }) {
	return Array.isArray(targets) ? { allow: targets } : targets;
}
function replaceKeys(below, above) {
	const merged = { ...below };
	for (const [section, value] of Object.entries(above)) {
		if (value === void 0) continue;
		const beneath = merged[section];
		merged[section] = isRecord(value) && isRecord(beneath) ? {
			...beneath,
			...value
		} : value;
	}
	return merged;
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/policy/stated.ts
/** The keys of a policy that are merged one by one, and where each stands. */
const PICK = {
	"sources.allow": (p) => p.sources?.allow,
	"targets.allow": (p) => p.targets?.allow,
	"targets.forbidTags": (p) => p.targets?.forbidTags,
	"targets.channels": (p) => p.targets?.channels,
	"images.allow": (p) => p.images?.allow,
	"images.requireDigest": (p) => p.images?.requireDigest,
	"images.forbidTags": (p) => p.images?.forbidTags,
	"scan.mode": (p) => p.scan?.mode,
	"scan.severity": (p) => p.scan?.severity,
	"scan.ignoreUnfixed": (p) => p.scan?.ignoreUnfixed,
	"scan.ignore": (p) => p.scan?.ignore,
	"scan.vex": (p) => p.scan?.vex,
	"scan.allowIncomplete": (p) => p.scan?.allowIncomplete,
	"scan.databases": (p) => p.scan?.databases,
	"scan.javaDatabases": (p) => p.scan?.javaDatabases,
	"scan.maxDatabaseAge": (p) => p.scan?.maxDatabaseAge,
	"scan.from": (p) => p.scan?.from,
	signers: (p) => p.signers,
	"attestations.require": (p) => p.attestations?.require,
	"signature.format": (p) => p.signature?.format,
	"signature.transparencyLog": (p) => p.signature?.transparencyLog,
	"signature.signingConfig": (p) => p.signature?.signingConfig,
	"signature.trustedRoot": (p) => p.signature?.trustedRoot,
	upload: (p) => p.upload,
	"registries.insecure": (p) => p.registries?.insecure,
	"registries.ca": (p) => p.registries?.ca
};
/** What a policy can only mean when its findings refuse; an input beside it may not loosen the gate. */
const GATING_KEYS = [
	"scan.mode",
	"scan.severity",
	"scan.ignoreUnfixed",
	"scan.ignore",
	"scan.from"
];
/** All that a policy says of the gate: one that states any of these speaks for the whole of it, against other policies. */
const GATE_KEYS = [
	...GATING_KEYS,
	"scan.vex",
	"scan.allowIncomplete",
	"scan.maxDatabaseAge"
];
/** What each policy that states a key says for it. */
function readStatements(policies, key) {
	return policies.flatMap(({ name, sections }) => {
		const value = PICK[key](sections);
		return value === void 0 ? [] : [{
			policy: name,
			value
		}];
	});
}
/** Who states what. */
function listStated(policies) {
	const entries = Object.keys(PICK).map((key) => [key, readStatements(policies, key).map(({ policy }) => policy)]);
	return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}
// src/policy/merge-trust.ts
/** A list per policy. What a signer leaves out is settled by its own policy, so that no other can let it do without the log. */
function mergeSigners(resolved) {
	return resolved.flatMap(({ name, sections }) => {
		const { signers, signature } = sections;
		if (signers === void 0) return [];
		const transparencyLog = signature?.transparencyLog ?? true;
		return [{
			policy: name,
			signers: signers.map((signer) => ({
				...signer,
				transparencyLog: signer.transparencyLog ?? transparencyLog
			}))
		}];
	});
}
/** Everything that any policy requires: the same twice is held against each policy's own conditions. */
function mergeAttestations(resolved) {
	return readStatements(resolved, "attestations.require").flatMap(({ policy, value }) => value.map((required) => ({
		...required,
		policy
	})));
}
/** Every form that any policy asks for, and the log as soon as one does. */
function mergeSignature(resolved) {
	const speaking = resolved.map(speakForSignature);
	const formats = readStatements(speaking, "signature.format").map(({ value }) => value);
	const logs = readStatements(speaking, "signature.transparencyLog");
	const [signingConfig] = readStatements(resolved, "signature.signingConfig");
	const [trustedRoot] = readStatements(resolved, "signature.trustedRoot");
	return {
		format: uniteFormats(formats),
		transparencyLog: logs.length === 0 || logs.some(({ value }) => value),
		...signingConfig === void 0 ? {} : { signingConfig: signingConfig.value },
		...trustedRoot === void 0 ? {} : { trustedRoot: trustedRoot.value }
	};
}
/** Both, where the forms differ; bundle where none is named. */
function uniteFormats(formats) {
	const [first = "bundle", ...rest] = new Set(formats);
	return rest.length === 0 ? first : "both";
}
/** What cannot be decided by taking the strictest: two services, a root that only some policies name, a signer that nobody names. */
function findTrustGaps(resolved, policy) {
	return [
		...findTwo(readStatements(resolved, "signature.signingConfig"), "signature.signingConfig"),
		...findTwo(readStatements(resolved, "signature.trustedRoot"), "signature.trustedRoot"),
		...findBorrowedRoot(resolved, policy),
		...findNoSigner(policy)
	];
}
/** True for two ways to write the same path. */
function isSamePath(a, b) {
	const [plainA, plainB] = [a, b].map((path) => path.replace(/^(?:\.\/+)+/, ""));
	return plainA === plainB;
}
/** True when what a signer signs is checked with the trusted root: its certificate, or its entry in the log. */
function needsRoot({ key, transparencyLog }) {
	return key === void 0 || transparencyLog;
}
/** A policy that says how to sign, and not in which form or whether with the log, means the default, so that another beside it cannot take that away. */
function speakForSignature(policy) {
	const { signature } = policy.sections;
	if (signature === void 0) return policy;
	const spoken = {
		format: "bundle",
		transparencyLog: true,
		...signature
	};
	return {
		...policy,
		sections: {
			...policy.sections,
			signature: spoken
		}
	};
}
function findTwo(statements, key) {
	const [first, ...rest] = statements;
	const other = first === void 0 ? void 0 : rest.find(({ value }) => !isSamePath(value, first.value));
	if (first === void 0 || other === void 0) return [];
	const message = `${key}: ${first.policy} names ${first.value}, and ${other.policy} names ${other.value}.`;
	return [{
		where: `${first.policy}, ${other.policy}`,
		message,
		fix: "Name the same file in both."
	}];
}
/** A root decides whose certificates count: a policy whose signers rest on the public one must not find another under them. */
function findBorrowedRoot(resolved, { signers, signature }) {
	const { trustedRoot } = signature;
	if (trustedRoot === void 0) return [];
	const naming = new Set(readStatements(resolved, "signature.trustedRoot").map(({ policy }) => policy));
	return signers.filter((list) => !naming.has(list.policy) && list.signers.some(needsRoot)).map(({ policy }) => ({
		where: policy,
		message: `signature.trustedRoot: it names none, and ${[...naming].join(" and ")} would put ${trustedRoot} under its signers.`,
		fix: `Add signature.trustedRoot: ${trustedRoot} to ${policy} too.`
	}));
}
/** Signers of sources may also come from the inputs: those are looked for when the inputs are known. */
function findNoSigner({ attestations, signers }) {
	return attestations.filter(({ role }) => role !== "source").flatMap((required) => describeNoSigner(required, signers));
}
/** What is wrong with a requirement whose role no policy names a signer of. */
function describeNoSigner({ policy, type, role }, lists) {
	if (lists.some(({ signers }) => signers.some((signer) => signer.role === role))) return [];
	return [{
		where: policy,
		message: `attestations.require: ${type} must be signed as ${role}, and no policy names a signer of that role.`,
		fix: `Add a signer with role: ${role} to signers.`
	}];
}
// src/policy/strictest.ts
const MODES$1 = [
	"enforce",
	"report",
	"off"
];
/** Everything that any of the lists names, each entry once. */
function unite(lists) {
	return [...new Set(lists.flatMap(({ value }) => value))];
}
/** What every list names, in the order of the first. */
function intersect(lists) {
	const [first, ...rest] = lists;
	return [...new Set(first?.value ?? [])].filter((entry) => rest.every(({ value }) => value.includes(entry)));
}
/** The strictest mode that is stated, or undefined. */
function pickMode(statements) {
	return MODES$1.find((mode) => statements.some(({ value }) => value === mode));
}
/** The exceptions that every policy makes: same vulnerability and package, where one that names no package covers each; the earliest day counts. */
function intersectIgnored(lists) {
	return intersectEntries(lists, (a, b) => {
		if (a.id !== b.id) return void 0;
		if (a.package !== void 0 && b.package !== void 0 && a.package !== b.package) return void 0;
		return {
			...a,
			package: a.package ?? b.package
		};
	}).map(({ entry, source }) => ({
		id: entry.id,
		packages: entry.package === void 0 ? [] : [entry.package],
		reason: entry.reason,
		expires: entry.expires,
		endsAt: endOfDay(entry.expires) ?? 0,
		source
	}));
}
/** The allowances that every policy makes: same pattern and platform; the earliest day counts. */
function intersectAllowed(lists) {
	return intersectEntries(lists, (a, b) => a.image === b.image && a.platform === b.platform ? a : void 0).map(({ entry, source }) => ({
		...entry,
		source
	}));
}
/** `meet` says what two entries have in common, if anything. */
function intersectEntries(lists, meet) {
	const [first, ...rest] = lists.map(({ policy, value }) => value.map((entry) => ({
		entry,
		source: policy
	})));
	return rest.reduce((common, list) => common.flatMap((a) => list.flatMap((b) => {
		const entry = meet(a.entry, b.entry);
		if (entry === void 0) return [];
		const reason = [.../* @__PURE__ */ new Set([a.entry.reason, b.entry.reason])].join("; ");
		const expires = a.entry.expires < b.entry.expires ? a.entry.expires : b.entry.expires;
		return [{
			entry: {
				...entry,
				reason,
				expires
			},
			source: `${a.source}, ${b.source}`
		}];
	})), first ?? []);
}
// src/policy/merge.ts
/** Puts policies, the chosen environment and the defaults together. Of what several policies state for a key, the strictest wins; a policy that does not state it has no say in it. */
function mergePolicies(policies, environment) {
	const resolved = policies.map((policy) => resolveEnvironment(policy, environment));
	const policy = {
		policies: policies.map(({ name }) => name),
		environment,
		sources: { allow: toAllowLists(readStatements(resolved, "sources.allow")) },
		targets: {
			allow: resolved.flatMap(toTargetList),
			forbidTags: mergeForbiddenTags(readStatements(resolved.map(speakForTags), "targets.forbidTags")),
			channels: intersect(readStatements(resolved.map(speakForTags), "targets.channels")),
			claims: policies.flatMap(listClaims)
		},
		images: {
			allow: toAllowLists(readStatements(resolved, "images.allow")),
			requireDigest: isAnyTrue(readStatements(resolved, "images.requireDigest"), true),
			forbidTags: mergeForbiddenTags(readStatements(resolved, "images.forbidTags"))
		},
		scan: mergeScan(resolved.map(speakForGate)),
		signers: mergeSigners(resolved),
		attestations: mergeAttestations(resolved),
		maxAges: findLeastAges(policies),
		signature: mergeSignature(resolved),
		upload: "after-gates",
		registries: {
			insecure: intersect(readStatements(resolved, "registries.insecure")),
			ca: unite(readStatements(resolved, "registries.ca").map(({ policy, value }) => ({
				policy,
				value: [value].flat()
			})))
		},
		stated: listStated(resolved)
	};
	return {
		policy,
		problems: [...[...findUnknownEnvironment(policies, environment), ...findNoMirror(policy)], ...findTrustGaps(resolved, policy)]
	};
}
function mergeScan(resolved) {
	const severity = unite(readStatements(resolved, "scan.severity"));
	const databases = readStatements(resolved, "scan.databases");
	const javaDatabases = readStatements(resolved, "scan.javaDatabases");
	const ages = readStatements(resolved, "scan.maxDatabaseAge").map(({ value }) => value);
	const unfixed = readStatements(resolved, "scan.ignoreUnfixed");
	return {
		mode: pickMode(readStatements(resolved, "scan.mode")) ?? SCAN_DEFAULTS.mode,
		severity: severity.length === 0 ? SCAN_DEFAULTS.severity : SEVERITIES.filter((entry) => severity.includes(entry)),
		ignoreUnfixed: unfixed.length === 0 ? SCAN_DEFAULTS.ignoreUnfixed : unfixed.every(({ value }) => value),
		ignore: intersectIgnored(readStatements(resolved, "scan.ignore")),
		vex: intersect(readStatements(resolved, "scan.vex")),
		allowIncomplete: intersectAllowed(readStatements(resolved, "scan.allowIncomplete")),
		databases: databases.length === 0 ? SCAN_DEFAULTS.databases : intersect(databases),
		javaDatabases: javaDatabases.length === 0 ? SCAN_DEFAULTS.javaDatabases : intersect(javaDatabases),
		maxDatabaseAge: ages.length === 0 ? SCAN_DEFAULTS.maxDatabaseAge : Math.min(...ages),
		from: pickFrom(readStatements(resolved, "scan.from"))
	};
}
/**
* A policy that says what refuses also means that it refuses: what it leaves out of its gate counts as the default, so
* that another policy beside it cannot switch the scan off or make exceptions of its own.
*/
function speakForGate(policy) {
	if (GATE_KEYS.every((key) => readStatements([policy], key).length === 0)) return policy;
	const { mode, ignoreUnfixed, maxDatabaseAge, from } = SCAN_DEFAULTS;
	const silence = {
		mode,
		ignoreUnfixed,
		maxDatabaseAge,
		from,
		ignore: [],
		vex: [],
		allowIncomplete: []
	};
	return {
		...policy,
		sections: {
			...policy.sections,
			scan: {
				...silence,
				...policy.sections.scan
			}
		}
	};
}
/** Likewise, a policy that speaks of targets and names no forbidden tags means the usual ones, but for its own channels; and one that names no channels lets nothing move. */
function speakForTags(policy) {
	const { targets } = policy.sections;
	if (targets === void 0) return policy;
	const { channels = [] } = targets;
	const own = new Set(channels.map((tag) => tag.toLowerCase()));
	const { forbidTags = DEFAULT_FORBIDDEN_TAGS.filter((tag) => !own.has(tag)) } = targets;
	return {
		...policy,
		sections: {
			...policy.sections,
			targets: {
				...targets,
				channels,
				forbidTags
			}
		}
	};
}
/** The weaker evidence only where nobody asks for the image. */
function pickFrom(statements) {
	if (statements.length === 0) return SCAN_DEFAULTS.from;
	return statements.every(({ value }) => value === "sbom") ? "sbom" : "image";
}
function findNoMirror({ scan, stated }) {
	return ["databases", "javaDatabases"].flatMap((key) => {
		if (scan[key].length > 0) return [];
		return [{
			where: (stated[`scan.${key}`] ?? []).join(", "),
			message: `scan.${key}: these policies have no mirror in common.`,
			fix: "Name one mirror in all of them."
		}];
	});
}
function toAllowLists(statements) {
	return statements.map(({ policy, value }) => ({
		policy,
		patterns: value
	}));
}
function toTargetList({ name, sections, targetsOf }) {
	const patterns = sections.targets?.allow;
	if (patterns === void 0) return [];
	return [{
		policy: name,
		patterns,
		...targetsOf === void 0 ? {} : { environment: targetsOf }
	}];
}
function mergeForbiddenTags(statements) {
	return statements.length === 0 ? DEFAULT_FORBIDDEN_TAGS : unite(statements);
}
/** True when any policy says so; `otherwise` when none says anything. */
function isAnyTrue(statements, otherwise) {
	return statements.length === 0 ? otherwise : statements.some(({ value }) => value);
}
// src/policy/tighten-trust.ts
/** How the target is signed once the inputs are laid over the policy. What the policy names stays; inputs beside it are only accepted when they name the same. */
function tightenSignature({ signature }, inputs) {
	const signingConfig = signature.signingConfig ?? inputs.signingConfig;
	const trustedRoot = signature.trustedRoot ?? inputs.trustedRoot;
	return {
		format: inputs.signatureFormat ?? signature.format,
		transparencyLog: signature.transparencyLog,
		...signingConfig === void 0 ? {} : { signingConfig },
		...trustedRoot === void 0 ? {} : { trustedRoot }
	};
}
/** Every way in which these inputs would take away what a policy asks for. */
function findLooserTrust(policy, inputs) {
	return [
		...judgeFormat(policy, inputs),
		...judgeFile(policy, "signing-config", "signingConfig", inputs.signingConfig),
		...judgeFile(policy, "trusted-root", "trustedRoot", inputs.trustedRoot),
		...judgeRoot(policy, inputs),
		...judgeSourceSigner(policy, inputs)
	];
}
/** An input may add a form to those of the policy. */
function judgeFormat({ signature, stated }, { signatureFormat }) {
	const names = stated["signature.format"];
	if (names === void 0 || signatureFormat === void 0) return [];
	if (signatureFormat === signature.format || signatureFormat === "both") return [];
	return [{
		where: "input signature-format",
		message: `is ${signatureFormat}, and ${names.join(" and ")} ${names.length === 1 ? "asks" : "ask"} for ${signature.format} in signature.format.`,
		fix: `Write ${signature.format === "both" ? "both" : `${signature.format} or both`}, or leave the input out.`
	}];
}
function judgeFile({ signature, stated }, input, key, given) {
	const named = signature[key];
	if (named === void 0 || given === void 0 || isSamePath(named, given)) return [];
	const names = stated[`signature.${key}`] ?? [];
	const message = `names ${given}, and ${names.join(" and ")} ${names.length === 1 ? "names" : "name"} ${named} in signature.${key}.`;
	return [{
		where: `input ${input}`,
		message,
		fix: "Leave the input out, or change the policy."
	}];
}
/** Who picks the root picks whose certificates and logs count: for the signers of a policy, only a policy does. */
function judgeRoot({ signature, signers }, { trustedRoot }) {
	if (trustedRoot === void 0 || signature.trustedRoot !== void 0) return [];
	const names = signers.filter((list) => list.signers.some(needsRoot)).map(({ policy }) => policy);
	if (names.length === 0) return [];
	return [{
		where: "input trusted-root",
		message: `would decide whose certificates and log entries count for the signers of ${names.join(" and ")}.`,
		fix: `Put signature.trustedRoot: ${trustedRoot} into the policy.`
	}];
}
function judgeSourceSigner({ attestations, signers }, { hasSourceAnchor }) {
	if (hasSourceAnchor !== false) return [];
	return attestations.filter(({ role }) => role === "source").flatMap((required) => describeNoSigner(required, signers));
}
// src/policy/tighten.ts
/** From strict to weak. */
const MODES = [
	"enforce",
	"report",
	"off"
];
/** Lays the inputs over the policy. Where a policy states a key, the input may only be stricter; where none does, the input decides. */
function tighten(policy, inputs) {
	const { scan } = policy;
	const tightened = {
		...scan,
		mode: inputs.scan ?? scan.mode,
		severity: inputs.severity ?? scan.severity,
		ignoreUnfixed: inputs.ignoreUnfixed ?? scan.ignoreUnfixed
	};
	const problems = [
		...judgeSeverity(policy, inputs),
		...judgeUnfixed(policy, inputs),
		...judgeMode(policy, inputs),
		...judgeSigning(policy, inputs),
		...judgeIgnoreFiles(policy, inputs),
		...findLooserTrust(policy, inputs)
	];
	return {
		policy: {
			...policy,
			scan: tightened,
			signature: tightenSignature(policy, inputs)
		},
		problems
	};
}
function judgeSeverity({ scan, stated }, { severity }) {
	const names = stated["scan.severity"];
	if (names === void 0 || severity === void 0) return [];
	const missing = scan.severity.filter((entry) => !severity.includes(entry));
	if (missing.length === 0) return [];
	const wanted = SEVERITIES.filter((entry) => severity.includes(entry) || scan.severity.includes(entry));
	return [{
		where: "input severity",
		message: `leaves out ${missing.join(", ")}, which ${list(names)} in scan.severity.`,
		fix: `Write ${wanted.join(",")}, or leave the input out.`
	}];
}
function judgeUnfixed({ scan, stated }, { ignoreUnfixed }) {
	const key = GATING_KEYS.find((candidate) => stated[candidate] !== void 0);
	if (key === void 0 || scan.ignoreUnfixed || ignoreUnfixed !== true) return [];
	const names = stated["scan.ignoreUnfixed"];
	return [{
		where: "input ignore-unfixed",
		message: names === void 0 ? `is true, and ${list(stated[key] ?? [])} ${key}, which counts what has no fix as well.` : `is true, and ${list(names)} scan.ignoreUnfixed: false.`,
		fix: "Leave the input out, or change the policy."
	}];
}
/** A policy that says what refuses without saying that it refuses still means the default, enforce. */
function judgeMode({ scan, stated }, { scan: mode }) {
	const key = GATING_KEYS.find((candidate) => stated[candidate] !== void 0);
	if (key === void 0 || mode === void 0 || MODES.indexOf(mode) <= MODES.indexOf(scan.mode)) return [];
	return [{
		where: "input scan",
		message: `is ${mode}, weaker than ${scan.mode}: ${list(stated[key] ?? [])} ${key}.`,
		fix: "Leave the input out, or set scan.mode in the policy."
	}];
}
/** A policy that says how signatures are made, or whose signature a promotion carries, wants them. */
function judgeSigning(policy, { sign, attest }) {
	return [...judgeUnsigned(policy, "sign", sign), ...judgeUnsigned(policy, "attest", attest)];
}
function judgeUnsigned({ signature, signers, stated }, input, value) {
	if (value) return [];
	const promoters = signers.filter((list) => list.signers.some(({ role }) => role === "promotion"));
	const isSigned = input === "sign";
	const demand = [
		{
			key: "signature.format",
			names: isSigned ? stated["signature.format"] : void 0
		},
		{
			key: "signature.transparencyLog",
			names: isSigned && signature.transparencyLog ? stated["signature.transparencyLog"] : void 0
		},
		{
			key: "signers",
			names: promoters.length === 0 ? void 0 : promoters.map(({ policy }) => policy)
		}
	].find(({ names }) => names !== void 0);
	if (demand === void 0) return [];
	const message = `is false, and ${list(demand.names ?? [])} ${demand.key}.`;
	return [{
		where: `input ${input}`,
		message,
		fix: `Leave the input out, or remove ${demand.key} from the policy.`
	}];
}
function judgeIgnoreFiles({ stated }, { hasIgnoreFiles }) {
	const key = GATING_KEYS.find((candidate) => stated[candidate] !== void 0);
	if (key === void 0 || !hasIgnoreFiles) return [];
	return [{
		where: "input trivyignores",
		message: `would loosen the policy: ${list(stated[key] ?? [])} ${key}.`,
		fix: "Put the entries into the policy's scan.ignore, each with reason and expires."
	}];
}
function list(names) {
	return `${names.join(" and ")} ${names.length === 1 ? "states" : "state"}`;
}
// src/inputs/registry-auth.ts
const registryAuthSchema = array(strictObject({
	registry: string().min(1),
	username: string().min(1),
	password: string().min(1)
}));
/** Reads the input `registry-auth`, a YAML list of logins, by registry host. No problem quotes a secret. */
function readRegistryAuth(fields) {
	const text = fields.secret("registry-auth");
	if (text.trim() === "") return /* @__PURE__ */ new Map();
	const problem = "Write a YAML list with registry, username and password in each entry, each of them in quotes.";
	try {
		const parsed = registryAuthSchema.safeParse((0, import_dist.parse)(text, { logLevel: "error" }));
		if (parsed.success) return new Map(parsed.data.map(({ registry, username, password }) => [registry.toLowerCase(), {
			username,
			password
		}]));
		for (const issue of parsed.error.issues) fields.addProblem("registry-auth", `entry ${issue.path.join(".")}: ${issue.message}.`, problem);
	} catch {
		fields.addProblem("registry-auth", "is not YAML.", problem);
	}
	return /* @__PURE__ */ new Map();
}
export { PROVENANCE_TYPES as $, pinReference as $n, isSubjectItself as $t, trustInput as A, DEFAULT_TIMEOUTS as An, string as At, parseTrustedRoot as B, OCI_INDEX as Bn, mapConcurrently as Bt, renderTable as C, Ct as Cn, boolean as Ct, INPUTS as D, readProxy as Dn, object as Dt, matchesBuilder as E, listKmsSchemes as En, number as Et, readBundle as F, isContainerImage as Fn, toExactAnchor as Ft, listIdentityFlags as G, isRetryableStatus as Gn, formatDuration$1 as Gt, openCosign as H, SIGSTORE_BUNDLE as Hn, formatBytes as Ht, createVerifier as I, parseManifest as In, SignerError as It, formatDuration as J, formatReference as Jn, isReferrerOf as Jt, listRootFlags as K, readBodyStart as Kn, formatShortDigest as Kt, EMPTY_SIGNING_CONFIG as L, findJsonFlaw as Ln, listSubjectDigests as Lt, openEvidence as M, findManifest as Mn, prettifyError as Mt, createTaskLimit as N, MAX_MANIFEST_BYTES as Nn, openLoopbackView as Nt, selectAttestationTrust as O, isPullRequest as On, record as Ot, createBundleJudge as P, isAttestationManifest as Pn, readBundleIdentity as Pt, PROMOTION_TYPE as Q, pathOf as Qn, fallbackTag as Qt, EMPTY_TRUSTED_ROOT as R, parseStrictJson as Rn, describeIdentity as Rt, limitRows as S, runAction as Sn, array as St, limitBytes as T, isKmsUri$1 as Tn, looseObject as Tt, describeEnd as U, chooseDelay as Un, formatCount as Ut, readKmsKey as V, OCI_MANIFEST as Vn, runTogether as Vt, isConflict as W, isRetryableFault as Wn, formatDate as Wt, isFresh as X, parseReference as Xn, addToIndex as Xt, matchesPattern as Y, isRegistryHost as Yn, listReferrers as Yt, readPredicateTime as Z, parseRepository as Zn, describeForeign as Zt, parseYaml$1 as _, renderList as _n, makeRecord as _t, readSigstoreFile as a, composeLegacy as an, matchesDigest as ar, endOfDay as at, FieldReader as b, codeSpan as bn, toDigestSet as bt, readTimeout as c, legacyTag as cn, redactError as cr, readVsa as ct, readFor as d, joinBlocks as dn, describeError as dr, makeVuln as dt, missingFrom as en, registryOf as er, SCAN_TYPE as et, readPolicies as f, renderAlert as fn, redactUrls as fr, VSA_PREDICATE as ft, textField as g, renderLink as gn, RECORD_PREDICATE as gt, sentence as h, renderHeading as hn, stripControl as hr, vsaSchema as ht, readPolicyKeys as i, LEGACY_FORMS as in, isDigest as ir, readText as it, parseGitSource as j, createDispatcher as jn, unknown as jt, selectTrust as k, HostError as kn, strictObject as kt, readTool as l, missingLayers as ln, DomainError as lr, readVuln as lt, parseSeverities as m, renderDetails as mn, markControl as mr, promotedLevel as mt, tighten as n, makeLegacyPayload as nn, digestHex as nr, readField as nt, refuseRootWithoutLog as o, isLegacyContent as on, startHash as or, parseInstant as ot, throwProblems as p, renderCodeBlock as pn, createRedactor as pr, makeVsa as pt, SEVERITIES as q, RegistryError as qn, findReferrers as qt, mergePolicies as r, makeLegacySignature as rn, digestOf as rr, readList as rt, readTrustAnchor as s, legacyLayers as sn, ImageError as sr, readRecord as st, readRegistryAuth as t, LEGACY_SIGNATURE_TYPE as tn, digestAlgorithm as tr, SUMMARY_TYPE as tt, NamedFiles as u, renderCrash as un, UsageError as ur, VULN_PREDICATE as ut, MAX_YAML_BYTES as v, readGivenToken as vn, SIGNATURE_PREDICATE as vt, MAX_SUMMARY_BYTES as w, So as wn, literal as wt, suggestName as x, escapeMarkdown as xn, _enum as xt, readCertificateFiles as y, cleanLine as yn, makeSignature as yt, fitSigningConfig as z, OCI_EMPTY as zn, createTagFinder as zt };
