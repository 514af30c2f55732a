import { useEffect, useState } from 'react';
import { copyText } from '../table/copy-text';
import { CheckIcon, CopyIcon } from '../icons';
import classes from './DetailPanel.module.css';

/** Copies a text and says so. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), 3000);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <>
      <button
        type="button"
        className={classes['iconButton']}
        aria-label={label}
        title={label}
        onClick={() =>
          void copyText(text).then(
            () => setSaid('Copied'),
            () => setSaid('The clipboard cannot be written.'),
          )
        }
      >
        {said === 'Copied' ? <CheckIcon /> : <CopyIcon />}
      </button>
      <span className={classes['said']} role="status">
        {said}
      </span>
    </>
  );
}
