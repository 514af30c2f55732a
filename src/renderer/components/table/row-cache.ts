import type { ChartRow } from '../../../preload/contract/chart-query';
import type { Ask } from './row-windows';

/** As many as the engine tells by id at once. */
const AT_ONCE = 100;
/** A page of the quiet reading ahead. */
const PAGE = 200;
const MOST_KEPT = 5000;
/** A dataset of so many rows is read ahead whole. */
const MOST_AHEAD = 2000;
const QUIET_MS = 1000;

/**
 * What rows hold, asked once for a version of the data: a drag changes which rows there are and
 * in what order, never what is in them.
 */
export class RowCache {
  #version: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #rows = new Map<number, ChartRow>();
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** The named rows in this order, without those that are no longer there. */
  async rowsOf(ids: readonly number[], version: number | null): Promise<ChartRow[]> {
    this.#turnTo(version);
    const missing = ids.filter((id) => !this.#rows.has(id));
    const pages = Array.from({ length: Math.ceil(missing.length / AT_ONCE) }, (_, page) =>
      missing.slice(page * AT_ONCE, (page + 1) * AT_ONCE),
    );
    const known = new Map<number, ChartRow | undefined>(ids.map((id) => [id, this.#rows.get(id)]));
    const asked = pages.map((ids) => this.#ask({ query: { kind: 'by-id', ids }, filters: [] }));
    for (const rows of await Promise.all(asked)) {
      for (const row of rows) known.set(Number(row['id']), row);
      this.#keep(rows, version);
    }
    return ids.map((id) => known.get(id)).filter((row) => row !== undefined);
  }

  /** Reads a small dataset whole in a quiet moment, so that no drag waits for rows. */
  readAhead(whole: number, version: number | null): void {
    this.#turnTo(version);
    if (whole > MOST_AHEAD || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#readAll(whole, version), QUIET_MS);
  }

  async #readAll(whole: number, version: number | null): Promise<void> {
    for (let offset = 0; offset < whole && version === this.#version; offset += PAGE) {
      if (this.#rows.size >= whole) return;
      try {
        const query = { kind: 'rows' as const, sort: [], offset, limit: PAGE };
        this.#keep(await this.#ask({ query, filters: [] }), version);
      } catch {
        // Nobody waits for these: whoever needs one asks again and hears why not.
        return;
      }
    }
  }

  #keep(rows: readonly ChartRow[], version: number | null): void {
    if (version !== this.#version) return;
    for (const row of rows) this.#rows.set(Number(row['id']), row);
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= MOST_KEPT) return;
      this.#rows.delete(id);
    }
  }

  #turnTo(version: number | null): void {
    if (version === this.#version) return;
    this.#version = version;
    this.#rows.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
