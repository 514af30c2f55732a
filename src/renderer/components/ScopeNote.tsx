import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { inGameOrder } from '../../preload/contract/games';
import type { DatasetInfo } from '../../preload/contract/calls';
import { formatNumber, titleCase } from '../charts/format';
import { useApp } from '../state/app-store';

/** `649 of 1,351 Pokémon`, which opens to say which they are and why the others are not here. */
export function ScopeNote({ dataset }: { dataset: DatasetInfo }) {
  const [open, setOpen] = useState(false);
  const { rows, listed } = dataset;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      width={360}
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <button
          type="button"
          className="scope"
          title="Which Pokémon these are"
          onClick={() => setOpen(!open)}
        >
          {formatNumber(rows)} of {formatNumber(listed)} Pokémon
        </button>
      </Popover.Target>
      <Popover.Dropdown className="scope-note">
        {sentences(dataset).map((sentence) => (
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
            setOpen(false);
            useApp.getState().show('settings');
          }}
        >
          Settings
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function sentences({ games, rows, listed }: DatasetInfo): string[] {
  const all = `The source lists ${formatNumber(listed)} Pokémon`;
  if (games === 'all') return [`${all}, and every one of them is kept, whatever its games.`];
  const names = inGameOrder(games).map(titleCase);
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
