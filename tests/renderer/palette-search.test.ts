import { expect, test } from 'vitest';
import { keyNames } from '../../src/renderer/components/help/shortcut-keys';
import { matchingCommands } from '../../src/renderer/components/palette/matching-commands';
import { holdsAll, rankRows } from '../../src/renderer/components/search/rank-rows';
import { POKEMON } from '../helpers/described-pokemon';
import { rowsAs } from '../helpers/rows-as';

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

test('what is called so comes first, then what begins so, holds it, or has the words elsewhere', () => {
  const rows = rowsAs(
    ['id', 'name'],
    [1, 'Static-lover'],
    [35, 'Clefairy'],
    [52, 'Meowth-mew'],
    [150, 'Mewtwo'],
    [151, 'Mew'],
  );
  const found = (text: string) => rankRows(POKEMON, rows, text).map(({ id }) => id);
  expect(found('mew')).toEqual(['151', '150', '52', '1', '35']);
  expect(found('52')).toEqual(['52', '1', '35', '150', '151']);
});

test('accents and signs do not matter, and what has more of the words comes first', () => {
  const rows = rowsAs(
    ['id', 'name', 'type_1', 'type_2', 'abilities'],
    [4, 'Charmander', 'fire', null, ['blaze']],
    [6, 'Charizard', 'fire', 'flying', ['solar-power']],
    [122, 'Mr-mime', 'psychic', 'fairy', []],
    [669, 'Flabébé', 'fairy', null, []],
  );
  const found = (text: string) => rankRows(POKEMON, rows, text).map(({ id }) => id);
  expect(found('mr. mime')[0]).toBe('122');
  expect(found('FLABEBE')[0]).toBe('669');
  expect(found('fire flying')).toEqual(['6', '4', '122', '669']);
  const [charmander, charizard] = rows;
  if (charmander === undefined || charizard === undefined) throw new Error('no rows');
  expect(holdsAll(POKEMON, charizard, 'flying fire')).toBe(true);
  expect(holdsAll(POKEMON, charizard, 'solar')).toBe(true);
  expect(holdsAll(POKEMON, charmander, 'charmandr')).toBe(false);
});

test('keys are printed as the keyboard prints them', () => {
  expect(keyNames('mod+shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyNames('mod+shift+z', true)).toEqual(['⌘', '⇧', 'Z']);
});
