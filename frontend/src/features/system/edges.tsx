import type { ChannelName } from '@flux/contracts'
import { useValue } from '../../realtime/use-value.ts'
import type { Edge, Layout } from './layout.ts'
import { useMeasured } from './measures-context.tsx'
import { Text } from './svg.tsx'
import { useOwn } from './use-own.ts'
import { usePulse } from './use-pulse.ts'
import { edgeWidth, formatRate } from './words.ts'

interface LinesProps {
  readonly paths: readonly string[]
  readonly width: number
  /** Lights up whenever this changes: something has come this way. */
  readonly pulse: number
  readonly own?: boolean
}

const Lines = ({ paths, width, pulse, own = false }: LinesProps) => {
  const light = usePulse(pulse)
  const lines = paths.map((d) => <path key={d} d={d} />)
  return (
    <g fill="none" strokeWidth={width} strokeLinejoin="round">
      <g className={own ? 'stroke-accent' : 'stroke-faint/50'}>{lines}</g>
      <g ref={light} className="stroke-accent" opacity="0">
        {lines}
      </g>
    </g>
  )
}

const Label = ({ at, children }: { at: Edge['label']; children: string }) => (
  <Text
    x={at.x}
    y={at.y}
    anchor={at.anchor}
    className="fill-muted stroke-surface text-11 [paint-order:stroke] [stroke-linejoin:round] [stroke-width:4px]"
  >
    {children}
  </Text>
)

const SourceEdge = ({ id, edge }: { id: string; edge: Edge }) => {
  const source = useValue('platform.sources', id)?.value
  const rate = source && source.ratePerMinute / 60
  const known = source && source.state !== 'unconfigured'
  return (
    <>
      <Lines paths={[edge.d]} width={edgeWidth(rate)} pulse={source?.lastSuccessAt ?? 0} />
      {known && <Label at={edge.label}>{formatRate(rate)}</Label>}
    </>
  )
}

const TopicEdge = ({ id, edge, out }: { id: ChannelName; edge: Edge; out: string }) => {
  const width = useMeasured(({ appended }) => edgeWidth(appended[id]))
  const rate = useMeasured(({ appended }) =>
    appended[id] === undefined ? '' : formatRate(appended[id]),
  )
  const pulse = useMeasured(({ came }) => came[id] ?? 0)
  return (
    <>
      <Lines paths={[edge.d, out]} width={width} pulse={pulse} />
      {rate && <Label at={edge.label}>{rate}</Label>}
    </>
  )
}

const ReplicaEdge = ({ id, edge, out }: { id: string; edge: Edge; out: Edge }) => {
  const held = useValue('platform.stats', id)
  const own = useOwn(id)
  const { recordsPerSecond: read, deliveriesPerSecond: sent } = held?.value ?? {}
  return (
    <>
      <Lines paths={[edge.d]} width={edgeWidth(read)} pulse={read ? (held?.at ?? 0) : 0} />
      <Lines paths={[out.d]} width={edgeWidth(sent)} pulse={sent ? (held?.at ?? 0) : 0} own={own} />
      <Label at={edge.label}>{formatRate(read)}</Label>
      <Label at={out.label}>{formatRate(sent)}</Label>
    </>
  )
}

/** All lines of the drawing, with the rates that run over them. */
export const Edges = ({ layout }: { layout: Layout }) => (
  <>
    <path
      d={layout.bus}
      fill="none"
      strokeWidth="3"
      strokeLinecap="round"
      className="stroke-faint/50"
    />
    {layout.providers.map(({ id, edge }) => (
      <SourceEdge key={id} id={id} edge={edge} />
    ))}
    {layout.topics.map(({ id, edge, out }) => (
      <TopicEdge key={id} id={id} edge={edge} out={out} />
    ))}
    {layout.replicas.map(({ id, edge, out }) => (
      <ReplicaEdge key={id} id={id} edge={edge} out={out} />
    ))}
  </>
)
