// The source of a request: an IPv4 address or an IPv6 /64, and the network around it.

/** Where a request comes from, in canonical spelling. */
export interface Source {
  /** The client's address as derived from the socket or a trusted proxy. */
  readonly address: string;
  /** The bucket attempts are counted in: the IPv4 address, or the IPv6 /64. */
  readonly bucket: string;
  /** The network around it: IPv4 /24, IPv6 /48. */
  readonly subnet: string;
}
