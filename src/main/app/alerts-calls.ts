import type { Alerts as Told, DryRunTold } from '../../preload/contract/alerts';
import { dryRunSummary } from '../updates/alerts/firing-words';
import { checkPokemonRule, noAlert } from '../updates/alerts/rule-files';
import type { AlertsKeeper } from './alerts-keeper';
import type { CallHandlers } from './dispatcher';

type Calls =
  | 'alerts.list'
  | 'alerts.add'
  | 'alerts.remove'
  | 'alerts.restore'
  | 'alerts.switch'
  | 'alerts.snooze'
  | 'alerts.test'
  | 'alerts.read'
  | 'alerts.try';

/** Rules on what changes, and what they fired. Each answers how it is then. */
export function alertsCalls(keeper: AlertsKeeper): Pick<CallHandlers, Calls> {
  const { alerts, removed } = keeper;
  const after = async (work: Promise<unknown>): Promise<Told> => {
    await work;
    return keeper.tell();
  };
  return {
    'alerts.list': () => keeper.now(),
    'alerts.add': async ({ rule }) => after(alerts.add(checkPokemonRule(rule))),
    'alerts.remove': async ({ id }) => {
      const gone = await alerts.remove(id);
      if (gone !== null) removed.set(id, gone);
      return keeper.tell();
    },
    'alerts.restore': async ({ id }) => {
      const gone = removed.get(id);
      if (gone === undefined) throw noAlert(id);
      removed.delete(id);
      return after(alerts.restore(gone));
    },
    'alerts.switch': ({ id, on }) => after(alerts.switch(id, on)),
    'alerts.snooze': ({ id, until }) => after(alerts.snooze(id, until)),
    'alerts.test': async ({ id }) => {
      await alerts.test(id);
      await keeper.look();
      return keeper.tell();
    },
    'alerts.read': ({ ids }) => after(alerts.read(ids)),
    'alerts.try': async ({ rule }): Promise<DryRunTold> => {
      const checked = checkPokemonRule(rule);
      const { firings, versions, untold, checksSince } = await alerts.dryRun(checked);
      return {
        versions,
        untold,
        firings: firings.map((firing) => ({
          version: firing.version,
          timestamp: firing.timestamp,
          summary: dryRunSummary(checked, firing),
          ids: [...new Set(firing.changes.map(({ id }) => id))],
          changes: firing.changes.length,
          grouped_with: firing.grouped_with ?? null,
          settled_in: firing.settled_in ?? null,
        })),
        checks_since: checksSince === null ? null : new Date(checksSince).toISOString(),
      };
    },
  };
}
