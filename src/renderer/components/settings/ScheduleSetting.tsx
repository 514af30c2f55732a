import { NativeSelect } from '@mantine/core';
import { AppError } from '../../../preload/contract/errors';
import { useApp } from '../../state/app-store';
import { ErrorNote } from '../ErrorNote';
import { failedWords, missedWords, nextWords } from '../../words/schedule-words';
import { saveSchedule } from './save-settings';
import styles from './settings.module.css';

const OFFERED: readonly (readonly [value: string, label: string])[] = [
  ['off', 'Only when asked'],
  ['hourly', 'Every hour'],
  ['6h', 'Every 6 hours'],
  ['daily', 'Every day'],
  ['weekly', 'Every week'],
];

/** How often the data are refreshed without being asked, and when that is next. */
export function ScheduleSetting() {
  const schedule = useApp((state) => state.settings.schedule);
  const state = useApp((app) => app.schedule);
  const isOffered = OFFERED.some(([value]) => value === schedule);
  const said = [nextWords(state), failedWords(state), missedWords(state)].filter(Boolean);
  return (
    <section className={styles.group} aria-labelledby="settings-schedule">
      <h2 id="settings-schedule">Schedule</h2>
      <NativeSelect
        className={styles.narrow}
        label="Refresh the data"
        description="While the app runs, in the background. What was missed meanwhile is made up for once."
        value={schedule}
        onChange={(event) => void saveSchedule(event.currentTarget.value)}
        data={[
          ...OFFERED.map(([value, label]) => ({ value, label })),
          // As a person has written it in settings.json.
          ...(isOffered ? [] : [{ value: schedule, label: `Every ${schedule}` }]),
        ]}
      />
      {state.error !== null && <ErrorNote error={AppError.fromShape(state.error)} />}
      {said.length > 0 && (
        <p className={styles.quiet} role="status">
          {said.join(' ')}
        </p>
      )}
    </section>
  );
}
