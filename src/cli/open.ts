// Opens the house for one command: the configuration, the store, the keys; and closes it again, whatever happens.
import { type Arrangement, arrange, type House, keyFileOf, openHouse, watchKeys } from '#main';
import type { ActCall } from './act.ts';

/** The configuration in force for this command line, and the dialects. @throws ConfigError naming every key that is wrong */
export async function arrangementOf({ options, terminal }: ActCall<object>): Promise<Arrangement> {
  return arrange(options, terminal.environment);
}

/** Lets `work` use the house as a tool, beside a running server. */
export async function withHouse<T>(call: ActCall<object>, work: (house: House) => Promise<T>): Promise<T> {
  const { config } = await arrangementOf(call);
  const house = await openHouse(config, 'tool');
  // What takes minutes, such as an import, must go over to new keys like a server; unreadable ones show at the next command.
  const stopWatching = watchKeys(keyFileOf(config), house.vault, () => undefined);
  try {
    return await work(house);
  } finally {
    stopWatching();
    await house.close();
  }
}
