import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstLoad } from './first-load.ts';

const FIRST_LIBRARIES =
  /node_modules\/(react|react-dom|scheduler|@tanstack|virtua|openapi-fetch|wouter|regexparam|mitt|use-sync-external-store)\//;

const isFirst = firstLoad();

/** How the client is built. The gateway serves what lies in `dist` by Vite's manifest; there is no page of its own. */
export default defineConfig({
  root: import.meta.dirname,
  // Addresses inside the files are relative, so that a CDN may serve them from anywhere.
  base: './',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Small files in an address would need a wider policy than the page has.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
    rollupOptions: {
      input: 'src/main.tsx',
      // What the first screen needs is two files: of libraries, which stays the same when only our own code changes, and of ours.
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: FIRST_LIBRARIES, priority: 2 },
            { name: (id, graph) => (isFirst(id, graph) ? 'client' : null), priority: 1 },
          ],
        },
      },
    },
  },
});
