import { Bn as findJsonFlaw, Qn as formatReference, R as readFor, er as parseReference } from "./engine.js";
import { n as listPromotions } from "./batch-plan2.js";
import { a as readCredentials, i as parseTold, n as readSettings, r as parseTargets } from "./promote.js";
import { a as takeShard, i as readShard } from "./shard.js";
// src/promote/promotions-file.ts
/** YAML is read with the place of everything in it, which takes time; JSON is for what a machine wrote. */
const MAX_YAML_BYTES = 16777216;
const MAX_JSON_LENGTH = 268435456;
const MAX_DEPTH = 32;
/** Reads the file that `promotions` names; undefined when there is none, or when no list can be read from it. What is wrong is a problem of `fields`, with its line where it is one of shape: the items that have the right one are there to be checked, and not to be promoted. */
async function readPromotionsFile(fields, files) {
	const path = fields.text("promotions");
	if (path === "") return void 0;
	const file = await readFor("input promotions", () => files.readText(path));
	if ("problem" in file) {
		fields.addProblems([file.problem]);
		return;
	}
	if (file.text === void 0) {
		fields.addProblem("promotions", `names ${path.slice(0, 200)}, which does not exist.`, "Check the path, and that actions/checkout ran before this step.");
		return;
	}
	return parsePromotions(file.text, path, fields);
}
async function parsePromotions(text, path, fields) {
	const [{ promotionsSchema, promotionSchema }, { parseYaml }] = await Promise.all([import("./promotions-schema.js"), import("./parse-yaml2.js")]);
	const fromJson = promotionsSchema.safeParse(readJson(text));
	if (fromJson.success) return fromJson.data.promotions.map(toNamed);
	let written;
	const keepWritten = (yaml) => {
		written = yaml.value;
		return [];
	};
	const { value, problems } = parseYaml(promotionsSchema, text, path, keepWritten, MAX_YAML_BYTES);
	fields.addProblems(problems);
	if (value !== void 0) return value.promotions.map(toNamed);
	return listWritten(written)?.map((item) => {
		const { data } = promotionSchema.safeParse(item);
		return data === void 0 ? void 0 : toNamed(data);
	});
}
function listWritten(written) {
	return typeof written === "object" && written !== null && "promotions" in written && Array.isArray(written.promotions) ? written.promotions : void 0;
}
function toNamed({ source, target, scan }) {
	return {
		source,
		scan,
		targets: typeof target === "string" ? [target] : target
	};
}
/** Undefined for what is no JSON, or no JSON that everybody reads alike. */
function readJson(text) {
	if (!/^\s*\{/.test(text) || text.length > MAX_JSON_LENGTH) return void 0;
	try {
		const json = JSON.parse(text);
		return findJsonFlaw(text, MAX_DEPTH) === void 0 ? json : void 0;
	} catch {
		return;
	}
}
// src/batch/check-promotions.ts
/** More problems of one file than these are not told: nobody reads them. */
const MAX_PROBLEMS = 100;
/** Checks every promotion of a batch, whichever of them this run carries out: each reference, and that no tag is written by two of them, or is read by one and written by another, since they go side by side. Those with a problem are left out, as is one that could not be read. */
function checkPromotions(named, tell) {
	let problems = 0;
	const tellOf = (number) => {
		return (message, fix) => {
			problems += 1;
			if (problems <= MAX_PROBLEMS) tell(`item ${number}: ${message}`, fix);
		};
	};
	const checked = named.flatMap((promotion, i) => promotion === void 0 ? [] : checkOne(promotion, i + 1, tellOf(i + 1)));
	const writers = findWriters(checked, tellOf);
	for (const { number, source } of checked) {
		const writer = writers.get(formatReference(source));
		if (writer === void 0 || writer.number === number) continue;
		const message = `its source ${formatReference(source)} is a target of item ${writer.number}, and all of a batch goes side by side.`;
		tellOf(number)(message, "Promote one after the other, in two batches.");
	}
	if (problems > MAX_PROBLEMS) tell(`${problems - MAX_PROBLEMS} more problems are not shown.`, "");
	return checked;
}
function checkOne({ source: text, targets: names, scan }, number, tell) {
	const source = parseTold(text, tell);
	if (names.length === 0) tell("it names no target.", "Name one or more registry/repo:tag.");
	const targets = parseTargets(names, source, tell);
	return source === void 0 ? [] : [{
		number,
		source,
		targets,
		scan
	}];
}
/** Which promotion writes each tag: one that two of them would write is a problem, whether they agree or not. */
function findWriters(checked, tellOf) {
	const writers = /* @__PURE__ */ new Map();
	for (const promotion of checked) for (const name of new Set(promotion.targets.map(formatReference))) {
		const first = writers.get(name);
		if (first === void 0) {
			writers.set(name, promotion);
			continue;
		}
		const from = formatReference(first.source) === formatReference(promotion.source) ? "" : ` from another source, ${formatReference(first.source)}`;
		tellOf(promotion.number)(`${name} is a target of item ${first.number} as well${from}.`, "Name each tag once.");
	}
	return writers;
}
// src/batch/compare-promotions.ts
const SHOWN = 5;
const SAME_PLAN = "Leave promotions out, since the plan names them, or make a plan again with this file.";
/** A file beside an approved plan must name the same promotions, in any order: what of the dry run was refused is in the file and not in the plan. */
function comparePromotions(fields, file, { promotions }) {
	const wanted = new Set(file.map(({ source, targets }) => describePromotion(source, targets)));
	const planned = new Set(promotions.map(({ plan: { source, targets } }) => describePromotion(source.reference, targets.map(({ reference }) => reference))));
	const extra = [...wanted].filter((name) => !planned.has(name));
	const missing = [...planned].filter((name) => !wanted.has(name));
	if (extra.length > 0) fields.addProblem("promotions", `names what the plan does not: ${list(extra)}.`, SAME_PLAN);
	if (missing.length > 0) fields.addProblem("promotions", `leaves out what the plan names: ${list(missing)}.`, SAME_PLAN);
}
/** One promotion in words, the same for the same however it was written. */
function describePromotion(source, targets) {
	return `${normalize(source)} to ${targets.map(normalize).toSorted().join(", ")}`;
}
/** What is no reference is told elsewhere. */
function normalize(text) {
	try {
		return formatReference(parseReference(text));
	} catch {
		return text;
	}
}
function list(names) {
	const rest = names.length - SHOWN;
	return `${names.slice(0, SHOWN).join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`;
}
// src/batch/read-batch.ts
const MAX_PARALLEL = 64;
/** Reads the request of a batch; what is wrong becomes a problem of `fields`, of whichever promotion, and then the request is not to be used. */
async function readBatch(fields, approved, raw, context) {
	const plan = approved !== void 0 && "batch" in approved ? approved : void 0;
	refuseOneImage(fields, approved);
	const file = await readPromotionsFile(fields, context.files);
	const whole = file?.every((item) => item !== void 0) ? file : void 0;
	if (plan !== void 0 && whole !== void 0) comparePromotions(fields, whole, plan.batch);
	const input = file === void 0 ? "plan" : "promotions";
	const named = plan === void 0 || file !== whole ? file ?? [] : listNamed(fields, plan, whole);
	const promotions = checkPromotions(named, (message, fix) => fields.addProblem(input, message, fix));
	const shard = readShard(fields, plan?.batch.shards.length);
	const shards = fields.isGiven("shards") ? readCount(fields, "shards", 256) : void 0;
	const maxParallel = readCount(fields, "max-parallel", MAX_PARALLEL) ?? 1;
	const failFast = fields.flag("fail-fast");
	const credentials = await readCredentials(fields, promotions.map(({ source }) => source), promotions.flatMap(({ targets }) => targets));
	const { tightenFor, ...settings } = await readSettings(fields, raw, context);
	if (shards !== void 0 && !settings.dryRun) fields.addProblem("shards", "is for the plan of a dry run, and this is none.", "Set dry-run: true to make a plan for that many jobs, or leave it out: a job takes its share by shard: k/n.");
	const policies = readScanModes(fields, promotions, tightenFor, input);
	const shared = {
		...settings,
		credentials,
		policy: tightenFor().policy
	};
	const plans = new Map(plan === void 0 ? [] : listPromotions(plan.batch, shard?.k).map((item) => [item.index + 1, item]));
	const taken = plan === void 0 ? takeShard(promotions, shard) : promotions.filter(({ number }) => plans.has(number));
	const crowded = findCrowded(promotions);
	return {
		items: taken.map(({ number, source, targets, scan }) => ({
			number,
			request: {
				...shared,
				source,
				targets,
				plan: plans.get(number),
				policy: policies.get(scan) ?? shared.policy,
				category: crowded.has(source.repository) ? formatReference(source) : source.repository
			}
		})),
		total: named.length,
		shard,
		shards,
		maxParallel,
		failFast,
		plan,
		shared
	};
}
/** A batch says what goes where in its file, and a plan of one image says it of that one. */
function refuseOneImage(fields, approved) {
	const isPlanned = !fields.isGiven("promotions");
	for (const name of ["source", "target"]) {
		if (!fields.isGiven(name)) continue;
		const message = isPlanned ? "is given, and the plan is for a batch." : "is given beside promotions.";
		fields.addProblem(name, message, "Put it into the file, or leave the input out.");
	}
	if (approved !== void 0 && "plan" in approved) fields.addProblem("promotions", "is given, and the plan is for one image.", "Give the plan of a dry-run with this file, or leave promotions out.");
}
/** What the plan names. How an image is scanned, the file says; without it the plan, unless an input does: what was approved is what is done. */
function listNamed(fields, { batch }, file) {
	const modes = new Map(file?.map(({ source, targets, scan }) => [describePromotion(source, targets), scan]));
	const isSaid = fields.isGiven("scan");
	return batch.promotions.map(({ plan }) => {
		const [source, targets] = [plan.source.reference, plan.targets.map(({ reference }) => reference)];
		const fromFile = modes.get(describePromotion(source, targets));
		return {
			source,
			targets,
			scan: file === void 0 && !isSaid ? plan.scan.mode : fromFile
		};
	});
}
function readCount(fields, name, most) {
	const text = fields.text(name);
	const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
	if (count >= 1 && count <= most) return count;
	fields.addProblem(name, `is ${JSON.stringify(text.slice(0, 40))}.`, `Write a number from 1 to ${most}.`);
}
const STRICTER = {
	promotions: "Leave the key scan of these items out, or set scan.mode in the policy.",
	plan: "Make a plan again under this policy, or set scan.mode in the policy."
};
/** The policy for each way to scan that a promotion asks for; one that is weaker than a policy states is a problem of each that asks for it. */
function readScanModes(fields, promotions, tightenFor, input) {
	const known = new Set(tightenFor().problems.map((problem) => JSON.stringify(problem)));
	const byMode = Map.groupBy(promotions, ({ scan }) => scan);
	return new Map([...byMode].map(([mode, asking]) => {
		const { policy, problems } = tightenFor(mode);
		for (const problem of mode === void 0 ? [] : problems) {
			if (known.has(JSON.stringify(problem))) continue;
			const items = `item ${asking.slice(0, 10).map(({ number }) => number).join(", ")}${asking.length > 10 ? " and more" : ""}`;
			fields.addProblem(input, `${items}: scan ${problem.message}`, STRICTER[input]);
		}
		return [mode, policy];
	}));
}
/** Repositories that several promotions come from: the alerts of each need a name of their own, in whichever shard they are. */
function findCrowded(promotions) {
	const byRepository = Map.groupBy(promotions, ({ source }) => source.repository);
	return new Set([...byRepository].flatMap(([repository, those]) => those.length > 1 ? [repository] : []));
}
export { readBatch };
