import type { PanelStates } from '../../panels/states.ts'
import { Stocks } from './stocks.tsx'

/** The stocks panel in every state. */
export const stocksStates: PanelStates = {
  title: 'Stocks',
  show: () => <Stocks />,
}
