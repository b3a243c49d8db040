import type { Graph, ServicePart } from './graph.ts'
import { type Box, heights, type Layout, type Node, roomsHeight } from './layout.ts'
import { column, level, middleOf, stackHeight } from './lines.ts'

const widths = { provider: 158, service: 116, topic: 162, replica: 190, browser: 216 } as const
const headHeight = 30
const bandGap = 16
const providerSize = { h: heights.provider, gap: 8 } as const
const topicSize = { h: heights.topic, gap: 6 } as const
const replicaSize = { h: heights.replica, gap: 22 } as const
const busInset = 28

type Column = keyof typeof widths
type Columns = Readonly<Record<Column, number>>

const columnsOf = (width: number): Columns => {
  const total = Object.values(widths).reduce((sum, one) => sum + one, 0)
  const gap = Math.floor((width - total) / 4)
  const service = widths.provider + gap
  const topic = service + widths.service + gap
  const replica = topic + widths.topic + gap
  return { provider: 0, service, topic, replica, browser: width - widths.browser }
}

const bandHeight = ({ sources, channels }: ServicePart): number =>
  Math.max(
    heights.service,
    stackHeight(sources.length, providerSize),
    stackHeight(channels.length, topicSize),
  )

/** Boxes under one another in the middle of a height. */
const centred = <Id extends string>(
  ids: readonly Id[],
  place: Box,
  size: { readonly h: number; readonly gap: number },
): readonly Node<Id>[] =>
  column(ids, { ...place, y: place.y + (place.h - stackHeight(ids.length, size)) / 2 }, size)

const bandOf = (part: ServicePart, x: Columns, y: number) => {
  const h = bandHeight(part)
  const at = (name: Column) => ({ x: x[name], w: widths[name], y, h })
  const service = {
    x: x.service,
    w: widths.service,
    y: y + (h - heights.service) / 2,
    h: heights.service,
  }
  const middle = middleOf(service)
  const providers = centred(part.sources, at('provider'), providerSize).map(({ id, box }) => ({
    ...{ id, box },
    edge: {
      d: level({ x: widths.provider, y: middleOf(box) }, { x: x.service, y: middle }),
      label: { x: widths.provider + 8, y: middleOf(box) - 5, anchor: 'start' as const },
    },
  }))
  const topics = centred(part.channels, at('topic'), topicSize).map(({ id, box }) => ({
    ...{ id, box },
    edge: {
      d: level({ x: x.service + widths.service, y: middle }, { x: box.x, y: middleOf(box) }),
      label: { x: box.x - 8, y: middleOf(box) - 4, anchor: 'end' as const },
    },
    out: `M${box.x + box.w} ${middleOf(box)}h${busInset}`,
  }))
  return { service: { id: part.name, box: service }, providers, topics, bottom: y + h + bandGap }
}

const bandsOf = ({ services }: Graph, x: Columns) => {
  let y = headHeight
  return services.map((part) => {
    const band = bandOf(part, x, y)
    y = band.bottom
    return band
  })
}

const replicasOf = (graph: Graph, x: Columns, height: number, browser: Box) => {
  const busX = x.topic + widths.topic + busInset
  const place = { x: x.replica, w: widths.replica, y: headHeight, h: height - headHeight }
  return centred(graph.replicas, place, replicaSize).map(({ id, box }) => {
    const y = middleOf(box)
    const right = box.x + box.w
    return {
      ...{ id, box },
      edge: {
        d: `M${busX} ${y}H${box.x}`,
        label: { x: box.x - 8, y: y - 5, anchor: 'end' as const },
      },
      out: {
        d: level({ x: right, y }, { x: browser.x, y: middleOf(browser) }),
        label: { x: right + 8, y: y - 5, anchor: 'start' as const },
      },
    }
  })
}

const busOf = (x: number, spots: readonly number[]): string =>
  spots.length === 0 ? '' : `M${x} ${Math.min(...spots)}V${Math.max(...spots)}`

/** The drawing from left to right: a column for each step, a band for each service. */
export const layoutWide = (graph: Graph, width: number): Layout => {
  const x = columnsOf(width)
  const bands = bandsOf(graph, x)
  const listHeight = roomsHeight(graph.rooms.length)
  const rightHeight = heights.browser + bandGap + listHeight
  const height = Math.max(
    (bands.at(-1)?.bottom ?? headHeight) - bandGap,
    headHeight + stackHeight(graph.replicas.length, replicaSize),
    headHeight + rightHeight,
  )
  const top = headHeight + (height - headHeight - rightHeight) / 2
  const browser = { x: x.browser, y: top, w: widths.browser, h: heights.browser }
  const topics = bands.flatMap((band) => band.topics)
  const replicas = replicasOf(graph, x, height, browser)
  return {
    ...{ width, height, topics, replicas, browser },
    heads: [
      { text: 'Providers', x: x.provider },
      { text: 'Services', x: x.service },
      { text: 'Kafka topics', x: x.topic },
      { text: 'Replicas', x: x.replica },
      { text: 'This browser', x: x.browser },
    ],
    providers: bands.flatMap((band) => band.providers),
    services: bands.map((band) => band.service),
    bus: busOf(x.topic + widths.topic + busInset, [
      ...topics.map(({ box }) => middleOf(box)),
      ...replicas.map(({ box }) => middleOf(box)),
    ]),
    rooms: {
      ...{ x: x.browser, w: widths.browser, h: listHeight },
      y: top + heights.browser + bandGap,
    },
  }
}
