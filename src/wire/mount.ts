// Mounts dialects: finds the row, runs its flow, and lets nothing leave that its dialect did not word.
import {
  type AppGate,
  type AskOf,
  type Clock,
  type EndpointSwitches,
  type Flow,
  type FlowName,
  type Flows,
  type OutcomeOf,
  Refusal,
} from '#core';
import type { Answer } from './answer.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import type { AnyRow, CommonSettings, Dialect, DialectRow, RefusalAnswer, Reply } from './dialect.ts';
import type { IncomingRequest } from './incoming.ts';
import { RouteTable } from './route-table.ts';

/** What mounting needs. */
export interface MountDeps {
  readonly dialects: readonly Dialect[];
  /** Answers paths nobody owns. */
  readonly fallback: Dialect;
  /** The validated settings of a dialect. */
  readonly settingsOf: (dialect: string) => CommonSettings;
  readonly flows: Flows;
  readonly switches: Pick<EndpointSwitches, 'assertOpen'>;
  readonly gate: Pick<AppGate, 'find'>;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly timeZone: string;
  readonly passwordMaxLength: number;
  /** Refuses requests whose secrets travelled in clear. @throws Refusal `transport.insecure` */
  readonly assertTransport: (request: IncomingRequest) => void;
}

/** What became of a request; holds nothing the client sent. */
export interface Outcome {
  readonly answer: Answer;
  readonly dialect: string;
  /** `dialect.act`, or undefined when no documented call was meant. */
  readonly endpoint: string | undefined;
  readonly refusal?: Refusal;
  readonly fault?: unknown;
  /** The bucket the client is counted in, and the trusted proxy whose word that is. */
  readonly source: string;
  readonly forwardedBy: string | undefined;
  /** The registered app a refused request names, whether or not it has proven to be it. */
  readonly appId?: string;
}

/** A request on its way through one dialect. */
interface Visit {
  readonly request: IncomingRequest;
  readonly dialect: Dialect;
  readonly row: AnyRow<CommonSettings> | undefined;
  readonly reply: Reply<CommonSettings>;
  /** What went wrong while looking for the row. */
  readonly lost?: { readonly fault: unknown };
}

type Told = Pick<Outcome, 'answer' | 'refusal' | 'fault'>;

/** Answers requests in the words of the dialect they belong to. */
export class Mount {
  readonly #deps: MountDeps;
  readonly #routes: RouteTable;

  constructor(deps: MountDeps) {
    this.#deps = deps;
    this.#routes = new RouteTable(deps.dialects, deps.fallback);
  }

  /** Names of all endpoints, `dialect.act`. */
  get endpoints(): readonly string[] {
    return [
      ...new Set(this.#deps.dialects.flatMap((dialect) => dialect.rows.map((row) => endpointName(dialect, row)))),
    ];
  }

  /** Answers; a fault is answered too. `trouble` is what went wrong before the request was complete. */
  async answer(request: IncomingRequest, trouble?: Refusal): Promise<Outcome> {
    const visit = this.#visit(request);
    const told = await this.#tell(visit, trouble);
    const { dialect, row, reply } = visit;
    const isRefused = told.refusal !== undefined;
    const isFromPage = request.header('origin') !== undefined;
    const app = isRefused || isFromPage ? await this.#appNamedBy(dialect, request) : undefined;
    const cors = corsHeaders({ dialect, settings: reply.settings, request, app });
    return {
      ...told,
      answer: { ...told.answer, headers: { ...told.answer.headers, ...cors } },
      dialect: dialect.name,
      endpoint: row && endpointName(dialect, row),
      source: request.source.bucket,
      forwardedBy: request.forwardedBy,
      ...(isRefused && app && { appId: app.id }),
    };
  }

  #visit(request: IncomingRequest): Visit {
    const { dialect, row, lost } = this.#find(request);
    const { clock, publicUrl, settingsOf, timeZone } = this.#deps;
    const settings = settingsOf(dialect.name);
    request.befriend(settings.origins);
    request.allowFields(row?.bodyFields ?? 0);
    const reply = { request, settings, publicUrl, timeZone, locale: settings.locale, now: clock.now() };
    return { request, dialect, row, reply, ...(lost && { lost }) };
  }

