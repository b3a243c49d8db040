import { memo } from 'react'
import { BrowserList } from './browser-list.tsx'
import { Flow } from './flow.tsx'
import { Summary } from './summary.tsx'
import { Tables } from './tables.tsx'
import { useGraph } from './use-graph.ts'
import { Way } from './way.tsx'

/** Drawing, way and tables. What changes in them renders by itself, so the whole seldom does. */
export const SystemContent = memo(() => {
  const graph = useGraph()
  return (
    <div className="grid grid-cols-1 gap-8 px-3 pt-1 pb-5 md:px-4">
      <div className="grid grid-cols-1 gap-4">
        <Summary />
        <Flow graph={graph} />
      </div>
      <Way />
      <Tables graph={graph} />
      <BrowserList />
    </div>
  )
})
