import { runStep } from '../host/actions/run.ts';
import { SCAN } from '../scan/action.ts';

await runStep(SCAN, process.env);
