import type { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { runQuery, setText, useConsole } from './console-store';
import { markWrong } from './wrong-mark';
import { completeTables, createSqlEditor } from './sql-editor';
import { useFollowedTables } from './sql-tables';
import styles from './sql.module.css';

/**
 * The editor in a shadow tree: there CodeMirror adopts constructed style sheets; in the document
 * itself it would add a style element, which the page's policy refuses.
 */
export function SqlEditor() {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const text = useConsole((state) => state.text);

  const wrongAt = useConsole((state) => state.wrongAt);

  useEffect(() => {
    const host = place.current;
    if (host === null) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const created = createSqlEditor({
      root,
      text: useConsole.getState().text,
      label: 'SQL query',
      onChange: setText,
      onRun: () => void runQuery(),
    });
    editor.current = created;
    return () => {
      created.destroy();
      editor.current = null;
    };
  }, []);

  useEffect(() => {
    const view = editor.current;
    if (view === null || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (view !== null) markWrong(view, wrongAt);
  }, [wrongAt]);

  const tables = useFollowedTables();
  useEffect(() => {
    const view = editor.current;
    if (view !== null) completeTables(view, tables);
  }, [tables]);

  return <div ref={place} className={styles.editor} />;
}
