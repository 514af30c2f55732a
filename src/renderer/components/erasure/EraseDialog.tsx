import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { RowId } from '../../../preload/contract/descriptor';
import type { EraseReport } from '../../../preload/contract/erasure';
import { OUT_OF_REACH } from '../../../preload/contract/erasure';
import type { AppError } from '../../../preload/contract/errors';
import { call } from '../../bridge';
import { useCall } from '../../state/use-call';
import { counted } from '../../words/counts';
import { ErrorNote } from '../ErrorNote';
import { toAppError } from '../help/notices';
import styles from './erasure.module.css';

interface Props {
  id: RowId;
  name: string;
  /** @param erased whether the subject is erased by now */
  onClose(erased: boolean): void;
}

/** Says what an erasure does and what it cannot reach, does it once it is asked to, and names the receipt. */
export default function EraseDialog({ id, name, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<EraseReport | null>(null);
  const [error, setError] = useState<AppError | null>(null);

  const erase = async () => {
    setBusy(true);
    setError(null);
    try {
      setReport(await call('erasure.erase', { id }));
    } catch (problem) {
      setError(toAppError(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      opened
      onClose={() => busy || onClose(report !== null)}
      title={report === null ? `Erase ${name}?` : 'Erased'}
      size={560}
      lockScroll={false}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={styles.stack}>
        {report === null ? <Effects id={id} name={name} /> : <Done report={report} />}
        <div>
          <h3>Out of reach</h3>
          <ul>
            {OUT_OF_REACH.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
        {error !== null && <ErrorNote error={error} />}
        <div className={styles.actions}>
          <Button
            variant="default"
            disabled={busy}
            data-autofocus
            onClick={() => onClose(report !== null)}
          >
            {report === null ? 'Cancel' : 'Close'}
          </Button>
          {report === null && (
            <Button color="red.9" loading={busy} onClick={() => void erase()}>
              Erase for good
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

/** A long list says as much as its first ones. */
const MOST_FORMS = 6;

function Effects({ id, name }: Pick<Props, 'id' | 'name'>) {
  const { value: preview, error, retry } = useCall('erasure.preview', { id }, null);
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  const forms = preview?.forms ?? [];
  const more = forms.length - MOST_FORMS;
  return (
    <div aria-busy={preview === undefined}>
      <p>This cannot be undone.</p>
      <ul>
        <li>
          Name, species, number, order and picture of {name} go from every file of the data folder,
          and no later refresh brings them back.
        </li>
        {forms.length > 0 && (
          <li>
            {counted(forms.length, 'other form')} of it {forms.length === 1 ? 'goes' : 'go'} too,
            because their documents name each other: {forms.slice(0, MOST_FORMS).join(', ')}
            {more > 0 ? ` and ${more} more` : ''}.
          </li>
        )}
        <li>
          Its measures stay, as “Erased subject” with the beginning of its pseudonym. What is rare
          among them may still be recognised by somebody who knows it.
        </li>
        {preview !== undefined && preview.versions > 0 && (
          <li>
            The rows of {counted(preview.versions, 'version')} up to now can no longer be shown;
            what changed in them can.
          </li>
        )}
        <li>Every file is searched afterwards, and you get a signed receipt that names nobody.</li>
      </ul>
    </div>
  );
}

function Done({ report: { file, receipt } }: { report: EraseReport }) {
  return (
    <p role="status">
      {counted(receipt.files.length, 'file')} written anew or removed,{' '}
      {counted(receipt.searched.files, 'file')} searched, nothing found. The receipt is{' '}
      <code>receipts/{file}</code> in the data folder.
    </p>
  );
}
