import { runStep } from '../host/actions/run.ts';
import { PROMOTE } from '../promote/action.ts';

await runStep(PROMOTE, process.env);
