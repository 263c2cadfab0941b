import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const service = process.env.LICKLAB_URL ?? 'http://127.0.0.1:8000';
const served = [
  'jobs',
  'licks',
  'events',
  'instruments',
  'imports',
  'tags',
  'example',
  'search',
  'corpus',
  'practice/',
  'assignments',
  'shared-assignments',
];

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../src/licklab/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // fonts and pictures are files: the page's policy allows few data URLs
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.md' }, // of what is bundled, beside it
    reportCompressedSize: false,
  },
  server: {
    // The service takes changes only from pages of the host that it is called by.
    proxy: Object.fromEntries(
      served.map((one) => [`/${one}`, { target: service, changeOrigin: false }]),
    ),
  },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
