import type { DataPaths } from '../base/data-folder';
import { checkReceipt } from '../privacy/check-receipt';
import { previewErasure } from '../privacy/preview-erasure';
import { listReceipts } from '../privacy/receipts';
import type { EraseReport } from '../../preload/contract/erasure';
import type { CallHandlers } from './dispatcher';

/** @param erase the erasure itself, with all that the app has to let go of before and after it */
export function erasureCalls(
  paths: DataPaths,
  erase: (id: string) => Promise<EraseReport>,
): Pick<CallHandlers, 'erasure.preview' | 'erasure.erase' | 'erasure.receipts' | 'erasure.verify'> {
  return {
    'erasure.preview': ({ id }) => previewErasure(paths, id),
    'erasure.erase': ({ id }) => erase(id),
    'erasure.receipts': () => listReceipts(paths),
    'erasure.verify': ({ file }) => checkReceipt(paths, file),
  };
}
