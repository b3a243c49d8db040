import { useMemo } from 'react'
import { useWidth } from '../../ui/use-width.ts'
import { BrowserNode, ReplicaNode, RoomsNode } from './browser-nodes.tsx'
import { Edges } from './edges.tsx'
import type { Graph } from './graph.ts'
import type { Layout } from './layout.ts'
import { layoutOf } from './layout-of.ts'
import { ProviderNode, ServiceNode, TopicNode } from './service-nodes.tsx'
import { Text } from './svg.tsx'

const label =
  'The flow from the providers over services, Kafka topics and replicas to this browser. The tables below say the same in words.'

/** Rooms in the drawing; the table has them all. */
const mostRooms = 10

const Drawing = ({ layout, graph }: { layout: Layout; graph: Graph }) => (
  <svg
    role="img"
    aria-label={label}
    width={layout.width}
    height={layout.height}
    viewBox={`0 0 ${layout.width} ${layout.height}`}
    className="block"
  >
    {layout.heads.map(({ text, x }) => (
      <Text key={text} x={x} y={14} className="fill-muted text-12">
        {text}
      </Text>
    ))}
    <Edges layout={layout} />
    {layout.providers.map(({ id, box }) => (
      <ProviderNode key={id} id={id} box={box} />
    ))}
    {layout.services.map(({ id, box }) => (
      <ServiceNode key={id} id={id} box={box} />
    ))}
    {layout.topics.map(({ id, box }) => (
      <TopicNode key={id} id={id} box={box} />
    ))}
    {layout.replicas.map(({ id, box }) => (
      <ReplicaNode key={id} id={id} box={box} />
    ))}
    <BrowserNode box={layout.browser} />
    <RoomsNode rooms={graph.rooms} box={layout.rooms} />
  </svg>
)

/** The platform at work, drawn: from left to right, or from top to bottom where it is narrow. */
export const Flow = ({ graph }: { graph: Graph }) => {
  const [frame, width] = useWidth<HTMLDivElement>()
  const drawn = useMemo(() => ({ ...graph, rooms: graph.rooms.slice(0, mostRooms) }), [graph])
  const layout = useMemo(() => (width > 0 ? layoutOf(drawn, width) : undefined), [drawn, width])
  return (
    // What is drawn must not hold the page open when the window gets narrower.
    <div ref={frame} className="contain-inline-size">
      {layout && <Drawing layout={layout} graph={drawn} />}
    </div>
  )
}
