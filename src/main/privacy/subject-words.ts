import { datasetColumn } from '../../preload/contract/dataset';
import type { ErasedRow } from '../base/erased-subjects';

/** One subject of an erasure, with every value that names it. */
export interface Subject {
  id: number;
  /** As served, in any case: `charizard`. */
  name: string;
  species: string;
  /** Null where there is none, or others have the same. */
  order: number | null;
  sprite: string | null;
  /** The hash of its document, by which whoever has that knows it again; null where none landed. */
  document: string | null;
  /** What stands for it from now on. */
  stands: ErasedRow;
}

/** Names of a person's own files and texts are found as words; in the data a hyphen belongs to a name. */
const WORD = 'A-Za-z0-9';
const NAME = 'A-Za-z0-9-';

/** Of shorter names Base64 looks like anything else. */
const SHORTEST_ENCODED = 5;

/** Recognizes the subjects of one erasure in texts, and puts what stands for them in their place. */
export class SubjectWords {
  readonly ids: ReadonlySet<number>;
  readonly documents: ReadonlySet<string>;
  private readonly words: RegExp;
  private readonly numbers: RegExp;
  private readonly sqlNumbers: RegExp;
  /** The same as RE2 and JavaScript read them. */
  readonly namePattern: string;
  private readonly name: RegExp;
  private readonly encoded: RegExp | null;
  private readonly asNumberMember: RegExp;

  constructor(readonly subjects: readonly Subject[]) {
    this.ids = new Set(subjects.map(({ id }) => id));
    this.documents = new Set(subjects.flatMap(({ document }) => document ?? []));
    const ids = subjects.map(({ id }) => id).join('|');
    const names = namesOf(subjects).map(escaped).join('|');
    const sprites = subjects.flatMap(({ sprite }) => (sprite === null ? [] : [escaped(sprite)]));
    // Not of forms, whose numbers are others: form 10196 is of another Pokémon than Pokémon 10196.
    const places = [
      `pokemon(?:-species)?/(?:${ids})(?:[^0-9]|$)`,
      `/(?:${ids})\\.(?:png|gif|svg|ogg|json)`,
      ...sprites,
    ].join('|');
    this.words = new RegExp(
      `${places}|(?<![${WORD}])(?:${names})(?![${WORD}])`.replace('(?:[^0-9]|$)', '(?![0-9])'),
      'giu',
    );
    this.namePattern = `(?:^|[^${NAME}])(?:${names})(?:$|[^${NAME}])|${places}`;
    this.name = new RegExp(this.namePattern, 'iu');
    this.numbers = new RegExp(`^(?:${ids})$`);
    this.asNumberMember = new RegExp(
      `"id"\\s*:\\s*(?:(?:${ids})(?![0-9.])|"(?:${ids})")|` +
        `"(?:ids|compared)"\\s*:\\s*\\[[^\\]]*(?<![0-9.-])(?:${ids})(?![0-9.])`,
    );
    const orders = subjects.flatMap(({ order }) => order ?? []);
    const all = [...this.ids, ...orders].join('|');
    const number = `(?<![0-9.])(?:${all})(?![0-9.])`;
    this.sqlNumbers = new RegExp(
      `\\b(?:id|order)"?\\s*(?:(?:==?|<>|!=)\\s*'?${number}|(?:NOT\\s+)?IN\\s*\\([^;)]*?${number})`,
      'i',
    );
    const encoded = namesOf(subjects).flatMap(base64Parts);
    this.encoded = encoded.length === 0 ? null : new RegExp(encoded.map(escaped).join('|'), 'u');
  }

  /** Whether a text that a person or a program wrote names a subject. */
  areIn(text: string): boolean {
    this.words.lastIndex = 0;
    return this.words.test(text);
  }

  /** Whether a query does, by name or by number. */
  areInQuery(sql: string): boolean {
    return this.areIn(sql) || this.sqlNumbers.test(sql);
  }

