import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { type Kit, openKit } from '../../src/promote/kit.ts';
import { promote } from '../../src/promote/promote.ts';
import type { PromoteRequest } from '../../src/promote/request.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { makeRequest } from './fake-step.ts';

const BASE = { randomBytes: 4_000, seed: 7 };
const APP = buildImage({ layers: [BASE, { randomBytes: 500, seed: 1 }] });
const WEB = buildImage({ layers: [BASE, { randomBytes: 500, seed: 2 }] });
const SHARED = [...APP.contents.keys()].filter((digest) => WEB.contents.has(digest));

let source: LabRegistry;
let target: LabRegistry;
let ports: FakePorts;
let kit: Kit;

beforeEach(async () => {
  [source, target, ports] = await Promise.all([startRegistry(), startRegistry(), openPorts()]);
  await pushImage(source.host, 'dev/app', '1', APP);
  await pushImage(source.host, 'dev/web', '1', WEB);
  for (const registry of [source, target]) registry.log.clear();
  kit = await openKit(await requestFor('app'), ports);
});
afterEach(async () => {
  await kit.close();
  await Promise.all([ports.close(), source.close(), target.close()]);
});

function requestFor(name: string): Promise<PromoteRequest> {
  return makeRequest({ source: `${source.host}/dev/${name}:1`, target: `${target.host}/prod/${name}:1` });
}

describe('a kit that images share', () => {
  it('promotes them at once, each with a plan of its own, and sends what they share once', async () => {
    const requests = await Promise.all(['app', 'web'].map(requestFor));
    const outcomes = await Promise.all(requests.map((request) => promote(request, ports, kit)));
    expect(outcomes.map(({ result }) => result)).toEqual(['promoted', 'promoted']);
    expect(new Set(outcomes.map(({ plan }) => plan?.path)).size).toBe(2);
    for (const { plan } of outcomes) await access(plan?.path ?? '');
    expect(SHARED.length).toBeGreaterThan(0);
    for (const digest of SHARED) {
      const sent = target.log.find('PUT', new RegExp(encodeURIComponent(digest)));
      expect(sent).toHaveLength(1);
    }
  });

  it('lets one fail and the other succeed', async () => {
    await pushImage(target.host, 'prod/web', '1', APP);
    const requests = await Promise.all(['app', 'web'].map(requestFor));
    const [app, web] = await Promise.all(requests.map((request) => promote(request, ports, kit)));
    expect(app).toMatchObject({ result: 'promoted' });
    expect(web).toMatchObject({ result: 'refused', refusals: [{ code: 'TAG_EXISTS' }] });
  });

  it('lets one succeed although the other could not send what both have', async () => {
    const shared = SHARED.map(encodeURIComponent).join('|');
    target.faults.push({ method: 'PUT', path: new RegExp(`prod/app/.*(${shared})`), status: 403 });
    const requests = await Promise.all(['app', 'web'].map(requestFor));
    const [app, web] = await Promise.all(requests.map((request) => promote(request, ports, kit)));
    expect(app).toMatchObject({ result: 'failed' });
    expect(web).toMatchObject({ result: 'promoted' });
    expect(target.digestOf('prod/web', '1')).toBe(WEB.root.digest);
  });

  it('is not closed by a promotion, and leaves nothing but results when it is', async () => {
    await promote(await requestFor('app'), ports, kit);
    await access(kit.layout.directory);
    await kit.close();
    expect(await readdir(kit.room)).toEqual(['results']);
    expect(await readdir(kit.results)).toEqual(['image-1']);
  });

  it('numbers the places of its images in the order in which they ask', async () => {
    const places = await Promise.all([kit.openPlaces(), kit.openPlaces()]);
    expect(places.map(({ results }) => results)).toEqual(['image-1', 'image-2'].map((name) => join(kit.results, name)));
  });
});

describe('what a kit provides', () => {
  it('is begun when it opens, told when somebody asks, and asked for once', async () => {
    const provided: string[] = [];
    const provideTool: FakePorts['provideTool'] = async (name) => {
      provided.push(name);
      throw new Error(`no ${name}`);
    };
    const request = await makeRequest({ source: 'a.test/b:1', target: 'c.test/d:1', scan: 'enforce' });
    const own = await openKit(request, { ...ports, provideTool });
    try {
      const asked = [own.scanner('enforce'), own.scanner('report')];
      for (const each of asked) await expect(each).rejects.toThrow('no trivy');
      expect(provided).toEqual(['trivy']);
      expect(await own.scanner('off')).toBeUndefined();
    } finally {
      await own.close();
    }
  });

  it('is no scanner where no image of the run is scanned', async () => {
    const request = await makeRequest({ source: 'a.test/b:1', target: 'c.test/d:1', scan: 'enforce' });
    const own = await openKit({ ...request, scans: false }, ports);
    expect(await own.scanner('enforce')).toBeUndefined();
    await own.close();
  });
});
