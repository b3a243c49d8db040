import type { Children } from './children.ts'
import { StackError } from './error.ts'
import type { Part } from './part.ts'

/** Where a server comes from, in the order they are tried. */
export type ServerSource = 'external' | 'path' | 'maven' | 'docker'

/** How a server is started. */
export interface ServerOptions {
  readonly children: Children
  /** A free one by default. */
  readonly port?: number
  /** Name of its log and data; its kind by default. */
  readonly name?: string
  /** Where the external address and the cache folder are looked up; this process's by default. */
  readonly env?: NodeJS.ProcessEnv
}

/** A server that somebody else runs: it can be used, and nothing else. */
export const externalPart = (name: string, url: string, setting: string) => {
  const refuse = async (): Promise<never> => {
    throw new StackError('not_ours', `${name} is external (${setting}): it is not ours to touch`)
  }
  const part: Part = {
    name,
    url,
    pid: undefined,
    logFile: '',
    start: async () => undefined,
    stop: async () => undefined,
    kill: refuse,
  }
  return { part, refuse }
}
