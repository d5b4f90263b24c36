// Templates a provider has approved: which of them stands for a message, and what fills its gaps.
import { CourierError, type Language, type Message, type MessageName } from '#core';

/** One approved template. */
export interface ApprovedTemplate {
  readonly message: MessageName;
  /** Without one it serves every language that has no template of its own. */
  readonly language?: Language;
  /** The provider's name for it. */
  readonly id: string;
  /** The gaps it names, in its own order. */
  readonly parameters: readonly string[];
}

/** @throws CourierError when there is none */
export function templateFor(
  { name, language }: Message,
  templates: readonly ApprovedTemplate[],
  courier: string,
): ApprovedTemplate {
  const ofMessage = templates.filter(({ message }) => message === name);
  const found =
    ofMessage.find((template) => template.language === language) ??
    ofMessage.find((template) => template.language === undefined);
  if (found === undefined) throw new CourierError(`${courier}: there is no template for ${name}`);
  return found;
}
