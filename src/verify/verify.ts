import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../base/concurrency.ts';
import { DomainError } from '../base/error.ts';
import { createVerifier, type Verifier } from '../signer/verifier.ts';
import type { ImageChain } from './chain.ts';
import { lookAtImage, openAllEvidence } from './look.ts';
import { joinResults, type VerifyOutcome } from './outcome.ts';
import type { VerifyPorts } from './ports.ts';
import type { VerifyRequest } from './request.ts';
import { describeImage } from './text.ts';

/** Images looked at side by side. */
const CONCURRENT_IMAGES = 4;
/** Kinds named in a line. */
const MAX_KINDS = 20;

/** Answers for each image what it is, who promoted it, from what and past which gates, from its registry and the trust of the request alone. Always returns an outcome. */
export async function verify(request: VerifyRequest, ports: VerifyPorts): Promise<VerifyOutcome> {
  const startedAt = ports.clock();
  const end = (images: readonly ImageChain[], error?: unknown): VerifyOutcome => ({
    result: error === undefined ? joinResults(images) : 'failed',
    images,
    environment: request.environment,
    seconds: (ports.clock().getTime() - startedAt.getTime()) / 1000,
    error,
  });
  const room = await mkdtemp(join(ports.workDirectory, 'promote-image-'));
  try {
    const verifier = await ports.log.group('Prepare', () => prepareVerifier(request, ports, room));
    const images = await lookAtAll(request, verifier, startedAt, ports);
    for (const line of images.flatMap(describeImage)) ports.log.info(line);
    if (request.ignored.length > 0)
      ports.log.info(`Not looked at, as no image is named there: ${request.ignored.slice(0, MAX_KINDS).join(', ')}`);
    return end(images);
  } catch (error) {
    const { aborted, reason } = ports.signal;
    return end([], aborted && reason instanceof DomainError ? reason : error);
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}

async function prepareVerifier(request: VerifyRequest, ports: VerifyPorts, room: string): Promise<Verifier> {
  const directory = join(room, 'cosign');
  await mkdir(directory, { mode: 0o700 });
  const tool = await ports.provideTool('cosign', request.cosign, directory);
  ports.log.info(`cosign ${tool.version} verifies`);
  const { networkEnv, certificates, kmsEnv, exec, signal } = ports;
  return createVerifier({
    ...{ path: tool.path, directory, networkEnv, certificates, kmsEnv, exec, signal },
    trustedRoot: request.trustedRoot,
  });
}

async function lookAtAll(
  request: VerifyRequest,
  verifier: Verifier,
  now: Date,
  { registry, signal }: VerifyPorts,
): Promise<ImageChain[]> {
  const { evidenceOf, close } = openAllEvidence(registry, verifier);
  try {
    const context = { request, registry, verifier, now, evidenceOf };
    return await mapConcurrently(request.images, CONCURRENT_IMAGES, (image) => lookAtImage(image, context, signal));
  } finally {
    await close();
  }
}
