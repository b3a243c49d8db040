import { Stage } from '../../panels/stage.tsx'
import type { PanelStates } from '../../panels/states.ts'
import { Panel } from '../../ui/panel.tsx'
import { Crypto } from './crypto.tsx'
import { ProductContent } from './product-content.tsx'
import { stillCrypto, stillProduct } from './still.ts'

/** The crypto panel in every state. */
export const cryptoStates: PanelStates = {
  title: 'Crypto',
  show: (state) => (
    <Stage state={state} service="crypto-service" provider="coinbase" content={stillCrypto}>
      <Crypto />
    </Stage>
  ),
}

/** The details of a product in every state, without the window around them. */
export const productStates: PanelStates = {
  title: 'Product',
  show: (state) => (
    <Stage state={state} service="crypto-service" provider="coinbase" content={stillProduct}>
      <Panel title="Bitcoin, BTC-USD">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
        <div
          role="group"
          aria-label="Details of Bitcoin"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
          tabIndex={0}
          className="min-h-0 overflow-y-auto"
        >
          <ProductContent product="BTC-USD" />
        </div>
      </Panel>
    </Stage>
  ),
}
