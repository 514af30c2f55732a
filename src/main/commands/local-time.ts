/** `28 Nov 2026, 21:15 GMT+1`: as the clock on the wall, with the zone it goes by. */
export function localTime(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
    .format(ms)
    .concat(` ${zoneName(ms)}`);
}

function zoneName(ms: number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(ms);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
