import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * Pure JavaScript packages go into the bundles, so that a command starts without resolving
 * hundreds of modules (DuckDB's API alone is 181 files, loaded once a thread); the DuckDB binding
 * is native and stays outside.
 */
const BUNDLED = [
  '@duckdb/node-api',
  '@uwdata/flechette',
  'cli-progress',
  'cli-table3',
  'commander',
  'csv-stringify',
  'env-paths',
  'fzstd',
  'lz4js',
  'p-limit',
  'undici',
  'zod',
];

export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: BUNDLED, include: ['@duckdb/node-bindings'] },
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          cli: 'src/main/start-cli.ts',
        },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: 'src/preload/index.ts',
        // A sandboxed page's preload cannot be a module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      rollupOptions: {
        input: 'src/renderer/index.html',
        // All that the page starts with in one file: in sixty, their requests were a third of its load.
        // What start.ts needs stays out: it asks for the first answers meanwhile.
        output: {
          codeSplitting: {
            groups: [
              { name: 'load', test: /vite\/preload-helper|renderer[\\/]bridge\.ts$/ },
              { name: 'main', test: /renderer[\\/]main\.tsx$/ },
            ],
          },
        },
      },
      chunkSizeWarningLimit: 1500,
      minify: true,
    },
  },
});
