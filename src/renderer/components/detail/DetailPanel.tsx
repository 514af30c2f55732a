import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type {
  ColumnDescriptor,
  DatasetDescriptor,
  RowId,
} from '../../../preload/contract/descriptor';
import { isErasedId } from '../../../preload/contract/erasure';
import type { QuestionOf } from '../../../preload/contract/questions';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { membersOf } from '../../row/members';
import { cellOf, nameOfId, type Row, rowsOf, titleOfRow } from '../../row/row';
import { RowImage } from '../../row/RowImage';
import { rowParts, type RowParts } from '../../row/row-parts';
import { SlotChips } from '../../row/SlotChips';
import { useAsked } from '../../state/answers';
import { useApp } from '../../state/app-store';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { useLast } from '../../state/use-last';
import { usualColumns } from '../../state/usual-columns';
import { titleOf } from '../../words/column-words';
import { formatNumber } from '../../words/numbers';
import { cellText, nameOf, textWithUnit } from '../../words/values';
import { ErrorNote } from '../ErrorNote';
import { draftOfRow } from '../alerts/alert-draft';
import { EraseSection } from '../erasure/EraseSection';
import { loadedPart } from '../loaded-part';
import { CloseIcon, NextIcon, PreviousIcon } from '../icons';
import { OriginValue } from './OriginValue';
import { ProfileRadar } from './ProfileRadar';
import { ProvenanceNote } from './ProvenanceNote';
import { useReturningFocus } from './use-returning-focus';
import classes from './DetailPanel.module.css';

/** Measures that stand as large figures; more of them are facts among the others. */
const MOST_TILES = 4;

/** The opened row, at the right of the screen; the rest stays in use beside it. */
export function DetailPanel() {
  const opened = useExplore((state) => state.opened);
  const open = useExplore((state) => state.open);
  const described = useDescribed((state) => state.described);
  const panel = useRef<HTMLDivElement>(null);
  useReturningFocus(panel, opened);

  useEffect(() => {
    if (opened === null) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const { target } = event;
      const here = target instanceof Node && panel.current?.contains(target) === true;
      if (here || target === document.body) open(null);
    };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [opened, open]);

  if (opened === null || described === null) return null;
  return (
    <div
      ref={panel}
      className={classes['panel']}
      role="dialog"
      aria-modal="false"
      aria-labelledby="detail-name"
      tabIndex={-1}
    >
      <Detail id={opened} described={described} />
    </div>
  );
}

const COUNT: QuestionOf<'summary'> = { kind: 'summary', of: [] };

function Detail({ id, described }: { id: RowId; described: DatasetDescriptor }) {
  const sort = useExplore((state) => state.sort);
  const open = useExplore((state) => state.open);
  const asked = useAsked(
    useMemo(() => ({ kind: 'byId' as const, ids: [id] }), [id]),
    'none',
  );
  const summary = useAsked(COUNT, 'all').value;
  const around = useAsked(
    useMemo(() => ({ kind: 'neighbours' as const, id, sort: [...sort] }), [id, sort]),
    'all',
  ).value;
  const found = useLast(asked.value);
  const place = useLast(around);
  const row = useMemo(() => (found === undefined ? null : (rowsOf(found)[0] ?? null)), [found]);
  const firstView = useDescribed((state) => state.firstView);
  const parts = useMemo(
    () => rowParts(described, usualColumns({ described, firstView })),
    [described, firstView],
  );

  const [erasing, setErasing] = useState<string | null>(null);
  const selected = summary?.n ?? null;
  return (
    <>
      {erasing !== null && (
        <EraseDialog
          id={id}
          name={erasing}
          onClose={(erased) => {
            setErasing(null);
            if (erased) open(null);
          }}
        />
      )}
      <div className={classes['head']}>
        <StepButton label="Previous" to={place?.previous ?? null} onOpen={open}>
          <PreviousIcon />
        </StepButton>
        <StepButton label="Next" to={place?.next ?? null} onOpen={open}>
          <NextIcon />
        </StepButton>
        <span className={classes['muted']}>{placeText(place, selected)}</span>
        <button
          type="button"
          className={classes['iconButton']}
          aria-label="Close"
          title="Close (Escape)"
          onClick={() => open(null)}
        >
          <CloseIcon />
        </button>
      </div>
      <div className={classes['body']} aria-busy={row === null}>
        {asked.error !== null && <ErrorNote error={asked.error} onRetry={asked.retry} />}
        {found === undefined && asked.error === null && <Bones />}
        {found?.rows.length === 0 && (
          <>
            <h2 id="detail-name" className={classes['gone']}>
              This {described.noun.one} is not in the data any more.
            </h2>
            <History described={described} id={id} />
          </>
        )}
        {row !== null && (
          <Parts
            described={described}
            parts={parts}
            row={row}
            selected={selected}
            onErase={() => setErasing(titleOfRow(described, row))}
          />
        )}
      </div>
    </>
  );
}

interface PartsProps {
  described: DatasetDescriptor;
  parts: RowParts;
  row: Row;
  selected: number | null;
  onErase(): void;
}

