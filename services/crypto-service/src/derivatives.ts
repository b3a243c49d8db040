import type { Coin } from './provider/coin.ts'

/** What tells that a coin only repeats another asset: a list of ids for what no pattern finds, then patterns. */
const ids = new Set([
  'dai',
  'frax',
  'tether',
  'paxos-standard',
  'stasis-eurs',
  'societe-generale-forge-eurcv',
  'blackrock-usd-institutional-digital-liquidity-fund',
  'hashnote-usyc',
  'ondo-us-dollar-yield',
  'ousg',
  'bitcoin-avalanche-bridged-btc-b',
  'arbitrum-bridged-wbtc-arbitrum-one',
  'huobi-btc',
  'hai',
  'liquity-usd',
  'magic-internet-money',
  'gho',
])

/** `USDT`, `fdUSD`, `crvUSD`, `USD1`, `EURC`; no coin with a price of its own has "usd" in its symbol. */
const stableSymbol = /USD|^EUR[A-Z]{1,2}$/

/** `WBTC`, `stETH`, `wstETH`, `cbBTC`, `jitoSOL`, `WBNB`: a major coin's symbol with something before it. */
const wrappedSymbol = /^[A-Z0-9.]{1,6}(?:BTC|ETH|SOL|BNB|AVAX|TRX)$/

const wrappedWords = /\b(?:wrapped|bridged|staked|restaked|staking|pegged|peg|binance-peg)\b/i
const stableWords = /\b(?:usd|us dollar|dollar|stablecoin)\b/i

/** True for coins that follow a currency. */
const isStable = (coin: Pick<Coin, 'id' | 'symbol' | 'name'>): boolean =>
  ids.has(coin.id) || stableSymbol.test(coin.symbol.toUpperCase()) || stableWords.test(coin.name)

/** True for wrapped, bridged, staked and restaked forms of another coin. */
const isWrapped = (coin: Pick<Coin, 'id' | 'symbol' | 'name'>): boolean =>
  ids.has(coin.id) ||
  wrappedSymbol.test(coin.symbol.toUpperCase()) ||
  wrappedWords.test(coin.name) ||
  wrappedWords.test(coin.id.replaceAll('-', ' '))

/** True for a coin with a price of its own: what movers and top coins are about. */
export const isOriginal = (coin: Pick<Coin, 'id' | 'symbol' | 'name'>): boolean =>
  !isStable(coin) && !isWrapped(coin)
