import { expect, test } from 'vitest';
import { counted, humanCount, withSeparators } from '../../src/preload/contract/counts';
import { issueWords } from '../../src/preload/contract/issue-words';
import { z } from 'zod';
import { lostDocuments, incompleteGather } from '../../src/main/pipeline/incomplete-gather';
import { elsewhereWords, refusalWords } from '../../src/main/pipeline/refusal-words';
import { FetchProblem } from '../../src/main/pipeline/fetch-problem';

test('a number in a sentence has a separator every three digits of its whole part', () => {
  expect([0, 7, 999, 1000, 1351, 12_345, 1_234_567].map(humanCount)).toEqual([
    '0',
    '7',
    '999',
    '1,000',
    '1,351',
    '12,345',
    '1,234,567',
  ]);
  expect(['1234.5678', '0.1234567', '-1234567.25', '1e+21'].map(withSeparators)).toEqual([
    '1,234.5678',
    '0.1234567',
    '-1,234,567.25',
    '1e+21',
  ]);
  expect([0, 1, 1351].map((count) => counted(count, 'retry', 'retries'))).toEqual([
    '0 retries',
    '1 retry',
    '1,351 retries',
  ]);
});

test('what a gather says of a thousand documents has them', () => {
  const failed = Array.from({ length: 1351 }, (_, id) => ({ id, reason: 'answered 404' }));
  expect(
    incompleteGather({ failed, listed: 1351, refusal: null, can_do_without: true }).message,
  ).toBe('1,351 of 1,351 documents did not arrive: number 0, number 1, number 2 and 1,348 more.');
  expect(lostDocuments(failed, 2000).message).toMatch(
    /^1,351 of 2,000 documents are no longer in landing: .* and 1,348 more\.$/,
  );
  const source = new URL('http://a.test/api/v2/');
  const there = { origin: 'http://b.test', base: null, entries: 1351 };
  expect(elsewhereWords(there, source, 1351).message).toContain('names its 1,351 documents at');
  expect(elsewhereWords(there, source, 2000).message).toContain('1,351 of its 2,000 documents at');
  const problem = new FetchProblem('answered 403', 'permanent', { status: 403 });
  expect(refusalWords({ problem, requests: 1024 }, 'http://a.test', 1351).message).toContain(
    'it answered 403, 1,024 requests in a row.',
  );
});

test('what a file is told to be has them', () => {
  const words = (schema: z.ZodType, value: unknown) =>
    schema.safeParse(value).error?.issues.map(issueWords);
  expect(words(z.string().max(10_000), 'x'.repeat(10_001))).toEqual([
    'there are more than 10,000 characters',
  ]);
  expect(words(z.number().max(3600), 3601)).toEqual(['it should be at most 3,600']);
});
