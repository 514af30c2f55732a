import type { z } from 'zod';
import { humanCount } from './counts';

type Issue = z.core.$ZodIssue;

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

const UNITS: Readonly<Record<string, string>> = { array: 'entries', string: 'characters' };

const MOST_NAMED = 5;
const LONGEST_NAMED = 60;

/** A text of a file, as much of it as a sentence can hold. */
export function shortText(text: string): string {
  return text.length <= LONGEST_NAMED ? text : `${text.slice(0, LONGEST_NAMED)}…`;
}

function unknownKeys(keys: readonly string[]): string {
  const named = keys.slice(0, MOST_NAMED).map(shortText).join('”, “');
  const more = keys.length - MOST_NAMED;
  return `“${named}”${more > 0 ? ` and ${humanCount(more)} more have` : ' has'} no meaning there`;
}

/** What is wrong with a part of a file that a person may have written, without a full stop. */
export function issueWords(issue: Issue): string {
  // The schema may have words of its own.
  if (!/^(Invalid|Too|Unrecognized) /.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys);
    case 'invalid_type': {
      const wanted = TYPES[issue.expected] ?? issue.expected;
      const found = /received (\w+)/.exec(issue.message)?.[1] ?? '';
      if (found === 'undefined') return `${wanted} is missing`;
      return `it should be ${wanted}, not ${TYPES[found] ?? found}`;
    }
    case 'invalid_value':
      return `it should be ${issue.values.map(String).join(' or ')}`;
    case 'too_big':
      if (!(issue.origin in UNITS))
        return `it should be at most ${humanCount(Number(issue.maximum))}`;
      return `there are more than ${humanCount(Number(issue.maximum))} ${UNITS[issue.origin]}`;
    case 'too_small':
      if (!(issue.origin in UNITS))
        return `it should be at least ${humanCount(Number(issue.minimum))}`;
      if (issue.minimum === 1) return 'it is empty';
      return `there are fewer than ${humanCount(Number(issue.minimum))} ${UNITS[issue.origin]}`;
    case 'invalid_union': {
      const options = (issue as { options?: unknown }).options;
      if (!Array.isArray(options)) return 'it is of no kind that can stand there';
      return `it should be ${options.map(String).join(', ')}`.replace(/, ([^,]*)$/, ' or $1');
    }
    default:
      return issue.message;
  }
}
