import { t as runStep } from "./shared/run.js";
import { t as VERIFY } from "./shared/action2.js";
// src/main/verify.ts
await runStep(VERIFY, process.env);
export {};
