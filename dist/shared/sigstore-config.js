import { pn as SignerError } from "./engine.js";
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
		hasAuthorities: isFilled(root.certificateAuthorities),
		hasLogs: isFilled(root.tlogs),
		hasCertificateLogs: isFilled(root.ctlogs),
		hasTimestampAuthorities: isFilled(root.timestampAuthorities)
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
	if (isFilled(config.rekorTlogUrls)) return text;
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
function isFilled(list) {
	return Array.isArray(list) && list.length > 0;
}
export { listIdentityFlags as a, parseTrustedRoot as i, EMPTY_TRUSTED_ROOT as n, listRootFlags as o, fitSigningConfig as r, EMPTY_SIGNING_CONFIG as t };
