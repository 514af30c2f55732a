import { VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import { askAlerts, useAlerts } from '../../state/alerts';
import { useApp } from '../../state/app-store';

/** How much has fired and was not looked at, beside the screen's name. */
export function UnreadBadge() {
  const unread = useAlerts((state) => state.alerts?.unread ?? 0);
  const isReady = useApp((state) => state.appVersion !== '');
  useEffect(() => {
    if (isReady) void askAlerts();
  }, [isReady]);
  if (unread === 0) return null;
  return (
    <span className="rail-badge">
      {unread > 99 ? '99+' : unread}
      <VisuallyHidden> unread, </VisuallyHidden>
    </span>
  );
}
