import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      // Bundled, so that a command starts without resolving hundreds of modules; the DuckDB
      // binding is native and stays outside.
      externalizeDeps: {
        exclude: [
          'cli-progress',
          'cli-table3',
          'commander',
          'csv-stringify',
          'env-paths',
          'p-limit',
          'undici',
          'zod',
        ],
      },
      rollupOptions: { input: { cli: 'src/main/cli.ts' } },
    },
  },
});
