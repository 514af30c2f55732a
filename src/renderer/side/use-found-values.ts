import { useEffect, useState } from 'react';
import type { Answers } from '../../preload/contract/questions';
import { askOne } from '../state/query-batch';
import { useShownData } from '../state/shown-data';
import { sayFailed } from '../components/help/notices';

type Values = Answers['counts']['values'];

const TYPING_MS = 150;
const MOST = 100;

/**
 * The values of columns that a text finds, among all there are; null while nothing has to be asked
 * (all values are at hand) or is answered yet.
 */
export function useFoundValues(
  columns: readonly string[],
  text: string,
  isAsked: boolean,
): Values | null {
  const shown = useShownData();
  const [found, setFound] = useState<{ of: string; values: Values } | null>(null);
  const wanted = text.trim();
  const key = JSON.stringify([columns, wanted, shown]);
  useEffect(() => {
    if (wanted === '' || !isAsked) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      const [named] = [JSON.parse(key) as [string[], string]];
      askOne({ kind: 'counts', columns: named[0], most: MOST }, [
        { kind: 'search', columns: named[0], text: named[1] },
      ])
        .then(({ values }) => {
          if (isWanted) setFound({ of: key, values });
        })
        .catch((error: unknown) => {
          if (isWanted) sayFailed(error);
        });
    }, TYPING_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key, wanted, isAsked]);
  return wanted !== '' && isAsked && found?.of === key ? found.values : null;
}
