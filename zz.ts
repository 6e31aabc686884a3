import { parsePolicy } from './src/policy/parse.ts';
const b=Date.now(); console.log(parsePolicy('a: &a 1\nb: ['+'*a,'.repeat(200000)+']','p.yml').problems.length, Date.now()-b);
