/** One coin, and the product it trades as where it does. */
export interface Listing {
  /** CoinGecko's id. */
  readonly id: string
  readonly base: string
  readonly quote: string
  /** The exchange's product id; undefined for coins that only CoinGecko lists. */
  readonly product: string | undefined
  readonly name: string
  /** Start price in the quote currency. */
  readonly price: number
  /** Digits after the point of a price and of a size. */
  readonly priceDecimals: number
  readonly sizeDecimals: number
  /** Traded per day, in millions of the quote currency. */
  readonly volumeMillions: number
  /** Deviation of the price over a day, as a share of it. */
  readonly volatility: number
  readonly supply: number
  readonly maxSupply: number | null
  /** Its price is held at this value (stable coins). */
  readonly peg?: number
  /** It follows the price of this product, times `ratio`. */
  readonly follows?: { readonly product: string; readonly ratio: number }
  /** Listed so recently that the exchange has no price of a day ago: `open_24h` is "0". */
  readonly fresh?: boolean
  /** CoinGecko knows no price for it: most of its fields are null. */
  readonly blank?: boolean
  /** Another market of a coin that has its entry already: no CoinGecko coin of its own. */
  readonly secondary?: boolean
}
