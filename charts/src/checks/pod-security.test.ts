import { describe, expect, it } from 'vitest'
import { parseResources, podsOf } from '../resource.ts'
import { operandFaults, podFaults } from './pod-security.ts'
import { faultless, spoilt } from './sample.ts'

const faults = (from: string, to: string) =>
  podsOf(spoilt(from, to)).flatMap((pod) => podFaults(pod))

describe('pod security', () => {
  it('finds no fault in a restricted pod', () => {
    expect(podsOf(parseResources(faultless)).flatMap((pod) => podFaults(pod))).toEqual([])
  })

  it.each([
    ['runAsNonRoot: true', 'runAsNonRoot: false', 'runAsNonRoot is not true'],
    ['runAsUser: 65532', 'runAsUser: 0', 'no numeric user other than root'],
    ['type: RuntimeDefault', 'type: Unconfined', 'no seccomp profile'],
    ['automountServiceAccountToken: false', 'hostNetwork: true', 'shares a namespace of the host'],
    [
      'automountServiceAccountToken: false',
      'hostNetwork: true',
      'automountServiceAccountToken is not false',
    ],
    [
      'secret: { secretName: web-key }',
      'hostPath: { path: / }',
      'a volume of a kind that restricted refuses',
    ],
    [
      'allowPrivilegeEscalation: false',
      'allowPrivilegeEscalation: true',
      'allowPrivilegeEscalation',
    ],
    ['allowPrivilegeEscalation: false', 'privileged: true', 'is privileged'],
    ['drop: [ALL]', 'drop: [NET_RAW]', 'does not drop all capabilities'],
    ['drop: [ALL]', 'drop: [ALL], add: [SYS_TIME]', 'does not drop all capabilities'],
    ['readOnlyRootFilesystem: true', 'runAsUser: 0', 'may run as root'],
    ['readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'has a writable root'],
    ['containerPort: 3000', 'containerPort: 3000, hostPort: 80', 'opens a port of the host'],
    ['cpu: 50m, memory: 64Mi', 'cpu: 50m', 'requests no memory'],
    ['cpu: 50m, memory: 64Mi', 'memory: 64Mi', 'requests no CPU'],
    ['limits: { memory: 128Mi }', 'limits: { cpu: "1" }', 'has no memory limit'],
    ['startupProbe:', 'resizePolicy:', 'has no startupProbe'],
    ['readinessProbe:', 'resizePolicy:', 'has no readinessProbe'],
    ['livenessProbe:', 'resizePolicy:', 'has no livenessProbe'],
  ])('sees %s turned into %s', (from, to, fault) => {
    expect(faults(from, to).join('\n')).toContain(fault)
  })

  it('excuses a writable root where it is told to, and nothing else', () => {
    const pods = podsOf(spoilt('readOnlyRootFilesystem: true', 'privileged: true'))
    expect(pods.flatMap((pod) => podFaults(pod, { writableRoot: true }))).toEqual([
      'Deployment/web web: is privileged',
    ])
  })

  it('asks for restricted pods of the Kafka operator too', () => {
    const [pool] = parseResources(
      '{ kind: KafkaNodePool, metadata: { name: a }, spec: { template: { pod: {} } } }',
    )
    expect(pool && operandFaults(pool)).toEqual([
      'KafkaNodePool/a spec.template.pod: not restricted',
    ])
  })
})
