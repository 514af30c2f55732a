import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { call } from '../bridge';
import { useConnection } from '../state/connection';

const ASK_EVERY_MS = 2000;

/** Any question will do: its answer says that the app is back. */
function askAgain(): void {
  call('explore.ask', { asked: [{ question: { kind: 'summary' }, filters: [] }] }).catch(() => {
    // Still away, which the banner goes on saying.
  });
}

/** Said once for the whole page while nothing is answered; asks by itself until something is. */
export function ConnectionBanner() {
  const lost = useConnection((state) => state.lost);
  const outdated = useConnection((state) => state.outdated);
  const isLost = lost !== null;
  useEffect(() => {
    if (!isLost) return;
    const timer = setInterval(askAgain, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isLost]);
  if (lost === null) return outdated ? <OutdatedBanner /> : null;
  return (
    <div className="connection-banner" role="alert">
      <p>
        <b>{lost.message}</b> {lost.hint} What is on the screen is the last answer.
      </p>
      <Button size="xs" variant="default" onClick={askAgain}>
        Try again
      </Button>
    </div>
  );
}

/** What this page shows and what the app would answer do not belong together any more. */
function OutdatedBanner() {
  return (
    <div className="connection-banner" role="alert">
      <p>
        <b>The app was started again and is not the one this page began with.</b> Reload the page to
        see what it shows now; charts and settings are kept.
      </p>
      <Button size="xs" variant="default" onClick={() => window.location.reload()}>
        Reload the page
      </Button>
    </div>
  );
}
