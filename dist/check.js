import { t as CHECK } from "./shared/action6.js";
import { t as runStep } from "./shared/run.js";
// src/main/check.ts
await runStep(CHECK, process.env);
export {};
