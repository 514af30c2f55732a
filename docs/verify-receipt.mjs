// Checks the signature of a receipt of an erasure, without the app:
//
//   node verify-receipt.mjs RECEIPT.json [PUBLIC_KEY]
//
// It tells whether every byte is as it was signed, and by which key. Whoever is given a receipt compares
// that key with the one of an earlier receipt of the same data folder, or names it as PUBLIC_KEY. What is in
// the data folder now is checked by `pokedex erase --verify RECEIPT.json`.
// Ends with 0 where the receipt is sound, 1 where it is not, 2 where it cannot be read.
import { Buffer } from 'node:buffer';
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

// What comes before the 32 bytes of an ed25519 key. Source: RFC 8410, section 4.
const START = Buffer.from('302a300506032b6570032100', 'hex');

function problemOf(text, expectedKey) {
  const { receipt, public_key, signature, ...rest } = JSON.parse(text);
  // Written again it has to be the same text, so that no byte can differ unseen.
  const whole = `${JSON.stringify({ receipt, public_key, signature }, null, 2)}\n`;
  if (Object.keys(rest).length > 0 || whole !== text) return 'it is not as it was written';
  const key = Buffer.from(public_key, 'base64');
  if (key.length !== 32 || key.toString('base64') !== public_key) return 'its key is no key';
  if (expectedKey !== undefined && expectedKey !== public_key) return 'it has another key';
  const publicKey = createPublicKey({
    key: Buffer.concat([START, key]),
    format: 'der',
    type: 'spki',
  });
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.toString('base64') !== signature) return 'its signature is no signature';
  const signed = Buffer.from(JSON.stringify(receipt));
  return verify(null, signed, publicKey, bytes) ? null : 'its signature is of something else';
}

const [path, expectedKey] = process.argv.slice(2);
try {
  if (path === undefined) throw new Error('name the receipt: node verify-receipt.mjs RECEIPT.json');
  const text = readFileSync(path, 'utf8');
  const problem = problemOf(text, expectedKey);
  if (problem !== null) {
    console.error(`Not sound: ${problem}.`);
    process.exitCode = 1;
  } else {
    const { receipt, public_key } = JSON.parse(text);
    console.log(
      `Sound: ${receipt.subjects} erased on ${receipt.erased_at}, ${receipt.files.length} files.`,
    );
    console.log(`Signed with ${public_key}`);
  }
} catch (error) {
  console.error(error instanceof SyntaxError ? 'This is no receipt.' : error.message);
  process.exitCode = 2;
}
