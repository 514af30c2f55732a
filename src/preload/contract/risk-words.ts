import { withSeparators } from './counts';
import type { GeneralStep } from './risk';

/** What a step does to a column, as a person reads it; `number` writes one as the column's are written. */
export function stepWords(
  step: GeneralStep,
  number: (value: number) => string = plainNumber,
): string {
  switch (step.kind) {
    case 'exact':
      return 'given as it is';
    case 'rounded':
      return roundedWords(step, number);
    case 'ranges':
      return rangeWords(step.cuts.map(number));
    case 'moments':
      return `the ${step.to} alone`;
    case 'frequent':
      return `the ${step.values.length} most frequent values, all others as “${step.others}”`;
    case 'beginning':
      return step.characters === 1
        ? 'the first character alone'
        : `the first ${step.characters} characters alone`;
    case 'size':
      return 'how many different members the list has';
    case 'dropped':
      return 'not given';
    default: {
      const never: never = step;
      throw new Error(`unknown step ${JSON.stringify(never)}`);
    }
  }
}

function rangeWords(cuts: readonly string[]): string {
  if (cuts.length === 1) return `below ${cuts[0] ?? ''}, or not`;
  return `${cuts.length + 1} ranges, with cuts at ${cuts.join(', ')}`;
}

function roundedWords(
  { to, bottom, top }: Extract<GeneralStep, { kind: 'rounded' }>,
  number: (value: number) => string,
): string {
  const ends = [
    ...(bottom === null ? [] : [`less than ${number(bottom)} as ${number(bottom)}`]),
    ...(top === null ? [] : [`more than ${number(top)} as ${number(top)}`]),
  ];
  const rounded = to === null ? [] : [`rounded down to a multiple of ${number(to)}`];
  return [...rounded, ...ends].join(', ');
}

function plainNumber(value: number): string {
  return withSeparators(String(value));
}
