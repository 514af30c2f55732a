/**
 * The value of a JSON text that both JSON.parse and DuckDB's parser accept. They differ in surrogate
 * escapes without their other half, which JSON.parse accepts. Throws SyntaxError.
 *
 * @param text decoded from sound UTF-8
 */
export function parseSoundJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (text.includes('\\u') && hasHalfACharacter(text)) {
    throw new SyntaxError('Half a surrogate pair in JSON');
  }
  return value;
}

/** All escapes, one after the other, a pair of surrogates as one. */
const ESCAPES = /\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\./g;
const HALF_A_PAIR = '\\ud800'.length;

function hasHalfACharacter(text: string): boolean {
  return text.match(ESCAPES)?.some((escape) => escape.length === HALF_A_PAIR) ?? false;
}
