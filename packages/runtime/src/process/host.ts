import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { DestinationStream } from 'pino'
import { type Clock, systemClock } from '../clock.ts'
import type { Env } from '../config/config.ts'

/** What a process takes from the machine it runs on. Tests pass their own. */
export interface ProcessHost {
  readonly env: Env
  /** Arguments after the script's name. */
  readonly argv: readonly string[]
  readonly clock: Clock
  /** 0 ≤ x < 1. */
  readonly random: () => number
  /** A new unique id. */
  readonly newId: () => string
  /** Name of the replica where none is configured. */
  readonly identity: string
  /** Where log lines go; standard output by default. */
  readonly logTo?: DestinationStream
  /** Writes to standard output. */
  print(text: string): void
  /** Writes to standard error. */
  complain(text: string): void
  /** Ends the process. */
  exit(code: number): void
  /** Registers what is called for SIGTERM and SIGINT. */
  onSignal(listener: (signal: 'SIGTERM' | 'SIGINT') => void): void
  /** Registers what is called for errors that nobody caught. */
  onBug(listener: (error: unknown) => void): void
}

/** The real one. */
export const nodeHost = (): ProcessHost => ({
  env: process.env,
  argv: process.argv.slice(2),
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  identity: `${hostname()}-${process.pid}`,
  print: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
  exit: (code) => process.exit(code),
  onSignal: (listener) => {
    process.on('SIGTERM', listener)
    process.on('SIGINT', listener)
  },
  onBug: (listener) => {
    process.on('uncaughtException', listener)
    process.on('unhandledRejection', listener)
  },
})
