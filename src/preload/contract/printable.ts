/**
 * What steers a terminal, or turns the text around it: control characters of both sets, marks and
 * overrides of direction, separators of lines, halves of characters.
 */
const STEERING =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** Text of a source or a file as it may be shown: names come from there, not from us. */
export function printable(text: string): string {
  return text.replace(STEERING, '�');
}

/** The same of a text that may have several lines. */
export function printableLines(text: string): string {
  return text.split(/\r?\n/).map(printable).join('\n');
}

/** Longer sentences are cut: a name in them may be of any length. */
const LONGEST_TOLD = 2_000;

/** A sentence as a person is told it, whatever came into it from a source or a file. */
export function toldText(text: string): string {
  return shortened(printableLines(text), LONGEST_TOLD);
}

/** The text, or its beginning and an ellipsis where it is longer than `most` characters. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The same JSON in signs that steer no terminal, which JSON leaves some of unescaped. */
export function inertJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
