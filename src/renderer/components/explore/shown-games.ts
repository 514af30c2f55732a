import { inGameOrder } from '../../../preload/contract/games';

/**
 * The games a folded list shows, as they came out: those the data were chosen by and those that
 * are checked in any case, then the earliest, up to `most`.
 */
export function foldedGames(
  games: readonly string[],
  scope: readonly string[],
  checked: readonly string[],
  most: number,
): string[] {
  const ordered = inGameOrder(games);
  const fixed = ordered.filter((name) => scope.slice(0, most).includes(name));
  const filled = ordered.filter((name) => !fixed.includes(name)).slice(0, most - fixed.length);
  return ordered.filter((name) => [...fixed, ...filled, ...checked].includes(name));
}
