import type { Damage } from '../control/schemas.ts'

const edited = (frame: string, edit: (key: string, value: unknown) => [string, unknown][]) => {
  const entries = Object.entries<unknown>(JSON.parse(frame))
  return JSON.stringify(Object.fromEntries(entries.flatMap(([key, value]) => edit(key, value))))
}

const optional = ['price', 'time', 'trade_id', 'sequence', 'open_24h', 'size', 'last_size']

/** A JSON object frame, broken in the named way. */
export const damageFrame = (frame: string, damage: Damage): string => {
  switch (damage) {
    case 'malformed':
      return frame.slice(0, Math.ceil(frame.length / 2))
    case 'unknown_type':
      return edited(frame, (key, value) => [[key, key === 'type' ? 'auction_note' : value]])
    case 'nulls':
      return edited(frame, (key, value) => [
        [key, key === 'type' || key === 'product_id' ? value : null],
      ])
    case 'zero_open':
      return edited(frame, (key, value) => [[key, key === 'open_24h' ? '0' : value]])
    case 'missing_fields':
      return edited(frame, (key, value) => (optional.includes(key) ? [] : [[key, value]]))
    case 'not_an_object':
      return '[null,42,"ticker"]'
  }
}
