import type { Card } from '../../../preload/contract/cards';

/** A card's place until the card is there. */
export function CardPlaceholder({ card, tall }: { card: Card; tall: boolean }) {
  return (
    <div
      className="card"
      data-card={card.id}
      data-width={card.width}
      data-tall={tall || undefined}
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
