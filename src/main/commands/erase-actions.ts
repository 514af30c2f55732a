import { counted } from '../../preload/contract/counts';
import { OUT_OF_REACH } from '../../preload/contract/erasure';
import { AppError } from '../../preload/contract/errors';
import { dataPaths } from '../base/data-folder';
import { runErase } from '../refresh';
import { finishErasure } from './finish-erasure';
import type { CommonOptions } from './options';
import { printJson, printLine, printNote } from './output';
import { humanDate, humanDuration } from './terminal';

export async function erase(
  subject: string | undefined,
  isMeant: boolean,
  { data, json }: CommonOptions,
): Promise<void> {
  if (subject === undefined || subject.trim() === '') {
    throw new AppError('usage', 'Nobody was named.', {
      hint: 'Give a number or a name: pokedex erase charizard --yes.',
    });
  }
  if (!isMeant) {
    throw new AppError('usage', 'An erasure cannot be undone, so it needs --yes.', {
      hint: 'It erases this Pokémon and its other forms from every file of the data folder; earlier versions can then no longer be shown. Nothing was changed.',
    });
  }
  const report = await runErase(data, subject);
  const { receipt, file, duration_ms } = report;
  if (json) return printJson(report);
  const forms =
    receipt.subjects === 1 ? '' : `, with ${counted(receipt.subjects - 1, 'other form')} of it`;
  printLine(
    `Erased${forms}: ${counted(receipt.files.length, 'file')} written anew or removed, ${counted(receipt.searched.files, 'file')} searched (${humanDuration(duration_ms)}).`,
  );
  printLine(`Receipt: receipts/${file}`);
  printNote('Out of reach:');
  for (const sentence of OUT_OF_REACH) printNote(`  ${sentence}`);
}

export async function verifyReceipt(
  receipt: string,
  subject: string | undefined,
  { data, json }: CommonOptions,
): Promise<void> {
  if (subject !== undefined) {
    throw new AppError('usage', 'A receipt is checked without a subject: it names nobody.', {
      hint: 'pokedex erase --verify RECEIPT',
    });
  }
  await finishErasure(data);
  // It loads DuckDB.
  const { checkReceipt } = await import('../privacy/check-receipt');
  const check = await checkReceipt(dataPaths(data), receipt);
  if (json) return printJson(check);
  printLine(
    `${check.file} is as it was signed: ${counted(check.subjects, 'subject')} erased on ${humanDate(check.erased_at)}, and nobody erased is in the data folder.`,
  );
  if (check.changed_since > 0) {
    printLine(`${counted(check.changed_since, 'file')} of it changed since, which is usual.`);
  }
}
