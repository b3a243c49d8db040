import { kafkaUsers } from '@flux/contracts'
import type { External } from './checks/references.ts'

/** Releases that belong together. */
export interface Names {
  /** Name of the Kafka cluster. */
  readonly cluster: string
  /** Release of `charts/flux`. */
  readonly release: string
}

/** The Secrets that `scripts/secrets.sh` or Strimzi makes before the pods start, with their keys. */
export const documentedSecrets = ({ cluster, release }: Names): External => ({
  [`${cluster}-cluster-ca-cert`]: ['ca.crt'],
  [`${cluster}-kafka-broker`]: ['broker.pem'],
  [`${cluster}-valkey`]: ['password'],
  [`${release}-session`]: ['keys'],
  ...Object.fromEntries(
    [...kafkaUsers.map(({ name }) => name), 'admin'].map((name) => [
      `${cluster}-${name}`,
      ['password'],
    ]),
  ),
})
