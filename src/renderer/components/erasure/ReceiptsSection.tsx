import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReceiptEntry } from '../../../preload/contract/erasure';
import type { AppError } from '../../../preload/contract/errors';
import { call } from '../../bridge';
import { useApp } from '../../state/app-store';
import { useCall } from '../../state/use-call';
import { counted } from '../../words/counts';
import { momentText } from '../../words/moments';
import { ErrorNote } from '../ErrorNote';
import { toAppError } from '../help/notices';
import styles from './erasure.module.css';

/** The receipts of erasures, each to be checked against the data folder as it is now. */
export default function ReceiptsSection() {
  const version = useApp((state) => state.dataset?.version ?? null);
  const { value: receipts, error, retry } = useCall('erasure.receipts', {}, version);
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (receipts === undefined) return null;
  return (
    <section className={styles.stack} aria-labelledby="receipts-title">
      <div>
        <h2 id="receipts-title">What was erased, and when</h2>
        <p className={styles.quiet}>
          A receipt names nobody. To erase somebody, open the row and choose Erase… under Privacy.
          Times are in UTC.
        </p>
      </div>
      {receipts.length === 0 ? (
        <p>Nobody has been erased yet.</p>
      ) : (
        <table className={styles.receipts}>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Receipt</th>
              <th scope="col">Subjects</th>
              <th scope="col">Version</th>
              <th scope="col">Check</th>
            </tr>
          </thead>
          <tbody>
            {receipts.map((receipt) => (
              <Receipt key={receipt.file} receipt={receipt} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Receipt({ receipt: { file, erased_at, subjects, version } }: { receipt: ReceiptEntry }) {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);

  const check = async () => {
    setBusy(true);
    setError(null);
    setTold(null);
    try {
      const { changed_since } = await call('erasure.verify', { file });
      const since =
        changed_since === 0 ? '' : ` ${counted(changed_since, 'file')} written anew since.`;
      setTold(`As it was signed; nobody erased is in the data folder.${since}`);
    } catch (problem) {
      setError(toAppError(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <tr>
      <td>{momentText(Date.parse(erased_at), false)}</td>
      <td>
        <code>{file}</code>
      </td>
      <td>{subjects}</td>
      <td>{version ?? '–'}</td>
      <td>
        <Button
          size="xs"
          variant="default"
          loading={busy}
          aria-label={`Check ${file}`}
          onClick={() => void check()}
        >
          Check
        </Button>
        {told !== null && <p role="status">{told}</p>}
        {error !== null && <ErrorNote error={error} />}
      </td>
    </tr>
  );
}
