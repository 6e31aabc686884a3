import { runPromote } from '../host/actions/run.ts';

await runPromote(process.env);
