/** How long a test polls for what another process does, on a busy machine. */
export const PATIENT = { timeout: 50_000, interval: 100 };
