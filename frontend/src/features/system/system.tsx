import { MeasuresProvider, useMeasures } from './measures-context.tsx'
import { SystemPanel } from './system-panel.tsx'
import { useWholeRooms } from './use-graph.ts'

/** What the platform does right now, on live data. */
export const System = () => {
  useWholeRooms()
  const measures = useMeasures()
  return (
    <MeasuresProvider measures={measures}>
      <SystemPanel />
    </MeasuresProvider>
  )
}
