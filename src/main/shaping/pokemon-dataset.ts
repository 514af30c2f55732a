import type { DatasetInfo } from '../../preload/contract/calls';
import { DATASET_COLUMNS, type DatasetColumn, STATS } from '../../preload/contract/dataset';
import type { ColumnDescriptor, DatasetDescriptor, Role } from '../../preload/contract/descriptor';
import { GAMES } from '../../preload/contract/games';

/** The usual colours of the types. */
const TYPE_COLORS: Readonly<Record<string, string>> = {
  normal: '#A8A77A',
  fire: '#EE8130',
  water: '#6390F0',
  electric: '#F7D02C',
  grass: '#7AC74C',
  ice: '#96D9D6',
  fighting: '#C22E28',
  poison: '#A33EA1',
  ground: '#E2BF65',
  flying: '#A98FF3',
  psychic: '#F95587',
  bug: '#A6B91A',
  rock: '#B6A136',
  ghost: '#735797',
  dragon: '#6F35FC',
  dark: '#705746',
  steel: '#B7B7CE',
  fairy: '#D685AD',
};

const TYPE_LABELS = Object.fromEntries(
  Object.keys(TYPE_COLORS).map((type) => [type, type.charAt(0).toUpperCase() + type.slice(1)]),
);

/** Where the role does not follow from the column's type. */
const ROLES: Readonly<Record<string, Role>> = {
  id: 'key',
  name: 'title',
  sprite_front_default: 'image',
  type_1: 'category',
  type_2: 'category',
  order: 'text',
  species: 'text',
};

const ROLE_OF_TYPE: Readonly<Record<DatasetColumn['type'], Role>> = {
  INTEGER: 'measure',
  DOUBLE: 'measure',
  VARCHAR: 'text',
  BOOLEAN: 'flag',
  'VARCHAR[]': 'members',
};

const VALUE_TYPES = {
  INTEGER: 'integer',
  DOUBLE: 'double',
  VARCHAR: 'text',
  BOOLEAN: 'boolean',
  'VARCHAR[]': 'list',
} as const;

/** Numbers that name or order a Pokémon and measure nothing. */
const NOT_GROUPED = new Set(['id', 'order']);

/** As the source writes them for machines: `solar-power`. */
const SLUGS = new Set(['type_1', 'type_2', 'games', 'abilities']);

/** What `published@N` is: the only description of the Pokémon dataset there is. */
export function pokemonDataset(
  info: Pick<DatasetInfo, 'version' | 'rows'>,
  facts: DatasetDescriptor['facts'] = [],
): DatasetDescriptor {
  return {
    key: `published@${info.version}`,
    kind: 'published',
    title: 'Pokémon',
    noun: { one: 'Pokémon', many: 'Pokémon' },
    rows: info.rows,
    columns: POKEMON_COLUMNS,
    groups: [
      { kind: 'slots', id: 'types', label: 'Types', columns: ['type_1', 'type_2'] },
      { kind: 'profile', id: 'stats', label: 'Base stats', columns: STATS },
    ],
    row: { key: 'id', title: 'name', image: 'sprite_front_default' },
    searched: ['name', 'id', 'type_1', 'type_2', 'abilities'],
    facts,
    can: ['refresh', 'provenance', 'versions', 'erase'],
  };
}

export const POKEMON_COLUMNS: readonly ColumnDescriptor[] = DATASET_COLUMNS.map(
  (column: DatasetColumn) => ({
    name: column.name,
    sqlType: column.type,
    type: VALUE_TYPES[column.type],
    role: ROLES[column.name] ?? ROLE_OF_TYPE[column.type],
    label: column.label,
    unit: column.unit ?? null,
    decimals: column.type === 'INTEGER' ? 0 : column.type === 'DOUBLE' ? 1 : null,
    grouped: !NOT_GROUPED.has(column.name),
    nullable: column.nullable,
    privacy: column.identity ? 'identifies' : 'quasi',
    palette: column.name === 'type_1' || column.name === 'type_2' ? TYPE_COLORS : null,
    labels: labelsOf(column.name),
    slugs: SLUGS.has(column.name),
    order: column.name === 'games' ? GAMES.map(([name]) => name) : null,
  }),
);

function labelsOf(name: string): ColumnDescriptor['labels'] {
  if (name === 'type_1' || name === 'type_2') return TYPE_LABELS;
  return name === 'games' ? Object.fromEntries(GAMES) : null;
}
