/**
 * Whether a text that is no JSON could be the beginning of one: the parser met its end, or the zeros that a
 * file has where its copy has not come to yet.
 *
 * @param error what JSON.parse threw for `text`
 */
export function isHalfJson(text: string, error: SyntaxError): boolean {
  const end = text.trimEnd().length;
  const zeros = text.search(/\0+$/);
  if (zeros >= 0) return true;
  if (/Unexpected end of JSON input/.test(error.message)) return true;
  const [, position] = /at position (\d+)/.exec(error.message) ?? [];
  return position !== undefined && Number(position) >= end;
}
