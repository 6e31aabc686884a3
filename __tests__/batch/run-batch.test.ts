import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/error.ts';
import { FieldReader } from '../../src/base/fields.ts';
import { toBatchExitCode, toBatchOutputs } from '../../src/batch/outputs.ts';
import { runBatch } from '../../src/batch/run-batch.ts';
import { digestOf } from '../../src/image/digest.ts';
import { formatReference } from '../../src/image/reference.ts';
import { readApprovedPlan } from '../../src/plan/plan-file.ts';
import { PROMOTE_INPUTS } from '../../src/promote/inputs.ts';
import type { Outcome, PromoteResult } from '../../src/promote/outcome.ts';
import { type FakePorts, openPorts } from '../promote/fake-ports.ts';
import { makeContext } from '../promote/fake-step.ts';
import { sampleFinding, samplePlatform, sampleScan, vulnerable } from '../promote/sample-outcome.ts';
import { type Act, fakeParts, leaveFiles } from './fake-promote.ts';
import { listPromotions, readBatch } from './sample-batch.ts';

let ports: FakePorts;

beforeEach(async () => {
  ports = await openPorts();
});

afterEach(() => ports.close());

const down = new DomainError('UNAVAILABLE', 'the registry is down', { hint: 'Try later.' });
const refusals = [{ code: 'TAG_EXISTS', message: 'the tag is taken' }] as const;
const ENDS: Readonly<Record<PromoteResult, Partial<Outcome>>> = {
  promoted: { result: 'promoted' },
  unchanged: { result: 'unchanged' },
  planned: { result: 'planned' },
  refused: { result: 'refused', refusals },
  failed: { result: 'failed', error: down },
};

/** Ends the n-th promotion of the file in the n-th way. */
function endAs(results: readonly PromoteResult[]): Act {
  return async ({ source }) => ENDS[results[Number(/app-(\d+)/.exec(source.repository)?.[1]) - 1] ?? 'promoted'];
}

describe('a batch', () => {
  it.each<[readonly PromoteResult[], PromoteResult, number]>([
    [['unchanged', 'unchanged'], 'unchanged', 0],
    [['unchanged', 'promoted', 'unchanged'], 'promoted', 0],
    [['planned', 'planned'], 'planned', 0],
    [['promoted', 'refused', 'unchanged'], 'refused', 3],
    [['promoted', 'refused', 'failed', 'unchanged'], 'failed', 1],
  ])('of %j ends as %s, with exit code %i, and none stops the others', async (results, result, code) => {
    const request = await readBatch(listPromotions(results.length));
    const parts = fakeParts(endAs(results));
    const outcome = await runBatch(request, ports, parts);
    expect(outcome.result).toBe(result);
    expect(toBatchExitCode(outcome)).toBe(code);
    expect(outcome.items.map((item) => item.outcome.result)).toEqual(results);
    expect(parts.begun).toHaveLength(results.length);
    expect(parts.closed.count).toBe(1);
  });

  it('ends as wrong use only where nothing else failed', async () => {
    const usage = new DomainError('USAGE', 'trivy has no such version');
    const request = await readBatch(listPromotions(2));
    const act = (second: unknown): Act => {
      return async ({ source }) => ({ result: 'failed', error: source.repository.endsWith('-1') ? usage : second });
    };
    expect(toBatchExitCode(await runBatch(request, ports, fakeParts(act(usage))))).toBe(2);
    expect(toBatchExitCode(await runBatch(request, ports, fakeParts(act(down))))).toBe(1);
  });

  it('has as many under way as was asked for, and no more', async () => {
    const request = await readBatch(listPromotions(9), { 'max-parallel': '3' });
    const parts = fakeParts(async () => {
      await delay(5);
      return {};
    });
    await runBatch(request, ports, parts);
    expect(parts.most()).toBe(3);
  });

  it('goes on when one ends in a way that nobody expected', async () => {
    const request = await readBatch(listPromotions(3));
    const parts = fakeParts(async ({ source }) => {
      if (source.repository.endsWith('-2')) throw new TypeError('a bug');
      return {};
    });
    const { items } = await runBatch(request, ports, parts);
    expect(items.map(({ outcome }) => outcome.result)).toEqual(['promoted', 'failed', 'promoted']);
    expect(items[1]?.outcome.error).toMatchObject({ message: 'a bug' });
  });

  it('without an image has nothing to do, and opens nothing', async () => {
    const parts = fakeParts(async () => ({}));
    const outcome = await runBatch(await readBatch(listPromotions(1), { shard: '2/2' }), ports, parts);
    expect(outcome).toMatchObject({ result: 'unchanged', items: [] });
    expect(parts.closed.count).toBe(0);
  });
});

