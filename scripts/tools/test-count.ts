/** The part of what `jest --json` writes that counts; https://jestjs.io/docs/cli#--json */
export interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Suites that failed before their tests ran: a syntax error, a missing module, a crash. */
  readonly numRuntimeErrorTestSuites: number;
}

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Counts what jest reports; without a result (jest crashed), without a test that ran, or when jest failed for another
 * reason (a coverage threshold, say), the run itself is one failure, so that nothing counts as green by accident.
 */
export function countTests(result: JestResult | undefined, jestCode: number | null): TestCount {
  const passed = result?.numPassedTests ?? 0;
  const failed = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  const isGreen = jestCode === 0 && passed > 0;
  return { passed, failed: failed === 0 && !isGreen ? 1 : failed };
}

/** Jest's worker option: end-to-end tests wait for child processes, so two workers suit two cores; more than four only fight. */
export function workerOption(args: readonly string[], cores: number): readonly string[] {
  const isChosen = args.some((arg) => /^(-w|-i|--maxWorkers|--max-workers|--runInBand)(=|\d|$)/.test(arg));
  return isChosen ? [] : [`--maxWorkers=${Math.min(4, Math.max(1, cores))}`];
}
