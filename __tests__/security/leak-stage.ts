import { pushImage } from '../../lab/image/push.ts';
import type { Fault } from '../../lab/registry/faults.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import type { StepResult } from '../../lab/runner.ts';
import type { PromoteStep } from '../e2e/fixture.ts';
import { makeImage } from '../e2e/fixture-images.ts';
import { SECRETS } from './secrets.ts';
import type { SecurityRoom } from './security-room.ts';

/** Where and how a run is to go wrong. */
export interface Scene {
  readonly room: SecurityRoom;
  /** A source with `dev/web:1` behind the login `ci` of SECRETS.source, and these faults. */
  source(faults?: readonly Fault[]): Promise<string>;
  /** An empty target behind the login `ci` of SECRETS.target, and these faults. */
  target(faults?: readonly Fault[]): Promise<string>;
  /** A registry that wants a bearer token of a service on the same host; the faults are those of both. */
  service(faults: readonly Fault[]): Promise<string>;
  run(source: string, target: string, step?: PromoteStep): Promise<StepResult>;
  close(): Promise<void>;
}

/** Makes scenes; `close` ends the registries they started. */
export function setScenes(room: SecurityRoom, step: PromoteStep): Scene {
  const image = makeImage('fixed');
  const started: LabRegistry[] = [];
  const start = async (kind: 'basic' | 'bearer', password: string): Promise<LabRegistry> => {
    const registry = await startRegistry({ auth: { kind, username: 'ci', password } });
    started.push(registry);
    return registry;
  };
  return {
    room,
    async source(faults = []) {
      const registry = await start('basic', SECRETS.source);
      await pushImage(registry.host, 'dev/web', '1', image, { username: 'ci', password: SECRETS.source });
      registry.faults.push(...faults);
      return registry.host;
    },
    async target(faults = []) {
      const registry = await start('basic', SECRETS.target);
      registry.faults.push(...faults);
      return registry.host;
    },
    async service(faults) {
      const registry = await start('bearer', SECRETS.source);
      registry.faults.push(...faults);
      return registry.host;
    },
    close: async () => void (await Promise.all(started.map((registry) => registry.close()))),
    run: (source, target, more = {}) =>
      room.promote(source, target, {
        ...step,
        ...more,
        inputs: { ...step.inputs, ...more.inputs },
        env: { ...step.env, ...more.env },
      }),
  };
}
