import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { dataPaths } from '../src/main/base/data-folder';
import { documentFacts } from '../src/main/pipeline/document-schema';
import { readGatherRun } from '../src/main/pipeline/gather-run';
import { readManifest } from '../src/main/pipeline/landing-manifest';
import {
  readSnapshotInfo,
  SNAPSHOT_DOCUMENTS,
  SNAPSHOT_INFO,
  type SnapshotInfo,
} from '../src/main/pipeline/snapshot-source';

/**
 * Writes the bundled snapshot from a gathered landing folder: the facts that the dataset needs,
 * in the shape gather expects, and nothing else from the documents.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string', default: 'resources/snapshot' },
    /** The day the facts were served, where the folder was filled from a copy. */
    date: { type: 'string' },
    /** The API the facts come from, where the folder was filled from a copy. */
    origin: { type: 'string' },
  },
});

if (values.data === undefined) {
  process.stderr.write(
    'Usage: npm run snapshot -- --data DIR [--date YYYY-MM-DD] [--origin URL]\n',
  );
  process.exit(2);
}
const paths = dataPaths(resolve(values.data));
const run = await readGatherRun(paths.run);
if (run === null || !run.complete || run.gathered_at === null) {
  process.stderr.write(`${values.data} holds no complete gather. Run: pokedex gather --data DIR\n`);
  process.exit(1);
}

const ids = [...(await readManifest(paths.manifest)).keys()].sort((a, b) => a - b);
const lines: string[] = [];
for (const id of ids) {
  const text = await readFile(join(paths.documents, `${id}.json`), 'utf8');
  lines.push(JSON.stringify(documentFacts(JSON.parse(text))));
}
const packed = brotliCompressSync(`${lines.join('\n')}\n`, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
const out = resolve(values.out);
const info: SnapshotInfo = {
  date: values.date ?? run.gathered_at.slice(0, 10),
  // A folder that was itself filled from the snapshot keeps the snapshot's own source.
  origin:
    values.origin ?? (run.source === 'bundled' ? (await readSnapshotInfo(out)).origin : run.source),
  documents: ids.length,
};
await writeFile(join(out, SNAPSHOT_DOCUMENTS), packed);
await writeFile(join(out, SNAPSHOT_INFO), `${JSON.stringify(info, null, 2)}\n`);
process.stdout.write(
  `${ids.length} Pokémon of ${info.date} from ${info.origin}: ${Math.round(packed.length / 1000)} kB.\n`,
);
