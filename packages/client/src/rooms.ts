import { createRoom, dropUncommitted, type Room } from './room.ts'

/** Rooms whose content is kept after they were left. */
const maxLeftRooms = 32

/** The rooms that the client follows, and those it has left of late. */
export interface Rooms {
  get(name: string): Room | undefined
  all(): readonly Room[]
  /** The server was asked for the room. */
  follow(name: string): void
  /** The server has taken the client out of the room; `at` is the client's time, epoch milliseconds. */
  leave(name: string, at: number): void
  /** What is not committed is thrown away; a live room waits again. */
  interrupt(room: Room): void
}

/** What happens to rooms. */
export interface RoomsEvents {
  changed(room: string): void
  /** The room was left so long ago that its content may go. */
  forgotten(room: string): void
}

/** No rooms. */
export const createRooms = (events: RoomsEvents): Rooms => {
  const rooms = new Map<string, Room>()
  const forgetOldest = () => {
    const left = [...rooms.values()].filter((room) => room.phase === 'left')
    for (const { name } of left.slice(0, Math.max(0, left.length - maxLeftRooms))) {
      rooms.delete(name)
      events.forgotten(name)
    }
  }
  return {
    get: (name) => rooms.get(name),
    all: () => [...rooms.values()],
    follow(name) {
      const room = rooms.get(name) ?? createRoom(name)
      rooms.set(name, room)
      if (room.phase === 'left') room.phase = 'waiting'
    },
    leave(name, at) {
      const room = rooms.get(name)
      if (!room || room.phase === 'left') return
      if (room.phase === 'live') room.currentAt = at
      dropUncommitted(room)
      room.phase = 'left'
      // The room that was left last becomes the last one of the map, so that the oldest go first.
      rooms.delete(name)
      rooms.set(name, room)
      forgetOldest()
      events.changed(name)
    },
    interrupt(room) {
      dropUncommitted(room)
      if (room.phase !== 'live') return
      room.phase = 'waiting'
      events.changed(room.name)
    },
  }
}
