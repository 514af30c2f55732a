import type { Card } from '../../../preload/contract/cards';
import {
  type Command,
  COMMAND_IDS,
  COMMANDS,
  type CommandId,
  shownKeyOf,
} from '../../../preload/contract/commands';
import { tableCommands } from '../../../preload/contract/table-commands';
import { inElectron } from '../../bridge';
import { useDatasets } from '../../state/datasets';
import { askedKey, publishedTitle } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import type { Selection } from '../../state/selections';
import { describeFilter } from '../../state/filter-words';
import { EXPORT_CHOICES, exportData, type ExportScope } from '../export/export-data';
import { type Notice, takeUndo, useNotices } from '../help/notices';
import { removeCard } from '../../undo/arranging';
import { inExplorer } from './in-explorer';
import { editCard } from './overlays';
import { holdsNow, runCommand } from './run-command';

export interface OfferedCommand extends Pick<Command, 'title' | 'group' | 'words'> {
  id: string;
  /** Null where it has no key. */
  shownKey: string | null;
  run(): void;
}

/**
 * What can be done as things are: the commands of the contract's table that have anything to do,
 * and those for each export, message, filter and chart.
 */
export function commandsNow(): OfferedCommand[] {
  const { cards, selections } = useExplore.getState();
  return [
    ...COMMAND_IDS.filter((id) => id !== 'palette.open' && holdsNow(id)).map(fromTable),
    ...openingCommands(),
    ...exportCommands('seen', 'Export what is seen'),
    ...exportCommands('everything', 'Export everything'),
    ...useNotices.getState().notices.flatMap(undoCommand),
    ...selections.map(filterCommand),
    ...cards.flatMap(chartCommands),
  ];
}

function fromTable(id: CommandId): OfferedCommand {
  const command: Command = COMMANDS[id];
  const hasMenu = inElectron();
  return { ...command, id, shownKey: shownKeyOf(command, hasMenu), run: () => runCommand(id) };
}

/** Those of the tables that are open and were, but to show what is shown. */
function openingCommands(): OfferedCommand[] {
  const shown = askedKey() ?? null;
  return tableCommands(useDatasets.getState(), publishedTitle())
    .filter(({ does, of }) => does !== 'show' || of !== shown)
    .map(({ id, title, does }) => ({
      ...{ id, title, group: 'Tables', shownKey: null },
      words: does === 'recent' ? 'recent file' : 'switch to',
      run: () => runCommand(id),
    }));
}

function exportCommands(scope: ExportScope, verb: string): OfferedCommand[] {
  return EXPORT_CHOICES.map((choice) => ({
    id: `export.${scope}.${choice.name}`,
    title: `${verb} as ${choice.name}`,
    group: 'Data',
    shownKey: null,
    run: () => void exportData(choice, scope),
  }));
}

function undoCommand({ key, text, undo }: Notice): OfferedCommand[] {
  if (undo === null) return [];
  return [
    {
      id: `undo.${key}`,
      title: `Undo: ${text}`,
      group: 'Dashboard',
      shownKey: null,
      run: () => takeUndo(key),
    },
  ];
}

function filterCommand({ source, filter }: Selection): OfferedCommand {
  return {
    id: `filter.remove.${source}`,
    title: `Remove filter ${describeFilter(filter)}`,
    group: 'Filters',
    shownKey: null,
    run: () => useExplore.getState().select(source, null),
  };
}

function chartCommands(card: Card, index: number): OfferedCommand[] {
  const menu = `.cards > :nth-child(${index + 1}) .card-tools [aria-haspopup="menu"]`;
  const of = `“${card.title}”`;
  const command = (verb: string, title: string, run: () => void): OfferedCommand => ({
    id: `chart.${verb}.${card.id}`,
    title,
    group: 'Charts',
    shownKey: null,
    run,
  });
  return [
    command('menu', `Chart ${of}: table, full screen, copy, save…`, () =>
      inExplorer(menu, 'press'),
    ),
    command('edit', `Edit chart ${of}…`, () => editCard(card)),
    command('remove', `Remove chart ${of}`, () => removeCard(card)),
  ];
}
