// The port for the few facts about the store itself.

/** Facts such as the fingerprint of the keys in use. */
export interface MetaStore {
  get(name: string): Promise<string | undefined>;
  /** Writes the value if there is none yet; tells what stands there now. */
  claim(name: string, value: string): Promise<string>;
  set(name: string, value: string): Promise<void>;
}
