import { z } from 'zod';
import { counted } from '../../preload/contract/counts';
import { AppError } from '../../preload/contract/errors';
import { placeOfCharacter } from './query-place';

/** What a person may write at once; a query beyond it is not a query but an attack on the parser. */
const MAX_LENGTH = 100_000;

/**
 * Table functions a query may use: they work on their arguments and the view alone. A list of
 * what is allowed, because new DuckDB versions bring new ones, and some write files or change
 * the instance whatever its settings say (enable_logging, enable_profiling, checkpoint).
 */
const TABLE_FUNCTIONS = new Set([
  'duckdb_columns',
  'duckdb_functions',
  'duckdb_keywords',
  'duckdb_types',
  'generate_series',
  'histogram',
  'histogram_values',
  'json_each',
  'json_tree',
  'range',
  'repeat',
  'repeat_row',
  'unnest',
]);

/** What the parts of a table's name are called in a syntax tree. */
const NAMES = new Set(['table_name', 'schema_name', 'catalog_name']);

/** Functions with an effect beyond the query's own result. */
const REFUSED_FUNCTIONS = new Set(['nextval', 'sleep_ms', 'write_log']);

/** What DuckDB's json_serialize_sql answers. Source: DuckDB docs, “SQL to/from JSON”. */
const serializedSchema = z.discriminatedUnion('error', [
  z.object({ error: z.literal(false), statements: z.array(z.unknown()) }),
  z.object({
    error: z.literal(true),
    error_type: z.string(),
    error_message: z.string(),
    position: z.coerce.number().int().optional(),
  }),
]);

/** Throws `query-refused` for text that DuckDB's own parser should not even see. */
export function checkText(sql: string): void {
  if (sql.length > MAX_LENGTH) {
    throw new AppError(
      'query-refused',
      `The query is longer than ${counted(MAX_LENGTH, 'character')}.`,
      {
        hint: 'Shorten it, for instance with ranges instead of lists.',
      },
    );
  }
  // DuckDB's C interface ends the text there: what is checked would not be what is run.
  if (sql.includes('\0')) {
    throw new AppError('query-refused', 'The query has a NUL character in it.', {
      hint: 'Type the query again instead of pasting it.',
    });
  }
}

/**
 * Throws `query-refused` unless the text is exactly one SELECT that uses nothing but the
 * allowed functions, `bad-query` where it cannot be parsed.
 *
 * @param serialized the text's syntax tree, as json_serialize_sql gives it
 */
export function checkStatement(sql: string, serialized: string): void {
  const parsed = serializedSchema.parse(JSON.parse(serialized));
  if (parsed.error) {
    if (parsed.error_type === 'parser') {
      const { error_message: message, position } = parsed;
      const at = position === undefined ? undefined : placeOfCharacter(sql, position);
      const line = at === undefined || at.line === 1 ? '' : ` (line ${at.line})`;
      throw new AppError('bad-query', sentence(`${message}${line}`), {
        hint: 'Check the spelling around that place.',
        at,
      });
    }
    throw new AppError('query-refused', 'Only SELECT can be run here.', { hint: hintFor(sql) });
  }
  if (parsed.statements.length !== 1) {
    const count = parsed.statements.length;
    throw new AppError(
      'query-refused',
      count === 0
        ? 'There is no statement in the query.'
        : `${counted(count, 'statement')} were given.`,
      { hint: 'Give exactly one SELECT.' },
    );
  }
  if (namesFile(parsed.statements)) {
    throw new AppError('query-refused', 'Refused: a query reads no files.', {
      hint: 'Open the file first; then it is a table with a name in SQL.',
    });
  }
  const refused = refusedFunction(parsed.statements);
  if (refused !== null) {
    throw new AppError('query-refused', `The function ${refused} cannot be used here.`, {
      hint: 'Queries reach the view pokemon and nothing outside it.',
    });
  }
}

/** Whether a table is named as a file of some folder is; DuckDB takes `"/a/b".csv` for one too. */
function namesFile(tree: unknown): boolean {
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, part] of Object.entries(node)) {
      if (typeof part === 'object') open.push(part);
      else if (NAMES.has(key) && /[\\/]/.test(String(part))) return true;
    }
  }
  return false;
}

function hintFor(sql: string): string {
  return /\bpivot/i.test(sql)
    ? `Name PIVOT’s values: PIVOT pokemon ON type_1 IN ('fire', 'water') USING count(*) GROUP BY is_default.`
    : 'Query the view pokemon; the data cannot be changed from here.';
}

function sentence(text: string): string {
  const capitalised = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capitalised) ? capitalised : `${capitalised}.`;
}

/** The first function in a syntax tree that may not be used; null where all may. */
function refusedFunction(tree: unknown): string | null {
  // Not recursive: the tree is as deep as the person nested parentheses.
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if ('type' in node && node.type === 'TABLE_FUNCTION') {
      const name = 'function' in node ? functionName(node.function) : null;
      if (name === null || !TABLE_FUNCTIONS.has(name)) return name ?? 'used as a table';
    }
    const name = functionName(node);
    if (name !== null && REFUSED_FUNCTIONS.has(name)) return name;
    for (const part of Object.values(node)) open.push(part);
  }
  return null;
}

function functionName(node: unknown): string | null {
  return typeof node === 'object' &&
    node !== null &&
    'function_name' in node &&
    typeof node.function_name === 'string'
    ? node.function_name.toLowerCase()
    : null;
}
