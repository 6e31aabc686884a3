import { Ft as VSA_PREDICATE, Pt as VULN_PREDICATE, Qn as formatReference, a as codeSpan, o as escapeMarkdown, zt as RECORD_PREDICATE } from "./engine.js";
import { a as renderHeading, i as renderDetails, r as renderCodeBlock, t as joinBlocks } from "./markdown.js";
import { n as TRUSTED_ROOT_FILE, r as listTrustFlags, t as NO_LOG_FLAG } from "./trust-flags.js";
// src/promote/verification.ts
const LEGACY_FLAG = "--new-bundle-format=false";
/** How anyone checks the result with stock cosign, ready to copy; undefined when nothing was signed. */
function renderVerification(outcome) {
	const { pinned } = outcome;
	const isDone = outcome.result === "promoted" || outcome.result === "unchanged";
	const flags = listTrustFlags(outcome);
	if (!isDone || pinned === void 0 || flags === void 0) return void 0;
	const commands = [...Map.groupBy(outcome.targets, ({ target }) => target.repository)].flatMap(([repository, ends]) => {
		const tags = ends.map(({ target }) => formatReference(target));
		return listCommands(`${repository}@${pinned.digest}`, tags, flags.join(" "), outcome);
	});
	return joinBlocks([
		renderHeading(3, "Verify it yourself"),
		[
			describeTrust(outcome),
			describeRoot(outcome),
			describeLog(outcome)
		].filter((text) => text !== "").join(" "),
		renderCodeBlock(commands.join("\n"), "sh"),
		describeForms(outcome),
		renderAnchor(outcome)
	]);
}
/** The annotation ties a signature to the tag that was approved, which the digest alone does not. */
function listCommands(image, tags, flags, { signs, evidence, kept, transparencyLog }) {
	const { signature, record, format } = signs;
	const older = transparencyLog ? `${LEGACY_FLAG} ${NO_LOG_FLAG} ` : `${LEGACY_FLAG} `;
	const verify = (form) => tags.map((tag) => `cosign verify ${form}${flags} -a target=${tag} ${image}`);
	const hasScan = [...evidence, ...kept].some(({ predicateType }) => predicateType === VULN_PREDICATE);
	const types = [
		RECORD_PREDICATE,
		VSA_PREDICATE,
		...hasScan ? [VULN_PREDICATE] : []
	];
	return [
		...signature && format !== "legacy" ? verify("") : [],
		...signature && format !== "bundle" ? verify(older) : [],
		...record ? types.map((type) => `cosign verify-attestation ${flags} --type ${type} ${image}`) : []
	];
}
function describeTrust({ anchor }) {
	return anchor?.kind === "certificate" ? "When this is the identity that you trust, wherever the image is pulled." : `With the public key that you trust as ${codeSpan("cosign.pub")}, wherever the image is pulled.`;
}
function describeRoot({ trustedRoot }) {
	return trustedRoot === void 0 ? "" : `${codeSpan(TRUSTED_ROOT_FILE)} is the trusted root of your own Sigstore, which the promotion was given.`;
}
function describeLog({ transparencyLog, anchor }) {
	if (transparencyLog) return "";
	const vouches = anchor?.kind === "certificate" ? "the certificate and its timestamp vouch" : "the key alone vouches";
	return `${codeSpan(NO_LOG_FLAG)} is there because the policy signs without a public transparency log: there is no entry for cosign to look up, and ${vouches}. The signature itself is checked all the same.`;
}
function describeForms({ signs: { signature, format } }) {
	if (!signature || format === "bundle") return void 0;
	return `What is signed in the older form (${codeSpan(LEGACY_FLAG)}) is what OpenShift, CRI-O and podman look at: each platform of an index has a signature of its own, which names the tag; it has no entry in a log.`;
}
function renderAnchor({ anchor, publicKey }) {
	if (anchor?.kind === "certificate") {
		const { identity, issuer, repository } = anchor;
		const lines = [
			identity.text,
			`issuer ${issuer.text}`,
			...repository === void 0 ? [] : [`for ${repository}`]
		];
		return renderDetails("Who signed this", joinBlocks([`Compare it with whom you trust; an identity shown beside a signature proves nothing.${repository === void 0 ? "" : ` ${escapeMarkdown(repository)} is the repository that called the workflow: a reusable workflow signs with the same identity for everyone.`}`, renderCodeBlock(lines.join("\n"))]));
	}
	if (publicKey === void 0) return void 0;
	return renderDetails("The public key of this signature", joinBlocks(["Compare it with the one you trust; a key shown beside a signature proves nothing.", renderCodeBlock(publicKey)]));
}
export { renderVerification as t };
