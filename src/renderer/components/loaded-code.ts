import type { AppError } from '../../preload/contract/errors';
import { toAppError } from './help/notices';

interface State<Code> {
  Part: Code | null;
  error: AppError | null;
}

/** What of the code there is; all places that show it are told at once. */
export class LoadedCode<Code> {
  private state: State<Code> = { Part: null, error: null };
  private isUnderWay = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly load: () => Promise<Code>) {}

  readonly now = (): State<Code> => this.state;

  readonly watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Nothing where it is there or on its way; what failed is tried again. */
  ask(): void {
    if (this.state.Part !== null || this.isUnderWay) return;
    this.isUnderWay = true;
    if (this.state.error !== null) this.tell({ Part: null, error: null });
    this.load().then(
      (Part) => this.tell({ Part, error: null }, true),
      (cause: unknown) => this.tell({ Part: null, error: toAppError(cause) }, true),
    );
  }

  private tell(state: State<Code>, isDone = false): void {
    this.state = state;
    if (isDone) this.isUnderWay = false;
    for (const listener of this.listeners) listener();
  }
}
