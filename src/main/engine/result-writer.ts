import type { Cell, Column } from '../../preload/contract/value-text';
import type { ResultEnd } from './engine-messages';

/** Large enough to be few, small enough to be made and handed on between other work. */
const PIECE_CHARACTERS = 500_000;

/** Writes a QueryResult as JSON while its rows are read, so that it never stands whole anywhere. */
export class ResultWriter {
  private text = '';
  private rows = 0;

  constructor(private readonly tell: (piece: Uint8Array<ArrayBuffer>) => void) {}

  begin(columns: readonly Column[]): void {
    this.add(`{"columns":${JSON.stringify(columns)},"rows":[`);
  }

  row(row: readonly Cell[]): void {
    this.add(`${this.rows === 0 ? '' : ','}${JSON.stringify(row)}`);
    this.rows += 1;
  }

  end(end: ResultEnd): void {
    this.add(`],${JSON.stringify(end).slice(1)}`);
    this.flush();
  }

  private add(text: string): void {
    this.text += text;
    if (this.text.length >= PIECE_CHARACTERS) this.flush();
  }

  private flush(): void {
    this.tell(new TextEncoder().encode(this.text));
    this.text = '';
  }
}
