import { type Database, TextList } from '../../base/duckdb';
import type { RunStatements } from '../ask-table';

/** Runs the app's own statements one after the other where no engine process is at hand. */
export function runIn(database: Database): RunStatements {
  return async (statements) => {
    const answers = [];
    for (const { sql, values } of statements) {
      const bound = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'object' ? new TextList(value) : value,
      ]);
      answers.push(await database.rows(sql, Object.fromEntries(bound)));
    }
    return answers;
  };
}
