import { CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { dismissNotice, type Notice, useNotices } from './notices';
import { Icon } from './Icon';
import styles from './help.module.css';

const SHOWN_MS = 8000;

/** What has just been done or has failed, in a corner; read out politely, takes no focus. */
export function NoticeArea() {
  const notices = useNotices((state) => state.notices);
  return (
    <div className={styles.notices} role="status" aria-label="Messages">
      {notices.map((notice) => (
        <NoticeCard key={notice.key} notice={notice} />
      ))}
    </div>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { key, tone, text, hint } = notice;
  useEffect(() => {
    if (tone === 'failed') return;
    const timer = setTimeout(() => dismissNotice(key), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [key, tone]);
  return (
    <div className={styles.notice} data-tone={tone}>
      <Icon name={tone === 'failed' ? 'alert' : 'check'} />
      <div className={styles.noticeText}>
        <p>{text}</p>
        {hint !== null && <p className={styles.hint}>{hint}</p>}
      </div>
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => dismissNotice(key)} />
    </div>
  );
}
