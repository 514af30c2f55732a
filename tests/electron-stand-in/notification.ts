import { EventEmitter } from 'node:events';
import { records } from './records';

let click: (() => void) | null = null;

/** A person clicks the one that was shown last. */
export function clickNotification(): void {
  click?.();
}

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
    click = () => void this.emit('click');
  }
}
