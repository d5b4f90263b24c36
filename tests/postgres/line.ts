// The line between a server and its database, for a test to cut, to let go dead, and to mend.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/** A proxy on a port of its own, in this process. */
export class Line {
  readonly #server: Server;
  readonly #far: NetConnectOpts;
  readonly #sockets = new Set<Socket>();
  #state: 'whole' | 'cut' | 'dead' = 'whole';

  private constructor(far: NetConnectOpts) {
    this.#far = far;
    this.#server = createServer((near) => this.#accept(near));
  }

  /** To wherever the address of a database leads. */
  static async to(url: string): Promise<Line> {
    const line = new Line(destinationOf(new URL(url)));
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  /** The address of the same database at this end of the line. */
  through(url: string): string {
    const near = new URL(url);
    near.searchParams.delete('host');
    near.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return near.href;
  }

  /** Everything breaks, and nobody gets through. */
  cut(): void {
    this.#state = 'cut';
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Nothing breaks, and nothing comes through. */
  goDead(): void {
    this.#state = 'dead';
    for (const socket of this.#sockets) socket.pause();
  }

  /** New connections get through again. What was connected before stays as it is. */
  mend(): void {
    this.#state = 'whole';
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #accept(near: Socket): void {
    this.#keep(near);
    if (this.#state === 'cut') near.destroy();
    if (this.#state !== 'whole') return;
    const far = connect(this.#far);
    this.#keep(far);
    near.pipe(far);
    far.pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
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
