import { counted } from './counts';
import { currentLocale, DASH } from './numbers';

let made: { locale: string; format: Intl.DateTimeFormat } | null = null;

/** `8 Aug 2026`, in UTC. */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return DASH;
  const parts = dayFormat().formatToParts(date);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('day')} ${part('month')} ${part('year')}`;
}

function dayFormat(): Intl.DateTimeFormat {
  const locale = currentLocale();
  if (made?.locale !== locale) {
    const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
    made = { locale, format: new Intl.DateTimeFormat(locale, day) };
  }
  return made.format;
}

let moments: { locale: string; format: Intl.DateTimeFormat } | null = null;

/** `29 Nov 2026, 09:00`, as the clock on this machine shows it. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return DASH;
  const locale = currentLocale();
  if (moments?.locale !== locale) {
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
    moments = { locale, format: new Intl.DateTimeFormat(locale, { ...day, ...time }) };
  }
  const parts = moments.format.formatToParts(date);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}`;
}

/** `today`, `1 day old`, `3 days old`. */
export function formatAge(iso: string, now: number): string {
  const days = Math.floor((now - Date.parse(iso)) / 86_400_000);
  if (!Number.isFinite(days) || days < 1) return 'today';
  return `${counted(days, 'day')} old`;
}
