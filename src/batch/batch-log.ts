import type { Log } from '../base/ports.ts';
import { formatDuration } from '../report/format.ts';
import { type HeldLog, holdLog } from '../steps/held-log.ts';
import { listTroubles, nameTargets } from './item-text.ts';
import type { ItemOutcome } from './outcome.ts';

/** The log of a batch: what each image told comes out in one piece when it ends, under a line that says how it ended. */
export interface BatchLog {
  /** A log for one image, called by its name in warnings, which may be shown away from the rest. */
  openItem(name: string): HeldLog;
  /** Tells how an image ended, and what it told. */
  closeItem(item: ItemOutcome, log: HeldLog): Promise<void>;
  /** Says what is being worked on, when nothing was told for a while. */
  beat(): void;
}

/** Opens the log of a batch of `count` images. */
export function openBatchLog(log: Log, count: number): BatchLog {
  const underWay = new Set<HeldLog>();
  const names = new Map<HeldLog, string>();
  let ended = 0;
  let isQuiet = false;
  // One at a time: a group that another one opens inside would show neither.
  let told: Promise<unknown> = Promise.resolve();
  return {
    openItem(name) {
      const inner = holdLog({ ...log, warning: (message) => log.warning(`${name}: ${message}`) });
      // Groups do not nest: the steps of one image are headings of what is indented below them.
      const held: HeldLog = {
        ...inner,
        info: (message) => inner.info(`  ${message}`),
        group: (title, body) => {
          inner.info(title);
          return body();
        },
      };
      underWay.add(held);
      names.set(held, name);
      return held;
    },
    closeItem(item, held) {
      underWay.delete(held);
      ended += 1;
      isQuiet = false;
      const title = `${ended} of ${count}: ${describeEnd(item)}`;
      const turn = told.then(() => log.group(title, async () => held.release()));
      told = turn.catch(() => undefined);
      return turn;
    },
    beat() {
      if (isQuiet && underWay.size > 0) {
        const at = [...underWay].map((held) => names.get(held) ?? '').join(', ');
        log.info(`${ended} of ${count} ended; under way: ${at}`);
      }
      isQuiet = true;
    },
  };
}

/** How an image ended, in a line that tells enough to know whether to read on. */
function describeEnd({ outcome }: ItemOutcome): string {
  const { result, pinned, seconds } = outcome;
  const took = `(${formatDuration(seconds * 1000)})`;
  const [trouble, ...more] = listTroubles(outcome);
  if (trouble === undefined) return `${result} ${nameTargets(outcome)}@${pinned?.digest ?? ''} ${took}`;
  const rest = more.length === 0 ? '' : `, and ${more.length} more`;
  return `${result} ${nameTargets(outcome)} ${took}: ${trouble.code} ${trouble.message}${rest}`;
}
