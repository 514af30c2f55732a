import { expect, test } from 'vitest';
import { dateWords, sourceAndAge, sourceWords } from '../../src/renderer/components/dataset-words';

test('a source is named with its day and its age', () => {
  const gathered_at = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const bundled = { source: 'bundled', gathered_at };
  expect(sourceAndAge(bundled)).toMatch(/^bundled snapshot of \d+ \w+ \d{4} \(3 days old\)$/);
  const served = { source: 'https://pokeapi.co/api/v2', gathered_at: '2026-08-09T10:00:00.000Z' };
  expect(sourceWords(served)).toBe('pokeapi.co on 9 Aug 2026');
  expect(dateWords(bundled)).toMatch(/^\d+ \w+ \d{4} \(3 days old\)$/);
});

test('documents that other hands put into the landing folder are not called of today', () => {
  const unknown = { source: 'unknown', gathered_at: 'unknown' };
  expect(sourceAndAge(unknown)).toBe('source not known, date not known');
  expect(dateWords(unknown)).toBe('not known');
});

test('a folder is named by its own name, not by the way to it', () => {
  const folder = { source: 'folder:/home/ash/pokédex docs/', gathered_at: '2026-08-09T10:00:00Z' };
  expect(sourceWords(folder)).toBe('folder pokédex docs on 9 Aug 2026');
  expect(sourceWords({ ...folder, source: 'folder:C:\\docs' })).toBe('folder docs on 9 Aug 2026');
});
