// What the keeper's test kills: it starts servers and prints what it has started.
import { createChildren, startKafka, startValkey } from '../src/stack/servers.ts'

const children = await createChildren('flux-parent-')
const kafka = await startKafka({ children })
const valkey = await startValkey({ children })
const deaf = await children.spawn('deaf', {
  command: 'sh',
  args: ['-c', 'trap "" TERM INT HUP; sleep 300 & echo $!; wait'],
})
const paused = await children.spawn('paused', { command: 'sleep', args: ['300'] })
await paused.kill('SIGSTOP')
const pids = [kafka.pid, valkey.pid, deaf.pid, paused.pid]
console.log(JSON.stringify({ folder: children.folder, pids }))
setInterval(() => undefined, 60_000)
