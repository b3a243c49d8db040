import { platformStats } from '@flux/contracts'
import { DataPanel } from '../../panels/data-panel.tsx'
import { useFeed } from '../../panels/use-feed.ts'
import { useKeys } from '../../realtime/use-keys.ts'
import { useRead } from '../../realtime/use-read.ts'
import { useTime } from '../../ui/now.tsx'
import { SystemContent } from './system-content.tsx'
import { SystemSkeleton } from './system-skeleton.tsx'

const words = {
  subject: 'replies of the replicas',
  empty:
    'No replica has told how it does. They do so every two seconds, and then it is shown here.',
} as const

/** When a replica last told something, epoch milliseconds; looked at once a second. */
const useNewestStats = (): number => {
  const read = useRead()
  const keys = useKeys('platform.stats')
  return useTime(() =>
    keys.reduce((newest, key) => Math.max(newest, read('platform.stats', key)?.at ?? 0), 0),
  )
}

/** The system panel on what the platform tells of itself. */
export const SystemPanel = () => {
  const feed = useFeed({
    ...{ room: platformStats.roomOf(''), service: 'platform', provider: 'platform' },
    ages: platformStats.ages,
    at: useNewestStats(),
    simulated: false,
  })
  return (
    <DataPanel
      title="System"
      feed={feed}
      words={words}
      skeleton={<SystemSkeleton />}
      source="what services and replicas tell of themselves, and this browser’s own measurements"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
      <div
        role="group"
        aria-label="What the platform does"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        className="min-h-0 -outline-offset-2 roomy:overflow-y-auto"
      >
        <SystemContent />
      </div>
    </DataPanel>
  )
}
