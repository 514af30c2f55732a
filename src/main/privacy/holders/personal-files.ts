import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DataPaths } from '../../base/data-folder';
import { namesIn } from '../../base/durable-file';
import { filesBelow } from '../own-walk';
import type { ErasureWork, Holder } from '../holder';
import { rewriteJson, rewriteLines, rewriteText } from '../rewrite-json';
import { isNamedInFile } from '../search-file';
import { withShortLock } from '../../base/short-lock';

/** The file and what was put aside of it because it was not JSON. */
function isEdited(name: string): (path: string) => boolean {
  const pattern = new RegExp(`^${name}(?:\\.broken-[\\d-]+)?\\.json$`);
  return (path) => pattern.test(path);
}

async function editedFiles({ data }: DataPaths, name: string): Promise<string[]> {
  const isOne = isEdited(name);
  return (await namesIn(data)).filter(isOne).map((each) => join(data, each));
}

/** Has what stands for the subjects in place of them. */
async function replaceIn(work: ErasureWork, path: string, lock?: string): Promise<void> {
  await rewriteJson(path, work.words, (json) => work.words.replacedIn(json), lock);
}

const settings: Holder = {
  what: 'settings: how the explorer was left, and what is compared',
  keepsSubjects: true,
  owns: isEdited('settings'),
  async erase(work) {
    const lock = `${work.paths.settings}.lock`;
    for (const path of await editedFiles(work.paths, 'settings')) {
      await replaceIn(work, path, lock);
    }
  },
};

const sqlHistory: Holder = {
  what: 'queries that were run',
  keepsSubjects: true,
  owns: isEdited('sql-history'),
  async erase({ paths, words }) {
    for (const path of await editedFiles(paths, 'sql-history')) {
      await rewriteJson(
        path,
        words,
        (json) => {
          const read = z.looseObject({ queries: z.array(z.unknown()) }).safeParse(json);
          if (!read.success) return words.replacedIn(json);
          const queries = read.data.queries.filter(
            (query) => !words.areInQuery(typeof query === 'string' ? query : JSON.stringify(query)),
          );
          return { ...read.data, queries };
        },
        `${paths.sqlHistory}.lock`,
      );
    }
  },
};

const recent: Holder = {
  what: 'which files were opened, and what was corrected of them',
  keepsSubjects: true,
  owns: isEdited('recent'),
  async erase({ paths, words }) {
    for (const path of await editedFiles(paths, 'recent')) {
      await rewriteJson(
        path,
        words,
        (json) => {
          const read = z.looseObject({ recent: z.array(z.unknown()) }).safeParse(json);
          if (!read.success) return words.replacedIn(json);
          const kept = read.data.recent.filter((entry) => !words.areIn(JSON.stringify(entry)));
          return words.replacedIn({ ...read.data, recent: kept });
        },
        `${paths.recent}.lock`,
      );
    }
  },
};

const views: Holder = {
  what: 'saved views',
  keepsSubjects: true,
  owns: (path) => /^views\/[^/]+\.json$/.test(path),
  async erase(work) {
    const folder = join(work.paths.data, 'views');
    for (const name of await namesIn(folder)) {
      if (work.words.areIn(name)) await rm(join(folder, name), { force: true });
      else if (name.endsWith('.json')) await replaceIn(work, join(folder, name));
    }
  },
};

const ledgerSchema = z.looseObject({
  rules: z.record(z.string(), z.unknown()),
  firings: z.array(z.looseObject({ rule: z.string() })),
  outgoing: z.array(z.looseObject({ rule: z.string() })),
});

