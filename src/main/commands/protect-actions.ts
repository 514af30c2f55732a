import { AppError } from '../../preload/contract/errors';
import { dataPaths } from '../base/data-folder';
import { readProtection } from '../privacy/protection/protection-file';
import { recoverySheet } from '../../preload/contract/protection';
import { protectOff, protectOn } from '../privacy/protection/switch-protection';
import { askPassphrase } from './ask-passphrase';
import type { CommonOptions } from './options';
import { printJson, printLine } from './output';

export async function switchOn(flags: CommonOptions): Promise<void> {
  const paths = dataPaths(flags.data);
  const asks = process.env['POKEDEX_PASSPHRASE'] === undefined;
  const passphrase = await askPassphrase('A new passphrase, of at least 10 characters:');
  if (asks && (await askPassphrase('Once more:')) !== passphrase) {
    throw new AppError('usage', 'The two passphrases differ.', { hint: 'Nothing was changed.' });
  }
  const code = await protectOn(paths, passphrase, 'pokedex protect');
  if (flags.json) printJson({ protected: true, recovery_code: code });
  else printLine(recoverySheet(code, new Date()));
}

export async function switchOff(flags: CommonOptions): Promise<void> {
  const paths = dataPaths(flags.data);
  const secret = await askPassphrase('Passphrase or recovery code:');
  await protectOff(paths, secret, 'pokedex protect');
  if (flags.json) printJson({ protected: false });
  else printLine('The data are no longer protected: all of it is in the clear again.');
}

export async function showStatus(flags: CommonOptions): Promise<void> {
  const protection = await readProtection(dataPaths(flags.data));
  if (flags.json) {
    return printJson({
      protected: protection !== null,
      key_wrapped_by: protection === null ? [] : ['passphrase'],
      keychain: false,
      locks_after_minutes: protection?.lock_after ?? null,
    });
  }
  if (protection === null) return printLine('The data are not protected.');
  printLine(
    `The data are protected, by a passphrase alone: the system’s keychain is not used.\nThe app locks after ${protection.lock_after} minutes without use.`,
  );
}
