import type { Clock } from '../../clock.ts'
import type { Log } from '../../telemetry/log.ts'
import type { TopicEnds } from '../port.ts'
import type { Progress, Wanted } from '../tail/progress.ts'
import type { StateKeeper } from '../tail/state.ts'
import type { TailSession } from './tail-session.ts'

/** What the monitor of a tail looks at. */
export interface Monitored {
  readonly clock: Clock
  readonly log: Log
  readonly session: () => TailSession | undefined
  readonly progress: Progress
  readonly state: StateKeeper
  /** Ends that are asked for from now on: older ones would lie before what was read since. */
  ends(): Promise<ReadonlyMap<string, TopicEnds> | undefined>
  observe(before: readonly Wanted[], ends: ReadonlyMap<string, TopicEnds>): readonly Wanted[]
  /** Records that are still to be read, per topic. */
  onLag(topic: string, records: number): void
}

const stateMs = 500
const monitorMs = 1000

const reportLag = ({ progress, onLag }: Monitored, ends: ReadonlyMap<string, TopicEnds>) => {
  for (const [topic, partitions] of ends) {
    const positions = progress.positions(topic)
    const lags = partitions.map(({ high }, partition) => high - (positions[partition] ?? high))
    onLag(
      topic,
      lags.reduce((sum, lag) => sum + Math.max(0, lag), 0),
    )
  }
}

/** One look at the log's ends: floors, a log that got shorter, holes at the end, the aim after the dark. */
const createLook = (parts: Monitored) => {
  const { progress, state } = parts
  let lastBehind = new Set<string>()
  const keyOf = ({ topic, partition, next }: Wanted) => `${topic}/${partition}@${next}`

  const probeStuck = async (session: TailSession) => {
    const behind = progress.behind()
    const stuck = behind.filter((wanted) => lastBehind.has(keyOf(wanted)))
    lastBehind = new Set(behind.map(keyOf))
    for (const wanted of stuck) await session.probe(wanted)
  }
  return async (): Promise<void> => {
    const session = parts.session()
    if (!session?.cluster()) return
    const before = progress.all()
    const joins = session.joins()
    const ends = await parts.ends()
    if (!ends || !session.cluster() || session.joins() !== joins) return
    const moved = parts.observe(before, ends)
    session.seek(moved)
    if (moved.length > 0 || state.needsAim()) {
      progress.aim(ends)
      state.aimed(progress.behind().length > 0)
    }
    reportLag(parts, ends)
    await probeStuck(session)
    state.check()
  }
}

/** Watches a tail: its state twice a second, the log's ends once. Returns how to stop. */
export const startMonitor = (parts: Monitored): (() => void) => {
  const { clock, log, state } = parts
  const look = createLook(parts)
  let looking = false
  const tick = async () => {
    if (looking) return
    looking = true
    await look().catch((error: unknown) => log.debug({ err: error }, 'a look at the ends failed'))
    looking = false
  }
  const cancels = [
    clock.every(stateMs, () => state.check()),
    clock.every(monitorMs, () => void tick()),
  ]
  return () => {
    for (const cancel of cancels) cancel()
  }
}
