import type { Cell, Shape } from '../../preload/contract/value-text';

/**
 * Roughly the memory a cell takes, in bytes, and what it takes as text: there a struct's keys are
 * written with every struct, though they travel but once.
 */
export function cellSize(cell: Cell, shape: Shape): number {
  if (typeof cell === 'string') return 16 + writtenLength(cell);
  if (typeof cell !== 'object' || cell === null) return 8;
  if (!Array.isArray(cell)) return JSON.stringify(cell).length;
  const parts = cell as readonly Cell[];
  let size = 16;
  for (const [index, part] of parts.entries())
    size += cellSize(part, partShape(parts, index, shape));
  if (shape.kind === 'struct') for (const { name } of shape.fields) size += writtenLength(name);
  return size;
}

const TEXT: Shape = { kind: 'text' };

function partShape(parts: readonly Cell[], index: number, shape: Shape): Shape {
  switch (shape.kind) {
    case 'list':
    case 'array':
      return shape.of;
    case 'struct':
      return shape.fields[index]?.of ?? TEXT;
    case 'map':
      return { kind: 'struct', fields: [pairField(shape.key), pairField(shape.value)] };
    case 'union':
      return index === 0 ? TEXT : (shape.members[Number(parts[0])] ?? TEXT);
    case 'variant':
      return index === 0 ? TEXT : ((parts[0] as Shape | undefined) ?? TEXT);
    case 'boolean':
    case 'integer':
    case 'float':
    case 'decimal':
    case 'text':
      return TEXT;
    default: {
      const never: never = shape;
      throw new Error(`unknown shape ${JSON.stringify(never)}`);
    }
  }
}

function pairField(of: Shape) {
  return { name: '', of };
}

// eslint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f]/;
/** Longer than any answer may be: no need to know more. */
const LONGEST_WRITTEN = 80_000_000;

/** Characters of a text in JSON, where one may take six. */
function writtenLength(text: string): number {
  if (text.length > LONGEST_WRITTEN || !ESCAPED.test(text)) return text.length;
  return JSON.stringify(text).length;
}
