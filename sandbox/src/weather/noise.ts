import { hash128 } from '../market/random.ts'
import { hourMs, radians, type Spot } from './sphere.ts'

/** A smooth quantity in [-1, 1] over the globe and time. */
export type Field = (spot: Spot, ms: number) => number

/** How a field looks: `cells` to the earth's radius, hours until it has changed, degrees it moves east an hour. */
export interface FieldShape {
  readonly cells: number
  /** Without it the field never changes. */
  readonly hours?: number
  readonly eastPerHour?: number
}

const smooth = (f: number): number => f * f * f * (f * (f * 6 - 15) + 10)

const mix = (hash: number, value: number): number => {
  const h = Math.imul(hash ^ value, 0x9e3779b1)
  return Math.imul(h ^ (h >>> 15), 0x85ebca6b)
}

/** The cell around a point: its lowest corner, and how near the point is to the other one along every axis. */
interface Cell {
  readonly low: readonly number[]
  readonly shares: readonly number[]
}

/** The corners of the cell from `axis` on, weighed by nearness; `hash` stands for the axes before. In [-1, 1). */
const blend = (cell: Cell, axis: number, hash: number): number => {
  const low = cell.low[axis]
  const share = cell.shares[axis]
  if (low === undefined || share === undefined) return ((hash ^ (hash >>> 13)) | 0) / 0x80000000
  const here = blend(cell, axis + 1, mix(hash, low))
  return share === 0 ? here : here + share * (blend(cell, axis + 1, mix(hash, low + 1)) - here)
}

/** Value noise in as many dimensions as `at` has. */
const valueNoise = (key: number, at: readonly number[]): number => {
  const low = at.map(Math.floor)
  return blend({ low, shares: at.map((value, i) => smooth(value - (low[i] ?? 0))) }, 0, key)
}

/** Interpolation flattens the extremes: this brings them back. */
const contrast = 1.9

/** A field that its seed and name alone decide. On the sphere, so that it has no seam anywhere. */
export const createField = (seed: number, name: string, shape: FieldShape): Field => {
  const [key] = hash128(`${seed}/weather/${name}`)
  const { cells, hours, eastPerHour = 0 } = shape
  return ({ latitude, longitude }, ms) => {
    const time = ms / hourMs
    const east = radians(longitude - ((time * eastPerHour) % 360))
    const north = radians(latitude)
    const flat = Math.cos(north) * cells
    const at = [flat * Math.cos(east), flat * Math.sin(east), Math.sin(north) * cells]
    return Math.tanh(contrast * valueNoise(key, hours ? [...at, time / hours] : at))
  }
}

/** The sum of two fields of one kind, the second smaller and quicker; in [-1, 1]. */
export const layered = (large: Field, small: Field): Field => {
  return (spot, ms) => 0.72 * large(spot, ms) + 0.28 * small(spot, ms)
}
