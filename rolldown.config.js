import { defineConfig } from 'rolldown';
import { collectLicenses } from './scripts/collect-licenses.ts';

export default defineConfig({
  input: {
    promote: 'src/main/promote.ts',
    verify: 'src/main/verify.ts',
    scan: 'src/main/scan.ts',
    cli: 'src/main/cli.ts',
  },
  platform: 'node',
  plugins: [collectLicenses()],
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    sourcemap: false,
  },
});
