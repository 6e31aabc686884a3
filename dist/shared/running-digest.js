import { cr as isDigest } from "./engine.js";
// src/inputs/running-digest.ts
/** The digest in the `imageID` of a container's status: `docker-pullable://repo@sha256:…` and `repo@sha256:…` name a manifest; a bare `sha256:…` is the id of a local image, which no registry knows. */
function findRunningDigest(imageId) {
	const digest = imageId.includes("@") ? imageId.slice(imageId.lastIndexOf("@") + 1) : "";
	return isDigest(digest) ? digest : void 0;
}
export { findRunningDigest as t };
