import { ActionIcon } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { formatNumber, formatShare } from '../charts/format';
import { useAsked } from '../state/answers';
import { useExplore } from '../state/explore-store';
import { useSummaryQuestion } from '../state/summary';
import { RedoIcon, UndoIcon } from '../components/icons';
import { redo, undo, useHistory } from '../undo/history';
import { FilterChip } from './FilterChip';

/** Every active filter as a chip that can be changed and removed; nothing filters invisibly. */
export function ChipBar() {
  return (
    <div className="chip-bar">
      <Chips />
      <div className="chip-actions">
        <Steps />
        <SelectedCount />
      </div>
    </div>
  );
}

function Chips() {
  const selections = useExplore((state) => state.selections);
  const switchedOff = useExplore((state) => state.switchedOff);
  const hasFilters = selections.length + switchedOff.length > 0;
  const place = useRef<HTMLDivElement>(null);
  // A chip that goes hands the focus on, or the keyboard would be left nowhere.
  const handOn = (source: string | null) => {
    const index = [...selections, ...switchedOff].findIndex((each) => each.source === source);
    const chips = place.current?.querySelectorAll<HTMLElement>('.chip-remove');
    const next = index === -1 ? undefined : (chips?.[index + 1] ?? chips?.[index - 1]);
    (next ?? place.current)?.focus({ preventScroll: true });
  };
  return (
    <div ref={place} className="chips" role="group" aria-label="Active filters" tabIndex={-1}>
      {!hasFilters && <span className="chips-hint">Drag over a chart to filter</span>}
      {selections.map(({ source, filter }) => (
        <FilterChip
          key={source}
          source={source}
          filter={filter}
          isOff={false}
          onLeave={() => handOn(source)}
        />
      ))}
      {switchedOff.map(({ source, filter }) => (
        <FilterChip
          key={`off ${source}`}
          source={source}
          filter={filter}
          isOff
          onLeave={() => handOn(source)}
        />
      ))}
      {hasFilters && (
        <button
          type="button"
          className="chips-clear"
          onClick={() => {
            handOn(null);
            useExplore.getState().clearAll();
          }}
        >
          Clear all
        </button>
      )}
    </div>
  );
}

/** Drawn for itself: of all that the bar says, only this changes with each answer of a drag. */
function SelectedCount() {
  const { n, total } = useAsked(useSummaryQuestion(), 'all').value ?? {};
  const share =
    n !== undefined && total !== undefined && total > 0 ? ` · ${formatShare(n, total)}` : '';
  return (
    <span className="selected-count" aria-live="polite">
      {formatNumber(n)} of {formatNumber(total)}
      {share}
    </span>
  );
}

function Steps() {
  const canUndo = useHistory(({ past }) => past.length > 0);
  const canRedo = useHistory(({ future }) => future.length > 0);
  return (
    <>
      <StepButton label="Undo" can={canUndo} onStep={undo}>
        <UndoIcon />
      </StepButton>
      <StepButton label="Redo" can={canRedo} onStep={redo}>
        <RedoIcon />
      </StepButton>
    </>
  );
}

interface StepProps {
  label: string;
  /** Whether there is a step to take. */
  can: boolean;
  onStep(): void;
  children: ReactNode;
}

/** Only looks disabled without steps: really disabled, the last one would take the focus with it. */
function StepButton({ label, can, onStep, children }: StepProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      data-disabled={!can}
      aria-disabled={!can}
      onClick={onStep}
    >
      {children}
    </ActionIcon>
  );
}
