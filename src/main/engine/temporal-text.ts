/** Texts of dates and times as DuckDB writes them; the binding's own leave out infinity and DST. */

const DAYS_IN_ERA = 146_097;
const YEARS_IN_ERA = 400;
const POSITIVE_INFINITY = 2n ** 63n - 1n;
const SECONDS_IN_DAY = 86_400n;
/** The last instant of JavaScript's dates, in seconds: zones keep their rules beyond it. */
const LAST_SECOND = 8_640_000_000_000n;

/** `2024-02-29`, `0044-03-15 (BC)`, `infinity`. */
export function dateText(days: number): string {
  if (days === 2 ** 31 - 1) return 'infinity';
  if (days === -(2 ** 31) + 1) return '-infinity';
  // Source: Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, civil_from_days.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / DAYS_IN_ERA);
  const dayOfEra = shifted - era * DAYS_IN_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * YEARS_IN_ERA + (month <= 2 ? 1 : 0);
  const shown = year > 0 ? year : 1 - year;
  return `${padded(shown, 4)}-${padded(month, 2)}-${padded(day, 2)}${year > 0 ? '' : ' (BC)'}`;
}

/** @param perSecond units that a second has: 1, 1,000, 1,000,000 or 1,000,000,000 */
export function timestampText(units: bigint, perSecond: bigint): string {
  return infinityText(units) ?? finiteText(units, perSecond);
}

/** With the zone's offset at that very instant, as in `2024-07-01 08:00:00-04`. */
export function timestampTzText(micros: bigint, zone: string): string {
  const infinity = infinityText(micros);
  if (infinity !== null) return infinity;
  const offset = offsetSeconds(floorDivide(micros, 1_000_000n), zone);
  return `${finiteText(micros + BigInt(offset) * 1_000_000n, 1_000_000n)}${offsetText(offset)}`;
}

function infinityText(units: bigint): string | null {
  if (units === POSITIVE_INFINITY) return 'infinity';
  return units === -POSITIVE_INFINITY ? '-infinity' : null;
}

function finiteText(units: bigint, perSecond: bigint): string {
  const perDay = SECONDS_IN_DAY * perSecond;
  const days = floorDivide(units, perDay);
  const inDay = units - days * perDay;
  const seconds = Number(inDay / perSecond);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const digits = String(perSecond).length - 1;
  const fraction = String(inDay % perSecond)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  const time = clock.map((part) => padded(part, 2)).join(':');
  return `${dateText(Number(days))} ${time}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Hours, and minutes where there are any; DuckDB leaves the seconds of old offsets out. */
function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const rest = minutes % 60 === 0 ? '' : `:${padded(minutes % 60, 2)}`;
  return `${offset < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}${rest}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  return format;
}

/** Whether a zone's offsets are known here. */
export function isKnownZone(zone: string): boolean {
  try {
    offsetFormat(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function offsetSeconds(second: bigint, zone: string): number {
  const within = second > LAST_SECOND ? LAST_SECOND : second < -LAST_SECOND ? -LAST_SECOND : second;
  // 4/1/2024, GMT-04:56:02
  const shown = offsetFormat(zone).format(Number(within) * 1000);
  const [, sign, hours, minutes, seconds] = /GMT([+-])(\d+):(\d+)(?::(\d+))?$/.exec(shown) ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -size : size;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
