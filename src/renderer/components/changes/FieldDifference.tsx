import { formatValue, namesText } from '../../state/column-words';
import { formatNumber } from '../../words/numbers';
import { listChange } from './list-change';

/** Of a list what it gained and lost, as the rest of it is no news; of anything else both values. */
export function FieldDifference({
  column,
  before,
  after,
}: {
  column: string;
  before: unknown;
  after: unknown;
}) {
  const change = listChange(before, after);
  if (change !== null && change.added.length + change.removed.length > 0) {
    return (
      <>
        <Members column={column} of={change.added} what="added" as="ins" />
        <Members column={column} of={change.removed} what="removed" as="del" />
      </>
    );
  }
  const [from, to] = [formatValue(column, before), formatValue(column, after)];
  return (
    <>
      {change !== null && <span>new order</span>}
      <del title={from}>{from}</del>
      <span aria-hidden="true">→</span>
      <ins title={to}>{to}</ins>
    </>
  );
}

interface MembersProps {
  column: string;
  of: readonly string[];
  what: string;
  as: 'ins' | 'del';
}

function Members({ column, of, what, as: Mark }: MembersProps) {
  if (of.length === 0) return null;
  const words = namesText(column, of);
  return (
    <>
      <span>
        {formatNumber(of.length)} {what}
      </span>
      <Mark title={words}>{words}</Mark>
    </>
  );
}
