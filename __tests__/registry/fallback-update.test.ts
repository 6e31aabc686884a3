import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../lab/registry/faults.ts';
import { startRegistry } from '../../lab/registry/server.ts';
import { digestHex } from '../../src/image/digest.ts';
import { OCI_INDEX } from '../../src/image/media-type.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { updateFallbackIndex } from '../../src/registry/fallback-update.ts';
import { createRecordingClient } from './recording-client.ts';
import { makeIndex, makeManifest, makeReferrer } from './sample-image.ts';
import {
  type Call,
  type Reply,
  type Script,
  type ScriptedRegistry,
  startScripted,
  unknown,
} from './scripted-registry.ts';

const subject = makeManifest().digest;
const TAG = `/v2/app/manifests/sha256-${digestHex(subject)}`;
const [a, b, c] = [makeReferrer('a'), makeReferrer('b'), makeReferrer('c')];

const open: ScriptedRegistry[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(table: Readonly<Record<string, Script>>) {
  const server = await startScripted(table);
  open.push(server);
  const recording = createRecordingClient();
  const repository = parseRepository(`${server.host}/app`);
  return {
    server,
    update: (...added: (typeof a)[]) => updateFallbackIndex(recording.client, repository, subject, added),
    ...recording,
  };
}

function tagged({ bytes, mediaType }: ReturnType<typeof makeManifest>): Reply {
  return { status: 200, headers: { 'Content-Type': mediaType }, body: bytes };
}

/** A fallback tag that keeps what is put there; `before` runs before each PUT takes effect. */
function createTag(initial?: Reply, after: (put: number, state: { reply: Reply }) => void = () => {}) {
  const state = { reply: initial ?? unknown('MANIFEST_UNKNOWN') };
  const puts: Call[] = [];
  const table: Record<string, Script> = {
    [`GET ${TAG}`]: () => state.reply,
    [`PUT ${TAG}`]: (call) => {
      puts.push(call);
      state.reply = { status: 200, headers: { 'Content-Type': String(call.headers['content-type']) }, body: call.body };
      after(puts.length, state);
      return { status: 201 };
    },
  };
  const written = () => JSON.parse(puts.at(-1)?.body.toString() ?? 'null');
  const set = (reply: Reply): void => {
    state.reply = reply;
  };
  return { table, puts, written, set };
}

describe('updateFallbackIndex', () => {
  it('starts an index, in one PUT, with artifactType and annotations', async () => {
    const tag = createTag();
    const { update } = await start(tag.table);
    await update(a, b);
    expect(tag.puts).toHaveLength(1);
    expect(tag.puts[0]?.headers['content-type']).toBe(OCI_INDEX);
    expect(tag.written()).toEqual({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [a, b] });
  });

  it('keeps what is there as it was written, fields unknown to us included', async () => {
    const foreign = { ...b, data: 'Yg==', urls: ['https://x.test'] };
    const tag = createTag(tagged(makeIndex([foreign], { annotations: { k: 'v' } })));
    const { update } = await start(tag.table);
    await update(a);
    expect(tag.written()).toEqual({
      schemaVersion: 2,
      mediaType: OCI_INDEX,
      manifests: [foreign, a],
      annotations: { k: 'v' },
    });
  });

  it('lists nothing twice', async () => {
    const tag = createTag(tagged(makeIndex([a])));
    const { update } = await start(tag.table);
    await update(a, b, b);
    expect(tag.written().manifests).toEqual([a, b]);
  });

  it('writes nothing when all is there', async () => {
    const tag = createTag(tagged(makeIndex([a, b])));
    const { update } = await start(tag.table);
    await update(b);
    expect(tag.puts).toEqual([]);
  });

  it('writes again, keeping both, when another writer got between', async () => {
    const tag = createTag(undefined, (put, state) => {
      if (put === 1) state.reply = tagged(makeIndex([c]));
    });
    const { update, waits } = await start(tag.table);
    await update(a);
    expect(tag.written().manifests).toEqual([c, a]);
    expect(waits).toHaveLength(2);
  });

  it('gives up when others keep getting between', async () => {
    const tag = createTag(undefined, (_, state) => {
      state.reply = tagged(makeIndex([c]));
    });
    const { update } = await start(tag.table);
    await expect(update(a)).rejects.toMatchObject({
      code: 'CONFLICT',
      hint: expect.stringContaining('concurrency group'),
    });
    expect(tag.puts).toHaveLength(20);
  });

  it('waits before it reads back, so that a writer that had read before its write has written', async () => {
    const tag = createTag();
    const { update, waits } = await start(tag.table);
    expect(await update(a)).toBe(true);
    expect(waits[0]).toBeGreaterThanOrEqual(200);
    expect(await update(a)).toBe(false);
  });

  it('replaces the image itself, which a copy by cosign leaves under this tag', async () => {
    const tag = createTag(tagged(makeManifest()));
    const { update } = await start(tag.table);
    await update(a);
    expect(tag.written().manifests).toEqual([a]);
  });

  it('says that nothing can be attached where the tag stays the image itself', async () => {
    const { update } = await start({ [`GET ${TAG}`]: tagged(makeManifest()), [`PUT ${TAG}`]: { status: 201 } });
    await expect(update(a)).rejects.toMatchObject({
      code: 'CONFLICT',
      hint: expect.stringContaining('no referrers API'),
    });
  });

  it.each([400, 409, 412])('names immutable tags where the index that is there may not change (%d)', async (status) => {
    const { update } = await start({
      [`GET ${TAG}`]: tagged(makeIndex([b])),
      [`PUT ${TAG}`]: unknown('TAG_INVALID', status),
    });
    await expect(update(a)).rejects.toMatchObject({
      code: 'CONFLICT',
      status,
      hint: expect.stringContaining('immutable'),
    });
  });

  it('is done when its write took effect though the answer was a refusal: the first was lost', async () => {
    const tag = createTag();
    const table = { ...tag.table };
    const { update } = await start({
      ...table,
      [`PUT ${TAG}`]: (call) => {
        (table[`PUT ${TAG}`] as (call: Call) => Reply)(call);
        return unknown('TAG_INVALID', 409);
      },
    });
    expect(await update(a)).toBe(true);
    expect(tag.puts).toHaveLength(1);
  });

  it('joins the index of a writer that was first, when its own was refused', async () => {
    const tag = createTag();
    let refused = false;
    const { update } = await start({
      ...tag.table,
      [`PUT ${TAG}`]: (call) => {
        if (refused) return (tag.table[`PUT ${TAG}`] as (call: Call) => Reply)(call);
        refused = true;
        tag.set(tagged(makeIndex([c])));
        return unknown('CONFLICT', 409);
      },
    });
    await update(a);
    expect(tag.written().manifests).toEqual([c, a]);
  });

  it('does not overwrite what is no index', async () => {
    const tag = createTag(tagged(makeManifest({ annotations: { other: 'image' } })));
    const { update } = await start(tag.table);
    await expect(update(a)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(tag.puts).toEqual([]);
  });

  it('does not start anew when it may not read what is there', async () => {
    const tag = createTag(unknown('DENIED', 403));
    const { update } = await start(tag.table);
    await expect(update(a)).rejects.toMatchObject({ code: 'DENIED' });
    expect(tag.puts).toEqual([]);
  });
});

/** Lets this many writers, each with an entry of its own, begin from an empty list at the same time; says what is listed in the end. */
async function race(count: number, ...faults: readonly Fault[]) {
  const registry = await startRegistry({ referrersApi: false, missingContent: 'accept' });
  const added = Array.from({ length: count }, (_, i) => makeReferrer(`writer ${i}`));
  const { promise: together, resolve } = Promise.withResolvers<void>();
  let asked = 0;
  const before = (): Promise<void> => {
    if (++asked === count) resolve();
    return together;
  };
  registry.faults.push({ method: 'GET', path: /manifests/, times: count, before }, ...faults);
  const repository = parseRepository(`${registry.host}/app`);
  await Promise.all(
    added.map(async (descriptor, i) => {
      const sleep = async (milliseconds: number): Promise<void> => void (await wait(milliseconds));
      const { client } = createRecordingClient({ retry: { sleep, now: Date.now, random: () => ((i * 5) % 8) / 8 } });
      await updateFallbackIndex(client, repository, subject, [descriptor]);
      await client.close();
    }),
  );
  const tag = `sha256-${digestHex(subject)}`;
  const index = JSON.parse(String(registry.read('app', registry.digestOf('app', tag) ?? '')));
  const listed = (index as { manifests: { digest: string }[] }).manifests.map(({ digest }) => digest);
  const writes = registry.log.manifestWrites(tag).length;
  await registry.close();
  return { writes, listed: listed.sort(), wanted: added.map(({ digest }) => digest as string).sort() };
}

describe('many writers at once', () => {
  it('lose nothing, though none saw the others when it began', async () => {
    const { writes, listed, wanted } = await race(8);
    expect(listed).toEqual(wanted);
    expect(writes).toBeGreaterThan(wanted.length);
  }, 20_000);

  it('lose nothing to one that is slow between reading and writing', async () => {
    const { listed, wanted } = await race(2, { method: 'PUT', path: /manifests/, times: 1, delayMs: 120 });
    expect(listed).toEqual(wanted);
  }, 20_000);
});
