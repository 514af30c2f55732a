import type { CallAnswer, CallName } from './calls';

/** A call's answer on its way to the page: a large result is JSON already, in whole characters. */
export type SentAnswer<Name extends CallName> =
  CallAnswer<Name> | { ok: true; json: Uint8Array<ArrayBuffer>[] };

export function readAnswer<Name extends CallName>(sent: SentAnswer<Name>): CallAnswer<Name> {
  if (!('json' in sent)) return sent;
  const decoder = new TextDecoder();
  const text = sent.json.map((piece) => decoder.decode(piece)).join('');
  return {
    ok: true,
    result: JSON.parse(text) as Extract<CallAnswer<Name>, { ok: true }>['result'],
  };
}
