// src/policy/purl.ts
/** True for a package URL; https://github.com/package-url/purl-spec/blob/main/PURL-SPECIFICATION.rst */
function isPurl(text) {
	return parsePurl(text) !== void 0;
}
/** True when a package URL is the one a pattern names, as Trivy matches them: without a version any version, and with every qualifier that the pattern has. */
function matchesPurl(pattern, purl) {
	const wanted = parsePurl(pattern);
	const found = parsePurl(purl);
	if (wanted === void 0 || found === void 0 || wanted.name !== found.name) return false;
	if (wanted.version !== void 0 && wanted.version !== found.version) return false;
	return [...wanted.qualifiers].every((qualifier) => found.qualifiers.has(qualifier));
}
/** `pkg:type/namespace/name@version?qualifiers#subpath`; the subpath says nothing about the package. */
function parsePurl(text) {
	const [, type = "", path = "", version, qualifiers = ""] = /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]*)\/([^@?#]*[^@?#/])(?:@([^?#]+))?(?:\?([^#]*))?(?:#.*)?$/.exec(text) ?? [];
	if (path === "") return void 0;
	try {
		return {
			name: `${type.toLowerCase()}/${decodeURIComponent(path)}`,
			version: version === void 0 ? void 0 : decodeURIComponent(version),
			qualifiers: new Set(qualifiers.split("&").filter((pair) => pair !== "").map(decodeURIComponent))
		};
	} catch {
		return;
	}
}
export { matchesPurl as n, isPurl as t };
