import { Button, Switch } from '@mantine/core';
import type { AlertEntry, ShownChannel } from '../../../preload/contract/alerts';
import { useState } from 'react';
import { formatNumber } from '../../words/numbers';
import { formatMoment } from '../../words/dates';
import { counted } from '../../words/counts';
import { removeAlert, snoozeAlert, switchAlert, testAlert } from './alert-actions';
import { ruleWords, stateWords } from './rule-words';
import styles from './alerts.module.css';

/** Every rule with its state and what can be done to it. */
export function RuleList({ rules }: { rules: readonly AlertEntry[] }) {
  return (
    <section className={styles.panel} aria-labelledby="alerts-rules">
      <h2 id="alerts-rules">Rules</h2>
      {rules.length === 0 ? (
        <p className={styles.quiet}>
          There are none yet. Make one here, or filter in Explore and choose “Alert me when this
          changes…” in the palette.
        </p>
      ) : (
        <ul className={styles.list}>
          {rules.map((rule) => (
            <RuleItem key={rule.id} rule={rule} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RuleItem({ rule }: { rule: AlertEntry }) {
  const { id, title, state } = rule;
  const isSnoozed = state === 'snoozed';
  const isBroken = state === 'broken';
  const [ending, setEnding] = useState<Ending | null>(null);
  const end = (how: Ending) => {
    setEnding(null);
    void (how === 'off' ? switchAlert(id, false) : removeAlert(id, title));
  };
  /** What ends with the rule is said before. */
  const askToEnd = (how: Ending) => (rule.queued === 0 ? end(how) : setEnding(how));
  return (
    <li className={styles.rule} aria-label={title}>
      <div className={styles.ruleHead}>
        <h3>{title}</h3>
        <span className={styles.state} data-state={state}>
          {stateWords(rule)}
        </span>
      </div>
      {rule.on !== null && <p>{ruleWords(rule.on)}</p>}
      <p className={styles.quiet}>
        {[...firedWords(rule), channelsWords(rule.channels)].join(' · ')}
      </p>
      {rule.problem !== null && <p className={styles.problem}>{rule.problem}</p>}
      <div className={styles.actions}>
        {!isBroken && (
          <>
            <Switch
              size="xs"
              label="On"
              aria-label={`${title}: on`}
              checked={state !== 'off'}
              onChange={(event) => {
                if (event.currentTarget.checked) void switchAlert(id, true);
                else askToEnd('off');
              }}
            />
            <Button
              size="compact-xs"
              variant="default"
              disabled={state === 'off'}
              onClick={() => void snoozeAlert(id, !isSnoozed)}
            >
              {isSnoozed ? 'End the snooze' : 'Snooze for a day'}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => void testAlert(id)}>
              Send a test
            </Button>
          </>
        )}
        <Button size="compact-xs" variant="default" onClick={() => askToEnd('remove')}>
          Remove
        </Button>
      </div>
      {ending !== null && (
        <div className={styles.actions} role="alert">
          <p>{endingWords(rule.queued)}</p>
          <Button size="compact-xs" onClick={() => end(ending)}>
            {ending === 'off' ? 'Switch off and end' : 'Remove and end'}{' '}
            {rule.queued === 1 ? 'it' : 'them'}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setEnding(null)}>
            Keep the alert
          </Button>
        </div>
      )}
    </li>
  );
}

type Ending = 'off' | 'remove';

function endingWords(queued: number): string {
  const waiting =
    queued === 1 ? '1 message still waits' : `${formatNumber(queued)} messages still wait`;
  return `${waiting} for its webhook and will not be sent; the delivery log will say why.`;
}

function firedWords({ fired, last_fired: last }: AlertEntry): string[] {
  return last === null ? [] : [`fired ${counted(fired, 'time')}, last ${formatMoment(last)}`];
}

function channelsWords(channels: readonly ShownChannel[]): string {
  if (channels.length === 0) return 'in this list alone';
  return `to ${channels.map((to) => (to.kind === 'desktop' ? 'the desktop' : to.origin)).join(', ')}`;
}
