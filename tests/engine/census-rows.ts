import { Database, quotedName, quotedText } from '../../src/main/base/duckdb';
import { valueTypeOf } from '../../src/main/datasets/value-types';
import { privacyOf } from '../../src/main/datasets/roles';
import type { DatasetDescriptor } from '../../src/preload/contract/descriptor';
import { runIn } from '../../src/main/engine/risk/run-in-database';
import type { RiskSource } from '../../src/main/engine/risk/risk-rows';
import { pick, seededRandom } from '../helpers/seeded-random';

/** A made-up census: people with what such files have, and what makes counting hard. */

export const CENSUS_TYPES = {
  person: 'VARCHAR',
  age: 'INTEGER',
  sex: 'VARCHAR',
  zip: 'VARCHAR',
  income: 'DOUBLE',
  income_monthly: 'DOUBLE',
  born: 'DATE',
  languages: 'VARCHAR[]',
  married: 'BOOLEAN',
} as const;

export type CensusRow = Record<keyof typeof CENSUS_TYPES, unknown>;

export function censusRows(count: number, seed: number): CensusRow[] {
  const random = seededRandom(seed);
  const few = (n: number) => Math.floor(random() * random() * n);
  return Array.from({ length: count }, (_, at) => {
    const age = random() < 0.03 ? null : 18 + few(80);
    const thousands = pick(random, [0, -0, 12, 18.5, 24, 24, 31.25, few(400)]);
    const income = random() < 0.02 ? null : random() < 0.01 ? NaN : thousands * 1000;
    const languages = ['de', 'en', 'tr', 'pl', null].filter(() => random() < 0.4);
    if (random() < 0.3) languages.reverse();
    if (random() < 0.2) languages.push(languages[0] ?? 'de');
    return {
      person: `Person ${at}`,
      age,
      sex: pick(random, ['f', 'm', 'm', 'f', 'x', null]),
      zip: `${pick(random, ['10', '20', '80'])}${100 + few(40)}`,
      income,
      income_monthly: income === null ? null : income / 12,
      born: age === null ? null : `${2026 - age}-0${1 + few(9)}-1${few(10)}`,
      languages: random() < 0.05 ? null : languages,
      married: random() < 0.5,
    };
  });
}

/** The rows as a table of that database. */
export async function loadCensus(
  database: Database,
  rows: readonly CensusRow[],
  name = 'dataset',
): Promise<void> {
  const columns = Object.entries(CENSUS_TYPES);
  await database.run(
    `CREATE TABLE ${quotedName(name)} (${columns.map(([column, type]) => `${column} ${type}`).join(', ')})`,
  );
  const literal = (value: unknown): string => {
    if (value === null || value === undefined) return 'NULL';
    if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]::VARCHAR[]`;
    if (typeof value === 'string') return quotedText(value);
    // −0 would lose its sign as a number.
    return typeof value === 'number'
      ? `'${Object.is(value, -0) ? '-0.0' : String(value)}'::DOUBLE`
      : String(value);
  };
  for (let at = 0; at < rows.length; at += 500) {
    const part = rows.slice(at, at + 500);
    await database.run(
      `INSERT INTO ${quotedName(name)} VALUES ${part
        .map((row) => `(${Object.values(row).map(literal).join(', ')})`)
        .join(', ')}`,
    );
  }
}

export function censusDataset(rows: number): DatasetDescriptor {
  return {
    key: 'file-census',
    kind: 'file',
    title: 'census.parquet',
    noun: { one: 'row', many: 'rows' },
    rows,
    columns: Object.entries(CENSUS_TYPES).map(([name, sqlType]) => ({
      name,
      sqlType,
      type: valueTypeOf(sqlType),
      role: name === 'person' ? 'title' : 'category',
      label: name,
      unit: null,
      decimals: null,
      grouped: true,
      nullable: true,
      privacy: privacyOf(name, name === 'person' ? 'title' : 'category'),
      palette: null,
      labels: null,
      order: null,
    })),
    groups: [],
    row: { key: null, title: 'person', image: null },
    searched: [],
    facts: [],
    can: [],
  };
}

/** `table` as the engine loads it: with its positions. */
export async function riskSource(
  database: Database,
  table: string,
  dataset: DatasetDescriptor,
): Promise<RiskSource> {
  await database.run(
    `CREATE TABLE placed AS SELECT *, (row_number() OVER ()) - 1 AS "#position" FROM ${table}`,
  );
  return { dataset, from: 'placed', position: '#position', run: runIn(database) };
}
