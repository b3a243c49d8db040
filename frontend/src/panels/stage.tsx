import { type ReactNode, useMemo } from 'react'
import { RealtimeProvider } from '../realtime/client-context.tsx'
import { TickerProvider } from '../ui/now.tsx'
import type { Source } from './sources.ts'
import { type Condition, conditionOf, heldIn, type StateName, stillNow } from './states.ts'
import { type StillContent, stillClient } from './still-client.ts'

interface StageProps {
  readonly state: StateName
  /** As in `platform.sources`: `weather-service` and `open-meteo`. */
  readonly service: string
  readonly provider: string
  /** What the client holds where the state has content; must be the same function at each render. */
  readonly content: (condition: Condition) => StillContent
  readonly children: ReactNode
}

const stillTicker = { now: () => stillNow, subscribe: () => () => undefined }

const sourceOf = (
  { service, provider }: Pick<StageProps, 'service' | 'provider'>,
  facts: Partial<Source>,
): Source => ({
  ...{ service, provider, replica: `${service}-1`, leader: true, state: 'ok', reason: null },
  ...{ enabledBy: null, lastSuccessAt: stillNow - 3_000, breaker: 'closed', ratePerMinute: 12 },
  ...{ simulated: false, at: stillNow - 1_000 },
  ...facts,
})

/** Shows a panel in a state: its hooks read a client that holds still content, at a time that stands still. */
export const Stage = ({ state, service, provider, content, children }: StageProps) => {
  const client = useMemo(() => {
    const condition = conditionOf(state)
    const source = sourceOf({ service, provider }, condition.source)
    const filled = condition.filled ? content(condition) : {}
    const sources = {
      [`${service}/${provider}`]: heldIn(condition, { value: source, at: source.at }),
    }
    return stillClient({
      ...filled,
      status: condition.status,
      room: condition.room,
      values: { ...filled.values, 'platform.sources': sources },
    })
  }, [state, service, provider, content])
  return (
    <TickerProvider ticker={stillTicker}>
      <RealtimeProvider client={client}>{children}</RealtimeProvider>
    </TickerProvider>
  )
}
