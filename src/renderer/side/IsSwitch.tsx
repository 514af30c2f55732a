import { useId } from 'react';
import { type Choice, turned } from '../state/choice';

interface Props {
  filter: Choice;
  onChange(filter: Choice): void;
}

/** Whether the chosen values are kept or left out. */
export function IsSwitch({ filter, onChange }: Props) {
  const name = useId();
  const isNot = filter.not === true;
  return (
    <div className="panel-match" role="radiogroup" aria-label="Is or is not">
      {[false, true].map((each) => (
        <label key={String(each)}>
          <input
            type="radio"
            name={name}
            checked={isNot === each}
            onChange={() => onChange(turned(filter))}
          />
          {each ? 'is not' : 'is'}
        </label>
      ))}
    </div>
  );
}
