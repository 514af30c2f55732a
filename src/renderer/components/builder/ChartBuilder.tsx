import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { type Card, MOST_CARDS } from '../../../preload/contract/cards';
import { useExplore } from '../../state/explore-store';
import { replaceCard } from '../../cards/arrange';
import type { BuiltOver } from '../../cards/card-kind';
import { ChartCard } from '../../cards/ChartCard';
import { freshId } from '../../cards/fresh-id';
import { undoable } from '../../undo/undoable';
import { builtOver, cardOf, draftOf, nameOf, newDraft } from './chart-draft';
import { DraftFields } from './DraftFields';
import styles from './builder.module.css';

const WIDTHS = [
  { value: '4', label: 'A third' },
  { value: '6', label: 'Half' },
  { value: '12', label: 'Whole' },
];

/** Makes a chart over any column, or changes one; it joins the dashboard and filters like the rest. */
export function ChartBuilder(props: { card: Card | null; onClose(): void }) {
  const [over] = useState(builtOver);
  return over === null ? null : <Builder {...props} over={over} />;
}

interface BuilderProps {
  card: Card | null;
  over: BuiltOver;
  onClose(): void;
}

function Builder({ card, over, onClose }: BuilderProps) {
  const cards = useExplore((state) => state.cards);
  const [draft, setDraft] = useState(() => (card === null ? newDraft(over) : draftOf(card, over)));
  const [title, setTitle] = useState(draft.title);
  const [width, setWidth] = useState(draft.width);
  const id = useMemo(() => card?.id ?? freshId(), [card]);
  const made = useMemo(
    () => cardOf({ ...draft, title, width }, id, over),
    [draft, title, width, id, over],
  );
  const full = card === null && cards.length >= MOST_CARDS;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (full || made === null) return;
    if (card === null) addCard(made);
    else {
      undoable(`Changed ‘${card.title}’`, () => replaceCard(made));
    }
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={card === null ? 'Add a chart' : `Edit “${card.title}”`}
      size={920}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className={styles.builder} onSubmit={submit}>
        <div className={styles.choices}>
          <DraftFields draft={draft} over={over} onChange={setDraft} />
          <TextInput
            size="sm"
            label="Title"
            placeholder={nameOf(draft, over)}
            value={title}
            maxLength={80}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <div>
            <p className={styles.label}>Width</p>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label="Width"
              value={String(width)}
              onChange={(value) => setWidth(Number(value))}
              data={widthChoices(width)}
            />
          </div>
        </div>
        <div className={styles.preview}>
          <p className={styles.label}>Preview, under the filters as they are</p>
          {/* It only shows: a brush here would filter the dashboard behind. */}
          <div inert className={styles.chart}>
            {made !== null && (
              <ChartCard
                key={JSON.stringify({ ...made, title: '', width: 0 })}
                card={made}
                onRemove={onClose}
                onEdit={onClose}
              />
            )}
          </div>
        </div>
        <div className={styles.actions}>
          {full && (
            <p className={styles.problem}>
              The dashboard has {MOST_CARDS} charts already; remove one first.
            </p>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={full || made === null}>
            {card === null ? 'Add to the dashboard' : 'Save'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** A card of a view file may be of another width: it stays to be chosen. */
function widthChoices(width: number) {
  const value = String(width);
  if (WIDTHS.some((choice) => choice.value === value)) return WIDTHS;
  return [...WIDTHS, { value, label: `${width} of 12` }];
}

function addCard(card: Card): void {
  const { cards, setCards } = useExplore.getState();
  setCards([...cards, card]);
}
