// The front door of time, chance, keys and password hashing: what the core needs of the machine.
export { KEYS_VARIABLE, loadKeyring, makeKeyring, saveKeyring } from './keys/key-file.ts';
export { digestsWith } from './keys/keyed-digests.ts';
export { Keyring } from './keys/keyring.ts';
export { type SealedVault, vaultWith } from './keys/sealed-vault.ts';
export { isAcceptableHash } from './passwords/acceptable-hash.ts';
export { type OpenPasswordPool, openPasswordPool } from './passwords/argon2-password-pool.ts';
export { commonPasswords, type OpenBlocklist, openBlocklist } from './passwords/blocklist.ts';
export { SystemClock } from './system-clock.ts';
export { SystemRandomness } from './system-randomness.ts';
