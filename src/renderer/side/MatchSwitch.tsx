import { useId } from 'react';

type Match = 'any' | 'all';

interface Props {
  /** What is matched: `games`. */
  of: string;
  /** How many are chosen: of fewer than two, any and all are the same. */
  count: number;
  match: Match;
  onMatch(match: Match): void;
}

const WORDS: Record<Match, string> = { any: 'any of these', all: 'all of these' };

/** Whether a Pokémon has to have any or all of the chosen ones. */
export function MatchSwitch({ of, count, match, onMatch }: Props) {
  const name = useId();
  if (count < 2) return null;
  return (
    <div className="panel-match" role="radiogroup" aria-label={`Has which ${of}`}>
      {(['any', 'all'] as const).map((each) => (
        <label key={each}>
          <input type="radio" name={name} checked={match === each} onChange={() => onMatch(each)} />
          {WORDS[each]}
        </label>
      ))}
    </div>
  );
}
