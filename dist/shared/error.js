import { pr as DomainError } from "./engine.js";
// src/scanner/error.ts
/** A scan that could not be made: never a verdict, and never a pass. */
var ScannerError = class extends DomainError {};
export { ScannerError as t };
