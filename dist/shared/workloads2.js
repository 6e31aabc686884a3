export { t as readWorkloads } from "./workloads.js";
