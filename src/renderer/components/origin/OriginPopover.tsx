import { Popover, Skeleton } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import { call } from '../../bridge';
import { useApp } from '../../state/app-store';
import { documentLines, lineOf, parsedDocument } from '../../row/document-lines';
import { useLatest } from '../../state/use-latest';
import { formatNumber } from '../../words/numbers';
import { cellText } from '../../words/values';
import type { Cell } from '../../../preload/contract/value-text';
import { NumberedLines } from '../detail/NumberedLines';
import { CopyButton } from '../detail/CopyButton';
import { fetchedText, sourceText } from '../detail/provenance-words';
import { ErrorNote } from '../ErrorNote';
import { closeOrigin, useOrigin } from './origin-store';
import { firstText, goneText, untoldText } from './origin-words';
import classes from './origin.module.css';

type Asked = NonNullable<ReturnType<typeof useOrigin.getState>['asked']>;

/** Where one value came from, beside where it stands. */
export default function OriginPopover() {
  const asked = useOrigin((state) => state.asked);
  const title = useId();
  const [at] = useState(() => asked?.element.getBoundingClientRect());
  if (asked === null || at === undefined) return null;
  const { left, top, width, height } = at;
  return (
    <Popover
      opened
      onChange={(opened) => {
        if (!opened) closeOrigin();
      }}
      position="bottom-start"
      width={360}
      trapFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <span className={classes['place']} style={{ left, top, width, height }} aria-hidden />
      </Popover.Target>
      <Popover.Dropdown aria-labelledby={title} tabIndex={-1}>
        <p id={title} className={classes['title']}>
          {asked.title}
        </p>
        <Origin asked={asked} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Lines that are shown before and after the one that is meant. */
const AROUND = 2;

/** Where in the document a value is, with the lines around it as the row's detail numbers them. */
function Places({ places, raw }: { places: readonly string[]; raw: string | null }) {
  const parsed = useMemo(() => (raw === null ? null : parsedDocument(raw)), [raw]);
  const lines = useMemo(() => (parsed === null ? [] : documentLines(parsed)), [parsed]);
  return places.map((place) => {
    const line = parsed === null ? null : lineOf(parsed, place);
    if (line === null) return <code key={place}>{place}</code>;
    const from = Math.max(1, line - AROUND);
    return (
      <div key={place}>
        <code>
          {place}, line {formatNumber(line, 0)}
        </code>
        <NumberedLines lines={lines.slice(from - 1, line + AROUND)} from={from} marked={[line]} />
      </div>
    );
  });
}

function Origin({ asked: { id, column } }: { asked: Asked }) {
  const version = useApp((state) => state.dataset?.version ?? null);
  const key = version === null ? null : `${version} ${id} ${column.name}`;
  const { value, error, retry, isCurrent } = useLatest(key, async () => {
    const [origin, document] = await Promise.all([
      call('explore.origin', { id, column: column.name, version: version ?? 1 }),
      call('explore.provenance', { id }),
    ]);
    return { origin, document };
  });
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (value === undefined || !isCurrent) return <Skeleton height={140} />;
  const { origin, document } = value;
  const { sha256, source, fetched_at } = document;
  const notes = [goneText(origin), untoldText(origin)].filter((text) => text !== null);
  return (
    <>
      <dl className={classes['facts']}>
        <dt>First in</dt>
        <dd>{firstText(origin)}</dd>
        <dt>Before</dt>
        <dd>
          {origin.since === null || origin.came ? '–' : cellText(column, origin.before as Cell)}
        </dd>
        <dt>Document</dt>
        <dd>
          {document.raw === null ? 'The raw document is gone.' : `landing/pokemon/${id}.json`}
          <Places places={origin.places} raw={document.raw} />
        </dd>
        <dt>Source</dt>
        <dd>{sourceText(source)}</dd>
        <dt>Fetched</dt>
        <dd>{fetchedText(fetched_at, source)}</dd>
        <dt>SHA-256</dt>
        <dd>
          {sha256 === null ? '–' : <code>{sha256}</code>}
          {sha256 !== null && <CopyButton label="Copy the SHA-256" text={sha256} />}
        </dd>
      </dl>
      {notes.map((note) => (
        <p key={note} className={classes['note']}>
          {note}
        </p>
      ))}
    </>
  );
}
