import { useMemo } from 'react'
import { type PanelStates, type StateName, stillNow } from '../../panels/states.ts'
import { stillClient } from '../../panels/still-client.ts'
import { RealtimeProvider } from '../../realtime/client-context.tsx'
import { TickerProvider } from '../../ui/now.tsx'
import { MeasuresProvider } from './measures-context.tsx'
import { stillMeasured, stillSystem } from './still.ts'
import { SystemPanel } from './system-panel.tsx'

const ticker = { now: () => stillNow, subscribe: () => () => undefined }
const measures = { at: () => stillMeasured }

const Still = ({ state }: { state: StateName }) => {
  const client = useMemo(() => stillClient(stillSystem(state)), [state])
  return (
    <TickerProvider ticker={ticker}>
      <RealtimeProvider client={client}>
        <MeasuresProvider measures={measures}>
          <SystemPanel />
        </MeasuresProvider>
      </RealtimeProvider>
    </TickerProvider>
  )
}

/** The system panel in every state. */
export const systemStates: PanelStates = {
  title: 'System',
  show: (state) => <Still state={state} />,
}
