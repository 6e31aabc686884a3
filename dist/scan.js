import { t as runStep } from "./shared/run.js";
import { t as SCAN } from "./shared/action4.js";
// src/main/scan.ts
await runStep(SCAN, process.env);
export {};
