import { type Card, type CardOf, cardSchema } from '../../../preload/contract/cards';
import { type Aggregate } from '../../../preload/contract/chart-query';
import { type ColumnName, DATASET_COLUMNS, datasetColumn } from '../../../preload/contract/dataset';
import { useDescribed } from '../../state/described';
import { firstCards } from '../../state/first-view';

/** Kinds whose columns are given: only title and width are chosen. */
const FIXED_KINDS = ['types', 'type-pairs', 'games'] as const;
export const CHART_KINDS = ['scatter', 'histogram', 'bar', 'line', 'box', ...FIXED_KINDS] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

export function isFixed(kind: ChartKind): kind is (typeof FIXED_KINDS)[number] {
  return FIXED_KINDS.some((fixed) => fixed === kind);
}

/** What a person has chosen so far; every kind keeps the others' choices for when they come back. */
export interface ChartDraft {
  kind: ChartKind;
  /** Empty: named after what it shows. */
  title: string;
  x: ColumnName;
  y: ColumnName;
  /** Null: one colour for all. */
  color: ColumnName | null;
  aggregate: Aggregate;
  log: boolean;
  bins: number;
  width: number;
  /** Of a card that is changed: its columns of one vocabulary, its list and members. */
  slots?: readonly string[];
  sets?: Pick<CardOf<'sets'>, 'column' | 'members'>;
}

export const NEW_DRAFT: ChartDraft = {
  kind: 'scatter',
  title: '',
  x: 'attack',
  y: 'defense',
  color: 'type_1',
  aggregate: 'median',
  log: false,
  bins: 30,
  width: 4,
};

export const NUMBER_COLUMNS = names((type) => type === 'INTEGER' || type === 'DOUBLE');
export const ALL_COLUMNS = names(() => true);

/** Columns that x may be: numbers where the kind measures along it, anything where it groups. */
export function xColumns(kind: ChartKind): readonly ColumnName[] {
  return kind === 'bar' || kind === 'line' ? ALL_COLUMNS : NUMBER_COLUMNS;
}

/** Another kind, with an x it can have. */
export function withKind(draft: ChartDraft, kind: ChartKind): ChartDraft {
  const fits = xColumns(kind).includes(draft.x);
  return { ...draft, kind, x: fits ? draft.x : 'attack' };
}

/** The card a draft describes. Throws where a draft says what no card can be. */
export function cardOf(draft: ChartDraft, id: string): Card {
  const { x, y, log, bins, width } = draft;
  const base = { id, title: draft.title.trim() || nameOf(draft), width };
  switch (draft.kind) {
    case 'scatter':
      return cardSchema.parse({
        ...base,
        kind: 'density',
        x,
        y,
        log,
        color: draft.color ?? 'type_1',
      });
    case 'histogram':
      return cardSchema.parse({ ...base, kind: 'histogram', column: x, bins });
    case 'box':
      return cardSchema.parse({ ...base, kind: 'spread', column: x, by: draft.slots ?? slots() });
    case 'bar':
    case 'line':
      return cardSchema.parse({
        ...base,
        kind: 'group',
        shape: draft.kind,
        x,
        aggregate: draft.aggregate,
        ...(draft.aggregate === 'count' ? {} : { y }),
        ...(draft.color === null ? {} : { color: draft.color }),
      });
    case 'types':
      return cardSchema.parse({ ...base, kind: 'categories', columns: draft.slots ?? slots() });
    case 'type-pairs': {
      const [first, second] = draft.slots ?? slots();
      return cardSchema.parse({ ...base, kind: 'pairs', x: first, y: second });
    }
    case 'games':
      return cardSchema.parse({ ...base, kind: 'sets', ...(draft.sets ?? firstSets()) });
    default: {
      const never: never = draft.kind;
      throw new Error(`unknown kind ${JSON.stringify(never)}`);
    }
  }
}

/** The columns that share a vocabulary: of the types. */
function slots(): readonly string[] {
  const groups = useDescribed.getState().described?.groups ?? [];
  return groups.find(({ kind }) => kind === 'slots')?.columns ?? [];
}

/** The list column and the members whose overlaps the first view shows. */
function firstSets(): Partial<Pick<CardOf<'sets'>, 'column' | 'members'>> {
  const card = firstCards().find((each) => each.kind === 'sets');
  return card?.kind === 'sets' ? { column: card.column, members: card.members } : {};
}

/** A card taken up again. A title that says what it shows is none of the person's: it follows. */
export function draftOf(card: Card): ChartDraft {
  const draft = choicesOf(card);
  return draft.title === nameOf(draft) ? { ...draft, title: '' } : draft;
}

function choicesOf(card: Card): ChartDraft {
  const { title, width } = card;
  const base = { ...NEW_DRAFT, title, width };
  switch (card.kind) {
    case 'density': {
      const color = named(card.color) ?? null;
      return { ...base, kind: 'scatter', x: known(card.x), y: known(card.y), color, log: card.log };
    }
    case 'histogram':
      return { ...base, kind: 'histogram', x: known(card.column), bins: card.bins };
    case 'spread':
      return { ...base, kind: 'box', x: known(card.column), slots: card.by };
    case 'group':
      return {
        ...base,
        kind: card.shape,
        x: known(card.x),
        y: named(card.y) ?? NEW_DRAFT.y,
        color: named(card.color) ?? null,
        aggregate: card.aggregate,
      };
    case 'categories':
      return { ...base, kind: 'types', slots: card.columns };
    case 'pairs':
      return { ...base, kind: 'type-pairs', slots: [card.x, card.y] };
    case 'sets':
      return { ...base, kind: 'games', sets: { column: card.column, members: card.members } };
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}

/** A card's column is one of the data's: who opened or kept it has held it against them. */
function known(column: string): ColumnName {
  return column as ColumnName;
}

function named(column: string | undefined): ColumnName | undefined {
  return column === undefined ? undefined : known(column);
}

const FIXED_NAMES = { types: 'Types', 'type-pairs': 'Type pairs', games: 'Games' } as const;

/** What a chart is called where the person names it not: `Defense against attack`. */
export function nameOf(draft: ChartDraft): string {
  const { kind, aggregate } = draft;
  const x = label(draft.x);
  if (isFixed(kind)) return FIXED_NAMES[kind];
  if (kind === 'scatter') return `${label(draft.y)} against ${within(x)}`;
  if (kind === 'histogram') return x;
  if (kind === 'box') return `${x} by type`;
  if (aggregate === 'count') return `Pokémon by ${within(x)}`;
  return `${titled(aggregate)} ${within(label(draft.y))} by ${within(x)}`;
}

/**
 * An id that no other card has: neither one of another window, which would be taken for this one,
 * nor one that undo may bring back.
 */
export function freshId(): string {
  return `chart-${crypto.randomUUID()}`;
}

function names(fits: (type: string) => boolean): ColumnName[] {
  return DATASET_COLUMNS.filter((column) => fits(column.type)).map((column) => column.name);
}

function label(name: ColumnName): string {
  return datasetColumn(name)?.label ?? name;
}

/** A column's name within a sentence; BMI and HP stay as they are written. */
function within(name: string): string {
  return name === name.toUpperCase() ? name : name.toLowerCase();
}

function titled(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
