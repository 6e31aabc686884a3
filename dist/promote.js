import { t as PROMOTE } from "./shared/promote.js";
import { t as runStep } from "./shared/run.js";
// src/main/promote.ts
await runStep(PROMOTE, process.env);
export {};
