import { Button } from '@mantine/core';
import { useState } from 'react';
import type { VersionSeen } from '../../../preload/contract/descriptor';
import { useApp } from '../../state/app-store';
import { useNoun } from '../../state/noun';
import { useVersionsSeen } from '../../state/versions';
import { formatDate } from '../../words/dates';
import { countedNoun } from '../../words/noun';
import { openVersion, switchTo } from '../open/open-actions';
import { useOpening } from '../open/opening-store';
import { Differences } from './Differences';

/** Said for as long as the data are shown as they were, so that nobody takes them for today's. */
export default function VersionBanner() {
  const versions = useVersionsSeen();
  if (versions === undefined) return null;
  const { now, before } = versions;
  return (
    <div className="version-banner" role="status">
      {before === undefined ? <AsOf seen={now} /> : <Compared now={now} before={before} />}
    </div>
  );
}

function AsOf({ seen }: { seen: VersionSeen }) {
  const noun = useNoun();
  const newest = useApp((state) => state.dataset?.version);
  return (
    <>
      <p>
        <b>The data as of version {seen.version}</b>
        {dateOf(seen)}: {countedNoun(noun, seen.rows)}.
      </p>
      {newest !== undefined && newest !== seen.version && (
        <TravelButton onClick={() => openVersion(newest, seen.version)}>
          Compare version {newest} with it
        </TravelButton>
      )}
      <BackToNow />
    </>
  );
}

function Compared({ now, before }: { now: VersionSeen; before: VersionSeen }) {
  const [isListed, setIsListed] = useState(false);
  return (
    <>
      <p>
        <b>
          Version {now.version} against version {before.version}
        </b>
        : bars and dots are version {now.version}
        {dateOf(now)}, <span className="version-outline">outlines</span> version {before.version}
        {dateOf(before)}.
      </p>
      <Button size="xs" variant="default" onClick={() => setIsListed(true)}>
        All differences
      </Button>
      <TravelButton onClick={() => openVersion(before.version, now.version)}>Swap</TravelButton>
      <BackToNow />
      {isListed && (
        <Differences
          version={now.version}
          against={before.version}
          onClose={() => setIsListed(false)}
        />
      )}
    </>
  );
}

function BackToNow() {
  return (
    <Button size="xs" onClick={() => void switchTo(null)}>
      Back to now
    </Button>
  );
}

function TravelButton({
  children,
  onClick,
}: {
  children: React.ReactNode;
  onClick(): Promise<void>;
}) {
  const busy = useOpening((state) => state.busy !== null);
  return (
    <Button size="xs" variant="default" loading={busy} onClick={() => void onClick()}>
      {children}
    </Button>
  );
}

function dateOf({ published_at }: VersionSeen): string {
  return published_at === null ? '' : ` of ${formatDate(published_at)}`;
}
