import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { call } from '../bridge';
import { useConnection } from '../state/connection';

const ASK_EVERY_MS = 2000;

/** Any question will do: its answer says that the app is back. */
function askAgain(): void {
  call('explore.query', { requests: [{ query: { kind: 'summary' }, filters: [] }] }).catch(() => {
    // Still away, which the banner goes on saying.
  });
}

/** Said once for the whole page while nothing is answered; asks by itself until something is. */
export function ConnectionBanner() {
  const lost = useConnection((state) => state.lost);
  const isLost = lost !== null;
  useEffect(() => {
    if (!isLost) return;
    const timer = setInterval(askAgain, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isLost]);
  if (lost === null) return null;
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
