import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gameLabel, inGameOrder } from '../../src/preload/contract/games';
import { titleCase } from '../../src/renderer/charts/format';
import { foldedNames } from '../../src/renderer/side/folded-names';

/** As they stand on the games' boxes. */
const TITLES = {
  'lets-go-eevee': "Let's Go, Eevee!",
  'lets-go-pikachu': "Let's Go, Pikachu!",
  heartgold: 'HeartGold',
  soulsilver: 'SoulSilver',
  firered: 'FireRed',
  leafgreen: 'LeafGreen',
  'omega-ruby': 'Omega Ruby',
  'ultra-sun': 'Ultra Sun',
  'black-2': 'Black 2',
  'legends-arceus': 'Legends: Arceus',
  'legends-za': 'Legends: Z-A',
  x: 'X',
  xd: 'XD',
};

test.each(Object.entries(TITLES))('%s is written %s', (name, title) => {
  expect(titleCase(name)).toBe(title);
});

test('a game that is not known here keeps a readable name and stands last', () => {
  expect(titleCase('dream-world')).toBe('Dream World');
  expect(inGameOrder(['zeta', 'white', 'dream-world', 'red', 'heartgold', 'y'])).toEqual([
    'red',
    'heartgold',
    'white',
    'y',
    'dream-world',
    'zeta',
  ]);
});

test('every game of the bundled documents is known', () => {
  const names = new Set<string>();
  const text = bundledText();
  for (const line of text.trimEnd().split('\n')) {
    const { game_indices } = JSON.parse(line) as { game_indices: { version: { name: string } }[] };
    for (const { version } of game_indices) names.add(version.name);
  }
  expect(names.size).toBeGreaterThan(20);
  expect([...names].filter((name) => gameLabel(name) === undefined)).toEqual([]);
});

test('a folded list keeps the checked games and those of the data, in the order they came out', () => {
  const games = inGameOrder([
    ...['white', 'red', 'blue', 'yellow', 'gold', 'silver', 'crystal', 'ruby', 'platinum'],
    ...['leafgreen', 'x'],
  ]);
  const scope = ['red', 'blue', 'leafgreen', 'white'];
  expect(foldedNames(games, scope, [], 8)).toEqual([
    'red',
    'blue',
    'yellow',
    'gold',
    'silver',
    'crystal',
    'leafgreen',
    'white',
  ]);
  expect(foldedNames(games, scope, ['platinum', 'x'], 8)).toEqual([
    'red',
    'blue',
    'yellow',
    'gold',
    'silver',
    'crystal',
    'leafgreen',
    'platinum',
    'white',
    'x',
  ]);
});

function bundledText(): string {
  const path = resolve(import.meta.dirname, '../../resources/snapshot/pokemon.ndjson.br');
  return brotliDecompressSync(readFileSync(path)).toString();
}
