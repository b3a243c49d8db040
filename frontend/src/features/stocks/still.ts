import type { Condition } from '../../panels/states.ts'
import { heldIn } from '../../panels/states.ts'
import type { StillContent } from '../../panels/still-client.ts'
import type { Performer } from './model.ts'

const facts = [
  ['NVDA', 'NVIDIA', 187.42, 3.81],
  ['LLY', 'Eli Lilly', 1_042.15, 2.64],
  ['ORCL', 'Oracle', 201.88, 1.92],
  ['TMO', 'Thermo Fisher Scientific', 588.31, 1.2],
  ['T', 'AT&T', 24.06, 0.46],
  ['TSLA', 'Tesla', 431.2, -4.12],
  ['NKE', 'Nike', 64.77, -2.05],
  ['INTC', 'Intel', 46.9, -1.31],
  ['AMD', 'Advanced Micro Devices', 221.05, -0.88],
  ['BA', 'Boeing', 240.5, -0.27],
] as const

const performer = (
  [symbol, name, price, changePercent]: (typeof facts)[number],
  at: number,
): Performer => {
  const previousClose = price / (1 + changePercent / 100)
  return {
    ...{ symbol, name, price, changePercent, previousClose, at },
    change: price - previousClose,
    open: previousClose * 1.002,
    high: Math.max(price, previousClose) * 1.008,
    low: Math.min(price, previousClose) * 0.994,
  }
}

/** What a client holds that shows a trading day. */
export const stillStocks = (condition: Condition): StillContent => {
  const { at } = condition
  const performers = facts.map((fact) => performer(fact, at))
  const value = {
    ...({ market: 'US', status: 'pre', holiday: null, quotesAt: at, at } as const),
    nextChangeAt: Date.UTC(2026, 0, 14, 14, 30),
    gainers: performers.filter(({ changePercent }) => changePercent > 0),
    losers: performers.filter(({ changePercent }) => changePercent < 0),
  }
  return { values: { 'stock.performers': { US: heldIn(condition, { value, at }) } } }
}
