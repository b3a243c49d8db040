import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

const request = z.object({ id: z.number(), method: z.string(), input: z.unknown().optional() })
const reply = z.object({
  id: z.number(),
  output: z.unknown().optional(),
  error: z.string().optional(),
})

/** A process of the bench that answers calls. */
export interface Worker {
  readonly pid: number
  /** Throws what the process threw, or says that it has ended. */
  call<Output>(method: string, input: unknown, output: z.ZodType<Output>): Promise<Output>
  close(): Promise<void>
}

type Handlers = Readonly<Record<string, (input: unknown) => unknown>>

/** Answers the calls of the process that started this one, and ends with it. */
export const serveCalls = (handlers: Handlers): void => {
  process.on('disconnect', () => process.exit())
  process.on('message', async (message) => {
    const { id, method, input } = request.parse(message)
    try {
      process.send?.({ id, output: await handlers[method]?.(input) })
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.message : String(error) })
    }
  })
}

interface Waiting {
  resolve(output: unknown): void
  reject(error: Error): void
}

const end = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Starts a module of this folder as a process. */
export const startWorker = (module: URL, name: string): Worker => {
  const child = fork(fileURLToPath(module), { execArgv: [] })
  const waiting = new Map<number, Waiting>()
  let last = 0
  child.on('message', (message) => {
    const { id, output, error } = reply.parse(message)
    const call = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) call?.resolve(output)
    else call?.reject(new Error(`${name}: ${error}`))
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} has ended`))
    waiting.clear()
  })
  return {
    pid: child.pid ?? 0,
    call: async (method, input, output) => {
      last += 1
      const id = last
      const { promise, resolve, reject } = Promise.withResolvers<unknown>()
      waiting.set(id, { resolve, reject })
      child.send({ id, method, input })
      return output.parse(await promise)
    },
    close: () => end(child),
  }
}
