import type { Readable } from 'node:stream';
import type { Repository } from '../image/reference.ts';
import { acceptCommit } from './blob-commit.ts';
import { hasBlob } from './blob-head.ts';
import type { BlobDescriptor } from './blob-verify.ts';
import type { Transport } from './transport/http.ts';
import type { RegistryRequest } from './transport/message.ts';
import { sendParts, type UploadJob } from './upload-parts.ts';
import { UploadPlan } from './upload-plan.ts';
import { cancelSession, openSession, type UploadSession, uploadRequest, withQuery } from './upload-session.ts';
import { UploadSource } from './upload-source.ts';
import { isWorthStartingOver, waitAfter } from './upload-wait.ts';

/** See RegistryClient.uploadBlob. One PATCH with a Content-Length: the form that ACR, Google and the others all take; UploadPlan says when it is another one. `opened` is a session to begin with. */
export async function uploadBlob(
  transport: Transport,
  repository: Repository,
  descriptor: BlobDescriptor,
  open: () => Readable,
  opened?: UploadSession,
): Promise<void> {
  const purpose = `upload the blob ${descriptor.digest} to ${repository}`;
  const source = new UploadSource(repository, descriptor, open);
  const plan = new UploadPlan(descriptor.size, transport.putUpTo);
  const job: UploadJob = { transport, repository, descriptor, source, purpose };
  try {
    let first = opened;
    for (let attempt = 1; ; ) {
      try {
        return await uploadOnce(job, plan, first);
      } catch (fault) {
        first = undefined;
        // What broke the body is the reason; the fault of the connection only follows from it.
        if (source.fault !== undefined) throw source.fault;
        if (plan.adapt(fault)) continue;
        if (!isWorthStartingOver(fault)) throw fault;
        transport.log.debug(`${fault.message}; the upload starts over`);
        await waitAfter(transport, repository, attempt++, fault);
        // The last step may have been carried out although its answer got lost.
        if (await hasBlob(transport, repository, descriptor, 'push')) return;
      }
    }
  } finally {
    source.close();
  }
}

async function uploadOnce(job: UploadJob, plan: UploadPlan, opened: UploadSession | undefined): Promise<void> {
  const { transport, repository, descriptor, purpose } = job;
  if (opened === undefined) job.source.prepare();
  const session = opened ?? (await openSession(transport, uploadRequest(repository, purpose)));
  try {
    if (plan.way === 'patch') await sendParts(job, session, plan.chooseLength(session));
    const commit = commitRequest(job, session, plan.way === 'put');
    await acceptCommit(transport, commit, await transport.send(commit), descriptor);
  } catch (fault) {
    if (!transport.signal.aborted) await cancelSession(transport, repository, session.address);
    throw fault;
  }
}

function commitRequest(
  { repository, descriptor: { digest, size }, source, purpose }: UploadJob,
  session: UploadSession,
  hasContent: boolean,
): RegistryRequest {
  const content = {
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
    body: () => source.open(),
  };
  return {
    ...uploadRequest(repository, purpose),
    method: 'PUT',
    target: withQuery(session.address, 'digest', digest),
    replay: 'when-busy',
    stores: true,
    ...(hasContent && size > 0 ? content : {}),
  };
}
