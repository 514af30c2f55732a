import { expect, test } from 'vitest';
import { Database } from '../../src/main/base/duckdb';
import { shapeOf } from '../../src/main/engine/cells';
import { shapeOfSqlType } from '../../src/preload/contract/sql-type-shape';

/** Types as people write them; DuckDB says what it calls each, and what its values are made of. */
const TYPES = [
  ...['BOOLEAN', 'TINYINT', 'UHUGEINT', 'BIGINT', 'FLOAT', 'DOUBLE', 'DECIMAL(38, 10)', 'VARCHAR'],
  ...['DATE', 'TIME', 'TIMESTAMP_NS', 'TIMESTAMPTZ', 'TIMETZ', 'INTERVAL', 'UUID', 'BLOB', 'BIT'],
  ...['JSON', 'JSON[]', 'JSON[2]', 'VARCHAR[]', 'INTEGER[3]', 'DOUBLE[][2][]', 'BIGNUM'],
  `ENUM('a', 'b, c', 'STRUCT(a INTEGER)')`,
  `ENUM('it''s', '[]')[]`,
  'STRUCT(a INTEGER, b VARCHAR[])',
  'STRUCT("the city" VARCHAR, "a ""b"", (c" STRUCT("from" DATE, till TIMESTAMPTZ)[], z MAP(INTEGER, DOUBLE))',
  'MAP(STRUCT(a INTEGER, b INTEGER), MAP(VARCHAR, DECIMAL(4,1)[]))',
  'UNION(num INTEGER, str VARCHAR, "my list" DOUBLE[])',
];

test('a type’s name tells the same of its values as the type itself does', async () => {
  const database = await Database.open();
  try {
    for (const type of TYPES) {
      await database.run(`CREATE OR REPLACE TABLE typed AS SELECT NULL::${type} AS v`);
      const { column_type: named } = await database.row<{ column_type: string }>('DESCRIBE typed');
      const statement = await database['connection'].prepare('SELECT v FROM typed');
      try {
        expect([named, shapeOfSqlType(named)]).toEqual([named, shapeOf(statement.columnType(0))]);
      } finally {
        statement.destroySync();
      }
    }
  } finally {
    database.close();
  }
});
