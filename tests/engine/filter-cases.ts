import type { ColumnName } from '../../src/preload/contract/dataset';
import type { Filter, Sort } from '../../src/main/shaping/format-1-filters';
import { pick, seededRandom } from '../helpers/seeded-random';
import { pokemonRow, type PokemonRow } from './pokemon-rows';

/** Rows and filters with every corner: what both compilers of filters are held against. */
export const TYPES = ['grass', 'poison', 'fire', 'water', `quo'te`];
const GAMES = ['red', 'blue', 'leafgreen', 'white'];
const ABILITIES = ['overgrow', 'blaze', 'torrent', 'Éclair'];
const NAMES = [
  'Bulbasaur',
  'Mr-mime',
  'Flabébé',
  `Farfetch'd`,
  'ポケモン',
  '100%',
  'A_b',
  'ÉCLAIR',
  '',
];

function maybe<T>(random: () => number, value: T): T | null {
  return random() < 0.2 ? null : value;
}

/** Rows with every null, tie, zero and odd text that a filter could stumble over. */
function randomRows(count: number): PokemonRow[] {
  const random = seededRandom(7);
  const whole = (most: number) => Math.floor(random() * most);
  const some = <T>(from: readonly T[]) => from.filter(() => random() < 0.4);
  return Array.from({ length: count }, (_, index) =>
    pokemonRow({
      id: index + 1,
      name: pick(random, NAMES),
      type_1: pick(random, TYPES),
      type_2: maybe(random, pick(random, TYPES)),
      hp: maybe(random, whole(6)),
      attack: whole(200),
      speed: maybe(random, whole(200)),
      weight: maybe(random, whole(1000)),
      weight_kg: maybe(random, whole(5)),
      bmi: maybe(random, random() * 40),
      height_m: whole(3) / 2,
      games: some(GAMES),
      abilities: some(ABILITIES),
      is_default: random() < 0.5,
      order: random() < 0.3 ? -1 : index,
    }),
  );
}

