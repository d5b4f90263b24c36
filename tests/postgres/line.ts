// The line between a server and its database, for a test to disturb in every way in which lines are disturbed, and to mend.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/** What is wrong with the line. */
export type Disturbance =
  | { readonly is: 'whole' }
  /** Everything breaks, and nobody gets through: connections are taken and broken at once. */
  | { readonly is: 'cut' }
  /** The same, but nobody is there to take them. */
  | { readonly is: 'refused' }
  /** Nothing breaks, and nothing comes through. */
  | { readonly is: 'dead' }
  /** What the database says arrives so much later. */
  | { readonly is: 'slow'; readonly milliseconds: number }
  /** Each connection breaks when the database has said something so many times, and what it said last is lost. */
  | { readonly is: 'brittle'; readonly after: number };

/** A proxy on a port of its own, in this process. */
export class Line {
  readonly #server: Server;
  readonly #far: NetConnectOpts;
  /** The ends on our side. */
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #state: Disturbance = { is: 'whole' };

  private constructor(far: NetConnectOpts) {
    this.#far = far;
    this.#server = createServer((near) => this.#accept(near));
  }

  /** To wherever the address of a database leads. */
  static async to(url: string): Promise<Line> {
    const line = new Line(destinationOf(new URL(url)));
    await line.#listen();
    return line;
  }

  /** The address of the same database at this end of the line. */
  through(url: string): string {
    const near = new URL(url);
    near.searchParams.delete('host');
    near.host = `127.0.0.1:${this.#port}`;
    return near.href;
  }

  /** From now on it is disturbed like this; connections of before are as well. */
  disturb(state: Disturbance): void {
    this.#state = state;
    if (state.is === 'refused') this.#server.close();
    if (state.is === 'cut' || state.is === 'refused') for (const socket of this.#sockets) socket.resetAndDestroy();
    if (state.is === 'dead') for (const socket of this.#sockets) socket.pause();
  }

  /** New connections get through again. What was connected before stays as it is. */
  async mend(): Promise<void> {
    this.#state = { is: 'whole' };
    if (!this.#server.listening) await this.#listen();
  }

  close(): void {
    this.disturb({ is: 'refused' });
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #accept(near: Socket): void {
    this.#keep(near);
    if (this.#state.is === 'cut') near.resetAndDestroy();
    if (this.#state.is === 'cut' || this.#state.is === 'dead') return;
    const far = connect(this.#far).on('error', () => undefined);
    near.pipe(far);
    this.#answer(far, near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  }

  /** Passes on what the database says, in its order and as well as the line is at the moment. */
  #answer(far: Socket, near: Socket): void {
    let [times, lastAt] = [0, 0];
    far.on('data', (said) => {
      times += 1;
      if (this.#state.is === 'brittle' && times > this.#state.after) near.resetAndDestroy();
      if (near.destroyed || near.isPaused()) return;
      lastAt = Math.max(lastAt, performance.now() + (this.#state.is === 'slow' ? this.#state.milliseconds : 0));
      const wait = lastAt - performance.now();
      if (wait > 0) setTimeout(() => near.write(said), wait);
      else near.write(said);
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
  }
}

function destinationOf({ hostname, port, searchParams }: URL): NetConnectOpts {
  const folder = searchParams.get('host');
  const number = port === '' ? '5432' : port;
  return folder === null ? { host: hostname, port: Number(number) } : { path: join(folder, `.s.PGSQL.${number}`) };
}
