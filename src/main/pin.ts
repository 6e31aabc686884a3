import { runStep } from '../host/actions/run.ts';
import { PIN } from '../pin/action.ts';

await runStep(PIN, process.env);
