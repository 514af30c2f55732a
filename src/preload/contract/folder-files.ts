/** What became of a file in a folder that is the source. */
export const FILE_OUTCOMES = [
  /** Its documents are in a version. */
  'published',
  /** Its content, or each of its documents, was known already, or changed no row. */
  'unchanged',
  /** Newer files of the same batch had each of its documents. */
  'replaced',
  /** Not whole, not readable yet, or taken up but not published yet. */
  'waiting',
  /** Not what it should be; a copy and the reason are in the quarantine. */
  'quarantined',
  /** It went away before it was whole. */
  'gone',
] as const;

export type FileOutcome = (typeof FILE_OUTCOMES)[number];

/** One file, or one content of a file that was replaced. Times are ISO 8601. */
export interface FolderFile {
  folder: string;
  /** In the folder, with `/` between names. */
  path: string;
  size: number;
  /** Null where it could not be read as a whole. */
  sha256: string | null;
  /** How many documents are in it; null where that is not known. */
  documents: number | null;
  /** What it was taken up with; null where it was not. */
  batch: string | null;
  /** The one version that took it up; null where none did. */
  version: number | null;
  outcome: FileOutcome;
  /** In words; null where the outcome says it all. */
  reason: string | null;
  /** When that was decided. */
  at: string;
}

/** What a gather did with the files of its folder. */
export interface FolderReport {
  /** Files that are in the folder. */
  files: number;
  /** Of those the ones that this gather looked into, because they were new or had changed. */
  read: number;
  /** Files whose documents are to be published. */
  taken_up: number;
  unchanged: number;
  replaced: number;
  /** Files of which nothing was taken up, with the reason. */
  left: Pick<FolderFile, 'path' | 'outcome' | 'reason'>[];
}
