import { Gn as SIGSTORE_BUNDLE, Hn as OCI_EMPTY, Wn as OCI_MANIFEST, sr as digestOf, zn as parseManifest } from "./engine.js";
// src/chain/bundle-referrer.ts
/** Builds the referrer of `subject` that holds this bundle; `created` becomes its OCI annotation. */
function makeBundleReferrer(subject, bundle, predicateType, created) {
	const config = describe(OCI_EMPTY, new TextEncoder().encode("{}"));
	const layer = describe(SIGSTORE_BUNDLE, bundle);
	const annotations = {
		"dev.sigstore.bundle.content": "dsse-envelope",
		"dev.sigstore.bundle.predicateType": predicateType,
		"org.opencontainers.image.created": created.toISOString()
	};
	const manifest = new TextEncoder().encode(JSON.stringify({
		schemaVersion: 2,
		mediaType: OCI_MANIFEST,
		artifactType: SIGSTORE_BUNDLE,
		config: pick(config.descriptor),
		layers: [pick(layer.descriptor)],
		subject: pick(subject),
		annotations
	}));
	return {
		manifest,
		descriptor: {
			mediaType: OCI_MANIFEST,
			digest: digestOf(manifest),
			size: manifest.length,
			artifactType: SIGSTORE_BUNDLE,
			annotations
		},
		blobs: [config, layer]
	};
}
function describe(mediaType, bytes) {
	return {
		descriptor: {
			mediaType,
			digest: digestOf(bytes),
			size: bytes.length,
			annotations: {}
		},
		bytes
	};
}
function pick({ mediaType, digest, size }) {
	return {
		mediaType,
		digest,
		size
	};
}
// src/steps/keep-bundle.ts
/** A signed bundle in the form in which it is attached to `root`; its bytes are kept in the layout until it is. */
async function keepBundle(root, bundle, predicateType, created, layout) {
	const { manifest, descriptor, blobs } = makeBundleReferrer({
		mediaType: root.mediaType,
		digest: root.digest,
		size: root.bytes.length
	}, bundle, predicateType, created);
	for (const blob of blobs) await layout.writeBytes(blob.descriptor.digest, blob.bytes);
	const content = {
		digest: descriptor.digest,
		mediaType: OCI_MANIFEST,
		bytes: manifest,
		manifest: parseManifest(manifest, OCI_MANIFEST)
	};
	return {
		subject: root.digest,
		descriptor,
		content
	};
}
export { keepBundle as t };
