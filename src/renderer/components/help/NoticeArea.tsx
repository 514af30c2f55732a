import { Button, CloseButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { formatNumber } from '../../words/numbers';
import { dismissNotice, type Notice, takeUndo, useNotices } from './notices';
import { AlertIcon, CheckIcon } from '../icons';
import styles from './help.module.css';

const SHOWN_MS = 8000;
/** What can be taken back is read, thought over and reached by keys. */
const UNDO_SHOWN_MS = 20_000;

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
  const { key, tone, text, hint, times, undo } = notice;
  /** The pointer or the focus is on it: it does not go from under either. */
  const [held, setHeld] = useState({ pointer: false, focus: false });
  const stays = tone === 'failed' || held.pointer || held.focus;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismissNotice(key), undo === null ? SHOWN_MS : UNDO_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [key, stays, undo]);
  return (
    <div
      className={styles.notice}
      data-tone={tone}
      onPointerEnter={() => setHeld((before) => ({ ...before, pointer: true }))}
      onPointerLeave={() => setHeld((before) => ({ ...before, pointer: false }))}
      onFocus={() => setHeld((before) => ({ ...before, focus: true }))}
      onBlur={() => setHeld((before) => ({ ...before, focus: false }))}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        handFocusOn(event.currentTarget);
        dismissNotice(key);
      }}
    >
      {tone === 'failed' ? <AlertIcon /> : <CheckIcon />}
      <div className={styles.noticeText}>
        <p id={`notice-${key}`}>
          {text}
          {times > 1 && <span className={styles.hint}> ({formatNumber(times)} times)</span>}
        </p>
        {hint !== null && <p className={styles.hint}>{hint}</p>}
      </div>
      {undo !== null && (
        <Button
          size="compact-xs"
          variant="default"
          aria-describedby={`notice-${key}`}
          onClick={(event) => {
            handFocusOn(event.currentTarget);
            takeUndo(key);
          }}
        >
          Undo
        </Button>
      )}
      <CloseButton
        size="sm"
        aria-label="Dismiss"
        onClick={(event) => {
          handFocusOn(event.currentTarget);
          dismissNotice(key);
        }}
      />
    </div>
  );
}

/** A message that goes hands the focus to another one, or to the screen. */
function handFocusOn(inside: Element): void {
  const own = inside.closest(`.${styles.notice ?? ''}`);
  const beside = own?.nextElementSibling ?? own?.previousElementSibling;
  const next = beside?.querySelector<HTMLElement>('button') ?? document.getElementById('main');
  next?.focus({ preventScroll: true });
}
