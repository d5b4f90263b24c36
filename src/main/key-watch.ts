// Lets a running process go over to new keys when `keys rotate` has written them.
import { statSync } from 'node:fs';
import { loadKeyring } from '#crypto';
import type { SealedVault } from '#crypto';

/** How soon a process notices. `keys rotate` waits several times as long before it relies on it. */
const EVERY_MS = 500;

/** Which state of the file it is; undefined while there is none. */
function versionOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${stat.ino}:${stat.mtimeMs}`;
}

/** Adopts the keys in the file whenever they change, until the returned function is called. Keys that cannot be read are told once and not adopted. */
export function watchKeys(file: string, vault: SealedVault, onUnreadable: (error: unknown) => void): () => void {
  let known = versionOf(file);
  const look = (): void => {
    try {
      const version = versionOf(file);
      if (version === undefined || version === known) return;
      known = version;
      const keyring = loadKeyring({ file });
      if (keyring !== undefined) vault.adopt(keyring);
    } catch (error) {
      onUnreadable(error);
    }
  };
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
