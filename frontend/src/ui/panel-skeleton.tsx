import { Bar } from './bar.tsx'
import { Panel } from './panel.tsx'

const lines = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2', 'w-2/3'] as const

/** A panel whose code is on its way. */
export const PanelSkeleton = ({ title }: { title: string }) => (
  <Panel title={title} busy>
    <p className="appear-after-3000 px-3 pb-2 text-12 text-muted md:px-4">
      This part of the page is still on its way.
    </p>
    <div aria-hidden="true" className="appear-after-300 grid gap-4 px-3 pb-6 md:px-4">
      {lines.map((line) => (
        <Bar key={line} className={line} />
      ))}
    </div>
  </Panel>
)
