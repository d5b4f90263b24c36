// Carries refusals and faults from one thread to another: classes do not survive the crossing.
import { Refusal, type RefusalCode, type RefusalDetail } from '#core';

/** An error on its way. */
export type ErrorMessage =
  | { readonly refusal: RefusalCode; readonly detail: RefusalDetail }
  | { readonly fault: string; readonly name: string; readonly code: string | undefined };

export function toMessage(reason: unknown): ErrorMessage {
  if (reason instanceof Refusal) return { refusal: reason.code, detail: reason.detail };
  if (!(reason instanceof Error)) return { fault: String(reason), name: 'Error', code: undefined };
  const code = 'code' in reason && typeof reason.code === 'string' ? reason.code : undefined;
  return { fault: reason.message, name: reason.name, code };
}

export function fromMessage(message: ErrorMessage): Error {
  if ('refusal' in message) return new Refusal(message.refusal, message.detail);
  return Object.assign(new Error(message.fault), {
    name: message.name,
    ...(message.code !== undefined && { code: message.code }),
  });
}
