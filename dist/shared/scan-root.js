import { J as storeImage, K as openImageLayout, Ln as loadGraph, Yn as runTogether } from "./engine.js";
import { t as scanAndJudge } from "./scan-gates.js";
// src/steps/scan-root.ts
/** Reads all of an image once, scans every platform, and judges what was found; `beside` runs while the image is read. The image stays in the layout. */
async function scanRoot({ client, repository, root, category }, scanner, rules, ports, places, beside = async () => void 0) {
	const graph = await loadGraph(root, (digest) => client.getManifest(repository, digest));
	const layout = await openImageLayout(graph, places.room, ports.log);
	const [store] = await runTogether(ports.signal, (signal) => [storeImage(graph, {
		client,
		repository,
		layout
	}, ports, signal), beside()]);
	return {
		...await scanAndJudge({
			repository,
			graph,
			store,
			category,
			sboms: /* @__PURE__ */ new Map()
		}, scanner, rules, ports, places),
		layout
	};
}
export { scanRoot as t };