const alerts: Holder = {
  what: 'alerts: rules, what fired, and what is still to be sent',
  keepsSubjects: true,
  owns: (path) => /^alerts\/(?:rules\/[^/]+|ledger(?:\.broken-[\d-]+)?)\.json$/.test(path),
  async erase(work) {
    const { paths, words } = work;
    for (const name of await namesIn(paths.alertRules)) {
      const path = join(paths.alertRules, name);
      // A rule goes by its file's name, which is also what is sent of it.
      if (words.areIn(name)) await rm(path, { force: true });
      else if (name.endsWith('.json')) await replaceIn(work, path);
    }
    const lock = `${paths.alertLedger}.lock`;
    const folder = join(paths.data, 'alerts');
    for (const name of await namesIn(folder)) {
      if (!/^ledger.*\.json$/.test(name)) continue;
      await rewriteJson(
        join(folder, name),
        words,
        (json) => {
          const read = ledgerSchema.safeParse(json);
          if (!read.success) return words.replacedIn(json);
          const { rules, firings, outgoing, ...rest } = read.data;
          const isKept = ({ rule }: { rule: string }) => !words.areIn(rule);
          return words.replacedIn({
            ...rest,
            rules: Object.fromEntries(Object.entries(rules).filter(([rule]) => isKept({ rule }))),
            firings: firings.filter(isKept),
            outgoing: outgoing.filter(isKept),
          });
        },
        lock,
      );
    }
  },
};

const messageSchema = z.looseObject({ id: z.string(), url: z.string(), body: z.string() });
const bookSchema = z.looseObject({ endpoints: z.record(z.string(), z.unknown()) });

const deliveries: Holder = {
  what: 'messages to webhooks: those that wait, and those that were sent',
  keepsSubjects: true,
  owns: (path) => /^deliveries\/(?:endpoints\.json|(?:waiting|done)\/[^/]+\.json)$/.test(path),
  async erase({ paths, words }) {
    if ((await namesIn(paths.deliveries)).length === 0) return;
    await withShortLock(join(paths.deliveries, 'deliveries.lock'), async () => {
      for (const folder of ['waiting', 'done'].map((each) => join(paths.deliveries, each))) {
        for (const name of await namesIn(folder)) {
          if (!name.endsWith('.json')) continue;
          await rewriteJson(join(folder, name), words, (json) => {
            const read = messageSchema.safeParse(json);
            if (!read.success) return words.areIn(JSON.stringify(json)) ? null : json;
            const { body, ...rest } = read.data;
            if (words.areIn(JSON.stringify(rest))) return null;
            return { ...rest, body: replacedBody(body, (value) => words.replacedIn(value)) };
          });
        }
      }
      await rewriteJson(join(paths.deliveries, 'endpoints.json'), words, (json) => {
        const { endpoints, ...rest } = bookSchema.parse(json);
        const kept = Object.entries(endpoints).filter(([url]) => !words.areIn(url));
        return { ...rest, endpoints: Object.fromEntries(kept) };
      });
    });
  },
};

function replacedBody(body: string, replaced: (value: unknown) => unknown): string {
  const json: unknown = JSON.parse(body);
  const now = JSON.stringify(replaced(json));
  return now === JSON.stringify(json) ? body : now;
}

const runs: Holder = {
  what: 'when refreshes of a schedule were due and how they ended',
  keepsSubjects: true,
  owns: (path) => path === 'runs.ndjson',
  erase: ({ paths, words }) => rewriteLines(paths.runs, words, (line) => words.replacedIn(line)),
};

const log: Holder = {
  what: 'the log of the app',
  keepsSubjects: true,
  owns: (path) => /^log\/pokedex(?:\.\d+)?\.log$/.test(path),
  async erase({ paths, words }) {
    for (const name of await namesIn(paths.log)) await rewriteText(join(paths.log, name), words);
  },
};

const uploads: Holder = {
  what: 'copies of files that a page in a browser handed over, until their table is closed',
  // A person's own: their numbers mean what the person knows.
  keepsSubjects: false,
  owns: (path) => path.startsWith('uploads/'),
  async erase({ paths, words }) {
    for (const name of await filesBelow(paths.uploads)) {
      const path = join(paths.uploads, ...name.split('/'));
      if (words.areIn(name) || (await isNamedInFile(path, words, false))) {
        await rm(path, { force: true });
      }
    }
  },
};

export const PERSONAL_HOLDERS: readonly Holder[] = [
  settings,
  sqlHistory,
  recent,
  views,
  alerts,
  deliveries,
  runs,
  log,
  uploads,
];
