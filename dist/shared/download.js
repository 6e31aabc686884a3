import { i as request } from "./undici.js";
import { N as ToolError } from "./engine.js";
import { rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { Transform } from "node:stream";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
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
		await setTimeout((options.retryDelayMs ?? 1e3) * 2 ** (attempt - 1), void 0, { signal }).catch(() => void 0);
	}
}
async function downloadOnce(url, file, options) {
	const maxBytes = options.maxBytes ?? 1024 ** 3;
	const body = await open$1(url, options);
	let received = 0;
	const limit = new Transform({ transform(chunk, _encoding, done) {
		received += chunk.length;
		if (received > maxBytes) done(failed(`${url} is larger than ${maxBytes} bytes`));
		else done(null, chunk);
	} });
	await pipeline(body, limit, createWriteStream(file, { mode: 384 }), { signal: options.signal });
}
async function open$1(url, { dispatcher, signal }) {
	let current = parseAllowed(url, void 0);
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		const response = await request(current, {
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
export { downloadTo };
