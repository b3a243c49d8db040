import { usePresence } from '../../realtime/use-presence.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useStatus } from '../../realtime/use-status.ts'
import { useValue } from '../../realtime/use-value.ts'
import { unknown } from '../../ui/format.ts'
import { phaseWords, returnWords } from './browser-words.ts'
import { type Box, heights } from './layout.ts'
import { useMeasured } from './measures-context.tsx'
import { crowdWords, replicaMark, replicaWords, type Stats } from './replica-words.ts'
import { totalOf } from './stages.ts'
import { Dot, Frame, Text } from './svg.tsx'
import { useLostWords } from './use-canary.ts'
import { useOwn } from './use-own.ts'
import { ageOf, clip, clipName, formatCount, formatMs, formatRate } from './words.ts'

const padding = 12

const ReplicaLines = ({ stats, box }: { stats: Stats; box: Box }) => {
  const age = useServerTime((now) => (now - stats.at > 6_000 ? ageOf(stats.at, now) : ''))
  const x = box.x + padding
  return (
    <>
      <Dot x={x + 3} y={box.y + 14} mark={replicaMark(stats)} />
      <Text x={x} y={box.y + 34} className="fill-muted text-11">
        {crowdWords(stats)}
      </Text>
      <Text x={x} y={box.y + 49} className="fill-muted text-11">
        {replicaWords(stats)}
        {age && <tspan className="fill-warn">, said {age} ago</tspan>}
      </Text>
    </>
  )
}

/** A replica of the BFF: what it does and whom it serves. */
export const ReplicaNode = ({ id, box }: { id: string; box: Box }) => {
  const stats = useValue('platform.stats', id)?.value
  const own = useOwn(id)
  return (
    <g>
      <Frame box={box} own={own} />
      <Text x={box.x + padding + 14} y={box.y + 18} className="fill-text text-12 font-medium">
        {clipName(id, box.w - 2 * padding - (own ? 52 : 14), 12)}
      </Text>
      {own && (
        <Text
          x={box.x + box.w - padding}
          y={box.y + 18}
          anchor="end"
          className="fill-accent text-11"
        >
          yours
        </Text>
      )}
      {stats ? (
        <ReplicaLines stats={stats} box={box} />
      ) : (
        <Text x={box.x + padding} y={box.y + 34} className="fill-muted text-11">
          not heard of any more
        </Text>
      )}
    </g>
  )
}

/** The way to this screen in one figure, and where it begins. */
const Total = ({ x, y }: { x: number; y: number }) => {
  const ms = useMeasured(({ legs }) => formatMs(totalOf(legs)?.ms))
  const from = useMeasured(({ legs }) => totalOf(legs)?.from ?? '')
  return (
    <>
      <Text x={x} y={y} className="fill-text text-20">
        {ms}
      </Text>
      <Text x={x} y={y + 18} className="fill-muted text-11">
        {from ? `from ${from} to screen, median` : 'the way here is being measured'}
      </Text>
    </>
  )
}

/** This browser: its replica, how late things come, what it lost and what came back. */
export const BrowserNode = ({ box }: { box: Box }) => {
  const status = useStatus()
  const arriving = useMeasured((measured) => formatRate(measured.arriving))
  const lost = useLostWords()
  const x = box.x + padding
  const room = box.w - 2 * padding
  return (
    <g>
      <Frame box={box} own={status.phase === 'live'} />
      <Text x={x} y={box.y + 24} className="fill-text text-13 font-medium">
        {phaseWords({
          ...status,
          replica: status.replica && clipName(status.replica, room - 54, 13),
        })}
      </Text>
      <Total x={x} y={box.y + 54} />
      <Text x={x} y={box.y + 96} className="fill-text text-12">
        {arriving === unknown ? arriving : `${arriving} arriving`}
      </Text>
      <Text x={x} y={box.y + 115} className="fill-text text-12">
        {lost}
      </Text>
      <Text x={x} y={box.y + 134} className="fill-text text-12">
        {returnWords(status)}
      </Text>
    </g>
  )
}

const RoomLine = ({ room, box, y }: { room: string; box: Box; y: number }) => {
  const count = usePresence(room)
  return (
    <>
      <Text x={box.x + padding} y={y} className="fill-text text-12">
        {clip(room, box.w - 2 * padding - 40, 12)}
      </Text>
      <Text x={box.x + box.w - padding} y={y} anchor="end" className="fill-text text-12">
        {count === undefined ? unknown : formatCount(count)}
      </Text>
    </>
  )
}

/** The rooms that are open here, each with how many connections are in it over all replicas. */
export const RoomsNode = ({ rooms, box }: { rooms: readonly string[]; box: Box }) => (
  <g>
    <Frame box={box} />
    <Text x={box.x + padding} y={box.y + 22} className="fill-muted text-11">
      Rooms open here
    </Text>
    <Text x={box.x + box.w - padding} y={box.y + 22} anchor="end" className="fill-muted text-11">
      watching
    </Text>
    {rooms.map((room, i) => (
      <RoomLine
        key={room}
        room={room}
        box={box}
        y={box.y + heights.rooms.head + heights.rooms.line * i + 10}
      />
    ))}
  </g>
)
