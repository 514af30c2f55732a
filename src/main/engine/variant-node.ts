import type {
  DuckDBListVector,
  DuckDBType,
  DuckDBValue,
  DuckDBVariantVector,
} from '@duckdb/node-api';

/** What stands in a VARIANT, in the order in which DuckDB keeps it. */
export type VariantNode =
  | { kind: 'object'; fields: { name: string; of: VariantNode }[] }
  | { kind: 'array'; items: VariantNode[] }
  | { kind: 'scalar'; value: DuckDBValue; type: DuckDBType };

const OBJECT = 29;
const ARRAY = 30;

/**
 * A row's VARIANT; null for NULL. The binding makes JavaScript objects of it, in which `'2'` comes
 * after `'1'` and `'__proto__'` is lost, so objects and arrays are walked here, through what it
 * calls private. Source of the layout: DuckDBVariantVector of @duckdb/node-api.
 */
export function variantNode(vector: DuckDBVariantVector, row: number): VariantNode | null {
  const blob = vector['structVec'].isItemValid(row) ? vector['dataBlob'].getItemBytes(row) : null;
  return blob === null ? null : new VariantRow(vector, row, blob).node(0);
}

/** Where a row's parts stand, as the binding's own reading of scalars wants it. */
interface RowPlace {
  blob: Uint8Array;
  view: DataView;
  valuesOffset: number;
  valuesLength: number;
  childrenOffset: number;
  childrenLength: number;
  keysOffset: number;
  keysLength: number;
}

class VariantRow {
  private readonly row: RowPlace;

  constructor(
    private readonly vector: DuckDBVariantVector,
    row: number,
    blob: Uint8Array,
  ) {
    const values: DuckDBListVector = vector['valuesList'];
    const children: DuckDBListVector = vector['childrenList'];
    const keys: DuckDBListVector = vector['keysList'];
    this.row = {
      blob,
      view: new DataView(blob.buffer, blob.byteOffset, blob.byteLength),
      valuesOffset: values.getEntryOffset(row),
      valuesLength: values.getEntryLength(row),
      childrenOffset: children.getEntryOffset(row),
      childrenLength: children.getEntryLength(row),
      keysOffset: keys.getEntryOffset(row),
      keysLength: keys.getEntryLength(row),
    };
  }

  node(index: number): VariantNode {
    const { vector, row } = this;
    const kind = vector['typeIdVec'].getItem(row.valuesOffset + index);
    if (kind === OBJECT) {
      const fields = this.children(index).map((at) => ({
        name: this.name(at),
        of: this.child(at),
      }));
      return { kind: 'object', fields };
    }
    if (kind === ARRAY) {
      return { kind: 'array', items: this.children(index).map((at) => this.child(at)) };
    }
    return { kind: 'scalar', ...vector['decodeNode'](index, row) };
  }

  private name(child: number): string {
    const { vector, row } = this;
    const key = Number(vector['keysIdxVec'].getItem(child));
    return vector['keysEntry'].getItem(row.keysOffset + key) ?? '';
  }

  private child(at: number): VariantNode {
    return this.node(Number(this.vector['valuesIdxVec'].getItem(at)));
  }

  /** Where the children of an object or array stand: its bytes say how many, and from where on. */
  private children(index: number): number[] {
    const { vector, row } = this;
    const at = vector['byteOffsetVec'].getItem(row.valuesOffset + index);
    const count = varint(row.view, Number(at));
    if (count.value === 0) return [];
    const first = row.childrenOffset + varint(row.view, count.next).value;
    return Array.from({ length: count.value }, (_, child) => first + child);
  }
}

/** Seven bits a byte, the lowest first; a set top bit says that more follow. */
function varint(view: DataView, at: number): { value: number; next: number } {
  let value = 0;
  for (let next = at, factor = 1; ; factor *= 128) {
    const byte = view.getUint8(next);
    next += 1;
    value += (byte % 128) * factor;
    if (byte < 128) return { value, next };
  }
}
