import type { HydrateMessage } from '@flux/contracts'
import {
  drainingMessage,
  hydrateMessage,
  noticeMessage,
  nowMessage,
  presenceMessage,
  type SessionInit,
  serverEvent,
  sessionInit,
  type UserState,
  userStateMessage,
} from '@flux/contracts'
import type { SocketPort } from './socket.ts'
import type { Notice } from './types.ts'

/** What a server says beside records. */
export interface SessionEvents {
  session(session: SessionInit): void
  now(serverNow: number): void
  hydrate(message: HydrateMessage): void
  /** Leave within `afterMs` milliseconds. */
  draining(afterMs: number): void
  notice(notice: Notice): void
  userState(state: UserState): void
  presence(room: string, count: number): void
  /** A message that is not what the protocol says. */
  malformed(): void
}

interface Parser<Message> {
  safeParse(raw: unknown): { success: true; data: Message } | { success: false }
}

/** Listens to everything but records on a socket, and hands on what the protocol's schemas accept. */
export const listenToSession = (socket: SocketPort, events: SessionEvents): void => {
  const on = <Message>(event: string, schema: Parser<Message>, fn: (message: Message) => void) =>
    socket.on(event, (raw) => {
      const parsed = schema.safeParse(raw)
      if (parsed.success) fn(parsed.data)
      else events.malformed()
    })
  on(serverEvent.session, sessionInit, (message) => events.session(message))
  on(serverEvent.now, nowMessage, (message) => events.now(message.now))
  on(serverEvent.hydrate, hydrateMessage, (message) => events.hydrate(message))
  on(serverEvent.draining, drainingMessage, (message) => events.draining(message.afterMs))
  on(serverEvent.notice, noticeMessage, (message) => events.notice(message))
  on(serverEvent.userState, userStateMessage, (message) => events.userState(message))
  on(serverEvent.presence, presenceMessage, ({ room, count }) => events.presence(room, count))
}
