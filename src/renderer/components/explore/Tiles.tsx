import { Skeleton } from '@mantine/core';
import { formatNumber, formatShare, labelWithin } from '../../charts/format';
import { useAsked } from '../../state/answers';
import { formatFigure, rowsTitle } from '../../state/column-words';
import { useDescribed } from '../../state/described';
import { useSummaryQuestion } from '../../state/summary';
import { useComparedWith } from '../../state/versions';

/** Characters of a figure that fit a tile in large type. */
const MOST_LARGE = 8;

/** The selection in a few numbers: how many, and the view's figures with units. */
export function Tiles() {
  const question = useSummaryQuestion();
  const tiles = useDescribed((state) => state.firstView?.tiles);
  const summary = useAsked(question, 'all').value;
  const compared = useComparedWith();
  const other = useAsked(question, 'all', undefined, compared === null ? undefined : 'before');
  const before = compared === null ? undefined : other.value;
  if (summary === undefined) {
    return (
      <div className="tiles" aria-hidden="true">
        {[0, ...question.of].map((_, tile) => (
          <Skeleton key={tile} className="tile-skeleton" />
        ))}
      </div>
    );
  }
  return (
    <dl className="tiles">
      <div className="tile">
        <dd>{formatNumber(summary.n)}</dd>
        <dt>{shareOf(summary.n, summary.total)}</dt>
        {before !== undefined && (
          <Difference now={summary.n} before={before.n} text={(n) => formatNumber(n)} />
        )}
      </div>
      {question.of.map(({ column, as }, at) => {
        const figure = summary.values[at] ?? null;
        const label = tiles?.[at]?.label ?? `${as} ${labelWithin(column)}`;
        const text =
          as === 'count' ? formatNumber(figure?.value) : formatFigure(column, figure?.value);
        return (
          <div className="tile" key={`${as} ${column}`}>
            {/* Whole where a long one is cut. */}
            <dd title={text} data-long={text.length > MOST_LARGE || undefined}>
              {figure?.exact === false && '≈ '}
              {text}
            </dd>
            <dt>{label}</dt>
            {before !== undefined && (
              <Difference
                now={figure?.value ?? null}
                before={before.values[at]?.value ?? null}
                text={(value) =>
                  as === 'count' ? formatNumber(value) : formatFigure(column, value)
                }
              />
            )}
          </div>
        );
      })}
    </dl>
  );
}

interface DifferenceProps {
  now: number | null;
  before: number | null;
  text(value: number): string;
}

/** By how much a figure is more or less than in the version that is compared with. */
function Difference({ now, before, text }: DifferenceProps) {
  const compared = useComparedWith();
  if (compared === null) return null;
  const words =
    now === null || before === null
      ? 'no value'
      : now === before
        ? 'the same'
        : `${now > before ? '+' : '−'}${text(Math.abs(now - before))}`;
  return (
    <dd className="tile-difference" title={`${words} since version ${compared.version}`}>
      {words} <span>since v{compared.version}</span>
    </dd>
  );
}

/** `28 % of 649`; the whole is just its noun. One line, or the charts below jump as a drag begins. */
function shareOf(n: number, total: number): string {
  return n === total ? rowsTitle() : `${formatShare(n, total)} of ${formatNumber(total)}`;
}
