import { Jn as mapConcurrently, Qn as formatReference, at as prepareScanner, dt as openRunRoom, et as listForeign, ut as clearRunRoom } from "./engine.js";
import { c as openAllEvidence, i as findPromotions, n as listTrust, r as explainNoPromotion, s as findIndexOf, t as listSignatureTrust } from "./promotion-trust.js";
import { t as openCosign } from "./cosign2.js";
import { t as scanRoot } from "./scan-root.js";
import { h as isListed } from "./promote.js";
import { join } from "node:path";
import { mkdir, rm } from "node:fs/promises";
// src/check/judge-evidence.ts
/** Holds what is attached to a digest against whom the request trusts; undefined where it has what it must have. */
async function judgeEvidence(image, digest, context) {
	const { verify } = context.request.policy.images;
	const judge = verify === "promoted" ? judgePromotion : judgeSignature;
	const verdict = await judge(image, digest, context);
	if (verdict === void 0 || image.running !== digest) return verdict;
	const index = await findIndexOf(digest, image.reference, context.registry);
	return index === void 0 ? verdict : judge(image, index, context);
}
async function judgeSignature({ reference }, digest, { request, now, evidenceOf }) {
	const { repository } = reference;
	const hint = "Sign the image, or promote it, as one of those who are trusted here.";
	for (const trust of listSignatureTrust(request, repository, now)) {
		const { verified, others } = await evidenceOf(repository).findSignatures(digest, trust.anchors);
		if (verified.some(({ anchor }) => isListed(trust, anchor))) continue;
		const wanted = trust.anchors.length === 0 ? `Nobody whom ${trust.policy} names may vouch for it now.` : `Nobody whom ${trust.policy} names has signed it: ${trust.anchors.map((anchor) => anchor.name).join(", ")}.`;
		const found = others.length === 0 ? [] : [`Found instead: ${listForeign(others)}.`];
		return {
			rule: "unsigned",
			message: [
				wanted,
				...trust.lapsed,
				...found
			].join(" "),
			hint
		};
	}
}
async function judgePromotion({ reference }, digest, { request, now, evidenceOf }) {
	const { repository, tag } = reference;
	const wanted = {
		repository,
		digest,
		tag,
		environment: request.environment
	};
	const found = await findPromotions(evidenceOf(repository), wanted, listTrust(request, repository, now));
	if (found.accepted.length > 0) return void 0;
	return {
		rule: "not-promoted",
		message: explainNoPromotion(found).message,
		hint: "Promote the image, and pin what the promotion says."
	};
}
// src/check/look-at-registries.ts
/** Images asked about side by side. */
const CONCURRENT_IMAGES = 16;
/** Asks the registry of every image what the policy wants to know of it, and tells the judge. What cannot be decided about one is its own, and never that of the others. */
async function lookAtRegistries(judge, request, ports, now) {
	const places = await openRunRoom(ports.workDirectory);
	const undecided = [];
	const attempt = async (image, work) => {
		try {
			await work();
			return true;
		} catch (error) {
			ports.signal.throwIfAborted();
			undecided.push({
				image: image.name,
				uses: image.uses,
				error
			});
			return false;
		}
	};
	try {
		const found = await ports.log.group("Look at the registries", () => findAll(judge, request, ports, places.room, now, attempt));
		if (request.policy.images.scan !== "off") await scanAll(found, judge, request, ports, places, attempt);
		return undecided;
	} finally {
		await clearRunRoom(places, ports.log);
		await rm(places.room, {
			recursive: true,
			force: true
		});
	}
}
async function findAll(judge, request, ports, room, now, attempt) {
	const { verify } = request.policy.images;
	const isSigned = verify === "signed" || verify === "promoted";
	const found = [];
	const find = rememberFinder(ports.registry);
	const cosign = isSigned && judge.images.length > 0 ? await openCosign(request, ports, room) : void 0;
	const evidence = cosign === void 0 ? void 0 : openAllEvidence(ports.registry, cosign.verifier);
	const context = evidence && {
		request,
		now,
		registry: ports.registry,
		evidenceOf: evidence.evidenceOf
	};
	try {
		await mapConcurrently(judge.images, CONCURRENT_IMAGES, (image) => attempt(image, async () => {
			const digest = await find(image);
			if (digest === void 0) return tellAll(judge, image, describeMissing(image));
			found.push({
				image,
				digest
			});
			const verdict = context && await judgeEvidence(image, digest, context);
			if (verdict !== void 0) tellAll(judge, image, verdict);
		}));
		ports.log.info(`${found.length} of ${judge.images.length} images are there`);
		return found;
	} finally {
		await evidence?.close();
	}
}
/** Asks once for each digest, and once for each tag without one. */
function rememberFinder(registry) {
	const known = /* @__PURE__ */ new Map();
	return ({ reference, running }) => {
		const { repository } = reference;
		const wanted = reference.kind === "digest" ? reference.digest : running ?? reference.tag;
		const key = `${repository} ${wanted}`;
		const asked = known.get(key) ?? registry.headManifest(repository, wanted).then((head) => head?.digest);
		known.set(key, asked);
		return asked;
	};
}
/** What is wrong with an image that its registry does not have. */
function describeMissing({ reference, running }) {
	return {
		rule: "digest-not-found",
		message: `Its repository has no ${reference.kind === "digest" ? reference.digest : running ?? `tag ${reference.tag}`}: it cannot be pulled.`,
		hint: "Name a digest that is there, or promote the image again."
	};
}
function tellAll(judge, image, verdict, level) {
	for (const use of image.uses) judge.tell(use, verdict, image.reference.repository, level);
}
async function scanAll(found, judge, request, ports, places, attempt) {
	if (found.length === 0) return;
	const scanner = await ports.log.group("Fetch the scanner and its database", () => prepareScanner(request, ports, places.room));
	if (scanner === void 0) throw new TypeError("a scan that was asked for is never off");
	const groups = Map.groupBy(found, ({ image, digest }) => `${image.reference.repository}@${digest}`);
	for (const [name, same] of groups) {
		const [first] = same;
		if (first === void 0) continue;
		await ports.log.group(`Scan ${name}`, () => attempt(first.image, async () => {
			for (const { verdict, level } of await scanOne(first, scanner, request, ports, places)) for (const { image } of same) tellAll(judge, image, verdict, level);
		}));
	}
}
async function scanOne({ image, digest }, scanner, { policy }, ports, places) {
	const { repository } = image.reference;
	const room = join(places.room, "image");
	await mkdir(room, { recursive: true });
	try {
		const root = await ports.registry.getManifest(repository, digest);
		const subject = {
			client: ports.registry,
			repository,
			root,
			category: repository
		};
		const rules = {
			scan: policy.scan,
			exceptions: []
		};
		const { refusals, notes } = await scanRoot(subject, scanner, rules, ports, {
			room,
			results: places.results
		});
		const hint = "Rebuild the image on what is fixed, promote it, and pin its new digest.";
		const told = refusals.map(({ message, hint: own = hint }) => ({
			verdict: {
				rule: "vulnerable",
				message,
				hint: own
			},
			level: "error"
		}));
		const reported = notes.map((message) => ({
			verdict: {
				rule: "vulnerable",
				message,
				hint
			},
			level: "warning"
		}));
		return [...told, ...reported];
	} finally {
		await rm(room, {
			recursive: true,
			force: true
		});
		ports.log.info(`${formatReference(image.reference)} is scanned`);
	}
}
export { describeMissing, lookAtRegistries };
