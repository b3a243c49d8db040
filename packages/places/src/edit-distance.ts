/** How far a text is from what was asked for, in edits. */
export interface Distance {
  /** To the whole text. */
  readonly whole: number
  /** To the beginning of the text that is nearest; at most `whole`. */
  readonly prefix: number
}

/** A row of the table: the edits from a beginning of the query to every beginning of the text. */
type Row = Uint8Array

const none = Number.POSITIVE_INFINITY
const far: Distance = { whole: none, prefix: none }

const at = (row: Row, index: number): number => row[index] ?? 0

/**
 * Measures texts against one query of at most 200 characters. An edit is a letter more, less or another, or two
 * neighbours swapped once (optimal string alignment). What is more than `max` edits away is infinitely far.
 */
export const createDistance = (query: string, max: number): ((text: string) => Distance) => {
  // No text is looked at further than the query and its edits reach.
  const width = query.length + max
  const newRow = (): Row => new Uint8Array(width + 2)
  const rows = [newRow(), newRow(), newRow()] as const
  const rowOf = (i: number): Row => rows[i % 3 === 0 ? 0 : i % 3 === 1 ? 1 : 2]

  /** Fills the row of the query's letter `i`; answers the least number in it. */
  const fill = (text: string, i: number, columns: number): number => {
    const [row, above, above2] = [rowOf(i), rowOf(i - 1), rowOf(i + 1)]
    const letter = query.charCodeAt(i - 1)
    const before = query.charCodeAt(i - 2)
    // Cells further from the diagonal are further than `max`: only the nearest of them are read.
    const from = Math.max(1, i - max)
    const to = Math.min(columns, i + max)
    row[from - 1] = from === 1 ? i : max + 1
    row[to + 1] = max + 1
    let least = at(row, from - 1)
    for (let j = from; j <= to; j += 1) {
      const other = text.charCodeAt(j - 1)
      const changed = at(above, j - 1) + (letter === other ? 0 : 1)
      let cell = Math.min(changed, at(above, j) + 1, at(row, j - 1) + 1)
      const swapped = before === other && text.charCodeAt(j - 2) === letter
      if (swapped) cell = Math.min(cell, at(above2, j - 2) + 1)
      row[j] = cell
      if (cell < least) least = cell
    }
    return least
  }

  return (text) => {
    const columns = Math.min(text.length, width)
    const first = rowOf(0)
    for (let j = 0; j <= columns; j += 1) first[j] = j
    let least = 0
    for (let i = 1; i <= query.length && least <= max; i += 1) least = fill(text, i, columns)
    if (least > max) return far
    const whole = text.length > width ? none : at(rowOf(query.length), columns)
    return { whole: whole > max ? none : whole, prefix: least }
  }
}
