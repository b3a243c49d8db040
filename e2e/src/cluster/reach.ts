import type { Cluster } from './cluster.ts'

/** What became of an attempt to connect: `open`, `no answer`, or the system's error code. */
export type Reach = string

const node = `
const [host, port] = process.argv.slice(1)
const socket = require('node:net').connect({ host, port: Number(port), timeout: 3000 })
const end = (answer) => { console.log(answer); process.exit() }
socket.on('connect', () => end('open')).on('timeout', () => end('no answer')).on('error', (e) => end(e.code))`

const bash = 'timeout 3 bash -c "</dev/tcp/$0/$1" 2>/dev/null && echo open || echo "no answer"'

/** Tries a TCP connection from inside a pod or one of a `deployment/…` to an address of a pod; after 3 s it is `no answer`. */
export const reach = async (
  cluster: Cluster,
  from: string,
  to: { readonly ip: string; readonly port: number },
): Promise<Reach> => {
  const address = [to.ip, String(to.port)]
  // nginx's image has no Node, ours have no shell.
  const command = from.endsWith('frontend')
    ? ['bash', '-c', bash, ...address]
    : ['node', '-e', node, ...address]
  const { stdout, stderr } = await cluster.inPod(from, ...command)
  const answer = stdout.trim()
  if (answer === '') throw new Error(`no way to try it from ${from}: ${stderr}`)
  return answer
}
