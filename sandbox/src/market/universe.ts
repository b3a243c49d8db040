import type { Listing } from './listing.ts'

type Extra = Partial<Pick<Listing, 'peg' | 'follows' | 'fresh' | 'blank' | 'secondary'>>
type Row = readonly [
  base: string,
  id: string,
  name: string,
  price: number,
  decimals: readonly [price: number, size: number],
  volumeMillions: number,
  volatility: number,
  supplyMillions: number,
  maxSupplyMillions: number | null,
  extra?: Extra,
]

const listing = (row: Row, quote: string, product: string | undefined): Listing => {
  const [base, id, name, price, decimals, volumeMillions, volatility, supply, most] = row
  const [priceDecimals, sizeDecimals] = decimals
  return {
    ...{ id, base, quote, product, name, price, priceDecimals, sizeDecimals },
    supply: Math.round(supply * 1e6),
    maxSupply: most === null ? null : Math.round(most * 1e6),
    ...{ volumeMillions, volatility, ...row[9] },
  }
}

// Real products at round start prices; a leader stands above what follows it.
const usd: readonly Row[] = [
  ['BTC', 'bitcoin', 'Bitcoin', 80640.5, [2, 8], 840, 0.022, 19.94, 21],
  ['ETH', 'ethereum', 'Ethereum', 2412.3, [2, 8], 520, 0.032, 120.69, null],
  ['XRP', 'ripple', 'XRP', 1.8421, [4, 6], 190, 0.036, 59_870, 100_000],
  ['SOL', 'solana', 'Solana', 118.44, [2, 6], 230, 0.04, 553, null],
  ['DOGE', 'dogecoin', 'Dogecoin', 0.13255, [5, 1], 84, 0.045, 151_900, null],
  ['ADA', 'cardano', 'Cardano', 0.4482, [4, 4], 48, 0.042, 36_400, 45_000],
  ['LINK', 'chainlink', 'Chainlink', 12.905, [3, 2], 41, 0.043, 708, 1000],
  ['AVAX', 'avalanche-2', 'Avalanche', 13.87, [2, 6], 24, 0.045, 430.6, 720],
  ['XLM', 'stellar', 'Stellar', 0.245113, [6, 4], 26, 0.041, 32_300, 50_001.806812],
  ['SUI', 'sui', 'Sui', 1.5231, [4, 1], 52, 0.055, 3740, 10_000],
  ['LTC', 'litecoin', 'Litecoin', 84.31, [2, 8], 33, 0.036, 76.7, 84],
  ['BCH', 'bitcoin-cash', 'Bitcoin Cash', 531.62, [2, 8], 19, 0.037, 19.97, 21],
  ['HBAR', 'hedera-hashgraph', 'Hedera', 0.13842, [5, 1], 31, 0.047, 42_500, 50_000],
  ['DOT', 'polkadot', 'Polkadot', 2.284, [3, 6], 13, 0.044, 1650, 2100],
  ['SHIB', 'shiba-inu', 'Shiba Inu', 0.00000842, [8, 0], 14, 0.046, 589_240_000, null],
  ['UNI', 'uniswap', 'Uniswap', 5.712, [3, 6], 15, 0.05, 630, 1000],
  ['AAVE', 'aave', 'Aave', 171.2, [2, 3], 22, 0.05, 15.25, 16],
  ['NEAR', 'near', 'NEAR Protocol', 1.751, [3, 3], 12, 0.052, 1260, null],
  ['ICP', 'internet-computer', 'Internet Computer', 3.918, [3, 4], 8.5, 0.05, 541, null],
  ['ETC', 'ethereum-classic', 'Ethereum Classic', 13.35, [2, 8], 7.2, 0.041, 154, 210.7],
  ['APT', 'aptos', 'Aptos', 1.904, [3, 3], 6.9, 0.052, 730, null],
  ['ARB', 'arbitrum', 'Arbitrum', 0.2119, [4, 2], 8.1, 0.056, 5500, 10_000],
  ['OP', 'optimism', 'Optimism', 0.318, [3, 2], 6.4, 0.057, 1900, 4294.967296],
  ['FIL', 'filecoin', 'Filecoin', 1.512, [3, 3], 9.3, 0.051, 716, 1958.769868],
  ['ATOM', 'cosmos', 'Cosmos Hub', 2.471, [3, 2], 5.2, 0.042, 478, null],
  ['ALGO', 'algorand', 'Algorand', 0.1392, [4, 0], 6.1, 0.045, 8800, 10_000],
  ['VET', 'vechain', 'VeChain', 0.01344, [5, 1], 3.6, 0.045, 85_985.041177, 86_712.634466],
  ['RENDER', 'render-token', 'Render', 1.803, [3, 2], 5.8, 0.055, 518, 644.168762],
  ['INJ', 'injective-protocol', 'Injective', 5.061, [3, 2], 5.4, 0.055, 99.97, 100],
  ['TIA', 'celestia', 'Celestia', 0.6172, [4, 2], 6.7, 0.06, 860, null],
  ['SEI', 'sei-network', 'Sei', 0.1306, [4, 1], 7.7, 0.056, 6400, 10_000],
  ['PEPE', 'pepe', 'Pepe', 0.00000462, [8, 0], 21, 0.065, 420_690_000, 420_690_000],
  ['BONK', 'bonk', 'Bonk', 0.00000981, [8, 0], 11, 0.066, 82_300_000, 88_000_000],
  ['WIF', 'dogwifcoin', 'dogwifhat', 0.361, [3, 2], 7.9, 0.07, 998.9, 998.926392],
  ['CRV', 'curve-dao-token', 'Curve DAO', 0.4051, [4, 2], 6.6, 0.053, 1440, 3030.303031],
  ['LDO', 'lido-dao', 'Lido DAO', 0.602, [3, 2], 4.2, 0.054, 890, 1000],
  ['GRT', 'the-graph', 'The Graph', 0.0443, [4, 2], 2.9, 0.049, 10_500, 10_800.262816],
  ['IMX', 'immutable-x', 'Immutable', 0.2655, [4, 4], 2.6, 0.055, 1980, 2000],
  ['STX', 'blockstack', 'Stacks', 0.3002, [4, 2], 3.1, 0.05, 1810, 1818],
  ['QNT', 'quant-network', 'Quant', 80.77, [2, 3], 2.2, 0.044, 14.54, 14.612493],
  [
    'FET',
    'fetch-ai',
    'Artificial Superintelligence Alliance',
    0.2411,
    [4, 1],
    6.2,
    0.06,
    2300,
    2714.493896,
  ],
  ['ONDO', 'ondo-finance', 'Ondo', 0.4818, [4, 2], 9.6, 0.053, 3159.107529, 10_000],
  ['ENA', 'ethena', 'Ethena', 0.2608, [4, 2], 11.5, 0.065, 7400, 15_000],
  ['JTO', 'jito-governance-token', 'Jito', 0.402, [4, 1], 2.4, 0.06, 420, null],
  ['PYTH', 'pyth-network', 'Pyth Network', 0.0711, [4, 1], 2.3, 0.058, 5750, 10_000],
  ['SNX', 'havven', 'Synthetix', 0.521, [3, 3], 2.8, 0.068, 343, null],
  ['COMP', 'compound-governance-token', 'Compound', 28.41, [2, 3], 2.1, 0.05, 9.6, 10],
  ['YFI', 'yearn-finance', 'yearn.finance', 3812.7, [2, 6], 0.9, 0.045, 0.0339, 0.036666],
  ['ZEC', 'zcash', 'Zcash', 402.18, [2, 8], 46, 0.08, 16.4, 21],
  ['XTZ', 'tezos', 'Tezos', 0.513, [3, 2], 1.8, 0.044, 1060, null],
  ['MANA', 'decentraland', 'Decentraland', 0.1604, [4, 2], 1.5, 0.05, 1920, null],
  ['BAT', 'basic-attention-token', 'Basic Attention', 0.2263, [4, 2], 1.4, 0.05, 1495, 1500],
  ['ENS', 'ethereum-name-service', 'Ethereum Name Service', 10.52, [2, 3], 2.7, 0.052, 37.9, 100],
  ['ZORA', 'zora', 'Zora', 0.04712, [5, 0], 1.9, 0.09, 4470, 10_000, { fresh: true }],
  [
    'WBTC',
    'wrapped-bitcoin',
    'Wrapped Bitcoin',
    80560,
    [2, 8],
    3.3,
    0.001,
    0.1256,
    null,
    { follows: { product: 'BTC-USD', ratio: 0.9991 } },
  ],
  ['USDT', 'tether', 'Tether', 0.99968, [5, 2], 160, 0.0004, 184_100, null, { peg: 0.9997 }],
  ['DAI', 'dai', 'Dai', 0.99985, [4, 5], 2.5, 0.0005, 4260, null, { peg: 0.9999 }],
]

