import { MultiSelect } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { nameIn } from '../../charts/format';
import { useAsked } from '../../state/answers';
import type { FieldsProps } from '../card-kind';
import { ColumnSelect } from '../frame/builder-fields';
import { listColumns } from '../frame/offered-columns';

const MOST_MEMBERS = 12;
const FIRST_MEMBERS = 4;
const MOST_OFFERED = 200;

/** What is chosen for such a card. */
export function Fields({ draft, over, put }: FieldsProps) {
  const { list, members } = draft;
  const question = useMemo(
    () => ({ kind: 'counts' as const, columns: [list], most: MOST_OFFERED }),
    [list],
  );
  const { value } = useAsked(question, 'none');
  const known = (value?.values ?? []).flatMap((each) =>
    each.value === null ? [] : [String(each.value)],
  );
  const isEmpty = members.length === 0;
  useEffect(() => {
    // Another list is begun with its most frequent members.
    if (isEmpty && known.length > 0) put({ members: known.slice(0, FIRST_MEMBERS) });
  });
  const offered = [...new Set([...members, ...known])];
  return (
    <>
      <ColumnSelect
        label="List"
        columns={listColumns(over.dataset)}
        value={list}
        onChange={(column) => put({ list: column, members: [] })}
      />
      <MultiSelect
        label="Members whose overlaps are shown"
        searchable
        maxValues={MOST_MEMBERS}
        value={[...members]}
        onChange={(chosen) => put({ members: chosen })}
        data={offered.map((member) => ({ value: member, label: nameIn(list, member) }))}
      />
    </>
  );
}
