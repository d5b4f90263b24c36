// Where the pictures lie that every dialect may point to.

/** The picture of a person who has none. */
export const DEFAULT_AVATAR_PATH = '/assets/default-avatar.png';
