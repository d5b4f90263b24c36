// What a dialect is: a table of rows, a table of refusals, one answer for faults, and its settings.
import type { AnswerPolicy, AskOf, FlowName, OutcomeOf, Refusal, RefusalCode, RefusalKind } from '#core';
import type { Static, TObject } from 'typebox';
import type { Answer } from './answer.ts';
import type { WireRequest } from './request.ts';

/** What a writer may use besides the outcome. */
export interface Reply<Settings> {
  readonly request: WireRequest;
  readonly settings: Settings;
  /** The outside address without a trailing slash; links and pictures start with it. */
  readonly publicUrl: string;
  /** IANA name of the zone in which times are told. */
  readonly timeZone: string;
  readonly locale: 'zh' | 'en';
  readonly now: number;
}

/** Words a refusal. */
export type RefusalAnswer<Settings> = (refusal: Refusal, reply: Reply<Settings>) => Answer;

/** Total over kinds, optional over codes: the code's own row wins. */
export type RefusalTable<Settings> = Readonly<Record<RefusalKind, RefusalAnswer<Settings>>> &
  Readonly<Partial<Record<RefusalCode, RefusalAnswer<Settings>>>>;

/** What a reader may use besides the request. */
export interface Reading<Settings> {
  readonly settings: Settings;
  readonly now: number;
  /** For `preparePassword`. */
  readonly passwordMaxLength: number;
}

/** The methods a call can be documented for. */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One documented call: where it is, which flow it is, how it is read and written. */
export interface DialectRow<Settings, Name extends FlowName = FlowName> {
  /** The act in kebab-case; `dialect.act` is the name the operator switches it by. */
  readonly endpoint: string;
  /** `POST /path`, where `{name}` stands for any segment; several when the document allows several methods or paths. */
  readonly on: readonly `${(typeof METHODS)[number]} /${string}`[];
  /** A name, or a choice by request where one documented path stands for several flows. */
  readonly does: Name;
  /** Pure: request in, ask out. @throws Refusal */
  readonly reads: (request: WireRequest, reading: Reading<Settings>) => AskOf<Name>;
  /** Pure: outcome in, answer out. */
  readonly writes: (outcome: OutcomeOf<Name>, reply: Reply<Settings>) => Answer;
  /** Where this endpoint words a refusal in its own way. */
  readonly refuses?: Readonly<Partial<Record<RefusalKind | RefusalCode, RefusalAnswer<Settings>>>>;
  /** Members and list elements its body may have, where they are more than elsewhere. */
  readonly bodyFields?: number;
  /** Where this endpoint answers a fault in its own way. */
  readonly fails?: (reply: Reply<Settings>) => Answer;
  /** A further condition; the first row of a path whose condition holds is taken. */
  readonly when?: (request: WireRequest) => boolean;
}

/** Settings every dialect has. */
export interface CommonSettings {
  readonly policy: AnswerPolicy;
  readonly locale: 'zh' | 'en';
  readonly realm: string;
  /** Origins whose pages may call it; an empty list means none but its own. */
  readonly origins: readonly string[];
}

/** How a dialect answers pages of other origins. */
export interface CorsRules {
  /** `*` without credentials, as long as neither the settings nor the app name origins. */
  readonly allowsAnyOrigin: boolean;
  /** The app whose list of origins counts, when the request names one. */
  readonly appId?: (request: WireRequest) => string | undefined;
  /** Response headers of its own that a page may read. */
  readonly exposes?: readonly string[];
  /** Request headers of its own that a page may send. */
  readonly accepts?: readonly string[];
}

/** A wire format: everything needed to speak the API of one system. */
export interface Dialect<Settings extends CommonSettings = CommonSettings> {
  /** Lower case; also the name of its folder and of its section in the configuration. */
  readonly name: string;
  /** Schema of its settings, each with a default. */
  readonly settings: TObject;
  /** Schema of the account fields that are its own, each with a default; they rest in `attributes` under its name. */
  readonly attributes?: TObject;
  /** Paths that are its own when no documented path matches; the longest prefix of all dialects wins. */
  readonly prefixes: readonly string[];
  /** Claims a request no prefix can tell apart; asked before prefixes. */
  readonly owns?: (request: WireRequest) => boolean;
  /** The documented spelling of a request that may come in other spellings; undefined leaves it as it is. */
  readonly canonicalPath?: (request: WireRequest) => string | undefined;
  /** The documented calls. */
  readonly rows: readonly AnyRow<Settings>[];
  readonly refusals: RefusalTable<Settings>;
  /** The one answer to anything unforeseen. */
  readonly fault: (reply: Reply<Settings>) => Answer;
  readonly cors: CorsRules;
}

/** A row of whichever flow. */
export type AnyRow<Settings> = { readonly [Name in FlowName]: DialectRow<Settings, Name> }[FlowName];

/** Checks a dialect against its own settings; the identity otherwise. */
export function defineDialect<Schema extends TObject>(
  dialect: Omit<Dialect<Static<Schema> & CommonSettings>, 'settings'> & { readonly settings: Schema },
): Dialect {
  // Rows take the settings their own schema describes; the host hands them exactly those.
  return dialect as unknown as Dialect;
}