describe('fail-fast', () => {
  it('begins no more once one was refused, and says so of each', async () => {
    const request = await readBatch(listPromotions(6), { 'fail-fast': 'true', 'max-parallel': '2' });
    const parts = fakeParts(async ({ source }) => {
      if (source.repository.endsWith('-1')) return ENDS.refused;
      await delay(20);
      return {};
    });
    const outcome = await runBatch(request, ports, parts);
    expect(parts.begun).toEqual(['dev.test/app-1:1', 'dev.test/app-2:1']);
    expect(outcome.items.map(({ begun }) => begun)).toEqual([true, true, false, false, false, false]);
    expect(outcome.result).toBe('refused');
    expect(toBatchExitCode(outcome)).toBe(3);
    expect(JSON.parse(toBatchOutputs(outcome).images)).toEqual([
      { target: 'prod.test/app-1:1', digest: digestOf('dev.test/app-1:1'), result: 'refused' },
      { target: 'prod.test/app-2:1', digest: digestOf('dev.test/app-2:1'), result: 'promoted' },
      ...[3, 4, 5, 6].map((n) => ({ target: `prod.test/app-${n}:1`, digest: '', result: 'failed', code: 'NOT_BEGUN' })),
    ]);
    expect(outcome.items[5]?.outcome.error).toMatchObject({
      message: expect.stringContaining('prod.test/app-1:1 was refused'),
    });
  });
});

describe('what all images need', () => {
  it('is tried first: with a key that cannot sign, none is begun', async () => {
    const wrong = new DomainError('WRONG_PASSWORD', 'the password does not open the key');
    const parts = fakeParts(async () => ({}), { prepared: () => Promise.reject(wrong) });
    const outcome = await runBatch(await readBatch(listPromotions(3)), ports, parts);
    expect(parts.begun).toEqual([]);
    expect(outcome).toMatchObject({ result: 'failed', error: wrong });
    expect(outcome.items.map(({ begun }) => begun)).toEqual([false, false, false]);
    expect(parts.closed.count).toBe(1);
  });

  it('that is missing stops only those that need it', async () => {
    const promotions = listPromotions(6).map((promotion, i) => ({
      ...promotion,
      scan: i % 2 === 0 ? 'enforce' : 'off',
    }));
    const request = await readBatch(promotions, { 'max-parallel': '1' });
    const parts = fakeParts(
      async ({ policy }) => {
        await delay(5);
        return policy.scan.mode === 'off' ? {} : { result: 'failed', error: down };
      },
      { scanner: () => Promise.reject(new DomainError('DATABASE', 'no database answered')) },
    );
    const { items } = await runBatch(request, ports, parts);
    expect(items.map(({ begun, outcome }) => [begun, outcome.result])).toEqual([
      [true, 'failed'],
      [true, 'promoted'],
      [false, 'failed'],
      [true, 'promoted'],
      [false, 'failed'],
      [true, 'promoted'],
    ]);
    expect(items[4]?.outcome.error).toMatchObject({ message: expect.stringContaining('no database answered') });
  });

  it('that cannot even be opened fails the batch', async () => {
    const parts = { ...fakeParts(async () => ({})), openKit: () => Promise.reject(new Error('disk full')) };
    const outcome = await runBatch(await readBatch(listPromotions(2)), ports, parts);
    expect(outcome).toMatchObject({ result: 'failed', error: { message: 'disk full' } });
    expect(outcome.items).toHaveLength(2);
  });
});

