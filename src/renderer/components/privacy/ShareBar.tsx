import styles from './privacy.module.css';

/** A part of a whole as a bar beside its figure, which says it to everyone. */
export function ShareBar({ part, tone }: { part: number; tone: 'exposed' | 'lost' }) {
  const width = Math.max(0, Math.min(1, Number.isFinite(part) ? part : 0)) * 100;
  return (
    <svg
      className={styles.shareBar}
      data-tone={tone}
      viewBox="0 0 100 1"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect width={width} height={1} />
    </svg>
  );
}
