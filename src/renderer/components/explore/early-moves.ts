/** Where a pointer is; of React's events and the browser's own. */
export interface PointerAt {
  clientX: number;
  clientY: number;
  shiftKey: boolean;
}

/**
 * A drag's moves as soon as the pointer makes them. `pointermove` waits for the next frame, which
 * the engine's answer to a move need not. At most one move a frame comes early; where the pointer
 * has gone on since, the frame's own `pointermove` is news.
 * Source: W3C, “Pointer Events, Level 3”, `pointerrawupdate`.
 */
export class EarlyMoves {
  #early: PointerAt | null = null;
  #stop = () => {};

  /** Until `end`; listening all the time would cost every move over the page. */
  begin(element: Element, move: (at: PointerAt) => void): void {
    this.end();
    const listen = (event: Event) => {
      if (!(event instanceof PointerEvent) || this.#early !== null) return;
      this.#early = event;
      move(event);
    };
    element.addEventListener('pointerrawupdate', listen);
    this.#stop = () => element.removeEventListener('pointerrawupdate', listen);
  }

  /** Whether a `pointermove` tells more than the early one of its frame. */
  isNews({ clientX, clientY }: PointerAt): boolean {
    const early = this.#early;
    this.#early = null;
    return early === null || early.clientX !== clientX || early.clientY !== clientY;
  }

  end(): void {
    this.#stop();
    this.#stop = () => {};
    this.#early = null;
  }
}
