import { FluxError, messageOf } from '../../errors.ts'

/** kafkajs wraps: what happened is said by the innermost cause that has a type, else by the innermost one. */
const rootOf = (error: unknown): unknown => {
  let root = error
  while (root instanceof Error && root.cause instanceof Error && root.cause !== root) {
    root = root.cause
  }
  return root
}

const typeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'type' in error && typeof error.type === 'string'
    ? error.type
    : undefined

const refusedTypes: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_CONFIG',
  'INVALID_PARTITIONS',
  'INVALID_REPLICATION_FACTOR',
  'POLICY_VIOLATION',
])

const isDenied = (type: string | undefined, root: unknown): boolean =>
  type?.endsWith('_AUTHORIZATION_FAILED') === true ||
  type === 'SASL_AUTHENTICATION_FAILED' ||
  (root instanceof Error && root.name === 'KafkaJSSASLAuthenticationError')

/** kafkajs asks every broker for the coordinator, and keeps to itself why none of them told. */
const hintFor = (root: unknown): string =>
  root instanceof Error && root.name === 'KafkaJSGroupCoordinatorNotFound'
    ? ' (it is not there yet, or this user has no right to read the group)'
    : ''

/**
 * What a kafkajs error means to us, judged by its cause: `topic_missing` (retryable: topics come and go with the
 * data), `denied` (retryable: passwords and rules are renewed while a process runs), `refused` (the broker will never
 * take it), else `bus_unavailable` (retryable).
 * FluxErrors pass as they are.
 */
export const toBusError = (error: unknown, doing: string): FluxError => {
  if (error instanceof FluxError) return error
  const root = rootOf(error)
  const type = typeOf(root) ?? typeOf(error)
  const text = `${doing}: ${messageOf(root)}${hintFor(root)}`
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') {
    return new FluxError('topic_missing', text, { retryable: true, cause: error })
  }
  if (isDenied(type, root)) {
    return new FluxError('denied', text, { retryable: true, cause: error })
  }
  if (type && refusedTypes.has(type)) return new FluxError('refused', text, { cause: error })
  return new FluxError('bus_unavailable', text, { retryable: true, cause: error })
}
