// The products of the sandbox that trade most.
const bases =
  'BTC ETH SOL XRP DOGE SUI ADA ZEC LINK LTC HBAR XLM AVAX AAVE PEPE BCH UNI SHIB DOT NEAR ENA BONK ONDO FIL ICP ' +
  'ARB WIF SEI ETC APT TIA CRV OP FET ALGO RENDER INJ ATOM LDO VET WBTC STX GRT SNX ENS IMX JTO PYTH QNT COMP'

/** Fifty products that the page shows while it is measured. */
export const products: readonly string[] = bases.split(' ').map((base) => `${base}-USD`)
