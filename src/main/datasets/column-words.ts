import { ownValue } from '../../preload/contract/own-value';

/** What a column's name says of its values. */

export interface ColumnWords {
  label: string;
  unit: string | null;
}

const UNITS: Readonly<Record<string, string>> = {
  ...{ mm: 'mm', cm: 'cm', m: 'm', km: 'km', g: 'g', kg: 'kg', t: 't', l: 'l', ml: 'ml' },
  ...{ ms: 'ms', s: 's', sec: 's', min: 'min', h: 'h', hours: 'h', days: 'days' },
  ...{ pct: '%', percent: '%', usd: 'USD', eur: 'EUR', gbp: 'GBP', chf: 'CHF', jpy: 'JPY' },
  ...{ kb: 'kB', mb: 'MB', gb: 'GB', kw: 'kW', kwh: 'kWh', celsius: '°C', kmh: 'km/h' },
};

/** `weight_kg` and `Weight (kg)` are “Weight” in kg; `orderDate` is “Order date”. */
export function columnWords(name: string, isNumber: boolean): ColumnWords {
  const bracketed = /^(.*\S)\s*[([]([^()[\]]{1,12})[)\]]$/.exec(name.trim());
  if (isNumber && bracketed !== null)
    return { label: labelOf(bracketed[1] ?? name), unit: bracketed[2] ?? null };
  const words = wordsOf(name);
  const unit =
    isNumber && words.length > 1 ? ownValue(UNITS, (words.at(-1) ?? '').toLowerCase()) : undefined;
  return {
    label: labelOf((unit === undefined ? words : words.slice(0, -1)).join(' ')),
    unit: unit ?? null,
  };
}

/** The words of a name, also where capitals part them. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .split(/[\s_]+/u)
    .filter(Boolean);
}

function labelOf(text: string): string {
  const words = wordsOf(text).map((word) =>
    /^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase(),
  );
  const joined = words.join(' ');
  // A name of signs alone stays itself.
  return joined === '' ? text : joined.charAt(0).toUpperCase() + joined.slice(1);
}
