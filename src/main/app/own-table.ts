import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import type { Filter } from '../../preload/contract/filters';
import type { Side } from '../../preload/contract/questions';
import type { NewView } from '../../preload/contract/view-format';

/** A table that the app makes of what it keeps: described by who made it, not by a look at its rows. */
export interface OwnTable {
  /** It is open once under this name: `version 3`. */
  readonly id: string;
  /** Of tables of a kind only the newest few stay open. */
  readonly kind: DatasetDescriptor['kind'];
  /** What it is called in SQL where no other table is. */
  readonly sqlName: string;
  /** SQL has it under that name whether it is open or not. */
  readonly isView?: true;
  /** Its columns are those of the published data, and so is what a person has corrected of them. */
  readonly likePublished: boolean;
  describe(rows: number): DatasetDescriptor;
  readonly firstView: NewView;
  /** The two versions that it holds, where it holds two. */
  readonly sides?: Sides;
}

/** One table that holds the rows of two versions, so that both are seen on the same axes. */
export interface Sides {
  /** As the engine has to know it: with what tells the versions apart, and all rows of both. */
  asked(described: DatasetDescriptor): DatasetDescriptor;
  /** Keeps the rows of one of them. */
  filter(side: Side): Filter;
  readonly rows: Readonly<Record<Side, number>>;
}
