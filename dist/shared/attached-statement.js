import { ar as digestAlgorithm, or as digestHex } from "./engine.js";
// src/chain/attached-statement.ts
/** The subject of a statement that has this digest, and this name when one is asked for. */
function findSubject({ subject }, digest, name) {
	return subject.find((entry) => entry.digest?.[digestAlgorithm(digest)] === digestHex(digest) && (name === void 0 || entry.name === name));
}
export { findSubject as t };
