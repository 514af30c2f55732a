import { useId } from 'react';
import type { FilterOf } from '../../preload/contract/filters';
import { knownValues, leftOutValues } from '../state/known-values';
import { useLearnedValues } from './learned-values';

type Choice = FilterOf<'one-of'>;

interface Props {
  filter: Choice;
  onChange(filter: Choice): void;
}

/** Whether a column is one of the chosen values, or is none of those that are left out. */
export function IsSwitch({ filter, onChange }: Props) {
  const name = useId();
  const [column = ''] = filter.columns;
  useLearnedValues(column);
  const all = knownValues(column);
  const isNot = leftOutValues(column, filter.values) !== null;
  const others = (all ?? []).filter((value) => !filter.values.includes(value));
  if (all === null || others.length === 0) return null;
  const turn = () => onChange({ ...filter, values: [...others] });
  return (
    <div className="panel-match" role="radiogroup" aria-label="Is or is not">
      {[false, true].map((each) => (
        <label key={String(each)}>
          <input
            type="radio"
            name={name}
            checked={isNot === each}
            disabled={all === undefined}
            onChange={turn}
          />
          {each ? 'is not' : 'is'}
        </label>
      ))}
    </div>
  );
}
