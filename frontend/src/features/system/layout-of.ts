import type { Graph } from './graph.ts'
import type { Layout } from './layout.ts'
import { layoutTall } from './layout-tall.ts'
import { layoutWide } from './layout-wide.ts'

/** From this width on the drawing goes from left to right, below from top to bottom. */
export const wideFrom = 1_000

/** Draws from left to right where there is room for it, else from top to bottom. */
export const layoutOf = (graph: Graph, width: number): Layout =>
  width >= wideFrom ? layoutWide(graph, width) : layoutTall(graph, width)
