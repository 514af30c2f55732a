import { records } from './records';

type Kind = 'save' | 'open' | 'message';

/** What a person would choose next; the one dialog that is asked takes the first of its kind. */
const prepared: Record<Kind, unknown[]> = { save: [], open: [], message: [] };

const DISMISSED = {
  save: { canceled: true, filePath: '' },
  open: { canceled: true, filePaths: [] },
  message: { response: 0, checkboxChecked: false },
};

export function prepareAnswer(kind: Kind, answer: unknown): void {
  prepared[kind].push(answer);
}

/** The window comes first, or not at all. */
async function ask(kind: Kind, args: unknown[]): Promise<unknown> {
  records.dialogs.push({ kind, options: args.at(-1) });
  return prepared[kind].shift() ?? DISMISSED[kind];
}

export const dialog = {
  showSaveDialog: (...args: unknown[]) => ask('save', args),
  showOpenDialog: (...args: unknown[]) => ask('open', args),
  showMessageBox: (...args: unknown[]) => ask('message', args),
};
