import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/**
 * The Pokémon are the first dataset that the app describes, not the only one it knows: to the right
 * of shaping/ nothing names a column or a word of theirs, but for what stands in these lists.
 */
const ROOMS = [
  ...['datasets', 'engine', 'app', 'commands', 'browser-host', 'page', 'shell'].map(
    (room) => `src/main/${room}`,
  ),
  'src/preload',
  'src/renderer',
];

/** What has to stay, and why. */
const STAYS: Readonly<Record<string, string>> = {
  'src/main/app/alerts-calls.ts': 'rules over the published dataset',
  'src/main/app/app-service.ts':
    'joins the published dataset’s description and its pictures to the app',
  'src/main/app/dataset-info.ts': 'reads the provenance that processing wrote into pokemon.parquet',
  'src/main/app/explore-calls.ts': 'tells where the bundled documents were fetched',
  'src/main/app/export-calls.ts': 'names an exported file after the published dataset',
  'src/main/app/file-calls.ts': 'reads views of the published dataset',
  'src/main/app/kept-cards.ts': 'reads cards kept by an older version, which knew only the Pokémon',
  'src/main/app/published-columns.ts': 'asks for the published dataset’s description',
  'src/main/app/sprite-keeper.ts': 'keeps the published dataset’s pictures',
  'src/main/app/version-tables.ts': 'versions of the published dataset, by their names in SQL',
  'src/main/commands/alerts-actions.ts': 'rules over the published dataset',
  'src/main/commands/erase-actions.ts': 'a command over the published dataset (DESIGN §6)',
  'src/main/commands/erase-command.ts': 'a command over the published dataset (DESIGN §6)',
  'src/main/commands/named-path.ts': 'the view of SQL is named pokemon (DESIGN §6)',
  'src/main/commands/options.ts': 'flags of gather and process (DESIGN §6)',
  'src/main/commands/pipeline-commands.ts': 'commands of gather and process (DESIGN §6)',
  'src/main/commands/protected-export.ts': 'exports of the published dataset under its own keys',
  'src/main/commands/risk-action.ts': 'reads views of the published dataset',
  'src/main/commands/protect-command.ts': 'a command over the published dataset (DESIGN §6)',
  'src/main/commands/read-actions.ts': 'commands over the published dataset (DESIGN §6)',
  'src/main/commands/read-commands.ts': 'help texts of the commands over the published dataset',
  'src/main/datasets/sql-name.ts': 'the view of SQL is named pokemon (DESIGN §6)',
  'src/main/engine/export-file.ts': 'leaves pokemon_key to pseudonymised exports (DESIGN §5)',
  'src/main/engine/query-errors.ts': 'the view of SQL is named pokemon (DESIGN §6)',
  'src/main/engine/sandbox.ts': 'the view of SQL is named pokemon (DESIGN §6)',
  'src/main/engine/statement-check.ts': 'the view of SQL is named pokemon (DESIGN §6)',
  'src/main/shell/about.ts': 'a sentence about trademarks',
  'src/main/page/app-files.ts': 'the address of the kept pictures',
  'src/main/browser-host/page-files.ts': 'the address of the kept pictures',
  'src/preload/contract/alerts.ts': 'a rule’s member of that name',
  'src/preload/contract/bridge.ts': 'news of the kept pictures',
  'src/preload/contract/calls.ts': 'news of the kept pictures and of the games that were chosen',
  'src/preload/contract/reports.ts': 'what a refresh reports (DESIGN §6)',
  'src/preload/contract/settings.ts': 'what gather and process are told: games, pictures',
  'src/renderer/components/ScopeNote.tsx': 'says by which games the published data were chosen',
  'src/renderer/components/alerts/AlertForm.tsx': 'a rule’s member of that name',
  'src/renderer/components/alerts/alert-draft.ts': 'a rule’s member of that name',
  'src/renderer/components/alerts/rule-fields.ts': 'a rule’s member of that name',
  'src/renderer/components/alerts/rule-words.ts': 'a rule’s member of that name',
  'src/renderer/components/origin/OriginPopover.tsx': 'where the raw document lies (DESIGN §4)',
  'src/renderer/components/protection/ProtectionSection.tsx':
    'says what of the published dataset is encrypted',
  'src/renderer/components/settings/About.tsx': 'a sentence about trademarks',
  'src/renderer/components/settings/SettingsScreen.tsx': 'settings of gather and process',
  'src/renderer/components/settings/settings-draft.ts': 'settings of gather and process',
  'src/renderer/components/settings/validate-settings.ts': 'settings of gather and process',
  'src/renderer/components/sql/examples.ts': 'examples over the view named pokemon',
  'src/renderer/components/sql/sql-tables.ts': 'the view of SQL is named pokemon (DESIGN §6)',
  'src/renderer/row/RowImage.tsx': 'the address of the kept pictures',
  'src/renderer/state/app-store.ts': 'news of the kept pictures',
};

/** Not finished: how many are left at most. A file that has none leaves the list. */
const UNFINISHED: Readonly<Record<string, number>> = {
  // The list of Pokémon columns and the filters of view format 1: shaping's own in the end.
  'src/preload/contract/dataset.ts': 23,
  'src/preload/contract/filters.ts': 7,
  // Words of the palette and of the help sheet.
  'src/renderer/components/palette/CommandPalette.tsx': 2,
  'src/renderer/components/help/keys-in-place.ts': 2,
};

const WORD = /pok[eé]mon|sprite/i;
/** Names of columns that mean nothing else; those that do, like `name` and `weight`, are not told apart. */
const COLUMN = new Set(
  `base_experience type_1 type_2 bmi sprite_front_default weight_kg height_m games hp attack defense
  special_attack special_defense stat_total abilities species is_default game_indices`.split(/\s+/),
);

test('nothing to the right of shaping/ names a column or a word of the Pokémon', async () => {
  const found = new Map<string, string[]>();
  for (const room of ROOMS) {
    for (const path of await sources(room)) {
      const words = namedIn(path, await readFile(path, 'utf8'));
      if (words.length > 0) found.set(relative('.', path), words);
    }
  }
  const beyond = [...found].filter(
    ([path, words]) => STAYS[path] === undefined && words.length > (UNFINISHED[path] ?? 0),
  );
  expect(beyond).toEqual([]);
  expect(Object.keys(STAYS).filter((path) => !found.has(path))).toEqual([]);
});

async function sources(room: string): Promise<string[]> {
  const entries = await readdir(room, { recursive: true });
  return entries.filter((name) => /\.tsx?$/.test(name)).map((name) => join(room, name));
}

/** Identifiers and texts of the code; comments may give examples. */
function namedIn(path: string, text: string): string[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind);
  const words: string[] = [];
  const look = (node: ts.Node) => {
    const said = saidBy(node);
    if (said !== null && (WORD.test(said) || COLUMN.has(said))) words.push(said);
    ts.forEachChild(node, look);
  };
  look(file);
  return words;
}

function saidBy(node: ts.Node): string | null {
  const isText =
    ts.isIdentifier(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node) ||
    ts.isJsxText(node);
  return isText ? node.text : null;
}
