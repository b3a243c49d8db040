import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useClient } from '../../realtime/client-context.tsx'
import { measurePaint } from '../../ui/measure-paint.ts'
import { useTime } from '../../ui/now.tsx'
import { createMeasures, type Measured, type Measures, nothingMeasured } from './measures.ts'

const MeasuresContext = createContext<Measures>({ at: () => nothingMeasured })

/** Gives measurements to what is inside. */
export const MeasuresProvider = (props: { measures: Measures; children: ReactNode }) => (
  <MeasuresContext value={props.measures}>{props.children}</MeasuresContext>
)

/** Measures what comes to the page's client for as long as the component is there. */
export const useMeasures = (): Measures => {
  const client = useClient()
  const [measures] = useState(() => createMeasures(client, measurePaint))
  useEffect(() => measures.start(), [measures])
  return measures
}

/** What `select` makes of the measurements; looked at once a second, renders again only when that changes. */
export const useMeasured = <T extends string | number>(select: (measured: Measured) => T): T => {
  const measures = useContext(MeasuresContext)
  return useTime((now) => select(measures.at(now)))
}
