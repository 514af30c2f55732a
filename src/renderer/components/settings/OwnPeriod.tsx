import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { periodMs } from '../../../preload/contract/period';
import { saveSchedule } from './save-settings';
import styles from './settings.module.css';

const UNITS = [
  { value: 'm', label: 'minutes' },
  { value: 'h', label: 'hours' },
  { value: 'd', label: 'days' },
  { value: 'w', label: 'weeks' },
  { value: 's', label: 'seconds' },
];

/** A period as a number and a unit; saved once it is one. */
export function OwnPeriod({ schedule }: { schedule: string }) {
  const [, digits = '6', of = 'h'] = /^(\d+)([smhdw])$/.exec(schedule) ?? [];
  const [number, setNumber] = useState(digits);
  const [unit, setUnit] = useState(of);
  const isPeriod = (text: string) => periodMs(text) !== null;
  const take = (period: string) => {
    if (isPeriod(period) && period !== schedule) void saveSchedule(period);
  };
  return (
    <div className={styles.period} role="group" aria-label="Every">
      <TextInput
        inputMode="numeric"
        label="Every"
        value={number}
        error={isPeriod(`${number.trim()}${unit}`) ? null : 'From 1 second to 366 days.'}
        onChange={(event) => setNumber(event.currentTarget.value)}
        onBlur={() => take(`${number.trim()}${unit}`)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(`${number.trim()}${unit}`);
        }}
      />
      <NativeSelect
        label="Unit"
        value={unit}
        data={UNITS}
        onChange={(event) => {
          setUnit(event.currentTarget.value);
          take(`${number.trim()}${event.currentTarget.value}`);
        }}
      />
    </div>
  );
}
