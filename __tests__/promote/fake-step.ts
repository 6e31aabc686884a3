import { type Problem, UsageError } from '../../src/base/error.ts';
import { type PromoteRequest, type RequestContext, readRequest } from '../../src/promote/request.ts';

/** What stands around a request: the files of the workspace by their paths, and no pull request. */
export interface Surroundings extends Partial<Omit<RequestContext, 'files'>> {
  readonly files?: Readonly<Record<string, string>>;
  /** What a policy may be read from, when that is another commit than the workspace's. */
  readonly baseFiles?: Readonly<Record<string, string>>;
}

export function makeContext({ files = {}, baseFiles = files, ...rest }: Surroundings = {}): RequestContext {
  return {
    workspace: '/workspace',
    event: 'push',
    env: {},
    files: {
      readText: async (path) => files[path],
      readPolicy: async (path) => baseFiles[path],
      isExecutable: async (path) => !path.includes('missing'),
    },
    ...rest,
  };
}

/** A request made from inputs, as the action makes it; neither scanned nor signed unless the inputs say so. */
export function makeRequest(
  inputs: Readonly<Record<string, string>>,
  surroundings: Surroundings = {},
): Promise<PromoteRequest> {
  const quiet = { sign: 'false', attest: 'false', scan: 'off' };
  return readRequest({ ...quiet, ...inputs }, makeContext(surroundings));
}

/** The inputs of a step that signs with a key of its environment. */
export const STEP: Readonly<Record<string, string>> = {
  source: 'dev.test/team/app:1.4.2',
  target: 'prod.test/team/app:1.4.2',
  'cosign-key': 'env://COSIGN_PRIVATE_KEY',
};

/** The request of such a step, its inputs laid over those above. */
export function readStep(
  inputs: Readonly<Record<string, string>> = {},
  surroundings: Surroundings = {},
): Promise<PromoteRequest> {
  return readRequest({ ...STEP, ...inputs }, makeContext({ env: { COSIGN_PRIVATE_KEY: 'k' }, ...surroundings }));
}

/** Everything that is wrong with such a step; none when it could be read. */
export async function findProblems(
  inputs: Readonly<Record<string, string>>,
  surroundings: Surroundings = {},
): Promise<readonly Problem[]> {
  try {
    await readStep(inputs, surroundings);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems;
    throw error;
  }
}

/** Where that is, such as `input source`. */
export async function findWhere(
  inputs: Readonly<Record<string, string>>,
  surroundings: Surroundings = {},
): Promise<string[]> {
  return (await findProblems(inputs, surroundings)).map(({ where }) => where);
}
