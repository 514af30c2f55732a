import { Command } from 'commander';
import { type CommonOptions, withCommon } from './options';
import { examples } from './pipeline-commands';

interface EraseFlags extends CommonOptions {
  yes?: true;
  verify?: string;
}

/** Erases one subject for good, or checks the receipt of an erasure. */
export function eraseCommand(): Command {
  return withCommon(new Command('erase'))
    .description('erase one Pokémon from every file of the data folder, for good')
    .argument('[subject]', 'its number or its whole name')
    .option('--yes', 'that this is meant: it cannot be undone')
    .option('--verify <receipt>', 'check a receipt and whether anybody erased is there again')
    .addHelpText(
      'after',
      examples(['pokedex erase charizard --yes', 'pokedex erase --verify RECEIPT.json']),
    )
    .action(async (subject: string | undefined, flags: EraseFlags) => {
      const { erase, verifyReceipt } = await import('./erase-actions');
      if (flags.verify !== undefined) return verifyReceipt(flags.verify, subject, flags);
      return erase(subject, flags.yes === true, flags);
    });
}
