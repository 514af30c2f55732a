import { describe, expect, test } from 'vitest';
import { type Settings, settingsSchema } from '../../src/preload/contract/settings';
import { settingsProblems } from '../../src/renderer/components/settings/validate-settings';

const put = (parts: Partial<Settings>): Settings => ({ ...settingsSchema.parse({}), ...parts });

test('the defaults, the snapshot and a local server can be saved', () => {
  for (const source of [
    put({}).source,
    'bundled',
    'http://127.0.0.1:8080/api/v2',
    'folder:/home/ash',
    'folder:C:\\docs',
  ]) {
    expect(settingsProblems(put({ source }))).toEqual({});
  }
  expect(settingsProblems(put({ games: 'all' }))).toEqual({});
});

describe('what could never work is said at its field before it is saved', () => {
  test.each<[Partial<Settings>, keyof ReturnType<typeof settingsProblems>]>([
    [{ source: '' }, 'source'],
    [{ source: 'folder:' }, 'source'],
    [{ source: 'folder:documents' }, 'source'],
    [{ source: 'pokeapi' }, 'source'],
    [{ source: 'file:///etc/passwd' }, 'source'],
    [{ source: 'javascript:alert(1)' }, 'source'],
    [{ source: 'https://user:secret@pokeapi.co' }, 'source'],
    [{ source: `https://pokeapi.co/${'a'.repeat(2000)}` }, 'source'],
    [{ concurrency: 0 }, 'concurrency'],
    [{ concurrency: 257 }, 'concurrency'],
    [{ concurrency: 1.5 }, 'concurrency'],
    [{ concurrency: Number.NaN }, 'concurrency'],
    [{ games: [] }, 'games'],
  ])('%j', (parts, field) => {
    expect(Object.keys(settingsProblems(put(parts)))).toEqual([field]);
  });
});
