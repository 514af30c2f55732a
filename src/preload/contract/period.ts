const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};
const NAMED: Readonly<Record<string, string>> = { hourly: '1h', daily: '1d', weekly: '1w' };
const LONGEST_MS = 366 * 86_400_000;

/** What a period may be, for whoever wrote another. */
export const PERIOD_HINT =
  'Give hourly, daily, weekly, or a time from 1s to 366d, like 90s, 30m, 24h or 7d.';

/** `hourly`, `daily`, `weekly`, `90s`, `30m`, `24h`, `7d`, `2w` in milliseconds; null for anything else. */
export function periodMs(text: string): number | null {
  const [, digits = '', unit = ''] = /^(\d{1,9})([smhdw])$/.exec(NAMED[text] ?? text) ?? [];
  const ms = Number(digits) * (UNITS[unit] ?? Number.NaN);
  return digits !== '' && ms >= 1000 && ms <= LONGEST_MS ? ms : null;
}
