import * as z from 'zod/mini'
import { epochMs, text } from './values.ts'

/** Commands older than this are skipped, in milliseconds. */
export const commandMaxAgeMs = 60_000

const envelope = {
  id: text(64),
  /** Why it was sent: `missing`, `stale`, `operator`. */
  reason: text(64),
  requestedAt: epochMs,
  /** When the first one began to wait for the answer; the oldest is served first. */
  waitingSince: epochMs,
}

interface CommandOptions<Name extends string, Body> {
  readonly name: Name
  readonly topic: string
  readonly service: string
  readonly body: z.ZodMiniType<Body>
  /** The channel that answers. */
  readonly refreshes: string
  keyOf(body: Body): string
  bodyOf(part: string): Body
}

/** A request to a service on a command topic. */
export interface Command<Name extends string = string, Body = unknown> {
  readonly name: Name
  readonly topic: string
  /** The service that handles it; its consumer group has the same name. */
  readonly service: string
  readonly schema: z.ZodMiniType<CommandRecord<Body>>
  /** Name of the channel that answers. */
  readonly refreshes: string
  readonly partitions: number
  keyOf(body: Body): string
  /** The body that asks for what a room shows; `part` is the room's second half. */
  bodyOf(part: string): Body
}

/** A command as it travels. */
export interface CommandRecord<Body = unknown> {
  readonly id: string
  readonly reason: string
  readonly requestedAt: number
  readonly waitingSince: number
  readonly body: Body
}

/** Declares a command. */
export const command = <const Name extends string, Body>(
  options: CommandOptions<Name, Body>,
): Command<Name, Body> => ({
  name: options.name,
  topic: options.topic,
  service: options.service,
  schema: z.object({ ...envelope, body: options.body }),
  refreshes: options.refreshes,
  partitions: 3,
  keyOf: (body) => options.keyOf(body),
  bodyOf: (part) => options.bodyOf(part),
})
