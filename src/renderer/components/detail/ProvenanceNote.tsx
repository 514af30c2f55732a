import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { Provenance } from '../../../preload/contract/calls';
import type { RowId } from '../../../preload/contract/descriptor';
import { call } from '../../bridge';
import { useApp } from '../../state/app-store';
import { useLatest } from '../../state/use-latest';
import { documentLines, parsedDocument } from '../../row/document-lines';
import { formatNumber } from '../../words/numbers';
import { ErrorNote } from '../ErrorNote';
import { CopyButton } from './CopyButton';
import { JsonTree } from './JsonTree';
import { NumberedLines } from './NumberedLines';
import { fetchedText, sourceText } from './provenance-words';
import classes from './DetailPanel.module.css';

/** Source, time, checksum and raw document of one row. */
export function ProvenanceNote({ id }: { id: RowId }) {
  const version = useApp((state) => state.dataset?.version ?? null);
  const number = Number(id);
  const asked = useLatest(`${version} ${id}`, () => call('explore.provenance', { id: number }));
  const { value: provenance, error, retry } = asked;
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (provenance?.id !== number) return <Skeleton height={120} />;
  const { url, source, fetched_at, sha256, bytes, raw } = provenance;
  return (
    <>
      <dl className={classes['facts']}>
        <dt>Address</dt>
        <dd className={classes['long']}>
          {url === null ? '–' : <span>{url}</span>}
          {url !== null && <CopyButton label="Copy the address" text={url} />}
        </dd>
        <dt>Source</dt>
        <dd className={classes['long']}>{sourceText(source)}</dd>
        <dt>Fetched</dt>
        <dd>{fetchedText(fetched_at, source)}</dd>
        <dt>SHA-256</dt>
        <dd className={classes['long']}>
          {sha256 === null ? '–' : <code>{sha256}</code>}
          {sha256 !== null && <CopyButton label="Copy the SHA-256" text={sha256} />}
        </dd>
        <dt>Size</dt>
        <dd>{bytes === null ? '–' : `${formatNumber(bytes, 0)} bytes`}</dd>
      </dl>
      <RawDocument key={id} raw={raw} />
    </>
  );
}

function RawDocument({ raw }: { raw: Provenance['raw'] }) {
  const [open, setOpen] = useState(false);
  if (raw === null) return <p className={classes['muted']}>The raw document is gone.</p>;
  return (
    <details className={classes['raw']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Raw JSON</summary>
      {open && <RawTree raw={raw} />}
    </details>
  );
}

function RawTree({ raw }: { raw: string }) {
  const parsed = parsedDocument(raw);
  const [isText, setText] = useState(false);
  return (
    <div className={classes['rawBody']}>
      <div className={classes['rawTools']}>
        <CopyButton label="Copy the raw JSON" text={raw} />
        {parsed !== null && (
          <button type="button" className={classes['linkButton']} onClick={() => setText(!isText)}>
            {isText ? 'As a tree' : 'By lines'}
          </button>
        )}
      </div>
      {parsed === null ? (
        <pre>{raw}</pre>
      ) : isText ? (
        <NumberedLines lines={documentLines(parsed)} />
      ) : (
        Object.entries(parsed).map(([key, value]) => (
          <JsonTree key={key} name={key} value={value} />
        ))
      )}
    </div>
  );
}