describe('the log of a batch', () => {
  it('has what each image told in one piece, under a line with its end, however many are under way', async () => {
    const request = await readBatch(listPromotions(8), { 'max-parallel': '4' });
    const parts = fakeParts(async ({ source }, { log }) => {
      const name = formatReference(source);
      log.mask(`secret of ${name}`);
      await log.group(`Resolve ${name}`, async () => {
        await delay(Math.random() * 8);
        log.info(`fetched ${name}`);
      });
      await delay(Math.random() * 8);
      log.warning(`beware of ${name}`);
      return source.repository.endsWith('-5') ? ENDS.refused : {};
    });
    await runBatch(request, ports, parts);
    const lines = ports.log.lines.filter((line) => !line.startsWith('mask '));
    expect(lines.slice(0, 2)).toEqual(['info 8 images, up to 4 at once', 'group Prepare']);
    const groups = lines.slice(2);
    expect(groups).toHaveLength(32);
    for (let i = 0; i < groups.length; i += 4) {
      const [title = '', ...told] = groups.slice(i, i + 4);
      const name = /app-\d/.exec(title)?.[0] ?? '';
      const end =
        name === 'app-5'
          ? /: refused prod\.test\/app-5:1 \(1\.0 s\): TAG_EXISTS the tag is taken$/
          : new RegExp(`: promoted prod\\.test/${name}:1@sha256:[a-f0-9]{64} \\(1\\.0 s\\)$`);
      expect(title).toMatch(end);
      expect(title).toContain(`group ${i / 4 + 1} of 8: `);
      expect(told).toEqual([
        `info Resolve dev.test/${name}:1`,
        `info   fetched dev.test/${name}:1`,
        `warning prod.test/${name}:1: beware of dev.test/${name}:1`,
      ]);
    }
  });

  it('hides a secret from the moment it is known', async () => {
    const parts = fakeParts(async (_, { log }) => {
      log.mask('token');
      expect(ports.log.lines).toContain('mask token');
      return {};
    });
    expect((await runBatch(await readBatch(listPromotions(1)), ports, parts)).result).toBe('promoted');
  });

  it('says what is under way when nothing was told for a while', async () => {
    const parts = fakeParts(
      async () => {
        await delay(60);
        return {};
      },
      { beatMs: 10 },
    );
    await runBatch(await readBatch(listPromotions(2)), ports, parts);
    expect(ports.log.lines).toContain('info 0 of 2 ended; under way: prod.test/app-1:1, prod.test/app-2:1');
  });
});

describe('a cancel', () => {
  it('ends what is under way and begins nothing more', async () => {
    const reason = new DomainError('CANCELLED', 'cancelled by SIGINT');
    const request = await readBatch(listPromotions(10), { 'max-parallel': '2' });
    const parts = fakeParts(async ({ source }, { signal }) => {
      if (source.repository.endsWith('-1')) return {};
      if (source.repository.endsWith('-3')) ports.cancel.abort(reason);
      await delay(10_000, undefined, { signal }).catch(() => undefined);
      return { result: 'failed', error: signal.reason };
    });
    const outcome = await runBatch(request, ports, parts);
    expect(parts.begun).toHaveLength(3);
    expect(outcome).toMatchObject({ result: 'failed', error: reason });
    expect(outcome.items.map(({ begun, outcome: { result } }) => [begun, result])).toEqual([
      [true, 'promoted'],
      [true, 'failed'],
      [true, 'failed'],
      ...Array.from({ length: 7 }, () => [false, 'failed']),
    ]);
    expect(parts.closed.count).toBe(1);
  });

  it('that comes when all is done changes nothing', async () => {
    const parts = fakeParts(async () => {
      ports.cancel.abort(new DomainError('CANCELLED', 'cancelled'));
      return {};
    });
    expect((await runBatch(await readBatch(listPromotions(1)), ports, parts)).result).toBe('promoted');
  });
});

