export * from './api.ts'
export { createFluxClient } from './client.ts'
export { type Cancel, type ClientClock, systemClock } from './clock.ts'
export type { Counters } from './counters.ts'
export { type ClientErrorCode, FluxClientError } from './errors.ts'
export type { Location, UnknownPlace } from './location.ts'
export type { Listener } from './notify.ts'
export type { RestorableValue } from './restore.ts'
export type { Schedule } from './schedule.ts'
export type { OpenSocket, SocketPort } from './socket.ts'
export type { TokenStore } from './tokens.ts'
export type {
  Arrival,
  ClientStatus,
  Held,
  Notice,
  Phase,
  RecordListener,
  Resume,
  RoomState,
  Samples,
} from './types.ts'
export type { HomePlace, UserStore } from './user.ts'
