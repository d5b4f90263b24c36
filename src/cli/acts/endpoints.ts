// Carries out the commands about endpoints.
import { setEndpoint } from '#core';
import type { Dialect } from '#wire';
import type { Act, ActCall } from '../act.ts';
import { arrangementOf, withHouse } from '../open.ts';
import { type Report, table } from '../report.ts';

/** Every endpoint there is, as `dialect.act`. */
function endpointsOf(dialects: readonly Dialect[]): readonly string[] {
  const names = dialects.flatMap(({ name, rows }) => rows.map(({ endpoint }) => `${name}.${endpoint}`));
  return [...new Set(names)].toSorted();
}

/** `endpoint list` */
export const listEndpoints: Act = async (call) => {
  const { dialects } = await arrangementOf(call);
  return withHouse(call, async ({ stores }) => {
    const closed = await stores.endpoints.closed();
    const endpoints = endpointsOf(dialects).map((endpoint) => ({ endpoint, isOpen: !closed.includes(endpoint) }));
    const rows = endpoints.map(({ endpoint, isOpen }) => [endpoint, isOpen ? 'open' : 'closed']);
    return { text: table(['endpoint', 'state'], rows), json: { endpoints } };
  });
};

async function switchTo(call: ActCall<object>, isOpen: boolean): Promise<Report> {
  const endpoint = call.arguments[0] ?? '';
  const { dialects } = await arrangementOf(call);
  return withHouse(call, async ({ clock, stores }) => {
    await setEndpoint({ clock, endpoints: stores.endpoints, known: endpointsOf(dialects) })({ endpoint, isOpen });
    return { text: `${endpoint} is ${isOpen ? 'open' : 'closed'}`, json: { endpoint, isOpen } };
  });
}

/** `endpoint open` */
export const openEndpoint: Act = async (call) => switchTo(call, true);

/** `endpoint close` */
export const closeEndpoint: Act = async (call) => switchTo(call, false);
