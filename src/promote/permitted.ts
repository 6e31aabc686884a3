import type { RunRoom } from '../steps/run-room.ts';
import type { ImageGraph } from '../transfer/graph.ts';
import type { Journal } from './journal.ts';
import type { Kit } from './kit.ts';
import type { Decision } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import type { SourceEvidence } from './source-evidence.ts';

/** A promotion against which nothing speaks that can be known without the bytes of the image. */
export interface Permitted {
  readonly request: PromoteRequest;
  readonly ports: PromotePorts;
  readonly journal: Journal;
  readonly kit: Kit;
  readonly places: RunRoom;
  readonly evidence: SourceEvidence;
  readonly decision: Decision;
  /** Its manifests, which may still be on their way. */
  readonly graph: Promise<ImageGraph>;
}
