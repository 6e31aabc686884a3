import { CHECK } from '../check/action.ts';
import { runStep } from '../host/actions/run.ts';

await runStep(CHECK, process.env);
