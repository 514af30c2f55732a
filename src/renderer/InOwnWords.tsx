import { useEffect, useRef } from 'react';
import { App } from './App';
import { useApp } from './state/app-store';
import { LOCALE_FIELD } from './words/locales';
import { setLocale } from './words/numbers';

/** The app with numbers and dates as the settings' language writes them: another one draws all of it again. */
export function InOwnWords() {
  const locale = useApp(({ settings }) => settings.locale);
  setLocale(locale);
  const before = useRef(locale);
  useEffect(() => {
    if (before.current === locale) return;
    before.current = locale;
    // Whoever chose it goes on in the same field.
    document.getElementById(LOCALE_FIELD)?.focus();
  }, [locale]);
  return <App key={locale} />;
}
