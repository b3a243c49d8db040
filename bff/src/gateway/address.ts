import { BlockList, isIPv6 } from 'node:net'

/** The networks whose `X-Forwarded-For` is believed: `10.0.0.0/8`, `::1/128`. Throws on what is no network. */
export const parseNetworks = (networks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    list.addSubnet(
      address,
      bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits),
      family,
    )
  }
  return list
}

const plain = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '')

const trusts = (networks: BlockList, address: string): boolean =>
  networks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

const expand = (address: string): string[] => {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return [...left, ...Array<string>(missing).fill('0'), ...right]
}

/** One household or machine: an IPv4 address, or the /64 of an IPv6 one. */
const subnetOf = (address: string): string =>
  isIPv6(address) ? `${expand(address).slice(0, 4).join(':')}::/64` : address

/** Who the client is to the limits: the TCP peer, or the right-most forwarded hop that is not a trusted proxy. */
export const clientAddress = (
  peer: string,
  forwardedFor: string | undefined,
  trusted: BlockList,
): string => {
  const hops = [...(forwardedFor?.split(',') ?? []), peer].map(plain).filter((hop) => hop !== '')
  const client = hops.findLast((hop, index) => index === 0 || !trusts(trusted, hop))
  return subnetOf(client ?? plain(peer))
}
