import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pushImage } from '../../lab/image/push.ts';
import { startRegistry } from '../../lab/registry/server.ts';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import type { PromotePorts } from '../../src/promote/ports.ts';
import { createRecordingClient } from '../registry/recording-client.ts';
import {
  AMD64,
  type ApplyRoom,
  ARM64,
  applyApproved,
  DIGEST,
  INDEX,
  listWrites,
  openApplyRoom,
  SBOM,
} from './approved.ts';

/** What is signed of a promotion to one tag that scans nothing. */
const EVIDENCE = [SIGNATURE_PREDICATE, RECORD_PREDICATE, VSA_PREDICATE];

// Each of them signs for, fills and verifies up to three repositories.
jest.setTimeout(60_000);

let room: ApplyRoom;
beforeEach(async () => {
  room = await openApplyRoom();
});
afterEach(() => room.close());

describe('the order of writes', () => {
  it('fills both repositories before the first tag', async () => {
    const { outcome } = await applyApproved(room, { targets: ['prod/a:1', 'prod/b:1', 'prod/a:2'] });
    expect((await outcome).targets.map(({ result }) => result)).toEqual(['promoted', 'promoted', 'promoted']);
    expect(listWrites(room).slice(-3)).toEqual(['tag prod/a:1', 'tag prod/b:1', 'tag prod/a:2']);
    for (const repository of ['prod/a', 'prod/b']) {
      expect([DIGEST, SBOM.root.digest].every((digest) => room.target.hasManifest(repository, digest))).toBe(true);
    }
  });
});

describe('a tag that has the digest already', () => {
  const inputs = { 'existing-tag': 'accept-same-digest' };

  it('is unchanged: no blob, no manifest of the image and no tag is written, evidence that is missing is', async () => {
    await pushImage(room.target.host, 'prod/app', '1.0', INDEX);
    expect(await (await applyApproved(room, { inputs })).outcome).toMatchObject({
      result: 'unchanged',
      targets: [{ result: 'unchanged' }],
      evidence: EVIDENCE.map((predicateType) => ({ predicateType })),
    });
    expect(listWrites(room)).toEqual(['blob', 'sbom', 'blob', 'evidence']);
  });

  it('gets no evidence twice', async () => {
    await (await applyApproved(room)).outcome;
    const { evidence, kept } = await (await applyApproved(room, { inputs })).outcome;
    expect([evidence, kept.map(({ predicateType }) => predicateType)]).toEqual([[], EVIDENCE]);
    expect(room.signer.signed).toHaveLength(EVIDENCE.length);
  });

  it('is untouched when there is nothing to add', async () => {
    await pushImage(room.target.host, 'prod/app', '1.0', INDEX);
    await room.source.close();
    room.source = await startRegistry();
    await pushImage(room.source.host, 'dev/app', '1.0', INDEX);
    expect(await (await applyApproved(room, { inputs, isSigned: false })).outcome).toMatchObject({
      result: 'unchanged',
      targetTouched: false,
    });
    expect(room.target.log.uploads()).toEqual([]);
  });

  it('beside one that is free: the whole is promoted', async () => {
    await pushImage(room.target.host, 'prod/app', '1.0', INDEX);
    const { outcome } = await applyApproved(room, { inputs, targets: ['prod/app:1.0', 'prod/app:1.1'] });
    expect(await outcome).toMatchObject({
      result: 'promoted',
      targets: [{ result: 'unchanged' }, { result: 'promoted' }],
    });
  });
});

describe('between copy and tag', () => {
  it('a tag that somebody else wrote is refused, and stays theirs', async () => {
    await pushImage(room.target.host, 'prod/app', undefined, AMD64);
    const { outcome, journal } = await applyApproved(room);
    const before = (): void => room.target.setTag('prod/app', '1.0', AMD64.root.digest);
    room.target.faults.push({ method: 'HEAD', path: /manifests\/1\.0/, times: 1, before });
    expect(await outcome).toMatchObject({ result: 'refused', targets: [{ result: 'refused', code: 'TAG_EXISTS' }] });
    expect(journal.refusals).toMatchObject([{ code: 'TAG_EXISTS' }]);
    expect(room.target.digestOf('prod/app', '1.0')).toBe(AMD64.root.digest);
  });
});

