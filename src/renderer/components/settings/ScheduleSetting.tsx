import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { AppError } from '../../../preload/contract/errors';
import { inElectron } from '../../bridge';
import { useApp } from '../../state/app-store';
import { ErrorNote } from '../ErrorNote';
import { failedWords, missedWords, nextWords } from '../../words/schedule-words';
import { OwnPeriod } from './OwnPeriod';
import { saveSchedule } from './save-settings';
import styles from './settings.module.css';

const OFFERED: readonly (readonly [value: string, label: string])[] = [
  ['off', 'Only when asked'],
  ['hourly', 'Every hour'],
  ['daily', 'Every day'],
  ['weekly', 'Every week'],
];

/** A period of a person's own. */
const OWN = 'own';
const OWN_AT_FIRST = '6h';

/** How often the data are refreshed without being asked, and when that is next. */
export function ScheduleSetting() {
  const schedule = useApp((state) => state.settings.schedule);
  const state = useApp((app) => app.schedule);
  const [wantsOwn, setWantsOwn] = useState(false);
  const isOwn = wantsOwn || !OFFERED.some(([value]) => value === schedule);
  const said = [nextWords(state), failedWords(state), missedWords(state)].filter(Boolean);
  const choose = (value: string) => {
    setWantsOwn(value === OWN);
    void saveSchedule(value === OWN ? OWN_AT_FIRST : value);
  };
  return (
    <section className={styles.group} aria-labelledby="settings-schedule">
      <h2 id="settings-schedule">Schedule</h2>
      <NativeSelect
        className={styles.narrow}
        label="Refresh the data"
        description={`${inElectron() ? 'While the app runs, also in the tray after its window is closed.' : 'While the app runs, in the background.'} What was missed meanwhile is made up for once.`}
        value={isOwn ? OWN : schedule}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          ...OFFERED.map(([value, label]) => ({ value, label })),
          { value: OWN, label: 'Every…' },
        ]}
      />
      {isOwn && <OwnPeriod key={schedule} schedule={schedule} />}
      {state.error !== null && <ErrorNote error={AppError.fromShape(state.error)} />}
      {said.length > 0 && (
        <p className={styles.quiet} role="status">
          {said.join(' ')}
        </p>
      )}
    </section>
  );
}
