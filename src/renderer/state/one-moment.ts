/**
 * A new version is taken up everywhere at one moment: header, cards and table wait for each other, so
 * that none shows another version than the others beside it.
 */

/** Whoever is not there by then follows. */
const LONGEST_MS = 3_000;

interface Moment {
  version: number;
  /** Who is still awaited. */
  missing: Set<string>;
  come: Promise<void>;
  open(): void;
}

/** Who shows the data now, by name. */
const showing = new Map<string, () => boolean>();
let moment: Moment | null = null;

/** Takes part from now on, while `isShowing`; returns what ends that. */
export function takePart(name: string, isShowing: () => boolean): () => void {
  showing.set(name, isShowing);
  return () => {
    showing.delete(name);
    leave(name);
  };
}

/**
 * Begins to await all who show the data, for a version that they ask for now.
 * @param take called at the moment itself, before the others go on
 * @returns false where nobody shows them, so that nothing is awaited
 */
export function awaitAll(version: number, take: () => void): boolean {
  moment?.open();
  const missing = new Set([...showing].flatMap(([name, isIn]) => (isIn() ? [name] : [])));
  if (missing.size === 0) return false;
  let come = () => {};
  const timer = setTimeout(() => moment?.open(), LONGEST_MS);
  moment = {
    version,
    missing,
    come: new Promise<void>((resolve) => (come = resolve)),
    open() {
      clearTimeout(timer);
      moment = null;
      take();
      come();
    },
  };
  return true;
}

/** Has its answers of a version; what it resolves at is the moment to show them. Null for at once. */
export function arrive(name: string, version: number): Promise<void> | null {
  if (moment?.version !== version) return null;
  const { come } = moment;
  leave(name);
  return come;
}

function leave(name: string): void {
  if (moment === null) return;
  moment.missing.delete(name);
  if (moment.missing.size === 0) moment.open();
}
