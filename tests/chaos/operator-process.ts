// A program: the operator's flows beside a running server, many at once. Each line of its input is an order; each line of its output says
// that one is carried out, and is written only when it is.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { createAccount, type JsonObject, readAccountRecord, Refusal, revokeSessions, Secret, setPassword } from '#core';
import { arrange, type House, openHouse } from '#main';

import type { Order, Receipt } from './operator.ts';

type CarryOut = (house: House, order: Order) => Promise<string>;

const ACTS: Readonly<Record<Order['act'], CarryOut>> = {
  async hash({ passwords }, { password = '' }) {
    const place = await passwords.enter();
    try {
      return await place.hash(new Secret(password));
    } finally {
      place.leave();
    }
  },
  async create(house, { record = {} }) {
    const { draft, credential } = readAccountRecord(record, 'main');
    return (await createAccount({ ...house, ...house.stores })({ draft, credential })).id;
  },
  async setPassword(house, { accountId = '', password = '' }) {
    return (await setPassword({ ...house, ...house.stores })({ accountId, password: new Secret(password) })).id;
  },
  async revoke(house, { accountId = '' }) {
    return String(await revokeSessions({ ...house, ...house.stores })({ accountId }));
  },
};

async function receiptOf(house: House, order: Order): Promise<Receipt> {
  try {
    return { number: order.number, done: await ACTS[order.act](house, order) };
  } catch (reason) {
    if (reason instanceof Refusal) return { number: order.number, refused: reason.code };
    throw reason;
  }
}

/** Straight to the pipe: what stands there has happened, whatever becomes of this process. */
const say = (word: JsonObject): void => void writeSync(1, `${JSON.stringify(word)}\n`);

const house = await openHouse((await arrange({}, process.env)).config, 'tool');
say({ ready: true });
for await (const line of createInterface(process.stdin)) {
  void receiptOf(house, JSON.parse(line) as Order).then((receipt) => say({ ...receipt }));
}
await house.close();
