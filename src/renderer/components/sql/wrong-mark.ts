import { StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { TextPlace } from '../../../preload/contract/errors';

const setWrong = StateEffect.define<TextPlace | null>();
const mark = Decoration.mark({ class: 'cm-wrong' });

/** Underlines the word a query's error is about, until the next edit. */
export const wrongMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let shown = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (effect.is(setWrong)) shown = marksAt(transaction.state.doc, effect.value);
    }
    return shown;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks the word at a place in the editor's text; null takes the mark away. */
export function markWrong(view: EditorView, at: TextPlace | null): void {
  view.dispatch({ effects: setWrong.of(at) });
}

function marksAt(doc: Text, at: TextPlace | null): DecorationSet {
  if (at === null || at.line < 1 || at.line > doc.lines) return Decoration.none;
  const line = doc.line(at.line);
  const offset = line.from + Math.min(Math.max(at.column - 1, 0), line.length);
  const rest = doc.sliceString(offset, line.to);
  // A word, something in quotes, a cast, or one character.
  const token = /^(?:[\p{L}\p{M}\p{N}_]+|"[^"]*"?|'[^']*'?|::|\S)/u.exec(rest)?.[0];
  if (token !== undefined) return Decoration.set(mark.range(offset, offset + token.length));
  // The text ended too early: its last word is the one to look at.
  const before = doc.sliceString(0, offset).trimEnd();
  const last = /(?:[\p{L}\p{M}\p{N}_]+|\S)$/u.exec(before)?.[0];
  if (last === undefined) return Decoration.none;
  return Decoration.set(mark.range(before.length - last.length, before.length));
}
