import { useState } from 'react';
import { humanCount } from '../../words/counts';
import classes from './DetailPanel.module.css';

/** Children drawn at once; a document's moves may be hundreds. */
const CHUNK = 100;

/** JSON that unfolds a level at a time; what is folded is not drawn. */
export function JsonTree({ name, value }: { name: string; value: unknown }) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(CHUNK);
  if (typeof value !== 'object' || value === null) {
    return (
      <div className={classes['jsonLeaf']}>
        <span className={classes['jsonKey']}>{name}</span> {JSON.stringify(value)}
      </div>
    );
  }
  const entries = Object.entries(value);
  const size = Array.isArray(value)
    ? `[${humanCount(entries.length)}]`
    : `{${humanCount(entries.length)}}`;
  return (
    <details
      className={classes['jsonNode']}
      onToggle={(event) => {
        event.stopPropagation();
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        <span className={classes['jsonKey']}>{name}</span> {size}
      </summary>
      {open &&
        entries
          .slice(0, shown)
          .map(([key, child]) => <JsonTree key={key} name={key} value={child} />)}
      {open && entries.length > shown && (
        <button
          type="button"
          className={classes['linkButton']}
          onClick={() => setShown(shown + CHUNK)}
        >
          {humanCount(entries.length - shown)} more
        </button>
      )}
    </details>
  );
}
