/**
 * The games as PokéAPI names them and as their makers write them, in the order they came out
 * within each generation. Source: pokeapi.co/api/v2/version and the games' own titles.
 */
export const GAMES: readonly (readonly [name: string, label: string])[] = [
  ['red', 'Red'],
  ['blue', 'Blue'],
  ['yellow', 'Yellow'],
  ['gold', 'Gold'],
  ['silver', 'Silver'],
  ['crystal', 'Crystal'],
  ['ruby', 'Ruby'],
  ['sapphire', 'Sapphire'],
  ['colosseum', 'Colosseum'],
  ['firered', 'FireRed'],
  ['leafgreen', 'LeafGreen'],
  ['emerald', 'Emerald'],
  ['xd', 'XD'],
  ['diamond', 'Diamond'],
  ['pearl', 'Pearl'],
  ['platinum', 'Platinum'],
  ['heartgold', 'HeartGold'],
  ['soulsilver', 'SoulSilver'],
  ['black', 'Black'],
  ['white', 'White'],
  ['black-2', 'Black 2'],
  ['white-2', 'White 2'],
  ['x', 'X'],
  ['y', 'Y'],
  ['omega-ruby', 'Omega Ruby'],
  ['alpha-sapphire', 'Alpha Sapphire'],
  ['sun', 'Sun'],
  ['moon', 'Moon'],
  ['ultra-sun', 'Ultra Sun'],
  ['ultra-moon', 'Ultra Moon'],
  ['lets-go-pikachu', "Let's Go, Pikachu!"],
  ['lets-go-eevee', "Let's Go, Eevee!"],
  ['sword', 'Sword'],
  ['shield', 'Shield'],
  ['the-isle-of-armor', 'The Isle of Armor'],
  ['the-isle-of-armor-sword', 'The Isle of Armor (Sword)'],
  ['the-isle-of-armor-shield', 'The Isle of Armor (Shield)'],
  ['the-crown-tundra', 'The Crown Tundra'],
  ['the-crown-tundra-sword', 'The Crown Tundra (Sword)'],
  ['the-crown-tundra-shield', 'The Crown Tundra (Shield)'],
  ['brilliant-diamond', 'Brilliant Diamond'],
  ['shining-pearl', 'Shining Pearl'],
  ['legends-arceus', 'Legends: Arceus'],
  ['scarlet', 'Scarlet'],
  ['violet', 'Violet'],
  ['the-teal-mask', 'The Teal Mask'],
  ['the-teal-mask-scarlet', 'The Teal Mask (Scarlet)'],
  ['the-teal-mask-violet', 'The Teal Mask (Violet)'],
  ['the-indigo-disk', 'The Indigo Disk'],
  ['the-indigo-disk-scarlet', 'The Indigo Disk (Scarlet)'],
  ['the-indigo-disk-violet', 'The Indigo Disk (Violet)'],
  ['legends-za', 'Legends: Z-A'],
  ['mega-dimension', 'Mega Dimension'],
  ['champions', 'Champions'],
  // Sold in Japan only, as the first of all; elsewhere few look for them.
  ['red-japan', 'Red (Japan)'],
  ['green-japan', 'Green (Japan)'],
  ['blue-japan', 'Blue (Japan)'],
];

const LABELS: ReadonlyMap<string, string> = new Map(GAMES);
const PLACES: ReadonlyMap<string, number> = new Map(GAMES.map(([name], place) => [name, place]));

/** A game as its makers write it; undefined for one that is not known here. */
export function gameLabel(name: string): string | undefined {
  return LABELS.get(name);
}

/** Games as they came out; those not known here last, by name. */
export function inGameOrder(names: readonly string[]): string[] {
  const place = (name: string) => PLACES.get(name) ?? GAMES.length;
  return [...names].sort((a, b) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0));
}
