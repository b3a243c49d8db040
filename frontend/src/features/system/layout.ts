import type { ChannelName } from '@flux/contracts'

/** A rectangle in pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** A line in the `d` of a path, and where its rate is written. */
export interface Edge {
  readonly d: string
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' }
}

/** A box of a name. */
export interface Node<Id extends string = string> {
  readonly id: Id
  readonly box: Box
}

/** Where everything is drawn. */
export interface Layout {
  readonly width: number
  readonly height: number
  /** Over the columns, where there are any. */
  readonly heads: readonly { readonly text: string; readonly x: number }[]
  /** By the key of `platform.sources`, each with the line to its service. */
  readonly providers: readonly (Node & { readonly edge: Edge })[]
  readonly services: readonly Node[]
  /** By channel: with the line from the service, and the one on to all replicas. */
  readonly topics: readonly (Node<ChannelName> & { readonly edge: Edge; readonly out: string })[]
  /** The line that all topics and replicas are at. */
  readonly bus: string
  /** With the line from the topics, and the one to the browser. */
  readonly replicas: readonly (Node & { readonly edge: Edge; readonly out: Edge })[]
  readonly browser: Box
  readonly rooms: Box
}

/** Heights that both drawings share, in pixels. */
export const heights = {
  provider: 40,
  service: 40,
  topic: 26,
  replica: 58,
  browser: 148,
  /** Of the list of rooms: its head, and a line of it. */
  rooms: { head: 34, line: 20 },
} as const

/** Height of the list of so many rooms. */
export const roomsHeight = (count: number): number =>
  heights.rooms.head + heights.rooms.line * count + 8
