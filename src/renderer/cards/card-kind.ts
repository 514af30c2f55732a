import type { ComponentType } from 'react';
import type { CardOf, Card } from '../../preload/contract/cards';
import type { QuestionOfCard } from '../../preload/contract/card-questions';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import type { AnswerTo, Aggregate, BinAxisKind } from '../../preload/contract/questions';
import type { NewView } from '../../preload/contract/view-format';
import type { Control } from '../state/controls';
import type { CardTable } from './card-table';

export type KindName = Card['kind'];

/** What a card's component is given: its spec, and what its menu leads to. */
export interface CardProps<K extends KindName> {
  card: CardOf<K>;
  /** Charts of many names and of two axes need the height. */
  tall: boolean;
  onRemove(): void;
  onEdit(): void;
}

export type AnswerOfCard<K extends KindName> = AnswerTo<QuestionOfCard<K>>;

/** What a person has chosen in the builder; every kind keeps the others' choices for when they come back. */
export interface ChartDraft {
  /** Which of all kinds' `charts`, by id. */
  chart: string;
  /** Empty: named after what it shows. */
  title: string;
  x: string;
  y: string;
  /** Null: one colour for all. */
  color: string | null;
  aggregate: Aggregate;
  log: boolean;
  bins: number;
  axis: BinAxisKind;
  width: number;
  /** Columns that share a vocabulary. */
  slots: readonly string[];
  /** Values that are shown at most. */
  most: number;
  /** Two columns whose values go together. */
  pair: readonly [x: string, y: string];
  /** A list column and those of its members whose overlaps are shown. */
  list: string;
  members: readonly string[];
}

/** What is built over: the data, and how they are first seen. */
export interface BuiltOver {
  dataset: DatasetDescriptor;
  firstView: NewView | null;
}

/** A chart that a person can choose. */
export interface OfferedChart {
  id: string;
  label: string;
  /** What it looks like: an SVG path that is filled, 48 wide and 32 high. */
  thumbnail: string;
}

export interface FieldsProps {
  draft: ChartDraft;
  over: BuiltOver;
  put(part: Partial<ChartDraft>): void;
}

/** How a kind of card is built by hand. */
export interface CardBuilder<K extends KindName> {
  /** What can be built of this kind; ids are of all kinds. */
  charts: readonly OfferedChart[];
  /** Why none can be built over these data; null where it can. Absent where it always can. */
  whyNot?(over: BuiltOver): string | null;
  /** A card's own parts of a draft. */
  draftOf(card: CardOf<K>, over: BuiltOver): Partial<ChartDraft> & Pick<ChartDraft, 'chart'>;
  /** A card's own parts, to be checked by its schema. */
  cardOf(draft: ChartDraft, over: BuiltOver): object;
  /** What the chart is called where the person names it not. */
  nameOf(draft: ChartDraft, over: BuiltOver): string;
  /** The columns that x may be; absent where there is none to choose. */
  xColumns?(over: BuiltOver): readonly string[];
  /** What is chosen besides chart, title and width; read when somebody builds a chart. */
  loadFields(): Promise<ComponentType<FieldsProps>>;
}

/** Everything there is to know of a kind of card beside its schema and question (contract). */
export interface CardKind<K extends KindName> {
  /** The filter's control that the card is; see state/controls. */
  control(card: CardOf<K>): Control;
  isTall: boolean;
  Chart: ComponentType<CardProps<K>>;
  table(card: CardOf<K>, answer: AnswerOfCard<K>): CardTable;
  builder: CardBuilder<K>;
}
