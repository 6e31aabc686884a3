/** Of a plan, where nobody says how many jobs it is for. */
const ITEMS_PER_SHARD = 25;
/** What signing and the round trips of one image take, as bytes that a runner moves in the same time: many small images are work too. */
const BYTES_PER_IMAGE = 33554432;
/** As it is given and shown: `k/n`. */
function formatShard({ k, n }) {
	return `${k}/${n}`;
}
/** Reads the input `shard`; `planned` is how many the approved plan has. */
function readShard(fields, planned) {
	if (!fields.isGiven("shard")) return void 0;
	const text = fields.text("shard");
	const [, k = 0, n = 0] = (/^([1-9]\d{0,8})\/([1-9]\d{0,8})$/.exec(text) ?? []).map(Number);
	if (k === 0 || k > n) {
		fields.addProblem("shard", `is ${JSON.stringify(text.slice(0, 40))}.`, "Write k/n such as 1/4, with k from 1 to n.");
		return;
	}
	if (planned !== void 0 && n !== planned) {
		fields.addProblem("shard", `is ${text}, and the plan is cut for ${planned}.`, "Hand on the matrix output of the step that made the plan, as strategy.matrix of this job.");
		return;
	}
	return {
		k,
		n
	};
}
/** Those of a file that belong to a shard, without a plan: every n-th, beginning with the k-th. All shards together are the file, each item once. */
function takeShard(items, shard) {
	return shard === void 0 ? items : items.filter((_, index) => index % shard.n === shard.k - 1);
}
/** How many jobs a batch is cut for: as many as are wanted, but none without work. */
function countShards(count, wanted) {
	return Math.min(count, 256, wanted ?? Math.ceil(count / ITEMS_PER_SHARD));
}
/** Cuts a batch for `count` jobs, by the index of its items: the largest first, each to whom has the least so far. The same sizes give the same cut. */
function cutShards(bytes, count) {
	const shards = Array.from({ length: count }, () => ({
		load: 0,
		items: []
	}));
	const largestFirst = bytes.map((size, index) => ({
		size,
		index
	})).sort((a, b) => b.size - a.size || a.index - b.index);
	for (const { size, index } of largestFirst) {
		const lightest = shards.reduce((least, shard) => shard.load < least.load ? shard : least);
		lightest.load += size + BYTES_PER_IMAGE;
		lightest.items.push(index);
	}
	return shards.map(({ items }) => items.sort((a, b) => a - b));
}
export { takeShard as a, readShard as i, cutShards as n, formatShard as r, countShards as t };
