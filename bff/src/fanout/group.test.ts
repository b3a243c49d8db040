import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupByRooms } from './group.ts'

describe('groups', () => {
  it('hold every member once, with exactly the rooms it is in', () => {
    const rooms = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.uniqueArray(fc.constantFrom<string>('1', '2', '3', '4')),
    )
    fc.assert(
      fc.property(rooms, (members) => {
        const list = Object.entries(members)
        const groups = groupByRooms(list)
        const sockets = groups.flatMap((g) => g.sockets)
        expect(new Set(sockets).size).toBe(sockets.length)
        expect(new Set(sockets)).toEqual(new Set(list.flatMap(([, own]) => own)))
        for (const group of groups)
          for (const socket of group.sockets)
            expect(list.filter(([, own]) => own.includes(socket)).map(([r]) => r)).toEqual(
              group.rooms,
            )
      }),
    )
  })
})