function Parts({ described, parts, row, selected, onErase }: PartsProps) {
  const { profiles, measures, lists, facts } = parts;
  // Who comes from there wants to know that first.
  const isOfChanges = useApp((state) => state.screen === 'changes');
  const tiles = measures.slice(0, MOST_TILES);
  const others = [...measures.slice(MOST_TILES), ...facts];
  return (
    <>
      <Hero described={described} parts={parts} row={row} />
      {isOfChanges && <History described={described} id={row.id} />}
      {profiles.map((part) => (
        <Section key={part.group.id} title={part.group.label}>
          <ProfileRadar
            described={described}
            part={part}
            total={parts.total}
            row={row}
            selected={selected}
          />
        </Section>
      ))}
      {tiles.length > 0 && (
        <Section title="Measures">
          <dl className={classes['tiles']}>
            {tiles.map((column) => (
              <div key={column.name}>
                <dt>{column.label}</dt>
                <dd>
                  <OriginValue described={described} column={column} row={row}>
                    {textWithUnit(column, cellOf(row, column.name))}
                  </OriginValue>
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {lists.map((column) => (
        <Section key={column.name} title={column.label}>
          <Members described={described} column={column} row={row} />
        </Section>
      ))}
      {others.length > 0 && (
        <Section title={tiles.length + lists.length + profiles.length === 0 ? 'Values' : 'More'}>
          <dl className={classes['facts']}>
            {others.map((column) => (
              <Fact key={column.name} described={described} column={column} row={row} />
            ))}
          </dl>
        </Section>
      )}
      {!isOfChanges && <History described={described} id={row.id} />}
      {described.can.includes('provenance') && !isErasedId(row.id) && (
        <Section title="Where it came from">
          <ProvenanceNote id={row.id} />
        </Section>
      )}
      {described.can.includes('erase') && (
        <Section title="Privacy">
          <EraseSection id={row.id} onErase={onErase} />
        </Section>
      )}
    </>
  );
}

function Hero({ described, parts, row }: Omit<PartsProps, 'selected' | 'onErase'>) {
  const name = titleOfRow(described, row);
  const byId = nameOfId(row.id);
  return (
    <div className={classes['hero']}>
      {described.row.image !== null && <RowImage described={described} row={row} size={96} />}
      <div>
        <h2 id="detail-name">{name}</h2>
        {byId !== name && <p className={classes['muted']}>{byId}</p>}
        {parts.slots.map((part) => (
          <p key={part.group.id} className={classes['chips']} aria-label={part.group.label}>
            <SlotChips part={part} row={row} />
          </p>
        ))}
        <div className={classes['actions']}>
          {described.row.key !== null && <CompareButton id={row.id} />}
          {described.kind === 'published' && (
            <Button size="xs" variant="default" onClick={() => draftOfRow(row.id, name)}>
              Alert me when this changes…
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Rows without a key have only a place, which is another row's in the next version. */
function CompareButton({ id }: { id: RowId }) {
  const compared = useExplore((state) => state.compared);
  const toggleCompared = useExplore((state) => state.toggleCompared);
  const isCompared = compared.includes(id);
  const full = !isCompared && compared.length >= MOST_COMPARED;
  return (
    <Button
      size="xs"
      variant={isCompared ? 'filled' : 'default'}
      disabled={full}
      aria-pressed={isCompared}
      onClick={() => toggleCompared(id)}
    >
      {full ? `${MOST_COMPARED} are compared already` : isCompared ? 'Compared' : 'Compare'}
    </Button>
  );
}

const EraseDialog = loadedPart(async () => (await import('../erasure/EraseDialog')).default);
const RowHistory = loadedPart(async () => (await import('../changes/RowHistory')).default);

function History({ described, id }: { described: DatasetDescriptor; id: RowId }) {
  if (!described.can.includes('versions')) return null;
  return (
    <Section title="History">
      <RowHistory id={Number(id)} />
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    // A group, not a landmark: a chart may have the same title.
    <div role="group" className={classes['section']} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

interface ValueProps {
  described: DatasetDescriptor;
  column: ColumnDescriptor;
  row: Row;
}

function Fact({ described, column, row }: ValueProps) {
  return (
    <>
      <dt>{titleOf(column)}</dt>
      <dd className={classes['value']}>
        <OriginValue described={described} column={column} row={row}>
          {cellText(column, cellOf(row, column.name))}
        </OriginValue>
      </dd>
    </>
  );
}

function Members({ described, column, row }: ValueProps) {
  const members = membersOf(row, column);
  if (members.length === 0) {
    return (
      <p className={classes['muted']}>
        <OriginValue described={described} column={column} row={row}>
          {cellText(column, cellOf(row, column.name))}
        </OriginValue>
      </p>
    );
  }
  return (
    <ul className={classes['words']}>
      {members.slice(0, MOST_MEMBERS).map((member, index) => (
        <li key={index}>{nameOf(column, member)}</li>
      ))}
      {members.length > MOST_MEMBERS && (
        <li>and {formatNumber(members.length - MOST_MEMBERS)} more</li>
      )}
    </ul>
  );
}

/** A list of a row may have thousands. */
const MOST_MEMBERS = 200;

interface StepProps {
  label: string;
  to: RowId | null;
  onOpen(id: RowId): void;
  children: ReactNode;
}

/** Stays focusable at the end of the order, so that a press too many does not lose the focus. */
function StepButton({ label, to, onOpen, children }: StepProps) {
  return (
    <button
      type="button"
      className={classes['iconButton']}
      aria-label={label}
      title={label}
      aria-disabled={to === null}
      onClick={() => {
        if (to !== null) onOpen(to);
      }}
    >
      {children}
    </button>
  );
}

function Bones() {
  return (
    <>
      <p id="detail-name" className={classes['hidden']}>
        Loading
      </p>
      <Skeleton height={96} mb={16} />
      <Skeleton height={240} mb={16} />
      <Skeleton height={120} />
    </>
  );
}

function placeText(
  place: { position: number } | null | undefined,
  selected: number | null,
): string {
  if (place === undefined || selected === null) return '';
  if (place === null) return 'Not in the selection';
  return `${formatNumber(place.position)} of ${formatNumber(selected)}`;
}
