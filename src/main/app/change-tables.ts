import {
  CHANGES_FIRST_VIEW,
  CHANGES_VIEW,
  changesDataset,
} from '../../preload/contract/changes-dataset';
import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { stampsOf } from '../base/file-stamps';
import { nothingPublished } from '../base/published-file';
import type { NamedScan } from '../engine/engine-messages';
import { writeChanges } from '../warehouse/read-changes';
import type { Dataset } from './dataset';
import type { OpenedTable } from './opened-table';
import type { OpenedTables } from './opened-tables';
import type { OwnTable } from './own-table';
import type { ResultFiles } from './result-files';

const MEMORY = '1GB';

/** The console's engine loads one version while another one still answers. */
const MOST_KEPT = 2;

interface MadeFile {
  path: string;
  remove(): Promise<void>;
}

/** What changed up to a version, as a private Parquet file. */
export class ChangeFiles {
  private readonly made = new Map<number, Promise<MadeFile>>();

  constructor(
    private readonly paths: DataPaths,
    private readonly files: ResultFiles,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** As SQL sees it; null where it cannot be told: the data are there to be asked all the same. */
  async scan(version: number): Promise<NamedScan | null> {
    try {
      const { path } = await this.of(version);
      return { name: CHANGES_VIEW, from: { parquet: path }, files: await stampsOf([path]) };
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  async write(version: number): Promise<MadeFile> {
    const file = await this.files.newFile('parquet');
    const database = await Database.open({ memoryLimit: MEMORY });
    try {
      await writeChanges(database, this.paths, { to: version }, file.path);
      return file;
    } catch (error) {
      await file.remove();
      throw error;
    } finally {
      database.close();
    }
  }

  private async of(version: number): Promise<MadeFile> {
    const made = this.made.get(version) ?? this.write(version);
    this.made.set(version, made);
    try {
      const file = await made;
      const [oldest] = this.made.keys();
      if (this.made.size > MOST_KEPT && oldest !== undefined && oldest !== version) {
        const old = this.made.get(oldest);
        this.made.delete(oldest);
        await (await old)?.remove();
      }
      return file;
    } catch (error) {
      this.made.delete(version);
      throw error;
    }
  }
}

/** What changed as a table of its own, up to the version that is shown. */
export class ChangeTables {
  constructor(
    private readonly dataset: Dataset,
    private readonly opened: OpenedTables,
    private readonly changes: ChangeFiles,
  ) {}

  /** Rejects with `no-data`. */
  async open(): Promise<OpenedTable> {
    const { info } = this.dataset;
    if (info === null) throw nothingPublished();
    const { version } = info;
    const own: OwnTable = {
      id: `changes ${version}`,
      kind: 'changes',
      sqlName: CHANGES_VIEW,
      isView: true,
      likePublished: false,
      describe: (rows) => changesDataset(version, rows),
      firstView: CHANGES_FIRST_VIEW,
    };
    return this.opened.openOwn(own, async () => {
      const { path, remove } = await this.changes.write(version);
      return { path, title: 'Changes', uploaded: true, own, release: remove };
    });
  }
}
