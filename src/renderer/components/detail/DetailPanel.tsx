import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { formatNumber, formatValue, titleCase } from '../../charts/format';
import { inGameOrder } from '../../../preload/contract/games';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { useExplore } from '../../state/explore-store';
import { filtersFor } from '../../state/selections';
import { useRows } from '../../state/use-rows';
import { ErrorNote } from '../ErrorNote';
import { Sprite } from '../table/Sprite';
import { CloseIcon, NextIcon, PreviousIcon } from '../icons';
import { TypeChip } from '../table/TypeChip';
import { ProvenanceNote } from './ProvenanceNote';
import { numberOrNull, textsOf, typesOf } from './stat-values';
import { StatRadar } from './StatRadar';
import { useReturningFocus } from './use-returning-focus';
import classes from './DetailPanel.module.css';

/** The opened Pokémon, at the right of the screen; the rest stays in use beside it. */
export function DetailPanel() {
  const opened = useExplore((state) => state.opened);
  const open = useExplore((state) => state.open);
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

  if (opened === null) return null;
  return (
    <div
      ref={panel}
      className={classes['panel']}
      role="dialog"
      aria-modal="false"
      aria-labelledby="detail-name"
      tabIndex={-1}
    >
      <Detail id={opened} />
    </div>
  );
}

function Detail({ id }: { id: number }) {
  const { selections, sort, open } = useExplore();
  const filters = useMemo(() => filtersFor(selections, null), [selections]);
  const pokemon = useRows({ kind: 'by-id', ids: [id] }, []);
  const medians = useRows({ kind: 'stat-medians' }, filters);
  const summary = useRows({ kind: 'summary' }, filters);
  const around = useRows({ kind: 'neighbours', id, sort: [...sort] }, filters);

  const row = pokemon.rows?.[0] ?? null;
  const place = around.rows?.[0] ?? null;
  const selected = numberOrNull(summary.rows?.[0]?.['n']);
  const previous = numberOrNull(place?.['previous']);
  const next = numberOrNull(place?.['next']);
  return (
    <>
      <div className={classes['head']}>
        <StepButton label="Previous" to={previous} onOpen={open}>
          <PreviousIcon />
        </StepButton>
        <StepButton label="Next" to={next} onOpen={open}>
          <NextIcon />
        </StepButton>
        <span className={classes['muted']}>{placeText(around.rows, place, selected)}</span>
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
        {pokemon.error !== null && <ErrorNote error={pokemon.error} onRetry={pokemon.retry} />}
        {pokemon.rows === null && pokemon.error === null && <Bones />}
        {pokemon.rows?.length === 0 && (
          <p id="detail-name">This Pokémon is not in the data any more.</p>
        )}
        {row !== null && (
          <>
            <Hero row={row} />
            <Section title="Base stats">
              <StatRadar
                row={row}
                medians={selected === 0 ? null : (medians.rows?.[0] ?? null)}
                selected={selected}
              />
            </Section>
            <Section title="Size">
              <dl className={classes['tiles']}>
                <Fact label="Height" row={row} column="height_m" />
                <Fact label="Weight" row={row} column="weight_kg" />
                <Fact label="BMI" row={row} column="bmi" />
                <Fact label="Base experience" row={row} column="base_experience" />
              </dl>
            </Section>
            <Section title="Abilities">
              <Words words={textsOf(row['abilities'])} />
            </Section>
            <Section title="Games">
              <Words words={inGameOrder(textsOf(row['games']))} />
            </Section>
            <Section title="Where it came from">
              <ProvenanceNote id={id} />
            </Section>
          </>
        )}
      </div>
    </>
  );
}

function Hero({ row }: { row: ChartRow }) {
  const compared = useExplore((state) => state.compared);
  const toggleCompared = useExplore((state) => state.toggleCompared);
  const id = Number(row['id']);
  const types = typesOf(row);
  const isCompared = compared.includes(id);
  const full = !isCompared && compared.length >= MOST_COMPARED;
  const species = String(row['species']);
  return (
    <div className={classes['hero']}>
      <Sprite id={id} types={types} size={96} />
      <div>
        <h2 id="detail-name">{String(row['name'])}</h2>
        <p className={classes['muted']}>
          No. {id}
          {species.toLowerCase() !== String(row['name']).toLowerCase() && ` · species ${species}`}
          {row['is_default'] === false && ' · not the default form'}
        </p>
        <p className={classes['types']}>
          {types.map((type) => (
            <TypeChip key={type} type={type} />
          ))}
        </p>
        <Button
          size="xs"
          variant={isCompared ? 'filled' : 'default'}
          disabled={full}
          aria-pressed={isCompared}
          onClick={() => toggleCompared(id)}
        >
          {full ? `${MOST_COMPARED} are compared already` : isCompared ? 'Compared' : 'Compare'}
        </Button>
      </div>
    </div>
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

function Fact({ label, row, column }: { label: string; row: ChartRow; column: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatValue(column, row[column])}</dd>
    </div>
  );
}

function Words({ words }: { words: readonly string[] }) {
  if (words.length === 0) return <p className={classes['muted']}>–</p>;
  return (
    <ul className={classes['words']}>
      {words.map((word) => (
        <li key={word}>{titleCase(word)}</li>
      ))}
    </ul>
  );
}

interface StepProps {
  label: string;
  to: number | null;
  onOpen(id: number): void;
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
  rows: readonly ChartRow[] | null,
  place: ChartRow | null,
  selected: number | null,
): string {
  if (rows === null || selected === null) return '';
  if (place === null) return 'Not in the selection';
  return `${formatNumber(place['position'])} of ${formatNumber(selected)}`;
}
