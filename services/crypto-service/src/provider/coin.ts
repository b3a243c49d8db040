/** A coin as the market list knows it; percentages in percent, what is not known is `null`. */
export interface Coin {
  readonly id: string
  /** Upper case; not unique. */
  readonly symbol: string
  readonly name: string
  readonly imageUrl: string | null
  readonly priceUsd: number
  readonly marketCapUsd: number | null
  readonly volume24hUsd: number | null
  readonly change1hPercent: number | null
  readonly change24hPercent: number | null
  readonly change7dPercent: number | null
  /** When the provider last changed it, epoch milliseconds. */
  readonly updatedAt: number | null
}
