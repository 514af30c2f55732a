import { z } from 'zod';
import { isMissing } from './durable-file';
import { readText } from './read-text';

/**
 * A JSON file that the app keeps for itself. Null where there is none, or what is there is not
 * what `schema` says: for records whose loss costs a little work, never data.
 */
export async function readRecord<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  try {
    return schema.parse(JSON.parse(await readText(path)));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError || error instanceof z.ZodError) {
      return null;
    }
    throw error;
  }
}
