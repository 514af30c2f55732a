import type { Filter } from '../../preload/contract/filters';
import type { AskedTable } from '../engine/ask-table';
import { RiskTable } from '../engine/risk/risk-table';
import type { Dataset } from './dataset';
import type { CallHandlers } from './dispatcher';
import { askedTableOf, isPublishedKey } from './explore-calls';
import type { OpenedTables } from './opened-tables';
import type { PublishedColumns } from './published-columns';

/** How exposed the rows of a view are, and what would protect them. */
export function riskCalls(
  dataset: Dataset,
  opened: OpenedTables,
  published: PublishedColumns,
): Pick<CallHandlers, 'privacy.risk' | 'privacy.generalise'> {
  const tables = new WeakMap<AskedTable, RiskTable>();
  const riskTable = (asked: AskedTable): RiskTable => {
    const table = tables.get(asked) ?? new RiskTable(asked);
    tables.set(asked, table);
    return table;
  };
  /** Of the dataset as it is on the screen; of two versions the one that is looked at. */
  const use = <T extends object>(
    key: string | undefined,
    filters: readonly Filter[],
    work: (table: RiskTable, filters: readonly Filter[]) => Promise<T>,
  ): Promise<T & { dataset: string; version: number }> => {
    if (key === undefined || isPublishedKey(key)) {
      return dataset.askCharts(async (client, info) => {
        const asked = askedTableOf(client, published.described(info));
        const answer = await work(riskTable(asked), filters);
        return { ...answer, dataset: asked.dataset.key, version: info.version };
      });
    }
    const table = opened.get(key);
    const side = table.sides === undefined ? [] : [table.sides.filter('now')];
    return table.use(async (asked) => ({
      ...(await work(riskTable(asked), [...filters, ...side])),
      dataset: table.key,
      version: 0,
    }));
  };
  return {
    'privacy.risk': ({ dataset: key, filters, columns }) =>
      use(key, filters, (table, seen) => table.risk(columns, seen)),
    'privacy.generalise': ({ dataset: key, filters, columns, k }) =>
      use(key, filters, (table, seen) => table.generalise(columns, seen, k)),
  };
}
