import { defineConfig } from 'rolldown';
import { collectLicenses } from './scripts/collect-licenses.ts';

export default defineConfig({
  input: { promote: 'src/main/promote.ts' },
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
