/** Pixels of a letter of a tooltip's 12-pixel text, and of the space around the text, about. */
const LETTER = 6.6;
const AROUND = 24;
const FEWEST = 16;

/** A tooltip's text with its lines broken so that none is wider than what is seen of its chart. */
export function tipLines(text: string, width: number): string {
  const most = Math.max(FEWEST, Math.floor((width - AROUND) / LETTER));
  return text
    .split('\n')
    .flatMap((line) => broken(line, most))
    .join('\n');
}

/** At a space where there is one, within a word that is longer than a line. */
function broken(line: string, most: number): string[] {
  const lines: string[] = [];
  let rest = [...line];
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most);
    const end = space > most / 3 ? space : most;
    lines.push(rest.slice(0, end).join(''));
    rest = rest.slice(rest[end] === ' ' ? end + 1 : end);
  }
  return [...lines, rest.join('')];
}
