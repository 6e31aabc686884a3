import { n as formatPath, t as parseYaml } from "./parse-yaml.js";
import { a as literal, d as string, f as union, i as boolean, l as record, n as _enum, r as array, u as strictObject } from "./zod.js";
import { Ct as parseInstant, O as parseSeverities, St as findEnd, W as SEVERITIES, bt as findTimeFields, gt as SHORT_NAMES, mt as PROVENANCE_TYPES, pt as PROMOTION_TYPE, v as IMAGE_RULES, y as IMAGE_VERIFICATIONS, yt as VULNERABILITY_TYPES } from "./engine.js";
import { _ as wholePattern, a as gitReference, c as instant, d as repositoryName, f as sentence, g as textField, h as tagName, i as exceptedImage, l as path, m as sourceRepository, n as day, o as imagePattern, p as signerKey, r as duration, s as imageReference, t as builderPattern, u as registryHost } from "./schema-fields.js";
// src/policy/not-enforced.ts
const always = () => true;
const isFilled = (value) => Array.isArray(value) && value.length > 0;
/** One row per rule; whoever builds one deletes its row. */
const NOT_ENFORCED = [{
	path: ["checks", "require"],
	applies: isFilled,
	what: "required checks",
	fix: "Remove it."
}, {
	path: ["signature", "repository"],
	applies: always,
	what: "another signature repository",
	fix: "Remove it."
}];
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
// src/policy/attestation-schema.ts
const predicateType = string("a predicate type").superRefine((text, context) => {
	if (/^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/.test(text)) return;
	const meant = Object.hasOwn(SHORT_NAMES, text) ? SHORT_NAMES[text] : void 0;
	const fix = meant === void 0 ? "Write the type as it stands in the attestation, a URI." : `Write ${meant}, as it stands in the attestation.`;
	context.addIssue({
		code: "custom",
		message: `${JSON.stringify(text)} is not a predicate type.`,
		params: { fix }
	});
}).meta({ pattern: "^[a-z][a-z0-9+.-]*:\\S+$" });
/** An attestation that the source must carry, for its exact digest. */
const attestationSchema = strictObject({
	type: predicateType.describe("The predicate type, such as https://cosign.sigstore.dev/attestation/vuln/v1 or https://slsa.dev/provenance/v1."),
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
	forbidTags: forbidTags.optional(),
	verify: _enum(IMAGE_VERIFICATIONS).optional().describe("What an image must have at its registry: a manifest (exists), a signature by a signer of the role source or promotion (signed), the record of its promotion (promoted). Default: off."),
	scan: _enum([
		"enforce",
		"report",
		"off"
	]).optional().describe("Whether images are scanned, and findings refuse (enforce) or are only told (report); the keys under scan say which. Default: off."),
	exceptions: array(strictObject({
		image: exceptedImage.describe("The image, as a pattern, or a text with a variable exactly as the file has it."),
		rule: _enum(IMAGE_RULES).describe("The rule that it may break."),
		reason,
		expires
	})).optional().describe("Images that may break a rule until a day. Every policy that speaks of images must name them.")
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
	upload: _enum(["after-gates", "during-gates"]).optional().describe("When bytes may go to the target: once every gate has passed (after-gates), or, blobs only and never a manifest or a tag, while the image is fetched and scanned (during-gates). Where any policy says after-gates, it is. Default: after-gates."),
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
	const { value, problems } = parseYaml(policySchema, text, name, findNotEnforced);
	return {
		policy: value,
		problems
	};
}
export { parsePolicy };
