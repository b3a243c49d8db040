import { matchesRoom, type ValueByName } from '@flux/contracts'
import { providerName } from '../../panels/sources.ts'
import { showsContent } from '../../panels/state.ts'
import type { Feed } from '../../panels/use-feed.ts'

/** Shown to those who have not chosen anything yet. */
export const suggestions: readonly string[] = [
  'BTC-USD',
  'ETH-USD',
  'SOL-USD',
  'AAPL',
  'NVDA',
  'MSFT',
]

/** True for a product of the exchange (`BTC-USD`), false for the symbol of a share. */
export const isProduct = (id: string): boolean =>
  matchesRoom({ domain: 'crypto', part: 'product' }, `crypto.${id}`)

/** The name that people know: `BTC` of `BTC-USD`, a symbol as it is. */
export const shortName = (id: string): string => (isProduct(id) ? (id.split('-')[0] ?? id) : id)

/** Names of coins by product. */
export const coinNames = (
  top: ValueByName['crypto.topcoins'] | undefined,
): ReadonlyMap<string, string> =>
  new Map(
    (top?.coins ?? []).flatMap(({ product, name }) => (product === null ? [] : [[product, name]])),
  )

/** Where the prices come from; the lists of coins come from elsewhere and are not shown here. */
export const sourcesOf = (ids: readonly string[]): string =>
  [...new Set(ids.map((id) => (isProduct(id) ? 'coinbase' : 'finnhub')))]
    .map(providerName)
    .join(', ')

/** The sources of several feeds, each once. */
const joined = (feeds: readonly Feed[]): string =>
  [...new Set(feeds.flatMap(({ footer }) => footer.sources.split(', ')))].join(', ')

/**
 * One feed of several: it shows content as soon as one does, in the condition of the first that does, and is otherwise
 * in the state of the first.
 */
export const mergedFeed = (first: Feed, ...others: readonly Feed[]): Feed => {
  const feeds = [first, ...others]
  const shown = feeds.filter(({ state }) => showsContent(state))
  const main = shown[0] ?? first
  const newest = shown.reduce((a, b) => (b.footer.asOf > a.footer.asOf ? b : a), main)
  return {
    ...main,
    footer: {
      sources: joined(feeds),
      trouble: feeds.map(({ footer }) => footer.trouble).find((words) => words !== undefined),
      asOf: newest.footer.asOf,
      age: newest.footer.age,
      stale: shown.length > 0 && shown.every(({ footer }) => footer.stale),
      simulated: shown.some(({ footer }) => footer.simulated),
    },
  }
}
