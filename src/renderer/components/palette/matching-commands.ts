interface Named {
  title: string;
  group: string;
  words?: string;
}

/** Commands in which every word of the text begins a word of the title, the group or `words`. */
export function matchingCommands<Found extends Named>(
  commands: readonly Found[],
  text: string,
): Found[] {
  const wanted = words(text);
  return commands.filter(({ title, group, words: others = '' }) => {
    const known = words(`${title} ${group} ${others}`);
    return wanted.every((word) => known.some((other) => other.startsWith(word)));
  });
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
