import { once } from 'node:events'
import { connect } from 'node:net'
import { testValkey } from '@flux/testkit'
import { expect, it } from 'vitest'

/** Sends one command in the inline form and gives the first answer. */
const ask = async (url: string, command: string): Promise<string> => {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(`${command}\r\n`)
  const [bytes] = await once(socket, 'data')
  socket.destroy()
  return String(bytes)
}

it('answers, speaks sharded pub/sub, and is empty after a restart', async () => {
  const valkey = await testValkey()
  try {
    expect(await ask(valkey.url, 'SET a 1')).toBe('+OK\r\n')
    expect(await ask(valkey.url, 'SPUBLISH room hello')).toBe(':0\r\n')
    await valkey.kill('SIGKILL')
    await valkey.start()
    expect(await ask(valkey.url, 'GET a')).toBe('$-1\r\n')
  } finally {
    await valkey.close()
  }
})
