/** A call's result that is JSON already, in pieces: handed on to the page and never read here. */
export class WrittenResult {
  constructor(readonly pieces: Uint8Array<ArrayBuffer>[]) {}
}
