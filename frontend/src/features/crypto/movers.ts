import type { ValueByName } from '@flux/contracts'
import type { TopCoins } from './model.ts'

/** The coins that rose and fell most. */
export type Movers = ValueByName['crypto.movers']

/** A time over which coins moved. */
export type MoverWindow = '1h' | '24h'

/** One coin of the movers band. */
export interface Mover {
  readonly id: string
  readonly symbol: string
  readonly name: string
  readonly changePercent: number
  /** Where its price is streamed. */
  readonly product: string | null
}

/** The lists of a window, as many as a line has room for. */
export interface MoverLists {
  readonly gainers: readonly Mover[]
  readonly losers: readonly Mover[]
}

const most = 8

type Listed = Movers['gainers1h'][number]

/** The first movers of a window, with the product of those that have one. */
export const moverLists = (
  movers: Movers,
  window: MoverWindow,
  top: TopCoins | undefined,
): MoverLists => {
  // Symbols are not unique among coins: only the id says which product is meant.
  const products = new Map(top?.coins.map(({ id, product }) => [id, product]))
  const first = (list: readonly Listed[]): Mover[] =>
    list.slice(0, most).map(({ id, symbol, name, changePercent }) => ({
      ...{ id, symbol, name, changePercent },
      product: products.get(id) ?? null,
    }))
  return window === '1h'
    ? { gainers: first(movers.gainers1h), losers: first(movers.losers1h) }
    : { gainers: first(movers.gainers24h), losers: first(movers.losers24h) }
}