export const ROWS = randomRows(300);
/** Filters of every kind and corner, and how the contract's words say they end. */
export const CASES: Record<string, unknown[]> = {
  'no filter keeps everything': [],
  'a range takes in both ends': [{ kind: 'range', column: 'attack', min: 50, max: 100 }],
  'a range may leave its upper end out': [
    { kind: 'range', column: 'attack', min: 50, max: 100, below: true },
  ],
  'a range up to below a fraction': [{ kind: 'range', column: 'weight_kg', max: 3, below: true }],
  'a range up to below where it starts': [
    { kind: 'range', column: 'weight_kg', min: 3, max: 3, below: true },
  ],
  'a range may be open below': [{ kind: 'range', column: 'hp', max: 2 }],
  'a range may be open above': [{ kind: 'range', column: 'bmi', min: 20 }],
  'a range without ends still drops nulls': [{ kind: 'range', column: 'speed' }],
  'a range the wrong way round is empty': [{ kind: 'range', column: 'attack', min: 9, max: 1 }],
  'a range of fractions on whole numbers': [{ kind: 'range', column: 'hp', min: 1.5, max: 3.5 }],
  'a range of one exact number': [{ kind: 'range', column: 'weight_kg', min: 3, max: 3 }],
  'a range beyond any integer': [{ kind: 'range', column: 'attack', min: -1e300, max: 1e300 }],
  'a negative range': [{ kind: 'range', column: 'order', min: -1, max: -1 }],
  'one of some texts': [{ kind: 'one-of', column: 'type_1', values: ['grass', `quo'te`] }],
  'one of texts with null': [{ kind: 'one-of', column: 'type_2', values: ['fire', null] }],
  'only null': [{ kind: 'one-of', column: 'hp', values: [null] }],
  'one of some whole numbers': [{ kind: 'one-of', column: 'hp', values: [0, 3] }],
  'one of some numbers, on a column of doubles': [
    { kind: 'one-of', column: 'weight_kg', values: [0, 3, null] },
  ],
  'one of some fractions': [{ kind: 'one-of', column: 'height_m', values: [0.5, 1] }],
  'a fraction never equals a whole number': [{ kind: 'one-of', column: 'hp', values: [1.5] }],
  'a number as text is not a number': [{ kind: 'one-of', column: 'hp', values: ['3'] }],
  'a truth value': [{ kind: 'one-of', column: 'is_default', values: [true] }],
  'a truth value as text is none': [{ kind: 'one-of', column: 'is_default', values: ['true'] }],
  'a number is not text': [{ kind: 'one-of', column: 'name', values: [100] }],
  'one of a list column’s elements': [{ kind: 'one-of', column: 'abilities', values: ['blaze'] }],
  'null in an empty list': [{ kind: 'one-of', column: 'games', values: [null] }],
  'an empty text': [{ kind: 'one-of', column: 'name', values: [''] }],
  'a type in either slot': [{ kind: 'types', values: ['poison'] }],
  'any of some types': [{ kind: 'types', values: ['fire', 'water'], match: 'any' }],
  'both types, in either order': [{ kind: 'types', values: ['grass', 'poison'], match: 'all' }],
  'the same type twice asks it once': [{ kind: 'types', values: ['fire', 'fire'], match: 'all' }],
  'three types, which nobody has': [
    { kind: 'types', values: ['fire', 'water', 'grass'], match: 'all' },
  ],
  'any of some games': [{ kind: 'games', values: ['red', 'white'] }],
  'all of some games': [{ kind: 'games', values: ['red', 'white'], match: 'all' }],
  'a game that is none': [{ kind: 'games', values: [`red' OR 1=1 --`] }],
  'exactly these of some games': [
    { kind: 'game-sets', games: ['white', 'red', 'white'], sets: [['red', 'white'], ['white']] },
  ],
  'in none of some games': [{ kind: 'game-sets', games: ['red', 'blue'], sets: [[]] }],
  'exact pairs of types': [
    {
      kind: 'type-pairs',
      pairs: [
        { type_1: 'grass', type_2: 'poison' },
        { type_1: 'fire', type_2: null },
      ],
    },
  ],
  'a square lasso': [
    lasso([
      [10.5, 10.5],
      [10.5, 120.5],
      [120.5, 120.5],
      [120.5, 10.5],
    ]),
  ],
  'the same lasso drawn the other way': [
    lasso([
      [120.5, 10.5],
      [120.5, 120.5],
      [10.5, 120.5],
      [10.5, 10.5],
    ]),
  ],
  'a dented lasso': [
    lasso([
      [5.3, 5.1],
      [100.7, 190.9],
      [195.3, 5.7],
      [100.1, 60.3],
    ]),
  ],
  'a lasso that crosses itself': [
    lasso([
      [5.3, 5.1],
      [190.7, 190.9],
      [190.3, 5.7],
      [5.1, 190.3],
    ]),
  ],
  'a lasso without area': [
    lasso([
      [5.5, 5.5],
      [50.5, 5.5],
      [100.5, 5.5],
    ]),
  ],
  'a lasso on logarithmic axes leaves zeros out': [
    {
      ...lasso([
        [1.5, 1.5],
        [1.5, 180.5],
        [180.5, 180.5],
        [20.5, 15.5],
      ]),
      log: true,
    },
  ],
  'a lasso over nulls': [
    lasso(
      [
        [-0.5, -1],
        [-0.5, 50],
        [6.5, 50],
        [6.5, -1],
      ],
      'hp',
      'bmi',
    ),
  ],
  'a word in the name, whatever the case': [{ kind: 'search', text: 'BULBA' }],
  'words in name, type and ability together': [{ kind: 'search', text: 'saur grass blaze' }],
  'a word with an accent in any case': [{ kind: 'search', text: 'éclair' }],
  'an accent written large': [{ kind: 'search', text: 'FLABÉBÉ' }],
  'a word in another script': [{ kind: 'search', text: 'ケモ' }],
  'a percent sign is a percent sign': [{ kind: 'search', text: '%' }],
  'an underline is an underline': [{ kind: 'search', text: '_' }],
  'a quote is a quote': [{ kind: 'search', text: `'` }],
  'only blanks ask for nothing': [{ kind: 'search', text: '  ' }],
  'blanks around and between': [{ kind: 'search', text: ' \t mr-mime \n fire ' }],
  'a word does not reach over two fields': [{ kind: 'search', text: 'saurgrass' }],
  'accents need not be typed': [{ kind: 'search', text: 'flabebe' }],
  'accents typed as signs of their own': [{ kind: 'search', text: 'Flabe\u0301be\u0301' }],
  'a number is the number of a row': [{ kind: 'search', text: '25' }],
  'a number with its sign and zeros': [{ kind: 'search', text: '#007' }],
  'signs between the words of a name': [{ kind: 'search', text: 'mr. mime' }],
  'signs left out': [{ kind: 'search', text: 'MrMime farfetchd' }],
  'signs put in': [{ kind: 'search', text: "farfetch'd" }],
  'two types that nothing has both of': [{ kind: 'search', text: 'overgrow saur ポケモン' }],
  'one letter wrong': [{ kind: 'search', text: 'bulbosaur' }],
  'one letter too many': [{ kind: 'search', text: 'bulbassaur' }],
  'one letter missing': [{ kind: 'search', text: 'farfetd' }],
  'two letters changed about': [{ kind: 'search', text: 'blubasaur fire' }],
  'two letters wrong': [{ kind: 'search', text: 'bulbosour' }],
  'three letters, one wrong': [{ kind: 'search', text: 'fir3 fri' }],
  'several filters are joined by and': [
    { kind: 'types', values: ['grass'] },
    { kind: 'range', column: 'attack', min: 50 },
    { kind: 'games', values: ['red'] },
  ],
};