describe('a channel', () => {
  const options = {
    targets: ['prod/app:1.0', 'prod/app:prod'],
    inputs: { 'existing-tag': 'move', policy: 'version: 1\ntargets: { channels: [prod] }' },
  };
  const now = (tag: string): string | undefined => room.target.digestOf('prod/app', tag);

  it('moves beside a new tag, and the record has what it was: the way back', async () => {
    await pushImage(room.target.host, 'prod/app', 'prod', AMD64);
    const { outcome } = await applyApproved(room, options);
    expect(await outcome).toMatchObject({
      result: 'promoted',
      targets: [{ result: 'promoted' }, { result: 'promoted' }],
    });
    expect([now('1.0'), now('prod')]).toEqual([DIGEST, DIGEST]);
    const records = room.signer.signed.filter(({ predicateType }) => predicateType === RECORD_PREDICATE);
    expect(records).toMatchObject([
      { predicate: { previous: [{ target: `${room.target.host}/prod/app:prod`, digest: AMD64.root.digest }] } },
    ]);
  });

  it('that somebody else moved since the plan is TAG_MOVED before any tag is written, and stays theirs', async () => {
    await pushImage(room.target.host, 'prod/app', 'prod', AMD64);
    await pushImage(room.target.host, 'prod/app', undefined, ARM64);
    const { outcome } = await applyApproved(room, options);
    const before = (): void => room.target.setTag('prod/app', 'prod', ARM64.root.digest);
    room.target.faults.push({ method: 'HEAD', path: /manifests\/1\.0$/, times: 1, before });
    expect(await outcome).toMatchObject({
      result: 'refused',
      refusals: [{ code: 'TAG_MOVED', message: expect.stringContaining(ARM64.root.digest) }],
    });
    expect([now('1.0'), now('prod')]).toEqual([undefined, ARM64.root.digest]);
  });

  it('does not let another tag move', async () => {
    await pushImage(room.target.host, 'prod/app', undefined, AMD64);
    const { outcome } = await applyApproved(room, options);
    const before = (): void => room.target.setTag('prod/app', '1.0', AMD64.root.digest);
    room.target.faults.push({ method: 'HEAD', path: /manifests\/1\.0$/, times: 1, before });
    expect(await outcome).toMatchObject({ result: 'refused', refusals: [{ code: 'TAG_EXISTS' }] });
    expect([now('1.0'), now('prod')]).toEqual([AMD64.root.digest, undefined]);
  });

  it('after which another fails makes it partial; the same run again finishes it', async () => {
    await pushImage(room.target.host, 'prod/app', 'prod', AMD64);
    const both = { ...options, targets: ['prod/app:prod', 'prod/app:1.0'] };
    const { outcome } = await applyApproved(room, both);
    room.target.faults.push({ method: 'PUT', path: /manifests\/1\.0$/, status: 403 });
    await expect(outcome).rejects.toMatchObject({
      code: 'PARTIAL',
      hint: expect.stringContaining('existing-tag: move'),
    });
    room.target.faults.length = 0;
    expect(await (await applyApproved(room, both)).outcome).toMatchObject({
      result: 'promoted',
      targets: [{ result: 'unchanged' }, { result: 'promoted' }],
    });
  });
});

