import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { SECURITY_RULES } from './eslint.security.js';

/** What every screen may use: the files that lie in `components/` itself. */
const SHARED_COMPONENTS = readdirSync(join(import.meta.dirname, 'src/renderer/components'), {
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map(({ name }) => `src/renderer/components/${name}`);

/** What stands to the left of cards, side bar and screens. */
const BELOW_SCREENS = [
  'src/preload/contract',
  'src/renderer/bridge.ts',
  'src/renderer/own-id.ts',
  'src/renderer/words',
  'src/renderer/state',
  'src/renderer/charts',
  'src/renderer/row',
  'src/renderer/session',
  'src/renderer/undo',
  ...SHARED_COMPONENTS,
];

/** The folders of `components/`, each with the others it may know. */
const SCREENS = {
  alerts: ['changes', 'deliveries', 'help', 'open'],
  builder: [],
  changes: ['open', 'refresh'],
  columns: ['help'],
  compare: ['detail', 'search'],
  deliveries: ['help'],
  detail: ['alerts', 'changes', 'erasure', 'origin', 'palette', 'table'],
  erasure: ['help', 'open'],
  explore: ['palette', 'table'],
  export: ['help', 'refresh', 'views'],
  help: ['palette'],
  open: ['help', 'table'],
  origin: ['detail'],
  palette: [
    'alerts',
    'builder',
    'explore',
    'export',
    'help',
    'open',
    'refresh',
    'search',
    'settings',
    'sql',
    'table',
    'views',
  ],
  privacy: ['erasure', 'export', 'help', 'protection', 'views'],
  protection: ['help'],
  refresh: ['changes', 'help'],
  search: [],
  settings: ['help'],
  sql: ['export', 'help', 'open', 'refresh'],
  table: ['columns', 'explore', 'origin', 'palette'],
  travel: ['changes', 'open'],
  views: ['explore', 'export', 'help', 'open', 'palette', 'settings', 'table'],
};

const screenRooms = Object.fromEntries(
  Object.entries(SCREENS).map(([screen, others]) => [
    `src/renderer/components/${screen}`,
    [
      ...BELOW_SCREENS,
      'src/renderer/cards',
      'src/renderer/side',
      ...others.map((other) => `src/renderer/components/${other}`),
    ],
  ]),
);

/**
 * The house's import directions: each room may import itself, packages, and the rooms named.
 * docs/architecture.md draws them.
 */
const ROOMS = {
  'src/preload/contract': [],
  'src/main/base': ['src/preload/contract'],
  'src/main/pipeline': ['src/preload/contract', 'src/main/base'],
  'src/main/folder': ['src/preload/contract', 'src/main/base', 'src/main/pipeline'],
  'src/main/shaping': ['src/preload/contract', 'src/main/base'],
  'src/main/delta': ['src/preload/contract', 'src/main/base'],
  'src/main/warehouse': ['src/preload/contract', 'src/main/base', 'src/main/delta'],
  'src/main/datasets': [
    'src/preload/contract',
    'src/main/base',
    'src/main/delta',
    'src/main/warehouse',
  ],
  'src/main/engine': ['src/preload/contract', 'src/main/base'],
  'src/main/workers': [
    'src/preload/contract',
    'src/main/base',
    'src/main/pipeline',
    'src/main/folder',
    'src/main/delta',
    'src/main/warehouse',
    'src/main/privacy',
  ],
  'src/main/sprites': ['src/preload/contract', 'src/main/base', 'src/main/pipeline'],
  'src/main/updates': [
    'src/preload/contract',
    'src/main/base',
    'src/main/shaping',
    'src/main/delta',
    'src/main/warehouse',
    'src/main/engine',
    'src/main/webhooks',
  ],
  'src/main/webhooks': [
    'src/preload/contract',
    'src/main/base',
    'src/main/pipeline',
    'src/main/updates/clock.ts',
  ],
  'src/main/privacy': [
    'src/preload/contract',
    'src/main/base',
    'src/main/pipeline',
    'src/main/folder',
    'src/main/shaping',
    'src/main/delta',
    'src/main/warehouse',
    'src/main/datasets',
    'src/main/engine',
    'src/main/sprites',
    'src/main/updates',
    'src/main/webhooks',
  ],
  'src/main/app': [
    'src/preload/contract',
    'src/main/base',
    'src/main/privacy',
    'src/main/pipeline',
    'src/main/folder',
    'src/main/shaping',
    'src/main/delta',
    'src/main/warehouse',
    'src/main/datasets',
    'src/main/engine',
    'src/main/sprites',
    'src/main/updates',
    'src/main/webhooks',
    'src/main/workers',
    'src/main/refresh.ts',
  ],
  'src/main/page': ['src/preload/contract', 'src/main/base'],
  'src/main/shell': [
    'src/preload/contract',
    'src/main/base',
    'src/main/app',
    'src/main/engine',
    'src/main/page',
  ],
  'src/main/browser-host': [
    'src/preload/contract',
    'src/main/base',
    'src/main/app',
    'src/main/page',
  ],
  'src/main/commands': [
    'src/preload/contract',
    'src/main/base',
    'src/main/privacy',
    'src/main/pipeline',
    'src/main/folder',
    'src/main/shaping',
    'src/main/warehouse',
    'src/main/datasets',
    'src/main/engine',
    'src/main/updates',
    'src/main/webhooks',
    'src/main/workers',
    'src/main/refresh.ts',
    'src/main/serve.ts',
    // Opens the system's browser, and nothing of the server.
    'src/main/browser-host/open-browser.ts',
  ],
  'src/renderer': ['src/preload/contract'],
  'src/renderer/words': ['src/preload/contract'],
  'src/renderer/host': ['src/preload/contract', 'src/renderer/own-id.ts'],
  'src/renderer/state': [
    'src/preload/contract',
    'src/renderer/bridge.ts',
    'src/renderer/words',
    'src/renderer/charts',
  ],
  'src/renderer/charts': [
    'src/preload/contract',
    'src/renderer/words',
    // Until the formats of charts/format.ts are in words/.
    'src/renderer/state/column-words.ts',
  ],
  'src/renderer/row': [
    'src/preload/contract',
    'src/renderer/words',
    'src/renderer/state',
    'src/renderer/charts',
  ],
  'src/renderer/session': ['src/preload/contract', 'src/renderer/state', 'src/renderer/undo'],
  'src/renderer/undo': [
    'src/preload/contract',
    'src/renderer/state',
    'src/renderer/cards',
    'src/renderer/components/help',
    'src/renderer/components/table',
  ],
  'src/renderer/cards': [
    ...BELOW_SCREENS,
    'src/renderer/side',
    'src/renderer/components/export',
    'src/renderer/components/help',
    'src/renderer/components/table',
  ],
  'src/renderer/side': [
    ...BELOW_SCREENS,
    'src/renderer/cards',
    'src/renderer/components/columns',
    'src/renderer/components/help',
  ],
  ...screenRooms,
};

const zones = Object.entries(ROOMS).map(([room, allowed]) => ({
  target: `./${room}`,
  from: './src',
  except: [room, ...allowed].map((path) => `./${path.replace('src/', '')}`),
  message: `${room} may import only: ${allowed.join(', ') || 'packages'}.`,
}));

/** Packages that only one room may know. */
const PRIVATE_PACKAGES = [
  { name: 'electron', message: 'Only src/main/index.ts and its shell files know Electron.' },
];

const IMPORT_RULES = [
  ...PRIVATE_PACKAGES,
  { name: 'node:worker_threads', message: 'Only src/main/workers knows worker_threads.' },
  { name: 'worker_threads', message: 'Only src/main/workers knows worker_threads.' },
];

const NOT_INTL = 'Use words/: it has one cached format for each number of decimals.';

/** What reads rows in the binding's own way, which takes a result that broke off for a whole one. */
const HALF_READERS = [
  'fetchChunk',
  'fetchAllChunks',
  'readAll',
  'readUntil',
  'runAndReadAll',
  'runAndReadUntil',
  'streamAndRead',
  'streamAndReadAll',
  'streamAndReadUntil',
];

export default tseslint.config(
  {
    ignores: ['**/out*/**', 'dist/**', 'node_modules/**', 'coverage/**'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: ['./tsconfig.json', './src/renderer/tsconfig.json'],
        }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'no-restricted-imports': ['error', { paths: IMPORT_RULES }],
      '@typescript-eslint/no-explicit-any': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['src/main/workers/**'],
    rules: { 'no-restricted-imports': ['error', { paths: PRIVATE_PACKAGES }] },
  },
  {
    files: [
      'src/main/index.ts',
      'src/main/shell/**',
      'src/preload/index.ts',
      'tests/electron-stand-in/**',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { project: './src/renderer/tsconfig.json' } },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-properties': [
        'error',
        ...['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'].map((property) => ({
          property,
          message: NOT_INTL,
        })),
      ],
      'no-restricted-globals': ['error', { name: 'Intl', message: NOT_INTL }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/renderer/words/**'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['src/main/**/*.ts', 'src/preload/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src/main/**/*.ts'],
    ignores: ['src/main/base/whole-result.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...HALF_READERS.map((property) => ({
          property,
          message: 'Read results with base/whole-result.ts: the binding hides what broke one off.',
        })),
      ],
    },
  },
  ...SECURITY_RULES,
);
