import { Stage } from '../../panels/stage.tsx'
import type { PanelStates } from '../../panels/states.ts'
import { stillStocks } from './still.ts'
import { Stocks } from './stocks.tsx'

/** The stocks panel in every state. */
export const stocksStates: PanelStates = {
  title: 'Stocks',
  show: (state) => (
    <Stage state={state} service="stock-service" provider="finnhub" content={stillStocks}>
      <Stocks />
    </Stage>
  ),
}
