import type { Clock } from '../base/ports.ts';
import type { DigestReference } from '../image/reference.ts';
import { formatReference } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { Gate } from '../policy/gate.ts';
import type { Refusal } from '../policy/refusal.ts';
import type { ScanSummary } from '../steps/scan-summary.ts';
import type {
  AttachedEvidence,
  CarriedReferrers,
  KeptEvidence,
  Outcome,
  PromoteResult,
  TargetOutcome,
} from './outcome.ts';
import type { PromoteRequest } from './request.ts';
import type { ReliedEvidence } from './source-evidence.ts';

/** Gathers what is learned on the way, so that a promotion can end at any point with all of it. */
export class Journal {
  readonly #request: PromoteRequest;
  readonly #clock: Clock;
  readonly startedAt: Date;
  readonly gates: Gate[] = [];
  readonly refusals: Refusal[] = [];
  readonly relied: ReliedEvidence[] = [];
  readonly evidence: AttachedEvidence[] = [];
  readonly kept: KeptEvidence[] = [];
  readonly notes: string[] = [];
  readonly remarks: string[] = [];
  /** How each target ended, once it has: the rest share the end of the promotion. */
  readonly ended = new Map<string, Omit<TargetOutcome, 'target'>>();
  pinned: DigestReference | undefined;
  plan: Outcome['plan'];
  origin: Outcome['origin'] | undefined;
  scan: ScanSummary | undefined;
  readonly referrers: CarriedReferrers[] = [];
  targetTouched = false;
  /** Of all that the image is made of. */
  bytes: number | undefined;
  publicKey: string | undefined;
  /** Known from the start of a key; of a keyless signer, from its first certificate on. */
  anchor: TrustAnchor | undefined;

  constructor(request: PromoteRequest, clock: Clock) {
    this.#request = request;
    this.#clock = clock;
    this.startedAt = clock();
  }

  /** True when a tag was written: from then on nothing but success is whole. */
  hasWrittenTag(): boolean {
    return [...this.ended.values()].some(({ result }) => result === 'promoted');
  }

  /** The outcome, as of now. A target that has not ended by itself shares the end of the promotion. */
  end(result: PromoteResult, error?: unknown): Outcome {
    const { source, targets, environment, policy, sign, attest, trustedRoot } = this.#request;
    const { format, transparencyLog } = policy.signature;
    return {
      result,
      source,
      pinned: this.pinned,
      environment,
      targets: targets.map((target) => ({ target, ...this.#endOf(formatReference(target), result, error) })),
      gates: this.gates,
      refusals: this.refusals,
      scan: this.scan,
      relied: this.relied,
      evidence: this.evidence,
      kept: this.kept,
      referrers: this.referrers,
      notes: this.notes,
      remarks: this.remarks,
      ...(this.origin === undefined ? {} : { origin: this.origin }),
      ...(this.bytes === undefined ? {} : { bytes: this.bytes }),
      plan: this.plan,
      seconds: (this.#clock().getTime() - this.startedAt.getTime()) / 1000,
      targetTouched: this.targetTouched,
      publicKey: this.publicKey,
      anchor: this.anchor,
      signs: { signature: sign, record: attest, format },
      transparencyLog,
      trustedRoot,
      error,
    };
  }

  /** Of a refusal, the code of its own comes before one that holds for all targets; a failure has the code of its error. */
  #endOf(target: string, result: PromoteResult, error: unknown): Omit<TargetOutcome, 'target'> {
    const ended = this.ended.get(target);
    if (ended !== undefined) return ended;
    const refusal =
      this.refusals.find((r) => r.target === target) ??
      this.refusals.find((r) => r.target === undefined) ??
      this.refusals[0];
    const failure = (error as { code?: unknown } | undefined)?.code;
    const code = result === 'refused' ? refusal?.code : failure;
    return { result, ...(typeof code === 'string' ? { code } : {}) };
  }
}