export function lasso(points: number[][], x: ColumnName = 'attack', y: ColumnName = 'speed') {
  return { kind: 'lasso', x, y, points };
}

export function randomFilter(random: () => number): Filter {
  const some = <T>(from: readonly T[]): T[] => {
    const chosen = from.filter(() => random() < 0.4);
    return chosen.length > 0 ? chosen : [pick(random, from)];
  };
  const number = () => Math.round(random() * 2000) / 10 - 2;
  const match = pick(random, ['any', 'all'] as const);
  const numeric = (): ColumnName =>
    pick(random, ['hp', 'attack', 'speed', 'weight', 'bmi', 'weight_kg', 'order']);
  switch (
    pick(random, ['range', 'one-of', 'types', 'games', 'type-pairs', 'lasso', 'search'] as const)
  ) {
    case 'range':
      return {
        kind: 'range',
        column: numeric(),
        ...(random() < 0.8 ? { min: number() } : {}),
        ...(random() < 0.5 ? { max: number() + 50 } : {}),
      };
    case 'one-of': {
      const [column, values] = pick(random, [
        ['type_1', [...TYPES, null]],
        ['type_2', [...TYPES, null]],
        ['name', NAMES],
        ['hp', [0, 1, 2, 3, null]],
        ['weight_kg', [0, 1, 2, 3, null]],
        ['abilities', ABILITIES],
        ['is_default', [true, false]],
      ] as [ColumnName, (string | number | boolean | null)[]][]);
      return { kind: 'one-of', column, values: some(values) };
    }
    case 'types':
      return { kind: 'types', values: some(TYPES), match };
    case 'games':
      return { kind: 'games', values: some(GAMES), match };
    case 'type-pairs':
      return {
        kind: 'type-pairs',
        pairs: some(TYPES.flatMap((a) => [...TYPES, null].map((b) => ({ type_1: a, type_2: b })))),
      };
    case 'lasso': {
      const log = random() < 0.4;
      const corner = (): [number, number] => [random() * 220 + 0.01, random() * 220 + 0.01];
      const points = Array.from({ length: 3 + Math.floor(random() * 9) }, corner);
      return { kind: 'lasso', x: numeric(), y: numeric(), log, points };
    }
    case 'search':
      return {
        kind: 'search',
        text: some(['a', 'é', 'gr', 'er', '%', `'`, 'BLA', '-', '12', 'blaez', 'watre', 'Mr.'])
          .slice(0, 2)
          .join(' '),
      };
  }
}

const HOSTILE = `x') OR 1=1; DROP TABLE pokemon; --`;
export const WITH_TEXT: Record<Filter['kind'], unknown> = {
  range: { kind: 'range', column: 'hp', min: 12345.678, max: 87654.321 },
  'one-of': { kind: 'one-of', column: 'name', values: [HOSTILE, 12345.678] },
  types: { kind: 'types', values: [HOSTILE] },
  games: { kind: 'games', values: [HOSTILE] },
  'game-sets': { kind: 'game-sets', games: [HOSTILE], sets: [[HOSTILE], []] },
  'type-pairs': { kind: 'type-pairs', pairs: [{ type_1: HOSTILE, type_2: HOSTILE }] },
  lasso: lasso([
    [12345.678, 1],
    [87654.321, 2],
    [3, 12345.678],
  ]),
  search: { kind: 'search', text: HOSTILE },
};

export const SORTS: Record<string, Sort[]> = {
  'no sort is by id': [],
  'a number upwards, nulls last': [{ column: 'hp', direction: 'asc' }],
  'a number downwards, nulls last': [{ column: 'hp', direction: 'desc' }],
  'a text with nulls': [{ column: 'type_2', direction: 'desc' }],
  'two columns': [
    { column: 'type_1', direction: 'asc' },
    { column: 'weight', direction: 'desc' },
  ],
  'a truth value': [{ column: 'is_default', direction: 'desc' }],
  'the column named like an SQL word': [{ column: 'order', direction: 'asc' }],
};