const eur: readonly Row[] = [
  [
    'BTC',
    'bitcoin',
    'Bitcoin',
    69270,
    [2, 8],
    46,
    0.001,
    19.94,
    21,
    { follows: { product: 'BTC-USD', ratio: 0.859 }, secondary: true },
  ],
  [
    'ETH',
    'ethereum',
    'Ethereum',
    2072.1,
    [2, 8],
    28,
    0.001,
    120.69,
    null,
    { follows: { product: 'ETH-USD', ratio: 0.859 }, secondary: true },
  ],
  [
    'USDC',
    'usd-coin',
    'USDC',
    0.859,
    [4, 2],
    11,
    0.0004,
    76_300,
    null,
    { peg: 0.859, secondary: true },
  ],
]

const coinsOnly: readonly Row[] = [
  ['USDC', 'usd-coin', 'USDC', 0.99988, [5, 2], 9800, 0.0003, 76_300, null, { peg: 0.9999 }],
  ['BNB', 'binancecoin', 'BNB', 812.4, [2, 6], 1900, 0.028, 137.73, 200],
  ['TRX', 'tron', 'TRON', 0.27914, [6, 2], 640, 0.022, 94_680, null],
  [
    'STETH',
    'staked-ether',
    'Lido Staked Ether',
    2409.8,
    [2, 8],
    30,
    0.001,
    8.9,
    null,
    { follows: { product: 'ETH-USD', ratio: 0.9989 } },
  ],
  ['LEO', 'leo-token', 'LEO Token', 9.31, [2, 4], 3.1, 0.012, 921.2, null],
  [
    'WETH',
    'weth',
    'WETH',
    2412,
    [2, 8],
    420,
    0.001,
    2.11,
    null,
    { follows: { product: 'ETH-USD', ratio: 1 } },
  ],
  ['BTC', 'batcat', 'batcat', 0.00021, [8, 0], 0.02, 0.25, 999, 1000],
  [
    'LUNC',
    'luna-wormhole',
    'Luna Classic (Wormhole)',
    0.00006,
    [8, 0],
    0.001,
    0.2,
    0,
    null,
    { blank: true },
  ],
]

/** The 60 products that the exchange trades. */
export const products: readonly Listing[] = [
  ...usd.map((row) => listing(row, 'USD', `${row[0]}-USD`)),
  ...eur.map((row) => listing(row, 'EUR', `${row[0]}-EUR`)),
]

/** Coins that CoinGecko lists and the exchange does not trade in USD. */
export const unlisted: readonly Listing[] = coinsOnly.map((row) => listing(row, 'USD', undefined))

/** Products that the exchange still names and no longer trades. */
export const delisted: readonly string[] = ['LOOM-USD', 'REP-USD', 'NU-USD']
