import { floatText } from '../../preload/contract/value-text';

const KINDS = [
  'POINT',
  'LINESTRING',
  'POLYGON',
  'MULTIPOINT',
  'MULTILINESTRING',
  'MULTIPOLYGON',
  'GEOMETRYCOLLECTION',
];
const POINT = 1;
const LINESTRING = 2;
const POLYGON = 3;
const MULTIPOINT = 4;
const COLLECTION = 7;
const DIMENSIONS = ['', ' Z', ' M', ' ZM'];

/**
 * A GEOMETRY as DuckDB writes it (well-known text), from the well-known binary the binding hands
 * over. Source: OGC Simple Feature Access, part 1; thousands of a kind's number tell Z and M.
 */
export function geometryText(bytes: Uint8Array): string {
  return new Reader(bytes).geometry(true);
}

class Reader {
  private at = 0;
  private littleEndian = true;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Parts of a MULTIPOINT and the like are written without their kind. */
  geometry(named: boolean): string {
    this.littleEndian = this.view.getUint8(this.at) === 1;
    this.at += 1;
    const code = this.count();
    const kind = code % 1000;
    const dimensions = Math.floor(code / 1000);
    const name = KINDS[kind - 1];
    const suffix = DIMENSIONS[dimensions];
    if (name === undefined || suffix === undefined) {
      throw new Error(`GEOMETRY of kind ${code} cannot be shown`);
    }
    const body = this.body(kind, dimensions === 0 ? 2 : dimensions === 3 ? 4 : 3);
    return named ? `${name}${suffix} ${body}` : body;
  }

  private body(kind: number, ordinates: number): string {
    const position = () => this.position(ordinates);
    switch (kind) {
      case POINT: {
        const text = position();
        return text === null ? 'EMPTY' : `(${text})`;
      }
      case LINESTRING:
        return this.list(position);
      case POLYGON:
        return this.list(() => this.list(position));
      case MULTIPOINT:
        // DuckDB puts no parentheses around a single point here.
        return this.list(() => this.geometry(false).replace(/^\(|\)$/g, ''));
      default:
        return this.list(() => this.geometry(kind === COLLECTION));
    }
  }

  private list(part: () => string | null): string {
    const parts = Array.from({ length: this.count() }, part);
    return parts.length === 0 ? 'EMPTY' : `(${parts.join(', ')})`;
  }

  /** Null where every ordinate is NaN, which is how an empty point is kept. */
  private position(ordinates: number): string | null {
    const numbers = Array.from({ length: ordinates }, () => this.ordinate());
    if (numbers.every(Number.isNaN)) return null;
    return numbers.map((number) => floatText(number).replace(/\.0$/, '')).join(' ');
  }

  private ordinate(): number {
    const number = this.view.getFloat64(this.at, this.littleEndian);
    this.at += 8;
    return number;
  }

  private count(): number {
    const number = this.view.getUint32(this.at, this.littleEndian);
    this.at += 4;
    return number;
  }
}
