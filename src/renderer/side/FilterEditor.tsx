import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Filter } from '../../preload/contract/filters';
import { columnsLabel } from '../state/column-words';
import { useExplore } from '../state/explore-store';
import type { Selection } from '../state/selections';
import type { Choice } from '../state/choice';
import { describeFilter, hasSeveral, valueName } from '../state/filter-words';
import { IsSwitch } from './IsSwitch';
import { MatchSwitch } from './MatchSwitch';
import { RangeFields } from './RangeFields';
import { placeOfSource, showPlace } from './source-place';
import styles from './filter-editor.module.css';

interface Props extends Selection {
  /** It is switched off: it can be switched on or removed, and nothing else. */
  isOff: boolean;
  onClose(): void;
  onRemove(): void;
}

/** What a filter keeps, exactly: a range by its numbers, a choice by its values. */
export function FilterEditor({ source, filter, isOff, onClose, onRemove }: Props) {
  const { select, switchOff, switchOn } = useExplore.getState();
  const place = placeOfSource(source);
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Its code came after the popover had taken the focus: now there is something to give it to.
    const popover = editor.current?.closest('[role="dialog"]');
    if (popover !== document.activeElement) return;
    editor.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, []);
  return (
    <div ref={editor} className={styles.editor}>
      <p className={styles.title}>{describeFilter(filter)}</p>
      {!isOff && filter.kind === 'range' && (
        <RangeFields
          column={filter.column}
          filter={filter}
          hasBelow
          onApply={(changed) => {
            select(source, changed);
            onClose();
          }}
        />
      )}
      {!isOff && filter.kind === 'one-of' && (
        <IsSwitch filter={filter} onChange={(changed) => select(source, changed)} />
      )}
      {!isOff && filter.kind === 'one-of' && hasSeveral(filter.columns) && (
        <MatchSwitch
          of={columnsLabel(filter.columns).toLowerCase()}
          count={filter.values.length}
          match={filter.match}
          onMatch={(match) => select(source, { ...filter, match })}
        />
      )}
      {!isOff && filter.kind === 'one-of' && filter.values.length > 1 && (
        <ul className={styles.values} aria-label="Chosen values">
          {filter.values.map((value) => (
            <li key={String(value)}>
              <label className={styles.value}>
                <input
                  type="checkbox"
                  checked
                  onChange={() => select(source, withoutValue(filter, value))}
                />
                {valueName(filter, value)}
              </label>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        {place !== null && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              onClose();
              showPlace(place);
            }}
          >
            Go to where it is chosen
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            if (isOff) switchOn(source);
            else switchOff(source);
            onClose();
          }}
        >
          {isOff ? 'Switch on' : 'Switch off'}
        </Button>
        <Button size="compact-xs" variant="default" onClick={onRemove}>
          Remove
        </Button>
      </div>
    </div>
  );
}

function withoutValue(filter: Choice, value: Choice['values'][number]): Filter {
  return { ...filter, values: filter.values.filter((other) => other !== value) };
}
