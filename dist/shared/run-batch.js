import { T as holdLog, d as listTroubles, f as nameTargets, l as listImages, m as openKit, p as promote, s as joinResults, y as Journal } from "./promote.js";
import { Jn as mapConcurrently, Qn as formatReference, bn as formatDuration, hr as describeError, nr as pathOf, pr as DomainError, qt as formatBatchPlan, vn as formatCount } from "./engine.js";
import { n as cutShards, r as formatShard, t as countShards } from "./shard.js";
import { n as isVulnerable, r as trimOutcome } from "./report.js";
import { dirname, extname, join } from "node:path";
import { mkdir, readFile, rename, rmdir, writeFile } from "node:fs/promises";
// src/batch/gather-results.ts
/** The directories that gather what the images of a batch leave, by what it is. */
const RESULT_FOLDERS = {
	scans: "scan-reports",
	sarif: "sarif",
	records: "records",
	plans: "plans"
};
/** Puts what one image left beside that of the others, a file each in the directory of its kind, and says where it is now. Names begin with the number of the promotion, so that two images of one name do not meet. */
async function gatherResults(number, outcome, results) {
	const last = pathOf(outcome.source.repository).split("/").at(-1) ?? "image";
	const name = `${String(number).padStart(4, "0")}-${last.slice(0, 100)}`;
	const left = /* @__PURE__ */ new Set();
	const move = async (path, folder, suffix = "") => {
		const directory = join(results, folder);
		await mkdir(directory, { recursive: true });
		const place = join(directory, `${name}${suffix}${extname(path)}`);
		await rename(path, place);
		left.add(dirname(path));
		return place;
	};
	const { scan, plan } = outcome;
	const moved = /* @__PURE__ */ new Map();
	for (const [i, path] of [...new Set(outcome.evidence.flatMap(({ recordPath }) => recordPath ?? []))].entries()) moved.set(path, await move(path, RESULT_FOLDERS.records, i === 0 ? "" : `-${i + 1}`));
	const gathered = {
		...outcome,
		evidence: outcome.evidence.map((attached) => attached.recordPath === void 0 ? attached : {
			...attached,
			recordPath: moved.get(attached.recordPath) ?? attached.recordPath
		}),
		scan: scan && {
			...scan,
			reportPath: await move(scan.reportPath, RESULT_FOLDERS.scans),
			sarifPath: await move(scan.sarifPath, RESULT_FOLDERS.sarif)
		},
		plan: plan && {
			...plan,
			path: await move(plan.path, RESULT_FOLDERS.plans)
		}
	};
	for (const directory of left) await rmdir(directory).catch(() => void 0);
	return gathered;
}
// src/batch/keep-plan.ts
/** Writes down the plan of a batch: the approved one, else, of a dry run, what it refused nothing of, cut for `shards` jobs. Undefined when there is nothing to approve. */
async function keepBatchPlan(items, { plan: approved, dryRun, shards }, results) {
	const plan = approved ?? (dryRun ? await composePlan(items, shards) : void 0);
	if (plan === void 0) return void 0;
	const path = join(results, "plan.json");
	await writeFile(path, plan.text);
	const { batch, digest } = plan;
	return {
		path,
		digest,
		shards: batch.shards.length,
		count: batch.promotions.length
	};
}
async function composePlan(items, shards) {
	const promotions = [];
	for (const { outcome } of items) {
		if (outcome.result !== "planned" || outcome.plan === void 0) continue;
		const plan = JSON.parse(await readFile(outcome.plan.path, "utf8"));
		promotions.push({
			bytes: outcome.bytes ?? 0,
			plan
		});
	}
	if (promotions.length === 0) return void 0;
	const sizes = promotions.map(({ bytes }) => bytes);
	return formatBatchPlan({
		version: 1,
		promotions,
		shards: cutShards(sizes, countShards(sizes.length, shards))
	});
}
// src/batch/batch-log.ts
/** Opens the log of a batch of `count` images. */
function openBatchLog(log, count) {
	const underWay = /* @__PURE__ */ new Set();
	const names = /* @__PURE__ */ new Map();
	let ended = 0;
	let isQuiet = false;
	let told = Promise.resolve();
	return {
		openItem(name) {
			const inner = holdLog({
				...log,
				warning: (message) => log.warning(`${name}: ${message}`)
			});
			const held = {
				...inner,
				info: (message) => inner.info(`  ${message}`),
				group: (title, body) => {
					inner.info(title);
					return body();
				}
			};
			underWay.add(held);
			names.set(held, name);
			return held;
		},
		closeItem(item, held) {
			underWay.delete(held);
			ended += 1;
			isQuiet = false;
			const title = `${ended} of ${count}: ${describeEnd(item)}`;
			const turn = told.then(() => log.group(title, async () => held.release()));
			told = turn.catch(() => void 0);
			return turn;
		},
		beat() {
			if (isQuiet && underWay.size > 0) {
				const at = [...underWay].map((held) => names.get(held) ?? "").join(", ");
				log.info(`${ended} of ${count} ended; under way: ${at}`);
			}
			isQuiet = true;
		}
	};
}
/** How an image ended, in a line that tells enough to know whether to read on. */
function describeEnd({ outcome }) {
	const { result, pinned, seconds } = outcome;
	const took = `(${formatDuration(seconds * 1e3)})`;
	const [trouble, ...more] = listTroubles(outcome);
	if (trouble === void 0) return `${result} ${nameTargets(outcome)}@${pinned?.digest ?? ""} ${took}`;
	const rest = more.length === 0 ? "" : `, and ${more.length} more`;
	return `${result} ${nameTargets(outcome)} ${took}: ${trouble.code} ${trouble.message}${rest}`;
}
// src/batch/error.ts
/** What became of a promotion of a batch that was not even begun. */
var BatchError = class extends DomainError {};
// src/batch/promote-all.ts
/** Promotes the images, as many at once as was asked for; each ends in an outcome, and so does what is not begun since the run was cancelled, `fail-fast` stopped it, or its scanner could not be brought. */
async function promoteAll({ items, maxParallel, failFast }, ports, kit, { promote: promoteOne, beatMs }) {
	const log = openBatchLog(ports.log, items.length);
	const beat = setInterval(() => log.beat(), beatMs);
	const scanner = watchScanner(items, kit);
	let stopped;
	let shown = 0;
	try {
		return await mapConcurrently(items, maxParallel, async (item) => {
			const { number, request } = item;
			if (ports.signal.aborted) return leave(item, describeError(ports.signal.reason), ports);
			const why = stopped ?? (scans(item) ? scanner.missing : void 0);
			if (why !== void 0) return leave(item, why, ports);
			const held = log.openItem(nameItem(item));
			const outcome = await promoteOne(request, {
				...ports,
				log: held
			}, kit).catch((error) => new Journal(request, ports.clock).end("failed", error));
			if (failFast && (outcome.result === "failed" || outcome.result === "refused")) stopped ??= `fail-fast: ${nameTargets(outcome)} ${outcome.result === "failed" ? "failed" : "was refused"}`;
			const gathered = await gatherResults(number, outcome, kit.results).catch((error) => {
				held.warning(`what it left could not be put beside the rest: ${describeError(error)}`);
				return outcome;
			});
			const keepsFindings = isVulnerable(gathered) && shown++ < 20;
			const ended = {
				number,
				outcome: trimOutcome(gathered, keepsFindings),
				begun: true
			};
			await log.closeItem(ended, held);
			return ended;
		});
	} finally {
		clearInterval(beat);
	}
}
/** How promotions end of which none was begun. */
function leaveAll(items, error, ports) {
	return items.map((item) => leave(item, describeError(error), ports));
}
/** True for an image that Trivy will look at. */
function scans({ request }) {
	return request.policy.scan.mode !== "off";
}
/** A scanner that does not come fails every image that needs it, after all of its bytes were read: those that were not begun need not be. */
function watchScanner(items, kit) {
	const watched = { missing: void 0 };
	if (items.some(scans)) kit.scanner("enforce").catch((error) => {
		watched.missing = `the scanner could not be brought: ${describeError(error)}`;
	});
	return watched;
}
function nameItem({ request: { targets } }) {
	return targets.slice(0, 1).map(formatReference).join("");
}
function leave({ number, request }, why, { clock }) {
	const error = new BatchError("NOT_BEGUN", `it was not begun: ${why}`, { hint: "Run the batch again: what is done is skipped." });
	return {
		number,
		outcome: new Journal(request, clock).end("failed", error),
		begun: false
	};
}
// src/batch/run-batch.ts
const PARTS = {
	openKit,
	promote,
	beatMs: 3e4
};
/** Promotes the images of a batch, several at once, with one set of tools and connections. Always returns an outcome: one that is refused or fails does not stop the others, unless that was asked for. */
async function runBatch(request, ports, parts = PARTS) {
	const startedAt = ports.clock();
	const { total, shard, shared } = request;
	const end = (items, error, kept = {}) => ({
		items,
		total,
		shard,
		error,
		dryRun: shared.dryRun,
		environment: shared.environment,
		plan: void 0,
		scanReports: void 0,
		sarif: void 0,
		imagesFile: void 0,
		...kept,
		result: error === void 0 ? joinResults(items) : "failed",
		seconds: (ports.clock().getTime() - startedAt.getTime()) / 1e3
	});
	tellStart(request, ports);
	if (request.items.length === 0) return end([], void 0);
	let kit;
	try {
		kit = await parts.openKit(chooseKit(request), ports);
	} catch (error) {
		return end(leaveAll(request.items, error, ports), error);
	}
	try {
		const broken = await tryKey(kit, ports);
		const items = broken === void 0 ? await promoteAll(request, ports, kit, parts) : leaveAll(request.items, broken.error, ports);
		return end(items, ports.signal.aborted && items.some(({ outcome }) => outcome.result === "failed") ? ports.signal.reason : broken?.error, await keepAll(items, request, kit));
	} catch (error) {
		return end(leaveAll(request.items, error, ports), error);
	} finally {
		await kit.close();
	}
}
function tellStart({ items, total, shard, maxParallel }, { log }) {
	const share = shard === void 0 ? "" : `, shard ${formatShard(shard)} of ${formatCount(total)}`;
	log.info(`${formatCount(items.length, "image")}${share}, up to ${maxParallel} at once`);
}
/** Any image says which tools are needed; one that is scanned also says how to bring the scanner. */
function chooseKit({ items, shared }) {
	const scanned = items.find(scans);
	return {
		...scanned?.request ?? shared,
		scans: scanned !== void 0
	};
}
/** A key that cannot sign fails every image: no image is begun before it was tried. */
async function tryKey(kit, { log }) {
	try {
		await log.group("Prepare", () => kit.prepared());
		return;
	} catch (error) {
		return { error };
	}
}
/** What the whole batch leaves for the steps that follow. */
async function keepAll(items, { plan, shards, shared }, { results }) {
	const imagesFile = join(results, "images.json");
	await writeFile(imagesFile, `${JSON.stringify(listImages(items), null, 1)}\n`);
	const isScanned = items.some(({ outcome }) => outcome.scan !== void 0);
	return {
		imagesFile,
		plan: await keepBatchPlan(items, {
			plan,
			dryRun: shared.dryRun,
			shards
		}, results),
		scanReports: isScanned ? join(results, RESULT_FOLDERS.scans) : void 0,
		sarif: isScanned ? join(results, RESULT_FOLDERS.sarif) : void 0
	};
}
export { runBatch };
