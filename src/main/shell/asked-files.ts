import { app } from 'electron';

/** Opens what was asked for from outside the page. */
type OpenAsked = (paths: readonly string[]) => void;

/** Files that the system or another start of the app asks for; kept until the app can open them. */
export class AskedFiles {
  private waiting: readonly string[] = [];
  private open: OpenAsked | null = null;

  constructor(given: readonly string[]) {
    this.ask(given);
    // A Mac names files so, also before the app is ready.
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.ask([path]);
    });
  }

  ask(paths: readonly string[]): void {
    if (paths.length === 0) return;
    if (this.open === null) this.waiting = [...this.waiting, ...paths];
    else this.open(paths);
  }

  /** From here on they are opened as they are asked for. */
  openWith(open: OpenAsked): void {
    this.open = open;
    this.ask(this.waiting);
    this.waiting = [];
  }
}
