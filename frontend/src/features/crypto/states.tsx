import { Stage } from '../../panels/stage.tsx'
import type { PanelStates } from '../../panels/states.ts'
import { Crypto } from './crypto.tsx'

const content = () => ({})

/** The crypto panel in every state. */
export const cryptoStates: PanelStates = {
  title: 'Crypto',
  show: (state) => (
    <Stage state={state} service="crypto-service" provider="coinbase" content={content}>
      <Crypto />
    </Stage>
  ),
}
