import classes from './DetailPanel.module.css';

interface Props {
  lines: readonly string[];
  /** The number of the first of them. */
  from?: number;
  /** Those that are meant, by their numbers. */
  marked?: readonly number[];
}

/** Lines of a document beside their numbers. */
export function NumberedLines({ lines, from = 1, marked = [] }: Props) {
  if (marked.length === 0) {
    // Two texts, not a thousand elements.
    return (
      <div className={classes['numbered']}>
        <pre aria-hidden="true">{lines.map((_, at) => from + at).join('\n')}</pre>
        <pre>{lines.join('\n')}</pre>
      </div>
    );
  }
  return (
    <ol className={classes['lines']} start={from}>
      {lines.map((line, at) => (
        <li key={from + at} data-marked={marked.includes(from + at) || undefined}>
          <code>{line}</code>
        </li>
      ))}
    </ol>
  );
}
