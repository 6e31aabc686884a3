import type { PromotionRecord } from '../chain/record.ts';
import type { RecordFacts } from './chain.ts';

/** What a record says, as the chain tells it. */
export function toRecordFacts(record: PromotionRecord): RecordFacts {
  const { scanner } = record;
  return {
    ...given('environment', record.environment),
    source: record.source,
    ...given('revision', record.revision),
    ...given('revisionEvidence', record.revisionEvidence),
    ...given('actor', record.actor),
    ...given('workflow', record.workflow),
    ...given('pipelineRepository', record.repository),
    ...given('runUrl', record.runUrl),
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    gates: record.gates.map(({ name, verdict, evidence }) => ({ name, verdict, evidence })),
    ...given('vulnerabilities', record.vulnerabilities),
    ...(scanner === undefined
      ? {}
      : {
          scanner: {
            name: scanner.tool.name,
            version: scanner.tool.version,
            database: scanner.database.digest,
            databaseUpdatedAt: scanner.database.updatedAt,
            from: scanner.from ?? 'image',
          },
        }),
    sourceEvidence: (record.sourceEvidence ?? []).map(({ kind, type, signer }) => ({ kind, type, signer })),
    exceptions: record.exceptions.map(({ id, reason, expires }) => ({ id, reason, expires })),
  };
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
