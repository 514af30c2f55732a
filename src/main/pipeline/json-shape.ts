/**
 * A kind of JSON value; here are the few that a document is made of. zod would do it too, but to
 * load and warm it up in each landing thread takes longer than the check of all documents.
 */
export interface Shape {
  /** Null where the value is of this kind. */
  problem(value: unknown): ShapeProblem | null;
  /** Of a value of this kind, what it names: an object's other members are left out. */
  named(value: unknown): unknown;
}

export interface ShapeProblem {
  /** The keys and indexes that lead to the wrong value, joined by points; empty for the whole. */
  path: string;
  /** `a list`; null where the value is not there at all. */
  expected: string | null;
}

function scalar(expected: string, is: (value: unknown) => boolean): Shape {
  return {
    problem: (value) => (is(value) ? null : wrong(expected, value)),
    named: (value) => value,
  };
}

export const truth = scalar('true or false', (value) => typeof value === 'boolean');

export const text = scalar('text', (value) => typeof value === 'string');

export const someText = scalar('text, not empty', (value) => {
  return typeof value === 'string' && value !== '';
});

/** A whole number, both ends included. */
export function whole(least: number, most: number): Shape {
  return scalar(`a whole number from ${least} to ${most}`, (value) => {
    return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  });
}

export function orNull(shape: Shape): Shape {
  return {
    problem: (value) => (value === null ? null : shape.problem(value)),
    named: (value) => (value === null ? null : shape.named(value)),
  };
}

/** A member that may also be left out. */
export function optional(shape: Shape): Shape {
  return {
    problem: (value) => (value === undefined ? null : shape.problem(value)),
    named: (value) => (value === undefined ? undefined : shape.named(value)),
  };
}

export function list(item: Shape, { least = 0 } = {}): Shape {
  return {
    problem(value) {
      if (!Array.isArray(value)) return wrong('a list', value);
      if (value.length < least) return wrong(`a list of at least ${least}`, value);
      for (let index = 0; index < value.length; index += 1) {
        const problem = item.problem(value[index]);
        if (problem !== null) return within(index, problem);
      }
      return null;
    },
    named: (value) => (Array.isArray(value) ? value.map((inner) => item.named(inner)) : []),
  };
}

/** An object with these members, among others. */
export function object(members: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(members);
  return {
    problem(value) {
      if (!isRecord(value)) return wrong('an object', value);
      for (const [key, member] of entries) {
        const problem = member.problem(value[key]);
        if (problem !== null) return within(key, problem);
      }
      return null;
    },
    named(value) {
      if (!isRecord(value)) return {};
      const kept = entries.map(([key, member]) => [key, member.named(value[key])] as const);
      return Object.fromEntries(kept.filter(([, inner]) => inner !== undefined));
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(expected: string, value: unknown): ShapeProblem {
  return { path: '', expected: value === undefined ? null : expected };
}

function within(key: string | number, { path, expected }: ShapeProblem): ShapeProblem {
  return { path: path === '' ? String(key) : `${key}.${path}`, expected };
}
