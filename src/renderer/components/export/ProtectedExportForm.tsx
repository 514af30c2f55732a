import {
  Button,
  Checkbox,
  MultiSelect,
  NativeSelect,
  NumberInput,
  SegmentedControl,
} from '@mantine/core';
import type { FormEvent } from 'react';
import { MOST_K, MOST_QUASI } from '../../../preload/contract/risk';
import { columnTitle } from '../../state/column-words';
import { useNoun } from '../../state/noun';
import {
  chooseQuasi,
  useChosenQuasi,
  useGeneralisation,
  useRisk,
  useRiskChoice,
  wantK,
} from '../../state/risk';
import { ErrorNote } from '../ErrorNote';
import { EXPORT_CHOICES, exportData, useExport } from './export-data';
import { FileContents } from './FileContents';
import { setProtectedExport, useProtectedExport } from './protected-export-store';
import styles from './protected-export.module.css';

const SCOPES = [
  { value: 'seen', label: 'What is seen' },
  { value: 'everything', label: 'Everything' },
];

/** How a file is made that names nobody, and in plain words what will be in it and what not. */
export function ProtectedExportForm({ onDone }: { onDone?(): void }) {
  const asked = useProtectedExport();
  const { scope, pseudonymised, rekey, isAlike } = asked;
  const k = useRiskChoice((state) => state.k);
  const isRunning = useExport((state) => state.running !== null);
  const chosen = useChosenQuasi();
  const noun = useNoun();
  const risk = useRisk(chosen, scope === 'everything');
  const quasi = chosen ?? risk.value?.figures.columns ?? [];
  const generalised = useGeneralisation(isAlike ? quasi : null, k, scope === 'everything');
  const error = risk.error ?? (isAlike ? generalised.error : null);
  const canExport = !isRunning && (!isAlike || quasi.length > 0);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const choice = EXPORT_CHOICES.find(({ name }) => name === asked.choice);
    if (choice === undefined || !canExport) return;
    void exportData(choice, scope, {
      ...(pseudonymised ? { pseudonymised, ...(rekey ? { rekey } : {}) } : {}),
      ...(isAlike ? { k, quasi: [...quasi] } : {}),
    });
    onDone?.();
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.choices}>
        <div className={styles.pair}>
          <SegmentedControl
            size="xs"
            aria-label="Rows and columns"
            value={scope}
            onChange={(value) =>
              setProtectedExport({ scope: value === 'everything' ? 'everything' : 'seen' })
            }
            data={SCOPES}
          />
          <NativeSelect
            size="xs"
            aria-label="Format"
            value={asked.choice}
            onChange={(event) => setProtectedExport({ choice: event.currentTarget.value })}
            data={EXPORT_CHOICES.map(({ name }) => name)}
          />
        </div>
        <Checkbox
          size="sm"
          label="Without identity (pseudonymised)"
          description={`No column that names a ${noun.one}; a key stands for each.`}
          checked={pseudonymised}
          onChange={(event) => setProtectedExport({ pseudonymised: event.currentTarget.checked })}
        />
        <Checkbox
          size="sm"
          label="New keys for this export"
          description="So that two files cannot be joined by their keys."
          disabled={!pseudonymised}
          checked={pseudonymised && rekey}
          onChange={(event) => setProtectedExport({ rekey: event.currentTarget.checked })}
        />
        <Checkbox
          size="sm"
          label="k-anonymous"
          description={`Coarser values, until each ${noun.one} is like at least ${k - 1} others.`}
          checked={isAlike}
          onChange={(event) => setProtectedExport({ isAlike: event.currentTarget.checked })}
        />
        {isAlike && (
          <div className={styles.alike}>
            <NumberInput
              size="xs"
              label="k"
              min={2}
              max={MOST_K}
              allowDecimal={false}
              value={k}
              onChange={(given) => {
                const wanted = Number(given);
                if (Number.isInteger(wanted) && wanted >= 2 && wanted <= MOST_K) wantK(wanted);
              }}
            />
            <MultiSelect
              size="xs"
              label="By these columns"
              searchable
              maxValues={MOST_QUASI}
              value={[...quasi]}
              onChange={(columns) => chooseQuasi(columns)}
              data={(risk.value?.candidates ?? []).map(({ column }) => ({
                value: column,
                label: columnTitle(column),
              }))}
            />
          </div>
        )}
      </div>
      {error !== null ? (
        <ErrorNote error={error} onRetry={risk.error === null ? generalised.retry : risk.retry} />
      ) : (
        <FileContents
          asked={asked}
          risk={risk.value ?? null}
          generalised={isAlike ? (generalised.value ?? null) : null}
        />
      )}
      <div>
        <Button type="submit" size="xs" disabled={!canExport}>
          Export
        </Button>
      </div>
    </form>
  );
}
