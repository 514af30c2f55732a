import { Command } from 'commander';
import { type CommonOptions, withCommon } from './options';
import { examples } from './pipeline-commands';

const HELP = `
On, everything that names a Pokémon is kept encrypted, and every program sees a redacted copy until
the passphrase is given. The passphrase comes from POKEDEX_PASSPHRASE, or the terminal asks for it.
`;

export function protectCommand(): Command {
  const protect = new Command('protect').description(
    'keep what names somebody encrypted on the disk: on, off, status',
  );
  protect.addCommand(
    withCommon(new Command('on'))
      .description('switch it on; prints the recovery code, once')
      .addHelpText('after', `${HELP}${examples(['pokedex protect on'])}`)
      .action(async (flags: CommonOptions) => {
        const { switchOn } = await import('./protect-actions');
        await switchOn(flags);
      }),
  );
  protect.addCommand(
    withCommon(new Command('off'))
      .description('switch it off: everything is in the clear again')
      .addHelpText('after', examples(['pokedex protect off']))
      .action(async (flags: CommonOptions) => {
        const { switchOff } = await import('./protect-actions');
        await switchOff(flags);
      }),
  );
  protect.addCommand(
    withCommon(new Command('status'))
      .description('say whether the data are protected, and by what')
      .addHelpText('after', examples(['pokedex protect status --json']))
      .action(async (flags: CommonOptions) => {
        const { showStatus } = await import('./protect-actions');
        await showStatus(flags);
      }),
  );
  return protect;
}