describe('after the first tag', () => {
  const targets = ['prod/a:1', 'prod/b:1', 'prod/c:1'];
  const expected = [
    { result: 'promoted' },
    { result: 'failed', code: 'PARTIAL' },
    { result: 'failed', code: 'PARTIAL' },
  ];

  it('a tag that cannot be written makes it partial, and the rest is left alone', async () => {
    const { outcome, journal } = await applyApproved(room, { targets });
    room.target.faults.push({ method: 'PUT', path: /prod\/b\/manifests\/1/, status: 403 });
    const error: unknown = await outcome.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PARTIAL', hint: expect.stringContaining('accept-same-digest') });
    expect(error).toMatchObject({ cause: { code: 'DENIED' }, message: expect.stringContaining('/prod/b:1 was not') });
    expect(journal.end('failed', error).targets).toMatchObject(expected);
    expect(targets.map((name) => room.target.tags(name.replace(':1', '')))).toEqual([['1'], [], []]);
  });

  it('a tag that was taken makes it partial too, and its own end is a refusal', async () => {
    await pushImage(room.target.host, 'prod/b', undefined, AMD64);
    const { outcome, journal } = await applyApproved(room, { targets });
    const before = (): void => room.target.setTag('prod/b', '1', AMD64.root.digest);
    room.target.faults.push({ method: 'PUT', path: /prod\/a\/manifests\/1/, times: 1, before });
    const error: unknown = await outcome.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PARTIAL' });
    expect(journal.end('failed', error).targets).toMatchObject([
      { result: 'promoted' },
      { result: 'refused', code: 'TAG_EXISTS' },
      { result: 'failed', code: 'PARTIAL' },
    ]);
  });

  it('before which something fails, it is no partial promotion', async () => {
    const { outcome } = await applyApproved(room, { targets });
    room.target.faults.push({ method: 'PUT', path: /prod\/a\/manifests\/1/, status: 403 });
    await expect(outcome).rejects.toMatchObject({ code: 'DENIED' });
    expect(targets.flatMap((name) => room.target.tags(name.replace(':1', '')))).toEqual([]);
  });

  it('of which the first may or may not be written, it is partial too, and the doubt is its own', async () => {
    const { outcome, journal } = await applyApproved(room, { targets });
    const path = /prod\/a\/manifests\/1$/;
    room.target.faults.push(
      { method: 'PUT', path, dropConnection: 'after' },
      { method: 'HEAD', path, skip: 2, status: 403 },
    );
    const error: unknown = await outcome.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PARTIAL', message: expect.stringContaining('/prod/a:1 may or may not be') });
    expect(journal.end('failed', error).targets).toMatchObject([
      { result: 'failed', code: 'TAG_UNCERTAIN' },
      { result: 'failed', code: 'PARTIAL' },
      { result: 'failed', code: 'PARTIAL' },
    ]);
    expect(room.target.tags('prod/b')).toEqual([]);
  });
});

describe('before the first of several tags', () => {
  it('all are looked at: one that was taken since the plan refuses them all', async () => {
    await pushImage(room.target.host, 'prod/b', undefined, AMD64);
    const { outcome } = await applyApproved(room, { targets: ['prod/a:1', 'prod/b:1'] });
    const before = (): void => room.target.setTag('prod/b', '1', AMD64.root.digest);
    room.target.faults.push({ method: 'HEAD', path: /prod\/a\/manifests\/1$/, times: 1, before });
    expect(await outcome).toMatchObject({ result: 'refused', refusals: [{ code: 'TAG_EXISTS' }] });
    expect(room.target.tags('prod/a')).toEqual([]);
  });
});

describe('a cancel', () => {
  const cancelAt = (method: string, path: RegExp, skip = 0): void => {
    const before = (): void => room.ports.cancel.abort(new Error('cancelled'));
    room.target.faults.push({ method, path, skip, times: 1, before });
  };
  const targets = ['prod/a:1', 'prod/b:1'];

  beforeEach(() => {
    // As the host does: the requests to the target outlive the cancel for a while.
    const { client, cancel } = createRecordingClient();
    const hold: PromotePorts['hold'] = (work) => work(cancel.signal);
    const close = room.close;
    Object.assign(room, {
      ports: { ...room.ports, target: client, hold },
      close: async () => {
        await client.close();
        await close();
      },
    });
  });

  it('before the first tag was begun leaves no tag', async () => {
    const { outcome } = await applyApproved(room);
    cancelAt('HEAD', /manifests\/1\.0$/);
    await expect(outcome).rejects.toThrow('cancelled');
    expect(room.target.tags('prod/app')).toEqual([]);
  });

  it('while the first of two tags is written is not heard before the second is, too', async () => {
    const { outcome } = await applyApproved(room, { targets });
    cancelAt('PUT', /prod\/a\/manifests\/1$/);
    expect((await outcome).targets.map(({ result }) => result)).toEqual(['promoted', 'promoted']);
  });
});
