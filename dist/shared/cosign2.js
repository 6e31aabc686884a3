import { t as createVerifier } from "./verifier.js";
import { join } from "node:path";
import { mkdir } from "node:fs/promises";
// src/steps/cosign.ts
/** Provides cosign in a directory of its own, which nobody else may read. */
async function openCosign(request, ports, room) {
	const directory = join(room, "cosign");
	await mkdir(directory, {
		recursive: true,
		mode: 448
	});
	const tool = await ports.provideTool("cosign", request.tools.cosign, directory);
	const context = {
		path: tool.path,
		directory,
		networkEnv: ports.networkEnv,
		certificates: ports.certificates,
		kmsEnv: ports.kmsEnv ?? {},
		trustedRoot: request.trustedRoot,
		exec: ports.exec,
		signal: ports.signal
	};
	return {
		tool,
		verifier: await createVerifier(context),
		context
	};
}
export { openCosign as t };
