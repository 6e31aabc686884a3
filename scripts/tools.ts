/** `npm run tools [-- --all]`: one `name version path` line each on standard output, the rest on standard error. */
async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--all');
  if (unknown.length > 0) {
    console.error(`unknown: ${unknown.join(' ')}\nusage: npm run tools [-- --all]`);
    return 2;
  }
  const { BENCH_TOOLS, TEST_TOOLS, toolsDirectory } = await import('../lab/tools.ts');
  const { provideTools } = await import('./tools/provide.ts');
  const names = args.includes('--all') ? [...TEST_TOOLS, ...BENCH_TOOLS] : TEST_TOOLS;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    const say = (line: string) => console.error(`tools: ${line}`);
    const context = { directory: toolsDirectory(), env: process.env, signal: stop.signal, say };
    for (const { name, version, path } of await provideTools(names, context)) console.log(`${name} ${version} ${path}`);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 130;
    console.error(`tools: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
