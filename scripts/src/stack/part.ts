import type { Child, Children, Command } from './children.ts'
import { tailOf } from './children.ts'
import { StackError } from './error.ts'
import { until } from './wait.ts'

/** One process of the stack that can be stopped, killed, paused and started again in place. */
export interface Part {
  readonly name: string
  /** Process id (and process group); `undefined` while it does not run. */
  readonly pid: number | undefined
  /** Where users or other parts reach it. */
  readonly url?: string
  /** Where its probes and metrics are. */
  readonly internalUrl?: string
  /** Everything it has written, over all its starts. */
  readonly logFile: string
  /** Starts it and waits until it is ready; does nothing while it runs. Throws StackError. */
  start(): Promise<void>
  /** Ends it politely, by force after its grace; does nothing when it does not run. */
  stop(): Promise<void>
  /** Sends a signal to the process and its children; with SIGKILL it waits for the end. */
  kill(signal: NodeJS.Signals): Promise<void>
}

/** How a part is run. */
export interface PartSpec {
  readonly name: string
  readonly url?: string
  readonly internalUrl?: string
  /** Prepares and names what to run; called at every start. */
  command(): Command | Promise<Command>
  ready(): Promise<boolean>
  /** Time to become ready; 30 s by default. */
  readonly readyMs?: number
  /** Time to end politely; 12 s by default: a process's own deadline and a little. */
  readonly graceMs?: number
}

const startPart = async (children: Children, spec: PartSpec): Promise<Child> => {
  const child = await children.spawn(spec.name, await spec.command())
  const check = async () => {
    if (child.running()) return spec.ready()
    throw new StackError('ended_early', 'it ended by itself')
  }
  try {
    await until(check, { what: 'readiness', deadlineMs: spec.readyMs ?? 30_000 })
  } catch (error) {
    await child.kill('SIGKILL')
    const why = error instanceof Error ? error.message : String(error)
    throw new StackError(
      'part_failed',
      `${spec.name} did not start: ${why}; its last output:\n${tailOf(child.logFile)}`,
    )
  }
  return child
}

/** Describes a part; it runs after `start`. */
export const createPart = (children: Children, spec: PartSpec): Part => {
  let child: Child | undefined
  const alive = () => (child?.running() ? child : undefined)
  return {
    name: spec.name,
    ...(spec.url && { url: spec.url }),
    ...(spec.internalUrl && { internalUrl: spec.internalUrl }),
    logFile: children.logFile(spec.name),
    get pid() {
      return alive()?.pid
    },
    start: async () => {
      if (!alive()) child = await startPart(children, spec)
    },
    stop: async () => alive()?.stop(spec.graceMs ?? 12_000),
    kill: async (signal) => alive()?.kill(signal),
  }
}
