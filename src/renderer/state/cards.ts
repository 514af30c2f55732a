import { type Card, cardSchema, wrongInCard } from '../../preload/contract/cards';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';

/**
 * A kept card as far as this app can draw it of these data: parts it does not know, or that are out
 * of bounds, are as if they were absent. Null where nothing can be drawn.
 */
export function soundCard(kept: unknown, dataset: DatasetDescriptor | null): Card | null {
  const card = knownCard(kept);
  if (card === null || dataset === null || wrongInCard(card, dataset) === null) return card;
  if (!('color' in card) || card.color === undefined) return null;
  const plain = { ...card };
  delete plain.color;
  return wrongInCard(plain, dataset) === null ? plain : null;
}

function knownCard(kept: unknown): Card | null {
  const parsed = cardSchema.safeParse(kept);
  if (parsed.success) return parsed.data;
  if (typeof kept !== 'object' || kept === null) return null;
  const wrong = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1),
  );
  const rest = Object.entries(kept).filter(([name]) => !wrong.includes(name));
  return cardSchema.safeParse(Object.fromEntries(rest)).data ?? null;
}
