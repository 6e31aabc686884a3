import { runCli, toCliAction } from '../host/cli/run.ts';
import { PROMOTE } from '../promote/action.ts';
import { SCAN } from '../scan/action.ts';
import { VERIFY } from '../verify/action.ts';

await runCli([toCliAction(PROMOTE), toCliAction(VERIFY), toCliAction(SCAN)], process.argv.slice(2), process.env);
