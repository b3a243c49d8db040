import uPlot from 'uplot'
import { inUnit } from './units.ts'

/** A curve: a value, or nothing, at each of the times that all share. */
export interface Curve {
  readonly name: string
  readonly values: readonly (number | null)[]
}

const hues = [212, 28, 150, 275, 350, 90, 190, 48, 320, 125, 245, 8]

const colorOf = (index: number): string => {
  const light = matchMedia('(prefers-color-scheme: dark)').matches ? 65 : 42
  return `hsl(${hues[index % hues.length]} 70% ${light}%)`
}

/** Draws curves into an element in place of what was there; times in seconds since the epoch. */
export const drawCurves = (
  element: HTMLElement,
  times: readonly number[],
  { curves, unit }: { readonly curves: readonly Curve[]; readonly unit: string },
): void => {
  const ink = getComputedStyle(document.body)
  const axis = { stroke: ink.color, grid: { stroke: '#8883', width: 1 }, ticks: { show: false } }
  const said = (_: unknown, value: number | null) => (value === null ? '–' : inUnit(value, unit))
  element.replaceChildren()
  new uPlot(
    {
      width: element.clientWidth,
      height: 190,
      cursor: { sync: { key: 'flux' } },
      scales: { y: { range: (_, _min, max) => [0, max > 0 ? max * 1.1 : 1] } },
      axes: [
        axis,
        { ...axis, size: 64, values: (_, splits) => splits.map((value) => inUnit(value, unit)) },
      ],
      series: [
        {},
        ...curves.map(({ name }, index) => ({
          label: name,
          stroke: colorOf(index),
          width: 1.5,
          value: said,
          points: { show: false },
        })),
      ],
    },
    [[...times], ...curves.map(({ values }) => [...values])],
    element,
  )
}
