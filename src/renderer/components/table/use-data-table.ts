import {
  type ColumnDef,
  getCoreRowModel,
  type SortingState,
  type Table,
  useReactTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import { cellOf, type Row } from '../../row/row';
import { useExplore } from '../../state/explore-store';
import { undoable } from '../../undo/undoable';
import { type ColumnSpec, NARROWEST, WIDEST } from './column-specs';
import { useTableLayout } from './table-layout';

const NO_ROWS: Row[] = [];
const MOST_SORTED = 10;

/**
 * Order and widths of the columns by TanStack Table; rows come from the engine in windows, so
 * the table model holds none.
 */
export function useDataTable(specs: readonly ColumnSpec[]): Table<Row> {
  const sort = useExplore((state) => state.sort);
  const setSort = useExplore((state) => state.setSort);
  const widths = useTableLayout((state) => state.widths);
  const columns = useMemo(
    () =>
      specs.map((spec): ColumnDef<Row> => ({
        id: columnId(spec.name),
        accessorFn: (row) => cellOf(row, spec.name),
        size: spec.width,
        minSize: NARROWEST,
        maxSize: WIDEST,
        sortDescFirst: false,
      })),
    [specs],
  );
  const sorting = useMemo(
    () =>
      sort.map(({ column, direction }) => ({ id: columnId(column), desc: direction === 'desc' })),
    [sort],
  );
  const sizes = useMemo(() => renamed(widths, columnId), [widths]);
  const toSort = (state: SortingState) =>
    state.map(
      ({ id, desc }) => ({ column: nameOfColumn(id), direction: desc ? 'desc' : 'asc' }) as const,
    );
  return useReactTable({
    data: NO_ROWS,
    columns,
    state: { sorting, columnSizing: sizes },
    manualSorting: true,
    maxMultiSortColCount: MOST_SORTED,
    columnResizeMode: 'onChange',
    getCoreRowModel: getCoreRowModel(),
    onSortingChange: (next) => {
      const wanted = toSort(typeof next === 'function' ? next(sorting) : next);
      // An order by one column is a click away; one by several was built.
      if (sort.length > 1 && wanted.length < sort.length) {
        undoable('Changed the order', () => setSort(wanted));
      } else setSort(wanted);
    },
    onColumnSizingChange: (next) =>
      useTableLayout.setState({
        widths: held(renamed(typeof next === 'function' ? next(sizes) : next, nameOfColumn)),
      }),
  });
}

/** A drag goes on beyond the narrowest width that is shown; what is kept is what is shown. */
function held(widths: Readonly<Record<string, number>>): Record<string, number> {
  const within = (width: number) => Math.round(Math.max(NARROWEST, Math.min(width, WIDEST)));
  return Object.fromEntries(Object.entries(widths).map(([name, width]) => [name, within(width)]));
}

/** TanStack Table wants a name that is not empty, and no object's own: a column may have any name. */
export function columnId(name: string): string {
  return `column ${name}`;
}

function nameOfColumn(id: string): string {
  return id.slice(columnId('').length);
}

function renamed(
  widths: Readonly<Record<string, number>>,
  to: (name: string) => string,
): Record<string, number> {
  return Object.fromEntries(Object.entries(widths).map(([name, width]) => [to(name), width]));
}
