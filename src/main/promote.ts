import { PROMOTE } from '../batch/action.ts';
import { runStep } from '../host/actions/run.ts';

await runStep(PROMOTE, process.env);
