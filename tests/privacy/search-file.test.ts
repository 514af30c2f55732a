import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { erasedRow } from '../../src/main/base/erased-subjects';
import { isNamedIn, isNamedInFile } from '../../src/main/privacy/search-file';
import { type Subject, SubjectWords } from '../../src/main/privacy/subject-words';
import { temporaryFolder } from '../helpers/temporary-folder';

const KEY = '3f2a00112233445566778899aabbccdd';

function words(...subjects: (Partial<Subject> & { id: number; name: string })[]): SubjectWords {
  return new SubjectWords(
    subjects.map((subject) => ({
      species: subject.name,
      order: null,
      sprite: null,
      document: null,
      stands: erasedRow(KEY, -1),
      ...subject,
    })),
  );
}

const CHARIZARD = words({ id: 6, name: 'charizard', order: 7, sprite: 'https://x.test/a/6.png' });

test.each([
  ['in other case', 'and CHARIZARD, too'],
  ['as UTF-16', Buffer.from('x Charizard x', 'utf16le')],
  ['as UTF-16, the high byte first', Buffer.from('x Charizard x', 'utf16le').swap16()],
  ['as JSON with escapes', '{"a":"\\u0043hariz\\u0061rd"}'],
  ['as Base64', Buffer.from('Charizard').toString('base64')],
  ['as Base64 from its second byte', Buffer.from('1Charizard').toString('base64')],
  ['as Base64 from its third byte', Buffer.from('12charizard34').toString('base64')],
  ['packed', gzipSync('who\nCharizard\n')],
  ['packed behind something', Buffer.concat([Buffer.from('head'), gzipSync('charizard')])],
  ['packed twice', gzipSync(gzipSync('charizard'))],
  ['as the URL of the document', 'https://pokeapi.co/api/v2/pokemon/6/'],
  ['as the URL of the species', '"https://pokeapi.co/api/v2/pokemon-species/6"'],
  ['as the picture', 'https://elsewhere.test/sprites/6.png'],
])('a subject is found %s', (_, content) => {
  expect(isNamedIn(Buffer.from(content), CHARIZARD, false)).toBe(true);
});

test.each([
  ['another form', 'charizard-mega-x'],
  ['a game', 'lets-go-charizard-lets-go-eevee'],
  ['a longer word', 'Charizardite'],
  ['another number', 'https://pokeapi.co/api/v2/pokemon/60/ /16.png {"id":6.5} 6'],
])('what names %s is not taken for it', (_, content) => {
  expect(isNamedIn(Buffer.from(content), CHARIZARD, true)).toBe(false);
});

test('by number it is found only where JSON has it as an id', () => {
  const found = (text: string) => isNamedIn(Buffer.from(text), CHARIZARD, true);
  expect(found('{"id": 6}')).toBe(true);
  expect(found('{"id":"6"}')).toBe(true);
  expect(found('{"ids":[3,6,9]}')).toBe(true);
  expect(found('{"id":16,"ids":[3,60],"weight":6}')).toBe(false);
  expect(found('{"id":"6f0c2f3e-1b7c-4f6e-9d55-6f0c2f3e1b7c"}')).toBe(false);
});

test('a name that a window of a large file cuts in two is found', async () => {
  const path = join(await temporaryFolder(), 'large.txt');
  const content = Buffer.alloc(70 * 1024 * 1024, '.');
  content.write(' charizard ', 64 * 1024 * 1024 - 5);
  await writeFile(path, content);
  expect(await isNamedInFile(path, CHARIZARD, false)).toBe(true);
});

test('texts and filters have what stands for the subject, and say the same of others', () => {
  const { id, name } = erasedRow(KEY, -1);
  expect(
    CHARIZARD.replacedIn({
      title: 'Charizard and Charmeleon',
      compared: ['6', '9'],
      filters: [
        { kind: 'one-of', columns: ['id'], values: [6, 9] },
        { kind: 'range', column: 'weight', min: 6, max: 6 },
        { kind: 'one-of', columns: ['name'], values: ['Charizard'] },
      ],
      rows: [{ id: 6, name: 'Charizard', column: 'order', before: 7, after: 8 }],
    }),
  ).toEqual({
    title: `${name} and Charmeleon`,
    compared: [String(id), '9'],
    filters: [
      { kind: 'one-of', columns: ['id'], values: [id, 9] },
      { kind: 'range', column: 'weight', min: 6, max: 6 },
      { kind: 'one-of', columns: ['name'], values: [name] },
    ],
    rows: [{ id, name, column: 'order', before: null, after: null }],
  });
});

test('a query is about a subject by its name or its number', () => {
  expect(CHARIZARD.areInQuery("SELECT * FROM pokemon WHERE name = 'Charizard'")).toBe(true);
  expect(CHARIZARD.areInQuery('SELECT * FROM pokemon WHERE "order" = 7')).toBe(true);
  expect(CHARIZARD.areInQuery('SELECT * FROM pokemon WHERE id IN (1, 6)')).toBe(true);
  expect(CHARIZARD.areInQuery('SELECT * FROM pokemon WHERE id = 16 AND hp > 6')).toBe(false);
});
