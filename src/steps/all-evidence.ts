import {
  CONCURRENT_VERIFICATIONS,
  type EvidenceOptions,
  type EvidenceReader,
  openEvidence,
} from '../chain/evidence-reader.ts';
import { createTaskLimit } from '../chain/task-limit.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Verifier } from '../signer/verifier.ts';

/** The evidence of many repositories. */
export interface AllEvidence {
  /** That of one repository, opened once. */
  readonly evidenceOf: (repository: Repository) => EvidenceReader;
  /** Ends all of it. */
  close(): Promise<void>;
}

/** Opens the evidence of each repository once, with room for as many processes as one has. */
export function openAllEvidence(
  registry: RegistryClient,
  verifier: Verifier,
  options: EvidenceOptions = {},
): AllEvidence {
  const opened = new Map<Repository, EvidenceReader>();
  const limit = createTaskLimit(CONCURRENT_VERIFICATIONS);
  return {
    evidenceOf: (repository) => {
      const evidence = opened.get(repository) ?? openEvidence(registry, repository, verifier, { limit, ...options });
      opened.set(repository, evidence);
      return evidence;
    },
    close: async () => {
      await Promise.all([...opened.values()].map((evidence) => evidence.close()));
    },
  };
}
