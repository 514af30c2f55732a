/** Numbers as people read them, in the language of the settings. Null is an en dash, never 0 or NaN. */
export const DASH = '–';

export const DEFAULT_LOCALE = 'en-US';

interface Decimals {
  least: number;
  most: number;
  /** False for numbers that name something, like a year. */
  grouped?: boolean;
}

let locale = DEFAULT_LOCALE;
const formats = new Map<string, Intl.NumberFormat>();

/** From here on numbers and dates read as they do in this language. */
export function setLocale(wanted: string): void {
  if (wanted === locale) return;
  locale = wanted;
  formats.clear();
}

export function currentLocale(): string {
  return locale;
}

/** Digits whole, with `least` to `most` decimals: `1,234.5`. A text is kept to its last digit. */
export function decimalText(
  value: number | `${number}`,
  { least, most, grouped = true }: Decimals,
): string {
  const key = `${least} ${most} ${grouped}`;
  const known = formats.get(key);
  const format =
    known ??
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      useGrouping: grouped,
      // Nothing is minus nothing.
      signDisplay: 'negative',
    });
  if (known === undefined) formats.set(key, format);
  return format.format(value);
}

/** `1,234.5`, with one decimal at most. */
export function formatNumber(value: unknown, digits = 1): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return DASH;
  return decimalText(value, { least: 0, most: digits });
}

/** Always one decimal, so that `1.0` and `0.7` line up. */
export function oneDecimal(value: number): string {
  return Number.isFinite(value) ? decimalText(value, { least: 1, most: 1 }) : DASH;
}

/**
 * A number as it is, for what it must say exactly: the ends of a filter, the edges of a bin.
 * Without what arithmetic in doubles added: 0.30000000000000004 is 0.3.
 */
export function exactNumber(value: unknown, grouped = true): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return DASH;
  const plain = String(Number(value.toPrecision(12)));
  return isPlain(plain) ? ownDecimals(plain, grouped) : plain;
}

/** With as many decimals as the digits have. */
export function ownDecimals(plain: `${number}`, grouped: boolean): string {
  const decimals = plain.split('.')[1]?.length ?? 0;
  return decimalText(plain, { least: decimals, most: decimals, grouped });
}

/** Whether a text is a number in plain decimal notation: neither `1e+21` nor `NaN`. */
export function isPlain(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** A part of a whole: `28 %`; `<1 %` and `>99 %` where rounding would say none or all. */
export function formatShare(part: number, whole: number): string {
  const percent = Math.round((part / whole) * 100);
  if (percent === 0 && part > 0) return '<1 %';
  if (percent === 100 && part < whole) return '>99 %';
  return `${percent} %`;
}
