import { RECORD_PREDICATE } from '../chain/record.ts';
import { type ResourceDescriptor, toDigestSet } from '../chain/statement.ts';
import { makeVsa } from '../chain/vsa.ts';
import { makeScanStatement, mayAttest } from '../steps/scan-statement.ts';
import type { Scanner } from '../steps/scanner.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { Statements } from './approved.ts';
import { composeRecord, type RecordFacts } from './record.ts';

/** All that the statements of a promotion speak of. */
export interface StatementFacts extends Omit<RecordFacts, 'targets' | 'signer'> {
  readonly graph: Pick<ImageGraph, 'root' | 'images'>;
}

/** What can be said about the image now that every gate has passed: each statement is made once the repository is known that it speaks of. */
export function makeStatements(facts: StatementFacts): Statements {
  const { request, graph, evidence, scan, scanner, finishedAt } = facts;
  const { digest } = graph.root;
  const children = graph.images.map(({ content }) => content.digest);
  return {
    makeRecord: (targets, signer) => composeRecord({ ...facts, targets, signer }),
    makeVsa: (repository, { tool }) =>
      makeVsa({
        ...{ repository, digest, children, environment: request.environment, level: evidence.level },
        policies: request.policySources,
        inputAttestations: listInputs(facts),
        versions: { cosign: tool.version, ...(scanner === undefined ? {} : { trivy: scanner.tool.version }) },
        verifiedAt: finishedAt,
      }),
    makeVuln:
      scanner === undefined || !mayAttest(scanner, request.policy.scan, scan)
        ? undefined
        : describeScan(scanner, facts),
  };
}

function describeScan(scanner: Scanner, facts: StatementFacts): Statements['makeVuln'] {
  const { scan, request, ports, graph } = facts;
  const { digest } = graph.root;
  return (repository) => makeScanStatement({ repository, digest }, scanner, scan, request.policy.scan, ports.run);
}

/** The attestations that were relied on, and the records of former stages. */
function listInputs({ request, evidence, former }: StatementFacts): ResourceDescriptor[] {
  const relied = evidence.relied.flatMap(({ digest }) =>
    digest === undefined ? [] : [{ uri: `oci://${request.source.repository}@${digest}`, digest: toDigestSet(digest) }],
  );
  const records = former.filter(({ name }) => name === RECORD_PREDICATE).map(({ uri, digest }) => ({ uri, digest }));
  const named = new Map<string, ResourceDescriptor>([...records, ...relied].map((each) => [each.uri, each]));
  return [...named.values()];
}
