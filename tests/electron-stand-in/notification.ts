import { EventEmitter } from 'node:events';
import { records } from './records';

/** A notification of the desktop: what is shown is recorded. */
export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }

  constructor(private readonly options: { title: string; body: string }) {
    super();
  }

  show(): void {
    records.notifications.push(this.options);
  }
}
