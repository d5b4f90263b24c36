// Lets apps prove themselves, and remembers them until they change.
import type { AttemptStore } from '../budgets/attempt-store.ts';
import { type BudgetLimits, secondsUntil } from '../budgets/budget.ts';
import type { Call } from '../flows/call.ts';
import type { ChangeFeed } from '../kernel/changes.ts';
import type { Cache, Clock, Digests } from '../kernel/ports.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Secret } from '../kernel/secret.ts';
import type { App, AppStore } from './app.ts';

/** What the gate needs. */
export interface AppGateDeps {
  readonly apps: Pick<AppStore, 'find'>;
  readonly attempts: Pick<AttemptStore, 'standing' | 'strike'>;
  readonly changes: ChangeFeed;
  readonly clock: Clock;
  readonly digests: Digests;
  readonly limits: BudgetLimits;
  /** Apps in memory. */
  readonly known: Cache<string, App>;
  /** Sources that failed lately. */
  readonly suspects: Cache<string, true>;
}

/** The purpose that separates digests of signatures from all others. */
export const SIGNATURE_PURPOSE = 'app-signature';

/** Knows the apps. One per process. */
export class AppGate {
  readonly #deps: AppGateDeps;
  #generation = 0;
  /**
   * An ordinary digest of what proved each app genuine. An app that checks tokens proves itself with every one, and a keyed
   * digest costs five times as much. It goes with the `App` it is about, and so with every change of it.
   */
  readonly #proofs = new WeakMap<App, string>();

  constructor(deps: AppGateDeps) {
    this.#deps = deps;
    deps.changes.subscribe(({ topic, key }) => {
      if (topic !== 'app' && topic !== 'everything') return;
      this.#generation += 1;
      if (topic === 'app') deps.known.delete(key);
      else deps.known.clear();
    });
  }

  /** The app of that id, whatever its state. */
  async find(id: string): Promise<App | undefined> {
    const known = this.#deps.known.get(id);
    if (known !== undefined) return known;
    const generation = this.#generation;
    const app = await this.#deps.apps.find(id);
    // A change that arrived while we read may be newer than what we read.
    if (app !== undefined && generation === this.#generation) this.#deps.known.set(id, app);
    return app;
  }

  /**
   * The app, if the signature is its own. A wrong one is charged to the source, and a source that gave too many learns nothing more.
   * @throws Refusal `app.unknown`, `app.signature`, `app.stopped`, `throttle.source`, `throttle.subnet`
   */
  async admit(claim: { readonly id: string; readonly signature: Secret }, call: Call): Promise<App> {
    const app = await this.find(claim.id);
    if (app === undefined) throw new Refusal('app.unknown');
    await this.assertCalm(call);
    if (!this.#isGenuine(app, claim.signature)) await this.#strike(app, call);
    if (app.isStopped) throw new Refusal('app.stopped');
    return app;
  }

  #isGenuine(app: App, signature: Secret): boolean {
    const { digests, clock } = this.#deps;
    const proof = digests.ofToken(signature.reveal());
    const proven = this.#proofs.get(app);
    if (proven !== undefined && digests.equal(proof, proven)) return true;
    const digest = digests.keyed(SIGNATURE_PURPOSE, signature.reveal());
    if (digests.equal(digest, app.signatureDigest)) {
      this.#proofs.set(app, proof);
      return true;
    }
    return (
      app.previousDigest !== null && (app.previousUntil ?? 0) > clock.now() && digests.equal(digest, app.previousDigest)
    );
  }

  /**
   * Refuses a source that used its failures up. Nothing is read for one that has not failed here lately: should it have failed elsewhere,
   * its reservation is refused, and from then on this refuses it sooner.
   * @throws Refusal `throttle.source`, `throttle.subnet`
   */
  async assertCalm(call: Call): Promise<void> {
    if (this.#deps.suspects.get(call.source.bucket) === true) await assertSourceIsCalm(this.#deps, call);
  }

  /** The source has failed, or was refused for having failed. */
  suspect({ source }: Call): void {
    this.#deps.suspects.set(source.bucket, true);
  }

  async #strike(app: App, call: Call): Promise<never> {
    const { attempts, clock, limits } = this.#deps;
    await assertSourceIsCalm(this.#deps, call);
    const at = clock.now();
    const audit = {
      at,
      act: 'app.admit',
      outcome: 'refused',
      reason: 'app.signature',
      appId: app.id,
      ...whence(call),
    } as const;
    await attempts.strike(call.source, { limits, at, audit });
    this.suspect(call);
    throw new Refusal('app.signature');
  }
}

/** The part of an audit entry that tells where a call came from. */
export function whence(call: Call): {
  readonly source: string;
  readonly dialect: string;
  readonly endpoint: string;
  readonly requestId: string;
} {
  return { source: call.source.bucket, dialect: call.dialect, endpoint: call.endpoint, requestId: call.requestId };
}

/**
 * Refuses a source or subnet that has used up its failures.
 * @throws Refusal `throttle.source`, `throttle.subnet`
 */
export async function assertSourceIsCalm(
  deps: Pick<AppGateDeps, 'attempts' | 'clock' | 'limits'>,
  call: Call,
): Promise<void> {
  const now = deps.clock.now();
  const locked = await deps.attempts.standing(call.source, now);
  if (locked === undefined) return;
  const code = locked.kind === 'subnet' ? 'throttle.subnet' : 'throttle.source';
  throw new Refusal(code, {
    field: locked.kind,
    key: locked.kind === 'subnet' ? call.source.subnet : call.source.bucket,
    retryAfterSeconds: secondsUntil(locked.until, now, deps.limits[locked.kind]),
  });
}
