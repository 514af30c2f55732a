/** The field that chooses one. */
export const LOCALE_FIELD = 'settings-locale';

const LOCALES = [
  'en-US',
  'en-GB',
  'de-DE',
  'de-CH',
  'es-ES',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE',
  'zh-CN',
];

/** What is offered, each with how it writes a number; the chosen one is always among them. */
export function offeredLocales(chosen: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return [...new Set([...LOCALES, chosen])].map((locale) => ({
    value: locale,
    label: `${names.of(locale) ?? locale}: ${new Intl.NumberFormat(locale).format(12_345.6)}`,
  }));
}
