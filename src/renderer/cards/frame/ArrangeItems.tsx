import { Menu } from '@mantine/core';
import { NARROWEST_CARD, WIDEST_CARD } from '../../../preload/contract/cards';
import { useExplore } from '../../state/explore-store';
import type { Direction } from '../order';
import { moveTowards, widenCard } from './arrange-keys';

const MOVES: readonly [Direction, label: string][] = [
  ['left', 'Move left'],
  ['right', 'Move right'],
  ['up', 'Move up'],
  ['down', 'Move down'],
];

/** What of a card's menu arranges it among the others. */
export function ArrangeItems({ id }: { id: string }) {
  const cards = useExplore((state) => state.cards);
  const at = cards.findIndex((card) => card.id === id);
  const card = cards[at];
  if (card === undefined) return null;
  const isFirst = at === 0;
  const isLast = at === cards.length - 1;
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>Arrange</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {MOVES.map(([direction, label]) => (
          <Menu.Item
            key={direction}
            disabled={direction === 'left' || direction === 'up' ? isFirst : isLast}
            onClick={() => moveTowards(id, direction)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Item disabled={card.width >= WIDEST_CARD} onClick={() => widenCard(id, 1)}>
          Wider
        </Menu.Item>
        <Menu.Item disabled={card.width <= NARROWEST_CARD} onClick={() => widenCard(id, -1)}>
          Narrower
        </Menu.Item>
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}
