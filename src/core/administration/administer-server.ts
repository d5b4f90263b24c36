// What administrators see and do of the server itself, as far as it serves their realm: switches, the audit trail, decisions.
import { type Explanation, explainRefusal } from '../admin/explain-refusal.ts';
import { setEndpoint } from '../admin/set-endpoint.ts';
import type { AuditRecord } from '../audit/audit-entry.ts';
import type { Flow } from '../flows/flow.ts';
import { Refusal } from '../kernel/refusal.ts';
import { administering, type AdministrationDeps, type AdministratorAsk } from './administer.ts';

/** An endpoint, and whether it is open. */
export interface EndpointState {
  readonly name: string;
  readonly isOpen: boolean;
}

export type ListEndpoints = Flow<AdministratorAsk, readonly EndpointState[]>;

/** The switches of another realm's dialects are not this one's to see. */
const namesIn = ({ served }: AdministrationDeps, of: string): readonly string[] =>
  served.filter(({ realm }) => realm === of).map(({ name }) => name);

export const listEndpoints = (deps: AdministrationDeps): ListEndpoints =>
  administering(
    deps,
    { act: 'endpoint.list', needs: () => ['endpoints.read'], isLook: true },
    async ({ authority: { realm } }) => {
      const closed = new Set(await deps.stores.endpoints.closed());
      return namesIn(deps, realm).map((name) => ({ name, isOpen: !closed.has(name) }));
    },
  );

export type SwitchEndpoint = Flow<AdministratorAsk & EndpointState, EndpointState>;

/** @throws Refusal `endpoint.unknown` */
export const switchEndpoint = (deps: AdministrationDeps): SwitchEndpoint =>
  administering(
    deps,
    { act: 'endpoint.switch', needs: () => ['endpoints.switch'] },
    async ({ ask: { name, isOpen }, authority: { realm }, entry }) => {
      const { clock, stores } = deps;
      const known = namesIn(deps, realm);
      await setEndpoint({ clock, endpoints: stores.endpoints, known, entry })({ endpoint: name, isOpen });
      return { name, isOpen };
    },
  );

/** A page of the trail, the newest first. */
export interface AuditPage {
  readonly records: readonly AuditRecord[];
  /** Give it back as `before`; null at the end. */
  readonly next: number | null;
}

export type ReadTrail = Flow<AdministratorAsk & { readonly limit: number; readonly before?: number }, AuditPage>;

/** So many rows are looked at for one page where there are several realms; it may be short of those of this one. */
const MOST_ROWS = 1000;

/** Entries that came through another realm's dialect are left out; those of the command line are everybody's. */
export const readTrail = (deps: AdministrationDeps): ReadTrail =>
  administering(
    deps,
    { act: 'audit.read', needs: () => ['audit.read'], isLook: true },
    async ({ ask: { limit, before }, authority: { realm } }) => {
      const wanted = deps.served.every((each) => each.realm === realm) ? limit : MOST_ROWS;
      const rows = await deps.stores.audit.newest(wanted, before);
      const records = rows.filter((row) => isOf(deps, realm, row)).slice(0, limit);
      const isFull = records.length === limit;
      const last = isFull ? records.at(-1) : rows.at(-1);
      return { records, next: isFull || rows.length === wanted ? (last?.id ?? null) : null };
    },
  );

function isOf({ served }: AdministrationDeps, realm: string, { dialect }: Pick<AuditRecord, 'dialect'>): boolean {
  const of = served.find((each) => each.dialect === dialect)?.realm;
  return of === undefined || of === realm;
}

export type ReadDecision = Flow<AdministratorAsk & { readonly supportCode: string }, Explanation>;

/** What was decided under a support code. @throws Refusal `decision.unknown` */
export const readDecision = (deps: AdministrationDeps): ReadDecision =>
  administering(
    deps,
    { act: 'decision.read', needs: () => ['decisions.read'], isLook: true },
    async ({ ask: { supportCode }, authority: { realm } }) => {
      const found = await explainRefusal(deps.stores)({ supportCode });
      const entries = found.entries.filter((each) => isOf(deps, realm, each));
      const isTheirs = found.decision === undefined || isOf(deps, realm, found.decision);
      if (!isTheirs || (found.decision === undefined && entries.length === 0)) throw new Refusal('decision.unknown');
      return { ...found, entries };
    },
  );
