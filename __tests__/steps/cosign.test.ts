import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCosign } from '../../src/steps/cosign.ts';
import { type FakePorts, openPorts } from '../promote/fake-ports.ts';

let ports: FakePorts;
beforeEach(async () => {
  ports = await openPorts();
});
afterEach(() => ports.close());

describe('cosign', () => {
  it('runs in a directory that nobody else may read, in the version that was asked for', async () => {
    const asked: string[] = [];
    const provideTool: typeof ports.provideTool = async (name, wanted, directory) => {
      asked.push(`${name} ${wanted} ${directory}`);
      return ports.provideTool(name, wanted, directory);
    };
    const request = { tools: { cosign: '3.1.3' }, trustedRoot: undefined };
    const { tool, context } = await openCosign(request, { ...ports, provideTool }, ports.workDirectory);
    const directory = join(ports.workDirectory, 'cosign');
    expect(asked).toEqual([`cosign 3.1.3 ${directory}`]);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect([context.path, context.directory, context.kmsEnv]).toEqual([tool.path, directory, {}]);
  });

  it('is not taken for ready with a trusted root that is none', async () => {
    const request = { tools: { cosign: '' }, trustedRoot: 'no JSON' };
    await expect(openCosign(request, ports, ports.workDirectory)).rejects.toMatchObject({ code: 'TRUST_UNUSABLE' });
  });
});
