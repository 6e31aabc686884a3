import { formatCount } from '../report/format.ts';
import type { Signer } from '../steps/signer.ts';
import type { Approved } from './approved.ts';
import { embedFormerEvidence } from './embedded-evidence.ts';
import type { FetchedImage } from './fetch.ts';
import { splitFormerEvidence } from './former-evidence.ts';
import { readRevision } from './revision.ts';
import { makeStatements, type StatementFacts } from './statements.ts';

/** What is known once every gate has passed. */
export interface GateResults extends Omit<StatementFacts, 'graph' | 'former' | 'revision' | 'finishedAt'> {
  readonly image: FetchedImage;
  readonly signer: Signer | undefined;
  readonly resultDirectory: string;
}

/** Gets ready to be written what passed the gates: what of the source's attachments is carried along, what of them travels inside the new record, and what is said about the image. */
export async function approve(results: GateResults): Promise<Approved> {
  const { request, ports, journal, decision, evidence, image, signer, resultDirectory } = results;
  const { graph, store, referrers } = image;
  const { layout } = store;
  const finishedAt = ports.clock();
  const { carried, former } = await splitFormerEvidence(referrers, layout);
  const embedded = await embedFormerEvidence(former, request.source.repository, layout, evidence.accepted);
  if (embedded.bare > 0) {
    const count = formatCount(embedded.bare, 'statement');
    journal.notes.push(
      `${count} of former stages too large to travel inside the new record, which has only the digest.`,
    );
  }
  if (embedded.leftOut > 0) {
    const count = formatCount(embedded.leftOut, 'statement');
    journal.notes.push(
      `${count} of former stages not taken into the new record: nothing relies on them, and there are too many.`,
    );
  }
  const revision = await readRevision(graph, layout);
  const facts = { ...results, graph, former: embedded.descriptors, revision, finishedAt };
  return { plan: decision.plan, graph, store, referrers: carried, signer, resultDirectory, ...makeStatements(facts) };
}
