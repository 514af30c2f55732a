import { useEffect, useState } from 'react';
import { inElectron } from '../../bridge';
import { sayFailed } from '../help/notices';
import { droppedFiles } from './choose-files';
import { openFiles } from './open-actions';
import { useOpening } from './opening-store';
import styles from './open.module.css';

/** Files can be dropped anywhere on the page; it says so while they hover over it. */
export default function DropZone() {
  const [over, setOver] = useState(false);
  const busy = useOpening((state) => state.busy);
  useEffect(() => {
    // Entering a child leaves its parent: what counts is how many are entered and not left.
    let entered = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      entered += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      entered -= 1;
      if (entered <= 0) end();
    };
    const end = () => {
      entered = 0;
      setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      end();
      if (event.dataTransfer === null || !hasFiles(event)) return;
      // Without it the browser would go to the file.
      event.preventDefault();
      droppedFiles(event.dataTransfer, inElectron()).then(openFiles).catch(sayFailed);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hover);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return (
    <>
      {over && (
        <div className={styles.drop}>
          <div className={styles.dropWords}>
            <p>Drop to open</p>
            <p className={styles.muted}>
              Parquet, CSV, JSON, Arrow, a Delta table or a folder of them
            </p>
          </div>
        </div>
      )}
      <p className={styles.busy} role="status" data-busy={busy !== null}>
        {busy}
      </p>
    </>
  );
}
