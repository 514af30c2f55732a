import {
  CALL_SCHEMAS,
  type CallAnswer,
  type CallName,
  type CallRequest,
  type CallResults,
} from '../../preload/contract/calls';
import type { ErrorShape } from '../../preload/contract/errors';
import { hostError } from '../base/host-error';
import type { SentAnswer } from '../../preload/contract/sent-answer';
import { isPlainRequest } from './plain-request';
import { WrittenResult } from './written-result';

/**
 * What answers each call; requests have passed their schema. `gone` aborts where the page that asked
 * is there no longer, for what is worth nothing to anybody else.
 */
export type CallHandlers = {
  [Name in CallName]: (
    request: CallRequest<Name>,
    gone: AbortSignal,
  ) => Promise<CallResults[Name] | WrittenResult>;
};

/**
 * Answers one message from a renderer. Takes anything, never throws: what is not a known call of
 * the right shape is refused, and an error crosses as its code, sentence, hint and place in a query only.
 */
export type Dispatch = (
  name: unknown,
  request: unknown,
  gone: AbortSignal,
) => Promise<SentAnswer<CallName>>;

export function createDispatch(
  handlers: CallHandlers,
  logError: (call: string, error: unknown) => void,
): Dispatch {
  return async (name, request, gone) => {
    if (!isCallName(name)) return refused('There is no such call.');
    if (!isPlainRequest(request)) return refused(`The call ${name} carries no plain values.`);
    const parsed = CALL_SCHEMAS[name].safeParse(request);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const place = issue?.path.join('.') || 'the request';
      return refused(`The call ${name} is wrong at ${place}: ${issue?.message ?? 'unknown'}.`);
    }
    const handle = handlers[name] as (
      request: unknown,
      gone: AbortSignal,
    ) => Promise<CallResults[CallName] | WrittenResult>;
    return answered(name, logError, () => handle(parsed.data, gone));
  };
}

/** What `work` resolves to, or why it failed in words for a person. */
export async function answered<Name extends CallName>(
  name: string,
  logError: (call: string, error: unknown) => void,
  work: () => Promise<CallResults[Name] | WrittenResult>,
): Promise<SentAnswer<Name>> {
  try {
    const result = await work();
    return result instanceof WrittenResult
      ? { ok: true, json: result.pieces }
      : { ok: true, result };
  } catch (error) {
    return { ok: false, error: toldError(error, (unknown) => logError(name, unknown)) };
  }
}

/** Why something failed in words for a person; `log` gets what these words leave out. */
export function toldError(error: unknown, log: (error: unknown) => void): ErrorShape {
  const known = hostError(error, 'The data folder');
  if (known === null || known !== error) log(error);
  return (
    known?.toShape() ?? {
      code: 'internal',
      message: 'Something in the app itself failed.',
      hint: 'Try again; the data published before is intact.',
    }
  );
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(CALL_SCHEMAS, name);
}

function refused(message: string): CallAnswer<CallName> {
  return { ok: false, error: { code: 'usage', message } };
}
