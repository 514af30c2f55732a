import { InvalidArgumentError } from 'commander';
import type { NamedPath } from './read-flags';

/** Names that mean something already, in whatever case. */
const TAKEN = ['pokemon', 'changes', 'dataset'];

/** One `--with NAME=PATH` more. */
export function namedPath(text: string, before: NamedPath[] = []): NamedPath[] {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(at, 0));
  const path = text.slice(at + 1);
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name) || path === '') {
    throw new InvalidArgumentError('Give NAME=PATH, the name of letters, figures and _.');
  }
  const same = (other: string) => other.toLowerCase() === name.toLowerCase();
  if (TAKEN.some(same) || before.some((other) => same(other.name))) {
    throw new InvalidArgumentError(`The name ${name} is taken: choose another.`);
  }
  return [...before, { name, path }];
}
