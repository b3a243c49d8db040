import { Stage } from '../../panels/stage.tsx'
import type { PanelStates } from '../../panels/states.ts'
import { Connection } from './connection.tsx'

const content = () => ({})

/** The connection pill in every state. */
export const connectionStates: PanelStates = {
  title: 'Connection',
  show: (state) => (
    <Stage state={state} service="canary-service" provider="none" content={content}>
      <div className="flex justify-end">
        <Connection />
      </div>
    </Stage>
  ),
}
