// No usable answer: the server is away, too slow, or something else answered in its place.

/** Nothing is known: neither yes nor no. Whoever protects something refuses on it. `cause` tells what went wrong. */
export class UnderstudyUnavailable extends Error {
  override readonly name = 'UnderstudyUnavailable';
}
