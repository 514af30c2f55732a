import { APP_NAME } from '../base/app-info';
import type { TableVersion } from '../delta/delta-log';
import { datasetVersion, isOwn } from './own-commits';
import { metadataOf, type VersionMetadata } from './version-metadata';

/**
 * The dataset's versions, read from the two tables' logs. The tables' own version numbers may differ,
 * because other programs commit to either.
 *
 * A commit of this app says which dataset version it makes. Commits of others that change no row
 * belong to the version before them. Those that change rows are versions of their own: the first
 * of either table since the app's last commit make one together, the second ones the next, and so on.
 */
export interface DatasetVersion {
  version: number;
  /** False where another program made it. */
  own: boolean;
  /** Epoch milliseconds; null where the log no longer says. */
  timestamp: number | null;
  metadata: VersionMetadata | null;
  /** What another program calls itself. */
  program: string | null;
  /** The app's commits; null where the log no longer has them, or another program made it. */
  commit: TableVersion | null;
  /** The tables at this version; null where their logs no longer say. */
  pokemon: TableVersion | null;
  identities: TableVersion | null;
}

/** From a commit of this app up to its next one. */
interface Stretch {
  number: number;
  commit: TableVersion;
  /** The last table version that replaced files by others with the same rows. */
  settled: TableVersion;
  others: { commit: TableVersion; settled: TableVersion }[];
}

/** The versions that the logs still tell of. Others, asked for by number, are `undefined`. */
export class DatasetVersions {
  constructor(
    /** Oldest first, without gaps, up to the newest that is in both tables; 0 is the empty tables. */
    readonly listed: readonly DatasetVersion[],
    /** Whether the app's newest commit is in one table and was lost in the other. */
    readonly half: boolean,
    /** The highest number that was ever given. */
    readonly highest: number,
  ) {}

  at(version: number): DatasetVersion | undefined {
    return this.listed[version - (this.oldest?.version ?? 0)];
  }

  get oldest(): DatasetVersion | undefined {
    return this.listed[0];
  }

  get newest(): DatasetVersion | undefined {
    return this.listed.at(-1);
  }
}

export function datasetVersions(
  pokemonLog: readonly TableVersion[],
  identitiesLog: readonly TableVersion[],
): DatasetVersions {
  const pokemon = stretches(pokemonLog);
  const identities = stretches(identitiesLog);
  const [mostPokemon, mostIdentities] = [pokemon, identities].map(
    (table) => table.at(-1)?.number ?? -1,
  ) as [number, number];
  // Nothing is known about a lost table; the other one still says which versions there were.
  const lost = mostPokemon < 0 || mostIdentities < 0;
  const newest = (lost ? Math.max : Math.min)(mostPokemon, mostIdentities);
  const numbers = [...new Set([...pokemon, ...identities].map(({ number }) => number))]
    .filter((number) => number <= newest)
    .sort((a, b) => a - b);
  const others = Math.max(othersAfter(pokemon, newest), othersAfter(identities, newest));
  const top = newest + (newest < 0 ? 0 : others);
  const listed: DatasetVersion[] = [];
  for (let version = numbers[0] ?? 0; version <= top; version += 1) {
    const from = numbers.findLast((number) => number <= version);
    const until = numbers.find((number) => number > version) ?? top + 1;
    const place = from === undefined ? null : { from, until, version };
    listed.push(tell(version, place, pokemon, identities));
  }
  const highest = Math.max(top, mostPokemon, mostIdentities);
  return new DatasetVersions(listed, mostPokemon !== mostIdentities, highest);
}

/** A version among the numbers the app has given: after `from`, before `until`. */
interface Place {
  from: number;
  until: number;
  version: number;
}

function tell(
  version: number,
  place: Place | null,
  pokemon: readonly Stretch[],
  identities: readonly Stretch[],
): DatasetVersion {
  const own = place === null || place.from === version;
  const made = [pokemon, identities].map((table) =>
    table.find((stretch) => stretch.number === place?.from),
  );
  const commits = own
    ? made.flatMap((stretch) => stretch?.commit ?? [])
    : made.flatMap((stretch) => stretch?.others[version - (place?.from ?? 0) - 1]?.commit ?? []);
  const [working, lookup] = [stateAt(made[0], place), stateAt(made[1], place)];
  const dated = commits.length > 0 ? commits : [working, lookup].filter((state) => state !== null);
  const times = dated.map(({ timestamp }) => timestamp);
  const infos = commits.map(({ info }) => info);
  return {
    version,
    own,
    timestamp: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    metadata: own ? (infos.map(metadataOf).find((metadata) => metadata !== null) ?? null) : null,
    program: own ? null : (infos.map(programOf).find((program) => program !== null) ?? null),
    commit: own ? (made[0]?.commit ?? null) : null,
    pokemon: working,
    identities: lookup,
  };
}

function programOf({ engineInfo, ...rest }: TableVersion['info']): string | null {
  const told = engineInfo ?? rest['clientVersion'];
  return typeof told === 'string' && !told.startsWith(APP_NAME) ? told : null;
}

function stateAt(stretch: Stretch | undefined, place: Place | null): TableVersion | null {
  if (stretch === undefined || place === null) return null;
  const { from, until, version } = place;
  const { others, settled } = stretch;
  if (version === from || others.length === 0) return settled;
  // Commits between two of the app's that exceed the free numbers belong to the last of those.
  const index = version === until - 1 ? others.length : Math.min(version - from, others.length);
  return others[index - 1]?.settled ?? settled;
}

function stretches(log: readonly TableVersion[]): Stretch[] {
  const found: Stretch[] = [];
  for (const commit of log) {
    const number = datasetVersion(commit);
    const last = found.at(-1);
    if (number !== null && (isOwn(commit) || last?.number !== number)) {
      if (last !== undefined && last.number >= number) found.pop();
      found.push({ number, commit, settled: commit, others: [] });
    } else if (last !== undefined) {
      const other = last.others.at(-1);
      if (commit.changesRows) last.others.push({ commit, settled: commit });
      else settle(other ?? last, commit);
    }
  }
  return found;
}

/**
 * Housekeeping that replaced files: the old ones may be deleted. Where it replaced none (a property,
 * a protocol feature), the rows are read as before.
 */
function settle(state: { settled: TableVersion }, commit: TableVersion): void {
  if (commit.adds.length + commit.removes.length > 0 || state.settled.snapshot === null) {
    state.settled = commit;
  }
}

function othersAfter(table: readonly Stretch[], number: number): number {
  return table.find((stretch) => stretch.number === number)?.others.length ?? 0;
}
