// A storm of everything that is audited, and the ledger its clients keep: what was acknowledged must stand in the trail once, and nothing else.
import type { AuditRecord } from '#core';

import { CommandLine } from '../support/command-line.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { noteSecret } from '../support/run-folder.ts';
import { type Visit, Visitor } from '../support/visitor.ts';
import { crew, killAmid, someOf, unlessCutOff, type World } from './world.ts';

interface Registered {
  readonly id: string;
  readonly username: string;
}

/** What the trail and the ledger do not agree on; empty when they agree. */
export interface Disagreement {
  /** Acknowledged more often than it stands in the trail. */
  readonly lost: readonly string[];
  /** In the trail more often than it was acknowledged or cut off. */
  readonly invented: readonly string[];
}

export const AGREEMENT: Disagreement = { lost: [], invented: [] };

/** How often each of some things was seen. */
class Count {
  readonly #times = new Map<string, number>();

  get names(): readonly string[] {
    return [...this.#times.keys()];
  }

  of(name: string): number {
    return this.#times.get(name) ?? 0;
  }

  add(name: string): void {
    this.#times.set(name, this.of(name) + 1);
  }

  /** Whether one was left to take away. */
  take(name: string): boolean {
    const left = this.of(name);
    if (left > 0) this.#times.set(name, left - 1);
    return left > 0;
  }
}

/** What stands in an entry and is known to a client. */
const traceOf = ({ act, outcome, accountId, requestId }: AuditRecord): string =>
  `${act} ${outcome} ${(outcome === 'refused' ? requestId : accountId) ?? ''}`;

/** Kept by the clients, outside of everything that is killed. */
export class AuditLedger {
  /** Traces of what was acknowledged. */
  readonly #acknowledged = new Count();
  /** Acts nobody knows the end of: they may stand in the trail, or not. */
  readonly #cutOff = new Count();
  readonly #accounts: Registered[] = [];
  readonly #notGuessed: Registered[] = [];
  readonly #password = aPassword();
  #hash = '';
  #count = 0;

  /** How many operations were acknowledged. */
  get count(): number {
    return this.#count;
  }

  async begin({ operator }: World): Promise<void> {
    this.#hash = (await operator.order('hash', { password: this.#password })) ?? '';
  }

  /** So many operations of every kind, and the end of everybody amid them. */
  async storm(world: World, operations: number): Promise<void> {
    const until = this.#count + operations;
    const stranger = new Visitor(world.server.port, { id: 'chaos', signature: aPassword() });
    await killAmid(world, {
      begin: (isOver) => [
        ...crew(2, isOver, () => this.#register(world)),
        ...crew(4, isOver, () => this.#signIn(world.visitor)),
        ...crew(2, isOver, () => this.#guess(world.visitor)),
        ...crew(6, isOver, () => this.#giveWrongSignature(stranger)),
        ...crew(1, isOver, () => this.#revoke(world)),
      ],
      isUnderWay: () => this.#count >= until,
    });
  }

  /** Holds the ledger against the trail. `before` is what stood there before anybody began. */
  async compare(dataDir: string, before: number): Promise<Disagreement> {
    const { out } = await new CommandLine({}, dataDir).run(['audit', 'export']);
    const records = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);
    const entries = records.slice(before);
    const found = new Count();
    for (const entry of entries) found.add(traceOf(entry));
    return {
      lost: this.#acknowledged.names.filter((trace) => found.of(trace) < this.#acknowledged.of(trace)),
      invented: entries.filter((entry) => !this.#accountsFor(entry)).map(traceOf),
    };
  }

  /** Strikes the entry off the ledger, if it is there. */
  #accountsFor(entry: AuditRecord): boolean {
    return this.#acknowledged.take(traceOf(entry)) || this.#cutOff.take(`${entry.act} ${entry.outcome}`);
  }

  #note(act: string, outcome: AuditRecord['outcome'], about: string | undefined): void {
    if (about === undefined) return this.#cutOff.add(`${act} ${outcome}`);
    this.#count += 1;
    return this.#acknowledged.add(`${act} ${outcome} ${about}`);
  }

  async #register({ operator }: World): Promise<void> {
    const username = aUsername();
    const id = await operator.order('create', { record: { username, passwordHash: this.#hash } });
    this.#note('account.create', 'success', id);
    if (id === undefined) return;
    this.#accounts.push({ id, username });
    this.#notGuessed.push({ id, username });
  }

  async #revoke({ operator }: World): Promise<void> {
    const [account] = await this.#someone(this.#accounts);
    if (account === undefined) return;
    const done = await operator.order('revoke', { accountId: account.id });
    this.#note('session.revoke-all', 'success', done && account.id);
  }

  async #signIn(visitor: Visitor): Promise<void> {
    const [account] = await this.#someone(this.#accounts);
    if (account === undefined) return;
    const visit = await unlessCutOff(visitor.noBaseJson(account.username, this.#password));
    if (visit?.token !== undefined) noteSecret(visit.token);
    if (visit === undefined || visit.token !== undefined)
      this.#note('sign-in.password', 'success', visit && account.id);
  }

  /** Each account once, so that none is locked: what is refused without a look at the secret is a decision, not an event. */
  async #guess(visitor: Visitor): Promise<void> {
    const [account] = await this.#someone(this.#notGuessed.splice(0, 1));
    if (account === undefined) return;
    this.#noteRefusal(
      'sign-in.password',
      await unlessCutOff(visitor.noBaseJson(account.username, aPassword())),
      'Password error',
    );
  }

  async #giveWrongSignature(stranger: Visitor): Promise<void> {
    this.#noteRefusal('app.admit', await unlessCutOff(stranger.noBaseJson('nobody', aPassword())), 'Signature error');
  }

  /** A busy server has decided nothing about the secret. */
  #noteRefusal(act: string, visit: Visit | undefined, says: string): void {
    if (visit === undefined) this.#note(act, 'refused', undefined);
    else if (visit.says === says) this.#note(act, 'refused', String(visit.heard.headers['x-support-code']));
  }

  /** One of them; when there is nobody yet, others get their turn first. */
  async #someone(accounts: readonly Registered[]): Promise<readonly Registered[]> {
    if (accounts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    return someOf(accounts, 1);
  }
}
