import { TextList } from '../base/duckdb';

export type Bindings = Record<string, number | boolean | string | TextList>;

/** Values on their way into a statement, each in the place it is given. */
export class Binder {
  private constructor(readonly values: Bindings) {}

  static empty(): Binder {
    return new Binder({});
  }

  /** For more values than those that are bound already. */
  static beside(values: Bindings): Binder {
    return new Binder({ ...values });
  }

  bind(value: Bindings[string]): string {
    const name = `v${Object.keys(this.values).length + 1}`;
    this.values[name] = value;
    return `$${name}`;
  }

  /** As text: bound as a number it would be an integer or not by its value, and 1e300 neither. */
  number(value: number): string {
    return `${this.bind(String(value))}::DOUBLE`;
  }

  list(values: readonly string[]): string {
    return this.bind(new TextList(values));
  }
}
