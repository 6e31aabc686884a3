export { t as renderBatchSummary } from "./report.js";
