/** Resolves in a task of its own, at once: after all that follows from the current one. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
