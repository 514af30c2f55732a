/** A time in which nothing new came, in milliseconds since 1970. */
export interface StaleSpan {
  /** The last news before it. */
  since: number;
  /** When it had lasted for the period: the rule fires. */
  fires: number;
  /** When news came again; null where none has. */
  until: number | null;
}

/**
 * Where nothing new came for a period, from the first of `news` until now.
 * @param news when data were published or found to be the newest there are, in any order
 */
export function staleSpans(news: readonly number[], period: number, now: number): StaleSpan[] {
  const moments = [...news].filter((moment) => moment <= now).sort((a, b) => a - b);
  return moments.flatMap((since, index) => {
    const until = moments[index + 1] ?? null;
    const fires = since + period;
    return fires <= (until === null ? now : until - 1) ? [{ since, fires, until }] : [];
  });
}
