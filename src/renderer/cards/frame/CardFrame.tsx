import { ActionIcon, Skeleton } from '@mantine/core';
import { useCallbackRef, useFocusTrap } from '@mantine/hooks';
import { type ReactNode, useRef, useState } from 'react';
import type { AppError } from '../../../preload/contract/errors';
import { isPageWide } from '../../state/connection';
import { ErrorBoundary } from '../../components/ErrorBoundary';
import { ErrorNote } from '../../components/ErrorNote';
import { CloseIcon } from '../../components/icons';
import { Later } from '../../components/Later';
import { ChipBar } from '../../side/ChipBar';
import type { CardTable } from '../card-table';
import { arrangeKey } from './arrange-keys';
import { CardEdge } from './CardEdge';
import { CardMenu } from './CardMenu';
import { DataTable } from './DataTable';
import type { ChartImage, Size } from './chart-image';
import { startCardDrag, useDragMark } from './use-card-drag';

/** A card body's padding, as the style sheet has it. */
const INSET = 4;

interface Props {
  id: string;
  title: string;
  /** Said beside the title; null for nothing. */
  note: string | null;
  width: number;
  /** Charts of eighteen types and of two axes need the height. */
  tall: boolean;
  /** Null while loading. */
  table: CardTable | null;
  error: AppError | null;
  onRetry(): void;
  /** Whether this card has a selection of its own, and how to let it go. */
  selected: boolean;
  onClear(): void;
  onRemove?(): void;
  onEdit?(): void;
  /** The chart as a file, as large as its place on the card; null before there is one. */
  image(size: Size): ChartImage | null;
  tools?: ReactNode;
  /** Of colours that are told elsewhere on the screen, which a card in full screen hides. */
  legend?: ReactNode;
  children: ReactNode;
}

/** A card: title, its menu, the chart or its data as a table, and the states in between. */
export function CardFrame(props: Props) {
  const [asTable, setAsTable] = useState(false);
  const [full, setFull] = useState(false);
  const [pulled, setPulled] = useState<number | null>(null);
  const dragMark = useDragMark(props.id);
  // What lies behind a card in full screen is not to be reached by Tab.
  const trap = useFocusTrap(full);
  const { table, error } = props;
  const body = useRef<HTMLDivElement>(null);
  // Of the place, not of a chart: there is none while the card shows a table.
  const image = useCallbackRef(() => {
    const { clientWidth = 0, clientHeight = 0 } = body.current ?? {};
    return props.image({ width: clientWidth - 2 * INSET, height: clientHeight - 2 * INSET });
  });
  const onEdit = useCallbackRef(props.onEdit);
  const onRemove = useCallbackRef(props.onRemove);
  return (
    <section
      ref={trap}
      className="card"
      data-card={props.id}
      data-full={full || undefined}
      data-width={pulled ?? props.width}
      data-drag={dragMark}
      data-tall={props.tall || undefined}
      aria-label={props.title}
      onDoubleClick={props.onClear}
      onKeyDownCapture={(event) => {
        if (!full) arrangeKey(props.id, event);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (full) setFull(false);
        else if (props.selected) props.onClear();
      }}
    >
      <header className="card-head" onPointerDown={(event) => startCardDrag(props.id, event)}>
        <h2>{props.title}</h2>
        {props.note !== null && (
          <p className="card-note" title={props.note}>
            {props.note}
          </p>
        )}
        <div className="card-tools">
          <Later>{props.tools}</Later>
          {props.selected && (
            <button
              type="button"
              className="card-clear"
              onClick={(event) => {
                // The button goes; who pressed it by a key goes on in the chart.
                if (event.detail === 0) focusChart(event.currentTarget);
                props.onClear();
              }}
            >
              Clear
            </button>
          )}
          <Later>
            <CardMenu
              id={props.id}
              title={props.title}
              asTable={asTable}
              onAsTable={setAsTable}
              full={full}
              onFull={setFull}
              image={image}
              onEdit={props.onEdit === undefined ? undefined : onEdit}
              onRemove={props.onRemove === undefined ? undefined : onRemove}
            />
          </Later>
          {full && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Leave full screen"
              title="Leave full screen (Escape)"
              onClick={() => setFull(false)}
            >
              <CloseIcon />
            </ActionIcon>
          )}
        </div>
      </header>
      {full && (
        <div className="card-full-head">
          <ChipBar />
          {props.legend}
        </div>
      )}
      <div ref={body} className="card-body">
        {error !== null && !isPageWide(error) ? (
          <ErrorNote error={error} onRetry={props.onRetry} />
        ) : table === null ? (
          <Skeleton className="card-skeleton" role="img" aria-label="Loading" />
        ) : asTable ? (
          <DataTable table={table} caption={props.title} />
        ) : (
          <ErrorBoundary message="The chart could not be drawn.">{props.children}</ErrorBoundary>
        )}
      </div>
      <CardEdge id={props.id} width={props.width} onPull={setPulled} />
    </section>
  );
}

function focusChart(inside: Element): void {
  const chart = inside.closest('.card')?.querySelector<HTMLElement>('.plot [tabindex="0"]');
  chart?.focus({ preventScroll: true });
}
