// Tells the owner of an account, in the background, of what they would want to know; whatever happened is done already and never waits for it.
import { type Account, identifierOf } from '../accounts/account.ts';
import type { AccountStore } from '../accounts/account-store.ts';
import { type IdentifierKind, needsProof } from '../accounts/identifier.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { AuditStore } from '../audit/audit-store.ts';
import { type Channel, type Courier, CourierError, type Language, type MessageName } from '../couriers/courier.ts';
import type { Calendar } from '../kernel/calendar.ts';
import type { NoticeStore } from './notice-store.ts';

/** Something an owner is told of. */
export interface Notice {
  readonly name: MessageName;
  readonly accountId: string;
  /** Where it came from: the bucket of an address, or `cli`. */
  readonly source: string;
  readonly at: number;
  /** The same occasion is not told twice in a row. */
  readonly occasion: string;
}

/** What telling needs. */
export interface NoticesDeps {
  readonly accounts: Pick<AccountStore, 'get'>;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly calendar: Calendar;
  /** Channels that have a courier. */
  readonly channels: readonly Channel[];
  readonly courier: Courier;
  readonly language: Language;
  readonly notices: Pick<NoticeStore, 'claim'>;
  readonly perDay: number;
  /** An instant as people read it. */
  readonly spellInstant: (at: number) => string;
}

/** An e-mail first: it costs nothing, and has room for what to do. */
const KINDS = [
  ['email', 'email'],
  ['sms', 'mobile'],
] as const satisfies readonly (readonly [Channel, IdentifierKind])[];

/** So many are looked into at once; beyond that they are dropped, for nobody reads a thousand. */
const MOST_UNDER_WAY = 200;

interface Destination {
  readonly channel: Channel;
  readonly to: string;
}

/** Tells owners. One per process. */
export class Notices {
  readonly #deps: NoticesDeps;
  readonly #underWay = new Set<Promise<void>>();

  constructor(deps: NoticesDeps) {
    this.#deps = deps;
  }

  /** Returns at once. A notice that cannot be sent is written down and troubles nobody; undefined is none. */
  tell(notice: Promise<Notice | undefined>): void {
    if (this.#underWay.size >= MOST_UNDER_WAY) {
      notice.catch(() => undefined);
      return;
    }
    const telling: Promise<void> = notice
      .then((known) => known && this.#send(known))
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(telling));
    this.#underWay.add(telling);
  }

  /** Resolves when everything told so far has been sent or given up; couriers have deadlines. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #send(notice: Notice): Promise<void> {
    const { accounts, calendar, notices, perDay: most } = this.#deps;
    const { accountId, name, occasion, at } = notice;
    const account = await accounts.get(accountId);
    const destination = account && this.#destinationOf(account);
    if (destination === undefined) return;
    if (!(await notices.claim({ accountId, name, occasion, day: calendar.dayOf(at), most }))) return;
    await this.#record(notice, await this.#carry(notice, destination));
  }

  #destinationOf(account: Account): Destination | undefined {
    const [first] = KINDS.filter(([channel]) => this.#deps.channels.includes(channel)).flatMap(([channel, kind]) => {
      const identifier = identifierOf(account, kind);
      const isProven = identifier !== undefined && (!needsProof(kind) || identifier.verifiedAt !== null);
      return isProven ? [{ channel, to: identifier.key }] : [];
    });
    return first;
  }

  /** Whether it was taken over. */
  async #carry({ name, at, source }: Notice, destination: Destination): Promise<boolean> {
    const { courier, language, spellInstant } = this.#deps;
    try {
      await courier.send({ ...destination, name, language, values: { at: spellInstant(at), source } });
      return true;
    } catch (reason) {
      if (reason instanceof CourierError) return false;
      throw reason;
    }
  }

  async #record({ name, accountId, source, at }: Notice, isSent: boolean): Promise<void> {
    const told = { at, accountId, source };
    const entry: AuditEntry = isSent
      ? { ...told, act: 'notice.sent', outcome: 'success', reason: name }
      : { ...told, act: 'notice.failed', outcome: 'refused', reason: `courier.failed ${name}` };
    await this.#deps.audit.append([entry]);
  }
}
