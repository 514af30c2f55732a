/**
 * Controls of docs/security.md that a linter can hold: what is said here may stand in one file
 * only, or nowhere. tests/shell/lint-rules.test.ts removes each and looks.
 */
const only = (file, selector, message) => ({ file, selector, message });

const HIDDEN_IMPORT = only(
  null,
  'ImportExpression > Literal[value=/^(electron|(node:)?worker_threads)$/]',
  'Import it at the top of a file that may know it: no-restricted-imports does not see this one.',
);

/** However many the data are: arguments go on the stack, which ends at about 120,000 of them. */
const ON_THE_STACK = only(
  null,
  'CallExpression[callee.property.name=/^(min|max|push|unshift)$/] > SpreadElement',
  'Use extentOf or highestOf of contract/extent.ts, or a loop.',
);

/** DuckDB's readers take a path for a pattern and folders named `key=value` for columns. */
const SCANNERS = /\b(read_\w+|parquet_\w+|sniff_csv|glob)\s*\(|\b(FROM|JOIN)\s+'|\bATTACH\s/;

const DUCKDB_READERS = ['TemplateElement[value.raw', 'Literal[value'].map((text) =>
  only(
    'src/main/base/duckdb-scan.ts',
    `${text}=${SCANNERS}]`,
    'Only base/duckdb-scan.ts writes DuckDB’s readers: use scanParquet and its like.',
  ),
);

const MAIN = [
  HIDDEN_IMPORT,
  ON_THE_STACK,
  ...DUCKDB_READERS,
  only(
    'src/main/shell/external-links.ts',
    'MemberExpression[property.name="openExternal"]',
    'Only shell/external-links.ts hands an address to the system: use openExternalLink.',
  ),
  only(
    'src/main/shell/window.ts',
    'NewExpression[callee.name=/^(BrowserWindow|BaseWindow|BrowserView|WebContentsView)$/]',
    'Only shell/window.ts opens windows, with the preferences docs/security.md names.',
  ),
  only(
    'src/main/shell/calls.ts',
    'MemberExpression[object.name="ipcMain"]',
    'Only shell/calls.ts listens to pages: it checks who sends.',
  ),
  only(
    null,
    'Property[key.name=/^(nodeIntegration|nodeIntegrationInWorker|nodeIntegrationInSubFrames|allowRunningInsecureContent|experimentalFeatures|webviewTag|bypassCSP)$/] > Literal[value=true]',
    'Points 2, 8, 9 and 12 of Electron’s checklist.',
  ),
  only(
    null,
    'Property[key.name=/^(contextIsolation|sandbox|webSecurity)$/] > Literal[value=false]',
    'Points 3, 4 and 6 of Electron’s checklist.',
  ),
  only(null, 'Property[key.name="enableBlinkFeatures"]', 'Point 10 of Electron’s checklist.'),
  only(null, 'CallExpression[callee.property.name="loadFile"]', 'No file: page (point 18).'),
  only(
    null,
    'CallExpression[callee.property.name=/^append(Switch|Argument)$/]',
    'Chromium’s switches can take its guards away.',
  ),
];

const RENDERER = [
  HIDDEN_IMPORT,
  ON_THE_STACK,
  only(null, 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', 'Strings are text.'),
  only(
    null,
    'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
    'Strings are text.',
  ),
  only(
    null,
    'CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe)$/]',
    'Strings are text.',
  ),
  only(
    null,
    'CallExpression[callee.object.name="document"][callee.property.name=/^write/]',
    'Strings are text.',
  ),
  only(
    null,
    'JSXOpeningElement[name.name=/^(webview|iframe|object|embed)$/]',
    'The app has one page and no frames (points 11 and 12).',
  ),
];

const CODE_FROM_TEXT = { 'no-eval': 'error', 'no-implied-eval': 'error', 'no-new-func': 'error' };

/** no-implied-eval looks at names it is told are the platform's own, and at no others. */
const TIMERS = { setTimeout: 'readonly', setInterval: 'readonly', setImmediate: 'readonly' };

const restricted = (rules) => [
  'error',
  ...rules.map(({ selector, message }) => ({ selector, message })),
];

/** One entry for a room, and one for each file that may do what the room may not. */
function held(room, rules) {
  const exempt = new Set(rules.flatMap(({ file }) => file ?? []));
  return [
    {
      files: [room],
      languageOptions: { globals: { ...TIMERS, window: 'readonly', globalThis: 'readonly' } },
      rules: { ...CODE_FROM_TEXT, 'no-restricted-syntax': restricted(rules) },
    },
    ...[...exempt].map((file) => ({
      files: [file],
      rules: { 'no-restricted-syntax': restricted(rules.filter((rule) => rule.file !== file)) },
    })),
  ];
}

export const SECURITY_RULES = [
  ...held('src/{main,preload}/**/*.ts', MAIN),
  ...held('src/renderer/**/*.{ts,tsx}', RENDERER),
  ...held('scripts/**/*.ts', DUCKDB_READERS),
];
