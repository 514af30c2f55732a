import type { Card } from '../../../preload/contract/cards';

const TALL: ReadonlySet<Card['kind']> = new Set([
  'density',
  'categories',
  'pairs',
  'spread',
  'sets',
]);

/** Charts of eighteen types and of two axes need the height. */
export function isTall({ kind }: Card): boolean {
  return TALL.has(kind);
}

/** A card's place until the card is there. */
export function CardPlaceholder({ card }: { card: Card }) {
  return (
    <div
      className="card"
      data-width={card.width}
      data-tall={isTall(card) || undefined}
      aria-hidden="true"
    >
      <header className="card-head">
        <h2>{card.title}</h2>
      </header>
      <div className="card-body">
        <div className="card-skeleton bone" />
      </div>
    </div>
  );
}
