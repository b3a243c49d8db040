import { describe, expect, it } from 'vitest'
import { isOriginal } from './derivatives.ts'

const coins = (rows: readonly string[]) =>
  rows.map((row) => {
    const [id = '', symbol = '', name = ''] = row.split('|')
    return { id, symbol, name }
  })

describe('coins with a price of their own', () => {
  it.each(
    coins([
      'bitcoin|btc|Bitcoin',
      'ethereum|eth|Ethereum',
      'solana|sol|Solana',
      'binancecoin|bnb|BNB',
      'avalanche-2|avax|Avalanche',
      'ripple|xrp|XRP',
      'tron|trx|TRON',
      'lido-dao|ldo|Lido DAO',
      'ethena|ena|Ethena',
      'jito-governance-token|jto|Jito',
      'ethereum-classic|etc|Ethereum Classic',
      'bitcoin-cash|bch|Bitcoin Cash',
      'leo-token|leo|LEO Token',
      'euler|eul|Euler',
      'pepe|pepe|Pepe',
    ]),
  )('are told: $name', (c) => expect(isOriginal(c)).toBe(true))

  it.each(
    coins([
      'tether|usdt|Tether',
      'usd-coin|usdc|USDC',
      'dai|dai|Dai',
      'first-digital-usd|fdusd|First Digital USD',
      'ethena-usde|usde|Ethena USDe',
      'paypal-usd|pyusd|PayPal USD',
      'usd1-wlfi|usd1|USD1',
      'euro-coin|eurc|EURC',
      'wrapped-bitcoin|wbtc|Wrapped Bitcoin',
      'coinbase-wrapped-btc|cbbtc|Coinbase Wrapped BTC',
      'staked-ether|steth|Lido Staked Ether',
      'wrapped-steth|wsteth|Wrapped stETH',
      'weth|weth|WETH',
      'rocket-pool-eth|reth|Rocket Pool ETH',
      'jito-staked-sol|jitosol|Jito Staked SOL',
      'binance-bridged-usdt-bnb-smart-chain|bsc-usd|Binance Bridged USDT (BNB Smart Chain)',
      'kelp-dao-restaked-eth|rseth|Kelp DAO Restaked ETH',
    ]),
  )('are told from $name', (c) => expect(isOriginal(c)).toBe(false))
})
