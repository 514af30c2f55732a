import { withSeparators } from './counts';
import type { GeneralStep } from './risk';

/** What a step does to a column, as a person reads it. */
export function stepWords(step: GeneralStep): string {
  switch (step.kind) {
    case 'exact':
      return 'given as it is';
    case 'rounded':
      return roundedWords(step);
    case 'ranges':
      return step.cuts.length === 1
        ? `below ${number(step.cuts[0])}, or not`
        : `${step.cuts.length + 1} ranges, with cuts at ${step.cuts.map(number).join(', ')}`;
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

function roundedWords({ to, bottom, top }: Extract<GeneralStep, { kind: 'rounded' }>): string {
  const ends = [
    ...(bottom === null ? [] : [`less than ${number(bottom)} as ${number(bottom)}`]),
    ...(top === null ? [] : [`more than ${number(top)} as ${number(top)}`]),
  ];
  const rounded = to === null ? [] : [`rounded down to a multiple of ${number(to)}`];
  return [...rounded, ...ends].join(', ');
}

function number(value: number | undefined): string {
  return value === undefined ? '' : withSeparators(String(value));
}
