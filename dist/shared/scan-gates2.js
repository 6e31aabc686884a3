export { t as scanAndJudge } from "./scan-gates.js";
