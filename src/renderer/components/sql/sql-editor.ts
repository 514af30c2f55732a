import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { columnsOf, schemaOf, type SqlTable } from './sql-completion';
import { wrongMark } from './wrong-mark';

interface Options {
  /** Where the editor lives; it brings its own styles, so it needs a tree of its own. */
  root: ShadowRoot;
  text: string;
  label: string;
  onChange(text: string): void;
  onRun(): void;
}

/** Colours of the app, for both themes. */
const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '13px' },
  // The frame around the editor shows the focus.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    lineHeight: '1.55',
  },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  // The page's own rule does not reach into the editor's shadow tree.
  '@media (prefers-reduced-motion: reduce)': {
    '.cm-cursorLayer': { animation: 'none !important' },
  },
  '.cm-gutters': {
    border: 'none',
    color: 'var(--muted)',
    backgroundColor: 'var(--surface)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--accent-soft)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: 'none' },
  '.cm-wrong': {
    textDecoration: 'underline wavy var(--danger) 1.5px',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '6px',
    color: 'var(--ink)',
    backgroundColor: 'var(--surface)',
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--ink)',
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal' },
});

const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: 'light-dark(#1d4fb8, #8db4ff)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'light-dark(#1b6e3c, #86d9a0)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'light-dark(#98400f, #f2b27d)' },
  { tag: tags.comment, color: 'var(--muted)' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'light-dark(#6f3aa8, #cfa8ff)' },
]);

/** An SQL editor that completes the tables it is told of, and runs on Ctrl or ⌘ and Enter. */
export function createSqlEditor({ root, text, label, onChange, onRun }: Options): EditorView {
  const run = () => {
    onRun();
    return true;
  };
  return new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false }),
        language.of([]),
        syntaxHighlighting(highlighting),
        theme,
        wrongMark,
        EditorView.lineWrapping,
        // Tab is left to move the focus on.
        keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
        replaceOurselves,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
}

/**
 * Typing over a selection. Left to itself the browser keeps the replaced text's colour by a style
 * attribute of its own, which the page's policy refuses and reports.
 */
const replaceOurselves = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const text = event.data;
    const typed = event.inputType === 'insertText' && !event.isComposing;
    if (!typed || text === null || main.empty) return false;
    const { from, to } = main;
    const insert = () =>
      view.state.update({ ...view.state.replaceSelection(text), userEvent: 'input.type' });
    const handled = view.state
      .facet(EditorView.inputHandler)
      .some((handle) => handle(view, from, to, text, insert));
    if (!handled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

const language = new Compartment();

/** From here on these tables and their columns are completed. */
export function completeTables(view: EditorView, tables: readonly SqlTable[]): void {
  const effects = language.reconfigure([
    sql({ dialect: PostgreSQL, upperCaseKeywords: true, schema: schemaOf(tables) }),
    PostgreSQL.language.data.of({ autocomplete: columnsOf(tables) }),
  ]);
  view.dispatch({ effects });
}
