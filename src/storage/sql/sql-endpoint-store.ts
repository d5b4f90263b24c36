// The operator's switches in SQL: a row for each endpoint that is closed.
import type { AuditEntry, EndpointStore } from '#core';
import type { Act } from './act.ts';
import { noteChange } from './note-change.ts';
import { recordAudit } from './record-audit.ts';
import { Statement } from './statement.ts';

const all = new Statement((db) => db.selectFrom('closed_endpoints').select('endpoint').orderBy('endpoint'));

const close = new Statement((db, p: { endpoint: string }) =>
  db
    .insertInto('closed_endpoints')
    .values({ endpoint: p.endpoint })
    .onConflict((conflict) => conflict.doNothing()),
);

const open = new Statement((db, p: { endpoint: string }) =>
  db.deleteFrom('closed_endpoints').where('endpoint', '=', p.endpoint),
);

/** Keeps which endpoints are closed, within one act. */
export class SqlEndpointStore implements EndpointStore {
  readonly #act: Act;

  constructor(act: Act) {
    this.#act = act;
  }

  async closed(): Promise<readonly string[]> {
    return (await all.all(this.#act, {})).map(({ endpoint }) => endpoint);
  }

  async set(endpoint: string, isOpen: boolean, audit: AuditEntry): Promise<void> {
    await (isOpen ? open : close).affected(this.#act, { endpoint });
    await noteChange(this.#act, { topic: 'endpoint', key: endpoint }, audit.at);
    await recordAudit(this.#act, audit);
  }
}
