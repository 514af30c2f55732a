import { dataPaths } from '../base/data-folder';
import { isErasing } from '../privacy/erasing-plan';
import { printNote } from './output';

/** Finishes an erasure that was cut short, before a command shows or writes anything. */
export async function finishErasure(data: string): Promise<void> {
  if (!(await isErasing(dataPaths(data)))) return;
  // Loaded when needed: commands start without worker threads.
  const { completeErasing } = await import('../refresh');
  const obstacle = await completeErasing(data);
  if (obstacle === null) return printNote('An erasure that had been cut short was finished.');
  printNote(`${obstacle.message} ${obstacle.hint ?? ''}`);
}
