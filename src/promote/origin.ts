import { RECORD_PREDICATE } from '../chain/record.ts';
import { readField, readText } from '../policy/json-field.ts';
import { readPredicateTime } from '../policy/predicate-time.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { Layout } from '../transfer/layout.ts';
import type { FormerPromotion, ImageOrigin } from './outcome.ts';
import { readRevision } from './revision.ts';
import type { AcceptedStatement, SourceEvidence } from './source-evidence.ts';

/** Where an image comes from, for who approves: the commit, by the best evidence there is, and what the verified records of the stages before say. */
export async function readOrigin(
  { revision, accepted = [] }: Pick<SourceEvidence, 'revision' | 'accepted'>,
  graph: ImageGraph,
  layout: Layout,
): Promise<ImageOrigin> {
  const label = revision === undefined ? await readRevision(graph, layout) : undefined;
  const former = accepted.flatMap(readFormerPromotion);
  return {
    revision: revision ?? (label === undefined ? undefined : { commit: label, from: 'label' }),
    former: [...new Map(former.map((each) => [JSON.stringify(each), each])).values()],
  };
}

/** None for what is no record. */
function readFormerPromotion({ statement, signer }: AcceptedStatement): readonly FormerPromotion[] {
  if (readText(statement, ['predicateType']) !== RECORD_PREDICATE) return [];
  const predicate = readField(statement, ['predicate']);
  const made = readPredicateTime(RECORD_PREDICATE, predicate);
  return [
    {
      signer,
      environment: readText(predicate, ['environment']),
      actor: readText(predicate, ['actor']),
      finishedAt: made.kind === 'known' ? made.time : undefined,
      run: readText(predicate, ['runUrl']) ?? readText(predicate, ['runId']),
    },
  ];
}
