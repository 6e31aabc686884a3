import { defineConfig } from 'rolldown';
import { nameChunks } from './scripts/chunk-names.ts';
import { collectLicenses } from './scripts/collect-licenses.ts';
import { leanUndici } from './scripts/lean-undici.ts';

export default defineConfig({
  input: {
    promote: 'src/main/promote.ts',
    verify: 'src/main/verify.ts',
    scan: 'src/main/scan.ts',
    check: 'src/main/check.ts',
    pin: 'src/main/pin.ts',
    cli: 'src/main/cli.ts',
  },
  platform: 'node',
  plugins: [leanUndici(import.meta.dirname), collectLicenses()],
  treeshake: {
    // What the toolkit imports beside its log is kept only where it is called: its own client brings all of undici.
    moduleSideEffects: [{ test: /node_modules[\\/](?:@actions|tunnel|undici)[\\/](?!.*\?lean)/, sideEffects: false }],
  },
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    codeSplitting: nameChunks(import.meta.dirname),
    sourcemap: false,
  },
});
