import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { Pool } from 'undici';

/**
 * The plainest durable fetch in Node.js, which checks nothing: GET, hash, write, flush, rename.
 * `bare-fetch URL IDS FOLDER CONCURRENCY`
 */
const [url, ids, folder, concurrency] = process.argv.slice(2);
const { origin, pathname } = new URL(url);
const pool = new Pool(origin, { connections: Number(concurrency) });
const limit = pLimit(Number(concurrency));
mkdirSync(folder);

async function land(id) {
  const { statusCode, body } = await pool.request({
    path: `${pathname}/pokemon/${id}/`,
    method: 'GET',
  });
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
  const bytes = Buffer.from(await body.arrayBuffer());
  createHash('sha256').update(bytes).digest('hex');
  const file = await open(join(folder, `${id}.tmp`), 'wx');
  await file.writeFile(bytes);
  await file.datasync();
  await file.close();
  await rename(join(folder, `${id}.tmp`), join(folder, `${id}.json`));
}

await Promise.all(JSON.parse(readFileSync(ids, 'utf8')).map((id) => limit(() => land(id))));
await pool.close();
