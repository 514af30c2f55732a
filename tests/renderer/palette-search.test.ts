import { expect, test } from 'vitest';
import { keyNames } from '../../src/renderer/components/help/shortcut-keys';
import { matchingCommands } from '../../src/renderer/components/palette/matching-commands';
import { holdsAll, rankPokemon } from '../../src/renderer/components/palette/rank';

const COMMANDS = [
  { title: 'Export everything as CSV', group: 'Data' },
  { title: 'Theme: dark', group: 'Looks', words: 'appearance night' },
  { title: 'Explore', group: 'Go to' },
];

test('a command is found by the beginnings of its words, in any order', () => {
  const found = (text: string) => matchingCommands(COMMANDS, text).map(({ title }) => title);
  expect(found('')).toHaveLength(3);
  expect(found('csv exp')).toEqual(['Export everything as CSV']);
  expect(found('DARK')).toEqual(['Theme: dark']);
  expect(found('go')).toEqual(['Explore']);
  expect(found('night')).toEqual(['Theme: dark']);
  expect(found('ark')).toEqual([]);
});

test('the Pokémon that is called so comes first, those of that ability last', () => {
  const rows = [
    { id: 1, name: 'Static-lover' },
    { id: 35, name: 'Clefairy' },
    { id: 151, name: 'Mew' },
    { id: 150, name: 'Mewtwo' },
    { id: 52, name: 'Meowth-mew' },
  ];
  expect(rankPokemon(rows, 'mew').map(({ id }) => id)).toEqual([151, 150, 52, 1, 35]);
  expect(rankPokemon(rows, '52').map(({ id }) => id)).toEqual([52, 1, 35, 150, 151]);
});

test('accents and signs do not matter, and who has more of the words comes first', () => {
  const rows = [
    { id: 4, name: 'Charmander', type_1: 'fire', type_2: null },
    { id: 6, name: 'Charizard', type_1: 'fire', type_2: 'flying' },
    { id: 122, name: 'Mr-mime', type_1: 'psychic', type_2: 'fairy' },
    { id: 669, name: 'Flabébé', type_1: 'fairy', type_2: null },
  ];
  expect(rankPokemon(rows, 'mr. mime')[0]).toMatchObject({ id: 122 });
  expect(rankPokemon(rows, 'FLABEBE')[0]).toMatchObject({ id: 669 });
  expect(rankPokemon(rows, 'fire flying').map(({ id }) => id)).toEqual([6, 4, 122, 669]);
  expect(holdsAll(rows[1] ?? {}, 'flying fire')).toBe(true);
  expect(holdsAll(rows[0] ?? {}, 'charmandr')).toBe(false);
});

test('keys are printed as the keyboard prints them', () => {
  expect(keyNames('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyNames('mod+shift+z', true)).toEqual(['⌘', '⇧', 'Z']);
});
