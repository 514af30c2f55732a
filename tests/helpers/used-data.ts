import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { SqlHistory } from '../../src/main/app/sql-history';
import { dataPaths } from '../../src/main/base/data-folder';
import { LogFile } from '../../src/main/base/log-file';
import { SpriteCache } from '../../src/main/sprites/sprite-cache';
import { RunLedger } from '../../src/main/updates/run-ledger';
import { documentText, drop } from './dropped-files';
import { PokeapiServer } from './pokeapi-server';
import { runCli } from './run-cli';
import type { DocumentParts } from './documents';
import { served } from './documents';

const SPRITE = 'https://example.test/sprites/6.png';

/** Three starters in their last forms, and one that shares nothing with them. */
export const DOCUMENTS: readonly DocumentParts[] = [
  { id: 3, name: 'venusaur' },
  { id: 6, name: 'charizard', weight: 905, order: 7 },
  { id: 9, name: 'blastoise' },
  {
    id: 10_034,
    name: 'charizard-mega-x',
    species: { name: 'charizard', url: '' },
    order: 8,
    game_indices: [],
  },
];

/** A data folder in which everything was used that keeps files, with Charizard in all of them. */
export async function usedData(folder: string) {
  const data = join(folder, 'data');
  const paths = dataPaths(data);
  const server = await new PokeapiServer(DOCUMENTS.map(served)).listen();
  onTestFinished(() => server.close());
  const ran = async (...args: string[]) => {
    const { code, stderr } = await runCli([...args, '--data', data]);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  };
  await ran('refresh', '--source', server.url);
  const rule = join(folder, 'rule.json');
  const url = 'http://127.0.0.1:9/hook';
  await writeFile(
    rule,
    JSON.stringify({
      alert: 1,
      title: 'Charizard changed',
      on: { filters: [{ kind: 'one-of', columns: ['id'], values: [6, 9] }] },
      channels: [{ kind: 'webhook', url, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
    }),
  );
  await ran('alerts', 'add', rule);
  const drops = join(folder, 'drops');
  await drop(drops, 'charizard.json', documentText({ ...DOCUMENTS[1], id: 6, weight: 910 }));
  await drop(drops, 'broken.json', '{"id": 6, "name": "charizard", oops}');
  await ran('refresh', '--source', `folder:${drops}`);

  const text = JSON.stringify({
    theme: 'dark',
    workspace: {
      compared: ['6', '9'],
      cards: [
        { id: 'c1', title: 'Charizard and others', filter: { column: 'id', min: 6, max: 6 } },
      ],
    },
  });
  await writeFile(paths.settings, text);
  const history = new SqlHistory(paths.sqlHistory, () => {});
  await history.remember("SELECT * FROM pokemon WHERE name = 'Charizard'");
  await history.remember('SELECT * FROM pokemon WHERE id IN (3, 6)');
  await history.remember('SELECT count(*) FROM pokemon WHERE weight > 6');
  await writeFile(
    paths.recent,
    JSON.stringify({ recent: [{ id: 'a', path: '/tmp/charizard.csv', title: 'charizard.csv' }] }),
  );
  await (
    await new RunLedger(paths.runs).begin(Date.now(), 0)
  )(Date.now(), {
    outcome: 'failed',
    version: null,
    error: 'charizard (6) answered 500',
  });
  new LogFile(paths.log).note('the sprite of charizard did not come');
  const sprites = new SpriteCache(paths.sprites);
  await sprites.open();
  await sprites.put(6, SPRITE, Buffer.from('a picture'));
  await sprites.put(9, 'https://example.test/sprites/9.png', Buffer.from('a picture'));
  await sprites.save();
  await mkdir(join(paths.uploads, 'run'), { recursive: true });
  await writeFile(join(paths.uploads, 'run', 'team.csv.gz'), gzipSync('who\nCharizard\n'));
  await mkdir(join(data, 'views'), { recursive: true });
  await writeFile(join(data, 'views', 'mine.json'), '{"title":"\\u0043harizard first"}');
  await appendFile(paths.runs, '');
  return { data, paths, server, drops };
}
