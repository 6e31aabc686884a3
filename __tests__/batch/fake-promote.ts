import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchParts } from '../../src/batch/run-batch.ts';
import { digestOf } from '../../src/image/digest.ts';
import { formatReference, pinReference } from '../../src/image/reference.ts';
import { formatPlan } from '../../src/plan/plan-text.ts';
import type { Kit } from '../../src/promote/kit.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import type { PromotePorts } from '../../src/promote/ports.ts';
import type { PromoteRequest } from '../../src/promote/request.ts';
import { samplePlan } from '../plan/sample-plan.ts';
import { sampleOutcome } from '../promote/sample-outcome.ts';

/** What one promotion does in a test, by the name of its source's repository. */
export type Act = (request: PromoteRequest, ports: PromotePorts) => Promise<Partial<Outcome>>;

/** Stands in for the promotion of one image and for what all of them share. */
export interface FakeParts extends BatchParts {
  /** The sources, in the order in which they were begun. */
  readonly begun: string[];
  /** How many were under way at once, at most. */
  most(): number;
  readonly closed: { count: number };
}

export function fakeParts(act: Act, changes: Partial<Kit & Pick<BatchParts, 'beatMs'>> = {}): FakeParts {
  const begun: string[] = [];
  const closed = { count: 0 };
  let underWay = 0;
  let most = 0;
  return {
    ...{ begun, closed, most: () => most, beatMs: changes.beatMs ?? 60_000 },
    async promote(request, ports) {
      begun.push(formatReference(request.source));
      underWay += 1;
      most = Math.max(most, underWay);
      try {
        return await finish(request, await act(request, ports));
      } finally {
        underWay -= 1;
      }
    },
    async openKit(_, { workDirectory }) {
      const results = await mkdtemp(join(workDirectory, 'results-'));
      const kit: Partial<Kit> = {
        ...{ room: workDirectory, results },
        prepared: async () => ({ verifier: undefined, signer: undefined }),
        scanner: async () => undefined,
        close: async () => void closed.count++,
        ...changes,
      };
      return kit as Kit;
    },
  };
}

/** The outcome of a request, all its targets alike. */
export async function finish(request: PromoteRequest, changes: Partial<Outcome>): Promise<Outcome> {
  const { source, targets } = request;
  const result = changes.result ?? 'promoted';
  return sampleOutcome({
    ...{ source, pinned: pinReference(source, digestOf(formatReference(source))), scan: undefined, seconds: 1 },
    targets: targets.map((target) => ({ target, result })),
    ...changes,
  });
}

/** What a promotion leaves in a directory of its own: a plan, a report and findings. */
export async function leaveFiles(request: PromoteRequest, { workDirectory }: PromotePorts) {
  const directory = await mkdtemp(join(workDirectory, 'image-'));
  await mkdir(directory, { recursive: true });
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text);
    return join(directory, name);
  };
  const name = formatReference(request.source).replace('dev.test/', '');
  const plan = formatPlan(samplePlan(name));
  return {
    plan: { path: await write('plan.json', plan.text), digest: plan.digest },
    reportPath: await write('scan.json', `report of ${name}`),
    sarifPath: await write('scan.sarif', `findings in ${name}`),
    recordPath: await write('record.json', `record of ${name}`),
  };
}
