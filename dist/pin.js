import { t as runStep } from "./shared/run.js";
import { t as PIN } from "./shared/action8.js";
// src/main/pin.ts
await runStep(PIN, process.env);
export {};
