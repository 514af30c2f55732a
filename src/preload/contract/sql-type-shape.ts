import type { Shape } from './value-text';

/**
 * What the texts of a type's values depend on, from the name that DuckDB gives the type:
 * `STRUCT(a INTEGER, "b c" VARCHAR[])`. What it cannot read is taken for text.
 */
export function shapeOfSqlType(sqlType: string): Shape {
  const known = shapes.get(sqlType) ?? readShape(sqlType.trim());
  shapes.set(sqlType, known);
  return known;
}

const shapes = new Map<string, Shape>();

const KINDS: Readonly<Record<string, Shape>> = {
  BOOLEAN: { kind: 'boolean' },
  FLOAT: { kind: 'float' },
  DOUBLE: { kind: 'float' },
  DECIMAL: { kind: 'decimal' },
  VARIANT: { kind: 'variant' },
};

function readShape(type: string): Shape {
  const list = /^(.*)\[(\d*)\]$/s.exec(type);
  if (list !== null) {
    const [, item = '', length] = list;
    // DuckDB puts no item of a list of JSON in quotes, as none of an ARRAY's.
    const kind = length === '' && item !== 'JSON' ? 'list' : 'array';
    return { kind, of: readShape(item) };
  }
  const nested = /^(STRUCT|MAP|UNION|DECIMAL)\((.*)\)$/s.exec(type);
  if (nested === null) return plainShape(type);
  const [, name, inside = ''] = nested;
  const parts = partsOf(inside);
  if (name === 'STRUCT') return { kind: 'struct', fields: parts.map(fieldOf) };
  if (name === 'UNION') return { kind: 'union', members: parts.map((part) => fieldOf(part).of) };
  if (name === 'DECIMAL') return { kind: 'decimal' };
  const [key = '', value = ''] = parts;
  return { kind: 'map', key: readShape(key), value: readShape(value) };
}

function plainShape(type: string): Shape {
  if (/^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|BIGNUM)$/.test(type)) {
    return { kind: 'integer' };
  }
  return KINDS[type] ?? { kind: 'text' };
}

/** Splits at the commas that stand in neither brackets nor quotes. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '(' || sign === '[') depth += 1;
    else if (sign === ')' || sign === ']') depth -= 1;
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, text.slice(start).trim()].filter((part) => part !== '');
}

/** `"b c" VARCHAR`; every field has a name, for no table is made of rows without names. */
function fieldOf(part: string): { name: string; of: Shape } {
  const [, quoted, plain, type = ''] = /^(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(part) ?? [];
  return { name: plain ?? (quoted ?? '').replaceAll('""', '"'), of: readShape(type) };
}
