export { t as findShardFlaw, n as listPromotions } from "./batch-plan2.js";
