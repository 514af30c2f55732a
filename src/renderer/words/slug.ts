/** What is written for machines, as words: `solar-power` → `Solar Power`. */
export function slugWords(text: string): string {
  return text
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
