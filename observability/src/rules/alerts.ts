import type { Alert } from './alert.ts'
import { burnAlerts } from './alerts/burn.ts'
import { fanoutAlerts } from './alerts/fanout.ts'
import { processAlerts } from './alerts/processes.ts'
import { replicaAlerts } from './alerts/replicas.ts'
import { serviceAlerts } from './alerts/services.ts'
import { sourceAlerts } from './alerts/sources.ts'

/** Alerts on causes: what to look at, before or while a promise is at risk. */
export const causeAlerts: readonly Alert[] = [
  ...sourceAlerts,
  ...serviceAlerts,
  ...replicaAlerts,
  ...fanoutAlerts,
  ...processAlerts,
]

/** Every alert. */
export const alerts: readonly Alert[] = [...burnAlerts, ...causeAlerts]
