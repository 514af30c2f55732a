import type { LogFile } from '../base/log-file';
import { replaceFileContent } from '../base/durable-file';
import type { CallHandlers } from './dispatcher';
import type { Host } from './host';

const NOTHING = 'Nothing has been logged yet.\n';

/** Shows the log: its folder where the system can open one, else a copy to save. */
export function logCalls(log: LogFile, host: Host): Pick<CallHandlers, 'log.show'> {
  return {
    'log.show': async () => {
      log.flush();
      if (host.showFolder !== null) {
        await host.showFolder(log.folder);
        return { kind: 'shown' };
      }
      const target = await host.chooseSaveTarget('pokedex-log.txt', 'txt');
      if (target === null) return { kind: 'cancelled' };
      await replaceFileContent(target.path, log.read() || NOTHING);
      return { ...target.finish(), rows: null };
    },
  };
}
