import { defineConfig } from 'vitest/config';
import { assemblyScript } from './scripts/assemblyscript.ts';

/** `npm run soak`: what takes too long for `npm test`. */
export default defineConfig({
  plugins: [assemblyScript()],
  test: { include: ['tests/soak/**/*.test.ts'] },
});
