import { humanCount } from '../../preload/contract/counts';
import { shortened } from '../../preload/contract/printable';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { countRowChanges } from './compare-states';
import { loadDataset, stateOf, stateThere } from './dataset-state';
import type { Tables } from './read-tables';

/** Most subjects named in a sentence. */
const MOST_NAMED = 5;

/**
 * Changes that other programs made since the app's last version and that the next one undoes, as
 * sentences. None where that version can no longer be read. Compares `last_own` (made here) with
 * `prev`, the tables as held, and `next`.
 */
export async function othersChanges(
  database: Database,
  paths: DataPaths,
  { dataset }: Tables,
): Promise<string[]> {
  const last = dataset.listed.findLast(({ own }) => own);
  const state = stateOf(last);
  if (last === undefined || last === dataset.newest) return [];
  if (state === null || !(await stateThere(paths, state))) return [];
  await loadDataset(database, paths, 'last_own', state);
  const returned = returnNotes(await returnedSubjects(database));
  const changed = await changeNotes(database);
  const notes = [...returned, ...changed];
  return notes.length > 0 || !(await hasStrays(database)) ? notes : [STRAYS];
}

const STRAYS =
  'Another program had added rows to the tables that belong to no Pokémon, or to one that has its row already: they are taken out.';

interface Subject {
  id: number;
  name: string;
  /** Whether its identity was deleted, not only its working row. */
  identity: boolean;
}

/** Subjects of the app's last version that were removed since and that `next` has again. */
async function returnedSubjects(database: Database): Promise<Subject[]> {
  return database.rows<Subject & Record<string, unknown>>(
    `SELECT n.id AS id, n.name AS name, h.id IS NULL AS identity
     FROM next n JOIN last_own USING (id) ANTI JOIN prev USING (id)
     LEFT JOIN identities_held h USING (id) ORDER BY n.id`,
  );
}

function returnNotes(subjects: readonly Subject[]): string[] {
  const erased = subjects.filter(({ identity }) => identity);
  const working = subjects.filter(({ identity }) => !identity);
  const notes: string[] = [];
  if (erased.length > 0) {
    notes.push(
      `Another program had deleted ${named(erased)} from the table identities. Documents are still in landing, so they are in the data again, as new subjects under new pseudonyms; to erase one, take it out of the source or of the games too.`,
    );
  }
  if (working.length > 0) {
    notes.push(
      `Another program had deleted ${named(working)} from the table pokemon. Documents are still in landing, so they are in the data again.`,
    );
  }
  return notes;
}

/** A name may be of any length. */
const LONGEST_NAME = 80;

function named(subjects: readonly Subject[]): string {
  const told = subjects
    .slice(0, MOST_NAMED)
    .map(({ id, name }) => `${shortened(name, LONGEST_NAME)} (${id})`);
  const more = subjects.length - told.length;
  return `${told.join(', ')}${more > 0 ? ` and ${humanCount(more)} more` : ''}`;
}

async function changeNotes(database: Database): Promise<string[]> {
  const { inserted, updated } = await countRowChanges(database, 'last_own', 'prev');
  const did = [
    ...(inserted > 0 ? [`added ${inserted}`] : []),
    ...(updated > 0 ? [`changed ${updated}`] : []),
  ];
  if (did.length === 0) return [];
  return [
    `Another program had ${did.join(' and ')} Pokémon in the tables: they are again what landing says.`,
  ];
}

/** Whether a table holds more rows than the app's last version had, which had one for each subject. */
async function hasStrays(database: Database): Promise<boolean> {
  const { strays } = await database.row<{ strays: boolean }>(
    `SELECT greatest((SELECT count(*) FROM pokemon_held), (SELECT count(*) FROM identities_held))
       > (SELECT count(*) FROM last_own) AS strays`,
  );
  return strays;
}
