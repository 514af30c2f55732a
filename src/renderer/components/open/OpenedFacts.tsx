import { counted } from '../../words/counts';
import { countedNoun } from '../../words/noun';
import type { OpenedDataset } from '../../../preload/contract/opened';
import { TextPopover } from '../TextPopover';
import { showSheet } from './open-actions';
import styles from './open.module.css';

/** In the header: what an opened table is, and what a person has to know before believing it. */
export default function OpenedFacts({ opened }: { opened: OpenedDataset }) {
  const { described, notes, csv } = opened;
  const facts = described.facts.filter(({ label }) => label === 'Format' || label === 'Size');
  const query = described.facts.find(({ label }) => label === 'Query')?.value;
  return (
    <>
      <span>
        {countedNoun(described.noun, described.rows)} ·{' '}
        {counted(described.columns.length, 'column')}
        {facts.length > 0 && ' ·'}
      </span>{' '}
      <span>{facts.map(({ value }) => value).join(' · ')}</span>
      {query !== undefined && (
        <>
          {' · '}
          <TextPopover
            text="its query"
            title="The query whose result this is"
            className="scope"
            width={420}
            dropdownClass="scope-note"
          >
            {() => <pre className={styles.query}>{query}</pre>}
          </TextPopover>
        </>
      )}
      {csv !== null && (
        <>
          {' · '}
          <button type="button" className="scope" onClick={() => showSheet(true)}>
            how it is read
          </button>
        </>
      )}
      {notes.length > 0 && (
        <>
          {' · '}
          <TextPopover
            text={counted(notes.length, 'note')}
            title="What to know of these rows"
            className="scope"
            width={420}
            dropdownClass="scope-note"
          >
            {() => <Notes notes={notes} />}
          </TextPopover>
        </>
      )}
    </>
  );
}

export function Notes({ notes }: { notes: OpenedDataset['notes'] }) {
  return (
    <ul className={styles.notes}>
      {notes.map(({ column, what }) => (
        <li key={`${column ?? ''} ${what}`}>
          {column !== undefined && <b>{column === '' ? '(no name)' : column}: </b>}
          {what}
        </li>
      ))}
    </ul>
  );
}
