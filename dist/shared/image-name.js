import { $n as isRegistryHost, er as parseReference, fr as ImageError, tr as parseRepository } from "./engine.js";
// src/image/image-name.ts
/** Reads a reference as container runtimes do; throws INVALID_REFERENCE saying which part is wrong. https://kubernetes.io/docs/concepts/containers/images/#image-names */
function parseImageName(text) {
	const full = addRegistry(text);
	const isImplicit = full !== text;
	try {
		if (!full.includes("@") && !full.slice(full.lastIndexOf("/")).includes(":")) return {
			repository: parseRepository(full),
			isImplicit,
			reference: void 0
		};
		const reference = parseReference(full);
		return {
			repository: reference.repository,
			isImplicit,
			reference
		};
	} catch (error) {
		if (!isImplicit || !(error instanceof ImageError)) throw error;
		const message = error.message.replace(JSON.stringify(full), JSON.stringify(text));
		throw new ImageError("INVALID_REFERENCE", message, error.hint === void 0 ? {} : { hint: error.hint });
	}
}
/** The text with the registry that container runtimes take where none is written: Docker Hub, and its official images where there is no `/` either. */
function addRegistry(text) {
	const slash = text.indexOf("/");
	if (slash > 0 && isRegistryHost(text.slice(0, slash))) return text;
	return `docker.io/${slash < 0 ? "library/" : ""}${text}`;
}
export { parseImageName as n, addRegistry as t };