describe('the findings of many images', () => {
  it('are kept for those that the summary shows, and counted for all', async () => {
    const request = await readBatch(listPromotions(25), { 'max-parallel': '1' });
    const parts = fakeParts(async ({ source }) => {
      const scan = sampleScan([
        samplePlatform(
          'linux/amd64',
          Array.from({ length: 300 }, (_, i) => sampleFinding(i)),
        ),
      ]);
      if (source.repository.endsWith('-25')) return { scan };
      return { result: 'refused', scan, refusals: [vulnerable(scan)] };
    });
    const outcome = await runBatch(request, ports, parts);
    const kept = outcome.items.map((item) => item.outcome.scan?.platforms.length);
    expect(kept).toEqual([...Array.from({ length: 20 }, () => 1), 0, 0, 0, 0, 0]);
    expect(JSON.parse(toBatchOutputs(outcome).vulnerabilities)).toMatchObject({ CRITICAL: 25 * 300 });
    const told = outcome.items.flatMap((item) => item.outcome.refusals.map(({ findings = [] }) => findings.length));
    expect(Math.max(...told)).toBe(100);
  });
});

describe('what a batch leaves', () => {
  it('is a file for each image in one directory a kind, and all results in one', async () => {
    const request = await readBatch(listPromotions(3), { 'max-parallel': '3' });
    const parts = fakeParts(async (one, own) => {
      const { plan, reportPath, sarifPath, recordPath } = await leaveFiles(one, own);
      const attached = { repository: 'r', predicateType: 'p', digest: digestOf('x') };
      return {
        plan,
        scan: { ...sampleScan(), reportPath, sarifPath },
        evidence: [{ ...attached, recordPath }, attached],
      };
    });
    const outcome = await runBatch(request, ports, parts);
    const outputs = toBatchOutputs(outcome);
    expect(await readdir(outputs.sarif)).toEqual(['0001-app-1.sarif', '0002-app-2.sarif', '0003-app-3.sarif']);
    expect(await readdir(outputs['scan-report'])).toEqual(['0001-app-1.json', '0002-app-2.json', '0003-app-3.json']);
    const records = outputs.record.split('\n');
    expect(await Promise.all(records.map((path) => readFile(path, 'utf8')))).toEqual(
      [1, 2, 3].map((n) => `record of app-${n}:1`),
    );
    expect(JSON.parse(await readFile(outcome.imagesFile ?? '', 'utf8'))).toEqual(JSON.parse(outputs.images));
  });

  it('is, of a dry run, a plan of what may be promoted, and its matrix', async () => {
    const request = await readBatch(listPromotions(4), { 'dry-run': 'true', shards: '2' });
    const parts = fakeParts(async (one, own) => {
      if (one.source.repository.endsWith('-2')) return ENDS.refused;
      const { plan } = await leaveFiles(one, own);
      return { result: 'planned', plan, bytes: one.source.repository.endsWith('-3') ? 9e9 : 1000 };
    });
    const outcome = await runBatch(request, ports, parts);
    const outputs = toBatchOutputs(outcome);
    expect(outputs).toMatchObject({ result: 'refused', matrix: '{"shard":["1/2","2/2"]}' });
    const text = await readFile(outputs.plan, 'utf8');
    const fields = new FieldReader({ plan: 'p', 'plan-digest': outputs['plan-digest'] }, PROMOTE_INPUTS);
    const plan = await readApprovedPlan(fields, makeContext({ files: { p: text } }).files);
    expect(fields.problems).toEqual([]);
    expect(plan).toMatchObject({ batch: { shards: [[1], [0, 2]] } });
    expect(text).toContain('app-4');
    expect(text).not.toContain('app-2');
  });

  it('is no plan and no matrix where nothing may be promoted', async () => {
    const request = await readBatch(listPromotions(2), { 'dry-run': 'true' });
    const outcome = await runBatch(
      request,
      ports,
      fakeParts(async () => ENDS.refused),
    );
    expect(toBatchOutputs(outcome)).toMatchObject({ plan: '', 'plan-digest': '', matrix: '{}' });
  });
});
