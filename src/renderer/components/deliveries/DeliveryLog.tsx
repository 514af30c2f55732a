import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Delivery } from '../../../preload/contract/deliveries';
import { call, on } from '../../bridge';
import { useCall } from '../../state/use-call';
import { formatNumber } from '../../words/numbers';
import { ErrorNote } from '../ErrorNote';
import { sayFailed } from '../help/notices';
import { STATE_WORDS, triesText } from './delivery-words';
import styles from './deliveries.module.css';

/** The newest so many are shown at first. */
const FEW = 20;

/** What was sent to webhooks and what waits to be; nothing where no message was ever queued. */
export function DeliveryLog() {
  const [change, setChange] = useState(0);
  useEffect(() => on('deliveries.changed', () => setChange((count) => count + 1)), []);
  const { value: deliveries = [], error, retry } = useCall('deliveries.list', {}, change);
  const [isWhole, setWhole] = useState(false);
  // A notice would lie over the buttons.
  const [done, setDone] = useState('');
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (deliveries.length === 0) return null;
  const shown = isWhole ? deliveries : deliveries.slice(0, FEW);
  return (
    <section className={styles.log} aria-labelledby="deliveries-title">
      <div className={styles.head}>
        <h2 id="deliveries-title">Deliveries to webhooks</h2>
        <span className={styles.tries} role="status">
          {done}
        </span>
      </div>
      <ol className={styles.list}>
        {shown.map((delivery) => (
          <DeliveryItem key={delivery.id} delivery={delivery} onDone={setDone} />
        ))}
      </ol>
      {shown.length < deliveries.length && (
        <Button size="compact-xs" variant="default" onClick={() => setWhole(true)}>
          Show all {formatNumber(deliveries.length)}
        </Button>
      )}
    </section>
  );
}

interface ItemProps {
  delivery: Delivery;
  /** Told in words what was done. */
  onDone(words: string): void;
}

function DeliveryItem({ delivery, onDone }: ItemProps) {
  const { id, url, state } = delivery;
  const said = (work: Promise<null>, words: string) => work.then(() => onDone(words), sayFailed);
  return (
    <li className={styles.delivery}>
      <span className={styles.state} data-state={state}>
        {STATE_WORDS[state]}
      </span>
      <span className={styles.url}>{url}</span>
      <span className={styles.tries}>{triesText(delivery)}</span>
      {state === 'endpoint-off' ? (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => void said(call('deliveries.resume', { id }), 'The endpoint is on again.')}
        >
          Switch on again
        </Button>
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => void said(call('deliveries.replay', { id }), 'It is sent once more.')}
        >
          {state === 'waiting' ? 'Try now' : 'Replay'}
        </Button>
      )}
    </li>
  );
}
