import { parseArgs } from 'node:util';
import { writeOrders } from './invented-orders';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const rows = Number(values.rows);
const seed = Number(values.seed);
if (values.out === undefined || !Number.isSafeInteger(rows) || !Number.isSafeInteger(seed)) {
  process.stderr.write('Usage: tsx scripts/make-table.ts --out FILE [--rows N] [--seed N]\n');
  process.exit(2);
}
await writeOrders(values.out, rows, seed);
