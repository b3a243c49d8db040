import { platformStats } from '@flux/contracts'
import { DataPanel } from '../../panels/data-panel.tsx'
import { useFeed } from '../../panels/use-feed.ts'
import { useClient } from '../../realtime/client-context.tsx'
import { useTime } from '../../ui/now.tsx'
import { SystemContent } from './system-content.tsx'
import { SystemSkeleton } from './system-skeleton.tsx'

const words = {
  subject: 'replies of the replicas',
  empty:
    'No replica has told how it does. They do so every two seconds, and then it is shown here.',
} as const

const told = ['platform.stats', 'platform.sources'] as const

/** When the platform last told something of itself, epoch milliseconds; looked at once a second. */
const useNewest = (): number => {
  const { keys, read } = useClient()
  return useTime(() =>
    told
      .flatMap((channel) => keys(channel).map((key) => read(channel, key)?.at ?? 0))
      .reduce((newest, at) => Math.max(newest, at), 0),
  )
}

/** The system panel on what the platform tells of itself. */
export const SystemPanel = () => {
  const feed = useFeed({
    ...{ room: platformStats.roomOf(''), service: 'platform', provider: 'platform' },
    ages: platformStats.ages,
    at: useNewest(),
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
