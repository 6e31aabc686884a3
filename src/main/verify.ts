import { runStep } from '../host/actions/run.ts';
import { VERIFY } from '../verify/action.ts';

await runStep(VERIFY, process.env);
