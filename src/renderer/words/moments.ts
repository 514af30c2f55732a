import { counted } from './counts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Moments for people, all in UTC: `8 Aug 2026`, `8 Aug 2026, 14:05`. */
export function momentText(ms: number, isDay: boolean): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '–';
  const day = `${date.getUTCDate()} ${monthText(date)}`;
  return isDay ? day : `${day}, ${clockText(date)}`;
}

function monthText(date: Date): string {
  return `${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
}

function clockText(date: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const minutes = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  const seconds = date.getUTCSeconds();
  return seconds === 0 ? minutes : `${minutes}:${two(seconds)}`;
}

/** Whether from one moment to the other is just that many months, from a month's beginning. */
function isMonths(from: number, to: number, months: number): boolean {
  const [start, end] = [new Date(from), new Date(to)];
  const between =
    (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  return (
    start.getUTCDate() === 1 && from % DAY === 0 && end.getUTCDate() === 1 && between === months
  );
}

/** What a bin of time holds: `2026`, `Aug 2026`, `8 Aug 2026`, else from one moment to below another. */
export function momentBinWords(from: number, to: number, isDay: boolean): string {
  const start = new Date(from);
  if (isMonths(from, to, 12)) return String(start.getUTCFullYear());
  if (isMonths(from, to, 1)) return monthText(start);
  const isWhole = isDay || (from % DAY === 0 && to % DAY === 0);
  if (isWhole && to - from === DAY) return momentText(from, true);
  return `${momentText(from, isWhole)} to below ${momentText(to, isWhole)}`;
}

/**
 * An edge of bins that are `width` long, in as few words as tell it from the one labelled before it:
 * a new day or a new year is named where it begins.
 */
export function edgeText(ms: number, width: number, before: number | null): string {
  const date = new Date(ms);
  if (width >= 360 * DAY) return String(yearOf(ms));
  if (width >= 28 * DAY) return monthText(date);
  const isNew = (unit: (of: number) => number) => before !== null && unit(before) !== unit(ms);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  if (width >= DAY) return isNew(yearOf) ? momentText(ms, true) : day;
  if (!isNew(dayOf)) return clockText(date);
  return ms % DAY === 0 ? day : `${day}, ${clockText(date)}`;
}

function yearOf(ms: number): number {
  return new Date(ms).getUTCFullYear();
}

function dayOf(ms: number): number {
  return Math.floor(ms / DAY);
}

/** What labels of bins leave out: `, 1 Mar 2024` of clock times, `, from 2019` of days. */
export function edgesWithin([from, to]: readonly [number, number], width: number): string {
  if (width >= 28 * DAY) return '';
  const unit = width >= DAY ? yearOf : dayOf;
  const words = width >= DAY ? String(yearOf(from)) : momentText(from, true);
  return unit(from) === unit(to) ? `, ${words}` : `, from ${words}`;
}

/** A moment as a filter writes it, ISO 8601 in UTC: `2026-08-08`, `2026-08-08T14:05:00`. */
export function momentIso(ms: number, isDay: boolean): string {
  const iso = new Date(ms).toISOString();
  return isDay ? iso.slice(0, 10) : iso.replace(/(\.000)?Z$/, '');
}

const STEPS = [1, SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY];

/** The greatest natural step within a pixel's worth; whole days where the column has days. */
export function momentStep(pixel: number, isDay: boolean): number {
  return isDay ? DAY : (STEPS.findLast((step) => step <= pixel) ?? 1);
}

const SPANS: readonly (readonly [most: number, unit: string, ms: number])[] = [
  [MINUTE, 'second', SECOND],
  [HOUR, 'minute', MINUTE],
  [DAY, 'hour', HOUR],
  [28 * DAY, 'day', DAY],
  [360 * DAY, 'month', 30.4369 * DAY],
  [Infinity, 'year', 365.2425 * DAY],
];

/** How long a bin is: `7 days`, `1 month`. */
export function momentSpan(ms: number): string {
  const [, unit, one] = SPANS.find(([most]) => ms < most) ?? [Infinity, 'year', 365.2425 * DAY];
  return counted(Math.round(ms / one), unit);
}
