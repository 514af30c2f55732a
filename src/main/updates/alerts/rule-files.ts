import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AlertRule, checkRule, readRule } from '../../../preload/contract/alerts';
import { decodeText } from '../../../preload/contract/decode-text';
import { AppError } from '../../../preload/contract/errors';
import { isMissing, namesIn, OWNER_ONLY, replaceFileContent } from '../../base/durable-file';
import { systemCode } from '../../base/host-error';
import { readBytes } from '../../base/read-text';
import { pokemonDataset } from '../../shaping/pokemon-dataset';

/** Rules are held against columns, which every version has. */
const DATASET = pokemonDataset({ version: 0, rows: 0 });

const OWNER_ALONE_FOLDER = 0o700;

const NAME = /^([A-Za-z0-9][A-Za-z0-9_-]{0,59})\.json$/;

/** A rule as its file has it. */
export type RuleFile = { id: string } & (
  { rule: AlertRule; problem: null } | { rule: null; problem: AppError }
);

/** Reads a rule file's text. Throws `bad-alert` with the place that is wrong. */
export function readPokemonRule(text: string): AlertRule {
  return readRule(text, DATASET);
}

/** The same of a rule that a page has made. */
export function checkPokemonRule(rule: unknown): AlertRule {
  return checkRule(rule, DATASET);
}

/** A folder's rules, one file each; its name is the id. What else is there is passed over. */
export class RuleFiles {
  constructor(private readonly folder: string) {}

  /** By id; a file that cannot be used is among them with what is wrong. */
  async list(): Promise<RuleFile[]> {
    const ids = (await namesIn(this.folder)).flatMap((name) => NAME.exec(name)?.[1] ?? []);
    const files = await Promise.all(ids.sort().map((id) => this.find(id)));
    return files.filter((file) => file !== null);
  }

  /** Null where there is none. */
  async find(id: string): Promise<RuleFile | null> {
    if (!NAME.test(`${id}.json`)) return null;
    try {
      const text = decodeText(await readBytes(this.pathOf(id)));
      return { id, rule: readPokemonRule(text), problem: null };
    } catch (error) {
      if (isMissing(error)) return null;
      const problem =
        error instanceof AppError
          ? error
          : new AppError('bad-alert', 'The rule’s file cannot be read.', {
              hint: 'Check its permissions.',
              cause: error,
            });
      return { id, rule: null, problem };
    }
  }

  /** The rule of that id; throws `no-alert`, or `bad-alert` where its file cannot be used. */
  async get(id: string): Promise<AlertRule> {
    const file = await this.find(id);
    if (file === null) throw noAlert(id);
    if (file.rule === null) throw file.problem;
    return file.rule;
  }

  async write(id: string, rule: AlertRule): Promise<void> {
    await this.putBack(id, `${JSON.stringify(rule, null, 2)}\n`);
  }

  /** A file's content as it was, whatever it holds. */
  async putBack(id: string, content: string | Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: OWNER_ALONE_FOLDER });
    await replaceFileContent(this.pathOf(id), content, OWNER_ONLY);
  }

  /** Resolves to what the file held, byte for byte; null where it could not be read. */
  async remove(id: string): Promise<Uint8Array | null> {
    const file = await this.find(id);
    if (file === null) throw noAlert(id);
    const content = await this.contentOf(id);
    await rm(this.pathOf(id));
    return content;
  }

  private async contentOf(id: string): Promise<Uint8Array | null> {
    try {
      return await readBytes(this.pathOf(id));
    } catch (error) {
      // Removed it can be all the same.
      if (systemCode(error) === null) throw error;
      return null;
    }
  }

  private pathOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

export function noAlert(id: string): AppError {
  return new AppError('no-alert', `There is no alert “${id.slice(0, 60)}”.`, {
    hint: 'The list of alerts has those there are.',
  });
}
