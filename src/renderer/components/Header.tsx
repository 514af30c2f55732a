import { Fragment } from 'react';
import { formatDate } from '../words/dates';
import type { DatasetInfo } from '../../preload/contract/calls';
import { useApp } from '../state/app-store';
import { useDescribed } from '../state/described';
import { sourceAndAge, sourceName } from './dataset-words';
import { ExportMenu } from './export/ExportMenu';
import { Later } from './Later';
import { loadedPart } from './loaded-part';
import { ScopeNote } from './ScopeNote';
import { RefreshButton } from './refresh/RefreshButton';
import { failedWords, nextWords } from '../words/schedule-words';
import { ViewMenu } from './views/ViewMenu';

const DatasetSwitch = loadedPart(async () => (await import('./open/DatasetSwitch')).default);

const LockBadge = loadedPart(async () => (await import('./protection/LockBadge')).default);

const OpenedFacts = loadedPart(async () => (await import('./open/OpenedFacts')).default);

/** Always in sight: how much of the data is shown, where it came from and how old it is. */
export function Header() {
  const dataset = useApp((state) => state.dataset);
  const opened = useDescribed((state) => state.opened);
  const failed = useApp(
    ({ refresh, startError }) => startError !== null || refresh.state === 'failed',
  );
  const schedule = useApp((state) => state.schedule);
  const planned = [nextWords(schedule), failedWords(schedule)]
    .filter(Boolean)
    .map((words) => words.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, ''));
  const waiting = failed ? 'There is no data yet' : 'Preparing the data…';
  return (
    <header className="header">
      <h1>Pokédex Explorer</h1>
      <DatasetSwitch />
      <p className="provenance">
        {opened !== null ? (
          <OpenedFacts opened={opened} />
        ) : dataset === null ? (
          waiting
        ) : (
          <>
            <ScopeNote dataset={dataset} /> ·{' '}
            <Facts facts={[sourceAndAge(dataset), ...stillTrue(dataset), ...planned]} />
          </>
        )}
      </p>
      <div className="header-actions">
        <Later>
          <LockBadge />
          {opened === null && <RefreshButton />}
          <ExportMenu />
          <ViewMenu />
        </Later>
      </div>
    </header>
  );
}

/** Between dots; a line breaks between two of them, not within one. */
function Facts({ facts }: { facts: readonly string[] }) {
  return facts.map((fact, index) => (
    <Fragment key={fact}>
      {index > 0 && ' '}
      <span>{index < facts.length - 1 ? `${fact} ·` : fact}</span>
    </Fragment>
  ));
}

/** A refresh that found nothing new publishes nothing, yet the data are younger than their file. */
function stillTrue({ checked }: DatasetInfo): string[] {
  if (checked === null || checked.source === 'bundled') return [];
  return [`nothing new at ${sourceName(checked.source)} on ${formatDate(checked.gathered_at)}`];
}
