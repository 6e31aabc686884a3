export { t as readRecord, n as readVsa, r as readVuln } from "./target-statement.js";
