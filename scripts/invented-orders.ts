import { Database, quotedText } from '../src/main/base/duckdb';

const COUNTRIES = [
  'Germany',
  'France',
  'Italy',
  'Spain',
  'Poland',
  'Austria',
  'Belgium',
  'Denmark',
];

/**
 * An invented table of orders with 20 columns: keys, times, categories, skewed and normal measures,
 * flags, missing values. The same seed and number of rows make the same values.
 */
function ordersSql(rows: number, seed: number): string {
  /** A number from 0 up to 1 that depends only on the row, the seed and `salt`. */
  const random = (salt: number) =>
    `(hash(i * 1000 + ${salt}, ${seed}) >> 11)::DOUBLE / (1::HUGEINT << 53)::DOUBLE`;
  /** Normal with mean 0 and deviation 1. Source: Box and Muller, 1958. */
  const normal = (salt: number) =>
    `sqrt(-2 * ln(1 - ${random(salt)})) * cos(2 * pi() * ${random(salt + 1)})`;
  /** One of the words; the first ones are the most frequent. */
  const word = (salt: number, words: readonly string[]) =>
    `[${words.map((each) => `'${each}'`).join(', ')}][1 + floor(power(${random(salt)}, 1.7) * ${words.length})::INTEGER]`;
  return `
  SELECT
    i AS order_id,
    'Customer ' || lpad((hash(i, ${seed}) % 50000)::VARCHAR, 5, '0') AS customer,
    TIMESTAMP '2021-01-01' + to_seconds(floor(${random(1)} * 126230400)::BIGINT) AS ordered_at,
    ${word(2, COUNTRIES)} AS country,
    ${word(3, ['Shoes', 'Books', 'Garden', 'Toys', 'Music', 'Food', 'Tools', 'Sport', 'Office'])} AS category,
    ${word(4, ['card', 'invoice', 'transfer', 'cash'])} AS payment,
    ${word(5, ['web', 'shop', 'phone'])} AS channel,
    'https://shop.example/orders/' || i AS page,
    1 + floor(-ln(1 - ${random(6)}) * 3)::INTEGER AS items,
    round(exp(3.2 + 0.9 * ${normal(7)}), 2) AS price_eur,
    round(1.5 + abs(${normal(9)}) * 4, 3) AS weight_kg,
    CASE WHEN ${random(11)} < 0.7 THEN 0 ELSE round(${random(12)} * 0.4, 2) END AS discount,
    CASE WHEN ${random(13)} < 0.1 THEN NULL ELSE 1 + floor(${random(14)} * 5)::INTEGER END AS rating,
    CASE WHEN ${random(15)} < 0.03 THEN NULL ELSE round(48 + 6 * ${normal(16)}, 4) END AS latitude,
    CASE WHEN ${random(15)} < 0.03 THEN NULL ELSE round(10 + 8 * ${normal(18)}, 4) END AS longitude,
    floor(18 + 60 * ${random(20)})::INTEGER AS age,
    round(20 + 9 * ${normal(21)}, 1)::FLOAT AS temperature,
    ${random(23)} < 0.12 AS returned,
    ${random(24)} < 0.35 AS gift,
    (TIMESTAMP '2021-01-01' + to_seconds(floor(${random(1)} * 126230400)::BIGINT))::DATE
      + floor(-ln(1 - ${random(25)}) * 3)::INTEGER AS delivered_on
  FROM range(${rows}) AS every(i) ORDER BY i`;
}

/** The file's ending chooses Parquet or CSV. */
export async function writeOrders(path: string, rows: number, seed = 1): Promise<void> {
  const format = path.endsWith('.csv') ? 'FORMAT csv, HEADER' : 'FORMAT parquet';
  const database = await Database.open({ memoryLimit: '2GB' });
  try {
    await database.run(`COPY (${ordersSql(rows, seed)}) TO ${quotedText(path)} (${format})`);
  } finally {
    database.close();
  }
}
