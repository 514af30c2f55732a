/** Reloads in a row at most, and after how long a row counts as over. */
const RELOADS = 3;
const FORGIVEN_AFTER_MS = 60_000;

/** True while another reload is allowed; it then counts. Times are epoch milliseconds. */
export function createReloadLimit(): (now: number) => boolean {
  let recent: number[] = [];
  return (now) => {
    recent = recent.filter((time) => now - time < FORGIVEN_AFTER_MS);
    if (recent.length >= RELOADS) return false;
    recent.push(now);
    return true;
  };
}
