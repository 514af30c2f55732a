import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { valueOrigin } from '../../src/main/app/value-origin';
import { dataPaths } from '../../src/main/base/data-folder';
import { served, servedMany } from '../helpers/documents';
import { gatherInto, serve } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Of twelve Pokémon the first gets heavier in version 2 and another name in 3; the last is gone in 3. */
async function threeVersions(keepVersions = 30): Promise<string> {
  const data = await temporaryFolder();
  const server = await serve(servedMany(12));
  const publish = async (first: Parameters<typeof served>[0], count: number) => {
    server.documents = [served(first), ...servedMany(count).slice(1)];
    await gatherInto(data, server);
    await processInto(data, { keepVersions });
  };
  await publish({ id: 1, name: 'mon-1', weight: 100 }, 12);
  await publish({ id: 1, name: 'mon-1', weight: 250 }, 12);
  await publish({ id: 1, name: 'renamed', weight: 250 }, 11);
  return data;
}

test('a value’s first version, the value before and its place in the document', async () => {
  const data = await threeVersions();
  const originOf = (id: number, column: string, version = 3) =>
    valueOrigin(dataPaths(data), id, column, version);

  expect(await originOf(1, 'weight')).toMatchObject({
    since: { version: 2 },
    came: false,
    before: 100,
    untold: [],
    gone: null,
    places: ['/weight'],
  });
  // Made of two values, and changed with one of them.
  expect(await originOf(1, 'bmi')).toMatchObject({
    since: { version: 2 },
    places: ['/weight', '/height'],
  });
  expect(await originOf(1, 'name')).toMatchObject({ since: { version: 3 }, before: 'Mon-1' });
  // As of version 1 it was not heavier yet.
  expect(await originOf(1, 'weight', 1)).toMatchObject({ since: { version: 1 }, came: true });
  expect(await originOf(2, 'weight')).toMatchObject({
    since: { version: 1 },
    came: true,
    before: null,
    gone: null,
  });
  expect(await originOf(12, 'weight')).toMatchObject({
    since: { version: 1 },
    gone: { version: 3 },
    places: [],
  });
});

test('what can no longer be told is said, and is no error', async () => {
  const data = await threeVersions(1);
  const paths = dataPaths(data);
  await rm(paths.changes, { recursive: true });
  expect(await valueOrigin(paths, 2, 'weight', 3)).toMatchObject({
    since: null,
    before: null,
    untold: [1, 2],
    gone: null,
    places: ['/weight'],
  });
  // What the newest version changed is told from it and the one before, as long as that is there.
  expect(await valueOrigin(paths, 1, 'name', 3)).toMatchObject({ since: { version: 3 } });
});
