/** What a card's component is given: its spec, and what its menu leads to. */
export interface CardProps<Kind> {
  card: Kind;
  onRemove(): void;
  onEdit(): void;
}
