import { type Card, cardSchema, wrongInCard } from '../../../preload/contract/cards';
import { type DatasetDescriptor, isNumberColumn } from '../../../preload/contract/descriptor';
import type {
  BuiltOver,
  CardBuilder,
  ChartDraft,
  KindName,
  OfferedChart,
} from '../../cards/card-kind';
import { CARD_KINDS, kindOf } from '../../cards/kinds';
import { columnLabel } from '../../state/column-words';
import { useDescribed } from '../../state/described';

/** What charts are built over; null before main has told what there is. */
export function builtOver(): BuiltOver | null {
  const { described, firstView } = useDescribed.getState();
  return described === null ? null : { dataset: described, firstView };
}

/** A chart as it is offered: `reason` is why it does not fit, null where it does. */
export interface ChartToChoose extends OfferedChart {
  reason: string | null;
  /** Whether there are columns for it at all. */
  isPossible: boolean;
}

/** The charts of all kinds, and whether they fit the data and what is chosen of them. */
export function chartsToChoose(draft: ChartDraft, over: BuiltOver): ChartToChoose[] {
  return Object.values(CARD_KINDS).flatMap(({ builder }) => {
    const whyNot = builder.whyNot?.(over) ?? null;
    const fitting = builder.xColumns?.(over);
    const reason = whyNot ?? whyNotAlong(draft, builder.charts, fitting);
    return builder.charts.map((chart) => ({ ...chart, reason, isPossible: whyNot === null }));
  });
}

/** Why a chart cannot show what stands along x, where the chosen chart has an x at all. */
function whyNotAlong(
  { chart, x }: ChartDraft,
  charts: readonly OfferedChart[],
  fitting: readonly string[] | undefined,
): string | null {
  const isChosen = charts.some(({ id }) => id === chart);
  if (isChosen || fitting === undefined || fitting.includes(x)) return null;
  return `${columnLabel(x)} holds no numbers; another column is taken`;
}

/** The builder that offers a chart. */
export function builderOf(chart: string): CardBuilder<KindName> {
  const found = Object.values(CARD_KINDS).find(({ builder }) =>
    builder.charts.some(({ id }) => id === chart),
  );
  return (found ?? CARD_KINDS.density).builder as unknown as CardBuilder<KindName>;
}

/** What a new chart is begun with: two measures that belong together, in the colours that are known. */
export function newDraft(over: BuiltOver): ChartDraft {
  const { dataset, firstView } = over;
  const [x = '', y = x] = measuresOf(dataset);
  const slots = dataset.groups.find(({ kind }) => kind === 'slots')?.columns;
  const valued = dataset.columns.filter((column) => !isNumberColumn(column));
  const [first = '', second = first] = slots ?? valued.map(({ name }) => name);
  const sets = firstView?.cards?.find((card) => card.kind === 'sets');
  const list = dataset.columns.find(({ type }) => type === 'list')?.name ?? '';
  return {
    chart: firstPossible(over),
    title: '',
    x,
    y,
    color: dataset.columns.find(({ palette }) => palette !== null)?.name ?? null,
    aggregate: 'median',
    log: false,
    bins: 30,
    axis: 'linear',
    width: 4,
    slots: slots ?? [first],
    most: 20,
    pair: [first, second],
    list: sets?.kind === 'sets' ? sets.column : list,
    members: sets?.kind === 'sets' ? sets.members : [],
  };
}

/** The first kind of chart that there are columns for. */
function firstPossible(over: BuiltOver): string {
  const builders = Object.values(CARD_KINDS).map(({ builder }) => builder);
  const possible = builders.find(({ whyNot }) => (whyNot?.(over) ?? null) === null);
  return possible?.charts[0]?.id ?? 'scatter';
}

/** Measures of one scale first. */
function measuresOf({ columns, groups }: DatasetDescriptor): readonly string[] {
  const profile = groups.find(({ kind }) => kind === 'profile')?.columns ?? [];
  const numbers = columns.filter(isNumberColumn);
  const measures = numbers.filter(({ role }) => role === 'measure');
  const names = (measures.length > 1 ? measures : numbers).map(({ name }) => name);
  return [...new Set([...profile, ...names])];
}

/** Columns that x may be; none where the chart has no x. */
export function xColumns(chart: string, over: BuiltOver): readonly string[] {
  return builderOf(chart).xColumns?.(over) ?? [];
}

/** Another chart, with an x it can have. */
export function withChart(draft: ChartDraft, chart: string, over: BuiltOver): ChartDraft {
  const fitting = xColumns(chart, over);
  const fits = fitting.length === 0 || fitting.includes(draft.x);
  return { ...draft, chart, x: fits ? draft.x : newDraft(over).x };
}

/** The card a draft describes; null where it describes none that these data can have. */
export function cardOf(draft: ChartDraft, id: string, over: BuiltOver): Card | null {
  const builder = builderOf(draft.chart);
  const { data } = cardSchema.safeParse({
    ...builder.cardOf(draft, over),
    id,
    title: draft.title.trim() || nameOf(draft, over),
    width: draft.width,
  });
  return data === undefined || wrongInCard(data, over.dataset) !== null ? null : data;
}

/** A card taken up again. A title that says what it shows is none of the person's: it follows. */
export function draftOf(card: Card, over: BuiltOver): ChartDraft {
  const { title, width } = card;
  const draft = { ...newDraft(over), ...kindOf(card).builder.draftOf(card, over), title, width };
  return title === nameOf(draft, over) ? { ...draft, title: '' } : draft;
}

/** What a chart is called where the person names it not: `Defense against attack`. */
export function nameOf(draft: ChartDraft, over: BuiltOver): string {
  return builderOf(draft.chart).nameOf(draft, over).slice(0, LONGEST_TITLE);
}

/** Of a card; see cardSchema. */
const LONGEST_TITLE = 80;
