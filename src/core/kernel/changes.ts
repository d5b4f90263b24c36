// News of what was changed elsewhere, so that what is kept in memory never outlives the truth.

/** Something kept in memory has changed. */
export type Change =
  | { readonly topic: 'session'; readonly key: string } // the token digest
  | { readonly topic: 'account'; readonly key: string } // the account id: all its sessions
  | { readonly topic: 'app'; readonly key: string }
  | { readonly topic: 'endpoint'; readonly key: string }
  | { readonly topic: 'everything'; readonly key: '' }; // news was missed: nothing in memory can be trusted

/** Tells of changes: those of this process at once, those of others within a second. */
export interface ChangeFeed {
  /** Calls back for each change until the returned function is called. A listener must not throw. */
  subscribe(listener: (change: Change) => void): () => void;
}
