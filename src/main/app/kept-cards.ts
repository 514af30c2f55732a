import { cardSchema } from '../../preload/contract/cards';
import { DEFAULT_GAMES } from '../../preload/contract/dataset';
import { isRecord } from '../../preload/contract/merge-changes';
import type { JsonObject } from '../base/edited-file';
import { cardFrom1 } from '../shaping/view-format-1';

/**
 * Kept settings whose cards of before are cards of now. The file keeps what it has until a person
 * changes the card; what no version of this app knows stays as it is.
 */
export function withNewCards(json: JsonObject): JsonObject {
  const { workspace } = json;
  if (!isRecord(workspace) || !Array.isArray(workspace['cards'])) return json;
  const games = Array.isArray(json['games']) ? json['games'].map(String) : DEFAULT_GAMES;
  const cards = workspace['cards'].map((card: unknown) =>
    cardSchema.safeParse(card).success ? card : (cardFrom1(card, games) ?? card),
  );
  return { ...json, workspace: { ...workspace, cards } };
}
