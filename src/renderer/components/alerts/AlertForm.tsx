import {
  Button,
  Checkbox,
  Modal,
  MultiSelect,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useMemo, useState } from 'react';
import { isNumberColumn } from '../../../preload/contract/descriptor';
import { call } from '../../bridge';
import { takeAlerts, useAlerts } from '../../state/alerts';
import { publishedColumns, useDescribed } from '../../state/described';
import { useNoun } from '../../state/noun';
import { titleOf } from '../../words/column-words';
import { capital } from '../../words/noun';
import { sayDone, sayFailed } from '../help/notices';
import { closeDraft, useAlertDraft } from './alert-draft';
import { ConditionFields } from './ConditionFields';
import { DryRunNote } from './DryRunNote';
import { fieldsOf, isOfFields, newSecret, type RuleFields, ruleOf } from './rule-fields';
import styles from './alerts.module.css';

const PREVIEW_AFTER_MS = 300;

const STALE = [
  { value: '1d', label: 'A day' },
  { value: '7d', label: 'A week' },
  { value: '30d', label: '30 days' },
];

/** Makes a rule without code, and shows what it would have fired before it is saved. */
export default function AlertForm() {
  const draft = useAlertDraft((state) => state.draft);
  const canNotify = useAlerts((state) => state.alerts?.desktop ?? false);
  const opened = useDescribed((state) => state.opened);
  const described = useDescribed((state) => state.described);
  const [fields, setFields] = useState(() => fieldsOf(draft ?? { title: '', on: {} }, canNotify));
  const set = (part: Partial<RuleFields>) => setFields((before) => ({ ...before, ...part }));
  const made = useMemo(
    () => ruleOf(fields, opened === null ? described : null),
    [fields, opened, described],
  );
  // What it would have fired does not wait for an address that is being typed.
  const unsent = useMemo(
    () => ruleOf({ ...fields, title: '', desktop: false, webhook: false }, null),
    [fields],
  );
  const [previewed] = useDebouncedValue(unsent.rule, PREVIEW_AFTER_MS);
  const [saving, setSaving] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (made.rule === null) return;
    setSaving(true);
    try {
      takeAlerts(await call('alerts.add', { rule: made.rule }));
      sayDone(`“${made.rule.title}” begins with the next version.`);
      closeDraft();
    } catch (error) {
      sayFailed(error);
      setSaving(false);
    }
  };

  return (
    <Modal
      opened
      onClose={closeDraft}
      title="New alert"
      size={640}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          size="sm"
          label="Title"
          placeholder={unsent.rule?.title ?? 'What the message is called'}
          description="Left empty, it is called by what it waits for."
          maxLength={200}
          data-autofocus
          value={fields.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <SegmentedControl
          size="xs"
          aria-label="What it waits for"
          value={fields.waits}
          onChange={(value) => set({ waits: value === 'stale' ? 'stale' : 'changes' })}
          data={[
            { value: 'changes', label: 'Something changes' },
            { value: 'stale', label: 'Nothing new comes' },
          ]}
        />
        {fields.waits === 'stale' ? (
          <NativeSelect
            size="sm"
            label="For how long"
            value={fields.staleFor}
            onChange={(event) => set({ staleFor: event.currentTarget.value })}
            data={STALE}
          />
        ) : (
          <ChangeFields fields={fields} set={set} />
        )}
        <ChannelFields fields={fields} set={set} canNotify={canNotify} />
        <section className={styles.dry} aria-label="Dry run">
          {previewed !== null && <DryRunNote rule={previewed} />}
          {made.wrong !== null && <p className={styles.problem}>{made.wrong}</p>}
        </section>
        <div className={styles.actions}>
          <Button variant="default" onClick={closeDraft}>
            Cancel
          </Button>
          <Button type="submit" disabled={made.rule === null || saving}>
            Save the alert
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface PartProps {
  fields: RuleFields;
  set(part: Partial<RuleFields>): void;
}

function ChangeFields({ fields, set }: PartProps) {
  const noun = useNoun();
  const columns = publishedColumns().filter(({ role }) => role !== 'key');
  const chosen = columns.filter(({ name }) => fields.columns.includes(name));
  const areNumbers = chosen.every(isNumberColumn);
  const ofFields = isOfFields(fields);
  return (
    <fieldset className={styles.stack}>
      <legend>What happens</legend>
      <Checkbox.Group
        aria-label="What happens"
        value={fields.kinds}
        onChange={(kinds) => set({ kinds })}
      >
        <div className={styles.actions}>
          <Checkbox size="xs" value="insert" label={`${capital(noun.many)} come`} />
          <Checkbox size="xs" value="delete" label={`${capital(noun.many)} leave`} />
          <Checkbox size="xs" value="update" label="Values change" />
        </div>
      </Checkbox.Group>
      {ofFields && (
        <>
          <MultiSelect
            size="sm"
            label="Of these fields"
            placeholder={fields.columns.length === 0 ? 'Any field' : ''}
            searchable
            value={fields.columns}
            onChange={(value) => set({ columns: value })}
            data={columns.map((column) => ({ value: column.name, label: titleOf(column) }))}
          />
          {areNumbers && (
            <div className={styles.pair}>
              <NumberInput
                size="sm"
                label="By at least"
                min={0}
                value={fields.byAtLeast}
                onChange={(byAtLeast) => set({ byAtLeast })}
              />
              <NumberInput
                size="sm"
                label="Crossing"
                value={fields.crosses}
                onChange={(crosses) => set({ crosses })}
              />
            </div>
          )}
        </>
      )}
      <TagsInput
        size="sm"
        label={`Only these ${noun.many}`}
        placeholder={fields.pokemon.length === 0 ? 'Names or numbers; anybody' : ''}
        value={fields.pokemon}
        onChange={(pokemon) => set({ pokemon })}
      />
      <ConditionFields
        conditions={fields.conditions}
        onChange={(conditions) => set({ conditions })}
      />
    </fieldset>
  );
}

function ChannelFields({ fields, set, canNotify }: PartProps & { canNotify: boolean }) {
  return (
    <fieldset className={styles.stack}>
      <legend>Where it is told, beside the list here</legend>
      <Checkbox
        size="xs"
        label="A notification of the desktop"
        description={
          canNotify ? undefined : 'Shown by the desktop app alone; in a browser the list has it.'
        }
        checked={fields.desktop}
        onChange={(event) => set({ desktop: event.currentTarget.checked })}
      />
      <Checkbox
        size="xs"
        label="A webhook"
        checked={fields.webhook}
        onChange={(event) => {
          const webhook = event.currentTarget.checked;
          set({ webhook, ...(webhook && fields.secret === '' ? { secret: newSecret() } : {}) });
        }}
      />
      {fields.webhook && (
        <>
          <TextInput
            size="sm"
            label="Address"
            placeholder="https://example.org/hook"
            value={fields.url}
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
          <TextInput
            size="sm"
            label="Secret"
            description="Give it to the receiver now: it is not shown again."
            value={fields.secret}
            onChange={(event) => set({ secret: event.currentTarget.value })}
          />
        </>
      )}
    </fieldset>
  );
}
