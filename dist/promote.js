import { t as runStep } from "./shared/run.js";
import { t as PROMOTE } from "./shared/action.js";
// src/main/promote.ts
await runStep(PROMOTE, process.env);
export {};
