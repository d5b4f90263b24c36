// The settings every dialect has, as the part of its schema that it need not spell out.
import { type TProperties, Type } from 'typebox';

/** Makes the schema of a dialect's settings: those every dialect has, and those of its own. Each property needs a default. */
export function dialectSettings<Own extends TProperties>(locale: 'zh' | 'en', own: Own) {
  return Type.Object({ ...settingsOfAll(locale), ...own }, { additionalProperties: false });
}

function settingsOfAll(locale: 'zh' | 'en') {
  return {
    policy: Type.Union([Type.Literal('documented'), Type.Literal('strict')], {
      default: 'documented',
      description: '`documented` answers as the document does; `strict` answers all credential failures alike.',
    }),
    locale: Type.Union([Type.Literal('zh'), Type.Literal('en')], {
      default: locale,
      description: 'The language of the texts meant for people.',
    }),
    realm: Type.String({
      default: 'main',
      minLength: 1,
      description: 'The pool of accounts whose members sign in here.',
    }),
    origins: Type.Array(Type.String(), {
      default: [],
      description: 'Origins (`https://app.example.org`) whose pages may call this dialect.',
    }),
  };
}
