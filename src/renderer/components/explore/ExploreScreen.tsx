import { Button } from '@mantine/core';
import type { Card } from '../../../preload/contract/cards';
import { sameJson } from '../../../preload/contract/merge-changes';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { editCard, showOverlay } from '../palette/overlays';
import { Later } from '../Later';
import { ChartCard, ChartCardPlaceholder } from '../../cards/ChartCard';
import { useArranged } from '../../cards/order';
import { removeCard, showDefaultCards } from '../../undo/arranging';
import { ChipBar } from '../../side/ChipBar';
import { useDock } from './dock-store';
import { ShownMark } from './ShownMark';
import { SideBar } from '../../side/SideBar';
import { TableDock } from './TableDock';
import { Tiles } from './Tiles';

/** The linked explorer: filters at the side, chips and tiles on top, cards, the table at the foot. */
export function ExploreScreen() {
  const cards = useExplore((state) => state.cards);
  const said = useArranged((state) => state.said);
  const firstView = useDescribed((state) => state.firstView);
  const dock = useDock(({ open, height }) =>
    open && typeof height === 'string' ? height : undefined,
  );
  // What a column is called may stand anywhere: all but the side bar is drawn again.
  const corrections = useDescribed((state) => state.corrections);
  const remove = (card: Card) => {
    const at = cards.indexOf(card);
    removeCard(card);
    requestAnimationFrame(() => focusMenu(at));
  };
  return (
    <div className="explore" data-dock={dock}>
      <SideBar />
      <div className="board">
        <ChipBar key={`chips ${corrections}`} />
        <Tiles key={`tiles ${corrections}`} />
        <div key={corrections} className="cards">
          {cards.map((card, index) => (
            // The first chart does not wait for the others.
            <Later
              key={card.id}
              now={index === 0}
              placeholder={<ChartCardPlaceholder card={card} />}
            >
              <ChartCard card={card} onRemove={() => remove(card)} onEdit={() => editCard(card)} />
            </Later>
          ))}
        </div>
        <p className="spoken" role="status">
          {said}
        </p>
        <div className="board-actions">
          {firstView !== null && (
            <Later>
              <Button variant="default" size="xs" onClick={() => showOverlay('builder')}>
                Add a chart
              </Button>
              {!sameJson(cards, firstView?.cards) && (
                <Button
                  variant="subtle"
                  color="gray"
                  size="xs"
                  onClick={(event) => {
                    // The button goes, the one beside it stays.
                    event.currentTarget.parentElement?.querySelector('button')?.focus();
                    showDefaultCards();
                  }}
                >
                  Default dashboard
                </Button>
              )}
            </Later>
          )}
        </div>
      </div>
      <TableDock />
      <ShownMark />
    </div>
  );
}

/** The focus that went with a card goes to the one in its place, or to the one before. */
function focusMenu(index: number): void {
  if (document.activeElement !== document.body) return;
  const menus = document.querySelectorAll<HTMLElement>('.card [aria-haspopup="menu"]');
  (menus[index] ?? menus[menus.length - 1])?.focus({ preventScroll: true });
}
