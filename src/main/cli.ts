import { runCli, toCliAction } from '../host/cli/run.ts';

const actions = {
  promote: async () => toCliAction((await import('../batch/action.ts')).PROMOTE),
  verify: async () => toCliAction((await import('../verify/action.ts')).VERIFY),
  check: async () => toCliAction((await import('../check/action.ts')).CHECK),
  pin: async () => toCliAction((await import('../pin/action.ts')).PIN),
  scan: async () => toCliAction((await import('../scan/action.ts')).SCAN),
};
await runCli(actions, process.argv.slice(2), process.env);
