import { Button } from '@mantine/core';
import { useState } from 'react';
import { recoverySheet } from '../../../preload/contract/protection';
import styles from './protection.module.css';

/** Shown once, to be printed or written down. */
export function RecoverySheet({ code, onRead }: { code: string; onRead(): void }) {
  const [at] = useState(() => new Date());
  return (
    <section className={styles.stack} aria-labelledby="recovery-title">
      <h2 id="recovery-title">The data are protected now</h2>
      <p>Print this sheet, or write the code down, before you go on.</p>
      <pre className={styles.sheet} aria-label="Recovery sheet">
        {recoverySheet(code, at)}
      </pre>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => window.print()}>
          Print
        </Button>
        <Button onClick={onRead}>I have it on paper</Button>
      </div>
    </section>
  );
}
