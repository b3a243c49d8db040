import { channels } from '@flux/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Graph, servicesOf, wholeRooms } from './graph.ts'
import type { Box } from './layout.ts'
import { layoutOf, wideFrom } from './layout-of.ts'

const sources = [
  'crypto-service/coinbase',
  'crypto-service/coingecko',
  'news-service/newsdata',
  'stock-service/finnhub',
  'stock-service/finnhub-stream',
  'weather-service/open-meteo',
]

const graphOf = (sourceCount: number, replicaCount: number): Graph => ({
  services: servicesOf(channels, sources.slice(0, sourceCount)),
  replicas: Array.from({ length: replicaCount }, (_, i) => `bff-${i}`),
  rooms: wholeRooms(channels),
})

const boxesOf = (graph: Graph, width: number): readonly Box[] => {
  const { providers, services, topics, replicas, browser, rooms } = layoutOf(graph, width)
  const nodes = [...providers, ...services, ...topics, ...replicas]
  return [...nodes.map(({ box }) => box), browser, rooms]
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

describe('layoutOf', () => {
  it('keeps every box inside the drawing and apart from all others, at any width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 280, max: 2_400 }),
        fc.integer({ min: 0, max: sources.length }),
        fc.integer({ min: 0, max: 12 }),
        (width, sourceCount, replicaCount) => {
          const graph = graphOf(sourceCount, replicaCount)
          const { height } = layoutOf(graph, width)
          const boxes = boxesOf(graph, width)
          for (const [i, box] of boxes.entries()) {
            expect(box.x).toBeGreaterThanOrEqual(0)
            expect(box.y).toBeGreaterThanOrEqual(0)
            expect(box.x + box.w).toBeLessThanOrEqual(width)
            expect(box.y + box.h).toBeLessThanOrEqual(height)
            expect(box.w).toBeGreaterThan(60)
            for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('goes from left to right where there is room', () => {
    const { providers, services, topics, replicas, browser } = layoutOf(graphOf(6, 3), wideFrom)
    const right = (boxes: readonly { box: Box }[]) =>
      Math.max(...boxes.map(({ box }) => box.x + box.w))
    const left = (boxes: readonly { box: Box }[]) => Math.min(...boxes.map(({ box }) => box.x))
    expect(right(providers)).toBeLessThan(left(services))
    expect(right(services)).toBeLessThan(left(topics))
    expect(right(topics)).toBeLessThan(left(replicas))
    expect(right(replicas)).toBeLessThan(browser.x)
  })

  it('goes from top to bottom on a phone', () => {
    const { topics, replicas, browser, rooms } = layoutOf(graphOf(6, 3), 334)
    const bottom = (boxes: readonly { box: Box }[]) =>
      Math.max(...boxes.map(({ box }) => box.y + box.h))
    expect(bottom(topics)).toBeLessThan(Math.min(...replicas.map(({ box }) => box.y)))
    expect(bottom(replicas)).toBeLessThan(browser.y)
    expect(browser.y).toBeLessThan(rooms.y)
  })

  it('fits a laptop’s screen', () => {
    expect(layoutOf(graphOf(6, 2), 1_360).height).toBeLessThan(620)
  })
})
