import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { Server } from 'socket.io'
import { describe, expect, it } from 'vitest'
import { checkInternals } from '../src/fanout/probe.ts'

/** What `edge.ts` and `probe.ts` were read against and are tested with. */
const tested = {
  'socket.io': '4.8.4',
  'socket.io-adapter': '2.5.8',
  'engine.io': '6.6.12',
  ws: '8.21.3',
}

/** The version of a package as another one gets it. */
const installed = (path: readonly string[]): string => {
  let from = import.meta.filename
  for (const name of path) {
    const folder = `/node_modules/${name}/`
    const [root] = createRequire(from)
      .resolve(name)
      .split(new RegExp(`(?<=${folder}(?!.*${folder}))`))
    from = `${root}package.json`
  }
  const { version } = JSON.parse(readFileSync(from, 'utf8'))
  return version
}

const serverOf = () => new Server(createServer(), { transports: ['websocket'] })

/** Changes a class of the `ws` package, as another version of it might. */
const withSocket = (io: Server, change: (socket: object) => void): Server => {
  const options = Reflect.get(Reflect.get(io.engine, 'ws'), 'options')
  const Original = options.WebSocket
  options.WebSocket = class extends Original {
    setSocket(...args: unknown[]) {
      super.setSocket(...args)
      change(this)
    }
  }
  return io
}

describe('the internals that packing relies on', () => {
  it('are those of the tested versions: read edge.ts again before these are changed', () => {
    expect({
      'socket.io': installed(['socket.io']),
      'socket.io-adapter': installed(['socket.io', 'socket.io-adapter']),
      'engine.io': installed(['socket.io', 'engine.io']),
      ws: installed(['socket.io', 'engine.io', 'ws']),
    }).toEqual(tested)
  })

  it('do as expected', () => {
    expect(checkInternals(serverOf())).toEqual([])
  })

  it.each([
    [
      'no frames can be sent as they are',
      (socket: object) => Reflect.set(Reflect.get(socket, '_sender'), 'sendFrame', undefined),
      'sendFrame',
    ],
    [
      'frames sent as they are come out changed',
      (socket: object) => Reflect.set(Reflect.get(socket, '_sender'), 'sendFrame', () => undefined),
      'wsPreEncodedFrame',
    ],
  ])('are missed when %s', (_, change, missing) => {
    expect(checkInternals(withSocket(serverOf(), change))).toEqual([missing])
  })

  it('are missed where there is no WebSocket at all', () => {
    expect(checkInternals(new Server(createServer(), { transports: ['polling'] }))).toHaveLength(1)
  })
})
