import { Jt as formatPlan } from "./engine.js";
// src/plan/batch-plan.ts
/** The promotions of a batch, all of them or those of shard `k` (from 1), each with the plan that its record names by digest. Throws RangeError for a shard that the plan does not have. */
function listPromotions({ promotions, shards }, k) {
	const indices = k === void 0 ? promotions.map((_, i) => i) : shards[k - 1];
	if (indices === void 0) throw new RangeError(`the plan has no shard ${k}`);
	return indices.flatMap((index) => {
		const item = promotions[index];
		return item === void 0 ? [] : [{
			index,
			bytes: item.bytes,
			...formatPlan(item.plan)
		}];
	});
}
/** Why these shards are no division of `count` promotions; undefined when each stands in exactly one. */
function findShardFlaw(shards, count) {
	const seen = /* @__PURE__ */ new Set();
	for (const [i, shard] of shards.entries()) for (const index of shard) {
		if (index >= count) return `shard ${i + 1} names promotion ${index}, which there is not`;
		if (seen.has(index)) return `promotion ${index} stands in two shards`;
		seen.add(index);
	}
	const missing = Array.from({ length: count }, (_, i) => i).find((i) => !seen.has(i));
	return missing === void 0 ? void 0 : `promotion ${missing} stands in no shard`;
}
export { listPromotions as n, findShardFlaw as t };
