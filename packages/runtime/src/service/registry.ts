import { commands as allCommands, type Command } from '@flux/contracts'
import { type BoundCommand, bindCommand, type CommandWork } from './command/command.ts'
import type { LeaderWork } from './leader/leader.ts'

/** What a service has registered; closed when it has started. */
export interface Registry {
  handle<Body>(command: Command<string, Body>, work: CommandWork<Body>): void
  lead(work: LeaderWork): void
  works(): readonly LeaderWork[]
  commands(): readonly BoundCommand[]
  /** Takes nothing any more. Throws when one of the service's commands has no work: its records would be lost. */
  close(): void
}

/** The commands that the contracts give to a service. */
export const commandsOf = (service: string): readonly Command[] =>
  allCommands.filter((command) => command.service === service)

/** Makes the registry of a service. Its functions throw when they are misused: a bug. */
export const createRegistry = (service: string): Registry => {
  const bound = new Map<string, BoundCommand>()
  const works: LeaderWork[] = []
  let closed = false
  const assertOpen = (what: string) => {
    if (closed) throw new Error(`${what}: too late, ${service} has started`)
  }
  return {
    handle: (command, work) => {
      assertOpen(command.name)
      if (command.service !== service) throw new Error(`${command.name} is not for ${service}`)
      if (bound.has(command.name)) throw new Error(`${command.name} has work already`)
      bound.set(command.name, bindCommand(command, work))
    },
    lead: (work) => {
      assertOpen('lead')
      works.push(work)
    },
    works: () => works,
    commands: () => [...bound.values()],
    close: () => {
      closed = true
      for (const { name } of commandsOf(service)) {
        if (!bound.has(name)) throw new Error(`${service} has no work for ${name}`)
      }
    },
  }
}
