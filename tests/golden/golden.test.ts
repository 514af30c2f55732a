import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documentProblem } from '../../src/main/pipeline/document-schema';
import { dataPaths } from '../../src/main/base/data-folder';
import { mkdir, writeFile } from 'node:fs/promises';
import { processInto } from '../helpers/land-documents';
import { parquetColumns, parquetRows } from '../helpers/parquet-rows';
import { temporaryFolder } from '../helpers/temporary-folder';

/** NAME.json: documents as PokéAPI serves them. NAME.expected.json: their rows, by hand. */
const goldenSchema = z.object({
  games: z.union([z.literal('all'), z.array(z.string())]).optional(),
  documents: z.array(z.looseObject({ id: z.int() })),
});
const expectedSchema = z.array(z.record(z.string(), z.unknown()));

/** DESIGN's dataset, spelled out: a column renamed, retyped or moved breaks people's queries. */
const COLUMNS = [
  ['id', 'INTEGER'],
  ['name', 'VARCHAR'],
  ['base_experience', 'INTEGER'],
  ['weight', 'INTEGER'],
  ['height', 'INTEGER'],
  ['order', 'INTEGER'],
  ['type_1', 'VARCHAR'],
  ['type_2', 'VARCHAR'],
  ['bmi', 'DOUBLE'],
  ['sprite_front_default', 'VARCHAR'],
  ['weight_kg', 'DOUBLE'],
  ['height_m', 'DOUBLE'],
  ['games', 'VARCHAR[]'],
  ['hp', 'INTEGER'],
  ['attack', 'INTEGER'],
  ['defense', 'INTEGER'],
  ['special_attack', 'INTEGER'],
  ['special_defense', 'INTEGER'],
  ['speed', 'INTEGER'],
  ['stat_total', 'INTEGER'],
  ['abilities', 'VARCHAR[]'],
  ['species', 'VARCHAR'],
  ['is_default', 'BOOLEAN'],
];

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.expected.json'))
  .map((file) => file.replace('.expected.json', ''));

function parsed<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')));
}

describe('documents become the rows worked out by hand', () => {
  it('there are golden pairs to hold against', () => {
    expect(names.length).toBeGreaterThanOrEqual(14);
  });

  // DuckDB reads a document that is one line by another way than one that is not.
  const layouts = { 'one line each': 0, 'spread over lines': 2 };
  const cases = names.flatMap((name) =>
    Object.entries(layouts).map((it) => [name, ...it] as const),
  );

  it.each(cases)('%s, %s', async (name, _, indent) => {
    const golden = parsed(`${name}.json`, goldenSchema);
    const expected = parsed(`${name}.expected.json`, expectedSchema);
    const data = await temporaryFolder();
    const paths = dataPaths(data);
    await mkdir(paths.documents, { recursive: true });
    for (const document of golden.documents) {
      expect(documentProblem(document, document.id), 'gather lands it').toBeNull();
      const text = JSON.stringify(document, null, indent);
      await writeFile(join(paths.documents, `${document.id}.json`), text);
    }

    await processInto(data, golden.games === undefined ? {} : { games: golden.games });

    expect(await parquetColumns(paths.parquet)).toEqual(COLUMNS);
    const found = await parquetRows(paths.parquet);
    expect(found.map((row) => row['id'])).toEqual(expected.map((row) => row['id']));
    for (const [index, wanted] of expected.entries()) {
      expect(Object.keys(wanted), `${name} spells out every column`).toEqual(
        COLUMNS.map(([column]) => column),
      );
      for (const [column, value] of Object.entries(wanted)) {
        expect(found[index]?.[column], `${String(wanted['name'])}.${column}`).toEqual(value);
      }
    }
  });
});