  /** What the search after an erasure takes for a name, in text that was decoded. */
  isNamed(text: string): boolean {
    return this.name.test(text) || this.encoded?.test(text) === true;
  }

  /** Whether JSON of the app's own has a subject's number as an id. */
  isNumbered(json: string): boolean {
    return this.asNumberMember.test(json);
  }

  isId(text: string): boolean {
    return this.numbers.test(text);
  }

  replaced(text: string): string {
    return text.replace(this.words, (found) => this.standIn(found));
  }

  /** A JSON value with what stands for the subjects in place of their names and numbers. */
  replacedIn(value: unknown, key = ''): unknown {
    if (typeof value === 'string') {
      if (NUMBERED.has(key) && this.isId(value)) return String(this.stands(Number(value)).id);
      return this.replaced(value);
    }
    if (typeof value === 'number') {
      return NUMBERED.has(key) && this.ids.has(value) ? this.stands(value).id : value;
    }
    if (Array.isArray(value)) return value.map((part) => this.replacedIn(part, key));
    if (typeof value !== 'object' || value === null) return value;
    if (this.isIdentityChange(value)) return { ...value, ...this.changeOf(value) };
    const columns = columnsIn(value);
    const entries = Object.entries(value).map(([name, part]) => {
      const within = columns !== null && VALUES.has(name) ? columns : name;
      return [this.replaced(name), this.replacedIn(part, within)];
    });
    return Object.fromEntries(entries);
  }

  private isIdentityChange(value: object): value is { id: number; column: string } {
    const { id, column } = value as { id?: unknown; column?: unknown };
    const isSubject = typeof id === 'number' && this.ids.has(id);
    return isSubject && typeof column === 'string' && datasetColumn(column)?.identity === true;
  }

  private changeOf({ id }: { id: number }) {
    const { id: number, name } = this.stands(id);
    return { id: number, name, before: null, after: null };
  }

  stands(id: number): ErasedRow {
    const subject = this.subjects.find((each) => each.id === id) ?? this.subjects[0];
    if (subject === undefined) throw new Error('an erasure without a subject');
    return subject.stands;
  }

  private standIn(found: string): string {
    const text = found.toLowerCase();
    const subject =
      this.subjects.find(({ name }) => name.toLowerCase() === text) ??
      this.subjects.find(({ id }) => new RegExp(`(?<![0-9])${id}(?![0-9])`).test(text)) ??
      this.subjects[0];
    return subject?.stands.name ?? 'Erased subject';
  }
}

/** Members whose values are numbers of Pokémon. */
const NUMBERED: ReadonlySet<string> = new Set(['id', 'ids', 'compared', 'row']);
/** Members of a filter that have values of its column. */
const VALUES: ReadonlySet<string> = new Set(['values', 'tuples', 'min', 'max']);

/** `id` for a filter of the numbers; null for anything else. */
function columnsIn(value: object): string | null {
  const { column, columns } = value as { column?: unknown; columns?: unknown };
  return column === 'id' || (Array.isArray(columns) && columns.includes('id')) ? 'id' : null;
}

/** The longest first: of `mew` and `mewtwo` the whole name is found. */
function namesOf(subjects: readonly Subject[]): string[] {
  const names = subjects.flatMap(({ name, species }) => [name, species]);
  return [...new Set(names)].sort((a, b) => b.length - a.length);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** What Base64 makes of a name wherever it begins: the characters that depend on the name alone. */
function base64Parts(name: string): string[] {
  if (name.length < SHORTEST_ENCODED) return [];
  const cases = [name, name.charAt(0).toUpperCase() + name.slice(1), name.toUpperCase()];
  return [...new Set(cases)].flatMap((text) =>
    [0, 1, 2].map((before) => {
      const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
      const first = Math.ceil((before * 8) / 6);
      const last = Math.floor((bytes.length * 8) / 6);
      return bytes.toString('base64').slice(first, last);
    }),
  );
}
