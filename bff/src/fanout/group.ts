/** Sockets that are owed the same rooms, so that their bytes are joined once. */
export interface Group {
  readonly rooms: readonly string[]
  readonly sockets: string[]
}

interface Node {
  readonly group: Group
  readonly next: Map<string, Node>
}

const createNode = (rooms: readonly string[]): Node => ({
  group: { rooms, sockets: [] },
  next: new Map(),
})

const step = (from: Node, room: string): Node => {
  const held = from.next.get(room) ?? createNode([...from.group.rooms, room])
  from.next.set(room, held)
  return held
}

/** Groups sockets by the set of rooms they are in: one step per room and member. */
export const groupByRooms = (
  rooms: Iterable<readonly [room: string, members: Iterable<string>]>,
): readonly Group[] => {
  const root = createNode([])
  const at = new Map<string, Node>()
  const nodes = new Set<Node>()
  for (const [room, members] of rooms) {
    for (const member of members) {
      const node = step(at.get(member) ?? root, room)
      at.set(member, node)
      nodes.add(node)
    }
  }
  for (const [socket, node] of at) node.group.sockets.push(socket)
  return [...nodes].map((node) => node.group).filter((group) => group.sockets.length > 0)
}
