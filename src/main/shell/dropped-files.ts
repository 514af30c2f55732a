import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import type { SentAnswer } from '../../preload/contract/sent-answer';
import type { App } from '../app/app-service';
import { answered } from '../app/dispatcher';

/** Real paths, which the preload script asked Electron for. */
const pathsSchema = z.array(z.string().max(32_768).refine(isAbsolute)).min(1).max(100);

/** Opens what was dropped on the window. */
export type OpenDropped = (paths: unknown) => Promise<SentAnswer<'datasets.open'>>;

export function createOpenDropped(
  app: Pick<App, 'openPaths'>,
  logError: (what: string, error: unknown) => void,
): OpenDropped {
  return (given) =>
    answered('drop', logError, async () => {
      const paths = pathsSchema.safeParse(given);
      if (paths.success) return app.openPaths(paths.data);
      throw new AppError('usage', 'What was dropped is not a file of this machine.', {
        hint: 'Save it to a file first, and open that.',
      });
    });
}