  /** A request that breaks the search for its row is nobody's. */
  #find(request: IncomingRequest): Pick<Visit, 'dialect' | 'row' | 'lost'> {
    try {
      return this.#routes.find(request);
    } catch (fault) {
      return { dialect: this.#deps.fallback, row: undefined, lost: { fault } };
    }
  }

  /** The one place where refusals and faults turn into answers. */
  async #tell(visit: Visit, trouble: Refusal | undefined): Promise<Told> {
    try {
      return { answer: await this.#perform(visit, trouble) };
    } catch (reason) {
      return reason instanceof Refusal ? refused(reason, visit) : faulted(reason, visit);
    }
  }

  async #perform(visit: Visit, trouble: Refusal | undefined): Promise<Answer> {
    const { request, dialect, row, lost } = visit;
    if (lost !== undefined) throw lost.fault;
    this.#deps.assertTransport(request);
    if (row === undefined) return this.#leaveFor(visit);
    await this.#deps.switches.assertOpen(endpointName(dialect, row));
    if (trouble !== undefined) throw trouble;
    // Which flow a row names and what that flow is asked were matched where the row was written.
    return this.#run(row, visit);
  }

  async #run<Name extends FlowName>(
    row: DialectRow<CommonSettings, Name>,
    { request, dialect, reply }: Visit,
  ): Promise<Answer> {
    const { flows, passwordMaxLength } = this.#deps;
    const { settings, now } = reply;
    const ask = row.reads(request, { settings, now, passwordMaxLength });
    const flow = flows[row.does] as unknown as Flow<AskOf<Name>, OutcomeOf<Name>>;
    const { policy, realm } = settings;
    const call = {
      requestId: request.id,
      dialect: dialect.name,
      endpoint: `${dialect.name}.${row.endpoint}`,
      realm,
      policy,
      source: request.source,
      isGone: () => request.isGone,
    };
    return row.writes(await flow(ask, call), reply);
  }

  /** Only a page asking leave for a documented call gets it; anything else here is unknown. */
  #leaveFor({ request, dialect, reply }: Visit): Answer {
    const methods = isPreflight(request) ? this.#routes.methodsAt(request) : [];
    const mayAsk = dialect.cors.allowsAnyOrigin || reply.settings.origins.includes(request.header('origin') ?? '');
    if (methods.length === 0 || !mayAsk) throw new Refusal('route.unknown');
    return { status: 204, headers: preflightHeaders(methods, dialect.cors.accepts), body: '' };
  }

  async #appNamedBy({ cors }: Dialect, request: IncomingRequest): ReturnType<AppGate['find']> {
    try {
      const id = cors.appId?.(request);
      return id === undefined ? undefined : await this.#deps.gate.find(id);
    } catch {
      // What could not be read has been answered already; here it only means that no app was named.
      return undefined;
    }
  }
}

const endpointName = (dialect: Dialect, row: AnyRow<CommonSettings>): string => `${dialect.name}.${row.endpoint}`;

/** Words a refusal; words that fail are a fault like any other. */
function refused(refusal: Refusal, visit: Visit): Told {
  try {
    return { answer: wordingOf(refusal, visit)(refusal, visit.reply), refusal };
  } catch (fault) {
    return faulted(fault, visit);
  }
}

function faulted(fault: unknown, { dialect, row, reply }: Visit): Told {
  return { answer: (row?.fails ?? dialect.fault)(reply), fault };
}

/** The row's own words, else those for the code, else those for its kind. */
function wordingOf({ code, kind }: Refusal, { dialect, row }: Visit): RefusalAnswer<CommonSettings> {
  const own = row?.refuses;
  return own?.[code] ?? own?.[kind] ?? dialect.refusals[code] ?? dialect.refusals[kind];
}
