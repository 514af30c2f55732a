import type { DatasetInfo } from '../../preload/contract/calls';
import {
  type ColumnCorrections,
  correctedDataset,
  NOTHING_CORRECTED,
} from '../../preload/contract/column-corrections';
import { DEFAULT_GAMES } from '../../preload/contract/dataset';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { sameJson } from '../../preload/contract/merge-changes';
import type { CorrectedColumns } from '../../preload/contract/opened';
import type { NewView } from '../../preload/contract/view-format';
import { pokemonDataset } from '../shaping/pokemon-dataset';
import { pokemonView } from '../shaping/pokemon-view';
import type { RecentFiles } from './recent-files';

const NO_DATA = { version: 0, rows: 0 };

/** The published data as a person has corrected their columns. */
export class PublishedColumns {
  private corrected = NOTHING_CORRECTED;
  private made: { of: object; described: DatasetDescriptor } | null = null;

  constructor(
    private readonly recent: RecentFiles,
    private readonly dataset: { readonly info: DatasetInfo | null },
  ) {}

  /** The same object for as long as data and corrections are the same. */
  described(info: Pick<DatasetInfo, 'version' | 'rows'>): DatasetDescriptor {
    if (this.made?.of !== info) {
      // Rows keep the key they were published with.
      const described = correctedDataset(pokemonDataset(info), this.corrected, () => false);
      this.made = { of: info, described };
    }
    return this.made.described;
  }

  get now(): CorrectedColumns {
    const { info } = this.dataset;
    const firstView: NewView = pokemonView(info?.games ?? DEFAULT_GAMES);
    return { described: this.described(info ?? NO_DATA), firstView, columns: this.corrected };
  }

  /** Takes up what is remembered, which another program may have changed. */
  async refresh(): Promise<CorrectedColumns> {
    this.take((await this.recent.correctedOf(null)).columns);
    return this.now;
  }

  /** Rejects where they cannot be remembered; nothing is corrected then. */
  async correct(columns: ColumnCorrections): Promise<CorrectedColumns> {
    await this.recent.rememberColumns(null, columns);
    this.take(columns);
    return this.now;
  }

  private take(columns: ColumnCorrections): void {
    if (sameJson(columns, this.corrected)) return;
    this.corrected = columns;
    this.made = null;
  }
}
