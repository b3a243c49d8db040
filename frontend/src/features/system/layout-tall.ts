import type { Graph, ServicePart } from './graph.ts'
import { type Box, heights, type Layout, roomsHeight } from './layout.ts'
import { column, middleOf } from './lines.ts'

const indent = 24
const trunk = 20
const labelled = 24
const bandGap = 18
const topicSize = { h: heights.topic, gap: 4 } as const
const replicaSize = { h: heights.replica, gap: labelled } as const

const providersOf = ({ sources }: ServicePart, y: number, width: number) => {
  const w = (width - trunk - 8 * (sources.length - 1)) / Math.max(1, sources.length)
  return sources.map((id, i) => {
    const box = { x: i * (w + 8), y, w, h: heights.provider }
    const x = box.x + 12
    const bottom = y + heights.provider
    return {
      ...{ id, box },
      edge: {
        d: `M${x} ${bottom}V${bottom + labelled}`,
        label: { x: x + 8, y: bottom + 16, anchor: 'start' as const },
      },
    }
  })
}

const topicsOf = ({ channels }: ServicePart, service: Box, width: number) => {
  const bottom = service.y + service.h
  const place = { x: indent, y: bottom + 8, w: width - indent - trunk }
  return column(channels, place, topicSize).map(({ id, box }) => ({
    ...{ id, box },
    edge: {
      d: `M12 ${bottom}V${middleOf(box)}H${indent}`,
      label: { x: box.x + box.w - 62, y: middleOf(box) + 4, anchor: 'end' as const },
    },
    out: `M${box.x + box.w} ${middleOf(box)}H${width - 6}`,
  }))
}

const bandOf = (part: ServicePart, top: number, width: number) => {
  const providers = providersOf(part, top, width)
  const y = providers.length === 0 ? top : top + heights.provider + labelled
  const service = { x: 0, y, w: width - trunk, h: heights.service }
  const topics = topicsOf(part, service, width)
  const last = topics.at(-1)?.box ?? service
  return { providers, service: { id: part.name, box: service }, topics, bottom: last.y + last.h }
}

const bandsOf = ({ services }: Graph, width: number) => {
  let y = 0
  return services.map((part) => {
    const band = bandOf(part, y, width)
    y = band.bottom + bandGap
    return band
  })
}

const replicasOf = ({ replicas }: Graph, top: number, width: number) => {
  const place = { x: trunk, y: top, w: width - 2 * trunk }
  const end = top + replicas.length * (heights.replica + labelled)
  return column(replicas, place, replicaSize).map(({ id, box }) => {
    const y = middleOf(box)
    const right = box.x + box.w
    return {
      ...{ id, box },
      edge: {
        d: `M${width - 6} ${y}H${right}`,
        label: { x: right, y: box.y - 7, anchor: 'end' as const },
      },
      out: {
        d: `M${box.x} ${y}H8V${end}`,
        label: { x: box.x, y: box.y + box.h + 15, anchor: 'start' as const },
      },
    }
  })
}

/** The drawing from top to bottom: the services' bands under one another, then the replicas, then the browser. */
export const layoutTall = (graph: Graph, width: number): Layout => {
  const bands = bandsOf(graph, width)
  const top = (bands.at(-1)?.bottom ?? 0) + bandGap + labelled
  const replicas = replicasOf(graph, top, width)
  const bottom = top + graph.replicas.length * (heights.replica + labelled)
  const browser = { x: 0, y: bottom, w: width, h: heights.browser }
  const topics = bands.flatMap((band) => band.topics)
  const first = topics[0]?.box
  const lastReplica = replicas.at(-1)?.box
  const rooms = {
    ...{ x: 0, w: width, h: roomsHeight(graph.rooms.length) },
    y: bottom + heights.browser + bandGap,
  }
  return {
    ...{ width, topics, replicas, browser, rooms, heads: [] },
    height: rooms.y + rooms.h,
    providers: bands.flatMap((band) => band.providers),
    services: bands.map((band) => band.service),
    bus: first && lastReplica ? `M${width - 6} ${middleOf(first)}V${middleOf(lastReplica)}` : '',
  }
}
