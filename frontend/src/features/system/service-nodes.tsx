import { type ChannelName, platformCanary } from '@flux/contracts'
import { useSources } from '../../panels/use-sources.ts'
import { useServerTime } from '../../realtime/use-server-time.ts'
import { useValue } from '../../realtime/use-value.ts'
import { shortService } from './graph.ts'
import type { Box } from './layout.ts'
import { middleOf } from './lines.ts'
import { markOf, sourceName, sourceWords, worstOf } from './source-words.ts'
import { Dot, Frame, Text } from './svg.tsx'
import { useNewestAge } from './use-newest.ts'
import { clip, formatCount } from './words.ts'

const padding = 12
const afterDot = 14

/** A provider: how it does, and when it last answered. */
export const ProviderNode = ({ id, box }: { id: string; box: Box }) => {
  const source = useValue('platform.sources', id)?.value
  const words = useServerTime((now) => (source ? sourceWords(source, now) : ''))
  const x = box.x + padding
  const room = box.w - 2 * padding
  const note = source?.simulated && source.state === 'ok' ? ', simulated' : ''
  return (
    <g>
      <Frame box={box} />
      {source && <Dot x={x + 3} y={box.y + 14} mark={markOf(source)} />}
      <Text x={x + afterDot} y={box.y + 18} className="fill-text text-12 font-medium">
        {clip(sourceName(id), room - afterDot, 12)}
      </Text>
      <Text x={x} y={box.y + 33} className="fill-muted text-11">
        {clip(words, room - note.length * 6, 11)}
        <tspan className="fill-warn">{note}</tspan>
      </Text>
    </g>
  )
}

/** The newest canary's number, drawn when it arrives: what is measured to the screen is on it. */
const CanaryLine = ({ x, y }: { x: number; y: number }) => {
  const seq = useValue('platform.canary', 'canary')?.value.seq
  return (
    <Text x={x} y={y} className="fill-muted text-11">
      {seq === undefined ? 'none yet' : `no. ${formatCount(seq)}`}
    </Text>
  )
}

/** A service, and the end of the name of its replica that does the work. */
export const ServiceNode = ({ id, box }: { id: string; box: Box }) => {
  const sources = useSources(id)
  const mark = worstOf(sources.map(markOf))
  const leader = sources
    .find((source) => source.leader)
    ?.replica.split('-')
    .at(-1)
  const x = box.x + padding
  const isCanary = id === platformCanary.producer
  const y = leader || isCanary ? box.y + 18 : middleOf(box) + 4
  return (
    <g>
      <Frame box={box} />
      {mark && <Dot x={x + 3} y={y - 4} mark={mark} />}
      <Text x={x + (mark ? afterDot : 0)} y={y} className="fill-text text-12 font-medium">
        {clip(shortService(id), box.w - 2 * padding, 12)}
      </Text>
      {isCanary && <CanaryLine x={x} y={box.y + 33} />}
      {leader && (
        <Text x={x} y={box.y + 33} className="fill-muted text-11">
          {clip(`leader ${leader}`, box.w - 2 * padding, 11)}
        </Text>
      )}
    </g>
  )
}

/** A topic by its channel's name, and the age of the newest fact in it. */
export const TopicNode = ({ id, box }: { id: ChannelName; box: Box }) => {
  const age = useNewestAge(id)
  const y = middleOf(box) + 4
  return (
    <g>
      <Frame box={box} />
      <Text x={box.x + padding} y={y} className="fill-text text-12">
        {id}
      </Text>
      <Text x={box.x + box.w - padding} y={y} anchor="end" className="fill-muted text-11">
        {age}
      </Text>
    </g>
  )
}
