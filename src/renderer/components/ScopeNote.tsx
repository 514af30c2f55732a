import { Button } from '@mantine/core';
import { gameLabel, inGameOrder } from '../../preload/contract/games';
import type { DatasetInfo } from '../../preload/contract/calls';
import { useNoun } from '../state/noun';
import { slugWords } from '../words/slug';
import { countedNoun } from '../words/noun';
import { formatNumber } from '../words/numbers';
import { useApp } from '../state/app-store';
import { TextPopover } from './TextPopover';

/** `649 of 1,351 rows`, which opens to say which they are and why the others are not here. */
export function ScopeNote({ dataset }: { dataset: DatasetInfo }) {
  const noun = useNoun();
  return (
    <TextPopover
      text={`${formatNumber(dataset.rows)} of ${countedNoun(noun, dataset.listed)}`}
      title={`Which ${noun.many} these are`}
      className="scope"
      width={360}
      dropdownClass="scope-note"
    >
      {(close) => (
        <>
          {sentences(dataset, noun).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <p>
            To choose other games, go to Settings, or give <code>pokedex refresh --games</code>; the
            next refresh applies it.
          </p>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              close();
              useApp.getState().show('settings');
            }}
          >
            Settings
          </Button>
        </>
      )}
    </TextPopover>
  );
}

type Noun = ReturnType<typeof useNoun>;

function sentences({ games, rows, listed }: DatasetInfo, noun: Noun): string[] {
  const all = `The source lists ${countedNoun(noun, listed)}`;
  if (games === 'all') return [`${all}, and every one of them is kept, whatever its games.`];
  const names = inGameOrder(games).map((game) => gameLabel(game) ?? slugWords(game));
  const chosen =
    names.length === 1
      ? `the game ${names[0] ?? ''}`
      : `at least one of the games ${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
  const outside = Math.max(0, listed - rows);
  const kept = `${all}. The ${formatNumber(rows)} shown are in ${chosen}.`;
  if (outside === 0) return [kept];
  return [
    kept,
    `The other ${formatNumber(outside)} are left out: at the source the list of games (game_indices) of ${outside === 1 ? 'this one is empty or names other games' : 'each of them is empty or names other games'} only.`,
  ];
}
